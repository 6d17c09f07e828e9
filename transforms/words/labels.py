"""What the label of a row is made of: code, name, numbering, and the attributes in its label cells.

Words only. Which codebook a code belongs to is for `codes`; which row contains which, for `transforms.core.tree`.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from transforms.words.states import government_key
from warehouse.schema.text import fold

# What a label cell holds, by its header. Order matters: the first pattern that fits decides.
_ROLES = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("year", r"^(ano|anio|ejercicio|ejercicio fiscal)$"),
        ("government", r"^(estado|entidad|entidad federativa|id_entidad|cve_ent|id_estado|clave entidad|municipio|id_municipio)$"),
        ("topic", r"^tema$"),
        ("level", r"^(categoria|nivel|level)$"),
        ("attribute", r"^(observaciones|estatus|status|prod_est|cobertura|nota|notas|fuente)$"),
        ("funding", r"^(fuente( de)? financiamiento|fondo|ff)$"),
        ("economic", r"^(tg|tipo( de)? gasto)$"),
        ("unit_code", r"^(ur|clave (de )?ur|u\.r\.)$"),
        ("programme", r"\bprograma\b|\bproyecto\b|\bproceso\b"),
        ("body", r"\bdependencia|\bunidad responsable|\bente publico\b|\bentidad\b|\borganismo"),
        ("code", r"^(clave|codigo|code|cog|partida|cap\.?|capitulo|concepto/partida|cri|cfg|cve\.?|id|no\.?|num\.?|clave presupuestaria)$"),
    )
)  # fmt: skip

_ANY_ENTITY = re.compile(r"^entidad$")
# A column of the register's own keys, as INEGI publishes them beside no name.
_REGISTER_KEY = re.compile(r"^(?:id|cve|clave|cvegeo)(?![a-z])|_id$")
_NUMBER = r"\d{1,6}(?:\.\d{1,4})*"
_CODE_CELL = re.compile(
    rf"^(?:{_NUMBER}|[A-Z]{{1,4}}\d{{0,6}}(?:\.[A-Z]?\d{{1,3}})*|\d{{1,4}}(?: +(?:\d{{1,4}}|[A-Z]))+)\.?$"
)
# A cell that is only a key: 31N, 01.02N, A-12. Formats carry such helper columns beside the printed label.
_KEY_CELL = re.compile(r"^(?=\S{1,12}$)[A-Za-z]{0,4}[\d.\-]*\d[A-Za-z]{0,2}\.?$")
_NUMBER_NAME = re.compile(rf"^({_NUMBER})\s*[.)\-–:]*\s+(\S.*)$")
_PATH_NAME = re.compile(r"^(\d{1,4}(?: +(?:\d{1,4}|[A-Z](?= \d)))+)\s+(\D.*)$")
_PROGRAMME_NAME = re.compile(r"^([A-Z]{1,3}\d{3,4}(?:\.[A-Z]?\d{1,3})*)\b[\s.\-–:]*(.*)$")
_PREFIXED_NAME = re.compile(r"^((?:COG|CFG|CRI)\s?\d{1,5})\b[\s.\-–:]*(.*)$")
_TAG_NAME = re.compile(r"^([IVXLC]{1,5}|[A-Z]\d{0,2}(?:\.\d)?|[a-z]\d{1,2}(?:\.\d{1,2})?)\s?(?:[.:]\s+|\)\s*)(\S.*)$")
_TAG_BARE = re.compile(r"^([A-Z]\d{1,2}(?:\.\d)?)\s+(\S.*)$")
_ROMAN = re.compile(r"^(?=.)X{0,3}(?:IX|IV|V?I{0,3})$")

# 'De los cuales', and what a page carries over to the next: sums that stand in the table already.
MEMO = re.compile(
    r"^\W*(?:de|del) (?:los |las |la )?cual(?:es)?\b|^cuentas? de orden|^informativ"
    r"|^\W*(?:(?:sub ?total|total|suma|importe)\W+)?(?:que )?(?:(?:vienen?|pasan?)\b.{1,20}|(?:de|a) la (?:hoja |pagina )?)\b(?:anterior|siguiente|vuelta)\b"
    r"|^\W*(?:suma(?:s|n)?|total) (?:y )?(?:sigue|pasa)n?\W*$"
)


class Label(NamedTuple):
    """`code` as printed; `scheme` is digits, path, programme, prefixed, roman, upper, lower, pair or none."""

    code: str | None
    name: str | None
    scheme: str


class Cells(NamedTuple):
    """The label cells of a row by role; `label` is what names the row."""

    label: Label
    year: int | None = None
    government: str | None = None
    topic: str | None = None
    level: str | None = None
    body: str | None = None
    programme: str | None = None
    funding: str | None = None
    economic: str | None = None


NO_LABEL = Label(None, None, "none")


@lru_cache(maxsize=100_000)
def is_called(kind: re.Pattern[str], name: str | None) -> bool:
    """Whether a row's name is of a kind: `lexicon.TOTAL`, `lexicon.SUBTOTAL` or MEMO."""
    return bool(kind.search(fold(name)))


