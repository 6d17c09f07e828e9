"""The business suites about reading: nothing lost, every number with an address, no document vanished.

Severities as in `business`; the rules are in `rules_core`.
"""

from expectations import rules_core as rules
from expectations.spec import Expect, Spec
from warehouse.schema.vocabulary import EXCLUSIONS


def reading_specs() -> list[Spec]:
    return [*_nothing_lost(), *_addresses(), *_documents()]


def _nothing_lost() -> list[Spec]:
    return [
        Spec(
            "number_used_or_excluded",
            "raw.number",
            "ERROR",
            "Every numeric word stands in a row and column of a table, or is excluded with a named reason (P2).",
            "Cada palabra numérica está en un renglón y columna de una tabla, o se excluye con su razón (P2).",
            rule=rules.numbers_neither_used_nor_excluded,
        ),
        Spec(
            "page_words_accounted",
            "raw.page",
            "ERROR",
            "Each page lists as many numeric words as were counted on it (P2).",
            "Cada página enlista tantas palabras numéricas como se contaron en ella (P2).",
            rule=rules.pages_not_accounted,
            reads=("raw.number",),
        ),
        Spec(
            "document_words_accounted",
            "core.document",
            "ERROR",
            "Numeric words of a document = words used in amounts + words excluded: no number is lost between the page and the table (P2).",
            "Palabras numéricas del documento = usadas en importes + excluidas: ningún número se pierde entre la página y la tabla (P2).",
            rule=rules.documents_not_accounted,
            reads=("raw.number", "core.line", "core.amount", "core.exclusion"),
        ),
        Spec(
            "exclusion_reason_named",
            "core.exclusion",
            "ERROR",
            "A numeric word is excluded for a reason of the vocabulary, never for another (P2).",
            "Una palabra numérica se excluye por una razón del vocabulario, nunca por otra (P2).",
            (Expect("ExpectColumnValuesToBeInSet", {"column": "reason", "value_set": list(EXCLUSIONS)}),),
            show=("words", "example"),
        ),
        Spec(
            "exclusion_share_possible",
            "core.exclusion",
            "ERROR",
            "A share of the document's numeric words lies between 0 and 1.",
            "Una proporción de las palabras numéricas del documento está entre 0 y 1.",
            (Expect("ExpectColumnValuesToBeBetween", {"column": "share", "min_value": 0, "max_value": 1}),),
            show=("words",),
        ),
        Spec(
            "excluded_money_plausible",
            "raw.number",
            "ERROR",
            "Money printed in a column is not excluded as text, labels or counts: a table swallowed whole would be accounted for too (P2).",
            "El dinero impreso en columna no se excluye como texto, etiqueta o cantidad: una tabla omitida entera también cuadraría (P2).",
            rule=rules.implausible_readings,
            reads=("core.document",),
        ),
        Spec(
            "page_readable",
            "raw.page",
            "WARN",
            "A page that is an image, is garbled or failed is reported, never skipped in silence: it needs OCR, or a defect report.",
            "La página que es imagen, está dañada o falló se reporta, nunca se omite en silencio: requiere OCR, o reportar el defecto.",
            (
                Expect(
                    "ExpectColumnValuesToNotBeInSet", {"column": "kind", "value_set": ["image", "garbled", "failed"]}
                ),
            ),
            show=("message",),
        ),
    ]


