"""What two releases say differently, row by row and line by line, with the cause of each.

That there is a release before belongs to `warehouse.release`. In: two releases, or the store and a release. Out: `out.release_difference`, `ERRATAS.md`, the list of changes.
"""
