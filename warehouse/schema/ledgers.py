"""The tables of ledgers: procedures, contracts, payments, what they are charged to, and the links to budget lines.

Names follow OCDS 1.1 (`ocid`, `procurementMethod`, awards, contracts, transactions). There is no column for persons: not for a
supplier who is one, nor for whoever asks or observes. What a cell of a ledger says is in `raw.record`.
"""

from warehouse.schema.core import FISCAL_YEAR, GOVERNMENT_ID, LINE_ID
from warehouse.schema.ledger_terms import (
    CHARGE_BASES,
    LEDGER_CAVEATS,
    LEDGER_REASONS,
    LEDGER_REFUSALS,
    LINK_OUTCOMES,
    LINK_STRENGTHS,
    METHODS,
    SUPPLIER_KINDS,
)
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, Column, Table
from warehouse.schema.raw import DOCUMENT_ID, PLACE
from warehouse.schema.vocabulary import STAGES

RECORD_PAGE = Column("page", TEXT, "pagina", "Sheet, or part of a file, that the row stands in", "Hoja, o parte del archivo, en que está el renglón", required=True)
RECORD = Column("record", INT, "ficha", "Row of raw.record", "Renglón de raw.record", required=True)
PERIOD_END = Column("period_end", DATE, "periodo_fin", "Last day that the row is said to cover", "Último día que el renglón dice cubrir")
LEDGER_VERIFIED = Column("verified", BOOL, "verificado", "True only where its amount takes part in a sum that a budget line prints", "Verdadero solo si su importe es parte de una suma que una línea presupuestal imprime", required=True)
LEDGER_REASON = Column("reason", TEXT, "razon", "What proves it, or what it lacks", "Qué lo prueba, o qué le falta", required=True, values=tuple(LEDGER_REASONS))
WHENCE = (DOCUMENT_ID, RECORD, RECORD_PAGE, PLACE, GOVERNMENT_ID)
PROVEN = (LEDGER_VERIFIED, LEDGER_REASON)
RECORD_KINDS = ("contract", "payment")
LINK_KINDS = (*RECORD_KINDS, "indicator", "request")
DATE_TEXT = Column("date_text", TEXT, "fecha_texto", "Dates of the row that do not exist or cannot be read, as printed: field: text (reason)", "Fechas del renglón que no existen o no se pueden leer, tal como están impresas: campo: texto (razón)")


def _money(name: str, es: str, description: str, descripcion: str) -> Column:
    return Column(name, MONEY, es, description, descripcion, unit="pesos")


