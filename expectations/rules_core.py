"""Rules about the raw and core tables: nothing lost, every number with an address, sums that can be relied on.

Each is a pure function from frames to the rows that break it, with the columns a reader needs to find them. Which
of them stop a release, and why they must hold, is in `business`. Rules about the out tables are in `rules_out`.
"""

import pandas as pd

from expectations.plausible import implausible
from expectations.spec import Frames
from warehouse.schema.vocabulary import PROOFS

READ = ("read", "partial")
# METHOD, unit rule: a jump over this many times is a question of units until someone has looked.
UNIT_JUMP = 20
# METHOD, echo: "all or nearly all" of the non-zero rows, in percent, and the fewest rows that can show it. As in the
# comparisons, which leave echoes out.
ECHO_PERCENT = 99
ECHO_ROWS = 20
# The share of a document's amounts, in percent, that may lack a stage, and that must be verified.
STAGELESS_PERCENT = 10
VERIFIED_PERCENT = 50
# The share of a document's sums, in percent, that may fail without being explained.
UNEXPLAINED_PERCENT = 1

_CELL = ["document_id", "table", "row", "column"]


def absent(
    child: pd.DataFrame,
    columns: list[str],
    parent: pd.DataFrame,
    parent_columns: list[str] | None = None,
    *,
    null_matters: bool = False,
) -> pd.Series:
    """Mask of the child rows whose reference is not in the parent.

    A reference with a null in it refers to nothing and is not absent, unless `null_matters`: then null equals null.
    """
    # By merging: pandas looks up text in text (isin) some ten times slower.
    known = parent[parent_columns or columns].drop_duplicates().set_axis(columns, axis=1)
    side = child[columns].merge(known, on=columns, how="left", indicator=True)["_merge"]
    missing = pd.Series((side == "left_only").to_numpy(), index=child.index)
    return missing if null_matters else missing & child[columns].notna().all(axis=1)


def _per_document(frame: pd.DataFrame, name: str) -> pd.Series:
    return frame.groupby("document_id").size().rename(name)


def _cells(frames: Frames) -> pd.DataFrame:
    """The cell of each amount: document, table, row and column, with its text."""
    lines = frames["core.line"][["line_id", "document_id", "table", "row"]]
    amounts = frames["core.amount"][["line_id", "column", "source_text"]]
    return amounts.merge(lines, on="line_id")


