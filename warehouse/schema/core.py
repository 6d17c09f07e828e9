"""The `core` tables: what the printed rows mean. One amount = document × line × column.

Comparisons and anything made for readers belong to `out`.
"""

from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, TIMESTAMP, Column, Table
from warehouse.schema.raw import COLUMN, DOCUMENT_ID, HIDDEN, PAGE, PLACE, ROW, SOURCE_TEXT, TABLE_REQUIRED
from warehouse.schema.vocabulary import (
    BASES,
    CLASSIFICATIONS,
    DOCUMENT_KINDS,
    EXPLANATIONS,
    FACETS,
    OUTCOMES,
    PROOFS,
    RECONCILIATION_OUTCOMES,
    RECONCILIATIONS,
    ROW_KINDS,
    STAGES,
    UNVERIFIED,
)

GOVERNMENT_ID = Column("government_id", TEXT, "gobierno_id", "Government or public body: INEGI key of a state (26) or municipality (26030), or the body's own key", "Gobierno o ente público: clave INEGI del estado (26) o municipio (26030), o clave propia del ente")
FISCAL_YEAR = Column("fiscal_year", INT, "ejercicio", "Fiscal year of the money", "Ejercicio fiscal del dinero")
LINE_DATE = Column("line_date", DATE, "fecha", "Day of the contract, invoice or entry, where a column of the row says it", "Día del contrato, la factura o el asiento, si una columna del renglón lo dice")
LINE_ID = Column("line_id", TEXT, "linea_id", "Line: document:table:row", "Línea: documento:tabla:renglón", required=True)
STAGE = Column("stage", TEXT, "momento", "Budget stage (legal name); null where the header names none", "Momento contable (nombre legal); nulo si el encabezado no lo dice", values=tuple(STAGES))
MULTIPLIER = Column("multiplier", INT, "multiplicador", "Pesos per printed unit: 1, 1000, 1000000 or 1000000000; null in another currency", "Pesos por unidad impresa: 1, 1000, 1000000 o 1000000000; nulo en otra moneda")
VERIFIED = Column("verified", BOOL, "verificado", "True only where the amount and everything that it means rest on something: all facets but the stage", "Verdadero solo si el importe y todo lo que significa se apoyan en algo: todas las facetas salvo el momento", required=True)
REASON = Column("reason", TEXT, "razon", "What proves it, or the first thing that it lacks", "Qué lo prueba, o lo primero que le falta", required=True, values=(*PROOFS, *UNVERIFIED))

_FACETS_ES = {"value": "valor", "sign": "signo", "label": "etiqueta", "kind": "dinero", "unit": "unidad", "time": "ejercicio", "body": "ente", "stage": "momento", "seen": "visible"}
BASIS_COLUMNS = tuple(
    Column(f"{facet}_basis", TEXT, f"base_{_FACETS_ES[facet]}", f"{term.en}: on what it rests; null: on nothing", f"{term.es}: en qué se apoya; nulo: en nada", values=tuple(BASES))
    for facet, term in FACETS.items()
)
# The facets that a table or a column decides, for all of its amounts.
FACETS_OF_COLUMNS = ("kind", "unit", "time", "body", "stage")

GOVERNMENT = Table(
    "core.government", "gobiernos", "Governments and public bodies", "Gobiernos y entes públicos", ("government_id",),
    (
        Column("government_id", TEXT, "gobierno_id", GOVERNMENT_ID.description, GOVERNMENT_ID.descripcion, required=True),
        Column("name", TEXT, "nombre", "Name", "Nombre", required=True),
        Column("level", TEXT, "orden", "federal, state, municipality or body", "federal, state (estado), municipality (municipio) o body (ente)", required=True, values=("federal", "state", "municipality", "body")),
        Column("parent_id", TEXT, "superior_id", "Government it belongs to", "Gobierno al que pertenece"),
        Column("inegi_key", TEXT, "clave_inegi", "INEGI key of the state or municipality", "Clave INEGI del estado o municipio"),
        Column("source", TEXT, "fuente", "Where the name and key come from", "De dónde vienen nombre y clave"),
    ),
)

