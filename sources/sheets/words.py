"""What the words of a sheet's cells say: which of them are headers, titles, units, closing words, and a person's data.

Whether a column is money is in `warehouse.schema.column_kind`; which budget stage a header names is for `transforms`.
"""

import re
from functools import lru_cache

from warehouse.schema.lexicon import CLOSES_TABLE, PESOS, SUBTABLE, UNIT_ALONE
from warehouse.schema.text import fold

_LONGEST_HEADER = 200

_LINK = re.compile(r"hipervinculo|\burl\b|\bliga\b|^https?:")
# Columns with data of persons, which are refused. Names of companies and of bodies stay: see `sources.sheets.table.personal`.
_PERSONAL = re.compile(
    r"\bcurp\b|\bapellidos?\b|\bdomicilio|\bvialidad\b|\basentamiento\b|^calle\b|^colonia\b|\bnumero (?:exterior|interior)\b|\bcodigo postal\b"
    r"|^correos?\b|\bcorreo electronico\b|\be-?mail\b|\btelefonos?\b|\bcelular\b|^sexo\b|^genero\b|\bestado civil\b|\bfecha de nacimiento\b|\bnss\b|\bnumero de seguridad social\b"
    r"|\bclabe\b|\bcuenta bancaria\b|\bnacionalidad\b|\bfirma autografa\b"
)
_PERSON_NAME = re.compile(
    r"^nombres?\s?\(s\)|\| nombres?\s?\(s\)|\bnombres?(?: \(s\)| completo)? del? (?:la |el |los |las |\(la\) |l[ao]\(s\) )*(?:servidor|persona|funcionari|emplead|trabajador|titular|beneficiari|responsable|representante|comisionad|becari|alumn|contacto|prestador|denunciante)"
    r"|\bnombre completo\b|\brepresentante legal\b|\bnombre y apellidos?\b"
)
_HOLDER = re.compile(r"\bproveedor|\bcontratista|\brazon social\b|\bbeneficiari[oa]|\bprestador|\badjudicad[oa]\b")
_RFC = re.compile(r"\brfc\b|\bregistro federal de contribuy")
_NAME = re.compile(
    r"concepto|denominaci|cuenta|rubro|partida|capitulo|clave|codigo|^n o m b r e$|^nombre$|^descripcion$|^(?:activo|pasivo|gastos|ingresos|egresos|origen|aplicacion)\b"
)
_HEADER = re.compile(
    r"concepto|aprobad|modificad|devengad|pagad|ejercid|comprometid|recaudad|estimad|monto|importe|saldo|total|presupuest|subejercicio|ampliaci|diferencia|egreso|ingreso|denominaci|descripci|clave|codigo|partida|valor|enero|anual|ejercicio|asignad|autorizad|variaci"
)
_FOOTER = re.compile(
    r"bajo protesta|^(?:elabor|autoriz|revis|vo\. ?bo|nota[s:]|fuente:|\*|¹)|^firma|^(?:c|l)\.p\.|director(?:a)? general$"
)
_TITLE = re.compile(
    rf"estado analitico|ente publico|\(?{PESOS}\)?$|cuenta publica|\bdel \d|\bal \d{1, 2} de|clasificacion|^formato|^anexo|^presupuesto de|^poder |^gobierno|^municipio|cifras en|(?:miles|millones) de pesos|sector:|fecha:"
)


@lru_cache(maxsize=4096)
def personal_kind(header: str) -> str | None:
    """`data` for a column of personal data, `name` for names of persons, `rfc` for tax numbers, `holder` for suppliers."""
    text = fold(header)
    if len(text) > _LONGEST_HEADER or SUBTABLE.search(text):
        return None
    if _PERSONAL.search(text):
        return "data"
    if _RFC.search(text):
        return "rfc"
    if _PERSON_NAME.search(text):
        return "name"
    return "holder" if _HOLDER.search(text) else None


def is_link(header: str) -> bool:
    """Whether a text is an address, or the header of a column of addresses."""
    return bool(_LINK.search(fold(header)))


def names_lines(header: str) -> bool:
    """Whether a column with this header names what the amounts to its right are."""
    return bool(_NAME.search(fold(header)))


def is_header_word(text: str) -> bool:
    """Whether a short text has a word that headers have."""
    return len(text) < 160 and bool(_HEADER.search(fold(text)))


def is_title(text: str) -> bool:
    """Whether a text stands over a table: what it states, of whom, of when, in which unit."""
    return bool(_TITLE.search(fold(text)))


def is_unit(text: str) -> bool:
    """Whether a text only says in what amounts are expressed: `Miles de pesos`, `(Cifras en pesos)`."""
    return bool(UNIT_ALONE.match(fold(text)))


def is_footer(text: str) -> bool:
    """Whether a text closes a statement: the oath, signatures, notes."""
    return "__" in text or bool(_FOOTER.search(fold(text)))


def is_total(text: str) -> bool:
    """Whether a label closes a table: `Total del Gasto`, `T O T A L E S`, `III. Total de Egresos`."""
    return bool(CLOSES_TABLE.search(fold(text)))
