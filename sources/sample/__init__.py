"""The embedded sample: documents typeset by the project from published figures, because the originals are not ours.

`generate` makes the files, with the same bytes everywhere; `entries` are their catalogue entries. Where the figures come
from is in figures/README.md. These documents are for trying the program: cite their source, not them.
In: nothing. Out: files, and the entries that say what they are.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sources.bytes.archive import write_atomic
from sources.declared.entry import DocumentEntry, Government
from sources.raw.reading import Hints
from sources.sample import delimited, ods, pdf, xlsx
from sources.sample.content import EFIPEM, OFFICE_SOURCE, STATES
from sources.sample.figures import PRELIMINARY
from sources.sample.looks import LOOKS
from sources.sample.plan import OFFICE_BODY, Plan, plans, tabled_states

EFIPEM_PERIMETER = "Gobierno del estado según el INEGI (EFIPEM): lo que gasta y lo que transfiere a sus entes."

TABLE_NOTE = (
    "Cifras publicadas por el INEGI (EFIPEM), compuestas por Peso a Peso en las columnas del archivo del INEGI: no es el original. "
    "La unidad (pesos) y el momento (ejercido) no están en el archivo: los dice el INEGI en sus metadatos y aquí los declara una "
    "persona. `peso fetch inegi-efipem` trae los archivos del INEGI, que sustituyen a este. La Ciudad de México no está en la fuente."
)


@dataclass(frozen=True)
class SampleFile:
    """A generated document."""

    document_id: str
    path: Path


def generate(folder: Path) -> list[SampleFile]:
    """Makes the sample documents in `folder`; those already there with the right bytes are left alone."""
    expected = checksums()
    files = []
    for plan in plans():
        path = folder / plan.file_name
        if not path.is_file() or _sha256(path.read_bytes()) != expected.get(plan.file_name):
            write_atomic(path, typeset(plan))
        files.append(SampleFile(plan.document_id, path))
    return files


def typeset(plan: Plan) -> bytes:
    """The bytes of one document."""
    if plan.format == "csv":
        return delimited.typeset(tabled_states(), plan.year)
    content = plan.content()
    if plan.format == "pdf":
        return pdf.typeset(content, LOOKS[plan.look])
    return ods.typeset(content) if plan.format == "ods" else xlsx.typeset(content, plan.look)


def checksums() -> dict[str, str]:
    """The sha256 that each document must have, by file name (SHA256SUMS)."""
    lines = (Path(__file__).parent / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def governments() -> list[Government]:
    """The public bodies of the sample that the catalogue's own list does not have."""
    name = "Sistema Estatal de Comunicación Social de Sonora"
    return [Government(government_id=OFFICE_BODY, name=name, level="body", parent_id="26", source=OFFICE_SOURCE)]


def entries() -> list[DocumentEntry]:
    """The catalogue entries of the sample, without the hash, which is known once the documents are made."""
    return [_entry(plan) for plan in plans()]


def _entry(plan: Plan) -> DocumentEntry:
    office = plan.government_id == OFFICE_BODY
    table = plan.format == "csv"
    return DocumentEntry(
        document_id=plan.document_id,
        title=_title(plan),
        government_id=plan.government_id,
        kind="informe" if office else "estadistica",
        fiscal_year=plan.year,
        period_start=date(plan.year, 1, 1),
        period_end=date(plan.year, 12, 31),
        period_status=None if office else "preliminary" if plan.year in PRELIMINARY else "final",
        perimeter="Oficina de comunicación social y Telemax" if office else EFIPEM_PERIMETER,
        citable=False,
        origin=OFFICE_SOURCE if office else f"{EFIPEM}, {plan.year}",
        obtained_how="typeset",
        hints=Hints(unit=1, stages={"VALOR": "ejercido"}) if table else Hints(),
        notes=TABLE_NOTE if table else None,
    )


def _title(plan: Plan) -> str:
    if plan.government_id is None:
        whose = (
            f"{len(tabled_states())} gobiernos estatales, sin los que se componen por separado ni la Ciudad de México"
        )
        return f"EFIPEM, egresos por objeto del gasto, {whose}, {plan.year} (muestra: cifras del INEGI, compuesta por Peso a Peso)"
    whose = "Comunicación Social de Sonora" if plan.government_id == OFFICE_BODY else STATES[plan.government_id]
    return f"{plan.content().titles[0]}, {whose} {plan.year} (muestra)"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
