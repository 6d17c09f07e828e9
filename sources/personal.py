"""Promise P7 at the door: what is data of a person, by the header it stands under or by its own form, in any format.

Names of companies and public bodies stay. A column that may hold both (suppliers are companies and persons) keeps the
cells that carry a company's legal form or a body's name. How a text looks that is personal under any header is in
`warehouse.schema.personal`; where the cells of a sheet lie is for `sources.sheets.table.personal`, those of a page for
`sources.pdf.personal`.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from warehouse.schema.personal import WITHHELD, has_personal

_LONGEST_HEADER = 200
_NAME_WORD = 3  # letters; shorter ones join names and everything else
_TOKEN = re.compile(r"[^\W\d_]{3,}")
# Where one word of a header ends and the next begins: `nombreProveedor`, `RFCProveedor`.
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_LETTERS = re.compile(r"[a-z]+")
# The transparency platform puts the number of a linked sheet into the header; the cells hold its row ids.
_SUBTABLE = re.compile(r"\btabla[_ ]\d{4,}", re.IGNORECASE)

# All these are of a header's words: no accents, no digits, no punctuation.
_DATA = re.compile(
    r"\bcurp\b|\bapellidos?\b|\bap (?:paterno|materno|pat|mat)\b|^(?:paterno|materno)\b|\bdomicilio|\bvialidad\b|\basentamiento\b|^calle\b|^colonia\b"
    r"|\bnumero (?:exterior|interior)\b|\bcodigo postal\b|^correos?\b|\bcorreo (?:electronico|alterno|admin|personal|institucional)\b|\be ?mail\b|\bmail\b"
    r"|^sexo\b|^genero\b|\bestado civil\b|\bfecha de nacimiento\b|\bnss\b|\bnumero de seguridad social\b"
    r"|\bclabe\b|\bcuenta bancaria\b|\bnacionalidad\b|\bfirma autografa\b"
)
_TELEPHONE = re.compile(
    r"\btel(?:efonos?|s)?\b|\bcelular(?:es)?\b|^cel\b|\bfax\b|\bwhatsapp\b|^lada\b|^extension(?: (?:de |del )?(?:admin|tel|contacto|responsable)\w*)?$"
)
# What is paid for telephones is an amount, and no telephone's number.
_PAID = re.compile(
    r"\b(?:gastos?|pagos?|importes?|montos?|servicios?|ayudas?|apoyos?|prestacion(?:es)?|costos?|telefonia)\b"
)
# What may follow `nombre` (or stand before it) where it is a person's. All else that has a name is a thing: a programme, a
# body, a partida, a unit.
_PERSON = (
    r"(?:servidor|persona|funcionari|emplead|trabajador|titular\b|beneficiari|responsable|representante|comisionad|becari|alumn|contacto|prestador"
    r"|denunciante|admin\b|administrador|solicitante|usuari[oa]|encargad|director|jef[ea]\b|docente|maestr[oa]s?\b|medico\b|paciente|pensionad|jubilad"
    r"|ciudadan[oa]s?\b|candidat|promovente|quejos|firmante|arrendador|acreedor|supervisor|enlace\b|autor\b|quien\b)"
)
_NAME = re.compile(
    rf"^nombres? s$|\bnombres?(?: s)?(?: completo)? (?:(?:de|del|el|l?[ao]s?|s) )*{_PERSON}|\b{_PERSON}\w* nombres?$"
    r"|\bnombre completo\b|\brepresentante legal\b|\bnombres?(?: s)? y apellidos?\b"
    # Persons as a header of their own: an employee, an observer. Who answers for a line may be a body, and is not here.
    r"|^(?:el |la |los |las )?(?:ocupante|empleado|trabajador|servidor(?:a|es|as)? public|observador|solicitante|interesado|becari|pensionad|jubilad|docente|comisionad)[aeos]*$"
)
_HOLDER = re.compile(r"\bproveedor|\bcontratista|\brazon social\b|\bbeneficiari[oa]|\bprestador|\badjudicad[oa]\b")
_SUPPLIER = re.compile(
    r"\bnombres?(?: s)?(?: completo)? (?:(?:de|del|el|l?[ao]s?|s) )*(?:proveedor|contratista|adjudicad|ganador)|\b(?:proveedor|contratista)\w* nombres?$"
    r"|\bnombres? o razon social\b|^beneficiari[oa]$|^(?:(?:el |la |los |las )?(?:proveedor|contratista|prestador|adjudicad|ganador|acreedor|arrendador)[aeos]*(?: de servicios?)?(?: [oyu] |$))+$"
)
_RFC = re.compile(r"\brfc\b|\bregistro federal de contribuy")
_KINDS = (("data", _DATA), ("rfc", _RFC), ("name", _NAME), ("supplier", _SUPPLIER), ("holder", _HOLDER))
_SURNAME = re.compile(r"^(?:(?:primer|segundo) )?(?:apellidos?|ap)(?: (?:paterno|materno))?$|^(?:paterno|materno)$")
_FORENAME = re.compile(r"^nombres?$")
# What only a list of persons has beside a bare name: their post, their pay, their support.
_OF_PERSONS = re.compile(
    r"^(?:puesto|cargo|plaza|categoria y puesto|sueldo|salario|percepcion(?:es)?|nomina|quincena|adscripcion|area de adscripcion|curp|edad|sexo|parentesco"
    r"|apoyo|beca|ayuda)\b(?!.*\badmin)"
    r"|\b(?:no|num|numero|clave)(?: de)? empleado\b"
)

_LEGAL_FORM = r"\bde c ?v\b|\bs ?a\b|\bs ?c$|\ba ?c$|\br ?l\b"
_BODY = re.compile(
    r"\bs ?a(?: ?p ?i)?(?: ?b)?\b|\bs (?:de|en) (?:r ?l|c)|\bs ?c\b|\ba ?c\b|\bi ?a ?p\b|\bs ?n ?c\b|sociedad|asociacion|compania|grupo|empresa|banco|seguros|comercializadora"
    r"|instituto|comision|secretaria|universidad|municipio|ayuntamiento|gobierno|direccion|organismo|fondo|sistema|consejo|servicios|tecnolog|\bcia\b|\binc\b|\bllc\b|no aplica|^n ?a$"
    r"|^(?:gran |sub ?)?total(?:es)?\b|^suma\b|^vacantes?$|\bpublico en general\b"
)
_COMPANY = re.compile(_LEGAL_FORM)
_CAPITALISED = r"[A-ZÁÉÍÓÚÑ][\wáéíóúñÁÉÍÓÚÑ]+"
_TITLED = re.compile(
    rf"(\b(?:(?:el|la|los|las|al|del)\s+)?CC?\.\s+){_CAPITALISED}(?:\s+(?:de |del |la |los |y )*{_CAPITALISED}){{1,5}}"
)
# What proves, where nothing may be guessed: a legal form as the commercial laws write them, or the name of a public body.
_LEGAL = re.compile(
    r"\bs ?a(?: ?p ?i)?(?: ?b)? ?(?:de ?)?c ?v\b|\bs ?a(?: ?p ?i)?(?: ?b)?$|\bs ?(?:de ?)?r ?l\b|\bs ?(?:en ?)?n ?c$|\bs ?c(?: ?de)?(?: ?[rpc] ?l?)?$|\ba ?c$|\bi ?a ?p$"
    r"|\bs ?p ?r\b|\bs ?a ?s(?: ?de ?c ?v)?$|\bs ?a ?b\b|\bsociedad (?:anonima|civil|cooperativa|de responsabilidad|de produccion|por acciones)|\basociacion civil\b"
    r"|\bs ?c ?l\b|\binc$|\bllc$|\bltd$"
)
_PUBLIC = re.compile(
    r"^(?:gobierno|secretaria|ayuntamiento|municipio|h ayuntamiento|instituto (?:nacional|mexicano|politecnico|estatal|tecnologico|electoral)|comision (?:federal|nacional|estatal|municipal)"
    r"|universidad|tribunal|poder (?:judicial|legislativo|ejecutivo)|congreso|tesoreria|servicio (?:postal|de administracion)|petroleos mexicanos|correos de mexico|telecomunicaciones de mexico)\b"
)
_COMPANY_RFC = re.compile(r"\s*[A-ZÑ&]{3}\d{6}[A-Z0-9]{3}\s*", re.IGNORECASE)
_PERSON_RFC = re.compile(r"(?<![0-9A-ZÑ&])[A-ZÑ&]{4}\d{6}[A-Z0-9]{2,3}(?![0-9A-Z])", re.IGNORECASE)


@lru_cache(maxsize=4096)
def personal_kind(header: str) -> str | None:
    """`data` for a column of personal data, `rfc` for tax numbers, `name` for names of persons, `supplier` for names of
    suppliers, `holder` for whatever else is said of these. `header` has its levels joined by ` | `; the highest decides.
    """
    if len(header) > _LONGEST_HEADER or _SUBTABLE.search(header):
        return None
    levels = [_words(level) for level in header.split(" | ")]
    if any(map(_TELEPHONE.search, levels)) and not any(map(_PAID.search, levels)):
        return "data"
    return next((kind for words in levels for kind, pattern in _KINDS if pattern.search(words)), None)


def personal_kinds(headers: Sequence[str]) -> list[str | None]:
    """The kind of each header of a table: `Nombre` alone is a person's where surnames, a post or pay stand beside it."""
    of_persons = any(
        _SURNAME.search(_words(header)) or _OF_PERSONS.search(_words(header))
        for header in headers
        if len(header) <= _LONGEST_HEADER
    )
    return ["name" if of_persons and _FORENAME.match(_words(header)) else personal_kind(header) for header in headers]


