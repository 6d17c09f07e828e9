"""SQL on a published file answers, or says why not; it reaches nothing else."""

import hashlib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from tests.warehouse.made_store import fill, made_up
from warehouse.ask.cite import cite_answer, cite_line
from warehouse.ask.query import LIST_TABLES, asking
from warehouse.errors import QueryError
from warehouse.release.build import build
from warehouse.store.parquet import Store


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    return build(fill(Store(folder / "store"), made_up()), folder / "x.duckdb").path


def query_arrow(path: Path, sql: str, limit: int | None = None) -> pa.Table:
    with asking(path) as ask:
        return ask.table(sql, limit)


def query(path: Path, sql: str, limit: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    table = query_arrow(path, sql, limit)
    columns = [column.to_pylist() for column in table.columns]
    return table.column_names, list(zip(*columns, strict=True))


def test_columns_and_rows_with_exact_money(published: Path) -> None:
    columns, rows = query(published, "SELECT linea_id, aprobado FROM es.linea ORDER BY aprobado DESC")
    assert columns == ["linea_id", "aprobado"]
    assert rows[0] == ("made-up:1:10", Decimal("12345.60"))


def test_times_are_utc(published: Path) -> None:
    _, rows = query(
        published, "SELECT obtained_at, CAST(obtained_at AS VARCHAR) FROM core.document WHERE outcome = 'read'"
    )
    assert rows == [(datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "2026-01-02 03:04:05+00")]


def test_the_limit_limits(published: Path) -> None:
    assert len(query(published, "SELECT * FROM out.line", limit=2)[1]) == 2
    assert query_arrow(published, "SELECT * FROM out.line", limit=0).num_rows == 0
    assert query(published, "SELECT 1 AS a, 2 AS a") == (["a", "a"], [(1, 2)])


@pytest.mark.parametrize(
    "sql", ["SHOW ALL TABLES", "DESCRIBE out.line", "SUMMARIZE es.linea", "EXPLAIN SELECT 1", "FROM out.line"]
)
def test_ways_of_looking_around_work(published: Path, sql: str) -> None:
    assert query(published, sql, limit=5)[1]


@pytest.mark.parametrize(
    "sql",
    [
        "COPY out.line TO '{there}/stolen.csv'",
        "COPY (SELECT 1) TO '{there}/stolen.parquet' (FORMAT parquet)",
        "EXPORT DATABASE '{there}/stolen'",
        "ATTACH '{there}/other.duckdb' AS other",
        "ATTACH '{there}/new.duckdb' AS other",
        "SELECT * FROM read_duckdb('{there}/other.duckdb')",
        "SELECT * FROM read_csv('{there}/secret.csv')",
        "SELECT * FROM '{there}/secret.csv'",
        "SELECT * FROM read_text('{there}/secret.csv')",
        "SELECT * FROM read_blob('{there}/secret.csv')",
        "SELECT * FROM read_parquet('{there}/secret.csv')",
        "SELECT * FROM read_json('{there}/secret.csv')",
        "SELECT * FROM sniff_csv('{there}/secret.csv')",
        "SELECT * FROM glob('{there}/*')",
        "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
        "IMPORT DATABASE '{there}'",
        "INSTALL httpfs",
        "LOAD '{there}/secret.csv'",
        "SELECT getenv('HOME')",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "RESET enable_external_access",
        "SET temp_directory = '{there}'",
        "PRAGMA profiling_output = '{there}/stolen.json'",
        "SELECT 1; SELECT * FROM read_text('{there}/secret.csv')",
        "SELECT * FROM query('SELECT * FROM read_text(''{there}/secret.csv'')')",
        "SELECT * FROM variable_of_the_program",
    ],
)
def test_sql_reaches_nothing_else(published: Path, tmp_path: Path, sql: str) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    variable_of_the_program = query_arrow(published, "SELECT 1")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(QueryError):
        query(published, sql.format(there=tmp_path))
    assert sorted(tmp_path.iterdir()) == before
    assert variable_of_the_program.num_rows == 1


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE out.line",
        "DELETE FROM out.line",
        "UPDATE out.line SET label = 'x'",
        "CREATE TABLE t (a INT)",
        "CREATE VIEW v AS SELECT 1",
    ],
)
def test_a_published_file_is_never_changed(published: Path, sql: str) -> None:
    before = published.read_bytes()
    with pytest.raises(QueryError, match="never changed"):
        query(published, sql)
    assert published.read_bytes() == before
    assert [path.name for path in published.parent.glob("x.duckdb*")] == ["x.duckdb"]


