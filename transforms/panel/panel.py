"""`out.panel`: the rows of the views that speak, with real pesos, per inhabitant, share of the net total, facets, refusals.

What each document says is in `classes_of_views` and `baskets_of_budgets`; which speaks, in `choose`.
"""

from collections.abc import Sequence

import pandas as pd

from transforms.compare import caveats
from transforms.compare.inhabitants import inhabitants, per_inhabitant
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.baskets import Basket
from transforms.measure.coded_text import by_distinct
from transforms.measure.joined_texts import join_texts
from transforms.measure.measured import Measured
from transforms.measure.refusals import join_codes, reasons, true
from transforms.panel.baskets_of_budgets import basket_rows
from transforms.panel.choose import choose_views
from transforms.panel.classes_of_views import class_rows, describe
from transforms.panel.net import with_net_total
from warehouse.schema.core import BASIS_COLUMNS
from warehouse.schema.panel import PANEL

_OF_DOCUMENT = ["fiscal_year", "standing", "period_status", "declared_perimeter"]
BASES = [column.name for column in BASIS_COLUMNS]


def budget_classes(measured: Measured, documents: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
    """Every row of every document, with standing, net total and `refusals`: what panel and deviation choose from.

    `at` is the position of the amount in `core.amount`; null where it is a sum of lines.
    """
    classes = class_rows(measured)
    classes = classes[classes["best"]].assign(at=classes.index[classes["best"]])
    rows = pd.concat([classes, basket_rows(measured, baskets)], ignore_index=True)
    rows = with_net_total(describe(rows, documents), measured.nets)
    for name in ("verified", "echo", "doubtful_unit", "missing"):
        rows[name] = true(rows[name]) if name in rows else False
    unread = rows["amount_centavos"].isna() | rows["missing"]
    refused = {
        "unverified_operand": ~rows["verified"] & ~rows["echo"] & ~unread,
        "missing_operand": unread,
        "echo": rows["echo"],
        "different_unit": rows["doubtful_unit"],
    }
    return rows.assign(refusals=join_codes(reasons(refused, rows.index)), verified=rows["verified"] & ~unread)


def panel(rows: pd.DataFrame, measured: Measured, amounts: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """As `out.panel`; `rows` are those of `budget_classes`, `amounts` `core.amount`."""
    chosen = choose_views(rows)
    sound = chosen["amount_centavos"].where(chosen["refusals"].isna())
    governments, years = chosen["government_id"], chosen["fiscal_year"]
    made = chosen.assign(
        real_amount_centavos=deflate(sound, years, index),
        price_base=index.base,
        inhabitants=inhabitants(governments, years),
        per_inhabitant_centavos=per_inhabitant(sound, governments, years),
        share_of_net_total=chosen["share_of_net_total"].where(chosen["refusals"].isna()),
        caveats=say(chosen, index),
        citable=chosen["standing"] == "citable",
    )
    made = pd.concat([made, _bases(made, measured, amounts)], axis=1)
    key = ["government_id", "fiscal_year", "period", "stage", "by", "level", "class_id"]
    return PANEL.frame(made[PANEL.frame_columns].sort_values(key, kind="stable", ignore_index=True))


def say(rows: pd.DataFrame, index: PriceIndex) -> pd.Series:
    """What must be said beside each row, of its document and year: the same for all rows of both."""
    return by_distinct(rows[_OF_DOCUMENT], lambda once: _say(once, index))


def _say(once: pd.DataFrame, index: PriceIndex) -> pd.Series:
    what = {
        "typeset": once["standing"] == "composed",
        caveats.SECONDARY: once["standing"] == "secondary",
        "preliminary": once["period_status"] == "preliminary",
    }
    partial = pd.Series(f"El {index.name} de ese ejercicio es parcial o pronóstico", index=once.index)
    partial = partial.where(index.is_partial(once["fiscal_year"]))
    return caveats.join(what, (partial, caveats.perimeter(once["declared_perimeter"])))


def _bases(rows: pd.DataFrame, measured: Measured, amounts: pd.DataFrame) -> pd.DataFrame:
    """Per row on what its facets rest: those of its amount, or of the amounts that were added, joined by ';' where they differ."""
    position = amounts.index.get_indexer(rows["at"].fillna(-1).astype("int64"))
    at = _positions(rows[position < 0], measured)
    bases = {}
    for name in BASES:
        column = pd.Series(amounts[name].astype("str").array.take(position, allow_fill=True), index=rows.index)
        values = amounts[name].reindex(at.to_numpy()).set_axis(at.index).dropna()
        pairs = pd.DataFrame({"row": values.index, "text": values.to_numpy(dtype=object)}).drop_duplicates()
        pairs = pairs.sort_values(["row", "text"])
        joined = join_texts(pairs["text"], pairs["row"], ";")
        column.loc[joined.index] = joined
        bases[name] = column
    return pd.DataFrame(bases, index=rows.index)


def _positions(rows: pd.DataFrame, measured: Measured) -> pd.Series:
    """Positions in `core.amount` of the amounts that a row adds; the index is the row, once for each."""
    key = ["line_id", "fiscal_year", "stage"]
    cited = rows.assign(line_id=rows["line_ids"].str.split(";")).explode("line_id")[key].reset_index(names="row")
    spent = measured.spent
    named = spent.loc[spent["line_id"].isin(set(cited["line_id"].dropna())), key]
    named = named.astype({"line_id": "str", "stage": "str"}).reset_index(names="at").drop_duplicates(key)
    joined = cited.astype({"line_id": "str", "stage": "str"}).merge(named, on=key)
    return joined.set_index("row")["at"]
