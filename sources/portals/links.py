"""The links of one page: of HTML, of a sitemap, or of a list in JSON.

Only what stands in the bytes. Which links are followed and which are documents is for `sources.portals.walk`.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import etree, html

from warehouse.schema.text import words

Kind = Literal["link", "frame", "next", "page"]
_LONGEST_TEXT = 300
_LONGEST_ADDRESS = 2000
_HEAD = 4096  # where a page declares its encoding, and a sitemap shows what it is
_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
_SITEMAPS = ("sitemapindex", "urlset")


class Link(NamedTuple):
    """A link as the page has it: `address` is whole; `text` is its own and then that of the row and column it stands in.

    A `frame` is a part of the page; `next` is more of the same list; `page` is another sitemap.
    """

    address: str
    text: str
    kind: Kind = "link"


class PageLinks(NamedTuple):
    """What a page leads to, in its order; `scripted` are the texts of what only a script could follow."""

    links: list[Link]
    scripted: list[str]


def links_of(body: bytes, url: str, content_type: str, next_words: list[str], json_path: str | None) -> PageLinks:
    """The links of a page found at `url`. Bytes that are no page have none."""
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        return PageLinks([Link(address, "") for address in _json_addresses(body, url, json_path)], [])
    root = _xml_root(body) if start == b"<" else None
    if root is not None:
        return PageLinks(list(_sitemap_links(root, url)), [])
    return _html_links(body, url, _encoding(body, content_type), {words(text) for text in next_words})


def _encoding(body: bytes, content_type: str) -> str | None:
    """What the server declares, or else the page itself (None); of what neither does, UTF-8 where the bytes are that."""
    if declared := _CHARSET.search(content_type):
        return declared[1]
    if _CHARSET.search(body[:_HEAD].decode("latin-1")):
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _json_addresses(body: bytes, url: str, path: str | None) -> Iterator[str]:
    """The texts at the path: keys parted by dots, `*` for every item of a list."""
    try:
        values: list[Any] = [json.loads(body)]
    except (ValueError, RecursionError):
        return
    for key in (path or "*").split("."):
        values = [item for value in values for item in _at(value, key)]
    yield from (whole for value in values if isinstance(value, str) and (whole := _whole(url, value)))


def _at(value: Any, key: str) -> list[Any]:
    if isinstance(value, list):
        if key == "*":
            return value
        return [value[int(key)]] if key.isdecimal() and int(key) < len(value) else []
    if isinstance(value, dict):
        return list(value.values()) if key == "*" else [value[key]] if key in value else []
    return []


def _xml_root(body: bytes) -> Any:
    """The root of a sitemap; None for anything else. Entities are not resolved, and nothing is fetched."""
    if not any(f"<{name}".encode() in body[:_HEAD] for name in _SITEMAPS):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(body, parser)
    return root if root is not None and etree.QName(root).localname in _SITEMAPS else None


def _sitemap_links(root: Any, url: str) -> Iterator[Link]:
    kind: Kind = "page" if etree.QName(root).localname == "sitemapindex" else "link"
    for place in root.iter("{*}loc"):
        if address := _whole(url, place.text or ""):
            yield Link(address, "", kind)


def _html_links(body: bytes, url: str, charset: str | None, next_words: set[str]) -> PageLinks:
    try:
        root = html.document_fromstring(body, parser=html.HTMLParser(encoding=charset, no_network=True))
    except (etree.ParserError, LookupError, ValueError):
        return PageLinks([], [])
    bases = root.xpath("//base/@href")
    base = urljoin(url, bases[0].strip()) if bases else url
    links: list[Link] = []
    scripted: list[str] = []
    for element in root.iter("a", "area", "frame", "iframe", "link", "button"):
        tag, href = element.tag, element.get("href") or element.get("src") or ""
        if tag == "button" or _is_scripted(element, href):
            if tag not in ("link", "frame", "iframe") and (element.get("onclick") or _is_script(href)):
                scripted.append(_own_text(element) or href[:80])
        elif (tag != "link" or element.get("rel") == "next") and (address := _whole(base, href)):
            links.append(_link(element, address, next_words))
    return PageLinks(list(dict.fromkeys(links)), scripted)


def _is_scripted(element: Any, href: str) -> bool:
    return _is_script(href) or (href.strip() in ("", "#") and element.get("onclick") is not None)


def _is_script(href: str) -> bool:
    return href.strip().lower().startswith("javascript:")


def _link(element: Any, address: str, next_words: set[str]) -> Link:
    if element.tag in ("frame", "iframe"):
        return Link(address, "", "frame")
    words_of_it = _own_text(element)
    if "next" in (element.get("rel") or "").split() or words(words_of_it) in next_words:
        return Link(address, words_of_it, "next")
    return Link(address, " · ".join(filter(None, [words_of_it, *_row_texts(element)]))[:_LONGEST_TEXT])


def _own_text(element: Any) -> str:
    pictures = [alt for image in element.iter("img") if (alt := image.get("alt"))]
    text = " ".join(element.text_content().split()) or element.get("title") or " ".join(pictures)
    return str(text)[:_LONGEST_TEXT]


def _row_texts(element: Any) -> list[str]:
    """What the row and the column of a table say of the link: `PDF` alone names no document."""
    cell = next((up for up in element.iterancestors("td", "th")), None)
    row = None if cell is None else cell.getparent()
    if cell is None or row is None or row.tag != "tr":
        return []
    first = next(iter(row.iterchildren("td", "th")), cell)
    texts = [] if first is cell else [_text(first)]
    table = next(row.iterancestors("table"), None)
    heads = None if table is None else next(table.iter("tr"), None)
    if heads is not None and heads is not row:
        at = _column(cell)
        texts += [
            _text(head) for head in heads.iterchildren("td", "th") if _column(head) <= at < _column(head) + _span(head)
        ]
    return texts


def _column(cell: Any) -> int:
    return sum(_span(before) for before in cell.itersiblings("td", "th", preceding=True))


def _span(cell: Any) -> int:
    value = cell.get("colspan") or ""
    return min(int(value), 100) if value.isdecimal() and value.isascii() and int(value[:4]) else 1


def _text(element: Any) -> str:
    return " ".join(element.text_content().split())[:100]


def _whole(base: str, href: str) -> str | None:
    """The whole address of a link, without what comes behind `#`; None for what cannot be visited."""
    try:
        address = urldefrag(urljoin(base, "".join(href.split("\n")).strip()))[0].replace(" ", "%20")
        parts = urlsplit(address)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        return None
    return address if sound and len(address) <= _LONGEST_ADDRESS and address.isprintable() else None
