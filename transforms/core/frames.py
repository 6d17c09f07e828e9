"""The core frames, in schema, from what was understood of the tables. Columns only; nothing is decided here."""

import re
from collections.abc import Hashable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from transforms.core.arrays import Ints
from transforms.core.book import Book
from transforms.core.facets.facet import Facet
from transforms.core.proof.attempts import OUTCOMES, PASSED, ROUNDING, TRIVIAL, BookAttempts
from transforms.core.tables import UnderstoodTable, line_classification
from transforms.words.classification import BUDGET, unit_in
from transforms.words.dates import line_dates
from transforms.words.states import government_key
from warehouse.schema.column_kind import AMOUNT as COLUMN_OF_MONEY
from warehouse.schema.core import AMOUNT, BASIS, CORE_TABLE, EXCLUSION, FACETS_OF_COLUMNS, LINE, RECONCILIATION
from warehouse.schema.text import fold

# Laws add tables that cut the same budget again: for women, for children, by fund.
_CUT = re.compile(
    r"\bmujeres\b|\bigualdad\b|\bninas\b|\badolescentes\b|\bjuvent|\bindigena|\banexo transversal|\bcambio climatico\b|\bprimera infancia\b"
)
# The code that a programme cell starts with; the lines of a programme table have their own.
_PROGRAMME = re.compile(r"[A-Z]{1,3}\d{3,4}\b|\d{1,4}\b")


def tables(book: Book, readings: Sequence[UnderstoodTable]) -> pd.DataFrame:
    """`core.table`: every printed table, also those without rows."""
    by_table = {reading.table: reading for reading in readings}
    whole = _whole_budgets(book, readings)
    of_one_unit = _of_one_unit(book.tables)
    rows = []
    for n, table in enumerate(book.tables.to_dict("records")):
        reading = by_table.get(n)
        total = _total(reading) if reading else None
        classification = reading.grid.classification if reading else "unknown"
        cut = table["document_id"] in of_one_unit or bool(_CUT.search(fold(_above(table)[-400:])))
        rows.append({
            "document_id": table["document_id"], "table": table["table"], "title": table["title"],
            "classification": classification, "page_first": table["page_first"], "page_last": table["page_last"],
            "multiplier": table["multiplier"] or None, "unit_text": table["unit_text"], "scope": _scope(classification, total, whole.get(table["document_id"]), cut),
            "lines": reading.grid.rows if reading else 0, "total_centavos": total,
        })  # fmt: skip
    return CORE_TABLE.frame(rows)


def _above(table: Mapping[Hashable, Any]) -> str:
    return f"{table['title'] or ''} {table['context'] or ''}"


def _of_one_unit(tables: pd.DataFrame) -> set[str]:
    """The documents whose first table is by its title that of one unit: no table of them is the whole budget."""
    first = tables.drop_duplicates("document_id").to_dict("records")
    return {str(table["document_id"]) for table in first if any(map(unit_in, fold(_above(table)).splitlines()))}


def _whole_budgets(book: Book, readings: Sequence[UnderstoodTable]) -> dict[str, int]:
    """The largest total, by document, that the rows of a table of the budget add up to."""
    largest: dict[str, int] = {}
    documents = book.tables["document_id"].tolist()
    for reading in readings:
        total = _total(reading) if reading.grid.classification in BUDGET else None
        if total is not None and _adds_up(reading):
            document = documents[reading.table]
            largest[document] = max(total, largest.get(document, 0))
    return largest


def _adds_up(reading: UnderstoodTable) -> bool:
    """Whether every sum of the table's total holds."""
    outcomes = np.concatenate(
        [attempts.outcome[attempts.kind == "total"] for attempts in reading.attempts] or [np.empty(0)]
    )
    return bool(len(outcomes)) and bool(np.isin(outcomes, (PASSED, ROUNDING, TRIVIAL)).all())


def _scope(classification: str, total: int | None, whole: int | None, cut: bool) -> str | None:
    """The whole budget, or a part of it: a cut by its title, or a table whose total is smaller than another's."""
    if cut:
        return "part"
    if classification not in BUDGET or total is None or whole is None or total > whole:
        return None
    return "whole" if total == whole else "part"


