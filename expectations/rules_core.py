"""Rules about the raw and core tables: nothing lost, every number with an address, sums that can be relied on.

Each is a pure function from frames to the rows that break it, with the columns a reader needs to find them. Which
of them stop a release, and why they must hold, is in `business`. Rules about the out tables are in `rules_out`.
"""

import numpy as np
import pandas as pd

from expectations.plausible import implausible
from expectations.positions import Numbers, at, numbered, positions
from expectations.spec import Frames
from warehouse.schema.method import ECHO_PERCENT, ECHO_ROWS, UNIT_JUMP
from warehouse.schema.vocabulary import PROOFS

READ = ("read", "partial")
LATER = ["comprometido", "devengado", "ejercido", "pagado"]
# The share of a document's amounts, in percent, that may lack a stage, and that must be verified.
STAGELESS_PERCENT = 10
VERIFIED_PERCENT = 50
# The share of a document's sums, in percent, that may fail without being explained.
UNEXPLAINED_PERCENT = 1

_CELL = ["document_id", "table", "row", "column"]
_OF_STAGES = ["line_id", "document_id", "fiscal_year", "stage", "amount_centavos"]


def absent(
    child: pd.DataFrame,
    columns: list[str],
    parent: pd.DataFrame,
    parent_columns: list[str] | None = None,
) -> pd.Series:
    """Mask of the child rows whose reference is not in the parent. One column alone is one of text.

    A reference with a null in it refers to nothing and is not absent.
    """
    known = parent[parent_columns or columns].set_axis(columns, axis=1)
    if len(columns) == 1:
        found = positions(child[columns[0]], known[columns[0]]) >= 0
    else:
        found = np.isin(*numbered(child[columns], known))
    return ~found & child[columns].notna().all(axis=1)


def _per_document(documents: pd.Series, name: str) -> pd.Series:
    return documents.value_counts().rename(name)


def _cells(frames: Frames) -> tuple[Numbers, Numbers]:
    """A number for the cell of each numeric word, and for that of each amount: document, table, row and column.

    An amount without a line has -1. Of lines with one id, which their key check refuses, the first counts.
    """
    lines, amounts = frames["core.line"], frames["core.amount"]
    of_line = positions(amounts["line_id"], lines["line_id"])
    named = amounts[["column"]].assign(**{name: at(lines[name], of_line) for name in ("document_id", "table", "row")})
    words, cells = numbered(frames["raw.number"][_CELL], named[_CELL])
    cells[of_line < 0] = -1
    return words, cells


def dated(amounts: pd.DataFrame, frames: Frames) -> pd.DataFrame:
    """The amounts with their fiscal year: their own, else their line's, else their document's."""
    undated = amounts["fiscal_year"].isna()
    if not undated.any():
        return amounts
    lines, documents = frames["core.line"], frames["core.document"]
    of_document = at(documents["fiscal_year"], positions(lines["document_id"], documents["document_id"]))
    of_line = lines["fiscal_year"].fillna(pd.Series(of_document, index=lines.index))
    years = amounts["fiscal_year"].copy()
    years[undated] = at(of_line, positions(amounts.loc[undated, "line_id"], lines["line_id"]))
    return amounts.assign(fiscal_year=years)


# --- P2: nothing lost -----------------------------------------------------------------------------------------------


def numbers_neither_used_nor_excluded(frames: Frames) -> pd.DataFrame:
    numbers = frames["raw.number"]
    placed = numbers[["table", "row", "column"]].notna().all(axis=1)
    broken = numbers["exclusion"].isna() & ~placed
    return numbers.loc[broken, ["document_id", "page", "number", "source_text", "table", "row", "column", "exclusion"]]


def implausible_readings(frames: Frames) -> pd.DataFrame:
    """Documents with lines in which a table passed for something else: see `plausible`."""
    documents = frames["core.document"]
    read = documents.loc[documents["outcome"].isin(READ), "document_id"]
    found = implausible(frames["raw.number"])
    return found[found["document_id"].isin(read)]


