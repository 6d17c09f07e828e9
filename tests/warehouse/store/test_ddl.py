"""The SQL that the schema gives says what its Python says."""

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.schema import TABLES
from warehouse.schema.text import without_formulas
from warehouse.store import ddl

_LABEL = TABLES["out.line"].by_name["label"]


@settings(max_examples=5)
@given(st.lists(st.text("a=+-@＝＋－＠;|, \t\r\n\f'", max_size=6), min_size=200, max_size=200))
def test_a_cell_of_a_csv_is_what_a_cell_elsewhere_is(texts: list[str]) -> None:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE cells AS SELECT unnest(?) AS label", [texts])
        safe = con.execute(f"SELECT {ddl.safe_text(_LABEL, 'label')} FROM cells").fetchall()
    assert [text for (text,) in safe] == [without_formulas(text) for text in texts]
