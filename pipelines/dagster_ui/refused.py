"""A refused document is seen on its partition, also where it was read among others whose run went well.

Dagster calls a partition failed when the last run that was to make it failed, and made it not. So each refused document gets a run of
its own, named by it, that failed with its message. What a document that is read alone does is for `assets`.
"""

from collections.abc import Mapping

import dagster as dg
from dagster._core.storage.partition_status_cache import get_and_update_asset_status_cache_value

from pipelines.dagster_ui.lineage import RAW_KEY
from pipelines.dagster_ui.partitions import DOCUMENT_TAG, DOCUMENTS

_PARTITION = "dagster/partition"


def show_refused(instance: dg.DagsterInstance, job: dg.JobDefinition, refused: Mapping[str, str]) -> None:
    """Marks the partitions of these documents (message by document) as failed, once for as long as they are."""
    if not refused:
        return
    status = get_and_update_asset_status_cache_value(instance, RAW_KEY, DOCUMENTS)
    marked = set(status.deserialize_failed_partition_subsets(DOCUMENTS).get_partition_keys()) if status else set[str]()
    for document_id in sorted(set(refused) - marked):
        run = instance.create_run_for_job(job, tags={_PARTITION: document_id, DOCUMENT_TAG: document_id})
        instance.report_run_failed(run, refused[document_id])
