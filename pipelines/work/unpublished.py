"""What of a home is not in its edition yet, for whoever keeps an edition up to date: documents to be read, then an edition to be made.

Which run does it is for `pipelines.dagster_ui`; what an edition was made from, for `published_inputs`.
"""

import hashlib
import time
from functools import cache

from pipelines.home import Home
from pipelines.work.fingerprint import code_version
from pipelines.work.reading import is_current
from pipelines.work.unchanged import declared_files

_SETTLED_SECONDS = 3  # an editor may save in several steps, and a person several files


def stamp(home: Home) -> str | None:
    """Changes when something in the home is saved, taken or added, and with the program; None while somebody is at it.

    It opens no file of the home: it is asked every few seconds.
    """
    states = [_program()]
    for path in [*declared_files(home), *home.archive.root.glob("*")]:
        try:
            state = path.stat()
        except FileNotFoundError:
            return None
        if path.is_file() and time.time() - state.st_mtime < _SETTLED_SECONDS:
            return None
        states.append(f"{path.relative_to(home.root)} {state.st_mtime_ns} {state.st_size}")
    return hashlib.sha256("\n".join(sorted(states)).encode(errors="replace")).hexdigest()


@cache
def _program() -> str:
    return code_version()  # that of this process, which stays what it is


def unread(home: Home) -> list[str]:
    """The documents of the catalogue whose reading does not stand: new ones, and those whose bytes or hints are others now."""
    return [key for key, entry in home.catalogue().documents.items() if not is_current(entry, home)]
