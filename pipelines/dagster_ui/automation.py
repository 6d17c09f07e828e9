"""What runs by itself: the night, the inbox, new documents, the publication after a reading, and the alert on failure.

Jobs, a schedule and sensors. They decide *when*; what happens is in `pipelines.dagster_ui.assets`, `pipelines.dagster_ui.night`
and `pipelines.work.inbox`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from pipelines.dagster_ui.assets import DOCUMENTS
from pipelines.dagster_ui.dead_runs import fail_dead_runs
from pipelines.dagster_ui.jobs import PUBLISHES, publish, range_tags, read_documents
from pipelines.dagster_ui.night import ZONE, run_night
from pipelines.dagster_ui.partitions import add_partitions
from pipelines.home import Home
from pipelines.work.inbox import look, take_all


@dg.op(description="Takes every settled file of the inbox, archives it and drafts its catalogue entry.")
def add_inbox(context: dg.OpExecutionContext, home: dg.ResourceParam[Home]) -> None:
    """Every file, added, left aside or refused with a note."""
    outcomes: Counter[str] = Counter()
    for result in take_all(home):
        (context.log.warning if result.outcome == "refused" else context.log.info)(result.text)
        outcomes[result.outcome] += 1
    context.add_output_metadata(dict(outcomes))


@dg.job(
    description="Adds what lies in the inbox to the catalogue. It takes no path: nothing outside the inbox can be named."
)
def add_documents() -> None:
    """The job that the inbox asks for."""
    add_inbox()


@dg.op(description="Watches the portals, fetches, reads and publishes what changed, tidies up, and tells people.")
def whole_night(context: dg.OpExecutionContext, home: dg.ResourceParam[Home]) -> None:
    """What fails is in the log and in the digest; the run fails with it, after the rest was done."""
    if not run_night(home, context.log.info):
        raise dg.Failure("A step of the night failed; the log says which.", allow_retries=False)


@dg.job(description="The night: portals, addresses, reading, publication, digest, one after another.")
def night() -> None:
    """The job of `nightly`."""
    whole_night()


@dg.schedule(
    job=night,
    cron_schedule="30 2 * * *",
    execution_timezone=ZONE.key,
    default_status=dg.DefaultScheduleStatus.RUNNING,
)
def nightly() -> dg.RunRequest:
    """Every night at half past two."""
    return dg.RunRequest()


@dg.sensor(job=add_documents, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def inbox(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> Iterator[dg.RunRequest]:
    """Adds all files that were dropped in the inbox and have settled, in one run; a link is named once, and the rest goes on."""
    dropped = look(home)
    refused = json.dumps(dropped.refused, ensure_ascii=False)
    if refused != (context.cursor or "[]"):
        context.update_cursor(refused)
        for sentence in dropped.refused:
            context.log.warning(sentence)
    if dropped.files:
        yield dg.RunRequest(run_key=_key(home, dropped.files))


def _key(home: Home, files: list[Path]) -> str:
    """The same files are asked for once: one that a run could not take is not asked for again until something changes."""
    states = [(str(path.relative_to(home.inbox)), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(repr(states).encode(errors="replace")).hexdigest()


@dg.sensor(job=read_documents, minimum_interval_seconds=15, default_status=dg.DefaultSensorStatus.RUNNING)
def new_documents(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> dg.SensorResult | dg.SkipReason:
    """Reads catalogue entries that have no partition yet, however they were added, in one run."""
    going = dg.RunsFilter(job_name=night.name, statuses=[dg.DagsterRunStatus.STARTED])
    if context.instance.get_runs_count(going):
        return dg.SkipReason("The night is at work, and reads what it finds.")
    partitions = set(context.instance.get_dynamic_partitions(DOCUMENTS.name or ""))
    new = [key for key in home.catalogue().documents if key not in partitions]
    if not new:
        return dg.SkipReason("Every document of the catalogue has its partition.")
    add_partitions(context.instance, new)
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
    if PUBLISHES in context.dagster_run.tags:
        return dg.SkipReason("Whoever started this reading publishes it.")
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


JOBS = (add_documents, night)
SCHEDULES = [nightly]
SENSORS = [inbox, new_documents, after_reading, dead_runs, alert_on_failure]
