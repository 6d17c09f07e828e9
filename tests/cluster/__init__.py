"""Past one machine, on this one: `python -m tests.cluster` starts the servers of `docs/cluster.md` on loopback, kills some of what
works with them, and holds what is left against a local run, row for row. It is no part of `make test`.
"""
