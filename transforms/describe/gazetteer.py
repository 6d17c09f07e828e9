"""The names of all governments and bodies of the catalogue, ready to be looked for in words.

Which of them a document speaks of is decided in `governments`.
"""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from warehouse.schema.text import words


class NamedGovernment(NamedTuple):
    """A government of the catalogue by one wording of its name."""

    government_id: str
    level: str
    parent_id: str | None
    name: str


class Gazetteer:
    """Made of a frame with a row per wording of a name: government_id, level, parent_id, name."""

    def __init__(self, names: pd.DataFrame) -> None:
        rows = names[["government_id", "level", "parent_id", "name"]].itertuples(index=False)
        governments = [NamedGovernment(str(i), str(lv), None if pd.isna(p) else str(p), str(n)) for i, lv, p, n in rows]
        self.by_id: dict[str, NamedGovernment] = {}
        for entry in governments:
            self.by_id.setdefault(entry.government_id, entry)
        self.states = {
            words(e.name): self.by_id[e.government_id]
            for e in governments
            if e.level == "state" and not _is_abbreviation(e.name)
        }
        # Gto. or Mich. mean a state only where the words before them say so; the entry is always the one with the name.
        self.abbreviations = {words(e.name): self.by_id[e.government_id] for e in governments if e.level == "state"}
        self.bodies = {
            words(e.name): self.by_id[e.government_id] for e in governments if e.level in ("body", "federal")
        }
        self.bodies_named: dict[str, list[NamedGovernment]] = {}
        for entry in governments:
            same = self.bodies_named.setdefault(content_of(entry.name), []) if entry.level == "body" else []
            if entry.government_id not in {other.government_id for other in same}:
                same.append(entry)
        self.municipalities: dict[str, list[NamedGovernment]] = {}
        for entry in governments:
            if entry.level == "municipality":
                same = self.municipalities.setdefault(words(entry.name), [])
                if entry.government_id not in {other.government_id for other in same}:
                    same.append(entry)

    def body_called(self, name: str, parent_id: str | None) -> NamedGovernment | None:
        """The one listed body of a name, whatever its small words; of the same parent, or of one that nobody named.

        Every state has an institute of culture: a body of another government is another body.
        """
        same = self.bodies_named.get(content_of(name), [])
        fitting = [body for body in same if parent_id is None or body.parent_id in (None, parent_id)]
        return fitting[0] if len(fitting) == 1 else None

    def state_at(self, text: str, abbreviated: bool = False) -> NamedGovernment | None:
        """The state whose name begins the words of `text`; the longest, so that Baja California Sur is not its neighbour."""
        return longest_prefix(text, self.abbreviations if abbreviated else self.states)

    def state_in(self, text: str) -> NamedGovernment | None:
        """The one state named anywhere in the words of `text`; none where several are."""
        tokens = words(text).split()
        states: dict[str, NamedGovernment] = {}
        at = 0
        while at < len(tokens):
            state = self.state_at(" ".join(tokens[at:]))
            if state:
                states[state.government_id] = state
            at += len((longest_name(" ".join(tokens[at:]), self.states) or "one").split())
        return next(iter(states.values())) if len(states) == 1 else None


SMALL_WORDS = frozenset(
    {"de", "del", "la", "las", "el", "los", "y", "e", "para", "en", "a", "al", "con", "por", "su", "o"}
)


def content_of(name: str) -> str:
    """The words of a name without the small ones between them."""
    return " ".join(word for word in words(name).split() if word not in SMALL_WORDS)


def _is_abbreviation(name: str) -> bool:
    return name.endswith(".") or (len(name) <= 4 and name.isupper() and name != "CDMX")


def longest_name(text: str, names: Iterable[str]) -> str | None:
    """The longest of the names that the words of a text begin with."""
    tokens = text.split()
    choices = names if isinstance(names, dict) else set(names)
    return next(
        (name for size in range(min(len(tokens), 10), 0, -1) if (name := " ".join(tokens[:size])) in choices), None
    )


def longest_prefix(text: str, names: dict[str, NamedGovernment]) -> NamedGovernment | None:
    """The government whose name, the longest, a text begins with."""
    name = longest_name(words(text), names)
    return names[name] if name else None
