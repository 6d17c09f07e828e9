"""The ledgers of a whole corpus: their tables, their links to budget lines, and what these prove. The order of the work, nothing else."""

import pandas as pd

from transforms.ledgers.links import coded_lines, link
from transforms.ledgers.procurement import procurement
from transforms.ledgers.proof import prove, with_proof
from transforms.ledgers.trace import line_trace

Frames = dict[str, pd.DataFrame]
LINE_RECORDS = ("budget",)  # the ledgers whose records say period and code of budget lines


def with_ledgers(core: Frames, records: pd.DataFrame) -> Frames:
    """`core` with procedure, contract, payment, charge and link, and with the amounts that these prove.

    `core` has document, line, amount and reconciliation; `records` is `raw.record` of the documents in it.
    """
    ledgers = procurement(records, core["document"])
    links = link(coded_lines(core, records), core["amount"], ledgers)
    amounts, attempts = prove(core["amount"], core["line"], links)
    proven = {
        "contract": with_proof(ledgers["contract"], "contract_id", links),
        "payment": with_proof(ledgers["payment"], "payment_id", links),
        "reconciliation": pd.concat([core["reconciliation"], attempts], ignore_index=True),
    }
    return core | ledgers | proven | {"amount": amounts, "link": links}


def ledger_views(core: Frames, records: pd.DataFrame) -> Frames:
    """The `out` frames of ledgers, by the part of their name after the stage. `records` are those of `LINE_RECORDS`."""
    return {"line_trace": line_trace(coded_lines(core, records), core)}
