"""Corrections are believed only of documents there are, and a wrong file takes no other down."""

from pathlib import Path

from sources.declared.corrections import load_corrections
from warehouse.schema.declaration import Links

TEXT = """correction_id: {name}
document_id: {document}
label: Dietas
printed: "100"
corrected: "10"
reason: the total of page 3 proves it
"""


def test_a_correction_of_a_document_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    for name, document in (("a", "ley"), ("b", "lye")):
        (tmp_path / f"{name}.yaml").write_text(TEXT.format(name=name, document=document), encoding="utf-8")
    (tmp_path / "c.yaml").write_text(TEXT.format(name="a", document="ley"), encoding="utf-8")
    frame, problems = load_corrections(tmp_path, Links(frozenset(), frozenset(["ley"])))
    assert frame[["correction_id", "outcome"]].to_numpy().tolist() == [["a", "unused"]]
    assert [(problem.file.split("/")[1], problem.line) for problem in problems] == [("b.yaml", 2), ("c.yaml", 1)]
    assert "found «lye»" in problems[0].en and "se encontró «lye»" in problems[0].es
