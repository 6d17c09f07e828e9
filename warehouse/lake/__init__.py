"""The lake: the published tables as one database that many machines read, each edition a snapshot that stays.

DuckLake: rows in Parquet files that never change, and in PostgreSQL which of them make up each snapshot. An option (`docs/cluster.md`);
what is published as files belongs to `warehouse.release`. In: a `Release`. Out: snapshots, and editions of views.
"""
