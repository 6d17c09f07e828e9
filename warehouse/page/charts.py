"""The charts of the page, as SVG that needs no script: drawn by Altair, narrow enough for a phone.

A chart shows rows it is given; which rows, and in what order, belongs to `contents`.
"""

import re
from collections.abc import Callable

import altair as alt
import pandas as pd

from warehouse.store.session import Row

LANGUAGES = ("es", "en")
EVENTS, ADVERTISING, NEUTRAL, MISSING = "#b3422f", "#d99a2b", "#9fb6ad", "#e2ded5"
COMPARED = "#2c6e55"
_WORDS = {
    "es": {
        "events": "Eventos (3800)", "advertising": "Publicidad (3600)", "per_thousand": "pesos por cada 1,000 pesos de salud",
        "compared": "con comparación", "read": "leído, sin comparación", "refused": "no se pudo leer", "year": "ejercicio",
    },
    "en": {
        "events": "Events (3800)", "advertising": "Advertising (3600)", "per_thousand": "pesos per 1,000 pesos of health",
        "compared": "compared", "read": "read, not comparable", "refused": "could not be read", "year": "fiscal year",
    },
}  # fmt: skip
_Chart = alt.Chart | alt.LayerChart | alt.FacetChart
_WIDTH = 300
_FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, sans-serif"


def by_government(made: list[Row]) -> dict[str, str]:
    """The newest comparison of each government: two dots on one line, for events and for advertising."""
    newest = [row for row in made if row["newest"]]
    order = [_name(row) for row in newest]
    frame = _per_thousand([{**row, "name": _name(row)} for row in newest])

    def draw(words: dict[str, str]) -> alt.LayerChart:
        base = alt.Chart(_worded(frame, words)).encode(
            y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=170))
        )
        rule = base.mark_rule(color=MISSING).encode(x=alt.X("min(value):Q"), x2="max(value):Q")
        dots = base.mark_circle(size=70, opacity=1).encode(
            x=alt.X("value:Q", title=words["per_thousand"], axis=alt.Axis(tickCount=5, orient="top")),
            color=_two_colours(words),
        )
        chart: alt.LayerChart = (rule + dots).properties(width=_WIDTH - 80, height=alt.Step(19))
        return chart

    return _both(draw)


def over_years(rows: list[Row]) -> dict[str, str]:
    """One small chart per government: events and advertising per 1,000 pesos of health, year by year."""
    frame = _per_thousand([{**row, "name": row["government"]} for row in rows])

    def draw(words: dict[str, str]) -> alt.FacetChart:
        base = alt.Chart(_worded(frame, words)).encode(
            x=alt.X(
                "fiscal_year:Q",
                title=None,
                axis=alt.Axis(format="d", tickMinStep=1, tickCount=4, labelOverlap="greedy", labelSeparation=8),
            ),
            y=alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=3)),
            color=_two_colours(words),
        )
        marks = base.mark_line(strokeWidth=1.5) + base.mark_circle(size=28, opacity=1)
        chart: alt.FacetChart = (
            marks.properties(width=_WIDTH / 2 - 20, height=90)
            .facet(alt.Facet("name:N", title=None), columns=2, spacing=14)
            .resolve_scale(y="independent")
            .properties(title=alt.Title(words["per_thousand"], fontSize=11, fontWeight="normal", anchor="start"))
        )
        return chart

    return _both(draw)


def coverage(rows: list[Row]) -> dict[str, str]:
    """A square per government and year: compared, read, refused; nothing where there is no document."""
    frame = pd.DataFrame(rows)[["government", "fiscal_year", "state"]]

    def draw(words: dict[str, str]) -> alt.Chart:
        states = [words[state] for state in ("compared", "read", "refused")]
        shown = frame.assign(state=frame["state"].map(words))
        chart: alt.Chart = (
            alt.Chart(shown)
            .mark_rect(stroke="#fbfaf7", strokeWidth=2, cornerRadius=3)
            .encode(
                x=alt.X(
                    "fiscal_year:O",
                    title=None,
                    axis=alt.Axis(orient="top", labelAngle=0, ticks=False, labelExpr="slice(datum.label, -2)"),
                ),
                y=alt.Y("government:N", title=None, axis=alt.Axis(labelLimit=170, ticks=False)),
                color=alt.Color(
                    "state:N",
                    title=None,
                    scale=alt.Scale(domain=states, range=[COMPARED, NEUTRAL, EVENTS]),
                    legend=_legend(columns=1),
                ),
            )
            .properties(width=alt.Step(17), height=alt.Step(15))
        )
        return chart

    return _both(draw)


def _name(row: Row) -> str:
    return str(row["name"])


def _per_thousand(rows: list[Row]) -> pd.DataFrame:
    """One row per government, year and kind of money. Shares are ratios, not money: a float is exact enough to draw."""
    frame = pd.DataFrame(rows)[["name", "fiscal_year", "events_share_of_health", "advertising_share_of_health"]]
    named = frame.rename(columns={"events_share_of_health": "events", "advertising_share_of_health": "advertising"})
    long = named.melt(["name", "fiscal_year"], var_name="kind", value_name="value").dropna(subset=["value"])
    return long.assign(value=long["value"].astype(float) * 1000)


def _worded(frame: pd.DataFrame, words: dict[str, str]) -> pd.DataFrame:
    return frame.assign(kind=frame["kind"].map(words))


def _two_colours(words: dict[str, str]) -> alt.Color:
    scale = alt.Scale(domain=[words["events"], words["advertising"]], range=[EVENTS, ADVERTISING])
    return alt.Color("kind:N", title=None, scale=scale, legend=_legend())


def _legend(columns: int = 2) -> alt.Legend:
    return alt.Legend(orient="top", symbolType="circle", labelLimit=0, columns=columns, columnPadding=12)


def _both(draw: Callable[[dict[str, str]], _Chart]) -> dict[str, str]:
    return {language: _svg(draw(_WORDS[language])) for language in LANGUAGES}


def _svg(chart: _Chart) -> str:
    """The chart as SVG without a size of its own: it grows and shrinks with the page."""
    import vl_convert  # drawing needs it, and nothing else: it is a large library

    # Fonts differ between the one measured here and the reader's: labels need room beside them.
    room = {"left": 24, "right": 8, "top": 4, "bottom": 4}
    styled = chart.configure(font=_FONT, background="transparent", padding=room).configure_view(stroke=None).configure_axis(
        domain=False, gridColor="#ece9e2", labelColor="#444a50", labelFontSize=11, titleColor="#666c72", titleFontWeight="normal", titleFontSize=11
    ).configure_legend(labelColor="#444a50", labelFontSize=11)  # fmt: skip
    with alt.data_transformers.enable("default", max_rows=None):
        svg = vl_convert.vegalite_to_svg(styled.to_json())
    return re.sub(r'^<svg([^>]*?) width="[\d.]+" height="[\d.]+"', r"<svg\1", svg)
