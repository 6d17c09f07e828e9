"""The SQL that the schema gives: tables, their comments, the Spanish views, and the order of the rows.

Text in, text out; nothing here opens a file.
"""

from pathlib import Path

from warehouse.schema import MONEY, TEXT, Column, Table
from warehouse.schema.spanish_values import spanish_values
from warehouse.schema.text import FORMULA_BEGINS, FORMULA_MARKS

SPANISH = "es"
# Where a cell may hold the beginning of a formula (`FORMULA_BEGINS`): its first character, and what separates cells elsewhere.
_FIRSTS = ", ".join(str(ord(character)) for character in (*FORMULA_MARKS.replace("\\", ""), *" \t\n\f\r"))
_SEPARATORS = ("';'", "'|'", "chr(9)", "chr(10)", "chr(13)")


def name(*parts: str) -> str:
    """An SQL name, quoted: `table` and `check` are words of SQL as well as names of ours."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def table_name(table: Table) -> str:
    """The table's name, quoted: `"out"."line"`."""
    return name(*table.name.split(".", 1))


def create(table: Table) -> str:
    """The table, with its types and what may not be null."""
    columns = ", ".join(
        f"{name(column.name)} {column.type.duckdb}{' NOT NULL' if column.required else ''}" for column in table.columns
    )
    return f"CREATE TABLE {table_name(table)} ({columns})"


def create_view(table: Table) -> str:
    """The table under its Spanish name, with Spanish columns and Spanish values."""
    columns = ", ".join(f"{in_spanish(column)} AS {name(column.es)}" for column in table.columns)
    return f"CREATE VIEW {name(SPANISH, table.es)} AS SELECT {columns} FROM {table_name(table)}"


def in_spanish(column: Column) -> str:
    """The value of a column of a table, in the words of the Spanish schema."""
    value = name(column.name)
    words = spanish_values(column)
    if not words:
        return value
    cases = " ".join(f"WHEN {text(english)} THEN {text(spanish)}" for english, spanish in words.items())
    return f"CASE {value} {cases} ELSE {value} END"


def comments(table: Table) -> list[str]:
    """What each table, view and column is: English on the table, Spanish on the view."""
    view = name(SPANISH, table.es)
    statements = [
        f"COMMENT ON TABLE {table_name(table)} IS {text(table.description)}",
        f"COMMENT ON VIEW {view} IS {text(table.descripcion)}",
    ]
    for column in table.columns:
        statements += [
            f"COMMENT ON COLUMN {table_name(table)}.{name(column.name)} IS {text(column.description)}",
            f"COMMENT ON COLUMN {view}.{name(column.es)} IS {text(column.descripcion)}",
        ]
    return statements


def insert(table: Table, files: list[Path], *, ordered: bool = False) -> str:
    """Fills the table from its Parquet files, sorted unless their rows are `ordered`, with centavos made pesos."""
    sorting = "" if ordered else f" ORDER BY {', '.join(f'{term} NULLS LAST' for term in [*order(table), _all(table)])}"
    return f"INSERT INTO {table_name(table)} FROM {_rows(table, files)}{sorting}"


def misplaced(table: Table, files: list[Path]) -> str:
    """Counts the rows of the files that come before, or share the key of, the row in front of them."""
    key = ", ".join(f"{term}, 'ASC NULLS LAST'" for term in order(table))
    keys = f"(SELECT create_sort_key({key}) AS k FROM {_rows(table, files)})"
    return f"SELECT count(*) FILTER (k <= before) FROM (SELECT k, lag(k) OVER () AS before FROM {keys})"


def create_stored_view(table: Table, files: list[Path]) -> str:
    """The table as it stands in Parquet files, with the names and money of a published one; empty without files."""
    rows = _rows(table, files) if files else f"(SELECT {nulls(table)} LIMIT 0)"
    return f"CREATE VIEW {table_name(table)} AS FROM {rows}"


def nulls(table: Table) -> str:
    """The columns of a row in which every value is null, as SQL."""
    return ", ".join(f"CAST(NULL AS {column.type.duckdb}) AS {name(column.name)}" for column in table.columns)


def _rows(table: Table, files: list[Path]) -> str:
    # The order needs columns under their published names, so it is taken outside the conversion.
    columns = ", ".join(f"{_value(column)} AS {name(column.name)}" for column in table.columns)
    return f"(SELECT {columns} FROM read_parquet([{', '.join(text(str(path)) for path in files)}]))"


def order(table: Table) -> list[str]:
    """As printed: document, table, row, and then the key."""
    terms: list[str] = []
    if "line_id" in table.by_name:
        # A line id is document:table:row, and row 10 comes after row 2.
        parts = f"string_split({name('line_id')}, ':')"
        terms = [f"TRY_CAST({parts}[{place}] AS BIGINT)" for place in (-2, -1)]
        terms = ([name("document_id")] if "document_id" in table.by_name else []) + terms
    for key in table.key:
        column = table.by_name[key]
        if key == "page":
            # Pages are text, because sheets have names; those that are numbers count as such.
            terms.append(f"TRY_CAST({name(key)} AS BIGINT)")
        terms.append(name(column.name))
    return list(dict.fromkeys(terms))


def _all(table: Table) -> str:
    """Orders rows that share a key (a defect, which the expectations report) by all they hold, not by chance."""
    return f"hash({', '.join(name(column.name) for column in table.columns)})"


def row_text(columns: list[Column]) -> str:
    """A row as one text in which a null differs from an empty text and no two columns run together."""
    values = ", ".join(f"coalesce(CAST({name(column.name)} AS VARCHAR), chr(30))" for column in columns)
    return f"concat_ws(chr(31), {values})"


def safe_text(column: Column, value: str) -> str:
    """The value for a CSV: as `warehouse.schema.text.without_formulas`, whatever separates cells where it is opened.

    `value` is SQL for it. Numbers are not touched: a negative amount stays a number.
    """
    if column.type is not TEXT:
        return value
    safe = f"regexp_replace({value}, {text(FORMULA_BEGINS)}, '\\1''\\2', 'g')"
    whole = f"CASE WHEN regexp_matches({value}, '^[\\t\\r\\n]') THEN '''' || {safe} ELSE {safe} END"
    # An expression costs a hundred times a look at the first character and for what separates cells, and hardly a cell needs one.
    # (`IN` with as many values costs the optimizer more, for each column, than a small table costs to write.)
    separated = " OR ".join(f"contains({value}, {mark})" for mark in _SEPARATORS)
    return f"CASE WHEN list_contains([{_FIRSTS}], unicode({value})) OR {separated} THEN {whole} ELSE {value} END"


def centavos(pesos: str) -> str:
    """Published pesos as the whole centavos of frames: exact, for there are two decimals."""
    return f"CAST({pesos} * 100 AS BIGINT)"


def _value(column: Column) -> str:
    value = name(column.frame_name)
    if column.type is MONEY:
        # An exact product of decimals: dividing by 100 would go through a double.
        return f"CAST(CAST({value} AS DECIMAL(18,0)) * CAST(0.01 AS DECIMAL(3,2)) AS DECIMAL(18,2))"
    return value
