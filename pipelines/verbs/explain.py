"""`peso explain`: the chain from a number to the printed text and its page, in Spanish, from the published release."""

from collections.abc import Iterator

from pipelines.home import Home
from pipelines.verbs.cross_checks import cross_checks
from pipelines.verbs.explain_record import record_explanation
from pipelines.verbs.language import say
from transforms.tell.facets import tell_facets
from warehouse.ask import ledgers, lines, records
from warehouse.ask.cite import cite_line
from warehouse.ask.query import Ask, asking
from warehouse.release.folder import Release
from warehouse.schema import TABLES
from warehouse.schema.limits import limits
from warehouse.schema.spanish_values import spanish_value
from warehouse.schema.vocabulary import RECONCILIATION_OUTCOMES, RECONCILIATIONS, REFUSALS, UNVERIFIED
from warehouse.store.session import Row


def explanation(home: Home, line_id: str) -> str:
    """The chain of one line, or of the records of a ledger with that key or number. Raises LookupError when none is in the release."""
    with asking(home.published().database) as ask:
        named = ledgers.find_records(ask, line_id) if lines.line(ask, line_id) is None else []
        if named:
            return "\n".join(text for record in named for text in _record(home, ask, record))
        line = _known_line(ask, line_id)
        (document,) = records.documents(ask, [line["document_id"]])
        return "\n".join([*chain(ask, line), *_document(home, document, line)])


def citation(release: Release, ask: Ask, line_id: str) -> str:
    """One line to cite a line of the release by. Raises LookupError when it has no such line."""
    line = _known_line(ask, line_id)
    (document,) = records.documents(ask, [line["document_id"]])
    return cite_line(release.cited, line, document, lines.told_amounts(ask, [line_id]))


def citation_at_home(home: Home, line_id: str) -> str:
    """The same, of the newest release of a home."""
    release = home.published()
    with asking(release.database) as ask:
        return citation(release, ask, line_id)


def _known_line(ask: Ask, line_id: str) -> Row:
    line = lines.line(ask, line_id)
    if line is None:
        raise LookupError(
            say(
                f'La edición no tiene la línea "{line_id}". `peso query "{lines.LIST_LINES}"` las lista.',
                f'No line "{line_id}" in the release. `peso query "{lines.LIST_LINES}"` lists them.',
            )
        )
    return line


def chain(ask: Ask, line: Row) -> Iterator[str]:
    """What the release says of a row of `core.line`, sentence by sentence; of its document, nothing."""
    line_id = line["line_id"]
    yield from _line(ask, line)
    yield from _amounts(ask, line_id)
    yield from _proofs(ask, line_id)
    yield from cross_checks(ask, line_id)
    yield from _comparisons(ask, line_id)


def _record(home: Home, ask: Ask, record: ledgers.LedgerRecord) -> Iterator[str]:
    yield from record_explanation(home, ask, record)
    [document] = records.documents(ask, [record.row["document_id"]])
    yield from _document(home, document, record.row)


def _line(ask: Ask, line: Row) -> Iterator[str]:
    yield f"Línea {line['line_id']}"
    yield f"  impresa como: {line['label']}"
    if path := lines.path(ask, line["line_id"]):
        yield f"  dentro de: {path}"
    codes = {
        "objeto del gasto": line["object_code"],
        "función": line["function_code"],
        "ente": line["administrative_name"],
        "programa": line["programme_code"],
    }
    classes = [f"{name} {code}" for name, code in codes.items() if code]
    if classes:
        yield f"  clasificada como: {', '.join(classes)}"
    printed = f" (impresa {line['printed_page']})" if line["printed_page"] else ""
    yield f"  página {line['page']}{printed}, lugar {line['place']}"


