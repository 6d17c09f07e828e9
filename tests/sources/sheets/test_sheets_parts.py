"""Workbooks that other programs write: parts under other names, cells without references, styles that show nobody a number."""

import io
import zipfile

import pytest
from openpyxl.cell import Cell
from openpyxl.formatting.rule import CellIsRule, FormulaRule
from openpyxl.styles import Font, PatternFill

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STRINGS = ("Concepto", "Aprobado", "Modificado", "Devengado", "Sueldos", "Papel")
CELLS = (
    '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>'
    '<row><c t="s"><v>4</v></c><c><v>10.5</v></c><c/><c><v>3.25</v></c></row>'
    '<row><c t="s"><v>5</v></c><c><v>20.5</v></c><c><v></v></c><c><v>6.25</v></c></row>'
)


def package(
    cells=CELLS, workbook="xl/workbook.xml", strings="xl/sharedStrings.xml", related=True, slash="/", shared=None
):
    """A workbook of one sheet, its parts called as told; `related`: whether the relationships name the strings."""
    name = workbook.rpartition("/")[2]
    strings_relation = f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="/{strings}"/>' if related else ""
    texts = shared or "".join(f"<si><t>{text}</t></si>" for text in STRINGS)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Override PartName="/{workbook}" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/{strings}" ContentType="{KIND}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="{workbook}"/></Relationships>',
        f"xl/_rels/{name}.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/worksheet" Target="hojas/h.xml"/>{strings_relation}</Relationships>',
        workbook: f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="Egresos" sheetId="1" r:id="r1"/></sheets></workbook>',
        strings: f'<sst xmlns="{SHEET}">{texts}</sst>',
        "xl/hojas/h.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as container:
        for part, text in parts.items():
            container.writestr(part.replace("/", slash), text)
    return out.getvalue()


RIGHT = {
    "B2": ("Sueldos", "Aprobado", "10.5"),
    "D2": ("Sueldos", "Devengado", "3.25"),
    "B3": ("Papel", "Aprobado", "20.5"),
    "D3": ("Papel", "Devengado", "6.25"),
}


@pytest.mark.parametrize(
    "named",
    [
        {},
        {"workbook": "xl/workbook2.xml"},
        {"strings": "xl/SharedStrings.xml"},
        {"strings": "otros/textos.xml"},
        {"strings": "xl/SharedStrings.xml", "related": False},
        {"slash": "\\"},
    ],
)
def test_parts_are_found_whatever_they_are_called(read_bytes, named):
    assert read_bytes(package(**named), "doc.xlsx").amounts() == RIGHT


def test_a_part_is_found_whatever_the_case_of_its_letters(read_bytes):
    data = package().replace(b"xl/sharedStrings.xml", b"xl/SHAREDSTRINGS.xml", 1)
    assert read_bytes(data, "doc.xlsx").amounts() == RIGHT


def test_a_text_that_the_workbook_lacks_is_an_error_in_its_cell_only(read_bytes):
    cells = '<row><c t="s"><v>99</v></c><c><v>1.5</v></c></row>'
    assert read_bytes(package(cells=cells), "doc.xlsx").amounts() == {"B1": ("#REF!", None, "1.5")}


def test_empty_rows_and_cells_with_references_are_still_dropped(read_bytes):
    cells = (
        '<row r="2"/><row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c></row>'
        '<row r="5"><c r="A5" t="s"><v>4</v></c><c r="B5" s="0"/><c r="C5"><v>7.5</v></c></row>'
    )
    assert read_bytes(package(cells), "doc.xlsx").amounts() == {"C5": ("Sueldos", None, "7.5")}


def test_a_raised_mark_after_a_figure_is_no_digit_of_it(read_bytes):
    shared = (
        "".join(f"<si><t>{text}</t></si>" for text in STRINGS[:5])
        + '<si><r><t>300123</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></si>'
    )
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2" t="s"><v>5</v></c></row>'
    )
    assert read_bytes(package(cells, shared=shared), "doc.xlsx").amounts() == {"B2": ("Sueldos", "Aprobado", "300123¹")}


def shown(read_book, sheet_of, change):
    book = sheet_of([["Concepto", "Aprobado", "Devengado"], ["Sueldos", 10.5, 3.25], ["Papel", -20.5, 0]])
    change(book.active)
    return read_book(book).flags()


