"""Rows of a ledger from its cells: one row per record, a column per field, and the linked rows of each.

What a field is worth is for `typed`, what a row means for `procurement` and its neighbours.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from transforms.ledgers.typed import days
from transforms.words.periods import PrintedLine, find_period
from warehouse.schema.text import words

_AGREES = 0.9  # of the numbers of a linked table that follow its order: the others are slips
_TABLE = r"(\d{4,})\s*$"
_NAMED_TABLE = r"(?i)^tabla[_ ]?(\d{4,})\s*$"
_PERIOD = ("period", "year")
WHENCE = ["document_id", "record", "page", "place", "profile_id", "government_id", "fiscal_year"]


def rows_of(records: pd.DataFrame, ledger: str, documents: pd.DataFrame, fields: Sequence[str]) -> pd.DataFrame:
    """The records of a ledger, one row each: where they stand, whose they are, and the text of each of these fields or null.

    `withheld` is the fields of the record that were withheld, joined by a blank.
    """
    mine = records[records["ledger"].eq(ledger)]
    asked = fields
    if "period_end" in fields:
        fields = [*fields, *_PERIOD]
    typed = mine[mine["type"].notna() & mine["field"].isin(fields)]
    key = ["document_id", "record"]
    heads = mine[mine["type"].notna() | mine["withheld"]].drop_duplicates(key)[[*key, "page", "place", "profile_id"]]
    wide = typed.pivot(index=key, columns="field", values="source_text")  # noqa: PD010 - one cell per field: nothing to aggregate
    wide = wide.reindex(columns=list(dict.fromkeys(fields)))
    hidden = mine[mine["withheld"]].groupby(key)["field"].agg(" ".join).rename("withheld")
    whole = heads.merge(wide.reset_index(), on=key, how="left").merge(hidden.reset_index(), on=key, how="left")
    whole = whole.astype(dict.fromkeys([*wide.columns, "withheld"], "str"))
    if "period_end" in fields:
        whole["period_end"] = whole["period_end"].fillna(_last_days(whole[_PERIOD[0]], whole[_PERIOD[1]]))
        whole = whole.drop(columns=[name for name in _PERIOD if name not in asked])
    of_document = documents[["document_id", "government_id", "fiscal_year"]]
    return whole.merge(of_document, on="document_id", how="left").sort_values(key, ignore_index=True)


def _last_days(periods: pd.Series, years: pd.Series) -> pd.Series:
    """The last day of each period that a form says in words, such as `enero-marzo` beside its year."""
    apart = periods.str.replace(r"\s*-\s*", " - ", regex=True)  # `enero- marzo` is no word that a line's end parts
    texts = apart.str.cat(years.fillna(""), " ")
    read = {text: find_period([PrintedLine(text)]) for text in texts.dropna().unique()}
    return texts.map({text: period.end.isoformat() for text, period in read.items() if period}).astype("str")


def linked(records: pd.DataFrame, part: str) -> pd.DataFrame:
    """Which rows of a linked table each record refers to: document_id, record, part_record and basis (`id` or `order`).

    Where the table has one row for each reference, and nearly all of their numbers agree in order, a number that repeats another is a slip.
    """
    refers = _references(records[records["field"].eq(part) & records["type"].eq("reference")], records)
    ids = _numbered(records[records["field"].eq("id") & records["type"].notna()], "page").rename(
        columns={"record": "part_record"}
    )
    key = ["document_id", "table"]
    ids = ids.merge(refers[key].drop_duplicates(), on=key)
    sizes = [frame.groupby(key).cumcount() for frame in (refers, ids)]
    in_order = refers.assign(place_in=sizes[0]).merge(
        ids.assign(place_in=sizes[1]), on=[*key, "place_in"], how="outer", suffixes=("", "_of_part")
    )
    in_order["agrees"] = in_order["source_text"].eq(in_order["source_text_of_part"])
    share = in_order.groupby(key)["agrees"].mean()
    whole = in_order.groupby(key)[["record", "part_record"]].agg(lambda column: column.notna().all()).all(axis=1)
    ordered = share.index[whole & share.ge(_AGREES) & share.lt(1.0)]
    is_ordered = pd.MultiIndex.from_frame(in_order[key]).isin(ordered)
    slipped = in_order.assign(basis=in_order["agrees"].map({True: "id", False: "order"}))[is_ordered]
    usual = refers.merge(ids, on=[*key, "source_text"]).assign(basis="id")
    usual = usual[~pd.MultiIndex.from_frame(usual[key]).isin(ordered)]
    columns = ["document_id", "record", "part_record", "basis"]
    return pd.concat([usual[columns], slipped[columns]], ignore_index=True).astype(
        {"record": "Int64", "part_record": "Int64"}
    )


def _references(cells: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """The references to linked tables; where a cell names the table, as until 2018, the rows are those of its record's own number."""
    named = cells["source_text"].str.extract(_NAMED_TABLE, expand=False)
    by_number = _numbered(cells[named.isna()], "header")
    mine = cells[named.notna()]
    ids = records[records["field"].eq("id") & records["type"].notna()].set_index(["document_id", "record"])[
        "source_text"
    ]
    numbers = ids.reindex(pd.MultiIndex.from_frame(mine[["document_id", "record"]])).to_numpy()
    by_name = mine[["document_id", "record"]].assign(source_text=numbers, table=named[named.notna()])
    whole = pd.concat([by_number, by_name.dropna(subset=["source_text"])], ignore_index=True)
    return whole.sort_values(["document_id", "record"], ignore_index=True)


def _numbered(cells: pd.DataFrame, where: str) -> pd.DataFrame:
    frame = cells[["document_id", "record", "source_text"]].assign(table=cells[where].str.extract(_TABLE, expand=False))
    return frame[frame["table"].notna()].sort_values(["document_id", "record"], ignore_index=True)


def dated(rows: pd.DataFrame, fields: Mapping[str, str]) -> pd.DataFrame:
    """Days by field, under the column each is given, and `date_text`: what is no day, as printed, with its reason."""
    read = pd.DataFrame(index=rows.index)
    odd = pd.Series("", index=rows.index, dtype="str")
    for field, column in fields.items():
        texts = rows[field] if field in rows else pd.Series(None, index=rows.index, dtype="str")
        read[column], reason = days(texts)
        is_told = reason.notna()
        odd[is_told] += "; " + column + ": " + texts[is_told].astype("str") + " (" + reason[is_told].astype("str") + ")"
    read["date_text"] = odd.str.removeprefix("; ").where(odd.ne(""))
    return read


def is_among(texts: pd.Series, others: pd.Series) -> pd.Series:
    """Which texts are among the others, as `isin` says in thirty times the time where there are many."""
    index = pd.Index(others.drop_duplicates().astype(object))
    return pd.Series(index.get_indexer(texts.astype(object)) >= 0, texts.index)


def plain(column: pd.Series) -> pd.Series:
    """Texts as keys are compared."""
    return column.map(words, na_action="ignore").astype("str")


def row_id(rows: pd.DataFrame) -> pd.Series:
    """document:record."""
    return rows["document_id"].astype("str") + ":" + rows["record"].astype("str")
