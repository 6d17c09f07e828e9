"""`peso run` from documents to a release: the sample's comparisons, bad documents among good ones, nothing read twice."""

import io
import json
import re
import signal
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from rich.console import Console

from pipelines.dagster_ui.run import RunError, run_everything
from pipelines.verbs.answers import answer
from pipelines.verbs.report import print_report
from pipelines.work import reading, steps
from pipelines.work.adding import add_sources
from pipelines.work.failing import failing_documents
from pipelines.work.validating import Checks, validate
from tests.pipelines.world import peso, peso_here, rows
from tests.transforms.working import assert_steps_fit
from warehouse.release.folder import changed_files, latest

SONORA_3600 = [169, 246, 178, 204, 158, 137, 59, 189]  # million pesos, INEGI, 2015 to 2022
SONORA_3800 = [74, 63, 71, 50, 50, 16, 12, 76]


def test_the_sample_compares_as_inegi_published_it(world):
    frame = world.first.frames["out.health_vs_events"]
    sonora = frame[(frame["government_id"] == "26") & (frame["stage"] == "ejercido")].sort_values("fiscal_year")
    assert sonora["fiscal_year"].tolist() == list(range(2015, 2023))
    assert [round(int(value) / 1e8) for value in sonora["advertising_centavos"]] == SONORA_3600
    assert [round(int(value) / 1e8) for value in sonora["events_centavos"]] == SONORA_3800
    assert sonora["refusals"].isna().all()
    assert sonora["verified"].all()


def test_caveats_travel_with_the_numbers(world):
    frame = world.first.frames["out.health_vs_events"]
    made = frame[frame["refusals"].isna()]
    assert made["caveats"].str.contains("Instituciones y programas de salud").all()
    assert made["caveats"].str.contains("solo la nómina").all()


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        ("vacio.pdf", "empty_file"),
        ("pagina.pdf", "mislabelled"),
        ("truncado.pdf", "corrupt"),
        ("cifrado.pdf", "encrypted"),
        ("dibujo.pdf", "no_text"),
        ("sin-tabla.xlsx", "no_table"),
        ("tragado.pdf", "implausible"),
        ("bomba.xlsx", "too_large"),
    ],
)
def test_a_bad_document_is_named_and_the_rest_goes_on(world, name, outcome):
    document_id = world.bad[name].document_id
    row = world.first.frames["core.document"].set_index("document_id").loc[document_id]
    assert row["outcome"] == outcome
    assert name in row["message"]
    assert document_id in set(failing_documents(world.home)["document"])


def test_every_document_of_the_catalogue_ends_somewhere(world):
    documents = world.first.frames["core.document"]
    assert set(documents["document_id"]) == set(world.home.catalogue().documents)
    assert (documents["outcome"] == "read").sum() == 41
    assert not (documents["outcome"] == "pending").any()


def test_the_same_bytes_and_code_give_the_same_rows(world):
    entry = world.home.catalogue().documents["sample-26-2016"]
    before = {table: _bytes(world, table, entry.document_id) for table in reading.PART_TABLES}
    [outcome] = reading._read(world.home, [reading._task(entry)])
    assert outcome.readable
    assert before == {table: _bytes(world, table, entry.document_id) for table in reading.PART_TABLES}


def _bytes(world, table: str, document_id: str) -> bytes:
    return next(path for path in world.home.store.files(table) if path.stem == document_id).read_bytes()


def test_the_report_says_what_a_journalist_needs(world):
    text = io.StringIO()
    print_report(world.first, Console(file=text, width=118))
    for words in (
        "41 leídos de 49",
        "verificados",
        "que no cuadran",
        "Sonora",
        "Lo que debe decirse",
        "peso explain",
        "Edición 1",
    ):
        assert words in text.getvalue(), words


def test_the_release_is_whole_and_agrees_with_itself(world):
    release = latest(world.home.releases)
    assert release is not None
    assert changed_files(release) == []
    [counted] = rows(world.home, "SELECT count(*) AS lines FROM out.line_all")
    csv = pd.read_csv(release.folder / "csv" / "linea_todo.csv", encoding="utf-8-sig", dtype=str)
    assert counted["lines"] == len(csv) == release.manifest["tables"]["out.line_all"]["rows"]
    book = openpyxl.load_workbook(release.folder / "peso_a_peso.xlsx", read_only=True)
    assert book.sheetnames[:6] == [
        "Portada",
        "Salud y eventos",
        "Datos",
        "Diccionario",
        "Fuentes",
        "Advertencias",
    ]
    assert (release.folder / "validacion.html").is_file()


