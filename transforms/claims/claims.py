"""What the documents of this release say of each published sentence: a row of `out.claim`.

A claim is recomputed from its operands where documents give them, and stands on its sourced figures where they do not.
The claimed figure is never an operand of a comparison. What became of it since the previous release is decided in
`transforms.claims.history`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from transforms import definitions
from transforms.claims.model import Claim, Replacement, figure_in_centavos
from transforms.claims.operands import ClaimSum, measure
from transforms.claims.sentences import finding, followed, operands_text
from transforms.compare.prices import PriceIndex, round_half_even
from transforms.measure.baskets import load_baskets
from transforms.measure.coded_text import take
from transforms.measure.refusals import has_no_base
from warehouse.schema.declaration import Links, Problem
from warehouse.schema.record import CLAIM

FOLDER = definitions.FOLDER / "claims"
SIGNS = {-1: "negative", 0: "zero", 1: "positive"}


@dataclass(frozen=True)
class Claims:
    """`rows`: `out.claim` without its history. `lines`: claim_id, line_id, stage, sign of every operand found. `newer`: by
    claim, the documents that replaced those it names.
    """

    rows: pd.DataFrame
    lines: pd.DataFrame
    newer: Mapping[str, tuple[Replacement, ...]]


def load_claims(*folders: Path, links: Links | None = None) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """The shipped claims and those of the folders given, and what is wrong with each file that cannot be used."""
    return definitions.load_sound(Claim, (FOLDER, *folders), links=links)


def claims(
    stored: Sequence[Claim],
    versus: pd.DataFrame,
    line_all: pd.DataFrame,
    core: Mapping[str, pd.DataFrame],
    index: PriceIndex,
) -> Claims:
    """Each claim with its figure now, in pesos of the day and of the base year, and what the documents say of it.

    `versus` is `out.health_vs_events`, `line_all` is `out.line_all`, of the `named_documents` at least.
    """
    measures = {rule.id: rule.measure for basket in load_baskets() for rule in basket.rules}
    versus = versus.merge(core["document"][["document_id", "kind"]], on="document_id", how="left")
    versus["health_measure"] = versus["health_basis"].astype("str").str.replace(r";.*", "", regex=True).map(measures)
    line_all = _take_named(stored, line_all, newest(core["document"]))
    states = core["government"].loc[core["government"]["level"] == "state", "government_id"]
    measured = [measure(claim.operands, versus, line_all, list(states)) for claim in stored]
    rows = [_row(claim, total, versus, index) for claim, total in zip(stored, measured, strict=True)]
    lines = [
        total.lines.assign(claim_id=claim.id)
        for claim, total in zip(stored, measured, strict=True)
        if total is not None
    ]
    columns = ["claim_id", "line_id", "stage", "sign"]
    every = pd.concat(lines, ignore_index=True)[columns] if lines else pd.DataFrame(columns=columns)
    newer = {claim.id: total.followed for claim, total in zip(stored, measured, strict=True) if total}
    return Claims(CLAIM.frame(rows), every, newer)


def named_documents(stored: Sequence[Claim], documents: pd.DataFrame) -> set[str]:
    """The documents whose lines claims can stand on: of the lines they name, and the newest version of each of these."""
    lines = (line_id for claim in stored for operand in claim.operands for line_id in operand.lines)
    named = {line_id.rsplit(":", 2)[0] for line_id in lines}
    newest_of = newest(documents)
    return named | {newest_of[one] for one in named if one in newest_of}


def _take_named(stored: Sequence[Claim], line_all: pd.DataFrame, newest_of: Mapping[str, str]) -> pd.DataFrame:
    """The rows of `out.line_all` that a claim can stand on, as text, with the `newest` version of their document: its named
    lines, and those of the newest documents that are labelled as they are.
    """
    line_ids = [line_id for claim in stored for operand in claim.operands for line_id in operand.lines]
    named = take(line_all, line_all["line_id"].isin(line_ids), ["document_id", "label"], once=True)
    newer = line_all["document_id"].isin(named["document_id"].map(newest_of)) & line_all["label"].isin(named["label"])
    rows = take(line_all, line_all["line_id"].isin(line_ids) | newer)
    return rows.assign(newest=rows["document_id"].map(newest_of))


def newest(documents: pd.DataFrame) -> dict[str, str]:
    """The last version of each document, by the chain of what replaced what."""
    ids = set(documents["document_id"])
    by = {old: new for old, new in documents[["document_id", "superseded_by"]].itertuples(index=False) if new in ids}
    last = {}
    for document in documents["document_id"]:
        seen = [document]
        while seen[-1] in by and by[seen[-1]] not in seen:
            seen.append(by[seen[-1]])
        last[document] = seen[-1]
    return last


def _row(claim: Claim, total: ClaimSum | None, versus: pd.DataFrame, index: PriceIndex) -> dict[str, Any]:
    published, exchange = figure_in_centavos(claim.figures[0], claim.year) if claim.figures else (None, None)
    refusals = list(total.refusals) if total else []
    amount, basis = (total.centavos, "documents") if total and total.centavos is not None else (None, None)
    if amount is None and claim.figures:
        amount, basis = figure_in_centavos(claim.figures[-1], claim.year)[0], "figure"
    real = None
    if amount is not None and claim.year in index.values:
        real = round_half_even(amount * index.values[index.base], index.values[claim.year])
    elif amount is not None:
        refusals.append("no_price_index")
    shares = _shares(claim, amount, versus)
    en, es = finding(claim, basis, real, versus, index)
    if total and total.followed:
        more = followed(total.followed)
        en, es = f"{en} {more[0]}", f"{es} {more[1]}"
    sources = [claim.origin, *(f"{figure.as_of}: {figure.source}" for figure in claim.figures), exchange]
    return {
        "claim_id": claim.id, "text": claim.text, "texto": claim.texto or claim.text, "status": claim.status, "government_id": claim.government_id,
        "fiscal_year": claim.year, "outcome": "first",
        "amount_centavos": amount, "sign": sign(amount), "published_amount_centavos": published,
        "published_sign": claim.sign or sign(published),
        "real_amount_centavos": real, "price_base": index.base, **shares, "basis": basis,
        "verified": bool(total and total.verified and basis == "documents"),
        "operands": operands_text(total.parts) if total else None,
        "line_ids": ";".join(dict.fromkeys(total.lines["line_id"])) or None if total else None,
        "finding": en, "hallazgo": es,
        "sources": "; ".join(filter(None, [*sources, index.source if real is not None else None])),
        "citable": bool(total and total.citable and basis == "documents"),
        "refusals": ";".join(dict.fromkeys(refusals)) or None,
    }  # fmt: skip


def sign(centavos: int | None) -> str | None:
    """negative, zero or positive; None where there is no amount."""
    return None if centavos is None else SIGNS[(centavos > 0) - (centavos < 0)]


def _shares(claim: Claim, amount: int | None, versus: pd.DataFrame) -> dict[str, float | None]:
    """The figure over basket and health of its own government and year, where the documents agree on them."""
    same = versus[(versus["government_id"] == claim.government_id) & (versus["fiscal_year"] == claim.year)]
    same = same[~same["refusals"].fillna("").str.contains("unverified_operand|not_citable|different_unit")]
    shares: dict[str, float | None] = {}
    for column, basket in (("share_of_basket", claim.basket), ("share_of_health", "health")):
        values = same[f"{basket}_centavos"].dropna().unique() if basket else []
        usable = amount is not None and len(values) == 1
        if usable and not has_no_base(pd.Series([amount], dtype="Int64"), pd.Series(values, dtype="Int64"))[0]:
            shares[column] = amount / int(values[0])  # type: ignore[operator]
    return shares
