"""The index of editions beside them: which there are, of when, with how many documents and amounts, and what differs in each.

A folder of editions on a web server begins with it. Each edition says the same of itself in its manifest.
"""

import json
from pathlib import Path
from typing import Any

from warehouse.html import environment
from warehouse.release.folder import MANIFEST
from warehouse.store.files import replacing

PAGE, DATA = "index.html", "ediciones.json"


def write_index(root: Path) -> None:
    """Writes the page and the data of the editions that lie in `root`, the newest first. One without a readable manifest is left out."""
    editions = [edition for folder in sorted(root.glob("[0-9]*"), reverse=True) if (edition := _edition(folder))]
    page = environment(Path(__file__).parent).get_template("editions.html").render(editions=editions)
    for name, text in ((DATA, json.dumps(editions, ensure_ascii=False, indent=1) + "\n"), (PAGE, page)):
        with replacing(root / name) as path:
            path.write_text(text, encoding="utf-8")


def _edition(folder: Path) -> dict[str, Any] | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        rows = {name: table["rows"] for name, table in manifest["tables"].items()}
        return {
            "edicion": manifest["release"], "publicada": manifest["created_at"], "contenido": manifest["content"], "carpeta": folder.name,
            "documentos": rows.get("core.document", 0), "importes": rows.get("core.amount", 0), "anterior": manifest.get("previous"),
        }  # fmt: skip
    except (OSError, ValueError, KeyError):
        return None
