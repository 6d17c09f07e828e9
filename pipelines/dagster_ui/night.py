"""The night, one step after another: look at the portals, fetch, read and publish what changed, tidy up, and tell people.

`peso night` and the schedule run the same. A night that finds nothing new publishes nothing. What each step does belongs to
`pipelines.work`.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import dagster as dg

from pipelines.dagster_ui.assets import RELEASE_KEY
from pipelines.dagster_ui.run import InterruptedRunError, RunError, run_everything
from pipelines.home import Home
from pipelines.work.adding import Added, refetch
from pipelines.work.digest import tell
from pipelines.work.notices import Notice, gather
from pipelines.work.published_inputs import is_published
from pipelines.work.retention import RUN_DAYS, prune
from pipelines.work.watching import Watched, watch, watched_addresses

ZONE = ZoneInfo("America/Mexico_City")
_FINISHED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_PRUNED_AT_ONCE = 500

Say = Callable[[str], None]


def run_night(home: Home, say: Say) -> bool:
    """Everything once; returns whether all went well. What fails is said, told to people, and does not stop the rest."""
    failed = _find(home, say)
    if is_published(home):
        say("Nothing changed since the last publication: no edition / Nada cambió: no hay edición.")
        _still_current(home)
    else:
        try:
            if summary := run_everything(home):
                new = "published" if summary.release_is_new else "unchanged"
                say(f"Edition {summary.release_number} {new}, {summary.read_now} documents read.")
        except InterruptedRunError:
            raise
        except RunError as error:
            failed.append(Notice.failure(str(error)))
            say(str(error))
    with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
        prune_runs(instance)
    for line in prune(home):
        say(line)
    for problem in tell(home, [*failed, *gather(home)], say):
        failed.append(Notice.failure(problem))
        say(problem)
    return not failed


def _still_current(home: Home) -> None:
    """Tells Dagster that the edition has all there is: it would look old on a home to which nothing comes."""
    if release := home.latest_release():
        seen = dg.AssetMaterialization(RELEASE_KEY, metadata={"release": release.number, "new": False})
        with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
            instance.report_runless_asset_event(seen)


def _find(home: Home, say: Say) -> list[Notice]:
    """Watches and fetches; a defect met in one of both is told, and the other goes on."""
    failed = []
    steps: tuple[Callable[[], Iterable[Watched | Added]], ...] = (
        lambda: watch(home, today()),
        lambda: refetch(home, watched_addresses(home)),
    )
    for step in steps:
        try:
            for item in step():
                if isinstance(item, Added):
                    say(item.told.en)
                else:
                    counts = ", ".join(f"{len(addresses)} {event}" for event, addresses in item.events.items())
                    say(f"{item.portal_id}: {item.listed} documents listed; {counts or 'nothing new'}")
                    for remark in item.remarks:
                        say(f"{item.portal_id}: {remark}")
        except OSError as error:
            failed.append(Notice.failure(f"{type(error).__name__}: {error}"))
            say(str(error))
    return failed


def today() -> date:
    """The day in Mexico."""
    return datetime.now(ZONE).date()


def prune_runs(instance: dg.DagsterInstance) -> int:
    """Forgets runs that ended long ago, with their events; returns how many. Ticks are pruned by Dagster's own settings."""
    before = datetime.now(ZONE).timestamp() - RUN_DAYS * 86400
    old = instance.get_run_records(
        dg.RunsFilter(statuses=_FINISHED, created_before=datetime.fromtimestamp(before, ZONE)), limit=_PRUNED_AT_ONCE
    )
    for record in old:
        instance.delete_run(record.dagster_run.run_id)
    return len(old)
