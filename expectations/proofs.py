"""Promise P1, an amount is verified or says that it is not: by a proof that holds, a declared correction, or a reason.

What else a verified amount rests on is asked in `facets`, and whether units and stages are likely in `units_and_stages`.
"""

import numpy as np
import pandas as pd

from expectations.amounts import with_fiscal_year
from expectations.positions import absent, at, numbered, positions
from expectations.spec import Expect, Promise, Spec, TableFrames
from warehouse.schema.vocabulary import PROOFS, STAGES, UNVERIFIED

PROMISE = Promise()

# The share of a document's amounts, in percent, that must be verified.
VERIFIED_PERCENT = 50
# The share of a document's sums, in percent, that may fail without being explained.
UNEXPLAINED_PERCENT = 1

_VERIFIED = ("verified", True)

# --- what is verified ---

PROMISE.add(
    Spec(
        "verified_known",
        "core.amount",
        "ERROR",
        "Whether an amount is verified is always said: null never means verified (P1).",
        "Siempre se dice si un importe está verificado: nulo nunca significa verificado (P1).",
        (Expect("ExpectColumnValuesToNotBeNull", {"column": "verified"}),),
        show=("source_text", "reason"),
    )
)


PROMISE.add(
    Spec(
        "verified_has_proof",
        "core.amount",
        "ERROR",
        "A verified amount names its proof: row identity, children, total, columns, twin or declared correction (P1).",
        "Un importe verificado nombra su prueba: identidad, hijos, total, columnas, gemelo o corrección declarada (P1).",
        (Expect("ExpectColumnValuesToBeInSet", {"column": "reason", "value_set": list(PROOFS)}, _VERIFIED),),
        show=("source_text",),
    )
)


PROMISE.add(
    Spec(
        "verified_has_amount",
        "core.amount",
        "ERROR",
        "What could not be read as an amount is never verified (P1).",
        "Lo que no se pudo leer como importe nunca está verificado (P1).",
        (Expect("ExpectColumnValuesToNotBeNull", {"column": "amount_centavos"}, _VERIFIED),),
        show=("source_text", "reason"),
    )
)


PROMISE.add(
    Spec(
        "unverified_has_reason",
        "core.amount",
        "ERROR",
        "An unverified amount says why nothing proves it (P1).",
        "Un importe sin verificar dice por qué nada lo prueba (P1).",
        (
            Expect(
                "ExpectColumnValuesToBeInSet",
                {"column": "reason", "value_set": list(UNVERIFIED)},
                ("verified", False),
            ),
        ),
        show=("source_text",),
    )
)


@PROMISE.rule(
    "proof_holds",
    "core.amount",
    "ERROR",
    "The kind of proof that a verified amount names holds at least once in its document (P1).",
    "El tipo de prueba que nombra un importe verificado se cumple al menos una vez en su documento (P1).",
    reads=("core.reconciliation",),
)
def _proofs_without_reconciliation(frames: TableFrames) -> pd.DataFrame:
    """Verified amounts of documents in which no sum of the kind that is said to prove them holds."""
    counts = frames["core.amount"].groupby(["document_id", "reason"]).size().rename("amounts").reset_index()
    counts = counts[counts["reason"].isin([p for p in PROOFS if p != "correction"])]
    sums = frames["core.reconciliation"]
    holding = sums.loc[sums["outcome"].isin(["passed", "rounding"]), ["document_id", "kind"]]
    return counts[absent(counts, ["document_id", "reason"], holding, ["document_id", "kind"])]


@PROMISE.rule(
    "correction_declared",
    "core.amount",
    "ERROR",
    "A corrected amount leads to a declared correction that was applied: no number is changed in silence (P1).",
    "Un importe corregido lleva a una corrección declarada y aplicada: ningún número se cambia en silencio (P1).",
    reads=("core.correction",),
)
def _undeclared_corrections(frames: TableFrames) -> pd.DataFrame:
    """Amounts that were corrected by nothing declared: no correction id, or one that was not applied."""
    amounts, corrections = frames["core.amount"], frames["core.correction"]
    applied = corrections.loc[corrections["outcome"].eq("applied").fillna(False), "correction_id"]
    broken = amounts["reason"].eq("correction").fillna(False) & amounts["correction_id"].isna()
    broken |= amounts["correction_id"].notna() & ~amounts["correction_id"].isin(applied)
    return amounts.loc[broken, ["line_id", "column", "source_text", "amount_centavos", "reason", "correction_id"]]


PROMISE.add(
    Spec(
        "correction_in_force",
        "core.correction",
        "WARN",
        "A declared correction still fits its source; an expired or unused one must be looked at again.",
        "Una corrección declarada sigue correspondiendo a su fuente; la vencida o sin uso debe revisarse.",
        (Expect("ExpectColumnValuesToBeInSet", {"column": "outcome", "value_set": ["applied"]}),),
        show=("document_id", "page", "printed", "corrected"),
    )
)


@PROMISE.rule(
    "document_mostly_verified",
    "core.document",
    "WARN",
    f"At least {VERIFIED_PERCENT} % of a document's amounts are proven; below that it is a source to read by hand.",
    f"Al menos {VERIFIED_PERCENT} % de los importes de un documento están probados; por debajo, conviene leerlo a mano.",
)
def _documents_hardly_verified(frames: TableFrames) -> pd.DataFrame:
    documents = frames["core.document"]
    amounts, verified = documents["amounts"].fillna(0), documents["verified"].fillna(0)
    hardly = amounts.gt(0) & (verified * 100).lt(amounts * VERIFIED_PERCENT)
    return documents.loc[hardly, ["document_id", "title", "amounts", "verified"]]


