"""Identities between the columns of one row: revised = approved + changes, underspending = revised − accrued, totals.

Which identities a table has is decided once per table, from the stages of its columns and from what its rows satisfy.
"""

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np

from transforms.core.arrays import Bools, Ints
from transforms.core.grid import GridColumn, PrintedGrid
from transforms.words.labels import is_called
from warehouse.schema.lexicon import AVERAGE
from warehouse.schema.text import fold

_SPENT = ("devengado", "pagado", "ejercido", "comprometido")
_DIFFERENCE = ("diferencia", "ejercer", "disponible", "pagar", "variacion", "subejercicio", "economia", "saldo")
_MOSTLY = 0.9
_NAMED = 2 / 3  # where the header itself says that it is a total
# A year beside its months needs no word to be recognised as their total.
_MANY = 4


class Identity(NamedTuple):
    """`result` = sum of `plus` − sum of `minus`, by position of the column in the grid."""

    kind: str
    result: int
    plus: tuple[int, ...]
    minus: tuple[int, ...]
    words: str


class TriedIdentity(NamedTuple):
    """One identity on the rows where it says something: rows of the table, printed, computed, terms, and slack (twice
    what rounding may make of the difference).
    """

    identity: Identity
    rows: Ints
    printed: Ints
    computed: Ints
    terms: Ints
    slack: Ints


def identities(grid: PrintedGrid) -> list[TriedIdentity]:
    """Every identity of the table, on every row where its result and another of its terms are printed.

    One of them may be unreadable: the identity then fails there, and says what the unreadable one would have to be.
    """
    columns = [n for n, column in enumerate(grid.columns) if not column.hidden]
    candidates = [
        *_revised(grid, columns),
        *_underspent(grid, columns),
        *_differences(grid, columns),
        *_totals(grid, columns),
    ]
    return [tried for identity in candidates if (tried := _try(grid, identity)).rows.size]


def averages(grid: PrintedGrid) -> Bools:
    """Rows of averages: what adds up in all rows adds up in their averages, which is no sum of anything."""
    return np.array([is_called(AVERAGE, cell.label.name) for cell in grid.cells], dtype=bool)


def _stage(grid: PrintedGrid, columns: Sequence[int], stage: str) -> list[int]:
    return [n for n in columns if grid.columns[n].stage == stage]


def _revised(grid: PrintedGrid, columns: Sequence[int]) -> list[Identity]:
    """Each revised column with the approved (or estimated) one before it, and the changes printed near them."""
    revised = []
    for result in _stage(grid, columns, "modificado"):
        bases = [n for stage in ("aprobado", "estimado") for n in _stage(grid, columns, stage)]
        if not bases:
            continue
        base = max((n for n in bases if n < result), default=min(bases))
        changes = [n for n in _stage(grid, columns, "ampliaciones_reducciones") if base < n < result]
        changes = changes or [n for n in _stage(grid, columns, "ampliaciones_reducciones") if abs(n - result) <= 3]
        if not changes:
            continue
        kept = [_identity(grid, "row_identity", result, (base, *changes), ())]
        if len(changes) == 2:
            # 'Ampliaciones' and 'Reducciones' apart: the second is printed without its sign.
            kept.append(_identity(grid, "row_identity", result, (base, changes[0]), (changes[1],)))
        revised.append(_best(grid, kept))
    return revised


def _underspent(grid: PrintedGrid, columns: Sequence[int]) -> list[Identity]:
    """Underspending is revised less accrued; some print it less paid or exercised."""
    underspent = []
    for result in _stage(grid, columns, "subejercicio"):
        bases = _stage(grid, columns, "modificado") or _stage(grid, columns, "aprobado")
        spent = [n for stage in _SPENT for n in _stage(grid, columns, stage)]
        if not bases or not spent:
            continue
        base = max((n for n in bases if n < result), default=bases[-1])
        near = [n for n in spent if base < n < result] or spent
        underspent.append(_best(grid, [_identity(grid, "row_identity", result, (base,), (n,)) for n in near]))
    return underspent


def _differences(grid: PrintedGrid, columns: Sequence[int]) -> list[Identity]:
    """A column called difference, available or payable is what two stage columns differ by, if its rows say so."""
    differences = []
    staged = [n for n in columns if grid.columns[n].stage]
    for result in columns:
        if grid.columns[result].stage or not any(word in fold(grid.columns[result].header) for word in _DIFFERENCE):
            continue
        pairs = [_identity(grid, "row_identity", result, (a,), (b,)) for a, b in permutations(staged, 2)]
        best = _best(grid, pairs) if pairs else None
        if best and _clearly_holds(grid, best):
            differences.append(best)
    return differences