def kinds_in_row(kinds: Sequence[str | None], texts: Sequence[str]) -> list[str | None]:
    """The kinds of a row's cells, where the tax number says whether the supplier beside it is a person or a company."""
    numbers = [text for kind, text in zip(kinds, texts, strict=True) if kind == "rfc"]
    person = any(is_personal(text, "rfc") for text in numbers)
    company = not person and any(map(_COMPANY_RFC.fullmatch, numbers))
    decided = {"holder": "name" if person else None, "supplier": None if company else "name"}
    return [decided.get(kind, kind) if kind else None for kind in kinds]


def is_personal(text: str, kind: str | None) -> bool:
    """Whether the text of a cell is data of a person, by itself or under a header of this kind (`kinds_in_row`)."""
    if has_personal(text):
        return True
    if kind == "rfc":
        return bool(_PERSON_RFC.search(text))
    if kind == "name":
        plain = _words(text)
        return bool(plain) and not _BODY.search(plain)
    return kind == "data" and not (_BODY.search(_words(text)) and _is_company_name(text))


def without_titled_names(text: str) -> str:
    """The text with the mark in the place of each name that follows `el C.`, as running text names persons."""
    return _TITLED.sub(rf"\1{WITHHELD}", text) if "C." in text or "CC." in text else text


