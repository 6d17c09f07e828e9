"""Questions with a name: values are bound, so that no text of a person becomes SQL; and what is shown to paste works."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.made_store import fill, made_up
from warehouse.ask import comparisons, lines, records
from warehouse.ask.comparisons import Budget
from warehouse.ask.places import find_places
from warehouse.ask.query import Ask, asking
from warehouse.ask.reproduce import amounts_sql, row_sql
from warehouse.ask.tables import published_tables
from warehouse.errors import QueryError
from warehouse.release.build import build
from warehouse.schema import TABLES
from warehouse.store.parquet import Store

HOSTILE = "x'; DROP TABLE out.line; --"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    return build(fill(Store(folder / "store"), made_up()), folder / "x.duckdb").path


@pytest.fixture
def ask(database: Path) -> Iterator[Ask]:
    with asking(database) as ask:
        yield ask


@pytest.mark.parametrize("sql", [lines.LIST_LINES, comparisons.COMPARE_HEALTH])
def test_what_is_shown_to_paste_is_answered(ask: Ask, sql: str) -> None:
    ask(sql)


@pytest.mark.parametrize("name", ["made-up:1:10", "nobody", HOSTILE, "", "É'\"%_"])
def test_no_text_becomes_sql(ask: Ask, name: str) -> None:
    of_line = (
        lines.amounts, lines.proposals, lines.proofs, lines.flags, lines.other_sources, lines.line_comparisons,
        comparisons.declared_with, comparisons.changes_with,
    )  # fmt: skip
    for question in of_line:
        assert isinstance(question(ask, name), list)
    assert [amount["line_id"] for amount in lines.amounts(ask, name)] == ([name] if name == "made-up:1:10" else [])
    assert lines.line(ask, name) is None
    assert lines.path(ask, "nobody") is None
    assert lines.purchases(ask, name, 1, name) == []
    assert records.claim(ask, name) is None
    assert comparisons.headlines(ask, Budget(name, 2021, name, name)) == []
    assert comparisons.declared(ask, name, Budget(name, 2021)) == []
    assert comparisons.changes(ask, name, (2020, 2021), name, name) == []
    for ids in ([name], []):
        assert {row["line_id"] for row in lines.told_amounts(ask, ids)} <= {name}
        assert set(find_places(ask, ids)) <= {name}
        assert records.documents(ask, ids) == []
        assert isinstance(records.alerts(ask, ids, ids), list)
    assert ask("SELECT count(*) AS n FROM out.line")[0]["n"]


def test_sql_to_paste_holds_its_values_as_text(ask: Ask) -> None:
    assert ask(amounts_sql([(HOSTILE, 1)], summed=True)) == []
    claim = TABLES["out.claim"]
    assert ask(row_sql(claim, dict.fromkeys(claim.key, HOSTILE))) == []
    assert ask(row_sql(claim, dict.fromkeys(claim.key))) == []


def test_a_question_that_the_file_cannot_answer_says_why(ask: Ask) -> None:
    with pytest.raises(QueryError, match="No such table"):
        ask("SELECT * FROM out.nothing WHERE a = $a", a=1)


def test_a_table_of_the_file_is_a_frame_in_centavos(database: Path) -> None:
    line, claim = published_tables(database, "out.line", "out.claim")
    assert list(line) == TABLES["out.line"].frame_columns
    assert 1_234_560 in line["aprobado_centavos"].tolist()
    assert claim.empty
    assert list(claim) == TABLES["out.claim"].frame_columns
