"""Data of persons is withheld in sheets, text and printed tables; amounts, posts, bodies and companies stay."""

import json

import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from sources.personal import personal_kind, personal_kinds, without_titled_names
from sources.raw.reading import Document, Reading
from sources.read import read
from warehouse.schema.personal import WITHHELD, has_personal, without_personal

HEADER = ["NOMBRE DEL EMPLEADO", "PUESTO", "SUELDO BASE", "AGUINALDO"]
MAIL, CURP, RFC, TELEPHONE = "correo@ejemplo.mx", "XEXX010101HNEXXXA4", "XEXX010101000", "Tel. (555) 555 5555"


def printed(tmp_path, rows) -> Reading:
    path = tmp_path / "hoja.pdf"
    SimpleDocTemplate(str(path)).build([Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))])
    return read(Document(path, "hoja"))


def texts(reading: Reading) -> str:
    return " ".join(frame.to_csv() for frame in (reading.tables, reading.columns, reading.rows, reading.numbers))


def test_names_after_a_title_in_running_text_are_marked() -> None:
    marked = without_titled_names(
        "escrito signado por el C. Rosalba Quiebrahacha de la Peña candidata, folio 300564025000091"
    )
    assert marked == "escrito signado por el C. (dato personal) candidata, folio 300564025000091"
    assert without_titled_names("GRUPO EJEMPLO, S.C. Y ASOCIADOS") == "GRUPO EJEMPLO, S.C. Y ASOCIADOS"
    assert without_titled_names("Artículo 29, inciso C. Fracción") == "Artículo 29, inciso C. Fracción"


def test_names_under_a_declared_header_are_withheld(tmp_path):
    rows = [
        HEADER,
        ["PERSONA UNO INVENTADA", "DIRECTORA", "10,000.00", "5,000.00"],
        ["PERSONA DOS INVENTADA", "CHOFER", "8,000.00", "4,000.00"],
    ]
    reading = printed(tmp_path, rows)
    assert not reading.rows["label"].str.contains("INVENTADA").any()
    assert [dict(json.loads(cells)) for cells in reading.rows["label_cells"]] == [
        {"NOMBRE DEL EMPLEADO": WITHHELD, "PUESTO": "DIRECTORA"},
        {"NOMBRE DEL EMPLEADO": WITHHELD, "PUESTO": "CHOFER"},
    ]
    assert reading.numbers["exclusion"].isna().sum() == 4
    assert any("NOMBRE DEL EMPLEADO" in warning for warning, _ in reading.warnings)


def test_a_company_among_beneficiaries_stays(tmp_path):
    rows = [
        ["NOMBRE DEL BENEFICIARIO", "IMPORTE"],
        ["RADIO DE PRUEBA, S.A. DE C.V.", "1,500.00"],
        ["PERSONA INVENTADA", "300.00"],
    ]
    assert printed(tmp_path, rows).rows["label"].tolist() == ["RADIO DE PRUEBA, S.A. DE C.V.", WITHHELD]


@pytest.mark.parametrize("text", [MAIL, CURP, RFC, TELEPHONE])
def test_a_personal_text_is_withheld_under_any_header_of_a_page(tmp_path, text):
    rows = [["CONCEPTO", "APROBADO"], ["Papelería", "1,500.00"], [f"Apoyo {text}", "300.00"]]
    reading = printed(tmp_path, rows)
    assert text.split()[-1] not in texts(reading)
    assert reading.rows["label"].tolist() == ["Papelería", WITHHELD]
    assert reading.numbers["exclusion"].isna().sum() == 2, "amounts stay"
    assert any("ithheld" in warning for warning, _ in reading.warnings)


def test_a_column_of_telephones_holds_no_pesos(tmp_path):
    rows = [["CONCEPTO", "TELEFONO1", "APROBADO"], ["Uno", "5555555555", "1,500.00"], ["Dos", "5555555556", "300.00"]]
    reading = printed(tmp_path, rows)
    assert "55555" not in texts(reading)
    assert reading.columns["header"].tolist() == ["APROBADO"]
    assert reading.numbers["exclusion"].eq("personal_data").sum() == 2, "withheld, and counted"


def test_a_register_withholds_the_columns_of_its_officials(tmp_path):
    path = tmp_path / "registro.csv"
    path.write_text(
        "NOMBRE_PPI,NOMBRE_ADMIN,APELLIDO_PATERNO_ADMIN,MAIL_ADMIN,TELEFONO1,EXTENSION,nombreProveedor,APROBADO\n"
        f"Camino Uno,PERSONA,INVENTADA,{MAIL},5555555555,5551,OTRA INVENTADA,1500.50\n"
        f"Camino Dos,PERSONA,INVENTADA,{MAIL},5555555555,5552,RADIO SA DE CV,300.25\n",
        encoding="utf-8",
    )
    reading = read(Document(path, "registro"))
    for detail in ("PERSONA", "INVENTADA", "ejemplo", "5555", "5551"):
        assert detail not in texts(reading)
    assert reading.columns["header"].tolist() == ["APROBADO"]
    assert reading.rows["label"].str.contains("Camino").all() and "RADIO SA DE CV" in texts(reading)
    (warning,) = [warning for warning, _ in reading.warnings if "withheld" in warning]
    for header in ("NOMBRE_ADMIN", "MAIL_ADMIN", "EXTENSION", "nombreProveedor"):
        assert header in warning


