"""One document read apart: what its process may take and open, what it hands back, and how each way of failing is told.

A document is read without OCR first. Only one that needs it is read again by a process that may start one program, Tesseract,
which is shut in likewise. What was read of a page is handed out as it is read: a reader writes nothing.
"""

import logging
import shutil
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pandas as pd

import sources
from expectations.plausible import describe_findings
from pipelines.apart.plausibility import keep_plausible
from pipelines.apart.process import Done, EndedError, Tell, Work, do_apart
from pipelines.apart.walls import Allowance, ProcessLimits, isolation
from pipelines.apart.wire import Answer, ForgedError, packed, raw_frames, unpacked
from sources.errors import SourceError
from sources.opening import opening_text
from sources.pdf.ocr.kept import KeptPages
from sources.raw.reading import Document, Reading
from sources.read import read
from transforms.describe.draft import Description, describe
from warehouse.schema.text import legible
from warehouse.schema.vocabulary import Term

_GIB = 2**30
# Seconds of the processor. A scanned law of 300 pages takes hours; what was read of it is kept when it is stopped. The real
# documents that take most memory (laws of 4 MB, tables of 64,000 figures) take 150 MiB, a tenth of the limit.
LIMITS = ProcessLimits(seconds=1800, memory=2 * _GIB, answer=_GIB)
LIMITS_WITH_OCR = ProcessLimits(seconds=12 * 3600, memory=4 * _GIB, answer=_GIB)
_NEEDS_OCR = [b"needs OCR"]
_SAID, _PAGE_READ = b"s", b"p"
TRIED_AGAIN = Term(
    "It is not tried again until it, its hints or the program change.",
    "No se vuelve a intentar hasta que cambien él, sus pistas o el programa.",
)
REPORT = Term(f"Please report the document. {TRIED_AGAIN.en}", f"Reporte el documento, por favor. {TRIED_AGAIN.es}")
SPLIT = Term(
    f"If it is honest, split it, or name the pages or sheets that have tables in its hints. {TRIED_AGAIN.en}",
    f"Si es honesto, divídalo, o nombre en sus pistas las páginas u hojas que tienen tablas. {TRIED_AGAIN.es}",
)
_LOOK = Term(
    "Look at it with `peso read FILE --page N --picture out.png`. If it is no table, name the pages or sheets that have "
    "tables in the document's hints; if it is one, please report the document.",
    "Véalo con `peso read ARCHIVO --page N --picture pagina.png`. Si no es una tabla, nombre en las pistas del documento las "
    "páginas u hojas que sí las tienen; si lo es, reporte el documento, por favor.",
)
_OF_IMAGES = ("image", "garbled", "ocr")  # kinds of pages that OCR reads, or reads better than the layer of another
_LOG = logging.getLogger(sources.__name__)


@dataclass(frozen=True)
class ToRead:
    """A document to read. With the `names` of governments it is also described, by its words and the folders of `place`."""

    document: Document
    place: str = ""
    names: pd.DataFrame | None = None


def read_apart(asked: Iterable[ToRead]) -> Iterator[tuple[Answer, float]]:
    """Reads documents, each in a process of its own, as many at once as there are cores; yields what each said and the
    seconds that it took, in order. Never raises for a bad document.
    """
    waiting = list(asked)
    if waiting and (lacking := isolation()):
        _LOG.warning("%s", lacking)
    for to_read, done in zip(waiting, do_apart([_without_ocr(to_read) for to_read in waiting]), strict=True):
        yield answered(to_read.document, done), done.seconds


def _without_ocr(to_read: ToRead) -> Work:
    then = partial(_with_ocr, to_read) if to_read.document.ocr else None
    return Work(read_in_process, (to_read, False), LIMITS, Allowance((to_read.document.path,)), then=then)


def _with_ocr(to_read: ToRead, done: Done) -> Work | None:
    """The second reading of a document that needs OCR."""
    ocr = to_read.document.ocr
    if done.answer != _NEEDS_OCR or ocr is None:
        return None
    program = shutil.which("tesseract")
    allowance = Allowance((to_read.document.path, ocr), (Path(program).resolve(),) if program else (), libraries=True)
    kept = KeptPages.of(ocr, to_read.document.path.read_bytes())
    return Work(read_in_process, (to_read, True), LIMITS_WITH_OCR, allowance, partial(_hear, kept))


def _hear(kept: KeptPages, kind: bytes, said: bytes) -> None:
    """What a reader says on the way: where it is, and the pages that OCR has read."""
    if kind == _PAGE_READ:
        [number] = struct.unpack_from(">I", said)
        kept.write(number, said[4:])
    elif kind == _SAID:
        _LOG.info("%s", legible(said.decode("utf-8", "replace")))


