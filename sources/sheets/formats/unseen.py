"""The colours and number formats of an .xlsx, style by style: what of a sheet nobody sees.

Bold, indents, dates and percentages are read with the cells in `xlsx`; this pass only asks how a number is shown.
"""

import colorsys
from collections.abc import Callable, Mapping
from typing import TypeVar
from xml.parsers import expat

from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.numbers import BUILTIN_FORMATS

from sources.sheets.formats.conditional import LookChange
from sources.sheets.formats.container import Package, local, xml_parser
from sources.sheets.formats.parts import Parts
from sources.sheets.formats.shown import USUAL_SIZE, WHITE, Look

Value = TypeVar("Value")

# As themes number their colours, and as they list them.
_THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
    "folHlink",
)
_OFFICE = {"lt1": WHITE, "dk1": "000000"}


def unseen_styles(package: Package, parts: Parts) -> tuple[list[Look], list[LookChange]]:
    """The look of each style by its number, and what each conditional format changes of it; none where the workbook has no
    styles that can be read.
    """
    if parts.styles is None:
        return [], []
    reader = _Looks(_theme(package, parts))
    try:
        _parse(package.read(parts.styles), reader.start, reader.end)
    except (expat.ExpatError, ValueError):
        return [], []
    return reader.looks, reader.changes


class _Looks:
    """The fonts, fills and formats of a part of styles, and the looks that its cell formats make of them."""

    def __init__(self, theme: Mapping[str, str]) -> None:
        self.theme = theme
        self.formats = dict(BUILTIN_FORMATS)
        self.inks: list[str | None] = []
        self.struck: list[bool] = []
        self.sizes: list[float] = []
        self.papers: list[str | None] = []
        self.looks: list[Look] = []
        self.changes: list[LookChange] = []
        self.inside: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.inside.append(name)
        parent = self.inside[-2] if len(self.inside) > 1 else ""
        if "fonts" in self.inside:
            self._font(name, parent, attributes)
        elif "fills" in self.inside:
            self._fill(name, parent, attributes)
        elif "dxfs" in self.inside:
            self._change(name, parent, attributes)
        elif name == "numFmt" and parent == "numFmts":
            self.formats[int(attributes.get("numFmtId", "-1"))] = attributes.get("formatCode", "")
        elif name == "xf" and parent == "cellXfs":
            self.looks.append(self._look(attributes))

    def _font(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name == "font" and parent == "fonts":
            self.inks.append("000000")
            self.struck.append(False)
            self.sizes.append(USUAL_SIZE)
        elif name == "sz" and parent == "font":
            self.sizes[-1] = float(attributes.get("val", USUAL_SIZE))
        elif name == "strike" and parent == "font":
            self.struck[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "color" and parent == "font":
            self.inks[-1] = _colour(attributes, self.theme, "000000")

    def _fill(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name == "fill" and parent == "fills":
            self.papers.append(WHITE)
        elif name == "patternFill":
            self.papers[-1] = WHITE if attributes.get("patternType", "none") == "none" else None
        elif name == "gradientFill":
            self.papers[-1] = None
        elif name == "fgColor" and parent == "patternFill" and self.papers[-1] is None:
            self.papers[-1] = _colour(attributes, self.theme, WHITE)

    def _change(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name == "dxf":
            self.changes.append(LookChange())
        elif name == "color" and parent == "font":
            self.changes[-1] = self.changes[-1]._replace(ink=_colour(attributes, self.theme, "000000"))
        elif name == "bgColor" and parent == "patternFill":
            self.changes[-1] = self.changes[-1]._replace(paper=_colour(attributes, self.theme, WHITE))
        elif name == "numFmt":
            self.changes[-1] = self.changes[-1]._replace(code=attributes.get("formatCode"))

    def _look(self, attributes: dict[str, str]) -> Look:
        return Look(
            self.formats.get(int(attributes.get("numFmtId", "0")), "General"),
            _at(self.inks, attributes.get("fontId"), "000000"),
            _at(self.papers, attributes.get("fillId"), WHITE),
            _at(self.struck, attributes.get("fontId"), False),
            _at(self.sizes, attributes.get("fontId"), USUAL_SIZE),
        )

    def end(self, _: str) -> None:
        self.inside.pop()


def _at(of_fonts: list[Value], index: str | None, usual: Value) -> Value:
    number = int(index or 0)
    return of_fonts[number] if number < len(of_fonts) else usual


def _colour(attributes: Mapping[str, str], theme: Mapping[str, str], automatic: str) -> str | None:
    """A colour as RRGGBB; None where it cannot be told."""
    if "rgb" in attributes:
        colour: str | None = attributes["rgb"][-6:].upper()
    elif "theme" in attributes:
        number = int(attributes["theme"])
        colour = theme.get(_THEME_ORDER[number]) if number < len(_THEME_ORDER) else None
    elif "indexed" in attributes:
        number = int(attributes["indexed"])
        colour = COLOR_INDEX[number][-6:] if number < len(COLOR_INDEX) else automatic if number in (64, 65) else None
    else:
        colour = automatic if attributes.get("auto") in ("1", "true") else None
    if colour is None or len(colour) != 6 or any(char not in "0123456789ABCDEF" for char in colour):
        return None
    return _tinted(colour, float(attributes.get("tint", "0")))


def _tinted(colour: str, tint: float) -> str:
    """A colour made lighter (tint above 0) or darker, as themes do."""
    if not tint:
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    mixed = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02X}" for part in mixed)


def _theme(package: Package, parts: Parts) -> dict[str, str]:
    """The colours of the workbook's theme by their names; those of Office where it has none."""
    colours = dict(_OFFICE)
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name in ("srgbClr", "sysClr") and len(inside) > 2 and inside[-3] == "clrScheme":
            colours[inside[-2]] = attributes.get("lastClr", attributes.get("val", "")).upper()

    if parts.theme is not None:
        try:
            _parse(package.read(parts.theme), start, lambda _: inside.pop())
        except expat.ExpatError:
            return dict(_OFFICE)
    return colours


def _parse(data: bytes, start: Callable[[str, dict[str, str]], None], end: Callable[[str], object]) -> None:
    parser = xml_parser()
    parser.StartElementHandler = lambda name, attributes: start(local(name), attributes)
    parser.EndElementHandler = lambda name: end(local(name))
    parser.Parse(data, True)