def _amounts(ask: Ask, line_id: str) -> Iterator[str]:
    yield "Importes"
    bases = lines.bases(ask, line_id)
    proposals = {row["column"]: row for row in lines.proposals(ask, line_id)}
    for amount in lines.amounts(ask, line_id):
        value = "no se puede leer" if amount["amount"] is None else f"{amount['amount']:,.2f} pesos"
        unit = f" × {amount['multiplier']:,}" if (amount["multiplier"] or 1) != 1 else ""
        yield f"  {amount['stage'] or amount['header'] or 'sin encabezado'}: {value}, de «{amount['source_text']}»{unit} en {amount['place']} de la página {amount['page']}"
        yield f"    {_proof(amount)}"
        yield from (f"      {sentence}" for sentence in tell_facets(amount, bases.get(amount["column"], [])))
        if proposal := proposals.get(amount["column"]):
            yield f"    propuesta, sin aplicar: {proposal['proposed']:,.2f} pesos; {proposal['evidence']}"


def _proof(amount: Row) -> str:
    if amount["verified"]:
        return f"verificado: {RECONCILIATIONS[amount['reason']].es.lower() if amount['reason'] in RECONCILIATIONS else amount['reason']}"
    reason = UNVERIFIED.get(amount["reason"])
    return f"sin verificar: {reason.es if reason else amount['reason']}"


def _proofs(ask: Ask, line_id: str) -> Iterator[str]:
    proofs = lines.proofs(ask, line_id)
    if proofs:
        yield "Sumas e identidades en que es el resultado"
    for proof in proofs:
        yield f"  {RECONCILIATIONS[proof['kind']].es} ({proof['stage'] or 'columna ' + str(proof['column'])}): {RECONCILIATION_OUTCOMES[proof['outcome']].es}; {proof['formula']}"
        if proof["outcome"] == "failed":
            yield f"    impreso {proof['printed']:,.2f}, calculado {proof['computed']:,.2f}, diferencia {proof['difference']:,.2f}"


def _comparisons(ask: Ask, line_id: str) -> Iterator[str]:
    for row in lines.line_comparisons(ask, line_id):
        yield f"Comparación ({row['stage'] or row['header']})"
        by_words = f", por las palabras «{row['words']}»" if row["words"] else ""
        basket = spanish_value(TABLES["out.line_comparison"].by_name["basket"], row["basket"])
        yield f"  canasta {basket}, por las reglas {row['rules']}{by_words}"
        if row["real_amount"] is not None:
            yield f"  a pesos de {row['price_base']}: {row['real_amount']:,.2f}"
        if row["dollars"] is not None:
            yield f"  en dólares: {row['dollars']:,.2f}, {_exchange(row)}"
        if row["share_of_health"] is not None:
            yield f"  {row['share_of_health']:.2%} del gasto en salud ({row['health']:,.2f}; {row['health_basis']}; líneas {row['health_line_ids']})"
        if row["refusals"]:
            yield "  rechazos: " + "; ".join(REFUSALS[code].es for code in row["refusals"].split(";"))
        bounds = limits("out.line_comparison", row["caveats"], row["refusals"])
        yield "  no puede decirse: " + "; ".join(dict.fromkeys(limit.cannot.es.lower() for limit in bounds))
        yield "  cómo comprobarlo: " + "; ".join(dict.fromkeys(limit.check.es for limit in bounds))
        yield from _bought(ask, row)


def _exchange(row: Row) -> str:
    rate = f"FIX {row['exchange_rate']:.4f}"
    if row["exchange_rate_basis"] == "date":
        return f"{rate} del {row['exchange_rate_date']} (la línea es del {row['line_date']}; evidencia: {row['exchange_rate_evidence']})"
    return f"{rate}, promedio anual de {row['fiscal_year']}: la línea no tiene fecha"


def _bought(ask: Ask, row: Row) -> Iterator[str]:
    purchases = lines.purchases(ask, row["line_id"], row["column"])
    for bought in purchases:
        year = "del mismo año" if bought["same_year"] else f"de {bought['unit_cost_year']}, otro año"
        cost = f"{bought['unit_cost']:,.2f} pesos {year}; evidencia: {bought['unit_cost_evidence']}"
        yield f"  alcanzaría para {bought['would_buy']:,.0f} × {bought['unit_cost_name']} ({cost})"
    for source in dict.fromkeys(bought["source"] for bought in purchases):
        yield f"  fuente de los costos: {source}"


def _document(home: Home, document: Row, line: Row) -> Iterator[str]:
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
