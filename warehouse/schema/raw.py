"""The `raw` tables: what is printed and where, one partition per document, nothing interpreted.

`raw.number` is the accounting of promise P2: every numeric word or cell stands there exactly once, either in a row
and column of a table or excluded with a reason.
"""

from warehouse.schema.ledger_terms import CELL_EXCLUSIONS, CELL_TYPES, LEDGERS
from warehouse.schema.model import BOOL, INT, RATIO, TEXT, Column, Table
from warehouse.schema.vocabulary import EXCLUSIONS, OUTCOMES, PAGE_KINDS, TEXT_KINDS

DOCUMENT_ID = Column("document_id", TEXT, "documento_id", "Document, as named in the catalogue", "Documento, según el catálogo", required=True)
PAGE = Column("page", TEXT, "pagina", "PDF page number from 1, or sheet name", "Número de página del PDF desde 1, o nombre de la hoja", required=True)
PLACE = Column("place", TEXT, "lugar", "Box in points from the top left (x0,top,x1,bottom), or cell (B7)", "Recuadro en puntos desde arriba a la izquierda (x0,arriba,x1,abajo), o celda (B7)")
TABLE = Column("table", INT, "tabla", "Number of the table in the document, from 1", "Número de la tabla en el documento, desde 1")
ROW = Column("row", INT, "renglon", "Number of the row in the table, from 1", "Número del renglón en la tabla, desde 1")
COLUMN = Column("column", INT, "columna", "Number of the amount column in the table, from 1", "Número de la columna de importes en la tabla, desde 1")
SOURCE_TEXT = Column("source_text", TEXT, "texto_fuente", "The text exactly as printed or stored", "El texto tal como está impreso o guardado", required=True)
HIDDEN = Column("hidden", BOOL, "oculto", "In a hidden row, column or sheet", "En un renglón, columna u hoja oculta")

TABLE_REQUIRED = Column("table", INT, "tabla", TABLE.description, TABLE.descripcion, required=True)

RAW_DOCUMENT = Table(
    "raw.document", "lectura", "One row per document: what became of it when it was read",
    "Un renglón por documento: qué resultó de leerlo", ("document_id",),
    (
        DOCUMENT_ID,
        Column("sha256", TEXT, "sha256", "Hash of the archived bytes", "Huella de los bytes archivados", required=True),
        Column("format", TEXT, "formato", "Format found in the bytes (pdf, xlsx, xls, ods, csv…)", "Formato hallado en los bytes (pdf, xlsx, xls, ods, csv…)"),
        Column("outcome", TEXT, "resultado", "What became of the document", "Qué resultó del documento", required=True, values=tuple(OUTCOMES)),
        Column("message", TEXT, "mensaje_en", "What was expected and found, and what to do, in English", "Qué se esperaba, qué se halló y qué hacer, en inglés"),
        Column("mensaje", TEXT, "mensaje", "What was expected and found, and what to do, in Spanish", "Qué se esperaba, qué se halló y qué hacer, en español"),
        Column("pages", INT, "paginas", "Pages or sheets in the document", "Páginas u hojas del documento"),
        Column("reader", TEXT, "lector", "Fingerprint of the reading code", "Huella del código de lectura"),
    ),
)

RAW_PAGE = Table(
    "raw.page", "paginas", "One row per page or sheet, with its quality and its count of numeric words",
    "Un renglón por página u hoja, con su calidad y su cuenta de palabras numéricas", ("document_id", "page"),
    (
        DOCUMENT_ID,
        PAGE,
        Column("position", INT, "posicion", "Order of the page in the document, from 1", "Orden de la página en el documento, desde 1", required=True),
        Column("printed_page", TEXT, "pagina_impresa", "Page number as printed on it", "Número impreso en la página"),
        Column("kind", TEXT, "tipo", "What the page is", "Qué es la página", required=True, values=tuple(PAGE_KINDS)),
        Column("width", RATIO, "ancho", "Width in points (columns of a sheet)", "Ancho en puntos (columnas de la hoja)"),
        Column("height", RATIO, "alto", "Height in points (rows of a sheet)", "Alto en puntos (renglones de la hoja)"),
        HIDDEN,
        Column("words", INT, "palabras", "Words (or filled cells) on the page", "Palabras (o celdas con contenido) en la página"),
        Column("numeric_words", INT, "palabras_numericas", "Of these, words with digits or standing for an amount", "De ellas, las que tienen cifras o hacen de importe"),
        Column("message", TEXT, "mensaje", "What could not be read, and what to do", "Qué no se pudo leer y qué hacer"),
    ),
)

