"""Lists of records: transparency formats with linked sheets, procurement, long CSV files, personal data."""

import json

import pytest

SIPOT = [
    ["49866"],
    ["TÍTULO", None, None, "NOMBRE CORTO", None, None, "DESCRIPCIÓN"],
    ["Gasto por Capítulo", None, None, "LTAIPV15", None, None, "Cada uno de los 3 sujetos"],
    ["1", "4", "2", "2", "6", "6", "7"],
    ["451547", "451556", "563444", "563447", "563448", "563449", "451555"],
    ["Tabla Campos"],
    [
        "Ejercicio",
        "Fecha de inicio del periodo",
        "Clave del capítulo",
        "Denominación del capítulo",
        "Gasto aprobado por capítulo",
        "Gasto devengado por capítulo",
        "Desglose Tabla_439536",
    ],
    [2025, "01/01/2025", 10000000, "SERVICIOS PERSONALES", 39951552, 9744508, 1],
    [2025, "01/01/2025", 20000000, "MATERIALES", 500, 0, 2],
    [2025, "01/01/2025", 30000000, "SERVICIOS GENERALES", 700, 100, 3],
]


def cells(read, row: int = 0) -> dict[str, str]:
    return dict(json.loads(read.reading.rows["label_cells"][row]))


def test_transparency_format(read_book, sheet_of):
    read = read_book(sheet_of(SIPOT, ("A2:C2", "D2:F2", "G2:G2", "A6:G6"), "Reporte de Formatos"))
    assert read.headers() == ["Gasto aprobado por capítulo", "Gasto devengado por capítulo"]
    assert read.amounts()["E8"] == ("10000000 SERVICIOS PERSONALES", "Gasto aprobado por capítulo", "39951552")
    assert cells(read)["Ejercicio"] == "2025" and cells(read)["Desglose Tabla_439536"] == "1"
    reasons = read.reasons()
    assert (
        reasons["A8"] == "year"
        and reasons["B8"] == "date"
        and reasons["C8"] == "code"
        and reasons["G9"] == "identifier"
    )
    assert {reasons[place] for place in ("A1", "A4", "G4", "A5", "G5")} == {"code"}


def test_linked_sheet(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                [None, "2", "2", "6"],
                [None, "56846", "56847", "56848"],
                ["ID", "Clave del capítulo de gasto", "Denominación del capítulo", "Presupuesto por capítulo"],
                [1, 10000000, "SERVICIOS PERSONALES", 366958889],
                [1, 20000000, "MATERIALES", 330465898],
            ],
            title="Tabla_439536",
        )
    )
    assert read.amounts()["D5"] == ("20000000 MATERIALES", "Presupuesto por capítulo", "330465898")
    assert read.reasons()["A4"] == "identifier" and read.reasons()["B5"] == "code"


def test_each_amount_takes_the_nearest_label(read_book, sheet_of):
    header = [
        "Ejercicio",
        "Clave del Capítulo",
        "Denominación del Capítulo",
        "Presupuesto por Capítulo",
        "Clave del Concepto",
        "Denominación del Concepto",
        "Presupuesto por Concepto",
    ]
    read = read_book(
        sheet_of(
            [
                header,
                ["2015", "2000", "Materiales", "1154869", "2200", "Alimentos", "117000"],
                ["2015", "3000", "Servicios", "3750638", "3500", "Reparación", "587962"],
            ]
        )
    )
    amounts = read.amounts()
    assert amounts["D2"][0] == "2000 Materiales" and amounts["G2"][0] == "2200 Alimentos"
    assert all(json.loads(text)[0] == ["Ejercicio", "2015"] for text in read.reading.rows["label_cells"])


def test_quantities_and_identifiers_are_no_amounts(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["No.", "Número de contrato", "Descripción", "Cantidad", "Plazas", "Precio unitario", "Importe"],
                [1, 4501, "Sillas", 10, 3, 250.5, 2505],
                [2, 4502, "Mesas", 4, 1, 100, 400],
            ]
        )
    )
    assert read.headers() == ["Precio unitario", "Importe"]
    reasons = read.reasons()
    assert [reasons[place] for place in ("A2", "B2", "D2", "E2")] == [
        "list_number",
        "identifier",
        "quantity",
        "quantity",
    ]


