"""A peso is added up once, however often its budget prints it."""

from datetime import date

import pandas as pd

from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore

EVENTS = 94_717_124.06


def law() -> MadeCore:
    """Guanajuato's law of 2021 prints its official services for the whole, for a power and in two cuts."""
    core = MadeCore().document(year=2021, government="11")
    for table, scope, total in ((1, "whole", 85e9), (2, "whole", 70e9), (3, "part", 70e9), (4, None, 60e9)):
        core.table(table, "object", scope=scope)
        core.line("3800 Servicios oficiales", EVENTS, table=table, object_code="38")
        core.line("Total", total, table=table, row_kind="total")
    return core


def total_of(frame: pd.DataFrame, column: str) -> float:
    return int(frame.loc[frame["adds_up"], column].sum()) / 100


def test_the_events_of_a_law_are_one_amount_in_every_table_of_lines() -> None:
    out = compared(law())
    events = out["line"][out["line"]["object_code"] == "38"]
    assert len(events) == 4
    assert total_of(events, "aprobado_centavos") == EVENTS
    assert total_of(out["line_comparison"], "amount_centavos") == EVENTS
    assert events.loc[events["adds_up"], "table"].tolist() == [1]


def stages_of(core: MadeCore, stage: str) -> dict[str, int]:
    lines = compared(core)["line"]
    added = lines[lines["adds_up"] & (lines["object_code"] == "38")]
    amounts = added.dropna(subset=[f"{stage}_centavos"]).set_index("document_id")[f"{stage}_centavos"]
    return {str(document): int(centavos) // 100 for document, centavos in amounts.items()}


def reports() -> MadeCore:
    core = MadeCore()
    for name, kind, end, stages in (
        ("ley", "ley", date(2021, 12, 31), {"aprobado": 90}),
        ("t1", "informe", date(2021, 3, 31), {"devengado": 10}),
        ("t2", "informe", date(2021, 6, 30), {"devengado": 30}),
        ("inegi", "estadistica", date(2021, 12, 31), {"devengado": 95}),
        ("copia", "informe", date(2021, 6, 30), {"devengado": 30}),
    ):
        core.document(name, year=2021, kind=kind, period_end=end, sha256="h" if name in ("t2", "copia") else name)
        core.table(1, "object", document_id=name)
        core.line("Servicios oficiales", stages, object_code="38", document_id=name)
    return core


def test_quarters_that_run_up_statistics_and_twins_are_not_added_to_one_another() -> None:
    core = reports()
    assert stages_of(core, "devengado") == {"t2": 30}
    assert stages_of(core, "aprobado") == {"ley": 90}
