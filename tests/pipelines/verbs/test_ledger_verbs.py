"""The verbs on ledgers, on one small home: trace, template, due, beside, ask; explain, show and evidence of a contract; page and workbook."""

import hashlib
import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from pipelines.cli import main
from pipelines.dagster_ui.run import run_everything
from pipelines.home import Home
from pipelines.verbs.due import beside_text, due_text, letter_text
from pipelines.verbs.explain import explanation
from pipelines.verbs.reading_view import summary_text, view
from pipelines.work.adding import Given, add_sources
from tests.sources.ledgers.forms import advertising, cells, form, procedures, read_file, spending
from tests.sources.ledgers.test_printed import HEADERS, ruled
from tests.sources.pdf.typeset import typeset
from tests.transforms.ledgers.test_answering import OBJECT, PUBLISHED, asked, filled

COMPANY, PERSON = "GRUPO EJEMPLO, S.A. DE C.V.", "ROSALBA"
END = "2025-03-31"
EVENTS = "38200001"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A budget with its contracts and invoices, a register of requests, a list of publications, and two budgets to set side by side."""
    folder = tmp_path_factory.mktemp("documents")
    home = Home(tmp_path_factory.mktemp("home")).create()
    lines = [
        (END, EVENTS, "CONGRESOS Y CONVENCIONES", 900, 900, 500, 500),
        (END, "36100005", "DIFUSIÓN", 100, 100, 30, 30),
    ]
    procedures(
        folder / "compras.xlsx",
        [("Licitación pública", "EXP 1", None, None, COMPANY, None, "C-1", 500, None, None, None, None),
         ("Adjudicación directa", "EXP 2", PERSON, "QUIEBRAHACHA", None, None, "C-2", 40, None, None, None, None)],
        charges=[[1, EVENTS], [2, "36100005"]],
    )  # fmt: skip
    advertising(folder / "difusion.xlsx", [(END, COMPANY, None, "36100005", "P-1", 30, 30, "F1")])
    spending(folder / "gasto.xlsx", lines)
    answer = folder / "respuesta.csv"
    answer.write_text("Concepto,Devengado\nServicios,1000\nTotal,1000\n", encoding="utf-8")
    sha256 = hashlib.sha256(answer.read_bytes()).hexdigest()
    filled(folder / "solicitudes.xlsx", "requests", [
        asked("300562325000101", "2025-01-06"), asked("300562325000102", "2025-01-06", "2025-01-20", "Se entregó", **{"Huella": sha256}),
    ])  # fmt: skip
    form(folder / "lista.xlsx", "Las demás que establezca la legislación vigente", PUBLISHED,
         [[2021, "2021-01-01", "2021-04-30", OBJECT, "https://example.org/d.pdf", "Tesorería", "2021-09-01", "2021-09-01"]])  # fmt: skip
    typeset(
        folder,
        ruled(
            HEADERS,
            ("1", "OP-7/2025", "Red de agua", COMPANY, "15/02/2025", "$7,000.50"),
            ("2", "OP-8/2025", "Calle", f"{PERSON} QUIEBRAHACHA", "16/02/2025", "$500.00"),
        ),
    )
    budget(folder / "estado.xlsx", "Gobierno del Estado de Nuevo León", 2_000_000_000)
    budget(folder / "ciudad.xlsx", "Municipio de Monterrey", None)
    places = {
        "estado.xlsx": ("19", 2020, "cuenta_publica"),
        "ciudad.xlsx": ("19039", 2020, "cuenta_publica"),
        "lista.xlsx": ("21164", 2021, None),
    }
    for path in sorted(folder.glob("*.*")):
        government, year, kind = places.get(path.name, ("26", 2025, None))
        assert all(
            added.outcome != "refused" for added in add_sources(home, [str(path)], Given(government, year, kind))
        )
    assert run_everything(home) is not None
    return home


def budget(path: Path, name: str, handed: int | None) -> None:
    """An analytic statement by object of 2020; `handed`: what a state gives to its municipalities."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    parts = [("1000 Servicios Personales", 3_000_000_000), ("6000 Inversión Pública", 500_000_000)]
    parts += [("8000 Participaciones y Aportaciones", handed)] if handed else []
    for title in (
        name,
        "Estado Analítico del Ejercicio del Presupuesto de Egresos",
        "Clasificación por Objeto del Gasto",
        "Del 1 de enero al 31 de diciembre de 2020",
        "(Pesos)",
    ):
        sheet.append([title])
    sheet.append(["Concepto", "Aprobado", "Devengado"])
    for label, pesos in [*parts, ("Total del Gasto", sum(pesos for _, pesos in parts))]:
        sheet.append([label, pesos, pesos])
    book.save(path)


