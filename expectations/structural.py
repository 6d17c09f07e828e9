"""The structural suites: what the schema says of a table, as checks.

Everything here is derived from `warehouse.schema`; a column is never named by hand. What must be true of the numbers
themselves is in the files of the promises.
"""

from typing import Any

import pandas as pd

from expectations.spec import Expect, FailingRows, Spec, TableFrames, key_columns
from warehouse.schema import TABLES
from warehouse.schema.model import Table

# Its rows are the results of these very checks: it does not exist yet when they run.
UNCHECKED = ("out.check",)


def structural_specs() -> list[Spec]:
    """Up to three checks per table: its columns, their values, its key."""
    return [spec for table in TABLES.values() if table.name not in UNCHECKED for spec in _of_table(table)]


def _of_table(table: Table) -> list[Spec]:
    key, clave = " × ".join(table.key), " × ".join(table.by_name[name].es for name in table.key)
    tests: tuple[tuple[str, dict[str, Any], str, str], ...] = (
        (
            "columns",
            {"rule": _columns(table)},
            "The columns and their types are those of the schema: queries, dictionary and Spanish views are made from it, and money is whole centavos, never a float (P4).",
            "Las columnas y sus tipos son los del esquema: de él salen consultas, diccionario y vistas en español, y el dinero son centavos enteros, nunca decimales flotantes (P4).",
        ),
        (
            "values",
            {"expectations": _values(table)},
            "Required columns are never null, and columns with a closed vocabulary hold only its words.",
            "Las columnas obligatorias nunca son nulas, y las de vocabulario cerrado solo contienen sus palabras.",
        ),
        (
            "key",
            {"expectations": (_key(table),)},
            f"One row per {key}: a repeated row would be counted twice.",
            f"Un renglón por {clave}: un renglón repetido se contaría dos veces.",
        ),
    )
    prefix = table.name.replace(".", "_")
    return [
        Spec(f"{prefix}_{suffix}", table.name, "ERROR", reason, reason_es, **test)
        for suffix, test, reason, reason_es in tests
        if any(test.values())
    ]


def _columns(table: Table) -> FailingRows:
    """One look at names, order and types: an expectation for each column of each table would take seconds."""
    types = {column.frame_name: column.type.pandas for column in table.columns}

    def differing(frames: TableFrames) -> pd.DataFrame:
        stored = {str(name): str(dtype) for name, dtype in frames[table.name].dtypes.items()}
        missing = [name for name in types if name not in stored]
        unknown = [name for name in stored if name not in types]
        wrong = [
            f"{name}: expected {types[name]}, found {stored[name]}"
            for name in types
            if stored.get(name, types[name]) != types[name]
        ]
        if missing or unknown:
            wrong.insert(
                0, f"missing: {', '.join(missing) or 'none'}; not in the schema: {', '.join(unknown) or 'none'}"
            )
        elif list(stored) != list(types):
            wrong.insert(0, f"other order: {', '.join(stored)}")
        return pd.DataFrame({"found": wrong})

    return differing


def _values(table: Table) -> tuple[Expect, ...]:
    required = (Expect("ExpectColumnValuesToNotBeNull", {"column": c.frame_name}) for c in table.columns if c.required)
    closed = (
        Expect("ExpectColumnValuesToBeInSet", {"column": c.frame_name, "value_set": list(c.values)})
        for c in table.columns
        if c.values
    )
    return (*required, *closed)


def _key(table: Table) -> Expect:
    columns = key_columns(table.name)
    if len(columns) == 1:
        return Expect("ExpectColumnValuesToBeUnique", {"column": columns[0]})
    # Two rows whose key is null in the same place are repeated, too.
    return Expect("ExpectCompoundColumnsToBeUnique", {"column_list": columns, "ignore_row_if": "never"})
