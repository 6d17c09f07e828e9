"""What stands beside the numbers of a release: documents, alerts, claims and the method.

Each question is a function of an `Ask`, and gives rows in an order that does not change.
"""

from collections.abc import Collection

from warehouse.ask.query import Ask, is_one_of
from warehouse.store.session import Row


def documents(ask: Ask, document_ids: Collection[str]) -> list[Row]:
    """Rows of `core.document`, each with the format that its bytes are in."""
    return ask(
        f"SELECT d.*, r.format FROM core.document AS d LEFT JOIN raw.document AS r USING (document_id) WHERE {is_one_of('d.document_id', 'document_ids')} ORDER BY document_id",
        document_ids=list(document_ids),
    )


def first_lines(ask: Ask, document_id: str, most: int) -> list[Row]:
    """The first line of each table of a document, in order: `table`, `page`, `line_id`, `label`."""
    return ask(
        """
        SELECT "table", page, line_id, label FROM core.line WHERE document_id = $document_id
        QUALIFY row_number() OVER (PARTITION BY "table" ORDER BY "row") = 1 ORDER BY "table" LIMIT $most
        """,
        document_id=document_id,
        most=most,
    )


def government_name(ask: Ask, government_id: str | None) -> str | None:
    """The name of a government, or None."""
    rows = ask("SELECT name FROM core.government WHERE government_id = $government_id", government_id=government_id)
    return rows[0]["name"] if rows else None


def alerts(ask: Ask, line_ids: Collection[str], document_ids: Collection[str]) -> list[Row]:
    """The alerts of these lines, and those of these documents as a whole: rows of `out.alert`."""
    return ask(
        f"""
        SELECT * FROM out.alert WHERE {is_one_of("line_id", "line_ids")}
        OR (line_id IS NULL AND {is_one_of("document_id", "document_ids")})
        ORDER BY severity, alert_id
        """,
        line_ids=list(line_ids),
        document_ids=list(document_ids),
    )


def claims(ask: Ask) -> list[Row]:
    """Every published sentence that is followed: rows of `out.claim`."""
    return ask("SELECT * FROM out.claim ORDER BY claim_id")


def claim(ask: Ask, claim_id: str) -> Row | None:
    """One of them, or None."""
    rows = ask("SELECT * FROM out.claim WHERE claim_id = $claim_id", claim_id=claim_id)
    return rows[0] if rows else None


def methodology(ask: Ask) -> list[Row]:
    """Principles, rules, prices, series and refusals, in the order of the release: rows of `out.methodology`."""
    return ask("SELECT * FROM out.methodology")