@pytest.fixture
def command(home: Home, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """`peso` in a folder of its own."""
    monkeypatch.setenv("PESO_HOME", str(home.root))
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, arguments)


def line_of(home: Home, code: str) -> str:
    from tests.pipelines.world import rows

    return str(rows(home, f"SELECT line_id FROM out.line_trace WHERE object_code = '{code}'")[0]["line_id"])


def record_of(home: Home, table: str, column: str, text: str) -> str:
    from tests.pipelines.world import rows

    return str(rows(home, f"SELECT {table}_id FROM core.{table} WHERE {column} = '{text}'")[0][f"{table}_id"])


def test_an_event_line_opens_its_contract_with_its_page_and_the_contract_its_line(home: Home, command) -> None:
    line_id = line_of(home, EVENTS)
    told: Result = command("trace", line_id)
    assert told.exit_code == 0, told.output
    assert (
        "C-1" in told.output
        and COMPANY in told.output
        and "500.00 pesos (100.00%)" in told.output
        and "A8" in told.output
    )
    back = command("trace", "C-1").output
    assert line_id in back and "diferencia 0.00" in back
    invoice = command("trace", "F1").output
    assert "factura F1; 30.00 pesos" in invoice and line_of(home, "36100005") in invoice


def test_a_supplier_who_may_be_a_person_is_named_nowhere(home: Home, command, tmp_path: Path) -> None:
    contract = record_of(home, "contract", "number", "C-2")
    texts = [command("trace", "C-2").output, command("explain", contract).output]
    assert "se reserva" in texts[0].lower() and "Dato personal" in texts[1]
    texts.append(command("evidence", contract, "--out", str(tmp_path / "pack")).output)
    texts += [path.read_text(encoding="utf-8-sig") for path in (tmp_path / "pack").glob("*.*")]
    assert not any(PERSON in text or "QUIEBRAHACHA" in text for text in texts)


def test_a_request_is_traced_by_its_folio_to_its_answer(command) -> None:
    told = command("trace", "300562325000102").output
    assert "se entregó la información" in told and "es su respuesta" in told and "vence el 2025-02-03" in told
    missing = command("trace", "nadie")
    assert missing.exit_code == 1 and "peso query" in missing.output


@pytest.mark.parametrize("name", ["requests", "commitments", "observations"])
def test_a_template_is_the_empty_workbook_of_its_profile(command, name: str, tmp_path: Path) -> None:
    assert command("template", name).exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")[name]
    assert sheet.max_row == 1 and all(cell.value for cell in sheet[1])
    assert not any(word in str(cell.value).lower() for cell in sheet[1] for word in ("solicitante", "nombre"))
    again, unknown = command("template", name), command("template", "nada")
    assert again.exit_code == unknown.exit_code == 1 and "ya existe" in again.output and "requests" in unknown.output


def test_what_is_overdue_says_since_when_and_under_which_rule(home: Home, command) -> None:
    told = due_text(home, "26", date(2025, 2, 13))
    assert "con plazo vencido al 2025-02-13: 1" in told and "vencida hace 10 días, desde el 2025-02-03" in told
    assert "Ley General de Transparencia" in told and "fines de semana" in told and "300562325000102" not in told
    assert "vence el 2025-02-03" in due_text(home, "26", date(2025, 1, 20))
    published = command("due", "--government", "21164").output
    assert (
        "LGCG" in published
        and "Estado analítico de egresos por objeto del gasto" in published
        and "hasta 94 días" in published
    )
    nothing = command("due", "--government", "99")
    assert nothing.exit_code == 1 and "peso template requests" in nothing.output


def test_governments_side_by_side_with_what_must_be_said(home: Home, command) -> None:
    told = beside_text(home, ["19", "19039"], 2020)
    assert (
        "Nuevo León (19): 931.26" in told
        and "Nuevo León (19): 592.62" in told
        and "Monterrey (19039): 3,019.45" in told
    )
    assert "rechazado: Ningún documento" in told and "5,905,971 habitantes" in told
    refused = command("beside", "19", "26", "--year", "2020")
    assert refused.exit_code == 1 and "26" in refused.output


