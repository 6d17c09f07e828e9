"""`peso serve`: a published edition on a read-only web server, for a newsroom's machine.

Addresses, pages, JSON and CSV, and who may ask. It computes nothing: what a release answers belongs to `warehouse.ask`, how a
place is drawn to `pipelines.evidence`, the page of an edition to `warehouse.page`. In: a `Home` and its releases. Out: HTTP.
"""
