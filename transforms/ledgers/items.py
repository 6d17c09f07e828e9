"""`out.item_check`: what a public questionnaire on municipal transparency asks, looked for in the ledgers that were read.

Each item is found, not found, or for a person to answer; where its ledger was not read it is refused. Items are never summed: there is no
score and no rank. The questions and where they were published are in `transforms/reference/cimtra_items.csv`.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import pandas as pd

from transforms.reference import cimtra_items
from warehouse.schema.ledger_views import ITEM_CHECK
from warehouse.schema.text import words

Frames = dict[str, pd.DataFrame]
_TRAVEL = ("375", "376")  # COG: viáticos en el país, en el extranjero
_YEARS = 3


class _Answer(NamedTuple):
    """In how many rows something was found, of how many that were asked, and of which documents these are."""

    found: int
    asked: int
    documents: tuple[str, ...]


def item_check(core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The `out.item_check` frame, of government, document, payment, procedure, work, line and charge of `core`."""
    documents = core["document"]
    current = documents[documents["superseded_by"].isna()].set_index("document_id")
    frames = {name: _of_years(core[name], current) for name in ("payment", "procedure", "work", "line")}
    ledgers = pd.concat([frames[name][["government_id", "fiscal_year"]] for name in ("payment", "procedure", "work")])
    levels = core["government"].set_index("government_id")["level"]
    rows = [
        row
        for government, year in ledgers.dropna()
        .drop_duplicates()
        .sort_values(["government_id", "fiscal_year"])
        .itertuples(index=False)
        for row in _checked(
            frames, str(government), int(year), levels.get(government) == "municipality", current["citable"]
        )
    ]
    return ITEM_CHECK.frame(rows)


