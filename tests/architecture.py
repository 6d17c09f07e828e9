"""The drawing of the house, made from its imports: `python -m tests.architecture` writes docs/architecture.svg (and the rooms in its page).

A room is a folder in one of the five product folders; a file that lies directly in a product folder is drawn by itself.
What a room imports stands below it; the ground is what wings import of one another (nothing but the schema and how HTML
is written). Only arrows that no longer way implies are drawn (the transitive reduction); rooms
that know each other in a circle share a floor and are joined in red. How the drawing is laid out is in
`tests.architecture_layout`; whether the committed one is still true, in `tests/test_architecture.py`.
"""

import ast
import textwrap
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path

from tests.architecture_layout import BOX, FLOOR, Place, Wing, lay_out
from tests.architecture_rooms import PAGE, with_rooms

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "architecture.svg"
GROUND = "ground"
ROOF = "pipelines"
WINGS = ("sources", "transforms", "expectations", "warehouse")
COLOURS = {
    "pipelines": ("#475569", "#e4e9f0"),
    "sources": ("#0f766e", "#e6f4f1"),
    "transforms": ("#4338ca", "#ecebfb"),
    "expectations": ("#a16207", "#fbf3dc"),
    "warehouse": ("#b4432b", "#fbeae5"),
}
MARGIN, GAP, LABEL = 36, 22, 44  # around the house, between wings, above the rooms of a wing

Arrows = set[tuple[str, str]]


@dataclass(frozen=True)
class Room:
    """A folder, or a file by itself: its purpose as its docstring begins, its files, and the folders within it."""

    name: str
    purpose: str
    files: int
    inner: tuple[str, ...]

    @property
    def is_file(self) -> bool:
        return not self.files


@dataclass(frozen=True)
class House:
    """All rooms by name, those of the ground, and who knows whom: rooms of the ground are one there, GROUND."""

    rooms: dict[str, Room]
    ground: frozenset[str]
    knows: dict[str, frozenset[str]]

    def reachable(self) -> dict[str, frozenset[str]]:
        """What each room knows, also by way of others."""
        reach = {name: set(self.knows[name]) for name in self.knows}
        for through in self.knows:
            for name in self.knows:
                if through in reach[name]:
                    reach[name] |= reach[through]
        return {name: frozenset(rooms) for name, rooms in reach.items()}

    def circles(self) -> dict[str, frozenset[str]]:
        """The rooms that each room shares a circle with, itself among them."""
        reach = self.reachable()
        return {a: frozenset({a} | {b for b in reach[a] if a in reach[b]}) for a in self.knows}

    def arrows(self) -> Arrows:
        """The transitive reduction, with one arrow for each pair of a circle."""
        reach, circles = self.reachable(), self.circles()
        return {
            (a, b)
            for a in self.knows
            for b in self.knows[a]
            if b in circles[a] or not any(b in reach[c] for c in reach[a] - circles[a] - circles[b])
        }


def read_house() -> House:
    """Reads every product file once."""
    paths = {path: _module(path) for folder in COLOURS for path in sorted((ROOT / folder).rglob("*.py"))}
    modules = set(paths.values())
    rooms: dict[str, list[Path]] = defaultdict(list)
    knows: dict[str, set[str]] = defaultdict(set)
    for path, module in paths.items():
        room = room_of(module, path.name == "__init__.py")
        if room is None:
            continue  # the door of a product folder belongs to no room
        rooms[room].append(path)
        for name in _imported(path, modules):
            imported = room_of(name, (ROOT.joinpath(*name.split(".")) / "__init__.py").is_file())
            if imported not in (None, room):
                knows[room].add(imported)
    ground = frozenset(
        other for name in rooms for other in knows[name] if _wing_of(name) not in (ROOF, _wing_of(other))
    )
    joined: dict[str, set[str]] = {GROUND if name in ground else name: set() for name in rooms}
    for name in rooms:
        joined[GROUND if name in ground else name] |= {GROUND if other in ground else other for other in knows[name]}
    return House(
        {name: _room(name, files) for name, files in rooms.items()},
        ground,
        {name: frozenset(others - {name}) for name, others in joined.items()},
    )


def _wing_of(room: str) -> str:
    return room.split(".")[0]


