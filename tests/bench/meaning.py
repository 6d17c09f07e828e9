"""What an amount of a workbook means by its words: stage, year, unit and body. Written apart from `transforms`, as `words` is.

What its value, label and column are is in `truth`.
"""

import re
from collections.abc import Iterable, Sequence

from tests.bench.amounts import Fact, Read, Words
from tests.bench.words import tokens

_STAGES = {
    "proyecto": "proyecto",
    "aprobado": "aprobado",
    "aprobada": "aprobado",
    "autorizado": "aprobado",
    "ampliaciones": "ampliaciones_reducciones",
    "reducciones": "ampliaciones_reducciones",
    "modificado": "modificado",
    "vigente": "modificado",
    "comprometido": "comprometido",
    "devengado": "devengado",
    "ejercido": "ejercido",
    "pagado": "pagado",
    "subejercicio": "subejercicio",
    "estimado": "estimado",
    "estimada": "estimado",
    "recaudado": "recaudado",
    "recaudada": "recaudado",
}
_YEAR = re.compile(r"(?<!\d)(20[0-4]\d|199\d)(?!\d)")
_SCALES = (("miles de millones", 10**9), ("millones", 10**6), ("mdp", 10**6), ("miles", 10**3))
_BODY = {"instituto", "municipio", "ayuntamiento", "secretaria", "sistema", "comision", "universidad", "gobierno"}
_PARTICLES = {"de", "del", "el", "la", "y", "para"}
_STATE = _PARTICLES | {"ente", "publico", "gobierno", "estado", "municipio", "gto", "guanajuato", "michoacan", "mich"}


def stages_of(cells: Iterable[Words]) -> set[str]:
    """The stages that the nearest of some cells says that says any."""
    for cell in cells:
        if stages := {_STAGES[word] for word in cell if word in _STAGES}:
            return stages
    return set()


def years_of(texts: Iterable[str]) -> set[int]:
    """The years that the first of some texts says that says any."""
    for text in texts:
        if years := {int(year) for year in _YEAR.findall(text)}:
            return years
    return set()


def unit_of(texts: Sequence[str]) -> int:
    """Pesos of a printed unit, by the title lines and headers; without a word of it they are pesos."""
    said = " ".join(" ".join(tokens(text)) for text in texts)
    return next((pesos for words, pesos in _SCALES if re.search(rf"\b{words}\b", said)), 1)


def wrong_facets(fact: Fact, read: Read) -> set[str]:
    """In which of stage, year, unit and body what was read says otherwise than the workbook. What it does not say is not judged:
    a stage that follows from what the document is, a body that no line over the table names. A header of two stages is of none.
    """
    wrong = set()
    if read.stage is not None and fact.stages and fact.stages != {read.stage}:
        wrong.add("stage")
    if read.year is not None and fact.years and read.year not in fact.years:
        wrong.add("time")
    if read.multiplier is not None and read.multiplier != fact.unit:
        wrong.add("unit")
    named = [line for line in fact.body if _BODY & set(line[:3])]
    if read.body and named and not any(_same_body(read.body, line) for line in named):
        wrong.add("body")
    return wrong


def _same_body(read: Words, line: Words) -> bool:
    """Whether a name is what a line says, but for its state and one word of many; `ITESG (Guanajuato)` by its first letters."""
    name, printed = set(read) - _STATE, set(line) - _STATE
    if len(name) == 1:
        (word,) = name
        initials = iter(word)
        return word in printed or all(w[0] in initials for w in line if w not in _PARTICLES)
    return len(name - printed) <= (len(name) > 3) and not printed - name