def pages_not_accounted(frames: Frames) -> pd.DataFrame:
    pages = frames["raw.page"][["document_id", "page", "kind", "numeric_words"]]
    counted = frames["raw.number"].groupby(["document_id", "page"]).size().rename("found").reset_index()
    both = pages.merge(counted, on=["document_id", "page"], how="outer").astype({"found": "Int64"})
    # A page that says nothing of its words (an image) has none; a number on a page that is not listed is a fault.
    return both[both["numeric_words"].fillna(0).ne(both["found"].fillna(0)) | both["kind"].isna()]


def documents_not_accounted(frames: Frames) -> pd.DataFrame:
    """Numeric words of a document = words in the cell of an amount + words excluded with a reason."""
    documents = frames["core.document"][["document_id", "outcome", "numeric_words", "excluded"]].set_index(
        "document_id"
    )
    numbers = frames["raw.number"]
    used = np.isin(*_cells(frames)) & numbers["exclusion"].isna()
    counts = pd.concat(
        [
            _per_document(numbers["document_id"], "words_found"),
            _per_document(numbers.loc[used, "document_id"], "words_used"),
            frames["core.exclusion"].groupby("document_id")["words"].sum().rename("words_excluded"),
        ],
        axis=1,
    )
    both = documents.join(counts, how="left")
    both[counts.columns] = both[counts.columns].astype("Int64").fillna(0)
    known = both[["numeric_words", "excluded", *counts.columns]].fillna(0)
    holds = (known["words_used"] + known["words_excluded"]).eq(known["words_found"])
    holds &= known["numeric_words"].eq(known["words_found"]) & known["excluded"].eq(known["words_excluded"])
    return both[~holds].reset_index()


def amounts_not_printed(frames: Frames) -> pd.DataFrame:
    """Amounts whose cell holds no numeric word, or whose text is not the text printed there."""
    numbers, amounts = frames["raw.number"], frames["core.amount"]
    words, cells = _cells(frames)
    words[numbers[_CELL].isna().any(axis=1)] = -2  # excluded, or of no known place: it stands in no cell
    # Where a cell holds several words, how they are joined is the transform's affair.
    alone = ~pd.Series(words).duplicated(keep=False).to_numpy()
    word = pd.Index(words[alone]).get_indexer(cells)
    printed = at(numbers.loc[alone, "source_text"], word)
    broken = np.where(word >= 0, amounts["source_text"].ne(printed), (cells >= 0) & ~np.isin(cells, words))
    return amounts.loc[broken, ["line_id", "column", "source_text"]].assign(printed=printed[broken])


def documents_miscounted(frames: Frames) -> pd.DataFrame:
    amounts = frames["core.amount"]
    counted = pd.concat(
        [
            _per_document(frames["core.line"]["document_id"], "lines_found"),
            _per_document(amounts["document_id"], "amounts_found"),
            _per_document(amounts.loc[amounts["verified"].fillna(False), "document_id"], "verified_found"),
        ],
        axis=1,
    )
    columns = ["lines", "amounts", "verified"]
    both = frames["core.document"][["document_id", *columns]].set_index("document_id").join(counted)
    both[counted.columns] = both[counted.columns].astype("Int64").fillna(0)
    known = both.fillna(0)
    wrong = pd.concat([known[c].ne(known[f"{c}_found"]) for c in columns], axis=1).any(axis=1)
    return both[wrong].reset_index()


# --- P3: every number has an address --------------------------------------------------------------------------------


def amounts_without_line(frames: Frames) -> pd.DataFrame:
    amounts, lines = frames["core.amount"], frames["core.line"]
    of_line = at(lines["document_id"], positions(amounts["line_id"], lines["line_id"]))
    broken = amounts["document_id"].ne(of_line) & amounts["line_id"].notna() & amounts["document_id"].notna()
    return amounts.loc[broken, ["line_id", "column", "document_id", "page", "source_text"]]


