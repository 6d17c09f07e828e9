"""Rows in a workbook: each text held once and read back as it was, whatever it is and however many rows there are."""

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pytest
import python_calamine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from warehouse.release import sheets
from warehouse.release.sheets import WorkbookColumn, WorkbookSheet
from warehouse.schema import BOOL, DATE, INT, MONEY, RATIO, TEXT

KINDS = {"a": TEXT, "b": INT, "c": MONEY, "d": RATIO, "e": BOOL, "f": DATE}
ROWS = """
SELECT CASE WHEN i % 5 > 0 THEN 'texto ' || i % 3 END AS a, CASE WHEN i % 4 > 0 THEN i END AS b,
       CAST(CASE WHEN i % 3 > 0 THEN i * -1.25 END AS DECIMAL(18,2)) AS c, CASE WHEN i > 3 THEN i / 8 END AS d,
       CASE WHEN i % 7 > 0 THEN i % 2 = 0 END AS e, CASE WHEN i > 2 THEN DATE '2021-01-01' + CAST(i AS INTEGER) END AS f
FROM range({rows}) AS r(i) ORDER BY i
"""


def write(path: Path, sql: str, kinds: dict[str, Any], names: tuple[str, ...] = ("T",)) -> list[tuple[Any, ...]]:
    """Writes the rows of the query to each sheet; returns them."""
    con = duckdb.connect()
    con.execute(f"CREATE TABLE t AS {sql}")
    columns = tuple(WorkbookColumn(name, name, kind, 9) for name, kind in kinds.items())
    sheets.write(con, path, [WorkbookSheet(name, "t", columns) for name in names], title="T")
    rows = con.execute("SELECT * FROM t").fetchall()
    con.close()
    return rows


def part(path: Path, name: str) -> str:
    with ZipFile(path) as file:
        return file.read(f"xl/{name}").decode()


def texts_of(path: Path, texts: list[str]) -> list[str]:
    """The texts as openpyxl reads them from a workbook they were written to."""
    con = duckdb.connect()
    con.execute("CREATE TABLE t (a VARCHAR)")
    con.executemany("INSERT INTO t VALUES (?)", [[text] for text in texts])
    sheets.write(con, path, [WorkbookSheet("T", "t", (WorkbookColumn("a", "a", TEXT, 9),))], title="T")
    con.close()
    return [value or "" for (value,) in openpyxl.load_workbook(path)["T"].iter_rows(min_row=2, values_only=True)]


def test_rows_of_several_batches_are_read_back_in_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_ROWS_AT_ONCE", 7)
    path = tmp_path / "x.xlsx"
    rows = write(path, ROWS.format(rows=40), KINDS, ("T", "U"))
    book = openpyxl.load_workbook(path)
    for name in ("T", "U"):
        stored = list(book[name].iter_rows(min_row=2, values_only=True))
        plain = [(*row[:5], row[5] and row[5].date()) for row in stored]
        assert plain == [(a, b, c and float(c), d, e, f) for a, b, c, d, e, f in rows]
    [header, *others] = python_calamine.load_workbook(path).get_sheet_by_name("U").to_python()
    assert header == list(KINDS)
    assert [row[0] for row in others] == [a or "" for a, *_ in rows]


def test_a_text_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    rows = write(path, ROWS.format(rows=40), KINDS, ("T", "U"))
    strings = part(path, "sharedStrings.xml")
    written = 2 * sum(a is not None for a, *_ in rows)
    assert strings.count("texto 1<") == 1
    # XlsxWriter too holds the six headers of both sheets once.
    assert strings.count("<si>") == len(KINDS) + 3
    assert f' count="{written + 2 * len(KINDS)}" uniqueCount="{len(KINDS) + 3}"' in strings
    assert sum(part(path, f"worksheets/sheet{n}.xml").count(' t="s"') for n in (1, 2)) == written + 2 * len(KINDS)


def test_many_rows_give_the_same_bytes_again(tmp_path: Path) -> None:
    # More than DuckDB's own groups of rows, which several threads read: the order of texts must not depend on them.
    sql = "SELECT 'texto ' || (i * 7919) % 5003 AS a, i AS b FROM range(300_000) AS r(i) ORDER BY i"
    for name in ("1.xlsx", "2.xlsx"):
        write(tmp_path / name, sql, {"a": TEXT, "b": INT})
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.lists(st.text(), min_size=1, max_size=20))
@example(["_x0041_x0042_", "_x0041", "x0041_", " a ", "a  b", "\n", "\ta"])
def test_any_text_gives_a_readable_workbook(tmp_path: Path, texts: list[str]) -> None:
    texts = [text.encode("utf-8", "replace").decode() for text in texts]
    missing = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], "�")
    expected = [text.replace("\r\n", "\n").replace("\r", "\n").translate(missing) for text in texts]
    assert texts_of(tmp_path / "t.xlsx", texts) == expected


def test_white_space_is_kept_and_marked_only_where_there_is_some(tmp_path: Path) -> None:
    assert texts_of(tmp_path / "t.xlsx", [" a ", "b c"]) == [" a ", "b c"]
    assert part(tmp_path / "t.xlsx", "sharedStrings.xml").count("xml:space") == 1
