"""`out.line_trace`: how much of a budget line its contracts or payments explain, and what stays untraced, said.

Payments count before contracts, which they fulfil; the two are never added. Only lines of bodies and years of which a ledger was read are
here: of the others nothing is known, and nothing is not zero.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from transforms.ledgers.rows import is_among
from transforms.ledgers.typed import DAY
from warehouse.schema.ledgers import LINE_TRACE

_STAGES = ("devengado", "ejercido", "pagado", "modificado", "aprobado")
_KEY = ["government_id", "fiscal_year"]


def line_trace(lines: pd.DataFrame, core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The `out.line_trace` frame. `lines` as `links.coded_lines` gives them; `core` with amount, link, contract, payment and document."""
    lines = lines.merge(_covered(core), on=_KEY)
    if lines.empty:
        return LINE_TRACE.frame()
    amounts = amounts_of(core["amount"], lines)
    whole = lines.merge(amounts, on="line_id", how="left")
    links = core["link"][core["link"]["to_kind"].eq("line") & core["link"]["refusals"].ne("repeated").fillna(True)]
    to, ids = pd.factorize(links["to_id"])  # numbers are grouped in a tenth of the time
    links = links.assign(to=to)
    at = pd.Series(pd.Index(ids).get_indexer(whole["line_id"]), whole.index)
    for kind, name in (("contract", "contracts"), ("payment", "payments")):
        mine = links[links["from_kind"].eq(kind)]
        whole[name] = at.map(mine.groupby("to").size()).fillna(0).astype("Int64")
        counted = mine[mine["sum_amount_centavos"].notna()].drop_duplicates("to").set_index("to")
        whole[f"{name}_sum"] = at.map(counted["sum_amount_centavos"]).astype("Int64")
        whole[f"{name}_outcome"] = at.map(counted["outcome"])
    refused = links[links["refusals"].notna()].groupby("to")["refusals"].agg(lambda codes: ";".join(sorted(set(codes))))
    return LINE_TRACE.frame(_told(whole, at.map(refused), core["document"]))


def _covered(core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The bodies and years of which contracts or payments were read, with the last day these cover."""
    rows = pd.concat([core["contract"], core["payment"]], ignore_index=True)[["government_id", "period_end"]].dropna()
    years = rows["period_end"].astype(DAY).dt.year.astype("Int64")
    return (
        rows.assign(fiscal_year=years)
        .groupby(_KEY, as_index=False)["period_end"]
        .max()
        .rename(columns={"period_end": "covered_to"})
    )


def amounts_of(amounts: pd.DataFrame, lines: pd.DataFrame, stages: Sequence[str] = _STAGES) -> pd.DataFrame:
    """The amount of each line: accrued, or the nearest of these stages that it has."""
    mine = amounts[
        is_among(amounts["line_id"], lines["line_id"])
        & amounts["stage"].isin(stages)
        & amounts["amount_centavos"].notna()
    ]
    ranked = mine.assign(rank=mine["stage"].map({stage: rank for rank, stage in enumerate(stages)})).sort_values(
        "rank", kind="stable"
    )
    return ranked.drop_duplicates("line_id")[["line_id", "stage", "amount_centavos", "verified"]]


def _told(whole: pd.DataFrame, refused: pd.Series, documents: pd.DataFrame) -> pd.DataFrame:
    paid, contracted = whole["payments"].gt(0), whole["contracts"].gt(0)
    outcome = whole["payments_outcome"].where(paid, whole["contracts_outcome"])
    exceeds = outcome.eq("exceeds").fillna(False).astype(bool)
    late = (whole["covered_to"] < whole["period_end"]).fillna(False).astype(bool)
    total = whole["payments_sum"].where(paid, whole["contracts_sum"])
    codes = refused.where(~paid & contracted).mask(exceeds, "exceeds").mask(late, "period_mismatch")
    traced = total.mask(~paid & ~contracted, 0).where(codes.isna())
    amount = whole["amount_centavos"]
    traced = traced.where(traced.le(amount + 100).fillna(False))
    beyond = total.notna() & traced.isna() & codes.isna()
    untraced = (amount - traced).clip(lower=0)
    share = (traced.astype("Float64") / amount.astype("Float64")).where(amount.gt(0)).clip(upper=1.0)
    citable = whole["document_id"].map(documents.set_index("document_id")["citable"]).fillna(False).astype(bool)
    bad = [
        whole[f"{name}_outcome"].isin(["exceeds", "contradicts"]).astype("Int64") for name in ("contracts", "payments")
    ]
    columns = {
        "contracted_centavos": whole["contracts_sum"], "paid_centavos": whole["payments_sum"], "traced_centavos": traced, "share": share,
        "untraced_centavos": untraced, "contradictions": bad[0] + bad[1], "refusals": codes,
        "caveats": pd.Series("no_charge", whole.index, dtype="str").mask(beyond, "beyond_stage").where(~paid & ~contracted | beyond),
        "citable": citable & whole["verified"].fillna(False).astype(bool) & codes.isna() & traced.notna(),
    }  # fmt: skip
    return whole.assign(**columns).reindex(columns=LINE_TRACE.frame_columns)
