"""The words of the field, once: months, units, totals, stages, and what headers call money, counts, rates, keys.

Every word is folded (`text.fold`): lower case, no accents. Texts here are parts of regular expressions, to be put together
by who reads; nothing is decided here. What a header says of its column is in `column_kind`; which stages there are, in
`vocabulary`.
"""

import re


def any_of(*parts: str) -> str:
    """One of the parts, as a group that is not captured."""
    return f"(?:{'|'.join(parts)})"


# ---- time

MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
# By the first three letters of a name or an abbreviation of it.
MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)} | {"set": 9, "mzo": 3}
MONTH_NAME = any_of(*MONTHS, "setiembre")
MONTH = any_of(*sorted({*MONTHS, "setiembre", "sept", *MONTH_NUMBERS}, key=len, reverse=True))
YEAR = r"(?:19[89]\d|20[0-4]\d)"

# ---- units: what one printed peso is worth, and other currencies

SCALES = {
    "miles de millones": 10**9, "mil millones": 10**9, "cientos de millones": 10**8, "centenas de millones": 10**8,
    "decenas de millones": 10**7, "cientos de miles": 10**5, "decenas de miles": 10**4, "cientos": 100, "miles": 1_000, "millares": 1_000, "millones": 1_000_000,
}  # fmt: skip
SCALE = any_of(*SCALES)
# A scale and the peso in one: `mdp` is millones de pesos.
SHORT_UNITS = {"milesdemdp": 10**9, "mmdp": 10**9, "mdp": 1_000_000, "k$": 1_000}  # without points and spaces
SHORT_UNIT = any_of(r"miles de mdp", r"mm ?dp", r"mdp", r"m\. ?d\. ?p\.?", r"k\$")
# `$000`, `(000)`, `000's`: the zeros that are not printed.
ZEROS = r"(?:\$ ?|(?<=\()|en )000(?:[ ,]?000)?(?:'?s)?"
FOREIGN = any_of(
    r"dolar(?:es)?(?: americanos?| estadounidenses?| de los estados unidos(?: de america)?| (?:de )?eua| canadienses?)?", r"d(?:o)?ll?s\.?", r"k?usd", r"m{1,2}\.?d\.?d\.?", 
    r"us\$", r"u\.s\. ?dlls\.?", r"euros?", r"eur", r"€", r"libras esterlinas", r"yenes", r"pesos (?:colombianos|argentinos|chilenos|dominicanos|uruguayos|cubanos)",
    r"quetzal(?:es)?", r"lempiras?", r"yuanes", r"francos suizos", r"rublos", r"bolivares", r"balboas", r"udis?",
    r"unidades de inversion",
)  # fmt: skip
# Multiples of a daily sum that the law fixes: no pesos either, named in many an article.
REFERENCE_UNIT = any_of(r"umas?", r"unidad(?:es)? de medida y actualizacion", r"salarios? minimos?", r"s\.? ?m\.? ?g\.?", r"vsmgv?", r"vsm")
# The currency, and no scale.
NATIONAL = any_of(r"m\. ?n\.?", r"mn", r"mxn", r"mxp", r"mx\$", r"moneda nacional", r"nacional", r"pesos? mexicanos?")
# `treinta millones de pesos` is an amount and no unit.
NUMBER_WORD = any_of(
    r"\d", r"un[oa]?", r"dos", r"tres", r"cuatro", r"cinco", r"seis", r"siete", r"ocho", r"nueve", r"diez", r"once", r"doce", r"trece", r"catorce",
    r"quince", r"dieci\w+", r"veint\w+", r"treinta", r"cuarenta", r"cincuenta", r"sesenta", r"setenta", r"ochenta", r"noventa", r"cien(?:to)?s?",
    r"\w+cient[oa]s", r"quinient[oa]s", r"setecient[oa]s", r"novecient[oa]s", r"mil", r"varios", r"algunos", r"muchos",
)  # fmt: skip
FIGURES = any_of("cifras", "importes?", "montos?", "cantidades", "valores", "saldos?", "datos", "informacion")
EXPRESSED = any_of(
    r"expresad[oa]s?", r"presentad[oa]s?", r"expresan?", r"presentan?", r"muestran?", r"reportan?", r"indican?", r"dadas", r"denominad[oa]s?"
)
PESOS = rf"(?:{SCALE} (?:de )?pesos|pesos|{SHORT_UNIT})"
UNIT_COLUMN = re.compile(
    r"^(?:unidad(?:es)?(?: de)?(?: medida| monetaria)?|(?:tipo de )?moneda|divisa|escala|currency|multiplicador)(?: del? \w+)?$"
)
# What a figure may have glued to it: `501.4 M`, `501.4 mdp`.
GLUED_UNITS = {
    "mmdp": 10**9, "mdp": 1_000_000, "mm": 1_000_000, "m": 1_000_000, "millones": 1_000_000, "mill": 1_000_000, "k": 1_000, "miles": 1_000, "mil": 1_000, "pesos": 1,
}  # fmt: skip
GLUED_UNIT = rf"(?:{any_of(*GLUED_UNITS)})\.?(?: de pesos)?"

