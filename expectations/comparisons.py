"""Promise P5, part two: a comparison is a number over lines that anyone can look up, or it says why it is none.

Changes from one year, stage or source to another are in `series`.
"""

import pandas as pd

from expectations.amounts import with_fiscal_year
from expectations.positions import absent, positions
from expectations.spec import Expect, Promise, Spec, TableFrames, key_columns
from warehouse.schema import TABLES
from warehouse.schema.method import SMALL
from warehouse.schema.vocabulary import REFUSALS, STAGES

PROMISE = Promise()

_CORE = ("core.document", "core.line", "core.amount")
# The lines that a comparison of health with events names, for each of its operands.
_CITED = {"health": "health_line_ids", "events": "events_line_ids", "advertising": "advertising_line_ids"}
# Stages that are amounts of their own; changes and differences may be negative.
_LEVELS = tuple(stage for stage in STAGES if stage not in ("ampliaciones_reducciones", "subejercicio"))

# --- a number or a reason ---


@PROMISE.rule(
    "comparison_has_outcome",
    "out.health_vs_events",
    "ERROR",
    "A comparison is a number or a list of refusals, never neither (P5).",
    "Una comparación es un número o una lista de rechazos, nunca ninguno de los dos (P5).",
)
def _comparisons_without_outcome(frames: TableFrames) -> pd.DataFrame:
    """Rows with neither a refusal nor both operands."""
    rows = frames["out.health_vs_events"]
    numbers = rows["health_centavos"].notna() & (rows["events_centavos"].notna() | rows["advertising_centavos"].notna())
    shown = [
        *key_columns("out.health_vs_events"),
        "health_centavos",
        "events_centavos",
        "advertising_centavos",
        "refusals",
    ]
    return rows.loc[rows["refusals"].isna() & ~numbers, shown]


