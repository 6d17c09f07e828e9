"""A refused document is seen on its partition, also where it was read among others whose run went well.

Dagster calls a partition failed when the last run that was to make it failed, and made it not. So each run that tries a refused document
among others is followed by a run of its own, named by it, that failed with its message: with the mark of an older one the partition
would look as if nobody had tried it. What a document that is read alone does is for `assets`.
"""

from collections.abc import Mapping

import dagster as dg

from pipelines.dagster_ui.partitions import DOCUMENT_TAG

SHOWS_REFUSAL = "peso/shows_refusal"  # no run failed: what fails is told by the digest, once
_PARTITION = "dagster/partition"


def show_refused(instance: dg.DagsterInstance, job: dg.JobDefinition, refused: Mapping[str, str]) -> None:
    """Marks the partitions of these documents (message by document) as failed."""
    for document_id in sorted(refused):
        tags = {_PARTITION: document_id, DOCUMENT_TAG: document_id, SHOWS_REFUSAL: "true"}
        instance.report_run_failed(instance.create_run_for_job(job, tags=tags), refused[document_id])
