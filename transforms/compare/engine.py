"""The one engine of comparisons: X over Y, row by row, is a number or the reasons why there is none, and what must be said.

Two operands of the same budgets are paired; the contract refuses, and so does what is known of the budgets around them;
what is left is divided. Which operands, and which columns are published of them, is said by `headline`, `declared` and
`lines`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, NamedTuple

import pandas as pd

from transforms.compare import caveats, contract
from transforms.compare.contract import DOUBTFUL, NOMINAL, PESOS, Side
from transforms.compare.prices import PriceIndex
from transforms.measure.perimeter import BUDGET, Chosen, of_operand
from transforms.measure.refusals import is_far, is_near_zero, join_codes, true
from transforms.measure.working_tables import BUDGET_VIEW, CHOSEN

_OF_DOCUMENT = ["document_id", "kind", "period_status", "perimeter", "citable", "obtained_how"]
_SERIES = ["government_id", "stage", "kind"]
_SAME_YEAR = ["government_id", "fiscal_year"]
# Where a missing operand is looked for: what it is refused for, if it is found there.
_ELSEWHERE = {
    "different_document": [*_SAME_YEAR, "stage", "period_start", "period_end"],
    "different_period": [*_SAME_YEAR, "stage"],
    "different_stage": _SAME_YEAR,
}


@dataclass(frozen=True)
class Pair:
    """X and Y of many budgets, row by row. `budgets` says of each its view and its document; `names` are the operands'."""

    names: tuple[str, str]
    budgets: Annotated[pd.DataFrame, BUDGET_VIEW]
    x: Annotated[pd.DataFrame, CHOSEN]
    y: Annotated[pd.DataFrame, CHOSEN]

    @property
    def both(self) -> pd.Series:
        """Whether there are both amounts."""
        return self.x["amount_centavos"].notna() & self.y["amount_centavos"].notna()


class Quotient(NamedTuple):
    """X over Y, null where refused; and why, one column per code of the vocabulary."""

    value: pd.Series
    refused: pd.DataFrame

    @property
    def refusals(self) -> pd.Series:
        """The codes that refuse each, joined by ';'; null where none does."""
        return join_codes(self.refused)


def pair(chosen: Chosen, documents: pd.DataFrame, x: str, y: str) -> Pair:
    """Two operands of the budgets that were chosen; `documents` is `core.document`."""
    budgets = chosen.budgets.drop(columns="perimeter").merge(documents[_OF_DOCUMENT], on="document_id", how="left")
    return Pair((x, y), budgets, *(of_operand(budgets, chosen.operands, name) for name in (x, y)))


def side(rows: pd.DataFrame, operand: pd.DataFrame, recurrence: str = "recurrent", absent: str = "no_operand") -> Side:
    """What an operand (CHOSEN) declares beside rows of budgets: they are pesos of the day of one year, stage and period."""
    return Side(
        amount=operand["amount_centavos"],
        verified=operand["verified"],
        missing=operand["missing"],
        stage=rows["stage"],
        fiscal_year=rows["fiscal_year"],
        period_start=rows["period_start"],
        period_end=rows["period_end"],
        period_status=operand["period_status"],
        perimeter=operand["within"],
        price_basis=pd.Series(NOMINAL, index=rows.index),
        unit=unit(true(operand["doubtful_unit"])),
        netting=operand["netting"],
        recurrence=pd.Series(recurrence, index=rows.index),
        source_kind=rows["kind"],
        absent=absent,
    )


def unit(doubtful: pd.Series) -> pd.Series:
    """The unit that a side declares."""
    return pd.Series(PESOS, index=doubtful.index).mask(doubtful, DOUBTFUL)


def divide(x: Side, y: Side, around: Mapping[str, pd.Series]) -> Quotient:
    """X over Y, unless the contract refuses it, or what is known `around` the two: where each code applies."""
    refused = contract.refuse(x, y)
    refused = refused.assign(**{code: refused[code] | true(applies) for code, applies in around.items()})
    return Quotient(contract.quotient(x, y, refused.any(axis=1)), refused)


