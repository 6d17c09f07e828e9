"""The views of ledgers that hold numbers beside each other: rates of procedures, routes of money, series of indicators, items of a questionnaire.

Each row says by `refusals` why it has no number, by `caveats` what must be said beside it, and whether it may be cited. What a single
row of a ledger says is in `ledgers` and `oversight`.
"""

from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID
from warehouse.schema.ledger_terms import ITEM_OUTCOMES, METHODS, RATE_MEASURES, ROUTE_FUNDS, ROUTE_LEGS, SENSES
from warehouse.schema.ledgers import PERIOD_END
from warehouse.schema.model import BOOL, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.raw import DOCUMENT_ID

REFUSALS = Column("refusals", TEXT, "rechazos", "Why there is no number: codes of the vocabulary ledger_refusal joined by ';'", "Por qué no hay número: claves del vocabulario ledger_refusal unidas por ';'")
CAVEATS = Column("caveats", TEXT, "salvedades", "What must be said beside it: codes of the vocabulary ledger_caveat joined by ';'", "Lo que debe decirse al lado: claves del vocabulario ledger_caveat unidas por ';'")
CITABLE = Column("citable", BOOL, "citable", "Its documents may be cited and nothing is refused", "Sus documentos se pueden citar y nada se rechaza", required=True)
TOLD = (REFUSALS, CAVEATS, CITABLE)
_BODY = Column("body", TEXT, "ente", "Body, as printed", "Ente, tal como está impreso")


def _pesos(name: str, es: str, description: str, descripcion: str) -> Column:
    return Column(name, MONEY, es, description, descripcion, unit="pesos")


PROCEDURE_RATE = Table(
    "out.procedure_rate", "procedimientos_por_metodo", "One row per register, year, method and measure: how many procedures are of the method, had a single bid, were observed by citizens; registers are never added",
    "Un renglón por registro, ejercicio, método y medida: cuántos procedimientos son del método, tuvieron una sola proposición, los observaron ciudadanos; los registros nunca se suman", ("rate_id",),
    (
        Column("rate_id", TEXT, "tasa_id", "document:year:method:measure", "documento:ejercicio:metodo:medida", required=True),
        DOCUMENT_ID, GOVERNMENT_ID, FISCAL_YEAR,
        Column("method", TEXT, "metodo", "Procurement method (OCDS); all: every method together; other: the source's word is none of them", "Método de contratación (OCDS); all: todos juntos; other: la palabra de la fuente no es ninguno", required=True, values=(*METHODS, "other", "all")),
        Column("measure", TEXT, "medida", "What is counted", "Qué se cuenta", required=True, values=tuple(RATE_MEASURES)),
        Column("rows", INT, "renglones", "Rows of the register", "Renglones del registro", required=True),
        Column("counted", INT, "cuenta", "Procedures of which it holds; null where refused", "Procedimientos en que se cumple; nulo si se rechaza"),
        Column("of_procedures", INT, "de_procedimientos", "Procedures that it is counted among", "Procedimientos entre los que se cuenta"),
        Column("share", RATIO, "proporcion", "The one over the other", "La primera entre los segundos"),
        Column("reported", INT, "con_dato", "Procedures of which the register says it, yes or no", "Procedimientos de los que el registro lo dice, sí o no"),
        *TOLD,
    ),
)  # fmt: skip

MONEY_ROUTE = Table(
    "out.money_route", "ruta_del_dinero", "One row per government, year and leg of the route: what the giver says, what the receivers say, and how many of them said it",
    "Un renglón por gobierno, ejercicio y tramo de la ruta: lo que dice quien da, lo que dicen quienes reciben, y cuántos de ellos lo dijeron", ("route_id",),
    (
        Column("route_id", TEXT, "ruta_id", "government:year:leg:fund", "gobierno:ejercicio:tramo:fondo", required=True),
        GOVERNMENT_ID, FISCAL_YEAR,
        Column("leg", TEXT, "tramo", "From whom to whom", "De quién a quién", required=True, values=tuple(ROUTE_LEGS)),
        Column("fund", TEXT, "fondo", "Which money", "Qué dinero", required=True, values=tuple(ROUTE_FUNDS)),
        Column("giver_document_ids", TEXT, "documentos_de_quien_da", "Documents of the giver, joined by ';'", "Documentos de quien da, unidos por ';'"),
        _pesos("giver_says", "dice_quien_da", "What the giver says it gave", "Lo que quien da dice haber dado"),
        Column("receiver_document_ids", TEXT, "documentos_de_quien_recibe", "Documents of the receivers, joined by ';'", "Documentos de quienes reciben, unidos por ';'"),
        _pesos("receivers_say", "dicen_quienes_reciben", "What the receivers that were read say they got, added", "Lo que dicen haber recibido los receptores leídos, sumado"),
        Column("reported", INT, "reportan", "Receivers that say it", "Receptores que lo dicen"),
        Column("expected", INT, "esperados", "Receivers that there are", "Receptores que hay"),
        Column("coverage", RATIO, "cobertura", "Reported of expected", "Los que reportan entre los esperados"),
        _pesos("gap", "diferencia", "Receivers less giver; null where refused", "Receptores menos quien da; nulo si se rechaza"),
        *TOLD,
    ),
)  # fmt: skip

