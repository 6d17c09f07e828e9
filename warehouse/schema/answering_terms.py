"""The closed vocabularies of what bodies must answer and publish, of commitments, and of governments side by side.

The rules are laws and a survey, named with their articles; how a due day is computed from them is in `transforms.ledgers.due`.
"""

from warehouse.schema.vocabulary import Term

# By which rule something is due. Due days are computed; the state of a request or publication is only what its source says.
DUE_RULES: dict[str, Term] = {
    "lgtaip": Term(
        "General Law of Transparency (LGTAIP): 20 business days from the day after the request, and 10 more where the term is extended; terms of the law of 2015, those of the law of 20 March 2025 are not checked here",
        "Ley General de Transparencia (LGTAIP): 20 días hábiles desde el día siguiente a la solicitud, y 10 más si se amplía el plazo; plazos de la ley de 2015, los de la ley del 20 de marzo de 2025 no se han cotejado aquí",
    ),
    "lgcg_58": Term(
        "General Law of Government Accounting (LGCG), art. 58: on the internet within 30 calendar days after the period closes; annual documents with a term of their own are excepted",
        "Ley General de Contabilidad Gubernamental (LGCG), art. 58: en internet dentro de los 30 días naturales siguientes al cierre del periodo; salvo documentos anuales con plazo propio",
    ),
    "obs": Term(
        "Open Budget Survey (International Budget Partnership), stop dates of its eight documents: a standard of the survey, not a law",
        "Encuesta de Presupuesto Abierto (International Budget Partnership), fechas límite de sus ocho documentos: un criterio de la encuesta, no una ley",
    ),
}

# Alaveteli's states of a request. Lateness is no state: it is computed.
REQUEST_STATES: dict[str, Term] = {
    "waiting_response": Term("Waiting for an answer", "En espera de respuesta"),
    "waiting_classification": Term("Answered; nobody has said yet what the answer gives", "Respondida; nadie ha dicho aún qué entrega la respuesta"),
    "successful": Term("The information was given", "Se entregó la información"),
    "partially_successful": Term("Part of the information was given", "Se entregó parte de la información"),
    "rejected": Term("Refused: classified as confidential or reserved", "Negada: clasificada como confidencial o reservada"),
    "not_held": Term("The body says that it does not hold it", "El ente dice que no la tiene"),
}

# What a body publishes: the eight documents of the survey, and the statements of the LGCG.
OBS_CLASSES: dict[str, Term] = {
    "pre_budget_statement": Term("Pre-budget statement", "Documento preliminar al presupuesto"),
    "executive_proposal": Term("Executive's budget proposal", "Proyecto de presupuesto del ejecutivo"),
    "citizens_budget": Term("Citizens budget", "Presupuesto ciudadano"),
    "enacted_budget": Term("Enacted budget", "Presupuesto aprobado"),
    "in_year_reports": Term("In-year reports", "Informes durante el ejercicio"),
    "mid_year_review": Term("Mid-year review", "Revisión de medio año"),
    "year_end_report": Term("Year-end report", "Informe de cierre (cuenta pública)"),
    "audit_report": Term("Audit report", "Informe de auditoría"),
}
STATEMENT_CLASSES: dict[str, Term] = {
    "egresos_objeto": Term("Analytic statement of expenditure by object", "Estado analítico de egresos por objeto del gasto"),
    "egresos_administrativa": Term("Analytic statement of expenditure by body", "Estado analítico de egresos por ente (administrativa)"),
    "egresos_economica": Term("Analytic statement of expenditure by economic type", "Estado analítico de egresos por tipo de gasto (económica)"),
    "egresos_funcional": Term("Analytic statement of expenditure by function", "Estado analítico de egresos por función"),
    "gasto_programatico": Term("Expenditure by programme", "Gasto por categoría programática"),
    "ingresos": Term("Analytic statement of income", "Estado analítico de ingresos"),
    "situacion_financiera": Term("Statement of financial position", "Estado de situación financiera"),
    "cambios_situacion": Term("Statement of changes in financial position", "Estado de cambios en la situación financiera"),
    "actividades": Term("Statement of activities", "Estado de actividades"),
    "flujos": Term("Statement of cash flows", "Estado de flujos de efectivo"),
    "hacienda_publica": Term("Statement of changes in net assets", "Estado de variación en la hacienda pública"),
    "activo": Term("Analytic statement of assets", "Estado analítico del activo"),
    "deuda": Term("Debt and other liabilities", "Deuda y otros pasivos"),
    "endeudamiento": Term("Net borrowing and interest", "Endeudamiento neto e intereses de la deuda"),
    "pasivos_contingentes": Term("Contingent liabilities", "Pasivos contingentes"),
    "notas": Term("Notes to the statements", "Notas a los estados financieros"),
    "indicadores": Term("Indicators", "Indicadores"),
    "proyectos": Term("Investment programmes and projects", "Programas y proyectos de inversión"),
    "ldf": Term("Formats of the law of financial discipline (LDF)", "Formatos de la Ley de Disciplina Financiera (LDF)"),
    "other": Term("Another document, by its name", "Otro documento, por su nombre"),
}
DOCUMENT_CLASSES: dict[str, Term] = OBS_CLASSES | STATEMENT_CLASSES

