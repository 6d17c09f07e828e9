"""Delimited text: its encodings, commas that group thousands without quotes, figures in short."""

import pytest

from sources.sheets.formats.encoding import decode
from sources.sheets.formats.fields import mend

HEADER = ["Clave", "Concepto", "Aprobado", "Devengado"]
TEXT = "Clave;Concepto;Aprobado\n1000;Remuneración del año;1,200.50\n2000;Papelería y útiles;300.25\n3000;ENERGÍA ELÉCTRICA;10.75\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "cp1252", "cp850", "mac_roman", "utf-16-le", "utf-16-be", "utf-16", "utf-32"]
)
def test_the_letters_tell_the_encoding(read_text, encoding):
    read = read_text(TEXT, encoding)
    assert read.labels() == ["1000 Remuneración del año", "2000 Papelería y útiles", "3000 ENERGÍA ELÉCTRICA"]


def test_text_encoded_twice_is_told_of_and_kept(read_text):
    twice = "Concepto,Participación,Aprobado\nPapelería,0.25,10.50\nEnergía,0.75,31.50\n".encode().decode("cp1252")
    read = read_text(twice)
    assert read.labels() == ["PapelerÃ\xada", "EnergÃ\xada"] and set(read.reasons().values()) == {"percentage"}
    assert "encoded twice" in read.reading.warnings[0].en


def test_a_sample_that_ends_within_a_letter_is_still_utf_8():
    assert decode("Papelería".encode()[:-2]).text == "Papeler"


@pytest.mark.parametrize(
    ("record", "fields"),
    [
        ("1000,Sueldos,501,357.10,492,225.55", ["1000", "Sueldos", "501,357.10", "492,225.55"]),
        ("3000,Servicios,1,399,999.50,1,430,009.99", ["3000", "Servicios", "1,399,999.50", "1,430,009.99"]),
        (",Total,2,021,808.35,38.87", ["", "Total", "2,021,808.35", "38.87"]),
        ("2100,Materiales, útiles y otros,300.00,1,200.00", ["2100", "Materiales, útiles y otros", "300.00", "1,200.00"]),
        ("1000,Sueldos,(501,357.10),0.00", ["1000", "Sueldos", "(501,357.10)", "0.00"]),
    ],
)  # fmt: skip
def test_commas_that_group_thousands_go_together_in_the_only_way_that_fits(record, fields):
    assert mend(record.split(","), HEADER) == (fields, None)


def test_a_record_that_fits_in_several_ways_is_refused(read_text):
    assert mend(["1000", "Sueldos", "501", "357", "492", "225"], HEADER).refused == 2
    read = read_text("Clave,Concepto,Aprobado,Devengado\n1000,Sueldos,501,357,492,225\n2000,Papel,950,120\n")
    texts = {text for _, _, text in read.amounts().values()}
    assert texts == {"501,357,492,225", "950", "120"} and read.flags() == {"C2": "error_cell"}
    assert "records 2" in read.reading.warnings[0].en


def test_centavos_behind_an_unquoted_comma_leave_no_piece_of_an_amount(read_text):
    assert mend(["1000", "Sueldos", "501357", "10", "492225", "55"], HEADER).refused == 2
    read = read_text("Clave,Concepto,Aprobado,Devengado\n1000,Sueldos,501357,10,492225,55\n2000,Papel,950,120\n")
    assert {text for _, _, text in read.amounts().values()} == {"501357,10,492225,55", "950", "120"}
    assert read.flags() == {"C2": "error_cell"}


def test_figures_in_short_are_amounts_whose_digits_are_lost(read_text):
    read = read_text("Clave,Concepto,Aprobado\n1000,Sueldos,5.01E+05\n2000,Papel,501.4 M\n")
    assert [text for _, _, text in read.amounts().values()] == ["5.01E+05", "501.4 M"]
    assert "written in short" in read.reading.warnings[0].en


@pytest.mark.parametrize(
    "record",
    [
        '="0101",Sueldos,="501357.10"',
        '"=""0101""",Sueldos,501357.10',
        "'0101,Sueldos,'501357.10",
        '"0101", "Sueldos", "501357.10"',
    ],
)
def test_what_keeps_text_as_text_is_no_part_of_it(read_text, record):
    read = read_text(f"Clave,Concepto,Aprobado\n{record}\n")
    assert read.labels() == ["0101 Sueldos"] and [text for _, _, text in read.amounts().values()] == ["501357.10"]


@pytest.mark.parametrize(
    ("label", "read_as"),
    [
        (r"Papel\, tinta", "Papel, tinta"),
        (r'"Papel \"bond\""', 'Papel "bond"'),
        (r"Unidad C:\datos", r"Unidad C:\datos"),  # escapes nothing
        (r'"Unidad C:\"', "Unidad C:\\"),  # as an escape it would join two records
    ],
)
def test_a_backslash_escapes_where_the_records_are_no_fewer(read_text, label, read_as):
    read = read_text(f"Clave,Concepto,Aprobado\n1000,{label},501357.10\n2000,Papel,950.00\n")
    assert read.labels() == [f"1000 {read_as}", "2000 Papel"]
    assert [text for _, _, text in read.amounts().values()] == ["501357.10", "950.00"]
