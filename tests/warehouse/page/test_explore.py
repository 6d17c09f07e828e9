"""The folder to explore: the amounts of the edition as they are, a script that adds each peso once, and nothing from outside."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.conftest import WHEN, filled, in_use
from tests.warehouse.made_store import line, made_up
from warehouse.page import Edition, write_page
from warehouse.page.explore.write import FOLDER
from warehouse.release.publish import PAGE

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
HOSTILE = "</script><img src=x onerror=alert(1)> Festivales"


def amount(row: int, label: str, centavos: int | None, **values: Any) -> dict[str, Any]:
    """A row of out.line_all."""
    return {
        "line_id": f"made-up:1:{row}", "document_id": "made-up", "government": "Estado inventado", "fiscal_year": 2021, "label": label,
        "row_kind": "detail", "classification": "object", "table": 1, "column": 1, "page": "7", "place": "B7", "stage": "aprobado",
        "amount_centavos": centavos, "source_text": "$1", "multiplier": 1, "verified": centavos is not None, "reason": "children", "citable": True,
        **values,
    }  # fmt: skip


AMOUNTS = [
    amount(1, HOSTILE, 2**53 + 1),
    amount(2, "Festival de música", 100),
    amount(3, "Medicamentos", None),
    amount(4, "Total de festivales", 500, row_kind="total"),
    amount(5, "Festival, otra vez en otro cuadro", 100, table=2),
    amount(6, "Festival de 2020", 100, fiscal_year=2020),
]
# Row 5 stands in a table that prints the same money again.
LINES = [
    line(
        int(a["line_id"].split(":")[2]),
        a["label"],
        classification="object",
        fiscal_year=a["fiscal_year"],
        adds_up="5" not in a["line_id"],
    )
    for a in AMOUNTS
]


@pytest.fixture(scope="module")
def folder(empty: Path, tmp_path_factory) -> Path:
    explore = tmp_path_factory.mktemp("explore")
    with in_use(filled(empty, explore, made_up() | {"out.line_all": AMOUNTS, "out.line": LINES})) as con:
        write_page(con, explore / PAGE, Edition(1, WHEN, "abc"))
    return explore / FOLDER


def test_the_data_are_the_amounts_of_the_edition(folder):
    text = (folder / "datos.js").read_text(encoding="utf-8")
    script = re.fullmatch(r"const DATOS = (.*);\n", text, re.DOTALL)
    assert script
    data = json.loads(json.loads(script[1]))
    assert data["total"] == len(AMOUNTS)
    assert data["columnas"]["centavos"] == [str(2**53 + 1), *(a["amount_centavos"] for a in AMOUNTS[1:])]
    assert data["palabras"][1] == "festival de musica"


def test_nothing_comes_from_outside_and_no_text_is_markup(folder):
    for name in ("index.html", "english.html"):
        page = (folder / name).read_text(encoding="utf-8")
        assert re.findall(r'src="([^"]+)"', page) == ["datos.js", "explora.js"]
        assert "script-src 'self' file:;" in page and not re.search(r"<script>|\son\w+=", page)
    script = (folder / "explora.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|https?://|fetch\(", script)


def test_the_keyboard_skips_the_questions_and_closes_a_row(folder):
    for name in ("index.html", "english.html"):
        page = (folder / name).read_text(encoding="utf-8")
        first = re.search(r'<body>\s*<a class="skip" href="#(\w+)">', page)
        assert first and re.search(rf'id="{first[1]}"[^>]*tabindex="-1"', page)
    assert '"Escape"' in (folder / "explora.js").read_text(encoding="utf-8")


def seen(folder: Path, asked: str, page: str = "index.html") -> str:
    """What the page shows, of what its address asks, in a browser without a network."""
    profile = folder.parent.parent / "profile"
    command = [
        str(CHROMIUM), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--virtual-time-budget=3000",
        "--dump-dom", f"{(folder / page).as_uri()}#{asked}",
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
@pytest.mark.parametrize(
    ("asked", "count", "answer"),
    [
        ("palabras=f%C3%A9stival", 5, "hay cuadros que imprimen otra vez el mismo dinero"),
        ("palabras=musica", 1, r"Suman \$1.00 \(pesos corrientes\)"),
        ("palabras=medicamento%20o%20musica", 2, "hay importes sin verificar"),
        ("palabras=festivales&desde=2021&una_vez=true", 2, r"Suman \$90,071,992,547,410.93 "),
        ("palabras=festival&una_vez=true", 3, "hay pesos de varios años"),
        ("palabras=festi*&desde=2021&hasta=2021", 4, "hay cuadros que imprimen otra vez"),
    ],
)
def test_words_are_forgiven_and_each_peso_is_added_once(folder, asked, count, answer):
    dom = seen(folder, asked)
    assert f"{count} importes de 6" in dom
    assert re.search(answer, dom), re.search(r'id="suma">([^<]*)', dom)
    assert "<img src=" not in dom


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_where_nothing_is_found_the_page_offers_what_there_is(folder):
    dom = seen(folder, "palabras=medicamentazos&momento=aprobado")
    assert "0 importes de 6" in dom
    assert re.search(r'<button type="button">con «medicame\*»: 1</button>', dom), re.search(r'id="cerca".*', dom)
    assert re.search(r'<button type="button">sin «Palabras de la etiqueta»: 6</button>', dom)
    assert 'id="cerca" class="actions" hidden=""' in seen(folder, "palabras=musica")


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_the_english_twin_says_the_same_in_english(folder):
    dom = seen(folder, "palabras=festival", "english.html")
    assert "5 amounts of 6" in dom and "some tables print the same money again: tick “Each peso once”" in dom
    assert 'index.html#palabras=festival" lang="es"' in dom
    shown = re.sub(r"<script.*?</script>|<style.*?</style>|<[^>]+>", " ", dom, flags=re.DOTALL)
    assert not re.search(r"\b(importes|renglones|Gobierno|Momento|verificados?|Suman?|cita)\b", shown)
