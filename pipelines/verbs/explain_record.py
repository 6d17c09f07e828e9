"""`peso explain` of a record of a ledger: what each of its cells says and where, what is withheld, and what it is joined to, in Spanish."""

from collections.abc import Iterator

from pipelines.home import Home
from pipelines.work.record_cells import record_cells
from warehouse.ask import ledgers
from warehouse.ask.ledgers import LedgerRecord
from warehouse.ask.query import Ask
from warehouse.schema.ledger_terms import CELL_EXCLUSIONS, CELL_TYPES, LEDGER_REASONS, LINK_OUTCOMES, LINK_STRENGTHS
from warehouse.schema.money import pesos
from warehouse.schema.vocabulary import STAGES
from warehouse.store.session import Row


def record_explanation(home: Home, ask: Ask, record: LedgerRecord) -> Iterator[str]:
    """The chain of one record as lines of text; its document is told by whoever asks."""
    row = record.row
    yield f"Registro {record.key} (core.{record.kind})"
    yield f"  {LEDGER_REASONS[row['reason']].es}"
    yield f"  hoja o parte {row['page']}, lugar {row['place']}"
    cells = record_cells(home, record)
    yield "Celdas"
    for cell in cells:
        if cell["type"]:
            yield f"  {_header(cell)}: «{cell['source_text']}» en {cell['place']} de {cell['page']} ({CELL_TYPES[cell['type']].es.lower()}, campo {cell['field']})"
    yield from _left_out(cells)
    joined = ledgers.links(ask, record.key)
    if joined:
        yield "Enlaces"
    yield from (f"  {_link(link, record.key)}" for link in joined)


def _header(cell: Row) -> str:
    text = " ".join(str(cell["header"]).split())
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


_SHOWN = 60


def _left_out(cells: list[Row]) -> Iterator[str]:
    """Why the other cells have no type, counted, with their headers; never with their text."""
    for reason in dict.fromkeys(cell["exclusion"] for cell in cells if cell["exclusion"]):
        mine = [cell for cell in cells if cell["exclusion"] == reason]
        headers = "; ".join(dict.fromkeys(_header(cell) for cell in mine))
        yield f"  {CELL_EXCLUSIONS[reason].es}: {len(mine)} celdas ({headers})"


def _link(link: Row, key: str) -> str:
    other = link["to_id"] if link["from_id"] == key else link["from_id"]
    kind = link["to_kind"] if link["from_id"] == key else link["from_kind"]
    sums = ""
    if link["to_amount"] is not None:
        stage = STAGES[link["stage"]].es.lower() if link["stage"] else "sin momento"
        total, printed, left = (pesos(int(link[name] * 100)) for name in ("sum_amount", "to_amount", "difference"))
        sums = f"; la suma {total} frente a {printed} ({stage}), diferencia {left}"
    return f"{kind} {other}: {LINK_STRENGTHS[link['strength']].es.lower()}, regla {link['rule']}{sums}; {LINK_OUTCOMES[link['outcome']].es.lower()}"
