"""Text as numbers and back: nothing is lost, and what is asked of the text is asked of each distinct one."""

import pandas as pd

from transforms.measure.coded import coded, holds, plain

FRAME = pd.DataFrame({
    "stage": pd.array(["pagado", None, "aprobado", "pagado"], dtype="str"),
    "empty": pd.array([None] * 4, dtype="str"),
    "amount": pd.array([1, None, 3, 4], dtype="Int64"),
})  # fmt: skip


def test_plain_gives_back_what_was_coded() -> None:
    for frame in (FRAME, FRAME[:0], FRAME[1:3]):
        pd.testing.assert_frame_equal(plain(coded(frame)), frame)


def test_only_text_is_coded() -> None:
    assert coded(FRAME).dtypes.astype("str").tolist() == ["category", "category", "Int64"]


def test_coded_text_sorts_as_text_does() -> None:
    ordered = coded(FRAME).sort_values("stage")["stage"]
    assert ordered.tolist()[:3] == ["aprobado", "pagado", "pagado"]
    assert list(coded(FRAME).groupby("stage", dropna=False)["amount"].sum().index[:2]) == ["aprobado", "pagado"]


def test_null_holds_no_test() -> None:
    assert holds(coded(FRAME)["stage"], lambda text: text != "aprobado").tolist() == [True, False, False, True]
    assert holds(coded(FRAME)["empty"], lambda text: True).tolist() == [False] * 4