# A word of a unit or of another currency right behind a figure: `501.40 mdp`, `501.40 USD`.
WORTH_BEHIND = re.compile(
    rf"(?:(?<=[.,]\d\d)|(?<=[,'’]\d\d\d))(?:{GLUED_UNIT}|usd|us\$|dlls?\.?|dls\.?|d[oó]lares|eur(?:os?)?|€|udis)$|(?<=\d\.\d)(?:mm?dp|mil(?:es|lones|l\.?)?)\.?(?: de pesos)?$", re.IGNORECASE
)

# The mark of a note behind centavos: `1,234.50 1/`, `1,234.50(a)`, `1,234.50**`.
NOTE_BEHIND = re.compile(r"(?<=[.,]\d\d)\s*(?:/\d{1,2}|\((?:\d|[a-z])\)|[a-z]{1,2}/|\s\d{1,2}/|\*{1,3})\s*$")

# A text that says nothing but the unit: it is a line of its own, whatever stands beside it.
UNIT_ALONE = re.compile(rf"^\W*(?:{FIGURES}\b.{{0,20}}?)?(?:unidad(?:es)?(?: de medida)?:? )?(?:en )?{PESOS}\b.{{0,25}}$")
# A line over a table that begins with the unit.
UNIT_FIRST = re.compile(rf"^\W*(?:en )?(?:cifras (?:expresadas )?en )?{PESOS}\b")
# The unit anywhere in a line over bare integers.
UNIT_ANYWHERE = re.compile(
    rf"\b{any_of(SCALE, 'cifras', 'montos', 'importes')} (?:de|en) (?:\w+ de )?pesos\b|\( ?(?:en )?pesos ?\)|\b{SHORT_UNIT}\b"
)

# ---- lines that may say something of the numbers of a table

# A cheap look at a folded line, for readers that keep what stands outside tables: unit, currency, year, stage, body. A line of
# running text may pass it; what a line says is decided by who reads it.
BEARS_ON_NUMBERS = re.compile(
    r"\$|\bpesos?\b|\bmil(?:es|lon|lones)?\b|\bmm?dp\b|\(000|\bm\. ?n\b|\bmn\b|\bmxn\b|\bmoneda|\bunidad(?:es)?\b|\bcifras?\b|\bimportes?\b"
    r"|\bmontos?\b|\bdolar|\busd\b|\beuros?\b|\budis?\b|\buma\b|\bcentavos\b|\bmillares\b"
    rf"|{YEAR}|\bejercicio|\banual\b|\btrimestre|\bsemestre|\bperiodo\b|\b{MONTH_NAME}\b"
    r"|\bpresupuest|\bproyecto de\b|\biniciativa|\bcuenta publica|\baprobad|\bautorizad|\bmodificad|\bvigente|\bcomprometid|\bdevengad"
    r"|\bejercid|\bpagad|\bestimad|\brecaudad|\bdecreto|\bley\b|\bestado analitico|\bclasificacion"
    r"|\bente publico|\bgobierno|\bmunicipi|\bayuntamiento|\bestado de\b|\bsecretaria|\bpoder (?:ejecutivo|legislativo|judicial)|\binstituto"
    rf"|\b(?!\d|un)(?:{NUMBER_WORD})\W*$"
    r"|\borganismo|\bsistema (?:para|municipal|estatal|dif)|\bdif\b|\bcomision|\buniversidad|\bcolegio|\bcongreso|\btribunal|\bfiscalia"
)

# ---- totals

