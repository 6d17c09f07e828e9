"""The net total of a perimeter: its printed total without what is no spending of the year.

INEGI's total of expenditure holds the cash balance at the end of the year, and any total by object the amortisation of debt,
which pays what was spent in other years. What a total contains is data here; a total whose parts do not show it has no net total.
"""

import pandas as pd

from transforms.panel.classes_of_views import WHOLE
from transforms.measure.perimeter import SAME_PERIOD

# What is taken out, by class of the object classification: code, or name where the source prints no code.
TAKEN_OUT = {"disponibilidad final": "disponibilidad final", "91": "amortización de la deuda (9100)"}
HOLDS = {"9": "91"}  # a class that contains one: without its parts nobody knows how much of it is
UNKNOWN = "no se sabe: la tabla no separa la amortización de la deuda"
UNPROVEN = "no se sabe: una parte o el total no está verificado"
_KEY = [*SAME_PERIOD, "perimeter"]


def net_totals(rows: pd.DataFrame) -> pd.DataFrame:
    """SAME_PERIOD, perimeter → net_total_centavos (null where it cannot be known) and net_total_basis, from the rows by object.

    `rows` are those of `class_rows`. A perimeter that several views print is taken from the first that separates its debt.
    """
    by_object = rows[(rows["by"] == "object")]
    view = by_object["view_id"]
    totals = by_object[by_object["class_id"] == WHOLE].drop_duplicates("view_id").set_index("view_id")
    out = by_object[by_object["class_id"].isin(TAKEN_OUT)]
    taken = out.groupby("view_id")["amount_centavos"].sum().reindex(totals.index).fillna(0)
    doubtful = pd.Series(totals.index, index=totals.index).isin(out.loc[~out["verified"], "view_id"]) | ~totals["verified"]
    unknown = pd.Series(False, index=totals.index)
    for holder, part in HOLDS.items():
        holds = by_object["class_id"] == holder
        parts = by_object["class_id"].str.startswith(part[0]) & (by_object["class_id"].str.len() == len(part))
        nonzero = set(view[holds & (by_object["amount_centavos"] != 0).fillna(True)])
        unknown |= totals.index.isin(nonzero - set(view[parts]))
    said = out.assign(said=out["class_id"].map(TAKEN_OUT)).groupby("view_id")["said"].agg(", ".join)
    basis = ("sin " + said.reindex(totals.index)).fillna("no imprime nada que descontar")
    net = (totals["amount_centavos"] - taken).astype("Int64").mask(unknown | doubtful)
    basis = basis.mask(doubtful, UNPROVEN).mask(unknown, UNKNOWN)
    made = totals[_KEY].assign(net_total_centavos=net, net_total_basis=basis.astype("str"), known=net.notna())
    return made.sort_values("known", ascending=False, kind="stable").drop_duplicates(_KEY).drop(columns="known")


def with_net_total(rows: pd.DataFrame, nets: pd.DataFrame) -> pd.DataFrame:
    """The rows with net_total_centavos, net_total_basis and share_of_net_total, by their perimeter."""
    joined = rows.merge(nets, on=_KEY, how="left").set_axis(rows.index)
    joined["net_total_basis"] = joined["net_total_basis"].fillna("no hay tabla por objeto de este perímetro")
    excluded = (joined["by"] == "object") & joined["class_id"].isin([*TAKEN_OUT, *HOLDS, WHOLE])
    base = joined["net_total_centavos"].where(joined["net_total_centavos"] > 0).mask(excluded)
    return joined.assign(share_of_net_total=(joined["amount_centavos"] / base).astype("Float64"))
