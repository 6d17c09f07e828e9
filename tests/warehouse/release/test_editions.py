"""The index of editions names each that lies there, the newest first, and leads to it."""

import json
import re

from warehouse.release.editions import DATA, PAGE, write_index
from warehouse.release.folder import Release


def test_the_editions_are_listed_the_newest_first_and_one_that_went_is_not(released: Release) -> None:
    root = released.folder.parent
    older = root / "0001"
    newer = root / "0002"
    newer.mkdir()
    manifest = json.loads((older / "manifest.json").read_text(encoding="utf-8"))
    (newer / "manifest.json").write_text(json.dumps(manifest | {"release": 2}), encoding="utf-8")
    (root / "0003").mkdir()  # without a manifest
    write_index(root)
    told = json.loads((root / DATA).read_text(encoding="utf-8"))
    assert [edition["edicion"] for edition in told] == [2, 1]
    assert told[1]["documentos"] == 2 and told[1]["importes"] == 4
    links = re.findall(r'href="([^"]+/reporte.html)"', (root / PAGE).read_text(encoding="utf-8"))
    assert links == ["latest/reporte.html", "0002/reporte.html", "0001/reporte.html"]