def look_around(
    paired: Pair, candidates: pd.DataFrame, jumped: pd.MultiIndex, health: Sequence[pd.DataFrame]
) -> dict[str, pd.Series]:
    """What refuses a pair beside the contract: the same operands elsewhere, other years, versions, a perimeter without health.

    `candidates` carry `operand`; `jumped` are the budgets whose versions cover different money; `health` are the sides that are
    health, above or below: near zero, it says nothing on either.
    """
    budgets = paired.budgets
    near = [is_near_zero(operand["amount_centavos"], budgets["total_centavos"]) for operand in health]
    return {
        **_find_elsewhere(paired, candidates),
        "different_unit": find_unit_jumps(budgets, paired.y),
        "perimeter_jump": pd.Series(pd.MultiIndex.from_frame(budgets[BUDGET]).isin(jumped), index=budgets.index),
        "health_near_zero": pd.DataFrame([true(one) for one in near], columns=budgets.index).any(),
    }


def _find_elsewhere(paired: Pair, candidates: pd.DataFrame) -> dict[str, pd.Series]:
    """Why a missing operand could not be taken from where it is: another document, period or stage."""
    budgets = paired.budgets
    applies = {code: pd.Series(False, index=budgets.index) for code in _ELSEWHERE}
    for name, operand in zip(paired.names, (paired.x, paired.y), strict=True):
        others = candidates[(candidates["operand"] == name) & (candidates["kind"] != "secundaria")]
        lacking = operand["amount_centavos"].isna()
        for code, key in _ELSEWHERE.items():
            there = budgets[key].merge(others[key].drop_duplicates().assign(there=True), on=key, how="left")["there"]
            hit = lacking & there.notna().set_axis(budgets.index)
            applies[code] |= hit
            lacking = lacking & ~hit
    return applies


def find_unit_jumps(budgets: pd.DataFrame, base: pd.DataFrame) -> pd.Series:
    """Whether each budget is over twenty times, or under a twentieth, of one of the year before or after.

    A printed total is held against a printed total. Where one of the two prints none, their bases (CHOSEN) stand in, if
    one rule measured both: health alone may fall to almost nothing, as it moves to bodies outside the perimeter, and that
    is another refusal. Each document of a year is held against each of the next: which is in another unit, nothing says.
    """
    sized = budgets[[*_SERIES, "fiscal_year"]].assign(
        row=budgets.index, total=budgets["total_centavos"], base=base["amount_centavos"], rule=base["rule"]
    )
    following = sized.assign(fiscal_year=sized["fiscal_year"] - 1)
    pairs = sized.merge(following, on=[*_SERIES, "fiscal_year"], suffixes=("", "_next"))
    totals = pairs["total"].notna() & pairs["total_next"].notna()
    alike = totals | true(pairs["rule"] == pairs["rule_next"])
    now, then = (pairs[f"total{year}"].where(totals, pairs[f"base{year}"]) for year in ("", "_next"))
    far = pairs[alike & true(is_far(now, then) & (now > 0) & (then > 0))]
    jumps = pd.Series(False, index=budgets.index)
    jumps.loc[[*far["row"], *far["row_next"]]] = True
    return jumps


def say(
    paired: Pair,
    index: PriceIndex,
    codes: Mapping[str, pd.Series],
    sentences: Sequence[pd.Series],
    beside: Sequence[pd.DataFrame] = (),
) -> pd.Series:
    """What must be said beside each quotient: of its document and view, the `codes` that apply to its kind of comparison,
    and the `sentences` sentences of its operands. `beside` are further operands (CHOSEN) shown on the row.
    """
    budgets = paired.budgets
    borrowed = pd.Series(False, index=budgets.index)
    for operand in (paired.x, paired.y, *beside):
        source = operand["source_document"]
        borrowed |= source.notna() & true(source != budgets["document_id"])
    applies = {
        "borrowed": borrowed,
        "perimeter_by_table": budgets["total_centavos"].isna() & paired.both,
        "part": budgets["scope"] == "part",
        **codes,
    }
    return caveats.join(
        {**caveats.of_document(budgets, index), **caveats.in_order(applies)},
        (*sentences, caveats.perimeter(budgets["perimeter"])),
    )
