"""Runs that Dagster takes for running, and nobody executes: killed, or cut off with the machine.

They would keep their place in the queue for ever. Dagster notices only those whose code server outlived them.
"""

import time

import dagster as dg

from pipelines.home import Home
from pipelines.work.publication_lock import forget_ended, is_alive

_SECONDS_TO_MARK = 60  # between its start and its mark a run only loads what it needs
_GOING = [dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING]


def fail_dead_runs(instance: dg.DagsterInstance, home: Home) -> list[str]:
    """Marks them as failed, so that their places are free; returns their ids."""
    failed = []
    for record in instance.get_run_records(dg.RunsFilter(statuses=_GOING)):
        run_id = record.dagster_run.run_id
        if not _is_dead(record, home):
            continue
        run = instance.get_run_by_id(run_id)  # once more: it may have ended in order, and its process after it
        if run and not run.is_finished:
            instance.report_run_failed(run, "The process of this run is gone: it was killed, or the machine stopped.")
            failed.append(run_id)
    forget_ended(home)
    return failed


def _is_dead(record: dg.RunRecord, home: Home) -> bool:
    alive = is_alive(home, record.dagster_run.run_id)
    if alive is None:
        return time.time() - (record.start_time or time.time()) > _SECONDS_TO_MARK
    return not alive
