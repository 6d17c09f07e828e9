"""What no sheet can have: it fails its sheet, its cell or its file by name, at no cost."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from sources.errors import SourceError
from sources.raw.reading import Document, Reading
from sources.read import read as read_document
from sources.sample.zips import parts, stored
from sources.sheets.formats.fields import header_of

ROWS = [["Concepto", "Aprobado"], ["Materiales", 100], ["Servicios", 200], ["Total", 300]]
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"


def changed(folder: Path, part: str, before: str, after: str) -> Path:
    """A workbook of one sheet, with one text of one of its parts in place of another."""
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.save(buffer)
    members = parts(buffer.getvalue())
    assert before in members[part].decode()
    path = folder / "libro.xlsx"
    path.write_bytes(stored(members | {part: members[part].decode().replace(before, after, 1).encode()}))
    return path


def read(path: Path) -> Reading:
    return read_document(Document(path, "d"))


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ('<cols><col min="-99999999999" max="5" hidden="1"/></cols><sheetData>', "columns -99999999999 to 5"),
        ('<mergeCells><mergeCell ref="A1:XFD9999999"/></mergeCells><sheetData>', "no such cells"),
        ('<sheetData><row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "no such cell"),
        (
            "<sheetData><row r='9'><c r='A9' t='inlineStr'><is><t>" + "palabra " * 20_000 + "</t></is></c></row>",
            "160,000 characters",
        ),
    ],
    ids=["columns", "merged", "row", "text"],
)
def test_places_and_texts_that_no_sheet_has_fail_it_by_name(tmp_path: Path, after: str, words: str) -> None:
    with pytest.raises(SourceError) as refused:
        read(changed(tmp_path, SHEET, "<sheetData>", after))
    assert refused.value.code == "corrupt"
    assert words in refused.value.told().en


def test_a_span_that_no_sheet_has_refuses_an_ods_by_name(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-spanned="999999999" office:value-type="float" office:value="1"/>'
    kinds = " ".join(f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in ("office", "table"))
    content = f"<office:document-content {kinds}><table:table><table:table-row>{cell}</table:table-row></table:table></office:document-content>"
    path = tmp_path / "libro.ods"
    path.write_bytes(
        stored({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})
    )
    with pytest.raises(SourceError, match="column 999999999: no such cells"):
        read(path)


def test_a_text_that_the_workbook_does_not_have_is_an_error_cell(tmp_path: Path) -> None:
    reading = read(changed(tmp_path, SHEET, 't="n"><v>200</v>', 't="s"><v>77</v>'))
    [number] = reading.numbers[reading.numbers["place"] == "B3"].itertuples()
    assert (number.source_text, number.flag) == ("#REF!", "error_cell")
    assert "300" in set(reading.numbers["source_text"])


def test_half_a_character_is_none(tmp_path: Path) -> None:
    reading = read(changed(tmp_path, SHEET, "Materiales", "_xD800_Materiales _xD83D__xDCB0_"))
    assert reading.rows["label"].tolist()[0] == "\ufffdMateriales \U0001f4b0"


@pytest.mark.parametrize("style", ["<numFmt/>", '<numFmt formatCode="0"/>'])
def test_a_format_without_a_number_is_nobodys(tmp_path: Path, style: str) -> None:
    reading = read(changed(tmp_path, STYLES, "<fonts", f"<numFmts>{style}</numFmts><fonts"))
    assert len(reading.numbers) == 3


def test_styles_that_make_no_sense_are_damage(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refused:
        read(changed(tmp_path, STYLES, "<cellXfs", '<cellXfs><xf numFmtId="x"/></cellXfs><cellXfs'))
    assert refused.value.code == "corrupt"


@pytest.mark.parametrize("text", ["1" * 40_000, "1 " * 20_000, "a.b" * 10_000, "1,2" * 10_000 + "x"])
def test_a_long_text_costs_its_length(tmp_path: Path, text: str) -> None:
    """In the square of it each of these took minutes: the test has a minute."""
    path = tmp_path / "a.csv"
    path.write_text(f'Concepto,Aprobado\nMateriales,1.00\n"{text}",2.00\nTotal,3.00\n')
    assert len(read(path).rows) == 3


def test_a_field_that_is_almost_a_figure_costs_its_length() -> None:
    header = ["Concepto", "Aprobado"]
    assert header_of([header, ["1.1." * 100_000 + " x", "1.00"]]) == header


def test_the_workbook_of_these_tests_is_read(tmp_path: Path) -> None:
    path = changed(tmp_path, SHEET, "<sheetData>", "<sheetData>")
    assert zipfile.is_zipfile(path)
    assert read(path).numbers["source_text"].tolist() == ["100", "200", "300"]


@pytest.mark.parametrize("width", [16_385, 2_000_000])
def test_a_record_wider_than_any_sheet_refuses_its_text_by_name(tmp_path: Path, width: int) -> None:
    path = tmp_path / "una-línea.csv"
    path.write_text("Concepto,Aprobado\n" + "1," * (width - 1) + "1")
    with pytest.raises(SourceError, match=f"record 2.*{width:,} fields") as refused:
        read(path)
    assert refused.value.code == "corrupt"


def test_a_column_that_no_sheet_has_fails_a_workbook_of_xml_by_name(tmp_path: Path) -> None:
    path = tmp_path / "libro.xml"
    namespace = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<Cell ss:Index="99999"><Data ss:Type="Number">1</Data></Cell>'
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{namespace}" xmlns:ss="{namespace}"><Worksheet ss:Name="1"><Table><Row>'
        f"{cell}</Row></Table></Worksheet></Workbook>"
    )
    with pytest.raises(SourceError, match="column 99999: no such column") as refused:
        read(path)
    assert refused.value.code == "corrupt"
