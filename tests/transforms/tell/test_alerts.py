"""Alerts, coverage and methodology; and what no shipped sentence may say."""

import re
from pathlib import Path

import pandas as pd

import transforms
from tests.transforms.compared import compared
from tests.transforms.made_core import MadeCore, budget
from transforms.out import compare
from warehouse.schema.vocabulary import REFUSALS


def alerts(core: MadeCore) -> pd.DataFrame:
    return compared(core)["alert"].set_index("code")


def test_a_clean_budget_has_no_alert() -> None:
    assert alerts(budget()).empty


def test_the_largest_failures_are_shown_and_the_rest_counted() -> None:
    core = budget()
    for size in range(15):
        core.reconciliation(
            printed_centavos=1000,
            computed_centavos=1000 - size,
            difference_centavos=size,
            line_id="doc:1:2",
            page="135",
        )
    raised = alerts(core)
    assert len(raised.loc["does_not_add_up"]) == 10
    assert (
        raised.loc["does_not_add_up", "message"]
        .iloc[0]
        .startswith(
            "Page 135, 3800 Servicios oficiales: 10.00 pesos are printed and the rows as read add up to 9.86: 0.14 apart"
        )
    )
    assert raised.loc["more_do_not_add_up", "message"].startswith("5 more")
    assert raised["alert_id"].is_unique


def test_documents() -> None:
    core = MadeCore()
    core.document("a", outcome="no_text", message="Scan it with OCR.", mensaje="Léalo con OCR.").document(
        "b", outcome="partial"
    )
    core.document("c", superseded_by="newer").document("d", government=None, year=None)
    raised = alerts(core)
    codes = ["document_refused", "document_partial", "document_superseded", "document_unidentified"]
    assert sorted(raised.index) == sorted(codes)
    assert raised.loc[codes, "document_id"].tolist() == ["a", "b", "c", "d"]
    assert raised["severity"].eq("WARN").all()
    assert raised.loc["document_refused", "mensaje"].endswith(" Léalo con OCR.")


def test_duplicates() -> None:
    core = MadeCore().document("a").document("b")
    core.rows["document"][1]["sha256"] = core.rows["document"][0]["sha256"]
    assert alerts(core).index.tolist() == ["document_duplicate", "document_duplicate"]


def test_refusals_about_the_source_are_alerts() -> None:
    raised = alerts(budget(health=19_000_000))
    assert raised.index.tolist() == ["health_near_zero"]
    assert "health 19,000,000.00 pesos" in raised.loc["health_near_zero", "message"]
    assert "salud 19,000,000.00 pesos" in raised.loc["health_near_zero", "mensaje"]


def test_an_institute_without_health_is_no_alert() -> None:
    core = budget(health=0, government="11-itesg")
    core.rows["government"].append(
        {"government_id": "11-itesg", "name": "Instituto", "level": "body", "parent_id": "11"}
    )
    assert alerts(core).empty


def test_a_jump_of_a_class_is_said_once_and_small_classes_are_not() -> None:
    core = budget(year=2021)
    later = budget(year=2022, document_id="later", events=101_000_000, health=10_001_000_000, total=39_000_000_000)
    for name in ("document", "table", "line", "amount"):
        core.rows[name] += later.rows[name]
    raised = alerts(core)
    assert raised.index.tolist() == ["unit_jump"] * 2, "the function and the concept, not its items"
    of_function, of_concept = raised["message"]
    assert "10,001,000,000.00 pesos against 500,000,000.00" in of_function
    assert "101,000,000.00 pesos against 5,000,000.00" in of_concept


def test_coverage_counts_what_is_missing() -> None:
    core = budget()
    core.document("scan", year=2015, outcome="no_text").document(
        "lost", year=None, government=None, outcome="encrypted"
    )
    rows = compared(core)["coverage"].set_index("government_id")
    assert rows.loc["desconocido", ["documents", "documents_read", "documents_refused"]].tolist() == [1, 0, 1]
    sonora = rows.loc["26"].set_index("fiscal_year")
    assert sonora.loc[2015, "documents_refused"] == 1
    assert sonora.loc[2015, "amounts"] == 0
    assert sonora.loc[2021, ["lines", "amounts", "verified_share", "comparable_stages"]].tolist() == [
        8,
        8,
        1.0,
        "aprobado",
    ]


