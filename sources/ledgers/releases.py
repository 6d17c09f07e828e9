"""Releases of OCDS as records, whatever file they came in: a release is a procedure, and each member of the lists that are parts its own record.

Fields are those of the standard's release schema (https://standard.open-contracting.org/1.1/en/schema/release/), in
`profiles/ocds.yaml`; contact points and addresses are persons' data wherever they stand. How a file is opened is for `ocds` and `flat`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sources.ledgers.profile import Profile, ProfileField, ProfilePart, profiles
from sources.ledgers.records import RecordBuilder, RecordCell, withheld_names
from sources.personal import personal_kind

_PROFILE = "ocds"
_PERSONAL_KEYS = re.compile(r"contactpoint|address|telephone|email|faxnumber|birth|person", re.IGNORECASE)
INDEX = re.compile(r"\[\d+\]")
_PERSON = ProfileField(type="person", headers=("contactPoint",))
# Whoever is named elsewhere than as a body that buys: suppliers, bidders, payees, and what publishers add.
_NAMED = re.compile(r"(?:^|\.)(?:name|legalName)$")
_BODIES = re.compile(
    r"(?:^|\.)(?:buyer|procuringEntity|publisher|providerOrganization|payer|memberOf)(?:\.identifier)?\.\w+$"
)


_Row = tuple[str, list[RecordCell], list[RecordCell]]  # its ledger, the keys of what it belongs to, its cells


class Leaf(NamedTuple):
    """A value of a release: its path in the release, such as `contracts[0].value.amount`, its text, and its place in the file."""

    path: str
    text: str
    place: str


def standard() -> Profile:
    """The profile of the standard."""
    return next(profile for profile in profiles() if profile.id == _PROFILE)


@cache
def _parts() -> dict[str, ProfilePart]:
    return {part.headers[0]: part for part in standard().parts.values()}


class ReleaseBuilder:
    """The records of the releases of one document."""

    def __init__(self, document_id: str) -> None:
        self.records = RecordBuilder(document_id)
        self.cells: list[RecordCell] = []
        self.profile = standard()
        self.warnings = [self.profile.recognised]
        self._seen: set[frozenset[tuple[str, str]]] = set()

    def add(self, page: str, leaves: Sequence[Leaf], known: Mapping[str, Leaf], names: Sequence[str] = ()) -> bool:
        """The values of one release, or some of them; whether they were not there before.

        `known`: all of it, by path, for the keys. `names` were withheld elsewhere in the same process.
        """
        same = _signature(leaves, known)
        if same in self._seen:
            return False
        self._seen.add(same)
        rows = list(_records(leaves, known, self.profile))
        names = [*names, *_names(rows)]
        for ledger, above, direct in rows:
            self.records.add(page, self.profile.id, ledger, [*above, *direct], names)
            self.cells += direct
        return True

    def names(self, leaves: Sequence[Leaf]) -> list[str]:
        """The names that are withheld in these values."""
        return _names(list(_records(leaves, {}, self.profile)))


def _signature(leaves: Sequence[Leaf], known: Mapping[str, Leaf]) -> frozenset[tuple[str, str]]:
    """What tells values from those of another row: all of them, with their keys; where they have no id, their places too."""
    member = member_of(leaves[0].path)
    keys = {(name, leaf.text) for name, leaf in _keys_above(known, member[1] if member else "")}
    has_id = any(leaf.path == "ocid" or leaf.path.endswith("].id") for leaf in leaves)
    places = set() if has_id else {("place", leaf.place) for leaf in leaves}
    return frozenset({(leaf.path, leaf.text) for leaf in leaves} | keys | places)


def _names(rows: Sequence[_Row]) -> list[str]:
    """The names that are withheld in the rows of a release, without those of the bodies that buy."""
    bodies = {cell.text for _, _, direct in rows for cell in direct if cell.kind is None and _NAMED.search(cell.header)}
    return [name for _, _, direct in rows for name in withheld_names(direct) if name not in bodies]


def _records(leaves: Sequence[Leaf], known: Mapping[str, Leaf], profile: Profile) -> Iterator[_Row]:
    """Each record of a release."""
    parts = _parts()
    direct: list[RecordCell] = []
    lists: dict[tuple[str, str], list[RecordCell]] = {}
    for leaf in leaves:
        member = member_of(leaf.path)
        if member is None:
            direct.append(_cell(leaf, leaf.path, profile))
        else:
            part, start = member
            lists.setdefault(member, []).append(_cell(leaf, leaf.path[len(start) + 1 :], parts[part]))
    if direct:
        yield profile.ledger, [], direct
    for (part, start), cells in lists.items():
        above = [
            RecordCell(name, ProfileField(type="code", headers=(name,)), None, name, leaf.text, leaf.place)
            for name, leaf in _keys_above(known, start)
        ]
        yield parts[part].ledger, above, cells


def member_of(path: str) -> tuple[str, str] | None:
    """The innermost part that a path lies in: its path without numbers, and with them."""
    best, parts = None, _parts()
    for match in INDEX.finditer(path):
        start = path[: match.end()]
        plain = INDEX.sub("[]", start)
        if plain in parts:
            best = plain, start
    return best


def _keys_above(known: Mapping[str, Leaf], start: str) -> Iterator[tuple[str, Leaf]]:
    """The keys of the release, and the id of the list member that a nested one belongs to: of a transaction, its contract; of a supplier, its award."""
    yield from ((f"release_{name}", known[name]) for name in ("ocid", "date") if name in known)
    outer = [match.end() for match in INDEX.finditer(start)]
    if len(outer) > 1 and (leaf := known.get(f"{start[: outer[0]]}.id")):
        yield f"{start[: start.index('[')]}_id", leaf


def _cell(leaf: Leaf, header: str, profile: Profile | ProfilePart) -> RecordCell:
    plain = INDEX.sub("", header)
    name = next((name for name, field in profile.fields.items() if plain in field.headers), None)
    private = _PERSONAL_KEYS.search(plain)
    field = _PERSON if private else profile.fields[name] if name else None
    kind = personal_kind(plain.rsplit(".", 1)[-1])
    if _NAMED.search(leaf.path):
        kind = None if _BODIES.search(leaf.path) else "supplier"
    return RecordCell(f"path_{header}" if private or name is None else name, field, kind, plain, leaf.text, leaf.place)