def test_a_personal_cell_is_withheld_wherever_it_stands_in_a_sheet(tmp_path):
    path = tmp_path / "notas.csv"
    path.write_text(
        f"Informes: {MAIL},,\nConcepto,Clave,Aprobado\nUno,{CURP},1500.50\nDos,{RFC},300.25\nTres,ABC010203AB1,10.25\n{TELEPHONE},,7.5\n",
        encoding="utf-8",
    )
    reading = read(Document(path, "notas"))
    for detail in (MAIL, CURP, RFC, "555"):
        assert detail not in texts(reading)
    assert "ABC010203AB1" in texts(reading), "the RFC of a company is public"
    assert reading.numbers["exclusion"].isna().sum() == 4
    assert reading.numbers["exclusion"].eq("personal_data").sum() == 3


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("NOMBRE_ADMIN", "name"),
        ("responsableNombre", "name"),
        ("Nombre (s) de la persona servidora pública", "name"),
        ("AP_PATERNO_ADMIN", "data"),
        ("MAIL_ADMIN", "data"),
        ("TELEFONO1", "data"),
        ("EXTENSION_ADMIN", "data"),
        ("RFCProveedor", "rfc"),
        ("nombreProveedor", "supplier"),
        ("Nombre del ente público", None),
        ("Nombre del programa", None),
        ("Nombre(s) del(os) indicador(es)", None),
        ("Contratista", "supplier"),
        ("PROVEEDOR O CONTRATISTA", "supplier"),
        ("Nombre o razón social", "supplier"),
        ("Beneficiario", "supplier"),
        ("Beneficiarios", "holder"),
        ("Servidor público", "name"),
        ("OCUPANTE", "name"),
        ("Responsable", None),
        ("NOMBRE_UNIDAD", None),
        ("Nombre de la unidad responsable", None),
        ("nombre de la partida", None),
        ("Denominación", None),
        ("Telefonía celular", None),
        ("Gasto | Teléfono", None),
    ],
)
def test_which_headers_declare_persons(header, kind):
    assert personal_kind(header) == kind


def test_a_bare_name_is_a_persons_beside_bare_surnames_a_post_or_pay():
    assert personal_kinds(["Nombre", "Primer apellido"]) == ["name", "data"]
    assert personal_kinds(["NO. EMPLEADO", "NOMBRE", "PUESTO", "SUELDO BASE"])[1] == "name"
    assert personal_kinds(["NOMBRE", "LOCALIDAD", "APOYO", "MONTO"])[0] == "name"
    assert personal_kinds(["NOMBRE", "AP_PATERNO_ADMIN"]) == [None, "data"]
    assert personal_kinds(["NOMBRE", "CARGO_ADMIN", "APROBADO"])[0] is None
    assert personal_kinds(["Clave", "Nombre", "Aprobado", "Pagado"])[1] is None


def test_a_payroll_and_a_list_of_contractors_keep_their_amounts_and_no_name(tmp_path):
    path = tmp_path / "nomina.csv"
    path.write_text(
        "NOMBRE,PUESTO,SUELDO\nPERSONA INVENTADA,ANALISTA,1500.50\nOTRA INVENTADA,CHOFER,300.25\nTOTAL,,1800.75\n",
        encoding="utf-8",
    )
    reading = read(Document(path, "nomina"))
    assert "INVENTADA" not in texts(reading) and reading.rows["label"].str.contains("TOTAL").any()
    assert reading.numbers["exclusion"].isna().sum() == 3
    path.write_text(
        "Obra,Contratista,Pagado\nCalle,PERSONA INVENTADA,1500.50\nPozo,RADIO SA DE CV,300.25\n", encoding="utf-8"
    )
    reading = read(Document(path, "obras"))
    assert "INVENTADA" not in texts(reading) and "RADIO SA DE CV" in texts(reading)


@pytest.mark.parametrize(
    "text", ["Teléfonos 31401 31401001", "ABC010203AB1", "LPNE200101001", "3600 @ 10", "TELEFONO 1"]
)
def test_what_is_no_personal_text(text):
    assert not has_personal(text)


def test_the_rest_of_a_text_stays():
    assert without_personal(f"Informes en {MAIL}, de 9 a 3") == f"Informes en {WITHHELD}, de 9 a 3"