def lines_without_document(frames: Frames) -> pd.DataFrame:
    lines = frames["core.line"]
    return lines.loc[
        absent(lines, ["document_id"], frames["core.document"]), ["line_id", "document_id", "page", "label"]
    ]


def lines_without_page(frames: Frames) -> pd.DataFrame:
    lines = frames["core.line"]
    return lines.loc[
        absent(lines, ["document_id", "page"], frames["raw.page"]), ["line_id", "document_id", "page", "label"]
    ]


def lines_without_table(frames: Frames) -> pd.DataFrame:
    lines = frames["core.line"]
    return lines.loc[
        absent(lines, ["document_id", "table"], frames["core.table"]), ["line_id", "document_id", "table", "label"]
    ]


def lines_without_parent(frames: Frames) -> pd.DataFrame:
    """Lines whose parent is not a line of the same table, or is the line itself."""
    lines = frames["core.line"]
    parent = positions(lines["parent_line_id"], lines["line_id"])
    table = ["document_id", "table"]
    broken = pd.concat([lines[name].ne(at(lines[name], parent)).fillna(True) for name in table], axis=1).any(axis=1)
    broken &= lines[[*table, "parent_line_id"]].notna().all(axis=1)
    broken |= lines["parent_line_id"].eq(lines["line_id"]).fillna(False)
    return lines.loc[broken, ["line_id", "parent_line_id", "label"]]


def refused_without_message(frames: Frames) -> pd.DataFrame:
    documents = frames["core.document"]
    silent = ~documents["outcome"].isin(READ) & documents["message"].fillna("").str.strip().eq("")
    return documents.loc[silent, ["document_id", "title", "outcome", "message"]]


def periods_reversed(frames: Frames) -> pd.DataFrame:
    documents = frames["core.document"]
    reversed_ = documents["period_end"].lt(documents["period_start"]).fillna(False)
    return documents.loc[reversed_, ["document_id", "title", "period_start", "period_end"]]


def lines_of_refused_documents(frames: Frames) -> pd.DataFrame:
    documents = frames["core.document"]
    refused = documents.loc[~documents["outcome"].isin(READ), ["document_id", "outcome"]]
    return frames["core.line"][["line_id", "document_id", "page", "label"]].merge(refused, on="document_id")


def reconciliations_without_line(frames: Frames) -> pd.DataFrame:
    reconciliations = frames["core.reconciliation"]
    broken = absent(reconciliations, ["line_id"], frames["core.line"])
    return reconciliations.loc[broken, ["reconciliation_id", "line_id", "formula"]]


def undeclared_corrections(frames: Frames) -> pd.DataFrame:
    """Amounts that were corrected by nothing declared: no correction id, or one that was not applied."""
    amounts, corrections = frames["core.amount"], frames["core.correction"]
    applied = corrections.loc[corrections["outcome"].eq("applied").fillna(False), "correction_id"]
    broken = amounts["reason"].eq("correction").fillna(False) & amounts["correction_id"].isna()
    broken |= amounts["correction_id"].notna() & ~amounts["correction_id"].isin(applied)
    return amounts.loc[broken, ["line_id", "column", "source_text", "amount_centavos", "reason", "correction_id"]]


# --- P1: what is verified -------------------------------------------------------------------------------------------


def proofs_without_reconciliation(frames: Frames) -> pd.DataFrame:
    """Verified amounts of documents in which no sum of the kind that is said to prove them holds."""
    counts = frames["core.amount"].groupby(["document_id", "reason"]).size().rename("amounts").reset_index()
    counts = counts[counts["reason"].isin([p for p in PROOFS if p != "correction"])]
    sums = frames["core.reconciliation"]
    holding = sums.loc[sums["outcome"].isin(["passed", "rounding"]), ["document_id", "kind"]]
    return counts[absent(counts, ["document_id", "reason"], holding, ["document_id", "kind"])]


def hints_that_do_not_fit(frames: Frames) -> pd.DataFrame:
    documents = frames["core.document"]
    unfit = documents["message"].fillna("").str.contains(r"\bHint \w+[:=]")
    return documents.loc[unfit, ["document_id", "title", "message"]]


