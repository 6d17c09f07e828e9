"""Which profile a sheet is of: by the header set, never by a file's name.

Transparency formats print their title and short name in rows 2 and 3; other ledgers are recognised by their headers alone. What
nearly fits and does not is refused by name, so that no register is taken for a budget. The cells are for `sources.ledgers.records`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sources.errors import SourceError
from sources.ledgers.profile import REFERENCE, ROW_ID, Profile, ProfileField, ProfilePart, linked_table, profiles
from sources.ledgers.unknown import is_no_budget
from sources.sheets.formats.grid import Shape, SheetCell, SheetGrid, column_letter
from warehouse.schema.text import fold, words
from warehouse.schema.vocabulary import Term

FITS = 0.9  # of the declared headers (LEDGERS, profiles)
FITS_BY_TITLE = 0.6  # where title or short name say it too: states and years word some headers otherwise
NEAR = 0.5  # nearer than chance: a ledger in a version that nobody has described
_LEAST_HEADERS = 4
_TOP_ROWS = 15
_FORM = ("titulo", "nombre corto")
_SHOWN = 6
_AFTER_IDS = 2  # the first column that has a header, where row ids stand before it
_NEAR_ROWS = 5
_LONGEST_SAID = 80  # characters
# Figures that are no whole pesos: what they are worth would be guessed.
_CIPHERED_ALL = re.compile(
    r"\b(?:cifras|montos|importes|cantidades|datos|valores)\b.{0,40}\b(?:miles|millones|dolares)\b|^\W*(?:en )?(?:miles|millones)(?: de millones)?(?: de (?:pesos|dolares))?\W*$"
)
_CIPHERED = re.compile(
    r"\b(?:miles|millones)(?: de millones)?(?: de)? (?:pesos|dolares)\b|\(\s*(?:en )?(?:miles|millones)\s*\)|\bm?mdp\b|\b(?:usd|dlls?)\b|\b(?:en )dolares\b"
)


class LedgerColumn(NamedTuple):
    """A column of a sheet: its header, the field it is, where the profile knows it, and the number of the table it refers to."""

    header: str
    name: str
    field: ProfileField | None
    table: str | None = None


@dataclass(frozen=True)
class LedgerSheet:
    """A sheet that is a ledger: its rows begin after `header_row`. `part` where a row of another sheet refers to it."""

    grid: SheetGrid
    profile: Profile
    ledger: str
    header_row: int
    columns: dict[int, LedgerColumn]
    part: str | None = None


class _Fit(NamedTuple):
    profile: Profile
    share: float
    header_row: int
    missing: list[str]
    columns: frozenset[int] = frozenset()  # those that are fields


def recognise(
    grids: Sequence[SheetGrid], wanted: str | None, title: str, named: Sequence[str] = ()
) -> list[LedgerSheet]:
    """The sheets that are ledgers, linked ones after their main one; none where the file is no ledger.

    `wanted` is the profile that the catalogue entry names, `named` the sheets. Raises SourceError `profile_unknown` or `profile_unclear`.
    """
    sheets: list[LedgerSheet] = []
    nearest: tuple[SheetGrid, _Fit] | None = None
    for grid in grids:
        if named and grid.name not in named:
            continue
        form = form_words(grid)
        fits = [_fit(grid, profile, form) for profile in profiles()]
        fits = sorted(fits, key=lambda fit: (-fit.share, -len(fit.columns)))
        chosen = [fit for fit in fits if _holds(fit, form) and wanted in (None, fit.profile.id)]
        chosen = [fit for fit in chosen if _is_titled(fit, form)] or chosen
        chosen = [fit for fit in chosen if not fit.profile.general] or chosen
        if len(chosen) > 1 and not _surpasses(chosen):
            raise _unclear(title, grid, chosen)
        if chosen:
            sheets += _with_parts(grid, chosen[0], grids)
        elif _should_be_known(grid, fits[0], form, wanted) and (nearest is None or fits[0].share > nearest[1].share):
            # Formats share their first and last columns: the nearest has most columns in common.
            like = max(fits, key=lambda fit: len(fit.columns)) if form else fits[0]
            nearest = grid, next((fit for fit in fits if fit.profile.id == wanted), like)
    if not sheets and nearest:
        raise _unknown(title, *nearest)
    return sheets


def form_words(grid: SheetGrid) -> str | None:
    """Title and short name of a transparency format, as words; None where the sheet is none."""
    for row in sorted(grid.rows)[:4]:
        cells = grid.rows[row].values()
        if {words(cell.text) for cell in cells}.issuperset(_FORM):
            below = grid.rows.get(row + 1, {})
            return " ".join(words(cell.text) for cell in list(below.values())[:2])
    return None


def _fit(grid: SheetGrid, profile: Profile, form: str | None) -> _Fit:
    best = _Fit(profile, 0.0, 0, list(profile.required))
    if form is not None and not profile.titles:
        return best
    for row in sorted(grid.rows)[:_TOP_ROWS]:
        if len(_header_cells(grid, row)) < min(_LEAST_HEADERS, len(profile.required)):
            continue
        fields = {col: column.name for col, column in _columns(grid, row, profile).items() if column.field}
        missing = [name for name in profile.required if name not in fields.values()]
        share = 1 - len(missing) / len(profile.required)
        if share > best.share:
            best = _Fit(profile, share, row, missing, frozenset(fields))
    return best


def _holds(fit: _Fit, form: str | None) -> bool:
    return fit.share >= (FITS_BY_TITLE if _is_titled(fit, form) else FITS)


def _is_titled(fit: _Fit, form: str | None) -> bool:
    return form is not None and any(words(title) in form for title in fit.profile.titles)


def _surpasses(fits: list[_Fit]) -> bool:
    """Whether the best fits by more fields, or by more columns, than the next: the other is then a part of it."""
    first, second = fits[:2]
    return set(_headers(first.profile)) > set(_headers(second.profile)) or first.columns > second.columns


def _headers(profile: Profile) -> list[str]:
    return [words(header) for field in profile.fields.values() for header in field.headers]


def _should_be_known(grid: SheetGrid, nearest: _Fit, form: str | None, wanted: str | None) -> bool:
    """Whether a sheet without a profile must not be read as a budget: by its own headers, or because it nearly is of a profile."""
    if wanted is not None:
        return nearest.share > 0
    if form is not None or is_no_budget(grid, form):
        return is_no_budget(grid, form)
    there = len(nearest.profile.required) - len(nearest.missing)
    profile = nearest.profile
    weak = profile.lines or profile.template or profile.general
    return nearest.share >= NEAR and there >= _LEAST_HEADERS and not weak


def _columns(grid: SheetGrid, row: int, profile: Profile | ProfilePart) -> dict[int, LedgerColumn]:
    """The columns under a header row. Of two that one field fits, the first has it."""
    columns: dict[int, LedgerColumn] = {}
    taken: set[str] = set()
    if _has_bare_ids(grid, row):
        columns[1] = LedgerColumn(ROW_ID.headers[0], "id", ROW_ID)
    for col, cell in sorted(_header_cells(grid, row).items()):
        header = " ".join(cell.text.split())
        above = _above(grid, row, col)
        printed = [f"{above} | {header}", header] if above else [header]
        table = linked_table(header) or linked_table(_below(grid, row, col))
        name = _part(header, profile) if table else None
        field = REFERENCE if name else None
        if name is None:
            name = next((name for text in printed for name in profile.index.names(text) if name not in taken), None)
            field = {"id": ROW_ID, **profile.fields}[name] if name else None
        if name:
            taken.add(name)
        columns[col] = LedgerColumn(printed[0], name or f"column_{column_letter(col)}", field, table)
    return columns


def _header_cells(grid: SheetGrid, row: int) -> dict[int, SheetCell]:
    """The headers of a row of them, those too that stand one row higher over nothing, beside a heading of several columns."""
    printed, above = grid.rows[row], grid.rows.get(row - 1, {})
    spanned = {(top, left) for top, left, _, right in grid.merged if right > left}
    higher = {col: cell for col, cell in above.items() if col not in printed and (row - 1, col) not in spanned}
    merged = {left: (top, left) for top, left, bottom, right in grid.merged if top < row <= bottom and left == right}
    tall = {col: cell for col, at in merged.items() if col not in printed and (cell := grid.get(*at))}
    return (higher if len(above) > 1 else {}) | tall | printed


def _part(header: str, profile: Profile | ProfilePart) -> str | None:
    """The linked table that a column refers to."""
    if isinstance(profile, ProfilePart):
        return None
    return next((name for name, part in profile.parts.items() if part.is_referred_to(header)), None)


def _has_bare_ids(grid: SheetGrid, row: int) -> bool:
    """Whether the first column has no header and numbers its rows, as the platform wrote its files until 2018."""
    return min(grid.rows[row]) == _AFTER_IDS and _below(grid, row, 1).isdecimal()


def _below(grid: SheetGrid, row: int, col: int) -> str:
    """The text of the first filled cell under a header, close to it."""
    texts = (grid.get(at, col) for at in range(row + 1, row + 1 + _NEAR_ROWS))
    return next((cell.text for cell in texts if cell), "")


def _above(grid: SheetGrid, row: int, col: int) -> str:
    """The heading that spans a column in the row above its header; nothing for a title that spans the table."""
    for top, left, bottom, right in grid.merged:
        if top <= row - 1 <= bottom and left <= col <= right and 0 < right - left < grid.width - 2:
            cell = grid.get(top, left)
            return " ".join(cell.text.split()) if cell else ""
    return ""


def _with_parts(grid: SheetGrid, fit: _Fit, grids: Sequence[SheetGrid]) -> list[LedgerSheet]:
    profile = fit.profile
    columns = _in_pesos(grid, fit.header_row, _columns(grid, fit.header_row, profile))
    sheets = [LedgerSheet(grid, profile, profile.ledger, fit.header_row, columns)]
    for column in columns.values():
        if column.name not in profile.parts or column.table is None:
            continue
        part = profile.parts[column.name]
        linked = [
            other
            for other in grids
            if other.name.strip().endswith(column.table) and not other.name.startswith("Hidden")
        ]
        if len(linked) != 1:
            count, header = len(linked), column.header[:60]
            there, hay = (f"{count} sheets", f"hay {count} hojas") if count else ("no sheet", "no hay hoja")
            grid.notes.append(
                Term(f"Column «{header}» refers to table {column.table}, and {there} of that number is there: its rows are not read.",
                     f"La columna «{header}» remite a la tabla {column.table}, y {hay} con ese número: sus renglones no se leyeron.")
            )  # fmt: skip
            continue
        row = _part_header(linked[0])
        if row is not None:
            sheets.append(
                LedgerSheet(linked[0], profile, part.ledger, row, _columns(linked[0], row, part), column.name)
            )
    return sheets


def _in_pesos(grid: SheetGrid, row: int, columns: dict[int, LedgerColumn]) -> dict[int, LedgerColumn]:
    """The columns, those of money no more as such where their header, or what stands over the table, says thousands or another currency."""
    over = [cell.text for top, across in grid.rows.items() if top < row for cell in across.values()]
    title = next(
        (text for text in [*over, *(one.text for one in grid.beside)] if _CIPHERED_ALL.search(fold(text))), None
    )
    kept = {}
    for col, column in columns.items():
        is_money = column.field is not None and column.field.type == "money"
        if is_money and (title or _CIPHERED.search(fold(column.header))):
            cited = " ".join((title or column.header).split())[:_LONGEST_SAID]
            header = column.header[:60]
            grid.notes.append(
                Term(f"Column «{header}» is not in pesos («{cited}»): its amounts are not read.",
                     f"La columna «{header}» no está en pesos («{cited}»): sus importes no se leyeron.")
            )  # fmt: skip
            column = column._replace(field=None)
        kept[col] = column
    return kept


def _part_header(grid: SheetGrid) -> int | None:
    """The row of headers of a linked table: it begins with ID, or numbers its rows without saying so."""
    rows = sorted(grid.rows)
    named = (row for row in rows if words(grid.rows[row][min(grid.rows[row])].text) == "id")
    return next(named, next((row for row in rows[:1] if _has_bare_ids(grid, row)), None))


def without_codes(grids: Sequence[SheetGrid]) -> None:
    """The platform's own numbers over the headers of a transparency format, of types and of columns, as the text that they are where a program saved them as numbers."""
    if not any(form_words(grid) for grid in grids):
        return
    for grid in grids:
        end = _header_row(grid)
        for cell in [cell for row, across in grid.rows.items() if row < end for cell in across.values()]:
            if cell.shape is Shape.NUMBER:
                cell.shape = Shape.AMOUNT_TEXT


