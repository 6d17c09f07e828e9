"""The unit that words say figures are printed in: pesos, thousands, millions, or another currency.

One text at a time; which text speaks of which figures is for `transforms.core.facets.unit`. `Hasta 30 millones de pesos` in an
article is an amount, and no unit.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from warehouse.schema.lexicon import (
    EXPRESSED,
    FIGURES,
    FOREIGN,
    GLUED_UNIT,
    GLUED_UNITS,
    MONTH_NAME,
    NATIONAL,
    NUMBER_WORD,
    REFERENCE_UNIT,
    SCALE,
    SCALES,
    SHORT_UNIT,
    SHORT_UNITS,
    UNIT_COLUMN,
    YEAR,
    ZEROS,
)
from warehouse.schema.text import fold, words

LONGEST_TITLE = 160  # characters: what is longer is a sentence, whose end is no unit but after the date of a form


class Unit(NamedTuple):
    """Pesos per printed unit, and the line that says so: null where nothing does, and pesos are taken.

    `multiplier` is 0 where the currency is another; `bare` where only the currency is said, and no scale.
    """

    multiplier: int
    text: str | None
    bare: bool = False


OTHER_CURRENCY = 0

_FOREIGN = rf"(?P<foreign>(?:{SCALE} de )?{FOREIGN})"
_SCALED = rf"(?P<scale>{SCALE})(?: de)? (?:pesos\b|moneda nacional\b|m\.? ?n\b|mxn\b|mxp\b|\$)"
_PESOS = r"(?P<pesos>pesos)"
_SHORT = rf"(?P<short>{SHORT_UNIT})"
_LOOSE = rf"(?:(?:mxn|m\.? ?n\.?|pesos|\$)[ ,:(]*(?:en )?)?(?P<loose>{SCALE})(?! de (?!pesos|millones))"
_ZEROS = rf"(?P<zeros>{ZEROS})"
_NATIONAL = rf"(?P<national>{NATIONAL})"
_REFERENCE = rf"(?P<reference>{REFERENCE_UNIT})"

_STRICT = rf"(?:{_FOREIGN}|{_SCALED}|{_PESOS}|{_SHORT})"
_ANY = rf"(?:{_FOREIGN}|{_SCALED}|{_SHORT}|{_LOOSE}|{_ZEROS}|{_NATIONAL}|{_PESOS})"
_ALONE = rf"(?:{_FOREIGN}|{_REFERENCE}|{_SCALED}|{_SHORT}|{_LOOSE}|{_ZEROS}|{_NATIONAL}|{_PESOS})"
_TAIL = (
    r"(?:[\s,;.()/:-]*\b(?:mexicanos|corrientes|constantes|nominales|reales|pesos|de|del|ano|a|precios|moneda|nacional|m\.? ?n|mxn|y|al?"
    rf"|(?:\d\d? de )?{MONTH_NAME}|porcentajes?|por ?cientos?|sin centavos|con centavos|sin decimales|con (?:un|dos) decimal(?:es)?|redondead[oa]s|base|{YEAR})\b\.?|\s*\(?\$\)?)*"
)
_LEAD = (
    rf"(?:(?:todas |todos |la totalidad de )?(?:las |los |el |la )?{FIGURES}\b[^.;()\d]{{0,60}}?\s*)?"
    rf"(?:(?:se |son |estan |vienen )?{EXPRESSED}\s*)?(?:(?:unidad(?:es)?(?: de medida| monetaria)?|moneda|escala|nota)\s*[:=.-]?\s*)?(?:en|:|de)?\s*(?:{SHORT_UNIT}\s*[:=]\s*)?"
)
_NOT_AMOUNT = re.compile(rf"(?:^|[^a-z])(?:{NUMBER_WORD}|y)[\s.]*$")
_DATE = rf"\b{MONTH_NAME} (?:del? )?{YEAR}"
_AFTER_DATE = re.compile(rf"{_DATE}\W*$")  # `al 30 de junio de 2019 PESOS`: the year counts no pesos

_BARE_LINE = re.compile(rf"^\W*{SCALE}\b")
_GOES_ON = re.compile(r"\b(?:de|hasta|por|los|las|en|a)\W*$")
_MARK = r"(?:\(?(?:\d{1,2}|[a-z])(?:/|\.|\))\s)?"  # of a note: `1/ Millones de pesos`
_WHOLE = re.compile(rf"^[^\w$(€]*{_MARK}\(?{_LEAD}{_ALONE}{_TAIL}[^\w$]*$")
_BRACKETS = re.compile(rf"[(\[]\s*{_LEAD}{_ANY}{_TAIL}\W*[)\]]")
_SENTENCE = re.compile(
    rf"\b(?:{FIGURES}|presupuesto)\b[^.;]{{0,80}}?(?:\ben|:)\s+{_STRICT}\b"
    rf"|\b(?:{EXPRESSED})\s+en\s+(?:{_STRICT.replace('?P<', '?P<x')})\b"
)
_SENTENCE_LOOSE = re.compile(rf"\b(?:{FIGURES})\b[^.;]{{0,80}}?\ben\s+(?P<loose>{SCALE})\s*(?:[.,;)]|$)")
_END = re.compile(rf"(?:^|[-–—,:.|/]\s*|\ben\s+|\s)(?:{_SCALED}|{_SHORT}|{_ZEROS}|(?<=en ){_FOREIGN}){_TAIL}\W*$")
_END_PESOS = re.compile(rf"(?:[-–—,:|/]\s*(?:en )?|\ben\s+){_PESOS}{_TAIL}\W*$")
_END_DATED = re.compile(rf"{_DATE}\W+(?:{_SCALED}|{_SHORT}|{_PESOS}){_TAIL}\W*$")
_TWO_SCALES = re.compile(
    rf"\bpesos\W+(?:y|o|e)\W+(?:en )?(?P<scale>{SCALE})(?: de)? pesos\b"
)  # which figures are which?
_LIMITS = re.compile(r"\b(?:maxim|minim|adjudicacion|limite|tope|multas?|sancion|umbral|rango)")
_PARTS = re.compile(r"\s{2,}|\n")
# Scales as some print them: `Mls. de pesos`, `Mill. $`, `Thousands of pesos`.
_SHORTENED = (
    (re.compile(r"\bm(?:i?l|ls|lrs)\b\.?(?=,? ?(?:de |of )?(?:pesos|\$))(?<!mil)"), "miles"),
    (re.compile(r"\bm(?:il|l)l(?:on|ns?|s)?\b\.?(?=,? ?(?:de |of )?(?:pesos|\$))"), "millones"),
    (re.compile(r"\bthousands? of\b"), "miles de"),
    (re.compile(r"\bmillions? of\b"), "millones de"),
    (re.compile(r"\bthousands\b"), "miles"),
    (re.compile(r"\bk ?(?:mxn|mxp|m\.? ?n\b|pesos)"), "miles de pesos"),
    (re.compile(r"\bm{1,2} ?(?:mxn|mxp)\b"), "millones de pesos"),
    (re.compile(r"\bmillions\b"), "millones"),
)

# Of a header, a format or a cell: words, wherever they stand.
_TOKENS = re.compile(
    rf"\b(?:(?P<foreign>(?:{SCALE} de )?(?:{FOREIGN}))|(?P<reference>umas?|unidades de medida y actualizacion|salarios minimos)"
    rf"|(?P<scale>{SCALE})(?: de| en)? pesos|(?P<short>mmdp|mdp|m d p)|(?P<loose>{SCALE})(?! de (?!pesos|millones))|(?P<national>m n|mn|mxn|mxp|moneda nacional)"
    r"|(?P<pesos>pesos))\b"
)
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SCALE_WORD = re.compile(
    rf"\b{SCALE}\b(?=(?: de)? (?:pesos|millones|dolares|mdp|m\.? ?n\b|mxn\b|\$)|\W*$|\s*\))|\b{SHORT_UNIT}(?!\w)|{ZEROS}|\b[km]{{1,2}}\$"
    r"|\b(?:dolares|usd|dlls|euros|udis|thousands|millions|m{1,2}[dm]?p|m{1,2}dd)\b|\(k\)|(?:\bx|\b1:) ?1[,.]?000\b"
)
_GLUED = re.compile(rf"^\W*[\d.,'’´ ]*\d\s*(?P<unit>{GLUED_UNIT})\W*$", re.IGNORECASE)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_LITERALS = {"m": 10**6, "mm": 10**6, "k": 1_000}
_SCALING = re.compile(r"[0#?](,+)(?=[^0#?,]|$)")
_COLOURS = re.compile(r"\[[^\]$]*\]")


def unit_of(*texts: str | None) -> Unit:
    """The unit named nearest the table: texts are given nearest first, several lines each."""
    for text in texts:
        for line in reversed((text or "").splitlines()):
            if units := units_in(line, title=True):
                return units[-1]
    return Unit(1, None)


@lru_cache(maxsize=100_000)
def units_in(text: str | None, *, title: bool, brackets: bool = True) -> tuple[Unit, ...]:
    """The units that a line of text says, part by part where wide gaps part it. `title` where its end may be one too:
    a title, a header, the head of a page; `brackets` where words in brackets may be one within others.

    Elsewhere, a line that is nothing but `millones de pesos` may be the end of a sentence: only a capital tells.
    """
    units: list[Unit] = []
    for part in _PARTS.split(text or ""):
        folded = _spelled(fold(part))
        if not folded or _LIMITS.search(folded):
            continue
        if two := _TWO_SCALES.search(folded):
            units += [Unit(1, part.strip()), Unit(SCALES[two["scale"]], part.strip())]
            continue
        match = _in_line(folded, title=title, brackets=brackets)
        if match and (title or not _ends_sentence(match, part)):
            units.append(_unit(match, part.strip()))
    return tuple(units)


def _spelled(folded: str) -> str:
    """A folded line with its scales written out."""
    for pattern, scale in _SHORTENED:
        folded = pattern.sub(scale, folded)
    return folded


def ends_in_number(text: str | None) -> bool:
    """Whether the line after this one may begin with `millones de pesos` and say no unit."""
    return bool(_NOT_AMOUNT.search(fold(text)) or _GOES_ON.search(fold(text)))


def begins_with_scale(unit: Unit) -> bool:
    """Whether a unit's line might be the end of an amount that the line before began."""
    return bool(_BARE_LINE.match(fold(unit.text)))


