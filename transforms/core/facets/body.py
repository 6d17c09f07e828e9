"""Body: whose money it is. By the row of a table of many governments, the words over the table, or the catalogue.

Only a line that names a body counts: `Ente público: …`, `Municipio de …`, or the name itself; never a phrase of running text.
Where such a line names another body than the catalogue, the table belongs to neither. Finding a government that nobody
declared is for `transforms.describe`.
"""

import re
from collections.abc import Iterable
from functools import lru_cache, partial

import numpy as np

from transforms.core.arrays import Bools, Texts
from transforms.core.book_record import Book
from transforms.core.facets.facet import NONE, Codes, Facet, Said, code_of, problems
from transforms.words.states import government_key
from warehouse.schema.text import fold, words

_PUBLIC_BODY = re.compile(
    r"^\W*(?:nombre del )?(?:ente publico|entidad publica|sujeto obligado)\s*:\s*(?P<rest>.*[a-z].*)$"
)
# How a title names a government; what follows is its name.
_NAMES = re.compile(
    r"^\W*(?:h\W+)?(?:(?:gobierno|poder ejecutivo) del? (?:estado (?:libre y soberano )?del? |municipio del? )?|estado libre y soberano del? "
    r"|municipio del? |(?:h\W+)?ayuntamiento (?:constitucional )?del? )(?P<rest>[a-z].*)$"
)
# How a title names a body of its own. A ministry is not among them: it stands over the bodies of its sector on their letters.
_OWN_BODY = re.compile(
    r"^\W*(?:(?:el|la) )?(?:institut[oa]|universidad|colegio|com(?:ision)?|sistema (?:municipal|estatal|para|integral|de agua|operador|dif)|organismo"
    r"|consejo|centro|hospital|junta|patronato|tribunal|fiscalia|congreso|servicios de|fideicomiso) (?P<rest>[a-z].*)$"
)
_FIRST_LINES = 3  # over a table: there its body is named
_ALIKE = 0.5  # of the words of the shorter name that both have
_MUNICIPAL = re.compile(r"\b(?:municipio|ayuntamiento)\b")
_BETWEEN = re.compile(r"\n| · ")  # lines over a table, as they are joined in a title
_OF_STATE = 2  # digits of the key of a state
_ACRONYM_WORDS = 3  # of a name that an acronym may stand for
# Words of a name of a government that do not say which.
_PLAIN = frozenset(
    word
    for words_of_one in (
        "gobierno estado libre soberano poder ejecutivo municipio ayuntamiento constitucional presidencia municipal estatal",
        "publico publica administracion centralizada central sector h c del de la el los las y e en a para por con mexico mex consolidado",
    )
    for word in words_of_one.split()
)


def body(book: Book, keys: Texts, catalogued: Bools) -> Facet:
    """On what the body of each amount rests; `keys` are the governments that cells of the rows name, `catalogued` the
    tables whose document has an entry.
    """
    tables, cells = book.tables, book.cells
    names, superiors = tables["document_government_names"], tables["document_superior_names"]
    declared = [_of_table(*table) for table in zip(
        tables["title"], tables["context"], names, superiors, tables["document_government_id"], catalogued.tolist(), strict=True,
    )]  # fmt: skip
    r, c, t = (cells[name].to_numpy(dtype=np.int64) for name in ("r", "c", "t"))
    declared = _without_strangers(declared, tables["document_id"].tolist())
    of_table: Codes = np.array([code_of(basis) for basis, _ in declared], dtype=np.int8)
    named, other = _rows(keys, tables["document_government_id"].to_numpy(dtype=object)[book.rows["t"]])
    basis: Codes = np.where(named[r], np.int8(code_of("row")), np.where(other[r], np.int8(NONE), of_table[t])).astype(
        np.int8
    )
    in_rows = np.bincount(c[named[r]], minlength=len(book.columns)) > 0
    statements = [
        Said(n, "row") if in_rows[n] else _statement(n, declared[of], str(tables["page_first"].iat[of]))
        for n, of in enumerate(book.columns["t"].tolist())
    ]
    return Facet("body", basis, problems(basis, "body_unclear"), tuple(statements))


def _without_strangers(
    declared: list[tuple[str | None, str | None]], documents: list[str]
) -> list[tuple[str | None, str | None]]:
    """A document of which tables name another body, and none its own, is not its own by the catalogue's word alone."""
    tables = list(zip(declared, documents, strict=True))
    agreeing = {document for (basis, _), document in tables if basis in ("title", "public_body")}
    disagreeing = {document for (basis, text), document in tables if basis is None and text} - agreeing
    return [
        (None, None) if basis == "catalogue" and document in disagreeing else (basis, text)
        for (basis, text), document in tables
    ]


def _statement(c: int, declared: tuple[str | None, str | None], page: str) -> Said:
    basis, text = declared
    return Said(c, basis, page if basis not in (None, "catalogue") else None, None, text)


