"""What a basket catches, by which rule and words, and what a wrong basket file says."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore
from transforms.measure.baskets import catch, load_baskets
from warehouse.schema.declaration import DeclarationError

BASKETS = load_baskets()


def rules(label: str, **fields: Any) -> dict[str, str | None]:
    """The rules that catch one line, each with its words."""
    kind = fields.pop("classification", "object")
    core = MadeCore().document().table(1, str(kind))
    core.line(label, 1, **fields)
    caught = catch(core.frames()["line"], BASKETS)
    return {row.rule: (None if pd.isna(row.words) else row.words) for row in caught.itertuples()}


def test_codes_catch_by_prefix() -> None:
    assert rules("Congresos y convenciones", object_code="383") == {
        "events.object": None,
        "events.item_name": "congresos y convenciones",
        "event_words.words": "convenciones",
    }
    assert rules("Radio", object_code="3611") == {"advertising.object": None}
    assert rules("Rectoría", object_code=None, function_code="234", classification="function") == {
        "health.function": None
    }
    assert rules("Medicinas", object_code="253") == {"health.medicines": None}
    assert rules("Otra cosa", object_code="138") == {"personnel.object": None}


def test_words_are_whole_words_without_accents_and_are_shown() -> None:
    assert rules("Festival Internacional y CONCIERTOS de gala", classification="programme") == {
        "event_words.words": "festival, conciertos, gala"
    }
    assert rules("Espectáculos públicos", classification="programme") == {"event_words.words": "espectaculos"}
    assert rules("Sueldo del personal eventual; regalías", classification="programme") == {}


def test_words_that_take_a_line_out() -> None:
    assert rules("Atención de eventos por desastres naturales", classification="programme") == {}


@pytest.mark.parametrize(
    "label", ["Anticoncepción post evento obstétrico", "Atención de eventos obstétricos", "Eventos supuestamente atribuibles a la vacuna"]
)  # fmt: skip
def test_medical_events_are_no_events(label: str) -> None:
    assert rules(label, classification="programme") == {}


def test_events_bought_item_by_item_and_aid_for_them_are_caught_by_words() -> None:
    """The federal name of 44101, and what a concert is made of where 382 is not used."""
    aid = rules(
        "Gastos relacionados con actividades culturales, deportivas y de ayuda extraordinaria", object_code="441"
    )
    words = "actividades culturales deportivas y de ayuda extraordinaria"
    assert aid == {"itemised_events.words": words, "social_aid.object": None}
    assert rules("Contratación de artistas y templetes") == {
        "itemised_events.words": "contratacion de artistas, templetes"
    }
    assert rules("Escenarios macroeconómicos") == {}


@pytest.mark.parametrize("name", ["FASSA", "Ramo 33 FASSA", "Fondo de Aportaciones para los Servicios de Salud (FASSA)", "I002 Aportaciones para los Servicios de Salud"])  # fmt: skip
def test_the_health_fund_is_never_a_body(name: str) -> None:
    assert rules(name, classification="administrative") == {}


def test_bodies() -> None:
    assert "health.body" in rules("Secretaría de Salud", classification="administrative")
    assert "health.body" in rules("Sueldos", administrative_name="Instituto de Salud Pública del Estado de Guanajuato")
    assert rules("Secretaría de Salud") == {}, "a label that is not a body is not a body"
    assert "health.social_security" in rules("ISSSTESON", classification="administrative")


def test_health_and_events_overlap_is_kept() -> None:
    caught = rules("Congresos", object_code="383", administrative_name="Secretaría de Salud", function_code="23")
    assert set(caught) == {"events.object", "health.body", "health.function"}


def test_efipem_wording_is_exact() -> None:
    assert set(rules("Instituciones y programas de salud")) == {"health.efipem_transfers"}
    assert rules("Otras instituciones y programas de salud") == {}
    assert set(rules("Servicios oficiales")) == {"events.name"}


def test_income_and_totals_are_never_caught() -> None:
    assert rules("Feria estatal, ingresos", classification="income") == {}
    assert rules("Total de eventos", row_kind="total", classification="programme") == {}


def test_every_rule_has_a_citation_and_each_operand_a_measure() -> None:
    measured = {basket.purpose for basket in BASKETS for rule in basket.rules if rule.measure}
    assert measured == {"health", "events", "advertising", "other"}
    assert all(rule.citation for basket in BASKETS for rule in basket.rules)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: mine\nname: {en: A}\npurpose: events\nrules: []\n", "name.es"),
        ("id: mine\nname: {en: A, es: B}\npurpose: events\nrules: []\n", "rules"),
        ("id: [", "YAML bien formado"),
        ("just words", "se esperaban claves"),
        ("id: health\nname: {en: A, es: B}\npurpose: health\nrules: [{id: health.x, citation: long enough, strength: words, words: [a]}]\n", "Ya lo usa"),
        ("id: m\nname: {en: A, es: B}\npurpose: events\nrules: [{id: m.x, citation: long enough, strength: words, words: [a], measure: 1}]\n", "no puede medir"),
        ("id: m\nname: {en: A, es: B}\npurpose: events\nrules: [{id: m.x, citation: long enough, strength: code, object_codes: ['3800']}]\n", "sin ceros finales"),
        ("id: m\nname: {en: A, es: B}\npurpose: events\nrules: [{id: m.x, citation: long enough, strength: body, words: [a]}]\n", "tiene strength «words»"),
        ("id: m\nname: {en: A, es: B}\npurpose: events\nrules: [{id: other.x, citation: long enough, strength: words, words: [a]}]\n", "empieza con «m.»"),
        ("id: m\nname: {en: A, es: B}\npurpose: events\ncolour: red\nrules: []\n", "colour"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_named_with_its_field(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DeclarationError) as error:
        load_baskets(tmp_path)
    assert "mine.yaml" in str(error.value)
    assert said in str(error.value)


def test_a_user_basket_is_added(tmp_path: Path) -> None:
    text = "id: dance\nname: {en: Dance, es: Danza}\npurpose: discretionary\nrules: [{id: dance.words, citation: Our own list, strength: words, words: [danza, bailarina]}]\n"
    (tmp_path / "dance.yaml").write_text(text, encoding="utf-8")
    core = MadeCore().document().table(1, "programme")
    core.line("Compañía de Danza", 1)
    caught = catch(core.frames()["line"], load_baskets(tmp_path))
    assert caught[["basket", "words"]].to_numpy().tolist() == [["dance", "danza"]]
