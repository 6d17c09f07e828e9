"""What is done in the process of a mutation. It loads what the product's readers have loaded and nothing else: whatever this module
imports, each of thousands of processes would import.
"""

import resource
from collections.abc import Iterator

from pipelines.apart.process import Tell
from pipelines.apart.reader import ToRead, read_in_process


def read_measured(to_read: ToRead, tell: Tell) -> Iterator[bytes]:
    """What the product does there, and then the most memory that this process had, in bytes, as text."""
    yield from read_in_process(to_read, False, tell)
    yield str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024).encode()
