"""What can be wrong with a source, said so that the person who dropped it knows what to do.

Each code is an outcome of `warehouse.schema.vocabulary.OUTCOMES`. Errors of the catalogue (a wrong YAML field) are in
`warehouse.schema.declaration`; defects of the program are not source errors and keep their own exception.
"""

from warehouse.schema.vocabulary import OUTCOMES


class SourceError(Exception):
    """A document that cannot be read, with its named outcome.

    `code` is one of OUTCOMES; `document` is what the person called it; `place` is the page or cell where it showed.
    """

    def __init__(
        self, code: str, document: str, expected: str, found: str, advice: str, place: str | None = None
    ) -> None:
        if code not in OUTCOMES:
            raise ValueError(f"{code!r} is not an outcome")
        self.code, self.document, self.place = code, document, place
        self.expected, self.found, self.advice = expected, found, advice
        super().__init__(self.message())

    def message(self) -> str:
        """The whole sentence for people."""
        where = f"{self.document}, {self.place}" if self.place else self.document
        return f"{where}: {OUTCOMES[self.code].en}. Expected {self.expected}; found {self.found}. {self.advice}"

    def __reduce__(self) -> tuple[type["SourceError"], tuple[str | None, ...]]:
        # Errors come back from the worker processes that read in parallel.
        return SourceError, (self.code, self.document, self.expected, self.found, self.advice, self.place)
