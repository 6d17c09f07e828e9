"""The inbox: which of its files are taken, all in one run, and where they go afterwards. Adding them is for
`pipelines.work.adding`.

Only a file that lies in the inbox itself is taken, and only one that can be a document. A link could lead anywhere on the
machine, and what it leads to would be archived and moved away, so links are refused by name, to files and to folders alike.
"""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.home import Home
from pipelines.work.adding import Added, add_sources
from sources.bytes.archive import write_atomic
from warehouse.schema.text import legible
from warehouse.schema.vocabulary import Term

_SETTLED_SECONDS = 5  # a file still being copied into the inbox keeps changing
_FEWEST_BYTES = 16
_HEAD = 1024
_TEXTS = frozenset({".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".htm", ".html", ".mht", ".mhtml", ".xls", ".xml"})
_MAGIC = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
)
_ADDED = ("added", "new_version")


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
        if reason := _why_untouched(home, path):
            refused.append(reason)
        elif time.time() - path.stat().st_mtime > _SETTLED_SECONDS:
            files.append(path)
    return Dropped(files, refused)


def take_all(home: Home) -> Iterator[Added]:
    """Adds every file of the inbox that has settled, and moves each to `.added`, or to `.not-added` (known already).

    A file that is no document goes to `.refused`, with a note beside it that says why and what to do.
    """
    documents: list[str] = []
    for path in look(home).files:
        if reason := _why_junk(path):
            yield _put_aside(home, path, Added("refused", reason, source=str(path)))
        else:
            documents.append(str(path))
    for added in add_sources(home, documents):
        yield _put_aside(home, Path(added.source), added)


def _put_aside(home: Home, path: Path, added: Added) -> Added:
    folder = ".added" if added.outcome in _ADDED else ".refused" if added.outcome == "refused" else ".not-added"
    target = _free(home.inbox / folder / path.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(path, target)
    if added.outcome == "refused":
        write_atomic(
            target.with_name(f"{target.name}.nota.txt"),
            f"{added.told.es}\n{added.told.en}\n".encode(errors="replace"),
        )
    return added


def _free(target: Path) -> Path:
    """The place, or one beside it where another file of the name lies: nothing that was dropped is written over."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem}-{number}{target.suffix}")
    return free


def _why_untouched(home: Home, path: Path) -> str | None:
    """Why a path of the inbox is no file of the inbox, for people; None for a file that may be taken.

    The inbox itself may be a link: whoever keeps the home decided that.
    """
    within = path.relative_to(home.inbox)
    steps = [within, *within.parents][:-1]
    if any((home.inbox / step).is_symlink() for step in steps):
        return f"{within}: a link, which is not followed. Copy the file itself to the inbox, or use `peso add`."
    return None if path.is_file() else f"{within}: not a file, or no longer in the inbox."


def _why_junk(path: Path) -> Term | None:
    """Why a file cannot be a document, seen from its first bytes; None for what may be one, whatever its name says."""
    name = legible(path.name)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if len(head) < _FEWEST_BYTES:
        return Term(
            f"{name}: {len(head)} bytes are no document. Copy the whole file again.",
            f"{name}: {len(head)} bytes no son un documento. Vuelva a copiar el archivo entero.",
        )
    if b"%PDF-" in head or head.startswith(_MAGIC) or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return None
    if path.suffix.lower() in _TEXTS:
        return None
    return Term(
        f"{name}: not a kind of document that the program reads ({path.suffix or 'no extension'}): PDF, Excel, ODS, CSV. "
        "If it is one, give it its extension.",
        f"{name}: no es un tipo de documento que el programa lea ({path.suffix or 'sin extensión'}): PDF, Excel, ODS, CSV. "
        "Si lo es, póngale su extensión.",
    )


def _is_hidden(within: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in within.parts)