def test_a_file_of_many_governments_counts_for_each() -> None:
    core = MadeCore().document(government=None).table(1)
    for government in ("26", "11"):
        core.line("Servicios oficiales", 5, government_id=government)
    rows = compared(core)["coverage"]
    assert rows["government"].tolist() == ["Guanajuato", "Sonora"]
    assert rows["documents_read"].tolist() == [1, 1]


def test_methodology_has_every_rule_and_refusal() -> None:
    items = compared(MadeCore())["methodology"]
    assert items["item"].is_unique
    assert {f"refusal {code}" for code in REFUSALS} <= set(items["item"])
    assert {"prices", "perimeter", "rule events.object", "rule health.function"} <= set(items["item"])
    told = items.set_index("item").loc["comparison events_over_health"]
    assert told["description"].endswith("events / health.") and told["descripcion"].endswith("eventos / salud.")


def test_no_shipped_text_accuses() -> None:
    folder = Path(transforms.__file__).parent
    accusing = re.compile("fraud|sospech|corrup|desv[ií]o", re.IGNORECASE)
    for path in (p for p in folder.rglob("*") if p.suffix in (".py", ".yaml", ".csv", ".md")):
        accusation = accusing.search(path.read_text(encoding="utf-8"))
        assert not accusation or path.name in ("cog.csv", "cfg.csv"), f"{path.name}: {accusation}"
    core = budget(health=19_000_000)
    core.reconciliation(printed_centavos=1, computed_centavos=2, difference_centavos=-1)
    for name, frame in compare(core.frames()).items():
        text = frame.astype("str").to_csv()
        assert not accusing.search(text), name


def test_a_stage_in_thousands_is_said_and_not_shown() -> None:
    core = MadeCore()
    spent = {2022: 10_182_345_770, 2023: 8_342_503, 2024: 13_253_477_034}
    for year, accrued in spent.items():
        core.document(f"d{year}", year=year).table(1, "administrative", document_id=f"d{year}")
        core.line("INSTITUTO", {"aprobado": 8_574_086_112, "devengado": accrued}, document_id=f"d{year}")
        core.line("BANDA", {"aprobado": 8_574_086_112, "devengado": 8_342_503}, document_id=f"d{year}")
    out = compared(core)
    raised = out["alert"].set_index("code")
    assert raised.loc[["in_thousands"], "line_id"].tolist() == ["d2023:1:1"], "alike every year is not a jump"
    shown = out["line"].set_index("line_id")
    assert shown.loc["d2023:1:1", "aprobado_centavos"] == 8_574_086_112_00
    assert pd.isna(shown.loc["d2023:1:1", "devengado_centavos"])
    flagged = out["line_all"].query("flag == 'unit_jump'")
    assert flagged["amount_centavos"].tolist() == [8_342_503_00]


def test_a_government_with_few_rows_echoes_with_its_file() -> None:
    core = MadeCore().document(government=None).table(1)
    for government, rows in (("26", 25), ("11", 3)):
        for row in range(rows):
            core.line(f"Renglón {row}", {"aprobado": 5 + row, "devengado": 5 + row}, government_id=government)
    out = compared(core)
    assert sorted(out["alert"].query("code == 'echo'")["government_id"]) == ["11", "26"]
    assert out["line_all"].query("stage == 'devengado'")["flag"].eq("echo").all()


def test_failures_are_counted_by_government() -> None:
    core = MadeCore().document(government=None).table(1)
    for government, failures in (("26", 1), ("11", 12)):
        line = core.line("4000 Transferencias", 5, government_id=government)
        for size in range(failures):
            core.reconciliation(
                line_id=line, printed_centavos=100, computed_centavos=90 - size, difference_centavos=10 + size
            )
    raised = alerts(core)
    assert raised.loc["does_not_add_up", "government_id"].value_counts().to_dict() == {"11": 10, "26": 1}
    assert raised.loc["more_do_not_add_up", "government_id"] == "11"


def test_a_jump_of_a_concept_is_told() -> None:
    """INEGI, EFIPEM, Nuevo León: social communication and advertising, 618.6 million in 2015 and 22.1 in 2016."""
    core = MadeCore()
    for year, pesos in ((2015, 618_609_485), (2016, 22_063_590)):
        name = f"nl-{year}"
        core.document(name, year=year, government="19", kind="estadistica").table(1, document_id=name)
        core.line(
            "Servicios de comunicación social y publicidad", pesos, object_code="36", stage="ejercido", document_id=name
        )
    [message] = compared(core)["alert"].query("code == 'unit_jump'")["mensaje"]
    assert "22,063,590.00 pesos frente a 618,609,485.00" in message
    assert "pasó a otra clave" in message
