"""What `peso read` shows of one file: its amounts, and the account of its numeric words. No warehouse is needed."""

import dataclasses
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from pipelines.apart.drawing import drawn_apart
from pipelines.apart.reader import REPORT, ToRead, read_apart
from pipelines.home import Home
from pipelines.verbs.language import say, say_term
from pipelines.work.reading import say_progress
from sources.bytes.archive import sha256_of
from sources.declared.entry import DocumentEntry
from sources.errors import SourceError
from sources.picture import busiest_page
from sources.raw.reading import Document, Hints
from transforms.core.normalize import amounts_table, normalize
from transforms.describe.draft import Description
from warehouse.schema.core import BASIS_COLUMNS
from warehouse.schema.text import legible, without_formulas
from warehouse.schema.vocabulary import BASES, EXCLUSIONS, FACETS, PAGE_KINDS, RECONCILIATION_OUTCOMES, Term

COLUMNS = [
    "page",
    "table",
    "row",
    "column",
    "label",
    "header",
    "stage",
    "source_text",
    "amount",
    "verified",
    "reason",
    "lacks",
    "place",
]

# For the eye, each with its name in Spanish.
_SHOWN = {
    "page": "página", "table": "tabla", "row": "renglón", "label": "etiqueta", "header": "encabezado", "stage": "momento",
    "amount": "importe", "verified": "verificado", "reason": "motivo", "lacks": "falta",
}  # fmt: skip
_SHOWN_PAGES = 20
_NO_NAMES = pd.DataFrame(columns=["government_id", "level", "parent_id", "name"], dtype="str")


@dataclass(frozen=True)
class ReadingView:
    """One file as the program reads it: `amounts` has COLUMNS; `summary` counts the numeric words; `raw` is the reading."""

    amounts: pd.DataFrame
    summary: dict[str, Any]
    warnings: tuple[Term, ...]
    raw: dict[str, pd.DataFrame]
    page: str | None = None


def view(path: Path, home: Home | None = None) -> ReadingView:
    """Reads a file and what it means. Raises SourceError when the file is refused.

    A document of the catalogue is recognised by its bytes and read with its hints.
    """
    say_progress()
    entry = home.catalogue().by_sha256(sha256_of(path)) if home else None
    document = Document(
        path,
        entry.document_id if entry else legible(path.stem),
        legible(path.name),
        entry.hints if entry else Hints(),
        home.ocr if home else None,
    )
    names = home.catalogue().names() if home else _NO_NAMES
    [(answer, _)] = read_apart([ToRead(document, legible(str(path)), names)])
    if answer.reading is None or answer.description is None:
        raise answer.error or SourceError(
            "failed", document.title, Term("a reading", "una lectura"), Term("none", "ninguna"), REPORT
        )
    raw = answer.reading.frames()
    core = normalize(raw, _declared(home, entry) if home and entry else _described(raw, answer.description, names))
    amounts = amounts_table(raw, core)[COLUMNS]
    refused = raw["number"].loc[raw["number"]["exclusion"] == "refused", "page"].unique()
    failed = raw["page"][raw["page"]["page"].isin(refused)]
    warnings = (
        *(
            Term(f"p. {page}: {PAGE_KINDS['failed'].en}.", f"p. {page}: {message}")
            for page, message in zip(failed["page"], failed["message"], strict=True)
        ),
        *(
            (Term(f"Implausible: {answer.error.found.en}.", f"No es verosímil: {answer.error.found.es}."),)
            if answer.error
            else ()
        ),
        *answer.reading.warnings,
    )
    return ReadingView(
        amounts, _summary(answer.reading.format, raw, amounts, core, catalogued=entry is not None), warnings, raw
    )


