"""The tables that the comparisons hand on to one another, described as those of `transforms.measure.working_tables`."""

from transforms.measure.working_tables import (
    BUDGET_VIEW,
    CHOSEN,
    KEY_OF_BUDGET,
    NET_TOTAL,
    SIGNATURE,
    TOTAL,
    column,
    table,
)
from warehouse.schema.model import BOOL, MONEY, RATIO, TEXT

HEADLINE = table(
    "compare.headline", "Events and advertising over health, of each budget", KEY_OF_BUDGET,
    *(one for one in BUDGET_VIEW.columns if one.name != "perimeter"),
    *(TOTAL.by_name[name] for name in ("kind", "citable", "government")),
    column("period_status", TEXT, "preliminary or final, where the document says so"),
    column("obtained_how", TEXT, "How the bytes of the document were obtained"),
    NET_TOTAL.by_name["net"], column("total_contents", TEXT, "What the total contains: as NET_TOTAL says"),
    column("verified", BOOL, "Whether every operand is verified", required=True),
    column("events_share", RATIO, "Events over health; null where refused"),
    column("advertising_share", RATIO, "Advertising over health; null where refused"),
    column("refusals", TEXT, "Why events are not put over health, codes joined by ';'"),
    column("caveats", TEXT, "What must be said beside, joined by '; '"),
    column("health_basis", TEXT, "How health was measured, and where it is printed"),
)  # fmt: skip

KEY_OF_SERIES = ("government_id", "kind", "stage", "period", "item")
POINT = table(
    "compare.point", "One amount per series and year: of one document, by the rule that measures best",
    (*KEY_OF_SERIES, "fiscal_year"),
    *(one for one in CHOSEN.columns if one.name in ("document_id", "government_id", "fiscal_year", "stage", "amount", "verified", "line_ids", "rule", "doubtful_unit", "missing")),
    *(TOTAL.by_name[name] for name in ("kind", "government", "citable")),
    column("item", TEXT, "health, events, advertising or total", required=True),
    SIGNATURE.by_name["period"],
    column("echo", BOOL, "Whether the stage only repeats the approved one"),
    column("quarrel", BOOL, "Whether other documents print another amount by the same rule", required=True),
    column("preliminary", BOOL, "Whether the document is preliminary", required=True),
    column("typeset", BOOL, "Whether the document was typeset by the project", required=True),
    *(SIGNATURE.by_name[name] for name in (
        "total", "transfers", "transfers_share", "transfers_share_without_debt", "function_42_share",
    )),
    column("net_total", MONEY, "The whole of the year as net spending, as its documents give it"),
    *(CHOSEN.by_name[name] for name in ("printed", "less", "less_line_ids")),
    column("contents_unknown", BOOL, "Whether it is a total of which it is not known what it contains", required=True),
    column("version_jump", BOOL, "Whether versions of the year cover different money"),
    column("near_zero", BOOL, "Whether health is near zero"),
)  # fmt: skip
