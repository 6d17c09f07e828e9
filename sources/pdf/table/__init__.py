"""The tables of a page: stretches, columns, headers, rows and label slots; and tables joined over pages.

What a word or a line is belongs to `sources.pdf.page`; what a column means, to `transforms`. In: the words and rules of a
page. Out: blocks, and joined tables.
"""
