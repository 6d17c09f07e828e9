"""The styles of an .ods: how the cells of each show a number, and which parts of a text are struck out.

A number format is told as other programs write it (`#,##0,` divides by a thousand), so that one code asks what it shows. Styles of
the workbook stand in `styles.xml`, those of its sheets in `content.xml`; the latter are named after those they change.
"""

import math
import re
from dataclasses import dataclass, field

from sources.sheets.formats.container import local
from sources.sheets.formats.shown import WHITE, Look

_POINTS = re.compile(r"^([\d.]+)pt$")
_PLACES = ("number", "scientific-number", "fraction", "text-content")
_DATES = {"year": "yyyy", "month": "mm", "day": "dd", "hours": "hh", "minutes": "mm", "seconds": "ss"}
_DEEPEST = 20  # styles that stand on one another


@dataclass
class CellStyle:
    """One style of cells, texts or sheets; what it says nothing of, the style it stands on says."""

    parent: str = ""
    number_format: str = ""
    indent: int = 0
    hidden: bool = False
    bold: bool | None = None
    struck: bool | None = None
    ink: str | None = None
    paper: str | None = None
    size: float | None = None


@dataclass
class _NumberFormat:
    """A number format: what it writes, and the formats that take its place by the sign of the number."""

    pieces: list[str] = field(default_factory=list)
    by_sign: list[tuple[str, str]] = field(default_factory=list)


class OdsStyles:
    """The styles, gathered by a parser; `of` gives one with all that it stands on."""

    def __init__(self) -> None:
        self._styles: dict[str, CellStyle] = {"": CellStyle()}
        self._formats: dict[str, _NumberFormat] = {}
        self._style = CellStyle()
        self._format: _NumberFormat | None = None
        self._said: list[str] | None = None

    def start(self, qualified: str, values: dict[str, str]) -> None:
        """The beginning of an element outside of sheets."""
        name = local(qualified)
        if qualified.startswith("number:"):
            self._start_format(name, values)
        elif name == "map" and self._format is not None:
            self._format.by_sign.append((values.get("condition", ""), values.get("apply-style-name", "")))
        elif qualified in ("style:style", "style:default-style"):
            self._style = CellStyle(values.get("parent-style-name", ""), values.get("data-style-name", ""))
            self._styles[values.get("name", "")] = self._style
        elif name.endswith("-properties"):
            self._properties(values)

    def end(self, qualified: str) -> None:
        """The end of an element outside of sheets."""
        if (
            self._said is not None
            and self._format is not None
            and qualified in ("number:text", "number:currency-symbol")
        ):
            self._format.pieces.append('"' + "".join(self._said).replace('"', "") + '"')
            self._said = None
        elif qualified.startswith("number:") and qualified.endswith("-style"):
            self._format = None

    def text(self, data: str) -> None:
        """Characters of an element outside of sheets."""
        if self._said is not None:
            self._said.append(data)

    def of(self, name: str) -> CellStyle:
        """A style by its name, completed by the styles it stands on."""
        style = self._styles.get(name, self._styles[""])
        whole, depth = CellStyle(style.parent, style.number_format, style.indent, style.hidden), 0
        while depth < _DEEPEST:
            for said in ("bold", "struck", "ink", "paper", "size"):
                if getattr(whole, said) is None:
                    setattr(whole, said, getattr(style, said))
            if not style.parent or style.parent not in self._styles:
                break
            style, depth = self._styles[style.parent], depth + 1
            whole.number_format = whole.number_format or style.number_format
        return whole

    def look(self, style: CellStyle) -> Look:
        """How the cells of a completed style show a number."""
        usual = Look()
        return Look(
            self._code(style.number_format) if style.number_format in self._formats else usual.code,
            style.ink or usual.ink, style.paper or usual.paper, bool(style.struck), style.size or usual.size,
        )  # fmt: skip

    def _start_format(self, name: str, values: dict[str, str]) -> None:
        if name.endswith("-style"):
            self._format = self._formats.setdefault(values.get("name", ""), _NumberFormat())
        elif self._format is None:
            return
        elif name in ("text", "currency-symbol"):
            self._said = []
        elif name in _PLACES:
            factor = float(values.get("display-factor", "1") or 1)
            self._format.pieces.append("0" + "," * (round(math.log(factor, 1000)) if factor > 1 else 0))
        else:
            self._format.pieces.append(_DATES.get(name, ""))

    def _code(self, name: str) -> str:
        """A number format as other programs write it: for positive numbers, negative ones, zero."""
        asked = self._formats[name]
        own = "".join(asked.pieces)
        of_sign = {
            condition.replace(" ", "").removeprefix("value()")[:1]: "".join(self._formats[other].pieces)
            for condition, other in asked.by_sign
            if other in self._formats
        }
        if set(of_sign) == {">"}:
            return f"{of_sign['>']};{own}"
        return f"{of_sign['>']};{of_sign['<']};{own}" if set(of_sign) == {">", "<"} else own

    def _properties(self, values: dict[str, str]) -> None:
        style = self._style
        if "font-weight" in values:
            style.bold = values["font-weight"] == "bold"
        if "margin-left" in values:
            style.indent = round(_millimetres(values["margin-left"]) / 3.5)  # what spreadsheet programs call one level
        if values.get("display") == "false":
            style.hidden = True
        for said in ("text-line-through-style", "text-line-through-type"):
            if said in values:
                style.struck = values[said] != "none"
        if size := _POINTS.match(values.get("font-size", "")):
            style.size = float(size[1])
        if (ink := values.get("color", "")).startswith("#") and len(ink) == len("#rrggbb"):
            style.ink = ink[1:].upper()
        if paper := values.get("background-color"):
            style.paper = paper[1:].upper() if paper.startswith("#") and len(paper) == len("#rrggbb") else WHITE


def _millimetres(length: str) -> float:
    match = re.match(r"^([\d.]+)(cm|mm|in|pt)$", length)
    return float(match[1]) * {"cm": 10.0, "mm": 1.0, "in": 25.4, "pt": 0.353}[match[2]] if match else 0.0
