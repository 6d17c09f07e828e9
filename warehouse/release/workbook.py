"""The Excel workbook of a release: a cover, the headline comparison, Datos, Diccionario, Fuentes, Advertencias, what is claimed, and what is compared.

What the sheets hold is decided here; how rows get into them quickly is in `warehouse.release.sheets`.
"""

from dataclasses import asdict, fields
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.release.cover import HEADLINE, cover, headline
from warehouse.release.dictionary import DictionaryEntry, entries
from warehouse.release.sheets import MOST_ROWS, WorkbookColumn, WorkbookSheet, write
from warehouse.schema import BOOL, TABLES, TEXT, Column, Table
from warehouse.schema.vocabulary import OUTCOMES, REFUSALS
from warehouse.store import ddl

DATA = TABLES["out.line"]
SOURCES = TABLES["core.document"]
# Sheets that are a table as it is.
_TABLES = {
    "Datos": DATA,
    "Fuentes": SOURCES,
    "Afirmaciones": TABLES["out.claim"],
    "Alcance": TABLES["out.affordability"],
    "Erratas": TABLES["out.release_difference"],
    "Comparaciones": TABLES["out.comparison"],
    "Por línea": TABLES["out.line_comparison"],
    "Alcanzaría para": TABLES["out.would_buy"],
    "Costos unitarios": TABLES["out.unit_cost"],
    "Traslape": TABLES["out.overlap"],
    "Cambios": TABLES["out.change"],
    "Perímetro": TABLES["out.perimeter"],
    "Cuadre": TABLES["out.cross_classification"],
    "Contraste": TABLES["out.cross_source"],
    "Lugares": TABLES["out.ranking"],
    "Prácticas": TABLES["out.practice"],
    "Aseguradores": TABLES["out.insurer"],
    "Cambios institucionales": TABLES["out.institutional_change"],
}
_FIRST = ("Datos", "Fuentes")
# Sheets that are there only where the edition holds ledgers, or a state with a municipality.
_OF_LEDGERS = {
    "De la línea al contrato": (TABLES["out.line_trace"], "SELECT count(*) FROM out.line_trace"),
    "Debería estar publicado": (TABLES["out.document_calendar"], "SELECT count(*) FROM out.document_calendar"),
    "Solicitudes": (TABLES["out.request_series"], "SELECT count(*) FROM out.request_series"),
    "Compromisos": (TABLES["out.commitment_status"], "SELECT count(*) FROM out.commitment_status"),
    "Lado a lado": (
        TABLES["out.beside"], "SELECT count(DISTINCT government_id) - count(DISTINCT left(government_id, 2)) FROM out.beside",
    ),
}  # fmt: skip
# The most characters of a text that are shown in one line, where it is not `_LINE`.
_LINE = 40
_LINES = {
    "text": 60,
    "razon": 60,
    "hallazgo": 60,
    "oracion": 80,
    "assumptions": 60,
    "counter_evidence": 60,
    "label": 50,
    "path": 60,
    "title": 50,
    "message": 60,
    "origin": 50,
}
_TOLD = {
    HEADLINE: TABLES["out.health_vs_events"].descripcion,
    "Diccionario": "Qué es cada columna de cada tabla",
    "Advertencias": "Lo que debe saberse antes de citar: notas, documentos sin leer, alertas, rechazos y salvedades",
}
_UNITS = {"pesos": "pesos", "US dollars": "dólares", "units": "unidades"}
_WARNING_COLUMNS = ("tipo", "clave", "gobierno", "ejercicio", "momento", "documento", "pagina", "mensaje")
_NOTES = (
    "La hoja Datos contiene solo importes verificados, en pesos; una celda vacía es un importe ausente o no verificado, no cero.",
    "Para sumar use solo los renglones con suma_aqui = VERDADERO y tipo_renglon = detalle, de una sola clasificacion: los demás "
    "cuadros son otras vistas del mismo dinero, y los subtotales y totales ya contienen a los detalles.",
    "Los renglones con citable = FALSO no se citan: vienen de bases secundarias o de copias compuestas por el proyecto.",
    "Cada número lleva a su página: documento_id, pagina y linea_id. El documento original está en la hoja Fuentes, con su huella sha256.",
    "Los importes de más de quince cifras se guardan como texto, porque Excel los redondearía.",
)


def write_workbook(con: duckdb.DuckDBPyConnection, path: Path, *, title: str) -> dict[str, int]:
    """Writes the workbook from the open DuckDB file; returns the rows of each sheet, headers aside.

    The connection must allow temporary tables.
    """
    _dictionary(con)
    tables = _TABLES | {name: table for name, (table, there) in _OF_LEDGERS.items() if _number(con, there)}
    counts = {name: _count(con, ddl.table_name(table)) for name, table in tables.items()}
    _warnings(con, [f"{title}.", *_NOTES, *_cuts(counts)])
    sheets = [
        _sheet("Datos", DATA),
        WorkbookSheet(
            "Diccionario", "temp.diccionario", tuple(_plain(field.name) for field in fields(DictionaryEntry))
        ),
        _sheet("Fuentes", SOURCES),
        WorkbookSheet("Advertencias", "temp.advertencias", tuple(_plain(name) for name in _WARNING_COLUMNS)),
        *(_sheet(name, table) for name, table in tables.items() if name not in _FIRST),
    ]
    drawn, compared = headline(con)
    rows = {HEADLINE: compared} | {
        sheet.name: counts.get(sheet.name) or _count(con, sheet.relation) for sheet in sheets
    }
    contents = {name: table.descripcion for name, table in tables.items()} | _TOLD
    return write(con, path, sheets, title=title, drawn=[cover(title, _NOTES, rows, contents), drawn])


