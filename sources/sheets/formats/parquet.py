"""Reading Parquet, as others pass on tables they derived, into a grid: one sheet, the names of its columns as its header.

Numbers keep their digits; a null is an empty cell. Lists and structures are no cells and are refused by name.
"""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sources.errors import SourceError
from sources.sheets.formats.grid import SheetGrid, text_cell, written_cell

PAGE = "parquet"
MAGIC = b"PAR1"
_MOST_CELLS = 2_000_000


def read_grid(data: bytes, title: str) -> SheetGrid:
    """The rows as one sheet. Raises SourceError: corrupt, too_large, or no_table where a column holds no single values."""
    try:
        file = pq.ParquetFile(io.BytesIO(data))
        cells = file.metadata.num_rows * file.metadata.num_columns
        if cells > _MOST_CELLS:
            raise SourceError(
                "too_large", title, f"at most {_MOST_CELLS:,} cells", f"{cells:,}", "Add it in several files, by year."
            )
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        raise SourceError("corrupt", title, "a whole Parquet file", str(error), "Obtain the file again.") from error
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    if nested:
        raise SourceError(
            "no_table", title, "columns of single values", f"lists or structures in {', '.join(nested)}",
            "Ask for the table as CSV, one value a cell.",
        )  # fmt: skip
    grid = SheetGrid(PAGE, 1)
    for col, name in enumerate(table.column_names, 1):
        grid.add(text_cell(1, col, name))
        for row, value in enumerate(table.column(col - 1).to_pylist(), 2):
            if value is not None and value == value:
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                grid.add((written_cell if is_number else text_cell)(row, col, _written(value)))
    return grid


def _written(value: Any) -> str:
    """A value as it is written: a whole float, which pandas makes of integers with gaps, without its point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
