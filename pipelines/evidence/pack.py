"""The folder of `peso evidence`: index.html, operands, crops, sources, method, SQL and what verifies it. Only files are made here."""

import base64
import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from PIL import Image

from pipelines.evidence.crate import FILE, VERIFIER, crate
from pipelines.evidence.gather import Gathered, gather
from pipelines.evidence.packed_subjects import subjects
from pipelines.evidence.queries import write_sql
from pipelines.home import Home
from sources.bytes.archive import write_atomic
from transforms.tell.facets import tell_facets
from warehouse.ask import records
from warehouse.ask.query import Ask, asking
from warehouse.html import environment
from warehouse.schema import MONEY, TABLES
from warehouse.schema.core import BASIS_COLUMNS
from warehouse.schema.vocabulary import RECONCILIATIONS, REFUSALS, STAGES, UNVERIFIED
from warehouse.store.session import Row

CROPS = "recortes"
_EMBEDDED_WIDTH = 1100
_AMOUNT_COLUMNS = (
    "government", "fiscal_year", "period_start", "period_end", "label", "path", "header", "stage", "source_text",
    "multiplier", "amount", "verified", "reason", "document_id", "page", "printed_page", "place", "citable",
    *(column.name for column in BASIS_COLUMNS),
)  # fmt: skip
# Told elsewhere on the page, in the words of the gate.
_HIDDEN_FIELDS = (
    "line_ids",
    "document_id",
    "government_id",
    "text",
    "citable",
    "verified",
    "period_status",
    "caveats",
    "refusals",
)


def write_pack(home: Home, names: tuple[str, ...], out: Path, asked: str | None = None) -> list[Gathered]:
    """Writes the pack of the named lines, comparisons and claims into a folder, and returns what is in it.

    Raises EvidenceError for a name that the release does not have, WarehouseError when nothing is published.
    """
    release = home.published()
    with asking(release.database) as ask:
        pack = [gather(home, ask, subject, asked) for subject in subjects(ask, names)]
        method = _method(ask, pack)
    number = release.number
    out.mkdir(parents=True, exist_ok=True)
    for gathered in pack:
        for crop in gathered.crops.values():
            if crop.image is not None and crop.file:
                (out / CROPS).mkdir(exist_ok=True)
                crop.image.save(out / CROPS / crop.file, optimize=True)
    for shown in (one for gathered in pack for one in gathered.records):
        if shown.image is not None:
            (out / CROPS).mkdir(exist_ok=True)
            shown.image.save(out / CROPS / shown.file, optimize=True)
    operands = [row for gathered in pack for row in _operand_rows(gathered, number)]
    sources = {document["document_id"]: _plain(document) for gathered in pack for document in gathered.documents}
    _write(out / "operandos.csv", _csv(operands), "utf-8-sig")
    _write(out / "operandos.json", _json([_subject_json(gathered, number) for gathered in pack]))
    cells = [row for gathered in pack for row in _record_rows(gathered)]
    if cells:
        _write(out / "registros.csv", _csv(cells), "utf-8-sig")
    _write(out / "fuentes.json", _json(list(sources.values())))
    _write(out / "consulta.sql", write_sql([(gathered.subject, gathered.queries) for gathered in pack], number))
    _write(out / "metodo.md", _method_text(method, number))
    _write(out / "index.html", _page(pack, method, number, release.manifest))
    write_atomic(out / VERIFIER, (Path(__file__).parent / VERIFIER).read_bytes())
    _write(out / FILE, _json(crate(pack, out, number, release.manifest["created_at"])))
    return pack


def _operand_rows(gathered: Gathered, release: int) -> list[dict[str, Any]]:
    """One row per amount, under the Spanish names of the extract."""
    spanish = TABLES["out.line_all"].by_name
    hashes = {document["document_id"]: document["sha256"] for document in gathered.documents}
    rows = []
    for operand in gathered.subject.operands:
        crop = gathered.crops[operand.side, operand.line_id]
        for amount in operand.amounts:
            named = {spanish[name].es: amount[name] for name in _AMOUNT_COLUMNS}
            rows.append(
                {"de": gathered.subject.name, "operando": operand.side, "linea_id": operand.line_id}
                | named
                | {
                    "sha256": hashes.get(amount["document_id"]),
                    "recorte": f"{CROPS}/{crop.file}" if crop.file else None,
                    "recorte_muestra_la_cifra": crop.shows,
                    "edicion": release,
                }
            )
    return rows


def _record_rows(gathered: Gathered) -> list[dict[str, Any]]:
    """One row per published cell of the records that ledgers join to the subject."""
    return [
        {
            "de": gathered.subject.name, "tipo": shown.record.kind, "registro": shown.record.key, "encabezado": cell["header"],
            "campo": cell["field"], "texto": cell["source_text"], "documento_id": cell["document_id"], "pagina": cell["page"],
            "lugar": cell["place"], "sha256": shown.document["sha256"], "recorte": f"{CROPS}/{shown.file}" if shown.image else None,
        }
        for shown in gathered.records
        for cell in shown.cells
    ]  # fmt: skip


