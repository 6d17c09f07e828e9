"""Which government or public body a document speaks of, from the words it prints.

The names are those of `gazetteer`. A body that is not among them is proposed, never assumed: a person confirms it. When
words fit several governments, none is guessed.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from transforms.describe.gazetteer import (
    SMALL_WORDS,
    Gazetteer,
    NamedGovernment,
    content_of,
    longest_name,
    longest_prefix,
)
from transforms.describe.grounds import GOVERNMENT_OPTION, Ground, named_in, only_named_by
from transforms.describe.headings import PRINTER
from transforms.describe.titled import body_span, federation_in, state_in_title, town_named
from transforms.words.periods import PrintedLine
from warehouse.schema.text import fold, words
from warehouse.schema.vocabulary import Term


class NewBody(NamedTuple):
    """A body the catalogue does not have yet."""

    government_id: str
    name: str
    parent_id: str | None


class Guess(NamedTuple):
    """`government_id` is null where the words say something, but not which government; `reason` always says why."""

    government_id: str | None
    name: str | None
    reason: Ground
    new_body: NewBody | None = None


_PUBLISHER = re.compile(r"^\W*(?:ente publico|sujeto obligado|nombre del ente(?: publico)?|entidad publica)\s*:\W*")
_MUNICIPAL = re.compile(
    r"\b(?:municipio|ayuntamiento(?: constitucional)?|presidencia municipal|tesoreria municipal|alcaldia)\s*(?:constitucional)?\s*de\s+(?P<rest>.+)"
)
_OF_GOVERNMENT = r"(?:gobierno|poder ejecutivo|congreso|legislatura|presupuesto|cuenta publica|hacienda publica|ley de ingresos|ley de egresos)\b"
_SAYS_GOVERNMENT = re.compile(rf"\b{_OF_GOVERNMENT}")
_BEGINS_WITH_GOVERNMENT = re.compile(rf" *(?:(?:h|el|la|ley|del) +)*{_OF_GOVERNMENT}")
_STATE_NAMED = re.compile(r"\b(?:estado(?: libre y soberano)? de|gobierno de(?: la)?) (?P<rest>[a-z ]+)")
_STATE_TAIL = re.compile(r"\b(?:del?|para el|en el)\s+(?:estado|edo)(?: libre y soberano)? de (?P<rest>[a-z ]+)$")
_BODY_WORDS = ("instituto", "colegio", "comision", "com de", "universidad", "organismo", "servicios de salud", "procuraduria", "fiscalia",
               "consejo", "tribunal", "poder judicial", "centro", "hospital", "patronato", "junta", "fideicomiso", "coordinacion", "escuela",
               "sistema para el desarrollo", "sistema dif", "sistema municipal", "sistema estatal", "museo", "auditoria superior")  # fmt: skip
# A ministry is part of its government: it is a body of its own only where no government is named.
_MINISTRY = ("secretaria de", "secretaria del")
# Every government has one of these, under many names: one key for all of them.
_COMMON_BODIES = (
    (
        "dif",
        re.compile(
            r"^(?:sistema )?(?:municipal |estatal |nacional )*(?:para (?:el )?)?desarrollo integral (?:de (?:la )?)?familia\b|^(?:sistema )?(?:municipal |estatal )*dif\b"
        ),
    ),
)
_FIRST, _LONGEST_LINE = 40, 120
_PLAIN_FOLDER = frozenset({"estado", "state", "gobierno", "de", "del", "municipio", "municipal", "estatal"})


def find_government(
    lines: Sequence[PrintedLine], titles: Sequence[PrintedLine], path: Sequence[PrintedLine], gazetteer: Gazetteer
) -> Guess:
    """The government of a document: its title and its own headings first, the folder last.

    `lines` are its headings in order, `titles` that of a law, bill or budget, which names its government; `path` is the
    file name and the folders, nearest first. A file's name says nothing: whoever sends a file names it.
    """
    finder = _Finder(lines, path, gazetteer)
    short = [line for line in lines if len(line.text) <= _LONGEST_LINE and not PRINTER.search(fold(line.text))]
    steps: tuple[tuple[Callable[[PrintedLine], Guess | None], Sequence[PrintedLine]], ...] = (
        (finder.titled, titles),
        (finder.publisher, lines[:_FIRST]),
        (finder.municipality, short[:_FIRST]),
        (finder.known_body, short[:_FIRST]),
        (finder.unknown_body, short[:_FIRST]),
        (finder.state_of, short),
        (finder.state_alone, short[:_FIRST]),
        (finder.ministry, short[:_FIRST]),
        (finder.folder, path[1:]),
    )
    partial: Guess | None = None
    for step, where in steps:
        for line in where:
            guess = step(line)
            if guess and guess.government_id:
                return guess
            partial = partial or guess
    return partial or Guess(
        None,
        None,
        Ground(
            "no government, municipality or public body is named", "no se nombra gobierno, municipio ni ente público"
        ).followed(*GOVERNMENT_OPTION),
    )


def find_mentioned(lines: Sequence[PrintedLine], gazetteer: Gazetteer) -> Guess | None:
    """The body of the catalogue that the lines mention anywhere: for norms, which name who issues them in their text."""
    for line in lines:
        text = f" {words(line.text)} "
        for name, body in gazetteer.bodies.items():
            if len(name.split()) > 2 and f" {name} " in text:
                return Guess(body.government_id, body.name, named_in(line))
    return None


def find_named(text: str, where: Term, path: Sequence[PrintedLine], gazetteer: Gazetteer) -> Guess | None:
    """The government a cell names, such as the 'sujeto obligado' of a transparency format."""
    return _Finder([], path, gazetteer).named(text, PrintedLine(text, where))


class _Finder:
    def __init__(self, lines: Sequence[PrintedLine], path: Sequence[PrintedLine], gazetteer: Gazetteer) -> None:
        self.lines, self.path, self.gazetteer = lines, path, gazetteer

    def publisher(self, line: PrintedLine) -> Guess | None:
        """'Ente Público: …', with the name after the colon or on the next line."""
        match = _PUBLISHER.match(fold(line.text))
        if not match:
            return None
        name = " ".join(line.text.split())[match.end() :]
        if not name and line in self.lines:
            following = self.lines[self.lines.index(line) + 1 :][:1]
            name = following[0].text if following else ""
        return self.named(name, line) if name else None

    def named(self, text: str, line: PrintedLine) -> Guess | None:
        """The government that `text` is the name of."""
        municipality = self.municipality(PrintedLine(text, line.where))
        if municipality:
            return municipality
        folded = words(text)
        state = self.gazetteer.states.get(folded) or self.gazetteer.states.get(
            folded.removeprefix("gobierno del estado de ")
        )
        if state:
            return Guess(state.government_id, state.name, named_in(line))
        of_state = self.state_titled(PrintedLine(text, line.where))
        if of_state and not _is_body(text):
            return of_state
        town = town_named(folded, self.gazetteer)
        if town:
            return self._municipality(*town, line)
        return self._body(text, line) if len(folded.split()) > 1 else None

    def titled(self, line: PrintedLine) -> Guess | None:
        """Whom the title says that the budget is of: a municipality, the federation, a body, a state."""
        town = self.municipality(line)
        if town:
            return town
        text = letters(line.text)
        federal, span = federation_in(text, self.gazetteer), body_span(text)
        if federal:
            return Guess(federal, self.gazetteer.by_id[federal].name, named_in(line))
        name = " ".join(line.text.split())[slice(*span)].strip(" ,.;") if span else ""
        if name and (_is_body(name) or longest_prefix(name, self.gazetteer.bodies)):
            return self._body(name, line)
        of_state = self.state_titled(line)
        state = None if of_state else state_in_title(text, self.gazetteer)
        return Guess(state, self.gazetteer.by_id[state].name, named_in(line)) if state else of_state

    def state_titled(self, line: PrintedLine) -> Guess | None:
        """'Presupuesto General de Egresos del Estado de X', anywhere in a title."""
        return self._state_of(line, _SAYS_GOVERNMENT.search(letters(line.text)))

    def state_of(self, line: PrintedLine) -> Guess | None:
        """A line that begins with 'Gobierno del Estado de X': one that only mentions it is running text."""
        return self._state_of(line, _BEGINS_WITH_GOVERNMENT.match(letters(line.text)))

    def _state_of(self, line: PrintedLine, government: re.Match[str] | None) -> Guess | None:
        text = letters(line.text)
        if not government or "periodico oficial" in text:
            return None
        for match in _STATE_NAMED.finditer(text):
            # 'Estado de México' is a name: without its first words it is another government's.
            state = self.gazetteer.state_at(match["rest"], abbreviated=True) or self.gazetteer.state_at(match[0])
            if state:
                return Guess(state.government_id, state.name, named_in(line))
        return None

    def state_alone(self, line: PrintedLine) -> Guess | None:
        """A line that is nothing but the state's name."""
        text = words(line.text)
        state = self.gazetteer.states.get(text) or self.gazetteer.states.get(text.removeprefix("estado de "))
        return Guess(state.government_id, state.name, named_in(line)) if state else None

    def municipality(self, line: PrintedLine) -> Guess | None:
        match = _MUNICIPAL.search(letters(line.text))
        if not match or _is_body(line.text):
            return None
        rest = words(match["rest"])
        name = longest_name(rest, self.gazetteer.municipalities)
        return self._municipality(name, rest.removeprefix(name).strip(), line) if name else None

    def _municipality(self, name: str, rest: str, line: PrintedLine) -> Guess:
        candidates = self.gazetteer.municipalities[name]
        if len(candidates) > 1:
            state = (
                self.gazetteer.state_at(rest.removeprefix("estado de ").strip(), abbreviated=True)
                or self._state_around()
            )
            candidates = [c for c in candidates if state and c.parent_id == state.government_id] or candidates
        if len(candidates) == 1:
            return Guess(candidates[0].government_id, candidates[0].name, named_in(line))
        keys = ", ".join(candidate.government_id for candidate in candidates[:6])
        return Guess(
            None,
            None,
            Ground(
                f"{line.quoted.en} fits several municipalities ({keys}) and no state is named",
                f"{line.quoted.es} es el nombre de varios municipios ({keys}) y no se nombra el estado",
            ).followed(*GOVERNMENT_OPTION),
        )

    def known_body(self, line: PrintedLine) -> Guess | None:
        text = words(line.text)
        body = longest_prefix(text, self.gazetteer.bodies)
        return Guess(body.government_id, body.name, named_in(line)) if body else None

    def unknown_body(self, line: PrintedLine) -> Guess | None:
        return self._body(line.text, line) if _is_body(line.text) else None

    def ministry(self, line: PrintedLine) -> Guess | None:
        return self._body(line.text, line) if words(line.text).startswith(_MINISTRY) else None

    def _body(self, text: str, line: PrintedLine) -> Guess:
        """A body of the catalogue, or a proposal: its name without the state, and an acronym that file names may know."""
        name, state = self._without_state(text)
        parent = state or self._parent_in(text) or self._state_around() or self._parent_in_path()
        of = parent.government_id if parent else None
        listed = self.gazetteer.body_called(name, of) or self.gazetteer.body_called(text, of)
        if listed:
            return Guess(listed.government_id, listed.name, named_in(line))
        body = self._proposal(name, parent)
        same = self.gazetteer.by_id.get(body.government_id)
        if same:
            return Guess(same.government_id, same.name, named_in(line).followed(", by its acronym", ", por sus siglas"))
        return Guess(
            body.government_id,
            body.name,
            named_in(line).followed(
                "; not in the catalogue yet: check its name", "; aún no está en el catálogo: revise su nombre"
            ),
            body,
        )

    def _proposal(self, name: str, parent: NamedGovernment | None) -> NewBody:
        content = content_of(name).split()
        tokens = [token for line in self.path for token in words(line.text).split()]
        spelled = next((t for t in tokens if 3 <= len(t) <= 10 and t.isalpha() and _spells(t, content)), None)
        common = next((key for key, pattern in _COMMON_BODIES if pattern.search(words(name))), None)
        acronym = common or spelled or "".join(word[0] for word in content)[:10]
        prefix = f"{parent.government_id}-" if parent else ""
        return NewBody(f"{prefix}{acronym}", _titled(name), parent.government_id if parent else None)

    def _without_state(self, text: str) -> tuple[str, NamedGovernment | None]:
        """The name without 'del Estado de X' at its end, and that state."""
        clean = " ".join(text.split()).strip(" .:,;|")
        match = _STATE_TAIL.search(letters(clean).rstrip())
        state = match and (
            self.gazetteer.state_at(match["rest"], abbreviated=True)
            or self.gazetteer.state_at(f"estado de {match['rest']}")
        )
        return (clean[: match.start()].strip(" ,."), state) if match and state else (clean, None)

    def _parent_in(self, text: str) -> NamedGovernment | None:
        """The state, or the municipality of a name that only one has, that the body's own name ends with."""
        state = self.gazetteer.state_in(text)
        if state:
            return state
        last = words(text).split(" de ")[-1]
        municipalities = self.gazetteer.municipalities.get(last, [])
        return municipalities[0] if len(municipalities) == 1 else None

    def _state_around(self) -> NamedGovernment | None:
        """The one state that the document's first lines name."""
        states = {s.government_id: s for line in self.lines[:_FIRST] if (s := self.gazetteer.state_in(line.text))}
        return next(iter(states.values())) if len(states) == 1 else None

    def _parent_in_path(self) -> NamedGovernment | None:
        return next((parent for line in self.path if (parent := self._parent_in(line.text))), None)

    def folder(self, line: PrintedLine) -> Guess | None:
        """'guanajuato-state' is the state; 'itesg-guanajuato' a body of it; 'tanhuato-michoacan' a municipality."""
        tokens = [t for t in words(line.text).split() if not t.isdigit()]
        spans = [(at, at + size) for size in range(len(tokens), 0, -1) for at in range(len(tokens) - size + 1)]
        split = [
            (" ".join(tokens[a:b]), [t for t in tokens[:a] + tokens[b:] if t not in _PLAIN_FOLDER]) for a, b in spans
        ]
        guesses = [guess for name, rest in split if (guess := self._folder(name, rest, line))]
        return next((guess for guess in guesses if guess.government_id), guesses[0] if guesses else None)

    def _folder(self, name: str, rest: list[str], line: PrintedLine) -> Guess | None:
        body = self.gazetteer.bodies.get(name)
        if body:
            return Guess(body.government_id, body.name, only_named_by(line))
        state = self.gazetteer.states.get(name)
        towns = (
            self.gazetteer.municipalities.get(" ".join(rest), [])
            if state
            else self.gazetteer.municipalities.get(name, [])
        )
        towns = [town for town in towns if state is None or town.parent_id == state.government_id]
        if state and not rest:
            return Guess(state.government_id, state.name, only_named_by(line))
        if len(towns) == 1 and (state or not rest):
            return Guess(towns[0].government_id, towns[0].name, only_named_by(line))
        parent = state or (towns[0] if len(towns) == 1 else None)
        if parent and len(rest) == 1 and 3 <= len(rest[0]) <= 8:
            body_id = f"{parent.government_id}-{rest[0]}"
            listed = self.gazetteer.by_id.get(body_id)
            proposal = NewBody(body_id, f"{rest[0].upper()} ({parent.name})", parent.government_id)
            reason = only_named_by(line)
            return Guess(body_id, listed.name if listed else proposal.name, reason, None if listed else proposal)
        return Guess(None, None, _not_the_body(line, parent)) if parent else None


