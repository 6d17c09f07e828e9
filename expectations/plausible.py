"""Whether what was read of a document is plausible: money printed in a column must not end as prose, labels or counts.

A number excluded with a reason is accounted for, but a table swallowed as running text is accounted for too. Money
stands in columns and running text does not: figures that look like money, excluded, one below the other, are a table
that was not recognised. The measure is of the `raw` frames; refusing a document for it is for `pipelines`.

Thresholds come from 185 real documents (laws, reports, scans, workbooks, 388,000 numbers): read well, none has more than
two such figures in one column of a page, nor more than 1 % of its money-like figures outside amounts.
"""

import re

import pandas as pd

from warehouse.schema.vocabulary import EXCLUSIONS, Term

FEWEST_IN_COLUMN = 5
FEWEST_IN_DOCUMENT = 20
MOST_OF_DOCUMENT = 0.5
_ALIGNED = 2.0  # points that edges of one column may lie apart

# Grouped thousands, a currency sign, or hundreds with centavos.
_GROUPED = r"\d{1,3}(?:[,'’´`]{1,2}\d{3})+"
# What stands glued to a figure in front of it or behind, and hides from the readers that it is one: `=1,234.00`, `****1,234.00`, `1,234.50/100`.
_BEFORE, _BEHIND = r"(?:[=*|#]+|\$(?=\$)|[Mm]\.?[NnXx]\.?[Nn]?\.?(?=\$))?", r"(?:/100|[*|$]+)?"
_MONEY = re.compile(
    rf"^{_BEFORE}[-(]{{0,2}}\$?\s?[-(]?(?:{_GROUPED}(?:\.\d{{1,2}})?|\d{{3,}}\.\d{{2}}|\d{{4,}}\.\d)\)?-?{_BEHIND}[.,;:]?$|^{_BEFORE}[-(]?\$\s?[-(]?\d[\d.,'’´]*\)?{_BEHIND}[.,;:]?$"
)
# What nobody takes for a count, a rate or a key: thousands with centavos, or a currency sign.
_SURELY = re.compile(
    rf"^{_BEFORE}[-(]?\$|^{_BEFORE}[-(]{{0,2}}{_GROUPED}\.\d{{2}}\)?-?{_BEHIND}[.,;:]?$|^-?\d{{4,}}\.\d{{1,2}}$"
)
# Reasons of which columns are no loss: nobody may read the first, and the others are read from a scan or left out.
_NO_LOSS = (
    "record",
    "refused",
    "personal_data",
    "hidden",
    "not_visible",
    "struck_out",
    "garbled",
    "left_out",
    "watermark",
    "page_number",
    "date",
    "year",
)
_COLUMNS_OF_THEIR_OWN = ("quantity", "percentage", "identifier", "code")

FOUND = ["document_id", "page", "exclusion", "figures", "place", "example"]


def find_implausible(numbers: pd.DataFrame) -> pd.DataFrame:
    """From `raw.number` rows, one row for each finding: columns of FOUND, `page` null where the document as a whole is meant.

    `figures` are the money-like figures that were excluded there, `example` some of them and `place` that of the first.
    """
    numbers = numbers[["document_id", "page", "exclusion", "flag", "source_text", "place"]]
    reason = numbers["exclusion"]
    lost = _money(numbers[reason.notna() & ~reason.isin(_NO_LOSS) & numbers["flag"].ne("hidden")])
    if lost.empty:  # of most documents
        return pd.DataFrame(columns=FOUND)
    counted = lost["exclusion"].isin(_COLUMNS_OF_THEIR_OWN)
    lost = lost[~counted | _matching(lost["source_text"], _SURELY)]
    return pd.DataFrame([*_columns(lost), *_documents(numbers[reason.isna()], lost)], columns=FOUND)


def _money(numbers: pd.DataFrame) -> pd.DataFrame:
    return numbers[_matching(numbers["source_text"], _MONEY)]


def _matching(texts: pd.Series, pattern: re.Pattern[str]) -> pd.Series:
    # The same few figures, counts and codes are printed many times; pandas would take each pattern apart again, at each call.
    return texts.isin([text for text in texts.dropna().unique() if pattern.match(text.strip())])


def describe_findings(findings: pd.DataFrame) -> Term:
    """What was found in one document, for the person who dropped it."""
    row = findings.iloc[0]
    where, more = Term("the whole document", "todo el documento"), len(findings) - 1
    if row["page"] is not None:
        where = Term(
            f"page or sheet {row['page']}, at {row['place']}", f"página u hoja {row['page']}, en {row['place']}"
        )
    rest = Term(f", and {more} more places", f", y en {more} lugares más") if more else Term("", "")
    why = EXCLUSIONS[row["exclusion"]]
    return Term(
        f"{row['figures']} figures excluded as {row['exclusion']}: {row['example']} ({where.en}){rest.en}",
        f"{row['figures']} cifras excluidas ({why.es.lower()}): {row['example']} ({where.es}){rest.es}",
    )


def _columns(lost: pd.DataFrame) -> list[dict[str, object]]:
    """Figures one below the other on a page, or in one column of a sheet."""
    findings = []
    for (document, page), figures in lost.groupby(["document_id", "page"], sort=False):
        if len(figures) < FEWEST_IN_COLUMN:
            continue
        column = max((_aligned(edge) for edge in _edges(figures["place"])), key=len)
        if len(column) >= FEWEST_IN_COLUMN:
            findings.append(_finding(document, page, figures.loc[column]))
    return findings


def _edges(places: pd.Series) -> list[pd.Series]:
    """Right and left edges of boxes; of cells, their column."""
    boxes = places.str.extract(r"^(-?[\d.]+),(-?[\d.]+),(-?[\d.]+),(-?[\d.]+)$")
    if boxes[0].notna().all():
        return [boxes[2].astype(float), boxes[0].astype(float)]
    letters = places.str.extract(r"^([A-Z]+)\d+$")[0].fillna("")
    return [pd.Series(pd.factorize(letters)[0] * 10 * _ALIGNED, index=places.index)]


def _aligned(edge: pd.Series) -> list[object]:
    """The index of the most figures whose edges lie together."""
    ordered = edge.sort_values(kind="stable")
    first, best = 0, (0, 0)
    for last, value in enumerate(ordered):
        while value - ordered.iloc[first] > _ALIGNED:
            first += 1
        best = max(best, (last + 1 - first, last + 1), key=lambda run: run[0])
    return list(ordered.index[best[1] - best[0] : best[1]])


def _documents(amounts: pd.DataFrame, lost: pd.DataFrame) -> list[dict[str, object]]:
    """Documents in which most of what looks like money is no amount."""
    many = lost["document_id"].value_counts()
    doubted = many.index[many >= FEWEST_IN_DOCUMENT]
    if doubted.empty:
        return []
    all_of = _money(amounts[amounts["document_id"].isin(doubted)]).groupby("document_id").size()
    findings = []
    for document, figures in lost.groupby("document_id", sort=False):
        share = len(figures) / (len(figures) + all_of.get(document, 0))
        if len(figures) >= FEWEST_IN_DOCUMENT and share > MOST_OF_DOCUMENT:
            findings.append(_finding(document, None, figures))
    return findings


def _finding(document: object, page: object, figures: pd.DataFrame) -> dict[str, object]:
    figures = figures.sort_index()
    return {
        "document_id": document,
        "page": page,
        "exclusion": figures["exclusion"].mode().iloc[0],
        "figures": len(figures),
        "place": figures["place"].iloc[0],
        "example": "; ".join(figures["source_text"].head(3)),
    }
