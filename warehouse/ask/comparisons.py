"""Comparisons and changes of the release: those that a line takes part in, and those of a budget.

Each question is a function of an `Ask`, and gives rows in an order that does not change: those with a number first.
"""

from typing import NamedTuple

from warehouse.ask.query import Ask
from warehouse.schema.vocabulary import STAGES
from warehouse.store import ddl
from warehouse.store.session import Row

# For a person to paste into `peso query`.
COMPARE_HEALTH = "SELECT gobierno, ejercicio, eventos, salud FROM es.salud_vs_eventos"
# The later a stage, the nearer to money that left.
STAGE_RANK = f"list_position({list(STAGES)!r}, stage)"
# A government by its key, or by its name as the catalogue has it.
_OF_GOVERNMENT = "(government_id = $government OR lower(government) = lower($government))"


class Budget(NamedTuple):
    """The budget that is asked for: a government by key or name, a year and, where they are named, stage and document."""

    government: str
    year: int
    stage: str | None = None
    document_id: str | None = None


def headlines(ask: Ask, budget: Budget) -> list[Row]:
    """Rows of `out.health_vs_events`."""
    return _of_budget(ask, "out.health_vs_events", budget, "true")


def history(ask: Ask, government_id: str) -> list[Row]:
    """Rows of `out.health_vs_events` with a number, one per year, of the stage with the most years: the later one of two."""
    return ask(
        f"""
        WITH made AS (
            FROM out.health_vs_events WHERE government_id = $government_id AND refusals IS NULL
            QUALIFY row_number() OVER (PARTITION BY stage, fiscal_year ORDER BY citable DESC, period_end DESC, document_id) = 1
        ), longest AS (SELECT stage FROM made GROUP BY stage ORDER BY count(*) DESC, {STAGE_RANK} DESC LIMIT 1)
        FROM made WHERE stage = (FROM longest) ORDER BY fiscal_year
        """,
        government_id=government_id,
    )


def headlines_with(ask: Ask, line_id: str) -> list[Row]:
    """Rows of `out.health_vs_events` that the line is an operand of."""
    cited = " OR ".join(map(_cited, ("health_line_ids", "events_line_ids", "advertising_line_ids")))
    return ask(
        f"SELECT * FROM out.health_vs_events WHERE {cited} ORDER BY refusals IS NOT NULL, fiscal_year, stage",
        line_id=line_id,
    )


def declared(ask: Ask, comparison_id: str, budget: Budget) -> list[Row]:
    """Rows of `out.comparison` of one declared comparison."""
    return _of_budget(ask, "out.comparison", budget, "comparison_id = $comparison_id", comparison_id=comparison_id)


def declared_ids(ask: Ask) -> list[str]:
    """The names of the declared comparisons."""
    return [row["comparison_id"] for row in ask("SELECT DISTINCT comparison_id FROM out.comparison ORDER BY ALL")]


def declared_with(ask: Ask, line_id: str) -> list[Row]:
    """Rows of `out.comparison` that the line is an operand of."""
    return ask(
        f"""
        SELECT * FROM out.comparison WHERE {_cited("x_line_ids")} OR {_cited("y_line_ids")}
        ORDER BY result IS NULL, comparison_id, stage
        """,
        line_id=line_id,
    )


def changes_with(ask: Ask, line_id: str) -> list[Row]:
    """Rows of `out.change` that the line is an operand of, the newest first."""
    return ask(
        f"""
        SELECT * FROM out.change WHERE {_cited("from_line_ids")} OR {_cited("to_line_ids")}
        ORDER BY comparison, to_year DESC, from_year DESC, from_stage, to_stage
        """,
        line_id=line_id,
    )


def changes(ask: Ask, government: str, years: tuple[int, int], item: str, stage: str | None = None) -> list[Row]:
    """Rows of `out.change` of a government and item between two years; of one later stage, where it is named."""
    return ask(
        f"""
        SELECT * FROM out.change
        WHERE {_OF_GOVERNMENT} AND from_year = $first AND to_year = $last AND item = $item
        AND ($stage IS NULL OR to_stage = $stage)
        ORDER BY refusals IS NOT NULL, kind, from_stage, to_stage
        """,
        government=government,
        first=years[0],
        last=years[1],
        item=item,
        stage=stage,
    )


def _of_budget(ask: Ask, table: str, budget: Budget, where: str, **values: str) -> list[Row]:
    return ask(
        f"""
        SELECT * FROM {ddl.name(*table.split("."))}
        WHERE {where} AND {_OF_GOVERNMENT} AND fiscal_year = $year
        AND ($stage IS NULL OR stage = $stage) AND ($document_id IS NULL OR document_id = $document_id)
        ORDER BY refusals IS NOT NULL, document_id, stage
        """,
        **budget._asdict(),
        **values,
    )


def _cited(column: str) -> str:
    """Whether a column of line ids joined by ';' names the line that is asked for."""
    return f"list_contains(string_split({ddl.name(column)}, ';'), $line_id)"
