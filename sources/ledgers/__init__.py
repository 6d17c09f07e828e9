"""Ledgers (contracts, payments, works, indicators, requests): rows recognised by their header set and kept cell by cell, with places.

A profile (`profiles/*.yaml`) says which header means which field; a file's name never does. What belongs to a person is withheld
here, before anything is kept. What a cell is worth, and what a row proves, is for `transforms.ledgers`. In: grids of cells, tables of
printed cells, or JSON. Out: `raw.record` in a `Reading` of `sources.raw`.
"""
