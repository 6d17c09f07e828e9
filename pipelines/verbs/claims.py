"""Claims, affordability and errata of the published release, as Spanish text: what `peso claims`, `afford`, `errata` print.

Rows in, text out. A card given as a file is computed on the published comparisons without publishing anything.
"""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from pipelines.home import Home
from transforms.claims.affordability import affordability
from transforms.claims.cards import read_card
from transforms.compare.prices import inpc
from warehouse.ask import records
from warehouse.ask.query import asking
from warehouse.ask.tables import published_tables
from warehouse.differences.errata import FILE
from warehouse.schema.causes import CAUSES
from warehouse.schema.money import pesos
from warehouse.schema.vocabulary import CLAIM_OUTCOMES, CLAIM_STATUSES, REFUSALS
from warehouse.store.session import Row


def claims_text(home: Home, claim_id: str | None = None) -> str:
    """Every claim of the release, or one: what became of it, why, and what the release says of it. Raises LookupError for an unknown name."""
    with asking(home.published().database) as ask:
        rows = records.claims(ask)
    hidden = sorted({claim.id for claim in home.definitions().claims} - {row["claim_id"] for row in rows})
    why = "la edición no tiene documentos de su gobierno, o la frase está apagada (publish: false)"
    if claim_id in hidden:
        raise LookupError(f"La afirmación «{claim_id}» no está en la edición: {why}.")
    chosen = [row for row in rows if claim_id in (None, row["claim_id"])]
    if claim_id and not chosen:
        raise LookupError(
            f"No hay afirmación «{claim_id}». Hay: {', '.join(row['claim_id'] for row in rows) or 'ninguna'}."
        )
    texts = ["\n".join(_claim(row)) for row in chosen]
    if hidden and claim_id is None:
        texts.append(f"No se muestran: {', '.join(hidden)} ({why}).")
    return "\n\n".join(texts)


def _claim(row: Row) -> Iterator[str]:
    yield f"{row['claim_id']}: {CLAIM_OUTCOMES[row['outcome']].es}"
    yield f"  «{row['texto']}»"
    yield f"  estado: {CLAIM_STATUSES[row['status']].es}"
    if row["amount"] is not None:
        yield f"  importe: {row['amount']:,.2f} pesos de {row['fiscal_year']}{_real(row)}"
    yield from (f"  {text}" for text in (row["razon"], row["hallazgo"], row["operands"]) if text)
    if not row["publishable"]:
        why = (
            _refusals(row["refusals"])
            if row["refusals"]
            else "no se apoya en líneas verificadas de un documento citable"
        )
        yield f"  no publicar: {why}"
    yield f"  fuentes: {row['sources']}"


def _real(row: Row) -> str:
    return "" if row["real_amount"] is None else f"; {row['real_amount']:,.2f} de {row['price_base']}"


def _refusals(codes: str) -> str:
    return "; ".join(REFUSALS[code].es for code in codes.split(";"))


def cards_text(home: Home, card: str | None) -> str:
    """The cards of the release, one of them by name, or one from a YAML file. Raises LookupError for an unknown name."""
    versus, cards = published_tables(home.published().database, "out.health_vs_events", "out.affordability")
    if card and Path(card).suffix == ".yaml":
        frame = affordability([read_card(Path(card), home.catalogue().links)], versus, inpc())
    else:
        frame = cards[cards["card_id"] == card] if card else cards
    if frame.empty:
        names = ", ".join(cards["card_id"].unique())
        raise LookupError(f"No hay ficha «{card}» en la edición. Hay: {names or 'ninguna'}.")
    return "\n\n".join("\n".join(_card(str(name), group)) for name, group in frame.groupby("card", sort=False))


_READINGS = {"low": "baja", "mid": "media", "high": "alta"}


def _card(name: str, group: pd.DataFrame) -> Iterator[str]:
    yield name
    for (government, money), part in group.groupby(["government_id", "money"], sort=False):
        yield f"  Gobierno {government}. {money}"
        for row in part.to_dict("records"):
            yield f"    {_READINGS[row['reading']]:<6}{row['oracion']}"
        first = part.iloc[0]
        if isinstance(first["intervalo"], str):
            yield f"    {first['intervalo']}"
        if isinstance(first["legal_basis"], str):
            yield f"    Fundamento: {first['insurer']}. {first['legal_basis']}"
    for row in group.drop_duplicates("assumptions").drop_duplicates("reading").to_dict("records"):
        yield f"  Supuestos de la lectura {_READINGS[row['reading']]}:"
        yield from (f"    · {text}" for text in row["assumptions"].split("; "))
    yield "  Lo que habla en contra:"
    yield from (f"    · {text}" for text in group["counter_evidence"].iloc[0].split("; "))


def errata_text(home: Home) -> str:
    """The errata that lie in the folder of the latest release."""
    return (home.published().folder / FILE).read_text(encoding="utf-8").rstrip()


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
    release = home.latest_release()
    if release is None:
        return []
    differences, claims = published_tables(release.database, "out.release_difference", "out.claim")
    return [f"Edición {release.number}", *since_text(differences, claims)]
