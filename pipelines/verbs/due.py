"""`peso due`, `peso beside` and `peso ask`: what is overdue, governments side by side, and the letter that asks for a document, in Spanish.

Every number was computed in `transforms`; here it is told, from the published release. A letter names no person.
"""

from collections.abc import Iterator, Sequence
from datetime import date

import pandas as pd

from pipelines.home import Home
from transforms.panel.beside import side_by_side
from warehouse.ask import ledgers, lines, records
from warehouse.ask.query import Ask, asking
from warehouse.ask.tables import published_tables
from warehouse.schema.answering_terms import (
    ANSWERING_CAVEATS,
    BESIDE_CONCEPTS,
    BESIDE_REFUSALS,
    DOCUMENT_CLASSES,
    DUE_RULES,
    PUBLICATION_STATES,
)
from warehouse.schema.ledger_terms import LEDGER_REFUSALS
from warehouse.schema.money import pesos
from warehouse.schema.vocabulary import DOCUMENT_KINDS, STAGES, UNVERIFIED
from warehouse.store.session import Row

_DONE = "on_time"
_LABEL = 100  # characters of a label in a letter


def due_text(home: Home, government_id: str | None, today: date) -> str:
    """What is overdue on a day, of one government or of all, under which rule; and what nobody knows.

    Raises LookupError where the edition holds neither requests nor lists of publications of it.
    """
    with asking(home.published().database) as ask:
        requests, calendar = ledgers.open_requests(ask, government_id), ledgers.calendar(ask, government_id)
    if not requests and not calendar:
        whose = f" de {government_id}" if government_id else ""
        raise LookupError(
            f"La edición no tiene solicitudes en espera ni listas de publicaciones{whose}. `peso template requests` escribe "
            "el registro de solicitudes vacío; llénelo y agréguelo con `peso add`."
        )
    return "\n".join([*_requests(requests, today), *_calendar(calendar)])


def _requests(rows: list[Row], today: date) -> Iterator[str]:
    if not rows:
        return
    late = [row for row in rows if row["term"] is not None and row["term"] < today]
    yield f"Solicitudes en espera: {len(rows)}; con plazo vencido al {today}: {len(late)}"
    yield f"  regla: {DUE_RULES['lgtaip'].es}"
    yield f"  {ANSWERING_CAVEATS['weekends_only'].es}"
    for row in rows:
        since = "no consta el día en que se pidió" if row["term"] is None else _term(row, today)
        yield f"  {row['request_id']} · {row['body'] or row['government_id']} · {row['subject'] or 'sin asunto'}: {since}"
        yield f"    según {row['document_id']} ({row['page']}, {row['place']}), obtenido el {_day(row['obtained_at'])}"


def _term(row: Row, today: date) -> str:
    days = (today - row["term"]).days
    extended = ", con ampliación" if row["extended"] else ""
    return (
        f"vencida hace {days} días, desde el {row['term']}{extended}"
        if days > 0
        else f"vence el {row['term']}{extended}"
    )


def _day(moment: object) -> str:
    return "un día que no consta" if moment is None else str(moment)[:10]


def _calendar(rows: list[Row]) -> Iterator[str]:
    """What is in which state, by government, rule and class of document."""
    for government in dict.fromkeys(row["government_id"] for row in rows):
        mine = [row for row in rows if row["government_id"] == government]
        yield f"Lo que debería estar publicado: {mine[0]['government'] or government} ({government})"
        for rule in dict.fromkeys(row["rule"] for row in mine):
            of_rule = [row for row in mine if row["rule"] == rule]
            done = sum(row["periods"] for row in of_rule if row["state"] == _DONE)
            yield f"  regla: {DUE_RULES[rule].es}"
            yield f"  en plazo: {done} de {sum(row['periods'] for row in of_rule)}"
            for name in dict.fromkeys(row["document_class"] for row in of_rule):
                of_class = [row for row in of_rule if row["document_class"] == name]
                yield f"    {DOCUMENT_CLASSES[name].es} ({_span(of_class)}): {', '.join(_state(row) for row in of_class)}"


def _span(rows: list[Row]) -> str:
    first, last = min(row["first_period"] for row in rows), max(row["last_period"] for row in rows)
    return first if first == last else f"{first} a {last}"


def _state(row: Row) -> str:
    most = f" (hasta {row['most_days']} días)" if row["state"] == "late" else ""
    return f"{row['periods']} {PUBLICATION_STATES[row['state']].es.lower()}{most}"


def beside_text(home: Home, government_ids: Sequence[str], year: int) -> str:
    """These governments side by side in a year, concept by concept. Raises LookupError for one that the edition does not have."""
    [rows] = published_tables(home.published().database, "out.beside")
    kept = side_by_side(rows, list(dict.fromkeys(government_ids)), year)
    return "\n".join(_beside(kept))


def _beside(rows: pd.DataFrame) -> Iterator[str]:
    stages = ", ".join(STAGES[stage].es.lower() for stage in dict.fromkeys(rows["stage"]))
    yield f"Lado a lado, {rows['fiscal_year'].iloc[0]}, {stages}: pesos corrientes por habitante; entre paréntesis, en pesos de {rows['price_base'].iloc[0]}"
    for concept in (name for name in BESIDE_CONCEPTS if name in set(rows["concept"])):
        yield BESIDE_CONCEPTS[concept].es
        for row in rows[rows["concept"].eq(concept)].itertuples():
            yield f"  {row.government} ({row.government_id}): {_each(row)}"
    yield "Lo que debe decirse al lado"
    for row in rows.drop_duplicates("government_id").itertuples():
        people = "sin dato" if pd.isna(row.inhabitants) else f"{row.inhabitants:,}"
        yield f"  {row.government_id}: {people} habitantes a mitad de año (CONAPO); {_covers(row.perimeter)}; {row.document_ids}"
    caveats = {code for codes in rows["caveats"].dropna() for code in codes.split(";")}
    yield from (f"  {ANSWERING_CAVEATS[code].es}" for code in sorted(caveats))


