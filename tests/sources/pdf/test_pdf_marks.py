"""Signs, strikes and notes at figures: what is printed or drawn for a minus is one, and what is no digit is none."""

import math
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from tests.sources.pdf.typeset import Sheet, cells, read, reasons, typeset
from transforms.words.money import parse

ROWS = ("1,012,000.00", "20,123.05", "1,234.50", "3,450.25")


def table(sheet: Sheet, amounts: tuple[str, ...], x: float = 440) -> None:
    sheet.text(60, 100, "Concepto")
    sheet.right(x, 100, "Variación")
    for n, amount in enumerate(amounts, 1):
        sheet.text(60, 100 + 18 * n, f"Concepto {'abcdefgh'[n]}")
        sheet.right(x, 100 + 18 * n, amount)


def _read(folder: Path, *amounts: str) -> list[int | None]:
    """The centavos of the amounts that are read."""
    reading = read(typeset(folder, lambda sheet: table(sheet, amounts)))
    return [parse(text).centavos for *_, text in cells(reading)]


@pytest.mark.parametrize(
    "printed",
    [
        "1,234.50 CR",
        "1,234.50CR",
        "1,234.50 Cr.",
        "1,234.50 (CR)",
        "1,234.50 C.R.",
        "[1,234.50]",
        "1,234.50-",
        "1,234.50 -",
        "- 1,234.50",
        "-1,234.50",
        "$ -1,234.50",
        "-$1,234.50",
        "($1,234.50)",
        "( $ 1,234.50 )",
        "$ ( 1,234.50 )",
        "<1,234.50>",
        "– 1,234.50",
    ],
)
def test_a_minus_is_read_however_it_is_printed(tmp_path: Path, printed: str) -> None:
    assert _read(tmp_path, "1,012,000.00", printed, "3,450.25") == [101200000, -123450, 345025]


def test_a_column_of_credits_is_negative(tmp_path: Path) -> None:
    assert _read(tmp_path, *(f"{amount} CR" for amount in ROWS)) == [-101200000, -2012305, -123450, -345025]


@pytest.mark.parametrize("sign", ["\u2212", "\u2010", "\u2011", "\u00ad"])
def test_a_minus_beyond_the_keyboard_is_one(tmp_path: Path, sign: str) -> None:
    font = next(Path("/usr/share/fonts").rglob("DejaVuSans.ttf"), None)
    if font is None:
        pytest.skip("no font with such signs")
    pdfmetrics.registerFont(TTFont("Signs", str(font)))

    def draw(sheet: Sheet) -> None:
        table(sheet, ("1,012,000.00", "", "3,450.25"))
        sheet.canvas.setFont("Signs", 8)
        sheet.canvas.drawRightString(440, sheet.height - 136, f"{sign}1,234.50")

    assert [parse(text).centavos for *_, text in cells(read(typeset(tmp_path, draw)))] == [101200000, -123450, 345025]


