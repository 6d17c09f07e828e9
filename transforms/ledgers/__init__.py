"""What the rows of ledgers mean: procedures, contracts and payments, what they are charged to, and which budget lines they explain.

Pure functions; which header is which field is decided in `sources.ledgers`. A row proves nothing by itself: only a sum that a budget line prints
too is a proof, and words never are. In: `raw.record` and the `core` frames of lines. Out: the tables of `warehouse.schema.ledgers`.
"""
