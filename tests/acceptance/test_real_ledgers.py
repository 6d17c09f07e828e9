"""Real ledgers, where they are present: the right values of the design come out, each computed there by two other routes."""

import re
from datetime import date

import pandas as pd
import pytest

from tests.acceptance.conftest import LEDGERS
from tests.transforms.ledgers.world import Frames, pesos, traced, understood
from warehouse.schema.ledger_terms import LEDGER_REFUSALS

pytestmark = pytest.mark.skipif(not LEDGERS.is_dir(), reason="no shared ledgers")
JUNE = "2025-06-30"


@pytest.fixture(scope="module")
def purchases() -> Frames:
    return understood({
        "f26a": LEDGERS / "sipot_oplever_F26A_procedimientos_2025.xlsx", "f21b": LEDGERS / "sipot_oplever_F21B_publicidad_2025.xlsx",
        "f29a": LEDGERS / "sipot_oplever_F29A_gasto_partida_2025.xlsx", "f37a": LEDGERS / "sipot_oplever_F37A_comite_solicitudes_2025.xlsx",
    })  # fmt: skip


@pytest.fixture(scope="module")
def followed() -> Frames:
    return understood({
        "opa15": LEDGERS / "opa_2015.csv", "opa19": LEDGERS / "opa_2019.csv", "compranet": LEDGERS / "compranet_2015_muestra_sin_personas.csv",
        "ir": LEDGERS / "itesg_IR-GTO-ITESG-3T-24.xlsx", "ppi": LEDGERS / "itesg_PPI-GTO-ITESG-3T-24.xlsx",
        "tepeaca": LEDGERS / "sosapa_tepeaca_A77FXLIX_nueva.xlsx", "ogp": LEDGERS / "ogp_local_commitments.csv",
    })  # fmt: skip


def of(frame: pd.DataFrame, document: str) -> pd.DataFrame:
    return frame[frame["document_id"].eq(document)]


def test_a1_procedures_and_contracts(purchases: Frames) -> None:
    procedures, contracts = of(purchases["procedure"], "f26a"), of(purchases["contract"], "f26a")
    assert procedures["rows"].sum() == 52
    assert procedures["method"].value_counts().to_dict() == {"selective": 17, "direct": 11, "open": 4}
    stated = (
        contracts.merge(procedures[["procedure_id", "method"]], on="procedure_id")
        .groupby("method")["amount_centavos"]
        .sum()
        .map(pesos)
    )
    assert stated.to_dict() == {"open": 353599128.90, "selective": 4646216.15, "direct": 37170368.00}
    assert (contracts["number"].notna().sum(), contracts["amount_centavos"].notna().sum()) == (43, 21)
    assert pesos(contracts["amount_centavos"].sum()) == 395415713.05
    opened = contracts[contracts["amount_centavos"].isna() & contracts["amount_max_centavos"].notna()]
    assert (len(opened), pesos(opened["amount_max_centavos"].sum())) == (28, 79082487.27)
    assert (
        contracts["supplier_kind"].isin(["company", "public"]).sum() == 41
        and contracts["supplier_kind"].eq("withheld").sum() == 9
    )
    assert procedures.query("method != 'direct'")["bidders"].eq(1).sum() == 3
    assert procedures["observed"].isna().all()


def test_a2_what_is_charged_to_two_partidas_is_not_apportioned(purchases: Frames) -> None:
    links = purchases["link"]
    shared = links[links["outcome"].eq("shared")]
    assert pesos(shared.drop_duplicates("from_id")["from_amount_centavos"].sum()) == 282225148.51
    assert shared["sum_amount_centavos"].isna().all()


def test_a3_the_budget_stays_a_budget(purchases: Frames) -> None:
    trace = purchases["line_trace"]
    june = trace[trace["period_end"].astype("str").eq(JUNE)]["line_id"]
    by_stage = (
        purchases["amount"][purchases["amount"]["line_id"].isin(june)]
        .groupby("stage", observed=True)["amount_centavos"]
        .sum()
    )
    assert len(june) == 138
    assert {stage: int(by_stage[stage]) // 100 for stage in ("aprobado", "modificado", "devengado", "pagado")} == {
        "aprobado": 1_400_000_000, "modificado": 1_441_497_172, "devengado": 950_970_828, "pagado": 947_662_538,
    }  # fmt: skip


