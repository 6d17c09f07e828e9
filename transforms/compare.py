"""From `core` to `out`: the order in which the parts of a comparison are computed. The parts are in their own modules.

`out.check` is not made here: it comes from the expectations.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from transforms import health_events, reference
from transforms.alerts import alerts
from transforms.baskets import Basket, catch, load_baskets
from transforms.claims import Claim, claims, load_claims
from transforms.coverage import coverage
from transforms.facts import facts
from transforms.line_comparison import line_comparison
from transforms.lines import line, line_all
from transforms.methodology import methodology
from transforms.operands import candidates, spending, view_totals
from transforms.perimeter import choose
from transforms.prices import PriceIndex, inpc


def compare(
    core: Mapping[str, pd.DataFrame],
    baskets: Sequence[Basket] | None = None,
    stored_claims: Sequence[Claim] | None = None,
    index: PriceIndex | None = None,
) -> dict[str, pd.DataFrame]:
    """The `out` frames, by the part of their name after the stage.

    `core` has frames 'government', 'document', 'table', 'line', 'amount', 'reconciliation'. Baskets, claims and
    price index default to the shipped ones.
    """
    baskets = load_baskets() if baskets is None else baskets
    stored_claims = load_claims() if stored_claims is None else stored_claims
    index = index or inpc()
    documents, lines = core["document"], core["line"]
    joined = facts(core)
    rows = spending(joined)
    caught = catch(lines, baskets)
    found = candidates(rows, view_totals(rows, core["table"]), caught, baskets, lines)
    found = found.merge(documents[["document_id", "period_start", "period_end", "kind"]], on="document_id", how="left")
    of_rule = {rule.id: rule.caveat for basket in baskets for rule in basket.rules if rule.caveat}
    compared = health_events.compare_budgets(choose(found), found, documents, index, of_rule)
    names = joined.drop_duplicates("government_id").set_index("government_id")["government"]
    compared["government"] = compared["government_id"].map(names)
    versus = health_events.frame(compared, index)
    return {
        "line": line(joined),
        "line_all": line_all(joined),
        "line_comparison": line_comparison(rows, caught, compared, baskets, reference.unit_costs(), index),
        "health_vs_events": versus,
        "coverage": coverage(joined, documents, core["government"], compared),
        "alert": alerts(core, joined, rows, compared),
        "claim": claims(stored_claims, versus, index),
        "methodology": methodology(baskets, index),
    }
