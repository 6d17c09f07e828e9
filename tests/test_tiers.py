"""Every test belongs to one tier, and none is in a tier that its needs would break."""

import ast
import re
from pathlib import Path

from tests.tiers import LONGEST, TESTS, TIER, TIERS, runs, tier_of

ROOT = TESTS.parent
FILES = sorted(TESTS.rglob("test_*.py"))


def names_of(path: Path) -> set[str]:
    """What a file imports, what its functions ask for, and the parts of paths that it names."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
            names.add("/" + str(node.right.value))
    return names


def test_every_name_of_the_rule_is_there() -> None:
    assert [name for name in (*TIER, *LONGEST) if not (TESTS / name).exists()] == []


def test_every_test_runs_once_where_all_that_is_not_a_campaign_and_the_campaigns_run() -> None:
    assert {tier_of(path) for path in FILES} == set(TIERS)
    assert all(runs(path, "test") != runs(path, "acceptance") for path in FILES)
    commands = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert {"test", "acceptance"} <= set(re.findall(r"^make ([a-z]+)$", commands, flags=re.M))


def test_only_campaigns_need_what_lies_beside_the_project() -> None:
    others = [path for path in (*FILES, *TESTS.rglob("conftest.py")) if tier_of(path) != "acceptance"]
    beside = {
        path: [name for name in names_of(path) if name.startswith(("/shared", "tests.acceptance"))] for path in others
    }
    assert {path: names for path, names in beside.items() if names} == {}


def test_nothing_fast_runs_a_pipeline_or_asks_for_one_that_was_run() -> None:
    whole = {"world", "dagster", "pipelines.cli", "pipelines.dagster_ui.run", "warehouse.release.publish"}
    fast = [path for path in FILES if tier_of(path) == "check"]
    assert {path: names_of(path) & whole for path in fast if names_of(path) & whole} == {}
