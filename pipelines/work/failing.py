"""What is failing now, whenever it began to: documents, files that people wrote, sums, alerts.

From the catalogue and the store as they are; nothing is checked again but the bytes of the archive.
"""

from collections.abc import Iterator

import pandas as pd

from pipelines.home import Home
from sources.declared.catalogue import Catalogue
from warehouse.schema.core import RECONCILIATION
from warehouse.schema.out import ALERT
from warehouse.schema.raw import RAW_DOCUMENT
from warehouse.schema.vocabulary import OUTCOMES, READABLE

_COLUMNS = ["document", "outcome", "meaning", "significado", "message", "mensaje"]
_Row = tuple[str, str, str, str, str | None, str | None]


def failing_documents(home: Home) -> pd.DataFrame:
    """Documents of the catalogue that have no current reading, YAML files that cannot be used, and archived bytes that changed."""
    catalogue = home.catalogue()
    damaged = (
        (damage.file, "corrupt", "Damaged archive", "Archivo dañado", damage.message, damage.mensaje)
        for damage in home.archive.verify()
    )
    rows = [*_not_read(home, catalogue), *_unusable(home), *damaged]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _not_read(home: Home, catalogue: Catalogue) -> Iterator[_Row]:
    stored = home.store.read(RAW_DOCUMENT.name, missing_ok=True)
    readings = stored.set_index("document_id")[["outcome", "message", "mensaje"]].T.to_dict("list")
    for document_id in catalogue.documents:
        outcome, message, mensaje = readings.get(document_id, ("pending", None, None))
        if outcome not in READABLE:
            yield document_id, outcome, *OUTCOMES[outcome], message, mensaje


def _unusable(home: Home) -> Iterator[_Row]:
    for problem in home.definitions().problems:
        yield problem.file, "invalid", "Invalid file", "Archivo inválido", problem.message, problem.mensaje


def failing_sums(home: Home) -> pd.DataFrame:
    """By document: the sums that hold, fail by an error of the source, and fail unexplained; only where some fail."""
    sums = home.store.read(RECONCILIATION.name, missing_ok=True)
    marked = sums.assign(
        holds=sums["outcome"].isin(["passed", "rounding"]),
        source_error=sums["explanation"].eq("source_error").fillna(False),
        unexplained=sums["explanation"].eq("unexplained").fillna(False),
    )
    counts = marked.groupby("document_id")[["holds", "source_error", "unexplained"]].sum()
    return counts[counts["source_error"] + counts["unexplained"] > 0].reset_index()


def alert_counts(home: Home) -> dict[str, int]:
    """How many alerts of each code the last run left in `out.alert`, the most frequent first."""
    counts = home.store.read(ALERT.name, missing_ok=True)["code"].value_counts()
    return {str(code): int(alerts) for code, alerts in counts.items()}
