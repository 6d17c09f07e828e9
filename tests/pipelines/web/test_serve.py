"""`peso serve`: every address answers as the OpenAPI document says, whatever is asked; nothing else of this machine does."""

import base64
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from pipelines.web.app import application
from pipelines.web.rows import MOST, SKIP
from tests.pipelines.world import rows
from warehouse.ask.views import VIEWS


@pytest.fixture(scope="module")
def client(world, line) -> Iterator[TestClient]:
    with TestClient(application(world.home, ["datos.example"]), base_url="http://localhost") as answering:
        yield answering


@pytest.fixture(scope="module")
def contract(client) -> dict[str, Any]:
    return client.get("/openapi.json").json()


@pytest.fixture(scope="module")
def line(world) -> dict[str, Any]:
    """A line of a PDF that a comparison cites; asked before the server opens the file, which it does as its own."""
    return rows(
        world.home,
        "SELECT events_line_ids AS id, government_id || ':' || fiscal_year || ':' || stage AS comparison, events "
        "FROM out.health_vs_events WHERE refusals IS NULL AND document_id LIKE 'sample-26-20%' ORDER BY fiscal_year DESC LIMIT 1",
    )[0]


def released(world, view) -> str:
    """The CSV of a view in the edition."""
    return (world.home.published().folder / "csv" / f"{view}.csv").read_text(encoding="utf-8-sig")


def names(line) -> dict[str, list[str]]:
    """Names that the edition has, for each kind of address."""
    return {
        "lineas": [line["id"]],
        "comparaciones": [line["comparison"], "events_over_health:" + line["comparison"]],
        "afirmaciones": ["dancer"],
        "documentos": [line["id"].split(":")[0]],
        "graficas": ["26"],
    }


def test_every_address_of_the_contract_answers_as_it_says(client, contract, line):
    known = names(line)
    for address in contract["paths"]:
        for name in known.get(address.split("/")[1], [""]):
            answer = client.get(address.replace("{nombre}", name))
            assert answer.status_code == 200, address
            holds(contract, address, answer)


def holds(contract, address, answer) -> None:
    """The answer is one that the contract has for the address."""
    responses = contract["paths"][address]["get"]["responses"]
    assert str(answer.status_code) in responses, (address, answer.status_code, answer.text[:300])
    media = answer.headers["content-type"].partition(";")[0]
    assert media in responses[str(answer.status_code)]["content"]
    if media == "application/json":
        schema = responses[str(answer.status_code)]["content"][media]["schema"]
        Draft202012Validator({**schema, "components": contract["components"]}).validate(answer.json())


VALUES = {
    "string": st.text(max_size=20) | st.sampled_from(["26", "ejercido", "' OR 1=1 --", "../../manifest.json"]),
    "integer": st.integers(-(2**70), 2**70) | st.integers(0, 3000),
    "boolean": st.sampled_from(["true", "false", "1", ""]),
}


@st.composite
def requests(draw, contract) -> tuple[str, str, list[tuple[str, str]]]:
    """An address of the contract, a name that the edition does not have, and values for some of the parameters."""
    address = draw(st.sampled_from(sorted(contract["paths"])))
    queries = [p for p in contract["paths"][address]["get"]["parameters"] if p["in"] == "query"]
    asked = draw(st.lists(st.sampled_from(queries), max_size=3)) if queries else []
    given_values = [(p["name"], str(draw(VALUES[p["schema"]["type"]]))) for p in asked]
    return (
        address,
        "x" + draw(st.text(st.characters(exclude_characters="/?#", codec="utf-8"), max_size=20)),
        given_values,
    )


def test_whatever_is_asked_the_answer_is_one_of_the_contract(client, contract):
    @settings(max_examples=80)
    @given(requests(contract))
    def ask(request):
        address, name, values = request
        holds(contract, address, client.get(address.replace("{nombre}", quote(name)), params=values))

    ask()


def test_pages_of_a_view_are_the_view(world, client):
    whole = list(csv.DictReader(released(world, "cobertura").splitlines()))
    gathered: list[dict[str, Any]] = []
    address = f"/vistas/cobertura.json?{MOST}=100"
    while address:
        page = client.get(address)
        gathered += page.json()["renglones"]
        following = page.json()["siguiente"]
        assert page.headers.get("link") == (f'<{following}>; rel="next"' if following else None)
        address = f"/vistas/{following}" if following else ""
    assert [row["gobierno_id"] for row in gathered] == [row["gobierno_id"] for row in whole]
    assert len(gathered) == page.json()["total"] > 100
    assert all(
        row["gobierno_id"] == "26" for row in client.get("/vistas/linea_todo.json?gobierno_id=26").json()["renglones"]
    )


