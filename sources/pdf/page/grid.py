"""Grids: what crossing rules enclose, and the cells they cut it into, merged where no rule runs.

Only geometry belongs here; which cells are headers, labels or amounts is decided in `headers`, `columns` and `rows`.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from sources.pdf.page.rulings import Ruling, Rulings
from sources.pdf.page.words import Box
from sources.pdf.settings import RULES


@dataclass(slots=True)
class RuledGrid:
    """Rules that hang together, the box around them, and their cells."""

    box: Box
    across: list[Ruling]
    down: list[Ruling]
    xs: list[float] = field(default_factory=list)
    ys: list[float] = field(default_factory=list)
    cells: dict[tuple[int, int], Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.xs = _levels(self.down)
        self.ys = _with_open_ends(_levels(self.across), self.down)
        self.cells = _merged_cells(self)

    def cell_at(self, x: float, y: float) -> Box | None:
        """The box of the cell at a point; None outside the grid."""
        return self.cells.get((bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1))

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside the grid, or on its border."""
        return (
            self.box[0] - RULES.touch <= x <= self.box[2] + RULES.touch
            and self.box[1] - RULES.touch <= y <= self.box[3] + RULES.touch
        )


def grids_of(rulings: Rulings) -> list[RuledGrid]:
    """The grids of a page from the top: every group of touching rules with at least two of each direction."""
    groups = _beside([group for group in _touching(rulings) if len(group[0]) >= 2 and len(group[1]) >= 2])
    return sorted((RuledGrid(_around(group), *group) for group in groups), key=lambda grid: (grid.box[1], grid.box[0]))


_Group = tuple[list[Ruling], list[Ruling]]


def _touching(rulings: Rulings) -> list[_Group]:
    parent = list(range(len(rulings.across) + len(rulings.down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    shift = len(rulings.across)
    for j, down in enumerate(rulings.down):
        for i, across in enumerate(rulings.across):
            if (
                across.start - RULES.touch <= down.at <= across.end + RULES.touch
                and down.start - RULES.touch <= across.at <= down.end + RULES.touch
            ):
                parent[root(i)] = root(shift + j)
    groups: dict[int, _Group] = {}
    for i, rule in enumerate(rulings.across + rulings.down):
        groups.setdefault(root(i), ([], []))[0 if i < shift else 1].append(rule)
    return list(groups.values())


def _around(group: _Group) -> Box:
    across, down = group
    return (
        min([r.start for r in across] + [r.at for r in down]),
        min([r.at for r in across] + [r.start for r in down]),
        max([r.end for r in across] + [r.at for r in down]),
        max([r.at for r in across] + [r.end for r in down]),
    )


def _beside(groups: list[_Group]) -> list[_Group]:
    """Two grids side by side whose rows are ruled at the same heights are one table with a gap in it."""
    merged: list[_Group] = []
    for group in sorted(groups, key=lambda g: _around(g)[0]):
        box, ys = _around(group), _levels(group[0])
        for other in merged:
            near, levels = _around(other), _levels(other[0])
            shared = sum(any(abs(y - level) <= RULES.touch for level in levels) for y in ys)
            if (
                0 <= box[0] - near[2] < RULES.beside
                and shared >= RULES.beside_rows * max(len(ys), len(levels))
                and len(ys) > 2
            ):
                other[0].extend(group[0])
                other[1].extend(group[1])
                break
        else:
            merged.append((list(group[0]), list(group[1])))
    return merged


def _levels(rules: list[Ruling]) -> list[float]:
    levels: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not levels or at - levels[-1] > RULES.touch:
            levels.append(at)
    return levels


def _with_open_ends(ys: list[float], down: list[Ruling]) -> list[float]:
    """A row cut by the end of a page has no rule on that side: its cells end where the rules between columns do."""
    above = [rule.start for rule in down if rule.start < ys[0] - RULES.touch]
    below = [rule.end for rule in down if rule.end > ys[-1] + RULES.touch]
    return [*([min(above)] if len(above) > 1 else []), *ys, *([max(below)] if len(below) > 1 else [])]


def _runs_along(rules: list[Ruling], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(end, rule.end) - max(start, rule.start)) for rule in rules if abs(rule.at - at) <= RULES.touch
    )
    return covered >= RULES.cover * (end - start)


def _merged_cells(grid: RuledGrid) -> dict[tuple[int, int], Box]:
    """Each atomic cell's merged cell, as a box: neighbours without a rule between them are one cell."""
    columns, rows = len(grid.xs) - 1, len(grid.ys) - 1
    parent = {(i, j): (i, j) for i in range(columns) for j in range(rows)}

    def root(key: tuple[int, int]) -> tuple[int, int]:
        while parent[key] != key:
            key = parent[key]
        return key

    by_x = {i: [r for r in grid.down if abs(r.at - x) <= RULES.touch] for i, x in enumerate(grid.xs)}
    by_y = {j: [r for r in grid.across if abs(r.at - y) <= RULES.touch] for j, y in enumerate(grid.ys)}
    for i in range(columns):
        for j in range(rows):
            if i + 1 < columns and not _runs_along(by_x[i + 1], grid.xs[i + 1], grid.ys[j], grid.ys[j + 1]):
                parent[root((i + 1, j))] = root((i, j))
            if j + 1 < rows and not _runs_along(by_y[j + 1], grid.ys[j + 1], grid.xs[i], grid.xs[i + 1]):
                parent[root((i, j + 1))] = root((i, j))
    boxes: dict[tuple[int, int], Box] = {}
    for i, j in parent:
        key, box = root((i, j)), (grid.xs[i], grid.ys[j], grid.xs[i + 1], grid.ys[j + 1])
        merged = boxes.get(key, box)
        boxes[key] = (min(merged[0], box[0]), min(merged[1], box[1]), max(merged[2], box[2]), max(merged[3], box[3]))
    return {key: boxes[root(key)] for key in parent}
