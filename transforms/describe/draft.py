"""A first description of a document from its own words: the draft of its catalogue entry.

Every guess carries its evidence, the words and where they stand; what was not found is null with a sentence. A person
confirms the draft: nothing here proves anything. Folder and file names count only where the document says nothing.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from transforms.describe import grounds
from transforms.describe.gazetteer import Gazetteer
from transforms.describe.governments import (
    Guess,
    NewBody,
    find_government,
    find_mentioned,
    find_named,
)
from transforms.describe.grounds import Ground
from transforms.describe.headings import headings
from transforms.describe.kinds import find_kind, find_title
from transforms.describe.no_original import no_original
from transforms.describe.printed_lines import cut_lines, path_lines, printed_lines
from transforms.describe.registers import RegisterFacts
from transforms.describe.rows import RowFacts
from transforms.words.classification import unit_in
from transforms.words.headers import read_header
from transforms.words.periods import (
    Period,
    PrintedLine,
    Year,
    find_any_year,
    find_fiscal_year,
    find_only_year,
    find_period,
    quarter_dates,
    quarter_of,
)
from transforms.words.units import unit_of
from warehouse.schema.text import fold, words
from warehouse.schema.vocabulary import Term

_ACCUMULATES = re.compile(
    r"ejercicio del presupuesto|egresos|ingresos|gasto|balance presupuestario|programas y proyectos|avance"
)
# Kinds that cover their whole fiscal year, and kinds whose amounts accumulate since it began.
_WHOLE_YEAR, _REPORTS = ("ley", "ley_ingresos", "proyecto", "calendario", "estadistica"), ("informe", "cuenta_publica")
# Kinds whose title says whose they are.
_TITLED = ("ley", "ley_ingresos", "proyecto", "calendario", "otro")
_ANNUAL = re.compile(r"\banual\b|\bley de ingresos\b")


@dataclass(frozen=True)
class Description:
    """What a document seems to be. `evidence` has a sentence for every field, found or not.

    `government_id` is always one of the catalogue's; a body it does not have is proposed in `new_body` instead.
    """

    title: str | None
    kind: str | None
    government_id: str | None
    government_name: str | None
    new_body: NewBody | None
    several_governments: bool
    fiscal_year: int | None
    period_start: date | None
    period_end: date | None
    period_status: str | None
    unit: int | None
    perimeter: str | None = None
    citable: bool | None = None  # false where the document says of itself that it is no original
    stages: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, Ground] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        """The guesses that a catalogue entry has a field for."""
        names = ("title", "kind", "government_id", "fiscal_year", "period_start", "period_end", "period_status",
                 "perimeter", "citable")  # fmt: skip
        return {name: getattr(self, name) for name in names}


def describe(
    raw: Mapping[str, pd.DataFrame], path: str, names: pd.DataFrame | None = None, opening: str = ""
) -> Description:
    """Guess what a document is.

    `raw` are the frames of one reading (keys table, column, row, number; any may be absent or empty). `path` is the file name, with its
    folders if they are known. `names` has a row per name of a government (government_id, level, parent_id, name). `opening` is
    the text of the first pages, form feeds between them: titles stand before any table.
    """
    table = raw.get("table")
    register = RegisterFacts.of(raw.get("record")) if table is None or table.empty else None
    printed = printed_lines(table, opening, register)
    lines, from_path, rows = cut_lines(headings(printed)), path_lines(path), RowFacts.of(raw)
    kind, kind_reason = find_kind(lines, rows.headers, from_path, several=len(rows.governments) > 1)
    title, title_line = find_title(lines, kind)
    government = _government(lines, title_line, from_path, rows, names, kind)
    when = _when(lines, from_path, rows, kind, title)
    kind, kind_reason = _of_the_year(kind, kind_reason, when, lines)
    unit, unit_reason = _unit(table, cut_lines(printed))
    stages, part = _stages(raw.get("column")), _one_unit(lines)
    description = Description(
        title=title or rows.product or from_path[0].text.replace("_", " "),
        kind=kind,
        government_id=None if government.new_body else government.government_id,
        government_name=government.name,
        new_body=government.new_body,
        several_governments=len(rows.governments) > 1,
        fiscal_year=when["fiscal_year"],
        period_start=when["period_start"],
        period_end=when["period_end"],
        period_status=rows.status,
        unit=unit,
        perimeter=part.text if part else None,
        citable=False if (copy := no_original(raw.get("text"), printed, rows.product)) else None,
        stages=stages,
        evidence=when["evidence"]
        | _evidence(title_line, part, stages, copy)
        | {"kind": kind_reason, "government_id": government.reason, "unit": unit_reason},
    )
    return _of_register(description, register) if register else description


def _of_the_year(
    kind: str | None, reason: Ground, when: Mapping[str, Any], lines: list[PrintedLine]
) -> tuple[str | None, Ground]:
    """A report that accumulates to the end of its year is the account of it."""
    if kind == "informe" and when["whole_year"] and any(_ACCUMULATES.search(fold(line.text)) for line in lines):
        period = when["evidence"]["period_end"]
        return "cuenta_publica", Ground(
            f"a budget statement of the whole year: {period.en}",
            f"un estado presupuestario de todo el año: {period.es}",
        )
    return kind, reason


def _evidence(
    title: PrintedLine | None, part: PrintedLine | None, stages: Mapping[str, str], copy: PrintedLine | None
) -> dict[str, Ground]:
    """Where title, perimeter and stages were read, and that it is no original."""
    evidence = {
        "title": Ground.of(title.where) if title else grounds.ONLY_FILE_NAME,
        "stages": grounds.HEADERS if stages else grounds.NO_STAGES,
    }
    if part:
        where = part.where
        evidence["perimeter"] = Ground(
            f"one unit of its government: {where.en}", f"una unidad de su gobierno: {where.es}"
        )
    if copy:
        quoted = copy.quoted
        evidence["citable"] = Ground(
            f"it says that it is no original: {quoted.en}", f"dice que no es original: {quoted.es}"
        )
    return evidence


def _of_register(description: Description, register: RegisterFacts) -> Description:
    """The draft of a register: what it is, its records say; whose it is, they or else the folder."""
    profile = register.profile_id
    recognised = Ground(f"its columns are those of the profile {profile}", f"sus columnas son las del perfil {profile}")
    first, last = register.first_day or description.period_start, register.last_day or description.period_end
    of_rows = {
        "fiscal_year": bool(register.fiscal_year), "period_start": first != description.period_start,
        "period_end": last != description.period_end,
    }  # fmt: skip
    evidence = description.evidence | {"title": recognised, "kind": recognised}
    evidence |= {name: grounds.ROWS for name, changed in of_rows.items() if changed}
    return replace(
        description, title=register.title, kind=register.kind, evidence=evidence, unit=None, stages={},
        fiscal_year=register.fiscal_year or description.fiscal_year, period_start=first, period_end=last,
    )  # fmt: skip


def document_id(description: Description, stem: str, taken: Collection[str]) -> str:
    """A readable id that nobody has yet: government, kind, year, quarter, and the file's stem unless it is the law."""
    parts = [_short_name(description), (description.kind or "documento").replace("_", "-")]
    if description.fiscal_year:
        parts.append(str(description.fiscal_year))
    quarter = quarter_of(description.period_end)
    if description.kind in ("informe", "contratos") and quarter:
        parts.append(f"t{quarter}")
    if description.kind not in ("ley", "proyecto") or not description.fiscal_year:
        tokens = set("-".join(parts).split("-"))
        parts += [token for token in words(stem).split() if token not in tokens]
    base = "-".join(token for part in parts for token in words(part).split())[:80].strip("-")
    number, chosen = 1, base
    while chosen in taken:
        number += 1
        chosen = f"{base[: 79 - len(str(number))].strip('-')}-{number}"
    return chosen


def _short_name(description: Description) -> str:
    if description.several_governments:
        return "varios"
    key = description.new_body.government_id if description.new_body else description.government_id
    body = re.fullmatch(r"(?:\d+-)?([a-z].*)", key or "")
    return body[1] if body else description.government_name or ""


def _government(
    lines: Sequence[PrintedLine],
    title: PrintedLine | None,
    path: Sequence[PrintedLine],
    rows: RowFacts,
    names: pd.DataFrame | None,
    kind: str | None,
) -> Guess:
    if len(rows.governments) > 1:
        count = len(rows.governments)
        several = Ground(
            f"several governments: one per row ({count} of them)", f"varios gobiernos: uno por renglón (son {count})"
        )
        return Guess(None, None, several)
    if names is None:
        return Guess(None, None, Ground("no list of governments was given", "no se dio una lista de gobiernos"))
    gazetteer = Gazetteer(names)
    named = find_mentioned(lines, gazetteer) if kind == "norma" else None
    if named is None and rows.publisher:
        named = find_named(rows.publisher, grounds.PUBLISHER_COLUMN, path, gazetteer)
    by_words = find_government(lines, [title] if title and kind in _TITLED else [], path, gazetteer)
    if named is None and rows.governments:
        key = next(iter(rows.governments))
        listed, town = gazetteer.by_id.get(key), gazetteer.by_id.get(by_words.government_id or "")
        if town and town.parent_id == key:
            return by_words  # a municipality of the state that its rows name
        return Guess(key, listed.name if listed else None, grounds.GOVERNMENT_COLUMN)
    return named or by_words


def _one_unit(lines: Sequence[PrintedLine]) -> PrintedLine | None:
    """The one unit that the headings say the document is of, and the words: null where they name several."""
    units = {unit: line for line in lines if (unit := unit_in(fold(line.text)))}
    if len(units) != 1:
        return None
    unit, line = next(iter(units.items()))
    name = " ".join(line.text.split())
    return PrintedLine(name[-len(unit) :] if fold(name).endswith(unit) else unit, line.quoted)


