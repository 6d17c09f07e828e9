"""The published figures behind the sample, as trees that add up.

Only reading the carried CSV files belongs here (see figures/README.md for where they come from); what is printed with
them is in `content`. Figures are whole pesos, as published, and are never changed.
"""

import csv
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "figures"

# The keys of a line, from the whole to the part; a line's depth is how many of them it has.
LEVELS = ("capitulo", "concepto", "partida", "subpartida")

LineKey = tuple[str, ...]

YEARS = range(2015, 2023)
PRELIMINARY = frozenset({2022})  # "cifras preliminares" in INEGI's file; those of the other years are final


@dataclass
class PublishedLine:
    """One published figure, with the published parts of it where they are complete."""

    key: LineKey
    pesos: int
    label: str
    code: str = ""
    parts: list["PublishedLine"] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """0 for the total, 1 for a chapter, and so on."""
        return len(self.key)


@dataclass
class Statement:
    """The spending of one state in one year.

    `total` holds only parts that add up to their whole. `selected` are published figures that cannot be placed so,
    because the parts beside them are not carried: they are printed apart, and nothing on the page proves them.
    """

    total: PublishedLine
    selected: list[PublishedLine]
    preliminary: bool

    def lines(self) -> list[PublishedLine]:
        """The hierarchy in reading order, the total first."""
        return _walk(self.total)


@dataclass(frozen=True)
class OfficeLine:
    """One partida (or the stated total) of one unit of the communication office, with its five stages."""

    unit: str
    fund: str
    capitulo: str
    partida: str
    name: str
    stages: tuple[int, int, int, int, int]


def statement(state: str, year: int) -> Statement:
    """The statement of one state (INEGI key) and year.

    A line's parts stay only where they add up to it exactly; otherwise they become `selected`.
    """
    lines = {key: _line(key, pesos) for key, pesos in _published()[state, year].items()}
    selected: list[PublishedLine] = []
    for key, line in lines.items():
        if key:
            whole = lines.get(key[:-1])
            (selected if whole is None else whole.parts).append(line)
    for line in list(lines.values()):
        if line.parts and sum(part.pesos for part in line.parts) != line.pesos:
            selected += [below for part in line.parts for below in _walk(part) if not below.parts]
            line.parts = []
    position = {id(line): number for number, line in enumerate(lines.values())}
    selected.sort(key=lambda line: position[id(line)])
    return Statement(lines[()], selected, preliminary=year in PRELIMINARY)


def states() -> list[str]:
    """The INEGI keys of the states that have figures, in order. Ciudad de México (09) is not in the source."""
    return sorted({state for state, _ in _published()})


def office() -> list[OfficeLine]:
    """The communication office of Sonora in 2022: the partidas of each unit, and last the total it states."""
    stages = ("aprobado", "ampliacion_reduccion", "modificado", "devengado", "pagado")
    lines = [
        OfficeLine(
            row["unit"],
            row["fund"],
            row["capitulo"],
            row["partida"],
            row["generic_name"],
            tuple(int(row[stage]) for stage in stages),  # type: ignore[arg-type]
        )
        for row in _rows("sonora_comunicacion_2022.csv")
    ]
    units = list(dict.fromkeys(line.unit for line in lines))
    return sorted(lines, key=lambda line: (units.index(line.unit), line.partida == ""))


@cache
def codes() -> dict[LineKey, str]:
    """The COG code of each line whose name is exactly CONAC's and whose content is the same."""
    return {_key(row): row["code"] for row in _rows("codes.csv")}


@cache
def _published() -> dict[tuple[str, int], dict[LineKey, int]]:
    """By state and year, the published figure of each line, in INEGI's order."""
    keys = {row["line"]: _key(row) for row in _rows("efipem_lines.csv")}
    figures: dict[tuple[str, int], dict[LineKey, int]] = {}
    for row in _rows("efipem.csv"):
        for year in YEARS:
            if row[str(year)]:
                figures.setdefault((row["state"], year), {})[keys[row["line"]]] = int(row[str(year)])
    return figures


@cache
def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _key(row: dict[str, str]) -> LineKey:
    return tuple(row[level] for level in LEVELS if row[level])


def _line(key: LineKey, pesos: int) -> PublishedLine:
    label = key[-1] if key else "Total de egresos"
    return PublishedLine(key, pesos, label, codes().get(key, ""))


def _walk(line: PublishedLine) -> list[PublishedLine]:
    return [line, *(below for part in line.parts for below in _walk(part))]