def test_query_answers_in_spanish_and_refuses_to_write(world):
    command = peso(
        world.home,
        "query",
        "SELECT gobierno, ejercicio FROM es.salud_vs_eventos WHERE gobierno = 'Sonora'",
        "--format",
        "json",
    )
    assert command.returncode == 0, command.stderr
    assert {row["gobierno"] for row in json.loads(command.stdout)} == {"Sonora"}
    refused = peso_here(world.home, "query", "DROP TABLE out.line")
    assert refused.returncode == 1
    assert "Un archivo publicado no se cambia" in refused.stderr


@pytest.mark.parametrize("width", [40, 100, 1000])
def test_no_width_cuts_a_number_or_a_column(world, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    sql = "FROM es.salud_vs_eventos WHERE gobierno = 'Sonora' AND rechazos IS NULL LIMIT 2"
    printed = answer(world.home, sql, "table", 1000)
    assert printed.endswith("(2 renglones)")
    as_records = printed.startswith("-- 1 --")
    assert as_records == (width < 1000)
    for row in rows(world.home, sql):
        for name, value in row.items():
            if as_records:
                shown = f"{value:,f}" if isinstance(value, Decimal) else "" if value is None else str(value)
                assert re.search(rf"^{name}: *{re.escape(shown)}$", printed, re.MULTILINE), name
            else:
                assert name in printed.splitlines()[0].split()
                assert not isinstance(value, Decimal) or f"{value:,f}" in printed.split(), name
    csv = pd.read_csv(io.StringIO(answer(world.home, sql, "csv", 1000)), dtype=str, keep_default_na=False)
    printed_rows = [["" if value is None else str(value) for value in row.values()] for row in rows(world.home, sql)]
    assert csv.to_numpy().tolist() == printed_rows


def test_long_text_is_wrapped_beside_whole_numbers(world, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    text = "[a] " + "palabra " * 30 + "fin :x:"
    sql = f"SELECT '{text}' AS texto, 98760512.00::DECIMAL(18,2) AS pesos, 'corto' AS texto"
    lines = answer(world.home, sql, "table", 1).splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[0].split() == ["texto", "pesos", "texto_1"]
    assert lines[1].split()[-2:] == ["98,760,512.00", "corto"]
    assert "".join(line.split("  ")[0] for line in lines[1:-1]).count("palabra") == 30
    assert "fin :x:" in "".join(lines)
    assert lines[-1] == "(1 renglón, lo más que deja --limit)"
    assert json.loads(answer(world.home, sql, "json", 2)) == [
        {"texto": text, "pesos": "98760512.00", "texto_1": "corto"}
    ]


def test_explain_leads_from_the_number_to_the_page(world):
    frame = world.first.frames["out.line_comparison"]
    line = frame[
        (frame["government_id"] == "26") & (frame["fiscal_year"] == 2016) & (frame["object_code"] == "36")
    ].iloc[0]
    command = peso_here(world.home, "explain", line["line_id"])
    assert command.returncode == 0, command.stderr
    for words in (
        "Servicios de comunicación social y publicidad",
        f"{int(line['amount_centavos']) // 100:,}.00 pesos",
        "página",
        "sha256",
        "verificado",
        "Cambios en que participa",
        "2015 a 2016, ejercido: 169,",
        "% real; se sostiene en",
    ):
        assert words in command.stdout, words
    assert peso_here(world.home, "explain", "no:1:1").returncode == 1


def test_read_shows_a_file_without_a_warehouse(world, tmp_path):
    path = next(world.home.samples.glob("egresos-sonora-2021.pdf"))
    command = peso(type(world.home)(tmp_path / "none"), "read", str(path), "--format", "csv")
    assert command.returncode == 0, command.stderr
    rows = pd.read_csv(io.StringIO(command.stdout), dtype=str)
    assert list(rows.columns) == [
        "page",
        "table",
        "row",
        "column",
        "label",
        "header",
        "stage",
        "source_text",
        "amount",
        "verified",
        "reason",
        "lacks",
        "place",
    ]
    advertising = rows[rows["label"].str.contains("Servicios de comunicación social")].iloc[0]
    assert (advertising["amount"], advertising["verified"]) == ("59263132.00", "True")
    assert "0 sin explicar" in command.stderr
    assert not (tmp_path / "none").exists(), "reading a file writes nothing"


def test_status_lists_what_fails(world):
    command = peso_here(world.home, "status")
    assert command.returncode == 1
    assert "8 fallan" in command.stdout
    assert " alertas document_refused (es.alertas)" in command.stdout


def test_a_blocking_check_that_fails_is_named_and_nothing_is_published(world, monkeypatch, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    assert len(list(add_sources(home, [str(next(world.home.samples.glob("egresos-sonora-2021.pdf")))]))) == 1

    results = Checks.results

    def failing(checks):
        found = results(checks)
        return [replace(r, passed=False, failing=1) if r.check_id == "amount_has_line" else r for r in found]

    monkeypatch.setattr(Checks, "results", failing)
    with pytest.raises(RunError, match="core/amount: amount_has_line"):
        run_everything(home)
    assert latest(home.releases) is None


def test_bytes_that_changed_in_the_archive_are_reported(world, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    (added,) = add_sources(home, [str(next(world.home.samples.glob("egresos-sonora-2021.pdf")))])
    path = home.archive.path(home.catalogue().documents[added.document_id].sha256)
    path.chmod(0o644)
    path.write_bytes(b"changed")
    assert "corrupt" in set(failing_documents(home)["outcome"])


def test_an_interrupted_run_says_that_it_was(world, monkeypatch, tmp_path):
    home = type(world.home)(tmp_path / "home").create()
    assert len(list(add_sources(home, [str(next(world.home.samples.glob("egresos-sonora-2021.pdf")))]))) == 1

    def interrupted(*_):
        signal.raise_signal(signal.SIGINT)  # what Ctrl-C does
        raise AssertionError("the signal was not heard")

    monkeypatch.setattr(steps, "build_core", interrupted)
    with pytest.raises(RunError, match="se interrumpió"):
        run_everything(home)
    assert latest(home.releases) is None


def test_the_steps_of_the_sample_hand_on_what_their_tables_say(world):
    assert_steps_fit(steps.read_core(world.home))


def test_documents_that_cannot_be_normalized_are_named_and_the_rest_goes_on(world, tmp_path, monkeypatch):
    home = type(world.home)(tmp_path / "home").create()
    names = ("egresos-sonora-2019.pdf", "egresos-sonora-2020.pdf", "egresos-sonora-2021.pdf", "egresos-sonora-2022.pdf")
    ids = [added.document_id for name in names for added in add_sources(home, [str(world.home.samples / name)])]
    bad = {ids[0], ids[2]}
    for document_id in bad:  # a page that is there twice
        page = home.store.read("raw.page", document_id)
        home.store.write("raw.page", pd.concat([page, page], ignore_index=True), document_id)
    written = steps.build_core(home)
    document = home.store.read("core.document").set_index("document_id")
    assert set(document.index[document["outcome"] == "failed"]) == bad
    assert all(name in document.loc[name, "message"] for name in bad)
    amounts = home.store.read("core.amount")
    assert set(amounts["document_id"]) == set(ids) - bad
    assert (written["core.amount"].rows, len(written["core.amount"].first)) == (len(amounts), 12)
    assert set(failing_documents(home)["document"]) == bad
    assert not [result for result in validate(home, "raw", "core") if result.severity == "ERROR" and not result.passed]
    entries = home.catalogue().documents.values()
    assert not [outcome for outcome in reading.read_documents(entries, home) if outcome.fresh], "they would fail again"
    monkeypatch.setattr(reading, "with_program", "{}-of-tomorrow".format)
    assert {outcome.document_id for outcome in reading.read_documents(entries, home) if outcome.fresh} == bad
    steps.build_core(home)
    assert set(home.store.read("core.amount")["document_id"]) == set(ids)
