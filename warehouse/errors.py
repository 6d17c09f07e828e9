"""What can go wrong with the tables, said so that the person who meets it knows what to do next.

Errors of a source document are in `sources.errors`.
"""

from collections.abc import Callable
from functools import partial


class WarehouseError(Exception):
    """A table, file or query that cannot be written, read or published. `es` says it in Spanish, where people meet it."""

    def __init__(self, what: str, advice: str = "", *, es: str = "") -> None:
        self.what, self.advice = what, advice
        super().__init__(f"{what} {advice}".strip())
        self.es = es or str(self)

    def __reduce__(self) -> tuple[Callable[..., "WarehouseError"], tuple[str, str, str]]:
        # Errors come back from worker processes, where the default would pass one argument.
        return partial(_made, type(self)), (self.what, self.advice, self.es)


def _made(kind: type[WarehouseError], what: str, advice: str, es: str) -> WarehouseError:
    return kind(what, advice, es=es)


class MissingTableError(WarehouseError):
    """The table, or that partition of it, was never written."""


class StaleTableError(WarehouseError):
    """A file whose columns are not those of today's schema: it must be made again."""


class QueryError(WarehouseError):
    """SQL that the published file cannot answer."""