PROCEDURE = Table(
    "core.procedure", "procedimientos", "One row per procurement procedure (file number of a body), not per row of the register",
    "Un renglón por procedimiento de contratación (expediente de un ente), no por renglón del registro", ("procedure_id",),
    (
        Column("procedure_id", TEXT, "procedimiento_id", "Procedure: document:record of its first row", "Procedimiento: documento:ficha de su primer renglón", required=True),
        *WHENCE,
        Column("body", TEXT, "ente", "Body that buys, as printed", "Ente que contrata, tal como está impreso"),
        Column("ocid", TEXT, "ocid", "Open contracting id, where the source has one", "Identificador de contratación abierta, si la fuente lo tiene"),
        Column("file_number", TEXT, "expediente", "File number", "Número de expediente"),
        Column("method", TEXT, "metodo", "Procurement method (OCDS)", "Método de contratación (OCDS)", values=tuple(METHODS)),
        Column("method_text", TEXT, "metodo_texto", "Method as printed", "Método tal como está impreso"),
        Column("matter", TEXT, "materia", "What is bought: works, goods, services", "Qué se contrata: obra, bienes, servicios"),
        Column("deserted", BOOL, "desierta", "Declared void; null where the source does not say", "Declarada desierta; nulo si la fuente no lo dice"),
        Column("convened_on", DATE, "convocada_el", "Day of the call or invitation", "Día de la convocatoria o invitación"),
        Column("bidders", INT, "participantes", "Bids received, where the source lists them", "Proposiciones recibidas, si la fuente las enlista"),
        Column("observed", BOOL, "observado", "Citizens observed it; null where the source does not say, which is not «no»", "Lo observaron ciudadanos; nulo si la fuente no lo dice, que no es «no»"),
        Column("observation_source", TEXT, "fuente_observacion", "What says so", "Qué lo dice"),
        Column("rows", INT, "renglones", "Rows of the register that are of it", "Renglones del registro que son suyos", required=True),
        PERIOD_END, DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

CONTRACT = Table(
    "core.contract", "contratos", "One row per contract; a missing amount stays null, an open contract keeps its minimum and maximum",
    "Un renglón por contrato; un importe que falta queda nulo, el contrato abierto conserva su mínimo y su máximo", ("contract_id",),
    (
        Column("contract_id", TEXT, "contrato_id", "Contract: document:record of its first row", "Contrato: documento:ficha de su primer renglón", required=True),
        Column("procedure_id", TEXT, "procedimiento_id", "Procedure it comes from", "Procedimiento del que viene"),
        *WHENCE,
        Column("number", TEXT, "numero", "Number of the contract", "Número del contrato"),
        Column("object", TEXT, "objeto", "What it is for, as printed", "Para qué es, tal como está impreso"),
        Column("supplier", TEXT, "proveedor", "Company or public body; null where withheld", "Empresa o ente público; nulo si se reserva"),
        Column("supplier_kind", TEXT, "tipo_proveedor", "Kind of supplier; null where the row names none", "Tipo de proveedor; nulo si el renglón no nombra ninguno", values=tuple(SUPPLIER_KINDS)),
        Column("signed_on", DATE, "firmado_el", "Day of signature", "Día de la firma"),
        Column("starts_on", DATE, "inicia_el", "First day", "Primer día"),
        Column("ends_on", DATE, "termina_el", "Last day", "Último día"),
        _money("amount", "importe", "Total with taxes; null where none is stated, or the rows state several", "Total con impuestos; nulo si no se dice, o si los renglones dicen varios"),
        _money("amount_min", "importe_minimo", "Minimum of an open contract", "Mínimo de un contrato abierto"),
        _money("amount_max", "importe_maximo", "Maximum of an open contract", "Máximo de un contrato abierto"),
        _money("net_amount", "importe_sin_impuestos", "Total without taxes", "Total sin impuestos"),
        Column("currency", TEXT, "moneda", "Currency as printed", "Moneda tal como está impresa"),
        Column("modified_by", TEXT, "modificado_por", "Amendments, their numbers joined by ';'", "Convenios modificatorios, sus números unidos por ';'"),
        Column("work_key", TEXT, "clave_obra", "Key of the work or project it says it is for", "Clave de la obra o proyecto para el que dice ser"),
        Column("rows", INT, "renglones", "Rows of the register that are of it", "Renglones del registro que son suyos", required=True),
        PERIOD_END, DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

PAYMENT = Table(
    "core.payment", "pagos", "One row per payment or invoice", "Un renglón por pago o factura", ("payment_id",),
    (
        Column("payment_id", TEXT, "pago_id", "Payment: document:record", "Pago: documento:ficha", required=True),
        Column("contract_id", TEXT, "contrato_id", "Contract it is of, where the source says so", "Contrato del que es, si la fuente lo dice"),
        *WHENCE,
        Column("invoice", TEXT, "factura", "Number of the invoice", "Número de la factura"),
        Column("paid_on", DATE, "pagado_el", "Day of the payment", "Día del pago"),
        _money("amount", "importe", "Amount paid", "Importe pagado"),
        Column("matter", TEXT, "materia", "What is paid for, where the register is of one matter", "Qué se paga, si el registro es de una sola materia", values=("advertising",)),
        Column("supplier_kind", TEXT, "tipo_proveedor", "Kind of supplier; null where the row names none", "Tipo de proveedor; nulo si el renglón no nombra ninguno", values=tuple(SUPPLIER_KINDS)),
        Column("tax_key", BOOL, "con_rfc", "The row gives the supplier's tax key, kept or withheld; null where it is of a format without one", "El renglón da el RFC del proveedor, conservado o reservado; nulo si su formato no lo tiene"),
        PERIOD_END, DATE_TEXT, *PROVEN,
    ),
)  # fmt: skip

CHARGE = Table(
    "core.charge", "cargos", "One row per budget item that a contract or payment says it is charged to: several for one contract",
    "Un renglón por partida a la que un contrato o pago dice cargarse: varias para un contrato", ("charge_id",),
    (
        Column("charge_id", TEXT, "cargo_id", "record:code", "registro:clave", required=True),
        Column("record_kind", TEXT, "tipo_registro", "contract or payment", "contract (contrato) o payment (pago)", required=True, values=RECORD_KINDS),
        Column("record_id", TEXT, "registro_id", "Key of the contract or payment", "Clave del contrato o pago", required=True),
        *WHENCE,
        Column("object_code", TEXT, "objeto", "Code as printed, without blanks", "Clave tal como está impresa, sin espacios"),
        Column("programme_code", TEXT, "programa", "Programme code", "Clave de programa"),
        Column("share", RATIO, "proporcion", "Share of the record that it bears, where the source says so", "Proporción del registro que le toca, si la fuente lo dice"),
        Column("basis", TEXT, "base", "How the row was joined to its record", "Cómo se unió el renglón a su registro", required=True, values=tuple(CHARGE_BASES)),
    ),
)  # fmt: skip

LINK = Table(
    "core.link", "enlaces", "One row per contract, payment or programme and budget line or work: by which rule they are joined, and whether the sum explains the line; and per request with its answer and what it is about",
    "Un renglón por contrato, pago o programa y línea presupuestal u obra: con qué regla se unen, y si la suma explica la línea; y por solicitud con su respuesta y aquello sobre lo que es", ("link_id",),
    (
        Column("link_id", TEXT, "enlace_id", "from>to", "de>a", required=True),
        Column("from_kind", TEXT, "de_tipo", "contract, payment, indicator or request", "contract (contrato), payment (pago), indicator (indicador) o request (solicitud)", required=True, values=LINK_KINDS),
        Column("from_id", TEXT, "de_id", "Key of the contract, payment or indicator, or folio of the request", "Clave del contrato, pago o indicador, o folio de la solicitud", required=True),
        Column("to_kind", TEXT, "a_tipo", "line, work, contract or document", "line (línea), work (obra), contract (contrato) o document (documento)", required=True, values=("line", "work", "contract", "document")),
        Column("to_id", TEXT, "a_id", "Its key", "Su clave", required=True),
        Column("rule", TEXT, "regla", "object_code: body, year, period and object code; work_key: the key of a work; programme_class: the class that the programme code begins with; answer: the document is the answer to the request; declared: whoever keeps the register says that it is about it", "object_code: ente, ejercicio, periodo y clave de objeto; work_key: la clave de una obra; programme_class: la clase con que empieza la clave del programa; answer: el documento es la respuesta a la solicitud; declared: quien lleva el registro dice que es sobre ello", required=True, values=("object_code", "work_key", "programme_class", "answer", "declared")),
        Column("strength", TEXT, "fuerza", "How strongly they are joined", "Con qué fuerza se unen", required=True, values=tuple(LINK_STRENGTHS)),
        Column("stage", TEXT, "momento", "Stage of the line that the sum is held against", "Momento de la línea con que se coteja la suma", values=tuple(STAGES)),
        PERIOD_END,
        _money("from_amount", "de_importe", "Amount of the contract or payment", "Importe del contrato o pago"),
        _money("sum_amount", "importe_suma", "What all of its kind on this line add up to", "Lo que suman todos los de su tipo en esta línea"),
        _money("to_amount", "a_importe", "Amount of the line", "Importe de la línea"),
        _money("difference", "diferencia", "Line less sum", "Línea menos suma"),
        Column("outcome", TEXT, "resultado", "Whether the sum explains the line", "Si la suma explica la línea", required=True, values=tuple(LINK_OUTCOMES)),
        Column("refusals", TEXT, "rechazos", "Why it is not summed: codes joined by ';'", "Por qué no se suma: claves unidas por ';'"),
    ),
)  # fmt: skip

LINE_TRACE = Table(
    "out.line_trace", "de_la_linea_al_contrato", "One row per line of a body whose contracts or payments were read: how much of it they explain, and what stays untraced",
    "Un renglón por línea de un ente cuyos contratos o pagos se leyeron: cuánto explican y qué queda sin rastrear", ("line_id",),
    (
        LINE_ID, DOCUMENT_ID, GOVERNMENT_ID, FISCAL_YEAR, PERIOD_END,
        Column("object_code", TEXT, "objeto", "Code of the line as its source prints it", "Clave de la línea tal como la imprime su fuente"),
        Column("label", TEXT, "etiqueta", "Label as printed", "Etiqueta tal como está impresa"),
        Column("stage", TEXT, "momento", "Stage of the amount", "Momento del importe", values=tuple(STAGES)),
        _money("amount", "importe", "Amount of the line", "Importe de la línea"),
        Column("contracts", INT, "contratos", "Contracts that say they are charged to it", "Contratos que dicen cargarse a ella", required=True),
        _money("contracted", "contratado", "Stated totals of the contracts that are charged to it alone", "Totales que dicen los contratos que se cargan solo a ella"),
        Column("payments", INT, "pagos", "Payments", "Pagos", required=True),
        _money("paid", "pagos_importe", "What the payments add up to", "Lo que suman los pagos"),
        _money("traced", "rastreado", "Payments; where there are none, contracts. Null where refused", "Pagos; si no hay, contratos. Nulo si se rechaza"),
        Column("share", RATIO, "proporcion", "Traced of the line", "Proporción rastreada de la línea"),
        _money("untraced", "sin_rastrear", "What no contract or payment explains", "Lo que ningún contrato ni pago explica"),
        Column("contradictions", INT, "contradicciones", "Sums that exceed or contradict the line", "Sumas que exceden o contradicen la línea", required=True),
        Column("refusals", TEXT, "rechazos", "Why there is no number: codes joined by ';'. Codes: " + ", ".join(LEDGER_REFUSALS), "Por qué no hay número: claves unidas por ';'. Claves: " + ", ".join(LEDGER_REFUSALS)),
        Column("caveats", TEXT, "salvedades", "What must be said beside it: codes joined by ';'", "Lo que debe decirse al lado: claves unidas por ';'", values=tuple(LEDGER_CAVEATS)),
        Column("citable", BOOL, "citable", "The line is verified, its document may be cited, and nothing is refused", "La línea está verificada, su documento se puede citar y nada se rechaza", required=True),
    ),
)  # fmt: skip

LEDGER_CORE = (PROCEDURE, CONTRACT, PAYMENT, CHARGE, LINK)
LEDGER_OUT = (LINE_TRACE,)
