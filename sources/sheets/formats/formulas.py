"""Computing the formulas whose value the file does not store: sums, and arithmetic on cells. Nothing more.

A program that writes a workbook without calculating it (an export, a script) leaves formulas without values. What is not
simple arithmetic stays as it is and is flagged, so that no invented number passes.
"""

import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from typing import Literal

from openpyxl.utils import column_index_from_string

from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid
from warehouse.schema.vocabulary import Term

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<sheet>(?:'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?(?![\w(])"
    r"|(?P<function>[A-Z][A-Z.]*)(?=\()"
    r"|(?P<mark>[-+*/(),;%]))"
)
_MAX_RANGE = 100_000
_MAX_DEPTH = 200


CellReference = tuple[str | None, int, int]  # sheet, row, column
# How a cell is named: by itself, in a range, or in the range of a SUBTOTAL, which leaves other subtotals out.
HowNamed = Literal["alone", "range", "subtotal"]


class NotSimpleError(Exception):
    """The formula is beyond plain arithmetic, refers to itself, or needs what is not there."""


def not_computed(formulas: int) -> Term:
    """That so many formulas were left without a value."""
    return Term(
        f"{formulas} formulas have no stored value and are not simple enough to compute.",
        f"{formulas} fórmulas no tienen valor guardado y no son tan simples como para calcularlas.",
    )


def compute(grids: list[SheetGrid]) -> int:
    """Give the formulas without a stored value theirs, flagged; those that stay without are flagged too. How many stay."""
    _doubt_zeros(grids)
    values = _Values({grid.name: grid for grid in grids})
    without = 0
    for grid in grids:
        for cell in list(grid.cells()):
            if cell.shape is Shape.FORMULA:
                try:
                    number = values.of_formula(grid, cell, 0)
                except NotSimpleError:
                    cell.flag = "formula_without_value"
                    without += 1
                    continue
                replaced = SheetCell(cell.row, cell.col, plain_decimal(number), Shape.NUMBER, float(number))
                replaced.flag, replaced.bold, replaced.indent = "formula_computed", cell.bold, cell.indent
                replaced.unseen = cell.unseen
                grid.add(replaced)
    return without


def _doubt_zeros(grids: list[SheetGrid]) -> None:
    """Makes uncomputed formulas of zeros that a writer stored which computes nothing: no formula of the workbook has
    another value, and one of them makes more of its cells than zero.
    """
    if any(grid.is_calculated for grid in grids):
        return
    stored = [(grid, at, grid.get(*at)) for grid in grids for at in grid.zero_formulas]
    for grid, (row, col), cell in stored:
        doubted = SheetCell(row, col, grid.zero_formulas[row, col], Shape.FORMULA)
        if cell is not None:
            doubted.bold, doubted.indent, doubted.unseen = cell.bold, cell.indent, cell.unseen
        grid.add(doubted)
    values = _Values({grid.name: grid for grid in grids})
    if any(_makes_more(values, grid, at) for grid, at, _ in stored):
        return
    for grid, (row, col), cell in stored:
        if cell is None and '""' not in grid.zero_formulas[row, col]:
            continue  # nothing is stored, and nothing that the formula says would leave its cell empty
        del grid.rows[row][col]
        if not grid.rows[row]:
            del grid.rows[row]
        grid.add(cell)


def _makes_more(values: "_Values", grid: SheetGrid, at: tuple[int, int]) -> bool:
    try:
        return values.of_formula(grid, grid.rows[at[0]][at[1]], 0) != 0
    except NotSimpleError:
        return False


