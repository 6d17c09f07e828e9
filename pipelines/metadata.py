"""What an analyst sees beside an asset: counts, previews, links, column descriptions.

Frames in, Dagster metadata out; nothing is computed here that a table does not already hold.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd

from warehouse.schema import MONEY, Table

_PREVIEW_ROWS = 12
_PREVIEW_TEXT = 70


def column_schema(table: Table) -> dg.TableSchema:
    """The table's columns with their Spanish and English descriptions, as Dagster shows them."""
    columns = [
        dg.TableColumn(
            name=column.name,
            type=column.type.duckdb,
            description=f"{column.description} · {column.descripcion}",
            constraints=dg.TableColumnConstraints(nullable=not column.required),
        )
        for column in table.columns
    ]
    return dg.TableSchema(columns=columns)


def table_metadata(table: Table, frame: pd.DataFrame, path: Path | None = None) -> dict[str, Any]:
    """Row count, a preview in pesos, and where the Parquet lies."""
    found: dict[str, Any] = {"dagster/row_count": len(frame), "preview": dg.MetadataValue.md(preview(frame, table))}
    if path is not None:
        found["parquet"] = dg.MetadataValue.path(path)
    return found


def preview(frame: pd.DataFrame, table: Table | None = None, rows: int = _PREVIEW_ROWS) -> str:
    """The first rows as a Markdown table; centavos are shown as pesos."""
    head = frame.head(rows).copy()
    for column in table.columns if table else ():
        if column.type is MONEY and column.frame_name in head:
            head[column.frame_name] = [pesos(value) for value in head[column.frame_name]]
            head = head.rename(columns={column.frame_name: column.name})
    shown = [name for name in head.columns if head[name].notna().any()]
    lines = ["| " + " | ".join(map(str, shown)) + " |", "|" + "---|" * len(shown)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in head[shown].itertuples(index=False)]
    return "\n".join(lines)


def pesos(centavos: Any) -> str:
    """Centavos as printed pesos, exactly: 123456 -> 1,234.56. Null is empty."""
    if pd.isna(centavos):
        return ""
    whole, rest = divmod(abs(int(centavos)), 100)
    return f"{'-' if centavos < 0 else ''}{whole:,}.{rest:02d}"


def _cell(value: Any) -> str:
    if value is None or value is pd.NA or (not isinstance(value, str) and pd.isna(value)):
        return ""
    text = str(value).replace("|", "\\|").replace("\n", " ")
    return text if len(text) <= _PREVIEW_TEXT else text[: _PREVIEW_TEXT - 1] + "…"


def records(frame: pd.DataFrame, rows: int) -> dg.MetadataValue:
    """The first rows as a Dagster table."""
    head = frame.head(rows)
    found = [
        dg.TableRecord({str(name): _cell(value) for name, value in row.items()}) for row in head.to_dict("records")
    ]
    schema = dg.TableSchema(columns=[dg.TableColumn(str(name), type="string") for name in head.columns])
    return dg.MetadataValue.table(found, schema)


def raw_preview(raw: Mapping[str, pd.DataFrame], rows: int = _PREVIEW_ROWS) -> str:
    """The first rows of a document as printed: page, label, and the text of each amount column, as Markdown."""
    first = raw["row"].head(rows)[["table", "row", "page", "label"]]
    cells = raw["number"][raw["number"]["column"].notna()].merge(first[["table", "row"]], on=["table", "row"])
    texts = cells.pivot_table(index=["table", "row"], columns="column", values="source_text", aggfunc=" ".join)
    headers = raw["column"][raw["column"]["table"].isin(first["table"])].groupby("column")["header"].first()
    named = texts.rename(columns=lambda column: f"{column}. {headers.get(column) or ''}")
    return preview(first.merge(named.reset_index(), on=["table", "row"], how="left").drop(columns="row"), rows=rows)
