"""One page: its characters, words, lines, rules, figures, and how well its text can be read.

Tables belong to `sources.pdf.table`. In: a page as PDFium has it. Out: words, lines, rulings and grids of that page.
"""
