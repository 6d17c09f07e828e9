"""On what each amount rests, facet by facet: value, sign, label, kind, unit, time, body, stage, seen.

One file a facet, each giving a `Facet`; `verdict` puts them together. What words mean belongs to `transforms.words`, what a
sum proves to `proof`: here it is only said what counts, and where it stands. In: the book and the sums that were tried.
Out: the columns `*_basis`, `verified` and `reason` of `core.amount`, and `core.basis`.
"""
