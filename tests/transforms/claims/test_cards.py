"""Affordability: exact arithmetic, refusals, the percent rule, and the cards that are shipped."""

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml

from tests.transforms.compared import compared
from tests.transforms.made_core import budget
from tests.transforms.made_efipem import efipem
from transforms.claims.affordability import affordability
from transforms.claims.cards import FOLDER, Card, load_cards
from transforms.compare.prices import inpc

VALUE = {"evidence": "assumption", "source": "para la prueba"}
BASE = inpc().base


def card(**fields: Any) -> Card:
    text = {"en": "A card", "es": "Una ficha"}
    whole = {
        "id": "c", "name": text, "governments": ["26"],
        "persons": {"all": {"value": "10", **VALUE}},
        "dependants": {"low": {"value": "0", **VALUE}, "mid": {"value": "1", **VALUE}, "high": {"value": "2.5", **VALUE}},
        "load": {"low": {"value": "1", **VALUE}, "mid": {"value": "1", **VALUE}, "high": {"value": "2", **VALUE}},
        "unit_cost": {"year": BASE, "pensions": "separated", "pensions_source": "para la prueba",
                      "all": {"value": "100050.50", **VALUE}},
        "money": [{"id": "ads", "name": text, "nature": "recurrent", "basket": "advertising", "stage": "aprobado", "years": [2021]}],
        "counter_evidence": [{**VALUE, "text": text}],
    }  # fmt: skip
    return Card.model_validate(whole | fields)


def figure(pesos: str, nature: str = "one_off", year: int = BASE) -> dict[str, Any]:
    text = {"en": "Money", "es": "Dinero"}
    source = {"value": pesos, "as_of": "hoy", "evidence": "claimed", "source": "para la prueba"}
    return {"id": "m", "name": text, "nature": nature, "year": year, "figure": source}


def rows(one: Card, **core: Any) -> pd.DataFrame:
    versus = compared(budget(**core))["health_vs_events"]
    return affordability([one], versus, inpc()).set_index("reading")


def test_the_need_of_a_year_beside_the_money_of_a_year() -> None:
    card_rows = rows(card(money=[figure("4002020")]))
    assert card_rows["need_centavos"].to_dict() == {
        "low": 10 * 1 * 100_050_50,
        "mid": 10 * 2 * 100_050_50,
        "high": 10 * 35 * 100_050_50 // 10 * 2,
    }
    mid = card_rows.loc["mid"]
    assert (mid["coverage"], mid["break_even_share"], mid["break_even_unit_cost_centavos"]) == (2.0, 0.5, 200_101_00)
    assert "una sola vez: la necesidad vuelve cada año" in mid["oracion"]
    assert "años" not in mid["oracion"].replace("necesidades anuales", ""), "money that is spent once lasts no years"
    assert mid["weakest_evidence"] == "assumption"


def test_money_of_n_years_is_averaged_and_never_lasts_years() -> None:
    core = budget(year=2021, document_id="a")
    other = budget(year=2022, document_id="b", advertising=11_000_000)
    for name in ("document", "table", "line", "amount"):
        core.rows[name] += other.rows[name]
    versus = compared(core)["health_vs_events"]
    money = card().money[0].model_copy(update={"years": (2021, 2022)})
    row = affordability([card().model_copy(update={"money": (money,)})], versus, inpc()).iloc[0]
    assert row["amount_years"] == 2
    assert row["amount_centavos"] == round(int(versus["real_advertising_centavos"].sum()) / 2)
    assert "al año, promedio de 2 años" in row["oracion"]
    assert "alcanza" not in row["oracion"].lower()


def test_what_is_not_known_is_printed() -> None:
    """The part of a line that can be stopped, and the contributions of who is admitted."""
    row = rows(card(money=[figure("4002020", "recurrent")])).loc["low"]
    assert pd.isna(row["available_share"])
    assert "No se conoce qué parte de ese dinero podría dejar de gastarse" in row["oracion"]
    assert "antes de cuotas, que no se conocen" in row["oracion"]
    assert "parte del dinero que podría dejar de gastarse: no se conoce" in row["assumptions"]


def test_a_known_share_and_known_contributions_are_used() -> None:
    share = {"value": "0.25", **VALUE}
    paid = {
        "year": BASE,
        "low": {"value": "0", **VALUE},
        "mid": {"value": "50.50", **VALUE},
        "high": {"value": "100.50", **VALUE},
    }
    card_rows = rows(card(money=[{**figure("4002020"), "available_share": share}], contributions=paid))
    low = card_rows.loc["low"]
    assert low["need_centavos"] == 10 * (100_050_50 - 100_50), "the least need is net of the most contributions"
    assert low["coverage"] == pytest.approx(1_000_505 / 999_500)
    assert card_rows.loc["high", "contributions_centavos"] == 0
    assert "De ese dinero, 25%" in low["oracion"]


def test_a_refused_ratio_is_not_printed_in_another_unit() -> None:
    affordable = rows(card(money=[figure("9000000000")])).loc["low"]
    for name in ("coverage", "break_even_share", "break_even_unit_cost_centavos"):
        assert pd.isna(affordable[name]), name
    assert "se dicen los dos importes y ninguna proporción" in affordable["oracion"]


