"""What each sample document says: its letterhead, titles, tables, notes and the notice on every page.

How that looks on paper or in a workbook belongs to `pdf`, `xlsx` and `ods`.
"""

from dataclasses import dataclass
from itertools import groupby

from sources.sample.figures import PublishedLine, office, statement

STATES = {"26": "Sonora", "08": "Chihuahua", "11": "Guanajuato", "19": "Nuevo León"}
EFIPEM = "INEGI, Estadística de Finanzas Públicas Estatales y Municipales (EFIPEM)"
OFFICE_SOURCE = (
    "Analítico Anual por Dependencia/UR/Capítulo/Fondo/Partida, cuarto trimestre, publicado en imagen en "
    "hyeomans/hyeomans.github.io (c298eb14)"
)
COMPOSER = "Composición de Peso a Peso con cifras publicadas por el INEGI"
NOT_ORIGINAL = "Compuesto por Peso a Peso a partir de cifras publicadas; no es el documento original."


@dataclass(frozen=True)
class SampleRow:
    """A printed row. `depth` is 0 for the total; `within` names the whole of a figure printed apart from it."""

    label: str
    amounts: tuple[int, ...]
    depth: int
    code: str = ""
    within: str = ""
    bold: bool = False


@dataclass(frozen=True)
class SampleTable:
    """A printed table. `headings` are those of the amount columns; `group` is printed over them all."""

    label_heading: str
    group: str
    headings: tuple[str, ...]
    rows: tuple[SampleRow, ...]
    title: str = ""
    within_heading: str = ""
    column_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole document, before anybody decides how it looks."""

    letterhead: tuple[str, ...]
    titles: tuple[str, ...]
    period: str
    unit: str
    tables: tuple[SampleTable, ...]
    notes: tuple[str, ...]
    notice: str


def efipem(state: str, year: int) -> Content:
    """The spending of a state in a year, by object, as INEGI publishes it.

    An *Estado Analítico* is a statement that the law asks of the government (LGCG, article 46): a statistic of INEGI is none, and
    its title here says which statistic it is and who composed the page.
    """
    figures = statement(state, year)
    status = "cifras preliminares" if figures.preliminary else "cifras definitivas"
    tables = [SampleTable("Concepto", "Egresos", ("Ejercido",), tuple(_rows(figures.lines())))]
    notes = [
        "«Secretaría de salud» es solo la nómina de la dependencia; el gasto en salud que pasa por otros entes está en "
        "«Instituciones y programas de salud».",
    ]
    if figures.selected:
        rows = tuple(SampleRow(x.label, (x.pesos,), 1, x.code, within=x.key[1]) for x in figures.selected)
        tables.append(
            SampleTable("Partida", "Egresos", ("Ejercido",), rows, "Partidas seleccionadas", "Dentro del concepto")
        )
        notes.append("Las partidas seleccionadas ya están incluidas en su concepto: no se suman a la tabla anterior.")
    return Content(
        letterhead=(COMPOSER,),
        titles=(
            "EFIPEM, egresos por objeto del gasto (capítulo, concepto y partida)",
            f"Gobierno del Estado de {STATES[state]}",
        ),
        period=f"Del 1 de enero al 31 de diciembre de {year}",
        unit="(Pesos)",
        tables=tuple(tables),
        notes=tuple(notes),
        notice=f"{NOT_ORIGINAL} Fuente: {EFIPEM}, {STATES[state]}, {year}, {status}.",
    )


def communication_office() -> Content:
    """The communication office of Sonora in 2022, by partida, with five stages: one table per unit.

    Underspending is not printed: it could only be computed from the same figures, and would then seem to prove them.
    """
    headings = ("Aprobado", "Ampliaciones/ (Reducciones)", "Modificado", "Devengado", "Pagado")
    tables = []
    for unit, lines in groupby(office(), key=lambda line: line.unit):
        rows = tuple(
            SampleRow(x.name, x.stages, 1, x.partida) if x.partida else SampleRow("Total", x.stages, 0, bold=True)
            for x in lines
        )
        table = SampleTable(
            "Partida genérica",
            "Egresos",
            headings,
            rows,
            f"Unidad responsable: {unit}",
            column_numbers=("1", "2", "3 = (1 + 2)", "4", "5"),
        )
        tables.append(table)
    return Content(
        letterhead=("Gobierno del Estado de Sonora", "Comunicación Social"),
        titles=("Analítico del Presupuesto de Egresos", "Clasificación por Objeto del Gasto (Partida)"),
        period="Del 1 de enero al 31 de diciembre de 2022",
        unit="(Pesos)",
        tables=tuple(tables),
        notes=(
            "La fuente da la clave de cada partida; el nombre es el de la partida genérica del clasificador del CONAC "
            "que abre esa clave.",
            "Los totales son los que la fuente declara; difieren hasta en dos pesos de la suma, por redondeo.",
        ),
        notice=f"{NOT_ORIGINAL} Fuente: {OFFICE_SOURCE}.",
    )


def _rows(lines: list[PublishedLine]) -> list[SampleRow]:
    """The hierarchy as rows. A code is printed only under a printed code, so that codes and indents tell one tree."""
    coded: set[tuple[str, ...]] = {()}
    rows = []
    for line in lines:
        code = line.code if line.key[:-1] in coded else ""
        if code:
            coded.add(line.key)
        rows.append(SampleRow(line.label, (line.pesos,), line.depth, code, bold=line.depth < 2))
    return rows
