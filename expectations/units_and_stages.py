"""Promise P5, part one: an amount has a unit, a budget stage and a year, so that like can be compared with like.

The comparisons themselves are in `comparisons` and `series`.
"""

import pandas as pd

from expectations.amounts import with_fiscal_year
from expectations.positions import positions
from expectations.spec import Expect, Promise, Spec, TableFrames
from warehouse.schema.method import ECHO_PERCENT, ECHO_ROWS, UNIT_JUMP

PROMISE = Promise()

# The share of a document's amounts, in percent, that may lack a stage.
STAGELESS_PERCENT = 10

_LATER = ["comprometido", "devengado", "ejercido", "pagado"]
_OF_STAGES = ["line_id", "document_id", "fiscal_year", "stage", "amount_centavos"]

# --- units ---

PROMISE.add(
    Spec(
        "unit_known",
        "core.amount",
        "ERROR",
        "A printed unit is one peso, a thousand, a million or a thousand million (P5).",
        "La unidad impresa es un peso, mil, un millón o mil millones (P5).",
        (
            Expect(
                "ExpectColumnValuesToBeInSet",
                {"column": "multiplier", "value_set": [1, 1_000, 1_000_000, 1_000_000_000]},
            ),
        ),
        show=("source_text",),
    )
)


PROMISE.add(
    Spec(
        "verified_has_unit",
        "core.amount",
        "ERROR",
        "A verified amount has a unit: without one the same digits are a thousand times another amount (METHOD, unit rule).",
        "Un importe verificado tiene unidad: sin ella las mismas cifras son otro importe, mil veces mayor (METHOD, regla de unidad).",
        (Expect("ExpectColumnValuesToNotBeNull", {"column": "multiplier"}, ("verified", True)),),
        show=("source_text",),
    )
)


@PROMISE.rule(
    "unit_not_contradicted",
    "core.amount",
    "WARN",
    "What is said of the unit of an amount, in words, in the catalogue and by its figures, agrees.",
    "Lo que consta de la unidad de un importe, en palabras, en el catálogo y por sus cifras, coincide.",
)
def _units_contradicted(frames: TableFrames) -> pd.DataFrame:
    """Amounts whose unit is contradicted, one for each column."""
    amounts = frames["core.amount"]
    contradicted = amounts[amounts["reason"].eq("unit_conflict")]
    named = ["document_id", "line_id", "column", "header", "source_text", "multiplier"]
    return contradicted.drop_duplicates(["document_id", "header", "column"])[named]


@PROMISE.rule(
    "unit_steady_between_years",
    "core.amount",
    "WARN",
    f"A government's total does not change more than {UNIT_JUMP} times from one year to the next: it would be a change of unit (METHOD, unit rule).",
    f"El total de un gobierno no cambia más de {UNIT_JUMP} veces de un año a otro: sería un cambio de unidad (METHOD, regla de unidad).",
    reads=("core.line", "core.document"),
)
def _unit_jumps_between_years(frames: TableFrames) -> pd.DataFrame:
    series = ["government_id", "kind", "classification", "stage"]
    totals = _largest_totals(frames).dropna(subset=["government_id", "fiscal_year"])
    yearly = (
        totals.sort_values("amount_centavos")
        .drop_duplicates([*series, "fiscal_year"], keep="last")
        .sort_values([*series, "fiscal_year"])
    )
    before = yearly.groupby(series, dropna=False)[["fiscal_year", "amount_centavos", "document_id"]].shift()
    both = yearly.join(before.add_suffix("_before"))
    high = both[["amount_centavos", "amount_centavos_before"]].max(axis=1)
    low = both[["amount_centavos", "amount_centavos_before"]].min(axis=1)
    return both[both["amount_centavos_before"].notna() & high.gt(low * UNIT_JUMP)]


@PROMISE.rule(
    "unit_steady_between_stages",
    "core.amount",
    "WARN",
    f"The stages of one total are not more than {UNIT_JUMP} times apart: some would be in thousands (METHOD, unit rule).",
    f"Los momentos de un mismo total no distan más de {UNIT_JUMP} veces: alguno estaría en miles (METHOD, regla de unidad).",
    reads=("core.line", "core.document"),
)
def _unit_jumps_between_stages(frames: TableFrames) -> pd.DataFrame:
    """Totals of one document and year whose stages are further apart than execution can explain."""
    levels = ["aprobado", "modificado", "devengado", "ejercido", "pagado"]
    totals = _largest_totals(frames)
    totals = totals[totals["stage"].isin(levels)]
    group = totals.groupby(["document_id", "classification", "fiscal_year"], dropna=False)["amount_centavos"]
    spread = group.agg(["min", "max"]).rename(columns={"min": "lowest_centavos", "max": "highest_centavos"})
    return spread[spread["highest_centavos"].gt(spread["lowest_centavos"] * UNIT_JUMP)].reset_index()


def _largest_totals(frames: TableFrames) -> pd.DataFrame:
    """The largest printed total per document, classification, year and stage, with its government."""
    lines = frames["core.line"]
    lines = lines.loc[lines["row_kind"].eq("total").fillna(False), ["line_id", "government_id", "classification"]]
    amounts = frames["core.amount"][_OF_STAGES]
    # Only of those lines, which are few.
    amounts = amounts[positions(amounts["line_id"], lines["line_id"]) >= 0]
    amounts = with_fiscal_year(
        amounts[amounts["amount_centavos"].gt(0).fillna(False) & amounts["stage"].notna()], frames
    )
    kinds = frames["core.document"][["document_id", "kind"]]
    totals = amounts.merge(lines, on="line_id").merge(kinds, on="document_id")
    group = ["government_id", "kind", "classification", "document_id", "fiscal_year", "stage"]
    return totals.groupby(group, dropna=False)["amount_centavos"].max().reset_index()


