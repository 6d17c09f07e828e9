"""The cells of a ledger as records: each filled cell typed, withheld or excluded with a reason, with its place.

What is a person's is decided in `sources.personal`; here is only where it applies: by the profile, by the header, by the text of the
cell, and for a supplier by what proves that it is a company or public body.
"""

import itertools
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import pandas as pd

from sources.ledgers.profile import ABOUT_THE_ROW, ProfileField
from sources.ledgers.recognise import LedgerColumn, LedgerSheet
from sources.personal import (
    is_company_key,
    is_personal,
    personal_kinds,
    supplier_kind,
    without_names,
    without_titled_names,
)
from sources.sheets.formats.grid import SheetCell
from warehouse.schema.ledger_terms import NO_ANSWER
from warehouse.schema.personal import has_personal
from warehouse.schema.raw import RAW_RECORD
from warehouse.schema.text import fold, words

_COLUMNS = (
    "record", "field", "page", "place", "profile_id", "ledger", "header", "source_text", "type", "exclusion",
)  # fmt: skip
_NUMBERED = 5  # columns: fewer that count from 1 may be figures
_REPEATED = 3  # headers in a row again
_TOTAL = re.compile(r"^(?:gran |sub ?)?total(?:es)?\b|^suma\b")
_SUPPLIERS = ("supplier", "holder")
# Whoever answers for a row is a person or a body: only what is shown to be a body is kept of it.
_ANSWERS = re.compile(
    r"^(?:responsables?|titular|enlace|contacto|elaboro|autorizo|reviso|superviso|supervisor|residente)\b(?!.*\binformacion\b)"
)
_LONGEST_NAME = 6  # words
_LONGEST_NO = 160  # characters: longer ones say something
_ZERO = "0."


class RecordCell(NamedTuple):
    """A filled cell of a ledger before it is judged: its field, header, text and place."""

    name: str
    field: ProfileField | None
    kind: str | None
    header: str
    text: str
    place: str


class Judged(NamedTuple):
    """What becomes of a cell: its text and type, or why it has none."""

    text: str | None
    type: str | None
    exclusion: str | None


WITHHELD_CELL = Judged(None, None, "personal_data")


class RecordBuilder:
    """The records of one document, row by row."""

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS}
        self.records = 0
        self.withheld: dict[str, int] = {}  # by header
        self.private: set[tuple[str, str]] = set()  # page and place of each cell that is withheld, or a name in it

    def add(
        self,
        page: str,
        profile_id: str,
        ledger: str,
        cells: Sequence[RecordCell],
        names: Sequence[str] = (),
        width: int = 0,
    ) -> None:
        """One row of a ledger of so many columns, with the names that were withheld in rows it belongs with.

        A row of which the profile knows no cell is kept as excluded, and so is a total.
        """
        self.records += 1
        judged = judge_row(cells, names)
        left_out = _why_left_out(cells, width)
        for cell, (text, type_, exclusion) in zip(cells, judged, strict=True):
            if exclusion == "personal_data":
                self.withheld[cell.header] = self.withheld.get(cell.header, 0) + 1
            if text != cell.text:
                self.private.add((page, cell.place))
            if left_out and exclusion != "personal_data":
                type_, exclusion = None, left_out
            values = (
                self.records,
                cell.name,
                page,
                cell.place,
                profile_id,
                ledger,
                cell.header,
                text,
                type_,
                exclusion,
            )
            for column, value in zip(self._columns.values(), values, strict=True):
                column.append(value)

    def add_sheet(self, sheet: LedgerSheet) -> None:
        """The rows of a sheet under its header."""
        kinds = dict(
            zip(sheet.columns, personal_kinds([column.header for column in sheet.columns.values()]), strict=True)
        )
        for row in sorted(row for row in sheet.grid.rows if row > sheet.header_row):
            across = sheet.grid.rows[row]
            cells = [_cell(across[col], sheet.columns.get(col), kinds.get(col)) for col in sorted(across)]
            self.add(sheet.grid.name, sheet.profile.id, sheet.ledger, cells, width=len(sheet.columns))

    def frame(self) -> pd.DataFrame:
        """`raw.record` of the document."""
        frame = pd.DataFrame(self._columns, dtype=object)
        frame["document_id"], frame["withheld"] = self._document_id, frame["exclusion"].eq("personal_data")
        return RAW_RECORD.frame(frame)

    @property
    def says_something(self) -> bool:
        """Whether any record has a cell beyond its period, its area and its note that is no zero."""
        names = ("field", "type", "exclusion", "source_text")
        cells = zip(*(self._columns[name] for name in names), strict=True)
        return any(
            name not in ABOUT_THE_ROW and ((type_ and text.strip(_ZERO)) or why == "personal_data")
            for name, type_, why, text in cells
        )

    @property
    def notes(self) -> list[str]:
        """What the records say of themselves in words."""
        texts = zip(self._columns["field"], self._columns["source_text"], strict=True)
        return list(dict.fromkeys(text for name, text in texts if name == "note" and text))