PUBLICATION_STATES: dict[str, Term] = {
    "on_time": Term("Published within the term", "Publicado en plazo"),
    "late": Term("Updated after the term", "Actualizado después del plazo"),
    "undated": Term("Published; the day is not known", "Publicado; no consta el día"),
    "impossible_date": Term("Its source gives a day that does not exist", "Su fuente da un día que no existe"),
    "not_public": Term("By the survey, not public: on paper only, for internal use, or not made", "Según la encuesta, no es público: solo en papel, de uso interno o no elaborado"),
    "not_listed": Term("The body's own list lacks this period", "La lista del propio ente no tiene este periodo"),
    "not_searched": Term("Nobody has searched for it: unknown, not absent", "Nadie lo ha buscado: se desconoce, no consta que falte"),
}

# Why one of these views has no number.
ANSWERING_REFUSALS: dict[str, Term] = {
    "year_missing": Term("No request of that year is known: missing, not zero", "No se conoce ninguna solicitud de ese año: falta, no es cero"),
    "no_answer_document": Term("Answered, and not every answer is kept as a document", "Respondida, y no todas las respuestas se guardaron como documento"),
    "date_unknown": Term("A day that is needed is not known", "No consta un día que hace falta"),
    "impossible_date": Term("A day that does not exist", "Un día que no existe"),
    "not_searched": Term("Nobody has searched for it", "Nadie lo ha buscado"),
    "progress_missing": Term("Nobody assessed the progress of every commitment: no mean", "Nadie midió el avance de todos los compromisos: no hay promedio"),
    "count_only": Term("Only how many commitments there are is known", "Solo se sabe cuántos compromisos son"),
}
BESIDE_REFUSALS: dict[str, Term] = {
    "perimeter_differs": Term("The amounts cover different things: the stage, the kind of document, or what the document covers", "Los importes cubren cosas distintas: el momento, la clase de documento o lo que el documento abarca"),
    "not_broken_down": Term("No document of this government and year prints this concept apart", "Ningún documento de este gobierno y ejercicio imprime aparte este concepto"),
    "population_basis": Term("CONAPO's mid-year population has none for this government and year; no other population is put in its place", "La población a mitad de año del CONAPO no tiene este gobierno y ejercicio; no se usa otra en su lugar"),
    "unverified_operand": Term("The amount is not verified", "El importe no está verificado"),
}
ANSWERING_CAVEATS: dict[str, Term] = {
    "weekends_only": Term(
        "Business days leave out weekends only: holidays of the law, of the state and of the body are not known here, so the true due day is this one or later",
        "Los días hábiles solo descuentan fines de semana: no se conocen aquí los inhábiles de ley, del estado ni del ente, así que el vencimiento real es este día o uno posterior",
    ),
    "update_day": Term("The day is that of the last update: it may have been published before", "El día es el de la última actualización: pudo publicarse antes"),
    "clock_unknown": Term("The term begins on a day that no document here gives", "El plazo empieza un día que ningún documento de aquí dice"),
    "survey_edition": Term("The year is that of the survey's edition, not the fiscal year", "El año es el de la edición de la encuesta, no el ejercicio"),
    "several_plans": Term("It stands in several plans and is counted once in each", "Está en varios planes y se cuenta una vez en cada uno"),
    "not_net": Term("Transfers to other governments are not apart in this document", "Este documento no separa las transferencias a otros gobiernos"),
    "not_citable": Term("Its document is not to be cited: ask for the original", "Su documento no se cita: pida el original"),
    "secondary": Term("A secondary dataset, to be checked, never cited", "Una base secundaria, por revisar, no se cita"),
}

# What is put side by side: what it is called, and its level and class in the panel.
BESIDE_CONCEPTS: dict[str, Term] = {
    "total": Term("Total expenditure as printed", "Egresos totales impresos"),
    "net": Term("Total less resources to municipalities", "Total menos recursos a municipios"),
    "personnel": Term("Personal services (1000)", "Servicios personales (1000)"),
    "advertising": Term("Media and advertising (3600)", "Comunicación social y publicidad (3600)"),
    "official_events": Term("Official services and events (3800)", "Servicios oficiales y eventos (3800)"),
    "public_investment": Term("Public investment (6000)", "Inversión pública (6000)"),
    "debt": Term("Public debt (9000)", "Deuda pública (9000)"),
}


def told(terms: dict[str, Term], spanish: bool = False) -> str:
    """The words of a vocabulary in one sentence, for the description of a column."""
    return "; ".join(f"{code}: {term.es if spanish else term.en}" for code, term in terms.items())
