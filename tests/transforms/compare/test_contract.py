"""The comparison contract: a number, or each of its refusals, one at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import pytest

from transforms.compare.contract import Side, one_off_against_recurrent, quotient, refuse
from transforms.measure.refusals import join_codes, sentences
from warehouse.schema.vocabulary import REFUSALS


def column(value: Any) -> pd.Series:
    return pd.Series([value])


def operand(amount: int | None = 1_000_000_00, **fields: Any) -> Side:
    plain = {
        "verified": True, "missing": False, "stage": "devengado", "fiscal_year": 2021, "period_start": date(2021, 1, 1), "period_end": date(2021, 12, 31),
        "period_status": "final", "perimeter": "total de 9 pesos", "price_basis": "nominal", "unit": "pesos", "netting": "gross",
        "recurrence": "recurrent", "source_kind": "cuenta_publica",
    }  # fmt: skip
    columns = {name: column(value) for name, value in {**plain, **fields}.items()}
    return Side(amount=pd.Series([amount], dtype="Int64"), **columns)


def test_a_number() -> None:
    x, y = operand(250_000_00), operand()
    refused = refuse(x, y)
    assert not refused.any(axis=None)
    assert quotient(x, y, refused.any(axis=1)).tolist() == [0.25]


@pytest.mark.parametrize(
    ("code", "x"),
    [
        ("no_operand", operand(None)),
        ("unverified_operand", operand(verified=False)),
        ("unverified_operand", operand(verified=None)),
        ("missing_operand", operand(missing=True)),
        ("different_stage", operand(stage="aprobado")),
        ("different_period", operand(period_end=date(2021, 3, 31))),
        ("different_status", operand(period_status="preliminary")),
        ("different_perimeter", operand(perimeter="tabla 3 de otro")),
        ("different_prices", operand(price_basis="2025")),
        ("different_prices", operand(fiscal_year=2020)),
        ("different_unit", operand(unit="doubtful")),
        ("different_netting", operand(netting="net")),
        ("zero_base", operand(200_000_000_00)),
        ("not_citable", operand(source_kind="secundaria")),
    ],
)
def test_a_refusal(code: str, x: Side) -> None:
    refused = refuse(x, operand())
    assert join_codes(refused).tolist() == [code]
    assert quotient(x, operand(), refused.any(axis=1)).isna().all()


def test_every_refusal_has_a_sentence_in_both_languages() -> None:
    refused = refuse(operand(stage="aprobado", verified=False), operand())
    assert sentences(refused, "es").tolist() == ["Un operando no está verificado; Operandos de momentos distintos"]
    assert sentences(refused, "en").tolist() == ["An operand is not verified; Operands of different stages"]
    assert set(refused.columns) == set(REFUSALS)


def test_what_is_not_known_contradicts_nothing() -> None:
    x = replace(operand(), period_status=column(None), netting=column("unknown"), perimeter=column(None))
    assert not refuse(x, operand()).any(axis=None)


def test_years_apart_stand_together_at_the_prices_of_one_year() -> None:
    x, y = operand(fiscal_year=2018, price_basis="2025"), operand(price_basis="2025")
    assert not refuse(x, y).any(axis=None)


def test_one_off_money_against_recurrent_spending_is_labelled() -> None:
    assert one_off_against_recurrent(operand(recurrence="one_off"), operand()).tolist() == [True]
    assert one_off_against_recurrent(operand(recurrence="mixed"), operand()).tolist() == [False]
