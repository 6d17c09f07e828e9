"""The page of a release says what its tables say, leads to the printed place, fetches nothing and runs nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.warehouse.conftest import WHEN, in_use
from tests.warehouse.made_store import Rows
from warehouse.page import Edition, Pictures, write_page
from warehouse.release.publish import PAGE
from warehouse.schema.vocabulary import REFUSALS

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def compared(**values: Any) -> dict[str, Any]:
    """A row of out.health_vs_events whose events are the made-up line."""
    return {
        "document_id": "made-up", "government_id": "99", "government": "Estado inventado", "fiscal_year": 2021, "stage": "aprobado",
        "health_centavos": 400_000_00, "health_line_ids": "made-up:1:2", "events_centavos": 1_234_56, "events_line_ids": "made-up:1:1",
        "advertising_centavos": 2_000_00, "advertising_line_ids": "", "events_share_of_health": 0.0030864, "advertising_share_of_health": 0.005,
        "verified": True, "citable": True, "caveats": "Cifras preliminares; Otra salvedad", "unsayable": "Que sea la cifra definitiva", **values,
    }  # fmt: skip


def printed(row: int, label: str, text: str) -> dict[str, Any]:
    return {
        "line_id": f"made-up:1:{row}", "document_id": "made-up", "label": label, "page": "7", "printed_page": "9", "column": 1, "row_kind": "detail",
        "stage": "aprobado", "source_text": text, "multiplier": 1, "verified": True, "reason": "children",
    }  # fmt: skip


PageOf = Callable[..., str]


@pytest.fixture
def page_of(database: Callable[[Rows], Path], tmp_path: Path) -> PageOf:
    """Writes the page of a database with these comparisons, and whatever more rows."""

    def written(comparisons: list[dict[str, Any]], more: Rows | None = None, pictures: Pictures | None = None) -> str:
        lines = [printed(1, "Ceremonial", "$1,234.56"), printed(2, f"Salud {HOSTILE}", "$400,000.00")]
        made = database((more or {}) | {"out.health_vs_events": comparisons, "out.line_all": lines})
        with in_use(made) as con:
            write_page(con, tmp_path / PAGE, Edition(1, WHEN, "abc"), pictures)
        return (tmp_path / PAGE).read_text(encoding="utf-8")

    return written


def test_a_figure_leads_to_its_page_in_both_languages(page_of: PageOf) -> None:
    html = page_of([compared()])
    assert "Estado inventado 2021" in html
    for words in (
        "Por cada mil pesos que asignó a salud, el presupuesto asignó 3.09 a servicios oficiales",
        "For every thousand pesos that the budget assigned to health, it assigned to official services 3.09",
        "$1,234.56",
        "peso show made-up:1:1",
    ):
        assert words in html
    assert re.search(r"página</span>.*?7 \(.*?impresa.*? 9\)", html, re.S), "page of the file and page as printed"
    caveats = re.findall(r"<li>(.*?)</li>", html)
    assert any("Cifras preliminares" in one and "Preliminary figures" in one for one in caveats)
    assert "Otra salvedad" in caveats, "a sentence without a code is shown as it is"


def test_the_charts_name_every_government_in_both_languages(page_of: PageOf) -> None:
    html = page_of([compared(), compared(government_id="98", government="Otro estado", document_id="other")])
    charts = re.findall(r'<div class="(es|en)"[^>]*><svg.*?</svg>', html, re.S)
    assert charts.count("es") == charts.count("en") >= 1
    for svg in re.findall(r"<svg.*?</svg>", html, re.S)[:2]:
        assert "Estado inventado 2021" in svg
        assert "Otro estado 2021" in svg
        assert not re.match(r"<svg[^>]* (width|height)=", svg), "a size of its own would not fit a phone"


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every tag with its attributes."""
    tags = []

    class Parser(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append((tag, dict(attrs)))

    Parser().feed(html)
    return tags


def test_nothing_is_fetched_and_only_our_own_script_runs(page_of: PageOf) -> None:
    html = page_of([compared()])
    data, script = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    assert "default-src 'none'" in html
    assert f"script-src '{_hash(script[1])}'" in html and script[0] == ""
    assert data[0] == ' type="application/json" id="respuestas"' and "<" not in data[1]
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write|eval\(|fetch\(", script[1])
    tags = tags_of(html)
    assert {tag for tag, _ in tags}.isdisjoint({"link", "iframe", "object", "base"})
    for _, attributes in tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert (attributes.get("src") or "data:").startswith("data:")
        assert (attributes.get("href") or "#").startswith(("#", "explora/", "peso_a_peso.xlsx"))


def _hash(script: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def test_the_first_question_has_its_sentence_its_place_and_its_refusals(page_of: PageOf) -> None:
    refused = compared(fiscal_year=2020, refusals="no_health", events_share_of_health=None)
    known = json.loads(re.findall(r'id="respuestas">(.*?)</script>', page_of([compared(), refused]), re.DOTALL)[0])
    answers = {(row["ejercicio"], row["canasta"]): row for row in known["respuestas"]}
    assert set(answers) == {(year, basket) for year in (2021, 2020) for basket in ("events", "advertising")}
    made = answers[2021, "events"]
    assert made["oraciones"][0] == [
        "Por cada mil pesos que asignó a salud, el presupuesto asignó 3.09 a servicios oficiales (Estado inventado 2021, aprobado).",
        "For every thousand pesos that it assigned to health, the budget assigned 3.09 to official services (Estado inventado 2021, approved).",
    ]
    told = [[known["textos"][place] for place in made[name]] for name in ("salvedades", "no_se_dice")]
    assert made["importe"] == "1234.56" and told == [
        [["Cifras preliminares", "Preliminary figures"], ["Otra salvedad", "Otra salvedad"]],
        [["Que sea la cifra definitiva", "That it is the final figure"]],
    ]
    assert known["lugares"]["made-up:1:1"]["impreso"] == {"aprobado": "$1,234.56"}
    assert answers[2020, "events"]["oraciones"] == [] and answers[2020, "events"]["rechazos"]


def test_pictures_of_the_newest_comparisons_are_in_the_file(page_of: PageOf) -> None:
    asked: list[tuple[str, str]] = []

    def pictures(lines: Any) -> dict[str, bytes]:
        asked.extend(lines)
        return {"made-up:1:1": b"\x89PNG made up"}

    html = page_of(
        [compared(), compared(fiscal_year=2019, document_id="older", events_line_ids="made-up:1:3")],
        pictures=pictures,
    )
    assert asked == [("made-up:1:2", "aprobado"), ("made-up:1:1", "aprobado")], (
        "only the newest year of a government is shown with pictures"
    )
    assert html.count("data:image/png;base64,") == 1


def test_refusals_and_the_sample_are_said(page_of: PageOf) -> None:
    refused = compared(refusals="no_health;different_stage", health_centavos=None)
    html = page_of([compared(citable=False, fiscal_year=2020), refused])
    assert "Muestra: los documentos de esta edición" in html
    for code in ("no_health", "different_stage"):
        assert REFUSALS[code].es in html and f"<code>{code}" not in html


@pytest.mark.parametrize("comparisons", [[], [compared(refusals="no_health")]])
def test_a_release_without_comparisons_has_its_page(page_of: PageOf, comparisons: list[dict[str, Any]]) -> None:
    assert "ninguna comparación cumple las reglas" in page_of(comparisons)


def declared(**values: Any) -> dict[str, Any]:
    """A row of out.comparison of the same budget as `compared`."""
    return {
        "comparison_id": "events_over_health", "comparison": "Official services over health", "comparacion": "Servicios oficiales frente a salud",
        "document_id": "made-up", "government_id": "99", "government": "Estado inventado", "fiscal_year": 2021, "stage": "aprobado",
        "x_basket": "events", "y_basket": "health", "x_amount_centavos": 1_234_56, "y_amount_centavos": 400_000_00, "result": 0.0030864,
        "sign": "less", "readings": 3, "readings_held": 2, "stable": False, "readings_list": "aprobado: X menor que Y", "citable": True, **values,
    }  # fmt: skip


def test_how_firm_a_comparison_is_stands_beside_it_and_beside_each_declared_one(page_of: PageOf) -> None:
    html = page_of([compared()], {"out.comparison": [declared()]})
    assert "Servicios oficiales, menos que salud" in html
    assert "aprobado: servicios oficiales menor que salud" in html
    assert html.count("se sostiene en 2 de 3 lecturas") == html.count("holds in 2 of 3 readings") == 2
    assert "peso evidence events_over_health:99:2021" in html
    refused = page_of([], {"out.comparison": [declared(result=None, sign=None, refusals="no_operand")]})
    assert "Ningún número en esta edición" in refused


def test_alerts_are_told_in_words(page_of: PageOf) -> None:
    alert = {"alert_id": "a", "code": "echo", "severity": "WARN", "message": "An echo", "mensaje": "Un eco"}
    html = page_of([compared()], {"out.alert": [alert]})
    assert "Momentos que repiten el aprobado: son relleno</span>" in html


def test_what_was_spent_is_said_in_the_words_of_the_method(page_of: PageOf) -> None:
    """Chihuahua 2022: neither "went to" nor "of every thousand that went to health" says that health lost it."""
    spent = compared(stage="ejercido", events_share_of_health=0.01614, events_per_inhabitant_centavos=32_72)
    html = page_of([spent])
    assert "Por cada mil pesos que destinó a salud, el gobierno gastó 16.14 en servicios oficiales" in html
    assert "Por habitante: $32.72 en servicios oficiales" in html
    assert "De cada mil pesos" not in html


def test_what_decides_is_said_once_at_the_chart_and_rows_are_a_list_by_name(page_of: PageOf) -> None:
    rows = [
        compared(government="Zacatecas inventado", government_id="98", document_id="z", events_share_of_health=0.9),
        compared(government="Aguascalientes inventado", government_id="97", document_id="a", fiscal_year=2020),
    ]
    html = page_of(rows)
    for words in (
        "El 3800 es un piso",
        "369, servicios de información",
        "2020 y 2021 son años de pandemia",
        "no un ordenamiento",
    ):
        assert html.count(words) == 1, words
    assert html.count(">Cifras preliminares<") == 1, "what is true of every row is said once"
    section = html[html.index('<section id="comparaciones">') :]
    assert section.index("Aguascalientes inventado") < section.index("Zacatecas inventado")


def test_the_period_stands_in_the_name(page_of: PageOf) -> None:
    quarter = compared(period_start=date(2021, 1, 1), period_end=date(2021, 3, 31))
    html = page_of([quarter])
    assert "Estado inventado 2021, enero a marzo" in html
    assert "Estado inventado 2021, January to March" in html


def test_claims_and_cards_say_when_they_are_not_for_print(page_of: PageOf) -> None:
    claim = {
        "claim_id": "c", "text": "They paid for a dancer?", "texto": "¿Pagaron una bailarina?", "status": "claimed", "outcome": "first",
        "verified": False, "finding": "Not seen.", "hallazgo": "No se vio.", "publishable": False,
    }  # fmt: skip
    html = page_of([compared()], {"out.claim": [claim]})
    assert "¿Pagaron una bailarina?" in html and "They paid for a dancer?" in html
    assert html.count("No publicar") == 1
