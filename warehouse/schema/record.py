"""The `out` tables that follow sentences and editions: claims, affordability cards, and what changed since a release.

Comparisons of one release belong to `out`; closed vocabularies to `vocabulary`.
"""

from warehouse.schema.causes import CAUSES, CHANGES
from warehouse.schema.columns import CITABLE, GOVERNMENT_NAME, PUBLISHABLE
from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID
from warehouse.schema.measures import PRACTICES
from warehouse.schema.model import BOOL, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.vocabulary import CLAIM_OUTCOMES, CLAIM_STATUSES, EVIDENCE, ITEMS, REFUSALS, STAGES

_REFUSALS = Column("refusals", TEXT, "rechazos", "Why there is no figure: codes joined by ';'. Codes: " + ", ".join(REFUSALS), "Por qué no hay cifra: claves unidas por ';'. Claves: " + ", ".join(REFUSALS))
_CITABLE = Column("citable", BOOL, "citable", "False where an operand comes from a secondary dataset or a typeset copy, or no document was seen", "Falso si un operando viene de una base secundaria o de una copia compuesta, o si no se vio documento")
_SOURCES = Column("sources", TEXT, "fuentes", "Sources of the figures used", "Fuentes de las cifras usadas")
_SIGN = ("negative", "zero", "positive")

CLAIM = Table(
    "out.claim", "afirmaciones", "Published sentences, recomputed: what this release says of them, and whether they held, moved or flipped",
    "Frases publicadas, vueltas a calcular: lo que esta edición dice de ellas, y si se sostienen, se movieron o cambiaron de signo", ("claim_id",),
    (
        Column("claim_id", TEXT, "afirmacion_id", "Name of the claim", "Nombre de la afirmación", required=True),
        Column("text", TEXT, "texto_publicado", "The sentence as published", "La frase tal como se publicó", required=True),
        Column("texto", TEXT, "texto", "The sentence in Spanish", "La frase en español", required=True),
        Column("status", TEXT, "estado", "claimed, document_seen or reconciled", "claimed (afirmado), document_seen (documento visto) o reconciled (conciliado)", required=True, values=tuple(CLAIM_STATUSES)),
        GOVERNMENT_ID, FISCAL_YEAR,
        Column("outcome", TEXT, "resultado", "Against the previous release, or the published figure the first time: " + "; ".join(f"{code}: {word.en}" for code, word in CLAIM_OUTCOMES.items()), "Frente a la edición anterior, o a la cifra publicada la primera vez: " + "; ".join(f"{code}: {word.es}" for code, word in CLAIM_OUTCOMES.items()), required=True, values=tuple(CLAIM_OUTCOMES)),
        Column("amount", MONEY, "importe", "The figure now, in pesos of the day", "La cifra ahora, en pesos corrientes", unit="pesos"),
        Column("sign", TEXT, "signo", "Sign of the figure now", "Signo de la cifra ahora", values=_SIGN),
        Column("published_amount", MONEY, "importe_publicado", "The figure as published, in pesos of the day", "La cifra tal como se publicó, en pesos corrientes", unit="pesos"),
        Column("published_sign", TEXT, "signo_publicado", "Sign that the sentence says", "Signo que la frase afirma", values=_SIGN),
        Column("previous_amount", MONEY, "importe_anterior", "The figure it is compared with: of the previous release, or the published one", "La cifra con que se compara: de la edición anterior, o la publicada", unit="pesos"),
        Column("previous_release", INT, "edicion_anterior", "Release it is compared with; null where it is the published figure", "Edición con que se compara; nulo si es la cifra publicada"),
        Column("causes", TEXT, "causas", "Why it differs: codes joined by ';'. Codes: " + ", ".join(CAUSES), "Por qué difiere: claves unidas por ';'. Claves: " + ", ".join(CAUSES)),
        Column("reason", TEXT, "razon_en", "Why it differs, in English", "Por qué difiere, en inglés"),
        Column("razon", TEXT, "razon", "Why it differs, in Spanish", "Por qué difiere, en español"),
        Column("real_amount", MONEY, "importe_real", "The figure now, in pesos of the base year", "La cifra ahora, en pesos del año base", unit="pesos"),
        Column("price_base", INT, "año_base", "Base year of the real amount", "Año base del importe real"),
        Column("share_of_basket", RATIO, "proporcion_canasta", "The figure over the basket of the same government and year, where a document supports it", "La cifra entre la canasta del mismo gobierno y año, si un documento la sostiene"),
        Column("share_of_health", RATIO, "proporcion_salud", "The figure over health of the same government and year, where a document supports it", "La cifra entre salud del mismo gobierno y año, si un documento la sostiene"),
        Column("basis", TEXT, "base", "documents: recomputed from lines; figure: a sourced figure, no document read gives it", "documents: calculada de líneas; figure: cifra con fuente, ningún documento leído la da", values=("documents", "figure")),
        Column("verified", BOOL, "verificado", "Every operand is a verified amount of a document", "Todos los operandos son importes verificados de un documento", required=True),
        Column("operands", TEXT, "operandos", "Each operand with its amount, joined by '; '", "Cada operando con su importe, unidos por '; '"),
        Column("line_ids", TEXT, "lineas", "Lines of the operands, joined by ';'", "Líneas de los operandos, unidas por ';'"),
        Column("finding", TEXT, "hallazgo_en", "What this release says, in English", "Lo que dice esta edición, en inglés", required=True),
        Column("hallazgo", TEXT, "hallazgo", "What this release says, in Spanish", "Lo que dice esta edición, en español", required=True),
        _SOURCES, _CITABLE, PUBLISHABLE, _REFUSALS,
    ),
)

