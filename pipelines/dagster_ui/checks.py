"""Expectations as Dagster asset checks, and the standing check that lists what is failing now.

The adapter only translates: what must be true, and how badly, is said in `expectations`.
"""

from collections.abc import Iterable, Iterator

import dagster as dg
import pandas as pd

from expectations.runner import Result
from expectations.spec import Spec
from pipelines.dagster_ui.metadata import rows_table
from pipelines.home import Home
from pipelines.work.failing import failing_documents
from warehouse.schema import TABLES
from warehouse.schema.core import DOCUMENT

_SHOWN_ROWS = 20
_SHOWN_DOCUMENTS = 500


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
        metadata: dict[str, dg.MetadataValue | int | str] = {"rows": result.rows, "failing": result.failing}
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
    """A warning, with the list, for as long as some document is failing."""
    failing = failing_documents(home)
    metadata: dict[str, dg.MetadataValue | int | str] = {
        "documents": len(home.catalogue().documents),
        "failing": len(failing),
    }
    if len(failing):
        metadata["failing_rows"] = rows_table(failing, _SHOWN_DOCUMENTS)
    return dg.AssetCheckResult(passed=failing.empty, severity=dg.AssetCheckSeverity.WARN, metadata=metadata)


@dg.asset_check(
    asset=dg.AssetKey(["raw", "document"]),
    description="Lists the documents that wait for a person (por confirmar): they are not read or published before.",
)
def nothing_waits(home: dg.ResourceParam[Home]) -> dg.AssetCheckResult:
    """A warning, with the list and the reasons, for as long as something waits."""
    waiting = [item for item in home.set_aside().values() if item.reason == "waiting"]
    metadata: dict[str, dg.MetadataValue | int | str] = {"waiting": len(waiting)}
    if waiting:
        rows = [
            {
                "document": item.document_id,
                "since": str(item.since),
                "why": item.told().es,
                "origin": item.entry.origin,
            }
            for item in waiting
        ]
        metadata["failing_rows"] = rows_table(pd.DataFrame(rows), _SHOWN_DOCUMENTS)
        metadata["what_to_do"] = "peso inbox confirm DOCUMENTO, peso inbox discard DOCUMENTO"
    return dg.AssetCheckResult(passed=not waiting, severity=dg.AssetCheckSeverity.WARN, metadata=metadata)
