"""Which row contains which, by what is printed: codes, level columns, numbering, indent, bold.

Each function gives the parent of every row of a block (-1 for none), or None where the table shows no such evidence.
Whether the sums agree is for `sums` and `build`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from transforms.words.labels import Cells, is_called
from warehouse.schema.lexicon import TOTAL
from warehouse.schema.text import fold

Parents = list[int]

_LEVELS = {
    "tema": 0, "finalidad": 1, "capitulo": 1, "rubro": 1, "concepto": 2, "funcion": 2, "tipo": 2, "partida generica": 3,
    "subfuncion": 3, "clase": 3, "subpartida generica": 4, "partida especifica": 4, "subpartida": 4, "partida": 4,
}  # fmt: skip
_TAG_RANK = {"roman": 0, "digits": 0, "upper": 1, "pair": 2, "lower": 2}
_SAME_EDGE = 2.0  # points


def is_total(cells: Cells) -> bool:
    """Whether the label says that the row is a total."""
    return is_called(TOTAL, cells.label.name)


def by_classifier(codes: Sequence[str | None]) -> Parents | None:
    """Prefix of the classifier's codes: 361 is in 36."""
    return _by_prefix([_classifier_path(code) for code in codes])


def by_printed_codes(cells: Sequence[Cells]) -> Parents | None:
    """Prefix of the codes as printed, whatever they classify: 001 01 1 is in 001 01."""
    return _by_prefix(_printed_paths(cells))


def _by_prefix(paths: Sequence[tuple[str, ...] | None]) -> Parents | None:
    last: dict[tuple[str, ...], int] = {}
    parents = []
    for row, path in enumerate(paths):
        parents.append(-1 if path is None else _nearest(last, path))
        if path is None:
            continue
        if path in last:
            # The numbering starts again: what was inside the first one is closed.
            last = {earlier: at for earlier, at in last.items() if earlier[: len(path)] != path}
        last[path] = row
    return parents if any(parent >= 0 for parent in parents) else None


def _nearest(last: Mapping[tuple[str, ...], int], path: tuple[str, ...]) -> int:
    """The row of the longest path above, -1 for none."""
    for length in range(len(path) - 1, 0, -1):
        above = path[:length]
        if above in last:
            return last[above]
    return -1


def _classifier_path(code: str | None) -> tuple[str, ...] | None:
    return (*code[:3], *([code[3:]] if len(code) > 3 else [])) if code else None


def _printed_paths(cells: Sequence[Cells]) -> list[tuple[str, ...] | None]:
    codes = [c.label.code if c.label.scheme in ("digits", "path", "programme", "prefixed") else None for c in cells]
    plain = [code for code in codes if code and code.isdigit()]
    widths = {len(code) for code in plain}
    # 1000, 1100, 1110: one width, and zeros fill what is not used. 01, 02 … 10 are not that.
    filled = len(widths) == 1 and widths <= {4, 5} and any(code.endswith("00") for code in plain)
    return [_printed_path(code, filled) for code in codes]


@lru_cache(maxsize=100_000)
def _printed_path(code: str | None, filled: bool) -> tuple[str, ...] | None:
    if not code:
        return None
    if code.isdigit():
        return tuple(code.rstrip("0") or "0") if filled else tuple(code)
    parts = (
        re.findall(r"[A-Za-z]+\d+(?=\.|$)|[A-Za-z]+|\d+", code) if "." in code else re.findall(r"[A-Za-z]+|\d+", code)
    )
    while len(parts) > 1 and not parts[-1].strip("0"):
        parts.pop()
    return tuple(parts)


def by_levels(cells: Sequence[Cells]) -> Parents | None:
    """A column that names the level of each row."""
    levels = [_LEVELS.get(fold(c.level)) for c in cells]
    return _stack(levels) if len(set(levels) - {None}) > 1 else None


def by_numbering(cells: Sequence[Cells]) -> Parents | None:
    """I. contains A. contains a1), as the LDF formats number."""
    schemes = _tag_schemes(cells)
    labelled = sum(1 for c in cells if c.label.name)
    if (
        len({s for s in schemes if s in ("roman", "upper", "pair", "lower")}) < 1
        or sum(map(bool, schemes)) < 0.5 * labelled
    ):
        return None
    parents = _stack([None if is_total(c) or not s else _TAG_RANK[s] for c, s in zip(cells, schemes, strict=True)])
    return parents if any(parent >= 0 for parent in parents) else None


def _tag_schemes(cells: Sequence[Cells]) -> list[str | None]:
    """Schemes of the tags; an I that follows H is a letter and not one."""
    schemes: list[str | None] = []
    previous = ""
    for cell in cells:
        code, scheme = cell.label.code or "", cell.label.scheme
        if len(code) == 1 and code.isupper():
            follows = bool(previous) and ord(code) - ord(previous) == 1
            scheme = "upper" if scheme == "upper" or follows else "roman"
            previous = code if scheme == "upper" else ""
        schemes.append(scheme if scheme in _TAG_RANK and (scheme != "digits" or len(code) == 1) else None)
    return schemes


def by_indent(indent: npt.NDArray[np.float64]) -> Parents | None:
    """A label further to the right belongs to the last one further to the left."""
    edges: list[float] = []
    for edge in sorted({float(x) for x in indent if not np.isnan(x)}):
        if not edges or edge - edges[-1] >= _SAME_EDGE:
            edges.append(edge)
    if len(edges) < 2:
        return None
    levels = np.searchsorted(np.array(edges), indent + 1e-6, side="right")
    return _stack([None if np.isnan(x) else int(n) for x, n in zip(indent, levels, strict=True)])


def by_bold(bold: npt.NDArray[np.bool_]) -> Parents | None:
    """A bold label contains the light ones after it."""
    if bold.all() or not bold.any():
        return None
    return _stack([0 if b else 1 for b in bold])


def _stack(levels: Sequence[int | None]) -> Parents:
    parents, open_rows = [], list[tuple[int, int]]()
    for row, level in enumerate(levels):
        if level is None:
            parents.append(-1)
            continue
        while open_rows and open_rows[-1][0] >= level:
            open_rows.pop()
        parents.append(open_rows[-1][1] if open_rows else -1)
        open_rows.append((level, row))
    return parents
