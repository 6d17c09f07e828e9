"""Rows are found by their text, whatever pieces, nulls and repetitions a column has."""

import pandas as pd
import pytest

from expectations.positions import at, numbered, positions

PARENT = pd.Series(["b", "a", "b", None], dtype="str")
NONE = pd.Series([], dtype="str")


@pytest.mark.parametrize(
    ("child", "parent", "expected"),
    [
        (pd.Series(["a", "c", "b", None], dtype="str"), PARENT, [1, -1, 0, 3]),
        (pd.Series(["a", None], dtype="str"), PARENT[:3], [1, -1]),
        (pd.Series(["a", "b"], dtype="str", index=[7, 7]), PARENT[1:], [0, 1]),
        (pd.concat([PARENT, PARENT], ignore_index=True), pd.concat([NONE, PARENT, PARENT]), [0, 1, 0, 3] * 2),
        (pd.Series(["a", None], dtype="object"), PARENT, [1, 3]),
        (PARENT, NONE, [-1] * 4),
        (NONE, PARENT, []),
        (NONE, NONE, []),
    ],
    ids=["nulls", "no null there", "index", "in pieces", "objects", "no parent", "no child", "nothing"],
)
def test_positions(child: pd.Series, parent: pd.Series, expected: list[int]) -> None:
    places = positions(child, parent)
    assert places.tolist() == expected
    assert places.dtype == "int64"


@pytest.mark.parametrize("dtype", ["Int64", "str", "boolean"])
def test_nothing_is_taken_where_nothing_was_found(dtype: str) -> None:
    values = pd.Series([True, None], dtype="boolean").astype(dtype)
    assert pd.isna(at(values, positions(NONE, NONE))).tolist() == []
    assert pd.isna(at(values, positions(PARENT[:3], PARENT[1:3]))).tolist() == [True, False, True]
    assert pd.isna(at(values[:0], positions(PARENT, NONE))).all()


def frame(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["text", "a", "b"]).astype({"text": "str", "a": "Int64", "b": "Int64"})


def test_equal_rows_have_equal_numbers_and_others_differ() -> None:
    child = frame(("x", 1, 2), ("x", 2, 1), (None, 1, None), ("x", 1, 2))
    parent = frame(("x", 1, 2), (None, 1, None), ("x", 1, None), ("y", 1, 2))
    numbers, parents = numbered(child, parent)
    assert numbers.tolist() == [parents[0], numbers[1], parents[1], parents[0]]
    assert len({numbers[1], *parents}) == 5


def test_numbers_of_many_columns_stay_apart() -> None:
    # 1024 values in each of eight columns: the first column would be beyond the 64 bits of a number.
    columns = pd.DataFrame({str(n): range(1024) for n in range(8)})
    numbers, parents = numbered(columns, columns[:1].assign(**{"0": 5}))
    assert len({*numbers, *parents}) == 1025
