"""The closed vocabularies of what differs between two releases: what became of a line, and why."""

from warehouse.schema.vocabulary import Term

CHANGES: dict[str, Term] = {
    "changed": Term("The line says something else", "La línea dice otra cosa"),
    "added": Term("The line is new in a known document", "Línea nueva en un documento ya conocido"),
    "removed": Term("The line is no longer there", "La línea ya no está"),
    "document_added": Term("New document", "Documento nuevo"),
    "document_removed": Term("Withdrawn document, or no longer readable", "Documento retirado, o que ya no se pudo leer"),
}

# Why a line differs from the previous release, most specific first.
CAUSES: dict[str, Term] = {
    "new_document": Term("New document", "Documento nuevo"),
    "withdrawn_document": Term("Withdrawn document", "Documento retirado"),
    "correction": Term("Declared correction applied, changed or expired", "Corrección declarada que se aplicó, cambió o venció"),
    "catalogue_change": Term("The catalogue describes the document otherwise (unit, year, hints)", "El catálogo describe distinto al documento (unidad, año, pistas)"),
    "reader_change": Term("The program reads or understands the same bytes otherwise", "El programa lee o entiende distinto los mismos bytes"),
    "evidence": Term("Same amount; another document now proves it, or no longer does", "El mismo importe; otro documento ahora lo prueba, o dejó de probarlo"),
    "rounding": Term("The source differs by less than one peso", "La fuente difiere en menos de un peso"),
    "perimeter": Term("The new version covers other bodies or money: its approved total, its transfers or its declared perimeter changed", "La nueva versión cubre otros entes u otro dinero: cambió su total aprobado, sus transferencias o su perímetro declarado"),
    "late_accrual": Term("Later accounts: approved is the same, a later stage is not", "Registro posterior: el aprobado es el mismo y un momento posterior no"),
    "reclassification": Term("The same money under another class: the total did not change", "El mismo dinero en otra clase: el total no cambió"),
    "restated": Term("The source now prints another figure", "La fuente imprime ahora otra cifra"),
    "unattributed": Term("No cause was found", "No se halló la causa"),
}
