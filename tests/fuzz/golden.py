"""The documents that are damaged: one statement whose sums hold, in each format that is read. The same bytes on every machine."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import xlsxwriter
from reportlab.pdfgen.canvas import Canvas

from sources.sample.zips import stored
from tests.sources.ledgers.test_ocds import RELEASE

_OLD = Path(__file__).parent.parent / "sources" / "sheets" / "golden" / "estructura.xls"
_TITLES = (
    "GOBIERNO DEL ESTADO DE SONORA",
    "Estado Analítico del Ejercicio del Presupuesto de Egresos",
    "Clasificación por Objeto del Gasto",
    "Del 1 de enero al 31 de diciembre de 2022",
    "(Pesos)",
)
_HEADERS = ("Concepto", "Aprobado", "Devengado", "Pagado")
# In centavos: of figures in whole pesos a sum may be a peso off, and a figure damaged by one would still be verified.
_FIGURES = {
    "Servicios personales": [721_543_017, 730_111_742, 728_800_409],
    "Materiales y suministros": [61_250_938, 57_721_814, 56_081_163],
    "Servicios generales": [193_327_651, 201_394_086, 199_236_525],
}
_BUDGET = _FIGURES | {"Total del gasto": [sum(column) for column in zip(*_FIGURES.values(), strict=True)]}
_NUMBERS: dict[str, list[float]] = {label: [centavos / 100 for centavos in row] for label, row in _BUDGET.items()}
_SHEET: list[list[str | float]] = [
    *(list[str | float]([title]) for title in _TITLES),
    [*_HEADERS],
    *(list[str | float]([label, *row]) for label, row in _NUMBERS.items()),
]
_PRINTED = [[*_HEADERS], *([label, *(f"{pesos:,.2f}" for pesos in row)] for label, row in _NUMBERS.items())]


def _pdf(compressed: int, pages: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(612, 792), invariant=1, pageCompression=compressed)
    for page in range(pages):
        for n, title in enumerate(_TITLES):
            canvas.drawCentredString(306, 750 - 14 * n, title)
        for n, line in enumerate(_PRINTED):
            canvas.drawString(50, 660 - 16 * n, line[0])
            for column, text in enumerate(line[1:]):
                canvas.drawRightString(280 + 95 * column, 660 - 16 * n, text)
        canvas.drawCentredString(306, 40, f"{page + 1}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _csv() -> bytes:
    return "\n".join(",".join(map(str, line)) for line in _SHEET).encode()


def _html() -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in line)}</tr>" for line in _PRINTED)
    return f"<html><body>{''.join(f'<p>{title}</p>' for title in _TITLES)}<table>{rows}</table></body></html>".encode()


def _xml() -> bytes:
    def cell(value: str | float) -> str:
        kind = "Number" if isinstance(value, float) else "String"
        return f'<Cell><Data ss:Type="{kind}">{value}</Data></Cell>'

    rows = "".join(f"<Row>{''.join(map(cell, line))}</Row>" for line in _SHEET)
    name = (
        'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    )
    return f'<?xml version="1.0"?><Workbook {name}><Worksheet ss:Name="1"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def _xlsx() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.set_properties({"created": pd.Timestamp("2026-01-01").to_pydatetime()})
        sheet, money = book.add_worksheet("Egresos"), book.add_format({"num_format": "#,##0.00"})
        for n, line in enumerate(_SHEET):
            sheet.write_row(n, 0, line, money)
        sheet.merge_range(0, 0, 0, len(_HEADERS) - 1, _TITLES[0])
    return buffer.getvalue()


def _ods() -> bytes:
    def cell(value: str | float) -> str:
        kind = (
            f'office:value-type="float" office:value="{value}"'
            if isinstance(value, float)
            else 'office:value-type="string"'
        )
        return f"<table:table-cell {kind}><text:p>{value}</text:p></table:table-cell>"

    rows = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in _SHEET)
    kinds = " ".join(
        f'xmlns:{kind}="urn:oasis:names:tc:opendocument:xmlns:{kind}:1.0"' for kind in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {kinds}><office:body><office:spreadsheet>"
        f'<table:table table:name="Egresos">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return stored({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def _parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame([[label, *row] for label, row in _NUMBERS.items()], columns=list(_HEADERS)).to_parquet(
        buffer, index=False
    )
    return buffer.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "uncompressed.pdf": lambda: _pdf(0, 1),
    "compressed.pdf": lambda: _pdf(1, 2),
    "statement.xlsx": _xlsx,
    "statement.ods": _ods,
    "statement.csv": _csv,
    "statement.html": _html,
    "statement.xml": _xml,
    "statement.parquet": _parquet,
    "structure.xls": _OLD.read_bytes,
    "contracts.json": lambda: json.dumps({"uri": "u", "releases": [RELEASE]}, ensure_ascii=False).encode(),
}
