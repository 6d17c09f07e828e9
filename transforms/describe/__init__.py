"""The draft of a catalogue entry: what a document's own words say of its government, kind, period and unit.

A draft only: what is declared is the catalogue's, in `sources.declared`. In: the opening text or the raw tables of one
document. Out: a `Description`.
"""
