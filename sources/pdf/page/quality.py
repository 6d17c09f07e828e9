"""Quality of a page: whether its text can be read, is broken, or is not there at all."""

import re
from functools import lru_cache

from sources.pdf.page.words import PageText, Word
from sources.pdf.settings import QUALITY
from sources.raw.numeric import is_numeric

_WORD = re.compile(r"^[^\W\d_]{2,}[.,;:)]?$")
_VOWEL = re.compile(r"[aeiouáéíóúüy]", re.IGNORECASE)
_PLAIN = re.compile(r"^[\w$%.,;:()'’´`‘\"“”«»/°ºª¿?¡!&+*=#@–—_|<>•·\[\]{}\-]+$")
_MIXED = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]")
_BROKEN = re.compile(r"[\x00-\x1f\x80-\x9f\ue000-\uf8ff\ufffd]")


def page_kind(text: PageText, image_share: float) -> str | None:
    """`blank`, `image` or `garbled`; None for a page whose text can be read."""
    words = text.words
    if not any(w.text for w in words):
        return "image" if image_share > QUALITY.picture else "blank"
    # A scan may bear a page number, or a signature's stamp of many words at its edge.
    inside = (w for w in words if QUALITY.edge * text.height < w.base < (1 - QUALITY.edge) * text.height)
    if image_share > QUALITY.scan and sum(len(w.text) for w in inside) < QUALITY.few_letters:
        return "image"
    if _is_garbled(words):
        return "garbled"
    return None


def _is_garbled(words: list[Word]) -> bool:
    """A broken font map shows as characters no one prints, or as letters that make no words."""
    text = "".join(w.text for w in words)
    if len(text) < QUALITY.telling_letters:
        return False
    if len(_BROKEN.findall(text)) > QUALITY.broken * len(text):
        return True
    long = _long(words)
    if len(long) < QUALITY.telling_words:
        return sum(1 for w in words if not _PLAIN.match(w.text)) > QUALITY.odd * len(words)
    return sum(map(_is_spoken, long)) < QUALITY.unspoken * len(long)


def is_spoken(words: list[Word]) -> bool:
    """Whether there are enough words to tell, and most of them can be said."""
    long = _long(words)
    return len(long) >= QUALITY.telling_words and sum(map(_is_spoken, long)) >= QUALITY.spoken * len(long)


def _long(words: list[Word]) -> list[str]:
    return [w.text for w in words if len(w.text) >= 4 and not is_numeric(w.text)]


@lru_cache(maxsize=2**14)  # the words of a document are few
def _is_spoken(text: str) -> bool:
    """Whether it is a word, with about as many vowels as Spanish words have."""
    if not _WORD.match(text.strip('("“”¿¡[')):
        return False
    vowels = len(_VOWEL.findall(text))
    return (
        QUALITY.vowels * len(text) <= vowels + 0.5
        and vowels <= QUALITY.most_vowels * len(text)
        and not _MIXED.search(text)
    )
