"""The pack is an RO-Crate, and a short program that lies in it, without ours, makes its numbers again and finds what was changed."""

import ast
import json
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.evidence import write_pack
from pipelines.evidence.crate import FILE, VERIFIER
from pipelines.evidence.verifica import hallado, leer

SCRIPT = Path(__file__).parents[3] / "pipelines" / "evidence" / VERIFIER
NAMES = ("26:2021:ejercido", "events_over_total:26:2021", "26:2018-2021:publicidad", "01:2021:ejercido")


@pytest.fixture(scope="module")
def pack(world, tmp_path_factory):
    out = tmp_path_factory.mktemp("crate")
    write_pack(world.home, NAMES, out)
    return out


def verified(folder: Path, *documents: Path) -> tuple[int, str]:
    """Exit code and words of the verifier; without documents it runs without any library but Python's own."""
    alone = [] if documents else ["-I", "-S"]
    command = [sys.executable, *alone, str(folder / VERIFIER), str(folder), *map(str, documents)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.returncode, done.stdout + done.stderr


def graph_of(folder: Path) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads((folder / FILE).read_text(encoding="utf-8"))["@graph"]
    return graph


def test_the_verifier_is_short_and_knows_nothing_of_us() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 100
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    imported = {(node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name) for node in nodes}
    assert {name.partition(".")[0] for name in imported} - set(sys.stdlib_module_names) == {"pypdfium2", "openpyxl"}


@pytest.mark.parametrize(
    ("text", "pesos"),
    [
        ("76,011,323.00", "76011323.00"), ("$94’717,124.06", "94717124.06"), ("69356448", "69356448"), ("(1,234.5)", "-1234.5"),
        ("1.234,56", "1234.56"), ("-5", "-5"), ("1 234 567.00", "1234567.00"), ("12.5-", "-12.5"),
    ],
)  # fmt: skip
def test_a_printed_text_is_read_again(text: str, pesos: str) -> None:
    assert leer(text) == Decimal(pesos)


def test_the_numbers_are_made_again_from_the_pack_alone(pack: Path) -> None:
    assert verified(pack) == (0, "Todo coincide: los archivos son los que se empacaron y los números se rehacen.\n")
    made = [one for one in graph_of(pack) if one.get("prov:wasGeneratedBy", {}).get("@id") in ("#division", "#cambio")]
    assert len(made) >= 4, "of each subject, what is one amount over another"


def test_the_originals_show_each_text_in_its_place(world, pack: Path) -> None:
    hashes = {one["sha256"] for one in graph_of(pack) if one["@id"].startswith("#documento/")}
    code, told = verified(pack, *(world.home.archive.path(sha256) for sha256 in hashes))
    assert (code, told.startswith("Todo coincide")) == (0, True), told
    standards = {one["dcterms:conformsTo"]["@id"] for one in graph_of(pack) if one["@type"] == "oa:FragmentSelector"}
    assert len(standards) == 2, "pages of PDF, and cells of delimited text"


@pytest.mark.parametrize("name", ["metodo.md", FILE])
def test_what_was_changed_is_found(pack: Path, tmp_path: Path, name: str) -> None:
    shutil.copytree(pack, tmp_path / "copy")
    path = tmp_path / "copy" / name
    text = path.read_text(encoding="utf-8")
    path.write_text(one_peso_more(text) if name == FILE else text + "\n", encoding="utf-8")
    code, told = verified(tmp_path / "copy")
    assert code == 1
    assert ("#importe/" if name == FILE else "metodo.md: no es el archivo que se empacó") in told


def one_peso_more(text: str) -> str:
    """The crate with one peso more in its first amount."""
    crate = json.loads(text)
    first = next(one for one in crate["@graph"] if one["@id"].startswith("#importe/"))
    first["value"] = str(Decimal(first["value"]) + 1)
    return json.dumps(crate, ensure_ascii=False)


def test_a_cell_of_a_workbook_is_found_by_sheet_and_reference(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "EAEPE 'COG'"
    book.active["B7"] = 1234.5
    book.save(tmp_path / "x.xlsx")
    book.close()
    assert hallado(tmp_path / "x.xlsx", "'EAEPE ''COG'''!B7") == "1234.5"
