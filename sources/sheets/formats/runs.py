"""The text of a cell from its runs: what is raised above the line is the mark of a note, not a digit of the figure.

What is struck out no longer stands there, where something else does. How a text is pronounced (Japanese writers add it) is no part of it.
"""

import re
from collections.abc import Iterable

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_STROKE = "\u0336"
_MARK = re.compile(r"^[\s(\[]*\d{1,2}(?:[,\s]+\d{1,2})*[\s)\]/]*$")


def raised(text: str, before: str) -> str:
    """A text set above the line right after a figure, as characters that say so: `1` is `¹`, which is no digit of it."""
    return text.translate(_RAISED) if before[-1:].isdecimal() and _MARK.match(text) else text


def standing(runs: Iterable[tuple[str, bool]]) -> str:
    """The text of runs, each with whether it is struck out: what is not; or all, each character with a stroke, where all is."""
    parts = list(runs)
    left = "".join(text for text, struck in parts if not struck)
    if left.strip() or not any(struck for _, struck in parts):
        return left
    return "".join(f"{char}{_STROKE}" for text, _ in parts for char in text)


class Runs:
    """The runs of one text, gathered by a parser of `si` or `is` elements."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, bool]] = []  # and whether it is struck out
        self._run: list[str] = []
        self._in_text = self._in_phonetic = self._is_raised = self._is_struck = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """The beginning of an element."""
        if name == "r":
            self._is_raised = self._is_struck = False
        elif name == "strike":
            self._is_struck = attributes.get("val", "1") not in ("0", "false")
        elif name == "rPh":
            self._in_phonetic = True
        elif name == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"
        elif name == "t":
            self._in_text = not self._in_phonetic

    def end(self, name: str) -> None:
        """The end of an element."""
        if name == "rPh":
            self._in_phonetic = False
        elif name == "t" and self._in_text:
            text, before = "".join(self._run), "".join(text for text, _ in self._texts).rstrip()
            self._texts.append((raised(text, before) if self._is_raised else text, self._is_struck))
            self._run.clear()
            self._in_text = self._is_raised = self._is_struck = False

    def text(self, data: str) -> None:
        """Characters of an element."""
        if self._in_text:
            self._run.append(data)

    def joined(self) -> str:
        """The whole text."""
        return standing(self._texts)
