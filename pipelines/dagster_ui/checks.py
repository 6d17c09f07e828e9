"""Expectations as Dagster asset checks, and the standing check that lists what is failing now.

The adapter only translates: what must be true, and how badly, is said in `expectations`.
"""

from collections.abc import Iterable, Iterator

import dagster as dg
import pandas as pd

from expectations.runner import Result, Spec
from pipelines.dagster_ui.metadata import rows_table
from pipelines.home import Home
from warehouse.schema import TABLES
from warehouse.schema.core import DOCUMENT, RECONCILIATION
from warehouse.schema.out import ALERT
from warehouse.schema.vocabulary import OUTCOMES

_SHOWN_ROWS = 20
_SHOWN_DOCUMENTS = 500
_READABLE = ("read", "partial")


def _key(table: str) -> dg.AssetKey:
    """The asset a check stands on: the table's own; the raw tables, which have no assets, on the list of documents."""
    return dg.AssetKey((DOCUMENT if TABLES[table].stage == "raw" else TABLES[table]).path.split("/"))


def check_specs(specs: Iterable[Spec], *stages: str) -> list[dg.AssetCheckSpec]:
    """The checks of these stages' tables; an ERROR blocks what is downstream, a WARN does not."""
    return [
        dg.AssetCheckSpec(
            spec.check_id,
            asset=_key(spec.table),
            blocking=spec.severity == "ERROR",
            description=f"{spec.reason}\n\n{spec.reason_es}",
        )
        for spec in specs
        if spec.table.split(".")[0] in stages
    ]


def check_results(results: Iterable[Result]) -> Iterator[dg.AssetCheckResult]:
    """Results with their failing rows as a table."""
    for result in results:
        metadata: dict = {"rows": result.rows, "failing": result.failing}
        if result.message:
            metadata["message"] = result.message
        if len(result.failing_rows):
            metadata["failing_rows"] = rows_table(result.failing_rows, _SHOWN_ROWS)
        yield dg.AssetCheckResult(
            passed=result.passed,
            asset_key=_key(result.table),
            check_name=result.check_id,
            severity=dg.AssetCheckSeverity.ERROR if result.severity == "ERROR" else dg.AssetCheckSeverity.WARN,
            metadata=metadata,
            description=result.reason,
        )


@dg.asset_check(
    asset=dg.AssetKey(["raw", "document"]),
    description="Lists the documents that are failing now, whenever they began to: retries and good nights must not hide them.",
)
def every_document_is_read(home: dg.ResourceParam[Home]) -> dg.AssetCheckResult:
    failing = failing_documents(home)
    metadata: dict = {"documents": len(home.catalogue().documents), "failing": len(failing)}
    if len(failing):
        metadata["failing_rows"] = rows_table(failing, _SHOWN_DOCUMENTS)
    return dg.AssetCheckResult(passed=failing.empty, severity=dg.AssetCheckSeverity.WARN, metadata=metadata)


def failing_documents(home: Home) -> pd.DataFrame:
    """Documents of the catalogue that have no current reading, YAML files that cannot be used, and archived bytes that changed."""
    catalogue = home.catalogue()
    stored = home.store.read("raw.document", missing_ok=True)
    outcomes = stored.set_index("document_id")[["outcome", "message"]].to_dict("index")
    rows = []
    for entry in catalogue.documents.values():
        last = outcomes.get(entry.document_id, {"outcome": "pending", "message": None})
        if last["outcome"] not in _READABLE:
            rows.append(
                {
                    "document": entry.document_id,
                    "outcome": last["outcome"],
                    "meaning": OUTCOMES[last["outcome"]].es,
                    "message": last["message"],
                }
            )
    for problem in home.definitions().problems:
        rows.append(
            {
                "document": problem.file,
                "outcome": "invalid",
                "meaning": "Archivo YAML inválido",
                "message": f"{problem.mensaje} [{problem.message}]",
            }
        )
    for damage in home.archive.verify():
        rows.append(
            {"document": damage.file, "outcome": "corrupt", "meaning": "Archivo dañado", "message": damage.message}
        )
    return pd.DataFrame(rows, columns=["document", "outcome", "meaning", "message"])


def failing_sums(home: Home) -> pd.DataFrame:
    """By document: the sums that hold, fail by an error of the source, and fail unexplained; only where some fail."""
    sums = home.store.read(RECONCILIATION.name, missing_ok=True)
    told = sums.assign(
        holds=sums["outcome"].isin(["passed", "rounding"]),
        source_error=sums["explanation"].eq("source_error").fillna(False),
        unexplained=sums["explanation"].eq("unexplained").fillna(False),
    )
    counts = told.groupby("document_id")[["holds", "source_error", "unexplained"]].sum()
    return counts[counts["source_error"] + counts["unexplained"] > 0].reset_index()


def alert_counts(home: Home) -> dict[str, int]:
    """How many alerts of each code the last run left in `out.alert`, the most frequent first."""
    return home.store.read(ALERT.name, missing_ok=True)["code"].value_counts().to_dict()