@PROMISE.rule(
    "line_comparison_has_outcome",
    "out.line_comparison",
    "ERROR",
    "A line's comparison is a number or a list of refusals, never neither (P5).",
    "La comparación de una línea es un número o una lista de rechazos, nunca ninguno de los dos (P5).",
)
def _line_comparisons_without_outcome(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.line_comparison"]
    numbers = rows["amount_centavos"].notna() & rows["share_of_health"].notna()
    return rows.loc[
        rows["refusals"].isna() & ~numbers, [*key_columns("out.line_comparison"), "share_of_health", "refusals"]
    ]


@PROMISE.rule(
    "declared_comparison_has_outcome",
    "out.comparison",
    "ERROR",
    "A declared comparison is a number or a list of refusals, never both and never neither (P5).",
    "Una comparación declarada es un número o una lista de rechazos, nunca ambos ni ninguno (P5).",
)
def _declared_without_outcome(frames: TableFrames) -> pd.DataFrame:
    """Declared comparisons with neither a number nor a refusal, or with both."""
    rows = frames["out.comparison"]
    shown = [*key_columns("out.comparison"), "x_amount_centavos", "y_amount_centavos", "result", "refusals"]
    return rows.loc[rows["result"].isna() == rows["refusals"].isna(), shown]


@PROMISE.rule(
    "refused_not_computed",
    "out.health_vs_events",
    "ERROR",
    "A refused comparison publishes no share (P5).",
    "Una comparación rechazada no publica proporción (P5).",
)
def _refused_but_computed(frames: TableFrames) -> pd.DataFrame:
    """Rows that publish a share and refuse it in the same breath."""
    rows = frames["out.health_vs_events"]
    events = rows["events_share_of_health"].notna()
    # Without events, advertising may still be compared.
    advertising = rows["advertising_share_of_health"].notna() & rows["refusals"].ne("no_events").fillna(False)
    shown = [*key_columns("out.health_vs_events"), "events_share_of_health", "advertising_share_of_health", "refusals"]
    return rows.loc[rows["refusals"].notna() & (events | advertising), shown]


def require_known_refusals(promise: Promise, name: str, table: str) -> None:
    """Adds the check that the refusals of a table are codes of the vocabulary."""

    @promise.rule(
        f"{name}_refusals_known",
        table,
        "ERROR",
        "Refusals are codes of the vocabulary, so that a machine can read them (P5).",
        "Los rechazos son claves del vocabulario, para que una máquina pueda leerlos (P5).",
    )
    def find_unknown_refusals(frames: TableFrames) -> pd.DataFrame:
        rows = frames[table]
        codes = rows["refusals"].dropna().str.split(";").explode().str.strip()
        return rows.loc[codes.index[~codes.isin(list(REFUSALS))].unique(), [*key_columns(table), "refusals"]]


require_known_refusals(PROMISE, "comparison", "out.health_vs_events")
require_known_refusals(PROMISE, "line_comparison", "out.line_comparison")
require_known_refusals(PROMISE, "declared_comparison", "out.comparison")

# --- like with like ---


@PROMISE.rule(
    "declared_comparison_like_with_like",
    "out.comparison",
    "ERROR",
    "Where there is a number, X and Y declare the same perimeter, prices, unit, status and netting (P5).",
    "Donde hay un número, X y Y declaran el mismo perímetro, precios, unidad, estatus y base bruta o neta (P5).",
)
def _operands_that_differ(frames: TableFrames) -> pd.DataFrame:
    """Numbers whose operands do not declare the same perimeter, prices, unit, status and netting."""
    rows = frames["out.comparison"]
    broken = pd.Series(False, index=rows.index)
    for name in ("perimeter", "price_basis", "unit", "period_status", "netting"):
        x, y = rows[f"x_{name}"], rows[f"y_{name}"]
        both_declare = x.notna() & y.notna() & x.ne("unknown") & y.ne("unknown")
        broken |= (both_declare & x.ne(y)).fillna(False)
    return rows.loc[broken & rows["result"].notna(), [*key_columns("out.comparison"), "x_perimeter", "y_perimeter"]]


@PROMISE.rule(
    "health_never_near_zero",
    "out.comparison",
    "ERROR",
    "Health under one hundredth of the total is never compared, above or below: it runs through other bodies (METHOD, lesson 2).",
    "Salud de menos de un centésimo del total nunca se compara, arriba ni abajo: pasa por otros entes (METHOD, lección 2).",
)
def _health_near_zero_compared(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.comparison"]
    over_total = (rows["x_basket"] == "health") & (rows["y_basket"] == "total") & rows["result"].notna()
    near = (rows["x_amount_centavos"] * SMALL < rows["y_amount_centavos"]).fillna(False).astype("bool")
    return rows.loc[over_total & near, [*key_columns("out.comparison"), "x_amount_centavos", "y_amount_centavos"]]


@PROMISE.rule(
    "refused_ratio_in_no_unit",
    "out.affordability",
    "ERROR",
    "A ratio that is refused is not printed in another unit (METHOD, lesson 5).",
    "Una proporción que se rechaza no se imprime en otra unidad (METHOD, lección 5).",
)
def _ratios_in_another_unit(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.affordability"]
    ratios = rows["break_even_share"].notna() | rows["break_even_unit_cost_centavos"].notna()
    return rows.loc[rows["coverage"].isna() & ratios, [*key_columns("out.affordability"), "refusals"]]


PROMISE.add(
    Spec(
        "comparison_share_possible",
        "out.health_vs_events",
        "WARN",
        "A share of health is not negative: with a base or an operand below zero, read both amounts instead (METHOD, percent rule).",
        "Una proporción de salud no es negativa: con base u operando bajo cero, léanse ambos importes (METHOD, regla de porcentajes).",
        tuple(
            Expect("ExpectColumnValuesToBeBetween", {"column": f"{name}_share_of_health", "min_value": 0})
            for name in ("events", "advertising")
        ),
    )
)


PROMISE.add(
    Spec(
        "line_comparison_share_possible",
        "out.line_comparison",
        "WARN",
        "A line's share of health is not negative, unless the line is a reduction.",
        "La proporción de salud de una línea no es negativa, salvo que sea una reducción.",
        (Expect("ExpectColumnValuesToBeBetween", {"column": "share_of_health", "min_value": 0}, ("stage", _LEVELS)),),
        show=("label", "amount_centavos"),
    )
)


@PROMISE.rule(
    "overlap_possible",
    "out.overlap",
    "ERROR",
    "What lies inside health is part of its basket, and is known only where it was measured.",
    "Lo que está dentro de salud es parte de su canasta, y solo se conoce donde se midió.",
)
def _overlaps_above_their_basket(frames: TableFrames) -> pd.DataFrame:
    """Overlaps that are measured and have no amount, or the other way round, or are more than the basket itself."""
    rows = frames["out.overlap"]
    wrong = rows["status"].eq("measured") != rows["inside_health_centavos"].notna()
    above = rows["inside_health_centavos"].abs() > rows["amount_centavos"].abs()
    return rows.loc[
        wrong | above.fillna(False), [*key_columns("out.overlap"), "amount_centavos", "inside_health_centavos"]
    ]


@PROMISE.rule(
    "only_verified_amounts_buy",
    "out.would_buy",
    "ERROR",
    "Only a verified amount is said to buy something (P1).",
    "Solo de un importe verificado se dice para qué alcanzaría (P1).",
    reads=("out.line_comparison",),
)
def _purchases_of_unverified(frames: TableFrames) -> pd.DataFrame:
    """What an amount would buy, where nothing proves the amount."""
    lines = frames["out.line_comparison"]
    proven = lines.loc[lines["verified"].fillna(False), ["line_id", "column"]]
    bought = frames["out.would_buy"]
    return bought.loc[absent(bought, ["line_id", "column"], proven), [*key_columns("out.would_buy"), "would_buy"]]


@PROMISE.rule(
    "headline_never_secondary",
    "out.health_vs_events",
    "ERROR",
    "No comparison that is shown takes an operand from a secondary dataset: it cross-checks, and is never cited.",
    "Ninguna comparación que se muestra toma un operando de una base secundaria: contrasta, y no se cita.",
    reads=("core.document", "core.line"),
)
def _secondary_in_headlines(frames: TableFrames) -> pd.DataFrame:
    """Comparisons that are shown and take an operand from a secondary dataset, whatever document they stand under."""
    secondary = frames["core.document"].loc[frames["core.document"]["kind"] == "secundaria", "document_id"]
    lines = frames["core.line"].loc[frames["core.line"]["document_id"].isin(secondary), "line_id"]
    shown = frames["out.health_vs_events"]
    shown = shown[shown["refusals"].isna()]
    broken = []
    for operand, ids in _CITED.items():
        cited = shown[ids].dropna().str.split(";").explode()
        guilty = cited[positions(cited, lines) >= 0].index.unique()
        broken.append(shown.loc[guilty, key_columns("out.health_vs_events")].assign(operand=operand))
    return pd.concat(broken)


# --- what it cites ---


def require_existing_citations(promise: Promise, check_id: str, table: str, reason: str, reason_es: str) -> None:
    """Adds the check that the lines which a table cites, by its key or in a list, exist."""
    lists = [name for name in TABLES[table].by_name if name.endswith(("line_id", "line_ids"))]

    @promise.rule(check_id, table, "ERROR", reason, reason_es, reads=("core.line",))
    def find_absent_lines(frames: TableFrames) -> pd.DataFrame:
        rows, cited = frames[table], []
        for column in lists:
            texts = rows[column].dropna().drop_duplicates()
            ids = texts.str.split(";").explode().str.strip().drop_duplicates().astype("str")
            cited.append(ids.to_frame("cited").assign(cited_in=column))
        missing = pd.concat(cited)
        missing = missing[absent(missing, ["cited"], frames["core.line"], ["line_id"])]
        return rows.loc[missing.index, key_columns(table)].assign(
            cited_in=missing["cited_in"].array, cited=missing["cited"].array
        )


require_existing_citations(
    PROMISE,
    "comparison_citations_exist",
    "out.health_vs_events",
    "The lines that a comparison cites exist (P3).",
    "Las líneas que cita una comparación existen (P3).",
)
require_existing_citations(
    PROMISE,
    "line_comparison_citations_exist",
    "out.line_comparison",
    "The compared line, and the health lines it is compared with, exist (P3).",
    "La línea comparada, y las líneas de salud con que se compara, existen (P3).",
)
require_existing_citations(
    PROMISE,
    "declared_comparison_citations_exist",
    "out.comparison",
    "The lines that a declared comparison cites exist (P3).",
    "Las líneas que cita una comparación declarada existen (P3).",
)


@PROMISE.rule(
    "comparison_cites_lines",
    "out.health_vs_events",
    "ERROR",
    "Every operand names the lines it was added from (P3).",
    "Cada operando nombra las líneas de que se sumó (P3).",
)
def _operands_without_lines(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.health_vs_events"]
    broken = pd.concat([rows[f"{o}_centavos"].notna() & rows[ids].isna() for o, ids in _CITED.items()], axis=1).any(
        axis=1
    )
    return rows.loc[
        broken, [*key_columns("out.health_vs_events"), *(f"{o}_centavos" for o in _CITED), *_CITED.values()]
    ]


@PROMISE.rule(
    "comparison_sum_holds",
    "out.health_vs_events",
    "ERROR",
    "Each operand is, to the centavo, the sum of the lines it cites (P4).",
    "Cada operando es, al centavo, la suma de las líneas que cita (P4).",
    reads=_CORE,
)
def _sums_that_differ(frames: TableFrames) -> pd.DataFrame:
    """Operands that are not the sum of the lines they cite, where each line has one amount of that year and stage."""
    broken = []
    for operand in _CITED:
        cited = _cited_amounts(frames, operand)
        once = cited.groupby(["row", "line_id"])["amount_centavos"].transform("count").eq(1)
        cited = cited[once.groupby(cited["row"]).transform("all")]
        sums = cited.groupby("row").agg(
            stated_centavos=("stated_centavos", "first"), cited_centavos=("amount_centavos", "sum")
        )
        wrong = sums[sums["stated_centavos"].notna() & sums["stated_centavos"].ne(sums["cited_centavos"])]
        identity = frames["out.health_vs_events"].loc[wrong.index, key_columns("out.health_vs_events")]
        broken.append(identity.assign(operand=operand).join(wrong))
    return pd.concat(broken)


@PROMISE.rule(
    "comparison_verified_on_proof",
    "out.health_vs_events",
    "ERROR",
    "A comparison called verified cites verified amounts only (P1).",
    "Una comparación que se dice verificada solo cita importes verificados (P1).",
    reads=_CORE,
)
def _verified_on_unverified(frames: TableFrames) -> pd.DataFrame:
    """Comparisons called verified that cite a line without a verified amount, or no line at all."""
    rows = frames["out.health_vs_events"]
    silent = rows["verified"].fillna(False) & rows[list(_CITED.values())].isna().all(axis=1)
    broken = [rows.loc[silent, ["fiscal_year", "stage"]].assign(operand="none")]
    for operand in _CITED:
        cited = _cited_amounts(frames, operand)
        cited = cited[cited["verified"].fillna(False)]
        proven = cited["proven"].fillna(False).groupby([cited["row"], cited["line_id"]]).transform("any")
        broken.append(
            cited.loc[~proven, ["line_id", "fiscal_year", "stage", "amount_centavos"]].assign(operand=operand)
        )
    return pd.concat(broken)


def _cited_amounts(frames: TableFrames, operand: str) -> pd.DataFrame:
    """The citations of an operand, with the amounts of that line, year and stage."""
    keys = ["line_id", "fiscal_year", "stage"]
    cited = _citations(frames, operand)
    amounts = frames["core.amount"][[*keys, "amount_centavos", "verified"]]
    amounts = with_fiscal_year(amounts[positions(amounts["line_id"], cited["line_id"]) >= 0], frames)
    return cited.merge(amounts.rename(columns={"verified": "proven"}), on=keys, how="left")


def _citations(frames: TableFrames, operand: str) -> pd.DataFrame:
    """One row per line that a comparison cites for an operand, with the number of the comparison as `row`."""
    rows = frames["out.health_vs_events"]
    columns = ["fiscal_year", "stage", f"{operand}_centavos", "verified"]
    cited = rows.loc[rows[_CITED[operand]].notna(), [*columns, _CITED[operand]]].rename(
        columns={f"{operand}_centavos": "stated_centavos"}
    )
    cited = cited.assign(row=cited.index, line_id=cited[_CITED[operand]].str.split(";")).explode("line_id")
    return (
        cited.assign(line_id=cited["line_id"].str.strip().astype("str"))
        .drop(columns=_CITED[operand])
        .reset_index(drop=True)
    )
