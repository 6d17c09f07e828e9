"""What a picture is asked to show: one line and its amounts, as raw holds them.

Where they stand and how they are drawn is for the other modules of this room; which line is shown, the caller decides.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShownFigure:
    """One amount: its place and text as raw holds them, the header of its column, and what it is called."""

    place: str
    text: str
    header: str | None = None
    name: str = ""


@dataclass(frozen=True)
class Evidence:
    """One line to be shown. `first_page` is where its table begins; `withheld`: personal data stands in its table;
    `alone`: of its row only the figures are shown, as the rest may be of persons.
    """

    line_id: str
    label: str
    page: str
    place: str
    figures: tuple[ShownFigure, ...]
    document: str
    sha256: str
    printed_page: str | None = None
    title: str | None = None
    first_page: str | None = None
    note: str = ""
    withheld: bool = False
    alone: bool = False
