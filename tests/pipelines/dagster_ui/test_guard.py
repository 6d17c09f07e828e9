"""Who may talk to the web interface: its own page and programs of this machine; not what other pages send."""

import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from pipelines.dagster_ui.guard import Guard, served_hosts

PORT = 3000
PAGE = f"http://localhost:{PORT}"
SOCKET = f"ws://localhost:{PORT}/graphql"
JSON = {"content-type": "application/json"}
FOREIGN = {"origin": "http://evil.example"}
ACROSS = {"sec-fetch-site": "cross-site"}
LINK = ACROSS | {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


@pytest.fixture
def reached() -> list[str]:
    """What got past the guard."""
    return []


@pytest.fixture
def client(reached) -> TestClient:
    async def answer(request):
        reached.append(f"{request.method} {request.url.path}")
        return JSONResponse({"answered": True})

    async def talk(websocket):
        reached.append("websocket")
        await websocket.accept(subprotocol="graphql-ws")
        await websocket.send_json(await websocket.receive_json())
        await websocket.close()

    methods = ["GET", "POST", "PUT", "DELETE"]
    routes = [Route("/{path:path}", answer, methods=methods), WebSocketRoute("/graphql", talk)]
    return TestClient(Guard(Starlette(routes=routes), served_hosts(PORT)), base_url=PAGE)


def test_its_own_page_and_programs_are_answered(client, reached):
    own_page = {"origin": PAGE, "sec-fetch-site": "same-origin"}
    assert client.get("/jobs", headers=own_page).json() == {"answered": True}
    assert client.post("/graphql", headers=own_page | JSON, content="{}").status_code == 200
    assert client.post("/graphql", headers={"content-type": "Application/JSON; charset=utf-8"}).status_code == 200
    assert client.get("/", headers={"sec-fetch-site": "none"}).status_code == 200
    assert len(reached) == 4


@pytest.mark.parametrize("host", ["localhost:3000", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000"])
def test_this_machine_is_served_under_its_own_names(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:3000",
        "localhost",
        "localhost:3001",
        "localhost:3000.evil.example",
        "",
        "127.1:3000",
    ],
)
def test_a_foreign_host_is_refused_and_the_way_out_named(client, reached, host):
    answer = client.get("/", headers={"host": host})
    assert (answer.status_code, reached) == (421, [])
    assert "PESO_UI_HOSTS" in answer.text


def test_two_hosts_are_none(client, reached):
    assert client.get("/", headers=[("host", "localhost:3000"), ("host", "evil.example")]).status_code == 421
    assert reached == []


def test_more_names_can_be_served(monkeypatch):
    monkeypatch.setenv("PESO_UI_HOSTS", "Presupuesto.example localhost:8000")
    assert {"presupuesto.example", "localhost:8000", "localhost:3000"} <= served_hosts(PORT)
    assert "localhost" in served_hosts(80)
    proxied = TestClient(Guard(Starlette(routes=[Route("/", JSONResponse({}))]), served_hosts(PORT)))
    behind_tls = {"host": "presupuesto.example", "origin": "https://presupuesto.example"}
    assert proxied.get("/", headers=behind_tls).status_code == 200
    assert proxied.get("/", headers=behind_tls | {"origin": PAGE}).status_code == 403


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "null",
        "",
        "http://localhost:8888",
        "http://127.0.0.1:3000",
        "http://localhost:3000.evil.example",
        "http://localhost:3000@evil.example",
        "file://localhost:3000",
        "http://[",
    ],
)
def test_the_page_of_another_origin_is_refused_whatever_it_asks(client, reached, origin):
    assert client.get("/", headers={"origin": origin}).status_code == 403
    assert client.post("/graphql", headers=JSON | {"origin": origin}).status_code == 403
    assert reached == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_is_refused_though_it_hides_its_origin(client, reached, site):
    assert client.post("/graphql", headers=JSON | {"sec-fetch-site": site}).status_code == 403
    assert client.get("/jobs", headers={"sec-fetch-site": site, "sec-fetch-mode": "no-cors"}).status_code == 403
    assert reached == []


def test_a_link_leads_here_but_a_frame_a_form_and_an_answer_do_not(client, reached):
    assert client.get("/jobs", headers=LINK).status_code == 200
    assert client.get("/jobs", headers=LINK | {"sec-fetch-dest": "iframe"}).status_code == 403
    assert client.post("/jobs", headers=LINK | JSON).status_code == 403
    assert client.get("/graphql", params={"query": "{version}"}, headers=LINK).status_code == 403
    assert reached == ["GET /jobs"]


@pytest.mark.parametrize(
    "media_type",
    [
        "text/plain",
        "text/plain; application/json",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/graphql",
        "",
    ],
)
@pytest.mark.parametrize("path", ["/graphql", "/report_asset_materialization/raw"])
def test_only_json_may_change_something(client, reached, path, media_type):
    answer = client.post(path, params={"query": "{version}"}, headers={"content-type": media_type}, content="{}")
    assert answer.status_code == 415
    assert client.delete(path).status_code == 415
    assert reached == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("{version}", 200),
        ("query Q { version }", 200),
        ("fragment F on Query { version } query Q { ...F }", 200),
        ("{ unfinished", 200),  # the server says what is wrong with it
        ("mutation { launchRun }", 405),
        ("query Q { version } mutation M { launchRun }", 405),
        ("# {version}\n mutation { launchRun }", 405),
        ("subscription { pipelineRunLogs }", 405),
    ],
)
def test_graphql_by_get_only_reads(client, query, status):
    assert client.get("/graphql", params={"query": query}).status_code == status


def test_of_two_queries_the_one_the_server_takes_is_looked_at(client):
    both = [("query", "{version}"), ("query", "mutation { launchRun }")]
    assert client.get("/graphql", params=both).status_code == 405


@pytest.mark.parametrize("headers", [{}, {"origin": PAGE}])
def test_a_websocket_of_its_own_page_is_opened(client, headers):
    with client.websocket_connect(SOCKET, headers=headers, subprotocols=["graphql-ws"]) as websocket:
        websocket.send_json({"type": "connection_init"})
        assert websocket.receive_json() == {"type": "connection_init"}


@pytest.mark.parametrize("headers", [FOREIGN, ACROSS, LINK, {"host": "evil.example:3000"}])
def test_a_websocket_of_another_page_is_refused_before_it_opens(client, reached, headers):
    with pytest.raises(WebSocketDisconnect) as refusal, client.websocket_connect(SOCKET, headers=headers):
        pass
    assert (refusal.value.code, reached) == (1008, [])
