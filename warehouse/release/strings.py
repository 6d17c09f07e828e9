"""The table of shared strings of an Excel workbook: each text once, with nothing in it to interpret.

Cells, rows and sheets belong to `warehouse.release.sheets`.
"""

import re
from collections.abc import Iterator

import pyarrow as pa

LONGEST_TEXT = 32_767
_CUT = " [… cortado]"
_STRING = re.compile("<si>.*?</si>", re.DOTALL)
# What XML cannot hold or would interpret, and what Excel reads as a character: _x0041_.
_UNSAFE = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_SAFE = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_": "_x005F_"}
_AT_ONCE = 10_000


class SharedStrings:
    """Starts from the table XlsxWriter wrote for the headers, whose places stay, and grows with the texts of cells."""

    def __init__(self, shell: str) -> None:
        cells = re.search(r'<sst [^>]*\bcount="(\d+)"', shell)
        if cells is None:
            raise ValueError("XlsxWriter wrote no table of shared strings: its layout has changed")
        self._cells = int(cells[1])
        self._headers = _STRING.findall(shell)
        self._places: dict[str, int] = {}

    def places(self, texts: pa.Array) -> pa.Array:
        """For each text its place in the table, in digits; null for null."""
        coded = texts.dictionary_encode()
        places, first = self._places, len(self._headers)
        distinct = [places.setdefault(text, first + len(places)) for text in coded.dictionary.to_pylist()]
        self._cells += len(texts) - texts.null_count
        return pa.array(distinct, pa.int64()).cast(pa.string()).take(coded.indices)

    def xml(self) -> Iterator[bytes]:
        """The table, as the workbook holds it."""
        yield (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            f'count="{self._cells}" uniqueCount="{len(self._headers) + len(self._places)}">{"".join(self._headers)}'
        ).encode()
        texts = list(self._places)
        for start in range(0, len(texts), _AT_ONCE):
            yield "".join(map(_element, texts[start : start + _AT_ONCE])).encode()
        yield b"</sst>"


def _element(text: str) -> str:
    """A text cut to what a cell holds; without `space`, XML gives white space at its ends away."""
    if len(text) > LONGEST_TEXT:
        text = text[: LONGEST_TEXT - len(_CUT)] + _CUT
    space = ' xml:space="preserve"' if text != text.strip() else ""
    return f"<si><t{space}>{_UNSAFE.sub(lambda match: _SAFE.get(match.group(), '�'), text)}</t></si>"
