"""What governments are set beside one another by, and what may show how a budget is spent. Other closed vocabularies are in `vocabulary`."""

from warehouse.schema.vocabulary import Term

# What governments are set beside one another by, and why they have no places.
MEASURES: dict[str, Term] = {
    "events_per_inhabitant": Term("Official services, pesos per inhabitant", "Servicios oficiales, pesos por habitante"),
    "events_over_health": Term("Official services over health", "Servicios oficiales entre salud"),
    "advertising_per_inhabitant": Term("Advertising, pesos per inhabitant", "Publicidad, pesos por habitante"),
    "advertising_over_health": Term("Advertising over health", "Publicidad entre salud"),
}
NOT_RANKED: dict[str, Term] = {
    "few_governments": Term("Fewer than three governments", "Menos de tres gobiernos"),
    "different_perimeter": Term("Their documents do not cover the same health spending, or what they cover is not known", "Sus documentos no cubren el mismo gasto en salud, o no consta cuál cubren"),
    "total_contents_unknown": Term("A document does not say how much of its total is amortisation of debt or cash balance", "Algún documento no dice cuánto de su total es amortización de deuda o disponibilidad final"),
}

# What may show how a budget is spent. That it is inefficient is a judgement; the data show these.
PRACTICES: dict[str, Term] = {
    "underspending": Term("Budgeted money that was not spent within its year, or more than was budgeted", "Dinero presupuestado que no se gastó en su año, o más de lo presupuestado"),
    "price_dispersion": Term("One product bought at different unit prices", "Un mismo producto comprado a precios unitarios distintos"),
    "single_bids": Term("Tenders with one bidder", "Licitaciones con un solo postor"),
}
