"""The states that are not typeset, one file of delimited text a year, in the columns of INEGI's own file.

Every row says in its first column that the project composed it. INEGI's own bytes are fetched, never imitated: the source list
`inegi-efipem` says where they are.
"""

import csv
import io

from sources.sample.content import EFIPEM, NOT_ORIGINAL
from sources.sample.figures import statement

COLUMNS = (
    "PROD_EST", "COBERTURA", "ANIO", "ID_ENTIDAD", "TEMA", "CATEGORIA", "DESCRIPCION_CATEGORIA", "VALOR", "ESTATUS",
)  # fmt: skip
# INEGI's words for the level of a line: a partida that has parts is a generic one, and so are its parts.
LEVELS = ("Tema", "Capítulo", "Concepto", "Partida Genérica", "Subpartida Genérica")
COMPOSED = f"{NOT_ORIGINAL} Fuente: {EFIPEM}"
# A published figure that nothing of the file proves, because those beside it are not carried: after the others, part of no line.
SELECTED = "Partida seleccionada"


def typeset(states: list[str], year: int) -> bytes:
    """The spending of these states (INEGI keys) in a year: a row a line, the whole before its parts, pesos."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for state in states:
        figures = statement(state, year)
        status = "Cifras Preliminares." if figures.preliminary else "Cifras Definitivas."
        rows = [(LEVELS[line.depth], line) for line in figures.lines()]
        rows += [(SELECTED, line) for line in figures.selected]
        writer.writerows(
            (COMPOSED, "Estatal", year, state, "Egresos", level, line.label, line.pesos, status) for level, line in rows
        )
    return text.getvalue().encode()
