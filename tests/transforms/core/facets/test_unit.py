"""The unit of a table by the words around it: every place, the nearest first, and what refuses."""

import pytest

from tests.transforms.made_raw import Frames, made_documents, made_raw
from transforms.core.normalize import normalize
from warehouse.schema.raw import RAW_TEXT

ROWS = [("Agua potable", "10.50"), ("Bacheo de calles", "20.25"), ("Total", "30.75")]
PLACES = (
    "title",
    "above",
    "below",
    "page_head",
    "page_foot",
    "cover",
    "sheet_name",
    "text_box",
    "comment",
    "other_sheet",
)
PHRASES = {
    "(Miles de pesos)": 1_000, "Cifras en miles de pesos": 1_000, "Nota: los importes se expresan en millones de pesos": 1_000_000, "(mdp)": 1_000_000,
    "Todas las cifras se presentan en pesos": 1,
}  # fmt: skip


def core_of(
    texts: list[tuple[str, str]], rows: list[tuple] = ROWS, headers: tuple[str, ...] = ("Aprobado",), hints: str | None = None,
    formats: str | None = None, **made: object,
) -> Frames:  # fmt: skip
    """The core of one table with lines of text around it."""
    raw = made_raw(list(headers), rows, unit=None, **made)  # type: ignore[arg-type]
    lines = [
        {"document_id": "doc", "page": "1", "line": n, "kind": kind, "text": text, "table": 1 if kind in ("title", "above", "below") else None}
        for n, (kind, text) in enumerate(texts, 1)
    ]  # fmt: skip
    raw["text"] = RAW_TEXT.frame(lines)
    raw["number"]["format"] = formats
    return normalize(raw, made_documents(hints=hints))


def first(core: Frames) -> tuple[int | None, str | None, str]:
    """Multiplier, basis and reason of the first amount."""
    amount = core["amount"].astype(object).where(core["amount"].notna(), None).iloc[0]
    return amount["multiplier"], amount["unit_basis"], amount["reason"]


def in_turn() -> list[tuple[str, str]]:
    """Each place with one of the phrases, and each phrase in two: what a phrase says does not depend on the place."""
    return [(place, list(PHRASES)[n % len(PHRASES)]) for n, place in enumerate(PLACES)]


@pytest.mark.parametrize(("kind", "phrase"), in_turn())
def test_a_phrase_counts_wherever_it_stands(kind: str, phrase: str) -> None:
    multiplier = PHRASES[phrase]
    assert first(core_of([(kind, phrase)]))[:2] == (multiplier, kind)


def test_the_nearest_words_speak() -> None:
    said = [("cover", "Cifras en pesos"), ("page_head", "(Millones de pesos)"), ("title", "(Miles de pesos)")]
    assert first(core_of(said))[:2] == (1_000, "title")
    assert first(core_of(said[:2]))[:2] == (1_000_000, "page_head")
    assert first(core_of(said, headers=("Aprobado (pesos)",)))[:2] == (1, "header")
    assert first(core_of(said, formats='#,##0.0" mdp"'))[:2] == (1_000_000, "cell_format")


def test_words_of_one_nearness_that_disagree_refuse() -> None:
    core = core_of([("title", "(Pesos)"), ("below", "Cifras en miles de pesos")])
    assert first(core)[1:] == (None, "unit_conflict")
    assert not core["amount"]["verified"].any()


def test_what_only_the_currency_says_gives_way_to_a_scale_farther_off() -> None:
    assert first(core_of([("title", "(Miles de pesos)")], formats='"$"#,##0.00" M.N."'))[0] == 1_000
    assert first(core_of([], formats='"$"#,##0.00" M.N."'))[:2] == (1, "cell_format")


def test_a_format_that_divides_is_no_second_unit() -> None:
    assert first(core_of([("title", "(Miles de pesos)")], formats="#,##0,"))[0] == 1
    assert first(core_of([("title", "(Pesos)")], formats="#,##0,"))[2] == "unit_conflict"


def test_a_column_of_units_speaks_row_by_row() -> None:
    rows = [(["Agua", "Miles de pesos"], "10.50"), (["Bacheo", "Pesos"], "20.25")]
    core = core_of([], rows=rows, label_headers=["Concepto", "unidad_medida"])
    assert core["amount"]["multiplier"].tolist() == [1_000, 1]


def test_a_factor_beside_an_amount_leaves_its_unit_open_unless_it_is_one() -> None:
    rows = [("Agua", "10,000.50", "1000"), ("Bacheo", "20,000.25", "1")]
    core = core_of([("title", "(Pesos)")], rows=rows, headers=("Aprobado", "Multiplicador"))
    first_column = (
        core["amount"][core["amount"]["column"] == 1] if "column" in core["amount"] else core["amount"].iloc[[0, -2]]
    )
    assert (first_column["unit_basis"].isna()).tolist() == [True, False]


def test_a_label_that_ends_in_a_unit_speaks_of_its_row() -> None:
    core = core_of([], rows=[(["Agua (mdp)"], "10.50"), (["Obras (más de 3 millones de pesos)"], "20.25")])
    assert core["amount"]["multiplier"].tolist() == [1_000_000, 1]


def test_another_currency_has_no_pesos() -> None:
    core = core_of([("title", "Cifras en dólares")])
    assert first(core) == (None, None, "other_currency")
    assert core["amount"]["amount_centavos"].isna().all()


def test_centavos_throughout_are_pesos_unless_a_word_of_a_scale_stands_anywhere() -> None:
    assert first(core_of([]))[:2] == (1, "centavos")
    assert first(core_of([("cover", "lo anterior, en su caso, a millones de pesos")]))[1:] == (None, "unit_not_stated")
    whole = core_of([], rows=[("Agua potable", "1,050"), ("Bacheo", "2,025"), ("Total", "3,075")])
    assert first(whole)[1:] == (None, "unit_not_stated")


def test_centavos_are_seen_before_the_mark_of_the_currency() -> None:
    for mark in (" MXN", " M.N."):
        rows = [("Agua potable", f"$1,050.25{mark}"), ("Bacheo", f"$2,025.50{mark}")]
        assert first(core_of([], rows=rows))[:2] == (1, "centavos")


def test_a_declared_unit_is_contradicted_by_words_and_by_centavos() -> None:
    whole = [("Agua potable", "1,050"), ("Bacheo", "2,025"), ("Total", "3,075")]
    assert first(core_of([], rows=whole, hints='{"unit": 1000}'))[:2] == (1_000, "catalogue")
    assert first(core_of([("title", "(Miles de pesos)")], hints='{"unit": 1000}'))[:2] == (1_000, "title")
    assert first(core_of([], hints='{"unit": 1000}'))[2] == "unit_conflict"
    assert first(core_of([("title", "(Pesos)")], rows=whole, hints='{"unit": 1000}'))[2] == "unit_conflict"


def test_the_basis_of_a_column_tells_words_and_place() -> None:
    basis = core_of([("below", "Cifras en miles de pesos")])["basis"]
    unit = basis[basis["facet"] == "unit"].iloc[0]
    assert (unit["basis"], unit["page"], unit["text"]) == ("below", "1", "Cifras en miles de pesos")
