"""Where the rooms of one wing are drawn: floors by what they know, an order with few crossings, and the ways between.

No drawing here. Coordinates are pixels: x from the left of the wing, y upwards from its foot, so that a wing stands on
whatever is below it. An arrow over several floors passes each by a narrow place of its own.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple


class _Box(NamedTuple):
    width: int
    height: int


class _Floor(NamedTuple):
    height: int  # of a box
    gap: int  # between two floors, for arrows


BOX = _Box(164, 86)
FLOOR = _Floor(BOX.height, 42)
_SIDE, _WAY, _PAD = 14, 16, 18  # between boxes, what a passing arrow needs, inside the wing's edge
_TRIES = 60


class Place(NamedTuple):
    """x is the middle of a box, y its upper edge."""

    x: float
    y: float


@dataclass(frozen=True)
class Wing:
    places: dict[str, Place]
    arrows: dict[tuple[str, str], list[Place]]
    width: float
    height: float


_Node = str | tuple[str, str, int]  # a room, or the place of an arrow on a floor that it passes


def lay_out(
    rooms: Iterable[str], arrows: set[tuple[str, str]], circles: Mapping[str, frozenset[str]], ground: str
) -> Wing:
    """The places of the rooms and of the arrows among them; arrows to the ground end at y = 0 below where they start."""
    levels = _levels(sorted(rooms), arrows, circles)
    inside = sorted((a, b) for a, b in arrows if a in levels and (b in levels or b == ground))
    chains = {(a, b): _chain(a, b, levels) for a, b in inside if levels.get(b, -1) != levels[a]}
    floors: list[list[_Node]] = [[] for _ in range(max(levels.values()) + 1)]
    for room, level in levels.items():
        floors[level].append(room)
    for chain in chains.values():
        for node in chain:
            if isinstance(node, tuple):
                floors[node[2]].append(node)
    links = [link for chain in chains.values() for link in pairwise(chain)]
    x = _straighten(_order(floors, links), links)
    lowest = min(x[node] - _width(node) / 2 for floor in floors for node in floor) - _PAD
    x = {node: at - lowest for node, at in x.items()}
    width = max(x[node] + _width(node) / 2 for floor in floors for node in floor) + _PAD
    tops = [_PAD + level * (FLOOR.height + FLOOR.gap) + FLOOR.height for level in range(len(floors))]
    places = {room: Place(x[room], tops[level]) for room, level in levels.items()}
    ways = {ends: _way(chain, x, tops, places) for ends, chain in chains.items()}
    _spread(ways, places)
    for a, b in inside:
        if (a, b) not in chains:
            side = BOX.width / 4 if x[b] > x[a] else -BOX.width / 4
            ways[a, b] = [Place(x[a] + side, tops[levels[a]]), Place(x[b] - side, tops[levels[b]])]
    return Wing(places, ways, width, tops[-1] + _PAD / 2)


def _levels(rooms: list[str], arrows: set[tuple[str, str]], circles: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Each room one floor above the highest that it, or a room of its circle, knows."""
    levels = dict.fromkeys(rooms, 0)
    for _ in rooms:
        for room in rooms:
            below = [levels[b] for a, b in arrows if a in circles[room] and b in levels and b not in circles[room]]
            levels[room] = max(below, default=-1) + 1
    return levels


def _chain(a: str, b: str, levels: Mapping[str, int]) -> list[_Node]:
    """From a down to b by the floors between; to the ground it ends on the lowest floor that it passes."""
    between: list[_Node] = [(a, b, level) for level in range(levels[a] - 1, levels.get(b, -1), -1)]
    return [a, *between, b] if b in levels else [a, *between]


def _width(node: _Node) -> float:
    return BOX.width + _SIDE if isinstance(node, str) else _WAY


