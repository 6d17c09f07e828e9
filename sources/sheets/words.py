"""What the words of a header say about the numbers below it: an amount, or a code, a year, a count.

Only the vocabulary of the reader of sheets belongs here: whether a column is money at all. Which budget stage a header
names is for `transforms`.
"""

import re
import unicodedata
from functools import lru_cache

# The earliest of these words decides: `Clave del presupuesto` is a code, `Presupuesto por clave` an amount. A class is one of
# the exclusion reasons, or `amount`, or `label` (a text column: its numbers are part of labels).
_CLASSES: tuple[tuple[str, str], ...] = (
    (
        "identifier",
        r"\b(?:numero|num\b|no\b)\.?\s*(?:y/o |o referencia )?(?:del? |total de )?(?:identificacion|expediente|contrato|convenio|factura|poliza|cuenta|oficio|licitacion|procedimiento|requisicion|pedido|orden|acuerdo|acta|folio|registro|telefono|referencia|serie|empleado|proveedor|control)",
    ),
    (
        "quantity",
        r"\b(?:numero|num\.?|no\.)\s+(?:total )?de\b|\bcantidad|\bplazas?\b|\bunidades\b|\bmetas?\b|\bbeneficiari|\bpiezas?\b|\bempleados\b|\bpoblacion\b|\bedad\b|\bdias\b|\bpersonas\b|\bhabitantes\b|\bvolumen\b|\bplazo pactado|\bmatricula\b|\balumnos\b|\bquantity\b",
    ),
    ("list_number", r"^(?:no|num|n|nro|numero|#|n°|nº)\.?$|\bconsecutivo\b|\bprogresivo\b|\brenglon\b"),
    (
        "code",
        r"\bclaves?\b|\bcodigos?\b|\bcve\b|\bcog\b|\bcri\b|\bcfg\b|\bcp\b|\bur\b|\bup\b|\bue\b|\btg\b|\bff\b|\bfi\b|\bfn\b|\bsf\b|\bai\b|\bpp\b|\bog\b|\bef\b|\bpg\b|\bpe\b|\bcapitulos?\b|\bpartidas?\b|^id .|. id$|\bramo\b|\bclasificador\b|\bproyectos?\b|\bprogramas?\b|\bcentro gestor\b|\bunidad responsable\b|\bgpo\b|\bgrupo\b|\bsubfuncion\b|\bfuncion\b|\bfinalidad\b|\bcuenta contable\b|\bnivel\b|\brango\b|\bescalafon\b|\bcuenta\b(?! publica)|\bcri\b",
    ),
    ("year", r"\banos?\b|\banio\b|\bciclo\b|\bejercicio\b|\bperiodo fiscal\b"),
    ("date", r"\bfechas?\b|\bvigencia\b|\bplazo\b|\bperiodo\b|\bmes\b|\btrimestre\b|\bhora\b|\bdate|date\b"),
    (
        "identifier",
        r"^id$|\bfolio\b|\bexpediente\b|\bcontratos?\b|\bconvenios?\b|\bfacturas?\b|\bpoliza\b|\brfc\b|\btelefonos?\b|\brequisicion\b|\bpedido\b|\boficio\b|\bacuerdo\b|\blicitacion\b|\bserie\b|\breferencia\b|\bhipervinculos?\b|\burl\b|\bliga\b|\bregistro\b|\blatitud\b|\blongitud\b|\bcodigo postal\b|\bocid\b|\buri\b",
    ),
    ("percentage", r"\bporcentajes?\b|\bporcentual|\btasa\b|\bavances?\b|\bindice\b|\bproporcion\b"),
    (
        "label",
        r"\bconceptos?\b|\bdenominacion|\bdescripcion|\bnombres?\b|\brubros?\b|\bjustificacion|\bnotas?\b|\bobservaciones\b|\bmotivos?\b|\bobjeto\b|\bestatus\b|\bestado\b|\barea\b|\bunidad\b|\bdependencia\b|\bentidad\b|\bmunicipio\b|\btipos?\b|\bcategoria|\btema\b|\bn o m b r e\b|\bprod est\b|\bcobertura\b|\bprocedimiento\b|\btitulo\b",
    ),
    (
        "amount",
        r"\bmontos?\b|\bimportes?\b|\bpresupuest|\bgastos?\b|\baprobad|\bmodificad|\bdevengad|\bpagad|\bejercid|\bcomprometid|\brecaudad|\bestimad|\bsaldos?\b|\bsub?totales?\b|\btotal(?:es)?\b|\bsubejercicio|\bamplia|\breducc|\bvalor(?:es)?\b|\bcostos?\b|\bprecios?\b|\basignad|\bautorizad|\bpesos\b|\$|\benero\b|\bfebrero\b|\bmarzo\b|\babril\b|\bmayo\b|\bjunio\b|\bjulio\b|\bagosto\b|\bseptiembre\b|\boctubre\b|\bnoviembre\b|\bdiciembre\b|\binversion|\bingresos?\b|\begresos?\b|\bdiferencia|\bdeuda\b|\bcargos?\b|\babonos?\b|\bdebe\b|\bhaber\b|\biva\b|\bsueldos?\b|\bsalarios?\b|\bpercepcion|\bdeduccion|\bnetos?\b|\bbrutos?\b|\bamortiza|\bdisposicion|\binteres|\bcomision|\brecursos?\b|\bfederal|\bestatal|\bmunicipal|\bcotizacion|\banual\b|\bmensual\b|\bacumulad|\bvigente\b|\btransferencia|\baportacion|\bparticipacion|\bfinanciamiento|\bcreditos?\b|\bvariacion|\bpor (?:pagar|ejercer)\b|\bprogramad|\bcalendari|\bministra|\bflujo\b|\badecuacion|\bamount\b|\bvalue\b|\bcontratacion / colocacion",
    ),
)
_PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in _CLASSES)
_DIGIT_PERCENT = re.compile(r"\d\s*%")
_PERFORMANCE = re.compile(r"(?:^|\| )(?:metas?|indicador(?:es)?)\b.* \| ")
_CAMEL = re.compile(r"([a-záéíóúñ])([A-ZÁÉÍÓÚÑ])")
# A chapter (`1000`), a year or a quarter at the foot of a header: its columns hold amounts, whatever stands above it.
_HEADS_AMOUNTS = re.compile(
    r"^\d{3,6}$|\b[1-6] ?(?:er|o|do|to|a|°)?\.? ?(?:trim|bim|sem|cuatr)|^(?:primer|segundo|tercer|cuarto|quinto|sexto)o? (?:trim|bim|sem|cuatr)"
)
_PERCENT_WORD = re.compile(r"\bporcentajes?\b|\bporcentual")
# The transparency platform puts the number of a linked sheet into the header; the cells hold its row ids.
_SUBTABLE = re.compile(r"\btabla[_ ]\d{4,}")

