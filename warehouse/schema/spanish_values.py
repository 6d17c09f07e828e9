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