def _totals(grid: PrintedGrid, columns: Sequence[int]) -> list[Identity]:
    """A column called total, or the first or last of many, of the columns that share its stage, if its rows say so."""
    totals = []
    for result in columns:
        column = grid.columns[result]
        others = [n for n in columns if n != result and grid.columns[n].stage == column.stage]
        named = fold((column.header or "").split(" | ")[-1]).startswith(("total", "suma"))
        if not named and (result not in (columns[0], columns[-1]) or len(others) < _MANY):
            continue
        sides = _sides(others, result)
        if named:
            # 'Total' of a law is approved money by its name alone; its parts may be named after funds or uses.
            sides += _sides(
                [n for n in columns if n != result and grid.columns[n].stage in (column.stage, None)], result
            )
        options = [_identity(grid, "columns", result, side, ()) for side in dict.fromkeys(sides) if len(side) > 1]
        best = _best(grid, options) if options else None
        if best and _clearly_holds(grid, best, *((2, _NAMED) if named else (_MANY, _MOSTLY))):
            totals.append(best)
    return totals


def _sides(others: Sequence[int], result: int) -> list[tuple[int, ...]]:
    """The columns on the left of the result, those on its right, and all."""
    return [tuple(n for n in others if n < result), tuple(n for n in others if n > result), tuple(others)]


def _identity(grid: PrintedGrid, kind: str, result: int, plus: tuple[int, ...], minus: tuple[int, ...]) -> Identity:
    names = [_name(grid.columns[n]) for n in (result, *plus, *minus)]
    terms = " + ".join(names[1 : 1 + len(plus)]) + "".join(f" − {name}" for name in names[1 + len(plus) :])
    return Identity(kind, result, plus, minus, f"{names[0]} = {terms}")


def _name(column: GridColumn) -> str:
    return column.stage or " ".join((column.header or f"columna {column.number}").split())


def _try(grid: PrintedGrid, identity: Identity) -> TriedIdentity:
    terms = [*identity.plus, *identity.minus]
    usable: Bools = grid.printed[:, identity.result] & grid.readable[:, terms].any(axis=1)
    usable &= (grid.unreadable[:, [identity.result, *terms]].sum(axis=1) <= 1) & ~grid.hidden
    rows = np.flatnonzero(usable & ~averages(grid))
    values = grid.summed[rows]
    computed = values[:, list(identity.plus)].sum(axis=1) - values[:, list(identity.minus)].sum(axis=1)
    count = grid.readable[np.ix_(rows, np.array(terms, dtype=np.int64))].sum(axis=1)
    return TriedIdentity(
        identity, rows, values[:, identity.result], computed, count.astype(np.int64), _slack(grid, identity, rows)
    )


def _slack(grid: PrintedGrid, identity: Identity, rows: Ints) -> Ints:
    """Each figure of a row may be rounded: one of centavos to the centavo, unless it was read from an image.

    Salaries are computed figure by figure, and miss their sum by a centavo. Sums of rows have to be exact.
    """
    cells = np.ix_(rows, np.array([identity.result, *identity.plus, *identity.minus], dtype=np.int64))
    not_zero = grid.readable[cells] & (grid.values[cells] != 0)
    rounded = np.maximum(
        grid.slack[cells], (not_zero & ~grid.scanned[cells].any(axis=1, keepdims=True)).astype(np.int64)
    )
    slack: Ints = rounded.sum(axis=1)
    return slack


def _agreement(grid: PrintedGrid, identity: Identity) -> tuple[int, int]:
    """Rows where the identity holds and where it does not, those of zeros aside."""
    tried = _try(grid, identity)
    unreadable = np.asarray(
        grid.unreadable[tried.rows][:, [identity.result, *identity.plus, *identity.minus]].any(axis=1)
    )
    not_zero = ((tried.printed != 0) | (tried.computed != 0)) & ~unreadable
    holds = 2 * np.abs(tried.printed - tried.computed) <= tried.slack
    return int((holds & not_zero).sum()), int((~holds & not_zero).sum())


def _best(grid: PrintedGrid, options: Sequence[Identity]) -> Identity:
    if len(options) == 1:
        return options[0]
    return max(options, key=lambda identity: np.subtract(*_agreement(grid, identity)))


def _clearly_holds(grid: PrintedGrid, identity: Identity, rows: int = 2, share: float = _MOSTLY) -> bool:
    passed, failed = _agreement(grid, identity)
    return passed >= rows and passed >= share * (passed + failed)
