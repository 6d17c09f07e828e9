"""`peso explain`: the chain from a number to the printed text and its page, in Spanish, from the published release."""

from collections.abc import Iterator
from typing import Any

from pipelines.home import Home
from pipelines.verbs.answers import quoted, rows
from pipelines.verbs.cross_checks import cross_checks
from warehouse.schema.vocabulary import RECONCILIATION_OUTCOMES, RECONCILIATIONS, REFUSALS, UNVERIFIED


def explanation(home: Home, line_id: str) -> str:
    """The chain of one line as text. Raises LookupError when no such line is in the release."""
    found = rows(home, f"SELECT * FROM core.line WHERE line_id = {quoted(line_id)}")
    if not found:
        raise LookupError(
            f'No line "{line_id}" in the release. `peso query "SELECT linea_id, etiqueta FROM es.linea_todo"` lists them.'
        )
    line = found[0]
    document = rows(home, f"SELECT * FROM core.document WHERE document_id = {quoted(line['document_id'])}")[0]
    parts = (
        _line(home, line),
        _amounts(home, line_id),
        _proofs(home, line_id),
        cross_checks(home, line_id),
        _comparisons(home, line_id),
        _document(home, document, line),
    )
    return "\n".join(text for part in parts for text in part)


def _line(home: Home, line: dict[str, Any]) -> Iterator[str]:
    yield f"Línea {line['line_id']}"
    yield f"  impresa como: {line['label']}"
    path = rows(home, f"SELECT path FROM out.line_all WHERE line_id = {quoted(line['line_id'])} LIMIT 1")
    if path and path[0]["path"]:
        yield f"  dentro de: {path[0]['path']}"
    codes = {
        "objeto del gasto": line["object_code"],
        "función": line["function_code"],
        "ente": line["administrative_name"],
        "programa": line["programme_code"],
    }
    known = [f"{name} {code}" for name, code in codes.items() if code]
    if known:
        yield f"  clasificada como: {', '.join(known)}"
    printed = f" (impresa {line['printed_page']})" if line["printed_page"] else ""
    yield f"  página {line['page']}{printed}, lugar {line['place']}"


def _amounts(home: Home, line_id: str) -> Iterator[str]:
    yield "Importes"
    proposed = {
        row["column"]: row for row in rows(home, f"SELECT * FROM core.proposal WHERE line_id = {quoted(line_id)}")
    }
    for amount in rows(home, f'SELECT * FROM core.amount WHERE line_id = {quoted(line_id)} ORDER BY "column"'):
        value = "no se puede leer" if amount["amount"] is None else f"{amount['amount']:,.2f} pesos"
        unit = f" × {amount['multiplier']:,}" if (amount["multiplier"] or 1) != 1 else ""
        yield f"  {amount['stage'] or amount['header'] or 'sin encabezado'}: {value}, de «{amount['source_text']}»{unit} en {amount['place']} de la página {amount['page']}"
        yield f"    {_proof(amount)}"
        if found := proposed.get(amount["column"]):
            yield f"    propuesta, sin aplicar: {found['proposed']:,.2f} pesos; {found['evidence']}"


def _proof(amount: dict[str, Any]) -> str:
    if amount["verified"]:
        return f"verificado: {RECONCILIATIONS[amount['reason']].es.lower() if amount['reason'] in RECONCILIATIONS else amount['reason']}"
    reason = UNVERIFIED.get(amount["reason"])
    return f"sin verificar: {reason.es if reason else amount['reason']}"


def _proofs(home: Home, line_id: str) -> Iterator[str]:
    found = rows(home, f'SELECT * FROM core.reconciliation WHERE line_id = {quoted(line_id)} ORDER BY kind, "column"')
    if found:
        yield "Sumas e identidades en que es el resultado"
    for proof in found:
        yield f"  {RECONCILIATIONS[proof['kind']].es} ({proof['stage'] or 'columna ' + str(proof['column'])}): {RECONCILIATION_OUTCOMES[proof['outcome']].es}; {proof['formula']}"
        if proof["outcome"] == "failed":
            yield f"    impreso {proof['printed']:,.2f}, calculado {proof['computed']:,.2f}, diferencia {proof['difference']:,.2f}"


def _comparisons(home: Home, line_id: str) -> Iterator[str]:
    found = rows(home, f'SELECT * FROM out.line_comparison WHERE line_id = {quoted(line_id)} ORDER BY stage, "column"')
    for row in found:
        yield f"Comparación ({row['stage'] or row['header']})"
        said = f", por las palabras «{row['words']}»" if row["words"] else ""
        yield f"  canasta {row['basket']}, por las reglas {row['rules']}{said}"
        if row["real_amount"] is not None:
            yield f"  a pesos de {row['price_base']}: {row['real_amount']:,.2f}"
        if row["dollars"] is not None:
            yield f"  en dólares: {row['dollars']:,.2f}, {_exchange(row)}"
        if row["share_of_health"] is not None:
            yield f"  {row['share_of_health']:.2%} del gasto en salud ({row['health']:,.2f}; {row['health_basis']}; líneas {row['health_line_ids']})"
        if row["refusals"]:
            yield "  rechazos: " + "; ".join(REFUSALS[code].es for code in row["refusals"].split(";"))
        yield from _bought(home, row)


def _exchange(row: dict[str, Any]) -> str:
    rate = f"FIX {row['exchange_rate']:.4f}"
    if row["exchange_rate_basis"] == "date":
        return f"{rate} del {row['exchange_rate_date']} (la línea es del {row['line_date']}; evidencia: {row['exchange_rate_evidence']})"
    return f"{rate}, promedio anual de {row['fiscal_year']}: la línea no tiene fecha"


def _bought(home: Home, row: dict[str, Any]) -> Iterator[str]:
    found = rows(
        home,
        f'SELECT b.*, c.source FROM out.would_buy b JOIN out.unit_cost c USING (unit_cost_id) WHERE line_id = {quoted(row["line_id"])} AND "column" = {row["column"]} ORDER BY same_year DESC, unit_cost_id',
    )
    for bought in found:
        year = "del mismo año" if bought["same_year"] else f"de {bought['unit_cost_year']}, otro año"
        cost = f"{bought['unit_cost']:,.2f} pesos {year}; evidencia: {bought['unit_cost_evidence']}"
        yield f"  alcanzaría para {bought['would_buy']:,.0f} × {bought['unit_cost_name']} ({cost})"
    for source in dict.fromkeys(bought["source"] for bought in found):
        yield f"  fuente de los costos: {source}"


def _document(home: Home, document: dict[str, Any], line: dict[str, Any]) -> Iterator[str]:
    yield "Documento"
    yield f"  {document['title'] or document['document_id']} ({document['document_id']})"
    yield f"  de: {document['origin']} ({document['obtained_how'] or 'sin dato'}, {document['obtained_at'] or 'sin fecha'})"
    yield f"  sha256: {document['sha256']}"
    if document["sha256"]:
        yield f"  copia archivada: {home.archive.path(document['sha256'])}, ábrala en la página {line['page']}"
    if document["citable"] is False:
        yield "  No se cita: es una base secundaria o una copia compuesta por el proyecto; cite la fuente que nombra."
    if document["superseded_by"]:
        yield f"  Sustituido por: {document['superseded_by']}"
