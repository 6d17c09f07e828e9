"""Raw tables to core: lines with their tree and codes, amounts with their proof, and every sum that was tried.

What a line is compared with belongs to `transforms.measure` and after, which this room does not know. In: `raw.*` and
`core.document`. Out: `core.line`, `core.amount`, `core.reconciliation`, `core.correction`, `core.proposal`.
"""
