"""Every table and column, described once. Knows nobody.

From here come Arrow and pandas types, DDL with comments, Dagster column schemas, the structural expectation
suite, the data dictionary, CSV headers and the Spanish views. What a table contains is described in `raw`,
`core` and `out`; closed vocabularies are in `vocabulary`. No data and no I/O belong here. In: nothing. Out: the tables, by name.
"""

from warehouse.schema.answering import ANSWERING_OUT
from warehouse.schema.core import BUDGET
from warehouse.schema.ledger_views import LEDGER_VIEWS
from warehouse.schema.ledgers import LEDGER_CORE, LEDGER_OUT
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, TIMESTAMP, Column, Table
from warehouse.schema.out import BUDGET_OUT
from warehouse.schema.oversight import FOLLOWED_CORE, FOLLOWED_OUT
from warehouse.schema.raw import RAW
from warehouse.schema.watched import WATCHED_DOCUMENT

CORE = (*BUDGET, *LEDGER_CORE, *FOLLOWED_CORE)
OUT = (*BUDGET_OUT, *LEDGER_OUT, *FOLLOWED_OUT, *LEDGER_VIEWS, *ANSWERING_OUT, WATCHED_DOCUMENT)
TABLES: dict[str, Table] = {table.name: table for table in (*RAW, *CORE, *OUT)}

__all__ = ["BOOL", "CORE", "DATE", "INT", "MONEY", "OUT", "RATIO", "RAW", "TABLES", "TEXT", "TIMESTAMP", "Column", "Table"]
