"""Pages of portals: which documents they list, found politely. In: a watched page. Out: the links to take, and what was not followed.

What the documents are, and what was known of them, belongs elsewhere: getting them to `sources.bytes`, their history to
`pipelines.work.watching`. No script of a page is ever run.
"""
