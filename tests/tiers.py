"""The three tiers of the tests: where a file lies says when it runs.

* `check`: one text, one table, one rule. Nothing is run as a whole, published, recognised, or read from beside the project.
* `test`: all else that a change must pass, the steps as a whole among it.
* `acceptance`: campaigns, for CI and for whoever changed what they hold: folders of real documents, changes of meaning, damage,
  kills, whole runs again.
"""

from pathlib import Path

TESTS = Path(__file__).parent
TIERS = ("check", "test", "acceptance")

# Room or file, and its tier; the longest name that fits counts.
TIER = {
    "": "test",
    "acceptance": "acceptance",
    "test_changelog.py": "check",
    "test_conventions.py": "check",
    "test_docs.py": "check",
    "test_rooms.py": "check",
    "test_schema.py": "check",
    "test_tiers.py": "check",
    "expectations/test_plausible.py": "check",
    "expectations/test_positions.py": "check",
    "pipelines/test_rooms.py": "check",
    "sources/declared": "check",
    "sources/ledgers": "check",
    "sources/pdf": "check",
    "sources/pdf/ocr": "test",
    "sources/pdf/test_pdf_pages.py": "test",
    "sources/raw": "check",
    "sources/sheets": "check",
    "sources/sheets/test_sheets_formats.py": "test",
    "transforms/compare/test_contract.py": "check",
    "transforms/compare/test_prices.py": "check",
    "transforms/describe": "check",
    "transforms/measure/test_baskets.py": "check",
    "transforms/words": "check",
    "warehouse/schema": "check",
    "warehouse/schema/test_spanish_values.py": "test",
    "warehouse/store": "check",
    "warehouse/test_rooms.py": "check",
}
# What takes longest begins first: at the end one process would work while the others are done.
LONGEST = ()


def tier_of(path: Path) -> str:
    """The one tier of a file of tests."""
    lies = path.relative_to(TESTS)
    return next(
        TIER[str(room).removeprefix(".")] for room in (lies, *lies.parents) if str(room).removeprefix(".") in TIER
    )


def runs(path: Path, tier: str) -> bool:
    """Whether a file runs where a tier is asked for: what a change must pass holds the fast tests too."""
    return tier_of(path) == tier or (tier == "test" and tier_of(path) == "check")


def turn(path: Path) -> int:
    """The place of a file in the order: smaller is sooner."""
    lies = path.relative_to(TESTS).as_posix()
    return LONGEST.index(lies) if lies in LONGEST else len(LONGEST)