@pytest.mark.parametrize(("code", "amount"), [("33300004", 37120000.00), ("33300005", 6500000.00)])
def test_a4_a_contract_explains_its_partida(purchases: Frames, code: str, amount: float) -> None:
    trace = traced(purchases, code, JUNE)
    assert (pesos(trace["traced_centavos"]), trace["share"], pesos(trace["amount_centavos"])) == (amount, 1.0, amount)


def test_a4_contracts_beyond_their_partida_are_told_and_not_counted(purchases: Frames) -> None:
    links = purchases["link"]
    mine = links[links["to_id"].isin(purchases["line_trace"].query("object_code == '36100001'")["line_id"])]
    assert set(mine["outcome"]) == {"exceeds"} and pesos(mine["sum_amount_centavos"].iloc[0]) == 2876072.28


def test_a5_payments_are_added_and_contract_totals_are_not(purchases: Frames) -> None:
    payments, contracts = of(purchases["payment"], "f21b"), of(purchases["contract"], "f21b")
    assert payments["period_end"].astype("str").value_counts().to_dict() == {JUNE: 103, "2025-03-31": 13}
    assert (payments["invoice"].nunique(), pesos(payments["amount_centavos"].sum())) == (116, 1963459.32)
    assert (len(contracts), contracts["reason"].eq("totals_differ").sum()) == (37, 18)


def test_a6_payments_prove_a_line(purchases: Frames) -> None:
    trace = traced(purchases, "36100005", JUNE)
    assert (trace["payments"], pesos(trace["paid_centavos"]), trace["untraced_centavos"]) == (103, 1849999.00, 0)
    amounts = purchases["amount"][purchases["amount"]["line_id"].eq(trace["line_id"])].set_index("stage")
    assert amounts.loc["devengado", "verified"] and amounts.loc["devengado", "reason"] == "ledger_sum"
    march = traced(purchases, "36100003", "2025-03-31")
    assert (march["payments"], pesos(march["paid_centavos"]), pesos(march["amount_centavos"])) == (2, 12162.01, 12162.0)


def test_a7_what_stays_untraced_is_said(purchases: Frames) -> None:
    trace = purchases["line_trace"]
    concept = trace[trace["object_code"].str.startswith("36") & trace["period_end"].astype("str").eq(JUNE)]
    assert [pesos(concept[f"{name}_centavos"].sum()) for name in ("traced", "amount", "untraced")] == [
        1963459.32,
        14202751.0,
        12239291.68,
    ]


def test_b2_a_result_is_held_against_its_own_numbers(followed: Frames) -> None:
    indicators = of(followed["indicator"], "ir")
    assert indicators["agrees"].value_counts().to_dict() == {False: 14, True: 1}
    [first] = indicators.query("programme_code == 'E017PB0714'").to_dict("records")
    assert (first["numerator"], first["denominator"], first["recomputed"], first["result"]) == (1528, 1528, 100, 81.61)


def test_b3_investment_projects(followed: Frames) -> None:
    works = of(followed["work"], "ppi")
    assert len(works) == 21
    assert [pesos(works[f"{name}_centavos"].sum()) for name in ("approved", "revised", "exercised")] == [
        13000.0,
        13163326.45,
        376419.86,
    ]
    # Carried without one, and given none by guess; the fifth row without a key is the total.
    assert works["key"].isna().sum() == 4
    by_concept = works.groupby(works["object_code"].str[:2])["revised_centavos"].sum().map(pesos)
    assert by_concept.to_dict() == {"51": 6002736.45, "52": 203000.0, "53": 1764000.0, "54": 253555.0, "56": 4940035.0}


