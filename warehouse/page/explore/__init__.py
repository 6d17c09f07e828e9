"""Explore: every published amount in a folder beside the page, searched, filtered and added up without a network.

`write` puts the amounts of a built database into columns that a browser reads at once; `explore.js` filters, sorts and adds up,
and refuses to add what is the same money twice. In: the database of a release. Out: a folder that opens by a double click.
"""
