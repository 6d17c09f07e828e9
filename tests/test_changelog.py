"""The changelog tells what changed for those who query a release: tables and columns that came, went or changed type.

`tests/warehouse/schema/released.txt` holds the tables and columns of the last release of the program, one a line. What is
different now must be named, as `out.line.page` or as its table, under Unreleased. When a version is released:
`python -m tests.test_changelog` writes the file anew.
"""

import re
from pathlib import Path

from warehouse.schema import TABLES

ROOT = Path(__file__).parent.parent
RELEASED = ROOT / "tests" / "warehouse" / "schema" / "released.txt"


def schema_lines() -> list[str]:
    """Each column as `table.column TYPE tabla.columna`."""
    return [
        f"{table.name}.{column.name} {column.type.duckdb} {table.es}.{column.es}"
        for table in TABLES.values()
        for column in table.columns
    ]


def unnamed(released: list[str], now: list[str], changelog: str) -> list[str]:
    """The lines that came or went and of which the changelog's Unreleased section names neither column nor table."""
    section = re.search(r"^## Unreleased\n(.*?)(?=^## |\Z)", changelog, flags=re.M | re.S)
    names = set(re.findall(r"`([a-z_.]+)`", section[1])) if section else set()
    changed = sorted(set(released) ^ set(now))
    return [line for line in changed if not names & {line.split(" ")[0], line.split(" ")[0].rpartition(".")[0]}]


def test_a_change_of_the_schema_is_told_in_the_changelog() -> None:
    released = RELEASED.read_text(encoding="utf-8").splitlines()
    missing = unnamed(released, schema_lines(), (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert not missing, "say under Unreleased in CHANGELOG.md what changed in `table` or `table.column`:\n" + "\n".join(
        ("+ " if line not in released else "- ") + line for line in missing
    )


def test_a_change_is_named_by_its_column_or_its_table_under_unreleased() -> None:
    old, new = ["out.line.page TEXT linea.pagina"], ["out.line.page INT linea.pagina"]
    assert unnamed(old, old, "") == []
    assert unnamed(old, new, "## 0.1.0\n* `out.line`\n") == sorted(old + new)
    assert unnamed(old, new, "## Unreleased\n* `out.coverage`\n\n## 0.1.0\n* `out.line`\n") == sorted(old + new)
    for name in ("out.line", "out.line.page"):
        assert unnamed(old, new, f"## Unreleased\n* `{name}` is a number now.\n") == []


if __name__ == "__main__":
    RELEASED.write_text("\n".join(schema_lines()) + "\n", encoding="utf-8")
