"""What must be said beside a number, in Spanish: of the document, of its prices, of how it was measured.

A caveat does not withdraw a number; what does is in `transforms.measure.refusals`. The sentences that have a code are in
`warehouse.schema.vocabulary`, in both languages.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from transforms.compare.prices import PriceIndex
from transforms.measure.refusals import true
from warehouse.schema.limits import Limit, limits
from warehouse.schema.vocabulary import CAVEATS, REFUSALS

SECONDARY = REFUSALS["not_citable"].es


def of_document(rows: pd.DataFrame, index: PriceIndex) -> dict[str, pd.Series]:
    """Codes and sentences about the document and its year, each with the rows it applies to."""
    return {
        "typeset": rows["obtained_how"].fillna("").str.startswith(("typeset", "compuesto")),
        SECONDARY: rows["kind"] == "secundaria",
        "preliminary": rows["period_status"] == "preliminary",
        f"{REFUSALS['no_price_index'].es}: sin importes reales": ~index.has(rows["fiscal_year"]),
        REFUSALS["forecast_price_index"].es: index.is_partial(rows["fiscal_year"]),
    }


def perimeter(documents_perimeter: pd.Series) -> pd.Series:
    """The catalogue's words on which bodies the document covers, as a sentence; null where it says nothing."""
    text = documents_perimeter.str.replace(";", ",")
    return ("Perímetro: " + text).where(text.notna())


def in_order(applies: Mapping[str, pd.Series]) -> dict[str, pd.Series]:
    """The codes in the order in which they are said, whoever found that they apply."""
    return {code: applies[code] for code in CAVEATS if code in applies}


def add(sentences: pd.Series, code: str, where: pd.Series) -> pd.Series:
    """What is said already, and the sentence of a code where it applies, too."""
    more = sentences.fillna("").str.cat([CAVEATS[code].es] * len(sentences), sep="; ").str.removeprefix("; ")
    return sentences.mask(where, more)


def join(applies: Mapping[str, pd.Series], sentences: Iterable[pd.Series] = ()) -> pd.Series:
    """Per row, its own sentences and then those that apply to it, joined by '; '; null where there is none.

    What applies is named by its code in the vocabulary, or is a sentence itself.
    """
    length = len(next(iter(applies.values())))
    texts: list[list[str]] = [[] for _ in range(length)]
    for column in sentences:
        for position, sentence in enumerate(column.to_numpy(dtype=object)):
            if isinstance(sentence, str):
                texts[position].append(sentence)
    for name, where in applies.items():
        sentence = CAVEATS[name].es if name in CAVEATS else name
        for position in true(where).to_numpy().nonzero()[0].tolist():
            texts[position].append(sentence)
    index = next(iter(applies.values())).index
    return pd.Series(["; ".join(dict.fromkeys(of_row)) or None for of_row in texts], index=index, dtype="str")


def with_limits(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of a table of comparisons with what each does not let anyone say, and how it is checked; few pairs of causes recur."""
    caused = [
        tuple(None if pd.isna(cause) else cause for cause in of_row)
        for of_row in rows[["caveats", "refusals"]].to_numpy(dtype=object)
    ]
    of_causes: dict[tuple[str | None, ...], list[Limit]] = {
        pair: limits(table, *pair) for pair in dict.fromkeys(caused)
    }
    columns = {
        name: pd.Series(
            ["; ".join(dict.fromkeys(limit[place].es for limit in of_causes[pair])) for pair in caused],
            index=rows.index,
            dtype="str",
        )
        for place, name in enumerate(("unsayable", "how_to_check"))
    }
    return rows.assign(**columns)
