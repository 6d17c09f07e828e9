"""`peso evidence` on the sample: a folder that opens offline, whose SQL gives the printed numbers, and its gate."""

import csv
import io
import json
import re
from decimal import Decimal
from unittest.mock import Mock

import pytest
from PIL import Image

from pipelines.evidence import EvidenceError, write_pack
from pipelines.evidence.gather import is_witnessed
from sources.bytes.archive import sha256_of
from tests.pipelines.world import peso_here, rows
from warehouse.ask import query

COMPARISON = "26:2021:ejercido"


@pytest.fixture(scope="module")
def pack(world, tmp_path_factory):
    out = tmp_path_factory.mktemp("evidencia")
    line = rows(world.home, "SELECT line_id FROM out.line WHERE object_code = '38' AND document_id = 'sample-08-2018'")
    entries = write_pack(world.home, (COMPARISON, "dancer", line[0]["line_id"]), out, asked=None)
    return out, entries


def test_the_folder_has_everything_and_the_page_stands_alone(pack):
    out, entries = pack
    assert {path.name for path in out.iterdir()} == {
        "index.html", "operandos.csv", "operandos.json", "fuentes.json", "consulta.sql", "metodo.md", "recortes", "verifica.py",
        "ro-crate-metadata.json",
    }  # fmt: skip
    page = (out / "index.html").read_text(encoding="utf-8")
    outside = re.findall(r'(?:src|href)="(?!data:|recortes/|#)([^"]+)"', page)
    assert not outside, "nothing is fetched"
    assert "<script" not in page
    assert "@import" not in page
    for link in re.findall(r'href="(recortes/[^"]+)"', page):
        with Image.open(out / link) as crop:
            assert crop.width >= 1000
    assert len(entries) == 3


def test_the_sql_run_on_the_release_gives_the_printed_numbers(world, pack):
    out, _ = pack
    text = (out / "consulta.sql").read_text(encoding="utf-8")
    queries = re.findall(
        r"^-- (?P<side>\w+): «(?P<column>\w+)» debe dar (?P<value>[\d,.]+)$\n(?P<sql>[^;]+);", text, re.M
    )
    printed = {side: Decimal(value.replace(",", "")) for side, _, value, _ in queries}
    (row,) = rows(
        world.home,
        "SELECT health, events, advertising FROM out.health_vs_events "
        "WHERE government_id = '26' AND fiscal_year = 2021 AND stage = 'ejercido' AND refusals IS NULL",
    )
    assert {
        "salud": row["health"],
        "eventos": row["events"],
        "publicidad": row["advertising"],
    }.items() <= printed.items()
    for side, column, value, sql in queries:
        assert {gathered[column] for gathered in rows(world.home, sql)} == {Decimal(value.replace(",", ""))}, side
    for sql in re.findall(r"^SELECT [^;]+;", text, re.M):
        assert rows(world.home, sql.rstrip(";")), sql


def test_operands_are_told_with_their_place_hash_and_crop(world, pack):
    out, _ = pack
    operands = list(csv.DictReader(io.StringIO((out / "operandos.csv").read_text(encoding="utf-8-sig"))))
    assert {row["operando"] for row in operands} == {"salud", "eventos", "publicidad", "línea"}
    for row in operands:
        assert (out / row["recorte"]).is_file()
        assert row["recorte_muestra_la_cifra"] == "True"
        assert row["lugar"]
        assert row["pagina"]
        assert row["texto_fuente"]
        assert sha256_of(world.home.archive.path(row["sha256"])) == row["sha256"]
    structured = json.loads((out / "operandos.json").read_text(encoding="utf-8"))
    assert sum(len(subject["operandos"]) for subject in structured) == len(operands)
    sources = json.loads((out / "fuentes.json").read_text(encoding="utf-8"))
    assert {source["sha256"] for source in sources} == {row["sha256"] for row in operands}
    assert all(source["sidecar"]["origins"][0]["origin"] for source in sources)


def test_the_sample_is_never_to_be_published(pack):
    out, entries = pack
    page = (out / "index.html").read_text(encoding="utf-8")
    assert page.count("NO PUBLICAR") == 3
    unmet = {gathered.subject.name: [c.code for c in gathered.conditions if not c.met] for gathered in entries}
    comparison, line = unmet["26:2021:ejercido:sample-26-2021"], [v for k, v in unmet.items() if ":1:" in k]
    assert comparison == ["citable", "own_document", "asked_for_reply"]
    assert line == [["citable", "own_document", "asked_for_reply"]]
    assert {"has_operands", "document_seen"} <= set(unmet["dancer"])


