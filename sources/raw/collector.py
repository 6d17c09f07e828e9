"""The garbage collector while a document is read: for both readers, and nothing else of the interpreter."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Without the collector of cycles, which would walk over all words and numbers read so far at every few thousand new
    ones: a tenth of the time of a PDF. What a reader leaves in cycles is collected after it; pdfplumber leaves so much that
    `sources.pdf.load` collects it page by page.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
