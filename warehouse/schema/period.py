"""How the period of an amount is called beside a government and year: «enero a marzo», «January to March».

A whole year needs no name. Periods as dates are columns of the tables; how a period is read belongs to `transforms.words`.
"""

from datetime import date

MONTHS = {
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
_TO = {"es": "a", "en": "to"}


def part_of_year(start: date | None, end: date | None, language: str = "es") -> str:
    """The period as «enero a marzo»; empty for a whole year and where the document names no period. Years are said where there are two."""
    if start is None or end is None or (start.timetuple()[1:3], end.timetuple()[1:3]) == ((1, 1), (12, 31)):
        return ""
    names = MONTHS[language]
    first, last = names[start.month - 1], names[end.month - 1]
    if start.year != end.year:
        return f"{first} {start.year} {_TO[language]} {last} {end.year}"
    return first if start.month == end.month else f"{first} {_TO[language]} {last}"


def name_of(government: object, year: object, start: date | None, end: date | None, language: str = "es") -> str:
    """Tanhuato 2019, enero a marzo; Sonora 2018 for a whole year."""
    return ", ".join(filter(None, [f"{government or ''} {year or ''}".strip(), part_of_year(start, end, language)]))
