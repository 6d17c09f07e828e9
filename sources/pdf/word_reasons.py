"""The reasons: what each numeric word is that is no amount of a table.

Which figures are amounts is decided in `sources.pdf.table`; that every word is counted once, in the builder. Here each
function gives the reasons it has, as pairs of a word and one of EXCLUSIONS; where several have one, the first stands.
"""

import re
from collections.abc import Container, Iterable, Iterator

from sources.pdf.load import Page
from sources.pdf.page.lines import Line, is_mark, lines_of
from sources.pdf.page.words import Word
from sources.pdf.table.block import TableBlock
from sources.pdf.table.money_headers import names_money
from sources.personal import personal_kind
from sources.raw.numeric import is_numeric
from warehouse.schema.column_kind import PERCENTAGE, QUANTITY, column_kind, figures_of
from warehouse.schema.lexicon import MONTH_NAME

_YEAR = re.compile(r"^[(\"“]?(?:19|20)\d\d[).,;:\"”]*$")
_DATE = re.compile(
    r"^\d{1,2}[/-](?:\d{1,2}|[A-Za-z]{3,10})[/-]\d{2,4}[.,;]?$|^\d{1,2}:\d{2}(?::\d{2})?(?:[ap]\.?m\.?)?[.,]?$",
    re.IGNORECASE,
)
_CODE = re.compile(r"^[A-Z]{0,4}[-.]?\d[\dA-Z]*(?:[-.]\w+)*[.):]?$")
_MONTH = re.compile(rf"^{MONTH_NAME}\b", re.IGNORECASE)
_LAW = re.compile(
    r"^(?:art[íi]culos?|arts?\.?|fracci[óo]n(?:es)?|anexos?|numeral(?:es)?|cap[íi]tulos?|t[íi]tulos?)$", re.IGNORECASE
)
_ITEM = re.compile(r"^\d{1,3}[.)\-°º]+-?$")
_PERCENT = re.compile(r"\d\s*%")


Reason = tuple[Word, str]


def given_reasons(words: Iterable[Word], reason: str) -> Iterator[Reason]:
    """The same reason for all of some words."""
    return ((word, reason) for word in words)


def block_reasons(block: TableBlock) -> Iterator[Reason]:
    """What was seen while the block was built."""
    yield from given_reasons(block.column_numbers, "column_number")
    yield from given_reasons(block.stamps, "watermark")
    yield from given_reasons(block.upright, "header")


def head_reasons(block: TableBlock, furniture: set[Word]) -> Iterator[Reason]:
    """Digits in the title and the header of a table."""
    for line in block.head.title:
        if not furniture.issuperset(line.words):
            yield from _header_reasons(line)
    for cell in block.head.cells + block.head.labels:
        for line in lines_of(cell.words):
            yield from _header_reasons(line)


def _header_reasons(line: Line) -> Iterator[Reason]:
    for i, word in enumerate(line.words):
        if is_numeric(word.text):
            yield word, time_reason(line.words, i) or "header"


def label_reasons(words: list[Word]) -> Iterator[Reason]:
    """Digits in a label cell: a code where the cell or the word is one, otherwise part of the label."""
    for i, word in enumerate(words):
        if not is_numeric(word.text):
            continue
        if _DATE.match(word.text):
            yield word, "date"
        elif word.text.startswith("#"):
            yield word, "unreadable"  # an error value of a spreadsheet
        elif is_mark(word, words):
            yield word, "footnote"
        elif _CODE.match(word.text) and (i == 0 or all(_CODE.match(w.text) for w in words[:i])):
            yield word, "code"
        else:
            yield word, "label"


def page_reasons(page: Page, furniture: set[Word], due: Container[Word]) -> Iterator[Reason]:
    """What the rest of a page is, outside its tables: every word of `due` gets a reason here."""
    yield from given_reasons(page.numbered[1], "page_number")
    if page.kind == "garbled":
        yield from given_reasons(page.text.words, "garbled")
    for line in page.lines:
        if furniture.issuperset(line.words):
            yield from given_reasons(line.words, "furniture")
        for i, word in enumerate(line.words):
            if word in due:
                yield word, _outside_reason(line.words, i)
    yield from given_reasons(page.text.sideways, "furniture")
    yield from given_reasons(page.text.hidden, "not_visible")
    yield from given_reasons(page.text.struck, "struck_out")
    yield from given_reasons(page.text.notes, "footnote")


def _outside_reason(words: list[Word], i: int) -> str:
    """What a number of a line outside every table is."""
    text, before = words[i].text, words[i - 1].text if i else ""
    if _LAW.match(before) and len(text) <= 7:
        return "article"
    if reason := time_reason(words, i):
        return reason
    if _PERCENT.search(text) or (i + 1 < len(words) and words[i + 1].text == "%"):
        return "percentage"
    if i == 0 and _ITEM.match(text):
        return "list_number"
    begins_with_code = i == 0 and len(words) > 1 and _CODE.match(text) and len(text) >= 3
    return "code" if begins_with_code and "$" not in text and "," not in text else "prose"


def time_reason(words: list[Word], index: int) -> str | None:
    """`date` or `year` for a word that is part of one."""
    text = words[index].text
    if _DATE.match(text):
        return "date"
    near = [w.text.lower() for w in words[index + 1 : index + 3]]
    if (
        text.isdigit()
        and len(text) <= 2
        and near
        and (_MONTH.match(near[0]) or (near[0] == "de" and len(near) > 1 and _MONTH.match(near[1])))
    ):
        return "date"
    if (
        text.isdigit()
        and len(text) <= 2
        and near
        and near[0] in ("al", "a")
        and any(_MONTH.match(w.text) for w in words[index : index + 6])
    ):
        return "date"
    return "year" if _YEAR.match(text) else None


def table_reasons(headers: list[str], texts: list[list[str]]) -> list[str | None]:
    """Why each column of a table holds no money: `personal_data`, `percentage`, `quantity`, or None where it may.

    A table of posts or persons by kind names them over some columns only: the others are quantities too, unless the
    header of one of them says money.
    """
    figures = [figures_of(mine) for mine in texts]
    kinds = [column_kind(header, mine).kind for header, mine in zip(headers, figures, strict=True)]
    reasons = [
        "personal_data" if personal_kind(header) == "data" else kind if kind in (PERCENTAGE, QUANTITY) else None
        for header, kind in zip(headers, kinds, strict=True)
    ]
    others = [header for header, reason in zip(headers, reasons, strict=True) if reason is None]
    if QUANTITY in reasons and not any(map(names_money, others)) and not any(mine.centavos for mine in figures):
        return [reason or QUANTITY for reason in reasons]
    return reasons
