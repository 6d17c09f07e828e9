"""Which words speak of the year of which table: its own title first, then its page, then its document.

What one line says is in `transforms.words.years`; what follows for each amount, in `time`.
"""

from collections import defaultdict
from typing import NamedTuple

import pandas as pd

from transforms.core.book_record import Book
from transforms.words.years import years_in

_OF_TABLE = frozenset({"title", "above"})
_OF_PAGE = frozenset({"page_head", "page_foot", "sheet_name", "text_box"})
_OF_DOCUMENT = frozenset({"cover", "other_sheet"})


class YearWords(NamedTuple):
    """The years that one line says, and where it stands; `fiscal` where it calls them so, `ranged` where it is of all of them."""

    years: frozenset[int]
    fiscal: bool
    basis: str
    page: str | None
    place: str | None
    text: str
    ranged: bool = False


Levels = tuple[list[YearWords], list[YearWords], list[YearWords]]


def words_of_years(book: Book) -> list[Levels]:
    """The words of each table (`book.tables`), of its pages, and of its document."""
    documents = book.tables["document_id"].tolist()
    number = {pair: t for t, pair in enumerate(zip(documents, book.tables["table"].tolist(), strict=True))}
    levels: list[Levels] = [([], [], []) for _ in documents]
    by_page, by_document = _tables_of(book, documents)
    for document, page, kind, table, place, text in lines_of(book.texts):
        for words in _said(text, kind, page, place):
            if kind in _OF_TABLE:
                tables, level = [number[document, table]] if (document, table) in number else [], 0
            elif kind in _OF_PAGE:
                tables, level = by_page.get((document, page), []), 1
            else:
                tables, level = by_document[document] if kind in _OF_DOCUMENT else [], 2
            for t in tables:
                levels[t][level].append(words)
    for t, (title, context, page) in enumerate(
        zip(book.tables["title"], book.tables["context"], book.tables["page_first"], strict=True)
    ):
        title_words, around, _ = levels[t]
        texts = {words.text for words in (*title_words, *around)}
        if not title_words and isinstance(title, str):
            title_words += _said(title, "title", page, None)
        for line in context.splitlines() if isinstance(context, str) else ():
            if line not in texts and line != title:
                around += _said(line, "document", page, None)
    return levels


def _tables_of(book: Book, documents: list[str]) -> tuple[dict[tuple[str, str], list[int]], dict[str, list[int]]]:
    by_page: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_document: dict[str, list[int]] = defaultdict(list)
    pages = book.rows[["t", "page"]].drop_duplicates()
    for t, page in pages.itertuples(index=False, name=None):
        by_page[documents[t], page].append(t)
    for t, document in enumerate(documents):
        by_document[document].append(t)
    return by_page, by_document


def lines_of(texts: pd.DataFrame) -> list[tuple[str, str, str, int | None, str | None, str]]:
    """Document, page, kind, table, place and text of each line that stands in no table."""
    table, place = (texts[name].astype(object).where(texts[name].notna(), None) for name in ("table", "place"))
    return list(zip(texts["document_id"], texts["page"], texts["kind"], table, place, texts["text"], strict=True))


def _said(text: str, basis: str, page: str, place: str | None) -> list[YearWords]:
    years = years_in(text)
    if years.fiscal:
        return [YearWords(years.fiscal, True, basis, page, place, text, years.ranged)]
    if years.mentioned:
        return [YearWords(years.mentioned, basis == "sheet_name", basis, page, place, text)]
    return []
