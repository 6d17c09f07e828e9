"""Small ledgers of our own in the forms that bodies publish: a transparency format with linked sheets, and rows under one header."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd

from sources.raw.reading import Document, Hints, Reading
from sources.read import read

Rows = Sequence[Sequence[Any]]

PERIOD = ["Ejercicio", "Fecha de inicio del periodo que se informa", "Fecha de término del periodo que se informa"]
PROCEDURES = [
    *PERIOD, "Tipo de procedimiento (catálogo)", "Materia o tipo de contratación (catálogo)", "Número de expediente, folio o nomenclatura",
    "Descripción de las obras públicas", "Posibles licitantes \nTabla_100001", "Nombre(s) de la persona física ganadora",
    "Primer apellido de la persona física ganadora", "Denominación o razón social",
    "Registro Federal de Contribuyentes (RFC) de la persona física o moral", "Número que identifique al contrato ", "Fecha del contrato",
    "Monto del contrato sin impuestos (en MXN)", "Monto total del contrato con impuestos incluidos (MXN)",
    "Monto mínimo, con impuestos incluidos, en su caso", "Monto máximo, con impuestos incluidos, en su caso", "Tipo de moneda",
    "Objeto del contrato", "Fecha de inicio del plazo de entrega o ejecución", "Fecha de término del plazo de entrega o ejecución",
    "Partida presupuestal de acuerdo con el COG \nTabla_100002", "Mecanismos de vigilancia y supervisión", "Nota",
]  # fmt: skip
BIDDERS = ["ID", "Nombre(s)", "Primer apellido", "Denominación o razón social"]
CHARGES = ["ID", "Partida Presupuestal"]
SPENDING = [
    *PERIOD, "Clave del capítulo", "Clave del concepto", "Clave de la partida", "Denominación del capítulo, concepto y partida",
    "Gasto aprobado por capítulo, concepto y partida", "Gasto modificado por capítulo, concepto y partida",
    "Gasto comprometido por capítulo, concepto y partida", "Gasto devengado por capítulo, concepto y partida",
    "Gasto ejercido por capítulo, concepto y partida", "Gasto pagado por capítulo, concepto y partida",
]  # fmt: skip


def form(path: Path, title: str, headers: Sequence[str], rows: Rows, linked: Mapping[str, Rows] | None = None) -> Path:
    """A workbook of the transparency platform: title and short name in rows 2 and 3, headers in row 7, linked sheets."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Reporte de Formatos"
    whole: Rows = (
        [49999],
        ["TÍTULO", "NOMBRE CORTO", "DESCRIPCIÓN"],
        [title, "LTAIPX", "Lo que dice la ley"],
        [],
        [],
        ["Tabla Campos"],
        headers,
        *rows,
    )
    for row in whole:
        sheet.append([*row])
    for name, lines in (linked or {}).items():
        other = book.create_sheet(name)
        for row in ([1], [77], *lines):
            other.append(list(row))
    book.save(path)
    return path


def procedures(path: Path, rows: Rows, bidders: Rows = (), charges: Rows = ()) -> Path:
    """Results of procurement procedures. A row: method, file number, name, surname, company, key, contract, total, minimum,
    maximum, oversight, note; its bidders and charges have its number as ID.
    """
    whole = [
        [2025, "2025-01-01", "2025-03-31", method, "Servicios", file_number, "Servicio", number, name, surname, company, key, contract,
         "2025-02-21", None, total, least, most, "NACIONAL", "Servicio", "2025-02-21", "2025-07-30", number, oversight, note]
        for number, (method, file_number, name, surname, company, key, contract, total, least, most, oversight, note) in enumerate(rows, 1)
    ]  # fmt: skip
    linked = {"Tabla_100001": [BIDDERS, *bidders], "Tabla_100002": [CHARGES, *charges]}
    return form(path, "Resultados de procedimientos de licitación pública", PROCEDURES, whole, linked)


def spending(path: Path, rows: Rows) -> Path:
    """Spending by partida. A row: last day of the period, code, name, approved, revised, accrued, paid."""
    whole = [
        [
            2025,
            "2025-01-01",
            end,
            f"{code[0]}0000000",
            f"{code[:2]}000000",
            code,
            name,
            approved,
            revised,
            revised,
            accrued,
            accrued,
            paid,
        ]
        for end, code, name, approved, revised, accrued, paid in rows
    ]
    return form(path, "Gasto por Capítulo, Concepto y Partida", SPENDING, whole)


ADVERTISING = [
    *PERIOD, "Área administrativa encargada de solicitar el servicio", "Tipo de servicio", "Tipo de medio (catálogo)", "Descripción de unidad",
    "Nombre de la campaña o aviso Institucional", "Tema de la campaña", "Cobertura (catálogo)", "Fecha de inicio de la campaña",
    "Fecha de término de la campaña", "Respecto a la(s) persona(s) proveedora(s) \nTabla_200001", "Respecto a los recursos y el presupuesto \nTabla_200002",
    "Respecto al contrato y los montos \nTabla_200003",
]  # fmt: skip


def advertising(path: Path, rows: Rows, codes: Rows | None = None) -> Path:
    """Payments of advertising. A row: last day of the period, company, key, code, contract, total, paid, invoice. `codes` instead of
    the rows of the linked table of charges, where their numbers are not those of the rows.
    """
    whole = [
        [2025, "2025-01-01", end, "A", "Difusión", "Internet", "Aviso", "Campaña", "Tema", "Estatal", end, end, n, n, n]
        for n, (end, *_) in enumerate(rows, 1)
    ]
    linked: dict[str, Rows] = {
        "Tabla_200001": [
            ["ID", "Razón social", "Registro Federal de Contribuyente"],
            *([n, row[1], row[2]] for n, row in enumerate(rows, 1)),
        ],
        "Tabla_200002": [["ID", "Partida genérica"], *(codes or [[n, row[3]] for n, row in enumerate(rows, 1)])],
        "Tabla_200003": [
            [
                "ID",
                "Número o referencia de identificación del contrato",
                "Monto total del contrato",
                "Monto pagado al periodo publicado",
                "Número de factura",
            ],
            *([n, *row[4:8]] for n, row in enumerate(rows, 1)),
        ],
    }
    return form(path, "Gastos de publicidad oficial_Contratación de servicios", ADVERTISING, whole, linked)


def read_file(path: Path, document_id: str = "d1", **hints: Any) -> Reading:
    """The reading of a file, through the one door."""
    return read(Document(path, document_id, hints=Hints(**hints)))


def cells(records: pd.DataFrame, record: int) -> dict[str, str | None]:
    """The texts of a record by field; None where they are withheld."""
    own = records[records["record"] == record]
    return {
        field: None if withheld else text
        for field, text, withheld in zip(own["field"], own["source_text"], own["withheld"], strict=True)
    }