_SPACED_TOTAL = r"t o t a l"
# What closes a table: `Total del Gasto`, `III. Total de Egresos`, `T O T A L E S`.
CLOSES_TABLE = re.compile(rf"^(?:[ivx\d]+[.)]? )?(?:gran )?total|^{_SPACED_TOTAL}")
TOTAL = re.compile(
    r"^(?:[ivx]+\.? |[a-z]\.? |\d\.? )?(?:(?:gran |sub ?)?total(?:es)?\b|suma(?:s|n)?\b(?! de garantia))"
    rf"|\btotal(?: general)?[ :]*$|^{_SPACED_TOTAL}"
)
SUBTOTAL = re.compile(r"^(?:sub ?total|suma parcial)")
# A label that begins with one of these ends what a page has of a table.
SUM_FIRST = re.compile(r"^(?:gran |sub ?)?total")
# A header that is nothing but the word: of money beside columns of money, of posts beside columns of posts.
TOTAL_ALONE = re.compile(r"^(?:gran )?(?:total(?:es)?|suma)(?: general)?$")
# A row of averages, whose figures are added to nothing.
AVERAGE = re.compile(r"^(?:promedios?|averages?|means?|avg)\b")

# ---- stages

# Stems looked for in a header with everything but letters removed, so that a word broken by a line or a cell border
# is still found. Order matters: a stem that contains another one's comes first.
STAGE_STEMS: tuple[tuple[str, str], ...] = (
    ("subejercicio", "subejercicio"),
    ("ampliacion", "ampliaciones_reducciones"), ("reduccion", "ampliaciones_reducciones"), ("amplred", "ampliaciones_reducciones"),
    ("adecuacion", "ampliaciones_reducciones"), ("modificacion", "ampliaciones_reducciones"),
    ("modificad", "modificado"), ("vigente", "modificado"),
    ("comprometid", "comprometido"), ("devengad", "devengado"), ("ejercid", "ejercido"), ("pagad", "pagado"),
    ("estimad", "estimado"), ("recaudad", "recaudado"),
    ("proyectodepresupuesto", "proyecto"), ("proyectopresupuesto", "proyecto"), ("iniciativa", "proyecto"),
    ("aprobad", "aprobado"), ("presupuestooriginal", "aprobado"), ("presupuestoinicial", "aprobado"),
    ("autorizad", "aprobado"), ("asignad", "aprobado"),
)  # fmt: skip
# A header that is this word and no other.
STAGE_ALONE = {"original": "aprobado", "inicial": "aprobado", "proyecto": "proyecto", "pagos": "pagado"}
# 'Dev Ene-Mar': abbreviated, and only where a month follows, so that 'Pag.' stays a page.
STAGE_ABBREVIATED = {
    "apr": "aprobado", "aprob": "aprobado", "prm": "modificado", "mod": "modificado", "com": "comprometido", "comp": "comprometido",
    "dev": "devengado", "eje": "ejercido", "ejer": "ejercido", "pag": "pagado", "seje": "subejercicio",
    "ayr": "ampliaciones_reducciones",
}  # fmt: skip
# Words in which one letter may be wrong.
STAGE_SPELLED = (
    "aprobado", "ampliaciones", "reducciones", "modificado", "comprometido", "devengado", "ejercido", "pagado",
    "subejercicio", "estimado", "recaudado", "autorizado",
)  # fmt: skip
STAGE_WORD = any_of(
    "aprobad[oa]s?", "original", "inicial", "autorizad[oa]s?", "ampliacion(?:es)?", "reduccion(?:es)?", "modificad[oa]s?", "vigente",
    "comprometid[oa]s?", "devengad[oa]s?", "ejercid[oa]s?", "pagad[oa]s?", "estimad[oa]s?", "recaudad[oa]s?", "subejercicio",
)  # fmt: skip

# ---- what headers call the numbers below them

