"""Text as numbers and back: nothing is lost, and what is asked of coded text is answered as of text."""

import pandas as pd

from transforms.measure.coded import coded, take

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
