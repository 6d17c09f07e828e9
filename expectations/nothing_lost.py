"""Promise P2, nothing is lost: every number of a document is used or excluded with a reason, every document is accounted for.

Where an amount was printed is asked in `addresses`, whether it is right in `proofs`.
"""

import numpy as np
import pandas as pd

from expectations.amounts import number_cells
from expectations.plausible import find_implausible
from expectations.spec import Expect, Promise, Spec, TableFrames
from warehouse.schema.vocabulary import EXCLUSIONS, READABLE

PROMISE = Promise()


def _count_per_document(documents: pd.Series, name: str) -> pd.Series:
    return documents.value_counts().rename(name)


# --- numbers and pages ---


@PROMISE.rule(
    "number_used_or_excluded",
    "raw.number",
    "ERROR",
    "Every numeric word stands in a row and column of a table, or is excluded with a named reason (P2).",
    "Cada palabra numérica está en un renglón y columna de una tabla, o se excluye con su razón (P2).",
)
def _numbers_neither_used_nor_excluded(frames: TableFrames) -> pd.DataFrame:
    numbers = frames["raw.number"]
    placed = numbers[["table", "row", "column"]].notna().all(axis=1)
    broken = numbers["exclusion"].isna() & ~placed
    return numbers.loc[broken, ["document_id", "page", "number", "source_text", "table", "row", "column", "exclusion"]]


@PROMISE.rule(
    "page_words_accounted",
    "raw.page",
    "ERROR",
    "Each page lists as many numeric words as were counted on it (P2).",
    "Cada página enlista tantas palabras numéricas como se contaron en ella (P2).",
    reads=("raw.number",),
)
def _pages_not_accounted(frames: TableFrames) -> pd.DataFrame:
    pages = frames["raw.page"][["document_id", "page", "kind", "numeric_words"]]
    counted = frames["raw.number"].groupby(["document_id", "page"]).size().rename("found").reset_index()
    both = pages.merge(counted, on=["document_id", "page"], how="outer").astype({"found": "Int64"})
    # A page that says nothing of its words (an image) has none; a number on a page that is not listed is a fault.
    return both[both["numeric_words"].fillna(0).ne(both["found"].fillna(0)) | both["kind"].isna()]


@PROMISE.rule(
    "document_words_accounted",
    "core.document",
    "ERROR",
    "Numeric words of a document = words used in amounts + words excluded: no number is lost between the page and the table (P2).",
    "Palabras numéricas del documento = usadas en importes + excluidas: ningún número se pierde entre la página y la tabla (P2).",
    reads=("raw.number", "core.line", "core.amount", "core.exclusion"),
)
def _documents_not_accounted(frames: TableFrames) -> pd.DataFrame:
    """Numeric words of a document = words in the cell of an amount + words excluded with a reason."""
    documents = frames["core.document"][["document_id", "outcome", "numeric_words", "excluded"]].set_index(
        "document_id"
    )
    numbers = frames["raw.number"]
    used = np.isin(*number_cells(frames)) & numbers["exclusion"].isna()
    counts = pd.concat(
        [
            _count_per_document(numbers["document_id"], "words_found"),
            _count_per_document(numbers.loc[used, "document_id"], "words_used"),
            frames["core.exclusion"].groupby("document_id")["words"].sum().rename("words_excluded"),
        ],
        axis=1,
    )
    both = documents.join(counts, how="left")
    both[counts.columns] = both[counts.columns].astype("Int64").fillna(0)
    words = both[["numeric_words", "excluded", *counts.columns]].fillna(0)
    holds = (words["words_used"] + words["words_excluded"]).eq(words["words_found"])
    holds &= words["numeric_words"].eq(words["words_found"]) & words["excluded"].eq(words["words_excluded"])
    return both[~holds].reset_index()