def read_in_process(to_read: ToRead, with_ocr: bool, tell: Tell) -> Iterator[bytes]:
    """In the process that is shut in."""
    document = to_read.document
    if with_ocr:
        _LOG.handlers[:] = [_Told(tell)]
        _LOG.setLevel(logging.INFO)
        hand_out = partial(_hand_out, tell)
        yield from packed(*said_of(replace(to_read, document=replace(document, hand_out=hand_out))))
        return
    reading, error, description = said_of(replace(to_read, document=replace(document, ocr=None)))
    if document.ocr is not None and _is_of_images(reading, error):
        yield from _NEEDS_OCR
    else:
        yield from packed(reading, error, description)


def _hand_out(tell: Tell, number: int, page: bytes) -> None:
    tell(_PAGE_READ, struct.pack(">I", number) + page)


class _Told(logging.Handler):
    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(_SAID, record.getMessage().encode("utf-8", "replace"))


def _is_of_images(reading: Reading | None, error: SourceError | None) -> bool:
    if reading is None:
        return error is not None and error.code in ("no_text", "garbled_text")
    return bool(reading.pages["kind"].isin(_OF_IMAGES).any())


def said_of(to_read: ToRead) -> tuple[Reading | None, SourceError | None, Description | None]:
    """What `packed` takes: the document as read here, in this process."""
    document = to_read.document
    try:
        reading = read(document)
    except SourceError as error:
        return None, error, _described(to_read, None)
    description = _described(to_read, reading)
    reading, lost = keep_plausible(reading)
    return reading, _implausible(document.title, lost) if len(lost) else None, description


def _described(to_read: ToRead, reading: Reading | None) -> Description | None:
    """What the document seems to be; of one that could not be read, by its name, its folders and its first words, if any."""
    if to_read.names is None:
        return None
    return describe(
        raw_frames(reading) if reading else {}, to_read.place, to_read.names, opening_text(to_read.document.path)
    )


def _implausible(title: str, lost: pd.DataFrame) -> SourceError:
    """A table that was not recognised must not pass for running text: the document fails, and says where."""
    page = lost["page"].iloc[0]
    return SourceError(
        "implausible",
        title,
        Term("every column of money in a table", "cada columna de dinero en una tabla"),
        describe_findings(lost),
        _LOOK,
        None if page is None else str(page),
    )


def answered(document: Document, done: Done) -> Answer:
    """What a process said of the document, or how it ended, told for people."""
    if done.error is not None:
        return Answer(None, _refusal(document, done.error), None)
    try:
        return unpacked(done.answer, document.document_id)
    except ForgedError as error:
        return Answer(None, _refusal(document, EndedError("died", str(error))), None)


def _refusal(document: Document, ended: EndedError) -> SourceError:
    """How a reader ended, told so that the person who dropped the document knows what to do."""
    reason = Term(legible(ended.found.en), legible(ended.found.es))
    if ended.reason == "time" and document.ocr is not None:
        expected, advice = Term("a document that is read in time", "un documento que se lea a tiempo"), Term(
            "The pages that OCR has read are kept: run again to go on with the others.",
            "Las páginas que el OCR leyó se conservan: vuelva a ejecutar para seguir con las demás.",
        )  # fmt: skip
        return SourceError("unfinished", document.title, expected, reason, advice)
    if ended.reason == "killed":
        expected, advice = Term("a reader that nobody ends", "un lector que nadie termine"), Term(
            "Close other programs, if memory was short, and run again.",
            "Cierre otros programas, si faltó memoria, y vuelva a ejecutar.",
        )  # fmt: skip
        return SourceError("unfinished", document.title, expected, reason, advice)
    if ended.reason in ("time", "memory", "answer"):
        expected = Term("a document within the limits of reading", "un documento dentro de los límites de lectura")
        return SourceError("too_large", document.title, expected, reason, SPLIT)
    expected = Term("a document the reader can finish", "un documento que el lector pueda terminar")
    return SourceError("failed", document.title, expected, _how(ended.reason, reason), REPORT)


def _how(reason: str, end: Term) -> Term:
    if end.en == "SIGABRT":
        end = Term(
            f"{end.en}: as PDFium ends where it may take no more memory",
            f"{end.es}: como termina PDFium cuando ya no puede tomar memoria",
        )
    if reason == "died":
        return Term(f"the reading process died ({end.en})", f"el proceso de lectura murió ({end.es})")
    return Term(f"the reader failed with {end.en}", f"el lector falló con {end.es}")
