"""Real workbooks, where they are present: all are read or refused with a name, every number is counted, anchors hold."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from sources.errors import SourceError
from sources.raw.numeric import is_numeric
from sources.raw.reading import Document, Reading
from sources.read import read
from tests.acceptance.conftest import SHARED

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".ods", ".csv"}
DOCUMENTS = SHARED / "documents"
FILES = sorted(path for path in DOCUMENTS.rglob("*") if path.suffix.lower() in SUFFIXES) if DOCUMENTS.exists() else []

pytestmark = pytest.mark.skipif(not FILES, reason="no shared documents")


def counted(value: object) -> bool:
    if isinstance(value, bool) or value == "":
        return False
    return not isinstance(value, str) or is_numeric(value)


def at(reading: Reading, place: str, page: str | None = None) -> tuple[str, str, str]:
    """Label, header and text of the amount in a cell."""
    numbers = reading.numbers[
        (reading.numbers["place"] == place) & ((reading.numbers["page"] == page) if page else True)
    ]
    number = numbers.iloc[0]
    row = reading.rows[(reading.rows["table"] == number["table"]) & (reading.rows["row"] == number["row"])].iloc[0]
    column = reading.columns[
        (reading.columns["table"] == number["table"]) & (reading.columns["column"] == number["column"])
    ].iloc[0]
    return row["label"], column["header"], number["source_text"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DOCUMENTS)))
def test_every_numeric_cell_is_counted_once(path: Path):
    try:
        reading = read(Document(path, "d1"))
    except SourceError as error:
        if error.code not in ("no_table", "profile_unknown"):
            raise
        return
    numbers = reading.numbers
    assert not numbers.duplicated(["page", "place"]).any()
    assert (numbers["table"].isna() == numbers["exclusion"].notna()).all()
    if path.suffix.lower() == ".csv":
        return
    per_page = numbers.groupby("page").size()
    book = CalamineWorkbook.from_path(path)
    for sheet in book.sheet_names:
        stored = sum(counted(value) for row in book.get_sheet_by_name(sheet).to_python() for value in row)
        assert per_page.get(sheet, 0) >= stored, f"{sheet}: fewer numbers than calamine finds"


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("tanhuato-michoacan/ESTADO-ANALITICO-EGRESO-POR-COG-PRIMER-TRIM-2019.xlsx", "E9", ("11100 DIETAS.", "PRESUPUESTO DE EGRESOS APROBADO", "2490324")),
        ("itesg-guanajuato/2023/EAEPEC-GTO-ITESG-1T-23.xlsx", "C6", ("Remuneraciones al Personal de Carácter Permanente", "Egresos | Ampliaciones/ (Reducciones)", "12467633.86")),
        ("inaeba-guanajuato/2016-4T/10/10.6.xls", "G29", ("36N c6) Servicios de Comunicación Social y Publicidad", "Egresos | Devengado", "1026224.37")),
        ("inaeba-guanajuato/2015-1T/6/6.8.xlsx", "J13", ("Servicios Personales", "2014", "186083810.13")),
        ("ople-veracruz-2025/F29Aadmon2025.xlsx", "K8", ("10000000 11000000 11300001 SUELDOS Y SALARIOS", "Gasto devengado por capítulo, concepto y partida", "9744508")),
        ("conalep-durango/XXXII_-_32.xls", "L4", ("3600 Servicios de Comunicación Social y Publicidad.", "Presupuesto Asignado por Concepto", "68500")),
    ],
)  # fmt: skip
def test_anchors(name: str, place: str, expected: tuple[str, str, str]):
    assert at(read(Document(DOCUMENTS / name, "d1")), place) == expected


def test_one_workbook_with_nine_formats():
    reading = read(Document(DOCUMENTS / "inaeba-guanajuato/2019-2T/10/Ldf.xlsm", "d1"))
    assert list(reading.pages["page"]) == ["F1", "F2", "F3", "F4", "F5", "F6a", "F6b", "F6c", "F6d"]
    assert list(reading.tables["page_first"]) == ["F1", "F1", "F2", "F3", *["F4"] * 5, "F5", "F6a", "F6b", "F6c", "F6d"]


def test_the_states_of_a_long_list_can_be_told():
    reading = read(Document(DOCUMENTS / "inegi-efipem/efipem_estatal_2018.csv", "d1"))
    assert len(reading.rows) == 10_907 and list(reading.columns["header"]) == ["VALOR"]
    assert (
        '["ID_ENTIDAD", "01"]' in reading.rows["label_cells"][0]
        and '["ANIO", "2018"]' in reading.rows["label_cells"][0]
    )
