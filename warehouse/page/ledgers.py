"""What the page tells of ledgers, asked of a built database: lines and their contracts, what should be published, governments side by side.

Each part is empty where the edition holds nothing of it, and then has no section. How it looks belongs to the template.
"""

from itertools import groupby
from typing import Any

import duckdb

from warehouse.schema.answering_terms import (
    ANSWERING_CAVEATS,
    BESIDE_CONCEPTS,
    BESIDE_REFUSALS,
    DOCUMENT_CLASSES,
    DUE_RULES,
    PUBLICATION_STATES,
)
from warehouse.schema.ledger_terms import LEDGER_CAVEATS, LEDGER_REFUSALS
from warehouse.schema.vocabulary import Term
from warehouse.store.session import Row

SHOWN_LINES = 12
SHOWN_CLASSES = 40
# What the template says of codes, in both languages.
WORDS: dict[str, Term] = (
    ANSWERING_CAVEATS
    | BESIDE_REFUSALS
    | LEDGER_REFUSALS
    | LEDGER_CAVEATS
    | BESIDE_CONCEPTS
    | DOCUMENT_CLASSES
    | DUE_RULES
    | PUBLICATION_STATES
)


def followed(con: duckdb.DuckDBPyConnection) -> Row:
    """The three parts: `traced`, `published` and `beside`; each an empty list where there is nothing to tell."""
    return {"traced": traced(con), "published": published(con), "beside": beside(con), "WORDS": WORDS}


def traced(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Per government and period: how much of its lines is traced, untraced and not told, and its lines, contradictions first.

    Only lines that no other contains are added, and what the last of a year covers holds what the earlier ones did.
    """
    budgets = _rows(
        con,
        """
        SELECT t.government_id, coalesce(any_value(g.name), t.government_id) AS government, t.fiscal_year, t.period_end, t.stage, count(*) AS lines,
               sum(amount) AS amount, sum(traced) FILTER (t.refusals IS NULL) AS traced, sum(untraced) FILTER (t.refusals IS NULL) AS untraced,
               sum(amount) FILTER (t.refusals IS NOT NULL OR traced IS NULL) AS refused, count(*) FILTER (contradictions > 0) AS contradictions
        FROM out.line_trace t JOIN core.line l USING (line_id) LEFT JOIN core.government g ON g.government_id = t.government_id
        WHERE l.row_kind = 'detail' AND amount IS NOT NULL
        GROUP BY t.government_id, t.fiscal_year, t.period_end, t.stage
        QUALIFY row_number() OVER (PARTITION BY t.government_id, t.fiscal_year ORDER BY t.period_end DESC NULLS LAST, sum(amount) DESC) = 1
        ORDER BY government, t.fiscal_year DESC
        """,
    )
    for row in budgets:
        row["rows"] = _rows(
            con,
            f"""
            SELECT t.* REPLACE (coalesce(nullif(regexp_replace(t.label, '^[0-9 ]+', ''), ''), t.label) AS label), coalesce(contracted, paid) AS stated FROM out.line_trace t JOIN core.line l USING (line_id)
            WHERE l.row_kind = 'detail' AND t.government_id = ? AND t.fiscal_year = ? AND t.period_end IS NOT DISTINCT FROM ?
            AND contracts + payments > 0
            ORDER BY contradictions > 0 DESC, traced > 0 DESC NULLS LAST, amount DESC, line_id LIMIT {SHOWN_LINES}
            """,
            [row["government_id"], row["fiscal_year"], row["period_end"]],
        )
    return budgets


def published(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Per government and rule: the classes of documents with how many periods are in each state."""
    rows = _rows(
        con,
        """
        SELECT c.government_id, coalesce(any_value(g.name), c.government_id) AS government, rule, document_class, state, count(*) AS periods,
               min(period) AS first_period, max(period) AS last_period, median(days_late) FILTER (state = 'late') AS median_days
        FROM out.document_calendar c LEFT JOIN core.government g ON g.government_id = c.government_id
        GROUP BY c.government_id, rule, document_class, state ORDER BY government, rule, document_class, state
        """,
    )
    parts = []
    for (government, rule), of_rule in groupby(rows, key=lambda row: (row["government"], row["rule"])):
        mine = list(of_rule)
        classes = [(name, list(group)) for name, group in groupby(mine, key=lambda row: row["document_class"])]
        counts = {state: sum(row["periods"] for row in mine if row["state"] == state) for state in PUBLICATION_STATES}
        parts.append({
            "government": government, "government_id": mine[0]["government_id"], "rule": rule, "classes": classes[:SHOWN_CLASSES],
            "counts": {state: count for state, count in counts.items() if count}, "searched": sum(counts.values()) - counts["not_searched"],
        })  # fmt: skip
    return parts


def beside(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """A state with its municipalities, in the newest year in which two of them print a total at one stage: concept by concept."""
    rows = _rows(
        con,
        """
        WITH states AS (
            SELECT *, left(government_id, 2) AS state,
                   count(DISTINCT government_id) OVER (PARTITION BY left(government_id, 2), fiscal_year, period, stage) AS governments
            FROM out.beside
        ), newest AS (
            SELECT * FROM states WHERE governments > 1
            QUALIFY dense_rank() OVER (PARTITION BY state ORDER BY fiscal_year DESC, governments DESC, period DESC, stage DESC) = 1
        )
        SELECT * FROM newest ORDER BY state, concept, government_id
        """,
    )
    sets = []
    for _, group in groupby(rows, key=lambda row: row["state"]):
        mine = list(group)
        by_concept = {name: [row for row in mine if row["concept"] == name] for name in BESIDE_CONCEPTS}
        first = by_concept["total"]
        sets.append({
            "governments": first, "fiscal_year": first[0]["fiscal_year"], "stage": first[0]["stage"], "price_base": first[0]["price_base"],
            "concepts": [(name, of) for name, of in by_concept.items() if of],
            "caveats": sorted({code for row in mine for code in (row["caveats"] or "").split(";") if code}),
        })  # fmt: skip
    return sets


def _rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None) -> list[Row]:
    answer = con.execute(sql, parameters or [])
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
