"""The data dictionary: every table, column and word of the schema, in Spanish and in English.

Generated, never edited: what it says is what `warehouse.schema` says.
"""

from dataclasses import dataclass

from warehouse.release.build import PUBLISHED
from warehouse.schema import TABLES, Column, Table, causes, ledger_terms, vocabulary
from warehouse.schema.spanish_values import spanish_values
from warehouse.schema.vocabulary import Term

FILES = {"es": "DICCIONARIO.md", "en": "DICTIONARY.md"}

VOCABULARIES: dict[str, tuple[Term, dict[str, Term]]] = {
    "stage": (Term("Budget stages", "Momentos contables"), vocabulary.STAGES),
    "row_kind": (Term("Kinds of row", "Tipos de renglón"), vocabulary.ROW_KINDS),
    "classification": (Term("Classifications", "Clasificaciones"), vocabulary.CLASSIFICATIONS),
    "unverified": (
        Term("Why an amount is not verified", "Por qué un importe no está verificado"),
        vocabulary.UNVERIFIED,
    ),
    "proof": (Term("What proves an amount", "Qué prueba un importe"), vocabulary.PROOFS),
    "facet": (Term("What an amount must rest on", "En qué debe apoyarse un importe"), vocabulary.FACETS),
    "basis": (Term("On what a facet rests", "En qué se apoya una faceta"), vocabulary.BASES),
    "text": (
        Term("Where a line outside the tables stands", "Dónde está un renglón fuera de las tablas"),
        vocabulary.TEXT_KINDS,
    ),
    "sum": (Term("Sums and identities", "Sumas e identidades"), vocabulary.RECONCILIATIONS),
    "reconciliation": (Term("Outcomes of a sum", "Resultados de una suma"), vocabulary.RECONCILIATION_OUTCOMES),
    "explanation": (Term("Whose error a sum is", "De quién es el error de una suma"), vocabulary.EXPLANATIONS),
    "refusal": (Term("Why there is no comparison", "Por qué no hay comparación"), vocabulary.REFUSALS),
    "alert": (Term("What a reader must know before citing", "Qué debe saberse antes de citar"), vocabulary.ALERTS),
    "caveat": (
        Term("What must be said beside a comparison", "Qué debe decirse junto a una comparación"),
        vocabulary.CAVEATS,
    ),
    "item": (Term("What every release compares", "Lo que toda edición compara"), vocabulary.ITEMS),
    "netting": (Term("Transfers between bodies", "Transferencias entre entes"), vocabulary.NETTINGS),
    "recurrence": (Term("Spent every year or once", "Se gasta cada año o una vez"), vocabulary.RECURRENCES),
    "outcome": (Term("What became of a document", "Qué resultó de un documento"), vocabulary.OUTCOMES),
    "kind": (Term("Kinds of document", "Tipos de documento"), vocabulary.DOCUMENT_KINDS),
    "page": (Term("Kinds of page", "Tipos de página"), vocabulary.PAGE_KINDS),
    "exclusion": (Term("Why a number is not an amount", "Por qué un número no es un importe"), vocabulary.EXCLUSIONS),
    "severity": (Term("Severities", "Severidades"), vocabulary.SEVERITIES),
    "evidence": (Term("Grades of evidence", "Grados de evidencia"), vocabulary.EVIDENCE),
    "claim_status": (Term("What is known of a claim", "Qué se sabe de una afirmación"), vocabulary.CLAIM_STATUSES),
    "claim_outcome": (Term("What became of a claim", "Qué fue de una afirmación"), vocabulary.CLAIM_OUTCOMES),
    "change": (
        Term("How a line differs from the previous release", "Cómo difiere una línea de la edición anterior"),
        causes.CHANGES,
    ),
    "cause": (Term("Why it differs", "Por qué difiere"), causes.CAUSES),
    "link": (
        Term(
            "What a sum of contracts or payments says of a line", "Qué dice de una línea una suma de contratos o pagos"
        ),
        ledger_terms.LINK_OUTCOMES,
    ),
    "ledger_reason": (
        Term("Why a row of a ledger is verified or not", "Por qué un renglón de registro está verificado o no"),
        ledger_terms.LEDGER_REASONS,
    ),
    "ledger_refusal": (
        Term("Why a view of ledgers has no number", "Por qué una vista de registros no tiene número"),
        ledger_terms.LEDGER_REFUSALS,
    ),
    "ledger_caveat": (
        Term("What must be said beside a view of ledgers", "Qué debe decirse junto a una vista de registros"),
        ledger_terms.LEDGER_CAVEATS,
    ),
}

_TYPES = {
    "text": Term("text", "texto"),
    "int": Term("integer", "entero"),
    "ratio": Term("number", "número"),
    "bool": Term("true or false", "verdadero o falso"),
    "date": Term("date", "fecha"),
    "timestamp": Term("date and time (UTC)", "fecha y hora (UTC)"),
    "money": Term("exact amount with centavos", "importe exacto con centavos"),
}

