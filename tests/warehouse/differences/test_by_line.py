"""What differs from the previous release: each line once, with the cause it has, and nothing where nothing differs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.transforms.made_core import MadeCore
from tests.warehouse.conftest import moved
from warehouse.ask.tables import published_tables
from warehouse.differences import errata
from warehouse.differences.by_line import compare_lines
from warehouse.release.folder import Release
from warehouse.release.publish import publish
from warehouse.schema import TABLES
from warehouse.store.parquet import Store

Publish = Callable[[MadeCore], Release]


def budget(
    document: str = "v1", health: int = 100, accrued: int = 90, total: int = 1000, all_accrued: int = 990, **fields: Any
) -> MadeCore:
    """Health and the rest of one budget, approved and accrued, in one table with its total."""
    core = MadeCore().document(document, **fields).table(1, document_id=document)
    add: dict[str, Any] = {"document_id": document}
    core.line("2.3 Salud", {"aprobado": health, "devengado": accrued}, function_code="23", **add)
    core.line("Lo demás", {"aprobado": total - health, "devengado": all_accrued - accrued}, **add)
    core.line("Total", {"aprobado": total, "devengado": all_accrued}, row_kind="total", **add)
    return core


def newer(**fields: Any) -> MadeCore:
    """The same budget in a second version of its document, the first kept beside it."""
    return both(budget(superseded_by="v2"), budget("v2", supersedes="v1", **fields))


def both(one: MadeCore, other: MadeCore) -> MadeCore:
    for name in ("document", "table", "line", "amount", "reconciliation"):
        one.rows[name] += other.rows[name]
    return one


def fill(folder: Path, core: MadeCore, reader: str) -> Store:
    store = Store(folder)
    for name, frame in core.frames().items():
        store.write(f"core.{name}", frame)
    for row in core.rows["document"]:
        reading = {"document_id": row["document_id"], "sha256": row["sha256"], "outcome": "read", "reader": reader}
        store.write("raw.document", TABLES["raw.document"].frame([reading]), row["document_id"])
    return store


pytestmark = pytest.mark.usefixtures("one_csv")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("before")
    return publish(fill(folder / "store", budget(), "code-hints"), folder / "releases", code_version="1")


@pytest.fixture
def first(before: Release, tmp_path: Path) -> Release:
    """A copy, for what changes it or publishes after it."""
    return moved(before, tmp_path)


@pytest.fixture
def differences(before: Release, tmp_path: Path) -> Callable[..., pd.DataFrame]:
    def compared(core: MadeCore, reader: str = "code-hints", code: str = "1") -> pd.DataFrame:
        store = fill(tmp_path / "now", core, reader)
        differing = compare_lines(store, before.database, previous=1, code_before="1", code_now=code)
        assert differing is not None
        assert differing["difference_id"].is_unique
        return differing

    return compared


def causes(differing: pd.DataFrame) -> set[tuple[str, str]]:
    return set(zip(differing["change"], differing["cause"], strict=True))


Differences = Callable[..., pd.DataFrame]


def test_nothing_differs(differences: Differences) -> None:
    assert differences(budget()).empty
    assert differences(budget(), reader="other-hints", code="2").empty, "another reader that reads the same"
    assert differences(newer()).empty, "other bytes that say the same"


def test_late_accrual(differences: Differences) -> None:
    differing = differences(newer(accrued=95, all_accrued=995))
    assert causes(differing) == {("changed", "late_accrual")}
    assert set(differing["stage"]) == {"devengado"}
    line = differing.set_index("previous_line_id").loc["v1:1:1"]
    assert (line["line_id"], line["document_id"], line["previous_document_id"]) == ("v2:1:1", "v2", "v1")
    amounts = [line[f"{name}_centavos"] for name in ("previous_amount", "amount", "difference")]
    assert amounts == [90_00, 95_00, 5_00]
    assert line["fields"] == "amount"


def test_reclassification_leaves_the_total(differences: Differences) -> None:
    differing = differences(newer(health=120))
    assert causes(differing) == {("changed", "reclassification")}
    assert differing["difference_centavos"].sum() == 0


def test_perimeter_is_another_approved_total(differences: Differences) -> None:
    differing = differences(newer(health=70, accrued=60, total=950, all_accrued=930))
    assert causes(differing) == {("changed", "perimeter")}
    assert len(differing) == 6, "both stages of the government and year, whatever each line says"


def test_perimeter_is_money_moved_to_transfers(differences: Differences) -> None:
    core = newer(health=120)
    for line in core.rows["line"]:
        if line["line_id"] == "v2:1:1":
            line["object_code"] = "41"
    differing = differences(core)
    assert ("changed", "perimeter") not in causes(differing), "transfers are compared with transfers"
    assert set(differing["fields"]) == {"amount;classes", "classes", "amount"}


def test_less_than_a_peso_is_rounding(differences: Differences) -> None:
    core = newer()
    core.rows["amount"][6]["amount_centavos"] += 29
    assert causes(differences(core)) == {("changed", "rounding")}


def test_the_reader_the_catalogue_or_a_correction_on_the_same_bytes(differences: Differences) -> None:
    assert causes(differences(budget(health=101), reader="other-hints")) == {("changed", "reader_change")}
    assert causes(differences(budget(health=101), code="2")) == {("changed", "reader_change")}
    assert causes(differences(budget(health=101), reader="code-other")) == {("changed", "catalogue_change")}
    assert causes(differences(budget(health=101, period_status="final"))) == {("changed", "catalogue_change")}
    corrected = budget()
    corrected.rows["amount"][0].update(amount_centavos=105_00, correction_id="c1")
    assert causes(differences(corrected)) == {("changed", "correction")}
    assert causes(differences(budget(health=101))) == {("changed", "unattributed")}, "no cause is made up"


def test_what_another_document_proves(differences: Differences) -> None:
    core = budget()
    core.rows["amount"][0].update(verified=False, reason="no_proof")
    differing = differences(core)
    assert causes(differing) == {("changed", "evidence")}
    assert (differing.loc[0, "before"], differing.loc[0, "after"]) == ("true", "false")


def test_another_class_of_the_same_amount(differences: Differences) -> None:
    core = budget()
    core.rows["line"][1]["function_code"] = "24"
    differing = differences(core, code="2")
    assert causes(differing) == {("changed", "reader_change")}
    assert set(differing["fields"]) == {"classes"}
    assert (differing.loc[0, "before"], differing.loc[0, "after"]) == ("object", "object / 24")


def test_a_line_that_moved_down_is_the_same_line(differences: Differences) -> None:
    core = MadeCore().document("v1").table(1, document_id="v1")
    core.line("Nuevo", {"aprobado": 0, "devengado": 0}, document_id="v1")
    core.line("2.3 Salud", {"aprobado": 100, "devengado": 90}, function_code="23", document_id="v1")
    core.line("Lo demás", {"aprobado": 900, "devengado": 900}, document_id="v1")
    core.line("Total", {"aprobado": 1000, "devengado": 990}, row_kind="total", document_id="v1")
    differing = differences(core, reader="other-hints")
    assert causes(differing) == {("added", "reader_change")}
    assert set(differing["label"]) == {"Nuevo"}


def test_a_line_under_another_heading_is_the_same_line(differences: Differences) -> None:
    core = newer(accrued=95, all_accrued=995)
    next(line for line in core.rows["line"] if line["line_id"] == "v2:1:1")["parent_line_id"] = "v2:1:3"
    differing = differences(core)
    assert causes(differing) == {("changed", "late_accrual")}


def test_a_version_that_prints_no_total_is_not_another_perimeter(differences: Differences) -> None:
    core = newer(accrued=95, all_accrued=995)
    next(line for line in core.rows["line"] if line["line_id"] == "v2:1:3")["row_kind"] = "detail"
    assert "perimeter" not in {cause for _, cause in causes(differences(core))}


def test_a_line_that_is_gone(differences: Differences) -> None:
    core = budget()
    core.rows["line"] = [line for line in core.rows["line"] if line["label"] != "Lo demás"]
    core.rows["amount"] = [amount for amount in core.rows["amount"] if amount["line_id"] != "v1:1:2"]
    differing = differences(core, reader="other-hints")
    assert causes(differing) == {("removed", "reader_change")}
    assert differing["previous_amount_centavos"].tolist() == [900_00, 900_00]
    assert differing["amount_centavos"].isna().all()


def test_a_new_and_a_withdrawn_document_are_one_row_each(differences: Differences) -> None:
    assert causes(differences(both(budget(), budget("other")))) == {("document_added", "new_document")}
    differing = differences(budget("other"))
    assert causes(differing) == {("document_added", "new_document"), ("document_removed", "withdrawn_document")}
    assert differing["amounts"].tolist() == [6, 6]


def test_a_document_that_can_no_longer_be_read_says_so(differences: Differences) -> None:
    core = MadeCore().document("v1", outcome="no_text")
    differing = differences(core)
    assert causes(differing) == {("document_removed", "withdrawn_document")}
    assert (differing.loc[0, "before"], differing.loc[0, "after"]) == ("read", "no_text")


def test_large_money_stays_exact(before: Release, tmp_path: Path) -> None:
    published = published_tables(before.database, "core.amount")[0]
    assert published["amount_centavos"].tolist()[:2] == [100_00, 90_00]
    assert str(published["amount_centavos"].dtype) == "Int64"
    assert published_tables(tmp_path / "absent.duckdb", "out.claim")[0].empty


def test_a_removed_database_cannot_be_compared(first: Release, tmp_path: Path) -> None:
    first.database.unlink()
    assert compare_lines(Store(tmp_path / "now"), first.database, previous=1, code_before="1", code_now="1") is None


def test_the_errata_of_a_release_are_read_by_people(first: Release, differences: Differences, tmp_path: Path) -> None:
    assert "Primera edición" in (first.folder / errata.FILE).read_text(encoding="utf-8")
    core = newer(accrued=95, all_accrued=995)
    differing = differences(core).assign(claims="salud-2021")
    store = Store(tmp_path / "now")
    store.write("out.release_difference", differing)
    store.write(
        "out.claim",
        TABLES["out.claim"].frame(
            [{"claim_id": "salud-2021", "text": "Una frase", "texto": "Una frase", "status": "claimed", "outcome": "flipped", "verified": True,
              "finding": "f", "hallazgo": "h", "razon": "Porque sí.", "amount_centavos": 1, "previous_amount_centavos": -1}]
        ),
    )  # fmt: skip
    text = (publish(store, tmp_path / "releases", code_version="1").folder / errata.FILE).read_text(encoding="utf-8")
    for words in (
        "## Registro posterior",
        "Sonora 2021 devengado «2.3 Salud»: de 90.00 a 95.00 (+5.00) — afecta a: salud-2021 `v2:1:1`",
        "**salud-2021**: Cambió de signo (-0.01 → 0.01)",
    ):
        assert words in text, text


@pytest.mark.usefixtures("first")
def test_what_is_said_of_the_previous_release_is_nothing_new(tmp_path: Path) -> None:
    """Else every run would publish: the differences of one release are gone in the next."""
    store = fill(tmp_path / "again", budget(), "code-hints")
    difference = {
        "difference_id": "d",
        "previous_release": 1,
        "change": "changed",
        "cause": "restated",
        "document_id": "v1",
    }
    store.write("out.release_difference", TABLES["out.release_difference"].frame([difference]))
    check = {"check_id": "c", "table": "out.release_difference", "severity": "ERROR", "passed": True}
    store.write("out.check", TABLES["out.check"].frame([{**check, "rows": 1}]))
    root = tmp_path / "again-releases"
    assert publish(store, root, code_version="1").published
    store.write("out.release_difference", TABLES["out.release_difference"].frame())
    store.write("out.check", TABLES["out.check"].frame([{**check, "rows": 0}]))
    assert not publish(store, root, code_version="2").published
    store.write("out.check", TABLES["out.check"].frame())
    assert not publish(store, tmp_path / "releases", code_version="2").published
