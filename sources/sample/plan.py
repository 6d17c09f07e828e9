"""Which sample documents there are, and which format and look each one takes.

The looks themselves are in `looks` (paper) and in `xlsx` and `ods`.
"""

from dataclasses import dataclass

from sources.sample.content import STATES, Content, communication_office, efipem
from sources.sample.figures import YEARS, states

OFFICE_BODY = "26-comunicacion-social"
SLUGS = {"26": "sonora", "08": "chihuahua", "11": "guanajuato", "19": "nuevo-leon"}


@dataclass(frozen=True)
class Plan:
    """One document to make. `year` and `government_id` also go to the catalogue entry; of a table of many states it has none."""

    document_id: str
    file_name: str
    government_id: str | None
    year: int
    format: str
    look: str

    def content(self) -> Content:
        """What is printed in it. Raises ValueError for a table of many states, which is rows and no page."""
        if self.government_id is None:
            raise ValueError(f"{self.file_name} has no page")
        return communication_office() if self.government_id == OFFICE_BODY else efipem(self.government_id, self.year)


def plans() -> list[Plan]:
    """All the documents, always in the same order."""
    made = [_state_year(state, year) for state in STATES for year in YEARS]
    tables = [
        Plan(f"sample-efipem-{year}", f"efipem-compuesto-{year}.csv", None, year, "csv", "inegi") for year in YEARS
    ]
    office = Plan(
        "sample-26-comunicacion-social-2022",
        "comunicacion-social-sonora-2022.pdf",
        OFFICE_BODY,
        2022,
        "pdf",
        "analitico",
    )
    return [*made, *tables, office]


def tabled_states() -> list[str]:
    """The states of the tables: those with no page of their own, so that no figure is in the sample twice."""
    return [state for state in states() if state not in STATES]


def _state_year(state: str, year: int) -> Plan:
    kind, look = _look(state, year)
    name = f"egresos-{SLUGS[state]}-{year}.{kind}"
    return Plan(f"sample-{state}-{year}", name, state, year, kind, look)


def _look(state: str, year: int) -> tuple[str, str]:
    """Format and look of a state's document; governments change their templates over the years, and so do these."""
    if state == "26":
        return "pdf", "cuadro" if year < 2019 else "lista" if year < 2021 else "cuenta_publica"
    if state == "08":
        return "xlsx", "claves" if year < 2019 else "sin_claves"
    if state == "11":
        return ("ods", "ods") if year in (2019, 2020) else ("pdf", "ley")
    return ("pdf", "ldf") if year < 2019 else ("xlsx", "claves" if year < 2021 else "sin_claves")
