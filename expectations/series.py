"""Promise P5, part three: what changed from one year, stage or source to another, and what two sources print of the same.

A comparison of two operands of one year is in `comparisons`.
"""

import pandas as pd

from expectations.comparisons import require_existing_citations, require_known_refusals
from expectations.spec import Expect, Promise, Spec, TableFrames, key_columns

PROMISE = Promise()
# What a congress approves, and its revision, are of the year.
_ANNUAL = ("proyecto", "aprobado", "modificado")


@PROMISE.rule(
    "change_has_outcome",
    "out.change",
    "ERROR",
    "A change is a number or a list of refusals, never both and never neither (P5).",
    "Un cambio es un número o una lista de rechazos, nunca ambos ni ninguno (P5).",
)
def _changes_without_outcome(frames: TableFrames) -> pd.DataFrame:
    """Changes that are neither a number nor refused, or both, or that say how firm they are while they are refused."""
    rows = frames["out.change"]
    number = rows["nominal_change"].notna()
    silent = rows["refusals"].isna() != number
    loud = rows["refusals"].notna() & (rows["readings"].notna() | rows["real_change"].notna())
    return rows.loc[
        silent | loud, [*key_columns("out.change"), "nominal_change", "real_change", "readings", "refusals"]
    ]


require_known_refusals(PROMISE, "change", "out.change")
require_existing_citations(
    PROMISE,
    "change_citations_exist",
    "out.change",
    "The lines that a change cites exist (P3).",
    "Las líneas que cita un cambio existen (P3).",
)


@PROMISE.rule(
    "change_secondary_not_citable",
    "out.change",
    "ERROR",
    "A change read from a secondary dataset is never called citable.",
    "Un cambio leído de una base secundaria nunca se dice citable.",
)
def _secondary_changes_citable(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.change"]
    broken = (rows["kind"] == "secundaria") & rows["citable"].fillna(True)
    return rows.loc[broken, [*key_columns("out.change"), "citable"]]


@PROMISE.rule(
    "change_same_period",
    "out.change",
    "ERROR",
    "A budget of the whole year is not set against what was spent in a part of it (P5).",
    "Un presupuesto de todo el año no se compara con lo gastado en una parte de él (P5).",
)
def _year_against_a_part(frames: TableFrames) -> pd.DataFrame:
    """Changes shown between an annual stage and a running one over less than a year."""
    rows = frames["out.change"]
    part = (rows["comparison"] == "stages") & rows["period"].ne("01-01/12-31")
    broken = part & rows["from_stage"].isin(_ANNUAL) & ~rows["to_stage"].isin(_ANNUAL) & rows["refusals"].isna()
    return rows.loc[broken, [*key_columns("out.change"), "nominal_change"]]


@PROMISE.rule(
    "change_of_known_total",
    "out.change",
    "ERROR",
    "A change of a total is of net spending, with what was taken out of both sides (METHOD, lesson 1).",
    "Un cambio de un total es de gasto neto, con lo que se descontó de ambos lados (METHOD, lección 1).",
)
def _unknown_totals_compared(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.change"]
    shown = rows[(rows["item"] == "total") & rows["refusals"].isna()]
    wrong = pd.Series(False, index=shown.index)
    for side in ("from", "to"):
        net = shown[f"{side}_printed_centavos"] - shown[f"{side}_less_centavos"]
        wrong |= (net != shown[f"{side}_amount_centavos"]).fillna(True).astype("bool")
    return shown.loc[wrong, [*key_columns("out.change"), "from_printed_centavos", "to_printed_centavos"]]


@PROMISE.rule(
    "change_never_over_echo",
    "out.change",
    "ERROR",
    "No change is computed over a stage that only repeats approved (METHOD, echo).",
    "Ningún cambio se calcula sobre un momento que solo repite el aprobado (METHOD, eco).",
    reads=("out.line_all",),
)
def _echoes_compared(frames: TableFrames) -> pd.DataFrame:
    """Changes shown over a stage that repeats approved."""
    echoed = frames["out.line_all"].loc[frames["out.line_all"]["flag"] == "echo", ["line_id", "fiscal_year", "stage"]]
    shown = frames["out.change"][frames["out.change"]["refusals"].isna()]
    broken = []
    for side in ("from", "to"):
        cited = shown[[f"{side}_line_ids", f"{side}_year", f"{side}_stage"]].set_axis(
            ["line_id", "fiscal_year", "stage"], axis=1
        )
        cited = cited.dropna().assign(line_id=lambda rows: rows["line_id"].str.split(";")).explode("line_id")
        cited["line_id"] = cited["line_id"].astype("str")
        hit = cited.reset_index().merge(echoed.drop_duplicates(), on=["line_id", "fiscal_year", "stage"])
        broken.append(shown.loc[hit["index"].unique(), key_columns("out.change")].assign(side=side))
    return pd.concat(broken)


def _require_agreement(check_id: str, table: str, reason: str, reason_es: str) -> None:
    differs = Expect("ExpectColumnValuesToNotBeInSet", {"column": "outcome", "value_set": ["differs"]})
    PROMISE.add(Spec(check_id, table, "WARN", reason, reason_es, (differs,), show=("gap_centavos", "gap_share")))


_require_agreement(
    "classifications_agree",
    "out.cross_classification",
    "The same spending adds up alike by object, by function and by body; where it does not, no total of it is safe to print.",
    "El mismo gasto suma igual por objeto, función y ente; donde no, ningún total es seguro para imprimirse.",
)
_require_agreement(
    "sources_agree",
    "out.cross_source",
    "Two sources print the same amount of the same class; where they differ, cite one and say what the other prints.",
    "Dos fuentes imprimen el mismo importe de la misma clase; donde difieren, cite una y diga lo que imprime la otra.",
)
