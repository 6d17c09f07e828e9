"""What people write in YAML: numbers with or without quotes, and files that cannot be used are told and left out."""

from pathlib import Path

import pytest

from transforms.claims.cards import load_cards
from transforms.claims.claims import load_claims
from transforms.compare.declared import load
from transforms.definitions import Definition, GovernmentKey
from transforms.tell.alerts import left_out
from warehouse.schema.declaration import Links, Problem, read

CLAIM = """
id: frase
text: El estado devengó en salud menos de lo aprobado
status: claimed
origin: Una nota inventada para la prueba
year: {year}
government_id: {government}
operands: [{{sign: {sign}, basket: health, governments: [{government}], year: {year}, stage: devengado}}]
figures: [{{value: {value}, as_of: {year}, source: Una fuente inventada, evidence: claimed}}]
"""


def test_what_ships_can_be_used() -> None:
    assert load().problems == load_claims()[1] == load_cards()[1] == ()


def test_numbers_are_the_same_with_and_without_quotes(tmp_path: Path) -> None:
    folders = []
    written: dict[str, dict[str, object]] = {
        "plain": {"year": 2021, "government": 5, "sign": -1, "value": 10.5},
        "quoted": {"year": "'2021'", "government": "'05'", "sign": "'-1'", "value": "'10.50'"},
    }
    for name, values in written.items():
        folders.append(tmp_path / name)
        folders[-1].mkdir()
        (folders[-1] / "frase.yaml").write_text(CLAIM.format(**values), encoding="utf-8")
    plain, quoted = (next(claim for claim in load_claims(folder)[0] if claim.id == "frase") for folder in folders)
    assert plain == quoted
    assert plain.government_id == "05" and plain.operands[0].sign == -1


@pytest.mark.parametrize(("written", "key"), [("1", "01"), ("26", "26"), ("1001", "01001"), ("26030", "26030")])
def test_a_key_of_a_government_gets_its_zeros_back(tmp_path: Path, written: str, key: str) -> None:
    class Named(Definition):
        government: GovernmentKey

    (tmp_path / "x.yaml").write_text(f"id: x\ngovernment: {written}\n", encoding="utf-8")
    assert read(Named, tmp_path / "x.yaml").government == key


def test_a_file_left_out_is_an_alert_with_file_field_expected_and_advice(tmp_path: Path) -> None:
    problem = Problem(
        "claims/mala.yaml",
        7,
        "key year: expected a year; found «x»",
        "clave year: se esperaba un ejercicio; se encontró «x»",
    )
    alerts = left_out([problem, problem])
    assert alerts["alert_id"].is_unique and set(alerts["code"]) == {"definition_left_out"}
    assert "claims/mala.yaml quedó fuera" in alerts["mensaje"].iloc[0]
    assert "renglón 7, clave year: se esperaba un ejercicio" in alerts["mensaje"].iloc[0]
    assert "line 7, key year: expected a year" in alerts["message"].iloc[0]


def test_a_claim_of_a_government_that_the_catalogue_does_not_have_is_left_out(tmp_path: Path) -> None:
    values = {"year": 2021, "government": 99, "sign": -1, "value": 10.5}
    (tmp_path / "frase.yaml").write_text(CLAIM.format(**values), encoding="utf-8")
    links = Links(frozenset(["26"]), frozenset())
    claims, problems = load_claims(tmp_path, links=links)
    assert "frase" not in {claim.id for claim in claims}
    assert {(problem.line, "found «99»" in problem.en) for problem in problems} == {(7, True), (8, True)}
