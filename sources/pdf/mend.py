"""A PDF that was cut or damaged, given the end it lacks: its pages that are whole can be read, and the lost ones are named.

A page is whole when every object it needs stands complete in the bytes: with a font or half a text missing its figures
could be others. What is packed into compressed objects is not looked for.
"""

import re
from dataclasses import dataclass

_OBJECT = re.compile(
    rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b(.*?)(?=\bendobj\b|(?<!\d)\d{1,10}\s+\d{1,5}\s+obj\b|\Z)", re.DOTALL
)
_REFERENCE = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+R\b")
_PARENT = re.compile(rb"/Parent\s+\d+\s+\d+\s+R\b")
_KIDS = re.compile(rb"/Kids\s*\[(.*?)\]", re.DOTALL)
_PAGE, _PAGES = re.compile(rb"/Type\s*/Page\b"), re.compile(rb"/Type\s*/Pages\b")
_EMPTY = b"<</Type/Page/MediaBox[0 0 612 792]>>"


@dataclass(frozen=True, slots=True)
class Mended:
    """The bytes with an end, and which of the pages (numbered from 1) are lost."""

    data: bytes
    lost: frozenset[int]


def mended(data: bytes) -> Mended | None:
    """A damaged PDF made readable, or None where no page of it is whole."""
    whole = {int(m[1]): m[2] for m in _OBJECT.finditer(data) if data[m.end() : m.end() + 6] == b"endobj"}
    heads = {number: body.partition(b"stream")[0] for number, body in whole.items()}
    pages = _in_order(heads)
    lost = {n for n, number in enumerate(pages, 1) if not _is_whole(number, heads)}
    if not pages or len(lost) == len(pages):
        return None
    kids, added = [], []
    fresh = max(heads) + 3
    for n, number in enumerate(pages, 1):
        if n in lost:
            added.append(b"%d 0 obj\n%s\nendobj\n" % (fresh, _EMPTY))
            number, fresh = fresh, fresh + 1
        kids.append(b"%d 0 R" % number)
    root, tree = max(heads) + 1, max(heads) + 2
    added.append(b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, tree))
    added.append(b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (tree, len(kids), b" ".join(kids)))
    end = b"\nendstream\nendobj\n" + b"".join(added) + b"trailer\n<</Root %d 0 R/Size %d>>\n%%%%EOF\n" % (root, fresh)
    return Mended(data + end, frozenset(lost))


def _in_order(heads: dict[int, bytes]) -> list[int]:
    """The page objects: as the tree of pages has them where that is there, and in the order of the file elsewhere."""
    nodes = {number: _KIDS.search(head) for number, head in heads.items() if _PAGES.search(head)}
    children = {number: [int(m[1]) for m in _REFERENCE.finditer(kids[1])] for number, kids in nodes.items() if kids}
    below = {kid for kids in children.values() for kid in kids}
    ordered: list[int] = []
    seen: set[int] = set()
    waiting = [number for number in children if number not in below][::-1]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        if number in children:
            waiting += children[number][::-1]
        else:
            ordered.append(number)
    return ordered + [number for number, head in heads.items() if _PAGE.search(head) and number not in seen]


def _is_whole(page: int, heads: dict[int, bytes]) -> bool:
    """Whether every object that a page leads to is there; its own head must say what it is and how large."""
    if page not in heads or not _PAGE.search(heads[page]) or b"/MediaBox" not in heads[page]:
        return False
    seen, waiting = {page}, [page]
    while waiting:
        head = heads.get(waiting.pop())
        if head is None:
            return False
        for reference in map(int, _REFERENCE.findall(_PARENT.sub(b"", head))):
            if reference not in seen:
                seen.add(reference)
                waiting.append(reference)
    return True
