"""Rehace los números de una carpeta de evidencia a partir de ella sola: python verifica.py [CARPETA] [DOCUMENTO ...]

Lee ro-crate-metadata.json: vuelve a sumar, restar y dividir lo que cada número dice de qué se deriva (PROV), desde el texto impreso, y
revisa la huella de cada archivo. Con los documentos originales busca además cada texto en su lugar (selectores del W3C); para PDF hace falta
pypdfium2, y para .xlsx, openpyxl. Solo usa la biblioteca estándar de Python, y nada del programa que hizo la carpeta.
"""

import csv
import hashlib
import json
import re
import sys
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import Any

_HECHOS: dict[str, Any] = {
    "#suma": lambda parts: sum(parts, Decimal(0)),
    "#resta": lambda parts: reduce(lambda left, right: left - right, parts),
    "#division": lambda parts: parts[0] / parts[1],
    "#cambio": lambda parts: parts[0] / parts[1] - 1,
}


def leer(text: str) -> Decimal:
    """El importe de un texto impreso: separador de miles y decimales, signo o paréntesis, símbolo de pesos."""
    plain = re.sub(r"[\s$]|MXN|M\.?N\.?", "", text).replace("−", "-")
    negative = plain.startswith(("(", "-")) or plain.endswith(("-", ")"))
    digits = plain.strip("()-")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+,\d{1,2}|\d+,\d{1,2}", digits):
        digits = digits.replace(".", "").replace(",", ".")
    return Decimal(re.sub(r"[,'’´`]", "", digits)) * (-1 if negative else 1)


def enlazados(value: Any) -> list[str]:
    """Las claves que nombra un valor de JSON-LD, sea uno o una lista."""
    return [one["@id"] for one in (value if isinstance(value, list) else [value] if value else [])]


def rehecho(one: dict[str, Any], graph: dict[str, dict[str, Any]]) -> Decimal | None:
    """El valor que dan las partes de un número; nada si es un dato, que no se deriva de otros."""
    how = one["prov:wasGeneratedBy"]["@id"]
    if how == "#lectura":
        return leer(one["oa:bodyValue"]) * Decimal(one["multiplicador"])
    parts = [Decimal(graph[name]["value"]) for name in enlazados(one["prov:wasDerivedFrom"])]
    return _HECHOS[how](parts) if how in _HECHOS else None


def hallado(document: Path, fragment: str) -> str:
    """Lo que el documento dice en un lugar: el rectángulo de una página, o la celda de una hoja."""
    if box := re.fullmatch(r"page=(\d+)&viewrect=([\d.,-]+)", fragment):
        import pypdfium2  # type: ignore[import-untyped, unused-ignore]

        left, top, width, height = (float(number) for number in box[2].split(","))
        page = pypdfium2.PdfDocument(document)[int(box[1]) - 1]
        up = page.get_height()
        return str(
            page.get_textpage().get_text_bounded(left - 1, up - top - height - 1, left + width + 1, up - top + 1)
        )
    if cell := re.fullmatch(r"row=(\d+);col=(\d+)", fragment):
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                text = document.read_text(encoding)
            except UnicodeDecodeError:
                continue
            return list(csv.reader(text.splitlines()))[int(cell[1]) - 1][int(cell[2]) - 1]
    import openpyxl  # type: ignore[import-untyped, unused-ignore]

    sheet, _, place = fragment.rpartition("!")
    return str(openpyxl.load_workbook(document, data_only=True)[sheet[1:-1].replace("''", "'")][place].value)


def verifica(folder: Path, documents: list[Path]) -> list[str]:
    """Lo que no coincide; vacío si todo se rehace."""
    graph = {one["@id"]: one for one in json.loads((folder / "ro-crate-metadata.json").read_text("utf-8"))["@graph"]}
    archived = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in documents}
    wrong = []
    for name, one in graph.items():
        if one["@type"] == "File" and hashlib.sha256((folder / name).read_bytes()).hexdigest() != one["sha256"]:
            wrong.append(f"{name}: no es el archivo que se empacó")
        value = rehecho(one, graph) if "prov:wasGeneratedBy" in one else None
        rounded = (
            Decimal("1e-9") if value and one["prov:wasGeneratedBy"]["@id"] in ("#division", "#cambio") else Decimal(0)
        )
        if value is not None and abs(value - Decimal(one["value"])) > abs(value) * rounded:
            wrong.append(f"{name}: dice {one['value']}, y sus partes dan {value}")
        for place in enlazados(one.get("oa:hasTarget")):
            document = archived.get(graph[enlazados(graph[place]["oa:hasSource"])[0]]["sha256"])
            fragment = graph[enlazados(graph[place]["oa:hasSelector"])[0]]["value"]
            if document and re.sub(r"\W", "", one["oa:bodyValue"]) not in re.sub(
                r"\W", "", hallado(document, fragment)
            ):
                wrong.append(f"{name}: «{one['oa:bodyValue']}» no está en {fragment} de {document}")
    return wrong


if __name__ == "__main__":
    mistakes = verifica(Path(sys.argv[1] if len(sys.argv) > 1 else "."), [Path(text) for text in sys.argv[2:]])
    print("\n".join(mistakes) or "Todo coincide: los archivos son los que se empacaron y los números se rehacen.")
    sys.exit(1 if mistakes else 0)
