"""Governments by name, and the frames of one small table under its titles: what descriptions are tested on."""

import json

import pandas as pd

from transforms.describe.draft import Description, describe
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_ROW, RAW_TABLE

NAMES = pd.DataFrame(
    [
        ("conac", "body", "mx", "Consejo Nacional de Armonización Contable"),
        ("01", "state", "mx", "Aguascalientes"), ("02", "state", "mx", "Baja California"), ("03", "state", "mx", "Baja California Sur"),
        ("06", "state", "mx", "Colima"), ("09", "state", "mx", "Ciudad de México"), ("09", "state", "mx", "Distrito Federal"),
        ("11", "state", "mx", "Guanajuato"), ("11", "state", "mx", "Gto."), ("16", "state", "mx", "Michoacán"), ("26", "state", "mx", "Sonora"),
        ("15", "state", "mx", "Estado de México"), ("mx", "federal", None, "Gobierno de México"),
        ("30", "state", "mx", "Veracruz"), ("06007", "municipality", "06", "Manzanillo"), ("16086", "municipality", "16", "Tanhuato"),
        ("11001", "municipality", "11", "Abasolo"), ("28001", "municipality", "28", "Abasolo"), ("26030", "municipality", "26", "Hermosillo"),
        ("11-inaeba", "body", "11", "Instituto de Alfabetización y Educación Básica para Adultos"),
    ],
    columns=["government_id", "level", "parent_id", "name"],
    dtype="str",
)  # fmt: skip


def raw(
    context: str, headers: list[str] | None = None, cells: list[list[tuple[str, str]]] | None = None
) -> dict[str, pd.DataFrame]:
    """The frames of one small table, as a reader returns them."""
    base = {"document_id": "x", "table": 1}
    columns = [base | {"column": at, "header": header} for at, header in enumerate(headers or [], start=1)]
    rows = [
        base | {"row": at, "page": "1", "label_cells": json.dumps(row)} for at, row in enumerate(cells or [], start=1)
    ]
    return {
        "table": RAW_TABLE.frame([base | {"context": context or None, "page_first": "1"}]),
        "column": RAW_COLUMN.frame(columns),
        "row": RAW_ROW.frame(rows),
        "number": RAW_NUMBER.frame(),
    }


def of(context: str, path: str = "x.pdf", opening: str = "") -> Description:
    return describe(raw(context), path, NAMES, opening)
