"""Pictures of the places of lines: for `peso show`, for evidence, and for the page of a release before it is one.

Which line, what is said under the picture, and where the file lies; how a picture is drawn is for `sources.picture`.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from pipelines.home import Home
from sources.errors import SourceError
from sources.picture import Evidence, Picture, ShownFigure, crop
from warehouse.ask.lines import LIST_LINES
from warehouse.ask.places import TABLES_OF_PLACES, Place, find_places
from warehouse.ask.query import Ask, asking, asking_store
from warehouse.schema.vocabulary import OUTCOMES, UNVERIFIED
from warehouse.store.session import Row

# document:table:row, as in out.line; with a column too, as in a conciliation.
_LINE = re.compile(r"^(?P<line>(?P<document>.+?):\d+:\d+)(?::(?P<column>\d+)(?::\w+)?)?$")
_UNITS = {1_000: "miles de pesos", 1_000_000: "millones de pesos"}
# A page of a release holds dozens: wide enough to read the figure, in few colours.
_PAGE_WIDTH, _PAGE_COLOURS = 820, 48


class PictureError(Exception):
    """A picture that cannot be made; the message, in Spanish, says why and what to do."""


class Reference(NamedTuple):
    """A line as a person names it: with all its amounts, that of one column, or those of one stage."""

    line_id: str
    column: int | None = None
    stage: str | None = None


class Sourced(NamedTuple):
    """What is to be shown of a line, the archived file that shows it, and the columns of the amounts that are shown."""

    evidence: Evidence
    path: Path
    format: str
    columns: frozenset[int]

    def picture(self) -> Picture:
        """Raises PictureError when the archived file cannot be opened."""
        try:
            return crop(self.path, self.format, self.evidence)
        except (SourceError, LookupError) as error:
            why = OUTCOMES[error.code].es.lower() if isinstance(error, SourceError) else f"ya no tiene {self._where()}"
            raise PictureError(
                f"{self.evidence.document}: la copia archivada no da la imagen: {why}. "
                "Agregue el documento otra vez con `peso add`."
            ) from error

    def _where(self) -> str:
        return f"la {'página' if self.format == 'pdf' else 'hoja'} {self.evidence.page}"


def references(texts: Iterable[str]) -> list[Reference]:
    """The lines named in texts, once each: ids as in out.line, with or without `:column`, alone or joined by ';'."""
    wanted = []
    for named in re.split(r"[;,\s]+", " ".join(texts).strip()):
        match = _LINE.match(named)
        if not match:
            raise PictureError(
                f"«{named}» no es una línea: se escribe documento:tabla:renglón, como en la columna linea_id de "
                "es.linea, y puede llevar :columna al final."
            )
        wanted.append(Reference(match["line"], int(match["column"]) if match["column"] else None))
    return list(dict.fromkeys(wanted))


def sourced(home: Home, reference: Reference, places: Mapping[str, Place]) -> Sourced:
    """A line with its file, from the places of lines. Raises PictureError where there is no such line, amount or file."""
    place = places.get(reference.line_id)
    if place is None:
        raise PictureError(
            f'No hay ninguna línea «{reference.line_id}» en la edición publicada. `peso query "{LIST_LINES}"` las lista.'
        )
    amounts = _chosen(place.amounts, reference)
    columns = frozenset(amount["column"] for amount in amounts)
    return Sourced(evidence_of(place, amounts), archived(home, place.document), place.format, columns)


def stored_places(home: Home, line_ids: Iterable[str]) -> dict[str, Place]:
    """The places of lines of the store, before anything is published."""
    with asking_store(home.store, *TABLES_OF_PLACES) as ask:
        return find_places(ask, set(line_ids))


def printed_places(home: Home, wanted: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """A small PNG of each (line, stage) of the store, by line id, for the page of a release. What cannot be drawn is left out."""
    references = [Reference(line_id, None, stage) for line_id, stage in wanted]
    places = stored_places(home, (reference.line_id for reference in references))
    pictures = {}
    for reference in references:
        try:
            image = sourced(home, reference, places).picture().image
        except (PictureError, LookupError, ValueError, ArithmeticError):
            continue  # the page leads to document, page and figure in words
        image.thumbnail((_PAGE_WIDTH, _PAGE_WIDTH))
        file = io.BytesIO()
        image.convert("RGB").quantize(_PAGE_COLOURS, Image.Quantize.FASTOCTREE).save(file, "png")
        pictures[reference.line_id] = file.getvalue()
    return pictures


def crop_png(home: Home, ask: Ask, line_id: str) -> bytes:
    """The place of a line of a release, as a PNG. Raises PictureError where it cannot be drawn."""
    try:
        image = sourced(home, Reference(line_id), find_places(ask, [line_id])).picture().image
    except (LookupError, ValueError, ArithmeticError) as error:
        raise PictureError(f"El lugar de {line_id} no se puede dibujar.") from error
    file = io.BytesIO()
    image.save(file, "png", optimize=True)
    return file.getvalue()


def archived(home: Home, document: Row) -> Path:
    """Where the bytes of a document lie. Raises PictureError when they are not in the archive."""
    if document["sha256"] not in home.archive:
        raise PictureError(
            f"El archivo de «{document['title'] or document['document_id']}» (sha256 {str(document['sha256'])[:12]}…) no "
            f"está en {home.archive.root}. Agréguelo otra vez con `peso add`: se obtuvo de {document['origin']}."
        )
    return home.archive.local(document["sha256"])


def _chosen(amounts: tuple[Row, ...], reference: Reference) -> list[Row]:
    if reference.column is None:
        return [amount for amount in amounts if reference.stage in (None, amount["stage"])]
    chosen = [amount for amount in amounts if amount["column"] == reference.column]
    if not chosen:
        columns = ", ".join(str(amount["column"]) for amount in amounts)
        raise PictureError(
            f"La línea {reference.line_id} no tiene importe en la columna {reference.column}; tiene: {columns}."
        )
    return chosen


def evidence_of(place: Place, amounts: list[Row]) -> Evidence:
    """What a picture shows and says of a line, with some of its amounts."""
    line, document = place.line, place.document
    return Evidence(
        line_id=line["line_id"],
        label=line["label"] or "",
        page=line["page"],
        place=line["place"],
        figures=tuple(
            ShownFigure(amount["place"], amount["source_text"], amount["header"], _name(amount)) for amount in amounts
        ),
        document=document["title"] or document["document_id"],
        sha256=document["sha256"],
        printed_page=line["printed_page"],
        title=place.table.get("title"),
        first_page=place.table.get("page_first"),
        note=" · ".join(_notes(amounts, document)),
        withheld=place.withheld,
    )


def _name(amount: Row) -> str:
    """The header of the column, the stage where the header does not name it, and the unit where it is not pesos."""
    header = (amount["header"] or "").replace(" | ", " · ")
    stage = amount["stage"] or ""
    name = header or stage or f"columna {amount['column']}"
    if stage and stage not in name.lower():
        name += f" ({stage.replace('_', ' ')})"
    unit = _UNITS.get(amount["multiplier"])
    return f"{name}, {unit}" if unit else name


def _notes(amounts: list[Row], document: Row) -> Iterator[str]:
    """What must be said beside the picture, in Spanish."""
    doubts = dict.fromkeys(amount["reason"] for amount in amounts if not amount["verified"])
    for reason in doubts:
        yield f"Sin verificar: {UNVERIFIED[reason].es.lower() if reason in UNVERIFIED else reason}"
    if document["citable"] is False:
        yield "No se cita: base secundaria o copia compuesta por el proyecto"


def save_pictures(home: Home, texts: Iterable[str], out: Path | None) -> Iterator[Path]:
    """Writes the picture of each line and yields where. Several lines, or no `.png`, make `out` a folder."""
    wanted = references(texts)
    if out is not None and out.suffix.lower() == ".png" and len(wanted) > 1:
        raise PictureError(f"Son {len(wanted)} líneas y {out} es un solo archivo: dé una carpeta en --out.")
    with asking(home.published().database) as ask:
        places = find_places(ask, {reference.line_id for reference in wanted})
    for reference in wanted:
        one = out is not None and out.suffix.lower() == ".png"
        path = out if out is not None and one else (out or Path()) / picture_name(reference)
        picture = sourced(home, reference, places).picture()
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.image.save(path, optimize=True)
        yield path


def picture_name(reference: Reference) -> str:
    """A file name that any system takes."""
    column = f"-{reference.column}" if reference.column is not None else ""
    return re.sub(r"[^\w.-]+", "-", reference.line_id) + column + ".png"
