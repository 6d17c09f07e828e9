"""Rules about the out tables: only the proven is cited, every comparison leads back to lines, and the words we write.

Each is a pure function from frames to the rows that break it. Which of them stop a release is in `business`.
"""

import re

import numpy as np
import pandas as pd

from expectations.positions import at, numbered, positions
from expectations.rules_core import absent, dated
from expectations.spec import Frames, Rule
from warehouse.schema import TABLES, TEXT
from warehouse.schema.personal import PERSONAL
from warehouse.schema.vocabulary import REFUSALS, STAGES

# P7. Stems with word boundaries: "Sistema Anticorrupción" is the name of a body, and stays citable. The English
# words for the same are refused too; "corrupt" alone is not, as files can be.
FORBIDDEN = re.compile(r"\b(?:fraud|sospech|suspici|corrupci[oó]n|corruption|corrupt[oa]s?\b)", re.IGNORECASE)

# What the sources print or others are called, quoted as it stands, and identifiers. All other text is ours.
QUOTED = frozenset({
    "label", "name", "path", "header", "source_text", "administrative_name", "government", "page", "printed_page",
    "place", "words", "object_code", "function_code", "programme_code", "line_id", "document_id", "government_id",
    "health_line_ids", "events_line_ids", "advertising_line_ids", "from_line_ids", "to_line_ids", "object_line_ids",
    "function_line_ids", "administrative_line_ids", "bodies_list", "document_id_b", "line_id_b", "page_b", "from_document_id",
    "to_document_id", "object_document_id", "function_document_id", "administrative_document_id",
    "before", "after",
})  # fmt: skip
PRINTED = (("core.document", "title"), ("core.table", "title"), ("core.line", "label"), ("core.line", "name"))
_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|‘[^’]*’")

CITED = {"health": "health_line_ids", "events": "events_line_ids", "advertising": "advertising_line_ids"}


# --- what may be cited ----------------------------------------------------------------------------------------------


def cited_lines_not_verified(frames: Frames) -> pd.DataFrame:
    """Amounts of `out.line` that no verified amount of the same line, year and stage equals."""
    key = ["line_id", "fiscal_year"]
    out, amounts = frames["out.line"], frames["core.amount"]
    proven = amounts["verified"].fillna(False) & amounts["amount_centavos"].notna()
    proven = dated(amounts.loc[proven, [*key, "stage", "amount_centavos"]], frames)
    # Text is looked up once; the stages are then compared by the position of the row.
    known, rows = numbered(proven[key], out[key])
    proven = proven.assign(number=known)[["number", "stage", "amount_centavos"]]
    proven = proven.merge(pd.DataFrame({"number": rows, "row": range(len(rows))}), on="number")
    broken = []
    for stage in STAGES:
        column = f"{stage}_centavos"
        known = proven[proven["stage"].eq(stage)]
        equal = known["amount_centavos"].eq(at(out[column], known["row"].to_numpy())).fillna(False)
        proved = np.zeros(len(out), dtype=bool)
        proved[known.loc[equal, "row"]] = True
        missing = out[column].notna() & ~proved
        broken.append(out.loc[missing, [*key, column]].rename(columns={column: "amount_centavos"}).assign(stage=stage))
    return pd.concat(broken)


def amounts_not_shown(frames: Frames) -> pd.DataFrame:
    """Amounts of `core.amount` that `out.line_all` lacks, shows twice over or shows otherwise."""
    key, values = ["line_id", "column"], ["amount_centavos", "verified"]
    amounts, shown = (frames[name][[*key, *values]] for name in ("core.amount", "out.line_all"))
    if len(amounts) == len(shown):
        # Both are written in one order: what stands alike in the same place need not be looked for.
        other = ~_equal(amounts, shown.set_axis(amounts.index), [*key, *values]).to_numpy()
        amounts, shown = amounts[other], shown[other]
    both = amounts.merge(shown, on=key, how="outer", suffixes=("", "_shown"), indicator=True)
    of_shown = both[[f"{name}_shown" for name in values]].set_axis(values, axis=1)
    same = (both["_merge"] == "both") & _equal(both, of_shown, values)
    places = {"left_only": "core.amount", "right_only": "out.line_all", "both": "core.amount, out.line_all"}
    broken = both[~same]
    return broken.drop(columns="_merge").assign(found_in=broken["_merge"].astype("str").map(places))


def _equal(a: pd.DataFrame, b: pd.DataFrame, columns: list[str]) -> pd.Series:
    """Whether the rows of two frames have the same values, null being equal to null."""
    same = pd.Series(True, index=a.index)
    for name in columns:
        same &= a[name].eq(b[name]).fillna(False).astype("bool") | (a[name].isna() & b[name].isna())
    return same