def plain_decimal(number: Decimal) -> str:
    """All digits of a number, without exponent and without zeros after the last decimal."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


class _Values:
    """Numbers of cells, those of formulas computed once."""

    def __init__(self, grids: dict[str, SheetGrid]) -> None:
        self.grids = grids
        self.computed: dict[tuple[str, int, int], Decimal] = {}
        self.subtotals = {
            (grid.name, cell.row, cell.col)
            for grid in grids.values()
            for cell in grid.cells()
            if cell.shape is Shape.FORMULA and "SUBTOTAL(" in cell.text
        }

    def of_formula(self, grid: SheetGrid, cell: SheetCell, depth: int) -> Decimal:
        key = (grid.name, cell.row, cell.col)
        if key not in self.computed:
            if depth > _MAX_DEPTH:
                raise NotSimpleError("refers to itself, or too deep")
            self.computed[key] = _Arithmetic(
                cell.text.lstrip("="), lambda place, named: self.at(grid, place, named, depth + 1)
            ).result()
        return self.computed[key]

    def at(self, here: SheetGrid, place: CellReference, named: HowNamed, depth: int) -> Decimal:
        """The number in a cell, 0 where it is empty. Raises NotSimpleError where it has no number to give.

        Words count as nothing in a range. Named alone they do not: a program may make a number of them, or an error.
        """
        sheet, row, col = place
        grid = here if sheet is None else self.grids.get(sheet)
        if grid is None:
            raise NotSimpleError(f"no sheet {sheet}")
        cell = grid.get(row, col)
        if cell is None or (named == "subtotal" and (grid.name, row, col) in self.subtotals):
            return Decimal(0)
        if named == "subtotal" and row in grid.hidden_rows:
            raise NotSimpleError("a hidden row: a filter leaves it out, a person does not")
        if cell.shape is Shape.FORMULA:
            return self.of_formula(grid, cell, depth)
        if cell.shape is Shape.ERROR:
            raise NotSimpleError("an error cell")
        if cell.value is None:
            if named == "alone":
                raise NotSimpleError("words in place of a number")
            return Decimal(0)
        return Decimal(cell.text) if cell.flag == "formula_computed" else Decimal(repr(cell.value))


class _Arithmetic:
    """A recursive descent over `+ - * / % ( )`, numbers, cells, SUM, SUBTOTAL and ROUND; every term is exact."""

    def __init__(self, formula: str, at: Callable[[CellReference, HowNamed], Decimal]) -> None:
        self.formula, self.at = formula, at
        self.tokens = self._tokens()
        self.token = next(self.tokens, None)

    def result(self) -> Decimal:
        try:
            number = self._sum()
        except (DivisionByZero, InvalidOperation, RecursionError) as error:
            raise NotSimpleError(str(error)) from error
        if self.token is not None:
            raise NotSimpleError(f"{self.token[0]!r} left over")
        return number

    def _tokens(self) -> Iterator[re.Match[str]]:
        position, end = 0, len(self.formula.rstrip())
        while position < end:
            match = _TOKEN.match(self.formula, position)
            if match is None:
                raise NotSimpleError(self.formula[position:])
            position = match.end()
            yield match

    def _mark(self) -> str | None:
        return self.token["mark"] if self.token is not None else None

    def _next(self) -> re.Match[str]:
        token = self.token
        if token is None:
            raise NotSimpleError("ends too early")
        self.token = next(self.tokens, None)
        return token

    def _expect(self, marks: str) -> str:
        mark = self._next()["mark"]
        if mark is None or mark not in marks:
            raise NotSimpleError(f"{marks} expected")
        return mark

    def _sum(self) -> Decimal:
        number = self._product()
        while self._mark() in ("+", "-"):
            number = number + self._product() if self._expect("+-") == "+" else number - self._product()
        return number

    def _product(self) -> Decimal:
        number = self._rate()
        while self._mark() in ("*", "/"):
            number = number * self._rate() if self._expect("*/") == "*" else number / self._rate()
        return number

    def _rate(self) -> Decimal:
        number = self._factor()
        while self._mark() == "%":
            self._expect("%")
            number /= 100
        return number

    def _factor(self) -> Decimal:
        if self._mark() in ("+", "-"):
            return self._factor() if self._expect("+-") == "+" else -self._factor()
        if self._mark() == "(":
            self._expect("(")
            number = self._sum()
            self._expect(")")
            return number
        token = self._next()
        if token["number"]:
            return Decimal(token["number"])
        if token["first"] and not token["last"]:
            return self._cell(token)
        if token["function"] == "SUM":
            self._expect("(")
            return self._terms("range")
        if token["function"] == "SUBTOTAL":
            return self._subtotal_function()
        if token["function"] == "ROUND":
            return self._round_function()
        raise NotSimpleError(token[0])

    def _round_function(self) -> Decimal:
        self._expect("(")
        number = self._sum()
        self._expect(",;")
        places = self._sum()
        self._expect(")")
        return number.quantize(Decimal(1).scaleb(-int(places)), ROUND_HALF_UP)

    def _subtotal_function(self) -> Decimal:
        self._expect("(")
        if self._sum() not in (9, 109):
            raise NotSimpleError("a subtotal that is no sum")
        self._expect(",;")
        return self._terms("subtotal")

    def _terms(self, named: HowNamed) -> Decimal:
        total = Decimal(0)
        while True:
            if self.token is not None and self.token["last"]:
                total += self._range(self._next(), named)
            else:
                total += self._sum()
            if self._expect(",;)") == ")":
                return total

    def _cell(self, token: re.Match[str]) -> Decimal:
        row, col = _place(token["first"])
        return self.at((_sheet(token["sheet"]), row, col), "alone")

    def _range(self, token: re.Match[str], named: HowNamed) -> Decimal:
        (top, left), (bottom, right) = _place(token["first"]), _place(token["last"])
        if (bottom - top + 1) * (right - left + 1) > _MAX_RANGE:
            raise NotSimpleError("a range too large")
        sheet = _sheet(token["sheet"])
        places = ((sheet, row, col) for row in range(top, bottom + 1) for col in range(left, right + 1))
        return sum((self.at(place, named) for place in places), Decimal(0))


def _place(reference: str) -> tuple[int, int]:
    plain = reference.replace("$", "")
    letters = plain.rstrip("0123456789")
    return int(plain[len(letters) :]), column_index_from_string(letters)


def _sheet(name: str | None) -> str | None:
    return name[:-1].strip("'").replace("''", "'") if name else None
