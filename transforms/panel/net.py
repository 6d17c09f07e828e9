"""The net total beside each row: that of its own perimeter, and what the row is of it.

What a printed total contains beside spending is found in `transforms.measure.contents`.
"""

import pandas as pd

from transforms.measure.contents import find_net, load_contents
from transforms.panel.classes_of_views import WHOLE


def with_net_total(rows: pd.DataFrame, nets: pd.DataFrame) -> pd.DataFrame:
    """The rows with net_total_centavos, net_total_contents, share_of_net_total and `left_out`; `nets` is NET_TOTAL.

    `rows` have the printed total of their view as `view_total_centavos`. What the net total leaves out has no share of it, nor
    the chapter that holds it, nor the whole.
    """
    net = find_net(rows, rows["view_total_centavos"], nets)
    net_total = net["net_centavos"].where(net["less_verified"].fillna(False).astype("bool")).astype("Int64")
    left_out = set(nets["less_line_ids"].dropna().str.split(";").explode())
    holders = {one.within for one in load_contents() if one.taken_out == "always"}
    excluded = rows["line_ids"].isin(left_out) | ((rows["by"] == "object") & rows["class_id"].isin(holders))
    base = net_total.where(net_total > 0).mask(excluded | (rows["class_id"] == WHOLE))
    return rows.assign(
        left_out=excluded,
        net_total_centavos=net_total,
        net_total_contents=net["contents"],
        share_of_net_total=(rows["amount_centavos"] / base).astype("Float64"),
    )


def compared(rows: pd.DataFrame) -> pd.Series:
    """What of each row is set against another year or stage: of a whole its net total, null where it is not known."""
    whole = rows["class_id"] == WHOLE
    return rows["amount_centavos"].astype("Int64").mask(whole, rows["net_total_centavos"].astype("Int64"))