def test_the_values_contradict_the_header(read_book, sheet_of):
    read = read_book(sheet_of([["Concepto", "Ejercicio", "Capítulo"], ["Uno", 1500.25, 10.5], ["Dos", 3000.5, 20.25]]))
    assert read.headers() == ["Ejercicio", "Capítulo"]


PEOPLE = [
    ["Nombre(s)", "Primer apellido", "Segundo apellido", "CURP", "RFC", "Razón social", "Domicilio", "Monto"],
    ["ANA", "PÉREZ", "LÓPEZ", "PELA800101MDFRPN09", "PELA800101AB1", None, "Calle 5 número 23", 100.5],
    [None, None, None, None, "GPR960514PU3", "GRUPO PROISI, S.A. DE C.V.", "Avenida 7", 200],
]


def test_personal_data_is_refused_and_companies_stay(read_book, sheet_of):
    read = read_book(sheet_of(PEOPLE))
    everything = (
        " ".join(read.reading.rows["label_cells"])
        + " ".join(read.reading.numbers["source_text"])
        + str(list(read.labels()))
    )
    for word in ("ANA", "PÉREZ", "PELA800101", "Calle 5", "Avenida 7"):
        assert word not in everything
    assert "GRUPO PROISI" in everything and "GPR960514PU3" in everything
    reasons = read.reasons()
    assert {reasons[place] for place in ("D2", "E2", "G2", "G3")} == {"personal_data"}
    assert any("CURP" in warning for warning, _ in read.reading.warnings)
    assert set(read.amounts()) == {"H2", "H3"}


def test_a_sheet_of_persons_without_amounts_leaks_nothing(read_book, sheet_of):
    book = sheet_of([["Concepto", "Monto"], ["Uno", 1.5]])
    people = book.create_sheet("Personas")
    for row in (["ID", "Nombre completo", "Teléfono"], ["A1", "Ana Pérez 2", "6621234567"]):
        people.append(row)
    numbers = read_book(book).reading.numbers
    assert not numbers["source_text"].str.contains("Ana|6621").any()


def test_an_ordinary_word_is_no_personal_column(read_book, sheet_of):
    header = ["Nombre", "Nombre del programa", "Campaña (con perspectiva de género)", "Monto"]
    read = read_book(
        sheet_of([header, ["Beca", "Programa 1", "Campaña 2", 10.5], ["Otra", "Programa 3", "Campaña 4", 20]])
    )
    assert "personal_data" not in set(read.reasons().values())


LONG = "Estado,Año,Código,Concepto,Aprobado,Devengado,Observaciones\n"


def test_long_csv(read_text):
    rows = "".join(f"Sonora,{2018 + n % 3},COG{n:02d},Concepto {n},{n}.50,{n}00.00,x\n" for n in range(60))
    read = read_text(LONG + rows)
    assert read.headers() == ["Aprobado", "Devengado"] and len(read.reading.tables) == 1
    assert cells(read, 3) == {
        "Estado": "Sonora",
        "Año": "2018",
        "Código": "COG03",
        "Concepto": "Concepto 3",
        "Observaciones": "x",
    }
    assert read.amounts()["E2"][2] == "0.50" and not read.flags()
    assert list(read.reading.pages["page"]) == ["csv"]


def test_csv_amounts_that_look_like_years_are_no_header(read_text):
    rows = "".join(f"Tabasco,2022,COG{n},Concepto,{2000 if n % 7 == 0 else n * 1000}.00,2000.00,x\n" for n in range(30))
    read = read_text(LONG + rows)
    assert len(read.reading.tables) == 1 and len(read.amounts()) == 60


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_encodings(read_text, encoding):
    read = read_text("Denominación;Aprobado\nEducación;1.234,50\nAño;2,5\n", encoding)
    assert read.amounts()["B2"] == ("Educación", "Aprobado", "1.234,50")


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_delimiters_and_quotes(read_text, mark):
    read = read_text(
        mark.join(["Concepto", "Monto"])
        + "\n"
        + mark.join([f'"Uno{mark} y ""dos""\nlíneas"', '"$1,234.50"'])
        + "\n"
        + mark.join(["Tres", "7"])
        + "\n"
    )
    assert read.amounts()["B2"] == (" ".join(f'Uno{mark} y "dos" líneas'.split()), "Monto", "$1,234.50")
    assert read.amounts()["B3"][0] == "Tres"


