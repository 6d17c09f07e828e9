"""Conditional formats of an .xlsx that may hide a number: `white where it is above 100`.

Comparisons with numbers are decided. A condition of any other kind is not computed: where it could hide the cell, nobody can
tell here whether the figure is seen, so it counts as unseen. A zero that is left blank is how sheets print zero.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from openpyxl.utils.cell import range_boundaries

from sources.sheets.formats.container import local, xml_parser
from sources.sheets.formats.grid import SheetGrid
from sources.sheets.formats.shown import Look

_OF_NO_NUMBER = re.compile(r"^\s*(?:iserr(?:or)?|isna|isblank|istext)\s*\(", re.IGNORECASE)
_TYPES_OF_NO_NUMBER = frozenset({"containsErrors", "containsBlanks", "notContainsBlanks", "notContainsErrors"})
_COMPARED: dict[str, Callable[[float, float, float], bool]] = {
    "equal": lambda value, one, _: value == one,
    "notEqual": lambda value, one, _: value != one,
    "greaterThan": lambda value, one, _: value > one,
    "greaterThanOrEqual": lambda value, one, _: value >= one,
    "lessThan": lambda value, one, _: value < one,
    "lessThanOrEqual": lambda value, one, _: value <= one,
    "between": lambda value, one, two: one <= value <= two,
    "notBetween": lambda value, one, two: not one <= value <= two,
}


class LookChange(NamedTuple):
    """What a conditional format changes of a look: format, ink and ground, each null where it leaves it."""

    code: str | None = None
    ink: str | None = None
    paper: str | None = None

    def of(self, look: Look) -> Look:
        """The look where the condition holds."""
        return look._replace(
            code=self.code if self.code is not None else look.code,
            ink=self.ink if self.ink is not None else look.ink,
            paper=self.paper if self.paper is not None else look.paper,
        )


@dataclass
class _Rule:
    """One rule over some ranges (left, top, right, bottom)."""

    ranges: list[tuple[int, int, int, int]]
    kind: str
    operator: str
    change: int
    formulas: list[str] = field(default_factory=list)

    def reaches(self, row: int, col: int) -> bool:
        return any(left <= col <= right and top <= row <= bottom for left, top, right, bottom in self.ranges)

    def may_hold(self, value: float) -> bool:
        """Whether the condition holds of a number, as far as it can be told."""
        if self.kind in _TYPES_OF_NO_NUMBER:
            return self.kind.startswith("not")
        if self.kind == "expression":
            return not (self.formulas and _OF_NO_NUMBER.match(self.formulas[0]))
        compared = _COMPARED.get(self.operator)
        try:
            operands = [float(text) for text in self.formulas]
        except ValueError:
            return True
        if self.kind != "cellIs" or compared is None or not operands:
            return True
        return compared(value, operands[0], operands[-1])


def hide_by_condition(
    data: bytes, grid: SheetGrid, looks: Mapping[tuple[int, int], Look], changes: Sequence[LookChange]
) -> None:
    """Marks the numbers of a sheet part as unseen that a conditional format hides; `looks` are those of its cells."""
    rules = [rule for rule in _rules(data) if 0 <= rule.change < len(changes)]
    for row in grid.rows if rules else ():
        for col, cell in grid.rows[row].items():
            look = looks.get((row, col))
            if look is None or not cell.value or cell.unseen:
                continue
            cell.unseen = any(
                changes[rule.change].of(look).hides(cell.value) and rule.may_hold(cell.value)
                for rule in rules
                if rule.reaches(row, col)
            )


def _rules(data: bytes) -> list[_Rule]:
    rules: list[_Rule] = []
    ranges: list[tuple[int, int, int, int]] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal ranges
        inside.append(local(name))
        if inside[-1] == "conditionalFormatting":
            ranges = [_bounds(reference) for reference in attributes.get("sqref", "").split()]
        elif inside[-1] == "cfRule":
            change = int(attributes.get("dxfId", "-1"))
            rules.append(_Rule(ranges, attributes.get("type", ""), attributes.get("operator", ""), change))
        elif inside[-1] == "formula" and "cfRule" in inside:
            rules[-1].formulas.append("")

    def text(part: str) -> None:
        if inside and inside[-1] == "formula" and "cfRule" in inside:
            rules[-1].formulas[-1] += part

    parser = xml_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _: inside.pop()
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError):
        return rules
    return rules


def _bounds(reference: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(reference)
    return left or 1, top or 1, right or 16_384, bottom or 1_048_576
