"""The dictionary names every table, column and word, in both languages, as the schema has them."""

import pytest

from warehouse.release.build import PUBLISHED
from warehouse.release.dictionary import VOCABULARIES, entries, markdown
from warehouse.schema import TABLES, Column, Table, vocabulary
from warehouse.schema.spanish_values import spanish_value

SECTIONS = {language: markdown(language).split("\n## ") for language in ("es", "en")}
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}.{column.name}")
    for table in TABLES.values()
    for column in table.columns
]


def section(language: str, heading: str) -> str:
    [sections] = [text for text in SECTIONS[language] if text.startswith(f"`{heading}` (")]
    return sections


def cell(text: str) -> str:
    return text.replace("|", "\\|")


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_every_table_has_a_section(table: Table) -> None:
    spanish, english = section("es", f"es.{table.es}"), section("en", table.name)
    assert f"(`{table.name}`)" in spanish
    assert table.descripcion in spanish
    assert f"(`es.{table.es}`)" in english
    assert table.description in english
    assert ("Parquet store" in english) == (table not in PUBLISHED)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_column_has_a_row(table: Table, column: Column) -> None:
    [spanish] = [row for row in section("es", f"es.{table.es}").splitlines() if row.startswith(f"| `{column.es}` |")]
    [english] = [row for row in section("en", table.name).splitlines() if row.startswith(f"| `{column.name}` |")]
    assert f"| `{column.name}` |" in spanish
    assert cell(column.descripcion) in spanish
    assert f"| `{column.es}` |" in english
    assert cell(column.description) in english
    for value in column.values or ():
        assert f"`{spanish_value(column, value)}`" in spanish
        assert f"`{value}`" in english
    assert (column.unit or "") in english


def test_the_dictionary_has_no_other_table() -> None:
    assert len(SECTIONS["es"]) == len(SECTIONS["en"]) == len(TABLES) + 2


def test_every_vocabulary_is_there() -> None:
    vocabularies = [value for name, value in vars(vocabulary).items() if name.isupper() and isinstance(value, dict)]
    assert [
        id(words) for words in vocabularies if all(words is not listed for _, listed in VOCABULARIES.values())
    ] == []
    for language in ("es", "en"):
        for _, words in VOCABULARIES.values():
            for value, word in words.items():
                assert f"| `{value}` | {getattr(word, language)} |" in SECTIONS[language][-1]


def test_the_entries_are_the_columns_of_the_published_file() -> None:
    columns = [(entry.tabla, entry.columna, entry.table, entry.column) for entry in entries()]
    assert columns == [(t.es, c.es, t.name, c.name) for t in PUBLISHED for c in t.columns]
