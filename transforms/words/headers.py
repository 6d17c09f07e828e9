"""What the header of an amount column says: money or not, which budget stage, which fiscal year.

Only the words of the header (and the document's hint). What a stage is worth in a sum is for `identities`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from transforms.words.text import fold, one_edit_apart
from warehouse.schema.vocabulary import STAGES

# Stems looked for in the header with everything but letters removed, so that a word broken by a line or a cell border
# is still found. Order matters: a stem that contains another one's comes first.
_STEMS: tuple[tuple[str, str], ...] = (
    ("subejercicio", "subejercicio"),
    ("ampliacion", "ampliaciones_reducciones"), ("reduccion", "ampliaciones_reducciones"), ("amplred", "ampliaciones_reducciones"),
    ("adecuacion", "ampliaciones_reducciones"), ("modificacion", "ampliaciones_reducciones"),
    ("modificad", "modificado"), ("vigente", "modificado"),
    ("comprometid", "comprometido"), ("devengad", "devengado"), ("ejercid", "ejercido"), ("pagad", "pagado"),
    ("estimad", "estimado"), ("recaudad", "recaudado"),
    ("proyectodepresupuesto", "proyecto"), ("proyectopresupuesto", "proyecto"), ("iniciativa", "proyecto"),
    ("aprobad", "aprobado"), ("presupuestooriginal", "aprobado"), ("presupuestoinicial", "aprobado"),
    ("autorizad", "aprobado"), ("asignad", "aprobado"),
)  # fmt: skip
_ALONE = {"original": "aprobado", "inicial": "aprobado", "proyecto": "proyecto", "pagos": "pagado"}
# 'Dev Ene-Mar': abbreviated, and only where a month follows, so that 'Pag.' stays a page.
_ABBREVIATED = {
    "apr": "aprobado", "aprob": "aprobado", "prm": "modificado", "mod": "modificado", "com": "comprometido", "comp": "comprometido",
    "dev": "devengado", "eje": "ejercido", "ejer": "ejercido", "pag": "pagado", "seje": "subejercicio",
}  # fmt: skip
_MONTH = re.compile(r"^(ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)")
_SPELLED = (
    "aprobado", "ampliaciones", "reducciones", "modificado", "comprometido", "devengado", "ejercido", "pagado",
    "subejercicio", "estimado", "recaudado", "autorizado",
)  # fmt: skip
# Two stages in one header cell that LDF formats print for both sides of the budget: the expenditure one is kept.
_BOTH_SIDES = ({"estimado", "aprobado"}, {"recaudado", "pagado"}, {"devengado", "recaudado"})

# `IVA 16%` is money: a sign after digits is the rate of what the header names.
_PERCENT_SIGN = re.compile(r"(?<!\d)(?<!\d )%")
_PERCENT = re.compile(
    _PERCENT_SIGN.pattern
    + r"|\bporcentaje|\bporcentual|\bpor ?ciento\b|\btasa\b|\bavance (fisico|financiero)|\bindice\b"
)
_QUANTITY = re.compile(
    r"\bplazas?\b|\bmetas?\b|\bnumero de\b|\bno\. de\b|\bnum\. de\b|\bbeneficiari|\bpersonas\b|\bhoras\b|\bplazo\b"
    r"|\bunidades\b|\bcantidad de\b|\bpoblacion\b|\bdias\b|\bmeses\b|\bpuntaje\b"
)
_CODE = re.compile(
    r"^(clave|codigo|partida|cog|cri|cfg|ur|no\.?|num\.?|numero|folio|id|rfc|consecutivo|contrato|capitulo|registro|expediente)$"
)
_YEAR_ONLY = re.compile(r"^(ano|anio|ejercicio|ejercicio fiscal|year)$")
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
_BRACKETS = re.compile(r"\([^)]*\)")
_LETTERS = re.compile(r"[^a-z]+")


class Header(NamedTuple):
    """`kind` is amount, percentage, quantity, code or year; only amounts become `core.amount` rows."""

    kind: str
    stage: str | None
    fiscal_year: int | None


@lru_cache(maxsize=50_000)
def read_header(header: str | None) -> Header:
    """The meaning of a header whose levels are joined by ' | ' from the top."""
    levels = [fold(level) for level in (header or "").split(" | ")]
    lowest_first = levels[::-1]
    kind = _kind(lowest_first)
    return Header(kind, _stage(lowest_first) if kind == "amount" else None, _fiscal_year(lowest_first))


_STAGE_ONLY = re.compile(
    r"(?:(?:presupuesto|gasto|egresos?|ingresos?|monto|importe|total|de|y|/|\(|\)|aprobad[oa]|original|inicial|autorizad[oa]|ampliacion(?:es)?|reduccion(?:es)?"
    r"|modificad[oa]|vigente|comprometid[oa]|devengad[oa]|ejercid[oa]|pagad[oa]|estimad[oa]|recaudad[oa]|subejercicio)[ .:]*)+"
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
    of the classifications of the budget, where even a column named after a fund is approved money. `year` is the
    document's: what a law prints of another year, to compare, it does not approve.
    """
    folded = fold(header)
    for hinted, stage in hints.items():
        if fold(hinted) == folded or (fold(hinted) and fold(hinted) in folded):
            return stage if stage in STAGES else None
    read = read_header(header)
    if read.stage or kind not in _STAGE_OF_KIND or read.kind != "amount":
        return read.stage
    if year and read.fiscal_year and read.fiscal_year != year:
        return None
    if _NOT_BUDGET.search(folded) or not (budget or _DEFAULTED.search(folded)):
        return None
    return _STAGE_OF_KIND[kind]