AFFORDABILITY = Table(
    "out.affordability", "alcance", "What a year of money is beside a year of a need: one row per card × government × money × reading (low, mid, high: one service, uncertain inputs)",
    "Cuánto es un año de un dinero frente a un año de una necesidad: un renglón por ficha × gobierno × dinero × lectura (baja, media, alta: un solo servicio con datos inciertos)", ("card_id", "government_id", "money_id", "reading"),
    (
        Column("card_id", TEXT, "ficha_id", "Card", "Ficha", required=True),
        Column("card", TEXT, "ficha", "What the card asks, in Spanish", "Qué pregunta la ficha", required=True),
        Column("government_id", TEXT, "gobierno_id", GOVERNMENT_ID.description, GOVERNMENT_ID.descripcion, required=True),
        GOVERNMENT_NAME,
        Column("money_id", TEXT, "dinero_id", "Which money (X)", "Qué dinero (X)", required=True),
        Column("money", TEXT, "dinero", "What the money is", "Qué dinero es", required=True),
        Column("nature", TEXT, "naturaleza", "one_off: spent once, against a need that returns every year; recurrent: spent every year", "one_off: se gastó una vez, frente a una necesidad que vuelve cada año; recurrent: se gasta cada año", required=True, values=("one_off", "recurrent")),
        Column("reading", TEXT, "lectura", "low, mid or high: from the smallest need to the largest", "low, mid o high: de la necesidad menor a la mayor", required=True, values=("low", "mid", "high")),
        Column("persons", INT, "personas", "Persons", "Personas"),
        Column("dependants", RATIO, "dependientes", "Dependants of each person", "Dependientes de cada persona"),
        Column("unit_cost", MONEY, "costo_unitario", "Cost per person and year, in pesos of its own year", "Costo por persona y año, en pesos de su año", unit="pesos"),
        Column("unit_cost_year", INT, "costo_año", "Year of the unit cost", "Año del costo unitario"),
        Column("load", RATIO, "carga", "How many times the average cost a person refused for an illness is taken to cost", "Cuántas veces el costo promedio se supone que cuesta quien fue rechazado por una enfermedad"),
        Column("contributions", MONEY, "cuotas", "Contributions of a year per person and family that come off the need, in pesos of the base year; null: not known, and the need is gross", "Cuotas de un año por persona con su familia que se restan de la necesidad, en pesos del año base; nulo: no se conocen, y la necesidad es bruta", unit="pesos"),
        Column("need", MONEY, "necesidad_anual", "The need of one year: persons × ((1 + dependants) × unit cost × load − contributions), in pesos of the base year", "La necesidad de un año: personas × ((1 + dependientes) × costo unitario × carga − cuotas), en pesos del año base", unit="pesos"),
        Column("amount", MONEY, "importe_anual", "The money of one year, the average of its years; or, spent once, the money; in pesos of the base year", "El dinero de un año, promedio de sus años; o el dinero, si se gastó una vez; en pesos del año base", unit="pesos"),
        Column("amount_years", INT, "años_del_importe", "Years that the average is of", "Años de que es promedio"),
        Column("available_share", RATIO, "proporcion_disponible", "The part of that money that could stop being spent; null: not known, and all of it is set against the need", "La parte de ese dinero que podría dejar de gastarse; nulo: no se conoce, y se compara todo"),
        Column("price_base", INT, "año_base", "Base year of need and money", "Año base de la necesidad y del dinero"),
        Column("coverage", RATIO, "cobertura", "The money of a year (its available part, where known) over the need of a year: n years' need a year. Null by the percent rule", "El dinero de un año (su parte disponible, si se conoce) entre la necesidad de un año: cuántas necesidades anuales. Nulo por la regla de porcentajes"),
        Column("break_even_share", RATIO, "proporcion_de_equilibrio", "The part of that money that equals the need of a year; null where there is no coverage", "La parte de ese dinero que iguala la necesidad de un año; nulo donde no hay cobertura"),
        Column("break_even_unit_cost", MONEY, "costo_de_equilibrio", "Cost per person and year at which the money of a year equals the need of a year, in pesos of the base year; null where there is no coverage", "Costo por persona y año con el que el dinero de un año iguala la necesidad de un año, en pesos del año base; nulo donde no hay cobertura", unit="pesos"),
        Column("consultations", INT, "consultas", "What the money of a year equals in consultations of family medicine at the tariff of the IMSS of 2025; a scale, not a service", "A cuántas consultas de medicina familiar equivale el dinero de un año, a la tarifa del IMSS de 2025; una escala, no un servicio"),
        Column("insurer", TEXT, "asegurador", "Who insures the workers for medical care, by the register of insurers", "Quién asegura la atención médica de los trabajadores, según el registro de aseguradores"),
        Column("legal_basis", TEXT, "fundamento", "Article, court or commission, date and source, by the register", "Artículo, tribunal o comisión, fecha y fuente, según el registro"),
        Column("interval", TEXT, "intervalo_en", "The three readings in one sentence, in English", "Las tres lecturas en una oración, en inglés"),
        Column("intervalo", TEXT, "intervalo", "The three readings in one sentence, in Spanish", "Las tres lecturas en una oración, en español"),
        Column("sentence", TEXT, "oracion_en", "The result in a sentence, in English", "El resultado en una oración, en inglés", required=True),
        Column("oracion", TEXT, "oracion", "The result in a sentence, in Spanish", "El resultado en una oración, en español", required=True),
        Column("assumptions", TEXT, "supuestos", "Every input with its source and evidence, joined by '; '", "Cada dato con su fuente y evidencia, unidos por '; '", required=True),
        Column("counter_evidence", TEXT, "contraevidencia", "What speaks against the reading, joined by '; '", "Lo que habla en contra de la lectura, unido por '; '", required=True),
        Column("weakest_evidence", TEXT, "evidencia_mas_debil", "The weakest grade among the inputs", "El grado más débil entre los datos", values=tuple(EVIDENCE)),
        Column("line_ids", TEXT, "lineas", "Lines of the money, joined by ';'", "Líneas del dinero, unidas por ';'"),
        _CITABLE, PUBLISHABLE, _REFUSALS,
    ),
)

