"""What is compared: an amount of the truth, and an amount that a reader gave."""

from dataclasses import dataclass, field

Words = tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """An amount of the workbook, as it is printed.

    `label` are the label cells of its row, `around` the words that a reader may add to them (the lines that a label runs
    over, the cells to the right); `headers` the cells above it from the nearest to the farthest, `titles` the words
    above those. `stages`, `years`, `unit` and `body` are what the words over its table say of it (`meaning`).
    """

    value: int
    label: tuple[Words, ...]
    headers: tuple[Words, ...]
    row: int
    column: int
    place: str
    around: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    twin_header: bool = False  # another amount column has the same nearest header
    stages: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    unit: int = 1
    body: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Read:
    """An amount that a reader gave, with the words it put to it, and what the transforms say that it means."""

    value: int
    label: Words
    header: Words
    row: int
    column: int
    place: str
    text: str
    verified: bool | None = None
    stage: str | None = None
    year: int | None = None
    multiplier: int | None = None
    body: Words = ()


@dataclass
class Truth:
    """The amounts of a workbook, and what else its numeric cells and words are.

    `others` counts the values of cells that may or may not be read as amounts (counts, codes, percentages).
    """

    amounts: list[Fact] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
