"""Landlock: which files this process may still open, by the kernel, without root. What is to be allowed is for `walls`.

From `Documentation/userspace-api/landlock.rst` and `linux/landlock.h` of Linux 6.18. What an older kernel does not know is not
asked of it; `VERSION` 4 and later refuse TCP too, 6 and later signals and abstract sockets.
"""

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same on every architecture
_ASK_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 2, 1 << 3
_BITS = {1: 13, 2: 14, 3: 15, 4: 15}  # how many rights of the file system each version has; 16 from the fifth on
_TCP, _SCOPES = 0b11, 0b11

_libc = ctypes.CDLL(None, use_errno=True)


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


def version() -> int:
    """What the kernel has of it; 0 is nothing."""
    return max(0, int(_libc.syscall(_CREATE, None, 0, _ASK_VERSION)))


def restrict(readable: Iterable[Path], programs: Iterable[Path] = ()) -> None:
    """From now on this thread and its children open nothing but what lies at or below `readable`, and start nothing but
    `programs`. Raises OSError where the kernel refuses.
    """
    newest = version()
    rules = _Ruleset((1 << _BITS.get(newest, 16)) - 1, _TCP if newest >= 4 else 0, _SCOPES if newest >= 6 else 0)
    size = 24 if newest >= 6 else 16 if newest >= 4 else 8
    ruleset = _called(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ_FILE | (_READ_DIR if path.is_dir() else 0))
        for path in programs:
            _allow(ruleset, path, _READ_FILE | _EXECUTE)
        _called(_RESTRICT, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no right
    try:
        _called(_ADD, ruleset, _PATH_BENEATH, ctypes.byref(_PathBeneath(rights, place)), 0)
    finally:
        os.close(place)


def _called(number: int, *arguments: object) -> int:
    answer = int(_libc.syscall(number, *arguments))
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer
