"""What a PDF says on its first pages, before any table is recognised: a help in drafting its entry.

It opens a stranger's bytes: only a reader that is shut in calls it.
"""

from pathlib import Path

import pypdfium2

from sources.pdf.page.lines import lines_of, text_of
from sources.pdf.page.words import page_text


def opening_text(path: Path, pages: int = 2) -> str:
    """The text of a PDF's first pages, where titles stand before any table does; empty for anything else.

    From top to bottom, a line for each run of words that no wide gap cuts; pages end in form feeds. Only a help in
    drafting: what is wrong with the file is the reader's to say.
    """
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(1024):
            return ""
    try:
        with pypdfium2.PdfDocument(path) as document:
            return "\f".join(_page_lines(document[at]) for at in range(min(pages, len(document))))
    except pypdfium2.PdfiumError:
        return ""


def _page_lines(page: pypdfium2.PdfPage) -> str:
    return "\n".join(text_of(words) for line in lines_of(page_text(page).words) for words in line.segments)
