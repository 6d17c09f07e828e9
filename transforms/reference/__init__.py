"""Codebooks and series that the comparisons stand on, each with its source (SOURCES.md), as typed frames.

Only loading belongs here. What the numbers are used for is in `transforms.compare.prices`, `transforms.measure.baskets` and
`transforms.claims.claims`. Every loader is cached: treat what it returns as read-only.
In: the CSV files beside it. Out: frames of the tables of reference.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas as pd

from warehouse.schema.core import CODE

FOLDER = Path(__file__).parent
CAPTURED = "2026"

COG_SOURCE = "CONAC, Clasificador por Objeto del Gasto (DOF 10-06-2010 y reformas)"
CFG_SOURCE = "CONAC, Clasificación Funcional del Gasto (DOF 27-12-2010)"
INPC_SOURCE = "INEGI, INPC, promedio anual de los doce meses, base 2.ª quincena de julio de 2018 = 100"
DECEMBER_SOURCE = "INEGI, INPC de diciembre, base 2.ª quincena de julio de 2018 = 100"
DEFLATOR_SOURCE = "INEGI, deflactor implícito del PIB, 2018 = 100 (SHCP antes de 2003)"
POPULATION_SOURCE = "CONAPO, Conciliación demográfica 1950-2019 y proyecciones 2020-2070, a mitad de año"
FIX_SOURCE = "Banco de México, tipo de cambio FIX, promedio"


def _read(name: str, whole: tuple[str, ...] = (), exact: tuple[str, ...] = ()) -> pd.DataFrame:
    """One CSV: text unless a column is named as `whole` numbers or as `exact` decimals (kept as Decimal)."""
    frame = pd.read_csv(FOLDER / name, dtype="str", keep_default_na=False)
    frame = frame.replace("", None).astype("str")
    for column in whole:
        frame[column] = frame[column].astype("Int64")
    for column in exact:
        frame[column] = pd.Series([Decimal(text) for text in frame[column]], index=frame.index, dtype="object")
    return frame


@cache
def codes() -> pd.DataFrame:
    """The COG and CFG codebooks, as `core.code`. The source says so where only one file confirms a name."""
    books = []
    for classification, name, source in (("object", "cog.csv", COG_SOURCE), ("function", "cfg.csv", CFG_SOURCE)):
        book = _read(name)
        single = book["evidence"] == "single"
        book["source"] = (source + single.map({True: "; nombre confirmado por una sola fuente", False: ""})).astype(
            "str"
        )
        book["classification"] = classification
        books.append(book[["classification", "code", "name", "parent", "level", "source"]])
    return CODE.frame(pd.concat(books, ignore_index=True))


@cache
def inpc() -> pd.DataFrame:
    """year, inpc (Decimal, annual average), months, status (final or partial), evidence."""
    return _read("inpc_annual.csv", whole=("year", "months"), exact=("inpc",))


@cache
def inpc_december() -> pd.DataFrame:
    """year, inpc (Decimal, of December), evidence: what series called "annual" on the web often are."""
    return _read("inpc_december.csv", whole=("year",), exact=("inpc",))


@cache
def gdp_deflator() -> pd.DataFrame:
    """year, deflator (Decimal), status (final or forecast), source, evidence; from 1993."""
    return _read("gdp_deflator_national.csv", whole=("year",), exact=("deflator",))


@cache
def institutional_changes() -> pd.DataFrame:
    """change_id, first_year, last_year, government_ids (';', null for all states), affects, name, nombre, evidence, source."""
    return _read("institutional_changes.csv", whole=("first_year", "last_year"))


@cache
def population() -> pd.DataFrame:
    """inegi_key, name, year, population, status (estimate or projection)."""
    return _read("population_state_year.csv", whole=("year", "population"))


@cache
def municipal_population() -> pd.DataFrame:
    """inegi_key (five figures), year, population: a row of the file is a municipality, a column of it a year."""
    wide = _read("population_municipal.csv")
    years = [name for name in wide if name != "inegi_key"]
    long = wide.melt("inegi_key", years, "year", "population")
    return long.astype({"year": "Int64", "population": "Int64"})


@cache
def fix_annual() -> pd.DataFrame:
    """year, pesos_per_dollar (Decimal), status, method."""
    return _read("fix_annual.csv", whole=("year",), exact=("pesos_per_dollar",))


@cache
def fix_monthly() -> pd.DataFrame:
    """By month (yyyy-mm): pesos_per_dollar (Decimal), evidence."""
    return _read("fix_monthly.csv", exact=("pesos_per_dollar",))


@cache
def fix_daily() -> pd.DataFrame:
    """By date (yyyy-mm-dd): pesos_per_dollar (Decimal), evidence; the days on which Banco de México published it."""
    return _read("fix_daily.csv", exact=("pesos_per_dollar",))


@cache
def unit_costs() -> pd.DataFrame:
    """unit_cost_id, provider, region, year, level, service, pesos (Decimal), evidence, compared, source, note."""
    return _read("unit_costs.csv", whole=("year", "level"), exact=("pesos",))


@cache
def health_facts() -> pd.DataFrame:
    """fact_id, institution, inegi_key, year, item, value (Decimal), unit, evidence, source, note."""
    return _read("health_facts.csv", whole=("year",), exact=("value",))


@cache
def seal() -> pd.DataFrame:
    """sample, facet, held (yes or no), documents, documents_wrong, amounts (null where unknown), verified, wrong, measured_on, code_version.

    Counts of what `tests/bench/seal.py` found; the bounds that follow from them are in `transforms.tell.seal`.
    """
    return _read("seal.csv", whole=("documents", "documents_wrong", "amounts", "verified", "wrong"))


@cache
def cimtra_items() -> pd.DataFrame:
    """item, part, block, wording, check, source_url: what a public questionnaire on municipal transparency asks, one row per part that
    is looked for. `check` is `person` where only a person can answer.
    """
    return _read("cimtra_items.csv")


@cache
def programme_classes() -> pd.DataFrame:
    """class, name: the letter that a programme's code begins with, and what the budget by programme calls it."""
    return _read("programme_classes.csv")


@cache
def insurers() -> pd.DataFrame:
    """Who insures the workers of each government, as far as a source says: insurer_id, government_id, insurer, gives (medical or
    pensions), article, court, ruled_on, evidence, source. A government that is not here has no known insurer.
    """
    return _read("insurers.csv")


@cache
def health_accounts() -> pd.DataFrame:
    """government_id, year, pesos: FASSA and state spending on health by SICUENTAS, to see what a measure of health covers."""
    return _read("health_accounts.csv", whole=("year", "pesos"))
