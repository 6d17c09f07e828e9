"""The catalogue says what is wrong in plain words, and one wrong entry takes no other down."""

from datetime import date
from pathlib import Path

import pytest

from sources.declared.catalogue import OWN_ENTRIES, load_catalogue, save_entry, save_government
from sources.declared.entry import DocumentEntry, Government
from sources.raw.reading import Hints
from warehouse.schema.core import GOVERNMENT
from warehouse.schema.vocabulary import STAGES

A, B = "a" * 64, "b" * 64


def write(folder: Path, name: str, text: str) -> None:
    path = folder / "documents" / f"{name}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "catalogue"


def problems(home: Path) -> list[str]:
    return [str(problem) for problem in load_catalogue(OWN_ENTRIES, home).problems]


def test_the_projects_own_list_has_every_state_and_municipality() -> None:
    catalogue = load_catalogue(OWN_ENTRIES)
    assert catalogue.problems == ()
    levels = [government.level for government in catalogue.governments.values()]
    assert (levels.count("state"), levels.count("municipality"), levels.count("federal")) == (32, 2478, 1)
    assert catalogue.governments["26"].name == "Sonora"
    assert catalogue.governments["26030"].name == "Hermosillo"
    for government in catalogue.governments.values():
        if government.level in ("state", "municipality"):
            assert government.inegi_key == government.government_id
        if government.level == "municipality":
            assert government.government_id.startswith(str(government.parent_id))
        assert government.source


def test_frames_have_the_schemas_shape(home: Path) -> None:
    hints = Hints(unit=1000, pages="1-3")
    save_entry(
        DocumentEntry(
            document_id="x", government_id="26", sha256=A, fiscal_year=2021, period_end=date(2021, 3, 31), hints=hints
        ),
        home,
    )
    save_entry(DocumentEntry(document_id="y", kind="secundaria", obtained_how="request", folio="123"), home)
    frames = load_catalogue(OWN_ENTRIES, home).frames()
    assert list(frames["government"].columns) == GOVERNMENT.frame_columns
    x, y = frames["document"].to_dict("records")
    assert (x["government_id"], x["fiscal_year"], x["period_end"], x["citable"]) == (
        "26",
        2021,
        date(2021, 3, 31),
        True,
    )
    assert x["hints"] == '{"pages": "1-3", "unit": 1000}'
    assert (y["obtained_how"], y["citable"]) == ("request (folio 123)", False)
    assert frames["document"]["hints"].isna().tolist() == [False, True]


def test_an_empty_catalogue_has_typed_frames(home: Path) -> None:
    frame = load_catalogue(home).frames()["document"]
    assert len(frame) == 0
    assert str(frame["fiscal_year"].dtype) == "Int64"


def test_an_entry_survives_the_round_trip_and_keeps_only_what_is_known(home: Path) -> None:
    entry = DocumentEntry(
        document_id="sonora-ley-2021",
        title="Decreto número 1",
        government_id="01",
        fiscal_year=2021,
        period_start=date(2021, 1, 1),
        sha256=A,
    )
    path = save_entry(entry, home)
    text = path.read_text(encoding="utf-8")
    assert text.splitlines()[:3] == ["document_id: sonora-ley-2021", "title: Decreto número 1", "government_id: '01'"]
    assert "notes" not in text and "hints" not in text
    assert load_catalogue(OWN_ENTRIES, home).documents["sonora-ley-2021"] == entry
    assert [p.name for p in path.parent.iterdir()] == ["sonora-ley-2021.yaml"]


def test_keys_people_write_without_quotes_stay_text(home: Path) -> None:
    write(home, "x", "document_id: x\ngovernment_id: 01\nfiscal_year: 2021\ncitable: no\ntitle:\n")
    catalogue = load_catalogue(OWN_ENTRIES, home)
    assert catalogue.problems == ()
    entry = catalogue.documents["x"]
    assert (entry.government_id, entry.fiscal_year, entry.citable, entry.title) == ("01", 2021, False, None)