# --- stages ---


@PROMISE.rule(
    "stage_named",
    "core.amount",
    "WARN",
    f"At most {STAGELESS_PERCENT} % of a document's amounts lack a budget stage (LGCG art. 38); without one they are not compared (P5).",
    f"A lo sumo {STAGELESS_PERCENT} % de los importes de un documento carecen de momento contable (LGCG art. 38); sin él no se comparan (P5).",
)
def _documents_without_stages(frames: TableFrames) -> pd.DataFrame:
    amounts = frames["core.amount"]
    counts = amounts.assign(without=amounts["stage"].isna()).groupby("document_id")["without"].agg(["size", "sum"])
    counts = counts.rename(columns={"size": "amounts", "sum": "without_stage"})
    return counts[counts["without_stage"] * 100 > counts["amounts"] * STAGELESS_PERCENT].reset_index()


PROMISE.add(
    Spec(
        "approved_not_negative",
        "core.amount",
        "WARN",
        "An approved amount is not negative: a congress approves spending, not its reverse (LGCG art. 38).",
        "Un importe aprobado no es negativo: un congreso aprueba gasto, no lo contrario (LGCG art. 38).",
        (
            Expect(
                "ExpectColumnValuesToBeBetween",
                {"column": "amount_centavos", "min_value": 0},
                ("stage", "aprobado"),
            ),
        ),
        show=("page", "source_text"),
    )
)


@PROMISE.rule(
    "stage_not_echo",
    "core.amount",
    "WARN",
    "A later stage that equals approved on nearly all non-zero rows is a placeholder, not spending (METHOD, echo).",
    "Un momento posterior igual al aprobado en casi todos los renglones es relleno, no gasto (METHOD, eco).",
    reads=("core.line", "core.document"),
)
def _echoed_stages(frames: TableFrames) -> pd.DataFrame:
    """Later stages that equal approved on nearly all non-zero rows of a document: placeholders."""
    amounts = frames["core.amount"]
    wanted = amounts["stage"].isin(["aprobado", *_LATER]) & amounts["amount_centavos"].notna()
    amounts = with_fiscal_year(amounts.loc[wanted, _OF_STAGES], frames)
    # By numbers: two columns of text would be compared for every amount.
    amounts = amounts.assign(line=pd.factorize(amounts["line_id"])[0])
    key = ["line", "fiscal_year"]
    is_approved = amounts["stage"].eq("aprobado")
    approved = amounts.loc[is_approved, [*key, "amount_centavos"]].drop_duplicates(key)
    later = amounts.loc[~is_approved, [*key, "document_id", "stage", "amount_centavos"]]
    both = later.merge(approved.rename(columns={"amount_centavos": "approved"}), on=key)
    both = both[both["amount_centavos"].ne(0) | both["approved"].ne(0)]
    both["equal"] = both["amount_centavos"].eq(both["approved"])
    counts = both.groupby(["document_id", "fiscal_year", "stage"], dropna=False)["equal"].agg(["size", "sum"])
    counts = counts.rename(columns={"size": "rows", "sum": "equal"})
    echoes = counts["rows"].ge(ECHO_ROWS) & (counts["equal"] * 100).ge(counts["rows"] * ECHO_PERCENT)
    return counts[echoes].reset_index()


def _not_above(lower: str, higher: str) -> Expect:
    return Expect(
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": f"{higher}_centavos",
            "column_B": f"{lower}_centavos",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    )


PROMISE.add(
    Spec(
        "paid_within_accrued",
        "out.line",
        "WARN",
        "Nothing is paid beyond what was accrued (LGCG art. 4, XV and XVII); where it is, the stages may be swapped or a debt of another year paid.",
        "No se paga más de lo devengado (LGCG art. 4, XV y XVII); si ocurre, puede haber momentos cambiados o adeudos de otro año.",
        (_not_above("pagado", "devengado"),),
        show=("label", "page"),
    )
)


PROMISE.add(
    Spec(
        "accrued_within_revised",
        "out.line",
        "WARN",
        "Nothing is accrued beyond the revised budget (LDF art. 13: no spending without budget); where it is, read the document's notes.",
        "No se devenga más que el presupuesto modificado (LDF art. 13); si ocurre, lea las notas del documento.",
        (_not_above("devengado", "modificado"),),
        show=("label", "page"),
    )
)


# --- years and periods ---


@PROMISE.rule(
    "document_period_ordered",
    "core.document",
    "ERROR",
    "A period ends on or after the day it begins: comparisons need the same period (P5).",
    "Un periodo termina el día en que empieza o después: las comparaciones exigen el mismo periodo (P5).",
)
def _periods_reversed(frames: TableFrames) -> pd.DataFrame:
    documents = frames["core.document"]
    reversed_ = documents["period_end"].lt(documents["period_start"]).fillna(False)
    return documents.loc[reversed_, ["document_id", "title", "period_start", "period_end"]]


PROMISE.add(
    Spec(
        "document_year_plausible",
        "core.document",
        "WARN",
        "A fiscal year lies between 1990 and 2100; another number was read as a year by mistake.",
        "Un ejercicio fiscal está entre 1990 y 2100; otro número se leyó como año por error.",
        (Expect("ExpectColumnValuesToBeBetween", {"column": "fiscal_year", "min_value": 1990, "max_value": 2100}),),
        show=("title",),
    )
)
