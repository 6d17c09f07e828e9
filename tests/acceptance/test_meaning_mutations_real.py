"""Real documents changed in meaning while their sums still hold: no amount stays verified with the meaning it had.

The change is made where the meaning is printed: in what the readers hand over as printed (titles, notes, headers, labels, figures),
and in the bytes of the file for what only its bytes can hide. `python -m tests.acceptance.test_meaning_mutations_real` prints
the table of `docs/fidelity.md`. The documents are not part of the project: without them these tests are skipped.
"""

import ctypes
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pandas as pd
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from pipelines.apart.wire import raw_frames
from sources.declared.catalogue import OWN_ENTRIES, load_catalogue
from sources.opening import opening_text
from sources.raw.reading import Document
from sources.read import read
from tests.acceptance.conftest import SHARED
from transforms.core.normalize import normalize
from transforms.describe.draft import describe

pytestmark = pytest.mark.skipif(not (SHARED / "documents").is_dir(), reason="no shared documents")

Raw = dict[str, pd.DataFrame]
# One of each kind of layout that prints its body, year and stages.
DOCUMENTS = (
    "layouts/capdam-eaepe-cog-2T2019.pdf", "layouts/inaeba-2018-4T-10.1.pdf", "layouts/inaeba-2016-4T-7.2.xlsx",
    "layouts/itesg-ldf7d-2024.xlsx", "layouts/nicolas-romero-calendar-2016.pdf", "layouts/tanhuato-unit-dif-2019.pdf",
    "tanhuato-michoacan/ESTADO-ANALITICO-EGRESO-POR-COG.xlsx", "tanhuato-michoacan/FUNCIONAL.pdf",
    "ople-veracruz-2025/F29Aadmon2025.xlsx", "capdam-manzanillo/ldf-detallado-2018-1T.pdf",
)  # fmt: skip
UNIT_WORDS = re.compile(
    r"\(?\b(?:cifras |importes )?(?:expresad[oa]s )?(?:en )?(?:miles de |millones de )?pesos\b\)?", re.I
)
PLACE = ["document_id", "page", "place"]


class Outcome(NamedTuple):
    """How many amounts were verified before, and after with the old meaning and with the new one."""

    tried: int
    old: int
    new: int


@cache
def printed(name: str) -> tuple[Raw, dict[str, object]]:
    """What is printed, and the document as `peso add` declares it."""
    path = SHARED / "documents" / name
    raw = raw_frames(read(Document(path, "doc", path.name)))
    names = load_catalogue(OWN_ENTRIES).names()
    described = describe(raw, name, names, opening_text(path))
    body = described.new_body
    known = names[names["government_id"] == (body.parent_id if body else described.government_id)]["name"]
    declared: dict[str, object] = {
        "document_id": "doc", "kind": described.kind, "fiscal_year": described.fiscal_year, "catalogued": True,
        "government_id": body.government_id if body else described.government_id,
        "government_names": body.name if body else "\n".join(known), "superior_names": "\n".join(known) if body else None,
    }  # fmt: skip
    return raw, declared


def verified(raw: Raw, declared: dict[str, object]) -> pd.DataFrame:
    core = normalize(raw, pd.DataFrame([declared]))
    amounts = core["amount"].merge(core["line"][["line_id", "label", "table"]], on="line_id")
    return amounts[amounts["verified"]]


@cache
def unchanged(name: str) -> pd.DataFrame:
    return verified(*printed(name))


def with_texts(raw: Raw, change: Callable[[str], str], table: int | None = None) -> Raw:
    """The texts that stand over and around the tables, or one table, changed; headers too where it is all of them."""
    changed = {name: frame.copy() for name, frame in raw.items()}

    def apply(frame: str, column: str) -> None:
        rows = changed[frame]
        mine = rows[column].notna() & (True if table is None else rows["table"].eq(table).fillna(False))
        rows.loc[mine, column] = rows.loc[mine, column].map(change)

    for frame, column in (("table", "title"), ("table", "context"), ("text", "text")):
        apply(frame, column)
    if table is None:
        apply("column", "header")
    return changed


def with_line(raw: Raw, kind: str, words: str) -> Raw:
    """A line more beside each table; a title also where titles are kept."""
    changed = {name: frame.copy() for name, frame in raw.items()}
    tables = changed["table"]
    first = changed["text"]["line"].max() if len(changed["text"]) else 0
    lines = pd.DataFrame({
        "document_id": "doc", "page": tables["page_first"], "line": range(int(first) + 1, int(first) + 1 + len(tables)),
        "kind": kind, "table": tables["table"], "place": "1,1,9,9", "text": words,
    })  # fmt: skip
    changed["text"] = pd.concat([changed["text"], lines.astype(changed["text"].dtypes)], ignore_index=True)
    if kind == "title":
        tables["title"] = tables["title"].fillna("") + f" {words}"
        tables["context"] = tables["context"].fillna("") + f"\n{words}"
    return changed


