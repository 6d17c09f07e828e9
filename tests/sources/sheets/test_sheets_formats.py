"""The formats beside .xlsx, damaged and hostile containers, and sheets larger than their content."""

import time
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from odfdo import Cell, Document, Table

from sources.errors import SourceError
from sources.raw.reading import Document as Source
from sources.sheets import read_grids, read_sheets
from sources.sheets.formats import container


def code_of(path: Path, format: str = "xlsx") -> str:
    with pytest.raises(SourceError) as caught:
        read_sheets(Source(path, "d1", name="El documento"), format)
    assert "El documento" in str(caught.value)
    return caught.value.code


def rewrite(source: Path, target: Path, part: str, change) -> Path:
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == part else data)
    return target


@pytest.fixture
def simple(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (["Concepto", "Monto"], ["Uno", 1.5], ["Dos", 2.25]):
        book.active.append(row)
    path = tmp_path / "simple.xlsx"
    book.save(path)
    return path


def test_ods(tmp_path: Path):
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Hoja1")
    rows: list[list[str | float | None]] = [
        ["Concepto", "Egresos", None],
        [None, "Aprobado", "Pagado"],
        ["Uno", 1.5, -2],
        ["Dos", 3, 4.25],
    ]
    for row, values in enumerate(rows):
        for col, value in enumerate(values):
            if value is not None:
                table.set_value((col, row), value)
    table.set_span((1, 0, 2, 0))
    table.set_cell((3, 3), Cell(0.5, cell_type="percentage"))
    document.body.append(table)
    path = tmp_path / "libro.ods"
    document.save(path)
    reading = read_sheets(Source(path, "d1"), "ods")
    assert list(reading.columns["header"]) == ["Egresos | Aprobado", "Egresos | Pagado"]
    numbers = reading.numbers.set_index("place")
    assert numbers.loc["C3", "source_text"] == "-2" and numbers.loc["D4", "exclusion"] == "percentage"
    assert list(reading.rows["label"]) == ["Uno", "Dos"]


ODS = """<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" xmlns:calcext="c" xmlns:draw="d" xmlns:number="n" xmlns:fo="f">
<office:automatic-styles><style:style style:name="oculta"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
<office:body><office:spreadsheet><table:table table:name="Datos">
<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/><table:table-column table:number-columns-repeated="16381"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Concepto</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>Monto</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Pagado</text:p></table:table-cell></table:table-row>
<table:table-row table:visibility="filter"><table:table-cell office:value-type="string"><office:annotation><text:p>nota 99</text:p></office:annotation><text:p>Uno</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="1.5" table:number-columns-repeated="2"><text:p>1.50</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><text:p>Dos</text:p></table:table-cell><table:table-cell table:formula="of:=[.B2]+[.C2]"/>
<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
</table:table><table:table table:name="Otra" table:style-name="oculta">REPEATED</table:table></office:spreadsheet></office:body></office:document-content>"""


def ods(path: Path, extra: str = "", styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        content = ODS.replace("REPEATED", extra).replace("<style:style", f"{styles}<style:style", 1)
        new.writestr("content.xml", content.replace('table:style-name="oculta"', "") if styles else content)
    return path


def test_ods_structure(tmp_path: Path):
    reading = read_sheets(Source(ods(tmp_path / "libro.ods"), "d1"), "ods")
    numbers = reading.numbers.set_index("place")
    assert list(reading.pages["hidden"]) == [False, True]
    assert list(reading.rows["hidden"]) == [True, False] and list(reading.columns["hidden"]) == [False, True]
    assert list(reading.rows["label"]) == ["Uno", "Dos"]
    assert numbers.loc["B3", "source_text"] == "3" and numbers.loc["B3", "flag"] == "formula_computed"
    assert numbers.loc["C3", "source_text"] == "#DIV/0!" and numbers.loc["C3", "flag"] == "error_cell"


STYLES = """<number:number-style style:name="miles"><number:number number:display-factor="1000"/></number:number-style>
<number:number-style style:name="p"><number:number/></number:number-style><number:number-style style:name="menos"><number:text>-</number:text>
<number:number/></number:number-style><style:style style:name="base"><style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="blanco" style:parent-style-name="base"/><style:style style:name="entre" style:data-style-name="miles"/>
<style:style style:name="resta" style:data-style-name="menos"/><style:style style:name="raya"><style:text-properties
style:text-line-through-style="solid"/></style:style>"""


@pytest.mark.parametrize(
    ("cell", "flag", "text", "code"),
    [
        ('<table:table-cell office:value-type="float" office:value="2.5" table:style-name="blanco"/>', "not_visible", "2.5", None),
        ('<table:table-cell office:value-type="float" office:value="2.5" table:style-name="raya"/>', "struck_out", "2.5", None),
        ('<table:table-cell office:value-type="float" office:value="2.5" table:style-name="entre"/>', None, "2.5", "0,"),
        ('<table:table-cell office:value-type="float" office:value="2.5" table:style-name="resta"/>', None, "-2.5", None),
        ('<table:table-cell office:value-type="string"><text:p><text:span text:style-name="raya">7.50</text:span> 2.50</text:p></table:table-cell>', "text_number", " 2.50", None),
    ],
)  # fmt: skip
def test_ods_styles_say_what_is_seen(tmp_path: Path, cell: str, flag: str | None, text: str, code: str | None):
    name = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    number = '<table:table-cell office:value-type="float" office:value="1.5"/>'
    rows = "".join(
        f"<table:table-row>{''.join(cells)}</table:table-row>"
        for cells in (
            [name.format("Concepto"), name.format("Aprobado"), name.format("Pagado")],
            [name.format("Uno"), number, cell],
            [name.format("Dos"), number, number],
        )
    )
    path = ods(tmp_path / "libro.ods", rows, STYLES)
    number_of = read_sheets(Source(path, "d1"), "ods").numbers.set_index(["page", "place"]).loc[("Otra", "C2")]
    found = [None if pd.isna(number_of[column]) else number_of[column] for column in ("flag", "source_text", "format")]
    assert found == [flag, text, code]


def test_ods_that_repeats_a_value_without_end_is_refused(tmp_path: Path):
    row = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row>'
    assert code_of(ods(tmp_path / "bomba.ods", row), "ods") == "too_large"


def test_empty_and_truncated(tmp_path: Path, simple: Path):
    empty = tmp_path / "vacio.xlsx"
    empty.write_bytes(b"")
    assert code_of(empty) == "empty_file"
    cut = tmp_path / "cortado.xlsx"
    cut.write_bytes(simple.read_bytes()[:-200])
    assert code_of(cut) == "corrupt"
    broken = rewrite(simple, tmp_path / "roto.xlsx", "xl/workbook.xml", lambda data: data[:100])
    assert code_of(broken) == "corrupt"


def test_damaged_member(tmp_path: Path, simple: Path):
    data = bytearray(simple.read_bytes())
    with zipfile.ZipFile(simple) as package:
        offset = package.getinfo("xl/workbook.xml").header_offset
    data[offset + 60 : offset + 90] = b"\xff" * 30
    path = tmp_path / "rayado.xlsx"
    path.write_bytes(data)
    assert code_of(path) == "corrupt"


def test_encrypted(tmp_path: Path):
    path = tmp_path / "cifrado.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage\0".encode("utf-16-le") + b"\0" * 600
    )
    assert code_of(path) == "encrypted"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, simple: Path, monkeypatch):
    bomb = tmp_path / "bomba.xlsx"
    with zipfile.ZipFile(simple) as old, zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, old.read(entry))
        new.writestr("xl/worksheets/sheet2.xml", b"0" * (60 * 2**20))
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("the bomb was unpacked"))
    assert code_of(bomb) == "too_large"