PRACTICE = Table(
    "out.practice", "practicas", "How the budget is spent, where the documents show it: whether \"current spending practices are inefficient\" can be said, one row per government and indicator, or that there are no data",
    "Cómo se ejerce el presupuesto, donde los documentos lo muestran: si puede decirse que «las prácticas de gasto son ineficientes», un renglón por gobierno e indicador, o que no hay datos", ("government_id", "indicator", "fiscal_year", "item"),
    (
        Column("government_id", TEXT, "gobierno_id", GOVERNMENT_ID.description, GOVERNMENT_ID.descripcion, required=True),
        GOVERNMENT_NAME,
        Column("indicator", TEXT, "indicador", "; ".join(f"{code}: {word.en}" for code, word in PRACTICES.items()), "; ".join(f"{code}: {word.es}" for code, word in PRACTICES.items()), required=True, values=tuple(PRACTICES)),
        FISCAL_YEAR,
        Column("item", TEXT, "concepto", "What was budgeted: health, events, advertising or total", "Lo presupuestado: health (salud), events (eventos), advertising (publicidad) o total", values=tuple(ITEMS)),
        Column("measured", BOOL, "medido", "Whether the documents of this edition give the indicator", "Si los documentos de esta edición dan el indicador", required=True),
        Column("budgeted", MONEY, "presupuestado", "Revised budget, or the approved one where it is not printed", "Presupuesto modificado, o el aprobado si aquel no se imprime", unit="pesos"),
        Column("spent", MONEY, "gastado", "What was accrued, exercised or paid of it", "Lo devengado, ejercido o pagado de él", unit="pesos"),
        Column("deviation", RATIO, "desviacion", "Spent over budgeted, less one: −0.10 is a tenth left unspent", "Gastado entre presupuestado, menos uno: −0.10 es un décimo sin gastar"),
        Column("line_ids", TEXT, "lineas", "Lines of both amounts, joined by ';'", "Líneas de ambos importes, unidas por ';'"),
        Column("sentence", TEXT, "oracion_en", "What can be said, in English", "Lo que puede decirse, en inglés", required=True),
        Column("oracion", TEXT, "oracion", "What can be said, in Spanish", "Lo que puede decirse, en español", required=True),
        CITABLE,
    ),
)

