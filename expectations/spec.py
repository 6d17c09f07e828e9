"""What a check is: the table it guards, how much it matters, why it must hold, and how it is tested.

A test is either a few of Great Expectations' own expectations, named here without importing them, or a rule: a pure
function from frames to the rows that break it, for what needs more than one table. The checks themselves are in
`structural` and `business`; running them is for `runner`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from warehouse.schema import TABLES
from warehouse.schema.vocabulary import SEVERITIES

Frames = Mapping[str, pd.DataFrame]
Rule = Callable[[Frames], pd.DataFrame]
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
    rule: Rule | None = None
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
