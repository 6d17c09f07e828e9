"""Golden documents changed in meaning while their sums still hold: no amount stays verified with the meaning it had.

Each of the sample's templates (PDF, .xlsx, .ods) is typeset again with one thing changed that a sum cannot see. What a reader
of the page would then say is the new meaning; an amount may be verified with that, or not be verified.
"""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipelines.apart.wire import raw_frames
from sources import sample
from sources.raw.reading import Document, Hints
from sources.read import read
from sources.sample import ods, pdf, xlsx
from sources.sample.content import Content, SampleTable
from sources.sample.looks import LOOKS
from sources.sample.plan import Plan, plans
from transforms.core.normalize import normalize

NAMES = {"26": "Sonora", "08": "Chihuahua", "11": "Guanajuato", "19": "Nuevo León"}
OFFICE = "26-comunicacion-social"
# One document of each template.
TEMPLATES = {plan.look: plan for plan in plans() if plan.format != "csv"}
KEY = ["label", "header", "source_text"]


def amounts_of(plan: Plan, content: Content, folder: Path) -> pd.DataFrame:
    """The amounts of a document typeset with this content and declared as the plan says, with the label of their line."""
    if plan.format == "pdf":
        data = pdf.typeset(content, LOOKS[plan.look])
    else:
        data = ods.typeset(content) if plan.format == "ods" else xlsx.typeset(content, plan.look)
    path = folder / f"document.{plan.format}"
    path.write_bytes(data)
    raw = raw_frames(read(Document(path, "doc", path.name, Hints(), None)))
    body = plan.government_id == OFFICE
    declared = {
        "document_id": "doc", "government_id": plan.government_id, "fiscal_year": plan.year, "kind": "informe" if body else "estadistica",
        "government_names": "Sistema Estatal de Comunicación Social de Sonora" if body else NAMES[plan.government_id or ""],
        "superior_names": "Sonora" if body else None,
    }  # fmt: skip
    core = normalize(raw, pd.DataFrame([declared]))
    return core["amount"].merge(core["line"][["line_id", "label", "name"]], on="line_id")


def of_tables(change: Callable[[SampleTable], SampleTable]) -> Callable[[Content], Content]:
    return lambda content: dataclasses.replace(content, tables=tuple(map(change, content.tables)))


def of_rows(**change: Callable[..., Any]) -> Callable[[Content], Content]:
    def changed(table: SampleTable) -> SampleTable:
        rows = tuple(
            dataclasses.replace(
                row, **dict[str, Any]({name: make(getattr(row, name)) for name, make in change.items()})
            )
            for row in table.rows
        )
        return dataclasses.replace(table, rows=rows)

    return of_tables(changed)


def with_column(heading: str, figure: Callable[[int], int]) -> Callable[[Content], Content]:
    """A column more, whose figures add up as those of the first do."""

    def widened(table: SampleTable) -> SampleTable:
        rows = tuple(dataclasses.replace(row, amounts=(*row.amounts, figure(row.amounts[0]))) for row in table.rows)
        numbers = (*table.column_numbers, str(len(table.headings) + 1)) if table.column_numbers else ()
        return dataclasses.replace(table, headings=(*table.headings, heading), rows=rows, column_numbers=numbers)

    return of_tables(widened)


