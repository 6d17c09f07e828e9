"""CSV and Excel carry the values, in Spanish, and nothing a spreadsheet would run."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import python_calamine
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from tests.warehouse.made_store import Rows, line
from warehouse.release import sheets, workbook
from warehouse.release.exports import CSV, PARQUET, write_csv, write_parquet
from warehouse.release.workbook import write_workbook
from warehouse.schema import TABLES
from warehouse.schema.text import without_formulas

FORMULAS = [
    "=1+1",
    "+SUM(A1)",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    '=HYPERLINK("http://x","y")',
    "-",
    "-1,234.50",
]
HARMLESS = [
    "3800 Servicios oficiales",
    "(1,234.50)",
    "$ -",
    "'=1",
    "",
    "a=b",
    "ñ",
    '"cita", y coma',
    "dos\nlíneas",
    " =1",
]
BREAKING = [
    "<r><t>x</t></r>",
    '<r></t></is></c><c r="A9"><f>1+1</f></c><c t="inlineStr"><is><t></r>',
    "a & b < c > d",
    "_x003D_1+1",
    "]]>",
    "&lt;",
]


Published = Callable[..., AbstractContextManager[duckdb.DuckDBPyConnection]]


@pytest.fixture
def published(database: Callable[[Rows], Path]) -> Published:
    """A connection that has a database with these rows in use."""

    @contextmanager
    def connected(**tables: list[dict[str, Any]]) -> Iterator[duckdb.DuckDBPyConnection]:
        path = database({name.replace("__", "."): records for name, records in tables.items()})
        con = duckdb.connect()
        con.execute(f"SET TimeZone = 'UTC'; ATTACH '{path}' AS release (READ_ONLY); USE release")
        try:
            yield con
        finally:
            con.close()

    return connected


def lines(texts: list[str]) -> list[dict[str, Any]]:
    return [line(row, label=text, aprobado_centavos=-12345) for row, text in enumerate(texts, start=1)]


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_parquet_has_every_table_with_exact_money(published: Published, tmp_path: Path) -> None:
    with published() as con:
        paths = write_parquet(con, tmp_path / "parquet")
    assert set(paths) == {name for name in TABLES if not name.startswith("raw.")} == {table.name for table in PARQUET}
    table = pq.read_table(paths["core.amount"])
    assert table.column_names == [column.name for column in TABLES["core.amount"].columns]
    assert table.schema.field("amount").type == pa.decimal128(18, 2)
    assert str(table["amount"][0].as_py()) == "-0.01"


def test_csv_opens_in_excel_with_spanish_names(published: Published, tmp_path: Path) -> None:
    with published() as con:
        paths = write_csv(con, tmp_path / "csv")
    for table in CSV:
        content = paths[table.name].read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\xef\xbb\xbf") == 1
        assert content.decode("utf-8-sig").splitlines()[0] == ",".join(column.es for column in table.columns)
        assert paths[table.name].name == f"{table.es}.csv"
    [document, scan] = read_csv(paths["core.document"])
    assert (document["titulo"], document["citable"], document["obtenido_en"]) == (
        "'=Documento inventado",
        "false",
        "2026-01-02 03:04:05+00",
    )
    assert scan["titulo"] == ""


@pytest.mark.parametrize(
    ("text", "safe"),
    [("=1+1", "'=1+1"), ("  -2+3", "  '-2+3"), ("Gastos;=cmd|'/c calc'!A1", "Gastos;'=cmd|'/c calc'!A1"), ("a\t@b", "a\t'@b"), ("\t=1", "'\t'=1"),
     ("a|=1\n+2", "a|'=1\n'+2"), ("Enero - marzo; a=b", "Enero - marzo; a=b")],
)  # fmt: skip
def test_no_cell_begins_with_a_formula_whatever_separates_cells(text: str, safe: str) -> None:
    assert without_formulas(text) == safe


@pytest.mark.usefixtures("one_csv")
def test_csv_cells_cannot_be_formulas_and_negative_numbers_stay_numbers(published: Published, tmp_path: Path) -> None:
    texts = FORMULAS + HARMLESS + BREAKING
    with published(out__line=lines(texts)) as con:
        rows = read_csv(write_csv(con, tmp_path / "csv")["out.line"])
    assert [row["etiqueta"] for row in rows] == [*map(without_formulas, FORMULAS + HARMLESS), *BREAKING]
    assert {row["aprobado"] for row in rows} == {"-123.45"}
    assert {row["objeto"] for row in rows} == {"0381"}


def test_every_text_column_of_every_csv_is_guarded(published: Published, tmp_path: Path) -> None:
    alert = {"alert_id": "=a", "code": "+b", "severity": "WARN", "page": "-1", "message": "@m", "mensaje": "=m"}
    with published(out__alert=[alert]) as con:
        [row] = read_csv(write_csv(con, tmp_path / "csv")["out.alert"])
    assert [row[name] for name in ("alerta_id", "clave", "pagina", "mensaje_en", "mensaje")] == [
        "'=a",
        "'+b",
        "'-1",
        "'@m",
        "'=m",
    ]


@pytest.mark.usefixtures("one_csv")
def test_an_empty_text_is_not_a_missing_one_in_csv(published: Published, tmp_path: Path) -> None:
    with published(out__line=[line(1, label=""), line(2, label=None)]) as con:
        content = write_csv(con, tmp_path / "csv")["out.line"].read_text(encoding="utf-8-sig")
    first, second = content.splitlines()[1:]
    assert '2021-01-01,,"",' in first
    assert "2021-01-01,,,," in second


def load(con: duckdb.DuckDBPyConnection, path: Path) -> openpyxl.Workbook:
    write_workbook(con, path, title="Prueba")
    return openpyxl.load_workbook(path)


def column(sheet: Worksheet, header: str) -> list[Any]:
    place = [str(cell.value).partition(" (")[0] for cell in sheet[1]].index(header) + 1
    return [sheet.cell(row, place) for row in range(2, sheet.max_row + 1)]


def test_excel_has_text_numbers_dates_and_flags(published: Published, tmp_path: Path) -> None:
    with published(out__line=[line(1, devengado_centavos=13_698_405_759, pagado_centavos=-1)]) as con:
        book = load(con, tmp_path / "x.xlsx")
    sheets = ["Afirmaciones", "Alcance", "Erratas"]
    compared = ["Comparaciones", "Por línea", "Alcanzaría para", "Costos unitarios", "Traslape"]
    checked = [
        "Cambios",
        "Perímetro",
        "Cuadre",
        "Contraste",
        "Lugares",
        "Prácticas",
        "Aseguradores",
        "Cambios institucionales",
    ]
    assert book.sheetnames == [
        "Portada",
        "Salud y eventos",
        "Datos",
        "Diccionario",
        "Fuentes",
        "Advertencias",
        *sheets,
        *compared,
        *checked,
    ]
    sheet = book["Datos"]
    assert [cell.value for cell in sheet[1]] == [
        f"{c.es} ({c.unit})" if c.unit else c.es for c in TABLES["out.line"].columns
    ]
    cells = {
        name: (column(sheet, name)[0].value, column(sheet, name)[0].data_type)
        for name in ("objeto", "pagina", "ejercicio", "citable")
    }
    assert cells == {"objeto": ("0381", "s"), "pagina": ("2", "s"), "ejercicio": (2021, "n"), "citable": (False, "b")}
    money = [column(sheet, name)[0] for name in ("aprobado", "devengado", "pagado", "modificado")]
    assert [cell.value for cell in money] == [1234.56, 136984057.59, -0.01, None]
    assert {cell.number_format for cell in money if cell.value is not None} == {"#,##0.00"}
    [start] = column(sheet, "periodo_inicio")
    assert (start.is_date, start.value.isoformat()) == (True, "2021-01-01T00:00:00")
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:AF2")


def shown(cell: Cell) -> str:
    """What Excel must find room for in one line: it shows `####` for a number or date wider than its column."""
    forms = {"#,##0.00": "{:,.2f}", "0": "{:.0f}", "0.0000": "{:.4f}", "yyyy-mm-dd": "{:%Y-%m-%d}"}
    if cell.data_type == "b":
        return "VERDADERO" if cell.value else "FALSO"
    return forms[cell.number_format].format(cell.value) if cell.data_type in "nd" else str(cell.value)


def test_every_cell_of_the_workbook_fits_its_column(published: Published, tmp_path: Path) -> None:
    text = "Dirección General de Comunicación Social del Poder Ejecutivo " * 20
    rows = [
        line(1, aprobado_centavos=-999_999_999_999_999, devengado_centavos=1, label=text, government=text),
        line(2, aprobado_centavos=5, devengado_centavos=9_876_051_200, pagado_centavos=10**18 - 1),
    ]
    share = {"document_id": "made-up", "stage": "pagado", "transfers_share": -123_456.5}
    with published(out__line=rows, out__perimeter=[share]) as con:
        book = load(con, tmp_path / "x.xlsx")
    counted = Counter[str]()
    for sheet in book.worksheets[1:]:
        widths = {place.column_letter: sheet.column_dimensions[place.column_letter].width for place in sheet[1]}
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            counted[cell.data_type] += 1
            fits = len(shown(cell)) <= widths[cell.column_letter]
            # Headings and notes of the headline run over the empty cells beside them; a number never may.
            runs_on = cell.alignment.wrap_text or sheet.title == "Salud y eventos"
            assert fits or (cell.data_type == "s" and runs_on), (sheet.title, cell.coordinate)
        assert max(widths.values()) < 110
    assert all(counted[kind] for kind in "nsbd")


def test_the_workbook_begins_with_what_it_is_and_leads_to_its_sheets_and_to_the_page(
    published: Published, tmp_path: Path
) -> None:
    with published() as con:
        book = load(con, tmp_path / "x.xlsx")
    cover, headline = book["Portada"], book["Salud y eventos"]
    assert cover["A1"].value == "Prueba"
    linked = {link.location for link in (cell.hyperlink for row in cover for cell in row) if link and link.location}
    assert {f"'{name}'!A1" for name in book.sheetnames[1:]} <= linked
    assert any("página" in str(cell.value) for cell in cover["A"])
    assert [headline.cell(2, place).value for place in (1, 2, 3)] == ["Estado inventado", "2021", "Aprobado"]
    assert "No hay importe de salud" in headline["L2"].value
    place = headline["P2"].hyperlink
    assert f"{place.target}#{place.location}" == (
        "reporte.html#gobierno=Estado%20inventado&ejercicio=2021&canasta=events&momento=aprobado"
    )


def test_excel_keeps_the_digits_of_money_it_would_round_as_text(published: Published, tmp_path: Path) -> None:
    amounts = [999_999_999_999_999, 1_000_000_000_000_000, -(10**18) + 1]
    with published(out__line=[line(n, aprobado_centavos=value) for n, value in enumerate(amounts)]) as con:
        cells = column(load(con, tmp_path / "x.xlsx")["Datos"], "aprobado")
    assert [(cell.value, cell.data_type) for cell in cells] == [
        (9_999_999_999_999.99, "n"),
        ("10000000000000.00", "s"),
        ("-9999999999999999.99", "s"),
    ]


def test_excel_cells_cannot_be_formulas(published: Published, tmp_path: Path) -> None:
    texts = FORMULAS + HARMLESS + BREAKING
    with published(out__line=lines(texts)) as con:
        book = load(con, tmp_path / "x.xlsx")
    cells = column(book["Datos"], "etiqueta")
    assert [cell.value for cell in cells] == [text.replace("\r", "\n") for text in texts]
    assert {cell.data_type for cell in cells if cell.value} == {"s"}
    assert {cell.number_format for cell in cells if cell.value} == {"@"}
    with ZipFile(tmp_path / "x.xlsx") as file:
        assert not any("<f" in file.read(name).decode() for name in file.namelist() if "worksheets" in name)
        # Excel itself reads _x003D_ as a character, and what openpyxl shows is what it then shows.
        assert "_x005F_x003D_1+1<" in file.read("xl/sharedStrings.xml").decode()
    rows = python_calamine.load_workbook(tmp_path / "x.xlsx").get_sheet_by_name("Datos").to_python()
    assert len(rows) == len(texts) + 1
    assert {row[rows[0].index("aprobado (pesos)")] for row in rows[1:]} == {-123.45}


def test_a_text_longer_than_a_cell_is_cut_and_says_so(published: Published, tmp_path: Path) -> None:
    with published(out__line=[line(1, label="x" * 40_000)]) as con:
        [cell] = column(load(con, tmp_path / "x.xlsx")["Datos"], "etiqueta")
    assert len(cell.value) == 32_767
    assert cell.value.endswith("[… cortado]")


def test_warnings_say_what_must_be_known_before_citing(published: Published, tmp_path: Path) -> None:
    with published() as con:
        sheet = load(con, tmp_path / "x.xlsx")["Advertencias"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    by_kind = {row[0]: row for row in rows}
    assert "solo importes verificados" in " ".join(row[-1] for row in rows if row[0] == "nota")
    assert by_kind["documento"][1] == "no_text"
    assert by_kind["documento"][-1] == "Sin texto: las páginas escaneadas requieren OCR. Instale un OCR"
    assert by_kind["alerta"][-1] == "Un eco"
    refused = by_kind["comparación rechazada"]
    assert refused[1:5] == ["no_health;no_events", "Estado inventado", "2021", "aprobado"]
    assert "No hay importe de salud" in refused[-1]
    assert "No hay importe de eventos" in refused[-1]


def test_sources_and_dictionary_are_whole(published: Published, tmp_path: Path) -> None:
    with published() as con:
        book = load(con, tmp_path / "x.xlsx")
    assert [cell.value for cell in column(book["Fuentes"], "documento_id")] == ["made-up", "scan"]
    assert [cell.value for cell in column(book["Fuentes"], "sha256")] == ["0" * 64, None]
    described = {
        (cell.value, row.value)
        for cell, row in zip(column(book["Diccionario"], "table"), column(book["Diccionario"], "column"), strict=True)
    }
    assert {("core.line", "label"), ("out.line", "pagado")} <= described


def test_a_sheet_longer_than_excel_is_cut_and_says_so(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (sheets, workbook):
        monkeypatch.setattr(module, "MOST_ROWS", 30)
    with published(out__line=lines(["x"] * 31)) as con:
        book = load(con, tmp_path / "x.xlsx")
    assert book["Datos"].max_row == 31
    notes = [cell.value for cell in column(book["Advertencias"], "mensaje")]
    assert any("La hoja Datos se cortó en 30 de 31 renglones" in note for note in notes)


def test_the_same_rows_give_the_same_workbook(published: Published, tmp_path: Path) -> None:
    with published() as con:
        for name in ("1.xlsx", "2.xlsx"):
            write_workbook(con, tmp_path / name, title="Prueba")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