def test_a_format_without_a_place_for_digits_shows_nothing(read_book, sheet_of):
    def hide(sheet):
        for row in (2, 3):
            sheet.cell(row, 3).number_format = ";;;"
        sheet["B3"].number_format = '#,##0.00;"";0'

    # A zero that is left blank is how sheets print zero.
    assert shown(read_book, sheet_of, hide) == {"C2": "not_visible", "B3": "not_visible"}


@pytest.mark.parametrize("code", ['0"000"', '#,##0.00"00"', r"0\.00", '"1"0.00', '"12.50"'])
def test_a_format_that_writes_digits_of_its_own_shows_another_figure(read_book, sheet_of, code):
    def write(sheet):
        sheet["C2"].number_format = code

    assert shown(read_book, sheet_of, write) == {"C2": "not_visible"}


@pytest.mark.parametrize("code", ['"-"#,##0.00', "-0.00", "#,##0.00\\-", "(#,##0.00)", '-"$"0.00', '"- "General'])
def test_a_minus_that_only_the_format_writes_is_a_minus(read_book, sheet_of, code):
    book = sheet_of([["Concepto", "Aprobado", "Reducciones"], ["Sueldos", 10.5, 3.25], ["Papel", 20.5, 4.75]])
    book.active["C2"].number_format = code
    book.active["C3"].number_format = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'
    assert [text for _, _, text in read_book(book).amounts().values()] == ["10.5", "-3.25", "20.5", "4.75"]


def test_figures_under_merged_cells_are_not_seen(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado", "Devengado"], ["Sueldos", 10.5, 3.25], ["Papel", 20.5, 4.75]])
    book.active.merge_cells("B2:C2")
    book.active._cells[2, 3] = Cell(book.active, row=2, column=3, value=3.25)  # as programs keep it
    assert read_book(book).flags() == {"C2": "not_visible"}


def test_a_column_of_centavos_belongs_to_the_one_before_it(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado", "Cvs."], ["Sueldos", 1200, 5], ["Papel", 300, 25], ["Total", 1500, 30]])
    assert [text for _, _, text in read_book(book).amounts().values()] == ["1200.05", "300.25", "1500.3"]


def test_figures_with_a_line_through_them_do_not_count(read_book, sheet_of):
    def strike(sheet):
        sheet["C2"].font = Font(strike=True)

    assert shown(read_book, sheet_of, strike) == {"C2": "struck_out"}


def test_ink_of_the_colour_of_its_ground_shows_nothing(read_book, sheet_of):
    def hide(sheet):
        sheet["C2"].font = Font(color="FFFFFFFF")
        sheet["C3"].font = Font(color="FF112233")
        sheet["C3"].fill = PatternFill("solid", fgColor="FF112235")
        sheet["B2"].font = Font(color="FFFFFFFF")
        sheet["B2"].fill = PatternFill("solid", fgColor="FF000080")

    assert shown(read_book, sheet_of, hide) == {"C2": "not_visible", "C3": "not_visible"}


def test_a_conditional_format_hides_what_it_holds_of(read_book, sheet_of):
    """By a comparison with numbers; a condition that is not computed may hold; one of errors and blanks hides no figure."""
    white, marked = Font(color="FFFFFFFF"), PatternFill("solid", bgColor="FF000080")

    def hide(sheet):
        rules = sheet.conditional_formatting
        rules.add("B2:C2", CellIsRule("greaterThan", ["10"], font=white))
        rules.add("B3", CellIsRule("equal", ["0"], font=white))
        rules.add("B3", CellIsRule("lessThan", ["0"], font=white, fill=marked))
        rules.add("B2:C3", FormulaRule(["ISERROR(B2)"], font=white))

    assert shown(read_book, sheet_of, hide) == {"B2": "not_visible"}

    def by_formula(sheet):
        sheet.conditional_formatting.add("B2:C2", FormulaRule(["$A$9=1"], font=white))

    assert shown(read_book, sheet_of, by_formula) == {"B2": "not_visible", "C2": "not_visible"}


def test_a_conditional_format_leaves_zeros_that_are_printed_blank(read_book, sheet_of):
    def hide(sheet):
        sheet.conditional_formatting.add("B2:C3", CellIsRule("equal", ["0"], font=Font(color="FFFFFFFF")))

    assert shown(read_book, sheet_of, hide) == {}


def test_digits_as_small_as_specks_show_nothing(read_book, sheet_of):
    def shrink(sheet):
        sheet["C2"].font = Font(size=1)
        sheet["B2"].font = Font(size=5)

    assert shown(read_book, sheet_of, shrink) == {"C2": "not_visible"}


def test_columns_and_rows_of_no_size_are_hidden(read_bytes):
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>3</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2"><v>1.5</v></c><c r="C2"><v>2.5</v></c></row>'
        '<row r="3" ht="0"><c r="A3" t="s"><v>5</v></c><c r="B3"><v>3.5</v></c></row>'
    )
    container = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package(cells))) as old, zipfile.ZipFile(container, "w") as new:
        for name in old.namelist():
            text = old.read(name).replace(b"<sheetData>", b'<cols><col min="3" max="3" width="0"/></cols><sheetData>')
            new.writestr(name, text)
    assert read_bytes(container.getvalue(), "doc.xlsx").flags() == {"C2": "hidden", "B3": "hidden"}


