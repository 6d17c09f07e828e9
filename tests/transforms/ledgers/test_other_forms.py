"""What registers of other bodies and years mean: periods in words, releases that follow one another, amounts in words, rows that say nothing."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from tests.sources.ledgers.forms import PROCEDURES, Rows, form, procedures
from tests.transforms.ledgers.test_answering import asked, filled
from tests.transforms.ledgers.test_bad_input import COMPANY, package, release
from tests.transforms.ledgers.world import pesos, understood
from transforms.ledgers.typed import money, read_day


def bought(method: str | None = "Licitación pública", number: str | None = "X-1", contract: str | None = "C-1", total: Any = 100,
           most: Any = None, oversight: str | None = None) -> tuple[Any, ...]:  # fmt: skip
    return (method, number, None, None, COMPANY, None, contract, total, None, most, oversight, None)


def test_later_releases_of_a_process_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    """A package with the amendment of a contract that was paid: one contract at its last amount, one payment."""
    paid = {"implementation": {"transactions": [{"id": "F1", "value": {"amount": 10, "currency": "MXN"}}]}}
    releases = [
        release("ocds-1", amount) | {"date": day}
        for amount, day in ((100.5, "2020-01-02T00:00:00Z"), (150.75, "2020-06-01T00:00:00Z"))
    ]
    for each in releases:
        each["contracts"][0] |= paid
    frames = understood({"o": package(tmp_path / "o.json", *releases)})
    assert frames["contract"]["amount_centavos"].tolist() == [150_75]
    assert frames["payment"]["amount_centavos"].tolist() == [10_00] and len(frames["procedure"]) == 1
    assert frames["payment"]["contract_id"].tolist() == frames["contract"]["contract_id"].tolist()


def test_contracts_of_one_title_are_told_apart_by_their_id(tmp_path: Path) -> None:
    one = release("ocds-1", 100)
    one["contracts"].append(one["contracts"][0] | {"id": "2", "value": {"amount": 50, "currency": "MXN"}})
    assert understood({"o": package(tmp_path / "o.json", one)})["contract"]["amount_centavos"].tolist() == [10000, 5000]


def test_every_supplier_of_an_award_is_named(tmp_path: Path) -> None:
    one = release("ocds-1", 100)
    one["contracts"][0]["awardID"] = "A"
    one["awards"] = [{"id": "A", "suppliers": [{"name": "ROSALBA Q"}, {"name": COMPANY}, {"name": "OTRA, S.C."}]}]
    [contract] = understood({"o": package(tmp_path / "o.json", one)})["contract"].to_dict("records")
    assert (contract["supplier"], contract["supplier_kind"]) == (f"{COMPANY}; OTRA, S.C.", "company")


@pytest.mark.parametrize("text", ["2020-02-02T00:00:00Z", "2020-02-02T10:30:00-06:00", "2020-02-02"])
def test_a_day_with_a_clock(text: str) -> None:
    assert read_day(text).day == date(2020, 2, 2)


@pytest.mark.parametrize(
    "text", ["$1,160.00 (mil ciento sesenta pesos 00/100 M.N.)", "1160.00 pesos", "$ 1,160.00 MXN"]
)
def test_an_amount_with_its_words(text: str) -> None:
    centavos, problem = money(pd.Series([text]))
    assert centavos.tolist() == [1160_00] and problem.isna().all()


def test_a_period_in_words_ends_on_its_last_day(tmp_path: Path) -> None:
    headers = ["Ejercicio", "Periodo que se informa", *PROCEDURES[3:]]
    periods = ("Enero-Marzo", "Enero- Marzo", "01/01/2016 al 31/03/2016", "Primer trimestre")
    rows: Rows = [[2016, period, "Licitación pública", "Obra", f"X-{n}"] for n, period in enumerate(periods)]
    frames = understood({"p": form(tmp_path / "p.xlsx", "Resultados de procedimientos", headers, rows)})
    assert frames["procedure"]["period_end"].tolist() == [date(2016, 3, 31)] * len(periods)


def test_winners_of_a_linked_table(tmp_path: Path) -> None:
    headers = ["Ejercicio", "Tipo de procedimiento", "Número de expediente, folio o nomenclatura", "Número que identifique al contrato",
               "Monto total del contrato con impuestos incluidos", "Nombre o razón social del contratista o proveedor \nTabla_100009"]  # fmt: skip
    rest = [header for header in PROCEDURES[4:] if "contrato" not in header.lower()[:40] and "expediente" not in header]
    rows = [[2016, "Licitación pública", f"X-{n}", f"C-{n}", 100, n] for n in (1, 2)]
    named: Rows = [
        ["ID", "Nombre(s)", "Primer apellido", "Razón social"],
        [1, "ROSALBA", "QUIEBRAHACHA", None],
        [2, None, None, COMPANY],
    ]
    book = form(tmp_path / "p.xlsx", "Resultados de procedimientos", [*headers, *rest], rows, {"Tabla_100009": named})
    contracts = understood({"p": book})["contract"]
    assert (
        contracts["supplier_kind"].tolist() == ["withheld", "company"] and contracts["supplier"].tolist()[1] == COMPANY
    )


def test_rows_that_say_nothing_are_no_procedure_and_no_contract(tmp_path: Path) -> None:
    empty = ("N/A", "No aplica", None, None, None, None, "N/A", 0, None, 0, "N/A", "No hubo.")
    frames = understood({"p": procedures(tmp_path / "p.xlsx", [empty, bought()])})
    assert len(frames["procedure"]) == 1 and frames["contract"]["number"].tolist() == ["C-1"]


def test_a_zero_beside_a_maximum_is_no_total(tmp_path: Path) -> None:
    [contract] = understood({"p": procedures(tmp_path / "p.xlsx", [bought(total=0, most=500)])})["contract"].to_dict(
        "records"
    )
    assert pd.isna(contract["amount_centavos"]) and pesos(contract["amount_max_centavos"]) == 500


@pytest.mark.parametrize(
    ("oversight", "observed"), [("Testigo social 12", True), ("Bitácora de obra", None), ("N/A", None)]
)
def test_supervision_by_the_body_itself_is_no_observer(tmp_path: Path, oversight: str, observed: bool | None) -> None:
    [procedure] = understood({"p": procedures(tmp_path / "p.xlsx", [bought(oversight=oversight)])})[
        "procedure"
    ].to_dict("records")
    assert (None if pd.isna(procedure["observed"]) else procedure["observed"]) == observed


def test_a_company_whose_name_begins_like_a_body_is_a_company(tmp_path: Path) -> None:
    row = (*bought()[:4], "SERVICIO CONTINENTAL DE MENSAJERÍA, S. A. DE C. V.", *bought()[5:])
    assert understood({"p": procedures(tmp_path / "p.xlsx", [row])})["contract"]["supplier_kind"].tolist() == [
        "company"
    ]


def test_requests_as_people_write_them(tmp_path: Path) -> None:
    book = filled(tmp_path / "r.xlsx", "requests", [
        asked("folio 300562325000101 ", "2025-01-06", None, "Negada por reserva"), asked("TOTAL", None), asked("", "2025-01-06"),
    ])  # fmt: skip
    requests = understood({"r": book})["request"]
    assert requests["request_id"].tolist() == ["300562325000101", "r:3"] and requests["state"].tolist()[0] == "rejected"


def test_a_count_of_observers_with_its_noun(tmp_path: Path) -> None:
    headers = ["Clave del dato", "Clave del gobierno", "A la fecha", "Observadores registrados", "Procedimientos observados",
               "Lo que dice la fuente", "Crecimiento publicado en por ciento", "Dirección de la fuente"]  # fmt: skip
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (headers, ["a", "08019", "2024-05", "26 personas", "2", "x", None, None]):
        book.active.append(row)
    book.save(tmp_path / "o.xlsx")
    assert understood({"o": tmp_path / "o.xlsx"})["observation"]["observers"].tolist() == [26]


def test_art_121_of_ciudad_de_mexico(tmp_path: Path) -> None:
    """A121Fr30: its headers are those of the general law."""
    rows = [[2024, "2024-01-01", "2024-03-31", "Adjudicación directa", "Servicios", "AD-1"]]
    path = form(
        tmp_path / "a.xlsx", "Resultados de procedimientos de adjudicación directa, A121Fr30B", PROCEDURES, rows
    )
    [procedure] = understood({"p": path}, government_id="09", fiscal_year=2024)["procedure"].to_dict("records")
    assert (procedure["method"], procedure["file_number"]) == ("direct", "AD-1")
