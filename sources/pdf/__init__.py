"""Reading PDF documents with a text layer: from the characters of a page to raw rows, and every number accounted for."""

from sources.pdf.reader import read_pdf

__all__ = ["read_pdf"]
