"""The lines outside tables are kept with where they stand, by both readers, where they may say something of the numbers."""

from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from reportlab.pdfgen.canvas import Canvas

from sources.raw.reading import Document, Reading
from sources.read import read

ROWS = [("Agua potable", "1,050.10"), ("Bacheo de calles", "2,025.20"), ("Mercados", "300.30"), ("Total", "3,375.60")]


def kept(reading: Reading) -> set[tuple[str, str]]:
    """Kind and words of each line."""
    return set(zip(reading.texts["kind"], reading.texts["text"], strict=True))


@pytest.fixture
def paper(tmp_path: Path) -> Reading:
    path = tmp_path / "budget.pdf"
    canvas = Canvas(str(path), pagesize=(612, 792))
    canvas.drawString(80, 600, "Todas las cifras de este documento se expresan en miles de pesos.")
    canvas.drawString(80, 560, "La paloma vuela sobre el valle.")
    canvas.showPage()
    canvas.drawString(80, 700, "Presupuesto de Egresos 2023")
    for x, text in ((80, "Concepto"), (400, "Aprobado")):
        canvas.drawString(x, 670, text)
    for n, (label, amount) in enumerate(ROWS):
        canvas.drawString(80, 650 - 16 * n, label)
        canvas.drawRightString(450, 650 - 16 * n, amount)
    canvas.drawString(80, 500, "Nota: importes en miles de pesos.")
    canvas.save()
    return read(Document(path, "doc"))


def test_of_a_page(paper: Reading) -> None:
    assert kept(paper) == {
        ("cover", "Todas las cifras de este documento se expresan en miles de pesos."),
        ("title", "Presupuesto de Egresos 2023"),
        ("below", "Nota: importes en miles de pesos."),
    }
    beside = paper.texts.set_index("kind")
    assert beside.loc["title", "table"] == beside.loc["below", "table"] == 1
    assert beside["place"].str.count(",").eq(3).all()


@pytest.fixture
def workbook(tmp_path: Path) -> Reading:
    path = tmp_path / "budget.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Egresos"
    for row in (["Municipio de Ejemplo", "Ejercicio 2023"], ["Concepto", "Clave", "Aprobado"]):
        sheet.append(row)
    for n, (label, amount) in enumerate(ROWS):
        sheet.append([label, None if label == "Total" else f"A{n}", float(amount.replace(",", ""))])
        sheet.cell(row=sheet.max_row, column=3).number_format = '#,##0.00" mdp"'
    sheet.append([])
    sheet.append(["Cifras en millones de pesos"])
    sheet["C2"].comment = Comment("importes en miles", "alguien")
    sheet.oddHeader.center.text = "Presupuesto 2023 & anexos"
    sheet.oddFooter.left.text = "Cifras preliminares"
    notes = made.create_sheet("Notas")
    notes.append(["Las cifras de este libro se expresan en millones de pesos"])
    made.save(path)
    return read(Document(path, "doc"))


def test_of_a_workbook(workbook: Reading) -> None:
    assert kept(workbook) >= {
        ("sheet_name", "Egresos"),
        ("title", "Municipio de Ejemplo  Ejercicio 2023"),
        ("below", "Cifras en millones de pesos"),
        ("page_head", "Presupuesto 2023 & anexos"),
        ("page_foot", "Cifras preliminares"),
        ("comment", "importes en miles"),
        ("other_sheet", "Las cifras de este libro se expresan en millones de pesos"),
    }
    assert (
        dict(zip(workbook.texts["text"], workbook.texts["place"], strict=True))["Municipio de Ejemplo  Ejercicio 2023"]
        == "A1:B1"
    )


def test_a_number_format_is_kept_where_it_says_more_than_digits(workbook: Reading) -> None:
    numbers = workbook.numbers[workbook.numbers["table"].notna()]
    assert numbers["format"].unique().tolist() == ['#,##0.00" mdp"']


def test_a_figure_with_its_unit_and_one_with_an_exponent_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "budget.csv"
    path.write_text(
        "Concepto,Aprobado,Devengado\nAgua,501.4 M,5.01E+05\nBacheo,20 M,4.92E+05\nTotal,521.4 M,9.93E+05\n"
    )
    amounts = read(Document(path, "doc")).numbers.query("`table`.notna()")["source_text"].tolist()
    assert amounts == ["501.4 M", "5.01E+05", "20 M", "4.92E+05", "521.4 M", "9.93E+05"]
