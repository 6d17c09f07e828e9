"""What a document says of itself: that it is no original, and so nothing to cite.

A copy typeset from published figures, a transcription, an example. Only words about the document as a whole count; that its
digital copy has no legal force, as official gazettes print, leaves it what its publisher says.
"""

import re
from collections.abc import Iterator

import pandas as pd

from transforms.describe.grounds import PRODUCT_COLUMN, of_page
from transforms.words.periods import PrintedLine
from warehouse.schema.text import fold

_THING = r"(?:documento|archivo|texto|version|copia|reproduccion|transcripcion|publicacion)"
_NO_ORIGINAL = re.compile(
    rf"\bno (?:es|constituye|se trata de) (?:el |la |un |una )?(?:{_THING} )?(?:original|oficial)\b"
    rf"|\b{_THING} (?:no oficial|apocrif[oa]|ficticio|ficticia|simulad[oa])\b"
    rf"|\b{_THING} (?:de|como) (?:muestra|ejemplo|prueba|demostracion)\b"
    r"|\b(?:cifras|datos|importes|montos) (?:ficticios|ficticias|simulad[oa]s|inventad[oa]s)\b"
    r"|\bnot (?:the|an) (?:original|official) (?:document|copy|version)\b"
)


def no_original(texts: pd.DataFrame | None, titles: list[PrintedLine], product: str | None) -> PrintedLine | None:
    """The first line that says so. `texts` is `raw.text`; `titles` are printed lines; `product` is what every row says it is of."""
    return next((line for line in _printed(texts, titles, product) if _NO_ORIGINAL.search(fold(line.text))), None)


def _printed(texts: pd.DataFrame | None, titles: list[PrintedLine], product: str | None) -> Iterator[PrintedLine]:
    yield from titles
    if product:
        yield PrintedLine(product, PRODUCT_COLUMN)
    if texts is not None:
        yield from (PrintedLine(text, of_page(page)) for page, text in zip(texts["page"], texts["text"], strict=True))