def _ends_sentence(match: re.Match[str], shown: str) -> bool:
    bare = _BARE_LINE.match(match.string)
    return bool(bare) and ("loose" in _said(match) or shown.lstrip(" *")[:1].islower())


def _in_line(folded: str, *, title: bool, brackets: bool) -> re.Match[str] | None:
    patterns = [
        _WHOLE,
        *([_BRACKETS] if brackets else []),
        _SENTENCE,
        _SENTENCE_LOOSE,
        *([_END_DATED] if title else []),
        *([_END, _END_PESOS] if title and len(folded) <= LONGEST_TITLE else []),
    ]
    for pattern in patterns:
        for match in pattern.finditer(folded):
            before = folded[: _begin(match)]
            if not _NOT_AMOUNT.search(before) or _AFTER_DATE.search(before):
                return match
    return None


def _begin(match: re.Match[str]) -> int:
    """Where the unit itself begins."""
    return min(match.start(name) for name, value in match.groupdict().items() if value is not None)


def _said(match: re.Match[str]) -> dict[str, str]:
    return {name.removeprefix("x"): value for name, value in match.groupdict().items() if value is not None}


def _unit(match: re.Match[str], text: str) -> Unit:
    words_of = _said(match)
    if "foreign" in words_of or "reference" in words_of:
        return Unit(OTHER_CURRENCY, text)
    if "scale" in words_of or "loose" in words_of:
        return Unit(SCALES[words_of.get("scale") or words_of["loose"]], text)
    if "short" in words_of:
        return Unit(SHORT_UNITS[re.sub(r"[. ]", "", words_of["short"])], text)
    if "zeros" in words_of:
        return Unit(1_000 ** (words_of["zeros"].count("000")), text)
    return Unit(1, text, bare="national" in words_of)


