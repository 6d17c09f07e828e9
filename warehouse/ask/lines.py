"""What the release says of one line, or of some: its amounts and proofs, and where it takes part.

Each question is a function of an `Ask`, and gives rows in an order that does not change.
"""

from collections.abc import Collection
from itertools import groupby

from warehouse.ask.query import Ask, is_one_of
from warehouse.store.session import Row

# For a person to paste into `peso query`.
LIST_LINES = "SELECT linea_id, etiqueta FROM es.linea_todo"
LIST_CONTRACTS = "SELECT contrato_id, numero FROM es.contratos"
LIST_LINKS = "SELECT * FROM es.enlaces WHERE a_id = '{line_id}'"


def line(ask: Ask, line_id: str) -> Row | None:
    """The row of `core.line`, or None where the release has no such line."""
    rows = ask("SELECT * FROM core.line WHERE line_id = $line_id", line_id=line_id)
    return rows[0] if rows else None


def path(ask: Ask, line_id: str) -> str | None:
    """The labels that the line stands under, as one text."""
    rows = ask("SELECT path FROM out.line_all WHERE line_id = $line_id LIMIT 1", line_id=line_id)
    return rows[0]["path"] if rows else None


def amounts(ask: Ask, line_id: str) -> list[Row]:
    """Rows of `core.amount`, by column."""
    return ask('SELECT * FROM core.amount WHERE line_id = $line_id ORDER BY "column"', line_id=line_id)


def told_amounts(ask: Ask, line_ids: Collection[str], stage: str | None = None, year: int | None = None) -> list[Row]:
    """Rows of `out.line_all` of these lines; of one stage and fiscal year, where they are named."""
    return ask(
        f"""
        SELECT * FROM out.line_all WHERE {is_one_of("line_id", "line_ids")}
        AND ($stage IS NULL OR stage = $stage) AND ($year IS NULL OR fiscal_year = $year)
        ORDER BY line_id, "column"
        """,
        line_ids=list(line_ids),
        stage=stage,
        year=year,
    )


def bases(ask: Ask, line_id: str) -> dict[int, list[Row]]:
    """What the columns of the line's table rest on, facet by facet: rows of `core.basis`, by column."""
    rows = ask(
        'SELECT b.* FROM core.basis b JOIN core.line l USING (document_id, "table") WHERE l.line_id = $line_id '
        'ORDER BY b."column", b.facet',
        line_id=line_id,
    )
    return {column: list(group) for column, group in groupby(rows, key=lambda row: int(row["column"]))}


def proposals(ask: Ask, line_id: str) -> list[Row]:
    """What sums say that its amounts should have been: rows of `core.proposal`."""
    return ask('SELECT * FROM core.proposal WHERE line_id = $line_id ORDER BY "column"', line_id=line_id)


def proofs(ask: Ask, line_id: str) -> list[Row]:
    """The sums and identities that the line is the result of: rows of `core.reconciliation`."""
    return ask(
        'SELECT * FROM core.reconciliation WHERE line_id = $line_id ORDER BY kind, "column"',
        line_id=line_id,
    )


def flags(ask: Ask, line_id: str) -> list[Row]:
    """The stages of the line whose amounts are not to be trusted, and why: `stage` and `flag`."""
    return ask(
        "SELECT stage, flag FROM out.line_all WHERE line_id = $line_id AND flag IS NOT NULL",
        line_id=line_id,
    )


def other_sources(ask: Ask, line_id: str) -> list[Row]:
    """Rows of `out.cross_source` where it is one of the two lines."""
    return ask(
        "SELECT * FROM out.cross_source WHERE line_id = $line_id OR line_id_b = $line_id ORDER BY stage",
        line_id=line_id,
    )


def line_comparisons(ask: Ask, line_id: str) -> list[Row]:
    """Rows of `out.line_comparison`: in pesos of today, in dollars, over health."""
    return ask(
        'SELECT * FROM out.line_comparison WHERE line_id = $line_id ORDER BY stage, "column"',
        line_id=line_id,
    )


def purchases(ask: Ask, line_id: str, column: int, unit_cost_id: str | None = None) -> list[Row]:
    """What an amount would buy, at each unit cost or at one: rows of `out.would_buy` with the `source` of the cost."""
    return ask(
        """
        SELECT b.*, c.source FROM out.would_buy b LEFT JOIN out.unit_cost c USING (unit_cost_id)
        WHERE line_id = $line_id AND "column" = $column AND ($unit_cost_id IS NULL OR unit_cost_id = $unit_cost_id)
        ORDER BY same_year DESC, unit_cost_id
        """,
        line_id=line_id,
        column=column,
        unit_cost_id=unit_cost_id,
    )