def exchanged(content: Content) -> Content:
    def other(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(
            "Gobierno del Estado de Jalisco" if text.startswith("Gobierno del Estado") else text for text in texts
        )

    return dataclasses.replace(content, letterhead=other(content.letterhead), titles=other(content.titles))


def other_year(content: Content) -> Content:
    return dataclasses.replace(content, period="Del 1 de enero al 31 de diciembre de 2009")


@pytest.fixture(params=sorted(TEMPLATES), name="plan")
def _plan(request: pytest.FixtureRequest) -> Plan:
    return TEMPLATES[request.param]


def in_turn(*texts: str) -> list[tuple[str, str]]:
    """Each template with one of the texts, each text with the first PDF: what a text says does not depend on the template."""
    looks = sorted(TEMPLATES)
    pdf = next(look for look in looks if TEMPLATES[look].format == "pdf")
    return sorted({*((look, texts[n % len(texts)]) for n, look in enumerate(looks)), *((pdf, text) for text in texts)})


def verified(amounts: pd.DataFrame) -> pd.DataFrame:
    return amounts[amounts["verified"]]


def test_unchanged_documents_are_mostly_verified(plan: Plan, tmp_path: Path) -> None:
    amounts = amounts_of(plan, plan.content(), tmp_path)
    assert amounts["verified"].mean() > 0.5, amounts["reason"].value_counts().to_dict()


@pytest.mark.parametrize(
    ("plan", "unit"), in_turn("(Miles de pesos)", "Cifras en millones de pesos", "(Dólares)"), indirect=["plan"]
)
def test_a_unit_exchanged_over_the_table(plan: Plan, tmp_path: Path, unit: str) -> None:
    amounts = verified(amounts_of(plan, dataclasses.replace(plan.content(), unit=unit), tmp_path))
    multiplier = {"(Miles de pesos)": 1_000, "Cifras en millones de pesos": 1_000_000}.get(unit)
    assert (amounts["multiplier"] == multiplier).all() if multiplier else amounts.empty


def test_a_unit_moved_below_the_table(plan: Plan, tmp_path: Path) -> None:
    content = plan.content()
    moved = dataclasses.replace(content, unit="", notes=("Cifras en miles de pesos.", *content.notes))
    amounts = verified(amounts_of(plan, moved, tmp_path))
    assert (amounts["multiplier"] == 1_000).all()


def test_a_unit_that_is_gone(plan: Plan, tmp_path: Path) -> None:
    amounts = verified(amounts_of(plan, dataclasses.replace(plan.content(), unit=""), tmp_path))
    assert set(amounts["unit_basis"]) <= {"centavos", "currency_sign"}


def test_a_body_exchanged(plan: Plan, tmp_path: Path) -> None:
    assert verified(amounts_of(plan, exchanged(plan.content()), tmp_path)).empty


def test_a_year_exchanged(plan: Plan, tmp_path: Path) -> None:
    amounts = verified(amounts_of(plan, other_year(plan.content()), tmp_path))
    assert (amounts["fiscal_year"] == 2009).all()


def test_a_column_of_labels_cut_off(plan: Plan, tmp_path: Path) -> None:
    cut = of_rows(label=lambda _: "3", within=lambda _: "")
    assert verified(amounts_of(plan, cut(plan.content()), tmp_path)).empty


def test_all_signs_turned(plan: Plan, tmp_path: Path) -> None:
    turned = of_rows(amounts=lambda amounts: tuple(-amount for amount in amounts))
    before = amounts_of(plan, plan.content(), tmp_path)
    printed = dict(zip(before["name"], before["amount_centavos"], strict=True))
    after = verified(amounts_of(plan, turned(plan.content()), tmp_path))
    same = [
        name
        for name, amount in zip(after["name"], after["amount_centavos"], strict=True)
        if amount and printed.get(name) == amount
    ]
    assert not same


@pytest.mark.parametrize(
    ("plan", "heading"),
    in_turn("Número de acciones", "Beneficiarios", "Porcentaje del total", "% del total"),
    indirect=["plan"],
)
def test_counts_and_rates_that_add_up_beside_the_money(plan: Plan, tmp_path: Path, heading: str) -> None:
    wider = with_column(heading, lambda amount: amount // 1_000_000)
    amounts = amounts_of(plan, wider(plan.content()), tmp_path)
    other = amounts["header"].fillna("").str.contains(heading.split()[-1], regex=False)
    assert not amounts.loc[other, "verified"].any()


def test_headers_moved_by_a_column(tmp_path: Path) -> None:
    plan = next(plan for plan in plans() if plan.government_id == OFFICE)
    content = plan.content()
    moved = of_tables(lambda table: dataclasses.replace(table, headings=(*table.headings[1:], table.headings[0])))
    before = amounts_of(plan, content, tmp_path)
    old = set(zip(before["place"], before["page"], before["stage"], strict=True))
    after = verified(amounts_of(plan, moved(content), tmp_path))
    after = after[after["stage"].notna() & (after["amount_centavos"] != 0)]
    assert not [row for row in zip(after["place"], after["page"], after["stage"], strict=True) if row in old]


def test_the_sample_has_the_templates_that_are_changed_here() -> None:
    assert len(TEMPLATES) >= 7 and len(sample.entries()) == len(plans())
