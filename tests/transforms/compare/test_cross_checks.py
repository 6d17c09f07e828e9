"""The same money by two classifications, or by two sources: the gap is shown and nothing is preferred."""

from collections.abc import Mapping

import pandas as pd

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget


def merged(*made: MadeCore) -> Mapping[str, pd.DataFrame]:
    core = made[0]
    for other in made[1:]:
        for name in ("document", "table", "line", "amount"):
            core.rows[name] += other.rows[name]
    return compared(core)


def test_totals_that_agree() -> None:
    row = compared(budget())["cross_classification"].iloc[0]
    assert (row["object_total_centavos"], row["function_total_centavos"]) == (2_000_000_000_00,) * 2
    assert (row["gap_centavos"], row["outcome"]) == (0, "equal")


def test_one_classification_alone_is_missing_and_not_zero() -> None:
    core = MadeCore().document().table(1)
    core.line("Total", 100, row_kind="total")
    row = compared(core)["cross_classification"].iloc[0]
    assert row["outcome"] == "missing"
    assert pd.isna(row["gap_centavos"])


def test_a_chapter_above_its_concepts_shows_in_the_gap() -> None:
    """Sonora, 2024: the printed totals agree, and the lines by object add up to 437 million less."""
    core = MadeCore().document().table(1, "object").table(2, "function")
    top = core.line("4000 Transferencias", 59_069_836_772, row_kind="subtotal", object_code="4")
    core.line("4100 Transferencias internas", 58_632_842_097, object_code="41", parent_line_id=top, depth=1)
    core.line("COGTOT Total del Gasto", 59_069_836_772, verified=False)
    core.line("1 Gobierno", 59_069_836_772, table=2, function_code="1")
    core.line("Total", 59_069_836_772, table=2, row_kind="total")
    out = compared(core)
    row = out["cross_classification"].iloc[0]
    assert row["gap_centavos"] == 436_994_675_00
    assert row["outcome"] == "differs"
    message = out["alert"].set_index("code").loc["cross_classification", "mensaje"]
    assert "436,994,675.00" in message


def test_sources_side_by_side() -> None:
    out = merged(
        budget(year=2021, document_id="ley", advertising=136_984_057.59),
        budget(year=2021, document_id="base", kind="secundaria", advertising=136_984_057.59, events=7_000_000),
    )
    rows = out["cross_source"].set_index(["classification", "code"])
    assert rows.loc[("object", "36"), "outcome"] == "equal"
    events = rows.loc[("object", "38")]
    assert (events["document_id"], events["document_id_b"]) == ("ley", "base")
    assert (events["gap_centavos"], events["outcome"]) == (-2_000_000_00, "differs")
    shown = out["health_vs_events"].query("refusals.isna()")
    assert shown["document_id"].tolist() == ["ley"]
    assert not out["change"].query("kind == 'secundaria'")["citable"].any()


def test_exercised_and_accrued_are_paired_and_say_so() -> None:
    core = MadeCore().document("inegi", kind="estadistica").document("base", kind="secundaria")
    core.table(1, document_id="inegi").table(1, document_id="base")
    core.line("3600 Publicidad", 59_263_132, object_code="36", stage="ejercido", document_id="inegi")
    core.line("3600 Publicidad", 59_263_133, object_code="36", stage="devengado", document_id="base")
    row = compared(core)["cross_source"].iloc[0]
    assert (row["gap_centavos"], row["outcome"]) == (-1_00, "rounding")
    assert row["caveats"].startswith("Momentos distintos")


def test_a_quarter_is_not_set_beside_a_year() -> None:
    from datetime import date

    quarter = budget(document_id="informe", kind="informe", period_end=date(2021, 3, 31))
    assert merged(quarter, budget(document_id="base", kind="secundaria"))["cross_source"].empty
