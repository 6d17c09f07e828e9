"""Scans as they come: tilted, turned, copied in black and white, signed, stamped. What is misread is never verified."""

from pathlib import Path

import pytest

from sources.pdf import ocr, read_pdf
from sources.raw.reading import Document
from tests.sources.pdf.ocr import scanned
from tests.sources.pdf.ocr.test_ocr import amounts_of, assert_read, raw_of, read_scan
from tests.transforms.made_raw import by_cell, made_documents
from transforms.core.normalize import normalize
from transforms.words.money import parse

pytestmark = pytest.mark.skipif(not ocr.installed(), reason="OCR is an extra: make setup EXTRAS=ocr")


@pytest.mark.parametrize(
    "change", [scanned.tilted(1.2), scanned.turned(1), scanned.turned(2)], ids=["tilted", "sideways", "upside down"]
)
def test_a_scanned_table_is_read_however_it_lies(tmp_path: Path, change: scanned.Change) -> None:
    assert_read(read_scan(tmp_path, change(scanned.page())))


@pytest.mark.parametrize("change", [scanned.copied, scanned.signed], ids=["binary copy", "signed"])
def test_what_is_misread_on_a_bad_copy_is_never_verified(tmp_path: Path, change: scanned.Change) -> None:
    reading = read_scan(tmp_path, change(scanned.page()))
    printed = {
        (row, column): parse(text).centavos
        for row, (_, *texts) in enumerate(scanned.ROWS, 1)
        for column, text in enumerate(texts, 1)
    }
    amounts = by_cell(normalize(raw_of(reading), made_documents("scan")))
    assert len(amounts) == len(printed)
    right = {place for place, amount in amounts.items() if amount["amount_centavos"] == printed[place]}
    assert len(right) >= 0.6 * len(printed)
    assert not [place for place, amount in amounts.items() if amount["verified"] and place not in right]


def test_a_stamped_scan_is_read_by_ocr(tmp_path: Path) -> None:
    path = scanned.stamped(tmp_path / "scan.pdf", scanned.page(), "Documento firmado electrónicamente. " * 3)
    reading = read_pdf(Document(path, "scan", ocr=tmp_path / "kept"))
    assert list(reading.pages["kind"]) == ["ocr"]
    assert amounts_of(reading) == {row[0]: row[1:] for row in scanned.ROWS}
