"""`peso trace`: everything that is linked to a line, contract, payment, procedure, work, request or their number, both ways, with places, in Spanish.

What is linked was decided in `transforms.ledgers`; here it is only told, from the published release.
"""

from collections.abc import Iterator

import pandas as pd

from pipelines.home import Home
from transforms.words.money import pesos
from warehouse.ask.lines import LIST_CONTRACTS, LIST_LINKS
from warehouse.ask.tables import published_tables
from warehouse.schema.answering_terms import REQUEST_STATES
from warehouse.schema.ledger_terms import (
    LEDGER_CAVEATS,
    LEDGER_REASONS,
    LEDGER_REFUSALS,
    LINK_OUTCOMES,
    METHODS,
    SUPPLIER_KINDS,
    YEAR_KINDS,
)

_TABLES = (
    "core.line",
    "core.procedure",
    "core.contract",
    "core.payment",
    "core.charge",
    "core.link",
    "out.line_trace",
    "core.document",
    "core.work",
    "core.request",
)
_IDS = {
    "procedure": ("procedure_id", "file_number", "ocid"),
    "contract": ("contract_id", "number"),
    "payment": ("payment_id", "invoice"),
    "work": ("work_id", "key"),
    "request": ("request_id",),
}
_KINDS = {
    "procedure": "Procedimiento", "contract": "Contrato", "payment": "Pago", "work": "Obra", "request": "Solicitud",
    "line": "línea", "document": "documento",
}  # fmt: skip
_SHOWN = 50


def trace_text(home: Home, name: str) -> str:
    """What is linked to a line (document:table:row), or to a contract, payment, procedure, work or request by its key or printed number.

    Raises LookupError where the release has nothing of that name.
    """
    frames = dict(
        zip(
            (table.split(".")[1] for table in _TABLES),
            published_tables(home.published().database, *_TABLES),
            strict=True,
        )
    )
    line = frames["line"].loc[frames["line"]["line_id"].eq(name)]
    if len(line):
        return "\n".join(_line(frames, line.iloc[0]))
    records = (
        [text for row in _named(frames[kind], kind, name) for text in _record(frames, kind, row)] for kind in _IDS
    )
    lines = next((texts for texts in records if texts), [])  # a procedure tells its contracts, a contract its payments
    if not lines:
        raise LookupError(
            f'La edición no tiene línea, contrato, pago, procedimiento, obra ni solicitud «{name}». `peso query "{LIST_CONTRACTS}"` los enlista.'
        )
    return "\n".join(lines)


def _named(frame: pd.DataFrame, kind: str, name: str) -> list[pd.Series]:
    mask = pd.Series(False, index=frame.index)
    for column in _IDS[kind]:
        mask |= frame[column].eq(name).fillna(False).astype(bool)
    return [row for _, row in frame[mask].iterrows()]


def _line(frames: dict[str, pd.DataFrame], line: pd.Series) -> Iterator[str]:
    yield f"Línea {line['line_id']}: {line['label']}"
    yield f"  {_place(frames, line)}"
    trace = frames["line_trace"]
    mine = trace[trace["line_id"].eq(line["line_id"])]
    if mine.empty:
        yield f"  sin rastro: {LEDGER_REFUSALS['ledger_absent'].es}"
        return
    yield from _traced(mine.iloc[0])
    links = frames["link"][frames["link"]["to_id"].eq(line["line_id"])]
    for kind, named in (("contract", "Contratos"), ("payment", "Pagos")):
        of_kind = links[links["from_kind"].eq(kind)]
        if len(of_kind):
            yield f"{named} que dicen cargarse a ella: {len(of_kind)}"
        for link in of_kind.head(_SHOWN).itertuples():
            record = frames[kind].set_index(_IDS[kind][0]).loc[link.from_id]
            yield f"  {link.from_id}: {_titled(record, kind)}; {LINK_OUTCOMES[str(link.outcome)].es.lower()}"
            yield f"    {_place(frames, record)}"
            if kind == "payment" and not pd.isna(record["contract_id"]):
                contract = frames["contract"].set_index("contract_id").loc[record["contract_id"]]
                yield f"    del contrato {record['contract_id']}: {_titled(contract, 'contract')}"
        if len(of_kind) > _SHOWN:
            listed = LIST_LINKS.format(line_id=line["line_id"])
            yield f'  … y {len(of_kind) - _SHOWN} más: `peso query "{listed}"`'
    yield from _asked(frames, line["line_id"])


def _asked(frames: dict[str, pd.DataFrame], name: str) -> Iterator[str]:
    """The requests that are declared to be about something, or to be answered by it."""
    requests = frames["request"].drop_duplicates("request_id").set_index("request_id")
    links = frames["link"]
    for link in links[links["to_id"].eq(name) & links["from_kind"].eq("request")].itertuples():
        yield f"  solicitud {link.from_id}: {_titled(requests.loc[link.from_id], 'request')}"


