"""What a printed total contains beside spending, and the net total that comparisons use.

A total is a perimeter too: INEGI's *Total de egresos* holds the cash left at the end of the year and the debt that was paid back,
and a change of it printed as a cut of spending was one of debt (Sonora 2018-2022: −31.2 %, without both −9.3 %). What may be in a
total is declared in `transforms/definitions/contents`; here each total says how much of it there is, or that its document does not
say. Which comparisons ask for the net total is for `transforms.compare`.
"""

from functools import cache
from typing import Literal

import pandas as pd

from transforms import definitions
from transforms.measure.baskets import Basket
from transforms.measure.candidates import VIEW, candidates
from transforms.measure.coded_text import take
from transforms.measure.perimeter import SAME_PERIOD, is_counted_twice, pesos_of_total
from transforms.measure.refusals import true
from transforms.measure.working_tables import NET_TOTAL
from warehouse.schema.declaration import takes

FOLDER = definitions.FOLDER / "contents"
NET_RULE = "total.net"
PERIMETER_KEY = [*SAME_PERIOD, "perimeter"]
ROUNDED = 10_000_000  # rounded chapters miss their total by less than this part of it


class TotalContent(Basket):
    """Lines that are in a total and are no spending. `within` is the COG chapter that holds them, where one does."""

    taken_out: Literal["always", "where_counted"] = takes(
        "always, or where_counted (only where the receiving bodies are in the same total)",
        "always (siempre) o where_counted (solo si los entes que reciben están en el mismo total)",
    )
    within: str | None = takes("the COG chapter that holds it, such as «9»", "el capítulo COG que lo contiene", None)


@cache
def load_contents() -> tuple[TotalContent, ...]:
    """The shipped contents. Raises DeclarationError."""
    return definitions.load(TotalContent, (FOLDER,))


