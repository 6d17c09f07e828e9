"""Rows: labels that wrap, amounts that sit on any of their lines, headings, merged and several label cells."""

from pathlib import Path

from tests.sources.pdf.typeset import Sheet, by_row, headers, label_cells, read, reasons, typeset


def ruled(sheet: Sheet, rows: list[tuple[list[str], str, float]], top: float = 100) -> None:
    """A ruled table: label lines, amount, and how far down the row the amount stands (0 first line, 1 last)."""
    y = top
    sheet.across(70, 540, y)
    sheet.text(75, y + 10, "Concepto", bold=True)
    sheet.right(535, y + 10, "Importe", bold=True)
    y += 14
    for lines, amount, share in rows:
        sheet.across(70, 540, y)
        for i, line in enumerate(lines):
            sheet.text(75, y + 10 + 10 * i, line)
        sheet.right(535, y + 10 + 10 * (len(lines) - 1) * share, amount)
        y += 4 + 10 * len(lines)
    sheet.across(70, 540, y)
    sheet.down(top, y, 70, 400, 540)


def test_ruled_rows_keep_wrapped_labels_whatever_line_the_amount_is_on(tmp_path: Path) -> None:
    rows = [
        (["3610 Difusión por radio, televisión y otros", "medios de mensajes"], "$1’234,567.00", 1.0),
        (["3620 Difusión de mensajes comerciales para", "promover la venta de bienes o", "servicios"], "$0.00", 0.5),
        (["3630 Servicios de creatividad,", "preproducción"], "$1,965.10", 0.0),
        (["3640 Servicios de revelado"], "$1,172.49", 0.0),
        (["Total"], "$1’237,704.59", 0.0),
    ]
    reading = read(typeset(tmp_path, lambda sheet: ruled(sheet, rows)))
    assert by_row(reading) == [(" ".join(lines), [amount]) for lines, amount, _ in rows]
    assert reasons(reading) == {"code": ["3610", "3620", "3630", "3640"]}
    assert list(reading.tables["method"]) == ["ruled"]