def room_of(module: str, is_package: bool) -> str | None:
    """`transforms.core.tree.build` is in the room transforms.core; expectations is one room; sources itself is none."""
    parts = module.split(".")
    if parts[0] == "expectations":
        return parts[0]
    return ".".join(parts[:2]) if len(parts) > 1 else None if is_package else module


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imported(path: Path, modules: set[str]) -> Iterable[str]:
    """The product's modules that a file imports, wherever in it: `from a import b` names the module a.b if there is one."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else node.module


def _room(name: str, files: list[Path]) -> Room:
    folder = ROOT.joinpath(*name.split("."))
    door = folder / "__init__.py" if folder.is_dir() else files[0]
    purpose = (ast.get_docstring(ast.parse(door.read_text(encoding="utf-8"))) or "").split("\n\n")[0].replace("\n", " ")
    inner = {path.parent.name for path in files if path.parent.parent == folder and path.name != "__init__.py"}
    return Room(name, purpose, len(files) if folder.is_dir() else 0, tuple(sorted(inner)))


def draw(house: House) -> str:
    """The picture as SVG text."""
    arrows, circles = house.arrows(), house.circles()
    parts: dict[str, list[str]] = {name: [] for name in COLOURS}
    for name in house.rooms:
        if name not in house.ground:
            parts[_wing_of(name)].append(name)
    wings = {name: lay_out(rooms, arrows, circles, GROUND) for name, rooms in parts.items()}
    height = LABEL + max(wings[name].height for name in WINGS)
    width = sum(wings[name].width for name in WINGS) + GAP * (len(WINGS) - 1)
    roof_height = LABEL + wings[ROOF].height
    top = MARGIN + roof_height + FLOOR.gap
    ground = top + height + FLOOR.gap
    drawn = [*_title(house, MARGIN, MARGIN + 30), _roof(MARGIN, MARGIN, width, roof_height, wings[ROOF].width)]
    foot = MARGIN + roof_height
    drawn += _wing(house, wings[ROOF], MARGIN + (width - wings[ROOF].width) / 2, foot, foot)
    left: float = MARGIN
    for name in WINGS:
        wing = wings[name]
        roof_of_wing = top + height - LABEL - wing.height
        drawn.append(_panel(name, left, roof_of_wing, wing.width, LABEL + wing.height))
        drawn.append(_pillar(name, left + wing.width / 2, foot, roof_of_wing))
        drawn += _wing(house, wing, left, top + height, ground)
        left += wing.width + GAP
    drawn += _ground(house, MARGIN, ground, width)
    total_width, total_height = width + 2 * MARGIN, ground + 78 + MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total_width:.0f} {total_height:.0f}" '
        f'font-family="Inter, Helvetica, Arial, Liberation Sans, sans-serif">\n{_DEFS}\n'
        f'<rect width="100%" height="100%" fill="#fdfcf9"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


_DEFS = (
    "<title>The house: which room knows which</title>\n<defs>"
    + "".join(
        f'<marker id="{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path d="M0 1 L10 5 L0 9 z" fill="{colour}"/></marker>'
        for name, colour in [*((name, dark) for name, (dark, _) in COLOURS.items()), ("circle", "#dc2626")]
    )
    + "</defs>"
)


def _text(x: float, y: float, text: str, size: float, colour: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}" {more}>{escape(text)}</text>'


def _panel(name: str, x: float, y: float, width: float, height: float) -> str:
    dark, pale = COLOURS[name]
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="14" fill="{pale}"/>' + _text(
        x + 20, y + 32, name, 21, dark, 'font-weight="700" letter-spacing=".5"'
    )


def _roof(x: float, y: float, width: float, height: float, ridge: float) -> str:
    """A gable: as wide as its rooms at the ridge, as the house at the eaves."""
    dark, pale = COLOURS[ROOF]
    left, right, eaves = x + (width - ridge) / 2 - 50, x + (width + ridge) / 2 + 50, y + height - 70
    corners = f"{left:.1f} {y} L{right:.1f} {y} L{x + width:.1f} {eaves:.1f} V{y + height:.1f} H{x:.1f} V{eaves:.1f} Z"
    style = f'fill="{pale}" stroke="{pale}" stroke-width="16" stroke-linejoin="round"'
    return f'<path d="M{corners}" {style}/>' + _text(
        x + width / 2, y + 30, ROOF, 21, dark, 'font-weight="700" letter-spacing=".5" text-anchor="middle"'
    )


def _pillar(name: str, x: float, top: float, bottom: float) -> str:
    """The roof knows every wing: one arrow each, for the many there are."""
    dark = COLOURS[ROOF][0]
    return (
        f'<path class="arrow" data-from="{ROOF}" data-to="{name}" d="M{x:.1f} {top:.1f} V{bottom - 3:.1f}" stroke="{dark}" '
        f'stroke-width="2.5" marker-end="url(#{ROOF})"/>'
    )


def _title(house: House, x: float, y: float) -> list[str]:
    folders = sum(not room.is_file for room in house.rooms.values())
    lines = [
        f"{folders} rooms, {sum(max(room.files, 1) for room in house.rooms.values())} files.",
        "An arrow: this room imports that one.",
        "Below stands what is known, above who knows it.",
        "Arrows that a longer way implies are left out.",
    ]
    return [
        _text(x, y, "The house", 30, "#1f2937", 'font-weight="700"'),
        *(_text(x, y + 30 + 20 * i, line, 14, "#4b5563") for i, line in enumerate(lines)),
    ]


def _wing(house: House, wing: Wing, left: float, bottom: float, ground: float) -> list[str]:
    """The arrows of a wing and then its rooms, so that no line crosses a name."""
    return [
        *(_arrow(*ends, points, left, bottom, ground) for ends, points in sorted(wing.arrows.items())),
        *(_box(house.rooms[name], place, left, bottom) for name, place in sorted(wing.places.items())),
    ]


def _arrow(source: str, target: str, points: list[Place], left: float, bottom: float, ground: float) -> str:
    colour = COLOURS[_wing_of(source)][0]
    ends = f'class="arrow" data-from="{source}" data-to="{target}"'
    at = [(left + point.x, bottom - point.y) for point in points]
    if points[0].y == points[-1].y:  # a circle: side by side on one floor
        (x1, y), (x2, _) = at[0], at[-1]
        bend = y - 26 - abs(x2 - x1) / 12
        path = f"M{x1:.1f} {y:.1f} C{x1:.1f} {bend:.1f} {x2:.1f} {bend:.1f} {x2:.1f} {y:.1f}"
        return f'<path {ends} d="{path}" fill="none" stroke="#dc2626" stroke-width="1.8" marker-end="url(#circle)"/>'
    if target == GROUND:
        at[-1] = (at[-1][0], ground)
    path = f"M{at[0][0]:.1f} {at[0][1]:.1f}"
    for (x1, y1), (x2, y2) in pairwise(at):
        middle = (y1 + y2) / 2
        path += (
            f" L{x2:.1f} {y2:.1f}" if x1 == x2 else f" C{x1:.1f} {middle:.1f} {x2:.1f} {middle:.1f} {x2:.1f} {y2:.1f}"
        )
    end = f'marker-end="url(#{_wing_of(source)})"'
    return f'<path {ends} d="{path}" fill="none" stroke="{colour}" stroke-width="1.5" opacity=".8" {end}/>'


def _box(room: Room, place: Place, left: float, bottom: float) -> str:
    dark, _ = COLOURS[_wing_of(room.name)]
    x, y = left + place.x - BOX.width / 2, bottom - place.y
    name = room.name.split(".")[-1] + (".py" if room.is_file else "")
    style = f'fill="#ffffff" stroke="{dark}" stroke-width="1.3"' + (' stroke-dasharray="4 3"' if room.is_file else "")
    lines = [
        f'<g class="room" data-room="{room.name}"><title>{escape(room.purpose)}</title>',
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{BOX.width}" height="{BOX.height}" rx="8" {style}/>',
        _text(x + 12, y + 24, name, 17, dark, 'font-weight="700"'),
    ]
    if not room.is_file:
        lines.append(_text(x + BOX.width - 11, y + 23, str(room.files), 13, dark, 'text-anchor="end" opacity=".75"'))
    lines += [_text(x + 12, y + 43 + 15 * i, line, 12.5, "#4b5563") for i, line in enumerate(_purpose(room))]
    if room.inner:
        lines.append(_text(x + 12, y + BOX.height - 10, " · ".join(room.inner), 12.5, dark, 'font-weight="600"'))
    return "".join(lines) + "</g>"


def _purpose(room: Room) -> list[str]:
    """How its docstring begins, as far as the box has room."""
    purpose = room.purpose.split(". ")[0].rstrip(".").replace("`", "")
    before, _, _ = purpose.partition(":")
    short = before if len(before) >= 18 else purpose
    return textwrap.wrap(short, 24, max_lines=2 if room.inner else 3, placeholder=" …")


def _ground(house: House, x: float, y: float, width: float) -> list[str]:
    """One slab, as wide as the house, with a text for each room that it is made of: the widest first."""
    drawn = [f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="78" rx="14" fill="#1f2937"/>']
    for name in sorted(house.ground, key=lambda name: -house.rooms[name].files):
        room = house.rooms[name]
        drawn += [
            f'<g class="room" data-room="{name}"><title>{escape(room.purpose)}</title>',
            _text(x + 20, y + 34, name, 21, "#ffffff", 'font-weight="700"'),
            _text(x + 20, y + 58, room.purpose.split(": ")[0].rstrip(".") + ".", 14, "#d1d5db") + "</g>",
        ]
        x += width / len(house.ground)
    return drawn


if __name__ == "__main__":
    PICTURE.write_text(draw(read_house()), encoding="utf-8")
    PAGE.write_text(with_rooms(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    print(f"{PICTURE.relative_to(ROOT)} and the rooms in {PAGE.relative_to(ROOT)} are those of the code.")
