"""The two line tables people read: `out.line`, verified and wide, to cite from; `out.line_all`, everything, long.

What is verified was decided in reconciliation; which column speaks for a stage, and where a line stands, in
`transforms.measure.facts`.
"""

import pandas as pd

from transforms.measure.added_views import line_years
from warehouse.schema import Table
from warehouse.schema.core import BASIS_COLUMNS
from warehouse.schema.out import LINE_ALL, OUT_LINE
from warehouse.schema.vocabulary import STAGES


def line_all(joined: pd.DataFrame, lines: pd.DataFrame, amounts: pd.DataFrame) -> pd.DataFrame:
    """Every amount, verified or not, with what the detectors say of it; text of lines and documents stays coded.

    `joined` is FACT, `lines` LOCATED_LINE, `amounts` `core.amount`.
    """
    flag = joined["unit_jump"].map({True: "unit_jump"}).mask(joined["echo"], "echo")
    printed = amounts.loc[joined.index, ["place", "source_text", *(column.name for column in BASIS_COLUMNS)]]
    return _framed(LINE_ALL, joined.assign(flag=flag, **printed), lines)


def line(joined: pd.DataFrame, lines: pd.DataFrame, added: pd.Index) -> pd.DataFrame:
    """One row per line and year, one column per stage, with the verified amounts of the principal columns.

    An echo of the approved budget is left null: it is not the stage that its header names. So is an amount whose unit
    is not that of its line. `added` are the `line_years` of the lines to be added up.
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
    wide["adds_up"] = line_years(wide["line"], wide["fiscal_year"]).isin(added)
    return _framed(OUT_LINE, wide, lines)


def _framed(table: Table, rows: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """The rows as that table, with what only a reader wants to see of their lines."""
    at = rows["line"].to_numpy()
    shown = rows.assign(**{name: lines[name].array[at] for name in ("path", "printed_page")})
    return table.frame(shown[table.frame_columns])
