"""What belongs to a subject beside its amounts: page crops, documents with their sidecars, alerts, the gate."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from pipelines.evidence.packed_subjects import CitedLine, Subject
from pipelines.evidence.pictures import PictureError, Reference, picture_name, sourced
from pipelines.evidence.queries import Query, queries
from pipelines.evidence.records import ShownRecord, shown_records
from pipelines.home import Home
from transforms.measure.candidates import PRINTED_RULE
from transforms.tell import gate
from transforms.tell.facets import lacking
from warehouse.ask import lines, records
from warehouse.ask.places import Place, find_places, witnesses
from warehouse.ask.query import Ask
from warehouse.schema.vocabulary import Term
from warehouse.store.session import Row

_MOST_CROPS = 60
_BY_EYE = "la página es una imagen y un segundo lector no vio la misma cifra: compárela a ojo con el recorte"


@dataclass(frozen=True)
class Crop:
    """The picture of an operand. `shows`: its digits were read in the marked place, of an image by two readers;
    `problem` says why there is none, or what a person has to look at.
    """

    file: str | None
    image: Image.Image | None
    shows: bool
    problem: str | None = None


@dataclass(frozen=True)
class Gathered:
    """A subject with everything that its pack shows. `crops` are by side and line; `bases` are the rows of `core.basis`, by line
    and column.
    """

    subject: Subject
    crops: dict[tuple[str, str], Crop]
    documents: list[Row]
    alerts: list[Row]
    queries: list[Query]
    bases: dict[str, dict[int, list[Row]]]
    records: list[ShownRecord]
    conditions: list[gate.Condition]

    @property
    def publishable(self) -> bool:
        """Whether every condition of the gate is met."""
        return gate.publishable(self.conditions)


def gather(home: Home, ask: Ask, subject: Subject, asked: str | None) -> Gathered:
    """Draws the crops, reads the sidecars, runs the SQL and asks the gate."""
    crops = _crops(home, ask, subject.operands)
    documents = _documents(home, ask, subject)
    alerts = _alerts(ask, subject)
    reproduced = queries(ask, subject)
    facts = gate.Printable(
        kind=subject.kind,
        operands=list(_operands(subject, crops, {document["document_id"]: document for document in documents})),
        refusals=[code for code in (subject.row.get("refusals") or "").split(";") if code],
        claim_status=subject.row.get("status"),
        alerts=[Term(alert["message"], alert["mensaje"]) for alert in alerts if alert["severity"] == "ERROR"],
        stable=subject.row.get("stable"),
        reproduced=bool(reproduced) and all(query.holds for query in reproduced),
        asked=asked,
        total_as_printed=PRINTED_RULE in (subject.row.get("x_rule"), subject.row.get("y_rule")),
    )
    bases = {operand.line_id: lines.bases(ask, operand.line_id) for operand in subject.operands}
    joined = shown_records(home, ask, subject.records, _MOST_CROPS)
    return Gathered(subject, crops, documents, alerts, reproduced, bases, joined, gate.conditions(facts))


def _crops(home: Home, ask: Ask, operands: Sequence[CitedLine]) -> dict[tuple[str, str], Crop]:
    places = find_places(ask, {operand.line_id for operand in operands[:_MOST_CROPS]})
    undrawn = Crop(None, None, False, f"solo se dibujan los primeros {_MOST_CROPS} recortes")
    return {
        (operand.side, operand.line_id): _crop(home, ask, operand, places) if position < _MOST_CROPS else undrawn
        for position, operand in enumerate(operands)
    }


def _crop(home: Home, ask: Ask, operand: CitedLine, places: Mapping[str, Place]) -> Crop:
    reference = Reference(operand.line_id, operand.amounts[0]["column"] if len(operand.amounts) == 1 else None)
    try:
        shown = sourced(home, reference, places)
        picture = shown.picture()
    except PictureError as error:
        return Crop(None, None, False, str(error))
    numbers = witnesses(ask, places[operand.line_id].line)
    shows = is_witnessed(numbers, shown.columns) or picture.shows(shown.evidence)
    by_eye = None if shows or any(picture.seen) else _BY_EYE
    return Crop(picture_name(reference), picture.image, shows, by_eye)


def is_witnessed(numbers: list[Row], columns: Collection[int]) -> bool:
    """Whether the page is an image, and a second reader of images, which shares nothing with the first, saw each figure."""
    shown = [number for number in numbers if number["column"] in columns]
    plain = ["".join(number["source_text"].split()) for number in shown]
    seen = ["".join((number["witness"] or "").split()) for number in shown]
    return bool(shown) and all(number["flag"] == "ocr" for number in shown) and plain == seen


def _operands(
    subject: Subject, crops: dict[tuple[str, str], Crop], documents: dict[str, Row]
) -> Iterable[gate.CitedAmount]:
    for operand in subject.operands:
        shown = crops[operand.side, operand.line_id].shows
        if not operand.amounts:  # named, but without an amount of that stage and year
            yield gate.CitedAmount(operand.line_id, False, None, None, False, shown)
        for amount in operand.amounts:
            document = documents[amount["document_id"]]
            yield gate.CitedAmount(
                operand.line_id,
                amount["verified"],
                amount["stage"],
                document["period_status"],
                document["citable"] is not False,
                shown,
                lacking(amount),
                document["kind"],
            )


def _documents(home: Home, ask: Ask, subject: Subject) -> list[Row]:
    """The documents of the operands (or, without any, of the row) and of the records, each with the sidecar of its archived bytes."""
    ids = dict.fromkeys(amount["document_id"] for operand in subject.operands for amount in operand.amounts)
    if not ids and subject.row.get("document_id"):
        ids = {subject.row["document_id"]: None}
    ids |= {record.row["document_id"]: None for record in subject.records}
    if not ids:
        return []
    return [
        document | {"sidecar": _sidecar(home, document["sha256"])} for document in records.documents(ask, list(ids))
    ]


def _sidecar(home: Home, sha256: str | None) -> dict[str, Any] | None:
    sidecar = home.archive.sidecar(sha256) if sha256 else None
    return sidecar.model_dump(mode="json", exclude_none=True) if sidecar else None


def _alerts(ask: Ask, subject: Subject) -> list[Row]:
    """The alerts of these lines, and those of their documents as a whole."""
    line_ids = [operand.line_id for operand in subject.operands]
    document_ids = {amount["document_id"] for operand in subject.operands for amount in operand.amounts}
    return records.alerts(ask, line_ids, document_ids) if line_ids and document_ids else []