@lru_cache(maxsize=20_000)
def role_of(header: str | None) -> str | None:
    """What a label cell holds by its header's lowest level; None is plain label text."""
    lowest = fold((header or "").split(" | ")[-1])
    return next((role for role, pattern in _ROLES if lowest and pattern.search(lowest)), None)


@lru_cache(maxsize=500_000)
def split_label(text: str | None) -> Label:
    """Code and name of a label printed as one text."""
    text = " ".join((text or "").split())
    if not text:
        return NO_LABEL
    if _CODE_CELL.match(text) and (any(c.isdigit() for c in text) or len(text) < 2):
        return Label(text.rstrip("."), None, _scheme(text.rstrip(".")))
    for pattern in (_PREFIXED_NAME, _PROGRAMME_NAME, _PATH_NAME, _TAG_NAME, _TAG_BARE, _NUMBER_NAME):
        match = pattern.match(text)
        if match and _plausible(match[1], match[2]):
            return Label(match[1], match[2] or None, _scheme(match[1]))
    return Label(None, text, "none")


def _plausible(code: str, name: str) -> bool:
    """Not '12 meses sin intereses' nor '2021 enero': a short or year-like number before a small letter is no code."""
    if not code[0].isdigit():
        return True
    return not name[:1].islower() or (len(code) >= 3 and not re.fullmatch(r"(19|20)\d\d", code))


def _scheme(code: str) -> str:
    if code[0].isdigit():
        return "path" if " " in code else "digits"
    if _PREFIXED_NAME.match(code):
        return "prefixed"
    if _ROMAN.match(code):
        return "roman"
    if len(code) == 1:
        return "upper" if code.isupper() else "lower"
    if re.fullmatch(r"[a-z]\d{1,2}(\.\d{1,2})?", code):
        return "lower"
    if re.fullmatch(r"[A-Z]\d{1,2}(\.\d)?", code):
        return "pair"
    return "programme"


@lru_cache(maxsize=100_000)
def read_cells(label: str | None, label_cells: str | None) -> Cells:
    """The row's label cells by role. `label_cells` is the JSON list of [header, text] that the reader wrote."""
    cells = json.loads(label_cells) if label_cells else []
    if len(cells) <= 1:
        return Cells(split_label(cells[0][1] if cells else label))
    by_role: dict[str, str] = {}
    texts: list[str] = []
    for header, text in cells:
        text = (text or "").strip()
        if not text:
            continue
        role = role_of(header)
        if role == "government" and not names_government(header, text):
            # An 'Entidad' is a state in a table of states, and a public body elsewhere: its code is the body's.
            role = None if text.isdigit() else "body" if _ANY_ENTITY.match(fold(header.split(" | ")[-1])) else role
        if role == "code" and not _CODE_CELL.match(text):
            role = None
        if role and role != "code":
            by_role[role] = f"{by_role[role]} {text}" if role in by_role and role != "government" else text
        if role is None or role == "code":
            texts.append(text)
    return Cells(
        _named(texts, by_role, label), _year(by_role.get("year")), by_role.get("government"), by_role.get("topic"),
        by_role.get("level"), by_role.get("body"), by_role.get("programme"), by_role.get("funding"), by_role.get("economic"),
    )  # fmt: skip


def names_government(header: str | None, text: str) -> bool:
    """Whether a cell says whose its row is: by a name of the register, or by its key where the header says that it is one.

    `Entidad 3001` is the third's body number one, and the key of a municipality of another state by accident.
    """
    lowest = fold((header or "").split(" | ")[-1])
    return bool(government_key(text)) and (not text.strip().isdigit() or bool(_REGISTER_KEY.search(lowest)))


def headers_of(label_cells: Iterable[str | None]) -> list[str]:
    """The headers of a table's label cells, from the left, each once."""
    for cells in label_cells:
        if cells:
            return list(dict.fromkeys(header for header, _ in json.loads(cells) if header))
    return []


def _named(texts: list[str], by_role: dict[str, str], label: str | None) -> Label:
    """The label of a row with several cells: leading code cells are its code, what follows its name."""
    if not texts:
        return split_label(by_role.get("programme") or by_role.get("body") or label)
    codes = []
    while texts and (_CODE_CELL.match(texts[0]) or _KEY_CELL.match(texts[0])) and any(c.isdigit() for c in texts[0]):
        codes.append(texts.pop(0).rstrip("."))
    if not codes and len(texts) > 1 and (re.fullmatch(r"0|\d{3,6}", texts[-1]) or _KEY_CELL.match(texts[-1])):
        codes = [code for code in [texts.pop()] if code != "0"]  # a code column on the right of the name
    split = split_label(" ".join(texts))
    if not codes or split.scheme in ("roman", "upper", "lower", "pair"):
        return split
    code = " ".join(codes)
    return Label(code, " ".join(texts) or by_role.get("programme") or by_role.get("body"), _scheme(code))


def _year(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"(19|20)\d\d", text) else None