FOUND_AT = [
    ("document_id: x\nfiscal_year: dos mil\n", 2, "key fiscal_year: expected a year such as 2021; found «dos mil». Correct the value."),
    ("document_id: x\nfiscal_year: 20211\n", 2, "key fiscal_year: expected a year such as 2021; found «20211». Correct the value."),
    ("document_id: x\n\nfiscal_yaer: 2021\n", 3, "Did you mean «fiscal_year»?"),
    ("document_id: x\nkind: leyes\n", 2, "key kind: expected one of proyecto, ley, ley_ingresos, calendario, cuenta_publica, informe, estadistica, secundaria, contratos, norma, otro; found «leyes»"),
    ("document_id: x\nperiod_end: 31/12/2021\n", 2, "key period_end: expected a date such as 2021-12-31; found «31/12/2021»"),
    ("document_id: x\nperiod_start: 2021-02-01\nperiod_end: 2021-01-01\n", 1, "period_start 2021-02-01 is after period_end 2021-01-01"),
    ("document_id: x\nhints:\n  unit: pesos\n", 3, "key hints.unit: expected 1, 1000 or 1000000; found «pesos»"),
    ("document_id: x\nhints:\n  unit: 100\n", 3, "key hints.unit: expected 1, 1000 or 1000000; found «100»"),
    ("document_id: x\nhints:\n  pages: 40-12\n", 3, "key hints.pages: expected pages such as 12-40,55; found «40-12»"),
    ("document_id: x\nhints:\n  pages: 0,3\n", 3, "key hints.pages: expected pages such as 12-40,55; found «0»"),
    ("document_id: x\nhints:\n  sheets: []\n", 3, "key hints.sheets: expected a list of sheet names; found «[]»"),
    ("document_id: x\nhints:\n  stages:\n    Total: gastado\n", 3, "key hints.stages: expected one of " + ", ".join(STAGES) + " for the header «Total»; found «gastado»"),
    ("document_id: x\nhints:\n  page: 3\n", 3, "key hints.page: expected one of pages, sheets"),
    ("document_id: x\ngovernment_id: 99\n", 2, "key government_id: no government «99» in the catalogue. Add it under governments/."),
    ("document_id: x\nsupersedes: old\n", 2, "key supersedes: no document «old» in the catalogue"),
    ("document_id: z\n", 1, "key document_id: expected x, as the file is called; found «z»"),
    ("title: x\n", 1, "key document_id: expected letters a-z, digits and hyphens, such as guanajuato-ley-2021; found nothing. Add it."),
    ("document_id: x\ntitle: a\ntitle: b\n", 3, "key title: written twice, first on line 2. Keep one."),
    ("document_id: x\ntitle: [\n", 3, "expected well-formed YAML; found: did not find expected node content"),
    ("just words\n", 1, "expected keys such as «id: …», one a line; found «just words»"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "line", "message"), FOUND_AT)
def test_errors_name_file_line_and_field_in_both_languages(home: Path, text: str, line: int, message: str) -> None:
    write(home, "x", text)
    [problem] = load_catalogue(OWN_ENTRIES, home).problems
    assert (problem.file, problem.line) == ("catalogue/documents/x.yaml", line)
    assert message in problem.en
    assert problem.es != problem.en
    assert str(problem).startswith(f"catalogue/documents/x.yaml: renglón {line}, ")


def test_a_table_of_governments_that_cannot_be_read_is_reported(home: Path) -> None:
    home.mkdir()
    (home / "governments.csv").write_bytes("government_id,name,level\n26-a,Órgano,body\n".encode("latin-1"))
    assert "catalogue/governments.csv: se esperaba una tabla de texto en UTF-8" in problems(home)[0]
    (home / "governments.csv").write_text(
        "government_id,name,level\n26-a,Órgano,body\n26-b,Otro,cuerpo\n", encoding="utf-8"
    )
    [problem] = load_catalogue(OWN_ENTRIES, home).problems
    assert (problem.line, "key level: expected one of federal, state, municipality or body" in problem.en) == (3, True)
    (home / "governments.csv").unlink()
    (home / "governments.csv").symlink_to("nowhere")
    assert len(problems(home)) == 1