RAW_TABLE = Table(
    "raw.table", "tablas", "One row per printed table; a table that runs over pages is one table",
    "Un renglón por tabla impresa; la que sigue en varias páginas es una sola", ("document_id", "table"),
    (
        DOCUMENT_ID, TABLE_REQUIRED,
        Column("title", TEXT, "titulo", "Title lines above the table", "Título sobre la tabla"),
        Column("context", TEXT, "contexto", "All text above the table on its first page, one line each (government, period, unit)", "Todo el texto sobre la tabla en su primera página, una línea por renglón (gobierno, periodo, unidad)"),
        Column("page_first", TEXT, "primera_pagina", "First page or sheet", "Primera página u hoja"),
        Column("page_last", TEXT, "ultima_pagina", "Last page or sheet", "Última página u hoja"),
        Column("method", TEXT, "metodo", "How it was found: ruled, aligned, sheet, csv, ocr", "Cómo se halló: rayada, alineada, hoja, csv, ocr"),
    ),
)

RAW_COLUMN = Table(
    "raw.column", "columnas", "One row per amount column of a table, with its header",
    "Un renglón por columna de importes de una tabla, con su encabezado", ("document_id", "table", "column"),
    (
        DOCUMENT_ID, TABLE_REQUIRED,
        Column("column", INT, "columna", COLUMN.description, COLUMN.descripcion, required=True),
        Column("header", TEXT, "encabezado", "Header text; levels of a stacked header joined by ' | ' from the top", "Texto del encabezado; los niveles de un encabezado apilado se unen con ' | ' de arriba abajo"),
        Column("place", TEXT, "lugar", PLACE.description, PLACE.descripcion),
        HIDDEN,
        Column("witness", TEXT, "testigo", "The header's own words as a second OCR reader saw them", "Las palabras del encabezado según un segundo lector de OCR"),
    ),
)

RAW_ROW = Table(
    "raw.row", "renglones", "One row per printed row of a table, with its label",
    "Un renglón por renglón impreso de una tabla, con su etiqueta", ("document_id", "table", "row"),
    (
        DOCUMENT_ID, TABLE_REQUIRED,
        Column("row", INT, "renglon", ROW.description, ROW.descripcion, required=True),
        PAGE, PLACE,
        Column("label", TEXT, "etiqueta", "The row's label as printed: its label cells joined by a space, lines unwrapped", "La etiqueta tal como está impresa: sus celdas unidas por un espacio, sin saltos de línea"),
        Column("label_cells", TEXT, "celdas_etiqueta", "The label cells as a JSON list of [header, text]", "Las celdas de la etiqueta como lista JSON de [encabezado, texto]"),
        Column("indent", RATIO, "sangria", "Left edge of the label in points, or indent level plus column of a cell", "Borde izquierdo de la etiqueta en puntos, o nivel de sangría más columna de la celda"),
        Column("bold", BOOL, "negrita", "The label is bold", "La etiqueta está en negritas"),
        HIDDEN,
        Column("witness", TEXT, "testigo", "The words of the label cells as a second OCR reader saw them; � where ink that nobody read, or a line that may be of the label, stands beside one", "Las palabras de las celdas de la etiqueta según un segundo lector de OCR; � donde junto a una hay tinta que nadie leyó, o un renglón que puede ser de la etiqueta"),
    ),
)

