"""What the comparisons give of made `core` frames, computed once for all tests of a process that make the same ones."""

from collections.abc import Iterator, Mapping

import pandas as pd

from tests.transforms.made_core import MadeCore
from transforms.out import compare

_BY_ROWS: dict[str, "Compared"] = {}


class Compared(Mapping[str, pd.DataFrame]):
    """The `out` frames, each computed when it is asked for the first time and then kept. Nobody changes them."""

    def __init__(self, core: MadeCore) -> None:
        self._out = compare(core.frames())
        self._kept: dict[str, pd.DataFrame] = {}

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._kept:
            self._kept[name] = self._out[name]
        return self._kept[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._out)

    def __len__(self) -> int:
        return len(self._out)


def compared(core: MadeCore) -> Compared:
    """The comparisons of these rows with the shipped definitions."""
    rows = repr(core.rows)
    if rows not in _BY_ROWS:
        _BY_ROWS[rows] = Compared(core)
    return _BY_ROWS[rows]
