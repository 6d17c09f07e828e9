"""Amounts per inhabitant: pesos of an amount over the people who lived there in the middle of its year (CONAPO).

Exact: whole centavos, rounded half to even. A population is never carried to another year, nor to another government: what is
not in the series has no figure per inhabitant, which is not zero.
"""

from functools import cache

import pandas as pd

from transforms import reference
from transforms.compare.prices import rescale
from transforms.measure.coded_text import by_distinct


def inhabitants(government_ids: pd.Series, years: pd.Series) -> pd.Series:
    """People of each government in each year, mid-year; null where CONAPO's series does not have them."""
    return by_distinct(pd.DataFrame({"government": government_ids, "year": years}), _of_pairs)


def _of_pairs(once: pd.DataFrame) -> pd.Series:
    keys = pd.MultiIndex.from_arrays([once["government"].astype("object"), once["year"].astype("object")])
    return pd.Series(_people().reindex(keys).to_numpy()).astype("Int64")


def per_inhabitant(centavos: pd.Series, government_ids: pd.Series, years: pd.Series) -> pd.Series:
    """Each amount over the inhabitants of its government and year, in centavos; null where either is null."""
    people = inhabitants(government_ids, years)
    computable = (centavos.notna() & people.gt(0).fillna(False)).to_numpy(dtype=bool)
    share = pd.Series(pd.NA, index=centavos.index, dtype="Int64")
    amounts = centavos[computable].to_numpy(dtype="int64")
    share[computable] = rescale(amounts, 1, people[computable].to_numpy(dtype="int64"))
    return share


@cache
def _people() -> pd.Series:
    series = pd.concat([reference.population(), reference.municipal_population()], ignore_index=True)
    keys = pd.MultiIndex.from_arrays([series["inegi_key"].astype("object"), series["year"].astype("object")])
    return pd.Series(series["population"].to_numpy(), index=keys)