DOCUMENT = Table(
    "core.document", "documentos", "One row per document of the catalogue, read or refused",
    "Un renglón por documento del catálogo, leído o rechazado", ("document_id",),
    (
        DOCUMENT_ID,
        Column("sha256", TEXT, "sha256", "Hash of the archived bytes", "Huella de los bytes archivados"),
        GOVERNMENT_ID,
        Column("title", TEXT, "titulo", "Title of the document", "Título del documento"),
        Column("kind", TEXT, "tipo", "Kind of document", "Tipo de documento", values=tuple(DOCUMENT_KINDS)),
        FISCAL_YEAR,
        Column("period_start", DATE, "periodo_inicio", "First day the amounts cover", "Primer día que cubren los importes"),
        Column("period_end", DATE, "periodo_fin", "Last day the amounts cover", "Último día que cubren los importes"),
        Column("period_status", TEXT, "estatus", "preliminary or final, where the source says so", "preliminar o definitivo, si la fuente lo dice", values=("preliminary", "final")),
        Column("perimeter", TEXT, "perimetro", "Which bodies the document covers, in the catalogue's words", "Qué entes cubre el documento, según el catálogo"),
        Column("citable", BOOL, "citable", "False for secondary datasets and for copies typeset by the project", "Falso para bases secundarias y copias compuestas por el proyecto"),
        Column("origin", TEXT, "origen", "Address or file the bytes came from", "Dirección o archivo de donde vienen los bytes"),
        Column("obtained_at", TIMESTAMP, "obtenido_en", "When the bytes were obtained", "Cuándo se obtuvieron los bytes"),
        Column("obtained_how", TEXT, "obtenido_como", "portal, request, file or typeset; request folio if any", "portal, solicitud, archivo o compuesto; folio si lo hay"),
        Column("outcome", TEXT, "resultado", "What became of the document", "Qué resultó del documento", required=True, values=tuple(OUTCOMES)),
        Column("message", TEXT, "mensaje_en", "What was expected and found, and what to do, in English", "Qué se esperaba, qué se halló y qué hacer, en inglés"),
        Column("mensaje", TEXT, "mensaje", "What was expected and found, and what to do, in Spanish", "Qué se esperaba, qué se halló y qué hacer, en español"),
        Column("supersedes", TEXT, "sustituye_a", "Document that this one replaces", "Documento al que este sustituye"),
        Column("superseded_by", TEXT, "sustituido_por", "Newer document that replaces this one", "Documento más nuevo que sustituye a este"),
        Column("pages", INT, "paginas", "Pages or sheets", "Páginas u hojas"),
        Column("lines", INT, "lineas", "Lines read", "Líneas leídas"),
        Column("amounts", INT, "importes", "Amounts read", "Importes leídos"),
        Column("verified", INT, "verificados", "Amounts verified", "Importes verificados"),
        Column("numeric_words", INT, "palabras_numericas", "Numeric words or cells on all pages", "Palabras o celdas numéricas en todas las páginas"),
        Column("excluded", INT, "excluidas", "Of these, excluded with a reason", "De ellas, excluidas con su razón"),
    ),
)

CORE_TABLE = Table(
    "core.table", "vistas", "One row per printed table: which view of which budget it is",
    "Un renglón por tabla impresa: qué vista de qué presupuesto es", ("document_id", "table"),
    (
        DOCUMENT_ID, TABLE_REQUIRED,
        Column("title", TEXT, "titulo", "Title of the table", "Título de la tabla"),
        Column("classification", TEXT, "clasificacion", "By what the table splits the money", "Según qué reparte el dinero la tabla", required=True, values=tuple(CLASSIFICATIONS)),
        Column("page_first", TEXT, "primera_pagina", "First page or sheet", "Primera página u hoja"),
        Column("page_last", TEXT, "ultima_pagina", "Last page or sheet", "Última página u hoja"),
        MULTIPLIER,
        Column("unit_text", TEXT, "unidad_texto", "The words that say the unit, as printed", "Las palabras que dicen la unidad, tal como están impresas"),
        Column("scope", TEXT, "alcance", "whole: the whole budget of its perimeter; part: a cut of it", "whole: todo el presupuesto de su perímetro; part: un corte de él", values=("whole", "part")),
        Column("lines", INT, "lineas", "Lines", "Líneas"),
        Column("total", MONEY, "total", "Printed total of its first stage, where it has one", "Total impreso de su primer momento, si lo tiene", unit="pesos"),
    ),
)

