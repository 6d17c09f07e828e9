"""On what a guess about a document rests: a sentence in each language, and whether a person should check it.

What is guessed, and from which words, is decided in the other files of the room.
"""

from typing import NamedTuple, Self

from transforms.words.periods import PrintedLine
from warehouse.schema.vocabulary import Term

GOVERNMENT_OPTION, KIND_OPTION = (
    Term(f"; give it with {option}", f"; indíquelo con {option}") for option in ("--government", "--kind")
)

FILE_NAME, FOLDER = Term("the file's name", "el nombre del archivo"), Term("the folder", "la carpeta")


def of_page(page: object) -> Term:
    """A page, by its number in the file."""
    return Term(f"page {page}", f"página {page}")


def above_table(table: object, page: object) -> Term:
    """Over a table, by its number, and the page or sheet where it begins."""
    return Term(f"above table {table}, {page}", f"sobre la tabla {table}, {page}")


def _column(en: str, es: str) -> Term:
    return Term(f"the {en}, the same in every row", f"la {es}, igual en todos los renglones")


BODY_COLUMN = _column("column of the body", "columna del ente")
PRODUCT_COLUMN = _column("column that names the product", "columna que nombra el producto")
PUBLISHER_COLUMN = _column("column that names who published it", "columna que nombra a quien lo publicó")


class Ground(NamedTuple):
    """Why a field is guessed so, or is not guessed; `weak` where the words may mislead."""

    en: str
    es: str
    weak: bool = False

    @classmethod
    def of(cls, said: Term, weak: bool = False) -> Self:
        """The sentence; one that is weak asks to be checked."""
        return cls(f"{said.en}; check it", f"{said.es}; revíselo", True) if weak else cls(*said)

    def followed(self, en: str, es: str) -> Self:
        """The sentence with more at its end."""
        return self._replace(en=self.en + en, es=self.es + es)


def named_in(line: PrintedLine) -> Ground:
    """The line names it."""
    quoted = line.quoted
    return Ground(f"named in {quoted.en}", f"se nombra en {quoted.es}")


def only_named_by(line: PrintedLine) -> Ground:
    """Nothing but the name of a file or a folder says it."""
    where, quoted = line.where, line.quoted
    return Ground.of(Term(f"only {where.en} says it: {quoted.en}", f"solo lo dice {where.es}: {quoted.es}"), weak=True)


ONLY_FILE_NAME = Ground(
    "only the file's name says it; give it in the entry", "solo lo dice el nombre del archivo; escríbalo en la ficha"
)
HEADERS = Ground("the headers of the amount columns", "los encabezados de las columnas de importes")
NO_STAGES = Ground("no header names a budget stage", "ningún encabezado nombra un momento contable")
ROWS = Ground("the columns of its rows", "las columnas de sus renglones")
GOVERNMENT_COLUMN = Ground.of(_column("column that names the government", "columna que nombra el gobierno"))
YEAR_COLUMN = Ground.of(_column("year column", "columna del año"))
PERIOD_COLUMNS = Ground(
    "the columns with the first and last day of each row's period",
    "las columnas con el primer y el último día del periodo de cada renglón",
)
WHOLE_YEAR_SAID = Ground(
    "the whole fiscal year, as its words or its kind say",
    "todo el ejercicio fiscal, como dicen sus palabras o su clase",
)
NO_PERIOD = Ground("no period is named; give it in the entry", "no se nombra el periodo; escríbalo en la ficha")
