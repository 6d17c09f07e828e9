"""What was tried: sums and identities as arrays, with their outcome and the amounts that each of them reaches.

The records alone, of one table and of the whole book. How they come about is in `identities`, `sums`, `announced` and
`twins`; what an outcome is worth for an amount, in `facets.value`.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools, Ints, Texts

OUTCOMES = ("passed", "rounding", "failed", "trivial")
PASSED, ROUNDING, FAILED, TRIVIAL = range(4)
# A rounding difference proves a sum only if it is small beside what was added.
_SMALL = 100


@dataclass
class TableAttempts:
    """Reconciliations of one table as arrays; `reach` pairs an attempt with an amount that takes part in it, and with
    its sign: 1 where it is added, -1 where it is taken away or is the result. Unreadable amounts are reached too.

    `row` is a row of the grid and `column` a position in it. `printed` is null where the amount is unreadable.
    """

    row: Ints
    column: Ints
    kind: Texts
    printed: Ints
    unreadable: Bools
    computed: Ints
    terms: Ints
    formula: Texts
    outcome: Ints
    reach_attempt: Ints
    reach_amount: Ints
    reach_sign: Ints


@dataclass
class BookAttempts:
    """Attempts of all tables as one frame (row and column of the book, kind, printed, computed, terms, formula,
    outcome), which amounts each reaches, and with which sign, as in `TableAttempts`.
    """

    attempts: pd.DataFrame
    reach_attempt: Ints
    reach_amount: Ints
    reach_sign: Ints


def outcomes(printed: Ints, computed: Ints, says: Bools, slack: Ints) -> Ints:
    """Passed, rounding, failed or trivial; `says` where any amount is not zero, `slack` the sum of that of the amounts
    that take part.
    """
    difference = np.abs(printed - computed)
    size = np.maximum(np.abs(printed), np.abs(computed))
    close = (2 * difference <= slack) & (difference * _SMALL <= size)
    decided = np.where(difference == 0, PASSED, np.where(close, ROUNDING, FAILED))
    return np.where((decided == PASSED) & ~says, TRIVIAL, decided).astype(np.int64)
