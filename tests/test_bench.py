"""The scorer of the benchmark is held to made-up pairs whose score is known, so that its figures mean something."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sources.declared.catalogue import Catalogue
from tests.bench.amounts import Fact, Read, Truth
from tests.bench.corpus import EDITIONS, MADE_UP, documents, make
from tests.bench.degraded import Amount, compared
from tests.bench.formats import Shown, shown
from tests.bench.peers import Grid, Tally, reads_of
from tests.bench.score import Score, score
from tests.bench.truth import truth_of
from tests.bench.words import centavos, tokens
from transforms.core.normalize import normalize

LABELS = ("Servicios Personales", "Materiales y Suministros", "Servicios Generales")
STAGES = ("Aprobado", "Devengado")
VALUES = {
    ("Servicios Personales", "Aprobado"): "1,000.50",
    ("Servicios Personales", "Devengado"): "900.00",
    ("Materiales y Suministros", "Aprobado"): "-",
    ("Materiales y Suministros", "Devengado"): "-",
    ("Servicios Generales", "Aprobado"): "77.25",
    ("Servicios Generales", "Devengado"): "(5.25)",
}
FIGURES = Counter(abs(centavos(text) or 0) for text in VALUES.values())


def _truth() -> Truth:
    facts = [
        Fact(centavos(text) or 0, (tokens(label),), (tokens(stage), ("egresos",)), LABELS.index(label), i % 2, "A1")
        for i, ((label, stage), text) in enumerate(VALUES.items())
    ]
    return Truth(facts)


def _reads(changes: dict[tuple[str, str], tuple[str, str, str] | None] | None = None) -> list[Read]:
    """What a perfect reader gives, but for the changes: (label, header, text) in place of an amount, or nothing."""
    reads = []
    for (label, stage), text in VALUES.items():
        printed = (changes or {}).get((label, stage), (label, f"Egresos {stage}", text))
        if printed:
            value = centavos(printed[2])
            row = LABELS.index(label)
            reads.append(
                Read(value or 0, tokens(printed[0]), tokens(printed[1]), row, 0, "p1", printed[2], verified=True)
            )
    return reads


def _score(reads: list[Read], figures: Counter[int] = FIGURES) -> Score:
    return score(_truth(), reads, figures, Counter())


def test_a_perfect_reading_is_right() -> None:
    scored = _score(_reads())
    assert scored.counts == {"right": 6}
    assert scored.wrong_and_verified == 0


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("Materiales y Suministros", "Egresos Aprobado", "1,000.50"), "wrong_label"),
        (("Servicios Personales Materiales", "Egresos Aprobado", "1,000.50"), "wrong_label"),
        (("Personales", "Egresos Aprobado", "1,000.50"), "wrong_label"),
        (("Servicios Personales", "Egresos Devengado", "1,000.50"), "wrong_column"),
        (("Servicios Personales", "Aprobado Modificado", "1,000.50"), "wrong_column"),
        (("Servicios Personales", "", "1,000.50"), "wrong_column"),
        (("Servicios Personales", "Egresos Aprobado", "1,000.05"), "wrong_value"),
        (("Servicios Personales", "Egresos Aprobado", "(1,000.50)"), "wrong_value"),
    ],
)
def test_one_wrong_amount_is_named_and_seen_to_be_verified(said: tuple[str, str, str], kind: str) -> None:
    scored = _score(_reads({("Servicios Personales", "Aprobado"): said}))
    assert scored.counts == {"right": 5, kind: 1}
    assert scored.wrong_and_verified == 1


def test_words_that_a_narrow_cell_cuts_are_right_unless_another_cell_runs_into_them() -> None:
    cut = ("Ser vicios Perso nales", "Egresos Aprobado", "1,000.50")
    assert _score(_reads({("Servicios Personales", "Aprobado"): cut})).counts == {"right": 6}
    mixed = ("Ser Gasto vicios Perso nales", "Egresos Aprobado", "1,000.50")
    assert _score(_reads({("Servicios Personales", "Aprobado"): mixed})).counts == {"right": 5, "wrong_label": 1}


def test_codes_and_note_marks_do_not_make_a_label_wrong() -> None:
    printed = ("1000 SERVICIOS PERSONALES1/", "EGRESOS | aprobado (1)", "1,000.50")
    assert _score(_reads({("Servicios Personales", "Aprobado"): printed})).counts == {"right": 6}


def test_zeros_are_matched_one_to_one() -> None:
    scored = _score(_reads({("Materiales y Suministros", "Devengado"): None}))
    assert scored.counts == {"right": 5, "missing": 1}


def test_an_amount_that_nothing_prints_is_invented() -> None:
    extra = Read(123456, tokens("Página"), tokens("Aprobado"), 9, 0, "p1", "1,234.56", verified=True)
    scored = _score([*_reads(), extra])
    assert scored.counts == {"right": 6, "invented": 1}
    assert scored.wrong_and_verified == 1


def test_what_the_pdf_prints_otherwise_is_a_difference_of_the_source() -> None:
    reads = _reads({("Servicios Personales", "Aprobado"): ("Servicios Personales", "Egresos Aprobado", "1,000.60")})
    figures = FIGURES - Counter([100050]) + Counter([100060])
    assert _score(reads, figures).counts == {"right": 5, "source_differs": 1}
    assert _score(reads).counts == {"right": 5, "wrong_value": 1}, "the PDF prints the figure of the workbook"


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (1234.565, "#,##0.00", Shown("money", 123457)),
        (-1234.5, "#,##0;(#,##0)", Shown("money", -123500)),
        (0, '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-', Shown("money", 0)),
        (0, "#,##0.00;-#,##0.00;", Shown("blank", 0)),
        (1234567, "#,##0,", Shown("money", 123500)),
        (0.125, "0.0%", Shown("percent", 1250)),
        (401, "General", Shown("plain", 40100)),
        (43831, "dd/mm/yyyy", Shown("date", 0)),
    ],
)
def test_a_number_format_says_what_is_printed(value: float, number_format: str, expected: Shown) -> None:
    assert shown(value, number_format) == expected


def test_the_truth_is_what_the_workbook_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Estado Analítico", None, None, None],
        ["Concepto", "Egresos", None, None],
        [None, "Aprobado", "Modificado", "Devengado"],
        [None, 1, 2, 3],
        ["Servicios Personales", 1000.504, 5, 0],
        ["oculto", 7, 7, 7],
        ["Total", 1000.5, 5, 0],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:D1")
    sheet.merge_cells("B2:D2")
    for line in sheet.iter_rows(min_row=5, min_col=2):
        for cell in line:
            cell.number_format = "#,##0.00"
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["C"].hidden = True
    hidden = book.create_sheet("Auxiliar")
    hidden.append(["Saldo", 9])
    hidden.sheet_state = "hidden"
    path = tmp_path / "libro.xlsx"
    book.save(path)
    truth = truth_of(
        path, Counter(tokens("Estado Analítico Concepto Egresos Aprobado Devengado Servicios Personales Total"))
    )
    assert [(a.value, a.label, a.headers[0]) for a in truth.amounts] == [
        (100050, (("servicios", "personales"),), ("aprobado",)),
        (0, (("servicios", "personales"),), ("devengado",)),
        (100050, (("total",),), ("aprobado",)),
        (0, (("total",),), ("devengado",)),
    ]
    assert truth.amounts[0].headers[1] == ("egresos",)
    assert "analitico" in truth.amounts[0].titles
    assert truth.left_out == ["Auxiliar: hidden"]


def test_the_tables_of_peers_are_scored_alike() -> None:
    grid = [["Concepto", "Egresos", ""], ["", "Aprobado", "Devengado"]]
    grid += [[label, VALUES[label, "Aprobado"], VALUES[label, "Devengado"]] for label in LABELS]
    assert _score(reads_of([grid], spread=True)).counts == {"right": 6}
    assert _score(reads_of([[["Servicios Personales 1,000.50 900.00"]]], spread=True)).counts == {"missing": 6}


def test_titles_and_column_numbers_of_a_peers_table_are_no_amounts() -> None:
    grid = [["Instituto", "", ""], ["Concepto", *STAGES], ["", "1", "(2)"]]
    grid += [[label, VALUES[label, "Aprobado"], VALUES[label, "Devengado"]] for label in LABELS]
    assert _score(reads_of([grid], spread=False)).counts == {"right": 6}


def test_a_peer_that_fails_on_a_document_is_reported() -> None:
    def broken(path: Path) -> Iterator[Grid]:
        raise ValueError(f"no table in {path}")
        yield

    tally = Tally()
    assert tally.read(broken, Path("a.pdf"), "a.pdf") == []
    assert tally.failed == {"a.pdf": "ValueError: no table in a.pdf"}


def test_the_generated_corpus_proves_itself_but_for_its_misprint() -> None:
    state, year, edition = next(documents())
    made = [make(state, year, edition), make(state, year, edition, version=2), make(state, year, EDITIONS[1])]
    again = make(state, year, edition)[1]
    pd.testing.assert_frame_equal(made[0][1].numbers, again.numbers)
    parts = {"page": "pages", "table": "tables", "column": "columns", "row": "rows", "number": "numbers"}
    raw = {
        part: pd.concat([getattr(reading, name) for _, reading in made], ignore_index=True)
        for part, name in parts.items()
    }
    listed = Catalogue({}, {entry.document_id: entry for entry, _ in made}).frames()["document"]
    core = normalize(raw, listed)
    amounts, sums = core["amount"], core["reconciliation"]
    assert len(amounts) == raw["number"]["exclusion"].isna().sum()
    assert set(core["table"]["classification"]) == {"object", "function", "administrative", "programme"}
    wrong = amounts[~amounts["verified"]]
    assert wrong["document_id"].unique().tolist() == [made[1][0].document_id]
    assert len(wrong) == 1
    assert set(sums.loc[sums["outcome"] == "failed", "document_id"]) == set(wrong["document_id"])
    assert listed["title"].str.contains(MADE_UP).all()
    assert not listed["citable"].any()


def test_a_degraded_page_is_held_to_value_label_column_and_stage() -> None:
    truth = [Amount(100, "a", "aprobado", "aprobado"), Amount(200, "b", "aprobado", "aprobado")]
    read = [(truth[0], True), (truth[1]._replace(label="c"), True), (Amount(7, "x", "y", None), False)]
    counts = compared(truth, read)
    assert (counts["right"], counts["right_verified"]) == (1, 1)
    assert (counts["wrong_label"], counts["wrong_label_verified"], counts["invented"]) == (1, 1, 1)
    assert (counts["values"], counts["of_values"]) == (2, 2)
