"""Where Dagster's tools look for the code location; it is put together in `pipelines.dagster_ui.location`."""

from pipelines.dagster_ui.location import defs

__all__ = ["defs"]
