"""What an analyst sees beside an asset: exact pesos, tables of rows, texts that fit."""

import dagster as dg
import pandas as pd
from PIL import Image

from pipelines.dagster_ui.asset_pictures import headline_pictures, page_picture
from pipelines.dagster_ui.metadata import picture, printed_rows, rows_table, served, table_metadata
from warehouse.schema import RAW, TABLES
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_ROW


def records_of(shown: dg.MetadataValue) -> list[dg.TableRecord]:
    assert isinstance(shown, dg.TableMetadataValue)
    return list(shown.records)


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
    (record,) = records_of(table_metadata(len(frame), frame, tmp_path)["preview"])
    assert record.data["amount"] == "1,234.56"
    assert "stage" not in record.data, "columns that are empty are left out"


def test_long_texts_are_cut_where_they_are_shown():
    (record,) = records_of(rows_table(pd.DataFrame({"label": ["x" * 500]})))
    assert str(record.data["label"]).endswith("…")


def test_a_wide_table_is_shown_with_what_is_looked_for_first():
    wide = {f"column_{number}": ["x" * 200] for number in range(30)}
    frame = pd.DataFrame({**wide, "label": ["y" * 200], "amount_centavos": [123], "verified": [True]})
    (record,) = records_of(rows_table(frame))
    assert len(record.data) == 9 and {"label", "amount", "verified"} <= set(record.data)
    assert max(len(str(value)) for value in record.data.values()) == 32


def test_links_lead_to_where_the_edition_is_served(monkeypatch):
    assert served("documentos", "a b").value == "http://127.0.0.1:8000/documentos/a%20b"
    monkeypatch.setenv("PESO_SERVED_AT", "https://peso.example.org/")
    assert served("reporte.html").value == "https://peso.example.org/reporte.html"


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
        {"page": "1", "label": "1000 Servicios", "1. Aprobado": "$ 1,234.00"}
    ]


def test_a_picture_is_small_whatever_it_was():
    noise = Image.effect_noise((3000, 2000), 80).convert("RGB")
    text = str(picture(noise, "una página").value)
    assert text.startswith("![una página](data:image/png;base64,")
    assert len(text) < 240_000


def test_the_asset_shows_the_busiest_page_and_the_operands_of_the_headline(world):
    store = world.home.store
    raw = {table.name.split(".")[1]: store.read(table.name, "sample-26-2021") for table in RAW}
    sha256 = world.home.catalogue().documents["sample-26-2021"].sha256
    assert "data:image/png" in str(page_picture(world.home, raw, sha256)["page_as_read"].value)
    pictures = headline_pictures(world.home, store.read("out.health_vs_events"))
    assert str(pictures["headline"].value).endswith("2022, ejercido")
    for operand in ("health", "events", "advertising"):
        assert "data:image/png" in str(pictures[f"evidence_{operand}"].value), pictures[f"evidence_{operand}"]


def test_a_picture_that_cannot_be_drawn_stops_nothing(world, tmp_path):
    raw = {table.name.split(".")[1]: world.home.store.read(table.name, "sample-26-2021") for table in RAW}
    home = type(world.home)(tmp_path)
    path = home.archive.path("0" * 64)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"changed")
    assert "SourceError" in str(page_picture(home, raw, "0" * 64)["page_as_read"].value)
