"""A page of a stranger's document, drawn apart like it is read. What is drawn is for `sources.picture`; what comes back are pixels."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd
from PIL import Image

from pipelines.apart.process import Tell, Work, do_apart
from pipelines.apart.reader import LIMITS, REPORT
from pipelines.apart.walls import Allowance
from sources.errors import SourceError
from sources.picture import recognised
from warehouse.schema.vocabulary import Term

_MOST_PIXELS = 10**8


def drawn_apart(path: Path, format_: str, raw: Mapping[str, pd.DataFrame], page: str) -> Image.Image:
    """What `recognised` draws. Raises SourceError where it draws nothing."""
    [done] = do_apart([Work(_draw, (path, format_, dict(raw), page), LIMITS, Allowance((path,)))])
    try:
        if done.error is not None:
            raise done.error
        width, height = (int.from_bytes(part, "big") for part in done.answer[:2])
        if width * height > _MOST_PIXELS:
            raise ValueError(f"{width} × {height} pixels")
        return Image.frombytes("RGB", (width, height), done.answer[2])
    except Exception as error:  # what a process that was taken over may answer is not foreseen
        drawn = Term("a page that can be drawn", "una página que se pueda dibujar")
        raise SourceError("failed", path.name, drawn, str(error), REPORT, page) from error


def _draw(path: Path, format_: str, raw: Mapping[str, pd.DataFrame], page: str, _: Tell) -> Iterator[bytes]:
    image = recognised(path, format_, raw, page).convert("RGB")
    for side in image.size:
        yield side.to_bytes(4, "big")
    yield image.tobytes()
