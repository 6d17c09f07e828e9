"""The money of programmes, as a register of indicators says it, held against the budget's line of their class.

A class is the letter that a programme's code begins with (CONAC, Clasificación Programática); what the register prints in its own column
of classes is not asked, as it may say another.
"""

import numpy as np
import pandas as pd

from transforms.reference import programme_classes
from warehouse.schema.ledgers import LINK
from warehouse.schema.text import words

_STAGES = {"approved": "aprobado", "revised": "modificado", "accrued": "devengado", "paid": "pagado"}
_CENTAVO = 1
_KEY = ["government_id", "fiscal_year", "class"]


def link_programmes(indicators: pd.DataFrame, core: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`core.link` of each programme's money to the line of its class, by stage: `explains`, or `contradicts` where the sums differ."""
    lines = _lines(core)
    programmes = _programmes(indicators, core["document"])
    pairs = programmes.merge(lines, on=_KEY)
    if pairs.empty:
        return LINK.frame()
    # An end that one side does not say cannot be another.
    pairs = pairs[(pairs["period_end"] == pairs["line_period_end"]) | pairs[["period_end", "line_period_end"]].isna().any(axis=1)]
    staged = pd.concat([_of_stage(pairs, core["amount"], *stage) for stage in _STAGES.items()], ignore_index=True)
    return LINK.frame(staged)


def _programmes(indicators: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Each programme once: a register repeats its money with each of its indicators."""
    money = [f"programme_{name}_centavos" for name in _STAGES]
    mine = indicators[indicators["programme_code"].notna() & indicators[money].notna().any(axis=1)]
    each = mine.drop_duplicates(["document_id", "programme_code", *money])
    of_document = documents.set_index("document_id")
    period = each["period_end"].fillna(each["document_id"].map(of_document["period_end"]))
    return each.assign(
        fiscal_year=each["document_id"].map(of_document["fiscal_year"]).astype("Int64"), period_end=period,
        **{"class": each["programme_code"].str.strip().str[:1].str.upper()},
    )  # fmt: skip


def _lines(core: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The lines of current budgets by programme that are of a class, by its name or its letter."""
    documents = core["document"]
    current = documents[documents["superseded_by"].isna()].set_index("document_id")["period_end"]
    classes = programme_classes()
    by_name = dict(zip(classes["name"].map(words), classes["class"], strict=True))
    lines = core["line"][core["line"]["classification"].eq("programme") & core["line"]["document_id"].isin(current.index)]
    named = lines.assign(**{"class": lines["name"].map(words, na_action="ignore").map(by_name)})
    named = named[named["class"].notna()].drop_duplicates(["document_id", "class"])
    return named[["line_id", *_KEY, "document_id"]].assign(line_period_end=named["document_id"].map(current)).drop(columns="document_id")


def _of_stage(pairs: pd.DataFrame, amounts: pd.DataFrame, name: str, stage: str) -> pd.DataFrame:
    printed = amounts[amounts["stage"].eq(stage) & amounts["amount_centavos"].notna()].drop_duplicates("line_id")
    mine = pairs.merge(printed[["line_id", "amount_centavos"]], on="line_id")
    mine["own"] = mine[f"programme_{name}_centavos"]
    total = mine.groupby(["document_id", "line_id"])["own"].transform("sum")
    incomplete = mine["own"].isna().groupby([mine["document_id"], mine["line_id"]]).transform("any")
    difference = (mine["amount_centavos"] - total).where(~incomplete)
    outcome = np.where(incomplete, "no_amount", np.where(difference.abs().le(_CENTAVO).fillna(False), "explains", "contradicts"))
    return pd.DataFrame({
        "link_id": mine["indicator_id"].astype("str") + ">" + mine["line_id"].astype("str") + ":" + stage, "from_kind": "indicator",
        "from_id": mine["indicator_id"], "to_kind": "line", "to_id": mine["line_id"], "rule": "programme_class", "strength": "key",
        "stage": stage, "period_end": mine["period_end"], "from_amount_centavos": mine["own"], "sum_amount_centavos": total.where(~incomplete),
        "to_amount_centavos": mine["amount_centavos"].where(~incomplete), "difference_centavos": difference, "outcome": outcome,
    }).reindex(columns=LINK.frame_columns)  # fmt: skip
