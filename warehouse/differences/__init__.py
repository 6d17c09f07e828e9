"""What two releases say differently, row by row and line by line, with the cause of each.

In: two releases, or the store and a release. Out: `out.release_difference`, `ERRATAS.md`, the list of changes.
"""
