"""Bytes come in and are kept: which addresses may be visited, how they are fetched, and the archive by hash.

What bytes mean is for the readers; which document they are of, for `sources.intake`. In: addresses, files. Out: archived
bytes with a sidecar.
"""
