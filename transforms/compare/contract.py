"""The comparison contract: what two operands declare of themselves, and when one may stand over the other.

One pure function decides, for every comparison of the project: a number, or the reasons why there is none. Which lines
make an operand is decided in `transforms.measure.candidates` and `transforms.measure.perimeter`; the words of the reasons are in
`warehouse.schema.vocabulary`.
"""

from dataclasses import dataclass

import pandas as pd

from transforms.measure.refusals import has_no_base, reasons, true

NOMINAL = "nominal"
PESOS, DOUBTFUL = "pesos", "doubtful"


@dataclass(frozen=True)
class Side:
    """One side of many comparisons: each field is a column, row by row beside the other side's.

    `amount` is centavos, and `missing` says that a line of it could not be read. `perimeter` is words that are equal only
    for one perimeter. `price_basis` is 'nominal' or a base year as text. `unit` is 'pesos' or 'doubtful'; `netting` and
    `recurrence` are words of the vocabulary. `source_kind` is the kind of the document. `absent` is the code of a refusal
    for want of this side.
    """

    amount: pd.Series
    verified: pd.Series
    missing: pd.Series
    stage: pd.Series
    fiscal_year: pd.Series
    period_start: pd.Series
    period_end: pd.Series
    period_status: pd.Series
    perimeter: pd.Series
    price_basis: pd.Series
    unit: pd.Series
    netting: pd.Series
    recurrence: pd.Series
    source_kind: pd.Series
    absent: str = "no_operand"


def refuse(x: Side, y: Side) -> pd.DataFrame:
    """Why X is not put over Y: one boolean column per code of the vocabulary, true where it applies.

    What is not known of one side refuses nothing that the other side does not contradict. Beside an amount without a
    stage nothing can stand, and that is said instead of a missing side.
    """
    present = x.amount.notna() & y.amount.notna()
    unstaged = (x.amount.notna() & x.stage.isna()) | (y.amount.notna() & y.stage.isna())
    columns = {
        "no_stage": unstaged,
        "unverified_operand": _unproven(x) | _unproven(y),
        "missing_operand": true(x.missing) | true(y.missing),
        "different_stage": present & _differ(x.stage, y.stage),
        "different_period": present & (_differ(x.period_start, y.period_start) | _differ(x.period_end, y.period_end)),
        "different_status": present & _differ(x.period_status, y.period_status),
        "different_perimeter": present & _differ(x.perimeter, y.perimeter),
        "different_prices": present & _other_prices(x, y),
        "different_unit": true(x.unit == DOUBTFUL) | true(y.unit == DOUBTFUL) | (present & _differ(x.unit, y.unit)),
        "different_netting": present & true(x.netting != "unknown") & true(y.netting != "unknown")
        & _differ(x.netting, y.netting),
        "zero_base": has_no_base(x.amount, y.amount),
        "not_citable": true(x.source_kind == "secundaria") | true(y.source_kind == "secundaria"),
    }  # fmt: skip
    for side in (x, y):
        lacking = side.amount.isna() & ~unstaged
        columns[side.absent] = columns[side.absent] | lacking if side.absent in columns else lacking
    return reasons(columns, x.amount.index)


def quotient(x: Side, y: Side, refused: pd.Series) -> pd.Series:
    """X over Y, for reading; null wherever it is refused."""
    return (x.amount / y.amount.where(y.amount != 0)).astype("Float64").where(~refused)


def one_off_against_recurrent(x: Side, y: Side) -> pd.Series:
    """Whether money spent once is held against spending of every year: a number, to be labelled."""
    kinds = pd.concat([x.recurrence, y.recurrence], axis=1)
    return kinds.isin(["one_off"]).any(axis=1) & kinds.isin(["recurrent"]).any(axis=1)


def _unproven(side: Side) -> pd.Series:
    return side.amount.notna() & ~true(side.verified)


def _differ(a: pd.Series, b: pd.Series) -> pd.Series:
    return a.notna() & b.notna() & ~true(a == b)


def _other_prices(x: Side, y: Side) -> pd.Series:
    """Different price bases, or pesos of the day of different years."""
    return _differ(x.price_basis, y.price_basis) | (
        _differ(x.fiscal_year, y.fiscal_year) & true(x.price_basis == NOMINAL)
    )
