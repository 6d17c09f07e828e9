"""Quality of a page: whether its text can be read, is broken, or is not there at all."""

import re

from sources.pdf.words import Word

_WORD = re.compile(r"^[^\W\d_]{2,}[.,;:)]?$")
_VOWEL = re.compile(r"[aeiouáéíóúüy]", re.IGNORECASE)
_PLAIN = re.compile(r"^[\w$%.,;:()'’´`‘\"“”«»/°ºª¿?¡!&+*=#@–—_|<>•·\[\]{}\-]+$")
_MIXED = re.compile(r"[a-zà-ÿ][A-ZÀ-Ý]")
_BROKEN = re.compile(r"[\x00-\x1f\x80-\x9f\ue000-\uf8ff\ufffd]")
_FEW_LETTERS = 60


def page_kind(words: list[Word], image_share: float) -> str | None:
    """`blank`, `image` or `garbled`; None for a page whose text can be read."""
    letters = sum(len(w.text) for w in words)
    if not letters:
        return "image" if image_share > 0.02 else "blank"
    if image_share > 0.3 and letters < _FEW_LETTERS:
        return "image"
    if _is_garbled(words):
        return "garbled"
    return None


def _is_garbled(words: list[Word]) -> bool:
    """A broken font map shows as characters no one prints, or as letters that make no words."""
    text = "".join(w.text for w in words)
    if len(text) < 20:
        return False
    if len(_BROKEN.findall(text)) > 0.15 * len(text):
        return True
    strange = sum(1 for w in words if not _PLAIN.match(w.text))
    long = [w.text for w in words if len(w.text) >= 4 and not any(c.isdigit() for c in w.text)]
    if len(long) < 8:
        return strange > 0.5 * len(words)
    spoken = sum(1 for text in long if _WORD.match(text.strip('("“”¿¡[')) and _is_spoken(text))
    return spoken < 0.4 * len(long)


def _is_spoken(text: str) -> bool:
    """Whether a word has about as many vowels as Spanish words have."""
    vowels = len(_VOWEL.findall(text))
    return 0.2 * len(text) <= vowels + 0.5 and vowels <= 0.8 * len(text) and not _MIXED.search(text)
