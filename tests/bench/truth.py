"""The truth: what a workbook shows, read with plain openpyxl and nothing of the project's own reader.

Every displayed numeric cell with a money format is an amount; its label is the text to its left, its column the text
above it. What is hidden, outside the print area, on a sheet the PDF does not print, or white on white is left out.
"""

from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import Cell
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.bench.amounts import Fact, Truth, Words
from tests.bench.formats import Shown, shown
from tests.bench.meaning import stages_of, unit_of, years_of
from tests.bench.words import centavos, heading, spoken, tokens

_COUNTS = {"metas", "meta", "cantidad", "indicador", "indicadores", "porcentaje", "avance"}
_PRINTED = 0.5  # share of a sheet's words that the PDF must hold to be a print of it


def truth_of(workbook: Path, printed_words: Counter[str] | None = None) -> Truth:
    """The amounts of the sheets that the PDF prints. `printed_words` are the folded words of the PDF; without one, of all."""
    truth = Truth()
    for sheet in openpyxl.load_workbook(workbook, data_only=True).worksheets:
        page = _Sheet(sheet)
        words = Counter(word for text in page.texts.values() for word in spoken(tokens(text)))
        here = sum((words & (words if printed_words is None else printed_words)).values())
        if sheet.sheet_state != "visible":
            truth.left_out.append(f"{sheet.title}: hidden")
        elif words and here < _PRINTED * words.total():
            truth.left_out.append(f"{sheet.title}: not printed ({here} of its {words.total()} words)")
        else:
            page.add_to(truth)
    return truth