# --- comparisons ----------------------------------------------------------------------------------------------------


def _identity(table: str) -> list[str]:
    return [TABLES[table].by_name[name].frame_name for name in TABLES[table].key]


def comparisons_without_outcome(frames: Frames) -> pd.DataFrame:
    """Rows with neither a refusal nor both operands."""
    rows = frames["out.health_vs_events"]
    numbers = rows["health_centavos"].notna() & (rows["events_centavos"].notna() | rows["advertising_centavos"].notna())
    shown = [
        *_identity("out.health_vs_events"),
        "health_centavos",
        "events_centavos",
        "advertising_centavos",
        "refusals",
    ]
    return rows.loc[rows["refusals"].isna() & ~numbers, shown]


def line_comparisons_without_outcome(frames: Frames) -> pd.DataFrame:
    rows = frames["out.line_comparison"]
    numbers = rows["amount_centavos"].notna() & rows["share_of_health"].notna()
    return rows.loc[
        rows["refusals"].isna() & ~numbers, [*_identity("out.line_comparison"), "share_of_health", "refusals"]
    ]


def declared_without_outcome(frames: Frames) -> pd.DataFrame:
    """Declared comparisons with neither a number nor a refusal, or with both."""
    rows = frames["out.comparison"]
    shown = [*_identity("out.comparison"), "x_amount_centavos", "y_amount_centavos", "result", "refusals"]
    return rows.loc[rows["result"].isna() == rows["refusals"].isna(), shown]


def operands_that_differ(frames: Frames) -> pd.DataFrame:
    """Numbers whose operands do not declare the same perimeter, prices, unit, status and netting."""
    rows = frames["out.comparison"]
    broken = pd.Series(False, index=rows.index)
    for name in ("perimeter", "price_basis", "unit", "period_status", "netting"):
        x, y = rows[f"x_{name}"], rows[f"y_{name}"]
        said = x.notna() & y.notna() & x.ne("unknown") & y.ne("unknown")
        broken |= (said & x.ne(y)).fillna(False)
    return rows.loc[broken & rows["result"].notna(), [*_identity("out.comparison"), "x_perimeter", "y_perimeter"]]


def overlaps_above_their_basket(frames: Frames) -> pd.DataFrame:
    """Overlaps that are measured and have no amount, or the other way round, or are more than the basket itself."""
    rows = frames["out.overlap"]
    wrong = rows["status"].eq("measured") != rows["inside_health_centavos"].notna()
    above = rows["inside_health_centavos"].abs() > rows["amount_centavos"].abs()
    return rows.loc[
        wrong | above.fillna(False), [*_identity("out.overlap"), "amount_centavos", "inside_health_centavos"]
    ]


def purchases_of_unverified(frames: Frames) -> pd.DataFrame:
    """What an amount would buy, where nothing proves the amount."""
    lines = frames["out.line_comparison"]
    proven = lines.loc[lines["verified"].fillna(False), ["line_id", "column"]]
    bought = frames["out.would_buy"]
    return bought.loc[absent(bought, ["line_id", "column"], proven), [*_identity("out.would_buy"), "would_buy"]]


def refused_but_computed(frames: Frames) -> pd.DataFrame:
    """Rows that publish a share and refuse it in the same breath."""
    rows = frames["out.health_vs_events"]
    events = rows["events_share_of_health"].notna()
    # Without events, advertising may still be compared.
    advertising = rows["advertising_share_of_health"].notna() & rows["refusals"].ne("no_events").fillna(False)
    shown = [*_identity("out.health_vs_events"), "events_share_of_health", "advertising_share_of_health", "refusals"]
    return rows.loc[rows["refusals"].notna() & (events | advertising), shown]


def unknown_refusals(table: str) -> Rule:
    def rule(frames: Frames) -> pd.DataFrame:
        rows = frames[table]
        codes = rows["refusals"].dropna().str.split(";").explode().str.strip()
        return rows.loc[codes.index[~codes.isin(list(REFUSALS))].unique(), [*_identity(table), "refusals"]]

    return rule


def _citations(frames: Frames, operand: str) -> pd.DataFrame:
    """One row per line that a comparison cites for an operand, with the number of the comparison as `row`."""
    rows = frames["out.health_vs_events"]
    columns = ["fiscal_year", "stage", f"{operand}_centavos", "verified"]
    cited = rows.loc[rows[CITED[operand]].notna(), [*columns, CITED[operand]]].rename(
        columns={f"{operand}_centavos": "stated_centavos"}
    )
    cited = cited.assign(row=cited.index, line_id=cited[CITED[operand]].str.split(";")).explode("line_id")
    return (
        cited.assign(line_id=cited["line_id"].str.strip().astype("str"))
        .drop(columns=CITED[operand])
        .reset_index(drop=True)
    )


