"""What the words of a sheet's cells say: which of them are headers, titles, units and closing words.

Whether a column is money is in `warehouse.schema.column_kind`; which budget stage a header names is for `transforms`; what
it says of persons, in `sources.personal`.
"""

import re

from warehouse.schema.lexicon import CLOSES_TABLE, PESOS, UNIT_ALONE
from warehouse.schema.text import fold

_LINK = re.compile(r"hipervinculo|\burl\b|\bliga\b|^https?:")
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