@PROMISE.rule(
    "cited_is_verified",
    "out.line",
    "ERROR",
    "The table to cite from holds verified amounts only, equal to the ones that were proven (P1).",
    "La tabla que se cita solo contiene importes verificados, iguales a los que se probaron (P1).",
    reads=("core.document", "core.line", "core.amount"),
)
def _cited_lines_not_verified(frames: TableFrames) -> pd.DataFrame:
    """Amounts of `out.line` that no verified amount of the same line, year and stage equals."""
    key = ["line_id", "fiscal_year"]
    out, amounts = frames["out.line"], frames["core.amount"]
    proven = amounts["verified"].fillna(False) & amounts["amount_centavos"].notna()
    proven = with_fiscal_year(amounts.loc[proven, [*key, "stage", "amount_centavos"]], frames)
    # Text is looked up once; the stages are then compared by the position of the row.
    numbers, rows = numbered(proven[key], out[key])
    proven = proven.assign(number=numbers)[["number", "stage", "amount_centavos"]]
    proven = proven.merge(pd.DataFrame({"number": rows, "row": range(len(rows))}), on="number")
    broken = []
    for stage in STAGES:
        column = f"{stage}_centavos"
        of_stage = proven[proven["stage"].eq(stage)]
        equal = of_stage["amount_centavos"].eq(at(out[column], of_stage["row"].to_numpy())).fillna(False)
        proved = np.zeros(len(out), dtype=bool)
        proved[of_stage.loc[equal, "row"]] = True
        missing = out[column].notna() & ~proved
        broken.append(out.loc[missing, [*key, column]].rename(columns={column: "amount_centavos"}).assign(stage=stage))
    return pd.concat(broken)


# --- sums ---

PROMISE.add(
    Spec(
        "sum_holds",
        "core.reconciliation",
        "WARN",
        "Printed sums add up; those that do not are listed with page and figures, as an error of the source or of its reading.",
        "Las sumas impresas cuadran; las que no, se enlistan con página y cifras, como error de la fuente o de su lectura.",
        (Expect("ExpectColumnValuesToNotBeInSet", {"column": "outcome", "value_set": ["failed"]}),),
        show=(
            "page",
            "formula",
            "printed_centavos",
            "computed_centavos",
            "difference_centavos",
            "explanation",
            "evidence",
        ),
    )
)


@PROMISE.rule(
    "sum_explained",
    "core.reconciliation",
    "WARN",
    "Under 1 % of a document's sums fail without being shown to be an error of the source: more, and its reading must be looked at.",
    "Menos del 1 % de las sumas de un documento falla sin que conste que el error es de la fuente: si son más, hay que revisar su lectura.",
)
def _sums_unexplained(frames: TableFrames) -> pd.DataFrame:
    """Documents in which too many of the printed sums fail without being shown to be the source's error."""
    sums = frames["core.reconciliation"][["document_id", "kind", "outcome", "explanation"]]
    sums = sums[sums["outcome"].ne("trivial") & sums["kind"].ne("twin")]
    failed, explained = sums["outcome"].eq("failed"), sums["explanation"].eq("source_error").fillna(False)
    judged = sums.assign(source_error=failed & explained, unexplained=failed & ~explained)
    counts = judged.groupby("document_id").agg(
        sums=("outcome", "size"), source_error=("source_error", "sum"), unexplained=("unexplained", "sum")
    )
    return counts[counts["unexplained"] * 100 >= counts["sums"] * UNEXPLAINED_PERCENT].reset_index()


@PROMISE.rule(
    "details_within_total",
    "core.table",
    "WARN",
    "Where a table's total reconciles, its details do not add up to more: otherwise a subtotal is counted as a detail (METHOD, views of a budget).",
    "Donde el total de una tabla cuadra, sus detalles no suman más: si no, un subtotal se cuenta como detalle (METHOD, vistas de un presupuesto).",
    reads=("core.line", "core.amount", "core.reconciliation"),
)
def _details_above_total(frames: TableFrames) -> pd.DataFrame:
    """Columns of tables whose total reconciles, and whose details nevertheless add up to more.

    Of lines with one id, which their key check refuses, the first counts; so in `amounts_without_line` and
    `lines_without_parent`.
    """
    column = ["document_id", "table", "column"]
    reconciled = frames["core.reconciliation"]
    totals = reconciled.loc[reconciled["kind"].eq("total").fillna(False), [*column, "outcome"]]
    status = totals.assign(holds=totals["outcome"].isin(["passed", "rounding"])).groupby(column)["holds"].all()
    lines, amounts = frames["core.line"], frames["core.amount"]
    of_line = positions(amounts["line_id"], lines["line_id"])
    amounts = amounts[["document_id", "column", "multiplier", "amount_centavos"]].assign(
        table=at(lines["table"], of_line), row_kind=at(lines["row_kind"], of_line)
    )
    sums = amounts.groupby(["row_kind", *column]).agg(
        centavos=("amount_centavos", "sum"), amounts=("amount_centavos", "size"), multiplier=("multiplier", "max")
    )
    printed, details = (sums[sums.index.get_level_values(0) == kind].droplevel(0) for kind in ("total", "detail"))
    both = pd.concat(
        [
            status,
            printed["centavos"].rename("total_centavos"),
            details["centavos"].rename("details_centavos"),
            # Each detail may have been rounded by half a printed unit.
            (details["amounts"] * details["multiplier"].fillna(1) * 50).rename("allowance"),
        ],
        axis=1,
        join="inner",
    )
    above = (
        both["holds"]
        & both["total_centavos"].gt(0)
        & both["details_centavos"].gt(both["total_centavos"] + both["allowance"])
    )
    return both[above.astype(bool)].drop(columns=["holds", "allowance"]).reset_index()
