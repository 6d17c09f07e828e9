"""Which documents Dagster has partitions of: those of the catalogue, however many there are.

What a partition is belongs to `assets`; when partitions are made, to `run` and `automation`.
"""

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


def sync_partitions(instance: dg.DagsterInstance, documents: list[str]) -> list[str]:
    """Makes the partitions those of the catalogue; returns them in Dagster's order, which ranges follow."""
    there = set(instance.get_dynamic_partitions(_NAME))
    for gone in there - set(documents):
        instance.delete_dynamic_partition(_NAME, gone)
    add_partitions(instance, [document for document in documents if document not in there])
    return list(instance.get_dynamic_partitions(_NAME))
