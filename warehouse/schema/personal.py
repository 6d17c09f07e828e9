"""What personal data looks like by itself, and the mark that stands where it was withheld (promise P7).

Only patterns of a text's own form belong here, for those who withhold and those who check that nothing came through.
What a header declares is in `sources.personal`.
"""

import re

WITHHELD = "(dato personal)"

_BIRTH = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_ALONE, _ENDS = r"(?<![0-9A-Za-zÑñ&])", r"(?![0-9A-Za-zÑñ])"
# The CURP as RENAPO defines it (18 places), and the RFC of a natural person (13; those of companies have 12).
_CURP = rf"{_ALONE}[A-Z][AEIOUX][A-Z]{{2}}{_BIRTH}[HMX][A-Z]{{2}}[B-DF-HJ-NP-TV-Z]{{3}}[A-Z0-9]\d{_ENDS}"
_RFC = rf"{_ALONE}[A-ZÑ&][AEIOUX][A-ZÑ&]{{2}}{_BIRTH}[A-Z0-9]{{2}}[0-9A]{_ENDS}"
# What stands before the @ has 64 characters at most (RFC 5321); without a limit each of thousands of digits is a beginning.
_MAIL = r"[\w.+%-]{1,64} ?@ ?[\w-]+(?:\.[\w-]+)+"
# Ten digits, as numbers are dialled in Mexico, where the word before them says what they are.
_TELEPHONE = r"\b(?:tel[ée]fonos?|tels?|celular|cel|fax|whatsapp)\b[\s.:()#]*(?:\+?52[\s-]?)?\(?\d{2,3}\)?[\s.-]?\d{3,4}[\s.-]?\d{4}(?!\d)"

PERSONAL = rf"(?i:{_CURP}|{_RFC}|{_MAIL}|{_TELEPHONE})"
_PERSONAL = re.compile(PERSONAL)
_DIGITS = re.compile(r"\d{4}")


def has_personal(text: str) -> bool:
    """Whether an e-mail address, a CURP, a person's RFC or a telephone number named as such stands in the text."""
    # Most texts are done with before the slow pattern: each of these has an @ or four digits in a row.
    return bool(("@" in text or _DIGITS.search(text)) and _PERSONAL.search(text))


def personal_spans(text: str) -> list[tuple[int, int]]:
    """Where each of these begins and ends."""
    return [match.span() for match in _PERSONAL.finditer(text)] if has_personal(text) else []


def without_personal(text: str) -> str:
    """The text with the mark in the place of each of these."""
    return _PERSONAL.sub(WITHHELD, text) if has_personal(text) else text
