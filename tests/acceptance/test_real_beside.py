"""Nuevo León, Monterrey and San Pedro in 2020, where the files are present: each figure computed in the design by two other routes (D7)."""

from typing import Any

import pandas as pd
import pytest

from tests.acceptance.conftest import LEDGERS, SHARED
from tests.transforms.made_core import MadeCore
from tests.transforms.panel.made import panel_of
from transforms.compare.inhabitants import inhabitants
from transforms.panel.beside import side_by_side

MUNICIPAL, STATE = (
    LEDGERS / "finanzas_mun_2020.parquet",
    SHARED / "reference" / "efipem_egresos_capitulo_concepto.csv",
)
CENSUS = SHARED / "reference" / "municipalities.csv"

pytestmark = pytest.mark.skipif(not LEDGERS.is_dir(), reason="no shared ledgers")
NAMES = {"19": "Nuevo León", "19039": "Monterrey", "19019": "San Pedro Garza García"}
# The chapters of INEGI by their code; the one of resources to municipalities has none.
CODES = {"Servicios personales": "1", "Servicios generales": "3", "Inversión pública": "6"}
_STAGE = "devengado"


def municipal() -> pd.DataFrame:
    return pd.read_parquet(MUNICIPAL).set_index("cvegeo")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The published figures put through the product's own panel, as statistics of INEGI."""
    core = MadeCore()
    core.rows["government"] = [{"government_id": key, "name": name, "level": "state"} for key, name in NAMES.items()]
    state = pd.read_csv(STATE, dtype={"cve_ent": "str"}).query("cve_ent == '19' and year == 2020")
    add(
        core,
        "19",
        state["pesos"].iloc[0],
        [(row.capitulo, row.pesos) for row in state.query("level == 'Capítulo'").itertuples()],
    )
    document_id = "d19"
    advertising = state[state["concepto"].eq("Servicios de comunicación social y publicidad")]["pesos"].iloc[0]
    core.line(
        "Servicios de comunicación social y publicidad",
        {_STAGE: int(advertising)},
        document_id=document_id,
        object_code="36",
        depth=2,
    )
    whole = municipal()
    for key in ("19039", "19019"):
        add(core, key, whole.loc[key, "egresos_tot"], [("Inversión pública", whole.loc[key, "inversion_publica"])])
    return side_by_side(panel_of(core)["beside"], list(NAMES), 2020)


def add(core: MadeCore, key: str, total: int, chapters: list[tuple[str, int]]) -> None:
    document_id = f"d{key}"
    core.document(document_id, 2020, key, kind="estadistica").table(document_id=document_id)
    whole = core.line("Total", {_STAGE: int(total)}, document_id=document_id, row_kind="total")
    for name, pesos in chapters:
        code: dict[str, Any] = {"object_code": CODES[name]} if name in CODES else {}
        core.line(
            name, {_STAGE: int(pesos)}, document_id=document_id, row_kind="subtotal", depth=1, parent_line_id=whole, **code
        )  # fmt: skip


def each(rows: pd.DataFrame, concept: str) -> list[float | str]:
    """Pesos per inhabitant of the three, or why there are none."""
    mine = rows[rows["concept"].eq(concept)].set_index("government_id")
    values = mine["per_inhabitant_centavos"]
    return [mine.loc[key, "refusals"] if pd.isna(values[key]) else int(values[key]) / 100 for key in NAMES]


def test_d7_the_state_and_two_of_its_municipalities_side_by_side(rows: pd.DataFrame) -> None:
    assert each(rows, "total") == [18712.80, 6383.49, 25917.99]
    assert each(rows, "net") == [15271.50, 6383.49, 25917.99]
    assert each(rows, "public_investment") == [163.19, 1167.15, 8318.84]
    assert each(rows, "advertising") == [46.80, "not_broken_down", "not_broken_down"]
    handed = rows[rows["concept"].eq("net") & rows["government_id"].eq("19")]["transfers_centavos"]
    assert handed.tolist() == [2032424828200]


def test_d7_the_population_of_the_file_is_not_conapos_and_is_never_used() -> None:
    stated = municipal()["pob_conapo"]
    people = inhabitants(pd.Series(stated.index), pd.Series(2020, range(len(stated)), dtype="Int64"))
    same = people.eq(pd.Series(stated.to_numpy(), people.index).astype("Int64"))
    census = pd.read_csv(CENSUS, dtype={"cve_geo": "str"}).set_index("cve_geo")["population_census_2020"]
    assert (census.reindex(stated.index).astype("Int64") == stated).all() and len(stated) == 2250
    assert int(same.sum()) == 3, "three coincide by chance"
