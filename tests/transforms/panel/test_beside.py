"""Governments side by side: per inhabitant, net of what goes to municipalities, and refused where it cannot be said."""

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore
from tests.transforms.panel.made import panel_of, row
from transforms.compare.prices import inpc
from transforms.panel.beside import beside, side_by_side

SPENT = "devengado"


def budget(core: MadeCore, key: str, parts: dict[str, float], **fields: object) -> None:
    """A document of a government with its total and chapters, by code."""
    document_id = f"d{key}"
    core.document(document_id, 2020, key, **fields).table(document_id=document_id)
    whole = core.line("Total", {SPENT: sum(parts.values())}, document_id=document_id, row_kind="total")
    for code, pesos in parts.items():
        core.line(
            f"Capítulo {code}000", {SPENT: pesos}, document_id=document_id, object_code=code, row_kind="subtotal", depth=1, parent_line_id=whole
        )  # fmt: skip


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    core = MadeCore()
    core.rows["government"] += [
        {"government_id": key, "name": name, "level": level}
        for key, name, level in (
            ("19", "Nuevo León", "state"),
            ("19039", "Monterrey", "municipality"),
            ("19996", "Otro", "municipality"),
        )
    ]
    budget(core, "19", {"1": 5_905_971_000, "6": 590_597_100, "8": 5_905_971_000})
    budget(core, "19039", {"1": 1_159_153_000, "6": 115_915_300})
    budget(core, "19996", {"1": 1_000_000_000, "6": 100_000_000})
    budget(core, "26", {"1": 1_000_000_000, "6": 100_000_000}, kind="cuenta_publica")
    return panel_of(core)["beside"]


def test_a_state_is_net_of_what_it_hands_to_its_municipalities(rows: pd.DataFrame) -> None:
    whole, net = (row(rows, government_id="19", concept=concept) for concept in ("total", "net"))
    assert (whole["per_inhabitant_centavos"], net["per_inhabitant_centavos"]) == (210_000, 110_000)
    assert net["transfers_centavos"] == 590_597_100_000 and net["line_ids"].count(";") == 1
    assert row(rows, government_id="19039", concept="net")["per_inhabitant_centavos"] == 110_000
    assert net["real_per_inhabitant_centavos"] > net["per_inhabitant_centavos"] and net["citable"]


def test_what_is_not_printed_apart_or_has_no_population_has_no_number(rows: pd.DataFrame) -> None:
    advertising = row(rows, government_id="19039", concept="advertising")
    assert advertising["refusals"] == "not_broken_down" and pd.isna(advertising["per_inhabitant_centavos"])
    unknown = row(rows, government_id="19996", concept="total")
    assert unknown["refusals"] == "population_basis" and pd.isna(unknown["per_inhabitant_centavos"])
    state = row(rows, government_id="26", concept="net")
    assert (state["refusals"], state["caveats"]) == ("not_broken_down", "not_net")


def test_a_set_is_refused_where_its_documents_are_of_two_kinds(rows: pd.DataFrame) -> None:
    same = side_by_side(rows, ["19", "19039"], 2020)
    totals = same[same["concept"].eq("total")]
    assert totals["government_id"].tolist() == ["19", "19039"] and totals["refusals"].isna().all()
    mixed = side_by_side(rows, ["19", "26"], 2020)
    assert mixed["refusals"].str.contains("perimeter_differs").all() and mixed["per_inhabitant_centavos"].isna().all()
    with pytest.raises(LookupError, match="26030"):
        side_by_side(rows, ["26", "26030"], 2020)


def test_an_edition_without_budgets_has_no_rows(rows: pd.DataFrame) -> None:
    empty = panel_of(MadeCore())
    assert len(beside(empty["panel"], MadeCore().document().frames()["document"], inpc())) == 0
