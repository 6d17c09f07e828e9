"""Promise P7 in printed tables: personal texts are withheld, cells by their header or their own text, numbers by either.

What is personal is decided in `sources.personal`. Amounts stay: what is paid is public, to whom is not ours to publish.
"""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import pandas as pd

from sources.pdf.cells import WordsAt, ruled_sheets
from sources.pdf.load import Page
from sources.pdf.page.lines import Line
from sources.pdf.page.words import Word
from sources.pdf.word_reasons import Reason, given_reasons
from sources.personal import is_personal, kinds_in_row, personal_kinds, without_names
from sources.raw.cells import PrintedCell, PrintedSheet
from sources.raw.reading import Reading
from warehouse.schema.personal import WITHHELD, has_personal, personal_spans, without_personal
from warehouse.schema.vocabulary import Term

_HEAD_ROWS = 8
LabelCells = list[tuple[str | None, str]]


def personal_reasons(lines: Iterable[Line]) -> Iterator[Reason]:
    """The words of e-mail addresses, CURP, personal RFC and telephone numbers; no table is asked first."""
    for line in lines:
        if has_personal(line.text):
            yield from given_reasons(_personal_words(line.words), "personal_data")


def personal_label_reasons(
    headers: Sequence[str], cells: Sequence[str], slots: Iterable[list[Word]]
) -> Iterator[Reason]:
    """The words of the label cells of a row that are personal by their header or by themselves."""
    kinds = kinds_in_row(personal_kinds(headers), cells)
    for words, cell, kind in zip(slots, cells, kinds, strict=True):
        if cell and is_personal(cell, kind):
            yield from given_reasons(words, "personal_data")


def personal_cell_reasons(page: Page) -> Iterator[Reason]:
    """The words of ruled tables of a page without amounts that are personal by the header of their column."""
    words_at: WordsAt = {}
    for sheet in ruled_sheets(page, words_at):
        for cell in _personal_cells(sheet):
            yield from given_reasons(words_at[sheet.page, cell.place], "personal_data")


def _personal_cells(sheet: PrintedSheet) -> Iterator[PrintedCell]:
    rows: dict[int, dict[int, PrintedCell]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.col] = cell
    kinds = {
        row: dict(zip(across, personal_kinds([cell.text for cell in across.values()]), strict=True))
        for row, across in sorted(rows.items())[:_HEAD_ROWS]
    }
    header = max(kinds, key=lambda row: sum(kind is not None for kind in kinds[row].values()))
    for across in (across for row, across in rows.items() if row > header):
        mine = [kinds[header].get(col) for col in across]
        texts = [cell.text for cell in across.values()]
        decided = kinds_in_row(mine, texts)
        yield from (cell for cell, kind in zip(across.values(), decided, strict=True) if is_personal(cell.text, kind))


def _personal_words(words: list[Word]) -> list[Word]:
    """The words of the personal texts of a line; all of them where a text runs over words that touch."""
    spans = personal_spans(" ".join(word.text for word in words))
    ends = list(accumulate(len(word.text) + 1 for word in words))
    inside = [
        word
        for word, end in zip(words, ends, strict=True)
        if any(start < end - 1 and end - 1 - len(word.text) < stop for start, stop in spans)
    ]
    return inside or words


def withhold(reading: Reading) -> Reading:
    """The reading with personal texts replaced by the mark, and a warning that says how many and under which headers."""
    rows, headers = _without_cells(reading.rows)
    numbers = reading.numbers
    personal = numbers["exclusion"].eq("personal_data")
    if personal.any():
        numbers = numbers.copy()
        numbers.loc[personal, "source_text"] = WITHHELD
        numbers.loc[personal, ["recognised", "witness"]] = None
    tables = reading.tables.assign(**{name: _without_keys(reading.tables[name]) for name in ("title", "context")})
    columns = reading.columns.assign(header=_without_keys(reading.columns["header"]))
    texts = reading.texts.assign(text=_without_keys(reading.texts["text"]))
    warnings = list(reading.warnings)
    if headers or personal.any():
        warnings.append(_withheld(headers, int(personal.sum())))
    return dataclasses.replace(
        reading, rows=rows, numbers=numbers, tables=tables, columns=columns, texts=texts, warnings=tuple(warnings)
    )


def _withheld(headers: list[str], numbers: int) -> Term:
    cells, columns = len(headers), ", ".join(sorted(set(headers)))
    en = [f"{cells} label cells, in the columns: {columns}"] * bool(headers) + [f"{numbers} numbers"] * bool(numbers)
    es = [f"{cells} celdas de etiqueta, en las columnas: {columns}"] * bool(headers) + [f"{numbers} números"] * bool(
        numbers
    )
    return Term(
        f"Personal data withheld in {' and '.join(en)}.", f"Se reservaron datos personales en {' y '.join(es)}."
    )


def _without_cells(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The rows with personal label cells replaced, and the header of each such cell."""
    kept = {at: _cells(text) for at, text in rows["label_cells"].items() if isinstance(text, str)}
    kept = {at: cells for at, cells in kept.items() if any(cells[1])}
    if not kept:
        return rows, []
    rows = rows.copy()
    at = list(kept)
    rows.loc[at, "label_cells"] = [json.dumps(cells, ensure_ascii=False) for cells, _ in kept.values()]
    rows.loc[at, "label"] = [" ".join(text for _, text in cells) for cells, _ in kept.values()]
    rows.loc[at, "witness"] = None
    return rows, [
        header or ""
        for cells, is_withheld in kept.values()
        for (header, _), is_one in zip(cells, is_withheld, strict=True)
        if is_one
    ]


def _cells(text: str) -> tuple[LabelCells, list[bool]]:
    """The label cells of a row as they may be kept, and which of them are withheld."""
    cells = [(header, cell) for header, cell in json.loads(text)]
    texts = [cell for _, cell in cells]
    kinds = kinds_in_row(personal_kinds([header or "" for header, _ in cells]), texts)
    is_withheld = [is_personal(cell, kind) for cell, kind in zip(texts, kinds, strict=True)]
    names = [cell for cell, is_one in zip(texts, is_withheld, strict=True) if is_one]
    kept = [
        (header, WITHHELD if is_one else without_names(cell, names))
        for (header, cell), is_one in zip(cells, is_withheld, strict=True)
    ]
    return kept, is_withheld


def _without_keys(texts: pd.Series) -> pd.Series:
    return texts.map(without_personal, na_action="ignore")
