"""How long contracts and payments take to be linked to budget lines: `python -m tests.bench.links [--contracts N] [--payments N]`.

The corpus is made up: bodies with a budget by partida in four quarters, each contract and payment charged to one partida. What is timed is
`transforms.ledgers.links.link` and what follows from it (`prove`, `line_trace`); reading the files is not.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from transforms.ledgers.links import coded_lines, link
from transforms.ledgers.proof import prove
from transforms.ledgers.trace import line_trace
from warehouse.schema import TABLES

Frames = dict[str, pd.DataFrame]
_BODIES, _CODES, _YEAR = 200, 250, 2024
_QUARTERS = [date(_YEAR, 3, 31), date(_YEAR, 6, 30), date(_YEAR, 9, 30), date(_YEAR, 12, 31)]


def corpus(contracts: int, payments: int) -> Frames:
    """`core` frames of a budget of 200 bodies, 250 partidas and four quarters, with their contracts and payments."""
    random = np.random.default_rng(1)
    names = ["body", "code", "quarter"]
    lines = pd.MultiIndex.from_product([range(_BODIES), range(_CODES), range(4)], names=names).to_frame(index=False)
    document = "b" + lines["body"].astype("str") + "q" + lines["quarter"].astype("str")
    line_id = document + ":1:" + (lines["code"] + 1).astype("str")
    codes = (lines["code"] + 31101).astype("str")
    line = _framed("core.line", {
        "line_id": line_id, "document_id": document, "table": 1, "row": lines["code"] + 1, "page": "Hoja",
        "place": "A" + (lines["code"] + 8).astype("str"), "government_id": lines["body"].astype("str"), "fiscal_year": _YEAR,
        "label": codes, "object_code": codes, "row_kind": "detail", "classification": "object",
    })  # fmt: skip
    amount = _framed("core.amount", {
        "line_id": line_id, "document_id": document, "column": 1, "stage": "devengado", "fiscal_year": _YEAR, "page": "Hoja", "place": "B8",
        "amount_centavos": random.integers(1, 10**9, len(lines)), "verified": False, "reason": "no_proof",
    })  # fmt: skip
    once = document.drop_duplicates()
    documents = pd.DataFrame({
        "document_id": once, "government_id": lines["body"].astype("str")[once.index], "fiscal_year": _YEAR, "superseded_by": None,
        "citable": True, "period_end": [_QUARTERS[int(name[-1])] for name in once],
    })  # fmt: skip
    return {"document": documents, "line": line, "amount": amount, **_ledgers(random, contracts, payments)}


def _ledgers(random: np.random.Generator, contracts: int, payments: int) -> Frames:
    frames: Frames = {}
    charges = []
    for kind, number in (("contract", contracts), ("payment", payments)):
        ids = kind[0] + pd.Series(range(number)).astype("str")
        bodies = pd.Series(random.integers(0, _BODIES, number)).astype("str")
        where = {"document_id": kind, "record": range(number), "page": "Hoja", "place": "A1", "government_id": bodies}
        frames[kind] = _framed(f"core.{kind}", {
            f"{kind}_id": ids, **where, "rows": 1, "amount_centavos": random.integers(1, 10**7, number),
            "period_end": random.choice(np.array(_QUARTERS), number), "verified": False, "reason": "no_proof",
        })  # fmt: skip
        codes = pd.Series(random.integers(0, _CODES, number) + 31101).astype("str")
        charge = {"charge_id": ids + ":c", "record_kind": kind, "record_id": ids, "object_code": codes, "basis": "row"}
        charges.append(pd.DataFrame(charge | where))
    return frames | {"charge": _framed("core.charge", pd.concat(charges, ignore_index=True))}


def _framed(name: str, columns: Any) -> pd.DataFrame:
    table = TABLES[name]
    absent = dict.fromkeys(set(table.frame_columns) - set(columns))
    return table.frame(pd.DataFrame(columns).assign(**absent)[table.frame_columns])


def run(contracts: int, payments: int) -> dict[str, float]:
    """Seconds of each step, by name."""
    core = corpus(contracts, payments)
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begin = time.perf_counter()
        result = work()
        seconds[name] = time.perf_counter() - begin
        return result

    lines = timed("coded_lines", lambda: coded_lines(core, TABLES["raw.record"].frame()))
    links = timed("link", lambda: link(lines, core["amount"], core))
    timed("prove", lambda: prove(core["amount"], core["line"], links))
    timed("line_trace", lambda: line_trace(lines, core | {"link": links}))
    print(f"{contracts:,} contracts, {payments:,} payments, {len(core['line']):,} lines: {len(links):,} links")
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--payments", type=int, default=1_000_000)
    arguments = parser.parse_args()
    for step, took in run(arguments.contracts, arguments.payments).items():
        print(f"{step:12} {took:7.1f} s")
