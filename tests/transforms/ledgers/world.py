"""Ledgers and a budget of one body, read and put through `core`, for tests of what they mean together."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

import sources.declared
from pipelines.apart.wire import raw_frames
from tests.sources.ledgers.forms import read_file
from transforms.core.normalize import normalize
from transforms.ledgers.build import LINE_RECORDS, ledger_views, with_ledgers

Frames = dict[str, pd.DataFrame]


GOVERNMENTS = pd.read_csv(Path(sources.declared.__file__).parent / "entries" / "governments.csv", dtype="str")


def understood(
    files: Mapping[str, Path], each: Mapping[str, Mapping[str, object]] | None = None, **declared: object
) -> Frames:
    """The `core` frames and the views of ledgers of these files, all of one body; `declared` is said of every document, `each` of one."""
    readings = {name: read_file(path, name) for name, path in files.items()}
    frames = [raw_frames(reading) for reading in readings.values()]
    raw = {name: pd.concat([one[name] for one in frames], ignore_index=True) for name in frames[0]}
    known = {
        "government_id": "30-ople",
        "fiscal_year": 2025,
        "superseded_by": None,
        "period_start": None,
        "period_end": None,
        "citable": True,
    } | declared
    documents = pd.DataFrame([{"document_id": name, **known, **(each or {}).get(name, {})} for name in files])
    core = with_ledgers(normalize(raw, documents) | {"document": documents}, raw["record"])
    core["government"] = GOVERNMENTS
    return core | ledger_views(core, raw["record"][raw["record"]["ledger"].isin(LINE_RECORDS)])


def traced(frames: Frames, code: str, end: str) -> pd.Series:
    """The trace of the line of a code and period."""
    trace = frames["line_trace"]
    [row] = trace[trace["object_code"].eq(code) & trace["period_end"].astype("str").eq(end)].to_dict("records")
    return pd.Series(row)


def pesos(centavos: object) -> float:
    """Whole centavos as pesos, for the eye of a test."""
    return int(centavos) / 100  # type: ignore[call-overload]