PROMISE.add(
    Spec(
        "exclusion_reason_named",
        "core.exclusion",
        "ERROR",
        "A numeric word is excluded for a reason of the vocabulary, never for another (P2).",
        "Una palabra numérica se excluye por una razón del vocabulario, nunca por otra (P2).",
        (Expect("ExpectColumnValuesToBeInSet", {"column": "reason", "value_set": list(EXCLUSIONS)}),),
        show=("words", "example"),
    )
)


PROMISE.add(
    Spec(
        "exclusion_share_possible",
        "core.exclusion",
        "ERROR",
        "A share of the document's numeric words lies between 0 and 1.",
        "Una proporción de las palabras numéricas del documento está entre 0 y 1.",
        (Expect("ExpectColumnValuesToBeBetween", {"column": "share", "min_value": 0, "max_value": 1}),),
        show=("words",),
    )
)


@PROMISE.rule(
    "excluded_money_plausible",
    "raw.number",
    "ERROR",
    "Money printed in a column is not excluded as text, labels or counts: a table swallowed whole would be accounted for too (P2).",
    "El dinero impreso en columna no se excluye como texto, etiqueta o cantidad: una tabla omitida entera también cuadraría (P2).",
    reads=("core.document",),
)
def _implausible_readings(frames: TableFrames) -> pd.DataFrame:
    """Documents with lines in which a table passed for something else: see `plausible`."""
    documents = frames["core.document"]
    read = documents.loc[documents["outcome"].isin(READABLE), "document_id"]
    findings = find_implausible(frames["raw.number"])
    return findings[findings["document_id"].isin(read)]


PROMISE.add(
    Spec(
        "page_readable",
        "raw.page",
        "WARN",
        "A page that is an image, is garbled or failed is reported, never skipped in silence: it needs OCR, or a defect report.",
        "La página que es imagen, está dañada o falló se reporta, nunca se omite en silencio: requiere OCR, o reportar el defecto.",
        (Expect("ExpectColumnValuesToNotBeInSet", {"column": "kind", "value_set": ["image", "garbled", "failed"]}),),
        show=("message",),
    )
)


# --- documents ---


@PROMISE.rule(
    "refused_has_message",
    "core.document",
    "ERROR",
    "A refused document says what was expected and found, and what to do: none vanishes (P1).",
    "Un documento rechazado dice qué se esperaba, qué se halló y qué hacer: ninguno desaparece (P1).",
)
def _refused_without_message(frames: TableFrames) -> pd.DataFrame:
    documents = frames["core.document"]
    silent = ~documents["outcome"].isin(READABLE) & documents["message"].fillna("").str.strip().eq("")
    return documents.loc[silent, ["document_id", "title", "outcome", "message"]]


@PROMISE.rule(
    "refused_has_no_line",
    "core.line",
    "ERROR",
    "A refused document contributes no line: what was refused is not published (P1).",
    "Un documento rechazado no aporta líneas: lo rechazado no se publica (P1).",
    reads=("core.document",),
)
def _lines_of_refused_documents(frames: TableFrames) -> pd.DataFrame:
    documents = frames["core.document"]
    refused = documents.loc[~documents["outcome"].isin(READABLE), ["document_id", "outcome"]]
    return frames["core.line"][["line_id", "document_id", "page", "label"]].merge(refused, on="document_id")


@PROMISE.rule(
    "document_counts_hold",
    "core.document",
    "ERROR",
    "A document has as many lines, amounts and verified amounts as it says (P1, P2).",
    "Un documento tiene tantas líneas, importes e importes verificados como dice (P1, P2).",
    reads=("core.line", "core.amount"),
)
def _documents_miscounted(frames: TableFrames) -> pd.DataFrame:
    amounts = frames["core.amount"]
    counted = pd.concat(
        [
            _count_per_document(frames["core.line"]["document_id"], "lines_found"),
            _count_per_document(amounts["document_id"], "amounts_found"),
            _count_per_document(amounts.loc[amounts["verified"].fillna(False), "document_id"], "verified_found"),
        ],
        axis=1,
    )
    columns = ["lines", "amounts", "verified"]
    both = frames["core.document"][["document_id", *columns]].set_index("document_id").join(counted)
    both[counted.columns] = both[counted.columns].astype("Int64").fillna(0)
    filled = both.fillna(0)
    wrong = pd.concat([filled[c].ne(filled[f"{c}_found"]) for c in columns], axis=1).any(axis=1)
    return both[wrong].reset_index()


