"""What runs by itself: the night, the inbox, what is not in the edition yet, and the alert on failure.

Jobs, a schedule and sensors. They decide *when*; what happens is in `pipelines.dagster_ui.assets`, `pipelines.dagster_ui.night`
and `pipelines.work.inbox`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from pydantic import BaseModel

from pipelines.dagster_ui.dead_runs import fail_dead_runs
from pipelines.dagster_ui.jobs import PUBLISHES, publish, range_tags, read_documents
from pipelines.dagster_ui.night import ZONE, run_night
from pipelines.dagster_ui.partitions import sync_partitions, without_partition
from pipelines.dagster_ui.refused import SHOWS_REFUSAL
from pipelines.home import Home
from pipelines.work.inbox import look, take_all
from pipelines.work.published_inputs import fingerprint_inputs, is_published
from pipelines.work.unpublished import stamp, unread

# A document that is dropped goes through both sensors: what a look costs is in milliseconds.
_SECONDS_BETWEEN_LOOKS = 5
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


@dg.op(description="Takes every settled file of the inbox, archives it and drafts its catalogue entry.")
def add_inbox(context: dg.OpExecutionContext, home: dg.ResourceParam[Home]) -> None:
    """Every file, added, left aside or refused with a note."""
    outcomes: Counter[str] = Counter()
    for result in take_all(home):
        (context.log.warning if result.outcome == "refused" else context.log.info)(result.told.en)
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


@dg.sensor(
    job=add_documents, minimum_interval_seconds=_SECONDS_BETWEEN_LOOKS, default_status=dg.DefaultSensorStatus.RUNNING
)
def inbox(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> Iterator[dg.RunRequest]:
    """Adds all files that were dropped in the inbox and have settled, in one run, and what came meanwhile in the next; a link is
    named once, and the rest goes on.
    """
    dropped = look(home)
    refused = json.dumps(dropped.refused, ensure_ascii=False)
    if refused != (context.cursor or "[]"):
        context.update_cursor(refused)
        for sentence in dropped.refused:
            context.log.warning(sentence)
    adding = dg.RunsFilter(job_name=add_documents.name, statuses=_UNFINISHED)
    if dropped.files and not context.instance.get_runs_count(adding):
        yield dg.RunRequest(run_key=_key(home, dropped.files))


def _key(home: Home, files: list[Path]) -> str:
    """The same files are asked for once: one that a run could not take is not asked for again until something changes."""
    states = [(str(path.relative_to(home.inbox)), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
    return hashlib.sha256(repr(states).encode(errors="replace")).hexdigest()


class _Asked(BaseModel):
    """The sensor's cursor: the state it last saw, and the state whose documents, and whose edition, it last asked for."""

    stamp: str = ""
    read: str = ""
    published: str = ""


@dg.sensor(
    jobs=[read_documents, publish],
    minimum_interval_seconds=_SECONDS_BETWEEN_LOOKS,
    default_status=dg.DefaultSensorStatus.RUNNING,
)
def up_to_date(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> dg.SensorResult | dg.SkipReason:
    """Reads what was added or has other hints now, and then publishes with the corrections, claims and baskets that were saved.

    One thing after another: while anything runs, it waits. What fails is asked for once, until something changes.
    """
    asked = _Asked.model_validate_json(context.cursor or "{}")
    if _is_busy(context.instance):
        return dg.SkipReason("A run is going on; what is missing after it is done then.")
    now = stamp(home)
    if now is None or now == asked.stamp:
        return dg.SkipReason("Somebody is saving." if now is None else "Nothing was saved or added.")
    state = fingerprint_inputs(home)
    stale = unread(home) if asked.read != state else []
    requests = []
    if documents := list(dict.fromkeys(stale + without_partition(context.instance, home.catalogue().documents))):
        # Those that were read when they were added are shown on their partition by a run beside the publication.
        asked.read = state
        tags = _partitions_of(context.instance, home, documents)
        requests.append(dg.RunRequest(job_name=read_documents.name, tags=tags))
    if not stale and asked.published != state and not is_published(home):
        asked.stamp, asked.published = now, state
        requests.insert(0, dg.RunRequest(job_name=publish.name))  # what takes longest begins first
    if requests:
        return dg.SensorResult(run_requests=requests, cursor=asked.model_dump_json())
    asked.stamp = now
    context.update_cursor(asked.model_dump_json())
    return dg.SkipReason("The edition has all that was saved.")


def _is_busy(instance: dg.DagsterInstance) -> bool:
    """Whether a run is going on or waits, or one has just read documents for somebody who publishes them next."""
    if instance.get_runs_count(dg.RunsFilter(statuses=_UNFINISHED)):
        return True
    just_now = datetime.now(UTC) - timedelta(minutes=1)
    return bool(instance.get_runs_count(dg.RunsFilter(tags={PUBLISHES: "true"}, updated_after=just_now)))


def _partitions_of(instance: dg.DagsterInstance, home: Home, documents: list[str]) -> dict[str, str]:
    keys = sync_partitions(instance, list(home.catalogue().documents))
    places = sorted(keys.index(document) for document in documents)
    return range_tags(keys[places[0] : places[-1] + 1], documents)


@dg.sensor(minimum_interval_seconds=30, default_status=dg.DefaultSensorStatus.RUNNING)
def dead_runs(context: dg.SensorEvaluationContext, home: dg.ResourceParam[Home]) -> dg.SkipReason:
    """Frees the places in the queue of runs that were killed."""
    failed = fail_dead_runs(context.instance, home)
    return dg.SkipReason(f"Marked as failed: {', '.join(failed)}." if failed else "Every run is alive.")


@dg.run_failure_sensor(default_status=dg.DefaultSensorStatus.RUNNING, minimum_interval_seconds=15)
def alert_on_failure(context: dg.RunFailureSensorContext, home: dg.ResourceParam[Home]) -> None:
    """Writes what failed, and where to look, to the alerts folder: one JSON file per failed run."""
    run = context.dagster_run
    if SHOWS_REFUSAL in run.tags:
        return
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
SENSORS = [inbox, up_to_date, dead_runs, alert_on_failure]
