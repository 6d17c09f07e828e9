"""Two releases of one home: a document gets a newer version, and a claim on it is followed with the cause; another is taken out."""

import html
import io
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml
from rich.console import Console

from pipelines.dagster_ui.run import run_everything
from pipelines.home import Home
from pipelines.verbs.claims import cards_text, claims_text, errata_text, status_text
from pipelines.verbs.report import RunSummary, left_out, print_report
from pipelines.work.adding import Given, add_sources
from pipelines.work.failing import failing_documents
from pipelines.work.waiting import remove
from warehouse.release.folder import changed_files, latest

CLAIM = {
    "id": "subejercicio-salud",
    "text": "El estado devengó en salud menos de lo aprobado",
    "status": "document_seen",
    "origin": "Una nota inventada para la prueba",
    "year": 2021,
    "government_id": "26",
    "basket": "health",
    "operands": [
        {"sign": 1, "basket": "health", "governments": ["26"], "year": 2021, "stage": "devengado"},
        {"sign": -1, "basket": "health", "governments": ["26"], "year": 2021, "stage": "aprobado"},
    ],
}


def account(path: Path, accrued: int, year: int = 2021) -> Path:
    """A made-up account by function; only the accrued amount of health differs between versions."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Gobierno del Estado de Sonora"],
        [f"Clasificación funcional del 1 de enero al 31 de diciembre de {year} (pesos)"],
        ["Concepto", "Aprobado", "Devengado"],
        ["1 Gobierno", 600_000_000, 610_000_000],
        ["1.2 Justicia", 600_000_000, 610_000_000],
        ["2 Desarrollo Social", 400_000_000, accrued],
        ["2.3 Salud", 400_000_000, accrued],
        ["Total", 1_000_000_000, 610_000_000 + accrued],
    ):
        sheet.append(row)
    book.save(path)
    return path


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The second release of a home in which one document got a newer version, and another was taken out."""
    home, folder = Home(tmp_path_factory.mktemp("releases")).create(), tmp_path_factory.mktemp("accounts")
    (home.claims_folder / "salud.yaml").write_text(yaml.safe_dump(CLAIM, allow_unicode=True), encoding="utf-8")
    (home.claims_folder / "mala.yaml").write_text("id: mala\ntext: Una frase sin nada más\n", encoding="utf-8")
    (home.cards_folder / "ficha.yaml").write_text("id: [\n", encoding="utf-8")
    given = Given(government_id="26", fiscal_year=2021, kind="cuenta_publica", folio=None)
    [first] = add_sources(home, [str(account(folder / "cuenta-2021.xlsx", 390_000_000))], given)
    given_before = replace(given, fiscal_year=2019)
    [gone] = add_sources(home, [str(account(folder / "cuenta-2019.xlsx", 300_000_000, 2019))], given_before)
    assert gone.document_id is not None
    assert run_everything(home) is not None
    remove(home, gone.document_id, "El portal la retiró.")
    [second] = add_sources(home, [str(account(folder / "cuenta-2021-bis.xlsx", 425_000_000))], given)
    entry = home.catalogue_folder / "documents" / f"{second.document_id}.yaml"
    fields = yaml.safe_load(entry.read_text(encoding="utf-8")) | {"supersedes": first.document_id}
    entry.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    assert run_everything(home) is not None
    return home


def test_the_claim_flips_with_its_cause(home: Home) -> None:
    release = latest(home.releases)
    assert release is not None
    assert release.number == 2
    assert changed_files(release) == []
    assert {item["reader"] is not None for item in release.manifest["inputs"]} == {True}
    claims = home.store.read("out.claim").set_index("claim_id").loc["subejercicio-salud"]
    assert (claims["outcome"], claims["causes"]) == ("flipped", "late_accrual")
    assert [claims["previous_amount_centavos"], claims["amount_centavos"]] == [-10_000_000_00, 25_000_000_00]
    differences = home.store.read("out.release_difference").query(
        "change != 'document_removed' and fiscal_year == 2021"
    )
    assert set(differences["cause"]) == {"late_accrual"}
    assert set(differences["stage"]) == {"devengado"}
    assert differences.loc[differences["label"] == "2.3 Salud", "claims"].tolist() == ["subejercicio-salud"]


def test_a_document_that_was_taken_out_has_its_erratum(home: Home) -> None:
    [item] = home.set_aside().values()
    gone = item.document_id
    differences = home.store.read("out.release_difference")
    assert set(differences.query("fiscal_year == 2019")["document_id"]) == {gone}
    release = latest(home.releases)
    assert release is not None
    text = (release.folder / "ERRATAS.md").read_text(encoding="utf-8")
    assert f"Documento retirado, o que ya no se pudo leer `{gone}`" in text
    assert gone not in set(home.store.read("core.document")["document_id"])


def test_it_is_told_to_people(home: Home) -> None:
    assert "subejercicio-salud: Cambió de signo" in claims_text(home)
    one = claims_text(home, "dancer")
    assert one.startswith("dancer: ") and "¿El Gobierno de Sonora pagó" in one and "no publicar: " in one
    assert "subejercicio-salud" not in one
    assert "No se muestran: " in claims_text(home), "national claims have no documents here"
    with pytest.raises(LookupError, match="la edición no tiene documentos de su gobierno"):
        claims_text(home, "national-health-2024")
    with pytest.raises(LookupError, match="No hay afirmación «otra»"):
        claims_text(home, "otra")
    assert "afecta a: subejercicio-salud" in errata_text(home)
    assert "Registro posterior" in "\n".join(status_text(home))
    assert "Lo que habla en contra" in cards_text(home, "isssteson")
    with pytest.raises(LookupError, match="No hay ficha"):
        cards_text(home, "otra")


def test_nothing_new_is_not_a_release(home: Home) -> None:
    again = run_everything(home)
    assert again is not None
    assert (again.read_now, again.release_number, again.release_is_new) == (0, 2, False)
    text = io.StringIO()
    print_report(again, Console(file=text, width=118))
    assert "no se volvió a leer ningún documento" in text.getvalue()
    assert home.store.read("out.release_difference").empty
    assert set(home.store.read("out.claim")["outcome"]) <= {"held", "not_comparable"}


def test_files_that_cannot_be_used_are_left_out_and_told_everywhere(home: Home) -> None:
    """Publishing went on; the run, Dagster and the release each name the file, the field and what was expected."""
    release = latest(home.releases)
    assert release is not None
    alerts = home.store.read("out.alert").query("code == 'definition_left_out'")["mensaje"].tolist()
    assert len(alerts) == 4, "three keys are missing in one file, and another cannot be read"
    summary = RunSummary({"out.alert": home.store.read("out.alert")}, 0, 2, True, "", 0)
    console = Console(file=io.StringIO(), width=400)
    for part in left_out(summary):
        console.print(part)
    standing = failing_documents(home).groupby("document")["mensaje"].agg(" ".join)
    page = (release.folder / "reporte.html").read_text(encoding="utf-8")
    for text in (" ".join(alerts), console.file.getvalue(), html.unescape(page)):  # type: ignore[attr-defined]
        for words in (
            "claims/mala.yaml quedó fuera",
            "renglón 1, clave year: se esperaba el ejercicio",
            "affordability/ficha.yaml",
        ):
            assert words in text
    assert "clave origin" in standing["claims/mala.yaml"]
    assert "affordability/ficha.yaml" in standing