def only_page(shown: ReadingView, page: str) -> ReadingView:
    """The amounts of one page, by its name or its number from 1. Raises LookupError when there is no such page."""
    pages = shown.raw["page"]
    named = pages.loc[pages["page"] == page, "page"]
    if named.empty and page.isdigit():
        named = pages.loc[pages["position"] == int(page), "page"]
    if named.empty:
        names = ", ".join(pages["page"].head(_SHOWN_PAGES)) + (", …" if len(pages) > _SHOWN_PAGES else "")
        raise LookupError(
            say(
                f"No hay página ni hoja «{page}»; hay: {names}.",
                f"There is no page or sheet {page!r}; there are: {names}.",
            )
        )
    amounts = shown.amounts[shown.amounts["page"] == named.iloc[0]]
    return dataclasses.replace(shown, amounts=amounts, page=str(named.iloc[0]))


def save_picture(shown: ReadingView, path: Path, picture: Path) -> None:
    """Writes the picture of the chosen page as read, or of the one with the most amounts."""
    page = shown.page or busiest_page(shown.raw) or str(shown.raw["page"]["page"].iloc[0])
    image = drawn_apart(path, shown.summary["format"], shown.raw, page)
    picture.parent.mkdir(parents=True, exist_ok=True)
    image.save(picture, format="PNG", optimize=True)


def _declared(home: Home, entry: DocumentEntry) -> pd.DataFrame:
    """The document as the catalogue has it."""
    documents = home.catalogue().frames()["document"]
    return documents[documents["document_id"] == entry.document_id]


def _described(raw: dict[str, pd.DataFrame], description: Description, names: pd.DataFrame) -> pd.DataFrame:
    """What the document says of itself, where no catalogue has it: its year and body are shown, not asked."""
    row = {
        "document_id": raw["page"]["document_id"].iloc[0],
        "kind": description.kind,
        "fiscal_year": description.fiscal_year,
        "government_id": description.government_id,
        "government_names": _names(names, description.government_id),
        "catalogued": False,
    }
    return pd.DataFrame([row])


def _names(names: pd.DataFrame, government_id: str | None) -> str | None:
    return "\n".join(names.loc[names["government_id"] == government_id, "name"]) or None


def _summary(
    format_: str,
    raw: dict[str, pd.DataFrame],
    amounts: pd.DataFrame,
    core: dict[str, pd.DataFrame],
    *,
    catalogued: bool,
) -> dict[str, Any]:
    words = len(raw["number"])
    excluded = core["exclusion"].sort_values("words", ascending=False)
    return {
        "format": format_,
        "pages": len(raw["page"]),
        "pages_by_kind": raw["page"]["kind"].value_counts().to_dict(),
        "tables": len(raw["table"]),
        "numeric_words": words,
        "amounts": len(amounts),
        "verified": int(amounts["verified"].sum()),
        "catalogued": catalogued,
        "lacking": _lacking(amounts),
        "bases": _bases(core["amount"]),
        "excluded": {row.reason: int(row.words) for row in excluded.itertuples()},
        "reconciliations": core["reconciliation"]["outcome"].value_counts().to_dict(),
        "unaccounted": words - len(amounts) - int(excluded["words"].sum()),
    }


def _lacking(amounts: pd.DataFrame) -> dict[str, int]:
    """How many amounts lack each facet."""
    lacking = amounts["lacks"].dropna().str.split(", ").explode()
    return {facet: int(count) for facet in FACETS if (count := (lacking == facet).sum())}


def _bases(amounts: pd.DataFrame) -> dict[str, dict[str, int]]:
    """By facet, how many amounts rest on what."""
    counted = {facet: amounts[column.name].value_counts() for facet, column in zip(FACETS, BASIS_COLUMNS, strict=True)}
    return {facet: {str(basis): int(n) for basis, n in counts.items() if n} for facet, counts in counted.items()}


def render(shown: ReadingView, format_: str) -> str:
    """The amounts as a table for the eye, as CSV, or as JSON together with the summary."""
    if format_ == "json":
        amounts = json.loads(shown.amounts.to_json(orient="records", force_ascii=False))
        return json.dumps(
            {
                "amounts": amounts,
                "summary": shown.summary,
                "warnings": [say_term(warning) for warning in shown.warnings],
            },
            ensure_ascii=False,
            indent=1,
        )
    if format_ == "csv":
        texts = shown.amounts.select_dtypes(include=["object", "string"]).columns.difference(["amount"])
        safe = shown.amounts.assign(**{column: shown.amounts[column].map(_safe) for column in texts})
        return str(safe.to_csv(index=False, lineterminator="\n")).rstrip("\n")
    return _as_table(shown.amounts)


