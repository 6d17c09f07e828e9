"""Questions to a published release: SQL, read-only and shut in.

Only this room writes SQL about a release: `query` opens the file (and takes the SQL of a person), `lines`, `comparisons`,
`records` and `places` are questions with a name, `views` gives the tables for people page by page, `tables` whole, `reproduce` writes SQL for people to paste.
In: a database file and a question. Out: rows. No sentence for a reader is written here.
"""
