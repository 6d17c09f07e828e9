"""Rows that say only a stage or a rate: the row over them says of what.

`Poder Legislativo` over `Aprobado`, `Modificado`, `Porcentaje Ejer/Aprob`. Which stage a row names is for `transforms.words`.
"""

import re
from collections.abc import Callable

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints
from transforms.words.headers import stage_in_label
from transforms.words.labels import is_called, split_label
from warehouse.schema.lexicon import TOTAL
from warehouse.schema.text import fold

_WORD = re.compile(r"[a-z]{2,}")
_ROMAN = re.compile(r"[ivxlc]+")
_RATE = re.compile(r"^\W*(?:porcentajes?|por ?ciento|%)(?!\w)")


def headings(rows: pd.DataFrame) -> Ints:
    """For each row of a stage, where the rows of a table are stages, the position of the row that stands over it; else -1."""
    staged = rows["stage"].notna().to_numpy(dtype=bool)
    over = np.where(~staged & have_words(rows["label"]), np.arange(len(rows)), -1)
    over = np.maximum.accumulate(over) if len(over) else over
    t = rows["t"].to_numpy(dtype=np.int64)
    positions: Ints = np.where(staged & (over >= 0) & (t[over] == t), over, -1)
    return positions


def have_words(labels: pd.Series) -> Bools:
    """Which labels say something; each distinct one is asked once."""
    return _answers(labels, says_something)


def rates(labels: pd.Series) -> Bools:
    """Which labels say that their row holds percentages."""
    return _answers(labels, lambda label: bool(_RATE.match(fold(label))))


def says_something(label: str) -> bool:
    """Whether a label has words that say what its row is of: no code, no single letter, no stage and no rate alone."""
    name = fold(split_label(label).name)
    words = [word for word in _WORD.findall(name) if not _ROMAN.fullmatch(word)]
    return (bool(words) or is_called(TOTAL, name)) and stage_in_label(label) is None and not _RATE.match(name)


def _answers(labels: pd.Series, ask: Callable[[str], bool]) -> Bools:
    number, distinct = pd.factorize(labels)
    answers: Bools = np.array([*(ask(str(label)) for label in distinct), False], dtype=bool)[
        number
    ]  # the last for null
    return answers
