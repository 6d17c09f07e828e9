"""The pack as an RO-Crate: its files with their hashes, each printed text with W3C selectors, and from what each number is derived (PROV).

`verifica.py`, which lies in the pack, makes the numbers again from this file alone. What is in the pack is gathered elsewhere.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipelines.evidence.gather import Gathered
from warehouse.store.session import Row

FILE, VERIFIER = "ro-crate-metadata.json", "verifica.py"
Entity = dict[str, Any]
_CONTEXT = [
    "https://w3id.org/ro/crate/1.1/context",
    {
        "oa": "http://www.w3.org/ns/oa#", "prov": "http://www.w3.org/ns/prov#", "dcterms": "http://purl.org/dc/terms/",
        "multiplicador": "https://schema.org/multiplier", "pagina": "https://schema.org/pagination",
    },
]  # fmt: skip
# How one number is made of others.
_ACTIVITIES = {
    "#lectura": "El texto impreso, por los pesos de su unidad",
    "#suma": "La suma de sus partes",
    "#resta": "La primera parte menos las demás",
    "#division": "La primera parte entre la segunda",
    "#cambio": "La primera parte entre la segunda, menos uno",
    "#edicion": "Dato de la edición, que no se rehace aquí",
}
# Of each table, the columns that are one amount over another: the column, the two, and how.
_QUOTIENTS = {
    "out.health_vs_events": (("events_share_of_health", "events", "health", "#division"), ("advertising_share_of_health", "advertising", "health", "#division")),
    "out.comparison": (("result", "x_amount", "y_amount", "#division"),),
    "out.change": (("nominal_change", "to_amount", "from_amount", "#cambio"),),
    "out.would_buy": (("would_buy", "amount_at_cost_year", "unit_cost", "#division"),),
}  # fmt: skip
_PDF = "http://tools.ietf.org/rfc/rfc3778"
_CSV = "http://tools.ietf.org/rfc/rfc7111"
_CELL = "https://www.ecma-international.org/publications-and-standards/standards/ecma-376/"


def crate(pack: Sequence[Gathered], folder: Path, release: int, created_at: str) -> dict[str, Any]:
    """RO-Crate 1.1 metadata of a written folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != FILE)
    entities: dict[str, Entity] = {}
    for one in [
        *_root(files, folder, release, created_at),
        *(_file(path, folder) for path in files),
        *_activities(release),
    ]:
        entities[one["@id"]] = one
    for gathered in pack:
        for one in (*_documents(gathered), *_amounts(gathered), *_numbers(gathered)):
            entities.setdefault(one["@id"], one)
    return {"@context": _CONTEXT, "@graph": list(entities.values())}