# Money by its own name, wherever it stands.
MONEY = (
    r"\bmontos?\b", r"\bimportes?\b", r"\bpresupuest", r"\baprobad", r"\bmodificad", r"\bdevengad", r"\bpagad", r"\bejercid",
    r"\bcomprometid", r"\brecaudad", r"\bestimad", r"\bsaldos?\b", r"\bsubejercicio", r"\bampliaci", r"\breduccion", r"\bcostos?\b",
    r"\bprecios?\b", r"\basignad", r"\basignacion", r"\bautorizad", r"\badecuacion", r"\bvigente\b", r"\bpesos\b", r"\$",
)  # fmt: skip
# Words that say money of a column of figures, and of a text in a page of labels nothing.
MONEY_OF_FIGURES = (
    r"\bgastos?\b", r"\bsub?totales?\b", r"\btotal(?:es)?\b", r"\bamplia", r"\breducc", r"\bvalor(?:es)?\b", rf"\b{MONTH_NAME}\b",
    r"\binversion", r"\bingresos?\b", r"\begresos?\b", r"\bdiferencia", r"\bdeuda\b", r"\bcargos?\b", r"\babonos?\b", r"\bdebe\b",
    r"\bhaber\b", r"\biva\b", r"\bsueldos?\b", r"\bsalarios?\b", r"\bpercepcion", r"\bdeduccion", r"\bremunera", r"\bcompensaci",
    r"\bnetos?\b", r"\bbrutos?\b", r"\bamortiza", r"\bdisposicion", r"\binteres", r"\bcomision", r"\brecursos?\b", r"\bfederal",
    r"\bestatal", r"\bmunicipal", r"\bcotizacion", r"\banual\b", r"\bmensual\b", r"\bquincenal\b", r"\bminim[oa]\b", r"\bmaxim[oa]\b",
    r"\bacumulad", r"\btransferencia", r"\baportacion", r"\bparticipaciones\b", r"\bfinanciamiento", r"\bcreditos?\b",
    r"\bpor (?:pagar|ejercer)\b", r"\bprogramad", r"\bcalendari", r"\bministra", r"\bflujo\b", r"\bamount\b", r"\bvalue\b",
    r"\bcontratacion / colocacion",
)  # fmt: skip

# What posts are paid, in tables that print how many there are.
PAY = re.compile(
    r"\bremunera|\bsueldo|\bsalari|\bpercepci|\bcompensaci|\bimporte|\bmonto|\bcosto|\bpesos\b|\$|\bminim|\bmaxim"
    r"|\banual|\bmensual|\bquincenal"
)

# `Porcentaje Ejer/Aprob`: a rate, whatever stands beside the word.
RATE_ANYWHERE = r"\bporcentajes?\b|\bporcentual|\bpor ?ciento\b"
# Money divided by those it is for: `Costo por habitante` adds up with nothing.
PER_HEAD = r"\bper ?capita\b|\bpor (?:cada )?(?:mil )?(?:habitante|persona|alumno|estudiante|hogar|vivienda)(?:es|s)?\b"
RATE = (r"\btipo de cambio\b", r"\bpct\b", r"\btmca\b", r"\btasas?\b", r"\bavances?\b", r"\bindices?\b", r"\bproporcion\b")
# Rates and money alike: only figures that are small, as rates are, make them rates.
RATE_OR_MONEY = (
    r"\bvariacion", r"^var\.?(?:$| )", r"^part\.?(?:$| )", r"\bparticipacion\b", r"\bestructura\b", r"\bcrecimiento\b", r"^crec\b",
    r"\bpeso relativo\b", r"\bponderacion\b", r"\bponderador(?:es)?\b", r"\bcomposicion\b", r"\bcumplimiento\b", r"\bdistribucion\b", r"\bincidencia\b", r"\bimportancia relativa\b",
    r"\b(?:dev|ejer|eje|pag|rec)[a-z]*\.? ?/ ?(?:apr|mod|aut|asig|prog|est)[a-z]*\.?",
)  # fmt: skip

CENTAVOS = r"^(?:centavos|centv?s|ctvs|cvs|cts)\.?$"  # of a column that has them apart
COUNT = (
    r"\b(?:numero|num\.?|no\.)\s+(?:total )?de\b", r"\bcantidad", r"\bplazas?\b", r"\bplazos?\b", r"\bunidades\b(?! (?:responsable|administrativa|ejecutora))", r"\bmetas?\b",
    r"\bbeneficiari", r"\bpiezas?\b", r"\bpzas?\b", r"\bempleados\b", r"\bpoblacion\b", r"\bedad(?:es)?\b", r"\bdias\b", r"\bmeses\b", r"\bhoras\b",
    r"\bpersonas\b", r"\bhombres\b", r"\bmujeres\b", r"\bhabitantes\b", r"\bvolumen\b", r"\bmatricula\b", r"\balumnos\b",
    r"\bpuntaje\b", r"\bquantity\b", r"\bkilometros\b", r"\bkms?\b", r"\bmetros\b", r"\bm[23²³]", r"\bhectareas\b", r"\btoneladas\b",
    r"\bkilogramos\b", r"\bkilos\b", r"\bkgs?\b", r"\blitros\b", r"\bkwh?\b", r"\bbarriles\b", r"\bviviendas\b", r"\bfamilias\b",
    r"\bhogares\b", r"\bpacientes\b", r"\bconsultas\b", r"\bsesiones\b", r"\bcamas\b", r"\bestudiantes\b", r"\bdocentes\b",
    CENTAVOS, r"\bvehiculos\b", r"\bdespensas\b", r"\bluminarias\b", r"\barboles\b", r"\bexpedientes atendidos\b", r"\bviajes\b",
)  # fmt: skip

