"""Reading apart, with OCR: what the walls must leave to it."""

import shutil
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.apart.reader import ToRead, read_apart
from sources.pdf import ocr
from sources.raw.reading import Document


@pytest.mark.skipif(not ocr.installed(), reason="the extra ocr is not installed")
def test_ocr_reads_where_no_second_reader_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    canvas = Canvas(str(tmp_path / "drawn.pdf"), invariant=1)
    canvas.rect(72, 72, 200, 200, fill=1)
    canvas.save()
    kept = tmp_path / "kept"
    kept.mkdir()
    [(answer, _)] = read_apart([ToRead(Document(tmp_path / "drawn.pdf", "drawn", ocr=kept))])
    assert answer.error is not None
    assert answer.error.code == "no_text", answer.error
