"""One line to paste under a printed number: which edition, which question or place, and the hash by which anybody can tell.

The edition is given as it names itself. A line is told by the text and the place as printed; the answer to SQL, by the sha256 of what `peso query --format csv` prints.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from warehouse.schema.vocabulary import STAGES
from warehouse.store.session import Row

_NAMED_LINES = 3
_LINE_COLUMNS = ("linea_id", "line_id")


def cite_answer(edition: str, sql: str, csv: str, rows: Sequence[Row]) -> str:
    """The citation of the rows that SQL gave; `csv` is what `peso query --format csv` prints of them, to its last line end."""
    digest = hashlib.sha256(csv.encode("utf-8")).hexdigest()
    places = _lines_of(rows)
    where = f"; {places}" if places else ""
    return f"{edition}; consulta «{' '.join(sql.split())}»; {_counted(len(rows))}{where}; sha256 del CSV {digest}."


def cite_line(edition: str, line: Row, document: Row, amounts: Sequence[Row]) -> str:
    """The citation of a line: rows of `core.line`, `core.document` and, of its amounts, `out.line_all`."""
    printed = ", ".join(f"«{amount['source_text']}» ({_stage(amount)}, {amount['place']})" for amount in amounts)
    whose = (
        " ".join(str(value) for value in (amounts[0]["government"], amounts[0]["fiscal_year"]) if value)
        if amounts
        else ""
    )
    page = f"página {line['page']}" if str(line["page"]).isdigit() else f"hoja «{line['page']}»"
    page += f" (impresa {line['printed_page']})" if line["printed_page"] not in (None, line["page"]) else ""
    title = document["title"] or document["document_id"]
    refusal = " No se cita: base secundaria o copia compuesta por el proyecto." if document["citable"] is False else ""
    return (
        f"{whose}: «{line['label']}», {printed}; {title}, {page}, sha256 {document['sha256']}; "
        f"{edition}, línea {line['line_id']}.{refusal}"
    )


def _counted(rows: int) -> str:
    return "1 renglón" if rows == 1 else f"{rows:,} renglones"


def _stage(amount: Row) -> str:
    stage = STAGES.get(amount["stage"])
    return stage.es.lower() if stage else amount["header"] or "sin encabezado"


def _lines_of(rows: Sequence[Row]) -> str:
    """Where the rows are printed, where they say it."""
    named: Any = dict.fromkeys(row[name] for row in rows for name in _LINE_COLUMNS if row.get(name))
    if not named:
        return ""
    more = f" y {len(named) - _NAMED_LINES:,} más" if len(named) > _NAMED_LINES else ""
    place = (
        f", página {rows[0]['pagina']}, lugar {rows[0]['lugar']}"
        if len(rows) == 1 and {"pagina", "lugar"} <= rows[0].keys()
        else ""
    )
    return f"líneas {', '.join(list(named)[:_NAMED_LINES])}{more}{place}"
