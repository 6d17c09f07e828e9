"""Tables as Parquet files that appear complete or not at all, and the SQL that the schema gives.

What is published belongs to `warehouse.release`. In: frames in schema. Out: Parquet, DDL, and the hash of what tables say.
"""
