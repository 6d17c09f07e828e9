"""Rows that are stages take the name above them; rates among them are no money."""

import pandas as pd

from transforms.core.stage_rows import in_rate_rows, name_stage_rows

LABELS = [
    "Poder Legislativo",
    "Aprobado",
    "Modificado",
    "Ejercicio",
    "Porcentaje Ejer/Aprob",
    "K027 Obras",
    "Aprobado",
    None,
]


def rows(labels: list[str | None]) -> pd.DataFrame:
    return pd.DataFrame({"t": 0, "label": pd.array(labels, dtype="str")})


def columns(stage: str | None = None) -> pd.DataFrame:
    return pd.DataFrame({"t": [0], "stage": pd.array([stage], dtype="str")})


def test_rows_of_stages_take_the_name_above() -> None:
    named = name_stage_rows(rows(LABELS), columns())
    assert named["label"].tolist()[:7] == [
        "Poder Legislativo", "Poder Legislativo", "Poder Legislativo", "Poder Legislativo", "Porcentaje Ejer/Aprob", "K027 Obras",
        "K027 Obras",
    ]  # fmt: skip
    assert named["stage"].astype(object).where(named["stage"].notna(), None).tolist()[:7] == [
        None,
        "aprobado",
        "modificado",
        "ejercido",
        None,
        None,
        "aprobado",
    ]


def test_where_columns_are_stages_rows_keep_their_labels() -> None:
    assert name_stage_rows(rows(LABELS), columns("pagado"))["label"].tolist()[1] == "Aprobado"


def test_a_single_stage_word_is_a_label() -> None:
    assert name_stage_rows(rows(["Sueldos", "Aprobado"]), columns())["label"].tolist() == ["Sueldos", "Aprobado"]


def test_figures_of_a_row_of_rates_are_no_money_unless_one_is_large() -> None:
    table = rows(["Porcentaje Ejer/Aprob", "Sueldos", "Porcentaje de la recaudación"])
    cells = pd.DataFrame({"r": [0, 0, 1, 2, 2], "source_text": ["103.70185", "0", "10.5", "45.5", "1,250.00"]})
    assert in_rate_rows(table, cells).tolist() == [True, True, False, False, False]