LINE = Table(
    "core.line", "lineas", "One row per budget line, with its place, hierarchy and classification codes",
    "Un renglón por línea presupuestal, con su lugar, jerarquía y claves", ("line_id",),
    (
        LINE_ID, DOCUMENT_ID, TABLE_REQUIRED,
        Column("row", INT, "renglon", ROW.description, ROW.descripcion, required=True),
        PAGE,
        Column("printed_page", TEXT, "pagina_impresa", "Page number as printed on it", "Número impreso en la página"),
        PLACE, GOVERNMENT_ID, FISCAL_YEAR, LINE_DATE,
        Column("label", TEXT, "etiqueta", "Label as printed", "Etiqueta tal como está impresa"),
        Column("name", TEXT, "nombre", "Label without its code", "Etiqueta sin su clave"),
        Column("code", TEXT, "clave", "Code as printed", "Clave tal como está impresa"),
        Column("parent_line_id", TEXT, "linea_superior_id", "Line that contains this one", "Línea que contiene a esta"),
        Column("depth", INT, "nivel", "Depth in the hierarchy, from 0", "Nivel en la jerarquía, desde 0"),
        Column("row_kind", TEXT, "tipo_renglon", "detail, subtotal, total or memo; sums use details only", "detalle, subtotal, total o informativo; solo se suman detalles", required=True, values=tuple(ROW_KINDS)),
        Column("classification", TEXT, "clasificacion", "What this line is a class of", "De qué clasificación es esta línea", required=True, values=tuple(CLASSIFICATIONS)),
        Column("object_code", TEXT, "objeto", "COG code: 1 digit capítulo, 2 concepto, 3 partida genérica, 4-5 partida específica", "Clave COG: 1 dígito capítulo, 2 concepto, 3 partida genérica, 4-5 partida específica"),
        Column("function_code", TEXT, "funcion", "CFG code: 1 digit finalidad, 2 función, 3 subfunción", "Clave CFG: 1 dígito finalidad, 2 función, 3 subfunción"),
        Column("administrative_code", TEXT, "clave_administrativa", "Code of the spending body, as printed", "Clave del ente que gasta, tal como está impresa"),
        Column("administrative_name", TEXT, "ente", "Name of the spending body", "Nombre del ente que gasta"),
        Column("programme_code", TEXT, "programa", "Programme or project code", "Clave de programa o proyecto"),
        Column("economic_type", TEXT, "tipo_gasto", "Type of expenditure (1-5)", "Tipo de gasto (1-5)"),
        Column("funding_source", TEXT, "fuente_financiamiento", "Source of funding", "Fuente de financiamiento"),
        HIDDEN,
    ),
)

AMOUNT = Table(
    "core.amount", "importes", "One row per amount: line × column, exact, with its proof or the reason it has none",
    "Un renglón por importe: línea × columna, exacto, con su prueba o la razón de no tenerla", ("line_id", "column"),
    (
        LINE_ID, DOCUMENT_ID,
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        Column("header", TEXT, "encabezado", "Header of the column as printed", "Encabezado de la columna tal como está impreso"),
        STAGE, FISCAL_YEAR, PAGE, PLACE, SOURCE_TEXT, MULTIPLIER,
        Column("amount", MONEY, "importe", "The amount; null where the text cannot be read as one", "El importe; nulo si el texto no se puede leer como tal", unit="pesos"),
        VERIFIED, REASON,
        Column("correction_id", TEXT, "correccion_id", "Declared correction that was applied", "Corrección declarada que se aplicó"),
        *BASIS_COLUMNS,
    ),
)

BASIS = Table(
    "core.basis", "bases", "One row per column of amounts and facet that it decides: on what kind, unit, year, body and stage rest, and where that is printed",
    "Un renglón por columna de importes y faceta que decide: en qué se apoyan dinero, unidad, ejercicio, ente y momento, y dónde está impreso", ("document_id", "table", "column", "facet"),
    (
        DOCUMENT_ID, TABLE_REQUIRED,
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        Column("facet", TEXT, "faceta", "What rests on it", "Qué se apoya en ello", required=True, values=FACETS_OF_COLUMNS),
        Column("basis", TEXT, "base", "On what; null: on nothing", "En qué; nulo: en nada", values=tuple(BASES)),
        Column("page", TEXT, "pagina", "Page or sheet of the words; null where they are not printed", "Página u hoja de las palabras; nulo si no están impresas"),
        PLACE,
        Column("text", TEXT, "texto", "The words, as printed or declared", "Las palabras, tal como están impresas o declaradas"),
    ),
)

RECONCILIATION = Table(
    "core.reconciliation", "conciliaciones", "One row per sum or identity that was tried, and whether it holds",
    "Un renglón por suma o identidad probada, y si cuadra", ("reconciliation_id",),
    (
        Column("reconciliation_id", TEXT, "conciliacion_id", "document:table:row:column:kind", "documento:tabla:renglón:columna:tipo", required=True),
        DOCUMENT_ID, TABLE_REQUIRED, LINE_ID, PAGE,
        Column("kind", TEXT, "tipo", "Kind of proof", "Tipo de prueba", required=True, values=tuple(RECONCILIATIONS)),
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion),
        Column("stage", TEXT, "momento", STAGE.description, STAGE.descripcion, values=tuple(STAGES)),
        Column("printed", MONEY, "impreso", "Amount printed", "Importe impreso", unit="pesos"),
        Column("computed", MONEY, "calculado", "Amount the others add up to", "Importe que suman los demás", unit="pesos"),
        Column("difference", MONEY, "diferencia", "Printed less computed", "Impreso menos calculado", unit="pesos"),
        Column("terms", INT, "terminos", "Number of amounts added", "Número de importes sumados"),
        Column("formula", TEXT, "formula", "What was compared, in words", "Qué se comparó, en palabras"),
        Column("outcome", TEXT, "resultado", "Whether it holds", "Si cuadra", required=True, values=tuple(RECONCILIATION_OUTCOMES)),
        Column("explanation", TEXT, "explicacion", "Where it does not hold: whose error it is", "Si no cuadra: de quién es el error", values=tuple(EXPLANATIONS)),
        Column("evidence", TEXT, "evidencia", "What shows that the source errs: the figures were read as printed", "Qué muestra que el error es de la fuente: las cifras se leyeron como están impresas"),
    ),
)

