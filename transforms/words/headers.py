"""What the header of an amount column says: which budget stage, which fiscal year.

Only the words of the header (and the document's hint). Whether its column is money at all is in
`warehouse.schema.column_kind`; what a stage is worth in a sum is for `transforms.core.proof`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from warehouse.schema import lexicon
from warehouse.schema.column_kind import PERCENTAGE, QUANTITY, kind_by_words
from warehouse.schema.text import fold, one_edit_apart
from warehouse.schema.vocabulary import STAGES

_MONTH = re.compile(rf"^{lexicon.MONTH}")
# Two stages in one cell, which the formats of the financial discipline law print for both sides of the budget.
_SPENDING_BESIDE_INCOME = {
    frozenset({"estimado", "aprobado"}): "aprobado",
    frozenset({"recaudado", "pagado"}): "pagado",
    frozenset({"devengado", "recaudado"}): "devengado",
}
_DIFFERENCE = re.compile(
    r"\bvariacion|\bcierre (?:estimado|previsto|esperado|probable)|\bestimad[oa] (?:de|al) cierre|\bdiferencia|\bpor ejercer\b|\bdisponible\b|\bsaldo|\bavance\b|\bvs\.?\b|\bcontra\b"
)
_DEFAULTED = re.compile(
    r"\bvalor\b|\bimportes?\b|\bmontos?\b|\btotal|\basignacion|\bpresupuesto|\bpesos\b|\brecursos?\b|\bgasto|\begresos?\b"
)
_NOT_BUDGET = re.compile(
    r"\bsaldo|\bdeuda\b|\bsueldo|\bsalari|\bmensual|\bminim|\bmaxim|\btasa\b|\bprecio|\bcredito|\bplazo|\bvariacion|\bdiferencia|\bhasta\b|\bdesde\b|\bcierre\b|\bmayor|\bbase\b"
)
# 2000 over amounts is the chapter of materials and supplies.
_YEAR = re.compile(r"(?<!\d)(?!2000(?!\d))(?:19[89]\d|20[0-4]\d)(?!\d)")
# 'Año del Ejercicio Vigente' is this year, and no revised budget.
_CURRENT_YEAR = re.compile(r"\b(?:ano|ejercicio|periodo)(?: del? ejercicio)?(?: fiscal)? vigente\b")
_BRACKETS = re.compile(r"\([^)]*\)")
_LETTERS = re.compile(r"[^a-z]+")
# `Año del ejercicio vigente` is a year: only a budget in force is a modified one.
_CURRENT_YEAR = re.compile(r"\b(?:ano|ejercicio|periodo)(?: (?:fiscal|presupuesta(?:l|rio)))?[ -]+vigente\b")


class Header(NamedTuple):
    """The budget stage and the fiscal year that a header names."""

    stage: str | None
    fiscal_year: int | None


@lru_cache(maxsize=50_000)
def read_header(header: str | None) -> Header:
    """The meaning of a header whose levels are joined by ' | ' from the top. Rates and counts have no stage."""
    lowest_first = [fold(level) for level in (header or "").split(" | ")][::-1]
    return Header(None if _is_no_money(header) else _stage(lowest_first), _fiscal_year(lowest_first))


def _is_no_money(header: str | None) -> bool:
    column = kind_by_words(header)
    return column.sure and column.kind in (PERCENTAGE, QUANTITY)


_STAGE_ONLY = re.compile(
    rf"(?:(?:presupuesto|gasto|egresos?|ingresos?|monto|importe|total|de|y|/|\(|\)|{lexicon.STAGE_WORD})[ .:]*)+"
)


@lru_cache(maxsize=100_000)
def stage_in_label(label: str | None) -> str | None:
    """The stage that a row's label names and nothing else: some tables print the stages below one another."""
    folded = fold(label)
    return read_header(label).stage if folded and _STAGE_ONLY.fullmatch(folded) else None


# What a document is says the stage that its columns leave out. INEGI's manual for the state finance statistics (EFIPEM)
# asks governments for the "Presupuesto Ejercido por Objeto de Gasto a nivel de Partida".
_STAGE_OF_KIND = {"ley": "aprobado", "proyecto": "proyecto", "estadistica": "ejercido"}