def _covers(perimeter: str) -> str:
    """What a document covers: its kind, and its perimeter where the catalogue says it."""
    kind, _, declared = perimeter.partition(": ")
    name = DOCUMENT_KINDS[kind].es if kind in DOCUMENT_KINDS else "sin clase de documento"
    return f"{name}, perímetro sin declarar" if declared == "-" else f"{name}; {declared}"


def _each(row: object) -> str:
    codes = row.refusals  # type: ignore[attr-defined]
    if not pd.isna(codes):
        return "rechazado: " + "; ".join(BESIDE_REFUSALS[code].es for code in codes.split(";"))
    value, real = row.per_inhabitant_centavos, row.real_per_inhabitant_centavos  # type: ignore[attr-defined]
    return f"{pesos(value)} ({'—' if pd.isna(real) else pesos(real)}); líneas {row.line_ids}"  # type: ignore[attr-defined]


_LETTER = """A la Unidad de Transparencia de {body}
Presente

Con fundamento en el artículo 6o., apartado A, de la Constitución Política de los Estados Unidos Mexicanos y en la Ley General de
Transparencia y Acceso a la Información Pública, solicito, en versión electrónica y en el formato abierto en que obre en sus archivos:

{asks}

Si parte de lo solicitado es confidencial o reservada, pido la versión pública. Si lo solicitado no existe, pido la resolución del Comité
de Transparencia que lo declare, con las razones de la búsqueda. Si esa unidad no es competente, pido que se me indique quién lo es.
No es necesario acreditar interés alguno ni justificar el uso de la información.

Modalidad de entrega: por la Plataforma Nacional de Transparencia, sin costo.
"""


def letter_text(home: Home, line_id: str) -> str:
    """The letter that asks a body for the document that a line lacks: an original, or the contracts and invoices behind it.

    Raises LookupError where there is no such line, or where it lacks nothing.
    """
    with asking(home.published().database) as ask:
        line = lines.line(ask, line_id)
        if line is None:
            raise LookupError(f'No hay línea «{line_id}» en la edición. `peso query "{lines.LIST_LINES}"` las enlista.')
        (document,) = records.documents(ask, [line["document_id"]])
        asks, why = _lacks(ask, line, document)
        body = _body(ask, line)
    if not asks:
        raise LookupError(
            f"La línea {line_id} está verificada, su documento se puede citar y está rastreada: no hay qué pedir."
        )
    listed = "\n".join(f"{number}. {text}" for number, text in enumerate(asks, 1))
    reasons = "\n".join(f"· {text}" for text in why)
    return f"{_LETTER.format(body=body, asks=listed)}\n---\nPor qué se pide (no va en la carta):\n{reasons}"


def _lacks(ask: Ask, line: Row, document: Row) -> tuple[list[str], list[str]]:
    """What to ask for, and what is lacking."""
    asks: list[str] = []
    why: list[str] = []
    traced = ledgers.trace(ask, line["line_id"])
    code, until = (
        (traced["object_code"], traced["period_end"]) if traced else (line["object_code"] or line["code"], None)
    )
    what = _what(line, code, until or document["period_end"])
    if document["citable"] is False:
        asks.append(f"El documento oficial (presupuesto, estado analítico o cuenta pública) en que consta {what}.")
        why.append(
            f"{document['title'] or document['document_id']} es una base secundaria o copia compuesta: no se cita"
        )
    unproven = [amount for amount in lines.amounts(ask, line["line_id"]) if not amount["verified"]]
    if unproven and not asks:
        asks.append(
            f"El estado analítico del ejercicio del presupuesto, con totales y por partida, en que consta {what}."
        )
    why += [
        f"sin verificar: {UNVERIFIED[a['reason']].es.lower() if a['reason'] in UNVERIFIED else a['reason']}"
        for a in unproven[:1]
    ]
    codes = "ledger_absent" if traced is None else traced["refusals"]
    if codes or (traced is not None and (traced["untraced"] or 0) > 0):
        asks.append(
            f"Los contratos, pedidos, convenios y sus modificatorios, y las facturas o comprobantes fiscales de pago, con cargo a {what}: "
            "número, objeto, proveedor, monto, fecha y partida de cada uno."
        )
        why += [f"no se rastrea: {LEDGER_REFUSALS[code].es}" for code in (codes or "").split(";") if code]
        if not codes and traced is not None:
            why.append(f"sin rastrear: {traced['untraced']:,.2f} pesos")
    return asks, why


def _what(line: Row, code: str | None, until: date | None) -> str:
    """A line in the words of its document, short enough for a letter, with code, year and its last day."""
    label = " ".join(word for word in str(line["name"] or line["label"]).split() if "//" not in word)
    label = label if len(label) <= _LABEL else label[:_LABEL].rsplit(" ", 1)[0] + "…"
    code = f", clave {code}" if code else ""
    year = f" del ejercicio {line['fiscal_year']}" if line["fiscal_year"] else ""
    return f"«{label}»{code}{year}{f', al {until}' if until else ''}"


def _body(ask: Ask, line: Row) -> str:
    name = records.government_name(ask, line["government_id"]) or line["administrative_name"]
    return str(name or "(escriba aquí el sujeto obligado)")
