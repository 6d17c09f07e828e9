"""Registers as tables of a PDF: cells with page and box, one table over pages, persons withheld, never budget lines."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from sources.errors import SourceError
from sources.raw.reading import Document, Reading
from tests.sources.ledgers.forms import cells, read_file
from tests.sources.pdf.typeset import Sheet, assert_accounted, typeset
from tests.transforms.ledgers.world import pesos, understood

COMPANY = "GRUPO EJEMPLO, S.A. DE C.V."
EDGES = (30, 55, 135, 275, 420, 500, 580)
HEADERS = ("No.", "Número de contrato", "Objeto", "Contratista", "Fecha de firma", "Monto contratado")
FIRST = ("1", "OP-1/2021", "Red de agua", COMPANY, "15/02/2021", "$1,000.50")
SECOND = ("2", "OP-2/2021", "Calle", "ROSALBA QUIEBRAHACHA", "16/02/2021", "$500.00")
TOTAL = ("", "", "TOTAL", "", "", "$1,500.50")
Rows = Sequence[Sequence[str]]


TITLE = "Municipio de Ejemplo: contratos del primer trimestre"


def ruled(
    *rows: Sequence[str], top: float = 100, edges: Sequence[float] = EDGES, title: str = TITLE
) -> Callable[[Sheet], None]:
    """A page with a ruled table; a text of several lines has them parted by a bar."""

    def draw(sheet: Sheet) -> None:
        sheet.text(30, top - 30, title)
        for n, row in enumerate(rows):
            for x, text in zip(edges, row, strict=False):
                for line, part in enumerate(text.split("|")):
                    sheet.text(x + 2, top + 30 * n + 10 + 9 * line, part)
        bottom = top + 30 * len(rows)
        sheet.across(edges[0], edges[-1], *(top + 30 * n for n in range(len(rows) + 1)))
        sheet.down(top, bottom, *edges)

    return draw


def read(path: Path) -> Reading:
    """Through the one door, and every word with a digit accounted for."""
    reading = read_file(path)
    withheld = reading.numbers["exclusion"].eq("personal_data").any()
    if not withheld:
        assert_accounted(reading, Document(path, "d1"))
    return reading


def test_each_cell_of_a_printed_list_has_its_page_and_box(tmp_path: Path) -> None:
    wrapped = ("1", "OP-1/2021", "Rehabilitación de la red|de agua potable", COMPANY, "15/02/|2021", "$1,000.|50")
    reading = read(typeset(tmp_path, ruled(HEADERS, wrapped)))
    assert reading.tables.empty and set(reading.records["profile_id"]) == {"contract_list"}
    record = cells(reading.records, 1)
    assert (record["object"], record["signed_on"], record["amount"]) == (
        "Rehabilitación de la red de agua potable", "15/02/2021", "$1,000.50",
    )  # fmt: skip
    amount = reading.records[reading.records["field"].eq("amount")].iloc[0]
    left, top, right, bottom = map(float, amount["place"].split(","))
    assert amount["page"] == "1" and 500 < left < right < 580 and 130 < top < bottom < 160


def test_a_list_goes_on_over_pages_with_and_without_its_headers(tmp_path: Path) -> None:
    third = ("3", "OP-3/2021", "Pozo", COMPANY, "17/02/2021", "$10.00")
    path = typeset(
        tmp_path,
        ruled(HEADERS, FIRST),
        ruled(HEADERS, ("2", *FIRST[1:2], *SECOND[2:3], *FIRST[3:])),
        ruled(third, TOTAL),
    )
    records = read(path).records
    amounts = records[records["field"].eq("amount")]
    assert amounts["page"].tolist() == ["1", "2", "3", "3"]
    assert amounts["exclusion"].fillna("").tolist() == ["", "", "", "total"]
    assert set(records.loc[records["page"].eq("3") & records["type"].notna(), "field"]) >= {"contract_number", "amount"}


def test_persons_of_a_printed_list_are_in_nothing_that_is_kept(tmp_path: Path) -> None:
    path = typeset(tmp_path, ruled(HEADERS, FIRST, SECOND, (*SECOND[:2], "Paga a ROSALBA QUIEBRAHACHA 2", *SECOND[3:])))
    reading = read(path)
    kept = [*reading.records["source_text"].dropna(), *reading.numbers["source_text"], *reading.texts["text"]]
    assert "QUIEBRAHACHA" not in " ".join(kept) and COMPANY in kept
    frames = understood({"a": path})
    assert frames["contract"]["supplier_kind"].tolist()[:2] == ["company", "withheld"]
    assert [pesos(amount) for amount in frames["contract"]["amount_centavos"]][:2] == [1000.5, 500]


def test_amounts_that_the_page_says_are_thousands_are_read_as_none(tmp_path: Path) -> None:
    reading = read(typeset(tmp_path, ruled(HEADERS, FIRST, title="(Cifras en miles de pesos)"), ruled(FIRST)))
    typed = set(reading.records.loc[reading.records["type"].notna(), "field"])
    assert "amount" not in typed and "contract_number" in typed
    assert any("is not in pesos" in warning for warning, _ in reading.warnings)


def test_headers_in_two_levels(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        for x, text in zip(EDGES, ("No.", "Contrato", "", "Contratista", "Importes"), strict=False):
            sheet.text(x + 2, 110, text)
        for x, text in zip(
            EDGES, ("", "Número de contrato", "Objeto", "", "Fecha de firma", "Monto contratado"), strict=False
        ):
            sheet.text(x + 2, 140, text)
        for x, text in zip(EDGES, FIRST, strict=False):
            sheet.text(x + 2, 170, text)
        sheet.across(30, 580, 100, 160, 190)
        sheet.across(55, 275, 130)
        sheet.across(420, 580, 130)
        sheet.down(100, 190, 30, 55, 275, 420, 580)
        sheet.down(130, 190, 135, 500)

    record = cells(read(typeset(tmp_path, draw)).records, 1)
    assert (record["contract_number"], record["supplier"], record["amount"]) == ("OP-1/2021", COMPANY, "$1,000.50")


def test_a_printed_register_without_a_profile_is_refused_and_no_budget(tmp_path: Path) -> None:
    headers = ("No.", "Expediente", "Vigencia", "Proveedor", "Fecha del contrato", "Monto contratado")
    with pytest.raises(SourceError) as refusal:
        read_file(typeset(tmp_path, ruled(headers, FIRST, SECOND)))
    assert refusal.value.code == "profile_unknown"


def test_a_printed_table_of_persons_without_amounts_keeps_no_name(tmp_path: Path) -> None:
    headers = ("No.", "Nombre(s)", "Primer apellido", "Domicilio", "Teléfono", "Ejercicio")
    row = ("1", "ROSALBA", "QUIEBRAHACHA", "Calle Uno 5", "5512345678", "2021")
    reading = read_file(typeset(tmp_path, ruled(headers, row, row)))
    kept = " ".join([*reading.numbers["source_text"], *reading.texts["text"]])
    assert reading.records.empty and not any(text in kept for text in ("ROSALBA", "QUIEBRAHACHA", "5512345678"))


def aligned(*rows: Sequence[str], top: float = 100, rise: float = 0) -> Callable[[Sheet], None]:
    """A page with a table without rules; the lines of a text begin so many points over the figures of its row."""

    def draw(sheet: Sheet) -> None:
        sheet.text(30, top - 12, "Contratos celebrados en el primer trimestre de 2021")
        for n, row in enumerate(rows):
            y = top + 24 * n
            for x, end, text in zip(EDGES, EDGES[1:], row, strict=False):
                for line, part in enumerate(text.split("|")):
                    at = y + 9 * line - (rise if "|" in text and n else 0)
                    sheet.right(end - 2, at, part) if part.isdecimal() else sheet.text(x + 2, at, part)

    return draw


@pytest.mark.parametrize("rise", [0, 4.5, 9], ids=["top", "middle", "bottom"])
def test_a_list_without_rules_is_read_by_its_columns(tmp_path: Path, rise: float) -> None:
    rows = [
        (
            str(n),
            f"OP-{n}/2021",
            f"Red de agua potable {n}|en la colonia Centro",
            COMPANY,
            f"{n:02}/02/2021",
            f"${n},000.50",
        )
        for n in range(1, 13)
    ]
    path = typeset(tmp_path, aligned(HEADERS, *rows[:8], rise=rise), aligned(HEADERS, *rows[8:], rise=rise))
    reading = read(path)
    assert reading.tables.empty and reading.records["record"].nunique() == 12
    last = cells(reading.records, 12)
    assert (last["contract_number"], last["object"], last["amount"], last["supplier"]) == (
        "OP-12/2021", "Red de agua potable 12 en la colonia Centro", "$12,000.50", COMPANY,
    )  # fmt: skip


def test_a_register_that_only_ocr_can_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sources.pdf.OpenedPdf.scanned", {"1"})
    with pytest.raises(SourceError, match=r"OCR read \(p\. 1\)") as refusal:
        read_file(typeset(tmp_path, ruled(HEADERS, FIRST, SECOND)))
    assert refusal.value.code == "no_text"