INDICATOR_SERIES = Table(
    "out.indicator_series", "serie_de_indicadores", "One row per indicator and period: target, result, what its own numbers give, and the money of its programme",
    "Un renglón por indicador y periodo: meta, resultado, lo que dan sus propios números, y el dinero de su programa", ("indicator_id",),
    (
        Column("indicator_id", TEXT, "indicador_id", "Indicator: document:record", "Indicador: documento:ficha", required=True),
        DOCUMENT_ID, GOVERNMENT_ID, FISCAL_YEAR, PERIOD_END, _BODY,
        Column("programme_code", TEXT, "programa", "Programme code", "Clave de programa"),
        Column("name", TEXT, "nombre", "Name", "Nombre"),
        Column("unit", TEXT, "unidad", "Unit as printed", "Unidad tal como está impresa"),
        Column("sense", TEXT, "sentido", "Which way is better", "Hacia dónde es mejor", required=True, values=tuple(SENSES)),
        Column("target", RATIO, "meta", "Target: the revised one where there is one", "Meta: la ajustada si la hay"),
        Column("result", RATIO, "resultado", "Result as printed", "Resultado tal como está impreso"),
        Column("recomputed", RATIO, "recalculado", "What numerator and denominator give by the formula", "Lo que dan numerador y denominador con la fórmula"),
        Column("agrees", BOOL, "coincide", "The printed result is the recomputed one; null where it cannot be recomputed", "El resultado impreso es el recalculado; nulo si no se puede recalcular"),
        Column("reached", BOOL, "alcanzada", "The result reaches the target in its sense; null where refused", "El resultado alcanza la meta en su sentido; nulo si se rechaza"),
        _pesos("programme_approved", "programa_aprobado", "Approved for its programme, as the register says", "Aprobado a su programa, según el registro"),
        _pesos("programme_revised", "programa_modificado", "Revised", "Modificado"),
        _pesos("programme_accrued", "programa_devengado", "Accrued", "Devengado"),
        _pesos("programme_paid", "programa_pagado", "Paid", "Pagado"),
        *TOLD,
    ),
)  # fmt: skip

ITEM_CHECK = Table(
    "out.item_check", "reactivos", "One row per municipality, year and item of a public questionnaire on transparency: found, not found, or for a person to answer; no sum, no score, no rank",
    "Un renglón por municipio, ejercicio y reactivo de un cuestionario público de transparencia: se encontró, no se encontró, o lo responde una persona; sin suma, calificación ni lugar", ("check_id",),
    (
        Column("check_id", TEXT, "cotejo_id", "government:year:item:part", "gobierno:ejercicio:reactivo:parte", required=True),
        GOVERNMENT_ID, FISCAL_YEAR,
        Column("item", TEXT, "reactivo", "Number of the item in the questionnaire", "Número del reactivo en el cuestionario", required=True),
        Column("part", TEXT, "parte", "Which part of it", "Qué parte", required=True),
        Column("block", TEXT, "bloque", "Block of the questionnaire", "Bloque del cuestionario", required=True),
        Column("wording", TEXT, "texto", "Wording of the item", "Texto del reactivo", required=True),
        Column("source_url", TEXT, "fuente", "Where the wording was published", "Dónde se publicó el texto"),
        Column("outcome", TEXT, "resultado", "What was found; null where refused", "Qué se encontró; nulo si se rechaza", values=tuple(ITEM_OUTCOMES)),
        Column("found", INT, "encontrados", "Rows in which it was found", "Renglones en que se encontró"),
        Column("asked", INT, "consultados", "Rows that were asked", "Renglones consultados"),
        Column("document_ids", TEXT, "documentos", "Documents that were asked, joined by ';'", "Documentos consultados, unidos por ';'"),
        *TOLD,
    ),
)  # fmt: skip

LEDGER_VIEWS = (PROCEDURE_RATE, MONEY_ROUTE, INDICATOR_SERIES, ITEM_CHECK)
