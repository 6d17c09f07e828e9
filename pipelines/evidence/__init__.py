"""`peso evidence`: everything that a newsroom needs to believe a number, in a folder that opens offline."""

from pipelines.evidence.pack import write_pack
from pipelines.evidence.subjects import EvidenceError

__all__ = ["EvidenceError", "write_pack"]
