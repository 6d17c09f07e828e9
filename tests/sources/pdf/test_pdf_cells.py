"""Cells that are not set as their rows are: keys before the text, tall rows, cut figures, headings that are labels, and
tables side by side; and what is flagged where the page does not tell.
"""

from pathlib import Path

from tests.sources.pdf.typeset import Sheet, by_row, cells, headers, read, reasons, typeset

CONCEPTS = [
    "Servicios de telecomunicaciones",
    "Servicios de radio",
    "Gastos de ceremonias oficiales",
    "Otros servicios",
]


def test_keys_before_the_text_are_no_amounts(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, text in ((60, "FF"), (100, "CUENTA"), (160, "CONCEPTO")):
            sheet.text(x, 100, text)
        sheet.right(520, 100, "PRESUPUESTO 2016")
        for i, (key, concept) in enumerate(zip(("3160", "3161", "3821", "3992"), CONCEPTS, strict=True)):
            y = 115 + 12 * i
            sheet.text(60, y, ("1.1", "5.23", "5.2", "1.1")[i])
            sheet.text(105, y, key)
            sheet.text(160, y, concept)
            sheet.right(520, y, f"{i + 1},200,000.00")

    reading = read(typeset(tmp_path, draw))
    assert cells(reading)[2] == (
        "5.2 3821 Gastos de ceremonias oficiales", "PRESUPUESTO 2016", "3,200,000.00",
    )  # fmt: skip
    assert reasons(reading)["code"] == ["1.1", "3160", "5.23", "3161", "5.2", "3821", "1.1", "3992"]


def test_keys_on_the_next_page_are_no_amounts_under_a_header_left_behind(tmp_path: Path) -> None:
    """A title of the first page stands over the keys of the second, and is no header of theirs."""

    def draw(page: int):  # type: ignore[no-untyped-def]
        def one(sheet: Sheet) -> None:
            if page == 0:
                sheet.text(20, 80, "PbRM 04a")
                sheet.text(60, 80, "PRESUPUESTO DE EGRESOS DETALLADO")
                sheet.across(60, 520, 104, 118, 130, 142, 154, 166)
                sheet.down(104, 166, 60, 100, 155, 440, 520)
                for x, text in ((63, "FF"), (103, "CUENTA"), (160, "CONCEPTO"), (445, "PRESUPUESTO 2016")):
                    sheet.text(x, 113, text)
            for i, concept in enumerate(CONCEPTS):
                y = 127 + 12 * i
                sheet.text(63, y, "1.1")
                sheet.text(105, y, f"{3100 + i}")
                sheet.text(160, y, f"* {concept}")
                sheet.right(518, y, f"{i + 1},200,000.00")

        return one

    reading = read(typeset(tmp_path, draw(0), draw(1)))
    assert {label for label, *_ in cells(reading)} == {f"1.1 {3100 + i} * {text}" for i, text in enumerate(CONCEPTS)}
    assert {header for _, header, _ in cells(reading)} == {"PRESUPUESTO 2016"}


def test_short_amounts_before_a_text_stay_amounts_under_their_header(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Clave")
        sheet.right(180, 100, "Aprobado")
        sheet.text(240, 100, "Descripción")
        sheet.right(520, 100, "Pagado")
        for i, concept in enumerate(CONCEPTS):
            sheet.text(60, 115 + 12 * i, f"A{i}")
            sheet.right(180, 115 + 12 * i, f"{845 + i}")
            sheet.text(240, 115 + 12 * i, concept)
            sheet.right(520, 115 + 12 * i, f"{i + 1},200.50")

    assert headers(read(typeset(tmp_path, draw)))[-1] == "Pagado"
    assert {"845", "846"} <= {text for *_, text in cells(read(typeset(tmp_path, draw)))}


def test_labels_in_larger_type_than_their_amounts_are_no_stamp(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.setFont("Helvetica", 4)
        for i, concept in enumerate(CONCEPTS):
            sheet.text(60, 115 + 12 * i, concept, size=8)
            for x in (300, 360, 420, 480):
                sheet.canvas.setFont("Helvetica", 4)
                sheet.canvas.drawRightString(x, sheet.height - 115 - 12 * i, f"{i + 1},{x}.00")

    assert [label for label, _ in by_row(read(typeset(tmp_path, draw)))] == CONCEPTS


def cut_total(sheet: Sheet) -> None:
    """A ruled row whose cells cut their amounts, over one whose cells do not."""
    xs = (60, 180, 240, 300)
    sheet.across(60, 300, 80, 100, 125, 145)
    sheet.down(80, 145, *xs)
    for x, text in zip((210, 270), ("Anual", "Enero"), strict=True):
        sheet.centre(x, 92, text)
    sheet.text(65, 119, "T O T A L")
    for x, text in zip((210, 270), ("77,764,891.0", "8,226,125.0"), strict=True):
        sheet.centre(x, 109, text)
        sheet.centre(x, 119, "0")
    sheet.text(65, 140, "Impuestos")
    for x in (237, 297):
        sheet.right(x, 140, "4,100.00")


def test_a_figure_that_its_cell_cuts_goes_on_below(tmp_path: Path) -> None:
    reading = read(typeset(tmp_path, cut_total))
    assert by_row(reading) == [
        ("T O T A L", ["77,764,891.00", "8,226,125.00"]), ("Impuestos", ["4,100.00", "4,100.00"]),
    ]  # fmt: skip
    assert headers(reading) == ["Anual", "Enero"]


def test_a_dash_over_an_amount_in_one_tall_cell_is_no_sign_of_it(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(60, 500, 85, 105, 160)
        sheet.down(85, 160, 60, 300, 400, 500)
        sheet.centre(350, 98, "Modificado")
        sheet.centre(450, 98, "Pagado")
        for i, (concept, first) in enumerate(zip(CONCEPTS, ("-", "1,576.26", "-", "2,000.00"), strict=True)):
            sheet.text(65, 116 + 12 * i, concept)
            sheet.right(395, 116 + 12 * i, first)
            sheet.right(495, 116 + 12 * i, f"{i + 1},000.50")

    assert [texts[0] for _, texts in by_row(read(typeset(tmp_path, draw)))] == ["-", "1,576.26", "-", "2,000.00"]


def test_a_dash_in_a_cell_of_its_own_is_no_sign_of_its_neighbour(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.across(60, 500, 85, 105, 160)
        sheet.down(85, 160, 60, 200, 300, 400, 500)
        for x, text in ((250, "Modificado"), (350, "Devengado"), (450, "Pagado")):
            sheet.centre(x, 98, text)
        for i, concept in enumerate(CONCEPTS):
            sheet.text(65, 116 + 12 * i, concept)
            sheet.right(295, 116 + 12 * i, f"{i + 1},000.50")
            sheet.right(495, 116 + 12 * i, f"{i + 1},000.50")
            if i in (0, 3):
                sheet.right(397, 116 + 12 * i, "-")

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Modificado", "Devengado", "Pagado"]
    assert by_row(reading)[0] == (CONCEPTS[0], ["1,000.50", "-", "1,000.50"])


def test_cells_of_a_tall_row_set_at_top_middle_and_foot_are_one_row(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Programa")
        for x, text in zip((350, 430, 510), ("Aprobado", "Devengado", "Pagado"), strict=True):
            sheet.right(x, 100, text)
        for i, concept in enumerate(CONCEPTS):
            y = 115 + 26 * i
            sheet.text(60, y, concept)
            for x, down in zip((350, 430, 510), (0, 4, 8) if i == 1 else (0, 0, 0), strict=True):
                sheet.right(x, y + down, f"{i + 1},{x}.50")

    assert by_row(read(typeset(tmp_path, draw)))[1] == (CONCEPTS[1], ["2,350.50", "2,430.50", "2,510.50"])


def test_a_key_at_the_middle_of_a_tall_row_and_its_text_at_the_top_are_one_label(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.right(500, 100, "Anual")
        for i, concept in enumerate(CONCEPTS):
            sheet.text(60, 115 + 14 * i + (3.5 if i == 2 else 0), f"{3100 + i}")
            sheet.text(85, 115 + 14 * i, concept)
            sheet.right(500, 115 + 14 * i + (3.5 if i == 2 else 0), f"{i + 1},200.50")

    assert [label for label, _ in by_row(read(typeset(tmp_path, draw)))] == [
        f"{3100 + i} {concept}" for i, concept in enumerate(CONCEPTS)
    ]


def test_columns_that_no_rule_parts_are_told_by_their_edges(tmp_path: Path) -> None:
    """One ruled cell around all months: figures of a row with gaps stay in their columns."""

    def draw(sheet: Sheet) -> None:
        sheet.across(60, 560, 85, 105, 160)
        sheet.down(85, 160, 60, 240, 560)
        for x, text in zip((320, 400, 480, 555), ("Enero", "Febrero", "Marzo", "Abril"), strict=True):
            sheet.right(x, 98, text)
        for i, concept in enumerate(CONCEPTS):
            sheet.text(65, 116 + 12 * i, concept)
            for x in (320, 400, 480, 555)[: 4 - i % 2]:
                sheet.right(x, 116 + 12 * i, f"{i + 1},{x}.00")

    reading = read(typeset(tmp_path, draw))
    assert headers(reading) == ["Enero", "Febrero", "Marzo", "Abril"]
    assert by_row(reading)[1][1] == ["2,320.00", "2,400.00", "2,480.00"]


def test_the_heading_over_a_table_of_one_row_is_its_label(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 60, "Anexo 25. Organismos autónomos", bold=True)
        for y, name in ((90, "AU01 Universidad"), (160, "AU02 Tribunal")):
            sheet.text(60, y, name, bold=True)
            sheet.across(60, 500, y + 10, y + 26, y + 42)
            sheet.down(y + 10, y + 42, 60, 280, 500)
            for x, text in ((170, "Corriente"), (390, "Total")):
                sheet.centre(x, y + 21, text)
                sheet.centre(x, y + 37, f"${y},491,406.00")

    reading = read(typeset(tmp_path, draw))
    assert [(label, header) for label, header, _ in cells(reading)] == [
        ("AU01 Universidad", "Corriente"), ("AU01 Universidad", "Total"),
        ("AU02 Tribunal", "Corriente"), ("AU02 Tribunal", "Total"),
    ]  # fmt: skip


def test_a_heading_before_the_columns_of_a_table_of_one_row_is_its_label(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.centre(300, 60, "Municipio de Ejemplo (Pesos)")
        for y, name in ((90, "AU01 Universidad"), (160, "AU02 Tribunal")):
            sheet.text(60, y, name, bold=True)
            for x, text in ((300, "Corriente"), (440, "Total")):
                sheet.right(x, y + 12, text)
                sheet.right(x, y + 24, f"${y},491,406.00")

    assert {label for label, _, _ in cells(read(typeset(tmp_path, draw)))} == {"AU01 Universidad", "AU02 Tribunal"}


def test_a_row_of_an_outline_whose_text_runs_to_the_amounts_is_no_header(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(500, 100, "Aprobado")
        for i, concept in enumerate(CONCEPTS):
            sheet.text(60, 118 + 16 * i, f"c{i + 1}) {concept}")
            sheet.right(500, 118 + 16 * i, f"{i + 1},797,835")
        for x, text in ((60, "D."), (110, "Transferencias,"), (220, "Asignaciones y"), (330, "Otras"), (425, "Ayudas")):
            sheet.text(x, 182, text)
        sheet.text(60, 191, "(D=d1+d2+d3)")
        sheet.right(500, 191, "16,661,993")
        sheet.text(60, 207, "d1) Transferencias internas")
        sheet.right(500, 207, "12,586,962")

    reading = read(typeset(tmp_path, draw))
    assert len(reading.tables) == 1
    assert headers(reading) == ["Aprobado"]
    assert by_row(reading)[-2] == ("D. Transferencias, Asignaciones y Otras Ayudas (D=d1+d2+d3)", ["16,661,993"])


def test_tables_side_by_side_with_rows_at_other_heights(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, down, name in ((60, 0, "Aprobado"), (320, 6, "Devengado")):
            sheet.text(x, 100 + down, "Clave")
            sheet.text(x + 30, 100 + down, "Concepto")
            sheet.right(x + 220, 100 + down, name)
            for i, concept in enumerate(CONCEPTS):
                y = 116 + (16 if x == 60 else 15) * i
                sheet.text(x, y, f"{3100 + i}")
                sheet.text(x + 30, y, concept)
                sheet.right(x + 220, y, f"{i + 1},{x}.50")

    reading = read(typeset(tmp_path, draw))
    assert [headers(reading, table) for table in (1, 2)] == [["Aprobado"], ["Devengado"]]
    for table, x in ((1, 60), (2, 320)):
        assert by_row(reading, table)[3] == (f"3103 {CONCEPTS[3]}", [f"4,{x}.50"])


def test_a_label_printed_over_another_is_unsure(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.right(500, 100, "Aprobado")
        for i, concept in enumerate(CONCEPTS):
            sheet.text(60, 115 + 12 * i, concept)
            sheet.right(500, 115 + 12 * i, f"{i + 1},200.50")
        sheet.text(61, 128, "extranjero y del personal")  # the second line of the label above, over the next

    flags = read(typeset(tmp_path, draw)).numbers.set_index("row")["flag"]
    assert flags[2] == "label_unsure"
    assert flags[[1, 3, 4]].isna().all()
