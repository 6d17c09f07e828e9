"""What an analyst sees beside an asset: exact pesos, tables of rows, texts that fit."""

import pandas as pd
import pytest

from pipelines.metadata import pesos, printed_rows, rows_table, table_metadata
from warehouse.schema import TABLES
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_ROW


@pytest.mark.parametrize(
    ("centavos", "text"),
    [(123456, "1,234.56"), (-5, "-0.05"), (0, "0.00"), (pd.NA, ""), (10**17 + 1, "1,000,000,000,000,000.01")],
)
def test_pesos_are_exact(centavos, text):
    assert pesos(centavos) == text


def test_money_is_shown_in_pesos_under_its_public_name(tmp_path):
    table = TABLES["core.amount"]
    frame = table.frame(
        [
            {
                "line_id": "a:1:1",
                "document_id": "a",
                "column": 1,
                "amount_centavos": 123456,
                "verified": True,
                "reason": "total",
            }
        ]
    )
    found = table_metadata(frame, tmp_path)
    (record,) = found["preview"].records
    assert record.data["amount"] == "1,234.56"
    assert "stage" not in record.data, "columns that are empty are left out"


def test_long_texts_are_cut_where_they_are_shown():
    (record,) = rows_table(pd.DataFrame({"label": ["x" * 500]})).records
    assert record.data["label"].endswith("…")


def test_the_first_rows_of_a_reading_are_shown_as_printed():
    raw = {
        "row": RAW_ROW.frame([{"document_id": "a", "table": 1, "row": 1, "page": "1", "label": "1000 Servicios"}]),
        "number": RAW_NUMBER.frame(
            [
                {
                    "document_id": "a",
                    "page": "1",
                    "number": 1,
                    "source_text": "$ 1,234.00",
                    "table": 1,
                    "row": 1,
                    "column": 1,
                }
            ]
        ),
        "column": RAW_COLUMN.frame([{"document_id": "a", "table": 1, "column": 1, "header": "Aprobado"}]),
    }
    assert printed_rows(raw).to_dict("records") == [
        {"table": 1, "page": "1", "label": "1000 Servicios", "1. Aprobado": "$ 1,234.00"}
    ]
