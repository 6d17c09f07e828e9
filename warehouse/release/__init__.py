"""Publishing: the DuckDB file, Parquet, CSV, Excel, dictionary and manifest of a numbered release.

The page is `warehouse.page`; what differs from the release before is `warehouse.differences`. In: the store. Out: an
immutable folder.
"""
