"""What the right values of the design say beyond `test_real_ledgers`: counts of single columns, sums that stand nowhere, a derived table."""

import pandas as pd
import pytest

from tests.acceptance.conftest import LEDGERS
from tests.sources.ledgers.forms import read_file
from tests.transforms.ledgers.world import pesos, understood

pytestmark = pytest.mark.skipif(not LEDGERS.is_dir(), reason="no shared ledgers")
NAIVE_SUM = 4_666_517_00  # LEDGERS, A5: contract totals added row by row, centavos


def test_a1_three_rows_state_neither_a_total_nor_a_maximum() -> None:
    records = read_file(LEDGERS / "sipot_oplever_F26A_procedimientos_2025.xlsx").records
    rows = records[records["ledger"].eq("procedure") & records["type"].notna()]
    said = rows[rows["field"].isin(["amount", "amount_max"]) & rows["source_text"].str.strip("0. ").ne("")]
    assert rows["record"].nunique() - said["record"].nunique() == 3


def test_a5_the_naive_sum_of_contract_totals_stands_nowhere() -> None:
    frames = understood({"f21b": LEDGERS / "sipot_oplever_F21B_publicidad_2025.xlsx"})
    for name, frame in frames.items():
        for column in frame.columns[frame.columns.str.endswith("_centavos")]:
            values = pd.to_numeric(frame[column])
            assert values.sum() != NAIVE_SUM and not values.eq(NAIVE_SUM).any(), (name, column)


def test_c1_rows_with_an_e_mail_are_withheld() -> None:
    records = read_file(LEDGERS / "opa_2015.csv").records
    assert records[records["field"].eq("administrator_mail") & records["withheld"]]["record"].nunique() == 3116


def test_d1_what_resolutions_propose() -> None:
    records = read_file(LEDGERS / "sipot_oplever_F37A_comite_solicitudes_2025.xlsx").records
    proposals = records[records["field"].eq("proposal")]["source_text"]
    counts = {
        word: int(proposals.str.contains(word).sum()) for word in ("confidencial", "reservada", "Ampliación de plazo")
    }
    assert (len(proposals), counts) == (104, {"confidencial": 84, "reservada": 6, "Ampliación de plazo": 14})
    folios = records[records["field"].eq("folio_text")]["source_text"]
    assert folios.str.contains(r"(?<!\d)\d{12,18}(?!\d)").sum() == 19


def test_the_fism_of_a_year_is_a_cross_check_and_no_budget() -> None:
    frames = understood({"fism": LEDGERS / "fism_2013_municipal.parquet"}, government_id=None, fiscal_year=2013)
    received = frames["transfer"]
    assert (len(received), pesos(received["amount_centavos"].sum())) == (763, 36_686_883_241.0)
    assert received["derived"].all() and received["fund"].eq("fais").all() and frames["line"].empty


def test_d3_the_survey_is_in_the_calendar() -> None:
    source = LEDGERS.parent / "reference" / "obs_document_availability.csv"
    calendar = understood({"obs": source}, government_id="mx")["document_calendar"]
    published = calendar[calendar["state"].eq("on_time")].groupby("fiscal_year").size()
    assert published.to_dict() == {2006: 6, 2008: 7, 2010: 6, 2012: 7, 2015: 7, 2017: 8, 2019: 8}
    assert set(calendar["state"]) == {"on_time", "not_public"} and set(calendar["caveats"]) == {"survey_edition"}
    assert set(calendar["rule"]) == {"obs"} and len(calendar) == 7 * 8
