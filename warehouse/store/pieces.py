"""Pieces of tables: those of one part packed into one file, and whole tables put together from the pieces of many.

Text stays coded from file to file, and nothing goes through pandas: a million rows are put together in a second or two. What a part
is of, and when it is made, is not known here.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from warehouse.schema import TEXT, Table
from warehouse.store.bundles import pack_named, places_in
from warehouse.store.parquet import checked, write_rows

# Each line has its own, so that a dictionary of them would only be longer.
_UNCODED = ("line_id",)
_LARGEST = 5_000  # entries of a dictionary
_PARTS_OF_LINE_ID = 2  # the numbers of its table and row, after the document


def pack_pieces(frames: Iterable[tuple[Table, pd.DataFrame]]) -> bytes:
    """The frames of a part as one file, each a Parquet file in it: the same rows, the same bytes. Raises WarehouseError as `Store.write`."""
    return pack_named((table.name, pack_piece(table, checked(table, frame))) for table, frame in frames)


def pack_piece(table: Table, rows: pa.Table) -> bytes:
    """Rows as `checked` made them, as they lie in the file of a part under the name of their table."""
    packed = pa.BufferOutputStream()
    write_rows(decoded(table, rows), packed)  # or the dictionaries would tell what else the rows were taken from
    return bytes(packed.getvalue())


class Pieces:
    """The tables in the packed file of a part."""

    def __init__(self, packed: Path) -> None:
        with packed.open("rb") as file:
            self._places = places_in(file)
        self._bytes = pa.memory_map(str(packed)).read_buffer()

    def has(self, table: Table) -> bool:
        """Whether it holds this table."""
        return table.name in self._places

    def read(self, table: Table) -> pa.Table:
        """The rows of a table, with text coded but for what is different in each row."""
        offset, size = self._places[table.name]
        return read_piece(table, self._bytes.slice(offset, size))


def read_piece(table: Table, packed: pa.Buffer) -> pa.Table:
    """The rows that `pack_piece` packed."""
    return pq.ParquetFile(pa.BufferReader(packed), read_dictionary=_texts(table)).read().cast(_coded_schema(table))


def put_together(table: Table, pieces: Sequence[pa.Table], order: Sequence[str]) -> pa.Table:
    """The whole table, in the order of these columns.

    Each piece is in that order already; where no two have the same value of the first column, it alone is looked at.
    """
    if not pieces:
        return _coded_schema(table).empty_table()
    rows = pa.concat_tables(pieces).unify_dictionaries().combine_chunks()
    first = _ranks(rows, order[0])
    piece = np.repeat(np.arange(len(pieces)), [len(one) for one in pieces])
    apart = len(np.unique(first)) == len(np.unique(first * len(pieces) + piece))
    ranks = [[first], *([] if apart else [_ranks_of(rows, name) for name in order[1:]])]
    places = np.lexsort([rank for of_column in ranks for rank in of_column][::-1])
    rows = _light(rows)
    return rows if (np.diff(places) == 1).all() else rows.take(pa.array(places)).combine_chunks()


def _light(rows: pa.Table) -> pa.Table:
    """The rows with text that hardly repeats as text: a file would hold the whole dictionary again and again."""
    for place, field in enumerate(rows.schema):
        if pa.types.is_dictionary(field.type) and rows.num_rows and len(rows[place].chunk(0).dictionary) > _LARGEST:
            rows = rows.set_column(place, field.name, rows[place].cast(pa.string()))
    return rows


def decoded(table: Table, rows: pa.Table) -> pa.Table:
    """The rows with all text as text."""
    return rows.cast(table.arrow_schema())


def _texts(table: Table) -> list[str]:
    return [column.frame_name for column in table.columns if column.type is TEXT and column.name not in _UNCODED]


def _coded_schema(table: Table) -> pa.Schema:
    texts, coded = _texts(table), pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        field.with_type(coded) if field.name in texts else field for field in table.arrow_schema().remove_metadata()
    )


def _ranks_of(rows: pa.Table, name: str) -> list[npt.NDArray[np.int64]]:
    """What the rows are in order of by this column: lines as they stand in their document, row 10 after row 2."""
    if name != "line_id" or "document_id" not in rows.column_names:
        return [_ranks(rows, name)]
    numbers = pc.split_pattern(rows[name], ":", max_splits=_PARTS_OF_LINE_ID, reverse=True)
    return [pc.list_element(numbers, place).cast(pa.int64()).to_numpy() for place in range(1, _PARTS_OF_LINE_ID + 1)]


def _ranks(rows: pa.Table, name: str) -> npt.NDArray[np.int64]:
    """A number for each row that is larger where the value of the column is, and largest where there is none."""
    values = rows[name].combine_chunks()
    if isinstance(values, pa.ChunkedArray):
        values = pa.concat_arrays(values.chunks) if values.num_chunks else pa.array([], values.type)
    if not pa.types.is_dictionary(values.type):
        values = values.dictionary_encode()
    ranks = np.empty(len(values.dictionary) + 1, dtype=np.int64)
    ranks[pc.sort_indices(values.dictionary).to_numpy()] = np.arange(len(values.dictionary))
    ranks[-1] = len(values.dictionary)
    numbers: npt.NDArray[np.int64] = ranks[
        values.indices.fill_null(len(values.dictionary)).to_numpy(zero_copy_only=False)
    ]
    return numbers
