"""Everything that is measured of a release, in the order in which it is: what the comparisons and the tables start from.

Nothing is put over anything here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd

from transforms.measure import candidates, classes
from transforms.measure.added_views import added_lines
from transforms.measure.baskets import Basket, catch
from transforms.measure.coded_text import take
from transforms.measure.contents import NET_RULE, find_net, load_contents, net_totals
from transforms.measure.facts import facts, locate
from transforms.measure.overlap import health_axis, overlap
from transforms.measure.perimeter import BUDGET, netting
from transforms.measure.refusals import true
from transforms.measure.signature import between_versions, signature
from transforms.measure.working_tables import (
    CANDIDATE,
    CAUGHT,
    CLASS,
    FACT,
    HEALTH_AXIS,
    LOCATED_LINE,
    NET_TOTAL,
    SIGNATURE,
    SPENT,
    TOTAL,
)
from warehouse.schema.comparing import OVERLAP

_OF_DOCUMENT = ["document_id", "period_start", "period_end", "period_status", "kind"]


@dataclass(frozen=True)
class Measured:
    """Each frame as its working table; `spending` are the facts that may be operands, `governments` the names by key, `added` the
    `line_years` of the lines to be added up.
    """

    lines: Annotated[pd.DataFrame, LOCATED_LINE]
    facts: Annotated[pd.DataFrame, FACT]
    spending: Annotated[pd.DataFrame, FACT]
    caught: Annotated[pd.DataFrame, CAUGHT]
    axis: Annotated[pd.DataFrame, HEALTH_AXIS]
    overlaps: Annotated[pd.DataFrame, OVERLAP]
    candidates: Annotated[pd.DataFrame, CANDIDATE]
    classes: Annotated[pd.DataFrame, CLASS]
    totals: Annotated[pd.DataFrame, TOTAL]
    nets: Annotated[pd.DataFrame, NET_TOTAL]
    signatures: Annotated[pd.DataFrame, SIGNATURE]
    spent: Annotated[pd.DataFrame, SPENT]
    governments: pd.Series
    added: pd.Index

    def take_spent(self) -> pd.DataFrame:
        """The spending of the lines that a rule caught, as text."""
        return _take_spent(self.spending, self.caught)

    def list_echoed(self) -> pd.DataFrame:
        """The budgets whose stage only repeats the approved one."""
        return take(self.facts, self.facts["echo"], BUDGET, once=True)

    def list_jumped(self) -> pd.MultiIndex:
        """The budgets whose versions cover different money."""
        return between_versions(self.signatures)


def measure(
    core: Mapping[str, pd.DataFrame], baskets: Sequence[Basket], of: Collection[str | None] | None = None
) -> Measured:
    """All of it of `core`; with `of`, whole of these governments only (None: of amounts of which it is unknown)."""
    lines, documents, contents = locate(core["line"]), core["document"], load_contents()
    joined = facts({**core, "line": lines}, of)
    spending = candidates.spending(joined)
    every = catch(lines, (*baskets, *contents))
    of_contents = every["basket"].isin([content.id for content in contents])
    caught = every[~of_contents].reset_index(drop=True)
    spent = _take_spent(spending, caught)
    views = candidates.view_totals(spending, core["table"])
    ways = candidates.candidates(spent, views, caught, baskets, lines["parent"])
    lost = candidates.unreadable(joined)
    ways = ways.assign(missing=candidates.find_missing(ways, caught, lost)).merge(
        documents[_OF_DOCUMENT], on="document_id", how="left"
    )
    ways["netting"] = netting(ways, spending, documents)
    nets = net_totals(spending, every[of_contents], lines["parent"], views, documents)
    ways = _take_net(ways, nets)
    of_views = classes.budget_rows(joined, core["table"])
    of_class, of_whole = classes.classes(of_views), classes.totals(of_views)
    governments = _name_governments(joined)
    axis = health_axis(lines, caught, baskets)
    return Measured(
        lines=lines,
        facts=joined,
        spending=spending,
        caught=caught,
        axis=axis,
        overlaps=overlap(spent, caught, axis, baskets, governments),
        candidates=ways[CANDIDATE.frame_columns],
        classes=of_class,
        totals=of_whole,
        nets=nets,
        signatures=signature(of_views, of_class, of_whole),
        spent=of_views,
        governments=governments,
        added=added_lines(of_views, documents),
    )


def _name_governments(joined: pd.DataFrame) -> pd.Series:
    names = take(joined.drop_duplicates("government_id"), columns=["government_id", "government"])
    return names.set_index("government_id")["government"]


def _take_spent(spending: pd.DataFrame, caught: pd.DataFrame) -> pd.DataFrame:
    return take(spending, spending["line"].isin(caught["line"]))


def _take_net(ways: pd.DataFrame, nets: pd.DataFrame) -> pd.DataFrame:
    """The candidates with each printed total as its net total, where what it contains is known; the printed one beside."""
    total = ways["basket"] == candidates.TOTAL
    net = find_net(ways, ways["total_centavos"].where(total), nets)
    is_known = net["net_centavos"].notna()
    return ways.assign(
        rule=ways["rule"].mask(is_known, NET_RULE),
        amount_centavos=ways["amount_centavos"].mask(is_known, net["net_centavos"]),
        verified=true(ways["verified"]) & (true(net["less_verified"]) | ~is_known),
        printed_centavos=net["printed_centavos"],
        less_centavos=net["less_centavos"],
        less_line_ids=net["less_line_ids"],
    )