def test_no_column_is_called_like_a_place_in_the_pages():
    assert not {SKIP, MOST} & {column.es for view in VIEWS.values() for column in view.columns}


def test_money_is_exact_and_csv_is_what_the_release_has(world, client, line):
    row = client.get(f"/comparaciones/{line['comparison']}.json").json()["filas"][0]["fila"]
    assert row["eventos"] == f"{line['events']:f}"
    text = client.get(f"/vistas/linea.csv?{MOST}=50").content.decode("utf-8-sig")
    served, whole = (list(csv.reader(io.StringIO(content))) for content in (text, released(world, "linea")))
    assert served == whole[:51]


def test_a_line_shows_its_place(client, line):
    page = client.get(f"/lineas/{line['id']}")
    assert f"../lineas/{line['id']}.png" in page.text and line["comparison"] in page.text
    assert f"{line['events']:,}" in page.text, "money is told in thousands"
    assert client.get(f"/lineas/{line['id']}.png").content.startswith(b"\x89PNG")


def test_an_edition_is_fetched_once(client):
    first = client.get("/vistas.json")
    again = {"if-none-match": first.headers["etag"]}
    assert client.get("/vistas.json", headers=again).status_code == 304
    assert client.get("/lineas/x", headers={"if-none-match": 'W/"0000-of-before"'}).status_code == 404
    assert "must-revalidate" in first.headers["cache-control"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_is_written(client, method):
    assert client.request(method, "/vistas.json").status_code == 405
    assert client.head("/vistas.json").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "../catalogue",
        "%2e%2e/%2e%2e/publication.lock",
        "/etc/passwd",
        "csv/%2e%2e/manifest.json",
        "csv",
        "peso_a_peso.duckdb%00",
    ],
)
def test_only_files_of_the_edition_are_handed_out(client, path):
    answer = client.get(f"/{path}")
    assert answer.status_code == 404
    assert client.get("/manifest.json").status_code == 200


def test_a_browser_is_told_in_a_page_what_is_not_there_and_where_to_look(client):
    looking = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = client.get("/lineas/none:1:<b>", headers=looking)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "none:1:&lt;b&gt;" in answer.text
    assert 'href="../explora/"' in answer.text
    assert client.get("/nothing", headers=looking).text.count('href="./explora/"') == 2
    assert client.get("/lineas/none:1:1").json()["error"]


def test_only_its_own_names_are_answered(client):
    assert client.get("/vistas.json", headers={"host": "datos.example"}).status_code == 200
    assert client.get("/vistas.json", headers={"host": "rebound.example"}).status_code == 400


def test_only_charts_may_be_framed(client, line):
    frames = {
        address: "frame-ancestors *" in client.get(address).headers["content-security-policy"]
        for address in ("/", "/vistas.json", f"/lineas/{line['id']}", "/graficas/26", "/nothing")
    }
    assert frames == {address: address == "/graficas/26" for address in frames}


def test_no_answer_names_a_folder_of_this_machine(world, client, line):
    for address in (f"/lineas/{line['id']}", f"/lineas/{line['id']}.json", "/lineas/none:1:1.png", "/openapi.json"):
        assert str(world.home.root) not in client.get(address).text


def test_no_page_runs_a_script_that_it_does_not_name(client, line):
    """Inline, only by its hash; and a page of ours that has none allows none."""
    for address in (
        "/",
        "/explora/",
        "/explora/english.html",
        *(f"/{kind}/{names(line)[kind][0]}" for kind in names(line)),
    ):
        answer = client.get(address)
        policies = [
            answer.headers["content-security-policy"],
            *re.findall(r'Content-Security-Policy" content="([^"]+)"', answer.text),
        ]
        allowed = " ".join(policies)
        assert (
            "frame-ancestors" in policies[0]
            and "unsafe-eval" not in allowed
            and "script-src 'unsafe-inline'" not in allowed
        )
        assert any("default-src 'none'" in policy for policy in policies), address
        scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
        for script in scripts:
            assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in allowed
        assert not re.search(r"<[^>]+\son[a-z]+=", re.sub(r"<script.*?</script>", "", answer.text, flags=re.DOTALL)), (
            address
        )
