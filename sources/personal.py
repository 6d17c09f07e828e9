"""Promise P7 for printed tables: label columns that a header declares to hold data of persons are withheld.

Sheets refuse theirs cell by cell (`sources.sheets.table.personal`); here the label cells of a finished reading are looked at,
by the header each of them carries. Amounts stay: what is paid is public, to whom is not ours to publish.
"""

import dataclasses
import json

from sources.raw.reading import WITHHELD, Reading
from sources.sheets.table.personal import is_personal
from sources.sheets.words import personal_kind

_DECLARED = ("data", "name", "rfc")

Cells = list[tuple[str | None, str]]


def withhold(reading: Reading) -> Reading:
    """The reading with the text of personal label cells replaced, and a warning that names the columns."""
    cells: list[Cells] = [json.loads(text) if isinstance(text, str) else [] for text in reading.rows["label_cells"]]
    kept = [[(header, WITHHELD if _is_withheld(header, text) else text) for header, text in row] for row in cells]
    touched = [_tuples(before) != after for before, after in zip(cells, kept, strict=True)]
    if not any(touched):
        return reading
    rows = reading.rows.copy()
    at = rows.index[touched]
    chosen = [row for row, is_touched in zip(kept, touched, strict=True) if is_touched]
    rows.loc[at, "label_cells"] = [json.dumps(row, ensure_ascii=False) for row in chosen]
    rows.loc[at, "label"] = [" ".join(text for _, text in row) for row in chosen]
    columns = sorted({header or "" for row in chosen for header, text in row if text == WITHHELD})
    warning = f"Personal data withheld in {sum(touched)} rows, in the columns: {', '.join(columns)}."
    return dataclasses.replace(reading, rows=rows, warnings=(*reading.warnings, warning))


def _is_withheld(header: str | None, text: str) -> bool:
    kind = personal_kind(header or "")
    return kind in _DECLARED and is_personal(text, kind)


def _tuples(row: Cells) -> Cells:
    return [(header, text) for header, text in row]