def without_names(text: str, names: Sequence[str]) -> str:
    """The text with the mark in the place of each name, whole or two words of it that stand together, however they are written.

    `names` are those that were withheld beside it, in the same row: what is paid for often repeats to whom.
    """
    of_names = [frozenset(word for word in _words(name).split() if len(word) >= _NAME_WORD) for name in names]
    of_names = [words for words in of_names if len(words) > 1]
    if not of_names:
        return text
    words = list(_TOKEN.finditer(text))
    folded = [_words(word[0]) for word in words]
    spans: list[tuple[int, int]] = []
    for (first, second), (word, following) in zip(pairwise(words), pairwise(folded), strict=True):
        apart = text[first.end() : second.start()]
        if word != following and not apart.strip(" ,") and any({word, following} <= name for name in of_names):
            begins = spans.pop()[0] if spans and spans[-1][1] == first.end() else first.start()
            spans.append((begins, second.end()))
    for start, end in reversed(spans):
        text = text[:start] + WITHHELD + text[end:]
    return text


def is_company_key(text: str) -> bool:
    """Whether a tax key (RFC) is a company's or a public body's: 12 places, where a person's has 13."""
    return bool(_COMPANY_RFC.fullmatch(text))


def supplier_kind(name: str, keys: Sequence[str] = ()) -> str | None:
    """`company` or `public`, where the name's legal form, its words or one of the tax keys beside it prove it; else None.

    Fails closed: a name that may be a person's, and any name beside a person's key, is not shown to be a company's.
    """
    if any(_PERSON_RFC.search(key) for key in keys):
        return None
    plain = _words(name)
    if _PUBLIC.search(plain):
        return "public"
    return "company" if _LEGAL.search(plain) or any(map(is_company_key, keys)) else None


def _is_company_name(text: str) -> bool:
    """Companies are sometimes typed into the columns of surnames."""
    return bool(_COMPANY.search(_words(text))) and not any(char.isdigit() for char in text)


@lru_cache(maxsize=16384)
def _words(text: str) -> str:
    """The words of a text as headers are compared: split at case, digits and marks; lower case, without accents."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return " ".join(_LETTERS.findall(_CAMEL.sub(" ", plain).lower()))
