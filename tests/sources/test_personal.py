"""Names of persons on printed tables are withheld; amounts, posts and companies stay."""

import json

from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from sources.personal import WITHHELD
from sources.raw.reading import Document
from sources.read import read

HEADER = ["NOMBRE DEL EMPLEADO", "PUESTO", "SUELDO BASE", "AGUINALDO"]


def test_names_under_a_declared_header_are_withheld(tmp_path):
    rows = [
        HEADER,
        ["PERSONA UNO INVENTADA", "DIRECTORA", "10,000.00", "5,000.00"],
        ["PERSONA DOS INVENTADA", "CHOFER", "8,000.00", "4,000.00"],
    ]
    path = tmp_path / "plantilla.pdf"
    SimpleDocTemplate(str(path)).build([Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))])
    reading = read(Document(path, "plantilla"))
    assert not reading.rows["label"].str.contains("INVENTADA").any()
    assert [dict(json.loads(cells)) for cells in reading.rows["label_cells"]] == [
        {"NOMBRE DEL EMPLEADO": WITHHELD, "PUESTO": "DIRECTORA"},
        {"NOMBRE DEL EMPLEADO": WITHHELD, "PUESTO": "CHOFER"},
    ]
    assert reading.numbers["exclusion"].isna().sum() == 4
    assert any("NOMBRE DEL EMPLEADO" in warning for warning in reading.warnings)


def test_a_company_among_beneficiaries_stays(tmp_path):
    rows = [
        ["NOMBRE DEL BENEFICIARIO", "IMPORTE"],
        ["RADIO DE PRUEBA, S.A. DE C.V.", "1,500.00"],
        ["PERSONA INVENTADA", "300.00"],
    ]
    path = tmp_path / "pagos.pdf"
    SimpleDocTemplate(str(path)).build([Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))])
    labels = read(Document(path, "pagos")).rows["label"].tolist()
    assert labels == ["RADIO DE PRUEBA, S.A. DE C.V.", WITHHELD]
