"""By what a table splits the money: from its title, its headers, and whether its rows are entries of a codebook."""

import re
from collections.abc import Mapping, Sequence

from warehouse.schema.text import fold

_WORDS = tuple(
    (classification, re.compile(pattern))
    for classification, pattern in (
        ("contract", r"\badjudica|\blicitaci|\bcontrato|\bproveedor|\binvitacion restringida"),
        ("object", r"\bobjeto del gasto\b|\bpor objeto\b|\bcapitulo[ ,/y]+concepto|\bpor capitulo|\bcog\b|\bpartida (generica|especifica)|\bcapitulo del gasto"),
        ("accounting", r"\bsituacion financiera\b|\bestado de actividades\b|\bflujos? de efectivo\b|\bhacienda publica\b|\banalitico del activo\b|\bbalanza\b|\bdeuda publica y otros\b|\banalitico de la deuda\b|\bcuentas? por pagar\b|\bbalance presupuestario\b|\bdeuda vigente\b|\bconciliacion\b|\bpasivos\b|\bbienes (muebles|inmuebles) que\b"),
        ("economic", r"\btipo de gasto\b|\bclasificacion economica\b"),
        ("funding", r"\bfuentes? de financiamiento\b|\borigen de los recursos\b|\bramo (?:general )?(?:33|28)\b|\baportaciones federales\b|\bparticipaciones federales\b|\bfondo de origen\b"),
        ("income", r"\bingresos?\b(?!.*\begresos?\b)|\brubros? de ingreso"),
        ("function", r"\bfuncional\b|\bfinalidad|\bcfg\b|\bfuncion y subfuncion"),
        ("administrative", r"\bclasificacion administrativa\b|\badministrativa\b|\bdependencias?\b|\bunidad(es)? responsables?\b|\bente publico y\b|\bramo\b"),
        ("programme", r"\bprogramatic|\bprogramas?\b|\bproyectos?\b|\bgasto por categoria"),
    )
)  # fmt: skip
# Money that a fund, a programme or a transfer is called after: `Fondo de Aportaciones para los Servicios de Salud` is no body.
_FUND = re.compile(
    r"^\W*(?:[a-z0-9]{1,4}[.)\-]? )?(?:[ivx]+[.)]? )?(?:sub)?(?:fondos?|programas?|subsidios?|aportacion(?:es)?|participacion(?:es)?|ramo (?:general )?(?:33|28)"
    r"|fassa|fone|fais|fortamun|convenios?|transferencias?|provisiones) (?:de |del |para |a |al |en |general |federal|\(|$)|^\W*(?:fassa|fone|fais|fortamun)\b"
)
# One unit of a government has a budget of its own pages, and is not the government.
_UNIT = re.compile(
    r"\b(?:ur|u r|unidad responsable|unidad administrativa|unidad ejecutora|dependencia|area)\s*:\s*(?P<name>\w.*)$"
)
# A table of the budget whose amounts a law approves, whatever its columns are called.
BUDGET = {"object", "function", "administrative", "programme", "economic", "funding"}
ENOUGH_ROWS = 3


def is_fund(name: str | None) -> bool:
    """Whether a name is that of a fund, a programme or a transfer, and not of who spends it."""
    return bool(_FUND.match(fold(name)))


def by_words(*texts: str | None) -> str:
    """The classification that the nearest words name: texts are given nearest first, and lines from the last."""
    for text in texts:
        for line in reversed((text or "").splitlines()):
            folded = fold(line)
            # Of several in one line, the last: 'Presupuesto de ingresos y egresos. Unidad responsable: Sindicatura'.
            matches = [
                (m.start(), -n, name) for n, (name, pattern) in enumerate(_WORDS) for m in pattern.finditer(folded)
            ]
            if matches:
                return max(matches)[2]
    return "unknown"


def by_rows(coded: Mapping[str, Sequence[str | None]], rows: int) -> str | None:
    """The codebook that at least half of the rows with a label belong to."""
    counts = {name: sum(code is not None for code in codes) for name, codes in coded.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= max(ENOUGH_ROWS, rows / 2) else None


def unit_in(text: str) -> str | None:
    """The one unit of a government that a folded line says the budget is of."""
    match = _UNIT.search(text)
    return match["name"].strip() if match else None
