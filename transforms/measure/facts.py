"""What every comparison starts from: each amount with its line, document and government, on one row.

Also decided here, once: which column of a table speaks for a stage where several do, and which stage is only an echo
of the approved budget. What is compared with what is decided in `transforms.measure.candidates`.
"""

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from transforms.measure.coded_text import coded, take
from transforms.measure.unit_rule import in_thousands
from transforms.measure.working_tables import FACT, KEY_OF_BUDGET, NOT_ASKED
from warehouse.schema.method import ECHO_PERCENT, ECHO_ROWS
from warehouse.schema.text import words

TOTAL_HEADERS = ("total", "totales", "gran total", "total general", "importe total", "suma", "suma total")
LATER_STAGES = ("comprometido", "devengado", "ejercido", "pagado")
HEIGHT = 20  # levels that a hierarchy may have
UNKNOWN_GOVERNMENT = "desconocido"
_BUDGET = list(KEY_OF_BUDGET)

_OF_AMOUNT = [
    "column", "header", "stage", "fiscal_year", "multiplier", "amount_centavos", "verified", "reason",
]  # fmt: skip
_FROM_DOCUMENT = ["period_start", "period_end", "period_status", "kind", "citable", "obtained_how"]


def facts(core: Mapping[str, pd.DataFrame], of: Collection[str | None] | None = None) -> pd.DataFrame:
    """FACT: every amount with its line (of `core["line"]` as `locate` gives it), document and government.

    `line` and `parent` are positions in `core.line`: joining by them is faster than by text. What was verified stays
    verified: an echo is printed as it is read, and is only not what its header says.
    """
    amounts, lines = core["amount"], _lines(core)
    number, names = pd.factorize(amounts["line_id"])  # each line is looked up once
    at = pd.Index(core["line"]["line_id"]).get_indexer(names)[number]
    of_amount = coded(amounts[_OF_AMOUNT])
    if (at < 0).any():
        of_amount, at = of_amount[at >= 0], at[at >= 0]
    joined = pd.concat([lines.take(at).set_axis(of_amount.index), of_amount], axis=1)
    joined["fiscal_year"] = joined["fiscal_year"].fillna(joined["line_year"])
    joined["principal"] = _principal(joined, core["reconciliation"])
    joined["echo"] = _is_echo(joined)
    if of is not None:
        joined = _around(joined, core["line"]["parent"], of)
    return joined.assign(unit_jump=in_thousands(joined))[FACT.frame_columns]


def _around(joined: pd.DataFrame, parent: pd.Series, of: Collection[str | None]) -> pd.DataFrame:
    """The facts of these governments (None: of those whose government is unknown), and those of every line of a tree of theirs:
    a table of many governments may set one above another.
    """
    mine = of_these(joined["government_id"], of)
    if mine.all():
        return joined
    top, above = np.arange(len(parent)), parent.to_numpy()
    for _ in range(HEIGHT):
        top = np.where(above >= 0, above, top)
        above = np.where(above >= 0, above[above], -1)
    roots = top[joined["line"].to_numpy()]
    return joined[np.isin(roots, roots[mine])]


def of_these(government_ids: pd.Series, of: Collection[str | None]) -> np.ndarray:
    """Whether each is one of these governments; a null is None."""
    codes, distinct = pd.factorize(government_ids)
    is_one = np.array([one in of for one in distinct], dtype=bool)
    return np.asarray(np.append(is_one, None in of)[codes])


