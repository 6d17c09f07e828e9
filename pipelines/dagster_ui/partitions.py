"""Which documents Dagster has partitions of: those of the catalogue, however many there are.

What a partition is belongs to `assets`; when partitions are made, to `run` and `automation`.
"""

from collections.abc import Iterable

import dagster as dg

DOCUMENTS = dg.DynamicPartitionsDefinition(name="document")
DOCUMENT_TAG = (
    "documento"  # a run is named by it in the list of runs, where a longer key would leave no room for the name
)
# Dagster asks for all keys of a call in one statement, and SQLite takes 999 values in one, or 32,766 in newer ones.
_AT_ONCE = 500
_NAME = DOCUMENTS.name or ""


def add_partitions(instance: dg.DagsterInstance, documents: list[str]) -> None:
    """Adds those that are not there yet."""
    for first in range(0, len(documents), _AT_ONCE):
        instance.add_dynamic_partitions(_NAME, documents[first : first + _AT_ONCE])


def without_partition(instance: dg.DagsterInstance, documents: Iterable[str]) -> list[str]:
    """The documents that have none yet."""
    there = set(instance.get_dynamic_partitions(_NAME))
    return [document for document in documents if document not in there]


def sync_partitions(instance: dg.DagsterInstance, documents: list[str]) -> list[str]:
    """Makes the partitions those of the catalogue; returns them in Dagster's order, which ranges follow."""
    there = set(instance.get_dynamic_partitions(_NAME))
    for gone in there - set(documents):
        instance.delete_dynamic_partition(_NAME, gone)
    add_partitions(instance, without_partition(instance, documents))
    return list(instance.get_dynamic_partitions(_NAME))
