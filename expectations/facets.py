"""Promise P1, facet by facet: a verified amount rests on something in all that it means, and says on what.

What proves its value is asked in `proofs`. In: `core.amount` and `core.basis`.
"""

import pandas as pd

from expectations.spec import Expect, Promise, Spec, TableFrames
from warehouse.schema.core import BASIS_COLUMNS, FACETS_OF_COLUMNS
from warehouse.schema.vocabulary import FACETS, PROOFS, Term

PROMISE = Promise()

_VERIFIED = ("verified", True)
# A stage is asked before an amount is cited, not before it is verified.
_CITED_ONLY = "stage"


def _lacks_none(facet: str, term: Term) -> Spec:
    return Spec(
        f"verified_has_{facet}_basis",
        "core.amount",
        "ERROR",
        f"No verified amount lacks a facet: {term.en.lower()} rests on something that can be pointed at (P1).",
        f"A ningún importe verificado le falta una faceta: {term.es.lower()} se apoya en algo que puede señalarse (P1).",
        (Expect("ExpectColumnValuesToNotBeNull", {"column": f"{facet}_basis"}, _VERIFIED),),
        show=("source_text", "reason"),
    )


for _facet, _term in FACETS.items():
    if _facet != _CITED_ONLY:
        PROMISE.add(_lacks_none(_facet, _term))


PROMISE.add(
    Spec(
        "value_basis_is_a_proof",
        "core.amount",
        "ERROR",
        "A value rests on a proof: an identity, a sum, a twin or a declared correction (P1).",
        "Un valor se apoya en una prueba: identidad, suma, gemelo o corrección declarada (P1).",
        (Expect("ExpectColumnValuesToBeInSet", {"column": "value_basis", "value_set": list(PROOFS)}),),
        show=("source_text", "reason"),
    )
)


@PROMISE.rule(
    "stage_has_basis",
    "core.amount",
    "ERROR",
    "A stage rests on something: what is cited under a stage can be pointed at (P1).",
    "Un momento se apoya en algo: lo que se cita bajo un momento puede señalarse (P1).",
)
def _stages_without_basis(frames: TableFrames) -> pd.DataFrame:
    """Amounts with a stage and no basis of it, or the other way round."""
    amounts = frames["core.amount"]
    broken = amounts["stage"].isna() != amounts["stage_basis"].isna()
    return amounts.loc[broken, ["line_id", "column", "header", "stage", "stage_basis"]]


@PROMISE.rule(
    "basis_is_told",
    "core.amount",
    "ERROR",
    "What a column's amounts rest on is told with its place and words, facet by facet (P3).",
    "Lo que sostiene los importes de una columna se dice con su lugar y sus palabras, faceta por faceta (P3).",
    reads=("core.basis",),
)
def _columns_without_bases(frames: TableFrames) -> pd.DataFrame:
    """Columns with verified amounts of which a facet that columns decide is not told."""
    amounts, bases = frames["core.amount"], frames["core.basis"]
    proven = amounts.loc[amounts["verified"].fillna(False).astype(bool), ["document_id", "column", "line_id"]]
    table = proven["line_id"].str.rsplit(":", n=2).str[1].astype("Int64")
    columns = proven[["document_id", "column"]].assign(table=table).drop_duplicates(ignore_index=True)
    facets = bases.groupby(["document_id", "table", "column"], as_index=False)["facet"].nunique()
    columns = columns.merge(facets, on=["document_id", "table", "column"], how="left")
    return columns[columns["facet"].fillna(0) < len(FACETS_OF_COLUMNS)]


def shares(amounts: pd.DataFrame) -> pd.DataFrame:
    """How many of each document's amounts rest on what: document_id, facet, basis (null: on nothing), amounts and share."""
    size = amounts.groupby("document_id", observed=True).size()
    parts = []
    for facet, column in zip(FACETS, BASIS_COLUMNS, strict=True):
        counted = amounts.groupby(["document_id", column.name], dropna=False, observed=True).size()
        named = counted.rename_axis(["document_id", "basis"]).rename("amounts").reset_index()
        parts.append(named.sort_values(["document_id", "amounts"], ascending=[True, False]).assign(facet=facet))
    whole = pd.concat(parts, ignore_index=True)
    # Of a home without amounts, registers alone, nothing is counted: the sizes would be text, as the documents are.
    return whole.assign(share=whole["amounts"] / whole["document_id"].map(size).astype("Int64"))
