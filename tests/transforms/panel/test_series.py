"""Series: the same class through the years, cut where years cannot be compared, joined only by what is declared."""

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore
from tests.transforms.panel.made import by_object, panel_of
from transforms.panel.successions import Succession, load_successions, succession, with_series


def years(core: MadeCore, class_id: str = "38", by: str = "object") -> pd.DataFrame:
    rows = panel_of(core)["series"]
    return rows[(rows["class_id"] == class_id) & (rows["by"] == by) & (rows["stage"] == "aprobado")]


def of_years(**pesos: float) -> MadeCore:
    core = MadeCore()
    for name, amount in pesos.items():
        core.document(name, int(name[1:])).table(document_id=name)
        core.line("Total", 2_000_000_000, document_id=name, row_kind="total")
        core.line("Servicios oficiales", amount, object_code="38", document_id=name)
    return core


def test_the_change_is_in_real_pesos_since_the_year_before() -> None:
    rows = years(of_years(y2020=50_000_000, y2021=60_000_000))
    assert rows["segment"].tolist() == [1, 1] and rows["previous_year"].tolist()[1] == 2020
    real = rows["real_amount_centavos"].tolist()
    assert rows["real_change"].tolist()[1] == pytest.approx(real[1] / real[0] - 1)


def test_twenty_times_less_begins_another_segment() -> None:
    rows = years(of_years(y2015=618_600_000, y2016=22_100_000, y2017=23_000_000))
    assert rows["segment"].tolist() == [1, 2, 2]
    assert rows["breaks"].tolist()[1] == "class_jump"
    assert pd.isna(rows["real_change"].tolist()[1]) and pd.notna(rows["real_change"].tolist()[2])


def test_the_register_of_institutions_cuts_health() -> None:
    core = MadeCore()
    for year in (2019, 2020):
        name = f"y{year}"
        core.document(name, year).table(classification="function", document_id=name)
        core.line("Total", 2_000_000_000, document_id=name, row_kind="total")
        core.line("Salud", 500_000_000, function_code="23", document_id=name)
    rows = years(core, "23", "function")
    assert rows["breaks"].tolist()[1] == "institutional_change"


def test_a_whole_is_followed_by_its_net_total() -> None:
    """Debt that was paid back in one year is no rise of spending in it."""
    core = by_object(MadeCore(), "y2020", 2020)
    core.document("y2021", 2021).table(document_id="y2021")
    whole = core.line("Total", {"aprobado": 1_500_000_000}, document_id="y2021", row_kind="total")
    parts = (
        ("1", "Servicios personales", 600_000_000),
        ("3", "Servicios generales", 300_000_000),
        ("9", "Deuda pública", 600_000_000),
    )
    for code, name, pesos in parts:
        last = core.line(
            name,
            {"aprobado": pesos},
            document_id="y2021",
            object_code=code,
            depth=1,
            row_kind="subtotal",
            parent_line_id=whole,
        )
    core.line(
        "Amortización", {"aprobado": 600_000_000}, document_id="y2021", object_code="91", depth=2, parent_line_id=last
    )
    rows = years(core, "-")
    assert rows["amount_centavos"].tolist() == [1_000_000_000_00, 1_500_000_000_00]
    assert -0.08 < rows["real_change"].tolist()[1] < 0  # 900 million net in both years, and prices rose


def test_a_missing_year_is_not_filled() -> None:
    rows = years(of_years(y2018=50_000_000, y2021=60_000_000))
    assert rows["fiscal_year"].tolist() == [2018, 2021] and rows["previous_year"].tolist()[1] == 2018


def declared(**fields: object) -> Succession:
    whole = {"id": "one", "by": "administrative", "kind": "spelling", "from_classes": ["AG. Oficialía Mayor"], "to_class": "Oficialía Mayor",
             "evidence": "single", "source": "los propios documentos"}  # fmt: skip
    return Succession.model_validate(whole | fields)


def bodies(**named: str) -> pd.DataFrame:
    rows = [(int(year[1:]), name, "26", "administrative") for year, name in named.items()]
    return pd.DataFrame(rows, columns=["fiscal_year", "class_id", "government_id", "by"])


def test_a_body_goes_on_under_another_name_only_where_that_is_declared() -> None:
    rows = bodies(y2022="ag oficialia mayor", y2023="oficialia mayor")
    assert with_series(rows, succession(()))["series_class"].nunique() == 2
    joined = with_series(rows, succession((declared(),)))
    assert joined["series_class"].tolist() == ["oficialia mayor"] * 2
    assert joined["succession_id"].tolist() == ["one", None] or pd.isna(joined["succession_id"].tolist()[1])
    elsewhere = with_series(rows, succession((declared(government_id="11"),)))
    assert elsewhere["series_class"].nunique() == 2


def test_a_renamed_class_is_joined_only_before_its_successor_begins() -> None:
    one = declared(kind="renamed", first_year=2023)
    rows = bodies(y2022="ag oficialia mayor", y2024="ag oficialia mayor")
    assert with_series(rows, succession((one,)))["series_class"].tolist() == ["oficialia mayor", "ag oficialia mayor"]


def test_a_succession_that_is_renamed_says_since_when() -> None:
    with pytest.raises(ValueError, match="first_year"):
        declared(kind="renamed")


def test_the_shipped_successions_are_sound() -> None:
    assert {one.government_id for one in load_successions()} == {"26"}
