"""Raw frames made by hand: a table is a list of headers and rows of texts, as a reader would have found them."""

import json
from typing import Any

import pandas as pd

from transforms.core.normalize import normalize
from transforms.words.units import unit_of
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE

Frames = dict[str, pd.DataFrame]


def made_raw(
    headers: list[str], rows: list[tuple], *, document_id: str = "doc", title: str | None = None, context: str | None = None,
    label_headers: list[str] | None = None, method: str = "aligned", table: int = 1, indents: list[float] | None = None,
    bold: list[bool] | None = None, hidden_rows: tuple[int, ...] = (), flags: dict[tuple[int, int], str] | None = None,
    unit: str | None = "(Pesos)",
) -> Frames:  # fmt: skip
    """One table on one page. A row is its label (or a list of label cells) and one text per header; None is blank.

    `unit` is a line above it, where neither title nor context say one.
    """
    if unit and not unit_of(title, context).text:
        context = "\n".join(filter(None, (unit, context)))
    base = {"document_id": document_id, "table": table}
    raw_rows: list[dict[str, Any]] = []
    numbers: list[dict[str, Any]] = []
    for n, (label, *texts) in enumerate(rows, 1):
        cells = label if isinstance(label, list) else [label]
        names = label_headers or ["Concepto"] * len(cells)
        shown = " ".join(text for text in cells if text)
        raw_rows.append({
            **base, "row": n, "page": "1", "place": f"0,{n},100,{n + 1}", "label": shown or None,
            "label_cells": json.dumps([[h, t] for h, t in zip(names, cells, strict=True) if t], ensure_ascii=False),
            "indent": indents[n - 1] if indents else 10.0, "bold": bold[n - 1] if bold else False,
            "hidden": n in hidden_rows,
        })  # fmt: skip
        for c, text in enumerate(texts, 1):
            if text is not None:
                flag = (flags or {}).get((n, c))
                numbers.append(
                    {
                        **base,
                        "page": "1",
                        "number": len(numbers) + 1,
                        "source_text": text,
                        "place": f"{c}",
                        "row": n,
                        "column": c,
                        "flag": flag,
                    }
                )
    numbers.append(
        {
            "document_id": document_id,
            "page": "1",
            "number": len(numbers) + 1,
            "source_text": "135",
            "exclusion": "page_number",
        }
    )
    page = {"document_id": document_id, "page": "1", "position": 1, "kind": "table", "numeric_words": len(numbers)}
    described = {**base, "title": title, "context": context, "page_first": "1", "page_last": "1", "method": method}
    return {
        "page": RAW_PAGE.frame([page]),
        "table": RAW_TABLE.frame([described]),
        "column": RAW_COLUMN.frame([{**base, "column": c, "header": h} for c, h in enumerate(headers, 1)]),
        "row": RAW_ROW.frame(raw_rows),
        "number": RAW_NUMBER.frame(numbers),
    }


def joined(*readings: Frames) -> Frames:
    """The frames of several documents, end to end."""
    return {name: pd.concat([reading[name] for reading in readings], ignore_index=True) for name in readings[0]}


def made_documents(*ids: str, **fields: object) -> pd.DataFrame:
    """A row per document with the same fields; of no catalogue, unless they say so."""
    return pd.DataFrame([{"document_id": i, "catalogued": False, **fields} for i in ids or ("doc",)])


def core_of(raw: Frames, corrections: pd.DataFrame | None = None, **fields: object) -> Frames:
    """What normalize makes of it, as documents of Sonora of 2021 unless the fields say otherwise."""
    ids = raw["page"]["document_id"].unique()
    return normalize(raw, made_documents(*ids, **{"fiscal_year": 2021, "government_id": "26", **fields}), corrections)


def by_cell(core: Frames) -> dict[tuple[int, int], dict]:
    """Every amount by its row and column, as a plain record."""
    amounts = core["amount"].merge(core["line"][["line_id", "row"]], on="line_id")
    return {(record["row"], record["column"]): record for record in amounts.to_dict("records")}


def parents(core: Frames) -> dict[int, int | None]:
    """The parent of every row, by row number."""
    return {
        row: int(parent.rsplit(":", 1)[1]) if isinstance(parent, str) else None
        for row, parent in zip(core["line"]["row"], core["line"]["parent_line_id"], strict=True)
    }