def _not_the_body(line: PrintedLine, parent: NamedGovernment) -> Ground:
    return Ground(
        f"{line.quoted.en} names {parent.name}, but not the body",
        f"{line.quoted.es} nombra a {parent.name}, pero no al ente",
    ).followed(*GOVERNMENT_OPTION)


def _is_body(text: str) -> bool:
    folded = words(text)
    return (
        any(folded == word or folded.startswith(word + " ") for word in map(words, _BODY_WORDS))
        and len(folded.split()) > 2
    )


def letters(text: str) -> str:
    """Folded, of the same length as the text with single spaces, so that places in one are places in the other."""
    return re.sub(r"[^a-z0-9 ]", " ", "".join((fold(c) or " ")[0] for c in " ".join(text.split())))


def _spells(token: str, content: list[str]) -> bool:
    """Whether the token is an acronym of the words: letters of each, in order, beginning with its first."""

    def fits(rest: str, at: int, within: str) -> bool:
        if not rest:
            return at == len(content)
        if at < len(content) and content[at][0] == rest[0] and fits(rest[1:], at + 1, content[at][1:]):
            return True
        place = within.find(rest[0])
        return place >= 0 and fits(rest[1:], at, within[place + 1 :])

    return len(content) > 1 and fits(token, 0, "")


def _titled(name: str) -> str:
    """A name printed in capitals as it is written otherwise; any other name as printed."""
    if not name.isupper():
        return name
    parts = [word if word in SMALL_WORDS else word.capitalize() for word in name.lower().split()]
    return " ".join([parts[0].capitalize(), *parts[1:]])
