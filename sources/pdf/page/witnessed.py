"""What is recorded of figures and labels that were read from an image. Imports none of what the extra brings."""

from typing import Any

from sources.pdf.page.words import Word

# In place of what the second reader saw: beside the word stands ink that nobody read, or a line that may be of it.
UNREAD_INK = "\ufffd"


def seen(words: list[Word]) -> dict[str, Any]:
    """The columns of `raw.number` that tell a figure read by OCR; none for a printed text layer.

    A figure of several words is as sure as the least sure of them, and has a witness where each has.
    """
    sure = [word.confidence for word in words if word.confidence is not None]
    if not sure:
        return {}
    whole = all(word.witness is not None for word in words)
    changed = any(word.recognised is not None for word in words)
    return {
        "flag": "ocr",
        "confidence": min(sure),
        "recognised": " ".join(word.recognised or word.text for word in words) if changed else None,
        "witness": "".join(word.witness or "" for word in words) if whole else None,
    }


def heard(words: list[Word], doubted: bool = False) -> str | None:
    """The words of a label or header as the second reader saw them, marked where a line of it may be left over; None for
    a printed text layer, and where it saw nothing.
    """
    if all(word.confidence is None for word in words):
        return None
    seen = [word.witness for word in words if word.witness]
    return " ".join([UNREAD_INK, *seen] if doubted else seen) or None