def _of_years(frame: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of current documents with the year they are of: that of their period, else of their document."""
    mine = frame[frame["document_id"].isin(documents.index)]
    of_document = mine["document_id"].map(documents["fiscal_year"]).astype("Int64")
    if "period_end" in mine:
        years = mine["period_end"].map(lambda day: day.year, na_action="ignore").astype("Int64")
    else:
        years = mine["fiscal_year"].astype("Int64")
    return mine.assign(fiscal_year=years.fillna(of_document))


def _checked(
    frames: Frames, government: str, year: int, is_municipality: bool, citable: pd.Series
) -> Iterator[dict[str, Any]]:
    for item in cimtra_items().to_dict("records"):
        base = {
            "check_id": f"{government}:{year}:{item['item']}:{item['part']}", "government_id": government, "fiscal_year": year,
            "citable": False, **{name: item[name] for name in ("item", "part", "block", "wording", "source_url")},
        }  # fmt: skip
        if not is_municipality:
            yield base | {"refusals": "not_a_municipality"}
        elif item["check"] == "person":
            yield base | {"outcome": "needs_person"}
        else:
            answer = _CHECKS[str(item["check"])](frames, government, year)
            yield base | _outcome(answer, citable)


def _outcome(answer: _Answer | None, citable: pd.Series) -> dict[str, Any]:
    if answer is None:
        return {"refusals": "ledger_absent"}
    in_all = answer.found == answer.asked and answer.asked > 0
    outcome = "found" if in_all else "in_part" if answer.found else "not_found"
    return {
        "outcome": outcome, "found": answer.found, "asked": answer.asked, "document_ids": ";".join(answer.documents), "caveats": "ledger_only",
        "citable": all(bool(citable.get(document)) for document in answer.documents),
    }  # fmt: skip


def _rows(frame: pd.DataFrame, government: str, year: int) -> pd.DataFrame:
    return frame[frame["government_id"].eq(government) & frame["fiscal_year"].eq(year)]


def _answer(rows: pd.DataFrame, found: int, asked: int) -> _Answer:
    return _Answer(int(found), asked, tuple(sorted(set(rows["document_id"]))))


def _advertising(frames: Frames, government: str, year: int) -> pd.DataFrame:
    """The payments of official advertising."""
    rows = _rows(frames["payment"], government, year)
    return rows[rows["matter"].eq("advertising")]


def _exists(rows: pd.DataFrame) -> _Answer | None:
    return _answer(rows, 1, 1) if len(rows) else None


def _advertising_is_there(frames: Frames, government: str, year: int) -> _Answer | None:
    return _exists(_advertising(frames, government, year))


def _year_before(frames: Frames, government: str, year: int) -> _Answer | None:
    rows = _advertising(frames, government, year)
    before = _advertising(frames, government, year - 1)
    return _answer(pd.concat([rows, before]), int(len(before) > 0), 1) if len(rows) else None


def _share_of(column: str, of: Callable[[Frames, str, int], pd.DataFrame]) -> Callable[..., _Answer | None]:
    """A check of how many rows have something in a column; no and null are both «not there»."""

    def check(frames: Frames, government: str, year: int) -> _Answer | None:
        rows = of(frames, government, year)
        there = rows[column].notna() & rows[column].ne(False).fillna(False)
        return _answer(rows, int(there.sum()), len(rows)) if len(rows) else None

    return check


def _payments(frames: Frames, government: str, year: int) -> pd.DataFrame:
    return _rows(frames["payment"], government, year)


def _travel(frames: Frames, government: str, year: int) -> _Answer | None:
    """Whether a budget of the year has the lines of travel, for all persons together."""
    rows = _rows(frames["line"], government, year)
    rows = rows[rows["object_code"].notna()]
    there = rows[rows["object_code"].str.startswith(_TRAVEL)]
    return _answer(there if len(there) else rows, int(len(there) > 0), 1) if len(rows) else None


def _by_method(method: str) -> Callable[..., _Answer | None]:
    """A check of whether a register of procedures has any of works or services by this method."""

    def check(frames: Frames, government: str, year: int) -> _Answer | None:
        rows = _rows(frames["procedure"], government, year)
        matter = rows["matter"].map(
            lambda text: words(text).startswith(("obra", "servicio", "works", "services")), na_action="ignore"
        )
        mine = rows[rows["method"].eq(method) & matter.ne(False)]
        return _answer(rows, int(len(mine) > 0), 1) if len(rows) else None

    return check


def _three_years(frames: Frames, government: str, year: int) -> _Answer | None:
    """In how many of the last three years the government has a list of works."""
    works = frames["work"][frames["work"]["government_id"].eq(government)]
    mine = works[works["fiscal_year"].between(year - _YEARS + 1, year)]
    return _answer(mine, mine["fiscal_year"].nunique(), _YEARS) if len(mine) else None


def _ramo_33(frames: Frames, government: str, year: int) -> _Answer | None:
    """Whether a list of works that says where the money comes from has any of the Ramo 33."""
    rows = _rows(frames["work"], government, year)
    rows = rows[rows["fund"].notna()]
    mine = (
        rows["fund"]
        .map(words)
        .str.contains(r"\bramo (?:33|xxxiii)\b|\bfais\w*|\bfism\w*|\bfortamun\w*|aportaciones", regex=True)
    )
    return _answer(rows, int(mine.any()), 1) if len(rows) else None


_CHECKS: dict[str, Callable[[Frames, str, int], _Answer | None]] = {
    "advertising": _advertising_is_there,
    "advertising_year_before": _year_before,
    "advertising_name": _share_of("supplier_kind", _advertising),
    "advertising_tax_key": _share_of("tax_key", _advertising),
    "advertising_invoice": _share_of("invoice", _advertising),
    "travel": _travel,
    "payment_amount": _share_of("amount_centavos", _payments),
    "payment_invoice": _share_of("invoice", _payments),
    "direct": _by_method("direct"),
    "selective": _by_method("selective"),
    "works_three_years": _three_years,
    "works_ramo_33": _ramo_33,
}