class _Sheet:
    """The displayed cells of a sheet, by (row, column)."""

    def __init__(self, sheet: Worksheet) -> None:
        self.title = sheet.title
        self._zeros = sheet.sheet_view.showZeros is not False
        self.merges = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
        self.texts: dict[tuple[int, int], str] = {}
        self.numbers: dict[tuple[int, int], Shown] = {}
        areas = [range_boundaries(area) for area in _areas(sheet)]
        columns = _hidden_columns(sheet)
        rows = {r for r, d in sheet.row_dimensions.items() if d.hidden or d.height == 0}
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is None or cell.row in rows or cell.column in columns or _invisible(cell):
                    continue
                if areas and not any(a[0] <= cell.column <= a[2] and a[1] <= cell.row <= a[3] for a in areas):
                    continue
                self._put(cell)
        self._money = self._money_cells()
        self._money_rows: dict[int, list[int]] = defaultdict(list)
        for row, column in sorted(self._money):
            self._money_rows[row].append(column)

    def _put(self, cell: Cell) -> None:
        key = (cell.row, cell.column)
        if isinstance(cell.value, bool):
            return
        if isinstance(cell.value, (int, float)):
            if cell.value == 0 and not self._zeros:
                return
            self.numbers[key] = shown(cell.value, cell.number_format)
        elif isinstance(cell.value, str) and cell.value.strip():
            value = centavos(cell.value)
            if value is not None and ("," in cell.value or "." in cell.value):
                self.numbers[key] = Shown("money", value)
            else:
                self.texts[key] = cell.value

    def _money_cells(self) -> set[tuple[int, int]]:
        """Cells with a money format, and plain ones in columns that hold mostly these."""
        kinds: dict[int, Counter[str]] = defaultdict(Counter)
        for (_, column), number in self.numbers.items():
            # A zero says nothing of its column: templates leave them in the general format.
            kinds[column][number.kind] += bool(number.kind == "money" or number.centavos)
        counted = self._column_numbers()
        return {
            (row, column)
            for (row, column), number in self.numbers.items()
            if row not in counted
            and not _is_year(number)
            and (number.kind == "money" or (number.kind == "plain" and kinds[column]["money"] > kinds[column]["plain"]))
            and kinds[column]["money"] >= kinds[column]["plain"]
            and any(key[0] == row and key[1] < column for key in self.texts) | (kinds[column]["money"] > 1)
        }

    def _column_numbers(self) -> set[int]:
        """Rows that number the columns: 1, 2, 4, 5."""
        rows: dict[int, list[Shown]] = defaultdict(list)
        for (row, _), number in sorted(self.numbers.items()):
            rows[row].append(number)
        return {
            row
            for row, numbers in rows.items()
            if all(n.kind == "plain" and n.centavos % 100 == 0 and 0 < n.centavos <= 2000 for n in numbers)
            and all(a.centavos < b.centavos for a, b in pairwise(numbers))
        }

    def add_to(self, truth: Truth) -> None:
        for text in self.texts.values():
            truth.words += tokens(text)
            truth.others += [v for word in text.split() if (v := centavos(word)) is not None]
        facts = [self._amount(row, column) for row, column in sorted(self._money)]
        nearest: dict[tuple[int, Words], set[int]] = defaultdict(set)
        for amount in facts:
            if amount.headers:
                nearest[amount.row, amount.headers[0]].add(amount.column)
        for amount in facts:
            if _COUNTS & {word for cell in amount.headers for word in cell}:
                truth.others.append(amount.value)
            else:
                twin = bool(amount.headers) and len(nearest[amount.row, amount.headers[0]]) > 1
                truth.amounts.append(_with(amount, twin_header=twin))
        truth.others += [n.centavos for key, n in self.numbers.items() if key not in self._money]

    def _amount(self, row: int, column: int) -> Fact:
        label, around = self._label(row, column)
        headers, titles = self._headers(row, column)
        above = self._over(row, column)
        return Fact(
            self.numbers[row, column].centavos,
            label,
            headers,
            row,
            column,
            f"{self.title}!{get_column_letter(column)}{row}",
            frozenset(around),
            frozenset(titles),
            stages=frozenset(stages_of(headers)),
            years=frozenset(years_of(above) or years_of(self._titles)),
            unit=unit_of([*above, *self._titles]),
            body=tuple(tokens(line) for text in self._titles for line in text.splitlines()),
        )

    def _over(self, row: int, column: int) -> list[str]:
        """What stands in a column over an amount, from the nearest."""
        cells = [self._above(above, column)[0] for above in self._rows_without_money if above < row]
        return [text for text in cells if text]

    @cached_property
    def _money_columns(self) -> set[int]:
        return {column for _, column in self._money}

    @cached_property
    def _rows_without_money(self) -> list[int]:
        """Rows that hold texts or other numbers, from the last."""
        return sorted({row for row, _ in (*self.texts, *self.numbers)} - set(self._money_rows), reverse=True)

    @cached_property
    def _titles(self) -> list[str]:
        """The texts over the first amount of the sheet, from the nearest."""
        first = min(self._money_rows, default=0)
        return [text for (row, _), text in sorted(self.texts.items(), reverse=True) if row < first]

    def _label(self, row: int, column: int) -> tuple[tuple[Words, ...], set[str]]:
        """The nearest text cells to the left, and the other words of the row and of the lines it runs over."""
        mine: list[tuple[int, Words]] = []
        around: set[str] = set()
        barrier = max((c for c in self._money_columns if c < column and self._text_between(row, c, column)), default=0)
        for (_, c), text in self._row_texts(row).items():
            words = tokens(text)
            if barrier < c < column:
                mine.append((c, words))
            else:
                around.update(words)
        cells = tuple(words for _, words in sorted(mine))
        first = next((t for (r, c), t in sorted(self._row_texts(row).items(), key=lambda i: i[0][1]) if tokens(t)), "")
        if first.strip()[:1].islower() or first.strip().startswith("(") or not any(spoken(words) for words in cells):
            around.update(self._words_of_line(row - 1))
        below = row + 1
        while below <= row + 3 and self._continues(below):
            around.update(self._words_of_line(below))
            below += 1
        return cells, around

    def _text_between(self, row: int, left: int, right: int) -> bool:
        return any(left < c < right and spoken(tokens(t)) for (_, c), t in self._row_texts(row).items())

    def _row_texts(self, row: int) -> dict[tuple[int, int], str]:
        """The texts of a row, with those of cells merged over several rows."""
        if not hasattr(self, "_rows"):
            self._rows: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
            for (r, c), text in self.texts.items():
                merge = self.merges.get((r, c))
                for covered in range(r, (merge.max_row if merge else r) + 1):
                    self._rows[covered][r, c] = text
        return self._rows[row]

    def _words_of_line(self, row: int) -> set[str]:
        if row in self._money_rows:
            return set()
        return {word for text in self._row_texts(row).values() for word in tokens(text)}

    def _continues(self, row: int) -> bool:
        """Whether a row without amounts goes on with the sentence of the row above."""
        texts = self._row_texts(row)
        return row not in self._money_rows and bool(texts) and all(t.strip()[:1].islower() for t in texts.values())

    def _headers(self, row: int, column: int) -> tuple[tuple[Words, ...], set[str]]:
        stack: list[Words] = []
        titles: set[str] = set()
        last = 0
        for above in range(row - 1, 0, -1):
            if above in self._money_rows:
                if stack:
                    break
                continue
            text, start = self._above(above, column)
            words = tokens(text)
            if text.rstrip().endswith(":"):
                continue  # the name of a field, whose text stands beside it
            if not heading(words) or (last and above < last - 4):
                continue
            if start <= self._first_money(row) - 1 and start != column:
                titles.update(words)  # a title that runs over the labels too
            elif not stack or words != stack[-1]:
                stack.append(words)
                last = above
        return tuple(stack), titles

    def _first_money(self, row: int) -> int:
        return self._money_rows[row][0]

    def _above(self, row: int, column: int) -> tuple[str, int]:
        """The text over a column in a row, or the year, and the column where its cell begins."""
        number = self.numbers.get((row, column))
        if number is not None and _is_year(number):
            return str(number.centavos // 100), column
        for (r, c), text in self._row_texts(row).items():
            merge = self.merges.get((r, c))
            if c == column or (merge and c <= column <= merge.max_col):
                return text, c
        return "", column


def _with(amount: Fact, **changes: Any) -> Fact:
    return Fact(**{**amount.__dict__, **changes})


def _is_year(number: Shown) -> bool:
    """A number over a column that says of which year it is."""
    return number.kind == "plain" and number.centavos % 100 == 0 and 1990 <= number.centavos // 100 < 2050


def _areas(sheet: Worksheet) -> list[str]:
    area = sheet.print_area
    parts = area.split(",") if isinstance(area, str) else list(area or [])
    return [part.split("!")[-1].replace("$", "") for part in parts if ":" in part]


def _hidden_columns(sheet: Worksheet) -> set[int]:
    hidden: set[int] = set()
    for dimension in sheet.column_dimensions.values():
        if dimension.hidden or dimension.width == 0:
            hidden |= set(range(dimension.min, dimension.max + 1))
    return hidden


def _invisible(cell: Cell) -> bool:
    """White letters on nothing, or on white."""
    if not (cell.font and cell.font.color and _white(cell.font.color)):
        return False
    return cell.fill is None or cell.fill.fill_type is None or _white(cell.fill.fgColor)


def _white(color: Color) -> bool:
    kind, value = color.type, color.value
    return (kind, value) in (("theme", 0), ("rgb", "FFFFFFFF"), ("indexed", 9), ("indexed", 65))
