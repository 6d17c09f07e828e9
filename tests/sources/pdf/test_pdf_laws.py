"""Layouts of state budget laws: ruled tables over many pages, cut by page ends, beside others that look the same."""

from collections.abc import Callable
from pathlib import Path

from tests.sources.pdf.typeset import Sheet, by_row, headers, label_cells, read, typeset

MATRIX = (60, 160, 260, 360, 460)
HEADS = (("3611", "Difusión por radio"), ("3612", "Difusión por medios"), ("", "Totales"))


def matrix_header(page: Sheet, y: float) -> None:
    """A header of three lines: a code and two lines of text in each cell."""
    page.down(y - 12, y + 26, *MATRIX)
    page.across(60, 460, y - 12, y + 26)
    page.text(64, y, "Poder o", bold=True)
    page.text(64, y + 10, "dependencia", bold=True)
    for x, (code, text) in zip(MATRIX[1:], HEADS, strict=False):
        page.centre(x + 50, y, code, bold=True)
        page.centre(x + 50, y + 10, text, bold=True)
        page.centre(x + 50, y + 20, "y otros", bold=True)


def matrix_row(page: Sheet, y: float, label: list[str], *amounts: str, top: bool = True) -> float:
    """A row whose label has one or many lines and whose amounts stand on the last of them; gives the y under it."""
    bottom = y + 10 * len(label) + 4
    page.down(y, bottom, *MATRIX)
    page.across(60, 460, *([y] if top else []), bottom)
    for n, line in enumerate(label, 1):
        page.text(64, y + 10 * n, line)
    for x, amount in zip(MATRIX[2:], amounts, strict=True):
        page.right(x - 4, y + 10 * len(label), amount)
    return bottom


