"""Zeros under a proven zero are proven; zeros by themselves prove nothing."""

import numpy as np
import pandas as pd

from tests.transforms.made_raw import by_cell, made_documents, made_raw
from transforms.core.normalize import normalize
from transforms.core.proof.attempts import PASSED, TRIVIAL, BookAttempts
from transforms.core.proof.zeros import with_zeros

HEADERS = ["Aprobado"]
SPENT = [
    ("1000 Servicios personales", "300.00"),
    ("1100 Remuneraciones permanentes", "200.00"),
    ("1200 Remuneraciones transitorias", "100.00"),
]
UNSPENT = [
    ("2000 Materiales y suministros", "0.00"),
    ("2100 Materiales de administración", "0.00"),
    ("2200 Alimentos y utensilios", "0.00"),
]


def _values(rows: list[tuple]) -> dict[str, object]:
    core = normalize(made_raw(HEADERS, rows), made_documents("doc", fiscal_year=2021))
    cells = by_cell(core)
    return {rows[row - 1][0][:4]: amount["value_basis"] for (row, _), amount in cells.items()}


def test_what_stands_under_a_zero_that_a_total_proves_is_proven_with_it() -> None:
    values = _values([*SPENT, *UNSPENT, ("Total del gasto", "300.00")])
    assert values["2000"] == "total"
    assert values["2100"] == values["2200"] == "children"


def test_under_a_zero_that_nothing_proves_nothing_is_proven() -> None:
    for rows in ([*SPENT, *UNSPENT], [*SPENT, *UNSPENT, ("Total del gasto", "350.00")]):
        values = _values(rows)
        assert values["1100"] == "children"
        assert all(pd.isna(values[code]) for code in ("2000", "2100", "2200"))


def _attempts(kind: str, outcomes: list[int], reach: list[tuple[int, int, int]]) -> BookAttempts:
    frame = pd.DataFrame({"kind": [kind] * len(outcomes), "outcome": outcomes})
    attempt, amount, sign = (np.array(column, dtype=np.int64) for column in zip(*reach, strict=True))
    return BookAttempts(frame, attempt, amount, sign)


def _proven(kind: str, reach: list[tuple[int, int]], known: list[int]) -> list[int]:
    """The amounts that are proven in the end, of one sum of zeros: (amount, sign)."""
    group = _attempts(kind, [TRIVIAL], [(0, amount, sign) for amount, sign in reach])
    best = np.full(4, 9, dtype=np.int64)
    best[known] = 1
    return np.flatnonzero(with_zeros(best, np.ones(4, dtype=bool), [(group, np.array([2]))], 9) < 9).tolist()


def test_an_identity_proves_its_last_term_and_a_difference_of_nothing_none() -> None:
    identity = [(0, -1), (1, 1), (2, -1)]  # underspent = revised − accrued
    assert _proven("row_identity", identity, [0]) == [0]
    assert _proven("row_identity", identity, [0, 1]) == [0, 1, 2]


def test_parts_prove_their_total_only_where_all_of_them_are_proven() -> None:
    parts = [(0, -1), (1, 1), (2, 1)]
    assert _proven("children", parts, [1]) == [1]
    assert _proven("children", parts, [1, 2]) == [0, 1, 2]
    assert _proven("children", parts, [0]) == [0, 1, 2]


def test_what_cannot_be_read_is_no_zero() -> None:
    group = _attempts("children", [TRIVIAL, PASSED], [(0, 0, -1), (0, 1, 1), (0, 2, 1), (1, 3, 1)])
    best = np.array([1, 9, 9, 1], dtype=np.int64)
    usable = np.array([True, True, False, True])
    assert with_zeros(best, usable, [(group, np.array([2, 3]))], 9).tolist() == [1, 2, 9, 1]
