"""Which rebuilding of `core` each stage is whole for: a release is never made of two, nor of one that was cut short."""

import uuid

from pipelines.home import Home
from warehouse.errors import WarehouseError


def begin(home: Home, stage: str) -> None:
    """From now on until `finish`, the stage is not whole."""
    home.finished(stage).unlink(missing_ok=True)


def finish(home: Home, stage: str, rebuilding: str | None = None) -> None:
    """The stage is whole: made from this rebuilding of `core`, or (`core` itself) a new one."""
    home.finished(stage).write_text(rebuilding or uuid.uuid4().hex, encoding="utf-8")


def rebuilding_of(home: Home, stage: str) -> str:
    """The rebuilding that the stage is whole for. Raises WarehouseError where its own was cut short."""
    try:
        return home.finished(stage).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise WarehouseError(
            f"The last rebuilding of {stage} was cut short.", f"Run the job `publish`, or materialize {stage} first."
        ) from error
