"""`out.practice`: how budgets are spent, as far as the documents show it; that this is inefficient is for whoever reads it.

"Current spending practices are inefficient" is a sentence that a campaign says. What the data can show of it is money that was
budgeted and not spent (or overspent), one product at different prices, and tenders with one bidder. Each is a row per government,
or a row that says that this edition has no data for it: an indicator without data is not an efficient government.
"""

from typing import Any

import pandas as pd

from transforms.measure.refusals import true
from warehouse.schema.measures import PRACTICES
from warehouse.schema.record import PRACTICE
from warehouse.schema.vocabulary import ITEMS

_SPENT = ("devengado", "ejercido", "pagado")
_BUDGETS = ("modificado", "aprobado")
_NEEDED = {
    "underspending": (
        "documents that print the budget of a whole year beside what was spent of it",
        "documentos que impriman el presupuesto de todo un año junto a lo que se gastó de él",
    ),
    "price_dispersion": ("ledgers of purchases with unit prices", "registros de compras con precios unitarios"),
    "single_bids": ("procurement procedures with their bidders", "procedimientos de contratación con sus postores"),
}


def practices(changes: pd.DataFrame, governments: pd.DataFrame) -> pd.DataFrame:
    """`changes` is `out.change`, `governments` `core.government`: one row per government and indicator at least."""
    names = governments.drop_duplicates("government_id").set_index("government_id")["name"].to_dict()
    measured = [_row(row) for row in _choose(changes).to_dict("records")]
    have = {(row["government_id"], row["indicator"]) for row in measured}
    states = sorted(str(key) for key in changes["government_id"].dropna().unique())
    lacking = [
        _without_data(government, names.get(government), indicator)
        for government in states
        for indicator in PRACTICES
        if (government, indicator) not in have
    ]
    return PRACTICE.frame(sorted([*measured, *lacking], key=lambda row: (row["government_id"], row["indicator"])))


def _choose(changes: pd.DataFrame) -> pd.DataFrame:
    """Per government and item, the newest year in which a budget stands beside what was spent, the revised and last stage first."""
    rows = changes[(changes["comparison"] == "stages") & changes["refusals"].isna() & true(changes["verified"])]
    rows = rows[rows["from_stage"].isin(_BUDGETS) & rows["to_stage"].isin(_SPENT) & (rows["kind"] != "secundaria")]
    rows = rows.assign(budget=rows["from_stage"].map(_BUDGETS.index), stage=rows["to_stage"].map(_SPENT.index))
    order = ["to_year", "budget", "stage"]
    rows = rows.sort_values(order, ascending=[False, True, True], kind="stable")
    return rows.drop_duplicates(["government_id", "item"])


def _row(row: dict[str, Any]) -> dict[str, Any]:
    budgeted, spent, change = row["from_amount_centavos"], row["to_amount_centavos"], row["nominal_change"]
    place, year, item = row["government"] or row["government_id"], row["to_year"], ITEMS[row["item"]]
    less = ("less", "menos") if change < 0 else ("more", "más")
    en = f"{place} {year}: in {item.en.lower()} {abs(change):.1%} {less[0]} was spent ({row['to_stage']}) than was budgeted ({row['from_stage']}). It may be saving, delay or a budget that was too large: the document does not say."
    es = f"{place} {year}: en {item.es.lower()} se gastó ({row['to_stage']}) {abs(change):.1%} {less[1]} de lo presupuestado ({row['from_stage']}). Puede ser ahorro, retraso o un presupuesto holgado: el documento no lo dice."
    lines = ";".join(ids for ids in (row["from_line_ids"], row["to_line_ids"]) if isinstance(ids, str))
    return {
        "government_id": row["government_id"], "government": row["government"], "indicator": "underspending", "fiscal_year": year,
        "item": row["item"], "measured": True, "budgeted_centavos": budgeted, "spent_centavos": spent, "deviation": change,
        "line_ids": ";".join(dict.fromkeys(lines.split(";"))) or None, "sentence": en, "oracion": es, "citable": row["citable"],
    }  # fmt: skip


def _without_data(government: str, name: str | None, indicator: str) -> dict[str, Any]:
    word, needed = PRACTICES[indicator], _NEEDED[indicator]
    return {
        "government_id": government,
        "government": name,
        "indicator": indicator,
        "measured": False,
        "sentence": f"{name or government}: without data. {word.en}: it would take {needed[0]}.",
        "oracion": f"{name or government}: sin datos. {word.es}: harían falta {needed[1]}.",
        "citable": False,
    }
