"""The two line tables people read: `out.line`, verified and wide, to cite from; `out.line_all`, everything, long.

What is verified was decided in reconciliation, and which column speaks for a stage in `transforms.facts`.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from transforms.facts import HEIGHT, parents
from warehouse.schema import Table
from warehouse.schema.out import LINE_ALL, OUT_LINE
from warehouse.schema.vocabulary import STAGES


def line_all(joined: pd.DataFrame, core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every amount, verified or not, with what the detectors say of it."""
    flag = joined["unit_jump"].map({True: "unit_jump"}).mask(joined["echo"], "echo")
    printed = core["amount"].loc[joined.index, ["place", "source_text"]]
    return _framed(LINE_ALL, joined.assign(flag=flag, **printed), core)


def line(joined: pd.DataFrame, core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row per line and year, one column per stage, with the verified amounts of the principal columns.

    An echo of the approved budget is left null: it is not the stage that its header names. So is an amount whose unit
    is not that of its line.
    """
    speaks = joined["verified"].astype("bool") & joined["principal"] & ~joined["echo"] & ~joined["unit_jump"]
    key = ["line", "fiscal_year"]
    rows = joined.loc[speaks & joined["amount_centavos"].notna(), [*key, "stage", "amount_centavos"]]
    group = rows.groupby(key, sort=False, dropna=False).ngroup().to_numpy()
    first = rows.index[~pd.Series(group).duplicated()]
    wide = joined.loc[first, ["line", *(name for name in OUT_LINE.frame_columns if name in joined)]].reset_index(
        drop=True
    )
    for stage in STAGES:
        of_stage = (rows["stage"] == stage).to_numpy(dtype=bool)
        amounts = pd.Series(pd.NA, index=wide.index, dtype="Int64")
        amounts.iloc[group[of_stage]] = rows.loc[of_stage, "amount_centavos"].to_numpy()
        wide[f"{stage}_centavos"] = amounts
    return _framed(OUT_LINE, wide, core)


def _framed(table: Table, rows: pd.DataFrame, core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The rows as that table, with what only a reader wants to see of their lines."""
    lines, at = core["line"], rows["line"].to_numpy()
    path = paths(lines["label"], parents(lines))
    shown = rows.assign(path=path.array[at], printed_page=lines["printed_page"].array[at])
    return table.frame(shown[table.frame_columns])


def paths(labels: pd.Series, parent: np.ndarray) -> pd.Series:
    """The labels of each line and of the lines that contain it, from the top, joined by ' > '.

    `parent` is what `parents` returned.
    """
    label = labels.fillna("").array
    path = label
    above = parent.copy()
    # Each turn goes up one level; a line that contains itself would go on for ever, so the turns are bounded.
    for _ in range(HEIGHT):
        rows = np.flatnonzero(above >= 0)
        if not len(rows):
            break
        longer = label[above[rows]] + " > " + path[rows]
        place = np.arange(len(path))
        place[rows] = len(path) + np.arange(len(rows))
        path = pd.concat([pd.Series(path), pd.Series(longer)]).array[place]
        above[rows] = parent[above[rows]]
    return pd.Series(path, index=labels.index, dtype="str")
