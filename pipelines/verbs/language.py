"""In which language the `peso` command speaks: Spanish, or English where PESO_LANG says so. One at a time.

What is told to a person is a pair here; what the tables say of themselves is in `warehouse.schema`, in both languages too.
"""

import os

from warehouse.schema.vocabulary import Term

VARIABLE = "PESO_LANG"


def is_english() -> bool:
    """Whether PESO_LANG begins with `en`; anything else, and nothing, is Spanish."""
    return os.environ.get(VARIABLE, "").lower().startswith("en")


def say(es: str, en: str) -> str:
    """The one of the two that is spoken."""
    return en if is_english() else es


def say_term(term: Term) -> str:
    """A term of the vocabulary, in the language that is spoken."""
    return say(term.es, term.en)
