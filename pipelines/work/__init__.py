"""The work itself, step by step, on the data of one home: add, read, normalize, compare, validate, publish.

When it happens belongs to `pipelines.dagster_ui`; what is printed of it, to `pipelines.verbs`. In: a `Home`. Out: tables
in its store and releases.
"""