def _total(reading: UnderstoodTable) -> int | None:
    """The printed total of the first stage, where the table has one total row."""
    grid, tree = reading.grid, reading.tree
    rows = [r for r, kind in enumerate(tree.kinds) if kind == "total" and tree.holders[r] < 0]
    if len(rows) != 1 or not grid.columns:
        return None
    column = next((n for n, column in enumerate(grid.columns) if column.stage), 0)
    return int(grid.values[rows[0], column]) if grid.readable[rows[0], column] else None


def row_years(book: Book, readings: Sequence[UnderstoodTable]) -> Ints:
    """The year that a cell of each row says (`book.rows`), 0 where none does."""
    years = np.zeros(len(book.rows), dtype=np.int64)
    for reading in readings:
        years[reading.start : reading.start + reading.grid.rows] = [c.year or 0 for c in reading.grid.cells]
    return years


def lines(book: Book, readings: Sequence[UnderstoodTable], pages: pd.DataFrame, years: Ints) -> pd.DataFrame:
    """`core.line`, in the order of `book.rows`; `years` are those of the rows, 0 where there is none."""
    rows = book.rows
    line_id = rows["document_id"].astype("str") + ":" + rows["table"].astype("str") + ":" + rows["row"].astype("str")
    cells = list(chain.from_iterable(reading.grid.cells for reading in readings))
    codes = list(chain.from_iterable(reading.grid.codes for reading in readings))
    # A row of a stage is called as the row that stands over it.
    called = np.where(rows["heading"] >= 0, rows["heading"], np.arange(len(rows)))
    cells, codes = [cells[n] for n in called], [codes[n] for n in called]
    classification = list(chain.from_iterable(line_classification(reading.grid) for reading in readings))
    parent = _parents(readings)
    ids = line_id.to_numpy(dtype=object)
    printed = pages.set_index(["document_id", "page"])["printed_page"]
    governments = [government_key(c.government) for c in cells]
    own_government = book.tables["document_government_id"].to_numpy()[rows["t"]]
    programmes = [_PROGRAMME.match(c.programme) if c.programme else None for c in cells]
    administrative = [kind == "administrative" for kind in classification]
    return LINE.frame(pd.DataFrame({
        "line_id": ids, "document_id": rows["document_id"], "table": rows["table"], "row": rows["row"], "page": rows["page"],
        "printed_page": printed.reindex(pd.MultiIndex.from_frame(rows[["document_id", "page"]])).to_numpy(),
        "place": rows["place"],
        "government_id": [key or of_document for key, of_document in zip(governments, own_government, strict=True)],
        "fiscal_year": _known(years),
        "line_date": line_dates(rows["label_cells"]).array, "label": rows["label"].array[called], "name": [c.label.name for c in cells], "code": [c.label.code for c in cells],
        "parent_line_id": np.where(parent >= 0, ids[parent] if len(ids) else ids, None),
        "depth": list(chain.from_iterable(reading.tree.depths for reading in readings)),
        "row_kind": list(chain.from_iterable(reading.tree.kinds for reading in readings)),
        "classification": classification,
        "object_code": [code if kind == "object" else None for code, kind in zip(codes, classification, strict=True)],
        "function_code": [code if kind == "function" else None for code, kind in zip(codes, classification, strict=True)],
        "administrative_code": [c.label.code if is_unit else None for c, is_unit in zip(cells, administrative, strict=True)],
        "administrative_name": [c.body or (c.label.name if is_unit else None) for c, is_unit in zip(cells, administrative, strict=True)],
        "programme_code": [
            programme[0] if programme else c.label.code if kind == "programme" else None
            for programme, c, kind in zip(programmes, cells, classification, strict=True)
        ],
        "economic_type": [c.economic for c in cells], "funding_source": [c.funding for c in cells],
        "hidden": rows["hidden"],
    }))  # fmt: skip


def _parents(readings: Sequence[UnderstoodTable]) -> np.ndarray:
    """The place of the parent of each row in `book.rows`, -1 where it has none."""
    return np.concatenate(
        [_shifted(reading.tree.parents, reading.start) for reading in readings] or [np.empty(0, dtype=np.int64)]
    )


def _shifted(parents: Sequence[int], start: int) -> np.ndarray:
    at = np.array(parents, dtype=np.int64)
    return np.where(at >= 0, at + start, -1)


def _known(years: Ints) -> pd.Series:
    return pd.Series(years, dtype="Int64").mask(years == 0)


