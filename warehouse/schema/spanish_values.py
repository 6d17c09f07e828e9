"""The values of closed lists as the Spanish schema, CSV and Excel have them: `canasta = 'eventos'`, `tipo_renglon = 'detalle'`.

A list is told in Spanish whole or not at all: a column with a value that has no word here keeps its keys, which the dictionary
explains (reasons, refusals, alerts). Budget stages are Spanish as they are. The name of a basket that a person declared stays as written.
"""

from collections.abc import Mapping

from warehouse.schema.model import Column

_SPANISH: Mapping[str, str] = {
    # kinds of row, classifications, levels
    "detail": "detalle", "subtotal": "subtotal", "total": "total", "memo": "informativo",
    "administrative": "administrativa", "object": "objeto", "function": "funcion", "programme": "programa", "economic": "tipo_gasto",
    "funding": "financiamiento", "income": "ingreso", "contract": "contrato", "accounting": "contable", "unknown": "no_consta",
    "chapter": "capitulo", "concept": "concepto", "partida": "partida", "finalidad": "finalidad", "subfunction": "subfuncion",
    "body": "ente", "basket": "canasta", "unit": "unidad_responsable",
    # what is compared, and how it came out
    "health": "salud", "events": "eventos", "advertising": "publicidad", "social_security": "seguridad_social",
    "years": "años", "stages": "momentos", "low": "baja", "mid": "media", "high": "alta",
    "equal": "igual", "rounding": "redondeo", "differs": "difiere", "missing": "falta", "greater": "mayor", "less": "menor",
    "negative": "negativo", "zero": "cero", "positive": "positivo", "measured": "medido", "not_crossed": "sin_cruce",
    "events_per_inhabitant": "eventos_por_habitante", "events_over_health": "eventos_sobre_salud",
    "advertising_per_inhabitant": "publicidad_por_habitante", "advertising_over_health": "publicidad_sobre_salud",
    # on what it rests
    "primary": "primaria", "checked": "cotejada", "single": "unica", "secondary": "secundaria", "doubtful": "dudosa", "claimed": "afirmada",
    "derived": "derivada", "assumption": "supuesto", "unconfirmed": "sin_confirmar", "citable": "citable", "composed": "compuesta", "final": "definitivo",
    "forecast": "pronostico", "partial_or_forecast": "parcial_o_pronostico", "pesos": "pesos", "recurrent": "recurrente", "one_off": "de_una_vez",
    "mixed": "mixta", "gross": "bruto", "net": "neto", "leaving": "sale", "code": "clave", "words": "palabras", "date": "fecha", "year_average": "promedio_anual", "documents": "documentos", "figure": "cifra",
    # of documents, governments and periods
    "federal": "federal", "state": "estado", "municipality": "municipio", "preliminary": "preliminar", "whole": "entero", "part": "parte",
    # what was tried, corrected, claimed, and what is other than in the release before
    "passed": "cuadra", "failed": "no_cuadra", "trivial": "solo_ceros", "source_error": "error_de_la_fuente", "unexplained": "sin_explicar",
    "applied": "aplicada", "expired": "vencida", "unused": "sin_uso", "document_seen": "documento_visto", "reconciled": "conciliada",
    "first": "primera_vez", "held": "se_sostiene", "moved": "se_movio", "flipped": "cambio_de_signo", "not_comparable": "no_comparable",
    "changed": "cambiado", "added": "agregado", "removed": "retirado", "document_added": "documento_agregado",
    "document_removed": "documento_retirado", "new_document": "documento_nuevo", "withdrawn_document": "documento_retirado",
    "correction": "correccion", "catalogue_change": "cambio_de_ficha", "reader_change": "cambio_del_lector", "evidence": "evidencia",
    "perimeter": "perimetro", "late_accrual": "devengo_tardio", "reclassification": "reclasificacion", "restated": "cifra_corregida",
    "unattributed": "sin_atribuir", "echo": "eco", "unit_jump": "salto_de_unidad",
    "underspending": "subejercicio", "price_dispersion": "dispersion_de_precios", "single_bids": "un_solo_postor",
    "personnel": "personal", "official_events": "eventos_oficiales", "public_investment": "inversion_publica", "debt": "deuda",
    # of ledgers
    "open": "licitacion_publica", "selective": "invitacion", "direct": "adjudicacion_directa", "all": "todos", "other": "otro",
    "by_method": "por_metodo", "single_bid": "un_solo_postor", "observed": "observados", "annual": "anual", "cumulative": "acumulado",
    "company": "empresa", "public": "ente_publico", "withheld": "no_se_publica", "gave": "dio", "received": "recibio",
    "state_to_municipalities": "del_estado_a_municipios", "spending_to_works": "del_gasto_a_obras", "up": "ascendente", "down": "descendente",
    "participaciones": "participaciones", "aportaciones": "aportaciones", "fais": "fais", "fortamun": "fortamun", "obra": "obra",
    "found": "hallado", "in_part": "en_parte", "not_found": "no_hallado", "needs_person": "requiere_persona",
    "on_time": "a_tiempo", "late": "tarde", "undated": "sin_fecha", "impossible_date": "fecha_imposible", "not_public": "no_publico",
    "not_listed": "no_listado", "not_searched": "no_buscado", "listed": "listado", "present": "presente", "waiting": "por_confirmar",
    "refused": "rechazado", "unlisted": "ya_no_listado", "vanished": "desaparecido", "discarded": "descartado",
    "renamed": "cambio_de_nombre", "spelling": "ortografia", "medical": "atencion_medica", "pensions": "pensiones",
}  # fmt: skip
# Baskets that are shipped; the column is no closed list, for people declare their own.
_BASKETS: Mapping[str, str] = {
    **{name: _SPANISH[name] for name in ("health", "events", "advertising", "total")},
    "event_words": "eventos_por_palabras", "advertising_words": "publicidad_por_palabras", "itemised_events": "eventos_por_partida",
    "consultancies": "consultorias", "debt": "deuda", "fuel": "combustible", "image_bodies": "entes_de_imagen", "personnel": "personal",
    "social_aid": "ayuda_social", "travel": "viajes",
}  # fmt: skip
_BASKET_COLUMNS = ("basket", "x_basket", "y_basket")


def spanish_values(column: Column) -> Mapping[str, str]:
    """The Spanish of a column's values, by the stored value; empty where they are the same in both languages, or keys."""
    if column.name in _BASKET_COLUMNS:
        return _BASKETS
    values = column.values or ()
    if not all(value in _SPANISH for value in values):
        return {}
    return {value: _SPANISH[value] for value in values if _SPANISH[value] != value}


def spanish_value(column: Column, value: object) -> object:
    """One value as the Spanish schema has it."""
    return spanish_values(column).get(value, value) if isinstance(value, str) else value