def test_too_many_parts(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(container, "MAX_ENTRIES", 3)
    path = tmp_path / "partes.xlsx"
    with zipfile.ZipFile(path, "w") as new:
        for number in range(5):
            new.writestr(f"parte{number}", b"x")
    assert code_of(path) == "too_large"


def test_no_table(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.append(["Un texto sobre el artículo 5"])
    path = tmp_path / "texto.xlsx"
    book.save(path)
    assert code_of(path) == "no_table"


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY a "aaaaaaaaaa"><!ENTITY x "&a;&a;&a;&a;&a;">']
)
def test_entities_are_refused(tmp_path: Path, simple: Path, entity: str):
    def poison(data: bytes) -> bytes:
        start = data.index(b"<", 2) if data.startswith(b"<?xml") else 0
        return data[:start] + f"<!DOCTYPE worksheet [{entity}]>".encode() + data[start:].replace(b"Uno", b"&x;")

    path = rewrite(simple, tmp_path / "xxe.xlsx", "xl/worksheets/sheet1.xml", poison)
    assert code_of(path) == "corrupt"


def test_one_failing_sheet_does_not_stop_the_others(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (["Concepto", "Monto"], ["Uno", 1.5]):
        book.active.append(row)
    book.create_sheet("Rota").append(["Concepto", 2])
    whole, path = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(whole)
    reading = read_sheets(
        Source(rewrite(whole, path, "xl/worksheets/sheet2.xml", lambda data: data[:150]), "d1"), "xlsx"
    )
    assert list(reading.pages["kind"]) == ["sheet", "failed"] and reading.pages["message"][1]
    assert any("Rota" in warning for warning, _ in reading.warnings) and len(reading.tables) == 1


def test_sheets_of_one_name_get_an_address_each(tmp_path: Path):
    book = openpyxl.Workbook()
    book.active.title = "A"
    for name, amount in (("A", 1.5), ("B", 2.5), ("A (1)", 3.5), ("C", "=A!B2")):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in (["Concepto", "Monto"], ["Uno", amount]):
            sheet.append(row)
    whole, path = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book.save(whole)
    rewrite(whole, path, "xl/workbook.xml", lambda data: data.replace(b'name="B"', b'name="A"'))
    reading = read_sheets(Source(path, "d1"), "xlsx")
    numbers = reading.numbers[reading.numbers["page"] != "C"]
    assert list(reading.pages["page"]) == ["A (2)", "A (3)", "A (1)", "C"]
    assert dict(zip(numbers["page"], numbers["source_text"], strict=True)) == {
        "A (2)": "1.5",
        "A (3)": "2.5",
        "A (1)": "3.5",
    }
    assert [warning for warning, _ in reading.warnings if "'A': number 2 of the workbook is read as 'A (3)'" in warning]
    # Which of the two the formula means, nobody knows.
    assert list(reading.numbers["flag"].dropna()) == ["formula_without_value"]


def phantom(cells: bytes):
    """The sheet with 65,000 rows of styled empty cells after its content, and a dimension that claims everything."""

    def change(data: bytes) -> bytes:
        rows = b"".join(
            b'<row r="%d">%s</row>' % (row, b"".join(cells % (column, row) for column in range(65, 85)))
            for row in range(10, 65010)
        )
        data = data.replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:XFD1048576"')
        return data.replace(b"</sheetData>", rows + b"</sheetData>")

    return change


def test_a_phantom_range_costs_little(tmp_path: Path, simple: Path):
    path = rewrite(simple, tmp_path / "fantasma.xlsx", "xl/worksheets/sheet1.xml", phantom(b'<c r="%c%d" s="0"/>'))
    started = time.process_time()
    reading = read_sheets(Source(path, "d1"), "xlsx")
    assert time.process_time() - started < 2
    assert len(reading.rows) == 2 and reading.pages["height"][0] == 3


def test_a_stray_cell_at_the_far_corner_costs_little(tmp_path: Path):
    book = openpyxl.Workbook()
    for row in (["Concepto", "Monto"], ["Uno", 1.5]):
        book.active.append(row)
    book.active["XFD1048576"] = "."
    path = tmp_path / "lejos.xlsx"
    book.save(path)
    tracemalloc.start()
    reading = read_sheets(Source(path, "d1"), "xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50 * 2**20 and list(reading.numbers["place"]) == ["B2"]


def test_a_long_csv_takes_seconds(tmp_path: Path):
    path = tmp_path / "largo.csv"
    path.write_text(
        "Estado,Año,Clave,Concepto,Aprobado,Devengado\n"
        + "".join(f"Sonora,2021,{n},Concepto {n},{n}.50,{n}\n" for n in range(8_000))
    )
    started = time.process_time()
    reading = read_sheets(Source(path, "d1"), "csv")
    assert time.process_time() - started < 5
    assert reading.numbers["table"].notna().sum() == 16_000


GOLDEN = Path(__file__).parent / "golden" / "estructura.xls"


def test_xls_structure():
    reading = read_sheets(Source(GOLDEN, "d1"), "xls")
    numbers = reading.numbers[reading.numbers["page"] == "Egresos"].set_index("place")
    assert list(reading.columns["header"]) == ["Egresos | Aprobado", "Egresos | Pagado", "Monto"]
    assert list(reading.columns["hidden"]) == [False, True, True]
    rows = reading.rows[reading.rows["page"] == "Egresos"]
    assert list(rows["label"]) == ["Servicios Personales", "Dietas", "Oculto", "Error"]
    assert list(rows["hidden"]) == [False, False, True, False]
    assert list(rows["bold"]) == [True, False, False, False] and list(rows["indent"])[1] == 3.0
    assert numbers.loc["D3", "exclusion"] == "percentage"
    assert numbers.loc["B6", "source_text"] == "#DIV/0!" and numbers.loc["B6", "flag"] == "error_cell"
    assert list(reading.pages["hidden"]) == [False, True]


def test_encrypted_xls(tmp_path: Path):
    data = GOLDEN.read_bytes()
    codepage = b"\x42\x00\x02\x00"  # the record becomes the one that says the rest is encrypted
    assert codepage in data
    path = tmp_path / "cifrado.xls"
    path.write_bytes(data.replace(codepage, b"\x2f\x00\x02\x00", 1))
    assert code_of(path, "xls") == "encrypted"


def test_a_damaged_xls_is_named(tmp_path: Path):
    path = tmp_path / "cortado.xls"
    path.write_bytes(GOLDEN.read_bytes()[:1500])
    assert code_of(path, "xls") == "corrupt"


def short_sector_table(data: bytes | bytearray) -> int:
    """Where the table of the short sectors lies in an .xls whose workbook is small."""
    return (int.from_bytes(data[60:64], "little") + 1) * 512


def test_an_xls_whose_sectors_go_round_is_refused(tmp_path: Path):
    data = bytearray(GOLDEN.read_bytes())
    at = short_sector_table(data)
    data[at : at + 128 * 4] = b"\0\0\0\0" * 128  # every short sector is followed by the first
    path = tmp_path / "circular.xls"
    path.write_bytes(data)
    assert code_of(path, "xls") == "corrupt"


def test_a_damaged_sheet_of_an_xls_leaves_the_others(tmp_path: Path):
    data = bytearray(GOLDEN.read_bytes())
    boundsheet = data.index(b"\x85\x00")  # the first record of a sheet in the list of sheets, with its offset
    data[boundsheet + 4 : boundsheet + 8] = b"\xff\xff\0\0"
    path = tmp_path / "hoja.xls"
    path.write_bytes(data)
    first, second = read_grids(path, path.name, "xls")
    assert first.failure and "could not be read" in first.failure.en
    assert second.failure is None and second.rows
