"""From core to operands: what stands for health, events, advertising or the whole, in one view of one budget.

Putting two operands side by side belongs to `transforms.compare`. In: `core.*` as frames. Out: amounts joined to their
lines, candidates, and the one chosen for each document, year and stage, with refusals.
"""
