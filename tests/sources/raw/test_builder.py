"""Promise P2 by construction: whatever a reader does, a page is closed only with each of its numbers handed over once."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.raw.builder import AccountError, PageAccount, Placement, PrintedNumber, PrintedPage, PrintedRow, RawBuilder
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE

WORDS = range(12)
HANDED = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True), st.booleans()), max_size=12
)


def printed(parts: list[int]) -> PrintedNumber:
    return PrintedNumber("+".join(map(str, parts)), f"A{parts[0]}", (parts[0], 0.0))


@given(numeric=st.sets(st.sampled_from(WORDS)), handed=HANDED)
def test_a_page_closes_only_when_each_numeric_part_was_handed_over_once(
    numeric: set[int], handed: list[tuple[list[int], bool]]
) -> None:
    account = PageAccount("1", sorted(numeric))
    taken: set[int] = set()
    for parts, is_amount in handed:
        if taken & set(parts):
            with pytest.raises(AccountError, match="twice"):
                account.exclude(parts, printed(parts), "prose")
            continue
        taken |= set(parts)
        if is_amount:
            account.place(parts, printed(parts), Placement(1, 1, 1))
        else:
            account.exclude(parts, printed(parts), "prose")
    assert account.due == sorted(numeric - taken)
    if numeric - taken:
        with pytest.raises(AccountError, match="never"):
            account.closed()
        return
    entries = account.closed()
    assert [entry[0].order for entry in entries] == sorted(entry[0].order for entry in entries)
    assert all((placement is None) != (reason is None) for _, placement, reason in entries)


@given(numeric=st.sets(st.sampled_from(WORDS)), handed=HANDED)
def test_the_frames_hold_what_was_handed_over(numeric: set[int], handed: list[tuple[list[int], bool]]) -> None:
    builder, account = RawBuilder("d"), PageAccount("7", sorted(numeric))
    taken: set[int] = set()
    for parts, is_amount in handed:
        if not taken & set(parts):
            taken |= set(parts)
            if is_amount:
                account.place(parts, printed(parts), Placement(1, 2, 3))
            else:
                account.exclude(parts, printed(parts), "prose")
    for part in account.due:
        account.exclude([part], printed([part]), "label")
    builder.add_page(account, PrintedPage(position=1, kind="table", width=1.0, height=1.0, words=12))
    reading = builder.reading("pdf", ())
    numbers = reading.numbers
    assert list(numbers["number"]) == list(range(1, len(numbers) + 1))
    digits = {int(part) for text in numbers["source_text"] for part in text.split("+")}
    assert digits >= numeric
    placed = numbers[["table", "row", "column"]].notna().all(axis=1)
    assert (placed ^ numbers["exclusion"].notna()).all()
    assert list(reading.pages["numeric_words"]) == [len(numbers)]


def test_tables_rows_and_columns_are_numbered_as_they_come() -> None:
    builder = RawBuilder("d")
    row = PrintedRow("1", "A1", "Total", "[]", None, True)
    for number in (1, 2):
        table = builder.add_table(title=None, context=None, page_first="1", page_last="1", method="sheet")
        assert table == number == builder.tables
        assert [builder.add_column(table, header=None, place="A1") for _ in range(3)] == [1, 2, 3]
    assert [builder.add_row(table, row) for table in (1, 2, 1)] == [1, 1, 2]


def test_frames_are_those_of_the_schema_whatever_is_null() -> None:
    """The builder types once, by Arrow; the schema types column by column: both give the same frame."""
    builder = RawBuilder("d")
    table = builder.add_table(title="Gasto", context=None, page_first="1", page_last="1", method="ruled")
    builder.add_column(table, header=None, place="1.0,2.0,3.0,4.0")
    builder.add_row(table, PrintedRow("1", "1.0,2.0,3.0,4.0", None, "[]", 1.5, None))
    account = PageAccount("1", ["a"])
    account.place(["a"], PrintedNumber("9,007,199,254,740,993.00", "x", (0, 0.0)), Placement(1, 1, 2**53 + 1))
    builder.add_page(account, PrintedPage(position=1, kind="table", width=612.0, height=792.0, words=1))
    reading = builder.reading("pdf", ())
    for schema, frame in (
        (RAW_PAGE, reading.pages),
        (RAW_TABLE, reading.tables),
        (RAW_COLUMN, reading.columns),
        (RAW_ROW, reading.rows),
        (RAW_NUMBER, reading.numbers),
    ):
        records = frame.astype(object).replace({np.nan: None, pd.NA: None}).to_dict("records")
        pd.testing.assert_frame_equal(frame, schema.frame(records))
    assert reading.numbers["column"].iloc[0] == 2**53 + 1
    pd.testing.assert_frame_equal(RawBuilder("d").reading("pdf", ()).numbers, RAW_NUMBER.frame([]))
