"""What is compared with the truth: the program's own reading, and the figures and words that the PDF itself holds.

The tables of other libraries are in `peers`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pdfplumber

from sources.pdf import read_pdf
from sources.raw.reading import Document, Reading
from tests.bench.amounts import Read
from tests.bench.words import centavos, tokens

_GLYPH = re.compile(r"\(cid:\d+\)")  # how pdfplumber writes a character that its font does not name
_CUT = re.compile(r"^[-$(]*\d[\d,]*,$")  # the rest of the figure is on the line below
_PART = re.compile(r"^[$(\d][\d,.$]*$|^[\d,.]+\)?$")


class Counted(NamedTuple):
    """What the text layer holds by pdfplumber: words with a digit, and digits."""

    words: int
    digits: int


Verified = dict[tuple[int, int, int], bool]


def read_of(path: Path, ocr: Path | None = None) -> Reading:
    return read_pdf(Document(path, path.stem, ocr=ocr))


def amounts_of(reading: Reading, verified: Verified | None = None) -> list[Read]:
    """The amounts of a reading, in reading order."""
    numbers = reading.numbers
    amounts = numbers[numbers["exclusion"].isna() & numbers["table"].notna()]
    labels = {(r.table, r.row): r.label for r in reading.rows.itertuples()}
    headers = {(c.table, c.column): c.header for c in reading.columns.itertuples()}
    order = {key: i + 1 for i, key in enumerate(labels)}
    reads = []
    for n in amounts.itertuples():
        value = centavos(n.source_text)
        row = (n.table, n.row)
        reads.append(
            Read(
                value if value is not None else -(10**18),  # read as an amount, but no figure: never right
                tokens(_text(labels.get(row))),
                tokens(_text(headers.get((n.table, n.column)))),
                order.get(row, 0),
                int(n.column),
                f"p{n.page} {n.place}",
                n.source_text,
                None if verified is None else verified.get((int(n.table), int(n.row), int(n.column)), False),
            )
        )
    return reads


def core_of(reading: Reading, year: int | None = None) -> pd.DataFrame:
    """The amounts as the transforms understand them, each with its table and row."""
    from transforms.core.normalize import normalize  # imported late: the readers can be measured without it

    raw = {
        "page": reading.pages,
        "table": reading.tables,
        "column": reading.columns,
        "row": reading.rows,
        "number": reading.numbers,
    }
    documents = pd.DataFrame(
        [{"document_id": reading.document_id, "government_id": "bench", "fiscal_year": year, "kind": "informe"}]
    )
    core = normalize(raw, documents)
    return core["amount"].merge(core["line"][["line_id", "table", "row"]], on="line_id")


def verified_of(reading: Reading, year: int | None = None) -> Verified:
    """Which amounts the transforms call verified, by table, row and column."""
    return {
        (int(a.table), int(a.row), int(a.column)): a.verified is True or bool(a.verified)
        for a in core_of(reading, year).itertuples()
    }


def printed(path: Path) -> tuple[Counter[int], Counter[str], Counted]:
    """The figures (centavos without sign) and folded words of the text layer by pdfplumber, and the count of it."""
    figures: Counter[int] = Counter()
    words: Counter[str] = Counter()
    numeric = digits = 0
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            digits += sum(char["text"].isdecimal() for char in page.chars)
            for text in _words(page):
                text = _GLYPH.sub("", text)
                words.update(tokens(text))
                numeric += any(c.isdigit() for c in text)
                value = centavos(text)
                if value is not None:
                    figures[abs(value)] += 1
            page.close()
    return figures, words, Counted(numeric, digits)


def _words(page: Any) -> Iterator[str]:
    """The words of a page, with the figures put together that a stray space or the end of a line in a cell cuts."""
    words: list[dict[str, Any]] = []
    for word in page.extract_words():
        last = words[-1] if words else None
        if last and _touch(last, word) and _PART.match(last["text"]) and _PART.match(word["text"]):
            words[-1] = {**last, "text": last["text"] + word["text"], "x1": word["x1"]}
            continue
        words.append(word)
    cut = [word for word in words if _CUT.match(word["text"])]
    for word in words:
        if word in cut:
            continue
        above = [
            c
            for c in cut
            if abs(c["x1"] - word["x1"]) < 3 and 0 < word["top"] - c["top"] < 2 * (c["bottom"] - c["top"])
        ]
        yield above[0]["text"] + word["text"] if above and _PART.match(word["text"]) else word["text"]


def _touch(last: dict[str, Any], word: dict[str, Any]) -> bool:
    return abs(word["x0"] - last["x1"]) < 0.3 and abs(word["top"] - last["top"]) < 0.3


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