def _subject_json(gathered: Gathered, release: int) -> dict[str, Any]:
    subject = gathered.subject
    return {
        "tipo": subject.kind,
        "nombre": subject.name,
        "titulo": subject.title,
        "edicion": release,
        "publicar": gathered.publishable,
        "condiciones": [
            {"clave": c.code, "cumple": c.met, "pide": c.asks.es, "falta": c.why.es if c.why else None}
            for c in gathered.conditions
        ],
        "fila": _plain(subject.row),
        "operandos": [_plain(row) for row in _operand_rows(gathered, release)],
    }


def _method(ask: Ask, pack: list[Gathered]) -> list[Row]:
    """Principles, prices and series; and of the rules and refusals, those that speak here."""
    words = " ".join(str(value) for gathered in pack for value in gathered.subject.row.values())
    lines = [line for gathered in pack for line in gathered.subject.operands]
    kept = []
    for row in records.methodology(ask):
        word, _, name = row["item"].partition(" ")
        if word not in ("rule", "refusal", "comparison") or name in words:
            kept.append(row)
    return kept if lines or words else []


def _method_text(method: list[Row], release: int) -> str:
    parts = [f"# Cómo se hicieron estos números\n\nPeso a Peso, edición {release}.\n"]
    for row in method:
        source = f"\n  Fuente: {row['source']}" if row["source"] else ""
        parts.append(f"* **{row['item']}**: {row['descripcion']}{source}")
    return "\n".join(parts) + "\n"


def _page(pack: list[Gathered], method: list[Row], release: int, manifest: dict[str, Any]) -> str:
    templates = environment(Path(__file__).parent, money=_money, embedded=_embedded, reason=_reason, stage=_stage)
    return templates.get_template("page.html").render(
        gathered=pack,
        method=method,
        release=release,
        manifest=manifest,
        crops=CROPS,
        fields=_fields,
        sentences=_sentences,
        facets=_facets,
    )


def _facets(gathered: Gathered, amount: Row) -> list[str]:
    """On what each facet of the amount rests, in Spanish."""
    return list(tell_facets(amount, gathered.bases[amount["line_id"]].get(amount["column"], [])))


def _fields(gathered: Gathered) -> list[tuple[str, str, str, bool]]:
    """The columns of the subject's own row that have a value: what it is in Spanish and English, text, is it money."""
    table, fields = gathered.subject.table, []
    for column in table.columns if table else ():
        value = gathered.subject.row[column.name]
        if value is None or column.name.endswith(_HIDDEN_FIELDS):
            continue
        money = column.type is MONEY
        text = _money(value) if money else _plainly(column.name, value)
        fields.append((column.descripcion, column.description, text, money))
    return fields


def _plainly(name: str, value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.4%}" if name.endswith(("share", "change", "share_of_health")) else f"{value:,.6g}"


def _sentences(gathered: Gathered) -> list[str]:
    """What must be said beside the number, in Spanish."""
    row = gathered.subject.row
    caveats = [text.strip() for text in (row.get("caveats") or "").split(";") if text.strip()]
    refused = [REFUSALS[code].es for code in (row.get("refusals") or "").split(";") if code in REFUSALS]
    marked = [
        f"Cifras preliminares: {d['title'] or d['document_id']}"
        for d in gathered.documents
        if d["period_status"] == "preliminary"
    ]
    alerts = [alert["mensaje"] for alert in gathered.alerts]
    cost = [f"Fuente del costo unitario: {row['source']}"] if row.get("unit_cost_id") else []
    return [*(f"Rechazo: {text}" for text in refused), *marked, *caveats, *cost, *alerts]


def _money(value: Decimal | None) -> str:
    return "no se puede leer" if value is None else f"{value:,.2f}"


def _stage(value: str | None) -> str:
    return STAGES[value].es if value in STAGES else "sin momento"


def _reason(amount: Row) -> str:
    words = RECONCILIATIONS if amount["verified"] else UNVERIFIED
    return words[amount["reason"]].es if amount["reason"] in words else amount["reason"]


def _embedded(image: Image.Image) -> str:
    """The picture inside the page, so that the page may travel alone; the sharp one lies in the folder."""
    small = image.copy()
    small.thumbnail((_EMBEDDED_WIDTH, 4 * _EMBEDDED_WIDTH))
    data = io.BytesIO()
    small.quantize(128, Image.Quantize.FASTOCTREE).save(data, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(data.getvalue()).decode("ascii")


def _plain(row: Row) -> Row:
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in row.items()}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n"


def _csv(rows: list[Row]) -> str:
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()


def _write(path: Path, text: str, encoding: str = "utf-8") -> None:
    write_atomic(path, text.encode(encoding))