def test_c1_c2_works_and_what_they_lack(followed: Frames) -> None:
    works, gaps = followed["work"], followed["work_gap"]
    first, second = of(works, "opa15"), of(works, "opa19")
    assert (len(first), first["key"].nunique(), first["key"].eq("1409JZL0005").sum()) == (3140, 3137, 4)
    assert [pesos(first[f"{name}_centavos"].sum()) for name in ("approved", "exercised")] == [
        560386384423,
        425597393802,
    ]
    assert (len(second), second["key"].isna().sum(), second["key"].nunique()) == (2745, 248, 2495)
    sonora = gaps[gaps["state"].str.upper().eq("SONORA").fillna(False)].groupby("document_id")
    told = sonora.agg(
        works=("work_id", "size"),
        present=("present", "sum"),
        required=("required", "sum"),
        complete=("complete", "sum"),
    )
    assert told.loc["opa15"].tolist() == [45, 573, 585, 33] and told.loc["opa19"].tolist() == [45, 461, 585, 0]
    of_sonora = (
        second[second["state"].str.upper().eq("SONORA").fillna(False)]
        .groupby("year_kind")["exercised_centavos"]
        .sum()
        .map(pesos)
    )
    assert of_sonora.to_dict() == {"annual": 288028142.0, "cumulative": 979518449.0}


def test_c4_contracts_reach_works_by_their_key(followed: Frames) -> None:
    links = followed["link"][followed["link"]["to_id"].str.startswith("opa15:")]
    assert (len(links), links["to_id"].nunique(), pesos(links["from_amount_centavos"].sum())) == (23, 9, 111907024.11)
    work = followed["work"].query("key == '0309J3A0002' and document_id == 'opa15'")["work_id"]
    [sums] = links[links["to_id"].isin(work)].drop_duplicates("to_id").to_dict("records")
    assert (pesos(sums["sum_amount_centavos"]), pesos(sums["to_amount_centavos"]), sums["outcome"]) == (
        8453719.26,
        8453716.0,
        "exceeds",
    )


def test_d1_requests_that_resolutions_name(purchases: Frames) -> None:
    requests = purchases["request"]
    assert (len(requests), requests["mentions"].sum()) == (22, 24)
    extended, resolved = requests["extended"].fillna(False), requests["resolution"].notna()
    assert ((extended & ~resolved).sum(), (~extended & resolved).sum(), (extended & resolved).sum()) == (16, 5, 1)


def test_d2_publications_and_days_that_do_not_exist(followed: Frames) -> None:
    published = followed["publication"]
    assert (
        len(published),
        published["published_on"].isna().sum(),
        published["date_text"].str.contains("impossible").sum(),
    ) == (1061, 446, 82)
    lags = published["days_after"].dropna()
    assert (len(lags), lags.le(30).sum(), lags.gt(30).sum(), lags.gt(92).sum(), lags.median()) == (
        614,
        68,
        546,
        496,
        335,
    )


def test_d2_each_month_of_the_statement_by_object_has_its_state(followed: Frames) -> None:
    calendar = followed["document_calendar"]
    months = calendar[calendar["document_class"].eq("egresos_objeto")]
    assert (len(months), months["period"].min(), months["period"].max()) == (49, "2018-09", "2022-09")
    assert (months["state"].eq("impossible_date").sum(), months["state"].eq("not_listed").sum()) == (3, 0)
    assert months["due_on"].notna().sum() == 46 and set(months["rule"]) == {"lgcg_58"}


def test_d5_a_plan_that_was_not_wholly_assessed_has_no_mean(followed: Frames) -> None:
    status = followed["commitment_status"]
    plans = status[status["commitment_id"].eq("-")].set_index("plan")
    assert status["commitment_id"].ne("-").sum() == 7
    chihuahua = plans.loc["Chihuahua (Municipality)"]
    assert (chihuahua["commitments"], chihuahua["assessed"], chihuahua["refusals"]) == (3, 2, "progress_missing")
    assert plans["progress"].isna().all()


def test_d5_commitments_without_an_assessment_have_none(followed: Frames) -> None:
    commitments = followed["commitment"]
    assert len(commitments) == 7 and commitments["commitment_id"].eq("MXMTY0005").sum() == 1
    chihuahua = commitments[commitments["government_ids"].eq("08019")]["progress"]
    assert chihuahua.tolist() == [90, 90, pd.NA]


