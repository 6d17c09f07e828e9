"""Pure functions, frame in, frame out: what the raw rows mean and how they compare.

No I/O beyond the codebooks of `transforms/reference`; no dagster, duckdb, pdfplumber, openpyxl or great_expectations.
"""