def units_contradicted(frames: Frames) -> pd.DataFrame:
    """Tables whose words name another unit than they were read in."""
    tables = frames["core.table"]
    said = tables["unit_text"].fillna("").str.lower()
    unit = pd.Series(1, index=tables.index).mask(said.str.contains("miles"), 1_000)
    unit = unit.mask(said.str.contains("millones"), 1_000_000)
    other = said.ne("") & tables["multiplier"].ne(unit).fillna(False)
    return tables.loc[other, ["document_id", "table", "unit_text", "multiplier"]]


def documents_hardly_verified(frames: Frames) -> pd.DataFrame:
    documents = frames["core.document"]
    amounts, verified = documents["amounts"].fillna(0), documents["verified"].fillna(0)
    hardly = amounts.gt(0) & (verified * 100).lt(amounts * VERIFIED_PERCENT)
    return documents.loc[hardly, ["document_id", "title", "amounts", "verified"]]


def sums_unexplained(frames: Frames) -> pd.DataFrame:
    """Documents in which too many of the printed sums fail without being shown to be the source's error."""
    sums = frames["core.reconciliation"][["document_id", "kind", "outcome", "explanation"]]
    sums = sums[sums["outcome"].ne("trivial") & sums["kind"].ne("twin")]
    failed, explained = sums["outcome"].eq("failed"), sums["explanation"].eq("source_error").fillna(False)
    told = sums.assign(source_error=failed & explained, unexplained=failed & ~explained)
    counts = told.groupby("document_id").agg(
        sums=("outcome", "size"), source_error=("source_error", "sum"), unexplained=("unexplained", "sum")
    )
    return counts[counts["unexplained"] * 100 >= counts["sums"] * UNEXPLAINED_PERCENT].reset_index()


# --- sums, units and stages -----------------------------------------------------------------------------------------


def details_above_total(frames: Frames) -> pd.DataFrame:
    """Columns of tables whose total reconciles, and whose details nevertheless add up to more.

    Of lines with one id, which their key check refuses, the first counts; so in `amounts_without_line` and
    `lines_without_parent`.
    """
    column = ["document_id", "table", "column"]
    reconciled = frames["core.reconciliation"]
    totals = reconciled.loc[reconciled["kind"].eq("total").fillna(False), [*column, "outcome"]]
    status = totals.assign(holds=totals["outcome"].isin(["passed", "rounding"])).groupby(column)["holds"].all()
    lines, amounts = frames["core.line"], frames["core.amount"]
    of_line = positions(amounts["line_id"], lines["line_id"])
    amounts = amounts[["document_id", "column", "multiplier", "amount_centavos"]].assign(
        table=at(lines["table"], of_line), row_kind=at(lines["row_kind"], of_line)
    )
    sums = amounts.groupby(["row_kind", *column]).agg(
        centavos=("amount_centavos", "sum"), amounts=("amount_centavos", "size"), multiplier=("multiplier", "max")
    )
    printed, details = (sums[sums.index.get_level_values(0) == kind].droplevel(0) for kind in ("total", "detail"))
    both = pd.concat(
        [
            status,
            printed["centavos"].rename("total_centavos"),
            details["centavos"].rename("details_centavos"),
            # Each detail may have been rounded by half a printed unit.
            (details["amounts"] * details["multiplier"].fillna(1) * 50).rename("allowance"),
        ],
        axis=1,
        join="inner",
    )
    above = (
        both["holds"]
        & both["total_centavos"].gt(0)
        & both["details_centavos"].gt(both["total_centavos"] + both["allowance"])
    )
    return both[above.astype(bool)].drop(columns=["holds", "allowance"]).reset_index()


def documents_without_stages(frames: Frames) -> pd.DataFrame:
    amounts = frames["core.amount"]
    counts = amounts.assign(without=amounts["stage"].isna()).groupby("document_id")["without"].agg(["size", "sum"])
    counts = counts.rename(columns={"size": "amounts", "sum": "without_stage"})
    return counts[counts["without_stage"] * 100 > counts["amounts"] * STAGELESS_PERCENT].reset_index()


