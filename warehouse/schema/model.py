"""What a table and a column are, and the types a column takes in pandas, Arrow and DuckDB.

Only descriptions and the conversions derived from them belong here; the tables themselves are in their stage's module.
pandas and Arrow are loaded when something is converted: who only reads the descriptions does not wait for them.
"""

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


@dataclass(frozen=True)
class Type:
    """A column type, by its name in each system. Money is centavos in frames and pesos in DuckDB."""

    name: str
    pandas: str
    duckdb: str

    @property
    def arrow(self) -> "pa.DataType":
        """The type of its columns in Arrow."""
        return _arrow_types()[self.name]


TEXT = Type("text", "str", "VARCHAR")
INT = Type("int", "Int64", "BIGINT")
RATIO = Type("ratio", "Float64", "DOUBLE")
BOOL = Type("bool", "boolean", "BOOLEAN")
DATE = Type("date", "date32[day][pyarrow]", "DATE")
TIMESTAMP = Type("timestamp", "timestamp[us, tz=UTC][pyarrow]", "TIMESTAMPTZ")
MONEY = Type("money", "Int64", "DECIMAL(18,2)")


@cache
def _arrow_types() -> "dict[str, pa.DataType]":
    import pyarrow as pa

    return {
        "text": pa.string(),
        "int": pa.int64(),
        "ratio": pa.float64(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "money": pa.int64(),
    }


@dataclass(frozen=True)
class Column:
    """One column: English `name`, Spanish `es`, and a description in each language.

    `values` is the closed list of allowed values, where there is one. `unit` is what the number counts, in the
    published file: pesos for money (frames and Parquet hold centavos under `frame_name`).
    """

    name: str
    type: Type
    es: str
    description: str
    descripcion: str
    required: bool = False
    values: tuple[str, ...] | None = None
    unit: str | None = None

    @property
    def frame_name(self) -> str:
        """The column's name in frames and Parquet: money says that it is centavos there."""
        return f"{self.name}_centavos" if self.type is MONEY else self.name


@dataclass(frozen=True)
class Table:
    """One table: `name` is `stage.table` and the Parquet path, asset key and dictionary heading."""

    name: str
    es: str
    description: str
    descripcion: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})

    @property
    def stage(self) -> str:
        """raw, core or out."""
        return self.name.split(".")[0]

    @property
    def path(self) -> str:
        """The table's place under the Parquet store, which is also its asset key: `core/line`."""
        return self.name.replace(".", "/")

    @property
    def frame_columns(self) -> list[str]:
        """The names of its columns in frames and Parquet, in order."""
        return [column.frame_name for column in self.columns]

    @cached_property
    def frame_types(self) -> dict[str, Any]:
        """The types of its columns in frames, in order."""
        return dict(self.frame().dtypes)

    def arrow_schema(self) -> "pa.Schema":
        """Its columns in the types of Arrow, money as centavos."""
        import pyarrow as pa

        return pa.schema([(column.frame_name, column.type.arrow) for column in self.columns])

    def frame(self, rows: Any = ()) -> "pd.DataFrame":
        """Rows (records or a frame) as this table: its columns, in order, in its types; text that is categories stays so.

        A column that is absent is null; one the schema does not know is an error, so that nothing is lost by a typo.
        Raises ValueError naming the table and the unknown columns.
        """
        import pandas as pd

        data = rows if isinstance(rows, pd.DataFrame) else list(rows)
        if isinstance(data, list) and not data:
            return _without_rows(self).copy()
        names = set(data) if isinstance(data, pd.DataFrame) else set[str]().union(*data)
        unknown = sorted(names - set(self.frame_columns))
        if unknown:
            raise ValueError(f"{self.name}: columns not in the schema: {', '.join(map(str, unknown))}")
        typed = {c.frame_name: _typed(data, c, c.frame_name in names) for c in self.columns}
        return pd.DataFrame(typed, index=range(len(data)))


@cache
def _without_rows(table: Table) -> "pd.DataFrame":
    """Most tables of a small home; made column by column, each would take hundredths of a second."""
    import pandas as pd

    return pd.DataFrame({column.frame_name: _typed([], column, False) for column in table.columns}, index=range(0))


def _typed(data: "pd.DataFrame | list[dict[str, Any]]", column: Column, present: bool) -> Any:
    import pandas as pd

    dtype: Any = column.type.pandas
    if column.type in (DATE, TIMESTAMP):
        dtype = pd.ArrowDtype(column.type.arrow)
    if not present:
        return pd.array([None] * len(data), dtype=dtype)
    if isinstance(data, list):
        # Column by column, or pandas would take integers beside a null through float and round large money.
        return pd.array([row.get(column.frame_name) for row in data], dtype=dtype)
    values = data[column.frame_name]
    if column.type is TEXT and isinstance(values.dtype, pd.CategoricalDtype):
        return values.array
    return values.astype(dtype).array
