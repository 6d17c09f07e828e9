"""Pictures beside the assets: a page of a document as read, and where the headline's operands are printed.

From the store and the archive, before anything is released. A picture that cannot be drawn says so and stops nothing.
"""

from collections.abc import Mapping

import dagster as dg
import pandas as pd

from pipelines.dagster_ui.metadata import picture
from pipelines.evidence.pictures import PictureError, Stored
from pipelines.home import Home
from sources.errors import SourceError
from sources.picture import busiest_page, recognised
from warehouse.schema.vocabulary import SUBJECTS

_PAGE_WIDTH = 900


def page_picture(home: Home, raw: Mapping[str, pd.DataFrame], sha256: str) -> dict[str, dg.MetadataValue]:
    """The page with the most amounts, with all that was recognised on it."""
    page = busiest_page(raw)
    if page is None:
        return {}
    try:
        image = recognised(home.archive.path(sha256), raw["document"]["format"].iloc[0], raw, page, _PAGE_WIDTH)
    except (SourceError, LookupError, ValueError, ArithmeticError) as error:
        return {"page_as_read": dg.MetadataValue.text(f"{type(error).__name__}: {error}")}
    return {"page_as_read": picture(image, f"Página u hoja {page}, tal como se leyó", image.width)}


def headline_pictures(home: Home, versus: pd.DataFrame) -> dict[str, dg.MetadataValue]:
    """Where the operands of the headline are printed: of the latest year, the comparison with most events over health."""
    made = versus[versus["refusals"].isna() & versus["events_share_of_health"].notna()]
    if made.empty:
        return {}
    row = made.sort_values(["fiscal_year", "events_share_of_health"], kind="stable").iloc[-1]
    found: dict[str, dg.MetadataValue] = {
        "headline": dg.MetadataValue.text(f"{row['government']} {row['fiscal_year']}, {row['stage']}")
    }
    operands = [name for name in SUBJECTS if isinstance(row.get(f"{name}_line_ids"), str)]
    cited = {name: row[f"{name}_line_ids"].split(";") for name in operands}
    rows = Stored(home, (line_ids[0] for line_ids in cited.values()))
    for operand, (line_id, *more) in cited.items():
        others = f" (y {len(more)} líneas más)" if more else ""
        text = f"{SUBJECTS[operand].es}: {line_id}{others}"
        found[f"evidence_{operand}"] = _line_picture(rows, line_id, row["stage"], text)
    return found


def _line_picture(rows: Stored, line_id: str, stage: str, text: str) -> dg.MetadataValue:
    try:
        return picture(rows.sourced(line_id, stage).picture().image, text)
    except (PictureError, ValueError, ArithmeticError) as error:
        return dg.MetadataValue.text(f"{text}: {error}")
