"""What became of each claim since the previous release: held, moved, flipped or no longer comparable, and why.

The first time, a claim is held against its figure as published. Which lines differ between the releases, and the cause
of each, comes from `out.release_difference`; here the differences of the operands of a claim are added up by cause.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from transforms.claims.claims import Claims, sign
from transforms.claims.model import Claim, Replacement, figure_in_centavos
from transforms.claims.sentences import followed, millions
from warehouse.schema.causes import CAUSES
from warehouse.schema.record import CLAIM, RELEASE_DIFFERENCE

_OF_A_DOCUMENT = ("new_document", "withdrawn_document")


def follow(
    stored: Sequence[Claim], recomputed: Claims, previous: pd.DataFrame, release: int | None, differences: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`out.claim` with its history, and `out.release_difference` with the claims that each difference concerns.

    `previous` is `out.claim` of the previous release, number `release`; empty and None where there is none.
    """
    touched = _touched(recomputed, previous, differences)
    before = previous.set_index("claim_id")
    rows = [
        {
            **row,
            **_with_documents(
                _history(claim, row, before, release, touched[touched["claim_id"] == claim.id]),
                recomputed.newer.get(claim.id, ()),
            ),
        }
        for claim, row in zip(stored, recomputed.rows.to_dict("records"), strict=True)
    ]
    joined = touched.groupby("difference_id")["claim_id"].agg(lambda ids: ";".join(dict.fromkeys(ids)))
    concerned = differences.assign(claims=differences["difference_id"].map(joined).astype("str"))
    return CLAIM.frame(rows), RELEASE_DIFFERENCE.frame(concerned)


def _with_documents(history: dict[str, object], newer: Sequence[Replacement]) -> dict[str, object]:
    """The reason with the documents that replaced those the claim names."""
    if not newer:
        return history
    sentences = dict(zip(("reason", "razon"), followed(newer), strict=True))
    return {**history, **{name: " ".join(filter(None, [history[name], text])) for name, text in sentences.items()}}  # type: ignore[list-item]


def _touched(recomputed: Claims, previous: pd.DataFrame, differences: pd.DataFrame) -> pd.DataFrame:
    """claim_id, difference_id, cause, and the signed change in centavos: of each difference in an operand of a claim."""
    old = previous[["claim_id", "line_ids"]].dropna()
    old = old.assign(line_id=old["line_ids"].str.split(";")).explode("line_id")[["claim_id", "line_id"]].astype("str")
    now = recomputed.lines.astype({"claim_id": "str", "line_id": "str", "stage": "str"})
    here = differences.merge(now, on=["line_id", "stage"])
    gone = differences.drop(columns="line_id").merge(old, left_on="previous_line_id", right_on="line_id")
    # What is gone had the sign of the stage that it stood in.
    gone = gone.merge(
        now[["claim_id", "stage", "sign"]].drop_duplicates(["claim_id", "stage"]), on=["claim_id", "stage"]
    )
    ids = pd.concat([now[["claim_id", "line_id"]], old]).drop_duplicates()
    ids["document_id"] = ids["line_id"].str.rsplit(":", n=2).str[0]
    whole = differences[differences["cause"].isin(_OF_A_DOCUMENT)].merge(
        ids[["claim_id", "document_id"]].drop_duplicates(), on="document_id"
    )
    every = pd.concat([here, gone, whole.assign(sign=0)], ignore_index=True)
    every = every.drop_duplicates(["claim_id", "difference_id"])
    amount = every["amount_centavos"].fillna(0) - every["previous_amount_centavos"].fillna(0)
    signed = (amount * every["sign"].astype("Int64")).where(every["sign"] != 0, 0)
    return every.assign(centavos=signed)[["claim_id", "difference_id", "cause", "centavos"]]


def _history(
    claim: Claim, row: dict[str, Any], before: pd.DataFrame, release: int | None, touched: pd.DataFrame
) -> dict[str, object]:
    now = None if pd.isna(row["amount_centavos"]) else int(row["amount_centavos"])
    then, of_release = None, False
    if claim.id in before.index and not pd.isna(before.loc[claim.id, "amount_centavos"]):
        then, of_release = int(before.loc[claim.id, "amount_centavos"]), True
    elif claim.figures and (row["basis"] == "documents" or len(claim.figures) > 1):
        then = figure_in_centavos(claim.figures[0], claim.year)[0]
    outcome = _outcome(now, then)
    against = (
        (f"release {release}", f"la edición {release}")
        if of_release
        else ("the published figure", "la cifra publicada")
    )
    shares = [] if outcome in ("held", "first") else _shares(claim, now, then, of_release, touched)
    return {
        "outcome": outcome,
        "previous_amount_centavos": then,
        "previous_release": release if of_release else None,
        "causes": ";".join(dict.fromkeys(cause for cause, _, _, _ in shares)) or None,
        **_sentences(outcome, now, then, against, shares),
    }


def _outcome(now: int | None, then: int | None) -> str:
    if now is None:
        return "not_comparable"
    if then is None:
        return "first"
    if now == then:
        return "held"
    return "flipped" if {sign(now), sign(then)} == {"negative", "positive"} else "moved"


Caused = tuple[str, int, str, str]


def _shares(claim: Claim, now: int | None, then: int | None, of_release: bool, touched: pd.DataFrame) -> list[Caused]:
    """How much each cause explains: from the lines that differ, or as declared with the figure."""
    if of_release:
        causes = touched.groupby("cause", sort=False)["centavos"].sum()
        explained = [
            (str(cause), int(cents), CAUSES[str(cause)].en, CAUSES[str(cause)].es) for cause, cents in causes.items()
        ]
    else:
        # Declared causes lead from the published figure to the version that has today's figure.
        declared = [figure for figure in claim.figures if figure_in_centavos(figure, claim.year)[0] == now]
        explained = [
            (share.cause, int(share.amount * 100), share.text.en, share.text.es)
            for figure in declared[-1:]
            for share in figure.causes
        ]
    if now is None or then is None:
        return explained
    rest = now - then - sum(cents for _, cents, _, _ in explained)
    if rest:
        word = CAUSES["unattributed"]
        explained.append(("unattributed", rest, word.en, word.es))
    return explained


def _sentences(
    outcome: str, now: int | None, then: int | None, against: tuple[str, str], shares: list[Caused]
) -> dict[str, str | None]:
    if outcome == "first":
        return {"reason": None, "razon": None}
    if outcome == "held":
        return {"reason": f"Same figure as {against[0]}.", "razon": f"La misma cifra que {against[1]}."}
    if now is None or then is None:
        en = "An operand is missing in the documents of this release."
        es = "Falta un operando en los documentos de esta edición."
    else:
        en = f"From {millions(then)} ({against[0]}) to {millions(now)} million pesos."
        es = f"De {millions(then)} ({against[1]}) a {millions(now)} millones de pesos."
    english = "; ".join(f"{millions(cents)} million: {text}" for _, cents, text, _ in shares)
    spanish = "; ".join(f"{millions(cents)} millones: {text}" for _, cents, _, text in shares)
    return {"reason": f"{en} {english}".strip(), "razon": f"{es} {spanish}".strip()}
