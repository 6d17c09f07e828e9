"""`out.panel`: the rows of the views that speak, with real pesos, per inhabitant, share of the net total, facets, refusals.

What each document says is in `classes_of_views` and `baskets_of_budgets`; which speaks, in `choose`.
"""

from collections.abc import Sequence

import pandas as pd

from transforms.compare import caveats
from transforms.compare.inhabitants import inhabitants, per_inhabitant
from transforms.compare.prices import PriceIndex, deflate
from transforms.measure.baskets import Basket
from transforms.measure.joined import join_texts
from transforms.measure.measured import Measured
from transforms.measure.refusals import join_codes, reasons, true
from transforms.panel.baskets_of_budgets import basket_rows
from transforms.panel.choose import choose_views
from transforms.panel.classes_of_views import class_rows, describe
from transforms.panel.net import net_totals, with_net_total
from warehouse.schema.core import BASIS_COLUMNS
from warehouse.schema.panel import PANEL

BASES = [column.name for column in BASIS_COLUMNS]


def budget_classes(measured: Measured, documents: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
    """Every row of every document, with standing, net total and `refusals`: what panel and deviation choose from.

    `at` is the position of the amount in `core.amount`; null where it is a sum of lines.
    """
    classes = class_rows(measured)
    nets = net_totals(classes)
    classes = classes[classes["best"]].assign(at=classes.index[classes["best"]])
    rows = pd.concat([classes, basket_rows(measured, baskets)], ignore_index=True)
    rows = with_net_total(describe(rows, documents), nets)
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
        caveats=_say(chosen, index),
        citable=chosen["standing"] == "citable",
    )
    made = pd.concat([made, _bases(made, measured, amounts)], axis=1)
    key = ["government_id", "fiscal_year", "period", "stage", "by", "level", "class_id"]
    return PANEL.frame(made.sort_values(key, kind="stable", ignore_index=True)[PANEL.frame_columns])


def _say(rows: pd.DataFrame, index: PriceIndex) -> pd.Series:
    said = {
        "typeset": rows["standing"] == "composed",
        caveats.SECONDARY: rows["standing"] == "secondary",
        "preliminary": rows["period_status"] == "preliminary",
    }
    partial = pd.Series(f"El {index.name} de ese ejercicio es parcial o pronóstico", index=rows.index)
    return caveats.join(said, (partial.where(index.is_partial(rows["fiscal_year"])), caveats.perimeter(rows["declared_perimeter"])))


def _bases(rows: pd.DataFrame, measured: Measured, amounts: pd.DataFrame) -> pd.DataFrame:
    """Per row on what its facets rest: those of its amount, or of the amounts that were added, joined by ';' where they differ."""
    whole = pd.DataFrame(index=rows.index, columns=BASES, dtype="object")
    of_amount = rows["at"].notna()
    printed = amounts.loc[rows.loc[of_amount, "at"].astype("int64"), BASES]
    whole.loc[of_amount] = printed.to_numpy(dtype=object)
    at = _positions(rows[~of_amount], measured)
    for name in BASES:
        values = amounts[name].reindex(at.to_numpy()).set_axis(at.index).dropna()
        pairs = pd.DataFrame({"row": values.index, "text": values.to_numpy(dtype=object)}).drop_duplicates()
        pairs = pairs.sort_values(["row", "text"])
        joined = join_texts(pairs["text"], pairs["row"], ";")
        whole.loc[joined.index, name] = joined.to_numpy(dtype=object)
    return whole.astype("str")


def _positions(rows: pd.DataFrame, measured: Measured) -> pd.Series:
    """Positions in `core.amount` of the amounts that a row adds; the index is the row, once for each."""
    key = ["line_id", "fiscal_year", "stage"]
    cited = rows.assign(line_id=rows["line_ids"].str.split(";")).explode("line_id")[key].reset_index(names="row")
    spent = measured.spent
    named = spent.loc[spent["line_id"].isin(set(cited["line_id"].dropna())), key]
    named = named.astype({"line_id": "str", "stage": "str"}).reset_index(names="at").drop_duplicates(key)
    joined = cited.astype({"line_id": "str", "stage": "str"}).merge(named, on=key)
    return joined.set_index("row")["at"]
