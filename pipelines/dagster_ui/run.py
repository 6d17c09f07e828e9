"""`peso run`: everything once, in this process, through the same Dagster jobs that the UI and the night use."""

import signal
import sys
import time
import uuid
from functools import partial
from typing import Any

import dagster as dg
from dagster_shared.error import SerializableErrorInfo

from pipelines.dagster_ui.dead_runs import fail_dead_runs
from pipelines.dagster_ui.history import history_kept_open
from pipelines.dagster_ui.jobs import PUBLISHES, publish, range_tags, read_documents, work
from pipelines.dagster_ui.partitions import sync_partitions
from pipelines.dagster_ui.resources import run_home
from pipelines.home import Home
from pipelines.verbs.language import say
from pipelines.verbs.report import RunSummary
from pipelines.work import reading
from pipelines.work.collector import collecting_seldom
from pipelines.work.publication_lock import publishing

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
_say = partial(print, file=sys.stderr, flush=True)
_INTERRUPTED = (
    "La corrida se interrumpió. Lo leído se conserva, y una edición se publica entera o no se publica: córrala otra vez para seguir.",
    "The run was interrupted. What was read is kept, and a release is published whole or not at all: run it again to go on.",
)


class RunError(Exception):
    """A step failed or a blocking check did not pass; nothing was published. The message says which."""


class InterruptedRunError(RunError):
    """Somebody asked to stop."""


def heed_termination() -> None:
    """Makes SIGTERM stop this process as Ctrl-C does, also where the shell had it ignore interrupts."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)


def run_everything(home: Home) -> RunSummary | None:
    """Reads what is new or changed, rebuilds, validates and publishes; None when the catalogue is empty.

    Waits, and says so on standard error, while somebody else publishes. Raises RunError when a step fails or an ERROR
    check does not pass, InterruptedRunError when it was asked to stop.
    """
    try:
        with collecting_seldom():
            return _run(home)
    except KeyboardInterrupt as error:  # between two jobs, or waiting; within one, Dagster takes it
        raise InterruptedRunError(say(*_INTERRUPTED)) from error


def _run(home: Home) -> RunSummary | None:
    started = time.perf_counter()
    entries = list(home.catalogue().documents.values())
    if not entries:
        return None
    stale = [entry.document_id for entry in entries if not reading.is_current(entry, home)]
    with history_kept_open(), dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        fail_dead_runs(instance, home)
        keys = sync_partitions(instance, [entry.document_id for entry in entries])
        if stale:
            _execute(read_documents.name, instance, home, tags=range_tags(keys) | {PUBLISHES: "true"})
        run_id = str(uuid.uuid4())
        with publishing(home, "peso run", run_id, _say) as turn:
            result = _execute(publish.name, instance, home, run_id=run_id, publication=turn)
            frames = {name: home.store.read(name) for name in _REPORTED}  # the next one writes over them
    release = result.asset_materializations_for_node("release__extract")[0].metadata
    return RunSummary(
        frames=frames,
        read_now=len(stale),
        release_number=int(release["release"].value),  # type: ignore[arg-type]
        release_is_new=bool(release["new"].value),
        release_path=str(release["folder"].value),
        seconds=time.perf_counter() - started,
    )


def _execute(
    job: str,
    instance: dg.DagsterInstance,
    home: Home,
    *,
    tags: dict[str, str] | None = None,
    run_id: str | None = None,
    **resources: Any,
) -> dg.ExecuteInProcessResult:
    result = work.resolve_job_def(job).execute_in_process(
        run_config=_QUIET,
        instance=instance,
        tags=tags,
        run_id=run_id,
        resources={"home": run_home(home), **resources},
        raise_on_error=False,
    )
    if not result.success:
        raise _error(result, job)
    return result


def _error(result: dg.ExecuteInProcessResult, job: str) -> RunError:
    failed = [
        f"{check.asset_key.to_user_string()}: {check.check_name}: {check.description}"
        for check in result.get_asset_check_evaluations()
        if not check.passed and check.blocking
    ]
    if failed:
        return RunError(
            say(
                "No se publicó nada: antes deben cumplirse estas revisiones.",
                "Nothing was published: these checks must pass first.",
            )
            + "".join(f"\n  {check}" for check in failed)
        )
    errors = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    innermost = [_innermost(error) for error in errors if error]
    if any(error.cls_name == dg.DagsterExecutionInterruptedError.__name__ for error in innermost):
        return InterruptedRunError(say(*_INTERRUPTED))
    return RunError(
        say(f"El trabajo {job} falló: ", f"The job {job} failed: ")
        + "; ".join(error.message.strip() for error in innermost)
    )


def _innermost(error: SerializableErrorInfo) -> SerializableErrorInfo:
    while error.cause:
        error = error.cause
    return error
