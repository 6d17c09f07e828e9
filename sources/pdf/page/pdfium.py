"""Calls to PDFium at the least cost: addresses pass as plain numbers.

pypdfium2's own prototypes convert every argument, which costs more than most answers. Only how to call belongs here; what
is asked is in `glyphs` and `rulings`.
"""

import ctypes
from collections import deque
from collections.abc import Iterable
from typing import Any

ADDRESS = ctypes.c_void_p


def asks(function: Any, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that takes ADDRESS as a number. It keeps the lock of the interpreter: PDFium must not be
    called from two threads anyway.
    """
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ADDRESS).value or 0)


def address(handle: Any) -> int:
    """Where an object of PDFium lies."""
    return int(ctypes.cast(handle, ADDRESS).value or 0)


def places(array: Any) -> list[int]:
    """Where each item of a ctypes array lies."""
    start, step = ctypes.addressof(array), ctypes.sizeof(array._type_)
    return [start + step * i for i in range(len(array))]


def make(calls: Iterable[Any]) -> None:
    """Make all the calls of an iterator."""
    deque(calls, maxlen=0)
