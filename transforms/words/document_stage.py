"""The stage that a column leaves out because its document says it once: a law approves, a bill proposes, a calendar spreads.

Only where one stage can be meant. Columns that say a stage, or that they are no money of the budget, are read in `headers`.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from transforms.words.classification import BUDGET, by_words
from transforms.words.headers import read_header
from warehouse.schema.column_kind import PERCENTAGE, QUANTITY, kind_by_words
from warehouse.schema.lexicon import MONTH
from warehouse.schema.text import fold

_STAGE = {"ley": "aprobado", "proyecto": "proyecto"}
# Titles of the annexes in which a law or a bill gives money out, and of what it prints beside them.
_GIVES = re.compile(
    r"\bgastos?\b|\bpresupuesto\b|\begresos\b|\berogaciones\b|\basigna|\brecursos\b|\baportaciones\b|\bparticipaciones\b"
    r"|\bprogramas?\b|\bramos?\b|\bdistribu|\bprevisiones\b|\btransferencias\b|\bsubsidios\b|\bfondos?\b"
)
_BESIDE = re.compile(
    r"\blimites?\b|\bmaxim|\bminim|\bpercepcion|\bremunera|\bsueldo|\bsalari|\btabulador|\bplazas?\b|\bdeuda\b|\bsaldos?\b|\btarifas?\b"
    r"|\bcuotas?\b|\btasas?\b|\badjudica|\bcontrata|\blicita|\binvitacion\b|\bestimad|\bmetas?\b|\bindicador|\bplurianual|\bvariacion|\bcomparativ"
    r"|\bproyeccion|\bresultados de\b|\bingresos?\b(?!.*\begresos)|\bmodificad|\bejercid|\bdevengad|\bpagad|\bbalance\b|\bcierre\b|\bhistoric"
    r"|\bpasivos?\b|\bavaluo|\bpensionad|\bpoblacion\b|\bresumen de\b.{0,30}\bmovimientos"
)
_NO_BUDGET = re.compile(
    r"\bremunera|\bpercepcion|\bplaza|\bzona\b|\bcuota|\btarifa|\btasa|\bdesde\b|\bhasta\b|(?:^|\| )de$|\bpor pagar\b"
)
_OF_CALENDAR = re.compile(
    rf"^\W*(?:anual|total(?: anual| general)?|importe(?: anual)?|monto(?: anual)?|presupuesto(?: anual)?|presupuestado|asignacion(?: anual)?|suma|{MONTH}\.?)\W*(?:\(?pesos\)?)?\W*(?:20\d\d)?\W*$"
)
# Money of other years, of posts, of what is owed: what a law prints of it, under whatever header, it does not give out.
_NOT_GIVEN = re.compile(
    r"\bplurianual|\blimites?\b|\bmaxim|\bminim|\bpercepcion|\bremunera|\btabulador|\bplazas?\b|\bsaldos?\b|\btarifas?\b|\bcuotas?\b"
    r"|\basociacion(?:es)? publico.privada"
)
_OF_DEBT = re.compile(r"\bsaldos?\b|\binteres(?:es)?\b|\bprincipal \(capital\)|\btasa\b|\bpago capital\b")
# A title that says what the one column under it is: a row's label that was taken for a title says nothing.
_OF_THE_WHOLE = re.compile(
    r"^\W*anexo\b|\bpesos\b|\bpresupuesto\b.{0,20}\begresos\b|^\W*(?:distribucion|asignacion|resumen|clasificacion)\b"
)
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


class TitledColumns(NamedTuple):
    """What the stage of a table's columns is read from, beside their headers.

    `headers` are those of its columns; `income` is whether the document speaks of income and not of expenditure.
    """

    kind: str | None
    year: int | None
    title: str | None
    headers: tuple[str | None, ...]
    income: bool


def speaks_of_income(texts: Iterable[str]) -> bool:
    """Whether the folded titles of a document name income and no expenditure."""
    together = "\n".join(texts)
    return bool(re.search(r"\bingresos?\b", together)) and not re.search(r"\begresos?\b", together)


def is_given_out(title: str | None, headers: Iterable[str | None]) -> bool:
    """Whether a table may print what a law or a bill gives out for its year: by its title, and no table of a debt."""
    return not _NOT_GIVEN.search(fold(title)) and not any(_OF_DEBT.search(fold(header)) for header in headers)


def stage_by_document(header: str | None, table: TitledColumns) -> str | None:
    """The stage of a column whose header says none."""
    column = kind_by_words(header)
    folded, title = fold(header), fold(table.title)
    if (column.sure and column.kind in (PERCENTAGE, QUANTITY)) or _of_another_year(header, title, table.year):
        return None
    if table.kind == "calendario":
        return _of_calendar(folded, title, table)
    if _NO_BUDGET.search(folded) or _BESIDE.search(folded):
        return None
    if table.kind == "ley_ingresos":
        plain = not folded or _OF_CALENDAR.match(folded)
        return "estimado" if plain and len(table.headers) == 1 and by_words(table.title) == "income" else None
    if (
        table.kind not in _STAGE
        or _BESIDE.search(title)
        or not (_GIVES.search(title) or by_words(table.title) in BUDGET)
    ):
        return None
    if any(read_header(other).stage for other in table.headers):
        return None  # a table that prints the bill beside what was changed names the stage of each column that has one
    # Of several columns without a header nobody knows which is which.
    alone = len(table.headers) == 1 and bool(_OF_THE_WHOLE.search(title))
    return _STAGE[table.kind] if folded or alone else None


def _of_calendar(header: str, title: str, table: TitledColumns) -> str | None:
    """The year and its months: all of one stage, unless the table names another anywhere."""
    if not _OF_CALENDAR.match(header.split(" | ")[-1]) or any(read_header(other).stage for other in table.headers):
        return None
    if read_header(title.replace("ejercicio", "")).stage not in (None, "aprobado", "estimado"):
        return None
    income = by_words(table.title) == "income" or (table.income and "egresos" not in title)
    return "estimado" if income else "aprobado"


def _of_another_year(header: str | None, title: str, year: int | None) -> bool:
    """Whether the header, or the title alone, is of a year that is not the document's: what a law compares it does not approve."""
    named = read_header(header).fiscal_year
    years = {int(text) for text in _YEAR.findall(title)}
    return bool(year and ((named and named != year) or (not named and years and year not in years)))
