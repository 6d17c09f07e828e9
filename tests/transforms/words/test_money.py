"""Printed amounts to centavos: every shape that real documents print, and those that must not be guessed."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.words.money import MAX_CENTAVOS, parse, parse_all, pesos

READ = {
    "$24’870,508.02": 2_487_050_802, "$1'234,567.00": 123_456_700, "$8,743'996,281.00": 874_399_628_100,
    "(1,234.50)": -123_450, "-1,234.50": -123_450, "1,234.50-": -123_450, "- 1,234": -123_400, "$(1,234)": -123_400,
    "($ 1,234.00)": -123_400, "-$5": -500, "206018.88": 20_601_888, ".50": 50, "1234.5": 123_450, "0": 0, "1,234*": 123_400,
    "1.234,50": 123_450, "1.234.567": 123_456_700, "18979615.250000004": 1_897_961_525, "5.820766091346741e-11": 0,
    "$7,’965,782.17": 796_578_217, "1234.0": 123_400,
    "1 234 567.00": 123_456_700, "12 345.50-": -1_234_550, "$12 345": 1_234_500, "1\u2009234": 123_400, "1\u00a0234.50": 123_450,
    "\u200b1,234.50": 123_450,
}  # fmt: skip

UNREADABLE = [
    "221,888,505,50", "$',000,000.00", "0.Q0", "", "$", "12%", "1e+16", "(-5)", "'123", "1,23", "1234,567.00", "12 345",
    "99999999999999999999", "1,234.50)", "12 34.50", "1 200.00 3", "uno", "9" * 60, "0$200,619.00", "1$200.00", "100.00 200.00",
]  # fmt: skip


@pytest.mark.parametrize(("text", "centavos"), READ.items())
def test_reads(text: str, centavos: int) -> None:
    parsed = parse(text)
    assert (parsed.centavos, parsed.problem) == (centavos, None)


@pytest.mark.parametrize("text", UNREADABLE)
def test_does_not_guess(text: str) -> None:
    parsed = parse(text)
    assert (parsed.centavos, parsed.problem) == (None, "unreadable")


@pytest.mark.parametrize(
    ("text", "centavos"),
    {
        "617,97": 61_797,
        "-9.023.350,28": -902_335_028,
        "221,888,505,50": 22_188_850_550,
        "1.234": 123_400,
        "0": 0,
    }.items(),
)
def test_a_table_that_writes_centavos_after_a_comma(text: str, centavos: int) -> None:
    assert parse(text, decimal_comma=True).centavos == centavos


@pytest.mark.parametrize("text", ["-", "$ -", "$-", "—", "(-)", " - "])
def test_a_dash_is_zero_and_says_so(text: str) -> None:
    assert parse(text).centavos == 0
    assert parse(text).dash


def test_more_than_two_decimals_are_rounded_half_even_and_said() -> None:
    assert parse("0.125")[:2] == (12, "rounded")
    assert parse("0.135")[:2] == (14, "rounded")
    assert parse("-1234567.891")[:2] == (-123_456_789, "rounded")


def test_multiplier_is_exact() -> None:
    assert parse("1,234.567", 1_000).centavos == 123_456_700
    assert parse("0.1", 1_000_000).centavos == 10_000_000
    assert parse("8,743.9", 1_000_000).precision == 10_000_000


@given(
    st.integers(-(MAX_CENTAVOS - 1), MAX_CENTAVOS - 1),
    st.sampled_from(["", "$", "$ "]),
    st.sampled_from([",", "’", "'"]),
)
def test_round_trip_of_printed_forms(centavos: int, sign: str, millions: str) -> None:
    whole, cents = divmod(abs(centavos), 100)
    grouped = f"{whole:,}"
    if whole >= 10**6:
        head, rest = grouped[:-8], grouped[-7:]
        grouped = f"{head}{millions}{rest}"
    text = f"{sign}{grouped}.{cents:02d}"
    assert parse(f"({text})" if centavos < 0 else text).centavos == centavos
    assert parse(pesos(centavos) or "").centavos == centavos


@given(st.integers(0, 10**15))
def test_a_float_of_a_spreadsheet_gives_its_centavos_back(centavos: int) -> None:
    parsed = parse(repr(centavos / 100)) if centavos >= 10_000_000 or centavos % 100 else parse(str(centavos // 100))
    assert parsed.centavos == centavos


@given(st.text(max_size=30))
def test_never_raises(text: str) -> None:
    parsed = parse(text)
    assert (parsed.centavos is None) == (parsed.problem == "unreadable")


_PRINTED = st.one_of(
    st.text("0123456789,.$-() '", max_size=12), st.integers(0, 10**14).map(lambda n: f"{n // 100:,}.{n % 100:02d}")
)


@given(st.lists(_PRINTED, max_size=8), st.sampled_from([1, 1_000, 1_000_000]), st.booleans())
def test_many_texts_are_read_as_each_of_them(texts: list[str], multiplier: int, decimal_comma: bool) -> None:
    read = parse_all(pd.Series(texts, dtype="str"), multiplier, decimal_comma)
    for text, parsed in zip(texts, read.to_dict("records"), strict=True):
        one = parse(text, multiplier, decimal_comma)
        assert parsed == {**one._asdict(), "centavos": one.centavos or 0}
