"""What belongs to a subject beside its amounts: page crops, documents with their sidecars, alerts, the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from pipelines.evidence.pictures import PictureError, Reference, picture_name, sourced
from pipelines.evidence.sql import Query, queries
from pipelines.evidence.subjects import Operand, Row, Subject
from pipelines.home import Home
from pipelines.verbs.answers import Ask, quoted
from transforms.tell import gate
from warehouse.schema.vocabulary import Word

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
    """A subject with everything that its pack shows. `crops` are by side and line."""

    subject: Subject
    crops: dict[tuple[str, str], Crop]
    documents: list[Row]
    alerts: list[Row]
    queries: list[Query]
    conditions: list[gate.Condition]

    @property
    def publishable(self) -> bool:
        return gate.publishable(self.conditions)


def gather(home: Home, ask: Ask, subject: Subject, asked: str | None) -> Gathered:
    """Draws the crops, reads the sidecars, runs the SQL and asks the gate."""
    crops = {
        (operand.side, operand.line_id): _crop(home, ask, operand, drawn=position < _MOST_CROPS)
        for position, operand in enumerate(subject.operands)
    }
    documents = _documents(home, ask, subject)
    alerts = _alerts(ask, subject)
    found = queries(ask, subject)
    facts = gate.Printable(
        kind=subject.kind,
        operands=list(_operands(subject, crops, {document["document_id"]: document for document in documents})),
        refusals=[code for code in (subject.row.get("refusals") or "").split(";") if code],
        claim_status=subject.row.get("status"),
        alerts=[Word(alert["message"], alert["mensaje"]) for alert in alerts if alert["severity"] == "ERROR"],
        stable=subject.row.get("stable"),
        reproduced=bool(found) and all(query.holds for query in found),
        asked=asked,
    )
    return Gathered(subject, crops, documents, alerts, found, gate.conditions(facts))


def _crop(home: Home, ask: Ask, operand: Operand, drawn: bool) -> Crop:
    if not drawn:
        return Crop(None, None, False, f"solo se dibujan los primeros {_MOST_CROPS} recortes")
    column = operand.amounts[0]["column"] if len(operand.amounts) == 1 else None
    reference = Reference(operand.line_id, column)
    try:
        found = sourced(home, reference, ask)
        picture = found.picture()
    except PictureError as error:
        return Crop(None, None, False, str(error))
    shows = found.witnessed or picture.shows(found.evidence)
    by_eye = None if shows or any(picture.seen) else _BY_EYE
    return Crop(picture_name(reference), picture.image, shows, by_eye)


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
            )


def _documents(home: Home, ask: Ask, subject: Subject) -> list[Row]:
    """The documents of the operands (or, without any, of the row), each with the sidecar of its archived bytes."""
    ids = dict.fromkeys(amount["document_id"] for operand in subject.operands for amount in operand.amounts)
    if not ids and subject.row.get("document_id"):
        ids = {subject.row["document_id"]: None}
    if not ids:
        return []
    found = ask(f"SELECT * FROM core.document WHERE document_id IN ({_list(ids)}) ORDER BY document_id")
    return [document | {"sidecar": _sidecar(home, document["sha256"])} for document in found]


def _sidecar(home: Home, sha256: str | None) -> dict[str, Any] | None:
    sidecar = home.archive.sidecar(sha256) if sha256 else None
    return sidecar.model_dump(mode="json", exclude_none=True) if sidecar else None


def _alerts(ask: Ask, subject: Subject) -> list[Row]:
    """The alerts of these lines, and those of their documents as a whole."""
    lines = [operand.line_id for operand in subject.operands]
    documents = {amount["document_id"] for operand in subject.operands for amount in operand.amounts}
    if not lines or not documents:
        return []
    where = f"line_id IN ({_list(lines)}) OR (line_id IS NULL AND document_id IN ({_list(sorted(documents))}))"
    return ask(f"SELECT * FROM out.alert WHERE {where} ORDER BY severity, alert_id")


def _list(values: Iterable[str] | Sequence[str]) -> str:
    return ", ".join(quoted(value) for value in values)
