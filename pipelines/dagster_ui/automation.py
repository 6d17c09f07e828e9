"""What runs by itself: the night, the inbox, new documents, the publication after a reading, and the alert on failure.

Jobs, a schedule and sensors. They decide *when*; what happens is in `pipelines.dagster_ui.assets`, `pipelines.work.adding` and
`pipelines.work.inbox`.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from pipelines.dagster_ui.assets import DOCUMENTS, RAW_KEY
from pipelines.dagster_ui.dead_runs import fail_dead_runs
from pipelines.home import Home
from pipelines.work.adding import refetch
from pipelines.work.inbox import add_file, look

_PARTITION_RANGE_START = "dagster/asset_partition_range_start"
_PARTITION_RANGE_END = "dagster/asset_partition_range_end"
_FILES_PER_TICK = 20

# One process for the whole job: a process per step costs seconds, and the reading has its own pool.
read_documents = dg.define_asset_job(
    "read_documents",
    selection=dg.AssetSelection.assets(RAW_KEY),
    description="Reads documents into the raw tables: one partition, or a range of them in one run.",
)
publish = dg.define_asset_job(
    "publish",
    selection=dg.AssetSelection.groups("core", "out", "release") | dg.AssetSelection.checks_for_assets(RAW_KEY),
    description="Rebuilds core and out from what was read, validates, and publishes a release.",
    tags={"peso/publication": "true"},
)


def range_tags(keys: list[str]) -> dict[str, str]:
    """Tags that make one run materialize every partition from the first key to the last."""
    return {_PARTITION_RANGE_START: keys[0], _PARTITION_RANGE_END: keys[-1]}


class InboxFile(dg.Config):
    """Which file of the inbox to add."""

    path: str


@dg.op(description="Archives a file dropped in the inbox and drafts its catalogue entry.")
def add_document(context: dg.OpExecutionContext, config: InboxFile, home: dg.ResourceParam[Home]) -> None:
    """One file, added or left aside."""
    result = add_file(home, Path(config.path))
    (context.log.warning if result.outcome == "refused" else context.log.info)(result.text)
    context.add_output_metadata(
        {"document": result.document_id or "", "outcome": result.outcome, "message": result.text}
    )


@dg.job(description="Adds one file of the inbox to the catalogue.")
def add_documents() -> None:
    """The job that the inbox asks for."""
    add_document()


@dg.op(description="Asks every address in the catalogue for its document again, and keeps what changed.")
def fetch_addresses(context: dg.OpExecutionContext, home: dg.ResourceParam[Home]) -> None:
    """Addresses that fail are logged; the others go on."""
    for result in refetch(home):
        (context.log.warning if result.outcome == "refused" else context.log.info)(result.text)


@dg.job(description="Fetches the documents that came from an address, where they changed.")
def refetch_documents() -> None:
    """The job of `nightly_fetch`."""
    fetch_addresses()


@dg.schedule(
    job=refetch_documents,
    cron_schedule="30 2 * * *",
    execution_timezone="America/Mexico_City",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly_fetch(home: dg.ResourceParam[Home]) -> dg.RunRequest | dg.SkipReason:
    """Before the night's reading: one address that fails is logged, and the others go on."""
    if not any((entry.origin or "").startswith("http") for entry in home.catalogue().documents.values()):
        return dg.SkipReason("No document of the catalogue came from an address.")
    return dg.RunRequest()


@dg.schedule(
    job=read_documents,
    cron_schedule="0 3 * * *",
    execution_timezone="America/Mexico_City",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest | dg.SkipReason:
    """Every night at three: all documents, then (through `after_reading`) core, out and the release."""
    keys = list(context.instance.get_dynamic_partitions(DOCUMENTS.name or ""))
    if not keys:
        return dg.SkipReason("There are no documents yet: drop one in the inbox, or use `peso add`.")
    return dg.RunRequest(run_key=None, tags=range_tags(keys))


@dg.sensor(job=add_documents, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> Iterator[dg.RunRequest]:
    """Adds each file that was dropped in the inbox and has settled; what is refused is named once, and the rest goes on."""
    dropped = look(home)
    refused = json.dumps(dropped.refused, ensure_ascii=False)
    if refused != (context.cursor or "[]"):
        context.update_cursor(refused)
        for sentence in dropped.refused:
            context.log.warning(sentence)
    for path in dropped.files[:_FILES_PER_TICK]:
        status = path.stat()
        yield dg.RunRequest(
            run_key=f"{path.relative_to(home.inbox)}:{status.st_mtime_ns}:{status.st_size}",
            run_config=dg.RunConfig(ops={"add_document": InboxFile(path=str(path))}),
        )


@dg.sensor(job=read_documents, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def new_documents(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> dg.SensorResult | dg.SkipReason:
    """Reads catalogue entries that have no partition yet, however they were added, in one run."""
    partitions = set(context.instance.get_dynamic_partitions(DOCUMENTS.name or ""))
    new = [key for key in home.catalogue().documents if key not in partitions]
    if not new:
        return dg.SkipReason("Every document of the catalogue has its partition.")
    context.instance.add_dynamic_partitions(DOCUMENTS.name or "", new)
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=None, tags=range_tags(new))])


@dg.run_status_sensor(
    run_status=dg.DagsterRunStatus.SUCCESS,
    monitored_jobs=[read_documents],
    request_job=publish,
    minimum_interval_seconds=15,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def after_reading(context: dg.RunStatusSensorContext) -> dg.RunRequest | dg.SkipReason:
    """After a reading, publishes, unless a publication is already waiting to start."""
    waiting = dg.RunsFilter(
        job_name=publish.name, statuses=[dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED]
    )
    if context.instance.get_runs_count(waiting):
        return dg.SkipReason("A publication is already queued and will see this reading.")
    return dg.RunRequest(run_key=context.dagster_run.run_id)


@dg.sensor(minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def dead_runs(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> dg.SkipReason:
    """Frees the places in the queue of runs that were killed."""
    failed = fail_dead_runs(context.instance, home)
    return dg.SkipReason(f"Marked as failed: {', '.join(failed)}." if failed else "Every run is alive.")


@dg.run_failure_sensor(default_status=dg.DefaultSensorStatus.RUNNING, minimum_interval_seconds=15)
def alert_on_failure(context: dg.RunFailureSensorContext, home: dg.ResourceParam[Home]) -> None:
    """Writes what failed, and where to look, to the alerts folder: one JSON file per failed run."""
    run = context.dagster_run
    alert = {
        "run_id": run.run_id,
        "job": run.job_name,
        "message": context.failure_event.message,
        "steps": [event.step_key for event in context.get_step_failure_events()],
        "errors": [_error(event) for event in context.get_step_failure_events()],
        "what_to_do": f"Open the run {run.run_id} in the Dagster UI; `peso status` lists the documents that are failing.",
    }
    path = home.alerts / f"{run.run_id}.json"
    path.write_text(json.dumps(alert, ensure_ascii=False, indent=2), encoding="utf-8")


def _error(event: dg.DagsterEvent) -> str:
    error = event.step_failure_data.error
    return error.message.strip() if error else ""


JOBS = (read_documents, publish, add_documents, refetch_documents)
SCHEDULES = [nightly_fetch, nightly]
SENSORS = [inbox, new_documents, after_reading, dead_runs, alert_on_failure]