def test_the_method_is_told_in_spanish_with_the_rules_that_measured(pack):
    out, _ = pack
    text = (out / "metodo.md").read_text(encoding="utf-8")
    assert "health.efipem_transfers" in text
    assert "Pesos reales" in text
    assert "rule events." not in text, "rules that did not measure these numbers are left out"


def test_a_change_between_years_has_two_sides_and_a_sign(world, tmp_path):
    entries = write_pack(world.home, ("Sonora:2018-2022:publicidad:ejercido",), tmp_path)
    (gathered,) = entries
    assert set(gathered.subject.sides) == {"2018, ejercido", "2022, ejercido"}
    assert all(query.holds for query in gathered.queries)
    met = {condition.code: condition.met for condition in gathered.conditions}
    assert met["sign_stable"] == gathered.subject.row["stable"]


def test_what_is_not_known_is_refused_in_spanish_and_nothing_is_written(world, tmp_path):
    for name in ("nada", "no:1:1", "26:1999"):
        with pytest.raises(EvidenceError, match=rf"«{name}» no está en la edición.*dancer"):
            write_pack(world.home, (name,), tmp_path / "no")
    assert not (tmp_path / "no").exists()


def test_the_command_says_what_is_missing_and_takes_the_reply(world, tmp_path):
    command = peso_here(
        world.home, "evidence", "Sonora:2021", "--out", str(tmp_path / "p"), "--asked", "20 de noviembre, por oficio"
    )
    assert command.returncode == 0, command.stderr
    assert "NO PUBLICAR" in command.stdout
    assert "cite el original" in command.stdout
    assert "--asked" not in command.stdout
    assert "20 de noviembre, por oficio" in (tmp_path / "p" / "index.html").read_text(encoding="utf-8")


def test_a_declared_comparison_has_its_two_baskets_and_its_own_rule(world, tmp_path):
    (gathered,) = write_pack(world.home, ("advertising_over_health:Sonora:2021:ejercido",), tmp_path)
    assert gathered.subject.name == "advertising_over_health:26:2021:ejercido:sample-26-2021"
    (again,) = write_pack(world.home, (gathered.subject.name,), tmp_path)
    assert again.subject.row == gathered.subject.row, "the name that a pack prints can be asked for"
    assert set(gathered.subject.sides) == {"X, canasta publicidad", "Y, canasta salud"}
    assert all(query.holds for query in gathered.queries)
    assert all(crop.shows for crop in gathered.crops.values())
    method = (tmp_path / "metodo.md").read_text(encoding="utf-8")
    assert "comparison advertising_over_health" in method
    assert "comparison events_over_total" not in method


def test_what_a_line_would_buy_has_its_amount_and_the_source_of_the_cost(world, tmp_path):
    (bought,) = rows(world.home, "SELECT * FROM out.would_buy ORDER BY line_id, unit_cost_id LIMIT 1")
    name = f"{bought['line_id']}:{bought['column']}:{bought['unit_cost_id']}"
    (gathered,) = write_pack(world.home, (name,), tmp_path)
    assert [query.given for query in gathered.queries] == [(bought["amount"],), (Decimal(1),)]
    assert "Fuente del costo unitario: " in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_pack_opens_the_release_once(world, tmp_path, monkeypatch):
    opening = Mock(wraps=query._open)
    monkeypatch.setattr(query, "_open", opening)
    write_pack(world.home, (COMPARISON,), tmp_path)
    assert opening.call_count == 1


@pytest.mark.parametrize(("witness", "told"), [("1,234.00", True), ("1,284.00", False), (None, False)])
def test_a_scan_shows_its_figure_where_a_second_reader_saw_the_same(witness, told):
    number = {"column": 2, "source_text": "1,234.00", "flag": "ocr", "witness": witness}
    assert is_witnessed([number, {**number, "column": 3, "witness": "otra"}], {2}) is told
    assert not is_witnessed([{**number, "flag": None}], {2}), "of a page with text, the text itself is the proof"