def stage_of(
    header: str | None, hints: Mapping[str, str], kind: str | None, budget: bool, year: int | None = None
) -> str | None:
    """The stage of an amount column: the document's hint, then the header's words, then what the document is.

    A law prints approved amounts under 'Importe' or 'Monto' without saying so; `budget` is whether the table is one
    of the classifications of spending, where even a column named after a fund is approved money and `Estimado/Aprobado`
    is approved. `year` is the document's: what a law prints of another year, to compare, it does not approve.
    """
    for hinted, stage in hints.items():
        if is_hinted(header, hinted):
            return stage if stage in STAGES else None
    folded, read = fold(header), read_header(header)
    if budget and not read.stage and (spent := _of_spending(folded)):
        return spent
    if read.stage or kind not in _STAGE_OF_KIND or _is_no_money(header):
        return read.stage
    if (year and read.fiscal_year and read.fiscal_year != year) or any(map(_mentioned, folded.split(" | "))):
        return None
    if _NOT_BUDGET.search(folded) or not (budget or _DEFAULTED.search(folded)):
        return None
    return _STAGE_OF_KIND[kind]


def is_hinted(header: str | None, hinted: str) -> bool:
    """Whether the words of a hint are those of the header, or stand in it."""
    wanted, folded = fold(hinted), fold(header)
    return wanted == folded or bool(wanted and wanted in folded)


def _stage(lowest_first: list[str]) -> str | None:
    for level in lowest_first:
        stages = _mentioned(level)
        if stages:
            return _only(stages) if not _DIFFERENCE.search(level) or "subejercicio" in stages else None
    return None


def _of_spending(header: str) -> str | None:
    """The expenditure stage of a folded header that names one of income beside it."""
    for level in reversed(header.split(" | ")):
        if stages := _mentioned(level):
            return None if _DIFFERENCE.search(level) else _SPENDING_BESIDE_INCOME.get(frozenset(stages))
    return None


def _mentioned(level: str) -> set[str]:
    """Stages named in one header level; what is in brackets explains the rest, and counts only if nothing else does."""
    level = _CURRENT_YEAR.sub(" ", level)
    for text in (_BRACKETS.sub(" ", level), level):
        stages = _by_stem(text) or _by_word(text)
        if stages:
            return stages
    return set()


def _by_stem(text: str) -> set[str]:
    compact, stages = _LETTERS.sub("", text), set()
    for stem, stage in lexicon.STAGE_STEMS:
        if stem in compact:
            stages.add(stage)
            compact = compact.replace(stem, " ")
    if stages == {"modificado", "aprobado"} and "autorizad" in _LETTERS.sub("", text):
        stages = {"modificado"}  # 'Presupuesto modificado autorizado'
    return stages


def _by_word(text: str) -> set[str]:
    """A header that is one word with a stage's meaning, or a stage with one letter wrong."""
    tokens = [_LETTERS.sub("", token) for token in text.split()]
    alone = lexicon.STAGE_ALONE.get("".join(tokens))
    if alone:
        return {alone}
    if len(tokens) > 1 and tokens[0] in lexicon.STAGE_ABBREVIATED and _MONTH.match(tokens[1]):
        return {lexicon.STAGE_ABBREVIATED[tokens[0]]}
    near = {
        word for token in tokens if len(token) >= 6 for word in lexicon.STAGE_SPELLED if one_edit_apart(token, word)
    }
    return {stage for word in near for stage in _by_stem(word)} if len(near) == 1 else set()


def _only(stages: set[str]) -> str | None:
    """The one stage of a level. `Estimado/Aprobado` stands over income and spending alike: it is the stage of neither."""
    if len(stages) == 1:
        return next(iter(stages))
    return "subejercicio" if "subejercicio" in stages else None


def _fiscal_year(lowest_first: list[str]) -> int | None:
    for level in lowest_first:
        years = set(_YEAR.findall(level))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
