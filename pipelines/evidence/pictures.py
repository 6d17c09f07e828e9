"""`peso show`: pictures of the places of lines, from the published release and the archive.

Which line, what is said under the picture, and where the file lies; how a picture is drawn is for `sources.picture`.
"""

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from pipelines.home import Home
from pipelines.verbs.answers import Ask, asking, quoted, rows
from sources.errors import SourceError
from sources.picture import Evidence, Figure, Picture, crop
from warehouse.schema.personal import WITHHELD
from warehouse.schema.vocabulary import OUTCOMES, UNVERIFIED

# document:table:row, as in out.line; with a column too, as in a conciliation.
_LINE = re.compile(r"^(?P<line>(?P<document>.+?):\d+:\d+)(?::(?P<column>\d+)(?::\w+)?)?$")
_UNITS = {1_000: "miles de pesos", 1_000_000: "millones de pesos"}
# A page of a release holds dozens: wide enough to read the figure, in few colours.
_PAGE_WIDTH, _PAGE_COLOURS = 820, 48
Row = Mapping[str, Any]


class PictureError(Exception):
    """A picture that cannot be made; the message, in Spanish, says why and what to do."""


class Reference(NamedTuple):
    """A line as a person names it, with one of its columns or (None) all."""

    line_id: str
    column: int | None


class Sourced(NamedTuple):
    """What is to be shown of a line, and the archived file that shows it.

    `witnessed`: the page is an image, and a second reader of images, which shares nothing with the first, saw each figure.
    """

    evidence: Evidence
    path: Path
    format: str
    witnessed: bool = False

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
    found = []
    for named in re.split(r"[;,\s]+", " ".join(texts).strip()):
        match = _LINE.match(named)
        if not match:
            raise PictureError(
                f"«{named}» no es una línea: se escribe documento:tabla:renglón, como en la columna linea_id de "
                "es.linea, y puede llevar :columna al final."
            )
        found.append(Reference(match["line"], int(match["column"]) if match["column"] else None))
    return list(dict.fromkeys(found))


def sourced(home: Home, reference: Reference, ask: Ask | None = None) -> Sourced:
    """A line of the published release with its file. Raises PictureError; WarehouseError when nothing is published."""
    ask = ask or partial(rows, home)
    line_id = quoted(reference.line_id)
    lines = ask(f"SELECT * FROM core.line WHERE line_id = {line_id}")
    if not lines:
        raise PictureError(
            f"No hay ninguna línea «{reference.line_id}» en la edición publicada. "
            '`peso query "SELECT linea_id, etiqueta FROM es.linea_todo"` las lista.'
        )
    line = lines[0]
    document_id, table = quoted(line["document_id"]), line["table"]
    (document,) = ask(f"SELECT * FROM core.document WHERE document_id = {document_id}")
    (reading,) = ask(f"SELECT * FROM raw.document WHERE document_id = {document_id}")
    of_table = f'document_id = {document_id} AND "table" = {table}'
    (view,) = ask(f"SELECT * FROM core.table WHERE {of_table}") or [{}]
    amounts = ask(f'SELECT * FROM core.amount WHERE line_id = {line_id} ORDER BY "column"')
    withheld = ask(f"SELECT 1 FROM core.line WHERE {of_table} AND contains(label, {quoted(WITHHELD)}) LIMIT 1")
    numbers = ask(
        f'SELECT "column", source_text, flag, witness FROM raw.number WHERE {of_table} AND "row" = {line["row"]}'
    )
    chosen = _chosen(amounts, reference)
    return Sourced(
        evidence_of(line, chosen, document, view, bool(withheld)),
        archived(home, document),
        reading["format"],
        witnessed(numbers, {amount["column"] for amount in chosen}),
    )


def witnessed(numbers: list[dict[str, Any]], columns: set[int]) -> bool:
    own = [number for number in numbers if number["column"] in columns]
    plain = ["".join(number["source_text"].split()) for number in own]
    seen = ["".join((number["witness"] or "").split()) for number in own]
    return bool(own) and all(number["flag"] == "ocr" for number in own) and plain == seen