def dated(frames: Frames) -> pd.DataFrame:
    """The amounts with their fiscal year: their own, else their line's, else their document's."""
    years = frames["core.line"][["line_id", "document_id", "fiscal_year"]].merge(
        frames["core.document"][["document_id", "fiscal_year"]].drop_duplicates("document_id"),
        on="document_id",
        how="left",
        suffixes=("", "_document"),
    )
    years = years.assign(year=years["fiscal_year"].fillna(years["fiscal_year_document"]))[
        ["line_id", "year"]
    ].drop_duplicates("line_id")
    amounts = frames["core.amount"][
        ["line_id", "document_id", "column", "fiscal_year", "stage", "amount_centavos", "verified"]
    ]
    of_line = amounts[["line_id"]].merge(years, on="line_id", how="left")["year"].set_axis(amounts.index)
    return amounts.assign(fiscal_year=amounts["fiscal_year"].fillna(of_line))


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
    numbers = frames["raw.number"]
    return implausible(numbers[numbers["document_id"].isin(read)])


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
    cells = _cells(frames)[_CELL].drop_duplicates()
    used = numbers.loc[numbers["exclusion"].isna(), _CELL].merge(cells, on=_CELL)
    counts = pd.concat(
        [
            _per_document(numbers, "words_found"),
            _per_document(used, "words_used"),
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
    numbers = frames["raw.number"]
    numbers = numbers.loc[numbers["table"].notna(), [*_CELL, "source_text"]].rename(columns={"source_text": "printed"})
    words = numbers.groupby(_CELL, sort=False)["printed"].agg(["first", "size"]).reset_index()
    both = _cells(frames).merge(words, on=_CELL, how="left")
    # Where a cell holds several words, how they are joined is the transform's affair.
    differs = both["size"].eq(1) & both["first"].ne(both["source_text"])
    broken = both[both["size"].isna() | differs]
    return broken[["line_id", "column", "source_text", "first"]].rename(columns={"first": "printed"})


def documents_miscounted(frames: Frames) -> pd.DataFrame:
    amounts = frames["core.amount"]
    counted = pd.concat(
        [
            _per_document(frames["core.line"], "lines_found"),
            _per_document(amounts, "amounts_found"),
            _per_document(amounts[amounts["verified"].fillna(False)], "verified_found"),
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
    broken = absent(amounts, ["line_id", "document_id"], lines)
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
    broken = absent(lines, ["document_id", "table", "parent_line_id"], lines, ["document_id", "table", "line_id"])
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
    amounts = frames["core.amount"]
    proven = amounts.loc[amounts["reason"].isin([p for p in PROOFS if p != "correction"]), ["document_id", "reason"]]
    sums = frames["core.reconciliation"]
    holding = sums.loc[sums["outcome"].isin(["passed", "rounding"]), ["document_id", "kind"]]
    counts = proven.groupby(["document_id", "reason"]).size().rename("amounts").reset_index()
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
    sums = frames["core.reconciliation"]
    sums = sums[sums["outcome"].ne("trivial") & sums["kind"].ne("twin")]
    failed, explained = sums["outcome"].eq("failed"), sums["explanation"].eq("source_error").fillna(False)
    told = sums.assign(source_error=failed & explained, unexplained=failed & ~explained)
    counts = told.groupby("document_id").agg(
        sums=("outcome", "size"), source_error=("source_error", "sum"), unexplained=("unexplained", "sum")
    )
    return counts[counts["unexplained"] * 100 >= counts["sums"] * UNEXPLAINED_PERCENT].reset_index()


# --- sums, units and stages -----------------------------------------------------------------------------------------


def details_above_total(frames: Frames) -> pd.DataFrame:
    """Columns of tables whose total reconciles, and whose details nevertheless add up to more."""
    sums = frames["core.reconciliation"]
    totals = sums[sums["kind"].eq("total").fillna(False)]
    column = ["document_id", "table", "column"]
    status = totals.assign(holds=totals["outcome"].isin(["passed", "rounding"])).groupby(column)["holds"].all()
    lines = frames["core.line"][["line_id", "table", "row_kind"]]
    amounts = frames["core.amount"][["line_id", "document_id", "column", "multiplier", "amount_centavos"]].merge(
        lines, on="line_id"
    )
    printed = amounts[amounts["row_kind"].eq("total").fillna(False)].groupby(column)["amount_centavos"].sum()
    details = amounts[amounts["row_kind"].eq("detail").fillna(False)].groupby(column)
    both = pd.concat(
        [
            status,
            printed.rename("total_centavos"),
            details["amount_centavos"].sum().rename("details_centavos"),
            # Each detail may have been rounded by half a printed unit.
            (details.size() * details["multiplier"].max().fillna(1) * 50).rename("allowance"),
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
    amounts = dated(frames)
    # By numbers: two columns of text would be compared for every amount.
    amounts = amounts.assign(line=pd.factorize(amounts["line_id"])[0])[amounts["amount_centavos"].notna()]
    key = ["line", "fiscal_year"]
    approved = amounts.loc[amounts["stage"].eq("aprobado").fillna(False), [*key, "amount_centavos"]]
    approved = approved.drop_duplicates(key).rename(columns={"amount_centavos": "approved"})
    is_later = amounts["stage"].isin(["comprometido", "devengado", "ejercido", "pagado"])
    later = amounts.loc[is_later, [*key, "document_id", "stage", "amount_centavos"]]
    both = later.merge(approved, on=key)
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
    amounts = frames["core.amount"]
    # Only of those lines, which are few: what is left out here need not be dated.
    amounts = amounts[amounts["amount_centavos"].gt(0).fillna(False) & amounts["stage"].notna()]
    amounts = amounts.merge(lines[["line_id"]].drop_duplicates(), on="line_id")
    amounts = dated({**frames, "core.amount": amounts})
    amounts = amounts[["line_id", "document_id", "fiscal_year", "stage", "amount_centavos"]]
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