@lru_cache(maxsize=100_000)
def unit_of_header(header: str | None) -> Unit | None:
    """The unit that the header of a column says, its lowest level first: `Aprobado (mdp)`, `MONTO_APROBADO_MILES`."""
    for level in reversed((header or "").split(" | ")):
        unit = next(iter(units_in(level, title=True)), None) or _by_token(_HUMPS.sub(" ", level), level)
        if unit:
            return unit
    return None


def _by_token(text: str, shown: str) -> Unit | None:
    plain = words(text)
    if _LIMITS.search(plain):
        return None
    matches = [match for match in _TOKENS.finditer(plain) if not _NOT_AMOUNT.search(plain[: match.start()])]
    return _unit(matches[-1], shown.strip()) if matches else None


def names_units(header: str | None) -> bool:
    """Whether a column with this header holds the unit of each row: `unidad_medida`, `Moneda`."""
    return bool(UNIT_COLUMN.match(words(header)))


@lru_cache(maxsize=10_000)
def unit_of_cell(text: str | None) -> Unit | None:
    """The unit that a cell of a column of units says, and nothing else."""
    folded = fold(text)
    match = _WHOLE.match(folded) or re.match(r"^(?P<pesos>pesos?)$", folded)
    return _unit(match, folded) if match else None


def unit_glued(text: str) -> Unit | None:
    """The unit that is printed with a figure: `501.4 M`."""
    match = _GLUED.match(text)
    if match is None:
        return None
    return Unit(GLUED_UNITS[fold(match["unit"]).removesuffix(" de pesos").rstrip(".")], text.strip())


