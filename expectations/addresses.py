"""Promise P3, every number has an address: a document, a page, a place on it, and the text printed there.

That the lines cited by a comparison or a change exist is asked beside those, in `comparisons` and `series`.
"""

import numpy as np
import pandas as pd

from expectations.amounts import CELL, number_cells
from expectations.positions import absent, at, positions
from expectations.spec import Expect, Promise, Spec, TableFrames

PROMISE = Promise()


@PROMISE.rule(
    "amount_printed",
    "core.amount",
    "ERROR",
    "Every amount stands where the source prints a number, with the text exactly as printed (P3).",
    "Cada importe está donde la fuente imprime un número, con el texto tal como está impreso (P3).",
    reads=("core.line", "raw.number"),
)
def _amounts_not_printed(frames: TableFrames) -> pd.DataFrame:
    """Amounts whose cell holds no numeric word, or whose text is not the text printed there."""
    numbers, amounts = frames["raw.number"], frames["core.amount"]
    words, cells = number_cells(frames)
    words[numbers[CELL].isna().any(axis=1)] = -2  # excluded, or of no known place: it stands in no cell
    # Where a cell holds several words, how they are joined is the transform's affair.
    alone = ~pd.Series(words).duplicated(keep=False).to_numpy()
    word = pd.Index(words[alone]).get_indexer(cells)
    printed = at(numbers.loc[alone, "source_text"], word)
    broken = np.where(word >= 0, amounts["source_text"].ne(printed), (cells >= 0) & ~np.isin(cells, words))
    return amounts.loc[broken, ["line_id", "column", "source_text"]].assign(printed=printed[broken])


@PROMISE.rule(
    "amount_has_line",
    "core.amount",
    "ERROR",
    "Every amount belongs to a line of the same document (P3).",
    "Cada importe pertenece a una línea del mismo documento (P3).",
    reads=("core.line",),
)
def _amounts_without_line(frames: TableFrames) -> pd.DataFrame:
    amounts, lines = frames["core.amount"], frames["core.line"]
    of_line = at(lines["document_id"], positions(amounts["line_id"], lines["line_id"]))
    broken = amounts["document_id"].ne(of_line) & amounts["line_id"].notna() & amounts["document_id"].notna()
    return amounts.loc[broken, ["line_id", "column", "document_id", "page", "source_text"]]


PROMISE.add(
    Spec(
        "amount_has_place",
        "core.amount",
        "ERROR",
        "Every amount has its box or cell: anyone can go and look (P3).",
        "Cada importe tiene su recuadro o celda: cualquiera puede ir a verlo (P3).",
        (Expect("ExpectColumnValuesToNotBeNull", {"column": "place"}),),
        show=("page", "source_text"),
    )
)


@PROMISE.rule(
    "line_has_document",
    "core.line",
    "ERROR",
    "Every line belongs to a document of the catalogue (P3).",
    "Cada línea pertenece a un documento del catálogo (P3).",
    reads=("core.document",),
)
def _lines_without_document(frames: TableFrames) -> pd.DataFrame:
    lines = frames["core.line"]
    return lines.loc[
        absent(lines, ["document_id"], frames["core.document"]), ["line_id", "document_id", "page", "label"]
    ]


@PROMISE.rule(
    "line_has_page",
    "core.line",
    "ERROR",
    "Every line stands on a page or sheet that was read (P3).",
    "Cada línea está en una página u hoja que se leyó (P3).",
    reads=("raw.page",),
)
def _lines_without_page(frames: TableFrames) -> pd.DataFrame:
    lines = frames["core.line"]
    return lines.loc[
        absent(lines, ["document_id", "page"], frames["raw.page"]), ["line_id", "document_id", "page", "label"]
    ]


@PROMISE.rule(
    "line_has_table",
    "core.line",
    "ERROR",
    "Every line belongs to a table: details of different views are never added together.",
    "Cada línea pertenece a una tabla: nunca se suman detalles de vistas distintas.",
    reads=("core.table",),
)
def _lines_without_table(frames: TableFrames) -> pd.DataFrame:
    lines = frames["core.line"]
    return lines.loc[
        absent(lines, ["document_id", "table"], frames["core.table"]), ["line_id", "document_id", "table", "label"]
    ]


@PROMISE.rule(
    "line_has_parent",
    "core.line",
    "ERROR",
    "The line that contains another is a line of the same table.",
    "La línea que contiene a otra es una línea de la misma tabla.",
)
def _lines_without_parent(frames: TableFrames) -> pd.DataFrame:
    """Lines whose parent is not a line of the same table, or is the line itself."""
    lines = frames["core.line"]
    parent = positions(lines["parent_line_id"], lines["line_id"])
    table = ["document_id", "table"]
    broken = pd.concat([lines[name].ne(at(lines[name], parent)).fillna(True) for name in table], axis=1).any(axis=1)
    broken &= lines[[*table, "parent_line_id"]].notna().all(axis=1)
    broken |= lines["parent_line_id"].eq(lines["line_id"]).fillna(False)
    return lines.loc[broken, ["line_id", "parent_line_id", "label"]]


@PROMISE.rule(
    "reconciliation_has_line",
    "core.reconciliation",
    "ERROR",
    "A sum that was tried belongs to a line that exists (P3).",
    "Una suma probada pertenece a una línea que existe (P3).",
    reads=("core.line",),
)
def _reconciliations_without_line(frames: TableFrames) -> pd.DataFrame:
    reconciliations = frames["core.reconciliation"]
    broken = absent(reconciliations, ["line_id"], frames["core.line"])
    return reconciliations.loc[broken, ["reconciliation_id", "line_id", "formula"]]
