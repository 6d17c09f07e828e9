"""Questions to a published release: SQL, read-only and shut in.

Only this room writes SQL about a release. In: a database file and a question. Out: rows.
"""
