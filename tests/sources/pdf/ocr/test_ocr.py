"""Pages without a text layer: read by OCR where it is installed, said plainly where it is not."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from sources.errors import SourceError
from sources.pdf import ocr, read_pdf
from sources.pdf.ocr.figures import figure, garbled_figure, roman, spanish
from sources.pdf.page.words import leaning
from sources.raw.reading import Document, Reading
from tests.sources.pdf.ocr import scanned
from tests.transforms.made_raw import by_cell, made_documents
from transforms.core.normalize import normalize

needs_ocr = pytest.mark.skipif(not ocr.installed(), reason="OCR is an extra: make setup EXTRAS=ocr")


def test_without_ocr_a_scan_says_how_to_install_it(tmp_path: Path) -> None:
    path = scanned.pdf(tmp_path / "scan.pdf", scanned.page())
    with pytest.raises(SourceError) as refused:
        read_pdf(Document(path, "scan"))
    assert refused.value.code == "no_text"
    assert "Instale el OCR con `make setup EXTRAS=ocr`" in refused.value.told().es


@pytest.mark.parametrize(
    ("recognised", "meant"),
    [
        ("1,234, 567.00", "1,234,567.00"),
        ("1.234,567.00", "1,234,567.00"),
        ("26,012,953 00", "26,012,953.00"),
        ("8,168,593,00", "8,168,593.00"),
        ("3,622,249.00]", "3,622,249.00"),
        ("|0.O0", "0.00"),
        ("l,234.50", "1,234.50"),
        ("(1,234.50)", "(1,234.50)"),
        ("-37,407.00", "-37,407.00"),
        ("$ 4,500.00", "$4,500.00"),
        ("37532", "37532"),
        ("19 798,684", "19,798,684"),
        ("12.5 %", "12.5 %"),
        ("46,155,518.", None),  # its centavos were lost
        ("46,155,518,|", None),
        ("46,155,518.04.", "46,155,518.04"),  # a speck
        ("5.670", None),  # five, or five thousand
        ("1 234", None),  # one number, or two
        ("11,790,B42.00", None),
        ("26012,953.00", None),
        ("0.00 0.00", None),
        ("Servicios", None),
    ],
)
def test_a_recognised_figure_is_set_right_only_where_its_digits_are_not_in_doubt(
    recognised: str, meant: str | None
) -> None:
    assert figure(recognised) == meant


def test_roman_numbers_are_no_small_letters() -> None:
    assert roman("ll. Gasto Etiquetado (lI=A+B+C)") == "II. Gasto Etiquetado (II=A+B+C)"
    assert roman("1. Gobierno") == "1. Gobierno"
    assert roman("Alumbrado") == "Alumbrado"


def test_a_speck_makes_no_letter_that_spanish_does_not_write() -> None:
    assert spanish("Cuôtas y Contribuçiones, DEUDÀ PÚBLICA, año") == "Cuotas y Contribuciones, DEUDA PÚBLICA, año"


def test_a_figure_with_letters_is_still_one_figure() -> None:
    assert garbled_figure("11,790,B42 00")
    assert not garbled_figure("Artículo 12, fracción 3")


def test_a_box_of_a_leaning_page_is_placed_where_it_is_printed() -> None:
    x0, top, x1, bottom = leaning((90, 45, 100, 55), 90, 200, 100)
    assert (round(x0), round(top), round(x1), round(bottom)) == (95, 40, 105, 50)


@needs_ocr
def test_the_lost_side_of_a_frame_is_drawn_and_lines_printed_broken_make_none() -> None:
    from sources.pdf.ocr.image import _framed
    from sources.pdf.page.rulings import Ruling

    whole = [Ruling(y, 78, 709) for y in (78, 130, 170)]
    assert [(rule.at, rule.start, rule.end) for rule in _framed(whole, [Ruling(709, 78, 560)])] == [
        (709, 78, 560),
        (78, 78, 170),
    ]
    broken = [Ruling(y, start, end) for y in (78, 130, 170) for start, end in ((78, 400), (408, 709))]
    assert {rule.at for rule in _framed(broken, [])} == {78, 709}


@needs_ocr
def test_the_gaps_of_pale_lines_are_closed_and_merged_cells_stay() -> None:
    from sources.pdf.ocr.image import _mended
    from sources.pdf.ocr.settings import POINT
    from sources.pdf.page.rulings import Ruling

    down = [Ruling(x, 100, 200) for x in (50, 150, 300, 400)]
    ink = np.zeros((600, 1300), dtype=bool)
    ink[round(150 * POINT), round(310 * POINT) : round(390 * POINT) : 2] = True  # dots
    ink[round(145 * POINT) : round(155 * POINT), round(60 * POINT) : round(140 * POINT)] = True  # letters
    across = [Ruling(100, 50, 400), Ruling(150, 160, 240), Ruling(150.3, 250, 290), Ruling(200, 50, 400)]
    mended = _mended(across, down, ink)
    assert [(round(rule.at), rule.start, rule.end) for rule in mended] == [
        (100, 50, 400),
        (150, 150, 400),
        (200, 50, 400),
    ]


@needs_ocr
def test_the_corner_of_a_note_is_a_triangle_and_a_seven_is_none() -> None:
    from sources.pdf.ocr.image import _is_triangle

    corner = np.tri(12, dtype=bool)[::-1]
    corner[0, 4:8] = False  # ragged
    assert _is_triangle(corner)
    seven = np.zeros((14, 10), dtype=bool)
    seven[:2] = True
    for row in range(2, 14):
        seven[row, 8 - row // 2 : 10 - row // 2] = True
    assert not _is_triangle(seven)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of a plain scan, and of what was recognised on it: it takes seconds."""
    return tmp_path_factory.mktemp("scan")


