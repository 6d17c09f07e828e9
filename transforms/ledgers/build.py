"""The ledgers of a whole corpus: their tables, their links to budget lines, and what these prove. The order of the work, nothing else."""

from collections.abc import Mapping

import pandas as pd

from transforms.ledgers.commitment_status import commitment_status
from transforms.ledgers.indicators import commitments, indicators, observations, publications
from transforms.ledgers.items import item_check
from transforms.ledgers.links import coded_lines, link
from transforms.ledgers.procurement import procurement
from transforms.ledgers.programmes import link_programmes
from transforms.ledgers.proof import prove, with_proof
from transforms.ledgers.publishing import document_calendar
from transforms.ledgers.rates import procedure_rate
from transforms.ledgers.request_series import request_series
from transforms.ledgers.requests import declared_links, requests
from transforms.ledgers.routes import money_route, transfers
from transforms.ledgers.series import indicator_series
from transforms.ledgers.trace import line_trace
from transforms.ledgers.works import link_works, work_gap, works
from warehouse.schema import TABLES
from warehouse.schema.ledgers import LEDGER_CORE, LINE_TRACE
from warehouse.schema.oversight import FOLLOWED_CORE
from warehouse.schema.raw import RAW_RECORD

Frames = dict[str, pd.DataFrame]
AMOUNT_COLUMNS = ("line_id", "stage", "amount_centavos", "verified")
LINE_RECORDS = ("budget",)  # the ledgers whose records say period and code of budget lines


def has_ledgers(records: pd.DataFrame) -> bool:
    """Whether there is more than what budgets say of their own lines: most homes hold budgets alone, and joins of nothing take seconds."""
    return not records["ledger"].isin(LINE_RECORDS).all()


def without_ledgers() -> Frames:
    """The tables of ledgers where there is none."""
    return {table.name.removeprefix("core."): table.frame() for table in (*LEDGER_CORE, *FOLLOWED_CORE)}


def with_ledgers(core: Frames, records: pd.DataFrame) -> Frames:
    """`core` with the tables of ledgers, and with the amounts that these prove.

    `core` has document, line, amount and reconciliation; `records` is `raw.record` of the documents in it.
    """
    if not has_ledgers(records):
        return core | without_ledgers()
    core = {name: joinable(name, frame) for name, frame in core.items()}
    ledgers = procurement(records, core["document"])
    links = link(coded_lines(core, RAW_RECORD.frame() if records.empty else records), core["amount"], ledgers)
    every_work = works(records, core["document"])
    amounts, attempts = prove(core["amount"], core["line"], links)
    proven = {
        "contract": with_proof(ledgers["contract"], "contract_id", links),
        "payment": with_proof(ledgers["payment"], "payment_id", links),
        "reconciliation": pd.concat([core["reconciliation"], attempts], ignore_index=True),
    }
    followed = {
        "work": every_work,
        "indicator": indicators(records, core["document"]),
        "commitment": commitments(records, core["document"]),
        "request": requests(records, core["document"]),
        "publication": publications(records, core["document"]),
        "observation": observations(records, core["document"]),
        "transfer": transfers(records, core["document"]),
    }
    to_works = link_works(proven["contract"], every_work)
    of_programmes = link_programmes(followed["indicator"], core)
    whole = core | ledgers | proven | followed | {"amount": amounts}
    declared = declared_links(followed["request"], whole)
    return whole | {"link": pd.concat([links, to_works, of_programmes, declared], ignore_index=True)}


def joinable(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame of `core`; pandas cannot join texts of a stored table that has no rows, and can those of a new one."""
    return TABLES[f"core.{name}"].frame() if frame.empty and f"core.{name}" in TABLES else frame


def ledger_views(core: Mapping[str, pd.DataFrame], records: pd.DataFrame) -> Frames:
    """The `out` frames of ledgers, by the part of their name after the stage. `records` are those of `LINE_RECORDS`; of the amounts,
    AMOUNT_COLUMNS are looked at.
    """
    documents = core["document"]
    charged = len(core["contract"]) or len(core["payment"])
    return {
        "line_trace": line_trace(coded_lines(core, RAW_RECORD.frame() if records.empty else records), core)
        if charged
        else LINE_TRACE.frame(),
        "work_gap": work_gap(core["work"]),
        "procedure_rate": procedure_rate(core["procedure"], documents),
        "money_route": money_route(core),
        "indicator_series": indicator_series(core["indicator"], documents),
        "item_check": item_check(core),
        "request_series": request_series(core["request"], documents),
        "document_calendar": document_calendar(core["publication"], documents),
        "commitment_status": commitment_status(core["commitment"], documents),
    }