def _kind(lowest_first: list[str]) -> str:
    lowest = next((level for level in lowest_first if level), "")
    if _PERCENT.search(lowest) or any(_PERCENT_SIGN.search(level) for level in lowest_first):
        return "percentage"
    if _YEAR_ONLY.match(lowest):
        return "year"
    if _CODE.match(lowest):
        return "code"
    if _QUANTITY.search(lowest) and "pesos" not in lowest and not _DEFAULTED.search(lowest):
        return "quantity"
    return "amount"


def _stage(lowest_first: list[str]) -> str | None:
    for level in lowest_first:
        found = _mentioned(level)
        if found:
            return _only(found) if not _DIFFERENCE.search(level) or "subejercicio" in found else None
    return None


def _mentioned(level: str) -> set[str]:
    """Stages named in one header level; what is in brackets explains the rest, and counts only if nothing else does."""
    for text in (_BRACKETS.sub(" ", level), level):
        found = _by_stem(text) or _by_word(text)
        if found:
            return found
    return set()


def _by_stem(text: str) -> set[str]:
    compact, found = _LETTERS.sub("", text), set()
    for stem, stage in _STEMS:
        if stem in compact:
            found.add(stage)
            compact = compact.replace(stem, " ")
    if found == {"modificado", "aprobado"} and "autorizad" in _LETTERS.sub("", text):
        found = {"modificado"}  # 'Presupuesto modificado autorizado'
    return found


def _by_word(text: str) -> set[str]:
    """A header that is one word with a stage's meaning, or a stage with one letter wrong."""
    tokens = [_LETTERS.sub("", token) for token in text.split()]
    alone = _ALONE.get("".join(tokens))
    if alone:
        return {alone}
    if len(tokens) > 1 and tokens[0] in _ABBREVIATED and _MONTH.match(tokens[1]):
        return {_ABBREVIATED[tokens[0]]}
    near = {word for token in tokens if len(token) >= 6 for word in _SPELLED if one_edit_apart(token, word)}
    return {stage for word in near for stage in _by_stem(word)} if len(near) == 1 else set()


def _only(found: set[str]) -> str | None:
    if len(found) == 1:
        return next(iter(found))
    if "subejercicio" in found:
        return "subejercicio"
    if found in _BOTH_SIDES:
        return "aprobado" if "aprobado" in found else "pagado" if "pagado" in found else "devengado"
    return None


def _fiscal_year(lowest_first: list[str]) -> int | None:
    for level in lowest_first:
        years = set(_YEAR.findall(level))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
