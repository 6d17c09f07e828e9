"""How long what nobody needs any more is kept, and clearing it away. The periods are stated in docs/operations.md.

Never pruned: the archive, the catalogue, what is set aside, and what is cited: the editions that are kept are whole.
"""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from pipelines.home import Home
from warehouse.release.editions import write_index
from warehouse.release.folder import MANIFEST

EDITIONS = 60  # the newest; and of each month before, the last
RUN_DAYS = 90
ALERT_DAYS = 90
LEFTOVER_SECONDS = 86400  # of writes that were cut short: none takes a day


def prune(home: Home) -> Iterator[str]:
    """Removes old editions, alerts and what killed writers left; yields a sentence for each edition that went."""
    for folder in _old_editions(home.releases):
        shutil.rmtree(folder)
        write_index(home.releases)
        yield f"Edition {folder.name} was removed: the last {EDITIONS}, and the last of each month, are kept."
    old = time.time() - ALERT_DAYS * 86400
    for path in home.alerts.glob("*.json"):
        if path.stat().st_mtime < old:
            path.unlink()
    _prune_leftovers(home.root)


def _old_editions(releases: Path) -> list[Path]:
    folders = sorted(
        (path for path in releases.glob("[0-9]*") if path.name.isdecimal()), key=lambda path: int(path.name)
    )
    last_of_month = {_month(folder): folder for folder in folders}  # a later one takes the place of an earlier
    return [folder for folder in folders[:-EDITIONS] if last_of_month[_month(folder)] != folder]


def _month(folder: Path) -> str:
    """The month it was made in; its own name where the manifest does not say, so that it is kept."""
    try:
        return str(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["created_at"])[:7]
    except (OSError, ValueError, KeyError, TypeError):
        return folder.name


def _prune_leftovers(root: Path) -> None:
    """Temporary files of writers that were killed; those of living ones are younger."""
    old = time.time() - LEFTOVER_SECONDS
    for pattern in (".writing-*.tmp", ".adding-*"):
        for path in root.rglob(pattern):
            if path.is_file() and path.stat().st_mtime < old:
                path.unlink(missing_ok=True)
    for folder in root.glob("releases/.new-*"):
        if folder.stat().st_mtime < old:
            shutil.rmtree(folder, ignore_errors=True)