def test_no_detail_of_a_person_is_in_any_table(purchases: Frames, followed: Frames) -> None:
    """The made addresses and telephones of the files stand in no table of ledgers."""
    for frames in (purchases, followed):
        for name in (
            "procedure",
            "contract",
            "payment",
            "charge",
            "work",
            "indicator",
            "request",
            "publication",
            "commitment",
        ):
            columns = frames[name].select_dtypes("str")
            texts = " ".join(" ".join(columns[column].dropna()) for column in columns)
            assert "@" not in texts and not re.search(r"(?<![\d.])5555", texts), name


REFERENCE = LEDGERS.parent / "reference"


@pytest.fixture(scope="module")
def programmes() -> Frames:
    return understood(
        {"gcp": LEDGERS / "itesg_GCP-GTO-ITESG-3T-24.xlsx", "ir": LEDGERS / "itesg_IR-GTO-ITESG-3T-24.xlsx"},
        government_id="11-itesg", fiscal_year=2024, period_start=date(2024, 1, 1), period_end=date(2024, 9, 30),
    )  # fmt: skip


@pytest.fixture(scope="module")
def routes() -> Frames:
    return understood(
        {
            "municipal": LEDGERS / "finanzas_mun_2020.parquet", "funds": LEDGERS / "fism_fortamun_2020_municipal.parquet",
            "states": REFERENCE / "efipem_egresos_capitulo_concepto.csv",
        },
        government_id=None, fiscal_year=2020,
    )  # fmt: skip


def test_b1_programmes_are_held_against_their_class(programmes: Frames) -> None:
    assert programmes["indicator"]["programme_code"].str[0].value_counts().to_dict() == {"E": 10, "P": 4, "S": 1}
    links = programmes["link"][programmes["link"]["rule"].eq("programme_class")]
    by_class = links.assign(
        letter=links["from_id"].map(programmes["indicator"].set_index("indicator_id")["programme_code"]).str[0]
    )
    sums = {
        (row["letter"], row["stage"]): (
            pesos(row["sum_amount_centavos"]),
            pesos(row["to_amount_centavos"]),
            row["outcome"],
        )
        for row in by_class.drop_duplicates(["letter", "stage"]).to_dict("records")
    }
    assert sums == {
        ("E", "aprobado"): (15492857.96, 15492857.96, "explains"), ("E", "modificado"): (46137614.06, 46137614.06, "explains"),
        ("E", "devengado"): (29053077.21, 18663442.66, "contradicts"), ("E", "pagado"): (18623159.56, 18623159.56, "explains"),
        ("P", "aprobado"): (1092892.42, 1092892.42, "explains"), ("P", "modificado"): (3131153.39, 3131153.39, "explains"),
        ("P", "devengado"): (1759525.27, 1759525.27, "explains"), ("P", "pagado"): (1759525.27, 1759525.27, "explains"),
        ("S", "aprobado"): (0.0, 0.0, "explains"), ("S", "modificado"): (403500.0, 403500.0, "explains"),
        ("S", "devengado"): (234343.45, 36549.02, "contradicts"), ("S", "pagado"): (36549.02, 36549.02, "explains"),
    }  # fmt: skip
    series = programmes["indicator_series"].set_index("programme_code")
    assert pesos(series.loc["E017PB0714", "programme_approved_centavos"]) == 9847655.02
    assert "contradicts_itself" in series.loc["E017PB0714", "refusals"] and not series["citable"].any()
    assert "unit_mismatch" in series.loc["S016PB3068", "refusals"]


def test_c5_what_states_say_and_what_their_municipalities_say(routes: Frames) -> None:
    route = routes["money_route"].set_index(["government_id", "fiscal_year", "fund"])
    told = {
        state: (
            pesos(row["giver_says_centavos"]),
            pesos(row["receivers_say_centavos"]),
            row["reported"],
            row["expected"],
        )
        for state in ("19", "26", "08")
        for row in [route.loc[(state, 2020, "participaciones")]]
    }
    assert told["19"] == (8776554712.0, 9691798466.0, 51, 51) and told["26"] == (5336519160.0, 5689435452.0, 71, 72)
    assert told["08"][:2] == (7314406655.0, 7232182828.0)
    assert route.loc[("19", 2020, "participaciones"), "caveats"] == "derived"
    assert "receivers_missing" in route.loc[("26", 2020, "participaciones"), "caveats"]
    assert not route["citable"].any()
    fais = route.loc[("19", 2020, "fais")]
    assert (
        (fais["reported"], fais["expected"]) == (1, 51)
        and "coverage_low" in fais["refusals"]
        and pd.isna(fais["gap_centavos"])
    )


