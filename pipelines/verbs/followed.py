"""Claims, affordability and errata of the published release, as Spanish text: what `peso claims`, `afford`, `errata` print.

Rows in, text out. A card given as a file is computed on the published comparisons without publishing anything.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.dagster_ui.metadata import pesos
from pipelines.home import Home
from pipelines.verbs.answers import rows
from transforms.claims.cards import affordability, read_card
from transforms.compare.prices import inpc
from warehouse.differences.changes import published
from warehouse.differences.errata import FILE
from warehouse.errors import WarehouseError
from warehouse.release.publish import Release, latest
from warehouse.schema.vocabulary import CAUSES, CLAIM_OUTCOMES, CLAIM_STATUSES, REFUSALS


def claims_text(home: Home) -> str:
    """Every claim of the release: what became of it, why, and what the release says of it."""
    parts = []
    for row in rows(home, "SELECT * FROM out.claim ORDER BY claim_id"):
        lines = [f"{row['claim_id']}: {CLAIM_OUTCOMES[row['outcome']].es}", f"  «{row['text']}»"]
        lines.append(f"  estado: {CLAIM_STATUSES[row['status']].es}")
        if row["amount"] is not None:
            lines.append(f"  importe: {row['amount']:,.2f} pesos de {row['fiscal_year']}{_real(row)}")
        lines += [f"  {text}" for text in (row["razon"], row["hallazgo"], row["operands"]) if text]
        if row["refusals"]:
            lines.append(f"  no publicar: {_refusals(row['refusals'])}")
        parts.append("\n".join([*lines, f"  fuentes: {row['sources']}"]))
    return "\n\n".join(parts)


def _real(row: dict[str, Any]) -> str:
    return "" if row["real_amount"] is None else f"; {row['real_amount']:,.2f} de {row['price_base']}"


def _refusals(codes: str) -> str:
    return "; ".join(REFUSALS[code].es for code in codes.split(";"))


def cards_text(home: Home, card: str | None) -> str:
    """The cards of the release, one of them by name, or one from a YAML file. Raises LookupError for an unknown name."""
    release = _latest(home)
    if card and Path(card).suffix == ".yaml":
        versus = published(release.database, "out.health_vs_events")
        frame = affordability([read_card(Path(card), home.catalogue().links)], versus, inpc())
    else:
        frame = published(release.database, "out.affordability")
        frame = frame[frame["card_id"] == card] if card else frame
    if frame.empty:
        known = ", ".join(published(release.database, "out.affordability")["card_id"].unique())
        raise LookupError(f"No hay ficha «{card}» en la edición. Hay: {known or 'ninguna'}.")
    return "\n\n".join("\n".join(_card(str(name), group)) for name, group in frame.groupby("card", sort=False))


_READINGS = {"low": "baja", "mid": "media", "high": "alta"}


def _card(name: str, group: pd.DataFrame) -> Iterator[str]:
    yield name
    for (government, money), part in group.groupby(["government_id", "money"], sort=False):
        yield f"  Gobierno {government}. {money}"
        for row in part.to_dict("records"):
            yield f"    {_READINGS[row['reading']]:<6}{row['oracion']}"
    for row in group.drop_duplicates("assumptions").drop_duplicates("reading").to_dict("records"):
        yield f"  Supuestos de la lectura {_READINGS[row['reading']]}:"
        yield from (f"    · {text}" for text in row["assumptions"].split("; "))
    yield "  Lo que habla en contra:"
    yield from (f"    · {text}" for text in group["counter_evidence"].iloc[0].split("; "))


def errata_text(home: Home) -> str:
    return (_latest(home).folder / FILE).read_text(encoding="utf-8").rstrip()


def since_text(differences: pd.DataFrame, claims: pd.DataFrame) -> list[str]:
    """What differs from the release before, and the claims that did not hold: lines for the report and `peso status`."""
    if differences.empty:
        lines = ["Ninguna línea difiere de la edición anterior, o no hay otra."]
    else:
        previous = int(differences["previous_release"].iloc[0])
        lines = [f"Desde la edición {previous}:"]
        for cause, amounts in differences.groupby("cause")["amounts"].sum().sort_values(ascending=False).items():
            lines.append(f"  {int(amounts):,} importes: {CAUSES[str(cause)].es}")
    for row in claims.itertuples():
        line = f"Afirmación {row.claim_id}: {CLAIM_OUTCOMES[row.outcome].es}"
        moved = pd.notna(row.previous_amount_centavos) and pd.notna(row.amount_centavos) and row.outcome != "held"
        figures = f" ({pesos(row.previous_amount_centavos)} → {pesos(row.amount_centavos)})" if moved else ""
        lines.append(f"{line}{figures}")
    return lines


def status_text(home: Home) -> list[str]:
    """The same of the published release; nothing where nothing was published."""
    release = latest(home.releases)
    if release is None:
        return []
    tables = (published(release.database, name) for name in ("out.release_difference", "out.claim"))
    return [f"Edición {release.number}", *since_text(*tables)]


def _latest(home: Home) -> Release:
    release = latest(home.releases)
    if release is None:
        raise WarehouseError("Nothing was published yet.", "Run `peso run`, or materialize release/extract.")
    return release
