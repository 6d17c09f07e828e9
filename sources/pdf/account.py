"""The accounting: what every numeric word is that is no amount of a table.

Amounts are decided in `columns` and `rows`; here each of the other words with digits gets its named reason.
"""

import re

from sources.pdf.page.lines import Line, is_mark
from sources.pdf.page.words import Word
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


def set_fate(words: list[Word], fate: str) -> None:
    for word in words:
        if word.fate is None:
            word.fate = fate


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


def explain_title(line: Line) -> None:
    for i, word in enumerate(line.words):
        if is_numeric(word.text) and word.fate is None:
            word.fate = time_reason(line.words, i) or "header"


def explain_label(words: list[Word]) -> None:
    """Digits in a label cell: a code where the cell or the word is one, otherwise part of the label."""
    for i, word in enumerate(words):
        if not is_numeric(word.text) or word.fate is not None:
            continue
        if _DATE.match(word.text):
            word.fate = "date"
        elif word.text.startswith("#"):
            word.fate = "unreadable"  # an error value of a spreadsheet
        elif is_mark(word, words):
            word.fate = "footnote"
        elif _CODE.match(word.text) and (i == 0 or all(_CODE.match(w.text) for w in words[:i])):
            word.fate = "code"
        else:
            word.fate = "label"


def explain_line(line: Line) -> None:
    """Digits of a line outside every table."""
    words = line.words
    for i, word in enumerate(words):
        if not is_numeric(word.text) or word.fate is not None:
            continue
        before = words[i - 1].text if i else ""
        if _LAW.match(before) and len(word.text) <= 7:
            word.fate = "article"
        elif reason := time_reason(words, i):
            word.fate = reason
        elif _PERCENT.search(word.text) or (i + 1 < len(words) and words[i + 1].text == "%"):
            word.fate = "percentage"
        elif i == 0 and _ITEM.match(word.text):
            word.fate = "list_number"
        elif (
            i == 0
            and len(words) > 1
            and _CODE.match(word.text)
            and len(word.text) >= 3
            and "$" not in word.text
            and "," not in word.text
        ):
            word.fate = "code"
        else:
            word.fate = "prose"


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