def _rows(keys: Texts, of_document: Texts) -> tuple[Bools, Bools]:
    """The rows whose own cell says their government, and those where it says another than the document's."""
    pairs = list(zip(keys.tolist(), of_document.tolist(), strict=True))
    answers = {pair: _fits(*pair) for pair in set(pairs)}
    fits = [answers[pair] for pair in pairs]
    return np.array([fit is True for fit in fits], dtype=bool), np.array([fit is False for fit in fits], dtype=bool)


def _fits(key: str | None, declared: str | None) -> bool | None:
    """Whether a row's government is within the document's; null where the row names none."""
    if key is None:
        return None
    state = re.match(r"\d\d", declared or "")
    if state is None:  # of the whole country, or of nobody: each row says its own, and a state is known by its key
        return len(key) == 2
    return key.startswith(state[0])


def _of_table(
    title: object,
    context: object,
    names: str | None,
    superiors: str | None,
    government_id: str | None,
    catalogued: bool,
) -> tuple[str | None, str | None]:
    """The basis and the words of one table's body; no basis where words and catalogue disagree."""
    if not government_id:
        return None, None
    called, above = tuple((names or "").splitlines()), tuple((superiors or "").splitlines())
    lines = [line for text in (title, context) if isinstance(text, str) for line in _BETWEEN.split(text)]
    state = len(government_id) == _OF_STATE
    if called:
        for basis, line in _naming(lines):
            agrees = _names_it(line, called, state=state)
            if agrees is not None and (
                agrees or not _names_it(line, above, state=True)
            ):  # the state over a body, as on its letters
                return (basis, line.strip()) if agrees else (None, line.strip())
        whole = next((line for line in lines if words(line) in {words(name) for name in called}), None)
        if whole:
            return "title", whole.strip()
        stranger = next((line for line in lines[:_FIRST_LINES] if above and _is_stranger(line, called + above)), None)
        if stranger:
            return None, stranger.strip()
    return ("catalogue", government_id) if catalogued else (None, None)


def _naming(lines: Iterable[str]) -> list[tuple[str, str]]:
    """The lines that name a body, that of `Ente público` first."""
    folded = [(line, fold(line)) for line in dict.fromkeys(lines)]
    public = [("public_body", line) for line, text in folded if _PUBLIC_BODY.match(text)]
    return public + [("title", line) for line, text in folded if _NAMES.match(text)]


@lru_cache(maxsize=20_000)
def _names_it(line: str, known: tuple[str, ...], *, state: bool) -> bool | None:
    """Whether a line that names a body names this one; null where it names none in particular. `state`: it is a state, which
    is not its municipality of the same name.
    """
    folded = fold(line)
    match = _PUBLIC_BODY.match(folded) or _NAMES.match(folded)
    rest = words(match["rest"]) if match else words(folded)
    particular = [word for word in rest.split() if word not in _PLAIN]
    if not particular and not government_key(rest):
        return None
    if state and _MUNICIPAL.search(folded):
        return False
    for name in sorted(map(words, known), key=len, reverse=True):
        its = [word for word in name.split() if word not in _PLAIN] or name.split()
        if its == particular[: len(its)] or name == rest or _is_acronym(its[0], particular):
            return True
    return False


@lru_cache(maxsize=20_000)
def _is_stranger(line: str, known: tuple[str, ...]) -> bool:
    """Whether a line names a body that is none of these: it has less than half of the words of each name, whole or cut short."""
    if not _OWN_BODY.match(fold(line)):
        return False
    its = _telling(line)
    if len(its) < _ACRONYM_WORDS - 1:
        return False
    for name in known:
        other = _telling(name)
        shared = sum(any(a.startswith(b) or b.startswith(a) for b in other) for a in its)
        if shared >= _ALIKE * min(len(its), len(other)) or any(map(partial(_begins, line), words(name).split())):
            return False
    return True


def _begins(line: str, short: str) -> bool:
    """Whether the first words of a line are those of an acronym: `… para Adultos del Estado de Gto.` goes on after them."""
    particular = [word for word in words(line).split() if word not in _PLAIN]
    return any(_is_acronym(short, particular[:n]) for n in range(_ACRONYM_WORDS, len(particular) + 1))


def _telling(name: str) -> list[str]:
    """The words of a name that tell it from others: neither what kind of body it is nor how all are called."""
    match = _OWN_BODY.match(fold(name))
    return [word for word in words(match["rest"] if match else name).split() if word not in _PLAIN and len(word) > 2]


def _is_acronym(short: str, particular: list[str]) -> bool:
    """Whether `itesg` stands for `instituto tecnologico superior guanajuato`: it has the first letter of each word, in order,
    and begins with the first. Acronyms take more letters of some words.
    """
    letters = iter(short)
    many = len(particular) >= _ACRONYM_WORDS and len(short) <= 2 * len(particular)
    return many and short[0] == particular[0][0] and all(word[0] in letters for word in particular)
