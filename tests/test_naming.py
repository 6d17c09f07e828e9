"""One concept, one class name: no two public classes of the product are called the same (docs/naming.md)."""

import ast
from collections import Counter

from tests.architecture import COLOURS, ROOT

# Names that several classes still share. Take one out when it is unique; put none in.
STILL_SHARED = frozenset({"Word"})


def test_no_two_classes_share_a_name() -> None:
    classes = Counter(
        node.name
        for folder in COLOURS
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    shared = {name for name, times in classes.items() if times > 1}
    assert not shared - STILL_SHARED, f"say what each is of: {sorted(shared - STILL_SHARED)}"
