"""What must be true of the tables, with a reason and a severity each, and the one runner that checks it.

The only folder that imports great_expectations, and only inside functions: the import takes seconds.
"""
