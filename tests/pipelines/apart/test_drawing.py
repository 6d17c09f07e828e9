"""A page is drawn apart as it is drawn here; and where it cannot be, that is said."""

from pathlib import Path

import pytest

from pipelines.apart.drawing import drawn_apart
from pipelines.apart.reader import ToRead, said_of
from pipelines.apart.wire import raw_frames
from sources.errors import SourceError
from sources.picture import busiest_page, recognised
from sources.raw.reading import Document
from tests.fuzz.golden import MAKERS


@pytest.mark.parametrize("name", ["compressed.pdf", "statement.xlsx"])
def test_the_same_pixels(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(MAKERS[name]())
    reading, _, _ = said_of(ToRead(Document(path, "a", name)))
    assert reading is not None
    raw = raw_frames(reading)
    page = busiest_page(raw)
    assert page is not None
    assert (
        drawn_apart(path, reading.format, raw, page).tobytes()
        == recognised(path, reading.format, raw, page).convert("RGB").tobytes()
    )
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(SourceError, match="a page that can be drawn"):
        drawn_apart(path, reading.format, raw, page)
