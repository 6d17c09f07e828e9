"""Whether an amount is verified: where it lacks none of the facets that are asked of it; else the first that it lacks.

Of documents that no catalogue has, year and body are shown and not asked. The stage is asked where an amount is cited.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from transforms.core.arrays import Bools
from transforms.core.facets.facet import NONE, Codes, Facet, bases, problem_code
from warehouse.schema.vocabulary import BASES, FACETS, UNVERIFIED

_REASONS = pd.array([*BASES, *UNVERIFIED], dtype="str")
_OF_CATALOGUE = ("time", "body")
_CITED_ONLY = ("stage",)


def judge(facets: Mapping[str, Facet], catalogued: Bools) -> pd.DataFrame:
    """`verified`, `reason` and the basis of each facet, by amount; `catalogued` are those of documents of a catalogue."""
    reason: Codes = facets["value"].basis.astype(np.int16)
    verified = np.ones(len(reason), dtype=bool)
    for name in FACETS:
        if name in _CITED_ONLY:
            continue
        lacks = facets[name].basis == NONE
        if name in _OF_CATALOGUE:
            lacks &= catalogued | (facets[name].problem == problem_code("year_conflict"))
        first = lacks & verified
        reason[first] = len(BASES) + facets[name].problem[first].astype(np.int16)
        verified &= ~lacks
    columns = {f"{name}_basis": bases(facets[name].basis) for name in FACETS}
    return pd.DataFrame({"verified": verified, "reason": _REASONS.take(reason), **columns})
