"""All raw tables of a run in one sorted shape, with the meaning of columns and texts decided once.

Loops run over tables and columns; amounts are handled as arrays. What the rows of a table mean to one another is
decided table by table in `tables`.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.core.book_record import Book
from transforms.core.facets.unit import find_units
from transforms.core.headings import headings, rates
from transforms.core.marks import decimal_commas, doubtful_commas, grouping_points
from transforms.core.repair import corrections as declared_corrections
from transforms.words.classification import BUDGET, by_words
from transforms.words.document_stage import TitledColumns, is_given_out, speaks_of_income, stage_by_document
from transforms.words.headers import Header, is_hinted, read_header, stage_in_label, stage_of
from transforms.words.money import parse_all
from transforms.words.notes import stage_by_note, stages_of_notes
from warehouse.schema.column_kind import AMOUNT, LABEL, PATTERNS, QUANTITY, Figures, column_kind, names_no_money
from warehouse.schema.lexicon import PAY
from warehouse.schema.raw import RAW_TEXT
from warehouse.schema.text import fold

__all__ = ["Book", "open_book"]

_OF_DOCUMENT = ("government_id", "government_names", "superior_names", "fiscal_year", "kind", "hints", "catalogued")
# Of readings that have no frame of them.
NO_TEXTS = RAW_TEXT.frame()
# Among rows of stages, as the account of the federation prints them.
_STAGE_AMONG_STAGES = {"ejercicio": "ejercido"}
_POSTS = re.compile(r"\bplazas\b")


def open_book(raw: Mapping[str, pd.DataFrame], documents: pd.DataFrame, corrections: pd.DataFrame | None) -> Book:
    """Sorts the raw frames by place and decides what each column and each text is."""
    tables = _tables(raw["table"], documents)
    place = pd.MultiIndex.from_frame(tables[["document_id", "table"]])
    rows = _sorted(raw["row"], place, ["row"])
    columns = _sorted(raw["column"], place, ["column"])
    cells, set_aside = _cells(raw["number"], place, rows, columns)
    texts = raw.get("text", NO_TEXTS)
    columns = _meanings(columns, cells, tables, texts)
    rows["stage"] = _row_stages(rows, columns)
    rows["heading"] = headings(rows)
    cells["hidden"] = _hidden(cells, rows, columns, raw["page"])
    money = columns["kind"].to_numpy()[cells["c"]] == "amount"
    percent = cells["source_text"].str.contains("%", regex=False).to_numpy(dtype=bool)
    percent = percent | rates(rows["label"])[cells["r"]]
    reasons = np.where(money, "percentage", columns["kind"].to_numpy()[cells["c"]])
    set_aside = pd.concat([set_aside, cells.loc[~money | percent].assign(exclusion=reasons[~money | percent])])
    cells = cells.loc[money & ~percent].reset_index(drop=True)
    cells["label"] = rows["label"].array[cells["r"]]
    cells["header"] = columns["header"].array[cells["c"]]
    text, applied, outcomes = declared_corrections.apply(cells, corrections)
    cells["correction_id"] = applied
    book = Book(tables, rows, columns, cells, set_aside, outcomes, texts)
    units = find_units(book)
    book.unit = units.facet
    tables["multiplier"] = np.array([unit.multiplier for unit in units.of_table], dtype=np.int64)
    tables["unit_text"] = [unit.text for unit in units.of_table]
    _parse(cells, text, tables, np.where(units.foreign, 1, units.multiplier))
    cells["foreign"] = units.foreign
    cells.loc[units.foreign, "problem"] = "unreadable"  # in pesos
    return book


def _tables(tables: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Tables in order, with what the catalogue says of their document."""
    tables = tables.sort_values(["document_id", "table"], kind="stable", ignore_index=True)
    described = documents.set_index("document_id")
    for name in _OF_DOCUMENT:
        values = described[name].astype(object) if name in described else pd.Series(dtype=object)
        tables[f"document_{name}"] = tables["document_id"].map(values).astype(object).where(lambda x: x.notna(), None)
    tables["hints"] = [json.loads(text) if text else {} for text in tables["document_hints"]]
    return tables


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _sorted(frame: pd.DataFrame, place: pd.MultiIndex, by: list[str]) -> pd.DataFrame:
    at = place.get_indexer(pd.MultiIndex.from_frame(frame[["document_id", "table"]]))
    frame = frame.assign(t=at)[at >= 0]
    return frame.sort_values(["t", *by], kind="stable", ignore_index=True)


