"""The schema holds together: names, descriptions in both languages, keys, vocabularies, types."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.schema import MONEY, TABLES, TEXT, Table
from warehouse.schema.vocabulary import OUTCOMES, STAGES

AMOUNT, DOCUMENT = TABLES["core.amount"], TABLES["core.document"]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_is_described_in_both_languages(table: Table) -> None:
    assert table.description.strip() and table.descripcion.strip()
    assert table.stage in {"raw", "core", "out"}
    assert table.path == table.name.replace(".", "/")


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_column_is_described_in_both_languages(table: Table) -> None:
    for column in table.columns:
        assert column.description.strip() and column.descripcion.strip(), column.name
        assert column.es == column.es.strip().lower(), column.name
        assert column.es.replace("_", "").isalnum(), column.name


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_names_are_unique_in_a_table_in_both_languages(table: Table) -> None:
    for names in ([c.name for c in table.columns], [c.es for c in table.columns], table.frame_columns):
        assert len(set(names)) == len(names)


def test_spanish_names_of_tables_are_unique() -> None:
    assert len({table.es for table in TABLES.values()}) == len(TABLES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_keys_are_columns_and_not_money(table: Table) -> None:
    assert table.key
    assert all(table.by_name[name].type is not MONEY for name in table.key)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_only_text_has_a_closed_vocabulary_and_money_says_pesos(table: Table) -> None:
    for column in table.columns:
        closed = column.values
        assert closed is None or (column.type is TEXT and len(set(closed)) == len(closed)), column.name
        assert (column.unit in ("pesos", "US dollars")) == (column.type is MONEY), column.name


def test_vocabularies_are_those_of_the_columns() -> None:
    assert AMOUNT.by_name["stage"].values == tuple(STAGES)
    assert DOCUMENT.by_name["outcome"].values == tuple(OUTCOMES)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_an_empty_frame_has_the_types_of_a_full_one(table: Table) -> None:
    assert table.frame().dtypes.equals(table.frame([{}]).dtypes)
    assert list(table.frame().columns) == table.arrow_schema().names


def test_unknown_columns_are_refused() -> None:
    with pytest.raises(ValueError, match=r"core\.amount.*amount\b"):
        AMOUNT.frame([{"amount": 1}])


@given(st.integers(-(10**18) + 1, 10**18 - 1))
def test_money_beside_a_null_is_not_rounded(centavos: int) -> None:
    frame = AMOUNT.frame([{"amount_centavos": centavos}, {"amount_centavos": None}])
    assert int(frame.amount_centavos[0]) == centavos
    assert frame.amount_centavos.isna().tolist() == [False, True]


def test_values_keep_their_kind_beside_nulls() -> None:
    rows = [
        {
            "document_id": "a",
            "fiscal_year": 2021,
            "citable": True,
            "period_start": date(2021, 1, 1),
            "obtained_at": datetime(2026, 1, 1, tzinfo=UTC),
        },
        {"document_id": "b"},
    ]
    frame = DOCUMENT.frame(rows)
    assert frame.fiscal_year.tolist() == [2021, pd.NA]
    assert frame.citable.tolist() == [True, pd.NA]
    assert frame.period_start[0] == date(2021, 1, 1)
    assert frame.obtained_at[0] == datetime(2026, 1, 1, tzinfo=UTC)
    assert frame.loc[1].drop("document_id").isna().all()


@pytest.mark.parametrize("value", [1.5, "x"])
def test_money_that_is_no_whole_number_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        AMOUNT.frame([{"amount_centavos": value}])
