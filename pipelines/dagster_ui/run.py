"""`peso run`: everything once, in this process, through the same Dagster jobs that the UI and the night use."""

import time

import dagster as dg

from pipelines.dagster_ui.assets import DOCUMENTS
from pipelines.dagster_ui.automation import publish, range_tags, read_documents
from pipelines.definitions import defs
from pipelines.home import Home
from pipelines.verbs.report import RunSummary
from pipelines.work import reading

_QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
_REPORTED = (
    "core.document",
    "core.line",
    "core.amount",
    "core.reconciliation",
    "out.health_vs_events",
    "out.line_comparison",
    "out.claim",
    "out.affordability",
    "out.alert",
    "out.release_difference",
)


class RunError(Exception):
    """A step failed or a blocking check did not pass; nothing was published. The message says which."""


def run_everything(home: Home) -> RunSummary | None:
    """Reads what is new or changed, rebuilds, validates and publishes; None when the catalogue is empty.

    Raises RunError when a step fails or an ERROR check does not pass.
    """
    started = time.perf_counter()
    entries = list(home.catalogue().documents.values())
    if not entries:
        return None
    stale = [entry.document_id for entry in entries if not reading.is_current(entry, home)]
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        keys = sync_partitions(instance, [entry.document_id for entry in entries])
        if stale:
            _execute(read_documents.name, instance, home, range_tags(keys))
        result = _execute(publish.name, instance, home, {})
    release = result.asset_materializations_for_node("release__extract")[0].metadata
    return RunSummary(
        frames={name: home.store.read(name) for name in _REPORTED},
        read_now=len(stale),
        release_number=int(release["release"].value),  # type: ignore[arg-type]
        release_is_new=bool(release["new"].value),
        release_path=str(release["folder"].value),
        seconds=time.perf_counter() - started,
    )


def sync_partitions(instance: dg.DagsterInstance, documents: list[str]) -> list[str]:
    """Makes the partitions those of the catalogue; returns them in Dagster's order, which ranges follow."""
    name = DOCUMENTS.name or ""
    for gone in set(instance.get_dynamic_partitions(name)) - set(documents):
        instance.delete_dynamic_partition(name, gone)
    instance.add_dynamic_partitions(name, documents)
    return list(instance.get_dynamic_partitions(name))


def _execute(job: str, instance: dg.DagsterInstance, home: Home, tags: dict[str, str]) -> dg.ExecuteInProcessResult:
    result = defs.resolve_job_def(job).execute_in_process(
        run_config=_QUIET, instance=instance, tags=tags, resources={"home": home}, raise_on_error=False
    )
    if not result.success:
        raise RunError(_why(result, job))
    return result


def _why(result: dg.ExecuteInProcessResult, job: str) -> str:
    failed = [
        f"{check.asset_key.to_user_string()}: {check.check_name}: {check.description}"
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.blocking
    ]
    if failed:
        return "Nothing was published: these checks must pass first.\n  " + "\n  ".join(failed)
    errors = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    innermost = [_innermost(error) for error in errors if error]
    if any(error.cls_name == dg.DagsterExecutionInterruptedError.__name__ for error in innermost):
        return f"The job {job} was interrupted; nothing was published. What was read is kept: run it again to go on."
    return f"The job {job} failed: " + "; ".join(error.message.strip() for error in innermost)


def _innermost(error):
    while error.cause:
        error = error.cause
    return error
