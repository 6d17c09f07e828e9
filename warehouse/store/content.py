"""What a set of tables says, as one hash: the same for the same rows, whenever, wherever and in whatever order made.

It decides whether there is anything new to publish. Hashes of files are in the manifest of a release.
"""

import hashlib

import duckdb

from warehouse.schema import TABLES, Column, Table
from warehouse.schema.record import RELEASE_DIFFERENCE
from warehouse.store import ddl

# The fingerprint of the code that read a document is about how rows were made, and what is said of the previous release
# is about that one: both may differ while the rows say the same of the budget.
VOLATILE = {
    "raw.document": {"reader"},
    "out.claim": {"outcome", "previous_amount", "previous_release", "causes", "reason", "razon"},
    "out.check": {"rows"},  # the size of the tables checked, of those about the previous release too
    "out.release_difference": {column.name for column in RELEASE_DIFFERENCE.columns},
}


def lasting_columns(table: Table) -> list[Column]:
    """The columns that say something about the budget; none of a table that is about the previous release."""
    return [column for column in table.columns if column.name not in VOLATILE.get(table.name, ())]


def table_hash(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    """A hash of the table's rows that does not depend on their order: the sum of the hashes of the rows."""
    # One md5 per row, split afterwards: two would be computed twice. Its halves add up without overflow.
    row = f"md5_number({ddl.row_text(lasting_columns(table) or list(table.columns))})"
    [(rows, low, high)] = con.execute(
        "SELECT count(*), sum(CAST(r & 18446744073709551615 AS HUGEINT)), sum(CAST(r >> 64 AS HUGEINT)) "
        f"FROM (SELECT {row} AS r FROM {ddl.table_name(table)})"
    ).fetchall()
    return f"{rows}:{low or 0}:{high or 0}"


def content_hash(tables: dict[str, str]) -> str:
    """One hash over the hashes of tables, and over what the schema says of them."""
    lasting = {name: rows for name, rows in sorted(tables.items()) if lasting_columns(TABLES[name])}
    described = [(name, rows, repr(TABLES[name])) for name, rows in lasting.items()]
    return hashlib.sha256(repr(described).encode()).hexdigest()