def _header_row(grid: SheetGrid) -> int:
    """The row after `Tabla Campos`, or the one that begins with ID."""
    for row in sorted(grid.rows)[:_TOP_ROWS]:
        text = words(grid.rows[row][min(grid.rows[row])].text)
        if text in ("tabla campos", "id"):
            return row
    return 0


def _unclear(title: str, grid: SheetGrid, fits: list[_Fit]) -> SourceError:
    names, hint = ", ".join(fit.profile.id for fit in fits), f"«profile: {fits[0].profile.id}»."
    return SourceError(
        "profile_unclear", title, Term("one profile", "un perfil"), Term(f"{len(fits)} that fit: {names}", f"{len(fits)} que le quedan: {names}"),
        Term(f"Say which in its catalogue entry, under hints: {hint}", f"Diga cuál en su ficha del catálogo, en hints: {hint}"), grid.name,
    )  # fmt: skip


def _unknown(title: str, grid: SheetGrid, fit: _Fit) -> SourceError:
    headers = [fit.profile.fields[name].headers[0].rstrip("*") for name in fit.missing]
    shown, more = "; ".join(headers[:_SHOWN]), len(headers) - _SHOWN
    rest = Term(f"; and {more} more", f"; y {more} más") if more > 0 else Term("", "")
    nearest, missing, required = f"{fit.profile.id} ({fit.profile.name})", len(fit.missing), len(fit.profile.required)
    return SourceError(
        "profile_unknown", title,
        Term(f"the headers of a profile; the nearest is {nearest}", f"los encabezados de un perfil; el más cercano es {nearest}"),
        Term(f"{missing} of its {required} headers missing: {shown}{rest.en}", f"faltan {missing} de sus {required} encabezados: {shown}{rest.es}"),
        Term("Ask for a profile of this format, or correct its headers.", "Pida un perfil para este formato, o corrija sus encabezados."), grid.name,
    )  # fmt: skip
