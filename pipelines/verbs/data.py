"""What a verb answers as data, for `--json`: the rows that its text is made of, under the names of the schema. A money is text there, so that no reader rounds it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from pipelines.home import Home
from pipelines.verbs.claims import status_text
from pipelines.verbs.language import say_term
from pipelines.work.failing import alert_counts, failing_documents, failing_sums
from transforms.panel.beside import side_by_side
from warehouse.ask import ledgers, lines, records
from warehouse.ask.query import asking
from warehouse.ask.tables import published_tables
from warehouse.store.session import Row

if TYPE_CHECKING:
    from pipelines.verbs.report import RunSummary
    from pipelines.work.adding import Added


def explained(home: Home, line_id: str) -> Row:
    """A line, its amounts, the sums that it is the result of, its comparisons and its document. Raises LookupError."""
    with asking(home.published().database) as ask:
        line = lines.line(ask, line_id)
        if line is None:
            raise LookupError(f"{line_id}: no es línea de la edición / no line of the release")
        return {
            "line": line, "path": lines.path(ask, line_id), "amounts": lines.told_amounts(ask, [line_id]), "proofs": lines.proofs(ask, line_id),
            "comparisons": lines.line_comparisons(ask, line_id), "document": records.documents(ask, [line["document_id"]])[0],
        }  # fmt: skip


def claimed(home: Home, claim_id: str | None) -> list[Row]:
    """Every claim of the release, or one."""
    with asking(home.published().database) as ask:
        return [row for row in records.claims(ask) if claim_id in (None, row["claim_id"])]


def followed(home: Home, table: str, **wanted: str | None) -> list[Row]:
    """The rows of a table of the release (`out.affordability`), of those that are wanted."""
    [frame] = published_tables(home.published().database, table)
    for column, value in wanted.items():
        frame = frame[frame[column] == value] if value else frame
    return _rows(frame)


def overdue(home: Home, government_id: str | None) -> Row:
    """Open requests and the calendar of publications."""
    with asking(home.published().database) as ask:
        return {"requests": ledgers.open_requests(ask, government_id), "calendar": ledgers.calendar(ask, government_id)}


def set_beside(home: Home, government_ids: Sequence[str], year: int) -> list[Row]:
    """Governments side by side. Raises LookupError for one that the edition does not have."""
    [rows] = published_tables(home.published().database, "out.beside")
    return _rows(side_by_side(rows, list(dict.fromkeys(government_ids)), year))


def stands(home: Home) -> Row:
    """What `peso status` tells."""
    return {
        "release": getattr(home.latest_release(), "number", None), "since": status_text(home), "failing": _rows(failing_documents(home)),
        "failing_sums": _rows(failing_sums(home)), "alerts": alert_counts(home), "documents": len(home.catalogue().documents),
    }  # fmt: skip


def ran(home: Home, summary: "RunSummary | None" = None) -> Row:
    """What `peso run` did: the edition, whether it is new, how many documents were read now, and those that could not be."""
    release = home.published()
    return {
        "release": release.number,
        "new": summary is not None and summary.release_is_new,
        "folder": str(release.folder),
        "read_now": summary.read_now if summary else 0,
        "seconds": round(summary.seconds, 1) if summary else 0.0,
        "failing": _rows(failing_documents(home)),
    }


def added(one: "Added") -> Row:
    """What became of one file or address."""
    return {
        "outcome": one.outcome,
        "document_id": one.document_id,
        "source": one.source,
        "status": one.status,
        "lines": say_term(one.told).splitlines(),
    }


def waiting(home: Home) -> list[Row]:
    """What waits for a person, each with why."""
    return [
        {"document_id": item.document_id, "since": item.since, "why": [say_term(reason) for reason in item.reasons()], "entry": item.entry.model_dump(mode="json", exclude_none=True)}
        for item in home.set_aside().values()
        if item.reason == "waiting"
    ]  # fmt: skip


def _rows(frame: pd.DataFrame) -> list[Row]:
    return [
        {str(name): _plain(value) for name, value in row.items()} for row in frame.astype(object).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    if isinstance(value, list | dict):
        return value
    return None if pd.isna(value) else value.isoformat() if isinstance(value, date) else value
