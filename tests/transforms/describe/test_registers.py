"""The draft of a register's entry: which ledger it is, whose, and of which period."""

from datetime import date
from pathlib import Path

from pipelines.apart.wire import raw_frames
from tests.sources.ledgers.forms import procedures, read_file, spending
from transforms.describe.draft import describe
from transforms.describe.registers import RegisterFacts

COMPANY = "GRUPO EJEMPLO, S.A. DE C.V."
ROW = ("Licitación pública", "LPN/1", None, None, COMPANY, None, "C-1", 1160, None, None, None, None)


def test_a_register_says_what_it_is_and_of_when(tmp_path: Path) -> None:
    raw = raw_frames(read_file(procedures(tmp_path / "a.xlsx", [ROW])))
    draft = describe(raw, "F26A.xlsx")
    assert (
        draft.title
        == "Procedimiento de contratación, con su contrato, 2025-01-01 a 2025-03-31 (registro sipot_procedures)"
    )
    assert (draft.kind, draft.fiscal_year) == ("contratos", 2025)
    assert (draft.period_start, draft.period_end) == (date(2025, 1, 1), date(2025, 3, 31))
    assert "sipot_procedures" in draft.evidence["kind"].en


def test_a_register_of_one_body_names_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        'Folio,Sujeto obligado,Clave del gobierno,Qué se pidió,Fecha de la solicitud,Plazo ampliado (sí o no),Fecha de la respuesta,Sentido de la respuesta,Huella del archivo de respuesta (sha256),"Línea, contrato o documento sobre el que se pidió"\n26001,Municipio de Hermosillo,26030,El contrato,2025-01-02,no,,,,\n',
        encoding="utf-8",
    )
    facts = RegisterFacts.of(read_file(tmp_path / "a.csv").records)
    assert facts is not None and (facts.body, facts.kind) == ("Municipio de Hermosillo", "otro")
    assert "Municipio de Hermosillo" in facts.title


def test_a_budget_with_records_is_described_as_a_budget(tmp_path: Path) -> None:
    raw = raw_frames(
        read_file(spending(tmp_path / "a.xlsx", [("2025-03-31", "36100003", "PUBLICIDAD", 100, 120, 110, 90)]))
    )
    assert describe(raw, "F29A.xlsx").kind == "informe"
