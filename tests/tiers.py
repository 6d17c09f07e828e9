"""The three tiers of the tests: where a file lies says when it runs.

* `check`: one text, one table, one rule. Nothing is run as a whole, published, recognised, or read from beside the project.
* `test`: all else that a change must pass, the steps as a whole among it.
* `acceptance`: campaigns, for CI and for whoever changed what they hold: folders of real documents, changes of meaning, damage,
  kills, whole runs again.
"""

from pathlib import Path

TESTS = Path(__file__).parent
TIERS = ("check", "test", "acceptance")

_ACCEPTANCE = "acceptance"
# Rooms and files whose tests are of one text, one table, one rule.
_CHECK = (
    "test_conventions.py", "test_rooms.py", "test_schema.py", "test_tiers.py",
)  # fmt: skip
# What takes longest begins first: at the end one process would work while the others are done.
_LONGEST = ()


def tier_of(path: Path) -> str:
    """The one tier of a file of tests."""
    lies = path.relative_to(TESTS)
    if lies.parts[0] == _ACCEPTANCE:
        return "acceptance"
    return "check" if any(lies.is_relative_to(room) for room in _CHECK) else "test"


def runs(path: Path, tier: str) -> bool:
    """Whether a file runs where a tier is asked for: what a change must pass holds the fast tests too."""
    return tier_of(path) == tier or (tier == "test" and tier_of(path) == "check")


def turn(path: Path) -> int:
    """The place of a file in the order: smaller is sooner."""
    lies = path.relative_to(TESTS).as_posix()
    return _LONGEST.index(lies) if lies in _LONGEST else len(_LONGEST)
