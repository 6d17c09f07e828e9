"""What must be true of the tables, with a reason and a severity each, and the one runner that checks it.

In go frames of any table of `warehouse.schema`, out comes `out.check` and its report. One file per promise holds its checks,
each rule under its reason; `structural` is what the schema alone says, `plausible` what a reading is asked before it is kept.
Nothing is mended or computed here: a check only finds the rows that break it.

The only folder that imports great_expectations, and only inside functions: the import takes seconds.
"""