_LINK = re.compile(r"hipervinculo|\burl\b|\bliga\b|^https?:")
_NAME = re.compile(
    r"^nombres?\s?\(s\)|\| nombres?\s?\(s\)|\bnombres?(?: \(s\)| completo)? del? (?:la |el |los |las |\(la\) |l[ao]\(s\) )*(?:servidor|persona|funcionari|emplead|trabajador|titular|beneficiari|responsable|representante|comisionad|becari|alumn|contacto|prestador|denunciante)"
    r"|\bnombre completo\b|\brepresentante legal\b|\bnombre y apellidos?\b"
)
_HOLDER = re.compile(r"\bproveedor|\bcontratista|\brazon social\b|\bbeneficiari[oa]|\bprestador|\badjudicad[oa]\b")
_RFC = re.compile(r"\brfc\b|\bregistro federal de contribuy")
_NAME = re.compile(
    r"concepto|denominaci|cuenta|rubro|partida|capitulo|clave|codigo|^n o m b r e$|^nombre$|^descripcion$|^(?:activo|pasivo|gastos|ingresos|egresos|origen|aplicacion)\b"
)
_HEADER = re.compile(
    r"concepto|aprobad|modificad|devengad|pagad|ejercid|comprometid|recaudad|estimad|monto|importe|saldo|total|presupuest|subejercicio|ampliaci|diferencia|egreso|ingreso|denominaci|descripci|clave|codigo|partida|valor|enero|anual|ejercicio|asignad|autorizad|variaci"
)
_FOOTER = re.compile(
    r"bajo protesta|^(?:elabor|autoriz|revis|vo\. ?bo|nota[s:]|fuente:|\*|¹)|^firma|^(?:c|l)\.p\.|director(?:a)? general$"
)
_TOTAL = re.compile(r"^(?:[ivx\d]+[.)]? )?(?:gran )?total|^t o t a l")
# A cell that says nothing but the unit: it is a line of its own, whatever stands beside it.
_UNIT = re.compile(
    r"^\W*(?:(?:cifras|importes|montos|cantidades)\b.{0,20}?)?(?:en )?(?:(?:miles|millones) de )?pesos\b.{0,25}$"
)
_TITLE = re.compile(
    r"estado analitico|ente publico|\(?pesos\)?$|cuenta publica|\bdel \d|\bal \d{1,2} de|clasificacion|^formato|^anexo|^presupuesto de|^poder |^gobierno|^municipio|cifras en|miles de pesos|sector:|fecha:"
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case, without accents, spaces collapsed: how words are compared."""
    plain = "".join(char for char in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(char))
    return " ".join(plain.split())


@lru_cache(maxsize=4096)
def header_class(header: str) -> str | None:
    """What a header (levels joined by ` | `) says of its column; None where its words say nothing.

    The lowest level speaks first; the levels above it are asked where it says nothing. A percent sign anywhere decides.
    """
    whole = fold(_CAMEL.sub(r"\1 \2", header).replace("_", " "))
    if "%" in whole and not _DIGIT_PERCENT.search(whole):
        return "percentage"
    levels = whole.split(" | ")
    if _SUBTABLE.search(whole):
        return "identifier"
    if _PERCENT_WORD.search(whole):
        return "percentage"
    if _PERFORMANCE.search(whole):
        return "quantity"
    for level in reversed(levels):
        found = _level_class(level)
        if found:
            return found
    return None


def _level_class(level: str) -> str | None:
    if _HEADS_AMOUNTS.match(level):
        return "amount"
    first: tuple[int, int] | None = None
    for order, (_, pattern) in enumerate(_PATTERNS):
        match = pattern.search(level)
        if match and (first is None or (match.start(), order) < first):
            first = (match.start(), order)
    if first is None:
        return None
    name = _PATTERNS[first[1]][0]
    if name == "amount" and level.startswith("total") and _PATTERNS[1][1].search(level):
        return "quantity"  # `Total de plazas`
    return name


def is_link(header: str) -> bool:
    return bool(_LINK.search(fold(header)))


def names_lines(header: str) -> bool:
    """Whether a column with this header names what the amounts to its right are."""
    return bool(_NAME.search(fold(header)))


def is_header_word(text: str) -> bool:
    return len(text) < 160 and bool(_HEADER.search(fold(text)))


def is_title(text: str) -> bool:
    return bool(_TITLE.search(fold(text)))


def is_unit(text: str) -> bool:
    """Whether a text only says in what amounts are expressed: `Miles de pesos`, `(Cifras en pesos)`."""
    return bool(_UNIT.match(fold(text)))


def is_footer(text: str) -> bool:
    """Whether a text closes a statement: the oath, signatures, notes."""
    return "__" in text or bool(_FOOTER.search(fold(text)))


def is_total(text: str) -> bool:
    """Whether a label closes a table: `Total del Gasto`, `T O T A L E S`, `III. Total de Egresos`."""
    return bool(_TOTAL.search(fold(text)))