def test_csv_preamble(read_text):
    read = read_text(
        "Gobierno de Prueba\nCuenta pública 2021\n\nClave,Concepto,Monto\n1000,Sueldos,10.50\n2000,Papel,20\n"
    )
    assert read.labels() == ["1000 Sueldos", "2000 Papel"]
    assert read.reading.tables["context"][0] == "Gobierno de Prueba\nCuenta pública 2021"
    assert read.reasons()["A5"] == "code" and read.reasons()["A2"] == "header"


def test_csv_group_headers_reach_over_their_columns(read_text):
    read = read_text("Concepto,Egresos,,Subejercicio\n,Aprobado,Pagado,\nSueldos,10.50,3,7.50\nPapel,20,5,15\n")
    assert read.headers() == ["Egresos | Aprobado", "Egresos | Pagado", "Subejercicio"]


def test_a_person_told_by_the_tax_number_is_not_named(read_book, sheet_of):
    header = ["Partida", "Concepto", "Proveedor", "RFC", "Total"]
    rows = [
        [3821, "Concierto", "EVENTOS", "EVE010203AB1", 1160.5],
        [3822, "Feria", "JUAN PÉREZ", "PEPJ800101AB1", 2320],
    ]
    cells_of = read_book(sheet_of([header, *rows])).reading.rows["label_cells"]
    assert "EVENTOS" in cells_of[0] and "JUAN" not in cells_of[1]


def test_headers_as_programs_write_them(read_text):
    header = "CICLO,ID_RAMO,DESC_RAMO,Modalidad,DescModalidad,ID_PARTIDA,MONTO_APROBADO,MontoEjercido\n"
    read = read_text(header + "".join(f"2021,4,Salud,{n % 3},E,33104,{n}0,{n}5\n" for n in range(1, 9)))
    assert read.headers() == ["MONTO_APROBADO", "MontoEjercido"]
    assert [read.reasons()[place] for place in ("A2", "B2", "D2", "F2")] == ["year", "code", "code", "code"]


def test_quarters_and_chapters_head_amounts(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [
                ["Partida", "Descripción", "1er Trimestre", "2o Trimestre", "Anual"],
                [3611, "Difusión", 10, 20, 30],
                [3821, "Actos", 1, 2, 3],
            ]
        )
    )
    assert read.headers() == ["1er Trimestre", "2o Trimestre", "Anual"]
    rows = [
        ["Unidad", "Total", "Capítulo"],
        [None, None, 1000, 2000, 3000],
        ["Salud", 60, 10, 20, 30],
        ["Cultura", 6, 1, 2, 3],
    ]
    read = read_book(sheet_of(rows, ("C1:E1", "A1:A2", "B1:B2")))
    assert read.headers() == ["Total", "Capítulo | 1000", "Capítulo | 2000", "Capítulo | 3000"]


def test_what_stands_beside_a_post_is_no_amount(read_book, sheet_of):
    read = read_book(
        sheet_of(
            [["Puesto", "Nivel", "No. de plazas", "Sueldo base"], ["Director", 11, 1, 50000], ["Jefe", 8, 3, 20000]]
        )
    )
    assert read.headers() == ["Sueldo base"]


def test_a_sentence_with_a_figure_names_its_row(read_book, sheet_of):
    """Under `Meta`, which is no name over figures."""
    rows = [
        ["Eje", "Clave", "Meta", "Aprobado", "Modificado"],
        ["Educación", "E024", "Porcentaje de personas de 15 años y más que no concluyeron", 1500.5, 1600.5],
        ["Educación", "E025", "Porcentaje de personas de 60 años y más que no leen", 2500.5, 2600.5],
        ["Salud", "E026", "Porcentaje de personas de 12 años y más vacunadas", 3500.5, 3600.5],
    ]
    label, *_ = read_book(sheet_of(rows, (), "IR")).amounts()["D2"]
    assert label == "Educación E024 Porcentaje de personas de 15 años y más que no concluyeron"