def test_the_three_readings_are_one_interval() -> None:
    row = rows(card(money=[figure("4002020", "recurrent")])).iloc[0]
    assert "entre 1,000,505 y 7,003,535 pesos" in row["intervalo"]
    assert "Sería de 25.0% a 175.0% de ese dinero" in row["intervalo"]


def test_who_insures_comes_from_the_register_and_never_from_a_zero() -> None:
    """SICUENTAS has a zero for Chihuahua, which has Pensiones Civiles del Estado, and for Guanajuato, whose insurer no source names."""
    one = next(item for item in load_cards()[0] if item.id == "excluded-workers")
    versus = compared(efipem(("26", 2022), ("08", 2022), ("19", 2022), ("11", 2022)))["health_vs_events"]
    frame = affordability([one], versus, inpc())
    of = frame[frame["money_id"] == "advertising-2022"].groupby("government_id").first()
    assert of.loc["11", "refusals"] == "insurer_unknown"
    assert pd.isna(of.loc["11", "need_centavos"])
    for government, words in (("26", "ISSSTESON"), ("08", "Pensiones Civiles"), ("19", "art. 4, fracción V")):
        row = of.loc[government]
        assert pd.isna(row["refusals"]), government
        assert words in f"{row['insurer']}; {row['legal_basis']}"
        assert row["need_centavos"] > 0


def test_money_of_the_documents_at_constant_prices() -> None:
    affordable = rows(card()).loc["low"]
    real = compared(budget())["health_vs_events"]["real_advertising_centavos"].iloc[0]
    assert affordable["amount_centavos"] == real
    assert affordable["line_ids"]
    assert "una sola vez" not in affordable["oracion"]


def test_a_missing_year_of_the_money_is_no_sum() -> None:
    money = card().money[0].model_copy(update={"years": (2020, 2021)})
    affordable = rows(card().model_copy(update={"money": (money,)})).loc["mid"]
    assert affordable["refusals"] == "no_document"
    assert pd.isna(affordable["need_centavos"])
    assert pd.isna(affordable["amount_centavos"])
    assert "No se calcula" in affordable["oracion"]


def test_unverified_money_is_not_used() -> None:
    assert rows(card(), kind="secundaria").loc["low", "refusals"] == "no_document"


@pytest.mark.parametrize("pensions", ["included", "unknown"])
def test_pensions_inside_the_cost_refuse_the_figure(pensions: str) -> None:
    cost = {
        "year": BASE,
        "pensions": pensions,
        "pensions_source": "Presupuesto total del instituto",
        "all": {"value": "47633", **VALUE},
    }
    affordable = rows(card(unit_cost=cost, money=[figure("4002020")])).loc["mid"]
    assert affordable["refusals"] == "pensions_not_separated"
    assert pd.isna(affordable["coverage"])
    assert pd.isna(affordable["break_even_unit_cost_centavos"])


def test_the_isssteson_card() -> None:
    """2,477,354,660 pesos of health in 2019 over about 180,000 affiliates: 13,763 per affiliate, pensions apart."""
    one = next(item for item in load_cards()[0] if item.id == "isssteson")
    card_rows = rows(one)
    dancer = card_rows[card_rows["money_id"] == "dancer-2010"]
    assert dancer["unit_cost_centavos"].to_dict() == {"low": 13_391_11, "mid": 13_763_08, "high": 14_156_31}
    assert dancer["persons"].unique().tolist() == [400]
    assert set(dancer["nature"]) == {"one_off"}
    assert dancer["need_centavos"].is_monotonic_increasing
    assert "déficit" in dancer["counter_evidence"].iloc[0]
    for words in ("SICUENTAS", "OCDE", "«cerca de 180 000»", "las pensiones no entran"):
        assert words in dancer.loc["mid", "assumptions"], words
    assert set(card_rows.loc[card_rows["money_id"] != "dancer-2010", "refusals"]) == {"no_document"}, (
        "seven years are asked"
    )


def test_every_shipped_card_says_what_speaks_against_it() -> None:
    cards, problems = load_cards()
    assert not problems
    assert {item.id for item in cards} == {"isssteson", "excluded-workers"}
    assert all(item.counter_evidence for item in cards)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"counter_evidence": []}, "counter_evidence"),
        ({"persons": {"all": {"value": "400"}}}, "lleva source"),
        ({"persons": {"low": {"value": "2", **VALUE}, "mid": {"value": "1", **VALUE}, "high": {"value": "3", **VALUE}}}, "de menor a mayor"),
        ({"persons": {"all": {"fact": "no-such"}}}, "no está en la referencia"),
        ({"persons": {"low": {"value": "2", **VALUE}}}, "low, mid y high"),
        ({"money": [{**figure("1"), "basket": "events"}]}, "una de las dos"),
        ({"persnos": 1}, "persnos"),
    ],
)  # fmt: skip
def test_a_wrong_card_is_named_in_spanish(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    good = yaml.safe_load((FOLDER / "isssteson.yaml").read_text(encoding="utf-8")) | {"id": "otra"}
    (tmp_path / "mala.yaml").write_text(yaml.safe_dump(good | change), encoding="utf-8")
    _, [problem] = load_cards(tmp_path)
    assert re.search(rf"mala\.yaml[\s\S]*{words}", str(problem))