def _addresses() -> list[Spec]:
    return [
        Spec(
            "amount_printed",
            "core.amount",
            "ERROR",
            "Every amount stands where the source prints a number, with the text exactly as printed (P3).",
            "Cada importe está donde la fuente imprime un número, con el texto tal como está impreso (P3).",
            rule=rules.amounts_not_printed,
            reads=("core.line", "raw.number"),
        ),
        Spec(
            "amount_has_line",
            "core.amount",
            "ERROR",
            "Every amount belongs to a line of the same document (P3).",
            "Cada importe pertenece a una línea del mismo documento (P3).",
            rule=rules.amounts_without_line,
            reads=("core.line",),
        ),
        Spec(
            "amount_has_place",
            "core.amount",
            "ERROR",
            "Every amount has its box or cell: anyone can go and look (P3).",
            "Cada importe tiene su recuadro o celda: cualquiera puede ir a verlo (P3).",
            (Expect("ExpectColumnValuesToNotBeNull", {"column": "place"}),),
            show=("page", "source_text"),
        ),
        Spec(
            "line_has_document",
            "core.line",
            "ERROR",
            "Every line belongs to a document of the catalogue (P3).",
            "Cada línea pertenece a un documento del catálogo (P3).",
            rule=rules.lines_without_document,
            reads=("core.document",),
        ),
        Spec(
            "line_has_page",
            "core.line",
            "ERROR",
            "Every line stands on a page or sheet that was read (P3).",
            "Cada línea está en una página u hoja que se leyó (P3).",
            rule=rules.lines_without_page,
            reads=("raw.page",),
        ),
        Spec(
            "line_has_table",
            "core.line",
            "ERROR",
            "Every line belongs to a table: details of different views are never added together.",
            "Cada línea pertenece a una tabla: nunca se suman detalles de vistas distintas.",
            rule=rules.lines_without_table,
            reads=("core.table",),
        ),
        Spec(
            "line_has_parent",
            "core.line",
            "ERROR",
            "The line that contains another is a line of the same table.",
            "La línea que contiene a otra es una línea de la misma tabla.",
            rule=rules.lines_without_parent,
        ),
        Spec(
            "reconciliation_has_line",
            "core.reconciliation",
            "ERROR",
            "A sum that was tried belongs to a line that exists (P3).",
            "Una suma probada pertenece a una línea que existe (P3).",
            rule=rules.reconciliations_without_line,
            reads=("core.line",),
        ),
    ]


def _documents() -> list[Spec]:
    refused_or_partial = ("document_id", "title", "message")
    return [
        Spec(
            "refused_has_message",
            "core.document",
            "ERROR",
            "A refused document says what was expected and found, and what to do: none vanishes (P1).",
            "Un documento rechazado dice qué se esperaba, qué se halló y qué hacer: ninguno desaparece (P1).",
            rule=rules.refused_without_message,
        ),
        Spec(
            "refused_has_no_line",
            "core.line",
            "ERROR",
            "A refused document contributes no line: what was refused is not published (P1).",
            "Un documento rechazado no aporta líneas: lo rechazado no se publica (P1).",
            rule=rules.lines_of_refused_documents,
            reads=("core.document",),
        ),
        Spec(
            "document_counts_hold",
            "core.document",
            "ERROR",
            "A document has as many lines, amounts and verified amounts as it says (P1, P2).",
            "Un documento tiene tantas líneas, importes e importes verificados como dice (P1, P2).",
            rule=rules.documents_miscounted,
            reads=("core.line", "core.amount"),
        ),
        Spec(
            "document_read",
            "core.document",
            "WARN",
            "Documents that were refused, or read in part, are listed: what is missing is part of the result.",
            "Se enlistan los documentos rechazados o leídos en parte: lo que falta es parte del resultado.",
            (Expect("ExpectColumnValuesToBeInSet", {"column": "outcome", "value_set": ["read"]}),),
            show=refused_or_partial,
        ),
        Spec(
            "document_hints_fit",
            "core.document",
            "WARN",
            "The hints of a document fit it: pages and sheets exist, headers and stages are printed.",
            "Las pistas de un documento le corresponden: sus páginas y hojas existen, sus encabezados y momentos están impresos.",
            rule=rules.hints_that_do_not_fit,
        ),
        Spec(
            "table_unit_not_contradicted",
            "core.table",
            "WARN",
            "The unit hinted for a document is the one its own words say.",
            "La unidad que indica la pista de un documento es la que dicen sus propias palabras.",
            rule=rules.units_contradicted,
        ),
        Spec(
            "document_mostly_verified",
            "core.document",
            "WARN",
            f"At least {rules.VERIFIED_PERCENT} % of a document's amounts are proven; below that it is a source to read by hand.",
            f"Al menos {rules.VERIFIED_PERCENT} % de los importes de un documento están probados; por debajo, conviene leerlo a mano.",
            rule=rules.documents_hardly_verified,
        ),
        Spec(
            "document_period_ordered",
            "core.document",
            "ERROR",
            "A period ends on or after the day it begins: comparisons need the same period (P5).",
            "Un periodo termina el día en que empieza o después: las comparaciones exigen el mismo periodo (P5).",
            rule=rules.periods_reversed,
        ),
        Spec(
            "document_year_plausible",
            "core.document",
            "WARN",
            "A fiscal year lies between 1990 and 2100; another number was read as a year by mistake.",
            "Un ejercicio fiscal está entre 1990 y 2100; otro número se leyó como año por error.",
            (Expect("ExpectColumnValuesToBeBetween", {"column": "fiscal_year", "min_value": 1990, "max_value": 2100}),),
            show=("title",),
        ),
    ]
