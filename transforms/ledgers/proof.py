"""What a ledger proves of a budget line: amounts that its contracts or payments add up to, with the attempt as a reconciliation.

The sum proves the digits, and that the line is printed in pesos, as the ledger is; every other facet the amount must have by itself.
"""

import numpy as np
import pandas as pd

from transforms.ledgers.links import STAGES_OF
from warehouse.schema.core import RECONCILIATION
from warehouse.schema.vocabulary import FACETS

PROOF = "ledger_sum"
_UNPROVEN = ("no_proof", "zero_only")
_ASKED = [facet for facet in FACETS if facet != "stage"]


def prove(amounts: pd.DataFrame, lines: pd.DataFrame, links: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`core.amount` with what the links prove of it, and the reconciliations that say so.

    Only what nothing else proved is changed; an amount that lacks another facet stays unverified, with that facet as its reason.
    """
    proving = links[links["outcome"].eq("explains")]
    sums = proving.groupby(["to_id", "from_kind"], as_index=False).agg(
        sum=("sum_amount_centavos", "first"), terms=("from_id", "size")
    )
    reached = amounts.reset_index(names="at").merge(sums, left_on="line_id", right_on="to_id")
    of_kind = pd.MultiIndex.from_tuples([(kind, stage) for kind, stages in STAGES_OF.items() for stage in stages])
    reached = reached[pd.MultiIndex.from_frame(reached[["from_kind", "stage"]]).isin(of_kind)]
    whole = reached["amount_centavos"].mod(100).eq(0)
    near = (reached["amount_centavos"] - reached["sum"]).abs().le(np.where(whole, 100, 1)) & reached[
        "amount_centavos"
    ].ne(0)
    reached = reached[near.fillna(False).astype(bool)].drop_duplicates("at")
    return _judged(amounts, reached), _reconciliations(reached, lines)


def _judged(amounts: pd.DataFrame, reached: pd.DataFrame) -> pd.DataFrame:
    mine = reached.loc[reached["reason"].isin([*_UNPROVEN, "unit_not_stated"]), "at"].to_numpy()
    changed = amounts.copy()
    proven = changed["value_basis"].isna() & changed.index.isin(mine)
    changed.loc[proven, "value_basis"] = PROOF
    changed.loc[changed.index.isin(mine) & changed["unit_basis"].isna(), "unit_basis"] = PROOF
    bases = changed.loc[mine, [f"{facet}_basis" for facet in _ASKED]].notna()
    changed.loc[mine, "verified"] = bases.all(axis=1)
    first = bases.eq(False).to_numpy().argmax(axis=1)
    reasons = np.array([_LACKING[facet] for facet in _ASKED], dtype=object)[first]
    changed.loc[mine, "reason"] = np.where(bases.all(axis=1), changed.loc[mine, "value_basis"], reasons)
    return changed


_LACKING = {
    "value": "no_proof", "sign": "sign_unclear", "label": "label_missing", "kind": "kind_unclear", "unit": "unit_not_stated",
    "time": "year_unclear", "body": "body_unclear", "seen": "not_visible",
}  # fmt: skip


def _reconciliations(reached: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    places = lines.set_index("line_id")[["table", "page"]].reindex(reached["line_id"])
    named = reached["from_kind"].map({"payment": "pagos", "contract": "contratos"})
    return RECONCILIATION.frame(pd.DataFrame({
        "reconciliation_id": reached["line_id"].astype("str") + ":" + reached["column"].astype("str") + ":" + PROOF,
        "document_id": reached["document_id"], "table": places["table"].array, "line_id": reached["line_id"], "page": places["page"].array,
        "kind": PROOF, "column": reached["column"], "stage": reached["stage"], "printed_centavos": reached["amount_centavos"],
        "computed_centavos": reached["sum"], "difference_centavos": reached["amount_centavos"] - reached["sum"], "terms": reached["terms"],
        "formula": reached["terms"].astype("str") + " " + named.astype("str") + " de los registros (core.link)",
        "outcome": np.where(reached["amount_centavos"].eq(reached["sum"]), "passed", "rounding"),
    }))  # fmt: skip


def with_proof(frame: pd.DataFrame, key: str, links: pd.DataFrame) -> pd.DataFrame:
    """Contracts or payments with what their links say of them: proven by a sum, or part of one that contradicts."""
    by_record = links.groupby("from_id")["outcome"].agg(set)
    outcomes = frame[key].map(by_record)
    proven = outcomes.map(lambda those: isinstance(those, set) and "explains" in those).astype(bool)
    against = outcomes.map(lambda those: isinstance(those, set) and "exceeds" in those).astype(bool) & ~proven
    sound = frame["reason"].eq("no_proof")
    reason = frame["reason"].mask(sound & proven, PROOF).mask(sound & against, "does_not_add_up")
    return frame.assign(verified=(sound & proven).astype("boolean"), reason=reason)