PROMISE.add(
    Spec(
        "document_read",
        "core.document",
        "WARN",
        "Documents that were refused, or read in part, are listed: what is missing is part of the result.",
        "Se enlistan los documentos rechazados o leídos en parte: lo que falta es parte del resultado.",
        (Expect("ExpectColumnValuesToBeInSet", {"column": "outcome", "value_set": ["read"]}),),
        show=("document_id", "title", "message"),
    )
)


@PROMISE.rule(
    "document_hints_fit",
    "core.document",
    "WARN",
    "The hints of a document fit it: pages and sheets exist, headers and stages are printed.",
    "Las pistas de un documento le corresponden: sus páginas y hojas existen, sus encabezados y momentos están impresos.",
)
def _hints_that_do_not_fit(frames: TableFrames) -> pd.DataFrame:
    documents = frames["core.document"]
    unfit = documents["message"].fillna("").str.contains(r"\bHint \w+[:=]")
    return documents.loc[unfit, ["document_id", "title", "message"]]


@PROMISE.rule(
    "coverage_adds_up",
    "out.coverage",
    "ERROR",
    "Documents of the catalogue = read + refused: none vanishes (P2).",
    "Documentos del catálogo = leídos + rechazados: ninguno desaparece (P2).",
)
def _coverage_that_does_not_add_up(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.coverage"]
    parts = rows["documents_read"].fillna(0) + rows["documents_refused"].fillna(0)
    columns = ["government_id", "fiscal_year", "documents", "documents_read", "documents_refused"]
    return rows.loc[rows["documents"].fillna(0).ne(parts), columns]


PROMISE.add(
    Spec(
        "coverage_share_possible",
        "out.coverage",
        "ERROR",
        "The verified share lies between 0 and 1.",
        "La proporción verificada está entre 0 y 1.",
        (Expect("ExpectColumnValuesToBeBetween", {"column": "verified_share", "min_value": 0, "max_value": 1}),),
        show=("amounts",),
    )
)


# --- what is shown ---


@PROMISE.rule(
    "all_amounts_shown",
    "out.line_all",
    "ERROR",
    "Every amount of core is shown, verified or not, unchanged (P2).",
    "Todo importe se muestra, verificado o no, sin cambios (P2).",
    reads=("core.amount",),
)
def _amounts_not_shown(frames: TableFrames) -> pd.DataFrame:
    """Amounts of `core.amount` that `out.line_all` lacks, shows twice over or shows otherwise."""
    key, values = ["line_id", "column"], ["amount_centavos", "verified"]
    amounts, shown = (frames[name][[*key, *values]] for name in ("core.amount", "out.line_all"))
    if len(amounts) == len(shown):
        # Both are written in one order: what stands alike in the same place need not be looked for.
        other = ~_equal(amounts, shown.set_axis(amounts.index), [*key, *values]).to_numpy()
        if not other.any():
            return amounts.head(0)
        amounts, shown = amounts[other], shown[other]
    both = amounts.merge(shown, on=key, how="outer", suffixes=("", "_shown"), indicator=True)
    of_shown = both[[f"{name}_shown" for name in values]].set_axis(values, axis=1)
    same = (both["_merge"] == "both") & _equal(both, of_shown, values)
    places = {"left_only": "core.amount", "right_only": "out.line_all", "both": "core.amount, out.line_all"}
    broken = both[~same]
    return broken.drop(columns="_merge").assign(found_in=broken["_merge"].astype("str").map(places))


def _equal(a: pd.DataFrame, b: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether the rows of two frames have the same values, null being equal to null."""
    same = pd.Series(True, index=a.index)
    for name in columns:
        same &= a[name].eq(b[name]).fillna(False).astype("bool") | (a[name].isna() & b[name].isna())
    return same