def echoed_stages(frames: Frames) -> pd.DataFrame:
    """Later stages that equal approved on nearly all non-zero rows of a document: placeholders."""
    amounts = frames["core.amount"]
    wanted = amounts["stage"].isin(["aprobado", *LATER]) & amounts["amount_centavos"].notna()
    amounts = dated(amounts.loc[wanted, _OF_STAGES], frames)
    # By numbers: two columns of text would be compared for every amount.
    amounts = amounts.assign(line=pd.factorize(amounts["line_id"])[0])
    key = ["line", "fiscal_year"]
    is_approved = amounts["stage"].eq("aprobado")
    approved = amounts.loc[is_approved, [*key, "amount_centavos"]].drop_duplicates(key)
    later = amounts.loc[~is_approved, [*key, "document_id", "stage", "amount_centavos"]]
    both = later.merge(approved.rename(columns={"amount_centavos": "approved"}), on=key)
    both = both[both["amount_centavos"].ne(0) | both["approved"].ne(0)]
    both["equal"] = both["amount_centavos"].eq(both["approved"])
    counts = both.groupby(["document_id", "fiscal_year", "stage"], dropna=False)["equal"].agg(["size", "sum"])
    counts = counts.rename(columns={"size": "rows", "sum": "equal"})
    echoes = counts["rows"].ge(ECHO_ROWS) & (counts["equal"] * 100).ge(counts["rows"] * ECHO_PERCENT)
    return counts[echoes].reset_index()


def _totals(frames: Frames) -> pd.DataFrame:
    """The largest printed total per document, classification, year and stage, with its government."""
    lines = frames["core.line"]
    lines = lines.loc[lines["row_kind"].eq("total").fillna(False), ["line_id", "government_id", "classification"]]
    amounts = frames["core.amount"][_OF_STAGES]
    # Only of those lines, which are few.
    amounts = amounts[positions(amounts["line_id"], lines["line_id"]) >= 0]
    amounts = dated(amounts[amounts["amount_centavos"].gt(0).fillna(False) & amounts["stage"].notna()], frames)
    kinds = frames["core.document"][["document_id", "kind"]]
    totals = amounts.merge(lines, on="line_id").merge(kinds, on="document_id")
    group = ["government_id", "kind", "classification", "document_id", "fiscal_year", "stage"]
    return totals.groupby(group, dropna=False)["amount_centavos"].max().reset_index()


def unit_jumps_between_years(frames: Frames) -> pd.DataFrame:
    series = ["government_id", "kind", "classification", "stage"]
    totals = _totals(frames).dropna(subset=["government_id", "fiscal_year"])
    yearly = (
        totals.sort_values("amount_centavos")
        .drop_duplicates([*series, "fiscal_year"], keep="last")
        .sort_values([*series, "fiscal_year"])
    )
    before = yearly.groupby(series, dropna=False)[["fiscal_year", "amount_centavos", "document_id"]].shift()
    both = yearly.join(before.add_suffix("_before"))
    high = both[["amount_centavos", "amount_centavos_before"]].max(axis=1)
    low = both[["amount_centavos", "amount_centavos_before"]].min(axis=1)
    return both[both["amount_centavos_before"].notna() & high.gt(low * UNIT_JUMP)]


def unit_jumps_between_stages(frames: Frames) -> pd.DataFrame:
    """Totals of one document and year whose stages are further apart than execution can explain."""
    levels = ["aprobado", "modificado", "devengado", "ejercido", "pagado"]
    totals = _totals(frames)
    totals = totals[totals["stage"].isin(levels)]
    group = totals.groupby(["document_id", "classification", "fiscal_year"], dropna=False)["amount_centavos"]
    spread = group.agg(["min", "max"]).rename(columns={"min": "lowest_centavos", "max": "highest_centavos"})
    return spread[spread["highest_centavos"].gt(spread["lowest_centavos"] * UNIT_JUMP)].reset_index()
