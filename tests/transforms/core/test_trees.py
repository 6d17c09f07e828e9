"""The tree of a table's rows: who contains whom, by codes, indents, numbering and sums; and that no false sum verifies."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.made_raw import by_cell, core_of, joined, made_documents, made_raw, parents
from transforms.core.normalize import normalize

PARTS = st.lists(st.lists(st.integers(1, 10**9), min_size=2, max_size=5), min_size=2, max_size=4)


@settings(max_examples=12)
@given(st.lists(st.tuples(PARTS, st.integers(0, 19), st.integers(1, 10**7)), min_size=5, max_size=5))
def test_no_changed_amount_of_a_tree_is_verified(trees: list[tuple[list[list[int]], int, int]]) -> None:
    """Classifier's trees with one stage, in a document each: whichever detail is changed, it is not verified."""
    readings, changed = [], set()
    for number, (parts, place, change) in enumerate(trees):
        rows: list[tuple] = []
        for n, amounts in enumerate(parts, 1):
            rows.append((f"{n}000 Capítulo", sum(amounts)))
            rows += [(f"{n}{m}00 Concepto {m}", amount) for m, amount in enumerate(amounts, 1)]
        rows.append(("Total", sum(sum(amounts) for amounts in parts)))
        details = [i for i, (label, _) in enumerate(rows) if "Concepto" in label]
        at = details[place % len(details)]
        rows[at] = (rows[at][0], rows[at][1] + change)
        printed = [(label, f"{amount // 100:,}.{amount % 100:02d}") for label, amount in rows]
        title = "Clasificación por Objeto del Gasto"
        readings.append(made_raw(["Aprobado"], printed, title=title, document_id=f"doc{number}"))
        changed.add(f"doc{number}:1:{at + 1}")
    raw = joined(*readings)  # each of a year of its own: equal trees of one year would prove one another as twins
    documents = made_documents(*raw["page"]["document_id"].unique(), government_id="26").assign(
        fiscal_year=range(2017, 2022)
    )
    verified = normalize(raw, documents)["amount"].set_index("line_id")["verified"]
    assert changed <= set(verified.index)
    assert not verified[list(changed)].any()


def test_codes_that_do_not_add_up_are_not_explained_away_by_another_tree() -> None:
    rows = [
        ("1000 Capítulo", "0.02"), ("1100 Concepto 1", "0.01"), ("1200 Concepto 2", "0.01"),
        ("2000 Capítulo", "0.02"), ("2100 Concepto 1", "0.02"), ("2200 Concepto 2", "0.01"), ("Total", "0.04"),
    ]  # fmt: skip
    core = core_of(made_raw(["Aprobado"], rows, title="Clasificación por Objeto del Gasto"))
    assert not by_cell(core)[(5, 1)]["verified"]


def test_a_row_without_code_stands_where_its_indent_says_when_the_sums_agree() -> None:
    rows = [
        ("Total de egresos", "10.00"), ("5000 Bienes muebles", "10.00"), ("5100 Mobiliario", "3.00"),
        ("Equipo de defensa y equipo médico", "7.00"), ("Equipo de defensa y seguridad", "4.00"), ("Equipo médico", "3.00"),
    ]  # fmt: skip
    raw = made_raw(["Ejercido"], rows, title="Clasificación por Objeto del Gasto")
    raw["row"]["indent"] = pd.array([0, 10, 20, 20, 30, 30], dtype="Float64")
    core = core_of(raw)
    assert parents(core) == {1: None, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4}
    assert core["amount"]["verified"].all()


def test_numbering_of_ldf_formats() -> None:
    rows = [
        ("I. Gasto No Etiquetado (I=A+B)", "30.00"), ("A. Servicios Personales (A=a1+a2)", "10.00"), ("a1) Remuneraciones", "4.00"),
        ("a2) Seguridad Social", "6.00"), ("B. Materiales y Suministros (B=b1)", "20.00"), ("b1) Alimentos y Utensilios", "20.00"),
        ("II. Gasto Etiquetado (II=A)", "5.00"), ("A. Servicios Personales (A=a1)", "5.00"), ("a1) Remuneraciones", "5.00"),
        ("III. Total de Egresos (III = I + II)", "35.00"),
    ]  # fmt: skip
    core = core_of(made_raw(["Aprobado (d)"], rows, title="Clasificación por Objeto del Gasto"))
    assert parents(core) == {1: 10, 2: 1, 3: 2, 4: 2, 5: 1, 6: 5, 7: 10, 8: 7, 9: 8, 10: None}
    assert core["amount"]["verified"].all()
