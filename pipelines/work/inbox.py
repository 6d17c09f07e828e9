"""The inbox: which of its files are taken, and where they go afterwards. Adding them is for `pipelines.work.adding`.

Only a file that lies in the inbox itself is taken. A link could lead anywhere on the machine, and what it leads to would
be archived and moved away, so links are refused by name, to files and to folders alike, wherever they lead.
"""

import shutil
import time
from pathlib import Path
from typing import NamedTuple

from pipelines.home import Home
from pipelines.work.adding import Added, add_sources

_SETTLED_SECONDS = 5  # a file still being copied into the inbox keeps changing


class Dropped(NamedTuple):
    """What lies in the inbox: the files that have settled, and a sentence for each thing that is refused."""

    files: list[Path]
    refused: list[str]


def look(home: Home) -> Dropped:
    """The inbox as it is now, in order. Hidden folders hold what was dealt with; lock files are not for us."""
    files: list[Path] = []
    refused: list[str] = []
    for path in sorted(home.inbox.rglob("*")):
        if _is_hidden(path.relative_to(home.inbox)) or (path.is_dir() and not path.is_symlink()):
            continue
        if reason := why_refused(home, path):
            refused.append(reason)
        elif time.time() - path.stat().st_mtime > _SETTLED_SECONDS:
            files.append(path)
    return Dropped(files, refused)


def why_refused(home: Home, path: Path) -> str | None:
    """What is wrong with a path as a file of the inbox, for people; None for a file that may be taken.

    A relative path starts in the inbox. The inbox itself may be a link: whoever keeps the home decided that.
    """
    place = home.inbox / path
    if ".." in path.parts or not place.is_relative_to(home.inbox):
        return f"{path}: not in the inbox, so it is not touched. Copy it to {home.inbox}, or use `peso add`."
    within = place.relative_to(home.inbox)
    steps = [within, *within.parents][:-1]
    if any((home.inbox / step).is_symlink() for step in steps):
        return f"{within}: a link, which is not followed. Copy the file itself to the inbox, or use `peso add`."
    return None if place.is_file() else f"{within}: not a file, or no longer in the inbox."


def add_file(home: Home, path: Path) -> Added:
    """Adds one file of the inbox and moves it to `inbox/.added` or, when nothing was added, to `inbox/.not-added`.

    What is not a file of the inbox itself is refused, and stays where it is.
    """
    if reason := why_refused(home, path):
        return Added("refused", reason)
    path = home.inbox / path
    results = list(add_sources(home, [str(path)]))
    result = results[-1] if results else Added("skipped", f"{path.name}: nothing to add.")
    target = home.inbox / (".added" if result.outcome in ("added", "new_version") else ".not-added") / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target)
    return result


def _is_hidden(within: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in within.parts)
