"""Under which names a government is printed, and those that it belongs to: what a document's title is held against."""

from collections.abc import Mapping
from typing import Protocol


class Named(Protocol):
    """A government of the catalogue, as far as its names go."""

    name: str
    aliases: list[str]
    parent_id: str | None


def printed_names(governments: Mapping[str, Named]) -> tuple[dict[str, str], dict[str, str]]:
    """By key, the names of each government, and those of all that it belongs to; one a line."""
    names = {key: "\n".join((one.name, *one.aliases)) for key, one in governments.items()}
    return names, {key: "\n".join(names[one] for one in _superiors(governments, key)) for key in governments}


def _superiors(governments: Mapping[str, Named], key: str) -> list[str]:
    """The governments that one belongs to, the nearest first."""
    superiors: list[str] = []
    parent = governments[key].parent_id
    while parent is not None and parent in governments and parent not in (key, *superiors):
        superiors.append(parent)
        parent = governments[parent].parent_id
    return superiors
