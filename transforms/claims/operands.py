"""The operands of a claim, measured: lines named one by one, or a basket of governments in a year and stage.

A sum with a missing operand is no sum: it is null, with the reason. Nothing is taken from a secondary dataset unless the
operand asks for one. A named line whose document was replaced is looked for in the newest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from transforms.claims.model import ClaimOperand, MeasuredOperand, Replacement
from transforms.measure.refusals import true

# Refusals of a comparison that also speak of one of its operands by itself.
_OF_ONE = ("health_near_zero", "different_unit", "perimeter_jump")


@dataclass(frozen=True)
class ClaimSum:
    """All operands: their signed sum, what it stands on, and why it is not to be published, if so.

    `followed` are the documents that were named and the newer ones that the lines were found in.
    """

    centavos: int | None
    parts: tuple[MeasuredOperand, ...]
    lines: pd.DataFrame
    verified: bool
    citable: bool
    refusals: tuple[str, ...]
    followed: tuple[Replacement, ...]


def measure(
    operands: Sequence[ClaimOperand], versus: pd.DataFrame, line_all: pd.DataFrame, states: list[str]
) -> ClaimSum | None:
    """The signed sum of the operands; None where the claim has none.

    `versus` has the `kind` of its documents and the `health_measure` of the rule that measured health, `line_all` the `newest` version of each document.
    """
    if not operands:
        return None
    parts = [_lines(operand, line_all) if operand.lines else _basket(operand, versus, states) for operand in operands]
    named = line_all[line_all["line_id"].isin([line for operand in operands for line in operand.lines])]
    replaced = named.loc[named["newest"] != named["document_id"], ["document_id", "newest"]].drop_duplicates()
    missing = any(part.operand.centavos is None for part in parts)
    rows = pd.concat([part.rows.assign(sign=part.operand.operand.sign) for part in parts], ignore_index=True)
    verified, citable = bool(rows["verified"].all()) and not missing, bool(rows["citable"].all()) and not missing
    refusals = [code for part in parts for code in part.refusals]
    refusals += [] if verified or missing else ["unverified_operand"]
    refusals += [] if citable or missing else ["not_citable"]
    total = None if missing else sum(one.operand.sign * (one.centavos or 0) for one, _, _ in parts)
    return ClaimSum(
        total,
        tuple(part.operand for part in parts),
        rows[["line_id", "stage", "sign"]],
        verified,
        citable,
        tuple(dict.fromkeys(refusals)),
        tuple(replaced.itertuples(index=False, name=None)) if "superseded_document" not in refusals else (),
    )


class OperandRows(NamedTuple):
    """One operand, the lines it stands on (_KEPT), and why it is not to be published, if so."""

    operand: MeasuredOperand
    rows: pd.DataFrame
    refusals: list[str]


def _lines(operand: ClaimOperand, line_all: pd.DataFrame) -> OperandRows:
    rows = line_all[line_all["line_id"].isin(operand.lines) & (line_all["stage"] == operand.stage)]
    named = set(rows.loc[rows["amount_centavos"].notna(), "line_id"])
    old = rows["newest"] != rows["document_id"]
    if old.any():
        parts = [rows[~old], *(_in_newest(row, line_all) for row in rows[old].to_dict("records"))]
        if any(part is None for part in parts):
            return OperandRows(MeasuredOperand(operand, None, len(rows)), rows[_KEPT], ["superseded_document"])
        rows = pd.concat(parts, ignore_index=True)
    complete = named == set(operand.lines) and rows["amount_centavos"].notna().all()
    if not complete or rows["line_id"].duplicated().any():
        return OperandRows(MeasuredOperand(operand, None, len(rows)), rows[_KEPT], ["no_document"])
    return OperandRows(MeasuredOperand(operand, int(rows["amount_centavos"].sum()), len(rows)), rows[_KEPT], [])


_SAME_LINE = ["stage", "fiscal_year", "government_id", "label", "path", "row_kind", "classification"]


def _in_newest(row: dict[str, Any], line_all: pd.DataFrame) -> pd.DataFrame | None:
    """The one line of the newest document that is printed as this one is; None where none is, or more than one."""
    alike = line_all[(line_all["document_id"] == row["newest"]) & (line_all["label"] == row["label"])]
    for name in _SAME_LINE:
        same = alike[name].isna() if pd.isna(row[name]) else true(alike[name] == row[name])
        alike = alike[same]
    if len(alike) > 1:  # the same line in several views: the one of the same table
        alike = alike[alike["line_id"].str.split(":").str[-2] == row["line_id"].split(":")[-2]]
    return alike if len(alike) == 1 else None


_KEPT = ["line_id", "stage", "verified", "citable"]


def _basket(operand: ClaimOperand, versus: pd.DataFrame, states: list[str]) -> OperandRows:
    column, lines = f"{operand.basket}_centavos", f"{operand.basket}_line_ids"
    wanted = states if operand.governments == "states" else list(operand.governments)
    of_kind = versus["kind"] == operand.kind if operand.kind else versus["kind"] != "secundaria"
    there = versus[of_kind & (versus["fiscal_year"] == operand.year) & (versus["stage"] == operand.stage)]
    there = there[there["government_id"].isin(wanted) & there[column].notna()]
    if operand.basket == "health":  # by function in one table and by body in another: the better measure speaks
        best = there.groupby("government_id")["health_measure"].transform("min")
        there = there[(there["health_measure"] == best) | best.isna()]
    refusals = [code for code in _OF_ONE if there["refusals"].fillna("").str.contains(code).any()]
    amounts = there.groupby("government_id")[column]
    if (amounts.min() != amounts.max()).any():
        refusals.append("different_document")
    if set(there["government_id"]) != set(wanted):
        refusals.append("no_document")
    there = there.drop_duplicates("government_id")
    unverified = there["refusals"].fillna("").str.contains("unverified_operand")
    rows = pd.DataFrame(
        {
            "line_id": there[lines].fillna("").str.split(";"),
            "stage": there["stage"],
            "verified": there["verified"].astype("bool") | ~unverified,
            "citable": true(there["citable"]) & (there["kind"] != "secundaria"),
        }
    ).explode("line_id")
    whole = not {"different_document", "no_document"} & set(refusals)
    return OperandRows(
        MeasuredOperand(operand, int(there[column].sum()) if whole else None, len(there)), rows, refusals
    )
