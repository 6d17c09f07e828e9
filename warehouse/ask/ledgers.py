"""What the release says of the records of ledgers: one by its key or printed number, what it is joined to, and what is due.

Each question is a function of an `Ask`, and gives rows in an order that does not change.
"""

from collections.abc import Collection
from dataclasses import dataclass

from warehouse.ask.query import Ask, is_one_of
from warehouse.store.session import Row

# For a person to paste into `peso query`.
LIST_RECORDS = "SELECT contrato_id, numero FROM es.contratos"
# The records that have a name: their table, and the columns by which a person may name one; the first is the key.
NAMES: dict[str, tuple[str, ...]] = {
    "procedure": ("procedure_id", "file_number", "ocid"),
    "contract": ("contract_id", "number"),
    "payment": ("payment_id", "invoice"),
    "work": ("work_id", "key"),
    "request": ("request_id",),
    "commitment": ("commitment_id",),
    "indicator": ("indicator_id",),
    "publication": ("publication_id",),
}


@dataclass(frozen=True)
class LedgerRecord:
    """A record of a ledger: its kind, key, and row of `core`."""

    kind: str
    key: str
    row: Row


def find_records(ask: Ask, name: str) -> list[LedgerRecord]:
    """The records of that key or printed number, of the first kind that has any: a procedure leads to its contracts, a contract to its payments."""
    for kind, columns in NAMES.items():
        same = " OR ".join(f"{column} = $name" for column in columns)
        rows = ask(f"SELECT * FROM core.{kind} WHERE {same} ORDER BY document_id, record", name=name)
        if rows:
            return [LedgerRecord(kind, str(row[columns[0]]), row) for row in rows]
    return []


def linked_records(ask: Ask, names: Collection[str]) -> list[LedgerRecord]:
    """The records that are joined to these lines or records, and what belongs to those: invoices to a contract, contracts to a procedure.

    Those that were named come first, then contracts, those of the invoices too; each is there once.
    """
    seen = {(record.kind, record.key): record for name in names for record in find_records(ask, name)}
    procedures = [key for kind, key in seen if kind == "procedure"]
    named = dict(seen)
    seen |= _keyed(_of(ask, "contract", "procedure_id", procedures))
    reached = [*names, *(key for _, key in seen)]
    for kind in ("contract", "payment", "work", "request"):
        ids = [row["id"] for row in _joined(ask, reached, kind)]
        seen |= {k: r for k, r in _keyed(_of(ask, kind, NAMES[kind][0], ids)).items() if k not in seen}
    contracts = [key for kind, key in seen if kind == "contract"]
    invoices = _keyed(_of(ask, "payment", "contract_id", contracts))
    whole = seen | {k: r for k, r in invoices.items() if k not in seen}
    fulfilled = {record.row["contract_id"] for record in whole.values() if record.kind == "payment"} - {None}
    behind = _keyed(_of(ask, "contract", "contract_id", sorted(fulfilled)))
    first = named | {key: record for key, record in whole.items() if key[0] == "contract"}
    return list((first | {k: r for k, r in behind.items() if k not in first} | whole).values())


def linked_lines(ask: Ask, names: Collection[str]) -> list[str]:
    """The lines that these records are joined to."""
    rows = ask(
        f"SELECT DISTINCT to_id FROM core.link WHERE to_kind = 'line' AND {is_one_of('from_id', 'names')} ORDER BY to_id",
        names=list(names),
    )
    return [row["to_id"] for row in rows]


def links(ask: Ask, name: str) -> list[Row]:
    """Rows of `core.link` on either side of a line, record or document."""
    return ask("SELECT * FROM core.link WHERE from_id = $name OR to_id = $name ORDER BY link_id", name=name)


def link(ask: Ask, link_id: str) -> Row | None:
    """One link, or None."""
    rows = ask("SELECT * FROM core.link WHERE link_id = $link_id", link_id=link_id)
    return rows[0] if rows else None


def document_format(ask: Ask, document_id: str) -> str | None:
    """In what format the bytes of a document are."""
    rows = ask("SELECT format FROM raw.document WHERE document_id = $document_id", document_id=document_id)
    return rows[0]["format"] if rows else None


def trace(ask: Ask, line_id: str) -> Row | None:
    """The row of `out.line_trace` of a line, or None where no ledger of its body and year was read."""
    rows = ask("SELECT * FROM out.line_trace WHERE line_id = $line_id", line_id=line_id)
    return rows[0] if rows else None


def open_requests(ask: Ask, government_id: str | None) -> list[Row]:
    """Requests that wait for an answer, of current registers, with the last day of their term: rows of `core.request` and `term`."""
    return ask(
        """
        SELECT r.*, CASE WHEN r.extended THEN r.extended_due_on ELSE r.due_on END AS term, d.title, d.obtained_at
        FROM core.request r JOIN core.document d USING (document_id)
        WHERE r.state = 'waiting_response' AND d.superseded_by IS NULL
        AND ($government_id IS NULL OR r.government_id = $government_id)
        ORDER BY term NULLS LAST, r.request_id
        """,
        government_id=government_id,
    )


def calendar(ask: Ask, government_id: str | None) -> list[Row]:
    """What should be published, counted: government, rule, class, state, how many periods, the first and the last, and the worst delay."""
    return ask(
        """
        SELECT government_id, any_value(g.name) AS government, rule, document_class, state, count(*) AS periods, min(period) AS first_period,
               max(period) AS last_period, max(days_late) AS most_days
        FROM out.document_calendar LEFT JOIN core.government g USING (government_id)
        WHERE $government_id IS NULL OR government_id = $government_id
        GROUP BY government_id, rule, document_class, state ORDER BY government_id, rule, document_class, state
        """,
        government_id=government_id,
    )


def _joined(ask: Ask, names: Collection[str], kind: str) -> list[Row]:
    return ask(
        f"""
        SELECT DISTINCT from_id AS id FROM core.link WHERE from_kind = $kind AND {is_one_of("to_id", "names")}
        UNION SELECT DISTINCT to_id FROM core.link WHERE to_kind = $kind AND {is_one_of("from_id", "names")} ORDER BY id
        """,
        kind=kind,
        names=list(names),
    )


def _of(ask: Ask, kind: str, column: str, ids: Collection[str]) -> list[LedgerRecord]:
    key = NAMES[kind][0]
    rows = ask(f"SELECT * FROM core.{kind} WHERE {is_one_of(column, 'ids')} ORDER BY {key}", ids=list(ids))
    return [LedgerRecord(kind, str(row[key]), row) for row in rows]


def _keyed(records: Collection[LedgerRecord]) -> dict[tuple[str, str], LedgerRecord]:
    return {(record.kind, record.key): record for record in records}
