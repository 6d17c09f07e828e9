"""How checks ended, kept between a stage and the release: what comes back is what was found, and reads the same."""

import pandas as pd
import pytest

from expectations.report import write_html
from expectations.runner import Result
from pipelines.home import Home
from pipelines.work.stages import finish
from pipelines.work.validating import _keep, _kept, keep_validation
from warehouse.errors import MissingTableError

ROWS = pd.DataFrame(
    {
        "line_id": pd.array(["a:1:1", None], "str"),
        "amount_centavos": pd.array([-123456, None], "Int64"),
        "share": pd.array([0.1, 2.0], "Float64"),
        "verified": pd.array([True, None], "boolean"),
        "found": pd.Series([3, 4], dtype=object),
        "period_start": pd.Series(["2021-01-01", None]).astype("date32[day][pyarrow]"),
        "nothing": pd.array([None, None], "Int64"),
    }
)


def made(rows: pd.DataFrame = ROWS) -> list[Result]:
    return [
        Result("core.b", "core.amount", "ERROR", False, 10, 2, "why", "por qué", None, rows),
        Result("core.a", "core.line", "WARN", True, 5, 0, "why", "por qué"),
        Result("core.c", "core.line", "ERROR", False, 0, 0, "why", "por qué", "falta la tabla"),
    ]


def test_what_is_kept_comes_back(tmp_path):
    home = Home(tmp_path).create()
    _keep(home, "core", made())
    kept = _kept(home, "core")
    assert kept == made()
    assert [len(result.failing_rows) for result in kept] == [2, 0, 0]
    rows = kept[0].failing_rows
    assert list(rows) == list(ROWS)
    for name in ("line_id", "amount_centavos", "share", "verified", "nothing"):
        pd.testing.assert_series_equal(rows[name], ROWS[name])
    assert rows["found"].tolist() == [3, 4]
    assert rows["period_start"].iloc[0] == "2021-01-01"


def test_the_report_reads_the_same(tmp_path):
    home = Home(tmp_path).create()
    results = made(ROWS.drop(columns="found"))  # of a column of objects, the kind is known only when it is kept
    _keep(home, "core", results)
    write_html(results, tmp_path / "found.html")
    write_html(_kept(home, "core"), tmp_path / "kept.html")
    fresh, kept = ((tmp_path / name).read_text(encoding="utf-8") for name in ("found.html", "kept.html"))
    assert "-1,234.56" in kept
    assert kept == fresh


def test_the_checks_of_both_stages_are_published_together(tmp_path):
    home = Home(tmp_path).create()
    _keep(home, "core", made())
    with pytest.raises(MissingTableError):
        keep_validation(home)
    _keep(home, "out", [Result("out.d", "out.line", "WARN", True, 1, 0, "why", "por qué")])
    finish(home, "core")
    assert keep_validation(home)["check_id"].tolist() == ["core.b", "core.a", "core.c", "out.d"]
    assert home.validation_report.is_file()
