"""The first pages of a PDF as text, for drafting."""

import io
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from sources.opening import opening_text


def put(folder: Path, data: bytes) -> Path:
    path = folder / "x.pdf"
    path.write_bytes(data)
    return path


def test_the_opening_of_a_pdf_is_its_first_pages(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for text in ("Ley del Presupuesto", "Artículo 1", "Artículo 2"):
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    assert opening_text(put(tmp_path, buffer.getvalue())).split("\f") == ["Ley del Presupuesto", "Artículo 1"]


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"%PDF-1.4 but broken"])
def test_what_is_not_a_sound_pdf_has_no_opening(tmp_path: Path, data: bytes) -> None:
    assert opening_text(put(tmp_path, data)) == ""
