"""What an address tells: a line, a comparison, a claim or a document of the edition, as plain values under Spanish names.

The same for the page and the JSON of an address. What is named is for `pipelines.evidence.packed_subjects`.
"""

from typing import Any

from pipelines.evidence.packed_subjects import CitedLine, EvidenceError, Subject, subjects
from pipelines.verbs.explain import chain, citation
from pipelines.web.rows import plain, spanish
from transforms.tell.facets import tell_facets
from warehouse.ask import comparisons, lines, records
from warehouse.ask.query import Ask
from warehouse.release.folder import Release
from warehouse.schema import TABLES
from warehouse.schema.vocabulary import OUTCOMES, PROOFS, REFUSALS, UNVERIFIED

_AMOUNT, _DOCUMENT = TABLES["out.line_all"], TABLES["core.document"]
_SHOWN_LINES = 60  # of one subject or document: each has a picture


class UnknownNameError(Exception):
    """The edition has nothing of that name; the message, in Spanish, says how things are named."""


def told_line(release: Release, ask: Ask, line_id: str) -> dict[str, Any]:
    """A line with its amounts, what each rests on, its document and where it takes part."""
    line = lines.line(ask, line_id)
    if line is None:
        raise UnknownNameError(f"La edición no tiene línea «{line_id}»: se nombra documento:tabla:renglón.")
    amounts = lines.told_amounts(ask, [line_id])
    bases = lines.bases(ask, line_id)
    first = amounts[0] if amounts else {}
    return {
        "edicion": _edition(release),
        "tipo": "linea",
        "nombre": line_id,
        "titulo": f"{line['label'] or line_id} · {first.get('government') or ''} {first.get('fiscal_year') or ''}".strip(),
        "ruta": lines.path(ask, line_id),
        "documento": _document(ask, line["document_id"]),
        "importes": [
            spanish(_AMOUNT, amount)
            | {"prueba": _proof(amount), "facetas": list(tell_facets(amount, bases.get(amount["column"], [])))}
            for amount in amounts
        ],
        "comparaciones": _taking_part(ask, line_id),
        "cita": citation(release, ask, line_id),
        "cadena": [text.rstrip() for text in chain(ask, line)],
    }


def told_subjects(release: Release, ask: Ask, kind: str, name: str) -> dict[str, Any]:
    """The comparisons, or the claim, of a name (`26:2022:ejercido`), with the lines that they rest on."""
    try:
        named = [subject for subject in subjects(ask, (name,)) if subject.kind == kind]
    except EvidenceError as error:
        raise UnknownNameError(str(error)) from error
    if not named:
        raise UnknownNameError(f"«{name}» no es de esta dirección: busque la línea en lineas/{name}.")
    return {
        "edicion": _edition(release),
        "tipo": {"comparison": "comparacion", "claim": "afirmacion"}[kind],
        "nombre": name,
        "titulo": named[0].title,
        "filas": [_told(subject) for subject in named],
    }


def told_document(release: Release, ask: Ask, document_id: str) -> dict[str, Any]:
    """A document as the catalogue and the reading have it, with the first line of each of its tables."""
    document = _document(ask, document_id)
    if document is None:
        raise UnknownNameError(f"La edición no tiene documento «{document_id}»: vistas/documentos.json los lista.")
    return {
        "edicion": _edition(release),
        "tipo": "documento",
        "nombre": document_id,
        "titulo": document["titulo"] or document_id,
        "documento": document,
        "cuadros": [
            {"tabla": row["table"], "pagina": row["page"], "linea_id": row["line_id"], "etiqueta": row["label"]}
            for row in records.first_lines(ask, document_id, _SHOWN_LINES)
        ],
    }


def _edition(release: Release) -> str:
    return f"{release.number:04d}"


def _document(ask: Ask, document_id: str) -> dict[str, Any] | None:
    rows = records.documents(ask, [document_id])
    if not rows:
        return None
    outcome = rows[0]["outcome"]
    return spanish(_DOCUMENT, rows[0]) | {"resultado_dicho": OUTCOMES[outcome].es if outcome in OUTCOMES else None}


def _proof(amount: dict[str, Any]) -> str:
    word = {**PROOFS, **UNVERIFIED}.get(amount["reason"])
    meaning = word.es if word else amount["reason"]
    return f"Verificado: {meaning}" if amount["verified"] else f"Sin verificar: {meaning}"


def _told(subject: Subject) -> dict[str, Any]:
    row = subject.row
    assert subject.table is not None  # a comparison and a claim are rows of a table
    return {
        "nombre": subject.name,
        "titulo": subject.title,
        "fila": spanish(subject.table, row),
        "rechazos_dichos": [REFUSALS[code].es for code in (row.get("refusals") or "").split(";") if code in REFUSALS],
        "salvedades_dichas": [text.strip() for text in (row.get("caveats") or "").split(";") if text.strip()],
        "lados": [
            {
                "lado": side,
                "importe": plain(subject.printed.get(side)),
                "lineas": [_operand(line) for line in cited[:_SHOWN_LINES]],
            }
            for side, cited in subject.sides.items()
        ],
    }


def _operand(cited: CitedLine) -> dict[str, Any]:
    return {"linea_id": cited.line_id, "importes": [spanish(_AMOUNT, amount) for amount in cited.amounts]}


def _taking_part(ask: Ask, line_id: str) -> list[str]:
    """The names of the comparisons that the line is an operand of."""
    headlines = [
        f"{row['government_id']}:{row['fiscal_year']}:{row['stage']}"
        for row in comparisons.headlines_with(ask, line_id)
    ]
    declared = [
        f"{row['comparison_id']}:{row['government_id']}:{row['fiscal_year']}:{row['stage']}"
        for row in comparisons.declared_with(ask, line_id)
    ]
    return list(dict.fromkeys(headlines + declared))
