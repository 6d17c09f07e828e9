"""`peso evidence`: everything that a newsroom needs to believe a number, in a folder that opens offline.

What a release answers belongs to `warehouse.ask`, how a place is drawn to `sources.picture`. In: a release and its archive.
Out: a folder with pages, pictures, queries and the sources themselves.
"""

from pipelines.evidence.pack import write_pack
from pipelines.evidence.packed_subjects import EvidenceError

__all__ = ["EvidenceError", "write_pack"]
