"""The empty workbook of a ledger that an organisation fills in: one sheet with the headers of its profile, nothing else."""

from pathlib import Path

import openpyxl
from openpyxl.styles import Font

from sources.ledgers.profile import profiles

_WIDTH = 24


def write_template(name: str, path: Path) -> Path:
    """Writes the workbook and gives its path. Raises LookupError for an unknown name, FileExistsError where a file is there."""
    templates = {profile.id: profile for profile in profiles() if profile.template}
    if name not in templates:
        raise LookupError(f"No hay plantilla «{name}». Hay: {', '.join(templates)}.")
    if path.exists():
        raise FileExistsError(f"{path} ya existe: dé otro nombre con --out.")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    sheet.append([field.headers[0] for field in templates[name].fields.values()])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        sheet.column_dimensions[cell.column_letter].width = _WIDTH
    sheet.freeze_panes = "A2"
    book.save(path)
    return path