CORRECTION = Table(
    "core.correction", "correcciones", "Declared corrections of the sources, applied or expired",
    "Correcciones declaradas a las fuentes, aplicadas o vencidas", ("correction_id",),
    (
        Column("correction_id", TEXT, "correccion_id", "Name of the correction", "Nombre de la corrección", required=True),
        DOCUMENT_ID,
        Column("page", TEXT, "pagina", PAGE.description, PAGE.descripcion),
        Column("label", TEXT, "etiqueta", "Label of the line it corrects", "Etiqueta de la línea que corrige"),
        Column("header", TEXT, "encabezado", "Header of the column it corrects", "Encabezado de la columna que corrige"),
        Column("printed", TEXT, "impreso", "Text as printed", "Texto tal como está impreso"),
        Column("corrected", TEXT, "corregido", "Text it should be", "Texto que debería ser"),
        Column("reason", TEXT, "razon", "Why, with the evidence", "Por qué, con la evidencia"),
        Column("outcome", TEXT, "resultado", "applied, expired (the source no longer prints that) or unused", "applied (aplicada), expired (la fuente ya no lo imprime) o unused (sin uso)", required=True, values=("applied", "expired", "unused")),
    ),
)

PROPOSAL = Table(
    "core.proposal", "propuestas", "What a printed or misread figure should be, as the sums prove; never applied by itself",
    "Lo que debería decir una cifra mal impresa o mal leída, según prueban las sumas; nunca se aplica sola", ("line_id", "column"),
    (
        LINE_ID, DOCUMENT_ID, TABLE_REQUIRED, PAGE,
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        STAGE, SOURCE_TEXT,
        Column("printed", MONEY, "impreso", "The amount as read; null where the text is not one", "El importe leído; nulo si el texto no lo es", unit="pesos"),
        Column("proposed", MONEY, "propuesto", "The only amount with which the failing sums hold", "El único importe con el que cuadran las sumas que fallan", required=True, unit="pesos"),
        Column("sums", INT, "sumas", "How many sums fail as read and hold with it", "Cuántas sumas fallan con lo leído y cuadran con él", required=True),
        Column("evidence", TEXT, "evidencia", "Those sums, with page and figures", "Esas sumas, con página y cifras", required=True),
    ),
)

EXCLUSION = Table(
    "core.exclusion", "exclusiones", "How many numeric words of each document were excluded, by reason",
    "Cuántas palabras numéricas de cada documento se excluyeron, por razón", ("document_id", "reason"),
    (
        DOCUMENT_ID,
        Column("reason", TEXT, "razon", "Why they are not amounts", "Por qué no son importes", required=True),
        Column("words", INT, "palabras", "Numeric words or cells", "Palabras o celdas numéricas", required=True),
        Column("share", RATIO, "proporcion", "Share of the document's numeric words", "Proporción de las palabras numéricas del documento"),
        Column("example", TEXT, "ejemplo", "One of them, as printed", "Una de ellas, tal como está impresa"),
    ),
)

CODE = Table(
    "core.code", "claves", "Codebooks: object (COG) and function (CFG) of expenditure",
    "Clasificadores: objeto (COG) y función (CFG) del gasto", ("classification", "code"),
    (
        Column("classification", TEXT, "clasificacion", "Which codebook", "Qué clasificador", required=True, values=("object", "function")),
        Column("code", TEXT, "clave", "Code", "Clave", required=True),
        Column("name", TEXT, "nombre", "Name", "Nombre", required=True),
        Column("parent", TEXT, "superior", "Code that contains it", "Clave que la contiene"),
        Column("level", TEXT, "nivel", "Level, in CONAC's words", "Nivel, en palabras del CONAC"),
        Column("source", TEXT, "fuente", "Where the name comes from", "De dónde viene el nombre"),
    ),
)

BUDGET = (GOVERNMENT, DOCUMENT, CORE_TABLE, LINE, AMOUNT, BASIS, RECONCILIATION, PROPOSAL, CORRECTION, EXCLUSION, CODE)
