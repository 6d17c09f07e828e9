"""Places among governments, as intervals: a place is printed only among rows that can be compared, under every alternative.

The later stages that a class has (devengado, ejercido, pagado) are alternatives of one question; the best and the worst place
under them are what can be said.
"""

import pandas as pd

from transforms.compare.ranking import FEWEST
from transforms.measure.coded_text import number_rows, take

_GROUP = ["fiscal_year", "period", "by", "level", "class_id", "from_stage", "to_stage", "peers"]
_QUESTION = ["government_id", "fiscal_year", "period", "by", "level", "class_id", "from_stage"]
ALTERNATIVES = ("devengado", "ejercido", "pagado")


def places(deviations: pd.DataFrame, documents: pd.DataFrame) -> dict[str, pd.Series]:
    """compared, place_first and place_last of each row of `out.deviation`; null where it is refused or nobody stands beside it.

    Peers are governments of one order (keys of two digits are states, of five municipalities) whose figures have one standing and
    one kind of document. `documents` is `core.document`.
    """
    asked = deviations["deviation_share"].notna() & deviations["to_stage"].isin(ALTERNATIVES)
    asked &= deviations["by"] != "administrative"
    rows = take(deviations, asked, [*_QUESTION, "to_stage", "standing", "document_id", "deviation_share"])
    order = rows["government_id"].str.len().where(rows["government_id"].str.fullmatch(r"\d+").fillna(False))
    kind = rows["document_id"].map(documents.drop_duplicates("document_id").set_index("document_id")["kind"])
    rows["peers"] = order.astype("str") + ":" + rows["standing"] + ":" + kind.fillna("").astype("str")
    rows = rows[order.notna()]
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
    return {
        name: values.where(size >= FEWEST).reindex(deviations.index).astype("Int64") for name, values in made.items()
    }
