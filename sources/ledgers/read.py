"""A ledger as a reading: its records, and the numbers of its sheets accounted for without an amount.

Only the shape of the reading belongs here; which sheets are ledgers is decided in `sources.ledgers.recognise`.
"""

import dataclasses
from collections.abc import Sequence, Set

from sources.errors import SourceError
from sources.ledgers.recognise import LedgerSheet
from sources.ledgers.records import RecordBuilder
from sources.raw.builder import RawBuilder
from sources.raw.reading import Document, Reading
from sources.sheets.formats.formulas import compute, not_computed
from sources.sheets.formats.grid import SheetGrid
from sources.sheets.table.account import add_left_out_sheet, add_sheet
from sources.sheets.table.personal import refused
from warehouse.schema.vocabulary import Term

_SHOWN = 8


def with_records(reading: Reading, sheets: Sequence[LedgerSheet]) -> Reading:
    """The reading of a budget whose profile says period and codes of its rows, with those records."""
    records = _records(reading.document_id, sheets)
    return dataclasses.replace(reading, records=records.frame(), warnings=(*reading.warnings, *_said(records, sheets)))


def read_register(
    document: Document, format: str, grids: Sequence[SheetGrid], sheets: Sequence[LedgerSheet]
) -> Reading:
    """A ledger that is no budget: records, and no table.

    Raises SourceError no_table where it has no rows and no words that say why.
    """
    without = compute(list(grids))
    records = telling_records(document, sheets)
    builder = RawBuilder(document.document_id)
    ledgers = {sheet.grid.name: sheet for sheet in sheets}
    for grid in grids:
        account(builder, grid, ledgers[grid.name].header_row if grid.name in ledgers else None, records.private)
    warnings = [note for grid in grids for note in grid.notes]
    if without:
        warnings.append(not_computed(without))
    return as_register(builder.reading(format, tuple(warnings)), records, sheets)


def telling_records(document: Document, sheets: Sequence[LedgerSheet]) -> RecordBuilder:
    """The records of these sheets. Raises SourceError no_table where they have no rows and no words that say why."""
    records = _records(document.document_id, sheets)
    if not records.says_something and not records.notes:
        profile = f"{sheets[0].profile.id} ({sheets[0].profile.name})"
        raise SourceError(
            "no_table", document.title, Term(f"rows of {profile}", f"renglones de {profile}"),
            Term("no row and no note that says why", "ni un renglón ni una nota que diga por qué"),
            Term("Ask the body for the register, or for its note that there is none.", "Pida al ente el registro, o su nota de que no lo hay."),
            sheets[0].grid.name,
        )  # fmt: skip
    return records


def as_register(reading: Reading, records: RecordBuilder, sheets: Sequence[LedgerSheet]) -> Reading:
    """The reading of the pages or sheets of a register, with its records and what was odd about them."""
    is_empty = not records.says_something
    odd = dict.fromkeys(note for sheet in sheets for note in sheet.grid.notes)
    warnings = [*dict.fromkeys([*reading.warnings, *odd]), *_said(records, sheets)]
    if is_empty:
        note = records.notes[0]
        warnings.append(
            Term(f"The register is empty, and says: «{note}».", f"El registro está vacío, y dice: «{note}».")
        )
    return dataclasses.replace(reading, records=records.frame(), declared_empty=is_empty, warnings=tuple(warnings))


def _records(document_id: str, sheets: Sequence[LedgerSheet]) -> RecordBuilder:
    records = RecordBuilder(document_id)
    for sheet in sheets:
        records.add_sheet(sheet)
    return records


def _said(records: RecordBuilder, sheets: Sequence[LedgerSheet]) -> list[Term]:
    """Which profile was recognised, and which columns were withheld, by their headers."""
    profiles = {sheet.profile.id: sheet.profile for sheet in sheets}
    sentences = [profile.recognised for profile in profiles.values()]
    if records.withheld:
        shown = [f"{header} ({count})" for header, count in records.withheld.items()]
        cells, first, more = sum(records.withheld.values()), ", ".join(shown[:_SHOWN]), len(shown) - _SHOWN
        rest = Term(f" and {more} more columns", f" y {more} columnas más") if more > 0 else Term("", "")
        sentences.append(
            Term(
                f"{cells} cells withheld as personal data: {first}{rest.en}.",
                f"{cells} celdas reservadas por ser datos personales: {first}{rest.es}.",
            )
        )
    return sentences


def account(builder: RawBuilder, grid: SheetGrid, header_row: int | None, private: Set[tuple[str, str]]) -> None:
    """The numbers of a sheet: of its header, of a record, or of a sheet that the profile does not read, which has no `header_row`."""
    if header_row is None:
        add_left_out_sheet(builder, grid, refused(grid, []))
        return
    reasons = {
        (cell.row, cell.col): "personal_data"
        if (grid.name, cell.place) in private
        else ("record" if cell.row > header_row else "header")
        for cell in grid.cells()
    }
    add_sheet(builder, grid, {}, reasons)