def test_codes_in_the_cells_of_a_header_are_no_amounts(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        matrix_header(sheet, 100)
        y = matrix_row(sheet, 126, ["Secretaría de", "Educación"], "$100.00", "$50.00", "$150.00")
        matrix_row(sheet, y, ["Totales"], "$100.00", "$50.00", "$150.00")

    reading = read(typeset(tmp_path, page))
    assert headers(reading) == [
        "3611 Difusión por radio y otros",
        "3612 Difusión por medios y otros",
        "Totales y otros",
    ]
    assert by_row(reading) == [
        ("Secretaría de Educación", ["$100.00", "$50.00", "$150.00"]), ("Totales", ["$100.00", "$50.00", "$150.00"]),
    ]  # fmt: skip


def test_a_ruled_table_goes_on_without_header_in_a_row_that_the_page_cuts(tmp_path: Path) -> None:
    def first(sheet: Sheet) -> None:
        sheet.text(60, 60, "Anexo 5. Gastos en comunicación social", bold=True)
        matrix_header(sheet, 100)
        y = matrix_row(sheet, 126, ["Poder Legislativo"], "$1,100.00", "$50.00", "$1,150.00")
        matrix_row(sheet, y, ["Poder Judicial"], "$2,100.00", "$50.00", "$2,150.00")

    def second(sheet: Sheet) -> None:
        y = matrix_row(sheet, 80, ["Instituto de", "Planeación del", "Estado"], "$3.00", "$4.00", "$7.00", top=False)
        y = matrix_row(sheet, y, ["Otro"], "$1.00", "$1.00", "$2.00")
        matrix_row(sheet, y, ["Total"], "$3,204.00", "$105.00", "$3,309.00")

    reading = read(typeset(tmp_path, first, second))
    assert len(reading.tables) == 1
    assert [label for label, _ in by_row(reading)] == [
        "Poder Legislativo", "Poder Judicial", "Instituto de Planeación del Estado", "Otro", "Total",
    ]  # fmt: skip
    assert by_row(reading)[2][1] == ["$3.00", "$4.00", "$7.00"]


def listing(page: Sheet, y: float, *rows: tuple[str, str]) -> None:
    page.down(y - 10, y + 14 * len(rows) + 4, 60, 360, 460)
    for n, (label, amount) in enumerate((("Proceso por dependencia", "Importe"), *rows)):
        page.across(60, 460, y - 10 + 14 * n)
        page.text(64, y + 14 * n, label, bold=n == 0)
        page.right(456, y + 14 * n + (-0.8 if n == 1 else 0), amount)  # the first amount stands a hair higher
    page.across(60, 460, y + 14 * len(rows) + 4)


def test_a_title_over_a_ruled_table_with_the_same_header_begins_another(tmp_path: Path) -> None:
    def first(sheet: Sheet) -> None:
        sheet.text(60, 60, "Anexo 2. Asignaciones a instituciones", bold=True)
        listing(sheet, 100, ("Festival del Globo", "$3’850,000.00"), ("Turismo", "$590,000.00"))

    def second(sheet: Sheet) -> None:
        listing(sheet, 80, ("Prepa para todos", "$161,857.14"), ("Total", "$4’601,857.14"))

    def third(sheet: Sheet) -> None:
        sheet.text(60, 60, "Anexo 3. Subsidios", bold=True)
        listing(sheet, 100, ("Cultivos", "$8’000,000.00"), ("Total", "$8’000,000.00"))

    reading = read(typeset(tmp_path, first, second, third))
    assert list(reading.tables["title"]) == ["Anexo 2. Asignaciones a instituciones", "Anexo 3. Subsidios"]
    assert by_row(reading, 1) == [
        ("Festival del Globo", ["$3’850,000.00"]), ("Turismo", ["$590,000.00"]),
        ("Prepa para todos", ["$161,857.14"]), ("Total", ["$4’601,857.14"]),
    ]  # fmt: skip


WIDE = {"Fondo General": 200, "Fomento Municipal": 300, "Fondo de Fiscalización": 400}
NARROW = {"Impuesto sobre autos": 200, "Incentivos": 300, "Total de fondos": 400}


def fund_rows(page: Sheet, y: float, heads: dict[str, int], *rows: tuple[str, list[str]], step: float = 14) -> None:
    """An unruled header and rows; an amount with a bar in it is cut over two lines there."""
    page.text(60, y, "Municipio", bold=True)
    for head, x in heads.items():
        page.centre(x - 20, y, head.replace("Fondo de Fiscalización", "Fiscalización"), bold=True)
    for n, (label, amounts) in enumerate(rows, 1):
        page.text(60, y + step * n, label)
        for x, amount in zip(heads.values(), amounts, strict=True):
            upper, _, lower = amount.partition("|")
            page.right(x, y + step * n, upper)
            if lower:
                page.right(x, y + step * n + 10, lower)


def test_amounts_that_a_narrow_cell_cuts_over_two_lines_are_whole(tmp_path: Path) -> None:
    rows = [
        ("Pueblo Nuevo", ["$20’445,092.0|0", "$25’041,22|4.00", "$0.00"]),
        ("Purísima", ["$65’499,798.0|0", "$24’921,58|8.00", "$4’442,398|.00"]),
        ("Salamanca", ["$246’600,234.|00", "$24’464,62|5.00", "$612,835.0|0"]),
    ]
    reading = read(typeset(tmp_path, lambda page: fund_rows(page, 80, WIDE, *rows, step=26)))
    assert by_row(reading) == [(label, [text.replace("|", "") for text in amounts]) for label, amounts in rows]


def test_two_tables_set_in_turns_are_two_until_a_total_closes_them(tmp_path: Path) -> None:
    def page(first: str, last: str, closing: bool) -> Callable[[Sheet], None]:
        def draw(sheet: Sheet) -> None:
            for y, heads in ((80, WIDE), (300, NARROW)):
                rows = [(name, ["$1,100.00", "$2,200.00", "$3,300.00"]) for name in (first, "Celaya", "León", last)]
                fund_rows(sheet, y, heads, *rows, *([("Total", ["$8,800.00"] * 3)] if closing else []))

        return draw

    reading = read(typeset(tmp_path, page("Abasolo", "Dolores", False), page("Purísima", "Yuriria", True)))
    assert len(reading.tables) == 2
    assert [len(by_row(reading, table)) for table in (1, 2)] == [9, 9]
    assert headers(reading, 2) == list(NARROW)
    closed = read(typeset(tmp_path, page("Abasolo", "Dolores", True), page("Purísima", "Yuriria", True)))
    assert len(closed.tables) == 4


def test_codes_between_the_two_lines_of_their_text_are_a_column_of_their_own(tmp_path: Path) -> None:
    names = (
        ["Instituto de Salud Pública del", "Estado"],
        ["Comisión Estatal de Arbitraje", "Médico"],
        ["Museo"],
        ["Orquesta"],
    )

    def page(sheet: Sheet) -> None:
        sheet.text(60, 80, "Unidad", bold=True)
        sheet.text(180, 85, "Entidad", bold=True)
        sheet.right(440, 80, "Asignación", bold=True)
        sheet.text(60, 90, "Responsable", bold=True)
        sheet.right(440, 90, "presupuestal", bold=True)
        y = 102.0
        for n, name in enumerate(names):
            middle = y + 5 * (len(name) - 1)
            sheet.text(66, middle, f"300{n}")
            sheet.right(440, middle, f"$1{n}’700,677.47")
            for k, line in enumerate(name):
                sheet.text(110, y + 10 * k, line)
            y += 10 * len(name) + 4

    reading = read(typeset(tmp_path, page))
    assert headers(reading) == ["Asignación presupuestal"]
    assert [cell for _, cell in label_cells(reading, 1)] == ["3000", "Instituto de Salud Pública del Estado"]
    assert [label for label, _ in by_row(reading)] == [f"300{n} {' '.join(name)}" for n, name in enumerate(names)]


def test_a_digit_before_the_currency_sign_stays_as_printed(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        listing(sheet, 100, ("Comonfort", "$631,341.00"), ("Coroneo", "0$200,619.00"), ("Cortazar", "$997,595.00"))

    assert by_row(read(typeset(tmp_path, page)))[1] == ("Coroneo", ["0$200,619.00"])


def test_a_text_over_nearly_the_whole_table_under_its_header_is_a_row(tmp_path: Path) -> None:
    def page(sheet: Sheet) -> None:
        sheet.down(90, 104, 60, 200, 360, 460)
        sheet.down(104, 118, 60, 100, 460)
        sheet.down(118, 160, 60, 200, 360, 460)
        sheet.across(60, 460, 90, 104, 118, 132, 146, 160)
        for x, text in ((64, "Componente"), (204, "Acciones"), (364, "Monto")):
            sheet.text(x, 100, text, bold=True)
        sheet.text(104, 114, "P005.C06 Cursos, actividades y talleres")
        for y, label, action, amount in (
            (128, "P0629", "Fortalecimiento", "$132,050.00"), (142, "P0630", "Formación", "$50.00"), (156, "P0631", "Deporte", "$1,000.00"),
        ):  # fmt: skip
            sheet.text(64, y, label)
            sheet.text(204, y, action)
            sheet.right(456, y, amount)

    reading = read(typeset(tmp_path, page))
    assert headers(reading) == ["Monto"]
    assert by_row(reading)[0] == ("P005.C06 Cursos, actividades y talleres", [])
    assert len(by_row(reading)) == 4
