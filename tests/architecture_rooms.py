"""The table of rooms in docs/architecture.md, made of the docstrings of the rooms: one line each, nothing told twice.

A docstring begins with what belongs in the room and ends with `In: … Out: …` where the room has one way in and one way
out. `python -m tests.architecture` writes the table between its two marks.
"""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms: written by python -m tests.architecture -->\n", "<!-- /rooms -->\n"
_PRODUCT = ("pipelines", "sources", "transforms", "expectations", "warehouse")


def with_rooms(page: str) -> str:
    """The page with its table of rooms as the docstrings have it now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + room_table() + END + after


def room_table() -> str:
    """Each room with what belongs in it, and what goes in and out, as Markdown."""
    rows = ["| room | what belongs in it | in | out |", "|---|---|---|---|"]
    for product in _PRODUCT:
        for door in sorted((ROOT / product).rglob("__init__.py")):
            folder = door.parent
            if folder.parent in (ROOT, ROOT / product) or any(p.name != "__init__.py" for p in folder.glob("*.py")):
                rows.append(_row(folder.relative_to(ROOT), ast.get_docstring(ast.parse(door.read_text("utf-8"))) or ""))
    return "\n".join(rows) + "\n"


def _row(folder: Path, docstring: str) -> str:
    text = " ".join(docstring.split())
    belongs = re.split(r"(?<=\.) ", docstring.split("\n\n")[0].replace("\n", " "))[0]
    ways = re.search(r"\bIn: (.+?)\. Out: (.+?)(?:\.(?: |$)|$)", text)
    cells = (f"`{folder}`", belongs, *(ways.groups() if ways else ("", "")))
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