@pytest.fixture(scope="module")
def plain(folder: Path) -> Reading:
    return read_scan(folder, scanned.page())


@needs_ocr
def test_a_scanned_table_is_read_with_its_labels_and_columns(plain: Reading) -> None:
    assert_read(plain)


@pytest.mark.parametrize("stamp", ["12", "Documento firmado electrónicamente. " * 4], ids=["page number", "stamp"])
def test_a_scan_with_words_at_its_edges_only_is_an_image(tmp_path: Path, stamp: str) -> None:
    path = scanned.stamped(tmp_path / "scan.pdf", scanned.page(), stamp)
    with pytest.raises(SourceError) as refused:
        read_pdf(Document(path, "scan"))
    assert refused.value.code == "no_text"


@needs_ocr
def test_the_second_reader_is_heard_of_labels_and_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sources.pdf.ocr import witness

    def seen(grey: np.ndarray, segmentation: str = witness.SPARSE) -> list[witness.WitnessWord]:
        if segmentation != witness.SPARSE:
            return []
        return [
            witness.WitnessWord("ServiciosPersonales", 110, 250, 430, 280),
            witness.WitnessWord("17,999,684.00", 560, 250, 760, 280),
            witness.WitnessWord("Aprobado", 620, 205, 760, 235),
        ]

    monkeypatch.setattr(witness, "words", seen)
    monkeypatch.setattr(witness, "name", lambda: "a second reader")
    reading = read_scan(tmp_path, scanned.page())
    assert reading.rows["witness"].dropna().tolist() == ["Servicios Personales"], (
        "where it parts the words does not count"
    )
    assert reading.columns["witness"].dropna().tolist() == ["Aprobado"]
    assert reading.numbers["witness"].dropna().tolist() == ["17,999,684.00"]


