"""What Dagster hands to a run: the data home, with a mark that the run is alive, and the turn to publish.

Every run executes its steps in one process, and resources live as long as that: a turn taken here is held from the
first step of the run to the last, and so is the history that its events are written to.
"""

from collections.abc import Iterator

import dagster as dg

from pipelines.dagster_ui.history import history_kept_open
from pipelines.home import Home
from pipelines.work.publication_lock import Holder, mark_alive, publishing

_ORIGINS = {
    "dagster/schedule_name": "el horario",
    "dagster/sensor_name": "el sensor",
    "dagster/backfill": "el relleno",
}


def run_home(home: Home) -> dg.ResourceDefinition:
    """The home as a resource; a run that takes it is seen to be alive until its process ends."""

    @dg.resource(description="The data home.")
    def marked(context: dg.InitResourceContext) -> Home:
        if context.run:  # schedules and sensors have none
            mark_alive(home, context.run.run_id)
        return home

    return marked


@dg.resource(required_resource_keys={"home"}, description="The turn to publish, of which each home has one.")
def publication(context: dg.InitResourceContext) -> Iterator[Holder]:
    """Waits, and says for whom, until it is this run's turn."""
    run = context.run
    if run is None:
        raise dg.DagsterInvariantViolationError("Only a run can publish.")
    say = context.log.info if context.log else print
    with history_kept_open(), publishing(context.resources.home, _origin(run), run.run_id, say) as holder:
        yield holder


def _origin(run: dg.DagsterRun) -> str:
    for tag, kind in _ORIGINS.items():
        if tag in run.tags:
            return f"{kind} {run.tags[tag]}"
    return "la interfaz de Dagster"
