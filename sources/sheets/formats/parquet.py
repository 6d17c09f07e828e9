"""Reading Parquet, as others pass on tables they derived, into a grid: one sheet, the names of its columns as its header.

Numbers keep their digits; a null is an empty cell. Lists and structures are no cells and are refused by name.
"""

import io
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sources.errors import OBTAIN_AGAIN, SourceError
from sources.sheets.formats.grid import SheetGrid, text_cell, written_cell
from warehouse.schema.vocabulary import Term

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
                "too_large", title, Term(f"at most {_MOST_CELLS:,} cells", f"cuando más {_MOST_CELLS:,} celdas"), f"{cells:,}",
                Term("Add it in several files, by year.", "Agréguelo en varios archivos, por año."),
            )  # fmt: skip
        table = file.read()
    except (pa.ArrowException, OSError) as error:
        whole = Term("a whole Parquet file", "un archivo Parquet completo")
        raise SourceError("corrupt", title, whole, str(error), OBTAIN_AGAIN) from error
    nested = [field.name for field in table.schema if pa.types.is_nested(field.type)]
    if nested:
        raise SourceError(
            "no_table", title, Term("columns of single values", "columnas de valores sueltos"),
            Term(f"lists or structures in {', '.join(nested)}", f"listas o estructuras en {', '.join(nested)}"),
            Term("Ask for the table as CSV, one value a cell.", "Pida el cuadro en CSV, con un valor por celda."),
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
