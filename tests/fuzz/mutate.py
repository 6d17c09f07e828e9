"""One damage to some bytes, chosen by a seed: bits, bytes, pieces, numbers; and the same inside a container, which stays whole."""

import re
import zlib
from collections.abc import Callable
from random import Random

from sources.sample.zips import parts, stored

_NUMBER = re.compile(rb"\d+")
_ODD_NUMBERS = (
    b"0",
    b"-1",
    b"99999999999999999999",
    b"4294967296",
    b"1e308",
    b"2147483647",
    b"1.7976931348623157E+309",
    b"NaN",
)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
_VALUE = re.compile(rb"(?<=[>\"])[^<>\"]+(?=[<\"])")  # a text of markup, or an attribute's


def mutated(data: bytes, chance: Random) -> bytes:
    """The data with one to four damages."""
    for _ in range(chance.choice((1, 1, 2, 4))):
        data = _inside(data, chance) if chance.random() < 0.5 else _damaged(data, chance)
    return data


def _damaged(data: bytes, chance: Random) -> bytes:
    return chance.choice(_DAMAGES)(data, chance) if data else data


def _inside(data: bytes, chance: Random) -> bytes:
    """Damage to what a container holds, packed again with sums that are right; to plain bytes elsewhere."""
    if data.startswith(b"PK"):
        try:
            members = parts(data)
        except Exception:  # noqa: BLE001 - damaged before, in ways that zipfile has no name for
            return _damaged(data, chance)
        if members:
            name = chance.choice(sorted(members))
            return stored({**members, name: _inside(members[name], chance)})
    values = list(_VALUE.finditer(data)) if data.startswith(b"<") else []
    if values:
        value = chance.choice(values)
        return data[: value.start()] + _damaged(value[0], chance) + data[value.end() :]
    streams = list(_STREAM.finditer(data)) if data.startswith(b"%PDF") else []
    if streams:
        stream = chance.choice(streams)
        try:
            inner = zlib.compress(_damaged(zlib.decompress(stream[1]), chance))
        except zlib.error:
            inner = _damaged(stream[1], chance)
        return data[: stream.start(1)] + inner + data[stream.end(1) :]
    return _damaged(data, chance)


def _bit(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _byte(data: bytes, chance: Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 1, 4))) + data[at + 1 :]


def _cut(data: bytes, chance: Random) -> bytes:
    return data[: chance.randrange(len(data))]


def _piece(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 8, 64, 512, 4096)))


def _lost(data: bytes, chance: Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[end:]


def _blank(data: bytes, chance: Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + bytes(end - start) + data[end:]


def _twice(data: bytes, chance: Random) -> bytes:
    start, end = _piece(data, chance)
    return data[:start] + data[start:end] * chance.choice((2, 2, 100)) + data[end:]


def _moved(data: bytes, chance: Random) -> bytes:
    start, end = _piece(data, chance)
    at = chance.randrange(len(data))
    rest = data[:start] + data[end:]
    return rest[:at] + data[start:end] + rest[at:]


def _number(data: bytes, chance: Random) -> bytes:
    numbers = list(_NUMBER.finditer(data))
    if not numbers:
        return _byte(data, chance)
    number = chance.choice(numbers)
    return data[: number.start()] + chance.choice(_ODD_NUMBERS) + data[number.end() :]


_DAMAGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _bit,
    _bit,
    _byte,
    _cut,
    _lost,
    _blank,
    _twice,
    _moved,
    _number,
)
