"""Records of delimited text that have more fields than the header: commas that group thousands, or stand in a name, unquoted.

`1000,Servicios Personales,501,357.10,492,225.55` under four headers is mended where its pieces fit together in one way
only; a record that fits in several ways, or in none, is refused by name. A piece of a number is never an amount.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

_FIRST = re.compile(r"^[-(]?\$?\s?-?\d{1,3}$")
_GROUP = re.compile(r"^\d{3}$")
_LAST = re.compile(r"^\d{3}(?:\.\d{1,2})?\)?-?$")
_CENTAVOS = re.compile(r"^\d{1,2}\)?-?$")
_FIGURE = re.compile(r"^[-(]?\$?\s?-?(?=[.,]*\d)[\d.,]+\)?-?$")  # in linear time, however long the text
# What heads a column although it is a figure: a year, a chapter.
_HEADS = re.compile(r"^(?:(?:19|20)\d\d|[1-9]000)$")
_ENOUGH = 2  # ways to fit: two are as bad as many
_WIDEST = 400


class MendedRecord(NamedTuple):
    """A record as it fits under the header; `refused` is how many of its fields, from the left, are beyond doubt."""

    fields: list[str]
    refused: int | None = None


def header_of(records: Sequence[Sequence[str]]) -> Sequence[str] | None:
    """The last record of words above the first one with figures: as many fields as it has, every record should have."""
    header = None
    for record in records:
        filled = [field.strip() for field in record if field.strip()]
        if any(_FIGURE.match(field) and not _HEADS.match(field) for field in filled):
            return header
        if len(filled) > 1:
            header = record
    return None


def mend(record: Sequence[str], header: Sequence[str]) -> MendedRecord:
    """The record in as many fields as the header has. What both leave empty at their ends is no field of either."""
    idle = min(_empty_at_end(record), _empty_at_end(header))
    width = len(header) - idle
    fields = list(record[: len(record) - min(_empty_at_end(record), max(len(record) - width, 0))])
    if len(fields) <= width or len(fields) > _WIDEST:
        return MendedRecord(fields)
    ways = _ways(fields, width)
    if len(ways) == 1:
        return MendedRecord(_joined(fields, ways[0]))
    pieces = [field.strip() for field in fields]
    broken = (at for at, pair in enumerate(pairwise([*pieces, ""])) if at and _may_be_broken(*pair))
    sure = next(broken, 0)
    sure = min(sure, width - 1)
    return MendedRecord([*fields[:sure], ",".join(fields[sure:])], sure)


def _may_be_broken(piece: str, following: str) -> bool:
    """Whether a number may go on in the next field: in another group, or in its centavos."""
    return bool(_FIRST.match(piece) or (_FIGURE.match(piece) and _CENTAVOS.match(following)))


def _empty_at_end(record: Sequence[str]) -> int:
    return next((at for at, field in enumerate(reversed(record)) if field.strip()), len(record))


def _ways(fields: list[str], width: int) -> list[list[int]]:
    """In which ways the fields fall into `width` runs that each make one field: the lengths of the runs. Two at most."""
    reach: list[list[int]] = [_runs(fields, at) for at in range(len(fields))]
    ways: list[list[int]] = []

    # How few and how many runs the rest can make: what cannot end in `width` is not tried.
    fewest = [0] * (len(fields) + 1)
    for at in reversed(range(len(fields))):
        fewest[at] = 1 + min(fewest[at + length] for length in reach[at])

    def extend(at: int, lengths: list[int]) -> None:
        left = width - len(lengths)
        if len(ways) >= _ENOUGH or not fewest[at] <= left <= len(fields) - at:
            return
        if at == len(fields):
            ways.append(lengths)
            return
        for length in reach[at]:
            extend(at + length, [*lengths, length])

    extend(0, [])
    return ways


def _runs(fields: list[str], at: int) -> list[int]:
    """How many fields from here may be one: by itself, a number in groups, or a name with commas in it."""
    lengths = [1]
    if _FIRST.match(fields[at].strip()):
        for end in range(at + 1, len(fields)):
            piece = fields[end].strip()
            if _LAST.match(piece):
                lengths.append(end - at + 1)
            if not _GROUP.match(piece):
                break
    elif not _FIGURE.match(fields[at].strip()) and fields[at].strip():
        for end in range(at + 1, len(fields)):
            # Within a sentence a space follows the comma.
            if not fields[end].startswith(" ") or _FIGURE.match(fields[end].strip()):
                break
            lengths.append(end - at + 1)
    return lengths


def _joined(fields: list[str], lengths: list[int]) -> list[str]:
    joined, at = [], 0
    for length in lengths:
        joined.append(",".join(fields[at : at + length]))
        at += length
    return joined
