"""The two jobs that everything else starts, with the assets they make: read documents, and publish.

When they run is decided in `pipelines.dagster_ui.automation`; running them in this process, in `pipelines.dagster_ui.run`.
"""

import dagster as dg

from pipelines.dagster_ui.assets import ASSETS
from pipelines.dagster_ui.checks import every_document_is_read, nothing_waits
from pipelines.dagster_ui.lineage import RAW_KEY
from pipelines.dagster_ui.partitions import DOCUMENT_TAG
from pipelines.dagster_ui.resources import publication, run_home
from pipelines.home import Home

PUBLISHES = "peso/publishes"  # a reading after which whoever started it publishes
_PARTITION_RANGE_START = "dagster/asset_partition_range_start"
_PARTITION_RANGE_END = "dagster/asset_partition_range_end"

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

work = dg.Definitions(
    assets=ASSETS,
    asset_checks=[every_document_is_read, nothing_waits],
    jobs=[read_documents, publish],
    resources={"home": run_home(Home.find().create()), "publication": publication},
    executor=dg.in_process_executor,  # what holds the turn to publish is the one process of the run
)


def range_tags(keys: list[str], documents: list[str] | None = None) -> dict[str, str]:
    """Tags that make one run materialize every partition from the first key to the last, and name it by its documents."""
    named = documents or keys
    name = named[0] if len(named) == 1 else f"{named[0]} … {named[-1]} ({len(named)})"
    return {_PARTITION_RANGE_START: keys[0], _PARTITION_RANGE_END: keys[-1], DOCUMENT_TAG: name}
