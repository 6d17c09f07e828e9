"""Text in YAML as plain mappings, lists and texts, with the line of every key and item.

Only the text is judged here: a key written twice, nesting without end, names for parts of the file. Nothing is
constructed but text, so a file can neither run code nor grow when it is read.
"""

from collections.abc import Iterator
from typing import Any

import yaml

KeyPath = tuple[str | int, ...]
Lines = dict[KeyPath, int]

_DEEPEST = 12
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class TextError(ValueError):
    """What is wrong with the text, and on which line."""

    def __init__(self, line: int | None, en: str, es: str) -> None:
        self.line, self.en, self.es = line, en, es
        super().__init__(en)


def parse_mapping(text: str) -> tuple[dict[str, Any], Lines]:
    """The keys of a text with their values, and the line of each; a key without a value is left out. Raises TextError."""
    builder = _Builder(text)
    try:
        value = builder.whole()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else text[: getattr(error, "position", 0)].count("\n") + 1
        cause = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        en = f"expected well-formed YAML; found: {cause}. Look at indents, quotes and colons."
        es = f"se esperaba YAML bien formado; se encontró: {cause}. Revise sangrías, comillas y dos puntos."
        raise TextError(line, en, es) from error
    if not isinstance(value, dict):
        shown = "nothing (nada)" if value is None else f"«{str(value)[:60]}»"
        en = f"expected keys such as «id: …», one a line; found {shown}. See an example in the documentation."
        es = f"se esperaban claves como «id: …», una por renglón; se encontró {shown}. Vea un ejemplo en la documentación."
        raise TextError(1, en, es)
    return value, builder.lines


class _Builder:
    """Builds the value of one document from the events of a YAML parser."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CBaseLoader)
        self.lines: Lines = {(): 1}

    def whole(self) -> Any:
        """The value of the one document; None where the text is empty."""
        value = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent) and value is not None:
                raise TextError(
                    _line(event),
                    "expected one document; found another after «---». Put it in a file of its own.",
                    "se esperaba un documento; se encontró otro tras «---». Póngalo en su propio archivo.",
                )
            if isinstance(event, yaml.NodeEvent):
                value = self._value(event, ())
        return value

    def _value(self, event: yaml.Event, place: KeyPath) -> Any:
        line = _line(event)
        if len(place) > _DEEPEST:
            raise TextError(
                line,
                f"expected at most {_DEEPEST} levels; found more. Look at the brackets and indents.",
                f"se esperaban {_DEEPEST} niveles a lo más; se encontraron más. Revise corchetes y sangrías.",
            )
        if isinstance(event, yaml.AliasEvent):
            raise TextError(
                line,
                f"expected a value; found the alias *{event.anchor}. Write the value again.",
                f"se esperaba un valor; se encontró el alias *{event.anchor}. Escriba otra vez el valor.",
            )
        if isinstance(event, yaml.ScalarEvent):
            return None if event.style in (None, "") and event.value in _NULLS else event.value
        return self._mapping(place) if isinstance(event, yaml.MappingStartEvent) else self._list(place)

    def _list(self, place: KeyPath) -> list[Any]:
        items: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            here = (*place, len(items))
            self.lines[here] = _line(event)
            items.append(self._value(event, here))
        return items

    def _mapping(self, place: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise TextError(
                    line, "expected the name of a key; found a list or another value. Look at the brackets.",
                    "se esperaba el nombre de una clave; se encontró una lista u otro valor. Revise los corchetes.",
                )  # fmt: skip
            key, here = event.value, (*place, event.value)
            if here in self.lines:
                raise TextError(
                    line, f"key {key}: written twice, first on line {self.lines[here]}. Keep one.",
                    f"clave {key}: está escrita dos veces, primero en el renglón {self.lines[here]}. Deje una.",
                )  # fmt: skip
            self.lines[here] = line
            value = self._value(next(self._events), here)
            if value not in (None, ""):
                values[key] = value
        return values


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1
