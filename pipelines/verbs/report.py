"""The short report at the end of `peso run`, in Spanish, for a person who will print a number tomorrow.

Frames in, text out. The full tables are in the release; nothing is computed here beyond counts.
"""

import io
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from pipelines.home import Home
from pipelines.verbs.claims import since_text
from pipelines.verbs.language import say
from pipelines.work.reading import UNSETTLED
from warehouse.ask.comparisons import COMPARE_HEALTH
from warehouse.schema.money import millions
from warehouse.schema.vocabulary import ALERTS, OUTCOMES, READABLE, REFUSALS

_WIDTH = 118
_SHOWN_REFUSALS = 10
_SHOWN_CARDS = 3


@dataclass(frozen=True)
class RunSummary:
    """What the report tells: the tables, how many documents were read now, and where the release lies."""

    frames: dict[str, pd.DataFrame]
    read_now: int
    release_number: int
    release_is_new: bool
    release_path: str
    seconds: float

    @property
    def is_lasting(self) -> bool:
        """Whether the next run would do the same: a document that was not there or not finished is tried again."""
        return not self.frames["core.document"]["outcome"].isin(UNSETTLED).any()


def print_report(summary: RunSummary, console: Console | None = None) -> str:
    """Prints every part, with a blank line after each; returns what was printed, without its colours."""
    console = console or Console(width=_WIDTH, highlight=False)
    console.record = True
    for part in (
        _documents(summary),
        _proof(summary),
        _comparison(summary),
        _followed(summary),
        *left_out(summary),
        _files(summary),
        _next(summary),
    ):
        console.print(part)
        console.print()
    return console.export_text()


def report_text(summary: RunSummary) -> str:
    """The same, printed nowhere."""
    return print_report(summary, Console(width=_WIDTH, highlight=False, file=io.StringIO()))


def documents_read(home: Home) -> str:
    """How far the reading is: documents with a reading, of those in the catalogue."""
    read, all_ = len(home.store.files("raw.document")), len(home.catalogue().documents)
    return say(f"{read} de {all_} documentos leídos", f"{read} of {all_} documents read")


def _documents(summary: RunSummary) -> RenderableType:
    documents = summary.frames["core.document"]
    refused = documents[~documents["outcome"].isin(READABLE)]
    read, total = len(documents) - len(refused), len(documents)
    lines = [Text(f"Documentos: {read} leídos de {total}, en {summary.seconds:.0f} s.", style="bold")]
    if not summary.read_now:
        lines.append(Text("Nada cambió desde la última vez: no se volvió a leer ningún documento."))
    elif summary.read_now < total:
        lines.append(
            Text(f"Leídos ahora: {summary.read_now}. Sin cambios, no se volvieron a leer: {total - summary.read_now}.")
        )
    shown = refused.head(_SHOWN_REFUSALS).itertuples()
    lines += [Text(f"  no leído: {row.document_id}: {OUTCOMES[row.outcome].es}.") for row in shown]
    if len(refused) > _SHOWN_REFUSALS:
        lines.append(Text(f"  … y {len(refused) - _SHOWN_REFUSALS} más: `peso status` los lista todos, con qué hacer."))
    return Group(*lines)


def _proof(summary: RunSummary) -> RenderableType:
    amounts, sums = summary.frames["core.amount"], summary.frames["core.reconciliation"]
    tried, errors = sums["outcome"].value_counts(), int(sums["explanation"].eq("source_error").sum())
    verified, total = int(amounts["verified"].sum()), len(amounts)
    share = f"{verified / total:.1%}" if total else "—"
    passed = int(tried.get("passed", 0) + tried.get("rounding", 0))
    return Text(
        f"Líneas: {len(summary.frames['core.line']):,}. Importes: {total:,}, de los cuales {share} verificados "
        f"(algo los prueba: una suma, una identidad o un gemelo).\n"
        f"Sumas e identidades que cuadran: {passed:,}; que no cuadran: {int(tried.get('failed', 0)):,} "
        f"(error de la fuente, con evidencia: {errors:,}; sin explicar: {int(tried.get('failed', 0)) - errors:,}); "
        f"solo ceros, no prueban nada: {int(tried.get('trivial', 0)):,}."
    )