def test_a_letter_asks_for_what_a_line_lacks_and_names_no_person(home: Home) -> None:
    letter = letter_text(home, line_of(home, EVENTS))
    assert "A la Unidad de Transparencia de Sonora" in letter and "versión pública" in letter and EVENTS in letter
    assert "Ley General de" in letter and PERSON not in letter and f"al {END}" in letter
    with pytest.raises(LookupError, match="no:1:1"):
        letter_text(home, "no:1:1")


def test_a_contract_is_explained_shown_and_packed_with_its_line(home: Home, command, tmp_path: Path) -> None:
    contract = record_of(home, "contract", "number", "C-1")
    told = explanation(home, contract)
    assert "Monto total del contrato" in told and "«500»" in told and "sha256" in told and line_of(home, EVENTS) in told
    assert command("show", contract, "--out", "c.png").exit_code == 0
    with Image.open(tmp_path / "c.png") as picture:
        assert picture.width > 300
    assert command("evidence", contract, "--out", str(tmp_path / "pack")).exit_code == 0
    cells = (tmp_path / "pack" / "registros.csv").read_text(encoding="utf-8-sig")
    assert "C-1" in cells and EVENTS in cells
    page = (tmp_path / "pack" / "index.html").read_text(encoding="utf-8")
    assert "Lo que los registros enlazan" in page and line_of(home, EVENTS) in page
    assert any(path.name.startswith("contract-") for path in (tmp_path / "pack" / "recortes").iterdir())


def test_a_contract_printed_in_a_pdf_is_told_with_its_page_and_shown_without_its_neighbours(
    home: Home, command, tmp_path: Path
) -> None:
    contract, beside = (record_of(home, "contract", "number", number) for number in ("OP-7/2025", "OP-8/2025"))
    told = command("trace", "OP-7/2025").output
    assert "7,000.50 pesos" in told and COMPANY in told
    texts = [explanation(home, contract), explanation(home, beside)]
    assert "«$7,000.50»" in texts[0] and not any(PERSON in text for text in texts)
    for number, record in enumerate((contract, beside)):
        assert command("show", record, "--out", f"{number}.png").exit_code == 0
        with Image.open(tmp_path / f"{number}.png") as picture:
            assert picture.width > 300


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice")
def test_a_template_that_libreoffice_saves_comes_back(command, tmp_path: Path) -> None:
    assert command("template", "requests").exit_code == 0
    book = openpyxl.load_workbook(tmp_path / "requests.xlsx")
    book["requests"].append(
        ["300562325000109", "26", "Instituto", "El gasto", date(2025, 1, 6), "no", None, None, None, None]
    )
    book.save(tmp_path / "requests.xlsx")
    soffice = [
        "soffice",
        "--headless",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--convert-to",
        "ods",
    ]
    subprocess.run(
        [*soffice, "--outdir", str(tmp_path), str(tmp_path / "requests.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    records = read_file(tmp_path / "requests.ods").records
    assert set(records["profile_id"]) == {"requests"} and cells(records, 1)["asked_on"] == "2025-01-06"


def test_the_pack_of_a_line_holds_its_invoices_and_their_contract(home: Home, command, tmp_path: Path) -> None:
    assert command("evidence", line_of(home, "36100005"), "--out", str(tmp_path / "pack")).exit_code == 0
    cells = (tmp_path / "pack" / "registros.csv").read_text(encoding="utf-8-sig")
    crops = {path.name.split("-")[0] for path in (tmp_path / "pack" / "recortes").iterdir()}
    assert "F1" in cells and "P-1" in cells and {"contract", "payment"} <= crops


def test_reading_a_ledger_says_its_profile_and_what_it_withheld(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PESO_LANG", "en")
    row = ("Licitación pública", "EXP 1", PERSON, "QUIEBRAHACHA", None, None, "C-1", 500, None, None, None, None)
    told = summary_text(view(procedures(tmp_path / "p.xlsx", [row]), None))
    assert "Recognised as sipot_procedures" in told and "withheld as personal data" in told and PERSON not in told


def test_page_and_workbook_tell_ledgers_where_there_are_any(home: Home) -> None:
    release = home.published()
    page = (release.folder / "reporte.html").read_text(encoding="utf-8")
    for title in ("De la línea al contrato", "Lo que debería estar publicado", "Lado a lado"):
        assert f">{title}<" in page, title
    assert "sin rastrear" in page and PERSON not in page
    sheets = openpyxl.load_workbook(release.folder / "peso_a_peso.xlsx", read_only=True).sheetnames
    assert {"De la línea al contrato", "Debería estar publicado", "Solicitudes", "Lado a lado"} <= set(sheets)
    assert "Compromisos" not in sheets
