"""What normalizing in parts gave, as frames."""

import pandas as pd

from pipelines.work.normalizing import Normalized
from warehouse.schema import TABLES
from warehouse.store.parquet import as_frame
from warehouse.store.pieces import decoded


def frames_of(made: Normalized) -> dict[str, pd.DataFrame]:
    """Every table, whole, and `failure`."""
    tables = {name: as_frame(decoded(TABLES[f"core.{name}"], rows)) for name, rows in made.tables()}
    return tables | {"failure": made.failures}