RAW_NUMBER = Table(
    "raw.number", "numeros", "One row per numeric word or cell: in a table's row and column, or excluded with a reason",
    "Un renglón por palabra o celda numérica: en renglón y columna de una tabla, o excluida con su razón", ("document_id", "page", "number"),
    (
        DOCUMENT_ID, PAGE,
        Column("number", INT, "numero", "Order of the word on its page, from 1", "Orden de la palabra en su página, desde 1", required=True),
        SOURCE_TEXT, PLACE, TABLE, ROW, COLUMN,
        Column("exclusion", TEXT, "exclusion", "Why it is not an amount; null where it stands in a table's amount column", "Por qué no es un importe; nulo si está en una columna de importes", values=tuple(EXCLUSIONS)),
        Column("flag", TEXT, "senal", "What weakens it: formula_without_value, formula_computed, error_cell, hidden, not_visible, struck_out, ocr, text_number, sign_unclear, header_unsure, label_unsure", "Qué la debilita: formula_without_value, formula_computed, error_cell, hidden, not_visible, struck_out, ocr, text_number, sign_unclear, header_unsure, label_unsure"),
        Column("confidence", RATIO, "confianza", "Confidence of the OCR, from 0 to 1", "Confianza del OCR, de 0 a 1"),
        Column("recognised", TEXT, "reconocido", "What the OCR recognised, where source_text sets it right or takes the second reader's text", "Lo que el OCR reconoció, cuando texto_fuente lo endereza o toma el texto del segundo lector"),
        Column("witness", TEXT, "testigo", "The same figure as a second OCR reader saw it, or of a dash of zero its ink; � where ink that nobody read stands beside it", "La misma cifra según un segundo lector de OCR, o el guion de un cero según su tinta; � donde junto a ella hay tinta que nadie leyó"),
        Column("format", TEXT, "formato", "Number format of the cell, where it says more than how many digits: words, a currency, a scale", "Formato de número de la celda, si dice más que cuántos dígitos: palabras, una moneda, una escala"),
    ),
)

RAW_TEXT = Table(
    "raw.text", "textos", "One row per line of text that stands in no table and may say something of the numbers: unit, year, stage, body",
    "Un renglón por línea de texto que no está en ninguna tabla y puede decir algo de los números: unidad, año, momento, ente", ("document_id", "page", "line"),
    (
        DOCUMENT_ID, PAGE,
        Column("line", INT, "linea", "Order of the line on its page, from 1", "Orden de la línea en su página, desde 1", required=True),
        Column("kind", TEXT, "tipo", "Where the line stands", "Dónde está la línea", required=True, values=tuple(TEXT_KINDS)),
        Column("table", INT, "tabla", "Table that it is the title of, or stands over or under; null for the others", "Tabla de la que es título, o sobre o bajo la que está; nulo en las demás"),
        PLACE,
        Column("text", TEXT, "texto", "The line as printed; what a wide gap or the border of a cell parts is parted by two spaces", "La línea tal como está impresa; lo que separa un hueco ancho o el borde de una celda va separado por dos espacios", required=True),
    ),
)

RAW_RECORD = Table(
    "raw.record", "celdas_registro", "One row per filled cell of a ledger (contracts, payments, works, requests): typed, withheld or excluded with a reason",
    "Un renglón por celda con contenido de un registro (contratos, pagos, obras, solicitudes): con su tipo, reservada o excluida con su razón", ("document_id", "record", "field"),
    (
        DOCUMENT_ID,
        Column("record", INT, "ficha", "Number of the row of the ledger in the document, from 1", "Número del renglón del registro en el documento, desde 1", required=True),
        Column("field", TEXT, "campo", "What the cell is, in the profile's words; column_B where the profile does not know its header", "Qué es la celda, según el perfil; column_B si el perfil no conoce su encabezado", required=True),
        PAGE, PLACE,
        Column("profile_id", TEXT, "perfil_id", "Profile that the ledger was recognised by", "Perfil con el que se reconoció el registro", required=True),
        Column("ledger", TEXT, "registro", "What one row of it is", "Qué es cada renglón", required=True, values=tuple(LEDGERS)),
        Column("header", TEXT, "encabezado", "Header over the cell as printed", "Encabezado de la celda tal como está impreso"),
        Column("source_text", TEXT, "texto_fuente", "The text exactly as stored; null where it is withheld", "El texto tal como está guardado; nulo si se reserva"),
        Column("type", TEXT, "tipo", "As what it is read; null where it is withheld or excluded", "Como qué se lee; nulo si se reserva o se excluye", values=tuple(CELL_TYPES)),
        Column("withheld", BOOL, "reservada", "Data of a person, or a supplier not shown to be a company or public body", "Dato de una persona, o proveedor que no consta que sea empresa o ente público", required=True),
        Column("exclusion", TEXT, "exclusion", "Why it is not read", "Por qué no se lee", values=tuple(CELL_EXCLUSIONS)),
    ),
)

RAW = (RAW_DOCUMENT, RAW_PAGE, RAW_TABLE, RAW_COLUMN, RAW_ROW, RAW_NUMBER, RAW_TEXT, RAW_RECORD)