def test_amounts_under_a_date_format_are_kept_and_told_of(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado", "Pagado"], ["Sueldos", 501357.1, 3.25], ["Papel", 300123.05, 6.25]])
    for row in (2, 3):
        book.active.cell(row, 2).number_format = "dd/mm/yyyy"
    read = read_book(book)
    assert read.amounts()["B2"] == ("Sueldos", "Aprobado", "501357.1")
    assert read.flags() == {"B2": "not_visible", "B3": "not_visible"}
    assert any("format of a date" in warning for warning, _ in read.reading.warnings)


def test_days_of_payment_stay_dates(read_book, sheet_of):
    rows = [["Concepto", "Monto", "Pagado"], *[["Sueldos", 1.5 + day, 45_000 + day] for day in range(4)]]
    book = sheet_of(rows)
    for row in range(2, 6):
        book.active.cell(row, 3).number_format = "dd/mm/yyyy"
    read = read_book(book)
    assert set(read.reasons().values()) == {"date"} and len(read.amounts()) == 4
    assert any("left out as dates" in warning for warning, _ in read.reading.warnings)


def test_a_count_by_its_format_is_no_amount(read_book, sheet_of):
    book = sheet_of([["Concepto", "Aprobado", "Espera"], ["Sueldos", 10.5, 12], ["Papel", 20.5, 30]])
    for row in (2, 3):
        book.active.cell(row, 3).number_format = 'General" días"'
    assert read_book(book).reasons() == {"C2": "quantity", "C3": "quantity"}


def test_parts_of_one_without_a_header_are_shares(read_book, sheet_of):
    rows = [["Concepto", "Aprobado", None], *[[f"Partida {at}", 1000.5 + at, 0.2479 + at / 100] for at in range(4)]]
    assert set(read_book(sheet_of(rows)).reasons()) >= {"C2", "C3", "C4", "C5"}


def test_zeros_that_a_writer_stored_for_its_formulas_are_computed(read_bytes):
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2"><v>1.5</v></c><c r="C2"><f>B2+1</f><v>0</v></c></row>'
    )
    read = read_bytes(package(cells), "doc.xlsx")
    assert read.amounts()["C2"] == ("Sueldos", "Modificado", "2.5") and read.flags() == {"C2": "formula_computed"}


def test_a_zero_that_is_one_stays_as_it_is_stored(read_bytes):
    cells = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c></row>'
        '<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2"><v>1.5</v></c><c r="C2"><f>B2-1.5</f><v>0</v></c></row>'
    )
    assert read_bytes(package(cells), "doc.xlsx").flags() == {}


def test_a_sheet_that_repeats_another_is_read_once(read_book, sheet_of):
    rows = [["Concepto", "Aprobado"], *[[f"Partida {at}", 1000.5 + at] for at in range(6)]]
    book = sheet_of(rows, title="Egresos")
    copy = book.copy_worksheet(book.active)
    copy.title = "1T"
    read = read_book(book)
    assert len(read.amounts()) == 6 and set(read.reading.numbers["page"]) == {"Egresos", "1T"}
    assert any("1T is sheet Egresos again" in warning for warning, _ in read.reading.warnings)