def _comparison(summary: RunSummary) -> RenderableType:
    """The latest year of each government that has a comparison; the page and the tables hold every year."""
    frame = summary.frames["out.health_vs_events"]
    every_year = frame[frame["refusals"].isna()].sort_values(["government", "fiscal_year", "stage"])
    latest = every_year.groupby("government_id")["fiscal_year"].transform("max")
    made = every_year[every_year["fiscal_year"] == latest]
    others = len(every_year) - len(made)
    more = (
        [Text(f"De otros años hay {others} comparaciones más, en la página y en es.salud_vs_eventos.")]
        if others
        else []
    )
    table = Table(
        title="Salud frente a eventos y publicidad (millones de pesos corrientes)",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for name in ("Gobierno", "Año", "Momento"):
        table.add_column(name)
    for name in (
        "Salud",
        "Eventos (3800)",
        "Publicidad (3600)",
        "Eventos por cada\n1,000 de salud",
        "Publicidad por cada\n1,000 de salud",
    ):
        table.add_column(name, justify="right")
    for row in made.itertuples(index=False):
        table.add_row(
            row.government, str(row.fiscal_year), row.stage, _millions(row.health_centavos), _millions(row.events_centavos),
            _millions(row.advertising_centavos), _per_thousand(row.events_share_of_health), _per_thousand(row.advertising_share_of_health),
        )  # fmt: skip
    refused = frame[frame["refusals"].notna()]
    return Group(table, *more, Text(), *_caveats(made), *_refusals(refused))


def _caveats(made: pd.DataFrame) -> Iterable[Text]:
    """Each caveat once, with the years it is about where it is not about all."""
    caveats = made.assign(caveat=made["caveats"].str.split(";")).explode("caveat").dropna(subset=["caveat"])
    caveats["caveat"] = caveats["caveat"].str.strip()
    if len(caveats):
        yield Text("Lo que debe decirse junto a estos números:", style="bold")
    for sentence, group in caveats[caveats["caveat"] != ""].groupby("caveat", sort=False):
        years = sorted(set(group["fiscal_year"]))
        only = f" (ejercicio {', '.join(map(str, years))})" if len(group) < len(made) else ""
        yield Text(f"  · {sentence}{only}")


def _refusals(refused: pd.DataFrame) -> Iterable[Text]:
    if refused.empty:
        return
    yield Text(f"Comparaciones que se rechazaron: {len(refused)}.", style="bold")
    codes = refused["refusals"].str.split(";").explode().value_counts()
    for code, count in codes.items():
        yield Text(f"  · {count}: {REFUSALS[str(code)].es}")


def _followed(summary: RunSummary) -> RenderableType:
    """What changed since the release before, the claims, and the middle reading of each affordability card."""
    since = since_text(summary.frames["out.release_difference"], summary.frames["out.claim"])
    cards = summary.frames["out.affordability"]
    middle = cards[(cards["reading"] == "mid") & cards["refusals"].isna()]
    lines = [Text("Afirmaciones y erratas", style="bold"), *map(Text, since)]
    for name, group in middle.groupby("card", sort=False):
        lines.append(Text(f"Ficha, lectura media: {name}", style="bold"))
        lines += [Text(f"  · {sentence}") for sentence in group["oracion"].head(_SHOWN_CARDS)]
    return Group(*lines)


def left_out(summary: RunSummary) -> Iterable[RenderableType]:
    """Files of the person's own that could not be used: said here, since nothing else would show that they are missing."""
    alerts = summary.frames["out.alert"]
    sentences = alerts.loc[alerts["code"] == "definition_left_out", "mensaje"].tolist()
    if sentences:
        title = Text(f"{ALERTS['definition_left_out'].es}: {len(sentences)}", style="bold")
        yield Group(title, *(Text(f"  · {sentence}") for sentence in sentences))


def _files(summary: RunSummary) -> RenderableType:
    state = "publicada" if summary.release_is_new else "sin cambios: sigue siendo la vigente"
    lines = [Text(f"Edición {summary.release_number} ({state}), en {summary.release_path}", style="bold")]
    for name, what in (
        ("reporte.html", "la página: comparaciones, rechazos y qué falta; se abre en cualquier navegador, sin red"),
        (
            "peso_a_peso.xlsx",
            "Excel: Datos, Diccionario, Fuentes, Advertencias, Afirmaciones, Alcance, Erratas, Cambios, cotejos",
        ),
        ("peso_a_peso.duckdb", "DuckDB: las mismas tablas en SQL, en español en el esquema es"),
        ("csv/", "CSV, con encabezados en español"),
        ("ERRATAS.md", "qué difiere de la edición anterior y por qué; qué fue de cada afirmación"),
        ("validacion.html", "qué se revisó antes de publicar"),
    ):
        lines.append(Text(f"  {name:<20} {what}"))
    return Group(*lines)


def _next(summary: RunSummary) -> RenderableType:
    made = summary.frames["out.line_comparison"]
    line = made["line_id"].iloc[0] if len(made) else "LINEA"
    peso = _command()
    return Group(
        Text("Para seguir:", style="bold"),
        Text(f"  {peso} explain {line}    de un número a su página"),
        Text(f'  {peso} query "{COMPARE_HEALTH}"'),
        Text(f"  {peso} add DOCUMENTO.pdf    y luego `make run`: sus propios documentos; o `make ui` para verlo todo"),
    )


def _command() -> str:
    """How the person called the program, so that the next command works as printed."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "peso" else "peso"


def _millions(centavos: Any) -> str:
    return "—" if pd.isna(centavos) else millions(centavos)


def _per_thousand(share: Any) -> str:
    return "—" if pd.isna(share) else f"{share * 1000:,.2f}"
