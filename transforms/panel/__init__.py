"""The panel: every class of every government and year on one declared perimeter, its deviation between stages, its series.

What stands for what in one budget was decided in `transforms.measure`; here the best view of each level and the best document of
each year are taken, and nothing is added. X over Y belongs to `transforms.compare`, words about a number to `transforms.tell`. In: what
was measured, prices, successions. Out: `out.panel`, `out.deviation`, `out.series`, `out.succession`, and `out.beside`, which sets its rows side by side.
"""