_INTRODUCTION = Term(
    "# Data dictionary\n\nEach table is named twice: in English (`core.line`), and in Spanish as a view with the same "
    "rows (`es.lineas`). Money is in pesos with centavos, `DECIMAL(18,2)`; in the project's own Parquet store the same "
    "column is called `<name>_centavos` and holds whole centavos. A null amount is absent, not zero. In CSV files, "
    "an apostrophe is put before a text that begins with `=`, `+`, `-`, `@`, a tab or a line break, so that no "
    "spreadsheet runs it as a formula. Excel drops the zeros that codes in a CSV begin with (`0381` becomes 381): the "
    "workbook keeps them.\n",
    "# Diccionario de datos\n\nCada tabla tiene dos nombres: en inglés (`core.line`) y en español, como vista con los "
    "mismos renglones (`es.lineas`). El dinero está en pesos con centavos, `DECIMAL(18,2)`; en el almacén Parquet del "
    "proyecto la misma columna se llama `<nombre>_centavos` y guarda centavos enteros. Un importe nulo es ausente, no "
    "cero. En los CSV se antepone un apóstrofo al texto que comienza con `=`, `+`, `-`, `@`, tabulador o salto de "
    "línea, para que ninguna hoja de cálculo lo ejecute como fórmula. Excel quita los ceros con que comienzan las claves "
    "de un CSV (`0381` queda en 381): el libro de Excel los conserva.\n",
)


@dataclass(frozen=True)
class DictionaryEntry:
    """One column of one published table, as the dictionary and the workbook list it."""

    tabla: str
    columna: str
    table: str
    column: str
    tipo: str
    unidad: str | None
    obligatorio: bool
    valores: str | None
    descripcion: str
    description: str


def entries() -> list[DictionaryEntry]:
    """Every column of the published file, in order."""
    return [
        DictionaryEntry(
            table.es,
            column.es,
            table.name,
            column.name,
            _TYPES[column.type.name].es,
            column.unit,
            column.required,
            ", ".join(spanish_values(column).get(value, value) for value in column.values) if column.values else None,
            column.descripcion,
            column.description,
        )
        for table in PUBLISHED
        for column in table.columns
    ]


def markdown(language: str) -> str:
    """The whole dictionary in `es` or `en`."""
    parts = [getattr(_INTRODUCTION, language)]
    parts += [_section(table, language) for table in TABLES.values()]
    parts.append("## Vocabularios\n" if language == "es" else "## Vocabularies\n")
    parts += [_vocabulary(title, words, language) for title, words in VOCABULARIES.values()]
    return "\n".join(parts)


def _section(table: Table, language: str) -> str:
    spanish = language == "es"
    names = (f"es.{table.es}", table.name) if spanish else (table.name, f"es.{table.es}")
    lines = [f"## `{names[0]}` (`{names[1]}`)", "", table.descripcion if spanish else table.description]
    key = ", ".join(f"`{table.by_name[name].es if spanish else name}`" for name in table.key)
    lines += ["", f"{'Llave' if spanish else 'Key'}: {key}."]
    if table not in PUBLISHED:
        lines += ["", "Solo en el almacén Parquet del proyecto." if spanish else "Only in the project's Parquet store."]
    heading = (
        ("Columna", "En inglés", "Tipo", "Descripción") if spanish else ("Column", "Spanish", "Type", "Description")
    )
    lines += ["", _row(*heading), _row(*["---"] * len(heading))]
    lines += [_column(column, language) for column in table.columns]
    return "\n".join([*lines, ""])


def _column(column: Column, language: str) -> str:
    spanish = language == "es"
    kind = getattr(_TYPES[column.type.name], language)
    if column.unit:
        kind += f" ({column.unit})"
    if column.required:
        kind += ", siempre presente" if spanish else ", always present"
    description = column.descripcion if spanish else column.description
    if column.values:
        words = spanish_values(column) if spanish else {}
        shown = ", ".join(f"`{words.get(value, value)}`" for value in column.values)
        description += f". {'Valores' if spanish else 'Values'}: {shown}"
    names = (column.es, column.name) if spanish else (column.name, column.es)
    return _row(f"`{names[0]}`", f"`{names[1]}`", kind, description)


def _vocabulary(title: Term, words: dict[str, Term], language: str) -> str:
    heading = ("Valor", "Significado") if language == "es" else ("Value", "Meaning")
    lines = [f"### {getattr(title, language)}", "", _row(*heading), _row("---", "---")]
    lines += [_row(f"`{value}`", getattr(word, language)) for value, word in words.items()]
    return "\n".join([*lines, ""])


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"
