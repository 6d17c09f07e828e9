"""What must be said beside a number, in Spanish: of the document, of its prices, of how it was measured.

A caveat does not withdraw a number; what does is in `transforms.refusals`.
"""

from collections.abc import Iterable

import pandas as pd

from transforms.prices import PriceIndex
from transforms.refusals import true
from warehouse.schema.vocabulary import REFUSALS

TYPESET = "Documento compuesto por el proyecto con cifras publicadas: cite la fuente original, no el documento"
SECONDARY = REFUSALS["not_citable"].es
PRELIMINARY = "Cifras preliminares"
TWO_AXES = (
    "Salud y eventos son dos clasificaciones del mismo gasto: una parte de los eventos puede estar dentro de salud"
)


def of_document(rows: pd.DataFrame, index: PriceIndex) -> dict[str, pd.Series]:
    """Sentences about the document and its year, each with the rows it applies to."""
    return {
        TYPESET: rows["obtained_how"].fillna("").str.startswith(("typeset", "compuesto")),
        SECONDARY: rows["kind"] == "secundaria",
        PRELIMINARY: rows["period_status"] == "preliminary",
        f"{REFUSALS['no_price_index'].es}: sin importes reales": ~index.has(rows["fiscal_year"]),
        REFUSALS["forecast_price_index"].es: index.is_partial(rows["fiscal_year"]),
    }


def perimeter(documents_perimeter: pd.Series) -> pd.Series:
    """The catalogue's words on which bodies the document covers, as a sentence; null where it says nothing."""
    text = documents_perimeter.str.replace(";", ",")
    return ("Perímetro: " + text).where(text.notna())


def join(applies: dict[str, pd.Series], own: Iterable[pd.Series] = ()) -> pd.Series:
    """Per row, its own sentences and then those that apply to it, joined by '; '; null where there is none."""
    length = len(next(iter(applies.values())))
    texts: list[list[str]] = [[] for _ in range(length)]
    for column in own:
        for position, sentence in enumerate(column):
            if isinstance(sentence, str):
                texts[position].append(sentence)
    for sentence, where in applies.items():
        for position in true(where).to_numpy().nonzero()[0].tolist():
            texts[position].append(sentence)
    index = next(iter(applies.values())).index
    return pd.Series(["; ".join(dict.fromkeys(found)) or None for found in texts], index=index, dtype="str")