# The transparency platform puts the number of a linked sheet into the header; the cells hold its row ids.
SUBTABLE = re.compile(r"\btabla[_ ]\d{4,}")

# Papers and things that are numbered: what follows `número de` here is no count.
NUMBERED = (
    r"\b(?:numero|num\b|no\b)\.?\s*(?:y/o |o referencia )?(?:del? |total de )?"
    r"(?:identificacion|expediente|contrato|convenio|factura|poliza|cuenta|oficio|licitacion|procedimiento|requisicion|pedido|orden"
    r"|acuerdo|acta|folio|registro|telefono|referencia|serie|empleado|proveedor|control)",
)
IDENTIFIER = (
    r"^id$", r"\bfolio\b", r"\bexpediente\b", r"\bcontratos?\b", r"\bconvenios?\b", r"\bfacturas?\b", r"\bpoliza\b", r"\brfc\b",
    r"\btelefonos?\b", r"\brequisicion\b", r"\bpedido\b", r"\boficio\b", r"\bacuerdo\b", r"\blicitacion\b", r"\bserie\b",
    r"\breferencia\b", r"\bhipervinculos?\b", r"\burl\b", r"\bliga\b", r"\bregistro\b", r"\blatitud\b", r"\blongitud\b",
    r"\bcodigo postal\b", r"\bocid\b", r"\buri\b",
)  # fmt: skip
LIST_NUMBER = (r"^(?:no|num|n|nro|numero|#|n°)\.?$", r"\bconsecutivo\b", r"\bprogresivo\b", r"\brenglon\b", r"^pagina$")
CODE = (
    r"\bclaves?\b", r"\bcodigos?\b",
    rf"\b{any_of('cve', 'cog', 'cri', 'cfg', 'cp', 'ur', 'up', 'ue', 'tg', 'ff', 'fi', 'fn', 'sf', 'ai', 'pp', 'og', 'ef', 'pg', 'pe')}\b",
    r"\bcapitulos?\b", r"\bpartidas?\b", r"^id .", r". id$", r"\bramo\b", r"\bclasificador\b", r"\bproyectos?\b", r"\bprogramas?\b",
    r"\bcentro gestor\b", r"\bunidad responsable\b", r"\bgpo\b", r"\bgrupo\b", r"\bsubfuncion\b", r"\bfuncion\b", r"\bfinalidad\b",
    r"\bcuenta contable\b", r"\bnivel\b", r"\brango\b", r"\bescalafon\b", r"\bcuenta\b(?! publica)",
)  # fmt: skip
YEAR_NAMED = (r"\banos?\b", r"\banio\b", r"\bciclo\b", r"\bejercicio\b", r"\bperiodo fiscal\b", r"^year$")
DATE_NAMED = (
    r"\bfechas?\b", r"\bvigencia\b", r"\bperiodo\b", r"\bmes\b", r"\btrimestre\b", r"\bhora\b", r"\bdate|date\b",
)  # fmt: skip
TEXT = (
    r"\bconceptos?\b", r"\bdenominacion", r"\bdescripcion", r"\bnombres?\b", r"\brubros?\b", r"\bjustificacion", r"\bnotas?\b",
    r"\bobservaciones\b", r"\bmotivos?\b", r"\bobjeto\b", r"\bestatus\b", r"\bestado\b", r"\barea\b", r"\bunidad\b",
    r"\bdependencia\b", r"\bentidad\b", r"\bmunicipio\b", r"\btipos?\b", r"\bcategoria", r"\btema\b", r"\bn o m b r e\b",
    r"\bprod est\b", r"\bcobertura\b", r"\bprocedimiento\b", r"\btitulo\b", r"\bindicador(?:es)?\b", r"\bfuente\b",
)  # fmt: skip

# First parts of words that are written with a hyphen: at a line's end it is no sign that a word was cut.
COMPOUND_FIRSTS = (
    "técnico", "teórico", "histórico", "político", "jurídico", "económico", "físico", "químico", "médico", "científico",
    "artístico", "enseñanza", "costo", "materno", "obrero", "hombre", "mujer", "norte", "sur", "oriente", "poniente",
)