def without_unit(raw: Raw) -> Raw:
    return with_texts(raw, lambda text: UNIT_WORDS.sub("", text))


def cells(raw: Raw) -> pd.Series:
    return raw["number"]["exclusion"].isna() & raw["number"]["table"].notna()


def in_unit(kind: str, words: str, multiplier: int | None) -> Callable[[str], Outcome]:
    def outcome(name: str) -> Outcome:
        raw, declared = printed(name)
        after = verified(with_line(without_unit(raw), kind, words), declared)
        new = after["multiplier"].eq(multiplier) if multiplier else after["multiplier"].isna()
        return Outcome(len(unchanged(name)), int((~new).sum()), int(new.sum()))

    return outcome


def unit_gone(name: str) -> Outcome:
    raw, declared = printed(name)
    after = verified(without_unit(raw), declared)
    by_figures = after["unit_basis"].isin(["centavos", "currency_sign", "cell_format"])
    return Outcome(len(unchanged(name)), int((~by_figures).sum()), int(by_figures.sum()))


def year_exchanged(name: str) -> Outcome:
    """The year of the first table's titles, nine years back; columns that print a year of their own keep it."""
    raw, declared = printed(name)
    table = int(raw["table"]["table"].iloc[0])
    back = with_texts(raw, lambda text: re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) - 9), text), table)
    before, after = (rows[rows["table"] == table] for rows in (unchanged(name), verified(back, declared)))
    own = re.compile(r"20\d\d")
    after = after[~after["header"].fillna("").str.contains(own)]
    old = after["fiscal_year"] == declared["fiscal_year"]
    return Outcome(len(before), int(old.sum()), int((~old).sum()))


def body_exchanged(name: str) -> Outcome:
    """Another body than the one that the document names, as where a file lies in the wrong folder."""
    raw, declared = printed(name)
    other = declared | {
        "government_id": "14-cultura",
        "government_names": "Instituto de Cultura de Jalisco",
        "superior_names": "Jalisco",
    }
    return Outcome(len(unchanged(name)), len(verified(raw, other)), 0)


def labels_cut(name: str) -> Outcome:
    raw, declared = printed(name)
    cut = raw | {"row": raw["row"].assign(label=None, label_cells="[]").astype(raw["row"].dtypes)}
    return Outcome(len(unchanged(name)), len(verified(cut, declared)), 0)


def turned(text: str) -> str:
    plain = re.sub(r"[-()]", "", text)
    return plain if plain != text else f"-{text}"


def signs_turned(name: str) -> Outcome:
    raw, declared = printed(name)
    numbers = raw["number"].copy()
    numbers.loc[cells(raw), "source_text"] = numbers.loc[cells(raw), "source_text"].map(turned)
    before, after = unchanged(name), verified(raw | {"number": numbers}, declared)
    both = after.merge(before, on=PLACE, suffixes=("", "_before"))
    both = both[both["amount_centavos_before"] != 0]
    old = both["amount_centavos"] == both["amount_centavos_before"]
    return Outcome(len(before), int(old.sum()), int((both["amount_centavos"] == -both["amount_centavos_before"]).sum()))


def headers_shifted(name: str) -> Outcome:
    raw, declared = printed(name)
    columns = raw["column"].copy()
    for _, mine in columns.groupby("table"):
        columns.loc[mine.index, "header"] = [*mine["header"].iloc[1:], mine["header"].iloc[0]]
    before, after = unchanged(name), verified(raw | {"column": columns}, declared)
    both = after.merge(before, on=PLACE, suffixes=("", "_before"))
    moved = both[both["stage_before"].notna() & (both["header"] != both["header_before"])]
    # A calendar's months share a stage: there the old meaning is the month.
    same = (moved["stage"] == moved["stage_before"]) & (moved["header"] == moved["header_before"])
    return Outcome(len(before), int(same.sum()), len(moved) - int(same.sum()))