def _cell(cell: SheetCell, column: LedgerColumn | None, kind: str | None) -> RecordCell:
    if column is None:  # without a header nothing says whose words they are
        kind = "supplier" if any(map(str.isalpha, cell.text)) else None
        return RecordCell(f"column_{cell.place.rstrip('0123456789')}", None, kind, "", cell.text, cell.place)
    return RecordCell(column.name, column.field, kind, column.header, cell.text, cell.place)


def judge_row(cells: Sequence[RecordCell], names: Sequence[str] = ()) -> list[Judged]:
    """What becomes of each cell of a row; its tax keys say of whom the row is, and a name withheld in one cell is in no other.

    `names` were withheld in rows that it belongs with.
    """
    judged = _judge_each(cells)
    names = [*names, *_names(cells, judged)]
    if not any(names):
        return judged
    return [
        one._replace(text=without_names(one.text, names)) if one.text and one.type in ("text", None) else one
        for one in judged
    ]


def withheld_names(cells: Sequence[RecordCell]) -> list[str]:
    """The names that are withheld in a row."""
    return _names(cells, _judge_each(cells))


def _judge_each(cells: Sequence[RecordCell]) -> list[Judged]:
    keys = [cell.text for cell in cells if (cell.field and cell.field.type == "supplier_key") or cell.kind == "rfc"]
    return [_judge(cell, keys) for cell in cells]


def _names(cells: Sequence[RecordCell], judged: Sequence[Judged]) -> list[str]:
    withheld = [cell.text for cell, one in zip(cells, judged, strict=True) if one.exclusion and one.text is None]
    # A sentence that is withheld as a whole is no name: its words are those of every contract.
    return [
        *(text for text in withheld if 1 < len(text.split()) <= _LONGEST_NAME),
        " ".join(text for text in withheld if " " not in text),
    ]


def _why_left_out(cells: Sequence[RecordCell], width: int) -> str | None:
    """Why a whole row is none of the ledger: nothing that the profile knows, the headers again, a total, or the numbers of its columns."""
    if not any(cell.field for cell in cells):
        return "no_record"
    if len(cells) >= _REPEATED and all(words(cell.text) == words(cell.header.rpartition(" | ")[2]) for cell in cells):
        return "header"
    if 2 * len(cells) < width and any(_TOTAL.match(words(cell.text)) for cell in cells[:2] if cell.name != "year"):
        return "total"
    numbers = [int(cell.text) for cell in cells if cell.text.isdecimal()]
    counts_on = all(later - earlier == 1 for earlier, later in itertools.pairwise(numbers))
    return "column_number" if len(numbers) == len(cells) >= _NUMBERED and counts_on and numbers[0] == 1 else None


def _judge(cell: RecordCell, keys: list[str]) -> Judged:
    if cell.name != "note" and len(cell.text) < _LONGEST_NO and NO_ANSWER.fullmatch(fold(cell.text)):
        return Judged(cell.text, None, "no_answer")
    if cell.field is None:
        return (
            WITHHELD_CELL
            if _is_private(cell, keys)
            else Judged(without_titled_names(cell.text), None, "not_in_profile")
        )
    type_ = cell.field.type
    if type_ == "person" or has_personal(cell.text):
        return WITHHELD_CELL
    if type_ == "supplier_key":
        return Judged(cell.text, "code", None) if is_company_key(cell.text) else WITHHELD_CELL
    if type_ == "supplier":
        return Judged(cell.text, "supplier", None) if supplier_kind(cell.text, keys) else WITHHELD_CELL
    if cell.kind in ("data", "rfc", "name") and is_personal(cell.text, cell.kind):
        return WITHHELD_CELL
    return Judged(without_titled_names(cell.text) if type_ == "text" else cell.text, type_, None)


def _is_private(cell: RecordCell, keys: list[str]) -> bool:
    """Under a header that no profile knows: whatever is said of persons, and suppliers that nothing shows to be companies."""
    if has_personal(cell.text) or cell.kind in ("data", "name"):
        return True
    if cell.kind == "rfc":
        return not is_company_key(cell.text)
    answers = cell.kind in _SUPPLIERS or _ANSWERS.search(words(cell.header))
    return bool(answers) and supplier_kind(cell.text, keys) is None
