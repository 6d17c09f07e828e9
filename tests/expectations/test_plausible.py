"""Which shares of excluded figures are implausible, and which legitimate documents have."""

import pandas as pd
import pytest

from expectations.plausible import FEWEST_IN_COLUMN, FEWEST_IN_DOCUMENT, describe_findings, find_implausible
from warehouse.schema.raw import RAW_NUMBER


def numbers(texts: list[str], places: list[str], exclusion: str | None, page: str = "1") -> pd.DataFrame:
    place = {"table": 1, "row": 1, "column": 1} if exclusion is None else {}
    return RAW_NUMBER.frame([
        {"document_id": "d", "page": page, "number": n, "source_text": text, "place": box, "exclusion": exclusion, **place}
        for n, (text, box) in enumerate(zip(texts, places, strict=True), 1)
    ])  # fmt: skip


def right(x1: float, count: int) -> list[str]:
    """Boxes one below the other, of different widths, with one right edge."""
    return [f"{x1 - 40 - 3 * n},{n * 12},{x1},{n * 12 + 9}" for n in range(count)]


def left(x0: float, count: int) -> list[str]:
    return [f"{x0},{n * 12},{x0 + 40 + 3 * n},{n * 12 + 9}" for n in range(count)]


MONEY = ["$1’234,567.00", "987,654", "12,000.50", "(3,500.00)", "$500.00", "1,000,000.00"]


@pytest.mark.parametrize("edges", [right, left])
@pytest.mark.parametrize("exclusion", ["prose", "label", "header", "footnote", "furniture"])
def test_a_column_of_money_is_a_table(edges, exclusion: str) -> None:
    implausible = find_implausible(numbers(MONEY, edges(500.0, len(MONEY)), exclusion, "37"))
    assert implausible[["page", "exclusion"]].values.tolist() == [["37", exclusion]]
    assert implausible["figures"].iloc[0] >= FEWEST_IN_COLUMN
    assert (
        "page or sheet 37" in describe_findings(implausible).en and "$1’234,567.00" in describe_findings(implausible).en
    )


@pytest.mark.parametrize("ornament", ["={}", "****{}", "{}/100", "MN${}", "|{}|", "$${}", "{}$"])
def test_ornaments_do_not_hide_a_column_of_money(ornament: str) -> None:
    texts = [ornament.format(f"{n},234.50") for n in range(1, 7)]
    assert find_implausible(numbers(texts, right(500.0, 6), "prose"))["figures"].tolist() == [6]


def test_a_column_of_a_sheet() -> None:
    cells = [f"C{row}" for row in range(4, 10)]
    stored = ["1234567.5", "20000.25", "1000000.01", "3000.75", "8000.1", "9000.99"]
    assert find_implausible(numbers(stored, cells, "identifier"))["place"].tolist() == ["C4"]
    scattered = [f"{letter}{row}" for letter, row in zip("ABCDEF", range(4, 10), strict=True)]
    assert find_implausible(numbers(stored, scattered, "identifier")).empty


@pytest.mark.parametrize(
    ("texts", "exclusion"),
    [
        (["1,234", "2,345", "3,456", "4,567", "5,678", "6,789"], "quantity"),  # persons
        (["0.30", "1.32", "12.50", "99.99", "7.25", "3.10"], "prose"),  # rates of loans
        (["01.01", "01.02", "01.03", "02.01", "02.02", "02.03"], "code"),
        (["2019", "2020", "2021", "2022", "2023", "2024"], "year"),
        (["101", "102", "103", "104", "105", "106"], "list_number"),
        (MONEY, "personal_data"),
        (MONEY, "left_out"),
    ],
)
def test_what_legitimate_documents_have(texts: list[str], exclusion: str) -> None:
    assert find_implausible(numbers(texts, right(500.0, 6), exclusion)).empty


def test_money_in_running_text_stands_in_no_column() -> None:
    boxes = [f"{60 + 37 * n},{n * 12},{140 + 37 * n},{n * 12 + 9}" for n in range(6)]
    assert find_implausible(numbers(MONEY, boxes, "prose")).empty


def test_a_document_whose_money_is_mostly_excluded() -> None:
    def document(excluded: int, amounts: int) -> pd.DataFrame:
        texts = [f"{n},000.00" for n in range(1, excluded + amounts + 1)]
        boxes = [f"{41 * n},{n},{41 * n + 30},{n + 9}" for n in range(excluded + amounts)]
        return pd.concat(
            [numbers(texts[:excluded], boxes[:excluded], "prose"), numbers(texts[excluded:], boxes[excluded:], None)]
        )

    implausible = find_implausible(document(FEWEST_IN_DOCUMENT, FEWEST_IN_DOCUMENT - 1))
    assert (
        implausible["page"].isna().all()
        and len(implausible) == 1
        and "the whole document" in describe_findings(implausible).en
    )
    assert find_implausible(document(FEWEST_IN_DOCUMENT, FEWEST_IN_DOCUMENT)).empty
    assert find_implausible(document(FEWEST_IN_DOCUMENT - 1, 0)).empty


def test_hidden_cells_and_amounts_are_not_lost() -> None:
    frame = numbers(MONEY, right(500.0, 6), "label")
    frame["flag"] = "hidden"
    assert find_implausible(frame).empty
    assert find_implausible(numbers(MONEY, right(500.0, 6), None)).empty
