"""Whether anything changed since the last `peso run`: then there is nothing to do, and that is known in a moment.

What a run is made from is the program with its libraries, what people declared in the home, and the bytes of the archive; what it
leaves is the store. All of it is compared as a whole, so that what is new in a home counts without being named here. What is
rebuilt when something did change is for `steps`. Nothing heavy is imported: this is asked before anything else.
"""

import hashlib
import json
import os
import shutil
import sys
import sysconfig
from collections.abc import Collection, Iterable
from pathlib import Path

from pipelines.home import Home
from pipelines.work.fingerprint import hash_files, shipped_files

# Folders that a run makes, or that it reads nothing from. The archive is known by the names of its files, which are hashes.
_NOT_DECLARED = frozenset({"warehouse", "releases", "dagster", "archive", "inbox", "alerts", "cache", "sample"})


# Where the home lies and where it is shown: nothing that a run makes depends on it.
_ADDRESSES = frozenset({"PESO_HOME", "PESO_UI_HOSTS", "PESO_SERVED_AT"})


def inputs(home: Home, sample: bool = False, but: Collection[str] = ()) -> str:
    """A hash of all that a run depends on; `sample` is whether it adds the sample first, `but` are folders that do not count."""
    libraries = sorted(path.name for path in Path(sysconfig.get_path("purelib")).glob("*.dist-info"))
    settings = sorted(
        f"{name}={value}" for name, value in os.environ.items() if name.startswith("PESO_") and name not in _ADDRESSES
    )
    parts = [
        hash_files(shipped_files()), sys.version, *libraries, *settings, str(shutil.which("tesseract")), str(sample),
        *_declared(home, but), *_archived(home),
    ]  # fmt: skip
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def remember(home: Home, made_from: str, report: str) -> None:
    """After a whole run: what it was made from (taken before it began), what it left, and what it said."""
    record = {"inputs": made_from, "left": _left(home), "report": report}
    _record(home).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def forget(home: Home) -> None:
    """The next run looks at everything."""
    _record(home).unlink(missing_ok=True)


def last_report(home: Home, made_from: str) -> str | None:
    """What the last run said, where the next would find the same and leave the same; None where it may not."""
    try:
        record = json.loads(_record(home).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    same = isinstance(record, dict) and record.get("inputs") == made_from and record.get("left") == _left(home)
    return str(record["report"]) if same else None


def _record(home: Home) -> Path:
    return home.root / "warehouse" / "last-run.json"


def declared_files(home: Home, but: Collection[str] = ()) -> Iterable[Path]:
    """What people wrote, in order, in all folders of the home but these."""
    for folder in sorted(home.root.iterdir()):
        if folder.is_dir() and folder.name not in _NOT_DECLARED and folder.name not in but:
            yield from sorted(path for path in folder.rglob("*") if path.is_file())


def _declared(home: Home, but: Collection[str]) -> Iterable[str]:
    return (f"{path.relative_to(home.root)}\0{_hash(path)}" for path in declared_files(home, but))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _archived(home: Home) -> list[str]:
    return sorted(path.name for path in (home.root / "archive").rglob("*"))


def _left(home: Home) -> str:
    """A hash of the names, sizes and times of what the store and the latest release hold."""
    release = home.latest_release()
    folders = [home.root / "warehouse", *([release.folder] if release else [])]
    lines = [line for folder in folders for line in _listing(folder) if not line.startswith(str(_record(home)))]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _listing(folder: Path) -> Iterable[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _listing(Path(entry.path))
            else:
                stat = entry.stat()
                yield f"{entry.path} {stat.st_size} {stat.st_mtime_ns}"
