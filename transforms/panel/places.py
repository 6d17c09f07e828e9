"""Places among governments, as intervals: a place is printed only among rows that can be compared, under every alternative.

The later stages that a class has (devengado, ejercido, pagado) are alternatives of one question; the best and the worst place
under them are what can be said.
"""

import pandas as pd

from transforms.compare.ranking import FEWEST
from transforms.measure.coded import number_rows

_GROUP = ["fiscal_year", "period", "by", "level", "class_id", "from_stage", "to_stage", "peers"]
_QUESTION = ["government_id", "fiscal_year", "period", "by", "level", "class_id", "from_stage"]
ALTERNATIVES = ("devengado", "ejercido", "pagado")


def places(pairs: pd.DataFrame) -> dict[str, pd.Series]:
    """compared, place_first and place_last of each pair of stages; null where it is refused or nobody stands beside it.

    Peers are governments of one order (keys of two digits are states, of five municipalities) whose figures have one standing and
    one kind of document.
    """
    order = pairs["government_id"].str.len().where(pairs["government_id"].str.fullmatch(r"\d+").fillna(False))
    peers = order.astype("str") + ":" + pairs["standing"] + ":" + pairs["kind"].fillna("")
    usable = (
        pairs["deviation_share"].notna()
        & order.notna()
        & pairs["to_stage"].isin(ALTERNATIVES)
        & (pairs["by"] != "administrative")
    )
    rows = pairs[usable].assign(peers=peers[usable])
    group = rows["deviation_share"].groupby(number_rows(rows[_GROUP]), sort=False)
    size = group.transform("size").astype("Int64")
    first = group.rank(ascending=False, method="min").astype("Int64").where(size >= FEWEST)
    last = group.rank(ascending=False, method="max").astype("Int64").where(size >= FEWEST)
    question = number_rows(rows[_QUESTION])
    made = {
        "compared": size.where(size >= FEWEST),
        "place_first": first.groupby(question, sort=False).transform("min"),
        "place_last": last.groupby(question, sort=False).transform("max"),
    }
    return {name: values.where(size >= FEWEST).reindex(pairs.index).astype("Int64") for name, values in made.items()}
