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
LONGEST = (
    "acceptance/test_real_run.py", "acceptance/test_ledger_privacy.py", "acceptance/test_real_layouts.py", "acceptance/test_killed_publication.py",
    "acceptance/test_releases.py", "acceptance/test_meaning_mutations_real.py", "acceptance/test_ocr_degraded.py", "acceptance/test_meaning_mutations.py",
    # The first makes the home that others take a copy of; who asks meanwhile would wait.
    "pipelines/test_run.py", "pipelines/verbs/test_ledger_verbs.py", "transforms/claims/test_claims.py", "transforms/test_out.py",
    "transforms/compare/test_declared.py", "transforms/compare/test_line_comparison.py", "transforms/compare/test_changes.py",
    "sources/pdf/ocr/test_ocr.py", "transforms/tell/test_alerts.py", "expectations/test_promises.py", "pipelines/dagster_ui/test_automation.py",
    "expectations/test_check_runner.py", "warehouse/release/test_publish.py",
)  # fmt: skip


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
