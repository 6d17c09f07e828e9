"""What can go wrong with the tables, said so that the person who meets it knows what to do next.

Errors of a source document are in `sources.errors`.
"""


class WarehouseError(Exception):
    """A table, file or query that cannot be written, read or published."""

    def __init__(self, what: str, advice: str = "") -> None:
        self.what, self.advice = what, advice
        super().__init__(f"{what} {advice}".strip())

    def __reduce__(self) -> tuple[type["WarehouseError"], tuple[str, str]]:
        # Errors come back from worker processes, where the default would pass one argument.
        return type(self), (self.what, self.advice)


class MissingTableError(WarehouseError):
    """The table, or that partition of it, was never written."""


class StaleTableError(WarehouseError):
    """A file whose columns are not those of today's schema: it must be made again."""


class QueryError(WarehouseError):
    """SQL that the published file cannot answer."""
