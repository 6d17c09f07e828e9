"""Pictures beside the assets: a page of a document as read, and where the headline's operands are printed.

From the store and the archive, before anything is released. A picture that cannot be drawn says so and stops nothing.
"""

from collections.abc import Mapping

import dagster as dg
import pandas as pd

from pipelines.dagster_ui.metadata import picture
from pipelines.evidence.pictures import PictureError, Reference, sourced, stored_places
from pipelines.home import Home
from sources.errors import SourceError
from sources.picture import busiest_page, recognised
from warehouse.ask.places import Place
from warehouse.schema.vocabulary import ITEMS

_PAGE_WIDTH = 900
_OPERANDS = ("health", "events", "advertising")


def page_picture(home: Home, raw: Mapping[str, pd.DataFrame], sha256: str) -> dict[str, dg.MetadataValue]:
    """The page with the most amounts, with all that was recognised on it."""
    page = busiest_page(raw)
    if page is None:
        return {}
    try:
        image = recognised(home.archive.local(sha256), raw["document"]["format"].iloc[0], raw, page, _PAGE_WIDTH)
    except (SourceError, LookupError, ValueError, ArithmeticError) as error:
        return {"page_as_read": dg.MetadataValue.text(f"{type(error).__name__}: {error}")}
    return {"page_as_read": picture(image, f"Página u hoja {page}, tal como se leyó", image.width)}


def headline_pictures(home: Home, versus: pd.DataFrame) -> dict[str, dg.MetadataValue]:
    """Where the operands of the headline are printed: of the latest year, the comparison with most events over health."""
    made = versus[versus["refusals"].isna() & versus["events_share_of_health"].notna()]
    if made.empty:
        return {}
    row = made.sort_values(["fiscal_year", "events_share_of_health"], kind="stable").iloc[-1]
    pictures: dict[str, dg.MetadataValue] = {
        "headline": dg.MetadataValue.text(f"{row['government']} {row['fiscal_year']}, {row['stage']}")
    }
    operands = [name for name in _OPERANDS if isinstance(row.get(f"{name}_line_ids"), str)]
    cited = {name: row[f"{name}_line_ids"].split(";") for name in operands}
    places = stored_places(home, (line_ids[0] for line_ids in cited.values()))
    for operand, (line_id, *more) in cited.items():
        others = f" (y {len(more)} líneas más)" if more else ""
        text = f"{ITEMS[operand].es.lower()}: {line_id}{others}"
        reference = Reference(line_id, None, row["stage"])
        pictures[f"evidence_{operand}"] = _line_picture(home, reference, places, text)
    return pictures


def _line_picture(home: Home, reference: Reference, places: Mapping[str, Place], text: str) -> dg.MetadataValue:
    try:
        return picture(sourced(home, reference, places).picture().image, text)
    except (PictureError, ValueError, ArithmeticError) as error:
        return dg.MetadataValue.text(f"{text}: {error}")