def _root(files: Sequence[Path], folder: Path, release: int, created_at: str) -> Iterator[Entity]:
    yield {
        "@id": FILE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    yield {
        "@id": "./", "@type": "Dataset", "name": f"Evidencia de Peso a Peso, edición {release:04d}", "datePublished": created_at,
        "description": "Los números que se nombran, sus textos impresos con su lugar, y de qué se deriva cada uno. verifica.py los rehace.",
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/deed.es"},
        "hasPart": [{"@id": path.relative_to(folder).as_posix()} for path in files],
    }  # fmt: skip


def _file(path: Path, folder: Path) -> Entity:
    content = path.read_bytes()
    return {
        "@id": path.relative_to(folder).as_posix(), "@type": "File", "sha256": hashlib.sha256(content).hexdigest(), "contentSize": str(len(content)),
    }  # fmt: skip


def _activities(release: int) -> Iterator[Entity]:
    yield {
        "@id": "#programa",
        "@type": ["prov:SoftwareAgent", "SoftwareApplication"],
        "name": "Peso a Peso",
        "version": f"edición {release:04d}",
    }
    for name, description in _ACTIVITIES.items():
        yield {
            "@id": name,
            "@type": "prov:Activity",
            "name": description,
            "prov:wasAssociatedWith": {"@id": "#programa"},
        }


def _documents(gathered: Gathered) -> Iterator[Entity]:
    for document in gathered.documents:
        yield {
            "@id": f"#documento/{document['document_id']}", "@type": ["CreativeWork", "prov:Entity"], "name": document["title"] or document["document_id"],
            "sha256": document["sha256"] or "", "isBasedOn": document["origin"] or "", "dateCreated": str(document["obtained_at"] or ""),
        }  # fmt: skip


def _amounts(gathered: Gathered) -> Iterator[Entity]:
    """Each amount as an annotation of its place: the text, the place with its selectors, and what it is in pesos."""
    formats = {document["document_id"]: document["format"] for document in gathered.documents}
    for operand in gathered.subject.operands:
        for amount in operand.amounts:
            if amount["amount"] is None or not amount["source_text"]:
                continue
            key = _key(amount)
            yield {
                "@id": f"#importe/{key}", "@type": ["oa:Annotation", "PropertyValue", "prov:Entity"], "name": amount["label"] or "",
                "value": str(amount["amount"]), "unitText": "pesos", "multiplicador": str(amount["multiplier"] or 1),
                "oa:bodyValue": amount["source_text"], "oa:hasTarget": {"@id": f"#lugar/{key}"},
                "prov:wasDerivedFrom": {"@id": f"#documento/{amount['document_id']}"}, "prov:wasGeneratedBy": {"@id": "#lectura"},
            }  # fmt: skip
            selectors = [f"#selector/{key}", f"#texto/{key}"]
            yield {
                "@id": f"#lugar/{key}", "@type": "oa:SpecificResource", "oa:hasSource": {"@id": f"#documento/{amount['document_id']}"},
                "oa:hasSelector": [{"@id": name} for name in selectors], "pagina": amount["page"] or "",
            }  # fmt: skip
            yield _fragment(selectors[0], amount, formats.get(amount["document_id"]))
            yield {"@id": selectors[1], "@type": "oa:TextQuoteSelector", "oa:exact": amount["source_text"]}


def _fragment(name: str, amount: Row, format_: str | None) -> Entity:
    """Page and box of a PDF (points from the top left), row and column of delimited text, or sheet and cell."""
    box = re.fullmatch(r"([\d.-]+),([\d.-]+),([\d.-]+),([\d.-]+)", amount["place"] or "")
    cell = re.fullmatch(r"([A-Z]+)(\d+)", amount["place"] or "")
    if box:
        left, top, right, bottom = (Decimal(number) for number in box.groups())
        value, standard = f"page={amount['page']}&viewrect={left},{top},{right - left},{bottom - top}", _PDF
    elif cell and format_ == "csv":
        value, standard = f"row={cell[2]};col={_column_number(cell[1])}", _CSV
    else:
        sheet = str(amount["page"] or "").replace("'", "''")
        value, standard = f"'{sheet}'!{amount['place']}", _CELL
    return {"@id": name, "@type": "oa:FragmentSelector", "value": value, "dcterms:conformsTo": {"@id": standard}}


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _numbers(gathered: Gathered) -> Iterator[Entity]:
    """What each side adds up to, and the numbers of the subject's row that are made of amounts."""
    subject = gathered.subject
    for side, operands in subject.sides.items():
        parts = [
            f"#importe/{_key(amount)}"
            for operand in operands
            for amount in operand.amounts
            if amount["amount"] is not None
        ]
        total = subject.printed.get(side)
        if parts and total is not None:
            yield _number(_named(subject.name, side), side, total, parts, "#suma")
    if subject.table is None:
        return
    for name, over, under, how in _QUOTIENTS.get(subject.table.name, ()):
        if any(subject.row[column] is None for column in (name, over, under)):
            continue
        description = subject.table.by_name[name].descripcion
        for column in (over, under):
            yield from _amount_of_row(gathered, column)
        parts = [_named(subject.name, subject.table.by_name[column].es) for column in (over, under)]
        yield _number(_named(subject.name, subject.table.by_name[name].es), description, subject.row[name], parts, how)


def _amount_of_row(gathered: Gathered, column: str) -> Iterator[Entity]:
    """An amount of the subject's row: of its side, less what is taken out of a total; else a datum of the release."""
    subject = gathered.subject
    table, prefix = subject.table, column.removesuffix("_amount")
    if table is None:
        return
    name, described = table.by_name[column].es, table.by_name[column].descripcion
    sides = [*_sides(gathered, f"{prefix}_line_ids"), *_sides(gathered, f"{prefix}_less_line_ids")]
    parts = [_named(subject.name, side) for side in sides if subject.printed.get(side) is not None]
    if parts and _named(subject.name, name) not in parts:
        yield _number(
            _named(subject.name, name), described, subject.row[column], parts, "#resta" if len(parts) > 1 else "#suma"
        )
    elif not parts:
        yield _number(_named(subject.name, name), described, subject.row[column], [], "#edicion")


def _sides(gathered: Gathered, column: str) -> list[str]:
    """The sides whose lines are those that a column of the subject's row names."""
    named = {line for line in str(gathered.subject.row.get(column) or "").split(";") if line}
    sides = gathered.subject.sides.items()
    return [side for side, operands in sides if named and {operand.line_id for operand in operands} == named]


def _number(name: str, description: str, value: Any, parts: Sequence[str], how: str) -> Entity:
    return {
        "@id": name, "@type": ["PropertyValue", "prov:Entity"], "name": description, "value": str(value),
        "prov:wasDerivedFrom": [{"@id": part} for part in parts], "prov:wasGeneratedBy": {"@id": how},
    }  # fmt: skip


def _named(subject: str, name: str) -> str:
    plain = re.sub(r"[^\w.-]+", "_", name)
    return f"#numero/{subject}/{plain}"


def _key(amount: Row) -> str:
    return f"{amount['line_id']}:{amount['column']}:{amount['stage'] or ''}"
