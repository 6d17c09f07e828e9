"""`out.beside`: governments side by side, one concept at a time: per inhabitant, in real pesos, net of what goes to other governments.

The amounts are those of the panel; none is added here. What a state hands to its municipalities is in their totals too, so that the net total
leaves it out. What a document does not print apart is refused, not estimated; no population but CONAPO's stands under an amount.
"""

from collections.abc import Sequence

import pandas as pd

from transforms.compare.inhabitants import inhabitants, per_inhabitant
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.refusals import join_codes
from warehouse.schema.answering import BESIDE
from warehouse.schema.vocabulary import STAGES

_BUDGET = ["government_id", "fiscal_year", "period", "stage"]
# The level and class of the panel that a concept is.
_CLASSES = {
    "total": ("total", "-"), "personnel": ("chapter", "1"), "public_investment": ("chapter", "6"), "debt": ("chapter", "9"),
    "advertising": ("concept", "36"), "official_events": ("concept", "38"),
}  # fmt: skip
_TRANSFERS = (
    "8",
    "recursos asignados a municipios",
)  # chapter 8000 of the COG; the chapter of INEGI that has no number
CLASS_IDS = tuple(dict.fromkeys([*(class_id for _, class_id in _CLASSES.values()), *_TRANSFERS]))
_STATE_KEY = 2  # figures of INEGI's key of a state
_BY = ("object", "administrative", "function")  # whose total speaks, where several are printed
_OF_BUDGET = [
    "government", "period_start", "period_end", "period_status", "standing", "document_id", "kind", "declared_perimeter",
]  # fmt: skip


