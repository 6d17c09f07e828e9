"""What is told of each government before it is told of all: tables described as those of `transforms.measure.working_tables`."""

from transforms.measure.working_tables import column, table
from warehouse.schema.core import LINE
from warehouse.schema.model import INT, TEXT
from warehouse.schema.out import ALERT

_OF_GOVERNMENT = tuple(ALERT.by_name[name] for name in ("government_id", "fiscal_year"))
_DOCUMENT = ALERT.by_name["document_id"]

HOLDING = table(
    "tell.holding", "What each document holds of each government and year", ("document_id", "government_id", "fiscal_year"),
    _DOCUMENT, *_OF_GOVERNMENT,
    column("lines", INT, "Lines with amounts", required=True),
    column("amounts", INT, "Amounts", required=True),
    column("verified", INT, "Amounts that are verified", required=True),
    column("stages", TEXT, "Stages of the amounts, joined by ';'"),
)  # fmt: skip

FINDING = table(
    "tell.finding", "An alert that the amounts of one government give, before it has a name", (),
    *(one for one in ALERT.columns if one.name not in ("alert_id", "severity")),
)  # fmt: skip

FAILING_LINE = table(
    "tell.failing_line", "A line of which a sum failed, with its government and year", ("line_id",),
    *(LINE.by_name[name] for name in ("line_id", "document_id")), *_OF_GOVERNMENT, LINE.by_name["label"],
)  # fmt: skip
