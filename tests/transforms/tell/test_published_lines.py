"""`out.line` and `out.line_all`: which amounts may be cited, and which column speaks for a stage."""

from collections.abc import Mapping

import pandas as pd

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from transforms.measure.facts import facts, locate


def lines(core: MadeCore) -> Mapping[str, pd.DataFrame]:
    return compared(core)


def test_one_column_per_stage() -> None:
    core = MadeCore().document().table(1)
    core.line("Ceremonial", {"aprobado": 10, "modificado": 12, "devengado": 0}, object_code="381")
    row = lines(core)["line"].iloc[0]
    assert (row["aprobado_centavos"], row["modificado_centavos"], row["devengado_centavos"]) == (1000, 1200, 0)
    assert pd.isna(row["pagado_centavos"]), "absent is not zero"


def test_unverified_amounts_are_only_in_line_all() -> None:
    core = MadeCore().document().table(1)
    core.line("A", 1, verified=False)
    core.line("B", 2)
    out = lines(core)
    assert out["line"]["label"].tolist() == ["B"]
    assert out["line_all"]["label"].tolist() == ["A", "B"]


def test_a_crossed_table_speaks_by_its_total_column() -> None:
    core = MadeCore().document().table(1)
    core.line("A", [("Corriente", "aprobado", 7), ("Capital", "aprobado", 3), ("Gasto | Total", "aprobado", 10)])
    out = lines(core)
    assert out["line"]["aprobado_centavos"].tolist() == [1000]
    assert len(out["line_all"]) == 3


def test_a_crossed_table_without_a_total_does_not_speak() -> None:
    core = MadeCore().document().table(1)
    core.line("A", [("Corriente", "aprobado", 7), ("Capital", "aprobado", 3)])
    out = lines(core)
    assert out["line"].empty
    assert len(out["line_all"]) == 2


def test_a_column_proven_to_be_the_sum_speaks() -> None:
    core = MadeCore().document().table(1)
    core.line("A", [("Corriente", "aprobado", 7), ("Capital", "aprobado", 3), ("Asignación", "aprobado", 10)])
    core.reconciliation(kind="columns", column=3, outcome="passed")
    assert lines(core)["line"]["aprobado_centavos"].tolist() == [1000]


def test_years_in_columns_are_years() -> None:
    core = MadeCore().document().table(1)
    core.line("A", [("2020", "aprobado", 7), ("2021", "aprobado", 8)])
    core.rows["amount"][0]["fiscal_year"] = 2020
    assert lines(core)["line"]["fiscal_year"].tolist() == [2020, 2021]


def test_no_stage_is_kept_and_said() -> None:
    core = MadeCore().document().table(1)
    core.line("A", 5, stage=None)
    out = lines(core)
    assert out["line"].empty
    assert len(out["line_all"]) == 1
    assert out["alert"]["code"].tolist() == ["no_stage"]


def test_path_goes_from_the_top_and_survives_a_circle() -> None:
    core = MadeCore().document().table(1)
    top = core.line("3000", 1)
    middle = core.line("3800", 1, parent_line_id=top)
    core.line("3810", 1, parent_line_id=middle)
    core.line("circle", 1, parent_line_id="doc:1:4")
    made = core.frames()["line"]
    assert locate(made)["path"].tolist()[:3] == ["3000", "3000 > 3800", "3000 > 3800 > 3810"]


def test_an_echo_is_kept_and_neither_cited_nor_compared() -> None:
    core = budget()
    for number in range(20):
        core.line(f"Sueldos {number}", {"aprobado": 5 + number, "devengado": 5 + number})
    out = lines(core)
    assert out["line"]["devengado_centavos"].isna().all()
    echo = out["line_all"][out["line_all"]["stage"] == "devengado"]
    assert len(echo) == 20
    assert echo["amount_centavos"].notna().all()
    assert "echo" in out["alert"]["code"].tolist()


def test_a_stage_that_differs_is_no_echo() -> None:
    core = MadeCore().document().table(1)
    for number in range(30):
        core.line(f"Sueldos {number}", {"aprobado": 5, "devengado": 5 if number else 6})
    assert not facts(core.frames() | {"line": locate(core.frames()["line"])})["echo"].any()


def test_zeros_make_no_echo() -> None:
    core = MadeCore().document().table(1)
    for number in range(30):
        core.line(f"Sueldos {number}", {"aprobado": 0, "devengado": 0})
    assert not facts(core.frames() | {"line": locate(core.frames()["line"])})["echo"].any()
