"""The closed lists of words of the panel, in both languages. Those of the other tables are in `vocabulary`."""

from warehouse.schema.vocabulary import Term

PANEL_CLASSES: dict[str, Term] = {
    "object": Term("Object of expenditure (COG)", "Objeto del gasto (COG)"),
    "function": Term("Function (CFG)", "Función (CFG)"),
    "administrative": Term("Body that spends", "Ente que gasta"),
    "basket": Term("Basket", "Canasta"),
}

PANEL_LEVELS: dict[str, Term] = {
    "total": Term("The whole", "El total"),
    "chapter": Term("Chapter of the COG", "Capítulo del COG"),
    "concept": Term("Concept of the COG", "Concepto del COG"),
    "partida": Term("Generic partida of the COG", "Partida genérica del COG"),
    "finalidad": Term("Finalidad of the CFG", "Finalidad de la CFG"),
    "function": Term("Function of the CFG", "Función de la CFG"),
    "subfunction": Term("Subfunction of the CFG", "Subfunción de la CFG"),
    "body": Term("Body that no other contains", "Ente que ningún otro contiene"),
    "unit": Term("Unit of a body", "Unidad de un ente"),
    "basket": Term("Basket", "Canasta"),
}

# Whose figure it is, best first: where there are several, the first that is verified is in the panel.
STANDINGS: dict[str, Term] = {
    "citable": Term("read from a document that is cited", "leída de un documento que se cita"),
    "composed": Term("figures published by another and composed by the project: cite their source", "cifras publicadas por otro y compuestas por el proyecto: cite su fuente"),
    "doubtful": Term("its catalogue entry says that it is not to be cited yet", "su entrada del catálogo dice que aún no se cite"),
    "secondary": Term("secondary dataset, to be checked, never cited: ask for the document", "base secundaria, por revisar, no se cita: pida el documento"),
}

BREAKS: dict[str, Term] = {
    "institutional_change": Term("who spends on it changed (out.institutional_change)", "cambió quién lo gasta (es.cambios_institucionales)"),
    "perimeter_jump": Term("what the document covers jumped", "saltó lo que cubre el documento"),
    "class_jump": Term("over twenty times the year before, or under a twentieth", "más de veinte veces el ejercicio anterior, o menos de un veinteavo"),
    "other_source": Term("another kind of source than the year before", "otra clase de fuente que el ejercicio anterior"),
}