def unknown_citations(table: str, parent: str) -> Rule:
    """Lines that a comparison cites, by its key or in a list, and that `parent` lacks."""
    lists = [name for name in TABLES[table].by_name if name.endswith(("line_id", "line_ids"))]

    def rule(frames: Frames) -> pd.DataFrame:
        rows, cited = frames[table], []
        for column in lists:
            texts = rows[column].dropna().drop_duplicates()
            ids = texts.str.split(";").explode().str.strip().drop_duplicates().astype("str")
            cited.append(ids.to_frame("cited").assign(cited_in=column))
        missing = pd.concat(cited)
        missing = missing[absent(missing, ["cited"], frames[parent], ["line_id"])]
        return rows.loc[missing.index, _identity(table)].assign(
            cited_in=missing["cited_in"].array, cited=missing["cited"].array
        )

    return rule


def operands_without_lines(frames: Frames) -> pd.DataFrame:
    rows = frames["out.health_vs_events"]
    broken = pd.concat([rows[f"{o}_centavos"].notna() & rows[ids].isna() for o, ids in CITED.items()], axis=1).any(
        axis=1
    )
    return rows.loc[broken, [*_identity("out.health_vs_events"), *(f"{o}_centavos" for o in CITED), *CITED.values()]]


def _cited_amounts(frames: Frames, operand: str) -> pd.DataFrame:
    """The citations of an operand, with the amounts of that line, year and stage."""
    keys = ["line_id", "fiscal_year", "stage"]
    cited = _citations(frames, operand)
    amounts = frames["core.amount"][[*keys, "amount_centavos", "verified"]]
    amounts = dated(amounts[positions(amounts["line_id"], cited["line_id"]) >= 0], frames)
    return cited.merge(amounts.rename(columns={"verified": "proven"}), on=keys, how="left")


def sums_that_differ(frames: Frames) -> pd.DataFrame:
    """Operands that are not the sum of the lines they cite, where each line has one amount of that year and stage."""
    broken = []
    for operand in CITED:
        cited = _cited_amounts(frames, operand)
        once = cited.groupby(["row", "line_id"])["amount_centavos"].transform("count").eq(1)
        cited = cited[once.groupby(cited["row"]).transform("all")]
        sums = cited.groupby("row").agg(
            stated_centavos=("stated_centavos", "first"), cited_centavos=("amount_centavos", "sum")
        )
        wrong = sums[sums["stated_centavos"].notna() & sums["stated_centavos"].ne(sums["cited_centavos"])]
        identity = frames["out.health_vs_events"].loc[wrong.index, _identity("out.health_vs_events")]
        broken.append(identity.assign(operand=operand).join(wrong))
    return pd.concat(broken)


def verified_on_unverified(frames: Frames) -> pd.DataFrame:
    """Comparisons called verified that cite a line without a verified amount, or no line at all."""
    rows = frames["out.health_vs_events"]
    silent = rows["verified"].fillna(False) & rows[list(CITED.values())].isna().all(axis=1)
    broken = [rows.loc[silent, ["fiscal_year", "stage"]].assign(operand="none")]
    for operand in CITED:
        cited = _cited_amounts(frames, operand)
        cited = cited[cited["verified"].fillna(False)]
        proven = cited["proven"].fillna(False).groupby([cited["row"], cited["line_id"]]).transform("any")
        broken.append(
            cited.loc[~proven, ["line_id", "fiscal_year", "stage", "amount_centavos"]].assign(operand=operand)
        )
    return pd.concat(broken)


def secondary_in_headlines(frames: Frames) -> pd.DataFrame:
    """Comparisons that are shown and take an operand from a secondary dataset, whatever document they stand under."""
    secondary = frames["core.document"].loc[frames["core.document"]["kind"] == "secundaria", "document_id"]
    lines = frames["core.line"].loc[frames["core.line"]["document_id"].isin(secondary), "line_id"]
    shown = frames["out.health_vs_events"]
    shown = shown[shown["refusals"].isna()]
    broken = []
    for operand, ids in CITED.items():
        cited = shown[ids].dropna().str.split(";").explode()
        guilty = cited[positions(cited, lines) >= 0].index.unique()
        broken.append(shown.loc[guilty, _identity("out.health_vs_events")].assign(operand=operand))
    return pd.concat(broken)


