"""The tables: schema, Parquet store, the DuckDB build, views, releases, dictionary, differences.

The only folder that imports duckdb.
"""
