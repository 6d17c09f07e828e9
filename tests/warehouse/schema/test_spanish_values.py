"""The Spanish schema has Spanish values: the same in its views, its CSV and what is asked of it, and none means two things."""

import csv
from pathlib import Path

import pytest

from tests.warehouse.made_store import fill, line, made_up
from warehouse.ask.query import asking
from warehouse.ask.reproduce import row_sql
from warehouse.release.publish import publish
from warehouse.schema import OUT, TABLES
from warehouse.schema.spanish_values import spanish_value, spanish_values
from warehouse.store.parquet import Store

SHIPPED = Path(__file__).parents[3] / "transforms" / "definitions" / "baskets"
COMPARED = {
    "line_id": "made-up:1:1", "document_id": "made-up", "fiscal_year": 2021, "column": 1, "basket": "events", "row_kind": "detail", "stage": "aprobado",
    "rules": "events.object", "adds_up": True, "verified": True, "inside_health": False,
}  # fmt: skip


def test_no_two_values_of_a_column_have_one_spanish_word():
    for table in OUT:
        for column in table.columns:
            words = [spanish_value(column, value) for value in column.values or ()]
            assert len(set(words)) == len(words), column


def test_every_basket_that_is_shipped_has_its_word():
    basket = TABLES["out.line_comparison"].by_name["basket"]
    assert {path.stem for path in SHIPPED.glob("*.yaml")} <= set(spanish_values(basket))


@pytest.mark.usefixtures("one_csv")
def test_views_files_and_queries_say_the_same(tmp_path: Path) -> None:
    rows = made_up() | {
        "out.line": [line(1, row_kind="memo", classification="function")],
        "out.line_comparison": [COMPARED],
    }
    release = publish(fill(Store(tmp_path / "store"), rows), tmp_path / "releases", code_version="abc")
    with asking(release.database) as ask:
        assert ask("SELECT tipo_renglon, clasificacion FROM es.linea") == [
            {"tipo_renglon": "informativo", "clasificacion": "funcion"}
        ]
        assert ask("SELECT row_kind FROM out.line") == [{"row_kind": "memo"}]
        assert ask("SELECT etiqueta FROM es.comparacion_linea WHERE canasta = 'eventos' AND tipo_renglon = 'detalle'")
        [row] = ask("FROM out.line_comparison")
        assert ask(row_sql(TABLES["out.line_comparison"], row))[0]["canasta"] == "eventos"
    with (release.folder / "csv" / "linea.csv").open(encoding="utf-8-sig") as file:
        assert [row["tipo_renglon"] for row in csv.DictReader(file)] == ["informativo"]
