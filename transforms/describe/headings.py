"""The lines of a document that are headings, without the running text that only mentions a law, a body or a year.

A bill speaks of the `cuenta pública` in its reasons, a decree of every ministry: a phrase of running text says nothing of what
the document is or whose. So does the head of the organ that prints it, of a portal or of a gazette.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from transforms.words.periods import PrintedLine
from warehouse.schema.text import fold

_WIDE, _SHARE = 40, 0.7  # characters, and the part of the widest line, that a line of running text fills
_NEARLY_ALL = 0.9
_LONG = 160  # one line alone is a paragraph
_MANY = 5  # full lines together are running text, however they end
_MOSTLY = 0.6  # of the letters of running text are small
_SENTENCE = re.compile(r"\w{4,}[.;:](?=\s|$)")
_ARTICLE = re.compile(r"^\W*(?:articulo|art\.?|fraccion|transitorio)s? (?:\d|[ivx]+\b|primero|segundo|unico)")
# Who prints a document, or keeps it, is not whose it is.
PRINTER = re.compile(
    r"\borden juridico\b|\bperiodico oficial\b|\bdiario oficial\b|\bgaceta\b|\bservicios parlamentarios\b|\bcamara de (?:diputados|senadores)\b"
    r"|\bsecretaria general\b|\binvestigaciones legislativas\b|\bsecretaria de gobernacion\b|\bplataforma nacional\b|\bsistema integral\b"
    r"|\bconsejeria juridica\b|\bproceso legislativo\b|\bbiblioteca\b"
)


def headings(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """The lines that may be headings, in order."""
    kept: list[PrintedLine] = []
    for _, together in groupby(lines, key=lambda line: line.where):
        group = list(together)
        prose = _prose(group)
        kept += [line for line, running in zip(group, prose, strict=True) if not running]
    return kept


def _prose(group: Sequence[PrintedLine]) -> list[bool]:
    """Which of the lines of one place are running text: full lines of small letters, with the one that ends them."""
    lengths = sorted(len(line.text) for line in group)
    widest = lengths[int(_NEARLY_ALL * len(lengths))]  # a title joined of several lines is wider than any
    full = [len(line.text) >= max(_WIDE, _SHARE * widest) for line in group]
    small = [_is_small(line.text) for line in group]
    prose = [bool(_ARTICLE.match(fold(line.text))) for line in group]
    at = 0
    while at < len(group):
        end = at
        while end < len(group) and small[end] and full[end]:
            end += 1
        count = end - at
        if count > 1 or (count == 1 and (prose[at] or len(group[at].text) > _LONG)):
            end += end < len(group) and small[end]
            text = " ".join(line.text for line in group[at:end])
            if count >= _MANY or prose[at] or _SENTENCE.search(text):
                prose[at:end] = [True] * (end - at)
        at = max(end, at + 1)
    return prose


def _is_small(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.islower() for c in letters) >= _MOSTLY * len(letters)
