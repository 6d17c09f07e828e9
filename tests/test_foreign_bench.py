"""The benchmark of tables of others is held to made-up tables whose score is known."""

from pathlib import Path

import pytest

from tests.bench.foreign import Tally, is_for_tuning, marked, number, score, write

TABLE = {
    "number_format": "Comma Point",
    "table_array": [
        ["", "Both", "First", "Second", "Ratio"],
        ["Norte", "85,114", "41,203", "43,911", "93.8"],
        ["Sur", "78,979", "38,877", "40,102", "96.9"],
        ["Oriente", "102,751", "52,018", "50,733", "102.5"],
    ],
    "aggregation_annotations": [
        {"operator": "Sum", "aggregator_index": [row, 1], "aggregatee_indices": [[row, 2], [row, 3]], "error_bound": 0.0}
        for row in (1, 2)
    ]
    + [{"operator": "Division", "aggregator_index": [1, 4], "aggregatee_indices": [[1, 2], [1, 3]], "error_bound": 0.1}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number_format", "expected"),
    [
        ("1,234.50", "Comma Point", (1234.5, 2, True)),
        ("−1 234,5", "Space Comma", (-1234.5, 1, True)),
        ("1234", "None Point", (1234.0, 0, False)),
        ("12,34", "Comma Point", None),
        ("12 %", "None Point", None),
        ("c", "Comma Point", None),
    ],
)
def test_a_number_is_what_the_format_of_its_table_calls_one(text: str, number_format: str, expected: object) -> None:
    assert number(text, number_format) == expected


def test_proven_sums_are_put_beside_the_marks(tmp_path: Path) -> None:
    write(TABLE, tmp_path / "table.xlsx")
    tally = Tally()
    score(tally, "made", marked(TABLE), tmp_path / "table.xlsx")
    assert tally.counts["row", "marked"] == tally.counts["row", "found"] == tally.counts["row", "same addends"] == 2
    assert tally.counts["row", "proven"] == 3
    assert [case.split(":")[0] for case in tally.cases] == ["not marked"]


def test_a_table_without_amounts_is_missed_and_named_so(tmp_path: Path) -> None:
    words = {**TABLE, "table_array": [["a", "b"], ["c", "d"]]}
    write(words, tmp_path / "table.xlsx")
    tally = Tally()
    score(tally, "made", marked(TABLE), tmp_path / "table.xlsx")
    assert tally.missed == {("row", "not read"): 2}


def test_copies_of_a_table_are_on_one_side() -> None:
    assert is_for_tuning(TABLE) == is_for_tuning({**TABLE, "aggregation_annotations": []})
