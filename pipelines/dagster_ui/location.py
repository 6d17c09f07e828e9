"""The Dagster code location: everything the UI, the daemon and the `peso` command run."""

import dagster as dg

from pipelines.dagster_ui.automation import JOBS, SCHEDULES, SENSORS
from pipelines.dagster_ui.jobs import work

defs = dg.Definitions.merge(work, dg.Definitions(jobs=JOBS, schedules=SCHEDULES, sensors=SENSORS))
