"""Requests, publications and commitments: due days by a named rule, what is missing said as missing, and no mean over what nobody measured."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from sources.ledgers.template import write_template
from tests.sources.ledgers.forms import PERIOD, form
from tests.transforms.ledgers.world import Frames, understood
from transforms.ledgers.due import business_days_after, obs_due

ANSWER = "a" * 64


def filled(path: Path, name: str, rows: Sequence[dict[str, Any]]) -> Path:
    """The template of that name, with rows by the beginning of their header."""
    book = openpyxl.load_workbook(write_template(name, path))
    sheet = book[name]
    headers = [str(cell.value) for cell in sheet[1]]
    for row in rows:
        assert all(any(header.startswith(key) for header in headers) for key in row), (row, headers)
        sheet.append([next((row[key] for key in row if header.startswith(key)), None) for header in headers])
    book.save(path)
    return path


def asked(
    folio: str | None, on: str | None, answered: str | None = None, sense: str | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "Folio": folio, "Clave del gobierno": "26", "Sujeto obligado": "Instituto de Salud", "Qué se pidió": "El gasto por partida",
        "Fecha de la solicitud": on, "Fecha de la respuesta": answered, "Sentido": sense, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    """A register with a silence, an answer that came late, one that is kept, and a request without a day."""
    rows = [
        asked("F1", "2022-03-07"),
        asked("F2", "2022-03-07", "2022-04-29", "Se entregó la información", **{"Huella": ANSWER.upper()}),
        asked("F3", "2024-05-01", "2024-06-10", "Inexistencia", **{"Plazo ampliado": "sí"}),
        asked("F4", None),
        asked("F5", "2024-05-06", "2024-05-20", "Se entregó parcialmente", **{"Línea, contrato": "answer"}),
    ]
    folder = tmp_path_factory.mktemp("requests")
    answer = folder / "answer.csv"
    answer.write_text("Concepto,Devengado\nServicios,1000\nTotal,1000\n", encoding="utf-8")
    mailed = folder / "mailed.csv"
    mailed.write_text("Concepto,Devengado\nViáticos,500\nTotal,500\n", encoding="utf-8")
    files = {"register": filled(folder / "r.xlsx", "requests", rows), "answer": answer, "mailed": mailed}
    stamp = pd.Timestamp("2024-12-31", tz="UTC")
    return understood(
        files,
        government_id="26",
        obtained_at=stamp,
        obtained_how="file",
        each={"answer": {"sha256": ANSWER, "kind": "informe"}, "mailed": {"obtained_how": "request (folio F5)"}},
    )


def test_a_term_in_business_days_begins_on_the_day_after() -> None:
    days = pd.Series([date(2026, 11, 2), date(2026, 11, 7), None], dtype="date32[day][pyarrow]")
    assert business_days_after(days, 20).tolist()[:2] == [
        date(2026, 11, 30),
        date(2026, 12, 7),
    ]  # a Saturday counts as its Monday
    assert business_days_after(days, 20).isna().tolist() == [False, False, True]


def test_a_request_has_its_due_days_and_the_state_that_its_register_says(kept: Frames) -> None:
    requests = kept["request"].set_index("request_id")
    assert requests["due_on"].astype("str").to_dict() | {"F4": None} == {
        "F1": "2022-04-04", "F2": "2022-04-04", "F3": "2024-05-29", "F4": None, "F5": "2024-06-03",
    }  # fmt: skip
    assert requests.loc["F1", "extended_due_on"] == date(2022, 4, 18) and pd.isna(requests.loc["F4", "due_on"])
    assert requests["state"].to_dict() == {
        "F1": "waiting_response", "F2": "successful", "F3": "not_held", "F4": "waiting_response", "F5": "partially_successful",
    }  # fmt: skip
    assert set(requests["government_id"]) == {"26"}


def test_an_answer_is_attached_by_its_hash_and_linked_as_declared(kept: Frames) -> None:
    links = kept["link"].set_index("from_id")
    assert links.loc["F2", ["to_kind", "to_id", "rule", "strength"]].tolist() == [
        "document",
        "answer",
        "answer",
        "declared",
    ]
    both = links.loc[["F5"]]
    assert set(zip(both["to_id"], both["rule"], strict=True)) == {
        ("answer", "declared"),
        ("mailed", "answer"),
    }  # by its folio
    assert links["sum_amount_centavos"].isna().all()


def test_a_series_counts_what_is_overdue_and_says_the_year_that_is_missing(kept: Frames) -> None:
    series = kept["request_series"].set_index("series_id")
    silent = series.loc["26:Instituto de Salud:2022:waiting_response"]
    assert (silent["requests"], silent["overdue"], silent["answered"]) == (1, 1, 0)
    late = series.loc["26:Instituto de Salud:2022:successful"]
    assert (late["overdue"], late["answer_documents"], late["median_days"], late["citable"]) == (1, 1, 53, True)
    extended = series.loc["26:Instituto de Salud:2024:not_held"]
    assert (extended["overdue"], extended["refusals"]) == (0, "no_answer_document")
    missing = series.loc["26:Instituto de Salud:2023:-"]
    assert pd.isna(missing["requests"]) and missing["refusals"] == "year_missing" and not missing["citable"]
    undated = series.loc["26:Instituto de Salud:-:waiting_response"]
    assert (undated["requests"], undated["refusals"]) == (1, "date_unknown") and pd.isna(undated["overdue"])
    assert set(series["caveats"].dropna()) == {"weekends_only"} and set(series["as_of"]) == {date(2024, 12, 31)}


PUBLISHED = [*PERIOD, "Denominación del documento", "Hipervínculo al documento", "Área(s) responsable(s)", "Fecha de validación", "Fecha de actualización"]  # fmt: skip
OBJECT = "Estado analítico del ejercicio del presupuesto de egresos, por objeto del gasto"


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    rows = [
        (OBJECT, "2021-04-30", "2021-05-20"),
        (OBJECT, "2021-05-31", "2021-09-01"),
        (OBJECT, "31/06/2021", "2021-09-01"),
        (OBJECT, "2021-08-31", None),
        ("Cuenta pública 2021", "2021-12-31", "2022-03-01"),
    ]
    whole = [
        [2021, "2021-01-01", end, name, "https://example.org/d.pdf", "Tesorería", day, day] for name, end, day in rows
    ]
    path = tmp_path_factory.mktemp("list") / "l.xlsx"
    form(path, "Las demás que establezca la legislación vigente", PUBLISHED, whole)
    return understood({"list": path}, government_id="21014", kind="informe", fiscal_year=2021)["document_calendar"]


def test_each_period_of_a_document_has_its_due_day_and_state(calendar: pd.DataFrame) -> None:
    rows = calendar[calendar["document_class"].eq("egresos_objeto")].set_index("period")
    assert rows["state"].to_dict() == {
        "2021-04": "on_time", "2021-05": "late", "2021-06": "impossible_date", "2021-07": "not_listed", "2021-08": "undated",
    }  # fmt: skip
    assert (rows.loc["2021-05", "due_on"], rows.loc["2021-05", "days_late"]) == (date(2021, 6, 30), 63)
    assert rows["refusals"].dropna().to_dict() == {
        "2021-06": "impossible_date", "2021-07": "not_searched", "2021-08": "date_unknown",
    }  # fmt: skip
    assert set(rows["rule"]) == {"lgcg_58"} and rows["citable"].tolist() == [True, True, False, False, False]


def test_the_survey_asks_for_eight_documents_and_what_nobody_searched_is_not_absent(calendar: pd.DataFrame) -> None:
    survey = calendar[calendar["rule"].eq("obs")].set_index("document_class")
    assert len(survey) == 8
    assert survey["state"].value_counts().to_dict() == {"not_searched": 6, "on_time": 1, "undated": 1}
    assert (survey.loc["year_end_report", "state"], survey.loc["year_end_report", "due_on"]) == (
        "on_time",
        date(2022, 12, 31),
    )
    assert (
        survey.loc["in_year_reports", "document_ids"] == "list"
    )  # a document of this kind is here; its day is not known
    assert survey.loc["enacted_budget", "caveats"] == "clock_unknown"


def test_the_stop_dates_of_the_survey() -> None:
    assert obs_due("audit_report", 2020) == date(2022, 6, 30)
    assert obs_due("mid_year_review", 2020) == date(2020, 9, 30)
    assert obs_due("enacted_budget", 2020) is None


def test_a_plan_has_a_mean_only_where_all_its_commitments_were_assessed(tmp_path: Path) -> None:
    def promised(key: str | None, plan: str, progress: int | None = None, **more: Any) -> dict[str, Any]:
        return {
            "Clave del compromiso": key,
            "Plan": plan,
            "Clave del gobierno": "11",
            "Compromiso": key,
            "Avance en": progress,
            **more,
        }

    rows = [
        promised("A1", "Uno", 90), promised("A2", "Uno", 70), promised("B1", "Dos", 90), promised("B2", "Dos"),
        promised("A1", "Tres", 90), promised(None, "Guanajuato", None, **{"Número de compromisos": 15}),
    ]  # fmt: skip
    status = understood({"plans": filled(tmp_path / "c.xlsx", "commitments", rows)})["commitment_status"]
    plans = status[status["commitment_id"].eq("-")].set_index("plan")
    assert plans.loc["Uno", ["commitments", "assessed", "progress"]].tolist() == [2, 2, 80.0]
    assert plans.loc["Dos", ["commitments", "assessed", "refusals"]].tolist() == [2, 1, "progress_missing"]
    assert pd.isna(plans.loc["Dos", "progress"]) and pd.isna(plans.loc["Guanajuato", "progress"])
    assert plans.loc["Guanajuato", ["commitments", "refusals"]].tolist() == [15, "count_only"]
    each = status[~status["commitment_id"].eq("-")].set_index("commitment_id")
    assert len(each) == 4 and each.loc["A1", ["plan", "caveats"]].tolist() == ["Uno;Tres", "several_plans"]
