"""The report shows what failed and why, escapes what documents print, and needs nothing from outside."""

import datetime as dt
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from expectations.report import write_html
from expectations.runner import SHOWN, Result
from tests.expectations import worlds
from warehouse.schema.core import AMOUNT

ATTACK = "<script>alert(1)</script><img src=https://example.org/x.png onerror=alert(1)>\"'"


def made(
    check_id: str = "made",
    passed: bool = False,
    severity: str = "ERROR",
    rows: pd.DataFrame | None = None,
    **values: Any,
) -> Result:
    shown = pd.DataFrame() if rows is None else rows
    defaults: dict[str, Any] = {
        "table": "core.amount",
        "rows": 1234,
        "failing": 0 if passed else max(1, len(shown)),
        "reason": "It must.",
        "reason_es": "Debe ser.",
    }
    return Result(check_id, passed=passed, severity=severity, failing_rows=shown, **{**defaults, **values})


def written(tmp_path: Path, *results: Result, **about: Any) -> str:
    path = tmp_path / "report.html"
    write_html(results, path, **about)
    return path.read_text(encoding="utf-8")


class Seen(HTMLParser):
    """Tags, the attributes that fetch or run something, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.active: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.active += [
            (k, v) for k, v in attrs if k in ("src", "href", "srcset", "action", "data", "poster") or k.startswith("on")
        ]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_what_a_document_prints_is_escaped(tmp_path: Path) -> None:
    rows = pd.DataFrame({"line_id": ["d1:1:1"], "label": [ATTACK]})
    seen = Seen(written(tmp_path, made(rows=rows, message=ATTACK, reason=ATTACK, reason_es=ATTACK), release=ATTACK))
    assert not seen.tags & {"script", "img", "link", "iframe", "object"}
    assert seen.active == []
    assert seen.text.count(ATTACK) >= 4


def test_nothing_comes_from_outside(tmp_path: Path) -> None:
    html = written(tmp_path, made(), made("b", severity="WARN"), made("c", passed=True))
    assert not re.search(r"https?:|//|@import|url\(|<script|<link", html)


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ([made(), made("w", severity="WARN")], "No se publica"),
        ([made("w", severity="WARN"), made("p", passed=True)], "Se publica con advertencias"),
        ([made("p", passed=True)], "Todo lo que se revisó se cumple"),
        ([], "No se revisó nada"),
    ],
)
def test_verdict_comes_first(tmp_path: Path, results: list[Result], verdict: str) -> None:
    text = " ".join(Seen(written(tmp_path, *results)).text.split())
    assert verdict in text
    assert text.index(verdict) < text.index("se cumplen")


def test_failures_come_with_their_rows_and_everything_with_its_reason(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {
            "line_id": ["d7:1:3"],
            "amount_centavos": pd.array([-123456789], "Int64"),
            "verified": pd.array([None], "boolean"),
        }
    )
    text = Seen(
        written(tmp_path, made(rows=rows), made("fine", passed=True, reason_es="Esto se cumple.", table="out.line"))
    ).text
    assert "d7:1:3" in text
    assert "-1,234,567.89" in text
    assert "importe ($)" in text
    assert "—" in text
    assert "Esto se cumple." in text
    assert text.index("d7:1:3") < text.index("Todo lo que se revisó") < text.index("Esto se cumple.")


def test_rows_that_are_not_shown_are_counted(tmp_path: Path) -> None:
    rows = pd.DataFrame({"line_id": [f"d1:1:{n}" for n in range(SHOWN)]})
    assert "Y 1,980 más" in Seen(written(tmp_path, made(rows=rows, failing=2000))).text


def test_a_check_that_could_not_run_says_so(tmp_path: Path) -> None:
    text = Seen(written(tmp_path, made(message="KeyError: 'x'", failing=0))).text
    assert "No se pudo revisar" in text
    assert "KeyError: 'x'" in text


def test_release_and_time_are_printed_where_known_and_the_file_repeats(tmp_path: Path) -> None:
    about = {"release": "2026-11-21.1", "created_at": dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)}
    html = written(tmp_path, made(), **about)
    assert "2026-11-21.1" in html
    assert "2026-11-21 03:00 UTC" in html
    assert html == written(tmp_path, made(), **about)
    assert written(tmp_path, made()) == written(tmp_path, made())


def test_every_kind_of_failing_row_can_be_shown(tmp_path: Path) -> None:
    frame = worlds.good()["core.document"]
    assert "2024-12-31" in written(tmp_path, made(rows=frame, table="core.document"))


def test_a_home_of_registers_alone_has_no_amounts_and_a_report(tmp_path: Path) -> None:
    assert "Debe ser." in Seen(written(tmp_path, made(), amounts=AMOUNT.frame([]))).text
