"""What one page leads to, as portals write pages."""

import json

from sources.portals.links import Link, PageLinks, links_of

URL = "https://portal.example/transparencia/cuenta.html"
NEXT = ["ver más", "siguiente"]


def links(body: str | bytes, content_type: str = "text/html", json_path: str | None = None) -> PageLinks:
    data = body.encode() if isinstance(body, str) else body
    return links_of(data, URL, content_type, NEXT, json_path)


def test_addresses_are_whole_and_each_once_in_order() -> None:
    page = links(
        '<a href="a.pdf">Uno</a><a href="/b.pdf#p2">Dos</a><a href="a.pdf">Uno</a><a href="mailto:x@y.mx">Correo</a>'
        '<a href="http://[::zz/c.pdf">Roto</a><a href="https://ana:clave@otro.mx/d.pdf">Clave</a><a href="con espacio.pdf">Tres</a>'
    )
    assert page.links == [
        Link("https://portal.example/transparencia/a.pdf", "Uno"),
        Link("https://portal.example/b.pdf", "Dos"),
        Link("https://portal.example/transparencia/con%20espacio.pdf", "Tres"),
    ]


def test_a_base_moves_every_address() -> None:
    assert links('<base href="/otra/"><a href="a.pdf">A</a>').links[0].address == "https://portal.example/otra/a.pdf"


def test_in_a_table_by_quarter_row_and_column_say_what_a_link_is() -> None:
    page = links(
        "<table><tr><th>Estado</th><th colspan=2>2023</th><th>2024</th></tr>"
        "<tr><td>Analítico de egresos</td><td><a href=1.pdf>PDF</a></td><td><a href=2.xlsx>Excel</a></td><td><a href=3.pdf><img alt='PDF'></a></td></tr>"
        "</table>"
    )
    assert [link.text for link in page.links] == [
        "PDF · Analítico de egresos · 2023", "Excel · Analítico de egresos · 2023", "PDF · Analítico de egresos · 2024",
    ]  # fmt: skip


def test_what_only_a_script_follows_is_told_of_and_not_followed() -> None:
    page = links(
        "<a href=\"javascript:abrir('x.pdf')\">Abrir</a><a href='#' onclick='ver()'>Ver</a><button onclick='mas()'>Cargar</button>"
        "<a href='#arriba'>Arriba</a><button>Buscar</button><script>location='y.pdf'</script>"
    )
    assert [link.address for link in page.links] == [URL]
    assert page.scripted == ["Abrir", "Ver", "Cargar"]


def test_frames_and_more_of_the_list_are_told_apart() -> None:
    page = links(
        "<iframe src='marco.html'></iframe><link rel=next href='?p=2'><link rel=stylesheet href=x.css>"
        "<a href='?p=3'>Ver MÁS</a><a rel='nofollow next' href='?p=4'>»</a>"
    )
    assert [(link.kind, link.address.rpartition("/")[2]) for link in page.links] == [
        ("frame", "marco.html"), ("next", "cuenta.html?p=2"), ("next", "cuenta.html?p=3"), ("next", "cuenta.html?p=4"),
    ]  # fmt: skip
    assert [link.kind for link in links("<frameset><frame src=a.html><frame src=b.html></frameset>").links] == [
        "frame"
    ] * 2


def test_letters_are_those_that_the_server_or_the_page_declares() -> None:
    latin = "<a href=a.pdf>Año</a>".encode("latin-1")
    assert links(latin, "text/html; charset=ISO-8859-1").links[0].text == "Año"
    assert links(b'<meta charset="iso-8859-1">' + latin).links[0].text == "Año"
    assert links(latin, "text/html; charset=no-such").links == []


def test_a_sitemap_leads_to_documents_and_other_sitemaps() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    assert links(f"<?xml version='1.0'?><urlset {space}><url><loc> /a.pdf </loc></url></urlset>").links == [
        Link("https://portal.example/a.pdf", "")
    ]
    [other] = links(f"<sitemapindex {space}><sitemap><loc>/dos.xml</loc></sitemap></sitemapindex>").links
    assert other == Link("https://portal.example/dos.xml", "", "page")


def test_entities_of_a_sitemap_are_not_resolved() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>/&f;.pdf</loc></url></urlset>'
    assert all("hostname" not in link.address and len(link.address) < 60 for link in links(bomb).links)


def test_json_gives_what_lies_at_the_path() -> None:
    body = json.dumps({"datos": [{"url": "a.pdf", "n": 1}, {"url": 7}, {"otro": "b.pdf"}, {"url": "c.pdf"}]})
    assert [link.address.rpartition("/")[2] for link in links(body, json_path="datos.*.url").links] == [
        "a.pdf",
        "c.pdf",
    ]
    assert [link.address.rpartition("/")[2] for link in links(body, json_path="datos.3.url").links] == ["c.pdf"]
    assert links(body, json_path="nada.*").links == links("[" * 100_000, json_path="*").links == []


def test_what_is_no_page_has_no_links() -> None:
    for body in (b"", b"%PDF-1.4", b"\x00\xff", b"<", b"{", b"<urlset"):
        assert links(body) == PageLinks([], [])