@needs_ocr
def test_without_the_second_reader_only_two_sums_and_known_labels_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    from sources.pdf.ocr import witness

    witness.name.cache_clear()
    try:
        reading = read_scan(tmp_path, scanned.page())
    finally:
        witness.name.cache_clear()
    assert reading.pages["message"][0].endswith("testigo: ninguno.")
    assert amounts_of(reading) == {row[0]: row[1:] for row in scanned.ROWS}
    amounts = by_cell(normalize(raw_of(reading), made_documents("scan")))
    assert {amounts[1, column]["reason"] for column in (1, 2, 3)} == {"row_identity"}, "its row and its columns add up"
    assert {amounts[5, column]["reason"] for column in (1, 2, 3)} == {"label_unconfirmed"}, "Total del Gasto"
    alone = raw_of(read_scan(tmp_path, scanned.page(scanned.ROWS[:2])))
    assert not any(amount["verified"] for amount in by_cell(normalize(alone, made_documents("scan"))).values())


@needs_ocr
def test_the_page_that_is_read_is_said_and_no_page_twice(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "sources")
    empty = Image.new("L", (400, 300), 255)
    path = scanned.pdf(tmp_path / "scan.pdf", scanned.page(scanned.ROWS[:1]), empty)
    for _ in range(2):
        read_pdf(Document(path, "scan", ocr=tmp_path / "kept"))
    sentences = [f"scan.pdf: OCR de la página {page} ({page} de 2)" for page in (1, 2)]
    assert [record.getMessage() for record in caplog.records if record.name.startswith("sources")] == sentences


@needs_ocr
def test_what_was_recognised_is_kept_and_read_again_without_an_engine(
    plain: Reading, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sources.pdf.ocr.images.recognise", lambda grey: pytest.fail("recognised twice"))
    again = read_pdf(Document(folder / "scan.pdf", "scan", ocr=folder / "kept"))
    assert again.numbers.equals(plain.numbers)
    assert again.rows.equals(plain.rows)


@needs_ocr
def test_a_page_that_the_engine_fails_on_says_so_an_empty_one_is_blank_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sources.pdf.ocr import images, reader

    def fails_when_wide(grey: np.ndarray) -> reader.RecognisedPage:
        if grey.shape[1] > 1600:
            raise RuntimeError("no memory")
        return reader.recognise(grey)

    monkeypatch.setattr(images, "recognise", fails_when_wide)
    wide = Image.new("L", (1800, 400), 255)
    wide.paste(scanned.page().crop((0, 0, 1500, 400)))
    empty = Image.effect_noise((800, 600), 3).point(lambda v: 255 if v > 100 else 250)
    path = scanned.pdf(tmp_path / "scan.pdf", wide, scanned.page(), empty)
    reading = read_pdf(Document(path, "scan", ocr=tmp_path / "kept"))
    assert list(reading.pages["kind"]) == ["image", "ocr", "blank"]
    assert reading.pages["message"][0] == "El OCR falló: RuntimeError: no memory"


def read_scan(folder: Path, image: Image.Image) -> Reading:
    path = scanned.pdf(folder / "scan.pdf", image)
    return read_pdf(Document(path, "scan", ocr=folder / "kept"))


def raw_of(reading: Reading) -> dict[str, pd.DataFrame]:
    frames = {"page": reading.pages, "table": reading.tables, "column": reading.columns, "row": reading.rows}
    return {**frames, "number": reading.numbers}


def assert_read(reading: Reading) -> None:
    """That the whole page was read: its headers, labels and figures, each figure as one that was recognised."""
    assert list(reading.pages["kind"]) == ["ocr"]
    assert list(reading.columns["header"]) == list(scanned.HEADERS[1:])
    assert amounts_of(reading) == {row[0]: row[1:] for row in scanned.ROWS}
    numbers = reading.numbers[reading.numbers["exclusion"].isna()]
    assert set(numbers["flag"]) == {"ocr"}
    assert numbers["confidence"].between(0.5, 1).all()


def amounts_of(reading: Reading) -> dict[str, tuple[str, ...]]:
    labels = dict(zip(reading.rows["row"], reading.rows["label"], strict=True))
    numbers = reading.numbers[reading.numbers["exclusion"].isna()].sort_values(["row", "column"])
    return {labels[row]: tuple(group["source_text"]) for row, group in numbers.groupby("row")}