def _when(
    lines: Sequence[PrintedLine], path: Sequence[PrintedLine], rows: RowFacts, kind: str | None, title: str | None
) -> dict[str, Any]:
    """Fiscal year and period, with their evidence."""
    fiscal = find_fiscal_year(lines)
    printed = None if kind in _WHOLE_YEAR or kind == "norma" else find_period(lines)
    if kind == "norma":
        year, year_reason = None, Ground("a norm has no fiscal year", "una norma no tiene ejercicio fiscal")
    else:
        year, year_reason = _fiscal_year(fiscal, printed, lines, path, rows)
    words_of_year = f"{fold(fiscal.line.text)}\n{fold(title)}" if fiscal else ""
    annual = kind in _WHOLE_YEAR or bool(
        printed is None and (kind == "cuenta_publica" or _ANNUAL.search(words_of_year))
    )
    start: date | None = None
    end: date | None = None
    if year and annual:
        start, end, reason = date(year, 1, 1), date(year, 12, 31), grounds.WHOLE_YEAR_SAID
    elif printed is None and rows.last_day:
        start, end, reason = rows.first_day, rows.last_day, grounds.PERIOD_COLUMNS
    else:
        start, end, reason = _period(printed, path, year, lines, kind)
    whole = bool(printed and start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31))
    evidence = {
        "fiscal_year": year_reason,
        "period_start": reason if start else Ground("no first day is named", "no se nombra el primer día"),
        "period_end": reason,
    }
    return {"fiscal_year": year, "period_start": start, "period_end": end, "whole_year": whole, "evidence": evidence}


def _fiscal_year(
    fiscal: Year | None,
    printed: Period | None,
    lines: Sequence[PrintedLine],
    path: Sequence[PrintedLine],
    rows: RowFacts,
) -> tuple[int | None, Ground]:
    if len(rows.years) > 1:
        first, last = min(rows.years), max(rows.years)
        return None, Ground(
            f"several years: one per row ({first} to {last})", f"varios años: uno por renglón ({first} a {last})"
        )
    if rows.years:
        return next(iter(rows.years)), grounds.YEAR_COLUMN
    if fiscal and (printed is None or fiscal.year == printed.end.year):
        return fiscal.year, Ground.of(fiscal.line.quoted)
    if printed:
        return printed.end.year, Ground.of(printed.line.quoted)
    alone = find_only_year(lines)
    if alone:
        quoted = alone.line.quoted
        only = Term(
            f"the only year that its titles mention: {quoted.en}",
            f"el único año que mencionan sus títulos: {quoted.es}",
        )
        return alone.year, Ground.of(only, weak=True)
    weak = find_any_year(path)
    if weak:
        return weak.year, grounds.only_named_by(weak.line)
    return None, Ground(
        "no fiscal year is named; give it with --year", "no se nombra el ejercicio fiscal; indíquelo con --year"
    )


def _period(
    printed: Period | None,
    path: Sequence[PrintedLine],
    year: int | None,
    lines: Sequence[PrintedLine],
    kind: str | None,
) -> tuple[date | None, date | None, Ground]:
    """First and last day, and why; what only a folder or file name says must agree with the fiscal year."""
    period = None if kind == "norma" else printed or find_period(path)
    if period is None or (year and period.end.year != year):
        return None, None, grounds.NO_PERIOD
    reason = Ground.of(period.line.quoted) if printed else grounds.only_named_by(period.line)
    if period.start is None and kind == "contratos" and period.quarter:
        return (
            quarter_dates(period.end.year, period.quarter)[0],
            period.end,
            reason.followed(": that quarter", ": ese trimestre"),
        )
    if period.start is None and (kind in _REPORTS or any(_ACCUMULATES.search(fold(line.text)) for line in lines)):
        return (
            date(period.end.year, 1, 1),
            period.end,
            reason.followed(
                "; these statements accumulate from 1 January", "; estos estados acumulan desde el 1 de enero"
            ),
        )
    return period.start, period.end, reason


def _unit(tables: pd.DataFrame | None, lines: Sequence[PrintedLine]) -> tuple[int | None, Ground]:
    units: dict[int, Ground] = {}
    for table in () if tables is None else tables.itertuples():
        unit = unit_of(*(text for text in (table.title, table.context) if isinstance(text, str)))
        if unit.text:
            line = PrintedLine(unit.text, grounds.above_table(table.table, table.page_first))
            units.setdefault(unit.multiplier, Ground.of(line.quoted))
    for line in () if units else lines:
        unit = unit_of(line.text)
        if unit.text:
            units.setdefault(unit.multiplier, Ground.of(line.quoted))
    if len(units) == 1:
        return next(iter(units.items()))
    if units:
        en, es = ("; ".join(texts) for texts in zip(*((one.en, one.es) for one in units.values()), strict=True))
        return None, Ground(f"different units are named: {en}", f"se nombran unidades distintas: {es}")
    return None, Ground("no unit is printed; pesos are taken", "no hay unidad impresa; se toman pesos")


def _stages(columns: pd.DataFrame | None) -> dict[str, str]:
    headers = [] if columns is None else list(dict.fromkeys(columns["header"].dropna()))
    read = {header: read_header(header) for header in headers}
    return {header: meaning.stage for header, meaning in read.items() if meaning.stage}