def _safe(value: object) -> object:
    return without_formulas(value) if isinstance(value, str) else value


def _as_table(amounts: pd.DataFrame) -> str:
    table = Table(box=None, pad_edge=False)
    for name, es in _SHOWN.items():
        table.add_column(
            say(es, name), justify="right" if name == "amount" else "left", overflow="fold", no_wrap=name == "amount"
        )
    for row in amounts[list(_SHOWN)].itertuples(index=False):
        told = dict(zip(_SHOWN, map(_cell, row), strict=True))
        table.add_row(*(told | {"amount": f"{Decimal(told['amount']):,}" if told["amount"] else ""}).values())
    out = io.StringIO()
    console = Console(width=160, file=out)
    console.print(table)
    return out.getvalue().rstrip()


def _cell(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return say("sí" if value else "no", "yes" if value else "no")
    return "" if pd.isna(value) else str(value)


def summary_text(shown: ReadingView) -> str:
    """The account of the numeric words, in a few lines."""
    numbers = shown.summary
    kinds = ", ".join(f"{_in_words(PAGE_KINDS, kind)}: {count}" for kind, count in numbers["pages_by_kind"].items())
    pages, tables, words = numbers["pages"], numbers["tables"], numbers["numeric_words"]
    amounts, verified, lost = numbers["amounts"], numbers["verified"], numbers["unaccounted"]
    excluded = sum(numbers["excluded"].values())
    sums = ", ".join(
        f"{_in_words(RECONCILIATION_OUTCOMES, outcome)} {count}"
        for outcome, count in numbers["reconciliations"].items()
    )
    lines = [
        say(
            f"{pages} páginas u hojas ({kinds}), {tables} cuadros",
            f"{pages} pages or sheets ({kinds}), {tables} tables",
        ),
        say(
            f"{words} palabras con cifras: {amounts} importes ({verified} verificados), {excluded} excluidas, {lost} sin explicar",
            f"{words} numeric words: {amounts} amounts ({verified} verified), {excluded} excluded, {lost} unaccounted",
        ),
        *_facets(numbers),
        *(
            f"  {say('excluidas', 'excluded')} {count:>6}  {_in_words(EXCLUSIONS, reason)}"
            for reason, count in numbers["excluded"].items()
        ),
        say(f"sumas: {sums or 'ninguna'}", f"sums: {sums or 'none'}"),
        *(say(f"aviso: {warning.es}", f"warning: {warning.en}") for warning in shown.warnings),
    ]
    return "\n".join(lines)


def _in_words(terms: Mapping[str, Term], code: str) -> str:
    return say_term(terms[code]).lower() if code in terms else code


def _facets(numbers: dict[str, Any]) -> Iterator[str]:
    """What the amounts rest on, facet by facet; and what only a catalogue can close."""
    for facet, counts in numbers["bases"].items():
        lacking = numbers["lacking"].get(facet, 0)
        parts = [f"{_in_words(BASES, basis)} {count}" for basis, count in counts.items()]
        parts += [say(f"NADA {lacking}", f"NOTHING {lacking}")] if lacking else []
        if numbers["amounts"]:
            yield f"  {_in_words(FACETS, facet)}: {say('se apoya en', 'rests on')}: {'; '.join(parts)}"
    if not numbers["catalogued"]:
        yield say(
            "  año y ente público quedan abiertos: ningún catálogo tiene este documento. Se muestran como están impresos y no se "
            "piden para verificar un importe; `peso add` los pide.",
            "  year and public body are open: no catalogue has this document. They are shown as printed and not asked "
            "before an amount is verified; `peso add` asks them.",
        )
