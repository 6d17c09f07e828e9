"""Who spent more than was approved: the share or a reason, the parts beside the whole, and places as intervals."""

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore
from tests.transforms.panel.made import by_object, panel_of, row


def deviation(core: MadeCore, **where: object) -> pd.Series:
    where = {"by": "object", "to_stage": "devengado", **where}
    return row(panel_of(core)["deviation"], **where)


def test_a_class_says_how_far_it_went_from_what_was_approved() -> None:
    events = deviation(by_object(MadeCore(), factor=1.2), class_id="38")
    assert (events["from_amount_centavos"], events["to_amount_centavos"]) == (50_000_000_00, 60_000_000_00)
    assert events["deviation_centavos"] == 10_000_000_00
    assert events["deviation_share"] == pytest.approx(0.2)
    assert pd.isna(events["refusals"]) and events["citable"]


def test_a_whole_is_its_net_total_and_its_parts_are_told_beside_it() -> None:
    core = MadeCore().document().table()
    whole = core.line("Total", {"aprobado": 1_000_000_000, "devengado": 1_100_000_000}, row_kind="total")
    for code, before, after in (("1", 600_000_000, 500_000_000), ("3", 400_000_000, 600_000_000)):
        core.line(
            f"Capítulo {code}",
            {"aprobado": before, "devengado": after},
            object_code=code,
            depth=1,
            parent_line_id=whole,
        )
    total = deviation(core, class_id="-")
    assert total["deviation_share"] == pytest.approx(0.1)
    assert total["virement"] == pytest.approx((100 + 200) / 1000)
    adjusted = (600 * 1.1, 400 * 1.1)
    assert total["composition_deviation"] == pytest.approx((abs(500 - adjusted[0]) + abs(600 - adjusted[1])) / 1100)


def test_no_percentage_stands_on_nothing() -> None:
    core = MadeCore().document().table()
    core.line("Total", {"aprobado": 1_000_000_000, "devengado": 1_000_000_000}, row_kind="total")
    core.line("Servicios oficiales", {"aprobado": 52_144, "devengado": 263_680_025}, object_code="38")
    events = deviation(core, class_id="38")
    assert events["refusals"] == "zero_base"
    assert pd.isna(events["deviation_share"]) and events["deviation_centavos"] == (263_680_025 - 52_144) * 100


def test_an_echo_of_the_approved_budget_is_no_execution() -> None:
    core = MadeCore().document().table()
    whole = core.line("Total", {"aprobado": 40_000_000, "devengado": 40_000_000}, row_kind="total")
    for place in range(40):
        core.line(
            f"Concepto {place}", {"aprobado": 1_000_000, "devengado": 1_000_000}, object_code=f"{11 + place}", depth=1, parent_line_id=whole
        )  # fmt: skip
    rows = panel_of(core)["deviation"].query("to_stage == 'devengado'")
    assert len(rows) and rows["refusals"].str.contains("echo").all()


def test_stages_of_two_documents_are_not_put_together() -> None:
    core = MadeCore()
    for name, stage, pesos in (("ley", "aprobado", 100_000_000), ("cuenta", "devengado", 120_000_000)):
        core.document(name).table(document_id=name)
        core.line("Servicios oficiales", pesos, stage=stage, object_code="38", document_id=name)
    assert panel_of(core)["deviation"].empty


def test_places_are_intervals_under_the_later_stages_and_few_governments_have_none() -> None:
    core = MadeCore()
    figures = {"26": (150, 110), "11": (140, 120), "08": (130, 130)}
    for place, (government, (accrued, paid)) in enumerate(figures.items()):
        name = f"d{place}"
        core.document(name, government=government).table(document_id=name)
        stages = {"aprobado": 100_000_000, "devengado": accrued * 1_000_000, "pagado": paid * 1_000_000}
        core.line("Servicios oficiales", stages, object_code="38", document_id=name)
    rows = panel_of(core)["deviation"].query("class_id == '38' and to_stage == 'devengado'").set_index("government_id")
    assert rows["compared"].tolist() == [3, 3, 3]
    assert {key: (one["place_first"], one["place_last"]) for key, one in rows.iterrows()} == {
        "26": (1, 3), "11": (2, 2), "08": (1, 3),
    }  # fmt: skip
    assert deviation(by_object(MadeCore(), factor=1.2), class_id="38")[["compared", "place_first"]].isna().all()
