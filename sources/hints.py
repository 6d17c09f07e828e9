"""The hints of a catalogue entry held against the document that was read.

Only what every format shares is here: the names of columns are given after reading, and each hint is looked for in what
was read. Which pages or sheets are read is for the readers; what unit and stages mean is for `transforms`. A hint that
does not fit is reported in a sentence that begins with `Hint`.
"""

import dataclasses

import pandas as pd

from sources.raw.reading import Hints, Reading
from warehouse.schema.text import fold
from warehouse.schema.vocabulary import Term

_FOR_PDF, _FOR_SHEETS = ("pages",), ("sheets", "header_rows")
_SHOWN = 3


def apply(reading: Reading, hints: Hints) -> Reading:
    """The reading with the hinted headers, and with a warning for each hint that does not fit, before the others."""
    columns, unfit = _renamed(reading.columns, hints.headers)
    unfit = [*_of_another_format(reading.format, hints), *unfit, *_stages_not_found(columns, hints.stages)]
    return (
        dataclasses.replace(reading, columns=columns, warnings=(*unfit, *reading.warnings))
        if unfit or hints.headers
        else reading
    )


def _of_another_format(format: str, hints: Hints) -> list[Term]:
    names = _FOR_SHEETS if format == "pdf" else _FOR_PDF
    return [
        _unfit(name, f"it says nothing to a document in {format}", f"no le dice nada a un documento en {format}")
        for name in names
        if getattr(hints, name)
    ]


def _unfit(name: str, en: str, es: str) -> Term:
    return Term(f"Hint {name}: {en}.", f"Pista {name}: {es}.")


def _renamed(columns: pd.DataFrame, headers: list[str] | None) -> tuple[pd.DataFrame, list[Term]]:
    """The headers given to the tables with as many columns, and where the document prints other words."""
    if not headers:
        return columns, []
    fits = columns.groupby("table")["column"].transform("size") == len(headers)
    if not fits.any():
        count = len(headers)
        none = f"ningún cuadro tiene {count} columnas de importes"
        return columns, [_unfit("headers", f"no table has {count} amount columns", none)]
    order = columns[fits].groupby("table").cumcount()
    hinted = order.map(dict(enumerate(headers)))
    printed = columns["header"].reindex(hinted.index)
    others = [
        _unfit(
            "headers",
            f"table {table} prints {words!r} over column {column}, and the hint says {name!r}",
            f"el cuadro {table} imprime {words!r} sobre la columna {column}, y la pista dice {name!r}",
        )
        for table, column, words, name in zip(
            columns["table"].reindex(hinted.index),
            columns["column"].reindex(hinted.index),
            printed,
            hinted,
            strict=True,
        )
        if isinstance(words, str) and not _alike(words, name)
    ]
    more = len(others) - _SHOWN
    rest = [_unfit("headers", f"and {more} more", f"y {more} más")] if more > 0 else []
    return columns.assign(header=columns["header"].mask(fits, hinted)), others[:_SHOWN] + rest


def _alike(printed: str, hinted: str) -> bool:
    """Whether two headers share a word, or one of them has none."""
    one, two = (set(fold(text).replace("|", " ").split()) for text in (printed, hinted))
    return bool(one & two) or not any(word.isalpha() for word in one)


def _stages_not_found(columns: pd.DataFrame, stages: dict[str, str] | None) -> list[Term]:
    printed = [fold(header) for header in columns["header"].dropna()]
    return [
        _unfit("stages", f"no column is called {header!r}", f"ninguna columna se llama {header!r}")
        for header in stages or {}
        if not any(fold(header) in words for words in printed)
    ]
