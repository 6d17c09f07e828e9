"""The tables of a sheet: where they lie, what their columns are, and which cells are withheld.

How a format is read belongs to `sources.sheets.formats`. In: a grid. Out: raw tables, rows and numbers.
"""
