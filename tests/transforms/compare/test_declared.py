"""Comparisons that people declare: what they compute, how they are restricted, and what a wrong file is told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from tests.transforms.made_efipem import efipem
from transforms.compare.declared import Declared, load
from transforms.out import compare
from warehouse.schema.declaration import DeclarationError
from warehouse.schema.vocabulary import CAVEATS

TRAVEL = """\
id: viajes_frente_a_salud
name: {en: Travel over health, es: Viajes frente a salud}
citation: "Una prueba de la organización"
x: viajes
y: health
baskets:
  - id: viajes
    name: {en: Travel, es: Viajes}
    purpose: other
    recurrence: one_off
    rules:
      - {id: viajes.objeto, citation: "CONAC, COG: 371 y 372", strength: code, object_codes: ["371", "372"], measure: 1}
"""


def declared(tmp_path: Path, text: str = TRAVEL, baskets: str | None = None) -> Declared:
    (tmp_path / "comparisons").mkdir(exist_ok=True)
    (tmp_path / "baskets").mkdir(exist_ok=True)
    (tmp_path / "comparisons" / "mine.yaml").write_text(text, encoding="utf-8")
    if baskets:
        (tmp_path / "baskets" / "mine.yaml").write_text(baskets, encoding="utf-8")
    return load([tmp_path / "baskets"], [tmp_path / "comparisons"])


def travelling(**document: Any) -> MadeCore:
    core = budget(**document)
    core.line("3710 Pasajes aéreos", 2_000_000, row_kind="subtotal", object_code="371")
    core.line("3711 Pasajes nacionales", 2_000_000, object_code="3711")
    core.line("3720 Pasajes terrestres", 500_000, object_code="372")
    return core


def rows(core: MadeCore, loaded: Declared | None = None, name: str = "events_over_health") -> pd.DataFrame:
    loaded = loaded or load()
    asked = tuple(one for one in loaded.comparisons if one.id == name)
    return compare(core.frames(), replace(loaded, comparisons=asked))["comparison"]


def test_shipped_comparisons() -> None:
    row = rows(budget()).iloc[0]
    assert (row["x_amount_centavos"], row["y_amount_centavos"], row["result"]) == (5_000_000_00, 500_000_000_00, 0.01)
    assert (row["x_line_ids"], row["y_line_ids"]) == ("doc:1:2", "doc:2:1")
    for side in "xy":
        assert row[f"{side}_perimeter"] == "total de 2000000000 pesos"
        assert (row[f"{side}_price_basis"], row[f"{side}_unit"]) == ("nominal", "pesos")
        assert (row[f"{side}_netting"], row[f"{side}_recurrence"]) == ("unknown", "recurrent")
    assert rows(budget(), name="health_over_total").iloc[0]["result"] == 0.25
    assert pd.isna(row["refusals"])
    assert pd.isna(row["razones"])


def test_shipped_comparisons_agree_with_the_headline_table() -> None:
    out = compared(budget())
    shares = out["health_vs_events"].iloc[0]
    results = out["comparison"].set_index("comparison_id")["result"]
    assert results["events_over_health"] == shares["events_share_of_health"]
    assert results["advertising_over_health"] == shares["advertising_share_of_health"]


def test_transfers_to_own_bodies_make_a_budget_gross_and_titles_make_it_net() -> None:
    core = budget()
    core.line("4100 Transferencias internas", 900_000, object_code="41")
    assert rows(core).iloc[0]["x_netting"] == "gross"
    assert rows(budget(title="Estado consolidado de egresos")).iloc[0]["y_netting"] == "net"


def test_a_refusal_has_codes_and_sentences() -> None:
    core = budget()
    core.rows["amount"][1]["verified"] = False
    row = rows(core).iloc[0]
    assert pd.isna(row["result"])
    assert row["refusals"] == "unverified_operand"
    assert row["razones"] == "Un operando no está verificado"
    assert row["reasons"] == "An operand is not verified"


def test_an_own_comparison_adds_the_classes_of_its_rule(tmp_path: Path) -> None:
    """Each code once: the printed subtotal of 371, not its item again, and the line of 372."""
    row = rows(travelling(), declared(tmp_path), "viajes_frente_a_salud").iloc[0]
    assert row["x_amount_centavos"] == 2_500_000_00
    assert row["result"] == 0.005
    assert "una sola vez frente a un gasto de cada año" in row["caveats"]
    assert "X es la suma de las líneas" in row["caveats"]


def test_a_class_that_is_not_printed_is_said(tmp_path: Path) -> None:
    core = budget()
    core.line("3710 Pasajes aéreos", 2_000_000, object_code="371")
    row = rows(core, declared(tmp_path), "viajes_frente_a_salud").iloc[0]
    assert "X: la vista no imprime todas las claves de la regla" in row["caveats"]


@pytest.mark.parametrize("restriction", ["governments: ['11']", "years: [2020]", "stages: [devengado]"])
def test_a_comparison_can_be_restricted(tmp_path: Path, restriction: str) -> None:
    assert len(rows(travelling(), declared(tmp_path), "viajes_frente_a_salud")) == 1
    assert rows(travelling(), declared(tmp_path, f"{TRAVEL}{restriction}\n"), "viajes_frente_a_salud").empty


def test_methodology_cites_it(tmp_path: Path) -> None:
    items = compare(travelling().frames(), declared(tmp_path))["methodology"].set_index("item")
    assert items.loc["comparison viajes_frente_a_salud", "source"] == "Una prueba de la organización"
    assert "rule viajes.objeto" in items.index


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("y: health", "y: helth"), "clave y: se esperaba una canasta con una regla que mida (measure): advertising, "),
        (("y: health", "y: event_words"), "Póngale «measure: 1» a una regla"),
        (("y: health", "y: viajes"), "una canasta distinta de x"),
        (("citation: \"Una prueba de la organización\"\n", ""), "clave citation: se esperaba por qué se compara y de dónde sale (10 letras o más); se encontró nada. Agréguela."),
        (("citation: \"CONAC, COG: 371 y 372\", ", ""), "clave baskets[0].rules[0].citation: se esperaba de dónde sale la regla"),
        (("purpose: other", "purpose: events"), "se esperaba purpose: other; se encontró «events»"),
        (("x: viajes", "xx: viajes"), "¿Quiso decir «x»?"),
        (("x: viajes", "x: viajes\nyears: dos"), "clave years: se esperaba una lista de ejercicios"),
        (("x: viajes", "x: viajes\nstages: [gastado]"), "clave stages[0]: se esperaba una de proyecto"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_key_expected_found_and_advice(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    wrong = TRAVEL.replace(*change)
    assert wrong != TRAVEL
    loaded = declared(tmp_path, wrong)
    assert any(said in str(problem) for problem in loaded.problems)
    assert {problem.file for problem in loaded.problems} == {"comparisons/mine.yaml"}
    assert {one.id for one in loaded.comparisons} >= {"events_over_health"}, "the rest goes on"
    with pytest.raises(DeclarationError):
        load(draft=tmp_path / "comparisons" / "mine.yaml")


def test_the_headline_baskets_are_the_project_s(tmp_path: Path) -> None:
    text = "id: mi_salud\nname: {en: A, es: B}\npurpose: health\nrules: [{id: mi_salud.x, citation: Una lista nuestra, strength: words, words: [a]}]\n"
    loaded = declared(tmp_path, baskets=text)
    assert "discretionary u other" in str(loaded.problems[0])
    assert "mi_salud" not in {basket.id for basket in loaded.baskets}


def test_an_own_basket_adds_lines_to_compare_one_by_one(tmp_path: Path) -> None:
    text = "id: danza\nname: {en: Dance, es: Danza}\npurpose: discretionary\nrules: [{id: danza.palabras, citation: Una lista nuestra, strength: words, words: [danza]}]\n"
    core = MadeCore().document().table(1, "programme")
    core.line("Compañía de danza", 1_000)
    lines = compare(core.frames(), declared(tmp_path, baskets=text))["line_comparison"]
    assert lines[["basket", "rules", "words"]].to_numpy().tolist() == [["danza", "danza.palabras", "danza"]]


def two_stages(**accrued: float) -> MadeCore:
    """Approved events are less than health; the accrued amounts are given."""
    core = MadeCore().document().table(1, "object").table(2, "function")
    core.line("Total", {"aprobado": 2_000_000_000, "devengado": 2_000_000_000}, row_kind="total")
    core.line("3800", {"aprobado": 5_000_000, "devengado": accrued["events"]}, row_kind="subtotal", object_code="38")
    core.line("Total", {"aprobado": 2_000_000_000, "devengado": 2_000_000_000}, table=2, row_kind="total")
    core.line("2.3", {"aprobado": 500_000_000, "devengado": accrued["health"]}, table=2, function_code="23")
    return core


@pytest.mark.parametrize(("events", "held", "stable"), [(6_000_000, 2, True), (900_000_000, 1, False)])
def test_which_is_larger_is_read_again_at_every_stage(events: float, held: int, stable: bool) -> None:
    by_stage = rows(two_stages(events=events, health=700_000_000)).set_index("stage")
    approved = by_stage.loc["aprobado"]
    assert (approved["sign"], approved["readings"], approved["readings_held"], approved["stable"]) == (
        "less",
        2,
        held,
        stable,
    )
    assert approved["holds"] == f"X menor que Y: se sostiene en {held} de 2 lecturas"
    assert "aprobado: X menor que Y; devengado: X " in approved["readings_list"]
    assert ("no se sostiene" in approved["caveats"]) is not stable


def test_transfers_inside_the_sector_are_a_reading_of_a_share_of_the_total() -> None:
    core = budget(total=2_000_000_000, health=900_000_000)
    core.line("4100 Transferencias internas", 1_500_000_000, row_kind="subtotal", object_code="41")
    row = rows(core, name="health_over_total").iloc[0]
    assert (row["sign"], row["readings"], row["readings_held"], row["stable"]) == ("less", 2, 1, False)
    assert "aprobado, sin transferencias dentro del sector: X mayor que Y" in row["readings_list"]
    of_object = rows(core, name="events_over_total").iloc[0]
    assert CAVEATS["transfers_counted"].es in of_object["caveats"]
    assert CAVEATS["transfers_counted"].es not in rows(core).iloc[0]["caveats"], "function against object"


def test_what_is_refused_has_no_reading() -> None:
    core = budget()
    core.rows["amount"][1]["verified"] = False
    row = rows(core).iloc[0]
    assert row[["sign", "readings", "readings_held", "stable", "holds", "readings_list"]].isna().all()


def versions(transfers: int) -> MadeCore:
    """A budget and the version that it replaced; only the transfers to own bodies may differ."""
    core = budget()
    core.line("4100 Transferencias internas", 200_000_000, row_kind="subtotal", object_code="41")
    core.document("old", superseded_by="doc").table(1, "object", document_id="old")
    core.line("Total", 2_000_000_000, row_kind="total", document_id="old")
    core.line("4100", transfers, row_kind="subtotal", object_code="41", document_id="old")
    return core


@pytest.mark.parametrize(("transfers", "refused"), [(210_000_000, False), (800_000_000, True)])
def test_versions_that_cover_other_money_refuse_the_comparison(transfers: int, refused: bool) -> None:
    out = compared(versions(transfers))
    headline = out["health_vs_events"].iloc[0]
    assert (headline["refusals"] == "perimeter_jump") if refused else pd.isna(headline["refusals"])
    assert pd.isna(headline["events_share_of_health"]) is refused
    declared = out["comparison"].set_index("comparison_id").loc["events_over_health"]
    assert pd.isna(declared["result"]) is refused


def test_events_lie_inside_health_only_where_health_is_said_on_another_axis() -> None:
    """Health by function may hold events; health as a line of transfers (INEGI) is an object of expenditure, and cannot."""
    sentence = CAVEATS["two_axes"].es
    assert sentence in rows(budget()).iloc[0]["caveats"]
    out = compared(efipem(("26", 2018)))
    for name in ("comparison", "health_vs_events", "line_comparison"):
        assert not out[name]["caveats"].fillna("").str.contains(sentence, regex=False).any(), name
    assert not out["comparison"]["caveats"].fillna("").str.contains(CAVEATS["transfers_counted"].es, regex=False).any()
