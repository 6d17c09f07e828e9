"""What an analyst sees beside an asset: counts, previews, links, column descriptions.

Frames in, Dagster metadata out; nothing is computed here that a table does not already hold.
"""

import base64
import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import dagster as dg
import pandas as pd
from PIL import Image

from pipelines.dagster_ui.lineage import raw_name
from warehouse.schema import Column, Table
from warehouse.schema.money import pesos

SERVED_AT = "PESO_SERVED_AT"
_PREVIEW_ROWS = 12
_PREVIEW_TEXT = 240
# A wider table makes rows as high as the screen, and pushes the amounts out of it: all columns are in the column schema.
_PREVIEW_COLUMNS = 9
# Beside other columns a text wraps at some 16 letters, or pushes the amounts out of sight where it need not: two lines of it.
_WIDE_TEXT, _FEW_COLUMNS, _HEADER = 32, 2, 18
_PREFERRED = (
    "label",
    "government",
    "fiscal_year",
    "stage",
    "item",
    "verified",
    "reason",
    "refusals",
    "outcome",
    "line_id",
    "document_id",
)
_CENTAVOS = "_centavos"
_PICTURE_BYTES = 120_000
_COLOURS = 128


def column_schema(table: Table) -> dg.TableSchema:
    """The table's columns with their Spanish and English descriptions, as Dagster shows them."""
    return dg.TableSchema(columns=[_described(column, column.name) for column in table.columns])


def raw_schema(tables: tuple[Table, ...]) -> dg.TableSchema:
    """The columns of all raw tables, for the one asset that they are."""
    return dg.TableSchema(
        columns=[_described(column, raw_name(table, column)) for table in tables for column in table.columns]
    )


def _described(column: Column, name: str) -> dg.TableColumn:
    return dg.TableColumn(
        name=name,
        type=column.type.duckdb,
        description=f"{column.description} · {column.descripcion}",
        constraints=dg.TableColumnConstraints(nullable=not column.required),
    )


def served(*path: str) -> dg.MetadataValue:
    """A link to what `peso serve` shows, at its usual address or at that of PESO_SERVED_AT."""
    base = os.environ.get(SERVED_AT, "http://127.0.0.1:8000").rstrip("/")
    return dg.MetadataValue.url("/".join([base, *(quote(part) for part in path)]))


def table_metadata(rows: int, first: pd.DataFrame, path: Path) -> dict[str, Any]:
    """Row count, a preview of the first rows, and where the Parquet lies."""
    return {"dagster/row_count": rows, "preview": rows_table(first), "parquet": dg.MetadataValue.path(path)}


def rows_table(frame: pd.DataFrame, rows: int = _PREVIEW_ROWS) -> dg.MetadataValue:
    """The first rows as a Dagster table: centavos as pesos, without the columns that are empty in all of them."""
    head = frame.head(rows)
    head = _fitting(head[[name for name in head.columns if head[name].notna().any()]])
    text = _PREVIEW_TEXT if len(head.columns) <= _FEW_COLUMNS else _WIDE_TEXT
    for name in [name for name in head.columns if str(name).endswith(_CENTAVOS)]:
        head = head.assign(**{name: ["" if pd.isna(value) else pesos(value) for value in head[name]]}).rename(
            columns={name: name.removesuffix(_CENTAVOS)}
        )
    records = [
        dg.TableRecord({str(name): _cell(value, text) for name, value in row.items()})
        for row in head.to_dict("records")
    ]
    schema = dg.TableSchema(columns=[dg.TableColumn(str(name), type="string") for name in head.columns])
    return dg.MetadataValue.table(records, schema)


def _fitting(head: pd.DataFrame) -> pd.DataFrame:
    """The columns that a person looks for first, money before all, in the order of the table; all of them where they are few."""

    def rank(name: object) -> tuple[int, int]:
        place = _PREFERRED.index(str(name)) if str(name) in _PREFERRED else len(_PREFERRED)
        return (0, 0) if str(name) in _PREFERRED[:4] else (1, 0) if str(name).endswith(_CENTAVOS) else (2, place)

    chosen = set(sorted(head.columns, key=rank)[:_PREVIEW_COLUMNS])
    return head[[name for name in head.columns if name in chosen]]


def printed_rows(raw: Mapping[str, pd.DataFrame], rows: int = _PREVIEW_ROWS) -> pd.DataFrame:
    """The first rows of a document as printed: table, page, label, and the text of each amount column."""
    first = raw["row"].head(rows)[["table", "row", "page", "label"]]
    cells = raw["number"]
    cells = cells[cells["table"].isin(first["table"]) & cells["row"].isin(first["row"]) & cells["column"].notna()]
    texts: dict[tuple[int, int], dict[int, str]] = {}
    for table, row, column, text in cells[["table", "row", "column", "source_text"]].itertuples(index=False):
        printed = texts.setdefault((table, row), {})
        printed[column] = f"{printed[column]} {text}" if column in printed else text
    shown = [texts.get(place, {}) for place in zip(first["table"], first["row"], strict=True)]
    columns = raw["column"][raw["column"]["table"].isin(first["table"])]
    headers = columns[columns["header"].notna()].drop_duplicates("column").set_index("column")["header"].to_dict()
    named = {
        f"{column}. {_short_header(headers.get(column, ''))}": [printed.get(column) for printed in shown]
        for column in sorted({column for printed in shown for column in printed})
    }
    first = first.drop(columns="row" if len(set(first["table"])) > 1 else ["row", "table"])
    return first.assign(**{name: pd.array(values, dtype="str") for name, values in named.items()})


def _short_header(header: str) -> str:
    """Of `Ingreso | Estimado` the part next to the amounts: the UI never wraps a header, and its column is as wide."""
    return _cell(header.rpartition(" | ")[2], _HEADER)


def picture(image: Image.Image, alternative: str, width: int = 1100) -> dg.MetadataValue:
    """A picture that the UI shows in place: a small PNG of few colours inside the text, since metadata holds no files."""
    wide, least = width, width // 3
    while True:
        small = image.copy()
        small.thumbnail((wide, 3 * wide))
        data = io.BytesIO()
        small.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(data, "PNG")
        if data.tell() <= _PICTURE_BYTES or wide == least:
            break
        # Bytes grow with the area: the next one fits, or nearly.
        wide = max(least, int(0.95 * wide * (_PICTURE_BYTES / data.tell()) ** 0.5))
    encoded = base64.b64encode(data.getvalue()).decode("ascii")
    return dg.MetadataValue.md(f"![{alternative}](data:image/png;base64,{encoded})")


def _cell(value: Any, most: int) -> str:
    if value is None or value is pd.NA or (not isinstance(value, str) and pd.isna(value)):
        return ""
    text = str(value).replace("\n", " ")
    return text if len(text) <= most else text[: most - 1] + "…"
