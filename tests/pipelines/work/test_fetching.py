"""`peso fetch`: originals take the place of composed figures where their hash is the one that was seen, or none was."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipelines.home import Home
from pipelines.work.adding import add_sample
from pipelines.work.fetching import fetch_list
from sources.declared.source_lists import ListedSource, SourceList, load_source_lists
from sources.sample.plan import plans

COLUMNS = "PROD_EST,COBERTURA,ANIO,ID_ENTIDAD,TEMA,CATEGORIA,DESCRIPCION_CATEGORIA,VALOR,ESTATUS"


def original(year: int) -> bytes:
    rows = ("Tema,Total de egresos,300", "Capítulo,Servicios personales,100", "Capítulo,Servicios generales,200")
    return "\n".join([COLUMNS, *(f"EFIPEM,Estatal,{year},26,Egresos,{row},Cifras" for row in rows)]).encode()


class _Portal(BaseHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        body = original(int(self.path.strip("/")[:4]))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def portal() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def listed(portal: str, **hashes: str) -> SourceList:
    sources = [
        ListedSource(
            document_id=f"inegi-efipem-{year}", fiscal_year=int(year), period_status="final", address=f"{portal}/{year}.csv",
            sha256=sha256, replaces=[f"sample-efipem-{year}", f"sample-26-{year}"],
        )
        for year, sha256 in ((name.lstrip("y"), value) for name, value in hashes.items())
    ]  # fmt: skip
    return load_source_lists()["inegi-efipem"].model_copy(update={"sources": sources})


def test_originals_replace_what_was_composed_and_a_differing_hash_replaces_nothing(
    tmp_path: Path, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PESO_ALLOWED_NETWORKS", "127.0.0.1/32")
    home = Home(tmp_path).create()
    add_sample(home)
    seen = hashlib.sha256(original(2018)).hexdigest()
    told = {
        added.document_id: added.told.en
        for added in fetch_list(home, listed(portal, y2018=seen, y2019="not seen", y2020="0" * 64))
    }
    assert "the hash is the one that was seen" in told["inegi-efipem-2018"]
    assert "no hash of this file was seen" in told["inegi-efipem-2019"]
    assert "the hash differs" in told["inegi-efipem-2020"]
    entries = home.catalogue().documents
    assert not home.catalogue().problems
    replaced = {name: entry.superseded_by for name, entry in entries.items() if entry.superseded_by}
    assert replaced == {
        f"sample-{of}-{year}": f"inegi-efipem-{year}" for year in (2018, 2019) for of in ("efipem", "26")
    }
    assert [entries[f"inegi-efipem-{year}"].is_citable for year in (2018, 2019, 2020)] == [True, True, False]
    assert entries["inegi-efipem-2018"].hints.unit == 1 and entries["inegi-efipem-2018"].government_id is None
    again = list(fetch_list(home, listed(portal, y2018=seen)))
    assert [added.outcome for added in again] == ["duplicate"]


def test_the_sample_that_is_added_after_its_originals_is_replaced_from_the_start(
    tmp_path: Path, portal: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PESO_ALLOWED_NETWORKS", "127.0.0.1/32")
    home = Home(tmp_path).create()
    list(fetch_list(home, listed(portal, y2018="not seen")))
    add_sample(home)
    entries = home.catalogue().documents
    assert entries["sample-efipem-2018"].superseded_by == "inegi-efipem-2018"
    assert entries["sample-efipem-2019"].superseded_by is None


def test_the_shipped_list_replaces_documents_of_the_sample_and_names_only_hashes_that_were_seen() -> None:
    sources = load_source_lists()["inegi-efipem"].sources
    assert [source.fiscal_year for source in sources] == list(range(2015, 2023))
    assert {source.fiscal_year for source in sources if source.seen} == {2018, 2021, 2022}
    composed = {plan.document_id for plan in plans() if "comunicacion" not in plan.document_id}
    assert {name for source in sources for name in source.replaces} == composed
