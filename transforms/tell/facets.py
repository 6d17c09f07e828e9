"""On what an amount rests, facet by facet, as sentences in Spanish: for `peso explain` and the pack of evidence."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from warehouse.schema.vocabulary import BASES, FACETS, Term

AmountRow = Mapping[str, Any]


def lacking(amount: AmountRow) -> list[Term]:
    """The facets of an amount that rest on nothing."""
    return [term for facet, term in FACETS.items() if amount[f"{facet}_basis"] is None]


def tell_facets(amount: AmountRow, bases: Sequence[AmountRow]) -> Iterator[str]:
    """A sentence per facet: on what it rests, where that stands, and its words. `bases` are the rows of `core.basis` of the
    amount's column.
    """
    by_facet = {row["facet"]: row for row in bases}
    for facet, term in FACETS.items():
        basis, column = amount[f"{facet}_basis"], by_facet.get(facet)
        of_column = _words(column) if column and column["basis"] == basis else ""
        yield f"{term.es}: {_lower(BASES[basis].es) if basis else 'no se apoya en nada'}{of_column}"


def _words(row: AmountRow) -> str:
    """The words, with their page and place."""
    if not row["text"]:
        return ""
    place = f", lugar {row['place']}" if row["place"] else ""
    page = f" (página {row['page']}{place})" if row["page"] else ""
    return f", «{' '.join(row['text'].split())}»{page}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
