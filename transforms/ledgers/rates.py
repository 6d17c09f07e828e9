"""`out.procedure_rate`: procedures by method, with a single bid, observed by citizens; each a count among those of which the register says it.

Registers are never added: two of one body may hold the same procedures. Empty is not «no»: what a register does not say is refused.
"""

import numpy as np
import pandas as pd

from warehouse.schema.ledger_views import PROCEDURE_RATE

_KEY = ["document_id", "government_id", "fiscal_year", "method"]


def procedure_rate(procedures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `out.procedure_rate` frame, of `core.procedure` and `core.document`; superseded documents are left out."""
    current = documents[documents["superseded_by"].isna()].set_index("document_id")
    mine = procedures[procedures["document_id"].isin(current.index)]
    if mine.empty:
        return PROCEDURE_RATE.frame()
    each = _each(mine, current)
    whole = pd.concat([each, each.assign(method="all")], ignore_index=True)
    grouped = whole.groupby(_KEY, dropna=False, sort=True)
    sizes = grouped.agg(
        rows=("rows", "sum"),
        procedures=("rows", "size"),
        named=("is_named", "all"),
        bids=("lists_bids", "sum"),
        single=("has_one_bid", "sum"),
        told=("tells_observation", "sum"),
        observed=("is_observed", "sum"),
    ).reset_index()
    of_all = sizes[sizes["method"].eq("all")].set_index(["document_id", "fiscal_year"])["procedures"]
    total = pd.Series(
        of_all.reindex(pd.MultiIndex.from_frame(sizes[["document_id", "fiscal_year"]])).to_numpy(), sizes.index
    )
    rates = [_by_method(sizes, total), _single_bid(sizes), _observed(sizes)]
    return PROCEDURE_RATE.frame(_told(pd.concat(rates, ignore_index=True), current))


def _each(procedures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Each procedure with what is counted of it. Direct awards ask for no bids."""
    years = procedures["period_end"].map(lambda day: day.year, na_action="ignore").astype("Int64")
    of_document = procedures["document_id"].map(documents["fiscal_year"]).astype("Int64")
    lists_bids = procedures["bidders"].notna() & procedures["method"].ne("direct").fillna(True)
    return procedures.assign(
        fiscal_year=years.fillna(of_document), method=procedures["method"].fillna("other"),
        is_named=procedures["file_number"].notna() | procedures["ocid"].notna(), lists_bids=lists_bids,
        has_one_bid=(lists_bids & procedures["bidders"].eq(1)).fillna(False).astype(bool),
        tells_observation=procedures["observed"].notna(), is_observed=procedures["observed"].fillna(False).astype(bool),
    )  # fmt: skip


def _by_method(sizes: pd.DataFrame, total: pd.Series) -> pd.DataFrame:
    refused = pd.Series("rows_not_procedures", sizes.index, dtype=object).mask(sizes["named"], None)
    return sizes.assign(
        measure="by_method", counted=sizes["procedures"], of_procedures=total, reported=sizes["procedures"], refusals=refused
    )  # fmt: skip


def _single_bid(sizes: pd.DataFrame) -> pd.DataFrame:
    asked = sizes[sizes["method"].ne("direct")]
    refused = np.select([~asked["named"], asked["bids"].eq(0)], ["rows_not_procedures", "bids_not_reported"], "")
    return asked.assign(
        measure="single_bid", counted=asked["single"], of_procedures=asked["bids"], reported=asked["bids"], refusals=refused
    )  # fmt: skip


def _observed(sizes: pd.DataFrame) -> pd.DataFrame:
    """Observed of all is known only where each procedure says whether it was."""
    silent = sizes["told"].lt(sizes["procedures"])
    refused = np.select([~sizes["named"], silent], ["rows_not_procedures", "observation_not_reported"], "")
    return sizes.assign(
        measure="observed", counted=sizes["observed"], of_procedures=sizes["procedures"], reported=sizes["told"], refusals=refused
    )  # fmt: skip


def _told(rates: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    refused = rates["refusals"].replace("", None).astype("str")
    counted = rates["counted"].astype("Int64").where(refused.isna())
    key = [rates[name].astype("str") for name in ("document_id", "fiscal_year", "method", "measure")]
    citable = rates["document_id"].map(documents["citable"]).fillna(False).astype(bool)
    whole = rates.assign(
        rate_id=key[0] + ":" + key[1] + ":" + key[2] + ":" + key[3], counted=counted, refusals=refused, caveats="ledger_only",
        share=counted.astype("Float64") / rates["of_procedures"].astype("Float64").replace(0, pd.NA), citable=citable & refused.isna(),
    )  # fmt: skip
    return whole.reindex(columns=PROCEDURE_RATE.frame_columns)
