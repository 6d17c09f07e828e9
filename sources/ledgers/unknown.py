"""Sheets that no profile fits and that are no budget all the same: transparency formats of something else, contracts under headers of a body's own.

Their amounts are no budget lines, so they are refused by name. Only words of headers; which profile a sheet is of is decided in `recognise`.
"""

import re
from collections.abc import Sequence

from sources.sheets.formats.grid import SheetGrid
from warehouse.schema.text import words

_TOP_ROWS = 15
_MONEY_CODE = "6"  # what the platform writes over a column of amounts, in the row of types
# The columns that end every transparency format, with or without its title.
_TAIL = re.compile(r"^(?:fecha de (?:validacion|actualizacion)|areas? ?s? responsables?\b.*informacion)")
_BUDGET = re.compile(r"\b(?:capitulos?|partidas?|presupuestos?|ingresos?|egresos|deuda)\b")
_OF_OTHERS = re.compile(
    r"\b(?:contrat(?:o|os|ista|istas)|proveedor(?:es|as?)?|licitacion(?:es)?|adjudica\w*|expediente|beneficiari[oa]s?|apellidos?|encargo|viaticos"
    r"|campanas?|tramites?|requisitos|servidor(?:es)?)\b"
)
# What a list of contracts says in its headers; a budget may say one or two of these.
_CONTRACTS = (
    re.compile(r"\b(?:numero|no|num|clave|codigo|folio)\b.*\bcontrato\b|^contrato$"),
    re.compile(r"\b(?:proveedor|contratista|adjudicad[oa]|razon social)\b"),
    re.compile(
        r"\b(?:tipo|modalidad|numero|no|forma) (?:de |del )?(?:la )?(?:procedimiento|adjudicacion|licitacion|contratacion|expediente)\b|^modalidad$"
    ),
    re.compile(r"\bfechas? (?:de )?(?:la )?(?:firma |celebracion |adjudicacion )?(?:de |del )?contrato\b"),
    re.compile(r"\b(?:monto|importe|valor|precio)\b.*\bcontrat"),
    re.compile(r"\b(?:licitantes|cotizaciones|concursantes)\b"),
)
# What a list of payments says beside whom it names.
_INVOICE = re.compile(r"\bfacturas?\b|\bcfdi\b|\bfolio fiscal\b|\bcomprobante fiscal\b")
_PAYEE = re.compile(r"\b(?:proveedor|beneficiari[oa]|emisor|prestador|razon social)\b")
_LEAST_SIGNS = 3
_OCID = frozenset({"ocid", "open contracting id"})


def is_no_budget(grid: SheetGrid, form: str | None) -> bool:
    """Whether a sheet without a profile must not be read as a budget. `form`: title and short name of a transparency format."""
    rows = [grid.rows[row] for row in sorted(grid.rows)[:_TOP_ROWS]]
    headers = [[words(cell.text) for cell in row.values()] for row in rows]
    tailed = next((row for row in headers if sum(bool(_TAIL.match(text)) for text in row) > 1), None)
    if form is None and tailed is None:
        return any(_lists_contracts(row) for row in headers)
    has_money = form is None or any(cell.text == _MONEY_CODE for row in rows[:5] for cell in row.values())
    texts = tailed or [text for row in headers if len(row) > 1 for text in row]
    return not has_money or any(map(_OF_OTHERS.search, texts)) or not any(map(_BUDGET.search, texts))


def _lists_contracts(headers: Sequence[str]) -> bool:
    """Whether a row of headers is of contracts, of invoices, or of processes in the terms of OCDS."""
    signs = [any(map(sign.search, headers)) for sign in _CONTRACTS]
    invoices = any(map(_INVOICE.search, headers)) and any(map(_PAYEE.search, headers))
    return not _OCID.isdisjoint(headers) or invoices or sum(signs) >= _LEAST_SIGNS or all(signs[:2])