def test_c6_spending_on_works_without_a_list_is_not_traceable_to_a_work(routes: Frames) -> None:
    [row] = (
        routes["money_route"]
        .query("government_id == '26' and fiscal_year == 2020 and leg == 'spending_to_works'")
        .to_dict("records")
    )
    assert (pesos(row["giver_says_centavos"]), row["refusals"]) == (1023991878.0, "no_works_list")
    assert "no trazable a una obra" in LEDGER_REFUSALS["no_works_list"].es


def test_d3_documents_of_mexico_in_the_open_budget_survey() -> None:
    frames = understood({"obs": REFERENCE / "obs_document_availability.csv"}, government_id="mx")
    mine = frames["publication"][frames["publication"]["government_id"].eq("mx")]
    published = mine[mine["availability"].eq("published")]
    assert published.groupby("edition").size().to_dict() == {
        2006: 6,
        2008: 7,
        2010: 6,
        2012: 7,
        2015: 7,
        2017: 8,
        2019: 8,
    }
    [in_2010] = [mine[mine["edition"].eq(2010)].set_index("document_name")["availability"].eq("published").to_dict()]
    assert {name for name, there in in_2010.items() if not there} == {"Citizens Budget", "Mid-Year Review"} and len(
        in_2010
    ) == 8


def test_d4_items_of_a_questionnaire() -> None:
    files = {
        "f21b": LEDGERS / "sipot_oplever_F21B_publicidad_2025.xlsx",
        "f26a": LEDGERS / "sipot_oplever_F26A_procedimientos_2025.xlsx",
    }
    items = understood(files, government_id="30087")["item_check"].set_index(["item", "part"])
    found = {
        key: (items.loc[key, "outcome"], items.loc[key, "found"], items.loc[key, "asked"])
        for key in [
            ("1.1", "renglones"),
            ("1.2", "año anterior"),
            ("1.3", "nombre"),
            ("1.3", "RFC"),
            ("1.4", "factura"),
        ]
    }
    assert found == {
        ("1.1", "renglones"): ("found", 1, 1), ("1.2", "año anterior"): ("not_found", 0, 1), ("1.3", "nombre"): ("found", 116, 116),
        ("1.3", "RFC"): ("in_part", 13, 116), ("1.4", "factura"): ("found", 116, 116),
    }  # fmt: skip
    assert items.loc[("4", "completo"), "outcome"] == "needs_person"


def test_d4_the_questionnaire_is_for_municipalities(purchases: Frames) -> None:
    items = purchases["item_check"]
    assert len(items) and items["refusals"].eq("not_a_municipality").all() and items["outcome"].isna().all()


def test_d6_a_published_growth_is_recomputed_from_its_own_figures() -> None:
    facts = understood({"facts": LEDGERS / "observer_facts.csv"})["observation"].set_index("observation_id")
    last = facts.loc["chihuahua-observers-2025-08"]
    assert (last["base_observers"], last["observers"], last["published_growth"], last["agrees"]) == (
        18,
        152,
        855,
        False,
    )
    assert round(last["recomputed_growth"], 1) == 744.4
    assert facts["government_id"].eq("08019").all()


def test_a1_rates_of_procedures(purchases: Frames) -> None:
    rates = purchases["procedure_rate"].set_index(["document_id", "method", "measure"])
    assert [
        rates.loc[("f26a", method, "by_method"), "counted"] for method in ("open", "selective", "direct", "all")
    ] == [4, 17, 11, 32]
    assert rates.loc[("f26a", "all", "single_bid"), "counted"] == 3
    observed = rates.loc[("f26a", "all", "observed")]
    assert observed["refusals"] == "observation_not_reported"
    assert pd.isna(observed["counted"]) and observed["reported"] == 0
