"""Layouts of state budget laws: ruled tables over many pages, cut by page ends, beside others that look the same."""

from pathlib import Path

from typeset import Sheet, by_row, headers, read, typeset

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