def _sheet(name: str, table: Table) -> WorkbookSheet:
    columns = (WorkbookColumn(c.es, _header(c), c.type, _LINES.get(c.name, _LINE)) for c in table.columns)
    return WorkbookSheet(name, ddl.name(ddl.SPANISH, table.es), tuple(columns))


def _header(column: Column) -> str:
    """The column with its unit, where it has one."""
    return f"{column.es} ({_UNITS[column.unit]})" if column.unit else column.es


def _plain(name: str) -> WorkbookColumn:
    lines = {"mensaje": 100, "descripcion": 60, "description": 60}
    return WorkbookColumn(name, name, BOOL if name == "obligatorio" else TEXT, lines.get(name, _LINE))


def _dictionary(con: duckdb.DuckDBPyConnection) -> None:
    rows = pa.Table.from_pylist([asdict(entry) for entry in entries()])
    con.register("described", rows)  # row by row, with a statement each, the two thousand take seconds
    con.execute("CREATE OR REPLACE TEMP TABLE diccionario AS FROM described")
    con.unregister("described")


def _warnings(con: duckdb.DuckDBPyConnection, notes: list[str]) -> None:
    """What must be known before citing: notes, documents that were not read, alerts, failed checks, refusals."""
    columns = ", ".join(f"{ddl.name(column)} VARCHAR" for column in _WARNING_COLUMNS)
    con.execute(f"CREATE OR REPLACE TEMP TABLE advertencias ({columns})")
    con.executemany("INSERT INTO temp.advertencias (tipo, mensaje) VALUES ('nota', ?)", [[note] for note in notes])
    outcomes = _lookup({word: OUTCOMES[word].es for word in OUTCOMES})
    con.execute(
        "INSERT INTO temp.advertencias SELECT 'documento', outcome, government_id, fiscal_year, NULL, document_id, NULL, "
        f"concat_ws('. ', title, {outcomes}[outcome], message) "
        "FROM core.document WHERE outcome <> 'read' ORDER BY document_id"
    )
    con.execute(
        "INSERT INTO temp.advertencias SELECT CASE severity WHEN 'ERROR' THEN 'alerta grave' ELSE 'alerta' END, code, "
        "government_id, fiscal_year, stage, document_id, page, mensaje FROM out.alert ORDER BY alert_id"
    )
    con.execute(
        "INSERT INTO temp.advertencias SELECT 'validación que no se cumple', check_id, NULL, NULL, NULL, NULL, NULL, "
        "concat_ws(': ', \"table\", reason, failing || ' renglones') FROM out.\"check\" WHERE NOT passed ORDER BY check_id"
    )
    for table, name in (
        ("health_vs_events", "salud frente a eventos"),
        ("line_comparison", "comparación por línea"),
        ("comparison", "comparación declarada"),
    ):
        _refusals(con, table, name)


def _refusals(con: duckdb.DuckDBPyConnection, table: str, name: str) -> None:
    """Why a comparison has no number, and what must be said beside those that have one; once per case, counted."""
    refusals = _lookup({code: word.es for code, word in REFUSALS.items()})
    sentences = f"list_transform(string_split(refusals, ';'), lambda code: coalesce({refusals}[trim(code)], code))"
    con.execute(
        f"INSERT INTO temp.advertencias SELECT CASE WHEN refusals IS NULL THEN 'salvedad' ELSE 'comparación rechazada' END, "
        f"refusals, coalesce(government, government_id), fiscal_year, stage, document_id, NULL, "
        f"concat({ddl.text(name)}, ' (', count(*), '): ', "
        f"concat_ws('. ', array_to_string({sentences}, '. '), caveats)) "
        f"FROM out.{table} WHERE refusals IS NOT NULL OR caveats IS NOT NULL "
        "GROUP BY refusals, caveats, government, government_id, fiscal_year, stage, document_id ORDER BY ALL"
    )


def _lookup(words: dict[str, str]) -> str:
    """An SQL map, from the value to its sentence."""
    return "MAP {" + ", ".join(f"{ddl.text(key)}: {ddl.text(value)}" for key, value in words.items()) + "}"


def _cuts(counts: dict[str, int]) -> list[str]:
    return [
        f"La hoja {name} se cortó en {MOST_ROWS:,} de {rows:,} renglones, el máximo de Excel; todos están en el "
        "archivo DuckDB, en parquet/ y en csv/."
        for name, rows in counts.items()
        if rows > MOST_ROWS
    ]


def _count(con: duckdb.DuckDBPyConnection, relation: str) -> int:
    return _number(con, f"SELECT count(*) FROM {relation}")


def _number(con: duckdb.DuckDBPyConnection, sql: str) -> int:
    [(number,)] = con.execute(sql).fetchall()
    return int(number)