def beside(panel: pd.DataFrame, documents: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """The `out.beside` frame: every concept of each government, year, period and stage of which a total is printed.

    `panel` as `out.panel`, of which only rows of CLASS_IDS are looked at; `documents` as `core.document`.
    """
    rows = _with_perimeter(panel[panel["by"].isin(_BY) & panel["class_id"].isin(CLASS_IDS)], documents)
    totals = _totals(rows)
    if totals.empty:
        return BESIDE.frame()
    whole = pd.concat([*_concepts(rows, totals), _net(rows, totals)], ignore_index=True)
    people = inhabitants(whole["government_id"], whole["fiscal_year"])
    unverified = whole["unverified"].eq(True)
    refused = {
        "not_broken_down": whole["amount_centavos"].isna() & ~unverified, "unverified_operand": unverified,
        "population_basis": people.isna(), "perimeter_differs": _kinds_differ(whole),
    }  # fmt: skip
    caveats = {
        "not_net": whole["not_net"].eq(True),
        "secondary": whole["standing"].eq("secondary"),
        "not_citable": whole["standing"].isin(["composed", "doubtful"]),
    }
    whole["refusals"], whole["caveats"] = join_codes(pd.DataFrame(refused)), join_codes(pd.DataFrame(caveats))
    each = per_inhabitant(
        whole["amount_centavos"].where(whole["refusals"].isna()), whole["government_id"], whole["fiscal_year"]
    )
    made = whole.assign(
        inhabitants=people, per_inhabitant_centavos=each, real_per_inhabitant_centavos=deflate(each, whole["fiscal_year"], index),
        price_base=index.base, document_ids=whole["document_id"], perimeter=whole["kind"].str.cat(whole["declared_perimeter"], ": ", na_rep="-"),
        citable=whole["standing"].eq("citable") & whole["refusals"].isna(),
    )  # fmt: skip
    made = made.sort_values([*_BUDGET, "concept"], ignore_index=True)
    return BESIDE.frame(made.reindex(columns=BESIDE.frame_columns))


def side_by_side(rows: pd.DataFrame, government_ids: Sequence[str], year: int) -> pd.DataFrame:
    """The rows of these governments and year at the latest stage that most of them print, with `perimeter_differs` where they cover different things.

    `rows` as `out.beside`. Raises LookupError for a government and year that it does not have.
    """
    mine = rows[rows["government_id"].isin(government_ids) & rows["fiscal_year"].eq(year)]
    absent = [key for key in government_ids if key not in set(mine["government_id"])]
    if absent:
        raise LookupError(
            f"La edición no tiene el gasto de {year} de {', '.join(absent)}: agregue su cuenta pública con `peso add`."
        )
    budgets = mine.drop_duplicates(_BUDGET)
    many = budgets.groupby(["stage", "period"], as_index=False)["government_id"].nunique()
    many["late"] = many["stage"].map({stage: rank for rank, stage in enumerate(STAGES)})
    stage, period = many.sort_values(["government_id", "late", "period"]).iloc[-1][["stage", "period"]]
    common = mine["stage"].eq(stage) & mine["period"].eq(period)
    alone = ~mine["government_id"].isin(mine.loc[common, "government_id"])
    kept = mine[common | alone]
    kinds = kept["perimeter"].str.partition(":")[0]
    differs = kinds.ne(kinds.iloc[0]).any() | alone[kept.index]
    codes = kept["refusals"].where(
        ~differs | kept["refusals"].fillna("").str.contains("perimeter_differs"), _joined(kept["refusals"])
    )
    kept = kept.assign(refusals=codes)
    for name in ("per_inhabitant_centavos", "real_per_inhabitant_centavos"):
        kept[name] = kept[name].where(kept["refusals"].isna())
    order = {key: rank for rank, key in enumerate(government_ids)}
    return kept.sort_values(
        ["concept", "government_id"], key=lambda column: column.map(order) if column.name == "government_id" else column
    )


def _joined(codes: pd.Series) -> pd.Series:
    return (codes + ";perimeter_differs").fillna("perimeter_differs")


def _with_perimeter(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    of = documents.drop_duplicates("document_id").set_index("document_id")
    return rows.assign(
        kind=rows["document_id"].map(of["kind"]).astype("str"),
        declared_perimeter=rows["document_id"].map(of["perimeter"]).astype("str"),
    )


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    totals = rows[rows["level"].eq("total")]
    order = totals["by"].map({name: rank for rank, name in enumerate(_BY)})
    return totals.assign(order=order).sort_values("order", kind="stable").drop_duplicates(_BUDGET)


def _concepts(rows: pd.DataFrame, totals: pd.DataFrame) -> list[pd.DataFrame]:
    """For each concept a row of every budget: with its own amount, or none where the budget prints no such class."""
    whole = []
    for concept, (level, class_id) in _CLASSES.items():
        mine = (
            totals
            if concept == "total"
            else rows[rows["level"].eq(level) & rows["class_id"].eq(class_id) & rows["by"].eq("object")]
        )
        values = _values(mine)
        whole.append(totals[[*_BUDGET, *_OF_BUDGET]].merge(values, on=_BUDGET, how="left").assign(concept=concept))
    return whole


def _values(rows: pd.DataFrame) -> pd.DataFrame:
    refused = rows["refusals"].notna()
    return rows[[*_BUDGET, "line_ids"]].assign(
        amount_centavos=rows["amount_centavos"].where(~refused), unverified=refused
    )


def _net(rows: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """The total less what is handed to municipalities: of a state only where its document prints that apart; a municipality hands on nothing."""
    handed = rows[
        rows["by"].eq("object") & rows["level"].eq("chapter") & rows["class_id"].isin(_TRANSFERS)
    ].drop_duplicates(_BUDGET)
    values = _values(handed).rename(
        columns={"amount_centavos": "transfers_centavos", "line_ids": "handed", "unverified": "unsure"}
    )
    whole = totals[[*_BUDGET, *_OF_BUDGET]].merge(_values(totals), on=_BUDGET).merge(values, on=_BUDGET, how="left")
    is_state = whole["government_id"].str.len().le(_STATE_KEY)
    net = whole["amount_centavos"] - whole["transfers_centavos"]
    lines = whole["line_ids"].str.cat(whole["handed"], ";").fillna(whole["line_ids"])
    return whole.assign(
        concept="net", amount_centavos=net.fillna(whole["amount_centavos"].where(~is_state)), line_ids=lines,
        unverified=whole["unverified"].eq(True) | whole["unsure"].eq(True),
        not_net=is_state & net.isna(),
    )  # fmt: skip


def _kinds_differ(rows: pd.DataFrame) -> pd.Series:
    """Whether a state and its municipalities are of different kinds of documents: an account of one office beside a statistic of all."""
    state = rows["government_id"].str[:_STATE_KEY]
    kinds = rows.groupby([state, "fiscal_year", "period", "stage"])["kind"].transform("nunique")
    return kinds.gt(1)
