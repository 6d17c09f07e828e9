"""Sentences and keys that a column of the tables joins by ';', apart; and the English of those that have one.

The tables have caveats, refusals and limits in Spanish. What a person wrote is the same in both languages.
"""

from warehouse.schema.limits import limits_in_english
from warehouse.schema.vocabulary import CAVEATS, REFUSALS
from warehouse.store.session import Row

_ENGLISH = {word.es: word.en for word in (*CAVEATS.values(), *REFUSALS.values())} | limits_in_english()
_PERIMETER = "Perímetro: "


def cited(ids: str | None) -> list[str]:
    """The ids or codes in a text that joins them by ';'."""
    return [one for one in (ids or "").split(";") if one]


def sentences(text: str | None) -> list[str]:
    """The sentences in a text that joins them by ';'."""
    return [part.strip() for part in cited(text) if part.strip()]


def in_english(sentence: str) -> tuple[str, str]:
    """A sentence of the tables, in Spanish and English."""
    if sentence.startswith(_PERIMETER) and sentence not in _ENGLISH:
        return sentence, f"Perimeter: {sentence.removeprefix(_PERIMETER)}"
    return sentence, _ENGLISH.get(sentence, sentence)


def limits_together(rows: list[Row]) -> Row:
    """What none of the rows lets anyone say, and how they are checked, each once."""
    return {
        name: "; ".join(dict.fromkeys(sentence for row in rows for sentence in sentences(row[name])))
        for name in ("unsayable", "how_to_check")
    }
