"""What a reader returns, whatever the format: raw tables, rows and numbers with their places.

How a format is read belongs to `sources.pdf` and `sources.sheets`, which hand what is printed to the one `builder`. In:
printed words and cells. Out: `raw.*` frames in a `Reading`.
"""
