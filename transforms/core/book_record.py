"""What all steps of core work on: the tables of a run, their rows, columns and amounts, each in one frame.

How it is made is in `book`.
"""

from dataclasses import dataclass, field

import pandas as pd

from transforms.core.facets.facet import Facet


@dataclass
class Book:
    """`tables`, `rows`, `columns` and `cells`, each sorted by place and with `t`, the position of its table.

    `cells` are the amounts; `r` and `c` are positions in `rows` and `columns`. Rows have
    a `stage` too, where a table prints the stages below one another. `set_aside` are the numeric words of
    tables that are no amounts, with the reason. `texts` are the lines that stand in no table; `unit` what the unit of each
    amount rests on.
    """

    tables: pd.DataFrame
    rows: pd.DataFrame
    columns: pd.DataFrame
    cells: pd.DataFrame
    set_aside: pd.DataFrame
    corrections: pd.DataFrame
    texts: pd.DataFrame = field(default_factory=pd.DataFrame)
    unit: Facet | None = None
