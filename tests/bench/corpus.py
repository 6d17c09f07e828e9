"""A national corpus that is made up, so that the cost of a million amounts can be measured: figures of nobody.

Every state, year after year: its law (approved), quarterly reports and annual account (six columns that must agree), each by
object, function, body and programme. The hierarchies are the real COG and CFG; every printed total adds up, but for a
misprint in some documents. Some documents are in thousands, some repeat the approved budget, some states have almost no
health function: comparisons and refusals come out. Title, perimeter and context of each document say that it is made up.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sources.declared.entry import DocumentEntry
from sources.raw.reading import Reading
from transforms import reference
from warehouse.schema.raw import RAW_COLUMN, RAW_NUMBER, RAW_PAGE, RAW_ROW, RAW_TABLE

Ints = npt.NDArray[np.int64]

MADE_UP = "Corpus generado para medir el programa: no son cifras de ningún gobierno"
FIRST_YEAR, LAST_YEAR, STATES = 2011, 2024, 32
_ACCOUNT = ("Aprobado", "Ampliaciones/(Reducciones)", "Modificado", "Devengado", "Pagado", "Subejercicio")
_ROWS_PER_PAGE = 40
_NO_HEALTH = (2, 7)  # states whose health is spent outside the function
_BODIES, _UNITS, _PROGRAMMES = 18, 12, 120
_NAMES = (
    "Obra pública",
    "Becas",
    "Festival de las artes",
    "Agua potable",
    "Feria estatal",
    "Vivienda",
    "Caminos",
    "Archivo",
)


class Edition(NamedTuple):
    """A kind of document that every state publishes every year."""

    name: str
    kind: str
    columns: tuple[str, ...]
    months: int


EDITIONS = (
    Edition("cuenta", "cuenta_publica", _ACCOUNT, 12),
    Edition("ley", "ley", _ACCOUNT[:1], 12),
    *(Edition(f"informe-{n}", "informe", _ACCOUNT, 3 * n) for n in (3, 2, 1)),
)


@dataclass(frozen=True)
class Tree:
    """The rows of a table above its total: labels, depth, position of the row above (-1) and weight of each leaf."""

    title: str
    labels: list[str]
    codes: list[str]
    depths: Ints
    parents: Ints
    weights: npt.NDArray[np.float64]


def documents() -> Iterator[tuple[int, int, Edition]]:
    """State, year and edition of each document, in the order in which a growing corpus takes them."""
    years, states = range(LAST_YEAR, FIRST_YEAR - 1, -1), range(1, STATES + 1)
    for editions in (EDITIONS[:2], EDITIONS[2:]):
        yield from ((state, year, edition) for year in years for edition in editions for state in states)


def make(state: int, year: int, edition: Edition, version: int = 1) -> tuple[DocumentEntry, Reading]:
    """The catalogue entry and the raw rows of one document: the same whenever it is made.

    Versions after the first supersede the one before, and print one figure otherwise.
    """
    first = f"generado-{state:02d}-{year}-{edition.name}"
    name = first if version == 1 else f"{first}-v{version}"
    before = None if version == 1 else first if version == 2 else f"{first}-v{version - 1}"
    rng = np.random.default_rng([state, year, edition.months, len(edition.columns)])
    unit = 1_000 if rng.random() < 1 / 16 else 1
    totals = _totals(state, year, edition, unit, np.random.default_rng([state, year]), echo=rng.random() < 1 / 16)
    entry = DocumentEntry(
        document_id=name, title=f"{MADE_UP}. {edition.name} {year}", government_id=f"{state:02d}", kind=edition.kind,
        fiscal_year=year, period_start=date(year, 1, 1), period_end=date(year, edition.months, 31 if edition.months in (3, 12) else 30),
        period_status="final" if edition.months == 12 else "preliminary", perimeter=MADE_UP, citable=False,
        file_name=f"{name}.pdf", sha256=hashlib.sha256(name.encode()).hexdigest(), obtained_how="file", supersedes=before,
    )  # fmt: skip
    parts, page = [], 1
    for number, tree in enumerate((_object(), _function(state), _bodies(state), _programmes(state)), start=1):
        amounts = _amounts(tree, totals, unit, rng)
        if number == 1 and (rng.random() < 1 / 8 or version > 1):
            amounts[np.flatnonzero(tree.depths == 2)[7], 0] += 900 * version * unit
        parts.append(_table(name, number, page, tree, amounts, edition, unit))
        page = int(parts[-1]["page"]["page"].iloc[-1]) + 1
    frames = {part: pd.concat([table[part] for table in parts], ignore_index=True) for part in parts[0]}
    return entry, Reading(
        name, "pdf", RAW_PAGE.frame(frames["page"]), RAW_TABLE.frame(frames["table"]), RAW_COLUMN.frame(frames["column"]),
        RAW_ROW.frame(frames["row"]), RAW_NUMBER.frame(frames["number"]),
    )  # fmt: skip


def _totals(state: int, year: int, edition: Edition, unit: int, rng: np.random.Generator, echo: bool) -> Ints:
    """Approved, changes, accrued and paid of the whole budget, in centavos; the law and the accounts approve the same."""
    approved = int(rng.integers(20_000, 30_000) * state * 1.06 ** (year - FIRST_YEAR)) * 100_000 * 1_000
    spent = 0 if echo else edition.months / 12
    changed = int(approved * 0.05 * spent) // 100_000 * 100_000
    accrued = int((approved + changed) * 0.97 * spent) // 100_000 * 100_000 if not echo else approved
    return np.array([approved, changed, accrued, int(accrued * 0.98) // 100_000 * 100_000], dtype=np.int64)


def _amounts(tree: Tree, totals: Ints, unit: int, rng: np.random.Generator) -> Ints:
    """Centavos by row (the total last) and column; leaves take their share of each total to the last unit."""
    leaves = np.flatnonzero(tree.weights > 0)
    step = 100 * unit if unit > 1 else 1
    shares = (
        tree.weights[leaves, None] * rng.uniform(0.7, 1.3, (len(leaves), 1)) * rng.uniform(0.98, 1.02, (len(leaves), 4))
    )
    if totals[1] == 0:
        shares[:, 2:] = shares[:, :1]  # an echo repeats the approved budget row by row
    of_leaves = np.floor(shares / shares.sum(axis=0) * (totals // step)).astype(np.int64) * step
    of_leaves[-1] += totals - of_leaves.sum(axis=0)
    base = np.zeros((len(tree.labels), 4), dtype=np.int64)
    base[leaves] = of_leaves
    for depth in range(int(tree.depths.max()), 0, -1):
        rows = np.flatnonzero(tree.depths == depth)
        np.add.at(base, tree.parents[rows], base[rows])
    base = np.vstack([base, totals])
    revised = base[:, 0] + base[:, 1]
    return np.column_stack([base[:, 0], base[:, 1], revised, base[:, 2], base[:, 3], revised - base[:, 2]])


def _table(
    name: str, number: int, page: int, tree: Tree, amounts: Ints, edition: Edition, unit: int
) -> dict[str, pd.DataFrame]:
    """The raw frames of one table, printed from a page of its own on."""
    columns, rows = len(edition.columns), len(tree.labels) + 1
    labels = [*(f"{c} {x}" for c, x in zip(tree.codes, tree.labels, strict=True)), "Total del Gasto"]
    on = page + np.arange(rows) // _ROWS_PER_PAGE
    top = 100 + 12 * (np.arange(rows) % _ROWS_PER_PAGE)
    depths = np.append(tree.depths, 0)
    unit_text = "(Miles de pesos)" if unit == 1_000 else "(Pesos)"
    table = {"document_id": name, "table": number, "title": tree.title, "context": f"{MADE_UP}\n{tree.title}\n{unit_text}",
             "page_first": str(page), "page_last": str(on[-1]), "method": "aligned"}  # fmt: skip
    column = [
        {"document_id": name, "table": number, "column": n, "header": f"Egresos | {header}"}
        for n, header in enumerate(edition.columns, 1)
    ]
    row = pd.DataFrame({
        "document_id": name, "table": number, "row": np.arange(1, rows + 1), "page": on.astype(str), "place": [f"40.0,{y}.0,560.0,{y + 10}.0" for y in top.tolist()],
        "label": labels, "label_cells": [json.dumps([["Concepto", label]], ensure_ascii=False) for label in labels],
        "indent": 40.0 + 10 * depths, "bold": depths == 0,
    })  # fmt: skip
    texts = [printed(value // unit) for value in amounts[:, :columns].ravel().tolist()]
    at = np.repeat(np.arange(rows), columns)
    col = np.tile(np.arange(1, columns + 1), rows)
    cells = pd.DataFrame({
        "page": on[at], "source_text": texts, "row": at + 1, "column": col, "table": number, "order": at * 10 + col,
        "place": [f"{200 + 60 * c}.0,{y}.0,{250 + 60 * c}.0,{y + 10}.0" for c, y in zip(col.tolist(), top[at].tolist(), strict=True)],
    })  # fmt: skip
    coded = pd.DataFrame(
        {"page": on[:-1], "source_text": tree.codes, "exclusion": "code", "order": np.arange(rows - 1) * 10}
    )
    coded = coded[coded["source_text"].str.contains(r"\d")]
    foot = pd.DataFrame(
        {
            "page": np.unique(on),
            "source_text": np.unique(on).astype(str),
            "exclusion": "page_number",
            "order": 10 * rows,
        }
    )
    words = pd.concat([cells, coded, foot], ignore_index=True).sort_values(["page", "order"], ignore_index=True)
    words = words.assign(document_id=name, number=words.groupby("page").cumcount() + 1).drop(columns="order")
    counts = words["page"].value_counts().sort_index()
    pages = pd.DataFrame({
        "document_id": name, "page": counts.index.astype(str), "position": counts.index, "printed_page": counts.index.astype(str), "kind": "table",
        "width": 612.0, "height": 792.0, "words": counts.to_numpy() * 3, "numeric_words": counts.to_numpy(),
    })  # fmt: skip
    words["page"] = words["page"].astype(str)
    return {"page": pages, "table": pd.DataFrame([table]), "column": pd.DataFrame(column), "row": row, "number": words}


def printed(centavos: int) -> str:
    """As accounts print it: 1,234.50, (5.25), and a dash for nothing."""
    if not centavos:
        return "-"
    text = f"{abs(centavos) // 100:,}.{abs(centavos) % 100:02d}"
    return f"({text})" if centavos < 0 else text


def _title(by: str) -> str:
    return f"Estado Analítico del Ejercicio del Presupuesto de Egresos\n{by}"


@cache
def _book(classification: str) -> tuple[list[str], list[str], Ints, Ints]:
    """Codes, names, depths and parents of a codebook, in the order in which it is printed."""
    book = reference.codes()
    book = book[(book["classification"] == classification) & (book["code"].str.len() <= 3)].sort_values("code")
    codes = book["code"].tolist()
    place = {code: n for n, code in enumerate(codes)}
    depths = np.array([len(code) - 1 for code in codes], dtype=np.int64)
    return codes, book["name"].tolist(), depths, np.array([place.get(code[:-1], -1) for code in codes], dtype=np.int64)


def _leaves(parents: Ints, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    inner = np.isin(np.arange(len(parents)), parents)
    return np.where(inner, 0.0, weights)


@cache
def _object() -> Tree:
    codes, names, depths, parents = _book("object")
    share = {"1": 30.0, "4": 40.0, "36": 0.6, "38": 0.2}
    weights = np.array([share.get(code[:2], share.get(code[0], 1.0)) for code in codes])
    title = _title("Clasificación por Objeto del Gasto (Capítulo y Concepto)")
    return Tree(title, names, [code.ljust(4, "0") for code in codes], depths, parents, _leaves(parents, weights))


@cache
def _function(state: int) -> Tree:
    codes, names, depths, parents = _book("function")
    health = 1e-5 if state in _NO_HEALTH else 6.0
    weights = np.array([health if code.startswith("23") else 2.0 for code in codes])
    title = _title("Clasificación Funcional (Finalidad, Función y Subfunción)")
    return Tree(title, names, [".".join(code) for code in codes], depths, parents, _leaves(parents, weights))


@cache
def _bodies(state: int) -> Tree:
    """Bodies and their units: names that only this state prints."""
    codes: list[str] = []
    names: list[str] = []
    parents: list[int] = []
    for body in range(1, _BODIES + 1):
        at = len(codes)
        codes.append(f"{body:02d}")
        names.append(f"Secretaría de Salud {state}" if body == 5 else f"Secretaría {body} del estado {state}")
        parents.append(-1)
        for unit in range(1, _UNITS + 1):
            codes.append(f"{body:02d}{unit:02d}")
            names.append(f"Dirección {unit} de {names[at]}")
            parents.append(at)
    above = np.array(parents, dtype=np.int64)
    title = _title("Clasificación Administrativa")
    return Tree(title, names, codes, (above >= 0).astype(np.int64), above, _leaves(above, np.ones(len(codes))))


@cache
def _programmes(state: int) -> Tree:
    codes = [f"E{n:03d}" for n in range(1, _PROGRAMMES + 1)]
    names = [f"{_NAMES[n % len(_NAMES)]} {n} del estado {state}" for n in range(_PROGRAMMES)]
    flat = np.full(_PROGRAMMES, -1, dtype=np.int64)
    title = _title("Gasto por Categoría Programática")
    return Tree(title, names, codes, flat * 0, flat, np.ones(_PROGRAMMES))
