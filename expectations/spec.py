"""What a check is: the table it guards, how much it matters, why it must hold, and how it is tested.

A test is either a few of Great Expectations' own expectations, named here without importing them, or a rule: a pure
function from frames to the rows that break it, for what needs more than one table. ERROR stops the release: a promise is
broken, so the program is wrong. WARN is published with the release: a source is odd, so a reader must know. The checks
themselves are in `structural` and in one file per promise; running them is for `runner`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from warehouse.schema import TABLES
from warehouse.schema.vocabulary import SEVERITIES

TableFrames = Mapping[str, pd.DataFrame]  # by the name of the table, in the types of the schema
FailingRows = Callable[
    [TableFrames], pd.DataFrame
]  # a rule: the rows that break it, with what a reader needs to find them
Where = tuple[str, bool | str | tuple[str, ...]]

_NAME = re.compile(r"^[A-Za-z0-9_]+$")


@dataclass(frozen=True)
class Expect:
    """One of Great Expectations' expectations, by class name, with its arguments.

    `where` keeps only the rows whose column has that value, or one of those values.
    """

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Where | None = None

    @property
    def columns(self) -> list[str]:
        """The columns it looks at: what a reader of a failing row wants to see."""
        named = [self.where[0]] if self.where else []
        named += [self.arguments[key] for key in ("column", "column_A", "column_B") if key in self.arguments]
        return named + list(self.arguments.get("column_list", ()))


@dataclass(frozen=True)
class Spec:
    """A check: exactly one of `expectations` and `rule` says how it is tested.

    `reads` are the other tables a rule needs. `show` are columns shown beside the key of a failing row; a rule's rows
    are shown as it returns them.
    """

    check_id: str
    table: str
    severity: str
    reason: str
    reason_es: str
    expectations: tuple[Expect, ...] = ()
    rule: FailingRows | None = None
    reads: tuple[str, ...] = ()
    show: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        unknown = [name for name in self.needs if name not in TABLES]
        if not _NAME.match(self.check_id) or self.severity not in SEVERITIES or unknown:
            raise ValueError(
                f"check {self.check_id!r}: bad name, severity {self.severity!r} or unknown tables {unknown}"
            )
        if bool(self.expectations) == (self.rule is not None):
            raise ValueError(f"check {self.check_id!r}: needs either expectations or a rule")

    @property
    def needs(self) -> tuple[str, ...]:
        """Every table whose frame the check needs, its own first."""
        return (self.table, *self.reads)


@dataclass(frozen=True)
class Promise:
    """The checks of one promise, in the order in which they are written: each rule under its reason."""

    specs: list[Spec] = field(default_factory=list)

    def add(self, spec: Spec) -> None:
        """Adds a check that Great Expectations' own expectations test."""
        self.specs.append(spec)

    def rule(
        self, check_id: str, table: str, severity: str, reason: str, reason_es: str, reads: tuple[str, ...] = ()
    ) -> Callable[[FailingRows], FailingRows]:
        """Adds the check that the function below finds no rows."""

        def add(find: FailingRows) -> FailingRows:
            self.add(Spec(check_id, table, severity, reason, reason_es, rule=find, reads=reads))
            return find

        return add


def key_columns(table: str) -> list[str]:
    """The columns of a table's frame that name one of its rows."""
    return [TABLES[table].by_name[name].frame_name for name in TABLES[table].key]
