"""What can be wrong with a source, said in both languages so that the person who dropped it knows what to do.

Each code is an outcome of `warehouse.schema.vocabulary.OUTCOMES`. Errors of the catalogue (a wrong YAML field) are in
`warehouse.schema.declaration`; defects of the program are not source errors and keep their own exception.
"""

from warehouse.schema.vocabulary import OUTCOMES, Term

Words = Term | str  # in both languages, or what is the same in both: a number, a name, the words of a library

OBTAIN_AGAIN = Term("Obtain the file again.", "Consiga otra vez el archivo.")
SAVE_APART = Term(
    "If the file is honest, save its sheets as separate workbooks or as CSV.",
    "Si el archivo es honesto, guarde sus hojas como libros separados o como CSV.",
)
WEB_PAGE = Term("a web page (HTML)", "una página web (HTML)")
WORKBOOK_XML = Term("a workbook's XML", "el XML de un libro de Excel")


def pair(words: Words) -> Term:
    """In both languages."""
    return Term(words, words) if isinstance(words, str) else words


class SourceError(Exception):
    """A document that cannot be read, with its named outcome.

    `code` is one of OUTCOMES; `document` is what the person called it; `place` is the page or cell where it showed.
    """

    def __init__(
        self, code: str, document: str, expected: Words, found: Words, advice: Words, place: str | None = None
    ) -> None:
        if code not in OUTCOMES:
            raise ValueError(f"{code!r} is not an outcome")
        self.code, self.document, self.place = code, document, place
        self.expected, self.found, self.advice = pair(expected), pair(found), pair(advice)
        super().__init__(self.told().en)

    def told(self) -> Term:
        """The whole sentence for people."""
        where = f"{self.document}, {self.place}" if self.place else self.document
        outcome, expected, instead, advice = OUTCOMES[self.code], self.expected, self.found, self.advice
        return Term(
            f"{where}: {outcome.en}. Expected {expected.en}; found {instead.en}. {advice.en}",
            f"{where}: {outcome.es}. Se esperaba {expected.es}; se encontró {instead.es}. {advice.es}",
        )

    def __reduce__(self) -> tuple[type["SourceError"], tuple[Words | None, ...]]:
        # Errors come back from the worker processes that read in parallel.
        return SourceError, (self.code, self.document, self.expected, self.found, self.advice, self.place)