RELEASE_DIFFERENCE = Table(
    "out.release_difference", "erratas", "What differs from the previous release, line by line and attributed; a new or withdrawn document is one row",
    "Qué difiere de la edición anterior, línea por línea y con su causa; un documento nuevo o retirado es un renglón", ("difference_id",),
    (
        Column("difference_id", TEXT, "diferencia_id", "Name of the difference", "Nombre de la diferencia", required=True),
        Column("previous_release", INT, "edicion_anterior", "Release it is compared with", "Edición con que se compara", required=True),
        Column("change", TEXT, "cambio", "; ".join(f"{code}: {word.en}" for code, word in CHANGES.items()), "; ".join(f"{code}: {word.es}" for code, word in CHANGES.items()), required=True, values=tuple(CHANGES)),
        Column("cause", TEXT, "causa", "; ".join(f"{code}: {word.en}" for code, word in CAUSES.items()), "; ".join(f"{code}: {word.es}" for code, word in CAUSES.items()), required=True, values=tuple(CAUSES)),
        Column("fields", TEXT, "campos", "What differs, joined by ';': amount, stage, classes, kind, verification, label", "Qué difiere, unido por ';': importe, momento, clases, tipo, verificación, etiqueta"),
        Column("document_id", TEXT, "documento_id", "Document now (of the previous release, where it is gone)", "Documento ahora (el de la edición anterior, si ya no está)", required=True),
        Column("previous_document_id", TEXT, "documento_anterior_id", "Document in the previous release", "Documento en la edición anterior"),
        Column("line_id", TEXT, "linea_id", "Line now", "Línea ahora"),
        Column("previous_line_id", TEXT, "linea_anterior_id", "Line in the previous release", "Línea en la edición anterior"),
        GOVERNMENT_ID, FISCAL_YEAR,
        Column("stage", TEXT, "momento", "Budget stage (legal name)", "Momento contable (nombre legal)", values=tuple(STAGES)),
        Column("label", TEXT, "etiqueta", "Label as printed", "Etiqueta tal como está impresa"),
        Column("amount", MONEY, "importe", "Amount now", "Importe ahora", unit="pesos"),
        Column("previous_amount", MONEY, "importe_anterior", "Amount in the previous release", "Importe en la edición anterior", unit="pesos"),
        Column("difference", MONEY, "diferencia", "Now less before", "Ahora menos antes", unit="pesos"),
        Column("amounts", INT, "importes", "Amounts concerned: 1 for a line, all of them for a document", "Importes de que se trata: 1 si es una línea, todos si es un documento"),
        Column("before", TEXT, "antes", "What it said, where that is not the amount", "Lo que decía, si no es el importe"),
        Column("after", TEXT, "ahora", "What it says now, where that is not the amount", "Lo que dice ahora, si no es el importe"),
        Column("claims", TEXT, "afirmaciones", "Claims whose operands this concerns, joined by ';'", "Afirmaciones a cuyos operandos afecta, unidas por ';'"),
    ),
)
