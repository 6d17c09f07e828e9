"""Headers set at one edge of wide columns over figures set at the other: each column under its own header, or unsure."""

from pathlib import Path

import pytest

from tests.sources.pdf.typeset import Sheet, headers, read, typeset

LABELS = ["Servicios personales", "Remuneraciones al personal de carácter permanente", "Materiales", "Total"]
PAGE = (1250.0, 612.0)


def draw_text(sheet: Sheet, where: str, x: float, width: float, y: float, text: str) -> None:
    if where == "left":
        sheet.text(x + 3, y, text)
    elif where == "right":
        sheet.right(x + width - 3, y, text)
    else:
        sheet.centre(x + width / 2, y, text)


def headed(
    sheet: Sheet, width: float, head: str, figures: str, names: list[str], empty: int = -1, years: bool = False
) -> None:
    """A table whose columns are all of one width; under the header `empty` no figure is printed."""
    sheet.text(60, 110, "Concepto")
    for i, name in enumerate(names):
        draw_text(sheet, head, 300 + width * i, width, 110, name)
    if years:
        for i in range(0, len(names), 2):
            draw_text(sheet, head, 300 + width * i, 2 * width, 98, str(2022 + i // 2))
    for row, label in enumerate(LABELS):
        sheet.text(60, 128 + 13 * row, label)
        for i in range(len(names)):
            if i != empty:
                draw_text(
                    sheet, figures, 300 + width * i, width, 128 + 13 * row, f"{(row + 1) * (i + 3) * 7919:,}.{row}{i}"
                )


@pytest.mark.parametrize("width", [60, 75, 110, 150, 180])
@pytest.mark.parametrize(
    ("head", "figures"), [("left", "right"), ("right", "left"), ("centre", "right"), ("left", "left")]
)
def test_headers_and_figures_belong_together_by_their_order(
    tmp_path: Path, width: int, head: str, figures: str
) -> None:
    names = ["Aprobado", "Modificado", "Devengado"]
    path = typeset(tmp_path, lambda sheet: headed(sheet, width, head, figures, names), page=PAGE)
    assert headers(read(path)) == names


def test_a_header_over_an_empty_column_names_no_neighbour(tmp_path: Path) -> None:
    names = ["Aprobado", "Ampliaciones", "Modificado", "Devengado"]
    path = typeset(tmp_path, lambda sheet: headed(sheet, 60, "centre", "right", names, empty=1), page=PAGE)
    assert headers(read(path)) == ["Aprobado", "Modificado", "Devengado"]


@pytest.mark.parametrize("head", ["left", "right", "centre"])
def test_years_share_out_the_headers_below_them(tmp_path: Path, head: str) -> None:
    names = ["Aprobado", "Devengado"] * 2
    path = typeset(tmp_path, lambda sheet: headed(sheet, 90, head, "right", names, years=True), page=PAGE)
    assert [name.replace(" | ", " ") for name in headers(read(path))] == [
        "2022 Aprobado", "2022 Devengado", "2023 Aprobado", "2023 Devengado",
    ]  # fmt: skip


def test_figures_between_headers_with_nothing_to_tell_are_unsure(tmp_path: Path) -> None:
    """Two columns between three headers, none over a figure: either end may be the empty one."""
    path = typeset(
        tmp_path,
        lambda sheet: headed(sheet, 140, "left", "right", ["Aprobado", "Modificado", "Devengado"], empty=2),
        page=PAGE,
    )
    assert set(read(path).numbers.query("table == 1")["flag"]) == {"header_unsure"}


def test_the_name_of_a_month_that_a_narrow_cell_breaks_is_whole(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(63, 104, "Concepto")
        for x, months in ((360, ("Agosto",)), (420, ("Septiembr", "e")), (480, ("Octubre",))):
            for i, text in enumerate(months):
                sheet.centre(x - 30, 104 + 9 * i, text)
            for i in range(3):
                sheet.right(x - 3, 130 + 14 * i, f"{i + 1},820,{x}.00")
        for i, name in enumerate(("Impuestos", "Derechos", "Productos")):
            sheet.text(63, 130 + 14 * i, name)
        sheet.across(60, 480, 94, *(120 + 14 * i for i in range(4)))
        sheet.down(94, 162, 60, 300, 360, 420, 480)

    assert headers(read(typeset(tmp_path, draw))) == ["Agosto", "Septiembre", "Octubre"]
