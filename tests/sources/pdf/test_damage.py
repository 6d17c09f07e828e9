"""Damage that viewers pass over: a stream whose checksum fails makes its page fail, and no other."""

import io
import re
import zlib
from pathlib import Path

import pytest
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from sources.errors import SourceError
from sources.pdf.damage import damaged_pages
from sources.pdf.reader import read_pdf
from sources.raw.reading import Document, Hints

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)


@pytest.fixture(params=[0, 1], ids=["bytes", "letters"])
def whole(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Two pages with a table each, compressed."""
    monkeypatch.setattr(rl_config, "useA85", request.param)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    for page in (1, 2):
        for n, label in enumerate(("Concepto", "Materiales", "Servicios", "Total")):
            canvas.drawString(60, 700 - 16 * n, label)
            canvas.drawRightString(400, 700 - 16 * n, f"{page * n},000.00" if n else "Pagado")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def damaged(whole: bytes, stream: int) -> bytes:
    """One letter of one stream is another."""
    found = list(_STREAM.finditer(whole))[stream]
    at = (found.start(1) + found.end(1)) // 2
    return whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]


def test_a_whole_document_has_no_damaged_page(whole: bytes) -> None:
    assert damaged_pages(whole) == frozenset()


def test_the_page_of_a_damaged_stream_fails_and_the_other_is_read(whole: bytes, tmp_path: Path) -> None:
    data = damaged(whole, 1)
    assert damaged_pages(data) == {2}
    path = tmp_path / "d.pdf"
    path.write_bytes(data)
    reading = read_pdf(Document(path, "d"))
    assert reading.pages["kind"].tolist() == ["table", "failed"]
    assert "dañado" in reading.pages["message"].iloc[1]
    placed = reading.numbers[reading.numbers["table"].notna()]
    assert placed["source_text"].tolist() == ["1,000.00", "2,000.00", "3,000.00"]
    assert set(placed["page"]) == {"1"}


def test_a_document_of_damaged_pages_is_refused(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.pdf"
    path.write_bytes(damaged(damaged(whole, 0), 1))
    with pytest.raises(SourceError) as refused:
        read_pdf(Document(path, "d"))
    assert refused.value.code == "corrupt"


@pytest.mark.parametrize(("kept", "lost"), [(0, False), (2, False), (4, False), (3, True)])
def test_a_checksum_may_be_cut_at_its_end_and_must_be_right_as_far_as_it_goes(kept: int, lost: bool) -> None:
    packed = zlib.compress(b"BT (1,000.00) Tj ET")
    checksum = bytes(byte ^ 1 for byte in packed[-4:]) if lost else packed[-4:]
    stream = packed[:-4] + checksum[:kept]
    pdf = (
        b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R>>\nendobj\n"
        b"4 0 obj\n<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n"
    ) % (len(stream), stream)
    assert damaged_pages(pdf) == ({1} if lost else frozenset())


def test_a_hint_of_pages_without_end_costs_nothing(whole: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.pdf"
    path.write_bytes(whole)
    reading = read_pdf(Document(path, "d", hints=Hints(pages="1-99999999999")))
    assert [said.en for said in reading.warnings] == [
        "Hint pages=1-99999999999: the document has 2 pages; there is no page 3."
    ]
    assert reading.pages["kind"].tolist() == ["table", "table"]


def test_pages_without_end_are_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "d.pdf"
    path.write_text(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        "2 0 obj\n<</Type/Pages/Count 1000000/Kids[2 0 R 2 0 R]/Parent 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
    )
    with pytest.raises(SourceError, match="1,000,000 pages") as refused:
        read_pdf(Document(path, "d"))
    assert refused.value.code == "too_large"
