"""The process shuts itself in: limits, then files, then calls of the kernel. What a right is worth is in docs/security.md.

On Linux, without root. Where a right is missing the others are taken all the same, and it is named. How a process is
started and watched is for `process`.
"""

import ctypes
import os
import resource
import signal
import sys
import sysconfig
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

_PACKAGES = ("expectations", "pipelines", "sources", "transforms", "warehouse")
_ROOT = Path(__file__).parents[2]
# Of programs: libraries, their cache, and the languages of Tesseract.
_LIBRARIES = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
)
_LOADER = {"x86_64": "/lib64/ld-linux-x86-64.so.2", "aarch64": "/lib/ld-linux-aarch64.so.1"}
_DESCRIPTORS = 64
_PAGE = resource.getpagesize()
# Addresses that are only set aside, as allocators do, take no memory.
_SET_ASIDE = 2 * 2**30

# By right: what it is, and what a reader taken over by a document could do without it.
RIGHTS = {
    "landlock": "Landlock (Linux 5.13): podría abrir otros archivos del mismo usuario / it could open other files of the same user",
    "seccomp": "seccomp (Linux, x86-64 o/or ARM64): podría conectarse e iniciar programas / it could connect and start programs",
    "memory": "límite de memoria / memory limit (Linux): podría tomar toda la que hay / it could take all there is",
}


@dataclass(frozen=True)
class ProcessLimits:
    """Of one process: seconds of the processor (twice as many by the clock), bytes of memory beyond what the program itself
    takes, and bytes that it may answer.
    """

    seconds: int
    memory: int
    answer: int


@dataclass(frozen=True)
class Allowance:
    """What a process may open and start, beside the program's own files; with `libraries` it may load them, and work in threads."""

    files: tuple[Path, ...] = field(default=())
    programs: tuple[Path, ...] = field(default=())
    libraries: bool = False


def isolation() -> str | None:
    """What of the isolation of readers this machine lacks, for people; None where it lacks nothing."""
    lacking = "; ".join(RIGHTS[right] for right in missing_rights())
    if not lacking:
        return None
    return f"Los documentos se leen sin todo el aislamiento / Documents are read without all of the isolation. Falta / Missing: {lacking}."


@cache
def missing_rights() -> tuple[str, ...]:
    """Which of RIGHTS this machine does not give."""
    if sys.platform != "linux":
        return tuple(RIGHTS)
    from pipelines.apart import landlock, seccomp

    here = {"landlock": landlock.version() > 0, "seccomp": seccomp.available(), "memory": True}
    return tuple(right for right, there in here.items() if not there)


def limit(limits: ProcessLimits) -> None:
    """The limits of memory and time, for this process and those it starts."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 5))
    _end_with_parent()
    if sys.platform == "linux":
        size, _, _, _, _, data, _ = (int(pages) * _PAGE for pages in Path("/proc/self/statm").read_text().split())
        _lower(resource.RLIMIT_DATA, data + limits.memory)
        _lower(resource.RLIMIT_AS, size + limits.memory + _SET_ASIDE)


def _end_with_parent() -> None:
    """From now on this process is killed when whoever started it has gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG


def shut_in(allowance: Allowance) -> None:
    """From now on: no file but those allowed, nothing written, no program but those allowed, no connection. For good."""
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    libraries = allowance.libraries or bool(allowance.programs)  # whoever starts a program has its libraries loaded
    if sys.platform != "linux":
        if not allowance.programs:
            _lower(resource.RLIMIT_NPROC, 0)
        return  # on Linux that limit would count threads, which Arrow works in; a filter lets nothing else be started
    from pipelines.apart import landlock, seccomp

    seccomp.forgo_privileges()
    missing = missing_rights()
    if "landlock" not in missing:
        programs = (*allowance.programs, Path(_LOADER[os.uname().machine])) if allowance.programs else ()
        landlock.restrict((*own_files(), *allowance.files, *(map(Path, _LIBRARIES) if libraries else ())), programs)
    if "seccomp" not in missing:
        seccomp.restrict(libraries, programs=bool(allowance.programs))


@cache
def own_files() -> tuple[Path, ...]:
    """The code and its data: Python's libraries, the packages, and our own. Not the folder around them: a home may be there."""
    bases = [{}, {"base": sys.base_prefix, "platbase": sys.base_prefix}]
    names = ("stdlib", "platstdlib", "purelib", "platlib")
    libraries = {Path(sysconfig.get_path(name, vars=base)) for base in bases for name in names}
    zones = Path("/usr/share/zoneinfo")
    devices = map(Path, ("/dev/null", "/dev/urandom"))
    return (*sorted(libraries), *(_ROOT / package for package in _PACKAGES), zones, *devices)


def _lower(what: int, most: int) -> None:
    """Never above what there is already."""
    _, hard = resource.getrlimit(what)
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (least, least))