def amounts(book: Book, line: pd.DataFrame, years: Ints, judged: pd.DataFrame) -> pd.DataFrame:
    """`core.amount`, in the order of `book.cells`; `years` are 0 where there is none."""
    cells, r, c = book.cells, book.cells["r"].to_numpy(), book.cells["c"].to_numpy()
    stage = book.columns["stage"].astype(object).to_numpy()[c]
    stage = np.where(pd.isna(stage), book.rows["stage"].to_numpy(dtype=object)[r], stage)
    centavos = pd.array(cells["centavos"], dtype="Int64")
    centavos[(cells["problem"] == "unreadable").to_numpy(dtype=bool)] = pd.NA
    return AMOUNT.frame(pd.DataFrame({
        "line_id": line["line_id"].array[r], "document_id": cells["document_id"],
        "column": cells["column"], "header": cells["header"], "stage": stage,
        "fiscal_year": _known(years), "page": cells["page"], "place": cells["place"], "source_text": cells["source_text"],
        "multiplier": cells["multiplier"].mask(cells["foreign"]), "amount_centavos": centavos, "correction_id": cells["correction_id"],
        **{name: judged[name] for name in judged},
    }))  # fmt: skip


def bases(book: Book, facets: Mapping[str, Facet]) -> pd.DataFrame:
    """`core.basis`: what is said of the columns of amounts, facet by facet."""
    columns = book.columns
    rows = pd.DataFrame(
        [(name, *one) for name in FACETS_OF_COLUMNS for one in facets[name].statements],
        columns=["facet", "c", "basis", "page", "place", "text"],
    )
    rows = rows[(columns["kind"] == COLUMN_OF_MONEY).to_numpy()[rows["c"].to_numpy(dtype=np.int64)]]
    rows = rows.sort_values("c", kind="stable", ignore_index=True)
    c = rows["c"].to_numpy(dtype=np.int64)
    place = {name: columns[name].array[c] for name in ("document_id", "table", "column")}
    return BASIS.frame(rows.drop(columns="c").assign(**place))


def reconciliations(
    line: pd.DataFrame, tried: Sequence[BookAttempts], explained: tuple[list[str | None], list[str | None]]
) -> pd.DataFrame:
    """`core.reconciliation`: every attempt, whatever its outcome. The first of them are `explained`."""
    attempts = pd.concat([t.attempts for t in tried], ignore_index=True)
    r = attempts["r"].to_numpy(dtype=np.int64)
    ids = line["line_id"].take(r).reset_index(drop=True)
    printed = pd.array(attempts["printed"].to_numpy(dtype=np.int64), dtype="Int64")
    computed = pd.array(attempts["computed"].to_numpy(dtype=np.int64), dtype="Int64")
    printed[attempts["unreadable"].to_numpy(dtype=bool)] = pd.NA
    return RECONCILIATION.frame(pd.DataFrame({
        "reconciliation_id": ids.astype("str") + ":" + attempts["column"].astype("str") + ":" + attempts["kind"].astype("str"),
        "document_id": line["document_id"].array[r], "table": line["table"].array[r], "line_id": ids, "page": line["page"].array[r],
        "kind": attempts["kind"], "column": attempts["column"], "stage": attempts["stage"], "printed_centavos": printed,
        "computed_centavos": computed, "difference_centavos": printed - computed, "terms": attempts["terms"],
        "formula": attempts["formula"], "outcome": np.array(OUTCOMES, dtype=object)[attempts["outcome"].to_numpy(dtype=np.int64)],
        **{name: [*texts, *[None] * (len(attempts) - len(texts))] for name, texts in zip(("explanation", "evidence"), explained, strict=True)},
    }))  # fmt: skip


def exclusions(numbers: pd.DataFrame, book: Book) -> pd.DataFrame:
    """`core.exclusion`: how many numeric words are no amounts, by document and reason, with an example."""
    aside = book.set_aside
    counted = aside.groupby(["document_id", "exclusion"], sort=True).agg(
        words=("source_text", "size"), example=("source_text", "first")
    )
    counted = counted.reset_index().rename(columns={"exclusion": "reason"})
    all_words = numbers.groupby("document_id").size()
    counted["share"] = counted["words"].astype("Float64") / counted["document_id"].map(all_words).astype("Float64")
    return EXCLUSION.frame(counted)