def _lines(core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The lines with what is said of their document and government, coded."""
    lines = core["line"].drop(columns=[*NOT_ASKED])
    lines = lines.merge(_documents(core["document"]), on="document_id", how="left", validate="many_to_one")
    government = lines["government_id"].fillna(lines["document_government"])
    names = core["government"].drop_duplicates("government_id").set_index("government_id")["name"]
    lines = lines.assign(
        line=np.arange(len(lines)),
        government_id=government,
        government=government.map(names).fillna(government).astype("str"),
        line_year=lines["fiscal_year"].fillna(lines["document_year"]),
    )
    ids = pd.Categorical.from_codes(lines["line"], categories=lines["line_id"])
    return coded(lines.drop(columns=["fiscal_year", "document_government", "document_year"]).assign(line_id=ids))


def _documents(documents: pd.DataFrame) -> pd.DataFrame:
    frame = documents[["document_id", *_FROM_DOCUMENT]].assign(
        document_government=documents["government_id"],
        document_year=documents["fiscal_year"],
        superseded=documents["superseded_by"].notna(),
    )
    return frame.drop_duplicates("document_id")


def locate(lines: pd.DataFrame) -> pd.DataFrame:
    """`core.line` with `parent`, the position of each line's parent in the frame (-1 where it has none), and `path`, the
    labels of the line and of the lines that contain it, from the top, joined by ' > '.
    """
    position = pd.Series(np.arange(len(lines)), index=lines["line_id"].to_numpy())
    parent = lines["parent_line_id"].map(position).fillna(-1).astype("int64").to_numpy()
    return lines.assign(parent=parent, path=_paths(lines["label"], parent))


def _paths(labels: pd.Series, parent: np.ndarray) -> pd.Series:
    label = labels.fillna("").array
    path = label
    above = parent.copy()
    # Each turn goes up one level; a line that contains itself would go on for ever, so the turns are bounded.
    for _ in range(HEIGHT):
        rows = np.flatnonzero(above >= 0)
        if not len(rows):
            break
        longer = label[above[rows]] + " > " + path[rows]
        place = np.arange(len(path))
        place[rows] = len(path) + np.arange(len(rows))
        path = pd.concat([pd.Series(path), pd.Series(longer)]).array[place]
        above[rows] = parent[above[rows]]
    return pd.Series(path, index=labels.index, dtype="str")


def _principal(joined: pd.DataFrame, reconciliations: pd.DataFrame) -> pd.Series:
    """Whether the amount stands in the one column that speaks for its stage and year in its table.

    Where several columns share stage and year (a cross of two classifications), only the printed total column does:
    the one whose header says so, or that a sum of columns proved. If that does not single one out, none speaks.
    """
    view = ["document_id", "table", "stage", "fiscal_year"]
    staged = joined.loc[joined["stage"].notna(), [*view, "column", "header"]]
    of_column = staged.groupby([*view, "column"], dropna=False, sort=False)
    columns = take(of_column["header"].first().reset_index())
    level = columns["header"].fillna("").str.rsplit("|", n=1).str[-1]
    columns["says_total"] = level.map(lambda text: words(text) in TOTAL_HEADERS)
    sums = reconciliations[(reconciliations["kind"] == "columns") & (reconciliations["outcome"] == "passed")]
    proved = pd.MultiIndex.from_frame(sums[["document_id", "table", "column"]])
    columns["is_sum"] = pd.MultiIndex.from_frame(columns[["document_id", "table", "column"]]).isin(proved)
    groups = columns.groupby(view, dropna=False, sort=False)
    alone = groups["column"].transform("size") == 1
    by_header = columns["says_total"] & (groups["says_total"].transform("sum") == 1)
    by_proof = (
        columns["is_sum"] & (groups["is_sum"].transform("sum") == 1) & (groups["says_total"].transform("sum") == 0)
    )
    speaks = (alone | by_header | by_proof).to_numpy(dtype=bool)[of_column.ngroup()]
    return pd.Series(speaks, index=staged.index).reindex(joined.index, fill_value=False)


def count_repeated(joined: pd.DataFrame) -> pd.DataFrame:
    """Of each stage after the approved one: document_id, government_id, fiscal_year, stage, its rows that are not zero, and how many
    `equal` the approved.
    """
    key = ["line", "fiscal_year"]
    usable = joined["principal"] & joined["amount_centavos"].notna()
    approved = joined.loc[usable & (joined["stage"] == "aprobado"), [*key, "amount_centavos"]]
    approved = approved.rename(columns={"amount_centavos": "approved"})
    needed = [*key, *_BUDGET, "amount_centavos"]
    later = joined.loc[usable & joined["stage"].isin(LATER_STAGES), list(dict.fromkeys(needed))]
    both = later.merge(approved, on=key)
    both = both[(both["amount_centavos"] != 0) | (both["approved"] != 0)]
    both["equal"] = (both["amount_centavos"] == both["approved"]).astype("int64")
    counted = both.groupby(_BUDGET, dropna=False)["equal"].agg(rows="size", equal="sum").reset_index()
    return take(counted)


def echoes(joined: pd.DataFrame) -> pd.DataFrame:
    """The rows of `count_repeated` that repeat approved.

    A stage after the approved one that equals it on nearly all rows is a placeholder, not spending.
    """
    counted = count_repeated(joined)
    # A government with few rows in a file of many is judged with the file.
    whole = counted.groupby(["document_id", "fiscal_year", "stage"], dropna=False)[["rows", "equal"]].transform("sum")
    enough = counted["rows"] >= ECHO_ROWS
    enough |= (whole["rows"] >= ECHO_ROWS) & _nearly_all(whole)
    return counted[enough & _nearly_all(counted)]


def _nearly_all(counted: pd.DataFrame) -> pd.Series:
    return counted["equal"] * 100 >= counted["rows"] * ECHO_PERCENT


def _is_echo(joined: pd.DataFrame) -> pd.Series:
    echoed = echoes(joined)[_BUDGET]
    near = take(joined, joined["document_id"].isin(echoed["document_id"]), _BUDGET)
    echo = near.merge(echoed.assign(echo=True), on=_BUDGET, how="left")["echo"].notna().set_axis(near.index)
    return echo.reindex(joined.index, fill_value=False)
