"""The committed drawing of the house shows the rooms and arrows that the imports have, and shows them legibly."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from tests.architecture import GROUND, PICTURE, ROOF, WINGS, House, Room, draw, read_house, room_of
from tests.architecture_layout import BOX, lay_out
from tests.architecture_rooms import END, PAGE, with_rooms

Drawn = tuple[set[str], set[tuple[str, str]]]


def read_drawing(svg: str) -> Drawn:
    """The rooms and arrows that a drawing says it shows."""
    elements = list(ElementTree.fromstring(svg).iter())
    return (
        {element.attrib["data-room"] for element in elements if "data-room" in element.attrib},
        {
            (element.attrib["data-from"], element.attrib["data-to"])
            for element in elements
            if "data-from" in element.attrib
        },
    )


def made_house(**knows: str) -> House:
    names = set(knows) | {name for other in knows.values() for name in other}
    rooms = {name: Room(name, "", 1, ()) for name in names}
    return House(rooms, frozenset(), {name: frozenset(knows.get(name, "")) for name in names})


@pytest.fixture(scope="module")
def house() -> House:
    return read_house()


def test_the_committed_drawing_shows_the_rooms_and_arrows_of_the_imports(house: House) -> None:
    rooms, arrows = read_drawing(PICTURE.read_text(encoding="utf-8"))
    rooms_now, arrows_now = read_drawing(draw(house))
    stale = [f"+ {name}" for name in sorted(rooms_now - rooms)] + [f"- {name}" for name in sorted(rooms - rooms_now)]
    stale += [f"+ {a} -> {b}" for a, b in sorted(arrows_now - arrows)]
    stale += [f"- {a} -> {b}" for a, b in sorted(arrows - arrows_now)]
    assert not stale, "draw the house again: .venv/bin/python -m tests.architecture\n" + "\n".join(stale)


def test_the_rooms_of_the_page_are_what_their_docstrings_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_rooms(page), "a room's docstring changed: .venv/bin/python -m tests.architecture"
    assert page.count(END) == 1


def test_every_room_and_arrow_is_drawn(house: House) -> None:
    rooms, arrows = read_drawing(draw(house))
    assert rooms == set(house.rooms)
    assert house.ground >= {"warehouse.schema"}
    inside = {(a, b) for a, b in house.arrows() if not a.startswith(ROOF) or b.startswith(ROOF)}
    assert arrows == inside | {(ROOF, wing) for wing in WINGS}


def test_only_arrows_that_no_longer_way_implies_are_left() -> None:
    assert made_house(a="bc", b="c").arrows() == {("a", "b"), ("b", "c")}
    assert made_house(a="bcd", b="d", c="d").arrows() == {("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")}


def test_a_circle_is_drawn_on_one_floor() -> None:
    circle = made_house(a="b", b="ac", c="")
    assert circle.arrows() == {("a", "b"), ("b", "a"), ("b", "c")}
    wing = lay_out("abc", circle.arrows(), circle.circles(), "ground")
    assert wing.places["a"].y == wing.places["b"].y > wing.places["c"].y


def test_what_is_known_stands_below_and_no_boxes_overlap(house: House) -> None:
    arrows, circles = house.arrows(), house.circles()
    for folder in (*WINGS, ROOF):
        rooms = [name for name in house.rooms if name.split(".")[0] == folder and name not in house.ground]
        places = lay_out(rooms, arrows, circles, GROUND).places
        for a, b in arrows:
            assert a not in places or b not in places or b in circles[a] or places[b].y < places[a].y
        for one, other in combinations(places.values(), 2):
            assert abs(one.x - other.x) >= BOX.width or abs(one.y - other.y) >= BOX.height


def test_rooms_are_folders_and_single_files() -> None:
    assert room_of("transforms.core.tree.build", False) == "transforms.core"
    assert room_of("sources.read", False) == "sources.read"
    assert room_of("expectations.gx", False) == "expectations"
    assert room_of("sources", True) is None
