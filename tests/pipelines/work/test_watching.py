"""Watched pages over several nights, against a real server: what appears, changes, vanishes, and what waits for a person."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from reportlab.pdfgen.canvas import Canvas

from pipelines.home import Home
from pipelines.work.adding import Added, refetch
from pipelines.work.waiting import WaitingError, confirm, discard, remove
from pipelines.work.watching import Watched, read_journal, watch, watched_addresses, watched_documents
from tests.sources.portals.portal import LOCAL, Portal, serving

FIRST = date(2026, 12, 1)
TITLE = "Estado Analítico del Ejercicio del Presupuesto de Egresos"
LAW = (
    "Gobierno del Estado de Sonora",
    TITLE,
    "Clasificación por Objeto del Gasto",
    "Del 1 de enero al 31 de diciembre de 2023",
)


@pytest.fixture
def portal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Portal]:
    monkeypatch.setenv("PESO_ALLOWED_NETWORKS", LOCAL)
    with serving() as made:
        yield made


@pytest.fixture
def home(tmp_path: Path, portal: Portal) -> Home:
    home = Home(tmp_path / "home").create()
    fields = {
        "id": "sonora",
        "active": True,
        "address": f"{portal.address}/",
        "government": "26",
        "found_in": "a test",
        "gone_after": 2,
    }
    (home.portals_folder / "sonora.yaml").write_text(yaml.safe_dump(fields))
    return home


def statement(path: Path, lines: tuple[str, ...] = LAW, factor: int = 1) -> bytes:
    """A page with headings and one table whose total adds up."""
    canvas = Canvas(str(path), invariant=1)
    for at, text in enumerate(lines):
        canvas.drawString(72, 760 - 14 * at, text)
    rows: list[tuple[str, str | int]] = [
        ("Concepto", "Aprobado"),
        ("1000 Servicios personales", 1234),
        ("2000 Materiales y suministros", 500),
        ("3000 Servicios generales", 20),
        ("Total", 1754),
    ]
    for at, (label, amount) in enumerate(rows):
        canvas.drawString(72, 660 - 20 * at, label)
        canvas.drawRightString(400, 660 - 20 * at, amount if isinstance(amount, str) else f"{amount * factor:,}.00")
    canvas.save()
    return path.read_bytes()


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., bytes]:
    return lambda *args, **more: statement(tmp_path / "made.pdf", *args, **more)


def night(home: Home, number: int) -> tuple[list[Added], Watched]:
    *added, watched = watch(home, FIRST + timedelta(days=number), sleep=lambda _: None)
    assert isinstance(watched, Watched)
    return [one for one in added if isinstance(one, Added)], watched


def statuses(home: Home) -> dict[str, str]:
    frame = watched_documents(home)
    return dict(zip(frame["address"].str.rpartition("/")[2], frame["status"], strict=True))


def test_what_is_sure_enters_the_catalogue_and_the_rest_waits(
    home: Home, portal: Portal, made: Callable[..., bytes]
) -> None:
    portal.put("/", "<a href=uno.pdf>Analítico</a><a href=dos.pdf>Otro</a><a href=tres.pdf>Página</a>")
    portal.put("/uno.pdf", made())
    portal.put("/dos.pdf", made(("Presupuesto",)))
    portal.put("/tres.pdf", "<html>sesión</html>")
    added, watched = night(home, 0)
    assert [one.outcome for one in added] == ["refused", "added", "waiting"]
    assert statuses(home) == {"uno.pdf": "present", "dos.pdf": "waiting", "tres.pdf": "refused"}
    [entry] = home.catalogue().documents.values()
    assert (entry.government_id, entry.kind, entry.fiscal_year, entry.obtained_how) == (
        "26",
        "cuenta_publica",
        2023,
        "portal",
    )
    [item] = home.set_aside().values()
    assert {doubt.partition(":")[0] for doubt in item.doubts} >= {"no_government", "no_year"}
    assert item.document_id not in home.catalogue().documents
    assert sorted(watched.events) == ["appeared", "waiting"]
    portal.asked.clear()
    assert night(home, 1)[1].events == {}
    assert sorted(portal.asked) == ["/", "/robots.txt", "/uno.pdf"], "what waits or was refused rests for a week"


def test_a_person_confirms_or_discards(home: Home, portal: Portal, made: Callable[..., bytes]) -> None:
    portal.put("/", "<a href=dos.pdf>Otro</a><a href=tres.pdf>Tercero</a>")
    portal.put("/dos.pdf", made(("Presupuesto",)))
    portal.put("/tres.pdf", made(("Presupuesto", "tercero")))
    night(home, 0)
    first, second = (item.document_id for item in home.set_aside().values())
    with pytest.raises(WaitingError, match="no hay gobierno «99»"):
        confirm(home, first, {"government_id": "99"})
    confirm(home, first, {"government_id": "26", "fiscal_year": 2023, "kind": "ley"})
    discard(home, second)
    with pytest.raises(WaitingError, match="por confirmar"):
        confirm(home, second, {})
    assert home.catalogue().documents[first].government_id == "26"
    night(home, 1)
    assert sorted(statuses(home).values()) == ["discarded", "present"]
    night(home, 9)
    assert sorted(statuses(home).values()) == ["discarded", "present"], "the same bytes are not asked about again"


@pytest.mark.parametrize(
    ("lines", "factor", "doubt"),
    [
        ((*LAW[:3], "Del 1 de enero al 31 de diciembre de 2024"), 1, "other_subject"),
        ((LAW[0], "Informe de Avance de Gestión de las Obras Municipales", *LAW[2:]), 1, "other_title"),
        ((*LAW[:2], "Clasificación Administrativa", LAW[3]), 1, "other_class"),
        (LAW, 7, "other_total"),
    ],
)  # fmt: skip
def test_new_bytes_that_look_like_another_statement_wait(
    home: Home, portal: Portal, made: Callable[..., bytes], lines: tuple[str, ...], factor: int, doubt: str
) -> None:
    portal.put("/", "<a href=uno.pdf>Analítico</a>")
    portal.put("/uno.pdf", made())
    night(home, 0)
    [known] = home.catalogue().documents
    portal.put("/uno.pdf", made(lines, factor=factor))
    [added], watched = night(home, 1)
    assert added.outcome == "waiting"
    assert list(home.catalogue().documents) == [known]
    assert doubt in {one.partition(":")[0] for one in home.set_aside()[added.document_id or ""].doubts}
    assert {"changed", "waiting"} <= set(watched.events)


def test_a_restated_version_supersedes_and_keeps_what_a_person_said(
    home: Home, portal: Portal, made: Callable[..., bytes]
) -> None:
    portal.put("/", "<a href=dos.pdf>Otro</a>")
    portal.put("/dos.pdf", made((TITLE,)))
    night(home, 0)
    [waiting] = home.set_aside()
    confirm(home, waiting, {"government_id": "26", "fiscal_year": 2023})
    portal.put("/dos.pdf", made((TITLE, "corregido")))
    [added], _ = night(home, 8)
    newer = home.catalogue().documents[added.document_id or ""]
    assert (added.outcome, newer.supersedes, newer.government_id, newer.fiscal_year) == (
        "new_version",
        waiting,
        "26",
        2023,
    )


def test_what_vanishes_is_known_after_some_nights_and_when_it_was_last_seen(
    home: Home, portal: Portal, made: Callable[..., bytes]
) -> None:
    portal.put("/", "<a href=uno.pdf>Analítico</a><a href=dos.pdf>Otro</a>")
    portal.put("/uno.pdf", made())
    portal.put("/dos.pdf", made((*LAW[:3], "Del 1 de enero al 31 de diciembre de 2022")))
    night(home, 0)
    before = watched_documents(home)
    night(home, 1)
    assert watched_documents(home).equals(before), "a night without news changes nothing of the edition"
    del portal.answers["/uno.pdf"]
    assert night(home, 2)[1].events == {}
    assert night(home, 3)[1].events == {"vanished": [f"{portal.address}/uno.pdf"]}
    portal.put("/", "<a href=uno.pdf>Analítico</a>")
    assert night(home, 4)[1].events == {"unlisted": [f"{portal.address}/dos.pdf"]}
    gone = watched_documents(home).set_index("status")["last_seen_on"].astype(str)
    assert dict(gone) == {"vanished": "2026-12-02", "unlisted": "2026-12-04"}
    portal.put("/", "no", status=500)
    assert night(home, 5)[1].events == {}, "from a page that cannot be seen nothing is missing"
    portal.put("/", "<a href=uno.pdf>Analítico</a><a href=dos.pdf>Otro</a>")
    portal.put("/uno.pdf", made())
    night(home, 6)
    assert set(statuses(home).values()) == {"present"}


def test_what_a_person_took_out_is_not_brought_back(home: Home, portal: Portal, made: Callable[..., bytes]) -> None:
    portal.put("/", "<a href=uno.pdf>Analítico</a>")
    portal.put("/uno.pdf", made())
    night(home, 0)
    [known] = home.catalogue().documents
    assert remove(home, known, "es un borrador") == []
    night(home, 1)
    night(home, 9)
    assert (dict(home.catalogue().documents), statuses(home)) == ({}, {"uno.pdf": "discarded"})


def test_a_removed_version_leaves_the_chain_of_versions_whole(
    home: Home, portal: Portal, made: Callable[..., bytes]
) -> None:
    portal.put("/", "<a href=uno.pdf>Analítico</a>")
    for number in range(3):
        portal.put("/uno.pdf", made((*LAW, f"versión {number}")))
        night(home, number)
    entries = home.catalogue().documents
    [newest] = [
        entry for entry in entries.values() if entry.document_id not in {e.supersedes for e in entries.values()}
    ]
    middle = entries[newest.supersedes or ""]
    assert remove(home, middle.document_id, "repetido") == [newest.document_id]
    assert home.catalogue().documents[newest.document_id].supersedes == middle.supersedes
    assert home.catalogue().problems == ()
    with pytest.raises(WaitingError, match="No hay documento"):
        remove(home, middle.document_id, "otra vez")


def test_the_most_of_a_night_is_kept_and_the_next_goes_on(
    home: Home, portal: Portal, made: Callable[..., bytes]
) -> None:
    file = home.portals_folder / "sonora.yaml"
    file.write_text(file.read_text() + "most: 2\n")
    portal.put("/", "".join(f"<a href={n}.pdf>{n}</a>" for n in range(5)))
    for number in range(5):
        portal.put(f"/{number}.pdf", made((*LAW[:3], f"Del 1 de enero al 31 de diciembre de {2015 + number}")))
    for number, known in enumerate((2, 4, 5)):
        night(home, number)
        assert len(home.catalogue().documents) == known
    assert watched_addresses(home) == {entry.origin for entry in home.catalogue().documents.values()}
    assert list(refetch(home, watched_addresses(home))) == []


def test_a_journal_that_is_not_legible_begins_anew(home: Home) -> None:
    home.watched.mkdir(exist_ok=True)
    (home.watched / "sonora.json").write_text("{")
    assert read_journal(home, "sonora").links == {}
