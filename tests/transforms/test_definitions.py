"""What people write in YAML: numbers with or without quotes, and files that cannot be used are told and left out."""

from pathlib import Path

import pytest

from transforms.claims.cards import load_cards
from transforms.claims.claims import load_claims
from transforms.compare.declared import load
from transforms.definitions import Definition, DefinitionError, GovernmentKey, read
from transforms.tell.alerts import left_out

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
    for name, values in {
        "plain": {"year": 2021, "government": 5, "sign": -1, "value": 10.5},
        "quoted": {"year": "'2021'", "government": "'05'", "sign": "'-1'", "value": "'10.50'"},
    }.items():
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
    problem = DefinitionError(
        tmp_path / "claims" / "mala.yaml", "clave year: se esperaba un ejercicio; se encontró «x»"
    )
    found = left_out([problem, problem])
    assert found["alert_id"].is_unique and set(found["code"]) == {"definition_left_out"}
    assert "claims/mala.yaml quedó fuera" in found["mensaje"].iloc[0]
    assert "clave year: se esperaba un ejercicio" in found["message"].iloc[0]