def _cells(
    numbers: pd.DataFrame, place: pd.MultiIndex, rows: pd.DataFrame, columns: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The numbers that stand in a row and a column of a table, and the others with their reason."""
    standing = numbers["exclusion"].isna() & numbers[["table", "row", "column"]].notna().all(axis=1)
    cells = _sorted(numbers[standing], place, ["row", "column", "number"])
    keys = cells[["t", "row", "column"]].astype(np.int64)
    cells["r"] = pd.MultiIndex.from_frame(rows[["t", "row"]].astype(np.int64)).get_indexer(
        pd.MultiIndex.from_frame(keys[["t", "row"]])
    )
    cells["c"] = pd.MultiIndex.from_frame(columns[["t", "column"]].astype(np.int64)).get_indexer(
        pd.MultiIndex.from_frame(keys[["t", "column"]])
    )
    # Two numbers in one cell, or a number whose row or column was not described, cannot be read as an amount.
    twice = keys.duplicated().to_numpy()
    lost = twice | (cells["r"] < 0).to_numpy() | (cells["c"] < 0).to_numpy()
    crowded = keys.duplicated(keep=False).to_numpy() & ~twice
    cells["crowded"] = crowded
    aside = numbers[~standing]
    aside = aside.assign(exclusion=aside["exclusion"].fillna("unreadable"))
    return cells[~lost].reset_index(drop=True), pd.concat([aside, cells[lost].assign(exclusion="unreadable")])


def _meanings(columns: pd.DataFrame, cells: pd.DataFrame, tables: pd.DataFrame, texts: pd.DataFrame) -> pd.DataFrame:
    """Kind, stage and year of every column, from its header, its texts, and the document's hints."""
    headers = columns["header"].astype(object).where(columns["header"].notna(), None).tolist()
    of_table = columns["t"].to_numpy()
    noted = _noted(headers, of_table, tables, texts)
    stages = _stages(headers, noted, of_table, tables)
    posts = np.array([bool(_POSTS.search(fold(_text(x)))) for x in tables["title"]], dtype=bool)[of_table]
    hints = tables["hints"].to_numpy()[of_table]
    hinted = [_is_hinted(header, hint) for header, hint in zip(headers, hints, strict=True)]
    figures = _figures(cells, len(columns))
    kinds = [
        AMOUNT if hint and stage else _kind(header, shapes, of_posts)
        for header, shapes, stage, hint, of_posts in zip(headers, figures, stages, hinted, posts.tolist(), strict=True)
    ]
    meanings = [read_header(header) for header in headers]
    named = [
        "catalogue" if hint and stage else "header" if _names_money(header, shapes) else None
        for header, shapes, stage, hint in zip(headers, figures, stages, hinted, strict=True)
    ]
    of_stage = [
        _stage_by(stage, meaning, note) if stage and not hint else "catalogue" if stage else None
        for stage, hint, meaning, note in zip(stages, hinted, meanings, noted, strict=True)
    ]
    return columns.assign(
        kind=kinds,
        stage=pd.array([s if k == AMOUNT else None for s, k in zip(stages, kinds, strict=True)], dtype="str"),
        meaning=meanings,
        figures=figures,
        money_by=pd.Series(named, columns.index, dtype=object),
        stage_by=pd.Series(
            [s if k == AMOUNT else None for s, k in zip(of_stage, kinds, strict=True)], columns.index, dtype=object
        ),
    )


def _names_money(header: str | None, figures: Figures) -> bool:
    return column_kind(header, figures).kind == AMOUNT and not names_no_money(header)


def _stage_by(stage: str, meaning: Header, note: str | None) -> str:
    return "header" if stage == meaning.stage else "below" if stage == note else "document_kind"


def _noted(headers: list[str | None], of_table: Ints, tables: pd.DataFrame, texts: pd.DataFrame) -> list[str | None]:
    """The stage that a note under its table gives each column."""
    below = texts[(texts["kind"] == "below") & texts["table"].notna()]
    lines: dict[tuple[str, int], list[str]] = {}
    for document, table, text in zip(below["document_id"], below["table"], below["text"], strict=True):
        lines.setdefault((document, int(table)), []).append(text)
    places = zip(tables["document_id"], tables["table"], strict=True)
    notes = [stages_of_notes(lines.get((document, int(table)), ())) for document, table in places]
    return [stage_by_note(header, notes[t]) for header, t in zip(headers, of_table.tolist(), strict=True)]


def _stages(
    headers: list[str | None], noted: list[str | None], of_table: Ints, tables: pd.DataFrame
) -> list[str | None]:
    """The stage of each column, if it is one of amounts: the hint's or the header's, a note's, the document's."""
    hints = tables["hints"].to_numpy()[of_table]
    of_documents = _table_words(headers, of_table, tables)
    given_out = np.array([is_given_out(words.title, words.headers) for words in of_documents], dtype=bool)
    kinds = np.where(given_out, tables["document_kind"].to_numpy(dtype=object), None)[of_table]
    budget = np.array([by_words(words.title) in BUDGET for words in of_documents])[of_table]
    return [
        stage_of(header, hint.get("stages") or {}, kind, bool(is_budget), of_documents[t].year)
        or (None if _is_hinted(header, hint) else note or stage_by_document(header, of_documents[t]))
        for header, hint, kind, is_budget, t, note in zip(
            headers, hints, kinds, budget, of_table.tolist(), noted, strict=True
        )
    ]


def _is_hinted(header: str | None, hint: Mapping[str, Any]) -> bool:
    return any(is_hinted(header, words) for words in hint.get("stages") or {})


def _table_words(headers: list[str | None], of_table: Ints, tables: pd.DataFrame) -> list[TitledColumns]:
    """What the stage of each table's columns is read from, where their headers say none."""
    by_table: list[list[str | None]] = [[] for _ in range(len(tables))]
    for header, t in zip(headers, of_table.tolist(), strict=True):
        by_table[t].append(header)
    spoken: dict[str, list[str]] = {}
    for document, title, context in zip(tables["document_id"], tables["title"], tables["context"], strict=True):
        spoken.setdefault(document, []).append(fold(f"{_text(title) or ''} {_text(context) or ''}"))
    income = {document: speaks_of_income(texts) for document, texts in spoken.items()}
    years = [None if year is None else int(year) for year in tables["document_fiscal_year"]]
    described = zip(tables["document_kind"], years, tables["title"], by_table, tables["document_id"], strict=True)
    return [
        TitledColumns(kind, year, _text(title), tuple(of), income[name]) for kind, year, title, of, name in described
    ]


def _figures(cells: pd.DataFrame, columns: int) -> list[Figures]:
    """What the texts of each column look like."""
    texts = cells["source_text"].str.strip()
    shapes = {name: texts.str.contains(pattern).to_numpy(dtype=bool) for name, pattern in PATTERNS.items()}
    shares = pd.DataFrame(shapes).groupby(cells["c"].to_numpy()).mean().reindex(range(columns)).fillna(0.0)
    return [Figures(*row) for row in shares.itertuples(index=False)]


def _kind(header: str | None, figures: Figures, of_posts: bool) -> str:
    """What the header says, unless what is printed under it cannot be that. The reader found the column among amounts:
    a header that names text, or nothing, does not take it from them.

    A table of posts prints how many there are, unless the figures look like money or the header says pay.
    """
    column = column_kind(header, figures)
    kind = AMOUNT if column.kind in (None, LABEL) else column.kind
    counts_posts = of_posts and kind == AMOUNT and not PAY.search(fold(header)) and figures.centavos < 0.5
    return QUANTITY if counts_posts else kind


def _row_stages(rows: pd.DataFrame, columns: pd.DataFrame) -> list[str | None]:
    """The stage of each row where the rows of a table are stages: two at least, and none over its columns."""
    stages = [stage_in_label(_text(label)) for label in rows["label"].tolist()]
    named = {(t, stage) for t, stage in zip(rows["t"].tolist(), stages, strict=True) if stage}
    several = {t for t, count in Counter(t for t, _ in named).items() if count > 1}
    downward = several - set(columns.loc[columns["stage"].notna(), "t"])
    alone = [
        stage or _STAGE_AMONG_STAGES.get(fold(_text(label))) for stage, label in zip(stages, rows["label"], strict=True)
    ]
    return [stage if t in downward else None for stage, t in zip(alone, rows["t"].tolist(), strict=True)]


def _hidden(cells: pd.DataFrame, rows: pd.DataFrame, columns: pd.DataFrame, pages: pd.DataFrame) -> Bools:
    hidden: Bools = rows["hidden"].fillna(False).to_numpy(dtype=bool)[cells["r"]]
    hidden |= columns["hidden"].fillna(False).to_numpy(dtype=bool)[cells["c"]]
    out_of_sight = pages[pages["hidden"].fillna(False).astype(bool)]
    if len(out_of_sight):
        hidden_pages = pd.MultiIndex.from_frame(out_of_sight[["document_id", "page"]])
        hidden |= hidden_pages.get_indexer(pd.MultiIndex.from_frame(cells[["document_id", "page"]])) >= 0
    hidden |= cells["flag"].isin(["hidden", "not_visible", "struck_out"]).to_numpy(dtype=bool)
    return hidden


def _parse(cells: pd.DataFrame, text: pd.Series, tables: pd.DataFrame, multiplier: Ints) -> None:
    """Adds centavos, problem, precision and multiplier to the cells; each unit and decimal mark at once."""
    # A data file writes its zeros as zeros; a dash there is no amount.
    data_file = (tables["method"] == "csv").to_numpy(dtype=bool)[cells["t"]]
    centavos = np.zeros(len(cells), dtype=np.int64)
    precision = np.zeros(len(cells), dtype=np.int64)
    problem = np.full(len(cells), None, dtype=object)
    commas = decimal_commas(text, cells["t"].to_numpy(), len(tables))[cells["t"]]
    text, doubtful = grouping_points(text, cells, multiplier, (tables["method"] == "sheet").to_numpy(dtype=bool))
    doubtful |= doubtful_commas(text, cells["t"].to_numpy(), commas)
    for unit, comma in pd.DataFrame({"unit": multiplier, "comma": commas}).drop_duplicates().itertuples(index=False):
        chosen = np.flatnonzero((multiplier == unit) & (commas == comma))
        read = parse_all(text.iloc[chosen], unit, comma)
        centavos[chosen], precision[chosen], problem[chosen] = read["centavos"], read["precision"], read["problem"]
        problem[chosen[read["dash"].to_numpy(dtype=bool) & data_file[chosen]]] = "unreadable"
    problem[cells["crowded"].to_numpy() | (cells["flag"] == "error_cell").to_numpy(dtype=bool) | doubtful] = (
        "unreadable"
    )
    cells["centavos"], cells["precision"], cells["problem"], cells["multiplier"] = (
        centavos,
        precision,
        problem,
        multiplier,
    )