def _traced(trace: pd.Series) -> Iterator[str]:
    yield f"  {trace['stage'] or 'sin momento'}: {_money(trace['amount_centavos'])}"
    if not pd.isna(trace["refusals"]):
        yield from (f"  no se rastrea: {LEDGER_REFUSALS[code].es}" for code in str(trace["refusals"]).split(";"))
        return
    share = "" if pd.isna(trace["share"]) else f" ({trace['share']:.2%})"
    yield f"  rastreado: {_money(trace['traced_centavos'])}{share}; sin rastrear: {_money(trace['untraced_centavos'])}"
    if not pd.isna(trace["caveats"]):
        yield f"  {LEDGER_CAVEATS[str(trace['caveats'])].es}"


def _record(frames: dict[str, pd.DataFrame], kind: str, row: pd.Series) -> Iterator[str]:
    key = row[_IDS[kind][0]]
    yield f"{_KINDS[kind]} {key}: {_titled(row, kind)}"
    yield f"  {_place(frames, row)}"
    yield f"  {LEDGER_REASONS[row['reason']].es}"
    if kind == "procedure":
        contracts = frames["contract"][frames["contract"]["procedure_id"].eq(key)]
        for _, contract in contracts.iterrows():
            yield from (f"  {text}" for text in _record(frames, "contract", contract))
        return
    if kind == "contract":
        payments = frames["payment"][frames["payment"]["contract_id"].eq(key)]
        for _, payment in payments.iterrows():
            yield f"  pago {payment['payment_id']}: {_titled(payment, 'payment')}; {_place(frames, payment)}"
    if kind == "work":
        yield from _contracts_of(frames, key)
    yield from _asked(frames, key)
    charges = frames["charge"][frames["charge"]["record_id"].eq(key)]
    for charge in charges.itertuples():
        yield f"  se carga a la partida {charge.object_code} ({charge.page}, {charge.place})"
    labels = frames["line"].set_index("line_id")["label"]
    for link in frames["link"][frames["link"]["from_id"].eq(key)].itertuples():
        amount = (
            ""
            if pd.isna(link.to_amount_centavos)
            else f", {link.stage} {_money(link.to_amount_centavos)}, diferencia {_money(link.difference_centavos)}"
        )
        named = f" ({labels[link.to_id]})" if link.to_id in labels else ""
        outcome = LINK_OUTCOMES[str(link.outcome)].es.lower() if kind != "request" else _DECLARED[str(link.rule)]
        yield f"  {_KINDS[str(link.to_kind)].lower()} {link.to_id}{named}{amount}: {outcome}"


_DECLARED = {"answer": "es su respuesta", "declared": "es sobre ello, según se declaró"}


def _contracts_of(frames: dict[str, pd.DataFrame], work_id: str) -> Iterator[str]:
    """The contracts that name the key of a work."""
    contracts = frames["contract"].set_index("contract_id")
    for link in frames["link"][frames["link"]["to_id"].eq(work_id)].itertuples():
        record = contracts.loc[link.from_id]
        yield f"  contrato {link.from_id}: {_titled(record, 'contract')}; {LINK_OUTCOMES[str(link.outcome)].es.lower()}"
        yield f"    {_place(frames, record)}"


def _titled(row: pd.Series, kind: str) -> str:
    """What a record is, in one line: number, supplier, day and amount; a supplier who may be a person has no name."""
    if kind == "procedure":
        method = METHODS[row["method"]].es if not pd.isna(row["method"]) else row["method_text"]
        return f"expediente {row['file_number']}; {method}; {row['rows']} renglones"
    if kind == "work":
        return f"{_or_none(row['key'])}; {_or_none(row['name'])}; ejercido {_money(row['exercised_centavos'])}; {YEAR_KINDS[row['year_kind']].es.lower()}"
    if kind == "request":
        state = REQUEST_STATES[row["state"]].es.lower() if not pd.isna(row["state"]) else "sin estado conocido"
        due = row["extended_due_on"] if row["extended"] is True else row["due_on"]
        return f"{_or_none(row['subject'])}; {state}; pedida el {_or_none(row['asked_on'])}, vence el {_or_none(due)}, respondida el {_or_none(row['answered_on'])}"
    if kind == "payment":
        return f"factura {_or_none(row['invoice'])}; {_money(row['amount_centavos'])}; periodo al {_or_none(row['period_end'])}"
    supplier = (
        row["supplier"]
        if not pd.isna(row["supplier"])
        else SUPPLIER_KINDS[row["supplier_kind"]].es
        if not pd.isna(row["supplier_kind"])
        else "sin proveedor"
    )
    open_ = not pd.isna(row["amount_max_centavos"])
    amount = (
        f"abierto, de {_money(row['amount_min_centavos'])} a {_money(row['amount_max_centavos'])}"
        if open_
        else _money(row["amount_centavos"])
    )
    return f"{_or_none(row['number'])}; {supplier}; firmado el {_or_none(row['signed_on'])}; {amount}"


def _or_none(value: object) -> str:
    return "sin dato" if pd.isna(value) else str(value)


def _money(centavos: object) -> str:
    if pd.isna(centavos):
        return "sin importe"
    whole, cents = str(pesos(int(centavos))).split(".")  # type: ignore[call-overload]
    return f"{int(whole):,}.{cents} pesos"


def _place(frames: dict[str, pd.DataFrame], row: pd.Series) -> str:
    documents = frames["document"].set_index("document_id")
    title = documents["title"].get(row["document_id"])
    return f"{row['document_id']} ({title}), {row['page']}, {row['place']}"
