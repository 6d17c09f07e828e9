"""What a dropped file or folder becomes: new, a duplicate, a new version, or left aside with its reason."""

from pathlib import Path

import pytest

from sources import intake
from sources.bytes.archive import Archive
from sources.bytes.fetch import Fetched
from sources.declared.catalogue import Catalogue, load_catalogue, save_entry
from sources.intake import Arrival, find_documents, new_entry, receive_file, receive_url


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "home" / "archive")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home" / "catalogue"


def put(path: Path, data: bytes = b"%PDF-1.4") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def record(arrival: Arrival, home: Path, document_id: str, **fields: object) -> Catalogue:
    save_entry(new_entry(arrival, {"document_id": document_id, **fields}, load_catalogue(home)), home)
    return load_catalogue(home)


def test_a_folder_gives_its_documents_in_order_and_says_what_it_left(tmp_path: Path) -> None:
    top = tmp_path / "ana" / "inaeba"
    for name in (
        "2021/6.6.pdf",
        "2021/6.6.XLSX",
        "2018/x.csv",
        ".DS_Store",
        "~$6.6.xlsx",
        ".git/config.pdf",
        "notas.docx",
        "todo.zip",
        "y.pdf.part",
        "LEEME",
    ):
        put(top / name)
    (top / "lost.pdf").symlink_to(top / "nowhere.pdf")
    documents, skipped = find_documents(top)
    assert [document.origin for document in documents] == [
        "inaeba/2018/x.csv",
        "inaeba/2021/6.6.XLSX",
        "inaeba/2021/6.6.pdf",
    ]
    assert {file.path.name: file.reason.en for file in skipped} == {
        ".git": "hidden or system folder",
        ".DS_Store": "hidden, lock or system file",
        "~$6.6.xlsx": "hidden, lock or system file",
        "notas.docx": "not a kind of document the program reads (.docx)",
        "todo.zip": "packed: unpack it and add the folder",
        "y.pdf.part": "still arriving",
        "LEEME": "not a kind of document the program reads (no extension)",
        "lost.pdf": "not a file, or a link that leads nowhere",
    }


def test_a_file_named_directly_is_taken_whatever_its_name(tmp_path: Path) -> None:
    file = put(tmp_path / "notas.docx")
    assert find_documents(file) == ([(file, "notas.docx")], [])


def test_a_new_file_is_archived_and_its_entry_says_where_from(tmp_path: Path, archive: Archive, home: Path) -> None:
    file = put(tmp_path / "ana" / "ley.pdf")
    arrival = receive_file(file, archive, load_catalogue(home), origin="docs/ley.pdf", how="request", folio="77")
    assert (arrival.outcome, arrival.known, archive.path(arrival.sha256).read_bytes()) == ("new", None, b"%PDF-1.4")
    entry = record(arrival, home, "ley", kind="ley").documents["ley"]
    assert (entry.origin, entry.file_name, entry.obtained_how, entry.folio, entry.kind) == (
        "docs/ley.pdf",
        "ley.pdf",
        "request",
        "77",
        "ley",
    )
    assert entry.obtained_at == arrival.obtained_at
    assert str(tmp_path) not in (home / "documents" / "ley.yaml").read_text(encoding="utf-8")


def test_the_same_bytes_are_a_duplicate_from_wherever_they_come(tmp_path: Path, archive: Archive, home: Path) -> None:
    catalogue = record(receive_file(put(tmp_path / "a" / "ley.pdf"), archive, load_catalogue(home)), home, "ley")
    again = receive_file(put(tmp_path / "b" / "copia.pdf"), archive, catalogue)
    assert (again.outcome, again.known) == ("duplicate", "ley")


def test_new_bytes_at_the_same_place_supersede_the_newest_version(tmp_path: Path, archive: Archive, home: Path) -> None:
    file = tmp_path / "ley.pdf"
    for version, older in (("v1", None), ("v2", "v1"), ("v3", "v2")):
        arrival = receive_file(put(file, version.encode()), archive, load_catalogue(home))
        assert arrival.outcome == ("new_version" if older else "new")
        catalogue = record(arrival, home, version, fiscal_year=2021)
        assert catalogue.problems == ()
        assert catalogue.documents[version].supersedes == older
    assert archive.path(catalogue.documents["v1"].sha256 or "").read_bytes() == b"v1"


def test_a_reused_name_is_not_a_new_version_of_another_document(tmp_path: Path, archive: Archive, home: Path) -> None:
    file = tmp_path / "inbox" / "presupuesto.pdf"
    catalogue = record(
        receive_file(put(file, b"1"), archive, load_catalogue(home)), home, "a", fiscal_year=2020, kind="ley"
    )
    arrival = receive_file(put(file, b"2"), archive, catalogue)
    assert new_entry(arrival, {"document_id": "b", "fiscal_year": 2021}, catalogue).supersedes is None
    assert new_entry(arrival, {"document_id": "b", "fiscal_year": 2020}, catalogue).supersedes == "a"
    assert new_entry(arrival, {"document_id": "b"}, catalogue).supersedes == "a"


def test_the_same_name_in_another_folder_is_another_document(tmp_path: Path, archive: Archive, home: Path) -> None:
    catalogue = record(receive_file(put(tmp_path / "a" / "6.6.pdf", b"1"), archive, load_catalogue(home)), home, "a")
    assert receive_file(put(tmp_path / "b" / "6.6.pdf", b"2"), archive, catalogue).outcome == "new"


def test_an_address_is_asked_for_what_it_gave_before(
    archive: Archive, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    bodies = iter([b"1", b"1", b"2"])

    def fetch(url: str, archive: Archive, *, previous: str | None, limits: object) -> Fetched:
        asked.append(previous)
        sha256 = archive.add(next(bodies), origin=url, how="portal", name="ley.pdf")
        return Fetched(sha256, "ley.pdf", url, changed=sha256 != previous)

    monkeypatch.setattr(intake, "fetch", fetch)
    url = "https://a.mx/ley.pdf"
    first = receive_url(url, archive, load_catalogue(home))
    catalogue = record(first, home, "ley")
    assert (first.outcome, first.origin, first.how) == ("new", url, "portal")
    assert receive_url(url, archive, catalogue).outcome == "duplicate"
    third = receive_url(url, archive, catalogue)
    assert (third.outcome, third.known) == ("new_version", "ley")
    assert asked == [None, first.sha256, first.sha256]