def test_unruled_labels_wrap_below_their_amounts(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(500, 100, "Aprobado")
        sheet.right(580, 100, "Pagado")
        for y, label, amount in (
            (120, "Remuneraciones al personal de carácter", "1,500.00"), (130, "permanente", ""),
            (145, "Seguridad social", "200.00"), (160, "Otras prestaciones sociales y", "30.00"),
            (170, "económicas", ""), (185, "Previsiones", "0.00"),
        ):  # fmt: skip
            sheet.text(60, y, label)
            sheet.right(500, y, amount)
            sheet.right(580, y, amount)

    assert by_row(read(typeset(tmp_path, draw))) == [
        ("Remuneraciones al personal de carácter permanente", ["1,500.00", "1,500.00"]),
        ("Seguridad social", ["200.00", "200.00"]),
        ("Otras prestaciones sociales y económicas", ["30.00", "30.00"]),
        ("Previsiones", ["0.00", "0.00"]),
    ]


def test_unruled_labels_wrap_above_and_around_their_amounts(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(500, 100, "Importe")
        lines = ((120, "Transferencias, participaciones y aportaciones entre"), (130, "diferentes niveles de gobierno"),
                 (145, "Saneamiento del sistema"), (160, "Adeudos de ejercicios fiscales"), (170, "anteriores"))  # fmt: skip
        for y, label in lines:
            sheet.text(60, y, label)
        for y, amount in ((130, "10.00"), (145, "20.00"), (165, "30.00")):
            sheet.right(500, y, amount)

    assert by_row(read(typeset(tmp_path, draw))) == [
        ("Transferencias, participaciones y aportaciones entre diferentes niveles de gobierno", ["10.00"]),
        ("Saneamiento del sistema", ["20.00"]),
        ("Adeudos de ejercicios fiscales anteriores", ["30.00"]),
    ]


def test_headings_without_amounts_are_rows(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(500, 100, "Importe")
        sheet.text(60, 115, "Servicios Personales", bold=True)
        sheet.text(70, 130, "Sueldos")
        sheet.right(500, 130, "10.00")
        sheet.text(70, 145, "Honorarios")
        sheet.right(500, 145, "20.00")
        sheet.text(60, 160, "Materiales y Suministros", bold=True)
        sheet.text(70, 175, "Papelería")
        sheet.right(500, 175, "5.00")

    reading = read(typeset(tmp_path, draw))
    assert by_row(reading) == [
        ("Servicios Personales", []), ("Sueldos", ["10.00"]), ("Honorarios", ["20.00"]),
        ("Materiales y Suministros", []), ("Papelería", ["5.00"]),
    ]  # fmt: skip
    assert list(reading.rows["bold"]) == [True, False, False, True, False]
    assert list(reading.rows["indent"]) == [60.0, 70.0, 70.0, 60.0, 70.0]


def test_codes_in_columns_of_their_own(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(40, 100, "COG")
        sheet.text(100, 100, "Concepto")
        sheet.right(500, 100, "Importe")
        for i, (code, label) in enumerate(
            (("1000", "Servicios"), ("2000", "Materiales"), ("3000", "Generales"), ("4000", "Ayudas"))
        ):
            sheet.text(40, 120 + 15 * i, code)
            sheet.text(100, 120 + 15 * i, label)
            sheet.right(500, 120 + 15 * i, f"1,00{i}.00")

    reading = read(typeset(tmp_path, draw))
    assert label_cells(reading) == [["COG", "1000"], ["Concepto", "Servicios"]]
    assert by_row(reading)[0] == ("1000 Servicios", ["1,000.00"])
    assert reasons(reading) == {"code": ["1000", "2000", "3000", "4000"]}


def test_vertically_merged_labels_are_carried_to_each_row(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, name in ((55, "Ramo"), (155, "Programa"), (400, "Importe")):
            sheet.text(x, 110, name, bold=True)
        for i, name in enumerate(("Alfa", "Beta", "Gama", "Delta", "Epsilon")):
            sheet.text(155, 130 + 20 * i, f"Programa {name}")
            sheet.right(495, 130 + 20 * i, f"{i + 1},000.00")
        sheet.text(55, 150, "Secretaría de Salud")
        sheet.text(55, 200, "Universidad")
        sheet.across(50, 500, 100, 120, 180, 220)
        sheet.across(150, 500, 140, 160, 200)
        sheet.down(100, 220, 50, 150, 350, 500)

    reading = read(typeset(tmp_path, draw))
    assert [row for row, _ in by_row(reading)] == [
        "Secretaría de Salud Programa Alfa", "Secretaría de Salud Programa Beta", "Secretaría de Salud Programa Gama",
        "Universidad Programa Delta", "Universidad Programa Epsilon",
    ]  # fmt: skip
    assert label_cells(reading, 2) == [["Ramo", "Secretaría de Salud"], ["Programa", "Programa Beta"]]


def test_amounts_of_one_row_that_do_not_stand_level(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(50, 560, 90, 110, 220)
        sheet.down(90, 220, 50, 300, 400, 480, 560)
        sheet.text(60, 105, "Concepto")
        for x, name in ((395, "Aprobado"), (475, "Reducciones"), (555, "Pagado")):
            sheet.right(x, 105, name)
        for y, label in ((125, "Sueldos"), (150, "Materiales de oficina"), (175, "Alimentos"), (190, "Viáticos")):
            sheet.text(60, y, label)
        for y, base in ((125, 125), (150, 158), (175, 175), (190, 190)):
            sheet.right(395, y, "10.00")
            sheet.right(475, base, "-2.00")
            sheet.right(555, base, "8.00")

    rows = by_row(read(typeset(tmp_path, draw)))
    assert rows == [
        (label, ["10.00", "-2.00", "8.00"]) for label in ("Sueldos", "Materiales de oficina", "Alimentos", "Viáticos")
    ]


def test_a_label_that_begins_a_page_without_header_is_a_row_of_the_table_before(tmp_path: Path) -> None:
    def page(*rows: tuple[str, str, str], head: bool = False):  # type: ignore[no-untyped-def]
        def draw(sheet: Sheet) -> None:
            if head:
                sheet.text(60, 50, "Proyecto")
                sheet.right(500, 50, "Importe")
            for i, (first, second, amount) in enumerate(rows):
                sheet.text(60, 64 + 24 * i, first)
                sheet.text(60, 73 + 24 * i, second)
                sheet.right(500, 73 + 24 * i, amount)

        return draw

    one = ("Construcción de la primera etapa del hospital general de", "la capital", "$10.00")
    two = ("Rehabilitación del camino rural que va de la cabecera a", "la sierra", "$20.00")
    reading = read(typeset(tmp_path, page(one, two, one, head=True), page(two, one, two)))
    assert len(reading.tables) == 1 and headers(reading) == ["Importe"]
    assert by_row(reading) == [(f"{a} {b}", [c]) for a, b, c in (one, two, one, two, one, two)]


def test_rows_right_under_the_header_are_rows(tmp_path: Path) -> None:
    """Rows of nothing but a dash or a zero before the first figure."""

    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        edges = (330, 410, 490, 570)
        for x, text in zip(edges, ("Aprobado", "Modificado", "Devengado", "Subejercicio"), strict=True):
            sheet.right(x, 100, text)
        for y, label, amounts in (
            (115, "Gobierno", ("", "-", "", "")), (127, "Legislación", ("", "0", "", "")),
            (139, "Educación", ("200.00", "300.00", "40.00", "260.00")), (151, "Salud", ("1.00", "1.00", "", "1.00")),
        ):  # fmt: skip
            sheet.text(60, y, label)
            for x, amount in zip(edges, amounts, strict=True):
                sheet.right(x, y, amount)

    assert by_row(read(typeset(tmp_path, draw)))[:3] == [
        ("Gobierno", ["-"]),
        ("Legislación", ["0"]),
        ("Educación", ["200.00", "300.00", "40.00", "260.00"]),
    ]


def test_an_amount_set_higher_than_the_first_row_is_of_that_row(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(50, 580, 90, 104, 118, 132, 146)
        sheet.down(90, 146, 50, 300, 440, 580)
        sheet.text(60, 100, "Concepto")
        sheet.right(435, 100, "Aprobado")
        sheet.right(575, 100, "Subejercicio")
        for y, label in ((115, "Gobierno y otros"), (129, "Educación"), (143, "Salud")):
            sheet.text(60, y, label)
            sheet.right(435, y, "20.00")
            sheet.right(575, y - 2, "1.00")

    rows = by_row(read(typeset(tmp_path, draw)))
    assert [(label, sorted(amounts)) for label, amounts in rows] == [
        (label, ["1.00", "20.00"]) for label in ("Gobierno y otros", "Educación", "Salud")
    ]


def test_label_columns_ruled_in_the_header_only_are_two(tmp_path: Path) -> None:
    """Two narrow label columns, set to different baselines, with no rule between them under the header."""

    def draw(sheet: Sheet) -> None:
        sheet.across(50, 580, 100, 120, 200)
        sheet.down(100, 200, 50, 200, 580)
        sheet.down(100, 120, 100)
        sheet.text(60, 112, "Eje")
        sheet.text(110, 112, "Estrategia")
        sheet.right(570, 112, "Aprobado")
        for y in (130, 165):
            sheet.text(60, y, "Gobierno")
            sheet.text(60, y + 10, "cercano")
            sheet.text(105, y + 5, "Educación para")
            sheet.text(105, y + 15, "la vida")
            sheet.right(570, y + 8, "1,200.00")

    reading = read(typeset(tmp_path, draw))
    assert by_row(reading) == [("Gobierno cercano Educación para la vida", ["1,200.00"])] * 2
    assert label_cells(reading) == [["Eje", "Gobierno cercano"], ["Estrategia", "Educación para la vida"]]


def test_a_header_that_runs_over_the_first_row_is_no_part_of_it(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(50, 580, 100, 122, 180)
        sheet.down(100, 180, 50, 120, 460, 580)
        for y, word in ((108, "Clave del"), (118, "Programa/"), (131, "Proyecto")):
            sheet.centre(85, y, word, bold=True)
        sheet.text(130, 112, "Nombre", bold=True)
        sheet.right(575, 112, "Aprobado", bold=True)
        for y, code, name in (
            (131, "G1025", "Atención de asuntos jurídicos"),
            (145, "G1033", "Planeación"),
            (160, "G1", "Otros"),
        ):
            sheet.centre(85, y, code)
            sheet.text(130, y, name)
            sheet.right(575, y, "20.00")

    reading = read(typeset(tmp_path, draw))
    assert label_cells(reading)[0] == ["Clave del Programa/ Proyecto", "G1025"]
    assert by_row(reading)[0] == ("G1025 Atención de asuntos jurídicos", ["20.00"])


def test_a_code_merged_over_rows_is_carried_although_a_total_runs_over_its_column(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(50, 580, 100, 114, 156, 170)
        sheet.across(100, 580, 128, 142)
        sheet.down(100, 170, 50, 580)
        sheet.down(100, 156, 80, 100, 460)
        sheet.down(156, 170, 460)
        sheet.text(55, 110, "UP")
        sheet.text(110, 110, "Programa")
        sheet.right(575, 110, "Importe")
        sheet.text(60, 138, "05")
        for y, label in ((124, "Política hacendaria"), (138, "Recaudación integral"), (152, "Atención médica")):
            sheet.text(110, y, label)
            sheet.right(575, y, "20.00")
        sheet.text(55, 166, "Total del presupuesto de egresos del ejercicio")
        sheet.right(575, 166, "60.00")

    labels = ["05 Política hacendaria", "05 Recaudación integral", "05 Atención médica"]
    assert [label for label, _ in by_row(read(typeset(tmp_path, draw)))][:3] == labels
