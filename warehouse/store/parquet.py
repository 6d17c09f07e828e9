"""The Parquet store: every table of the schema as typed files that appear complete or not at all.

`core/line.parquet` holds a whole table; the `raw` tables have one file per document
(`raw/number/<document_id>.parquet`). The tables of one document are several files: whoever writes them writes
`raw.document` last, and its presence says that the others are complete. What the rows mean belongs elsewhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from warehouse.errors import MissingTableError, StaleTableError, WarehouseError
from warehouse.schema import MONEY, TABLES, Column, Table
from warehouse.store.files import replacing

# The largest amount a DECIMAL(18,2) holds, in centavos.
LARGEST = 10**18 - 1
_PANDAS = {
    pa.string(): pd.StringDtype(na_value=np.nan),
    pa.int64(): pd.Int64Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.bool_(): pd.BooleanDtype(),
}


class Store:
    """The tables under one folder."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)

    def write(self, name: str | Table, frame: pd.DataFrame | pa.Table, partition: str | None = None) -> Path:
        """Writes a table, by its name or its own description, or one of its partitions, in place of what was there; as a frame,
        or as the rows that `checked` made of one.

        Same frame, same bytes.

        Raises WarehouseError naming table, column and first bad row when the frame breaks the schema.
        """
        table = _table(name)
        path = self._path(table, partition)
        rows = checked(table, frame)
        with replacing(path) as temporary:
            write_rows(rows, temporary)
        return path

    def read(
        self,
        name: str | Table,
        partition: str | Sequence[str] | None = None,
        *,
        missing_ok: bool = False,
        where: Mapping[str, Sequence[str | int]] | None = None,
        columns: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """The table, or what there is of some partitions, in the types of `Table.frame`; with `where`, the rows with
        those values; with `columns`, these alone.

        Raises MissingTableError when nothing was written, unless `missing_ok` asks for an empty frame then; raises
        StaleTableError when a file has other columns than today's schema.
        """
        table = _table(name)
        asked = [partition] if isinstance(partition, str) else partition
        files = self.files(name) if asked is None else [self._path(table, one) for one in asked]
        files = [path for path in files if path.exists()]
        if not files:
            if missing_ok:
                return table.frame()
            raise MissingTableError(f"{_title(table, partition)} was never written.", "Materialize it first.")
        return read_files(table, files, where, columns)

    def count(self, name: str, columns: Sequence[str]) -> pd.DataFrame:
        """The distinct values of columns of text of a whole table, with how many `rows` each has. Raises as `read`."""
        files = self.current_files(name)
        if not files:
            raise MissingTableError(f"{name} was never written.", "Materialize it first.")
        rows = pq.ParquetFile(files[0], read_dictionary=list(columns)).read(list(columns)).unify_dictionaries()
        counted = rows.group_by(list(columns)).aggregate([([], "count_all")])
        schema = pa.schema([*((name, pa.string()) for name in columns), ("rows", pa.int64())])
        return as_frame(counted.rename_columns(schema.names).cast(schema))

    def has(self, name: str, partition: str | None = None) -> bool:
        """Whether the table (or partition) is there, with the columns of today's schema."""
        table = _table(name)
        files = self.files(name) if partition is None else [self._path(table, partition)]
        return bool(files) and all(path.exists() and not _differences(table, pq.read_schema(path)) for path in files)

    def partitions(self, name: str) -> list[str]:
        """The documents that a `raw` table has rows or an empty file for, sorted."""
        _require_partitioned(_table(name))
        return sorted(unquote(path.stem) for path in self.files(name))

    def files(self, name: str | Table) -> list[Path]:
        """The files of a table, in the order of their names."""
        table = _table(name)
        if partitioned(table):
            return sorted(path for path in (self.root / table.path).glob("*.parquet") if not path.name.startswith("."))
        path = self._path(table, None)
        return [path] if path.exists() else []

    def file(self, name: str | Table, partition: str | None = None) -> Path:
        """Where the table or partition lies, or would lie."""
        return self._path(_table(name), partition)

    def current_files(self, name: str) -> list[Path]:
        """The same, for readers of Parquet other than this class. Raises StaleTableError like `read`."""
        files = self.files(name)
        if files:
            _dataset(_table(name), files)
        return files

    def remove(self, name: str, partition: str | None = None) -> bool:
        """Removes a table or partition; says whether it was there."""
        path = self._path(_table(name), partition)
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed

    def _path(self, table: Table, partition: str | None) -> Path:
        if partition is None:
            if partitioned(table):
                raise WarehouseError(f"{table.name} has one partition per document.", "Name the document.")
            return self.root / f"{table.path}.parquet"
        _require_partitioned(table)
        if not partition:
            raise WarehouseError(f"{table.name}: a partition needs a name.", "Name the document.")
        # Quoted, because a document may be called anything; a leading dot would hide the file.
        name = quote(partition, safe=" ")
        return self.root / table.path / f"{name.replace('.', '%2E', 1) if name.startswith('.') else name}.parquet"


def write_rows(rows: pa.Table, where: Path | pa.NativeFile) -> None:
    """Rows as `checked` made them, as a Parquet file: the same rows, the same bytes."""
    # Without the schema of Arrow: text is read as text, however it was held.
    pq.write_table(rows, where, compression="zstd", row_group_size=122_880, store_schema=False)


def read_files(
    table: Table,
    files: Sequence[Path],
    where: Mapping[str, Sequence[str | int]] | None = None,
    columns: Sequence[str] | None = None,
) -> pd.DataFrame:
    """The rows of these files of a table, in their order; otherwise as `Store.read`."""
    rows = _dataset(table, files)
    wanted = [
        pc.field(column).isin(pa.array(values, rows.schema.field(column).type))  # typed, for there may be none
        for column, values in (where or {}).items()
    ]
    return as_frame(
        rows.to_table(
            filter=reduce(and_, wanted) if wanted else None, columns=None if columns is None else list(columns)
        )
    )


def partitioned(table: Table) -> bool:
    """Whether the table has one file per document (`raw`) or per stage checked (`validation`); the others are rebuilt whole."""
    return table.stage in ("raw", "validation")


def checked(table: Table, frame: pd.DataFrame | pa.Table) -> pa.Table:
    """The frame as an Arrow table of exactly the schema's types, with the dictionaries of text that is categories; an Arrow
    table must have them already.

    Raises WarehouseError for unknown columns, values of another type, null in a required column, money as float or
    beyond DECIMAL(18,2), and infinite ratios.
    """
    rows = _of_schema(table, frame) if isinstance(frame, pa.Table) else _converted(table, frame)
    for column in table.columns:
        for row, problem in _problems(column, rows[column.frame_name]):
            key = {name: rows[name][row].as_py() for name in table.key}
            raise WarehouseError(f"{table.name}, column {column.frame_name}, row {row} ({key}): {problem}.")
    # What pandas adds names library versions: same rows must give the same bytes.
    return rows.replace_schema_metadata(None)


def _of_schema(table: Table, rows: pa.Table) -> pa.Table:
    plain = pa.schema(
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field for field in rows.schema
    )
    if problem := _differences(table, plain):
        raise WarehouseError(f"{table.name}: rows of another shape ({problem}).")
    return rows


def _converted(table: Table, frame: pd.DataFrame) -> pa.Table:
    for column in table.columns:
        if column.type is MONEY and column.frame_name in frame:
            _refuse_float_money(table, column, frame[column.frame_name])
    typed = _typed(table, frame)
    schema = _coded(table.arrow_schema(), typed)
    # Column by column: `from_pandas` first looks at the frame as a whole, for twice the time, and most frames are small.
    arrays = [
        pa.array(values.array, field.type, from_pandas=True)
        for field, (_, values) in zip(schema, typed.items(), strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def _coded(schema: pa.Schema, frame: pd.DataFrame) -> pa.Schema:
    types = dict(frame.dtypes)
    return pa.schema(
        field.with_type(pa.dictionary(pa.int32(), field.type))
        if isinstance(types[field.name], pd.CategoricalDtype)
        else field
        for field in schema
    )


def _typed(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    if list(frame.columns) == table.frame_columns and dict(frame.dtypes) == table.frame_types:
        return frame
    try:
        return table.frame(frame)
    except (ValueError, TypeError) as error:
        for column in table.columns:
            if column.frame_name in frame:
                try:
                    table.frame(frame[[column.frame_name]])
                except (ValueError, TypeError) as cause:
                    raise WarehouseError(
                        f"{table.name}, column {column.frame_name}: not {column.type.name}: {cause}."
                    ) from cause
        raise WarehouseError(f"{error}.", "The columns of each table are in warehouse/schema.") from error


def _refuse_float_money(table: Table, column: Column, values: pd.Series) -> None:
    if pd.api.types.is_float_dtype(values.dtype) and values.notna().any():
        raise WarehouseError(
            f"{table.name}, column {column.frame_name}: money as {values.dtype}.",
            "Centavos are integers from the text on; keep the column Int64.",
        )


def _problems(column: Column, values: pa.ChunkedArray) -> Iterator[tuple[int, str]]:
    """The first row of each thing that is wrong with a column."""
    if column.required and values.null_count:
        yield pc.index(pc.is_null(values), True).as_py(), "empty, and it is required"
    if column.type is MONEY:
        beyond = pc.or_(pc.greater(values, LARGEST), pc.less(values, -LARGEST))
        if pc.any(beyond).as_py():
            yield pc.index(beyond, True).as_py(), "beyond the largest amount, 9,999,999,999,999,999.99 pesos"
    if pa.types.is_floating(values.type):
        wrong = pc.or_(pc.is_inf(values), pc.is_nan(values))
        if pc.any(wrong).as_py():
            yield pc.index(wrong, True).as_py(), "infinite or not a number; a share without a base is null"


def _dataset(table: Table, files: Sequence[Path]) -> ds.FileSystemDataset:
    """The files as one dataset, each one checked: a file of another schema would be read as nulls without a word."""
    dataset = ds.dataset([str(path) for path in files], schema=table.arrow_schema(), format="parquet")
    for fragment in dataset.get_fragments():
        if problem := _differences(table, fragment.physical_schema):
            raise StaleTableError(
                f"{fragment.path} was written with other columns than {table.name} has now ({problem}).",
                "Materialize it again.",
            )
    return dataset


def _differences(table: Table, written: pa.Schema) -> str:
    expected = table.arrow_schema()
    if written.remove_metadata().equals(expected):
        return ""
    missing = [name for name in expected.names if name not in written.names]
    unknown = [name for name in written.names if name not in expected.names]
    return f"missing: {', '.join(missing) or 'none'}; unknown: {', '.join(unknown) or 'none'}; or another order or type"


def as_frame(rows: pa.Table) -> pd.DataFrame:
    """Arrow rows in the types of `Table.frame`: integers beside a null stay integers; text with a dictionary is categories."""
    # In one piece: each time rows are taken from text in pieces, the pieces are put together first.
    return rows.combine_chunks().to_pandas(types_mapper=_type_of_frame)


def _type_of_frame(kind: pa.DataType) -> Any:
    """None for a dictionary: it becomes categories."""
    return None if pa.types.is_dictionary(kind) else _PANDAS.get(kind) or pd.ArrowDtype(kind)


def _table(name: str | Table) -> Table:
    if isinstance(name, Table):
        return name
    if name not in TABLES:
        raise WarehouseError(f"No such table {name}.", f"Tables are: {', '.join(TABLES)}.")
    return TABLES[name]


def _require_partitioned(table: Table) -> None:
    if not partitioned(table):
        raise WarehouseError(f"{table.name} has no partitions.", "Only raw tables have one per document.")


def _title(table: Table, partition: str | Sequence[str] | None) -> str:
    if partition is None:
        return table.name
    return f"{table.name}, partition {partition if isinstance(partition, str) else ', '.join(partition)},"
