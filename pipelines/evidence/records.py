"""The records of ledgers (contracts, invoices, requests) in pictures and packs: the cells that are published of one, and their place on the sheet.

A picture shows these cells and their headers alone: what else stands in the row may be of a person. Which records are joined to what is asked of
the release (`warehouse.ask.ledgers`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image

from pipelines.evidence.pictures import PictureError, archived, save_pictures
from pipelines.home import Home
from pipelines.work.record_cells import record_cells
from sources.errors import SourceError
from sources.picture import Evidence, ShownFigure, crop
from sources.picture.strip import stacked
from warehouse.ask import ledgers, records
from warehouse.ask.ledgers import LedgerRecord
from warehouse.ask.query import Ask, asking
from warehouse.schema.ledger_terms import LEDGER_REASONS
from warehouse.store.session import Row

# How many cells of a type a picture shows: a row of a transparency format has ninety.
_SHOWN = {"money": 4, "code": 4, "date": 2, "supplier": 1, "text": 2, "number": 2}
_MOST_ROWS = 6  # of the record and its linked sheets
KINDS = {
    "procedure": "Procedimiento", "contract": "Contrato", "payment": "Pago o factura", "work": "Obra", "request": "Solicitud",
    "commitment": "Compromiso", "indicator": "Indicador", "publication": "Publicación",
}  # fmt: skip


@dataclass(frozen=True)
class ShownRecord:
    """A record with its published cells, how many were withheld, its document, and its picture or why there is none."""

    record: LedgerRecord
    cells: list[Row]
    withheld: int
    document: Row
    image: Image.Image | None
    problem: str | None

    @property
    def title(self) -> str:
        """What it is, for a person."""
        return f"{KINDS[self.record.kind]} {self.record.key}"

    @property
    def file(self) -> str:
        """A file name that any system takes."""
        return file_name(self.record)

    @property
    def standing(self) -> str:
        """Whether anything beside the ledger says it."""
        return LEDGER_REASONS[self.record.row["reason"]].es


def shown_records(home: Home, ask: Ask, found: Sequence[LedgerRecord], most: int) -> list[ShownRecord]:
    """Each of these records with its cells; the first `most` of them with their picture."""
    return [_shown(home, ask, record, number < most) for number, record in enumerate(found)]


def _shown(home: Home, ask: Ask, record: LedgerRecord, drawn: bool) -> ShownRecord:
    cells = record_cells(home, record)
    [document] = records.documents(ask, [record.row["document_id"]])
    image, problem = None, None if drawn else "solo se dibujan los primeros recortes"
    if drawn:
        try:
            image = record_picture(home, ask, record)
        except PictureError as error:
            problem = str(error)
    published = [cell for cell in cells if cell["type"] and cell["type"] != "reference"]
    return ShownRecord(record, published, sum(cell["withheld"] for cell in cells), document, image, problem)


def record_picture(home: Home, ask: Ask, record: LedgerRecord) -> Image.Image:
    """The row of a record on its sheet, and its rows on linked sheets: its published cells alone. Raises PictureError."""
    [document] = records.documents(ask, [record.row["document_id"]])
    path, format_ = archived(home, document), ledgers.document_format(ask, document["document_id"]) or ""
    rows = {
        key: list(group)
        for key, group in groupby(record_cells(home, record), key=lambda cell: (cell["page"], cell["record"]))
    }
    shown = {key: _chosen(cells) for key, cells in list(rows.items())[:_MOST_ROWS]}
    if not any(shown.values()):
        raise PictureError(f"{record.key}: ninguna celda de ese registro se publica, así que no hay imagen.")
    try:
        images = [
            crop(path, format_, _evidence(record, document, page, cells)).image
            for (page, _), cells in shown.items()
            if cells
        ]
    except (SourceError, LookupError, ValueError) as error:
        raise PictureError(
            f"{record.key}: su documento ({format_ or 'sin formato'}) no da imagen del lugar {record.row['place']}; ábralo en «{record.row['page']}»."
        ) from error
    return stacked(images)


def _evidence(record: LedgerRecord, document: Row, page: str, cells: list[Row]) -> Evidence:
    return Evidence(
        line_id=record.key, label=KINDS[record.kind], page=page, place=cells[0]["place"],
        figures=tuple(ShownFigure(cell["place"], cell["source_text"], cell["header"]) for cell in cells),
        document=document["title"] or document["document_id"], sha256=document["sha256"], alone=True,
        note=LEDGER_REASONS[record.row["reason"]].es,
    )  # fmt: skip


def save_shown(home: Home, names: Sequence[str], out: Path | None) -> Iterator[Path]:
    """Writes the picture of each line or record that is named, and yields where. Raises PictureError, as `save_pictures`."""
    with asking(home.published().database) as ask:
        by_name = {name: ledgers.find_records(ask, name) for name in names}
        pictures = [(record, record_picture(home, ask, record)) for of_name in by_name.values() for record in of_name]
    named = [name for name, of_name in by_name.items() if not of_name]
    one = out is not None and out.suffix.lower() == ".png"
    if one and len(pictures) + len(named) > 1:
        raise PictureError(
            f"Son {len(pictures) + len(named)} imágenes y {out} es un solo archivo: dé una carpeta en --out."
        )
    for record, image in pictures:
        path = out if out is not None and one else (out or Path()) / file_name(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        image.save(path, optimize=True)
        yield path
    if named:
        yield from save_pictures(home, named, out)


def _chosen(cells: list[Row]) -> list[Row]:
    """The cells that a picture shows, in the order of the sheet."""
    left = dict(_SHOWN)
    chosen = []
    for cell in cells:
        if left.get(cell["type"], 0) and cell["source_text"]:
            left[cell["type"]] -= 1
            chosen.append(cell)
    return chosen


def file_name(record: LedgerRecord) -> str:
    """A file name that any system takes."""
    return "".join(char if char.isalnum() or char in "-." else "-" for char in f"{record.kind}-{record.key}") + ".png"
