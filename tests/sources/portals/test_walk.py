"""The walk through a page of a real server: how far, how politely, and what it says it did not follow."""

from collections.abc import Iterator
from functools import partial

import pytest

from sources.bytes.fetch import Limits, fetch_page
from sources.declared.portals import Take, WatchedPage
from sources.portals.robots import Robots
from sources.portals.walk import Listing, Pace, walk
from tests.sources.portals.portal import LOCAL, Portal, serving

LIMITS = Limits(connect=2, read=2, total=5, attempts=1, allowed_networks=(LOCAL,))


@pytest.fixture
def portal() -> Iterator[Portal]:
    with serving() as made:
        yield made


def listed(portal: Portal, waits: list[float] | None = None, **fields: object) -> Listing:
    page = WatchedPage.model_validate(
        {"id": "p", "address": f"{portal.address}/", "government": "26", "found_in": "a test", **fields}
    )
    visit = partial(fetch_page, limits=LIMITS)
    robots = Robots(visit)
    return walk(page, visit, robots, Pace(robots, page.delay, (waits if waits is not None else []).append))


def names(listing: Listing) -> list[str]:
    return sorted(address.rpartition("/")[2] for address in listing.documents)


def test_links_are_taken_by_words_or_patterns(portal: Portal) -> None:
    portal.put(
        "/",
        "<a href=a.pdf>Estado analítico</a><a href=b.pdf>Organigrama</a><a href='bajar?id=7'>Bajar</a><a href=c.html>Analítico</a>",
    )
    assert names(listed(portal)) == ["a.pdf", "b.pdf"]
    assert names(listed(portal, take=Take(text=["ANALITICO"]))) == ["a.pdf"]
    assert names(listed(portal, take=Take(address=["*bajar[?]id=*"]))) == ["bajar?id=7"]
    assert names(listed(portal, take=Take(text=["organigrama"], address=["*bajar[?]*"]))) == ["b.pdf", "bajar?id=7"]


def test_pages_below_are_followed_to_the_depth_and_only_of_this_host(portal: Portal) -> None:
    portal.put("/", "<a href=/1>Abajo</a><a href='http://localhost:9/otro'>Otro</a><iframe src=/marco></iframe>")
    portal.put("/marco", "<a href=marco.pdf>M</a>")
    portal.put("/1", "<a href=uno.pdf>1</a><a href=/2>Más abajo</a><a href=/>Inicio</a>")
    portal.put("/2", "<a href=dos.pdf>2</a><a href=/3>Más</a>")
    portal.put("/3", "<a href=tres.pdf>3</a>")
    assert names(listed(portal)) == ["marco.pdf"]
    assert names(listed(portal, depth=1)) == ["marco.pdf", "uno.pdf"]
    whole = listed(portal, depth=2)
    assert (names(whole), whole.complete, whole.pages) == (["dos.pdf", "marco.pdf", "uno.pdf"], True, 4)
    with pytest.raises(ValueError, match="depth"):
        listed(portal, depth=3)


def test_more_of_the_list_is_followed_up_to_the_pages_of_a_night(portal: Portal) -> None:
    for number in range(1, 8):
        portal.put(
            "/" if number == 1 else f"/?p={number}",
            f"<a href={number}.pdf>{number}</a><a href='/?p={number + 1}'>Ver más</a>",
        )
    portal.put("/?p=8", "<a href=8.pdf>8</a><a href='/?p=8'>Siguiente</a>")
    assert len(names(listed(portal))) == 8
    cut = listed(portal, pages=3)
    assert (len(names(cut)), cut.complete) == (3, False)
    assert "1 pages more than 3" in cut.remarks[0]


def test_robots_are_obeyed_and_their_pause_too(portal: Portal) -> None:
    portal.put("/robots.txt", "User-agent: *\nDisallow: /privado\nCrawl-delay: 9\n", content_type="text/plain")
    portal.put("/", "<a href=/privado/x>Privado</a><a href=/abierto>Abierto</a>")
    portal.put("/abierto", "<a href=a.pdf>A</a>")
    waits: list[float] = []
    listing = listed(portal, waits, depth=1, delay=2)
    assert (names(listing), listing.complete) == (["a.pdf"], False)
    assert "robots.txt excludes it" in listing.remarks[0]
    assert not [path for path in portal.asked if path.startswith("/privado")]
    assert (waits[0], 8 < waits[1] <= 9) == (0, True)


def test_a_host_that_forbids_or_fails_is_left_alone(portal: Portal) -> None:
    portal.put("/", "<a href=a.pdf>A</a>")
    for status, taken in ((403, []), (500, []), (404, ["a.pdf"])):
        portal.put("/robots.txt", "no", status=status)
        assert names(listed(portal)) == taken, status


def test_a_page_that_fails_is_told_and_the_list_is_not_whole(portal: Portal) -> None:
    portal.put(
        "/",
        "<a href=a.pdf>A</a><iframe src=/roto></iframe><a href='javascript:mas()'>Cargar</a><a href='#' onclick=x()>Ver a@b.mx</a>",
    )
    listing = listed(portal)
    assert (names(listing), listing.complete) == (["a.pdf"], False)
    assert "answer 404" in listing.remarks[0]
    assert listing.remarks[1] == "1 links work by script only and were not followed: «Cargar»"


def test_ten_thousand_links_and_json(portal: Portal) -> None:
    rows = "".join(f"<tr><td>Trimestre {n}</td><td><a href=/d/{n}.pdf>PDF</a></td></tr>" for n in range(10_000))
    portal.put("/", f"<table>{rows}</table>")
    assert len(listed(portal, take=Take(text=["trimestre"])).documents) == 10_000
    portal.put("/", '{"r": [{"u": "/bajar/1"}, {"u": "/bajar/2"}]}', content_type="application/json")
    assert names(listed(portal, json_path="r.*.u")) == ["1", "2"]


def test_no_private_address_is_visited(portal: Portal) -> None:
    page = WatchedPage(id="p", address=f"{portal.address}/", government="26", found_in="a test")
    robots = Robots(fetch_page)
    listing = walk(page, fetch_page, robots, Pace(robots, 1, lambda _: None))
    assert (listing.documents, listing.complete, portal.asked) == ({}, False, [])