def net_totals(
    spending: pd.DataFrame, caught: pd.DataFrame, parent: pd.Series, views: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """NET_TOTAL: one row per printed total of a government, year, stage and period.

    `spending` are the amounts that may be operands, `caught` what the rules of the contents catch (CAUGHT), `parent` the position
    of each line's parent, `views` VIEW_TOTAL, `documents` `core.document`. The net total is null where a content cannot be told:
    what is not printed is nothing only where the rest makes the whole.
    """
    contents = load_contents()
    spent = take(spending, spending["line"].isin(caught["line"]))
    printed = candidates(spent, views, caught, contents, parent)
    totals = views[views["total_centavos"].notna()].merge(_describe_documents(documents), on="document_id", how="left")
    totals = totals.assign(perimeter=pesos_of_total(totals["total_centavos"]), spelled=_is_spelled(totals, spending))
    twice = is_counted_twice(totals)
    parts = {one.id: _find(one, totals, spending, spent.merge(caught, on="line"), printed) for one in contents}
    taken = {one.id: _take_out(parts[one.id], twice | (one.taken_out == "always")) for one in contents}
    less = sum((part["amount"] for part in taken.values()), pd.Series(0, index=totals.index, dtype="Int64"))
    totals = totals.assign(
        less_centavos=less,
        net_centavos=(totals["total_centavos"] - less).astype("Int64"),
        less_line_ids=_join([part["line_ids"].where(true(part["amount"] != 0)) for part in taken.values()]),
        less_verified=pd.concat([true(part["verified"]) for part in taken.values()], axis=1).all(axis=1),
        contents=_tell({name: part["amount"] for name, part in parts.items()}),
        known=less.notna(),
    )
    best = ["known", "spelled", "document_id", "table"]
    ordered = totals.sort_values(best, ascending=[False, False, True, True], kind="stable")
    return ordered.drop_duplicates(PERIMETER_KEY)[NET_TOTAL.frame_columns]


def find_net(rows: pd.DataFrame, totals: pd.Series, nets: pd.DataFrame) -> pd.DataFrame:
    """Row by row, what NET_TOTAL says of these totals of these budgets (SAME_PERIOD), with the total as `printed_centavos`."""
    keys = rows[PERIMETER_KEY[:-1]].assign(perimeter=pesos_of_total(totals).astype("Int64"))
    net = keys.merge(nets.astype({"perimeter": "Int64"}), on=PERIMETER_KEY, how="left").set_axis(rows.index)
    return net.assign(printed_centavos=totals.where(net["contents"].notna()).astype("Int64"))


def _describe_documents(documents: pd.DataFrame) -> pd.DataFrame:
    described = documents["title"].fillna("") + " " + documents["perimeter"].fillna("")
    return documents[["document_id", "period_start", "period_end", "kind"]].assign(described=described)


def _is_spelled(totals: pd.DataFrame, spending: pd.DataFrame) -> pd.Series:
    """Whether a table by object prints all that its total holds: its details, or the rows right under the total, make it."""
    of_total = spending[spending["row_kind"] == "total"].drop_duplicates("line")
    at = totals["total_line_id"].map(dict(zip(of_total["line_id"], of_total["line"], strict=True))).astype("Int64")
    under = take(spending, spending["parent"].isin(at.dropna()), [*VIEW, "parent", "amount_centavos"])
    sums = under.astype({"parent": "Int64"}).groupby([*VIEW, "parent"], dropna=False)["amount_centavos"].sum()
    beside = totals[VIEW].assign(parent=at).merge(sums.reset_index(), on=[*VIEW, "parent"], how="left")
    gap = beside["amount_centavos"].astype("Int64").set_axis(totals.index) - totals["total_centavos"]
    close = true(gap.abs() <= (totals["total_centavos"].abs() // ROUNDED).clip(lower=100))
    return (totals["view_by"] == "object") & (totals["partition"] | close)


def _find(
    content: TotalContent, totals: pd.DataFrame, spending: pd.DataFrame, hits: pd.DataFrame, printed: pd.DataFrame
) -> pd.DataFrame:
    """Of each total its amount of the content, null where it cannot be told; the lines that print it; whether they are verified.

    `hits` are the amounts of caught lines with their `basket`; `printed`, CANDIDATE of each content.
    """
    best = printed[printed["basket"] == content.id].sort_values("measure", kind="stable").drop_duplicates(VIEW)
    best = best[[*VIEW, "amount_centavos", "line_ids", "verified"]].rename(columns={"amount_centavos": "amount"})
    of_view = totals[VIEW].merge(best, on=VIEW, how="left").set_axis(totals.index).drop(columns=VIEW)
    # Printed, but not to be added; or inside a chapter that is printed as one amount.
    unclear = hits.loc[hits["basket"] == content.id, VIEW]
    if content.within:
        whole = (spending["object_code"] == content.within) & (spending["row_kind"] == "detail")
        unclear = pd.concat([unclear, take(spending, true(whole) & true(spending["amount_centavos"] != 0), VIEW)])
    nothing = totals["spelled"] & ~pd.MultiIndex.from_frame(totals[VIEW]).isin(pd.MultiIndex.from_frame(unclear))
    amount = of_view["amount"].astype("Int64").mask(of_view["amount"].isna() & nothing, 0)
    return of_view.assign(amount=amount, verified=true(of_view["verified"]) | (nothing & of_view["verified"].isna()))


def _take_out(part: pd.DataFrame, where: pd.Series) -> pd.DataFrame:
    """What of a content is taken out of each total: all of it, or nothing."""
    return part.assign(amount=part["amount"].where(where, 0), verified=part["verified"].where(where, True))


def _tell(amounts: dict[str, pd.Series]) -> pd.Series:
    """cash_balance=0.00;debt_amortisation=24672369089.00;internal_transfers=unknown: in pesos."""
    texts = [name + "=" + amount.astype("object").map(_plain_pesos).astype("str") for name, amount in amounts.items()]
    return texts[0].str.cat(texts[1:], sep=";")


def _plain_pesos(centavos: object) -> str:
    return "unknown" if centavos is pd.NA else f"{int(str(centavos)) // 100}.{int(str(centavos)) % 100:02d}"


def _join(line_ids: list[pd.Series]) -> pd.Series:
    rows = zip(*(column.to_numpy(dtype=object) for column in line_ids), strict=True)
    joined = [";".join(text for text in row if isinstance(text, str)) or None for row in rows]
    return pd.Series(joined, index=line_ids[0].index, dtype="str")
