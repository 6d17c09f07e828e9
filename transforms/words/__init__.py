"""What one printed text means: amounts, headers, labels, units, periods, dates, states, codes.

One text (or one column of texts) at a time. What a table or a document is belongs to `transforms.core` and
`transforms.describe`. In: texts as printed. Out: plain values and small records; no table of the schema.
"""
