"""What every reader needs, imported once: the processes that read are copies of one that did this and nothing else.

Imported by the server of processes only. All must be loaded before a reader is shut in: it may execute no new memory.
"""

import ctypes
import gc
import importlib
import os

from pipelines.apart.walls import missing_rights, own_files

_MODULES = (
    "pipelines.apart.reader",
    "pipelines.apart.drawing",
    "sources.pdf",
    "sources.sheets",
    "pipelines.work.normalizing",
    "pipelines.work.comparing",
)

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"  # a process with threads cannot be copied
for _name in _MODULES:
    importlib.import_module(_name)
# PDFium calls back into Python over code that is made for it: room for some hundreds is set aside with the first.
ROOM_FOR_CALLBACKS = ctypes.CFUNCTYPE(None)(lambda: None)


def _read_once() -> None:
    """One small document of ours is read, for what is made at the first use of it: patterns, fonts, conversions."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from pipelines.apart.reader import ToRead, said_of
    from pipelines.apart.wire import packed
    from sources.raw.reading import Document

    with TemporaryDirectory() as folder:
        for name, data in (("made.pdf", _PDF), ("made.csv", _CSV)):
            path = Path(folder) / name
            path.write_bytes(data)
            list(packed(*said_of(ToRead(Document(path, "made")))))


_LINES = (
    "Concepto|Aprobado|Pagado",
    "Servicios personales|1,200.00|1,100.50",
    "Materiales|300.00|250.00",
    "Total|1,500.00|1,350.50",
)
_TEXT = "\n".join(
    f"BT /F 10 Tf {60 + 180 * column} {700 - 14 * row} Td ({cell}) Tj ET"
    for row, line in enumerate(_LINES)
    for column, cell in enumerate(line.split("|"))
)
_PDF = f"""%PDF-1.4
1 0 obj
<</Type/Catalog/Pages 2 0 R>>
endobj
2 0 obj
<</Type/Pages/Count 1/Kids[3 0 R]>>
endobj
3 0 obj
<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>
endobj
4 0 obj
<</Length {len(_TEXT)}>>
stream
{_TEXT}
endstream
endobj
5 0 obj
<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>
endobj
trailer
<</Root 1 0 R>>
%%EOF
""".encode()
_CSV = "\n".join(_LINES).replace(",", "").replace("|", ",").encode()

_read_once()
missing_rights()
own_files()  # both are kept
gc.collect()
gc.freeze()  # or the collector of each copy would copy all that is imported