def test_a_wrong_entry_leaves_the_others(home: Path) -> None:
    write(home, "bad", "document_id: bad\nfiscal_year: dos mil\n")
    write(home, "good", "document_id: good\nsupersedes: bad\n")
    catalogue = load_catalogue(OWN_ENTRIES, home)
    assert list(catalogue.documents) == ["good"]
    assert len(catalogue.problems) == 1


def test_the_same_id_twice_is_a_problem_of_the_second(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "more" / "catalogue"
    save_entry(DocumentEntry(document_id="x", title="first"), home)
    save_entry(DocumentEntry(document_id="x", title="second"), other)
    catalogue = load_catalogue(home, other)
    assert catalogue.documents["x"].title == "first"
    [problem] = catalogue.problems
    assert "«x» is already in catalogue/documents/x.yaml" in problem.message


def test_the_same_bytes_twice_would_count_the_money_twice(home: Path) -> None:
    save_entry(DocumentEntry(document_id="x", sha256=A), home)
    save_entry(DocumentEntry(document_id="y", sha256=A), home)
    [problem] = load_catalogue(OWN_ENTRIES, home).problems
    assert (problem.file, problem.line) == ("catalogue/documents/y.yaml", 2)
    assert problem.en.startswith("key sha256: the same bytes as the document x.")


def test_versions_going_round_in_a_circle_are_reported(home: Path) -> None:
    for name, older in (("x", "y"), ("y", "x"), ("z", "z")):
        save_entry(DocumentEntry(document_id=name, supersedes=older), home)
    circles = [(problem.file, problem.en.split(": ")[-1]) for problem in load_catalogue(OWN_ENTRIES, home).problems]
    assert circles == [
        ("catalogue/documents/x.yaml", "x → y → x. Take one out."),
        ("catalogue/documents/y.yaml", "y → x → y. Take one out."),
        ("catalogue/documents/z.yaml", "z → z. Take one out."),
    ]


def test_one_document_has_one_successor(home: Path) -> None:
    for name, older in (("x", None), ("y", "x"), ("z", "x")):
        save_entry(DocumentEntry(document_id=name, supersedes=older), home)
    [problem] = load_catalogue(OWN_ENTRIES, home).problems
    assert problem.file == "catalogue/documents/z.yaml"
    assert problem.en.startswith("key supersedes: what is replaced by the document y.")


def test_bodies_are_added_as_files_and_checked(home: Path) -> None:
    save_government(
        Government(
            government_id="11-inaeba",
            name="Instituto de Alfabetización",
            level="body",
            parent_id="11",
            aliases=["INAEBA"],
        ),
        home,
    )
    save_government(Government(government_id="lost", name="Lost", level="body", parent_id="99"), home)
    save_entry(DocumentEntry(document_id="x", government_id="11-inaeba"), home)
    catalogue = load_catalogue(OWN_ENTRIES, home)
    [problem] = catalogue.problems
    assert problem.file == "catalogue/governments/lost.yaml"
    assert problem.en.startswith("key parent_id: no government «99» in the catalogue.")
    assert "x" in catalogue.documents
    names = catalogue.names()
    assert names[names["government_id"] == "11-inaeba"]["name"].tolist() == ["Instituto de Alfabetización", "INAEBA"]


def test_documents_are_found_by_bytes_and_by_newest_version_of_an_origin(home: Path) -> None:
    save_entry(DocumentEntry(document_id="v1", sha256=A, origin="https://a.mx/x.pdf"), home)
    save_entry(DocumentEntry(document_id="v2", sha256=B, origin="https://a.mx/x.pdf", supersedes="v1"), home)
    catalogue = load_catalogue(home)
    assert catalogue.by_sha256(A) is catalogue.documents["v1"]
    assert catalogue.by_origin("https://a.mx/x.pdf") is catalogue.documents["v2"]
    assert catalogue.by_origin("https://a.mx/other.pdf") is None
