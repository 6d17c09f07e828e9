"""The Dagster code location: everything the UI, the daemon and the `peso` command run."""

import dagster as dg

from pipelines.dagster_ui.assets import ASSETS
from pipelines.dagster_ui.automation import JOBS, SCHEDULES, SENSORS
from pipelines.dagster_ui.checks import every_document_is_read
from pipelines.dagster_ui.resources import publication, run_home
from pipelines.home import Home

defs = dg.Definitions(
    assets=ASSETS,
    asset_checks=[every_document_is_read],
    jobs=JOBS,
    schedules=SCHEDULES,
    sensors=SENSORS,
    resources={"home": run_home(Home.find().create()), "publication": publication},
    executor=dg.in_process_executor,  # what holds the turn to publish is the one process of the run
)
