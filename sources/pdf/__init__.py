"""Reading PDF documents with a text layer: from the characters of a page to raw rows, and every number accounted for.

What stands on one page belongs to `sources.pdf.page`, what is a table of it to `sources.pdf.table`, pages without text to
`sources.pdf.ocr`; what a number means, to `transforms`. In: the bytes of a PDF. Out: a `Reading` of `sources.raw`.
"""

from sources.pdf.reader import OpenedPdf, read_pdf

__all__ = ["OpenedPdf", "read_pdf"]