def _order(floors: list[list[_Node]], links: list[tuple[_Node, _Node]]) -> list[list[_Node]]:
    """The order of each floor with the fewest crossings, and then the shortest ways; exchanges from many beginnings."""
    dice = random.Random(1)  # the same drawing every time
    best: tuple[float, list[list[_Node]]] | None = None
    for _ in range(_TRIES):
        order = [dice.sample(floor, len(floor)) for floor in floors]
        cost, moved = _cost(order, links), True
        while moved:
            moved = False
            for floor in order:
                for i in range(len(floor)):
                    for j in range(i):
                        floor[i], floor[j] = floor[j], floor[i]
                        changed = _cost(order, links)
                        if changed < cost:
                            cost, moved = changed, True
                        else:
                            floor[i], floor[j] = floor[j], floor[i]
        if best is None or cost < best[0]:
            best = (cost, order)
    assert best is not None
    return best[1]


def _cost(order: list[list[_Node]], links: list[tuple[_Node, _Node]]) -> float:
    x = {node: at for floor in order for node, at in _packed(floor).items()}
    level = {node: number for number, floor in enumerate(order) for node in floor}
    crossings = sum(
        (x[a] - x[c]) * (x[b] - x[d]) < 0
        for i, (a, b) in enumerate(links)
        for c, d in links[:i]
        if level[a] == level[c] and b != d and a != c
    )
    return crossings * 10_000 + sum(abs(x[a] - x[b]) for a, b in links)


def _packed(floor: list[_Node]) -> dict[_Node, float]:
    """Side by side around 0."""
    at, places = -sum(map(_width, floor)) / 2, {}
    for node in floor:
        places[node] = at + _width(node) / 2
        at += _width(node)
    return places


def _straighten(order: list[list[_Node]], links: list[tuple[_Node, _Node]]) -> dict[_Node, float]:
    """Each node as near to the middle of those it is linked to as its neighbours on the floor let it."""
    x = {node: at for floor in order for node, at in _packed(floor).items()}
    linked: dict[_Node, list[_Node]] = {node: [] for node in x}
    for a, b in links:
        linked[a].append(b)
        linked[b].append(a)
    for turn in range(40):
        for floor in order if turn % 2 else reversed(order):
            wanted = [
                sum(x[n] for n in linked[node]) / len(linked[node]) if linked[node] else x[node] for node in floor
            ]
            x.update(zip(floor, _apart(wanted, [_width(node) for node in floor]), strict=True))
    return x


def _apart(wanted: list[float], widths: list[float]) -> list[float]:
    """The places nearest to the wanted ones (least squares) where no two overlap: neighbours that would are moved as one."""
    offsets = [sum(widths[:i]) + widths[i] / 2 for i in range(len(widths))]
    groups: list[list[float]] = []
    for want, offset in zip(wanted, offsets, strict=True):
        groups.append([want - offset])
        while len(groups) > 1 and _mean(groups[-2]) > _mean(groups[-1]):
            last = groups.pop()
            groups[-1] += last
    shifts = [_mean(group) for group in groups for _ in group]
    return [shift + offset for shift, offset in zip(shifts, offsets, strict=True)]


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _way(chain: list[_Node], x: Mapping[_Node, float], tops: list[int], places: Mapping[str, Place]) -> list[Place]:
    """The points of an arrow: the foot of its room, through each floor it passes, to the upper edge of the other room."""
    first, *middle = chain
    assert isinstance(first, str)
    points = [Place(x[first], places[first].y - FLOOR.height)]
    for node in middle:
        if isinstance(node, tuple):
            points += [Place(x[node], tops[node[2]]), Place(x[node], tops[node[2]] - FLOOR.height)]
        else:
            points.append(places[node])
    if not isinstance(chain[-1], str) or len(chain) == 1:
        points.append(Place(points[-1].x, 0))
    return points


def _spread(ways: dict[tuple[str, str], list[Place]], places: Mapping[str, Place]) -> None:
    """Arrows that leave or reach one box do so side by side, in the order of where they come from or go."""
    for room, place in places.items():
        for end in (0, -1):
            ends = sorted(
                (ends for ends in ways if ends[end] == room), key=lambda ends: ways[ends][1 if end == 0 else -2].x
            )
            for number, which in enumerate(ends):
                x = place.x + (number - (len(ends) - 1) / 2) * min(30, BOX.width * 0.8 / len(ends))
                ways[which][end] = Place(x, ways[which][end].y)
                if end == 0 and len(ways[which]) == 2 and ways[which][1].y == 0:
                    ways[which][1] = Place(x, 0)