def beside(header: str, divisor: int) -> Callable[[str], Outcome]:
    def outcome(name: str) -> Outcome:
        """A column of counts or rates that add up as the first column of each table does."""
        raw, declared = printed(name)
        before = unchanged(name)
        added, numbers = [], []
        for table, mine in raw["column"].groupby("table"):
            added.append(mine.iloc[[0]].assign(column=mine["column"].max() + 1, header=header))
            first = raw["number"][
                cells(raw) & (raw["number"]["table"] == table) & (raw["number"]["column"] == mine["column"].iloc[0])
            ]
            amounts = before.merge(first[[*PLACE, "number"]], on=PLACE)
            counts = first[first["number"].isin(amounts["number"])].copy()
            worth = dict(zip(amounts["number"], amounts["amount_centavos"], strict=True))
            counts["source_text"] = [f"{worth[n] // divisor:,}" for n in counts["number"]]
            numbers.append(
                counts.assign(column=mine["column"].max() + 1, number=counts["number"] + 10**6, place="beside")
            )
        wider = raw | {
            "column": pd.concat([raw["column"], *added], ignore_index=True),
            "number": pd.concat([raw["number"], *numbers], ignore_index=True),
        }
        after = verified(wider, declared)
        return Outcome(len(before), int((after["place"] == "beside").sum()), int((after["place"] != "beside").sum()))

    return outcome


MUTATIONS: dict[str, Callable[[str], Outcome]] = {
    "unit exchanged: thousands": in_unit("title", "(Miles de pesos)", 1_000),
    "unit exchanged: millions": in_unit("title", "(Cifras en millones de pesos)", 1_000_000),
    "unit exchanged: dollars": in_unit("title", "(Dólares)", None),
    "unit moved below": in_unit("below", "Nota: cifras en miles de pesos.", 1_000),
    "unit gone": unit_gone,
    "year of a table exchanged": year_exchanged,
    "body exchanged": body_exchanged,
    "labels cut off": labels_cut,
    "signs turned": signs_turned,
    "headers shifted by a column": headers_shifted,
    "counts beside": beside("Beneficiarios", 100_000),
    "percentages beside": beside("Porcentaje del total", 100_000),
}


@pytest.mark.parametrize("mutation", sorted(MUTATIONS))
@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_stays_verified_with_the_old_meaning(name: str, mutation: str) -> None:
    assert MUTATIONS[mutation](name).old == 0


def with_hidden_sheet(name: str, folder: Path) -> Path:
    """The workbook with a hidden copy of its first sheet, whose figures are twice as large."""
    book = openpyxl.load_workbook(SHARED / "documents" / name, data_only=True)
    copy = book.copy_worksheet(book.worksheets[0])
    copy.sheet_state, copy.title = "hidden", "oculta"
    for row in copy.iter_rows():
        for cell in row:
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
                cell.value *= 2
    path = folder / "hidden.xlsx"
    book.save(path)
    return path


def with_invisible_figures(name: str, folder: Path) -> Path:
    """The PDF with figures that add up written under its first page, in ink that no printer uses."""
    document = pypdfium2.PdfDocument(SHARED / "documents" / name)
    page = document[0]
    for row, (label, amount) in enumerate([("Obras", "1,111.11"), ("Salud", "2,222.22"), ("Total", "3,333.33")]):
        for x, text in ((60, label), (400, amount)):
            written = pdfium.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 8.0)
            encoded = (text + "\0").encode("utf-16-le")
            buffer = (ctypes.c_ushort * (len(encoded) // 2)).from_buffer_copy(encoded)
            pdfium.FPDFText_SetText(written, buffer)
            pdfium.FPDFTextObj_SetTextRenderMode(written, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
            pdfium.FPDFPageObj_Transform(written, 1, 0, 0, 1, x, 60 - 14 * row)
            pdfium.FPDFPage_InsertObject(page.raw, written)
    page.gen_content()
    path = folder / "hidden.pdf"
    document.save(str(path))
    return path


HIDDEN = {
    name: with_hidden_sheet if name.endswith("xlsx") else with_invisible_figures
    for name in DOCUMENTS if "itesg" in name or "tanhuato-michoacan" in name or "inaeba-2018" in name
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_a_copy_that_nobody_sees_changes_nothing(name: str, tmp_path: Path) -> None:
    _, declared = printed(name)
    path = HIDDEN[name](name, tmp_path)
    after = verified(raw_frames(read(Document(path, "doc", path.name))), declared)
    before = unchanged(name)
    seen = set(zip(before["page"], before["place"], before["amount_centavos"], strict=True))
    assert set(zip(after["page"], after["place"], after["amount_centavos"], strict=True)) == seen


def main() -> None:
    """Prints, for each mutation, the sums over the documents."""
    for mutation, change in MUTATIONS.items():
        outcomes = pd.DataFrame([change(name) for name in DOCUMENTS], index=list(DOCUMENTS))
        print(f"| {mutation} | " + " | ".join(f"{total:,}" for total in outcomes.sum()) + " |", flush=True)
        for name, row in outcomes[outcomes["old"] > 0].iterrows():
            print("   ", name, row.to_dict(), flush=True)


if __name__ == "__main__":
    main()
