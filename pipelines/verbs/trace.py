"""`peso trace`: everything that is linked to a line, contract, payment, procedure or their number, both ways, with places, in Spanish.

What is linked was decided in `transforms.ledgers`; here it is only told, from the published release.
"""

from collections.abc import Iterator

import pandas as pd

from pipelines.home import Home
from transforms.words.money import pesos
from warehouse.ask.lines import LIST_CONTRACTS, LIST_LINKS
from warehouse.ask.tables import published_tables
from warehouse.schema.ledger_terms import (
    LEDGER_CAVEATS,
    LEDGER_REASONS,
    LEDGER_REFUSALS,
    LINK_OUTCOMES,
    METHODS,
    SUPPLIER_KINDS,
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
)
_IDS = {
    "procedure": ("procedure_id", "file_number", "ocid"),
    "contract": ("contract_id", "number"),
    "payment": ("payment_id", "invoice"),
}
_SHOWN = 50


def trace_text(home: Home, name: str) -> str:
    """What is linked to a line (document:table:row), or to a contract, payment or procedure by its key or printed number.

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
            f'La edición no tiene línea, contrato, pago ni procedimiento «{name}». `peso query "{LIST_CONTRACTS}"` los enlista.'
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
        if len(of_kind) > _SHOWN:
            listed = LIST_LINKS.format(line_id=line["line_id"])
            yield f'  … y {len(of_kind) - _SHOWN} más: `peso query "{listed}"`'


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
    yield f"{ {'procedure': 'Procedimiento', 'contract': 'Contrato', 'payment': 'Pago'}[kind] } {key}: {_titled(row, kind)}"
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
        yield f"  línea {link.to_id} ({labels.get(link.to_id)}){amount}: {LINK_OUTCOMES[str(link.outcome)].es.lower()}"


def _titled(row: pd.Series, kind: str) -> str:
    """What a record is, in one line: number, supplier, day and amount; a supplier who may be a person has no name."""
    if kind == "procedure":
        method = METHODS[row["method"]].es if not pd.isna(row["method"]) else row["method_text"]
        return f"expediente {row['file_number']}; {method}; {row['rows']} renglones"
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
