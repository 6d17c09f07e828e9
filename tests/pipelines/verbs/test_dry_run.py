"""`peso compare`: what a comparison would say of the stored lines, in Spanish, also of governments that are not there."""

from pipelines.verbs.dry_run import dry_run

MINE = """
id: danza
name: {en: Events over health, es: Eventos frente a salud}
citation: Una prueba de la redacción
x: events
y: health
governments: ["11", "09"]
years: [2021]
"""


def test_what_was_not_asked_and_what_is_not_there_is_said(world, tmp_path):
    (tmp_path / "danza.yaml").write_text(MINE, encoding="utf-8")
    text = dry_run(world.home, tmp_path / "danza.yaml", explain=True, limit=1)
    assert "Gobierno 09: no hay ningún documento suyo entre los leídos" in text
    assert "son de gobiernos o ejercicios que la comparación no pide" in text
    after = text.split("Regla events.object")[1].splitlines()
    assert "Guanajuato 2021, sample-11-2021" in after[2], "the lines that are asked come first"
    assert "X menor que Y: no se pudo contrastar (ejercido: X menor que Y)" in text
    assert "gobiernos con documentos leídos no se comparan" in text
