"""The panel: one perimeter a row, each peso once, what is refused gives no figure, and the better source speaks."""

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore, budget
from tests.transforms.panel.made import by_object, panel_of, row
from transforms.measure.baskets import Basket

CLASSES = {
    "-": 1_000_000_000,
    "1": 600_000_000,
    "3": 300_000_000,
    "9": 100_000_000,
    "38": 50_000_000,
    "91": 100_000_000,
    "381": 20_000_000,
}


def of_approved(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["stage"] == "aprobado") & (frame["by"] == "object")]


def test_every_class_is_there_once_with_its_figures() -> None:
    rows = of_approved(panel_of(by_object(MadeCore()))["panel"])
    assert dict(zip(rows["class_id"], rows["amount_centavos"] // 100, strict=True)) == CLASSES
    assert dict(zip(rows["class_id"], rows["level"], strict=True)) == {
        "-": "total", "1": "chapter", "3": "chapter", "9": "chapter", "38": "concept", "91": "concept", "381": "partida",
    }  # fmt: skip
    events = row(rows, class_id="38")
    assert events["perimeter"] == "total de 1000000000 pesos"
    assert events["net_total_centavos"] == 900_000_000_00  # without the amortisation of debt
    assert events["share_of_net_total"] == pytest.approx(50 / 900)
    assert 2_900_000 < events["inhabitants"] < 3_100_000  # Sonora in 2021
    assert events["per_inhabitant_centavos"] == round(50_000_000_00 / events["inhabitants"])
    assert events["real_amount_centavos"] > events["amount_centavos"]
    assert (events["line_ids"], events["standing"], events["citable"]) == ("doc:1:4", "citable", True)


@pytest.mark.parametrize("class_id", ["-", "9", "91"])
def test_what_the_net_total_leaves_out_has_no_share_of_it(class_id: str) -> None:
    assert pd.isna(row(of_approved(panel_of(by_object(MadeCore()))["panel"]), class_id=class_id)["share_of_net_total"])


def test_what_is_not_verified_is_refused_and_gives_no_figure() -> None:
    core = MadeCore().document().table()
    core.line("Total", 1_000_000_000, row_kind="total")
    core.line("Servicios oficiales", 50_000_000, object_code="38", verified=False)
    core.line("Comunicación social", None, object_code="36", verified=False)
    rows = of_approved(panel_of(core)["panel"])
    events, advertising = row(rows, class_id="38"), row(rows, class_id="36")
    assert (events["refusals"], advertising["refusals"]) == ("unverified_operand", "missing_operand")
    assert events["amount_centavos"] == 50_000_000_00
    assert pd.isna(advertising["amount_centavos"])
    for one in (events, advertising):
        assert one[["real_amount_centavos", "per_inhabitant_centavos", "share_of_net_total"]].isna().all()


def test_a_budget_printed_in_two_tables_is_there_once() -> None:
    core = by_object(MadeCore())
    core.table(2)
    core.line("Total", 1_000_000_000, table=2, row_kind="total")
    core.line("Servicios oficiales", 50_000_000, table=2, object_code="38")
    rows = of_approved(panel_of(core)["panel"])
    assert len(rows) == len(CLASSES)
    assert rows.groupby("level")["perimeter"].nunique().eq(1).all()


def test_a_class_inside_another_of_its_level_is_not_added_to_it() -> None:
    """INEGI joins two concepts in one, and prints one of them under it."""
    core = MadeCore().document().table()
    whole = core.line("Total", 1_000, row_kind="total")
    chapter = core.line(
        "Materiales y suministros", 1_000, object_code="2", row_kind="subtotal", depth=1, parent_line_id=whole
    )
    joined = core.line(
        "Productos químicos y materias primas", 700, row_kind="subtotal", depth=2, parent_line_id=chapter
    )
    core.line(
        "Productos químicos, farmacéuticos y de laboratorio", 500, object_code="25", depth=3, parent_line_id=joined
    )
    core.line("Combustibles", 300, object_code="26", depth=2, parent_line_id=chapter)
    rows = of_approved(panel_of(core)["panel"])
    concepts = rows[rows["level"] == "concept"]
    assert dict(zip(concepts["class_id"], concepts["amount_centavos"], strict=True)) == {
        "productos quimicos y materias primas": 700_00, "26": 300_00,
    }  # fmt: skip


def test_a_secondary_figure_is_there_and_gives_way_to_a_citable_one_by_itself() -> None:
    core = by_object(MadeCore(), "base", kind="secundaria", citable=False)
    secondary = of_approved(panel_of(core)["panel"])
    assert set(secondary["standing"]) == {"secondary"} and not secondary["citable"].any()
    assert secondary["caveats"].str.contains("no se cita").all()
    both = of_approved(panel_of(by_object(core, "cuenta", kind="cuenta_publica"))["panel"])
    assert set(both["document_id"]) == {"cuenta"} and both["citable"].all() and len(both) == len(CLASSES)


def test_a_composed_figure_gives_way_to_its_original() -> None:
    core = by_object(MadeCore(), "muestra", kind="estadistica", citable=False, obtained_how="typeset")
    assert set(of_approved(panel_of(core)["panel"])["standing"]) == {"composed"}
    both = of_approved(panel_of(by_object(core, "inegi", kind="estadistica"))["panel"])
    assert set(both["document_id"]) == {"inegi"}


def test_a_basket_of_a_user_is_in_the_panel_as_the_shipped_ones_are() -> None:
    rule = {
        "id": "own.object",
        "citation": "una razón propia",
        "strength": "code",
        "object_codes": ["381"],
        "measure": 1,
    }
    own = Basket.model_validate(
        {"id": "own", "name": {"en": "Own", "es": "Propia"}, "purpose": "other", "rules": [rule]}
    )
    rows = panel_of(by_object(MadeCore()), own)["panel"].query("by == 'basket' and stage == 'aprobado'")
    assert row(rows, class_id="own")["amount_centavos"] == 20_000_000_00
    assert row(rows, class_id="own")["name"] == "Propia"
    assert {"events", "personnel", "debt"} <= set(rows["class_id"])


def test_functions_share_the_net_total_of_the_same_perimeter_and_bases_are_told() -> None:
    frames = panel_of(budget())
    health = row(frames["panel"], by="function", class_id="23")
    assert health["perimeter"] == row(frames["panel"], by="object", class_id="38")["perimeter"]