def changes_without_outcome(frames: Frames) -> pd.DataFrame:
    """Changes that are neither a number nor refused, or both, or that say how firm they are while they are refused."""
    rows = frames["out.change"]
    number = rows["nominal_change"].notna()
    silent = rows["refusals"].isna() != number
    loud = rows["refusals"].notna() & (rows["readings"].notna() | rows["real_change"].notna())
    return rows.loc[silent | loud, [*_identity("out.change"), "nominal_change", "real_change", "readings", "refusals"]]


def secondary_changes_citable(frames: Frames) -> pd.DataFrame:
    rows = frames["out.change"]
    broken = (rows["kind"] == "secundaria") & rows["citable"].fillna(True)
    return rows.loc[broken, [*_identity("out.change"), "citable"]]


def echoes_compared(frames: Frames) -> pd.DataFrame:
    """Changes shown over a stage that repeats approved."""
    echoed = frames["out.line_all"].loc[frames["out.line_all"]["flag"] == "echo", ["line_id", "fiscal_year", "stage"]]
    shown = frames["out.change"][frames["out.change"]["refusals"].isna()]
    broken = []
    for side in ("from", "to"):
        cited = shown[[f"{side}_line_ids", f"{side}_year", f"{side}_stage"]].set_axis(
            ["line_id", "fiscal_year", "stage"], axis=1
        )
        cited = cited.dropna().assign(line_id=lambda rows: rows["line_id"].str.split(";")).explode("line_id")
        cited["line_id"] = cited["line_id"].astype("str")
        hit = cited.reset_index().merge(echoed.drop_duplicates(), on=["line_id", "fiscal_year", "stage"])
        broken.append(shown.loc[hit["index"].unique(), _identity("out.change")].assign(side=side))
    return pd.concat(broken)


def coverage_that_does_not_add_up(frames: Frames) -> pd.DataFrame:
    rows = frames["out.coverage"]
    parts = rows["documents_read"].fillna(0) + rows["documents_refused"].fillna(0)
    columns = ["government_id", "fiscal_year", "documents", "documents_read", "documents_refused"]
    return rows.loc[rows["documents"].fillna(0).ne(parts), columns]


# --- words ----------------------------------------------------------------------------------------------------------


def authored_columns(table: str) -> list[str]:
    """The text columns of a table in which we speak: not quoted, not closed vocabulary."""
    return [c.frame_name for c in TABLES[table].columns if c.type is TEXT and not c.values and c.name not in QUOTED]


def forbidden_words(table: str) -> Rule:
    """Rows in which our own text has a forbidden word.

    What stands between quotation marks is a source's, and so is what a source prints as a label or title. The rows
    name the columns and do not repeat the text: the report of the checks is an output too.
    """
    columns = authored_columns(table)

    def rule(frames: Frames) -> pd.DataFrame:
        frame = frames[table]
        # A column repeats few texts many times.
        said = {name: [text for text in frame[name].dropna().unique() if FORBIDDEN.search(text)] for name in columns}
        printed = _printed_with_forbidden_words(frames) if any(said.values()) else []
        found = pd.Series("", index=frame.index)
        for column, texts in said.items():
            if guilty := [text for text in texts if _is_guilty(text, printed)]:
                found[frame[column].isin(guilty)] += f"{column} "
        guilty_rows = found.ne("")
        return frame.loc[guilty_rows, _identity(table)].assign(columns=found[guilty_rows].str.strip())

    return rule


def _is_guilty(text: str, printed: list[str]) -> bool:
    for quoted in printed:
        text = text.replace(quoted, " ")
    return bool(FORBIDDEN.search(_QUOTATION.sub(" ", text)))


def _printed_with_forbidden_words(frames: Frames) -> list[str]:
    """Labels and titles of the sources that have such a word, the longest first."""
    texts = [frames[table][column].drop_duplicates() for table, column in PRINTED]
    every = pd.concat(texts).dropna().drop_duplicates()
    return sorted(every[every.str.contains(FORBIDDEN)], key=len, reverse=True)


def personal_data(table: str) -> Rule:
    """Rows whose label carries a personal key, an address or a telephone. The label is not repeated: the report of the checks is an output too."""

    def rule(frames: Frames) -> pd.DataFrame:
        frame = frames[table]
        labels = frame["label"].drop_duplicates().dropna()
        guilty = labels[labels.str.contains(PERSONAL, regex=True)]
        return frame.loc[frame["label"].isin(guilty), [*_identity(table), *(["page"] if "page" in frame else [])]]

    return rule
