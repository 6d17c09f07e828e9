"""Text as numbers and back: nothing is lost, and what is asked of coded text is answered as of text; rows as numbers."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from transforms.measure import coded_text as room
from transforms.measure.coded_text import by_distinct, coded, number_rows, take

FRAME = pd.DataFrame({
    "stage": pd.array(["pagado", None, "aprobado", "pagado"], dtype="str"),
    "empty": pd.array([None] * 4, dtype="str"),
    "amount": pd.array([1, None, 3, 4], dtype="Int64"),
})  # fmt: skip


def test_taking_gives_back_what_was_coded() -> None:
    for frame in (FRAME, FRAME[:0], FRAME[1:3]):
        pd.testing.assert_frame_equal(take(coded(frame)), frame)


def test_only_text_is_coded() -> None:
    assert coded(FRAME).dtypes.astype("str").tolist() == ["category", "category", "Int64"]


def test_coded_text_sorts_as_text_does() -> None:
    ordered = coded(FRAME).sort_values("stage")["stage"]
    assert ordered.tolist()[:3] == ["aprobado", "pagado", "pagado"]
    assert list(coded(FRAME).groupby("stage", dropna=False)["amount"].sum().index[:2]) == ["aprobado", "pagado"]


def test_what_is_taken_out_is_text() -> None:
    stages = take(coded(FRAME), coded(FRAME)["amount"].notna(), ["stage"])
    assert stages["stage"].tolist() == ["pagado", "aprobado", "pagado"]
    assert take(coded(FRAME), columns=["stage"], once=True)["stage"].dropna().tolist() == ["pagado", "aprobado"]


def test_coded_text_answers_as_text_does() -> None:
    """The steps ask these of coded columns; a null passes no test."""
    stage = coded(FRAME)["stage"]
    assert stage.str.startswith("a").tolist() == [False, False, True, False]
    assert (stage.str.len() <= 6).tolist() == [True, False, False, True]
    assert (coded(FRAME)["empty"].str.len() <= 6).tolist() == [False] * 4


ROWS = st.lists(st.tuples(st.sampled_from(["a", "b", None]), st.sampled_from([1, 2, None]), st.booleans()), max_size=20)


def framed(rows, index=0):
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    types = dict(zip("txb", ("str", "Int64", "bool"), strict=True))
    frame = pd.DataFrame(
        {name: pd.array(values, dtype=of) for (name, of), values in zip(types.items(), columns, strict=True)}
    )
    return frame.set_axis(range(index, index + len(frame)))


@given(ROWS)
def test_numbers_are_those_of_a_group(rows):
    frame = framed(rows, index=7)
    expected = frame.groupby(list(frame), sort=False).ngroup().fillna(-1).astype("int64")
    numbers = number_rows(frame)
    assert numbers.index.equals(frame.index)
    assert pd.factorize(numbers[numbers >= 0])[0].tolist() == pd.factorize(expected[expected >= 0])[0].tolist()
    assert (numbers < 0).tolist() == (expected < 0).tolist()
    assert sorted(set(numbers[numbers >= 0])) == list(range(numbers[numbers >= 0].nunique()))


def test_numbers_that_would_leave_64_bits_are_made_small_on_the_way(monkeypatch):
    frame = framed([("a", 1, True), ("b", 2, False), ("a", 1, True), (None, 2, True)] * 3)
    usual = number_rows(frame)
    monkeypatch.setattr(room, "_LARGEST", 3)
    assert number_rows(frame).equals(usual)


@given(ROWS)
def test_what_is_said_of_distinct_rows_is_said_of_each(rows):
    seen = []

    def work(once):
        seen.append(len(once))
        return once["t"].fillna("-") + once["x"].astype("str").fillna("-")

    frame = framed(rows, index=3)
    said = by_distinct(frame, work)
    assert said.tolist() == (frame["t"].fillna("-") + frame["x"].astype("str").fillna("-")).tolist()
    assert said.index.equals(frame.index)
    assert seen == [len(frame.drop_duplicates())]
