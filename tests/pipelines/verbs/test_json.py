"""`--json`: every answer can be read by a program, and says the same as the text."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.pipelines.verbs.test_language import every_verb, spoken

_SERVERS = {"serve", "ui"}  # they answer over HTTP


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PESO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def answered(*arguments: str, code: int = 0) -> Any:
    result = spoken(*arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)


def test_every_verb_answers_in_json() -> None:
    without = {name for name, verb in every_verb().items() if "as_json" not in {param.name for param in verb.params}}
    assert without == _SERVERS


def test_what_became_of_each_file_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "gasto.csv").write_text("Concepto,Aprobado\n1000 Servicios personales,100.00\n", encoding="utf-8")
    (tmp_path / "roto.pdf").write_bytes(b"%PDF-1.4 nothing")
    [first, second] = answered("add", "gasto.csv", "roto.pdf")
    assert (first["outcome"], first["source"]) == ("added", "gasto.csv")
    assert first["document_id"] and first["lines"][0].startswith("gasto.csv → ")
    assert any("no se lee" in line for line in second["lines"])
    assert answered("add", "no-hay.pdf", code=1)[0]["outcome"] == "refused"
    assert answered("remove", first["document_id"], "--why", "de prueba") == {
        "removed": first["document_id"],
        "changed": [],
    }
    assert first["document_id"] not in {path.stem for path in (home / "catalogue" / "documents").iterdir()}


def test_a_workbook_is_written_once_and_named(home: Path, tmp_path: Path) -> None:
    told = answered("template", "requests", "--out", "hoja.xlsx")
    assert told == {"workbook": "hoja.xlsx"}
    load_workbook(tmp_path / "hoja.xlsx").close()


def test_a_picture_and_a_pack_are_named(world, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PESO_HOME", str(world.home.root))
    told = answered("show", "sample-26-2022:1:34", "--out", str(tmp_path))
    assert [Path(path).suffix for path in told["pictures"]] == [".png"] and Path(told["pictures"][0]).is_file()
    pack = answered("evidence", "26:2022", "--out", str(tmp_path / "carpeta"))
    assert Path(pack["page"]).is_file()
    assert [subject["publishable"] for subject in pack["subjects"]] == [False] and pack["subjects"][0]["reasons"]
