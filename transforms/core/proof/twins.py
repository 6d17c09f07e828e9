"""The same amount of the same line in another document: a workbook and the PDF printed from it prove each other.

A twin is another file of the same government, year and period, where a line with the same label prints the same
amount, not zero, under the same header. A label that a document repeats with different amounts says nothing.

Nothing else in `core` looks beyond one document, so the documents of one budget are all that must be normalized together.
"""

import numpy as np
import pandas as pd

from transforms.core.book import Book
from transforms.core.proof.attempts import PASSED, BookAttempts
from transforms.core.proof.ocr_figures import is_recognised
from warehouse.schema.text import words

_BUDGET = ["government_id", "fiscal_year", "period_start", "period_end"]
# A label of one or two letters, or none, does not say which line it is.
_SHORTEST = 4


def find(book: Book, documents: pd.DataFrame) -> BookAttempts:
    """One attempt, passed, per amount that another document prints too."""
    cells = book.cells
    label, header, telling = _words(book)
    tables = book.tables[["document_id"]].merge(_shared(_identify(documents)), on="document_id", how="left")
    usable = (cells["problem"] != "unreadable") & ~cells["hidden"] & (cells["centavos"] != 0)
    usable &= telling[cells["r"]] & tables["budget"].notna().to_numpy()[cells["t"]]
    keys = cells.loc[usable, ["t", "r", "c", "column", "centavos"]]
    keys["amount"] = keys.index
    # Numbers instead of words: there are as many as amounts.
    for name in ("budget", "document_id", "file"):
        keys[name] = pd.factorize(tables[name])[0][keys["t"]]
    keys["line"] = (
        keys.assign(label=label[keys["r"]], header=header[keys["c"]])
        .groupby(["budget", "label", "header"], sort=False)
        .ngroup()
    )
    # Within a document the line must be one line, or all of its repetitions must say the same.
    of_line = keys.groupby(["line", "document_id"])["centavos"]
    keys = keys[of_line.transform("min") == of_line.transform("max")]
    # A figure read by OCR proves no other; it can be proven by one that is printed as text.
    keys["text"] = keys["file"].where(~is_recognised(cells)[keys["amount"].to_numpy()])
    groups = keys.groupby(["line", "centavos"])
    keys["others"] = groups["text"].transform("nunique") - keys["text"].notna()
    keys = keys[keys["others"] > 0].sort_values("amount", ignore_index=True)
    attempts = pd.DataFrame({
        "r": keys["r"].to_numpy(dtype=np.int64), "column": keys["column"].to_numpy(dtype=np.int64),
        "stage": book.columns["stage"].array[keys["c"]].astype(object), "kind": np.full(len(keys), "twin", dtype=object),
        "printed": keys["centavos"].to_numpy(dtype=np.int64), "unreadable": np.zeros(len(keys), dtype=bool),
        "computed": keys["centavos"].to_numpy(dtype=np.int64), "terms": keys["others"].to_numpy(dtype=np.int64),
        "formula": np.full(len(keys), "mismo renglón y encabezado en otro documento", dtype=object),
        "outcome": np.full(len(keys), PASSED, dtype=np.int64),
    })  # fmt: skip
    amounts = keys["amount"].to_numpy(dtype=np.int64)
    return BookAttempts(attempts, np.arange(len(keys)), amounts, np.full(len(keys), -1, dtype=np.int64))


def budgets(documents: pd.DataFrame) -> pd.Series:
    """A number for each document, by document_id: documents with the same number may be twins of one another."""
    number = _identify(documents).set_index("document_id")["budget"]
    alone = documents.loc[~documents["document_id"].isin(number.index), "document_id"]
    first = len(number)
    return pd.concat([number, pd.Series(range(first, first + len(alone)), index=alone, dtype=np.int64)])


def _shared(identified: pd.DataFrame) -> pd.DataFrame:
    """Without the documents that are alone with their budget."""
    return identified[identified.groupby("budget")["file"].transform("nunique") > 1]


def _words(book: Book) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Numbers, the same for the same words: of the label of each row, and of the stage or header of each column; and
    which labels say what line it is.
    """
    labels, names = pd.factorize(_plain(book.rows["label"]))
    stages = book.columns["stage"]
    headers, _ = pd.factorize(stages.astype(object).where(stages.notna(), _plain(book.columns["header"])))
    return labels, headers, np.array([len(name) >= _SHORTEST for name in names], dtype=bool)[labels]


def _plain(texts: pd.Series) -> pd.Series:
    codes, distinct = pd.factorize(texts)
    plain = np.array([*(words(text) for text in distinct), ""], dtype=object)  # the last for null, whose code is -1
    return pd.Series(plain[codes], texts.index, dtype=object)


def _identify(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents of a known government and year, with the number of their budget; `file` tells copies apart."""
    identified = documents.reindex(columns=["document_id", *_BUDGET, "sha256"]).astype(object)
    identified["file"] = identified["sha256"].where(identified["sha256"].notna(), identified["document_id"])
    identified = identified[identified["government_id"].notna() & identified["fiscal_year"].notna()]
    budget = identified.astype(dict.fromkeys(_BUDGET, "str")).groupby(_BUDGET, dropna=False, sort=False).ngroup()
    return identified[["document_id", "file"]].assign(budget=budget)