def test_a_wrong_table_lists_the_tables(published: Path) -> None:
    with pytest.raises(QueryError, match=r"No such table nothing: tables are .*es\.linea.*out\.line"):
        query(published, "SELECT * FROM out.nothing")


def test_a_wrong_column_proposes_columns(published: Path) -> None:
    with pytest.raises(QueryError, match=r'"etiquet" not found.*etiqueta'):
        query(published, "SELECT etiquet FROM es.linea")


@pytest.mark.parametrize("sql", ["SELEC 1", "SELECT CAST('x' AS INTEGER)", "SELECT * FROM out.line WHERE"])
def test_wrong_sql_is_a_query_error(published: Path, sql: str) -> None:
    with pytest.raises(QueryError):
        query(published, sql)


def test_what_is_no_database_is_said(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="There is no published file"):
        query(tmp_path / "x.duckdb", "SELECT 1")
    (tmp_path / "x.duckdb").write_text("no es una base de datos")
    with pytest.raises(QueryError, match="not a file that DuckDB can open"):
        query(tmp_path / "x.duckdb", "SELECT 1")


def test_a_name_like_a_table_is_told_which_one(published: Path) -> None:
    with pytest.raises(QueryError, match=r"No such table linae: did you mean .*es\.linea or es\.lineas\?"):
        query(published, "FROM es.linae")


def test_statements_are_told_apart_and_tables_are_listed(published: Path) -> None:
    with asking(published) as ask:
        assert ask.statements("SELECT ';' AS a; -- a comment\nFROM es.linea;") == [
            "SELECT ';' AS a",
            "-- a comment\nFROM es.linea",
        ]
        listed = ask.table(LIST_TABLES).to_pylist()
        with pytest.raises(QueryError):
            ask.statements("SELEKT 1")
    assert listed[0]["tabla"].startswith("es.") and all(row["contenido"] for row in listed)


def test_a_citation_has_edition_question_place_and_hash() -> None:
    rows = [{"linea_id": "made-up:1:1", "pagina": "7", "lugar": "B7"}]
    csv = "linea_id,pagina,lugar\nmade-up:1:1,7,B7\n"
    assert cite_answer("Edición 1", "SELECT  *\nFROM es.linea_todo", csv, rows) == (
        "Edición 1; consulta «SELECT * FROM es.linea_todo»; 1 renglón; líneas made-up:1:1, página 7, lugar B7; "
        f"sha256 del CSV {hashlib.sha256(csv.encode()).hexdigest()}."
    )
    line = {"line_id": "made-up:1:1", "label": "Ceremonial", "page": "7", "printed_page": "9"}
    amount = {
        "source_text": "$1.00",
        "stage": "aprobado",
        "header": None,
        "place": "B7",
        "government": "Inventado",
        "fiscal_year": 2021,
    }
    document = {"document_id": "made-up", "title": "Cuenta", "sha256": "0" * 64, "citable": False}
    assert cite_line("Edición 1", line, document, [amount]) == (
        f"Inventado 2021: «Ceremonial», «$1.00» (aprobado, B7); Cuenta, página 7 (impresa 9), sha256 {'0' * 64}; "
        "Edición 1, línea made-up:1:1. No se cita: base secundaria o copia compuesta por el proyecto."
    )
