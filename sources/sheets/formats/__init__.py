"""Workbooks of each format into grids of cells: .xlsx, .xls, .ods, delimited text, and uncomputed formulas.

Where tables lie in a grid belongs to `sources.sheets.table`. In: bytes. Out: grids of cells with text, kind and place.
"""