class NumberFormat(NamedTuple):
    """What a number format says beside digits: the unit in its words, if any, and by how much it divides what is stored."""

    unit: Unit | None
    divisor: int


@lru_cache(maxsize=2_000)
def read_format(code: str | None) -> NumberFormat:
    """The words and the scale of a number format of a spreadsheet, by its first section."""
    if not code:
        return NumberFormat(None, 1)
    section = _first_section(code)
    literal = _literal(section)
    scaling = _SCALING.search(_LITERAL.sub("", _COLOURS.sub("", section)))
    divisor = 1_000 ** len(scaling[1]) if scaling else 1
    short = _LITERALS.get(fold(literal).strip(" ."))
    unit = Unit(short, code) if short else _by_token(literal, code) or next(iter(units_in(literal, title=True)), None)
    return NumberFormat(unit._replace(text=code) if unit else None, divisor)


def _literal(section: str) -> str:
    r"""The words of a section: quoted ones, and letters that are escaped one by one (`\m\d\p`)."""
    parts, end = [], 0
    for match in _LITERAL.finditer(section):
        parts += [" " if match.start() != end else "", match[1] if match[1] is not None else match[2] or match[3]]
        end = match.end()
    return "".join(parts).strip()


def _first_section(code: str) -> str:
    quoted = False
    for at, char in enumerate(code):
        quoted ^= char == '"'
        if char == ";" and not quoted:
            return code[:at]
    return code


@lru_cache(maxsize=100_000)
def hints_at_scale(text: str | None) -> bool:
    """Whether a text has a word of a scale or another currency that is not part of an amount, whatever it says with it."""
    folded = _spelled(fold(text))
    return any(not _NOT_AMOUNT.search(folded[: match.start()]) for match in _SCALE_WORD.finditer(folded))
