"""`out.watched_document`: what the watched pages of portals list, what appeared, changed and vanished; and why a draft waits.

Only what changes when something happened is a column: a night that finds everything as it was makes no edition.
"""

from warehouse.schema.core import GOVERNMENT_ID
from warehouse.schema.model import DATE, TEXT, Column, Table
from warehouse.schema.vocabulary import Term

WATCHED: dict[str, Term] = {
    "listed": Term("The page lists it; it was not fetched yet", "La página lo enlista; aún no se descarga"),
    "present": Term("In the catalogue, and there when last asked for", "En el catálogo, y ahí la última vez que se pidió"),
    "waiting": Term("Waits for a person to confirm what it is", "Por confirmar: espera a que una persona diga qué es"),
    "refused": Term("The address gave no document that can be kept", "La dirección no dio un documento que pueda guardarse"),
    "unlisted": Term("The page no longer links to it", "La página ya no lo enlaza"),
    "vanished": Term("Its address has answered that it is not there, night after night", "Su dirección contesta, noche tras noche, que ya no está"),
    "discarded": Term("A person said that it is not to be published", "Una persona dijo que no se publique"),
}

# Why a document that was found at night is not taken for what its draft says.
DOUBTS: dict[str, Term] = {
    "no_government": Term("the document does not say whose it is", "el documento no dice de quién es"),
    "new_body": Term("it is of a body that the catalogue does not have", "es de un ente que no está en el catálogo"),
    "other_government": Term("it is of another government than the watched page", "es de otro gobierno que la página vigilada"),
    "several_governments": Term("it is of several governments", "es de varios gobiernos"),
    "no_kind": Term("it does not say what kind of document it is", "no dice qué tipo de documento es"),
    "other_kind": Term("it is of a kind that the watched page does not announce", "es de un tipo que la página vigilada no anuncia"),
    "no_year": Term("it does not say its fiscal year", "no dice su ejercicio"),
    "no_period": Term("it does not say its period", "no dice su periodo"),
    "weak_evidence": Term("only a weak sign says it", "solo lo dice un indicio débil"),
    "unreadable": Term("it cannot be read", "no se puede leer"),
    "other_subject": Term("the same address gave a document of another government, kind, year or period", "la misma dirección daba un documento de otro gobierno, tipo, ejercicio o periodo"),
    "other_title": Term("the same address gave a document with another title", "la misma dirección daba un documento con otro título"),
    "other_class": Term("the same address gave a statement by another classification", "la misma dirección daba un estado con otra clasificación"),
    "other_total": Term("the largest amount is less than half or more than twice that of before", "el importe mayor es menos de la mitad o más del doble del anterior"),
}

WATCHED_DOCUMENT = Table(
    "out.watched_document", "documentos_vigilados", "What the watched pages of portals list: what appeared, changed and vanished, and when it was last seen",
    "Lo que enlistan las páginas vigiladas de los portales: qué apareció, cambió y desapareció, y cuándo se vio por última vez", ("portal_id", "address"),
    (
        Column("portal_id", TEXT, "pagina_vigilada", "Watched page", "Página vigilada", required=True),
        Column("address", TEXT, "direccion", "Address of the document", "Dirección del documento", required=True),
        Column("label", TEXT, "texto_del_enlace", "Text of the link, and of the row and column that it stands in", "Texto del enlace, y del renglón y la columna en que está"),
        GOVERNMENT_ID,
        Column("document_id", TEXT, "documento_id", "Document of the catalogue that it gave; null where it is not there", "Documento del catálogo que dio; nulo si no está en él"),
        Column("status", TEXT, "situacion", "; ".join(f"{code}: {term.en}" for code, term in WATCHED.items()), "; ".join(f"{code}: {term.es}" for code, term in WATCHED.items()), required=True, values=tuple(WATCHED)),
        Column("first_seen_on", DATE, "visto_desde", "Day on which the page first listed it", "Día en que la página lo enlistó por primera vez", required=True),
        Column("changed_on", DATE, "cambio_el", "Day on which the address last gave other bytes than before", "Último día en que la dirección dio otros bytes que antes"),
        Column("last_seen_on", DATE, "visto_hasta", "Last day on which it was there; null while it is", "Último día en que estuvo; nulo mientras está"),
    ),
)  # fmt: skip
