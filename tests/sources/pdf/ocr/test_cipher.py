"""Text layers with a broken font map: deciphered by what OCR reads on some of the pages, and only where that is sure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
import reportlab
from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from sources.errors import SourceError
from sources.pdf import ocr, read_pdf
from sources.pdf.page.words import Word, page_text
from sources.raw.reading import Document, Reading

needs_ocr = pytest.mark.skipif(not ocr.installed(), reason="OCR is an extra: make setup EXTRAS=ocr")

LABELS = ("Servicios Personales", "Materiales y Suministros", "Servicios Generales", "Ayudas Sociales", "Total")
FIGURES = ("17,690,384.52", "379,085.10", "5,369,858.52", "1,301,246.70", "24,740,574.84")


def law(path: Path, pages: int = 3) -> Path:
    """Pages with one table and some prose, in one embedded font."""
    pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    canvas = Canvas(str(path), pagesize=letter, pageCompression=0, invariant=1)
    for page in range(pages):
        canvas.setFont("Vera", 9)
        canvas.drawString(
            72, 720, "Las asignaciones previstas para las dependencias se distribuyen de la siguiente manera"
        )
        canvas.drawString(72, 680, "Concepto")
        canvas.drawRightString(500, 680, "Aprobado")
        for n, label in enumerate(LABELS * 2):
            canvas.drawString(72, 660 - 14 * n, label)
            canvas.drawRightString(500, 660 - 14 * n, FIGURES[(n + page) % len(FIGURES)])
        canvas.showPage()
    canvas.save()
    return path


def garbled(clean: Path) -> Path:
    """The same with a font map that writes another letter for each."""

    def shift(code: re.Match[bytes]) -> bytes:
        return b"<%04X>" % (int(code[1], 16) + 0x400)

    data = clean.read_bytes()
    data = re.sub(
        rb"beginbfrange.*?endbfrange|beginbfchar.*?endbfchar",
        lambda table: re.sub(rb"<([0-9A-Fa-f]{4})>", shift, table[0]),
        data,
        flags=re.DOTALL,
    )
    path = clean.with_name("garbled.pdf")
    path.write_bytes(data)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    return garbled(law(tmp_path / "clean.pdf"))


def _as_ocr(monkeypatch: pytest.MonkeyPatch, clean: Path, misread: tuple[str, str] = ("", "")) -> list[int]:
    """OCR that reads each page without a slip, but for the letters given, and for which it takes them; returns the pages it was asked for."""
    from sources.pdf.ocr import cipher, images
    from sources.pdf.ocr.reader import RecognisedPage
    from sources.pdf.page.rulings import Rulings

    asked: list[int] = []

    def read_images(
        pdf: pdfium.PdfDocument, numbers: list[int], kept: object, title: str
    ) -> Iterator[tuple[int, RecognisedPage]]:
        for number in numbers:
            asked.append(number)
            text = page_text(pdfium.PdfDocument(clean)[number - 1])
            for word in text.words:
                word.confidence = 0.9
                word.text = word.witness = word.text.translate(str.maketrans(*misread))
            yield number, RecognisedPage(text, Rulings([], []), "OCR")

    monkeypatch.setattr(cipher, "read_images", read_images)
    monkeypatch.setattr(images, "read_images", read_images)
    return asked


def _amounts(reading: Reading) -> list[tuple[str, str]]:
    labels = {(row.table, row.row): row.label for row in reading.rows.itertuples()}
    numbers = reading.numbers[reading.numbers["exclusion"].isna()]
    return [(labels[n.table, n.row], n.source_text) for n in numbers.itertuples()]


def test_without_ocr_a_garbled_document_is_refused(broken: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read_pdf(Document(broken, "law"))
    assert refused.value.code == "garbled_text"
    assert "Instale el OCR" in refused.value.told().es


@needs_ocr
def test_what_ocr_reads_on_some_pages_deciphers_all(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _as_ocr(monkeypatch, tmp_path / "clean.pdf")
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    reading = read_pdf(Document(broken, "law", ocr=tmp_path / "kept"))
    assert _amounts(reading) == _amounts(read_pdf(Document(tmp_path / "clean.pdf", "law")))
    assert len(set(asked)) == 2, "two pages settle all signs"
    assert set(reading.pages["kind"]) == {"table"}
    assert "descifrada con lo que el OCR leyó en 2 de sus páginas" in reading.pages["message"].iloc[2]
    assert reading.numbers["flag"].isna().all()


@needs_ocr
def test_a_page_that_the_key_makes_no_sense_of_is_read_by_ocr(
    broken: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _as_ocr(monkeypatch, tmp_path / "clean.pdf", ("aeiou", "xzkwq"))
    reading = read_pdf(Document(broken, "law", ocr=tmp_path / "kept"))
    assert set(reading.pages["kind"]) == {"ocr"}


@needs_ocr
def test_signs_are_settled_by_votes_that_agree() -> None:
    from sources.pdf.ocr.cipher import UNKNOWN, PrintedSign, Votes

    votes = Votes()
    printed = [PrintedSign((b"Calibri", sign), 10.0 * n, 5.0) for n, sign in enumerate("ΑΒΓΔ")]

    def add(text: str, times: int, signs: list[Any] = printed) -> None:
        for _ in range(times):
            votes.add(signs, [Word(text, -5, 0, 10.0 * len(signs) - 5, 10, 8, confidence=0.9)])

    add("cas1", 18)
    key = votes.key()
    assert [key(sign.sign) for sign in printed] == ["c", "a", "s", UNKNOWN], "a digit needs more"
    add("cas1", 2)
    assert votes.key()(printed[3].sign) == "1"
    add("cos7", 12)
    key = votes.key()
    assert [key(sign.sign) for sign in printed] == ["c", UNKNOWN, "s", UNKNOWN]
    assert votes.key()((b"Calibri", "Ω")) == UNKNOWN, "never seen in a font whose map is wrong"
    assert votes.key()((b"Arial", "x")) == UNKNOWN, "a font of which nothing was read"
    add("ABC", 1, [PrintedSign((b"Arial", sign), 10.0 * n, 5.0) for n, sign in enumerate("ABC")])
    assert votes.key()((b"Arial", "x")) == "x"


@needs_ocr
def test_a_sign_may_stand_for_two_letters_and_for_a_space() -> None:
    from sources.pdf.ocr.cipher import PrintedSign, Votes

    votes = Votes()
    signs = [PrintedSign((b"Calibri", sign), 10.0 * n, 5.0) for n, sign in enumerate("ΓΑΣΞΤΙ ΟΝ")]
    gas, on = Word("GAS", -5, 0, 25, 10, 8), Word("ON", 65, 0, 85, 10, 8)
    for _ in range(5):
        votes.add(signs, [gas, on])
    assert votes.key()((b"Calibri", " ")) == " "
    joined = [PrintedSign((b"Calibri", sign), 10.0 * n, 5.0) for n, sign in enumerate("ΓΑΩΟΝ")]
    for _ in range(5):
        votes.add(joined, [Word("GATION", -5, 0, 45, 10, 8)])
    assert votes.key()((b"Calibri", "Ω")) == "TI"
