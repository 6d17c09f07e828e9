"""Puts contents, charts and pictures into the template. How amounts and dates are written for readers belongs here."""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import jinja2

from warehouse.html import environment
from warehouse.page import contents
from warehouse.page.answers import answers
from warehouse.page.explore.write import Explored, write_explore
from warehouse.page.ledgers import followed
from warehouse.page.sentences import cited, in_english, limits_together, sentences
from warehouse.schema.seal import SEAL_SAMPLES
from warehouse.schema.vocabulary import (
    ALERTS,
    CLAIM_OUTCOMES,
    CLAIM_STATUSES,
    ITEMS,
    PROOFS,
    REFUSALS,
    STAGES,
    UNVERIFIED,
)
from warehouse.store.session import Row

STYLE = (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
Pictures = Callable[[Sequence[tuple[str, str]]], Mapping[str, bytes]]


@dataclass(frozen=True)
class Edition:
    """Which release the page is of."""

    number: int
    created_at: datetime
    code_version: str


def write_page(con: duckdb.DuckDBPyConnection, path: Path, edition: Edition, pictures: Pictures | None = None) -> None:
    """Writes the page of the database that `con` has in use, and the folder to explore beside it.

    `pictures` gives, for lines and their stages, a PNG of the printed place by line id; lines without one lead to page and figure in words.
    """
    made = contents.comparisons(con)
    history, coverage = contents.history(con), contents.coverage(con)
    printed = contents.places(con, made)
    seen = pictures(contents.pictured(made, printed)) if pictures else {}
    page = _templates().get_template("page.html").render(
        number=f"{edition.number:04d}",
        created_at=edition.created_at.strftime("%Y-%m-%d"),
        code_version=edition.code_version,
        counts=contents.counts(con),
        **_question(con),
        made=made,
        chart_caveats=contents.chart_caveats(con, made),
        common_caveats=contents.common_caveats(made),
        places=printed,
        pictures={line: base64.b64encode(png).decode("ascii") for line, png in seen.items()},
        refused=contents.refused(con),
        coverage=coverage,
        history=history,
        lines=contents.dearest_lines(con),
        changes=contents.changes(con),
        declared=contents.declared(con),
        cards=contents.affordability(con),
        claims=contents.claims(con),
        practices=contents.practices(con),
        alerts=contents.alerts(con),
        methods=contents.methods(con),
        seal=contents.seal(con),
        shown_comparisons=contents.SHOWN_COMPARISONS,
        shown_alerts=contents.SHOWN_ALERTS,
        chart=_draw(made, history, coverage),
        **followed(con),
    )  # fmt: skip
    path.write_text(page, encoding="utf-8")
    write_explore(con, path.parent, Explored(f"{edition.number:04d}", edition.created_at.strftime("%Y-%m-%d"), seen))


def _question(con: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The question the page begins with: what it can answer, and the script that does, with the hash the page allows."""
    replies = answers(con)
    script = (Path(__file__).parent / "question.js").read_text(encoding="utf-8")
    return {
        "known": replies,
        "known_json": json.dumps(replies, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"),
        "script": script,
        "script_hash": f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
    }


def _draw(made: list[Row], history: list[Row], coverage: list[Row]) -> dict[str, dict[str, str]]:
    """The charts that have something to show, in each language."""
    from warehouse.page import charts  # drawing takes seconds to import, and only a new release draws

    return {
        "government": charts.by_government(made) if made else {},
        "history": charts.over_years(history) if history else {},
        "coverage": charts.coverage(coverage) if coverage else {},
    }


_SIGNS = {
    "greater": ("más que", "more than"),
    "less": ("menos que", "less than"),
    "equal": ("lo mismo que", "as much as"),
}


# Whether the stage is a budget: a budget assigns, and what was spent was spent.
_SPEAKS = {
    True: {
        "health_es": "asignó", "who_es": "el presupuesto", "es": "asignó", "to_es": "a", "who_en": "the budget", "en": "assigned to",
    },
    False: {
        "health_es": "destinó", "who_es": "el gobierno", "es": "gastó", "to_es": "en", "who_en": "the government", "en": "gave to",
    },
}  # fmt: skip


def _templates() -> jinja2.Environment:
    templates = environment(
        Path(__file__).parent,
        pesos=_pesos,
        per_thousand=per_thousand,
        count=_count,
        percent=_percent,
        share=_share,
        cited=cited,
        sentences=sentences,
        both=in_english,
        readings=_readings,
        together=limits_together,
    )
    templates.globals.update(
        ITEMS=ITEMS,
        STAGES=STAGES,
        REASONS={**PROOFS, **UNVERIFIED},
        STATUSES=CLAIM_STATUSES,
        OUTCOMES=CLAIM_OUTCOMES,
        REFUSALS=REFUSALS,
        ALERTS=ALERTS,
        SEAL_SAMPLES=SEAL_SAMPLES,
        SIGNS=_SIGNS,
        SPEAKS=_SPEAKS,
    )
    return templates


_READ = {
    "X": ("servicios oficiales", "official services"), "Y": ("salud", "health"), " menor que ": (" menor que ", " less than "),
    " mayor que ": (" mayor que ", " more than "), " igual a ": (" igual a ", " as much as "), ", sin transferencias dentro del sector":
    (", sin transferencias dentro del sector", ", without transfers inside the sector"), " sin lo que está dentro de ":
    (" sin lo que está dentro de ", " without what is inside "), " sin lo que también es ": (" sin lo que también es ", " without what is also "),
}  # fmt: skip


def _readings(listed: str) -> tuple[str, ...]:
    """Each reading with its sign, in the words of the page, in Spanish and English."""
    texts = [listed, listed]
    for name, words in _READ.items():
        texts = [text.replace(name, word) for text, word in zip(texts, words, strict=True)]
    return tuple(texts)


def _pesos(amount: Decimal | None) -> str:
    return "—" if amount is None else f"${amount:,.2f}"


def per_thousand(share: float | None) -> str:
    """As «16.14», of a share; a dash where there is none."""
    return "—" if share is None else f"{share * 1000:,.2f}"


def _count(number: Any) -> str:
    return "—" if number is None else f"{number:,.0f}"


def _percent(change: float | None) -> str:
    return "—" if change is None else f"{change:+.1%}"


def _share(part: float | None) -> str:
    """Of a whole: two digits of what is small, for a bound must not be rounded to nothing."""
    return "—" if part is None else f"{part * 100:.2g} %" if part < 0.1 else f"{part:.1%}".replace("%", " %")
