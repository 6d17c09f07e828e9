"""The fiscal years that one line of text says: those of a budget, an account or a period, and those that it only mentions.

Not the year whose prices are used (`pesos de 2018`), not the day on which something was published, not the years of a plan.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.words.periods import PrintedLine, find_period
from warehouse.schema.lexicon import MONTH, YEAR
from warehouse.schema.text import fold


class YearsSaid(NamedTuple):
    """`fiscal` are the years of a budget, account or period; `mentioned` those that stand there without such a word.

    `ranged` where the budget itself is said to be of several years, `Ejercicio 2018-2019`: its figures are of none of them alone.
    """

    fiscal: frozenset[int] = frozenset()
    mentioned: frozenset[int] = frozenset()
    ranged: bool = False


_YEAR = re.compile(rf"(?<![\d.,$/-]){YEAR}(?![\d/]|[.,-]\d)")
_PRICES = re.compile(
    rf"\b(?:pesos|precios|valores|base)\s*(?:corrientes|constantes)?\s*(?:del?|=)?\s*(?:ano\s*)?{YEAR}"
)
_PLAN = re.compile(rf"(?<!\d){YEAR}\s*(?:[-–—/]|al?)\s*(?:{YEAR}|\d\d)(?!\d)")
# The years of a budget, not of a government or a plan: those stand behind other words.
_RANGE = re.compile(
    rf"\b(?:ejercicios?(?: fiscal(?:es)?)?|presupuestos?(?: de (?:egresos|ingresos))?(?: (?:bi|tri)enal(?:es)?| (?:multi|pluri)anual(?:es)?)?|anos? fiscal(?:es)?|cuentas? publicas?)"
    rf"\s*(?:de los anos |de |del )?(?P<first>{YEAR})\s*(?:[-–—/]|al?)\s*(?P<last>{YEAR}|\d\d)(?!\d)"
)
_ONES = "uno dos tres cuatro cinco seis siete ocho nueve"
_TENS = "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte"
_NAMED = {name: n for n, name in enumerate([*_ONES.split(), *_TENS.split()], 1)}
_NAMED |= {f"veinti{name}": 20 + n for n, name in enumerate(_ONES.split(), 1)} | {"treinta": 30}
_NAMED |= {f"treinta y {name}": 30 + n for n, name in enumerate(_ONES.split(), 1)}
_IN_WORDS = re.compile(
    rf"\bdos mil (?P<name>{'|'.join(sorted(_NAMED, key=len, reverse=True))})\b(?! (?:mil|millon|pesos))"
)
_DAY = re.compile(
    rf"\b\d{{1,2}}(?:o|ro)?\.?\s*(?:de\s*)?{MONTH}\b\.?\s*(?:del?\s*)?(?:ano\s*)?{YEAR}|\b\d{{1,2}}[/-](?:\d{{1,2}}|{MONTH})[/-]{YEAR}|{YEAR}-\d\d-\d\d"
)
_FISCAL = re.compile(
    r"\b(?:ejercicios?|cuenta publica|ano fiscal|presupuest\w*|egresos?|ingresos?|gastos?|finanzas publicas|ano|anual|avance|calendario"
    r"|estado analitico|poa|pef|ppef|trimestre|semestre)\b"
)
_PUBLISHED = re.compile(
    r"\b(?:publicad[oa]s?|publicacion|reformad?[oa]?s?|expedid[oa]|decreto|periodico oficial|p\. ?o\.|gaceta|dof|oficio|acta|sesion|fecha|impres[oa]|version"
    r"|vigente hasta|folio|acuerdo|contrato|credito|convenio|emision)\b"
)
_HEADING = re.compile(
    rf"^\W*(?:ejercicio(?: fiscal)?|ano|presupuesto(?: de egresos)?(?: aprobado| modificado)?|cuenta publica)\s*(?:del? )?(?:ano )?(?P<year>{YEAR})\W*$"
)


@lru_cache(maxsize=100_000)
def years_in(text: str | None) -> YearsSaid:
    """The years that a line says."""
    folded = _IN_WORDS.sub(lambda match: str(2000 + _NAMED[match["name"]]), fold(text))
    if not re.search(YEAR, folded):
        return YearsSaid()
    if over := _RANGE.search(folded):
        first, last = over["first"], over["last"]
        return YearsSaid(frozenset({int(first), int(first[: 4 - len(last)] + last)}), ranged=True)
    plain = _PLAN.sub(" ", _PRICES.sub(" ", _DAY.sub(" ", folded)))
    word = _FISCAL.search(plain)
    numbers = [(match.start(), int(match[0])) for match in _YEAR.finditer(plain)]
    fiscal = {year for at, year in numbers if word and word.start() < at}
    fiscal |= _of_period(str(text))
    # 2000 alone is the chapter of materials and supplies.
    mentioned = set() if _PUBLISHED.search(plain) else {year for _, year in numbers} - fiscal - {2000}
    return YearsSaid(frozenset(fiscal), frozenset(mentioned))


def _of_period(text: str) -> set[int]:
    period = find_period([PrintedLine(text)])
    return set() if period is None else {period.end.year, *([period.start.year] if period.start else [])}


@lru_cache(maxsize=100_000)
def year_of_heading(label: str | None) -> int | None:
    """The year of a row that is nothing but the heading of a year: `Ejercicio fiscal 2022`."""
    match = _HEADING.match(fold(label))
    return int(match["year"]) if match else None