def test_a_minus_drawn_as_a_line_is_one(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        for n in (2, 4):
            left = 440 - sheet.canvas.stringWidth(ROWS[n - 1], "Helvetica", 8)
            sheet.across(left - 5, left - 1.5, 100 + 18 * n - 2.5)

    assert [parse(text).centavos for *_, text in cells(read(typeset(tmp_path, draw)))] == [
        101200000,
        -2012305,
        123450,
        -345025,
    ]


def test_a_dotted_leader_and_a_rule_under_a_figure_are_no_signs(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        for n in range(1, 5):
            sheet.across(395, 440, 100 + 18 * n + 2)
            for x in range(250, 390, 6):
                sheet.across(x, x + 3, 100 + 18 * n - 2.5)

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == list(ROWS)


def test_a_figure_that_is_struck_out_does_not_count_and_the_new_one_does(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        for n, old in ((1, "8,399,999.50"), (3, "77,000.00")):
            y = 100 + 18 * n
            sheet.right(390, y, old)
            sheet.across(390 - sheet.canvas.stringWidth(old, "Helvetica", 8) - 1, 391, y - 2.5)

    reading = read(typeset(tmp_path, draw))
    assert [text for *_, text in cells(reading)] == list(ROWS)
    assert reasons(reading)["struck_out"] == ["8,399,999.50", "77,000.00"]


def test_a_new_figure_over_the_struck_one_is_of_the_same_row(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        sheet.across(440 - sheet.canvas.stringWidth(ROWS[1], "Helvetica", 8), 440, 136 - 2.5)
        sheet.right(440, 136 - 7, "21,000.00")

    reading = read(typeset(tmp_path, draw))
    assert cells(reading)[1] == ("Concepto c", "Variación", "21,000.00")
    assert len(cells(reading)) == len(ROWS)


def test_rules_that_cross_a_crowded_table_strike_nothing(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        sheet.across(50, 560, *(100 + 18 * n - 2.5 for n in range(1, 5)))

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == list(ROWS)


@pytest.mark.parametrize("note", ["1/", " 2/", "p/", " r/", "/1", "(1)", "(a)", "*", "**"])
def test_a_note_behind_an_amount_is_no_part_of_it(tmp_path: Path, note: str) -> None:
    reading = read(typeset(tmp_path, lambda sheet: table(sheet, ("1,012,000.00", f"1,234.50{note}", "3,450.25"))))
    assert cells(reading) == [
        ("Concepto b", "Variación", "1,012,000.00"),
        ("Concepto c", "Variación", "1,234.50"),
        ("Concepto d", "Variación", "3,450.25"),
    ]


@pytest.mark.parametrize("worth", [" mdp", "m", " miles", " USD", " dls"])
def test_the_unit_behind_a_figure_is_part_of_it(tmp_path: Path, worth: str) -> None:
    amounts = ("1,012,000.00", f"1,234.50{worth}", "3,450.25")
    printed = cells(read(typeset(tmp_path, lambda sheet: table(sheet, amounts))))
    assert [text.replace(" ", "") for *_, text in printed] == [text.replace(" ", "") for text in amounts]


def test_stars_before_an_amount_are_no_part_of_it(tmp_path: Path) -> None:
    amounts = ("1,012,000.00", "*1,234.50", "3,450.25")
    printed = cells(read(typeset(tmp_path, lambda sheet: table(sheet, amounts))))
    assert [text for *_, text in printed] == ["1,012,000.00", "1,234.50", "3,450.25"]


@pytest.mark.parametrize("rise", [0, 3])
def test_a_small_digit_behind_whole_pesos_is_a_note(tmp_path: Path, rise: float) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ("1,012,000", "300,123", "3,450"))
        sheet.text(440.2, 136 - rise, "1", size=5)

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == ["1,012,000", "300,123", "3,450"]


def test_a_figure_in_red_among_others_has_no_clear_sign(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, (ROWS[0], "", "", ROWS[3]))
        sheet.canvas.setFillColorRGB(0.9, 0, 0)
        sheet.right(440, 136, ROWS[1])
        sheet.right(440, 154, f"({ROWS[2]})")

    flags = read(typeset(tmp_path, draw)).numbers.set_index("source_text")["flag"]
    assert flags[ROWS[1]] == "sign_unclear"
    assert flags.drop(ROWS[1]).isna().all()


def test_a_row_in_red_with_its_label_is_a_look_and_no_sign(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, (ROWS[0], *ROWS[2:]))
        sheet.canvas.setFillColorRGB(0.9, 0, 0)
        sheet.text(60, 190, "Capítulo")
        sheet.right(440, 190, ROWS[1])

    assert read(typeset(tmp_path, draw)).numbers["flag"].isna().all()


def test_a_column_in_red_beside_others_has_no_clear_sign_unless_its_header_is_red_too(tmp_path: Path) -> None:
    def flags(header_in_red: bool) -> set[object]:
        def draw(sheet: Sheet) -> None:
            table(sheet, ROWS, 340)
            if header_in_red:
                sheet.canvas.setFillColorRGB(0.9, 0, 0)
            sheet.right(440, 100, "Reducciones")
            sheet.canvas.setFillColorRGB(0.9, 0, 0)
            for n, amount in enumerate(ROWS, 1):
                sheet.right(440, 100 + 18 * n, amount)

        numbers = read(typeset(tmp_path, draw)).numbers
        return set(numbers.loc[numbers["column"] == 2, "flag"].dropna())

    assert flags(header_in_red=False) == {"sign_unclear"}
    assert flags(header_in_red=True) == set()


def test_a_stroke_at_the_other_side_of_the_cell_leaves_the_sign_open(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        sheet.across(380, 384, 136 - 2.5)

    flags = read(typeset(tmp_path, draw)).numbers.set_index("source_text")["flag"]
    assert flags[ROWS[1]] == "sign_unclear"
    assert flags.drop(ROWS[1]).isna().all()


def test_a_small_digit_behind_an_amount_is_a_note(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        sheet.text(440.2, 133, "2", size=5)

    reading = read(typeset(tmp_path, draw))
    assert [text for *_, text in cells(reading)] == list(ROWS)
    assert "2" not in str(reading.rows["label_cells"].tolist())


def test_dots_that_lead_to_an_amount_are_no_text(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.right(440, 100, "Importe")
        for n, amount in enumerate(ROWS, 1):
            sheet.text(60, 100 + 18 * n, f"Servicios de la partida {'abcdefgh'[n]}" + "." * 20)
            sheet.right(440, 100 + 18 * n, "." * 60 + amount)

    assert [(label, text) for label, _, text in cells(read(typeset(tmp_path, draw)))] == [
        (f"Servicios de la partida {'abcdefgh'[n]}", amount) for n, amount in enumerate(ROWS, 1)
    ]


def test_a_figure_set_letter_by_letter_is_one(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(440, 100, "Importe")
        for n, amount in enumerate(ROWS, 1):
            sheet.text(60, 100 + 18 * n, f"Concepto {'abcdefgh'[n]}")
            sheet.right(440, 100 + 18 * n, " ".join(amount))

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == list(ROWS)


def test_small_digits_behind_most_whole_pesos_are_their_centavos(tmp_path: Path) -> None:
    whole = ("1,012,000", "20,123", "1,234", "3,450")

    def draw(sheet: Sheet) -> None:
        table(sheet, whole)
        for n in range(1, 5):
            sheet.text(440.2, 97 + 18 * n, f"{n}5", size=5)

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == [f"{w}.{n}5" for n, w in enumerate(whole, 1)]


def test_a_copy_printed_after_everything_else_is_the_same_print(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        sheet.canvas.translate(0.9, -0.6)
        table(sheet, ROWS)

    assert [(header, text) for _, header, text in cells(read(typeset(tmp_path, draw)))] == [
        ("Variación", amount) for amount in ROWS
    ]


def test_of_two_figures_at_one_place_the_later_is_read_in_doubt(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        table(sheet, ROWS)
        sheet.right(440, 136, "99,123.05")

    reading = read(typeset(tmp_path, draw))
    assert [text for *_, text in cells(reading)] == [ROWS[0], "99,123.05", *ROWS[2:]]
    numbers = reading.numbers.set_index("source_text")
    assert numbers.loc["99,123.05", "flag"] == "sign_unclear" and numbers.loc[ROWS[1], "exclusion"] == "struck_out"


@pytest.mark.parametrize("degrees", [-3, 0.4, 2])
def test_a_table_that_leans_is_read_level_and_found_where_it_is(tmp_path: Path, degrees: float) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.canvas.translate(306, 396)
        sheet.canvas.rotate(degrees)
        sheet.canvas.translate(-306, -396)
        table(sheet, ROWS, 540)

    reading = read(typeset(tmp_path, draw))
    assert [(label[-1], text) for label, _, text in cells(reading)] == list(zip("bcde", ROWS, strict=True))
    left, top, right, bottom = map(float, reading.numbers["place"].iloc[0].split(","))
    turn = math.radians(degrees)
    x, y = 520 - 306, 116 - 396  # within the first amount, seen from the middle of the page
    seen = 306 + x * math.cos(turn) + y * math.sin(turn), 396 - x * math.sin(turn) + y * math.cos(turn)
    assert left < seen[0] < right and top < seen[1] < bottom


def test_columns_that_touch_are_two(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.text(60, 100, "Concepto")
        sheet.right(340, 100, "Aprobado")
        sheet.right(385, 100, "Pagado")
        for n, amount in enumerate(ROWS, 1):
            sheet.text(60, 100 + 18 * n, f"Concepto {'abcdefgh'[n]}")
            sheet.right(390, 100 + 18 * n, f"2,345,678.90{amount}")

    assert [text for *_, text in cells(read(typeset(tmp_path, draw)))] == [
        text for amount in ROWS for text in ("2,345,678.90", amount)
    ]
