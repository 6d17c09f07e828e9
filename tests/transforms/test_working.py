"""The frames between core and out fit the tables that describe them, in worlds of every shape."""

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore, budget
from tests.transforms.working import assert_fits, assert_steps_fit
from transforms.measure.working_tables import CAUGHT
from warehouse.schema import TABLES


def together(*made: MadeCore) -> MadeCore:
    core = made[0]
    for other in made[1:]:
        for name in ("document", "table", "line", "amount"):
            core.rows[name] += other.rows[name]
    return core


def contracts() -> MadeCore:
    core = MadeCore().document(kind="contrato").table(1, "contract")
    core.line("Festival", 1_000, stage=None, header="Monto del contrato", line_date=date(2021, 3, 16))
    return core


def bodies() -> MadeCore:
    core = MadeCore().document().table(1, "administrative")
    ministry = core.line("Secretaría de Salud", 100_000_000, row_kind="subtotal")
    core.line("Servicios de Salud", 60_000_000, parent_line_id=ministry)
    core.line("Hospital General", None, verified=False, reason="unreadable")
    core.line("Total", 900_000_000, row_kind="total")
    return core


WORLDS: dict[str, Callable[[], MadeCore]] = {
    "nothing": MadeCore,
    "two years, two documents of one, a version that another replaces": lambda: together(
        budget(year=2020, document_id="a"), budget(year=2021, document_id="b"), budget(year=2021, document_id="c", total=1_900_000_000),
        budget(government="11", document_id="d", superseded_by="e"), budget(government="11", document_id="e"),
    ),
    "a government that nobody can tell": lambda: budget(government=None, year=None),
    "bodies": bodies,
    "contracts": contracts,
}  # fmt: skip


@pytest.mark.parametrize("world", WORLDS)
def test_every_step_hands_on_what_its_table_says(world: str) -> None:
    assert_steps_fit(WORLDS[world]().frames())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda caught: caught.drop(columns="words"),
        lambda caught: caught.assign(more=1),
        lambda caught: caught.assign(line=1.5),
        lambda caught: caught.assign(rule=pd.Series([None] * len(caught), dtype="str")),
        lambda caught: pd.concat([caught, caught]),
    ],
)
def test_a_frame_that_does_not_fit_is_told(spoil: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    caught = pd.DataFrame({
        "line": [1, 2],
        **{name: pd.array(["a", "b"], dtype="str") for name in ("line_id", "basket", "rule", "strength", "words")},
    })  # fmt: skip
    assert_fits(caught, CAUGHT)
    with pytest.raises(AssertionError):
        assert_fits(spoil(caught), CAUGHT)


def test_working_tables_have_no_file() -> None:
    assert CAUGHT.name not in TABLES