class Stored:
    """What pictures of some lines need of the store, each table read once."""

    def __init__(self, home: Home, line_ids: Iterable[str]) -> None:
        self.home, wanted = home, sorted(set(line_ids))
        names = sorted({line_id.rsplit(":", 2)[0] for line_id in wanted})
        lines, tables, documents = (
            home.store.read(name, where={"document_id": names}) for name in ("core.line", "core.table", "core.document")
        )
        self.lines = {row["line_id"]: row for row in _records(lines[lines["line_id"].isin(wanted)])}
        hidden = lines[lines["label"].str.contains(WITHHELD, regex=False, na=False)]
        self.withheld = set(zip(hidden["document_id"], hidden["table"], strict=True))
        self.tables = {(row["document_id"], row["table"]): row for row in _records(tables)}
        self.documents = {row["document_id"]: row for row in _records(documents)}
        self.amounts = _records(home.store.read("core.amount", where={"line_id": wanted}))
        self.formats = {name: home.store.read("raw.document", name)["format"].iloc[0] for name in names}

    def sourced(self, line_id: str, stage: str) -> Sourced:
        """A line with its amounts of one stage. Raises PictureError when its file is not in the archive."""
        line = self.lines[line_id]
        name, place = line["document_id"], (line["document_id"], line["table"])
        path = archived(self.home, self.documents[name])
        amounts = [row for row in self.amounts if row["line_id"] == line_id and row["stage"] == stage]
        evidence = evidence_of(line, amounts, self.documents[name], self.tables[place], place in self.withheld)
        return Sourced(evidence, path, self.formats[name])


def printed_places(home: Home, wanted: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """A small PNG of each (line, stage) of the store, by line id, for the page of a release. What cannot be drawn is left out."""
    shown = list(wanted)
    rows, places = Stored(home, (line_id for line_id, _ in shown)), {}
    for line_id, stage in shown:
        try:
            image = rows.sourced(line_id, stage).picture().image
        except (PictureError, LookupError, ValueError, ArithmeticError):
            continue  # the page leads to document, page and figure in words
        image.thumbnail((_PAGE_WIDTH, _PAGE_WIDTH))
        file = io.BytesIO()
        image.convert("RGB").quantize(_PAGE_COLOURS).save(file, "png", optimize=True)
        places[line_id] = file.getvalue()
    return places


def archived(home: Home, document: Row) -> Path:
    """Where the bytes of a document lie. Raises PictureError when they are not in the archive."""
    if document["sha256"] not in home.archive:
        raise PictureError(
            f"El archivo de «{document['title'] or document['document_id']}» (sha256 {str(document['sha256'])[:12]}…) no "
            f"está en {home.archive.root}. Agréguelo otra vez con `peso add`: se obtuvo de {document['origin']}."
        )
    return home.archive.path(document["sha256"])


def _chosen(amounts: list[dict[str, Any]], reference: Reference) -> list[dict[str, Any]]:
    if reference.column is None:
        return amounts
    chosen = [amount for amount in amounts if amount["column"] == reference.column]
    if not chosen:
        known = ", ".join(str(amount["column"]) for amount in amounts)
        raise PictureError(
            f"La línea {reference.line_id} no tiene importe en la columna {reference.column}; tiene: {known}."
        )
    return chosen


def evidence_of(line: Row, amounts: list[Any], document: Row, table: Row, withheld: bool) -> Evidence:
    """What a picture shows and says of a line; each argument has the columns of its `core` table."""
    return Evidence(
        line_id=line["line_id"],
        label=line["label"] or "",
        page=line["page"],
        place=line["place"],
        figures=tuple(
            Figure(amount["place"], amount["source_text"], amount["header"], _name(amount)) for amount in amounts
        ),
        document=document["title"] or document["document_id"],
        sha256=document["sha256"],
        printed_page=line["printed_page"],
        title=table.get("title"),
        first_page=table.get("page_first"),
        note=" · ".join(_notes(amounts, document)),
        withheld=withheld,
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


def _notes(amounts: list[Any], document: Row) -> Iterator[str]:
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
    with asking(home) as ask:
        for reference in wanted:
            one = out is not None and out.suffix.lower() == ".png"
            path = out if out is not None and one else (out or Path()) / picture_name(reference)
            picture = sourced(home, reference, ask).picture()
            path.parent.mkdir(parents=True, exist_ok=True)
            picture.image.save(path, optimize=True)
            yield path


def picture_name(reference: Reference) -> str:
    """A file name that any system takes."""
    column = f"-{reference.column}" if reference.column is not None else ""
    return re.sub(r"[^\w.-]+", "-", reference.line_id) + column + ".png"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows, their nulls as None."""
    return frame.astype(object).where(frame.notna(), None).to_dict("records")
