"""The tables that the steps from core to out hand on to one another: their columns, types and keys. None has a file.

They are written as the published tables are, in English only. Of a large one, text is held as categories
(`transforms.measure.coded_text`): its columns are of type WORD. Tests hold the frames to these tables; nothing does at run time.
"""

import pyarrow as pa

from warehouse.schema.core import LINE
from warehouse.schema.model import BOOL, DATE, INT, MONEY, RATIO, TEXT, Column, Table, Type


class CategoryType(Type):
    """Text of few values, as categories."""

    @property
    def arrow(self) -> pa.DataType:
        """Positions in a dictionary."""
        return pa.dictionary(pa.int32(), pa.string())


WORD = CategoryType("word", "category", "VARCHAR")
KEY_OF_BUDGET = ("document_id", "government_id", "fiscal_year", "stage")
KEY_OF_VIEW = ("document_id", "table", "government_id", "fiscal_year", "stage")


def column(name: str, type_: Type, description: str, required: bool = False) -> Column:
    """A column of a working table, described in one line."""
    return Column(name, type_, name, description, description, required=required)


def table(name: str, description: str, key: tuple[str, ...], *columns: Column) -> Table:
    """A table without a file."""
    return Table(name, name, description, description, key, columns)


def _in_words(*columns: Column) -> tuple[Column, ...]:
    """The same columns with their text as categories."""
    return tuple(column(c.name, WORD if c.type is TEXT else c.type, c.description, c.required) for c in columns)


_DOCUMENT = column("document_id", TEXT, "Document", required=True)
_TABLE = column("table", INT, "Number of the table in its document", required=True)
_GOVERNMENT = column("government_id", TEXT, "Government or body")
_YEAR = column("fiscal_year", INT, "Fiscal year of the money")
_STAGE = column("stage", TEXT, "Budget stage")
_BUDGET = (_DOCUMENT, _GOVERNMENT, _YEAR, _STAGE)
_VIEW = (_DOCUMENT, _TABLE, _GOVERNMENT, _YEAR, _STAGE)
_PERIOD = (
    column("period_start", DATE, "First day its document covers"),
    column("period_end", DATE, "Last day its document covers"),
)
_KIND = column("kind", TEXT, "Kind of its document")
_STATUS = column("period_status", TEXT, "preliminary or final, where its document says so")
_CITABLE = column("citable", BOOL, "Whether its document is cited")
_HOW = column("obtained_how", TEXT, "How the bytes of its document were obtained")
_SUPERSEDED = column("superseded", BOOL, "Whether a newer document replaces its own", required=True)
_NAME_OF_GOVERNMENT = column("government", TEXT, "Name of the government, or its key where it has none")
_LINE = column("line", INT, "Position of the line in core.line", required=True)
_LINE_ID = column("line_id", TEXT, "Line", required=True)
_PARENT = column("parent", INT, "Position in core.line of the line that contains it, -1 where none does", required=True)
_PAGE = column("page", TEXT, "Page or sheet")
_AMOUNT = column("amount", MONEY, "Amount; null where it cannot be read")
_TOTAL = column("total", MONEY, "Printed total of the view")
_SCOPE = column("scope", TEXT, "whole: the whole budget of its perimeter; part: a cut of it")
_VERIFIED = column("verified", BOOL, "Whether every amount of it is verified")
_LINE_IDS = column("line_ids", TEXT, "Lines added, joined by ';'")
_RULE = column("rule", TEXT, "Rule of a basket", required=True)
_BASKET = column("basket", TEXT, "Basket of the rule", required=True)

LOCATED_LINE = table(
    "measure.located_line", "core.line with the place of each line among the others", ("line_id",),
    *(one for one in LINE.columns if one.name != "path"), _PARENT,
    column("path", TEXT, "Labels of the lines that contain it and its own, joined by ' > '", required=True),
)  # fmt: skip

CAUGHT = table(
    "measure.caught", "Every rule that catches every line", ("line", "rule"),
    _LINE, _LINE_ID, _BASKET, _RULE,
    column("strength", TEXT, "By code, by body or by words", required=True),
    column("words", TEXT, "Words found in the line"),
)  # fmt: skip

# What no question asks of a line; the tables of lines take what they show from `core` itself.
NOT_ASKED = (
    "parent_line_id", "code", "administrative_code", "economic_type", "funding_source", "hidden", "place", "printed_page", "path",
)  # fmt: skip
FACT = table(
    "measure.fact", "Every amount with its line, document and government; the index is its position in core.amount",
    ("line", "column"),
    *_in_words(
        *(one for one in LINE.columns if one.name not in (*NOT_ASKED, "fiscal_year")),
        _NAME_OF_GOVERNMENT, *_PERIOD, _STATUS, _KIND, _CITABLE, _HOW,
    ),
    _SUPERSEDED, _LINE, _PARENT,
    *_in_words(
        column("column", INT, "Number of the column in its table", required=True),
        column("header", TEXT, "Header of the column"),
        _STAGE,
        column("fiscal_year", INT, "The amount's own year, else its line's, else its document's"),
        column("multiplier", INT, "Pesos per printed unit"),
        _AMOUNT,
        column("verified", BOOL, "Whether something proves the amount", required=True),
        column("reason", TEXT, "What proves it, or why nothing does"),
    ),
    column("principal", BOOL, "Whether its column is the one that speaks for its stage", required=True),
    column("echo", BOOL, "Whether its stage only repeats the approved one", required=True),
    column("unit_jump", BOOL, "Whether it looks printed in thousands", required=True),
)  # fmt: skip

VIEW_TOTAL = table(
    "measure.view_total", "One printed table for one government, year and stage", KEY_OF_VIEW,
    *_VIEW, _TOTAL,
    column("total_verified", BOOL, "Whether the printed total is verified", required=True),
    column("total_line_id", TEXT, "Line of the printed total"),
    column("total_page", TEXT, "Page of the printed total"),
    column("total_reason", TEXT, "What proves the printed total, or why nothing does"),
    column("view_by", TEXT, "By what the table splits the money"),
    _SCOPE,
    column("title", TEXT, "Title of the table"),
    column("partition", BOOL, "Whether its details are the whole table, each peso once", required=True),
)  # fmt: skip

# A total with what it contains beside spending taken out; of any other amount these are null.
_NET = (
    column("printed", MONEY, "The total as printed"),
    column("less", MONEY, "What was taken out of it"),
    column("less_line_ids", TEXT, "Lines of what was taken out, joined by ';'"),
)
NET_TOTAL = table(
    "measure.net_total", "Each printed total of a government and year, with what it contains",
    ("government_id", "fiscal_year", "stage", "period_start", "period_end", "perimeter"),
    _GOVERNMENT, _YEAR, _STAGE, *_PERIOD,
    column("perimeter", INT, "The printed total in pesos", required=True),
    column("net", MONEY, "The total without what is no spending; null where that cannot be told"),
    *_NET[1:],
    column("less_verified", BOOL, "Whether what was taken out is verified", required=True),
    column("contents", TEXT, "Each content with its pesos, or unknown, joined by ';'", required=True),
)  # fmt: skip

CANDIDATE = table(
    "measure.candidate", "Every way to measure every basket, none preferred yet", (*KEY_OF_VIEW, "rule"),
    *VIEW_TOTAL.columns, _RULE, _BASKET,
    column("purpose", TEXT, "Purpose of the basket", required=True),
    column("measure", INT, "Order of trust in the rule, from 1", required=True),
    _AMOUNT, _VERIFIED, _LINE_IDS,
    column("added", INT, "Number of lines added", required=True),
    _PAGE,
    column("doubtful_unit", BOOL, "Whether the unit of an amount is not proven", required=True),
    column("classes", INT, "Codes of the rule that the view prints", required=True),
    column("classes_of", INT, "Codes that the rule has", required=True),
    column("missing", BOOL, "Whether a line of the sum could not be read", required=True),
    *_PERIOD, _STATUS, _KIND,
    column("netting", TEXT, "What becomes of transfers to own bodies: a word of NETTINGS", required=True),
    *_NET,
)  # fmt: skip

BUDGET_VIEW = table(
    "measure.budget_view", "The view that speaks for each budget", KEY_OF_BUDGET,
    *_BUDGET, *_PERIOD,
    column("perimeter", INT, "Printed total in pesos; without one, the number of the table, negative", required=True),
    _TOTAL, _SCOPE,
)  # fmt: skip

CHOSEN = table(
    "measure.chosen", "The candidate that each operand of each budget is taken from", (*KEY_OF_BUDGET, "operand"),
    *_BUDGET,
    column("operand", TEXT, "Which side of the comparison it is", required=True),
    _AMOUNT, _VERIFIED, _LINE_IDS,
    *(CANDIDATE.by_name[name] for name in ("rule", "measure", "added", "page", "table", "doubtful_unit", "missing")),
    column("source_document", TEXT, "Document that it is printed in: another one where it is borrowed", required=True),
    *(CANDIDATE.by_name[name] for name in ("period_status", "netting")),
    column("within", TEXT, "Its perimeter in words, equal only for one perimeter", required=True),
    *(CANDIDATE.by_name[name] for name in ("classes", "classes_of")),
    *_NET,
    column("apart", BOOL, "Whether only a view of another perimeter has it", required=True),
)  # fmt: skip

HEALTH_AXIS = table(
    "measure.health_axis", "Per line: whether it is health, and whether its table could say so", ("line_id",),
    _LINE_ID,
    column("health_rules", TEXT, "Rules of health that catch it or a line that contains it, joined by ';'"),
    column("crossed", BOOL, "Whether the table prints a body or function beside its class", required=True),
)  # fmt: skip

SPENT = table(
    "measure.spent", "The spending amounts that speak for a stage, replaced documents too, with their view",
    ("line", "column"),
    *_in_words(
        *_BUDGET, _KIND, *_PERIOD, _NAME_OF_GOVERNMENT, _SUPERSEDED, _CITABLE, _TABLE,
        *(LINE.by_name[name] for name in (
            "row", "page", "line_id", "name", "classification", "row_kind", "object_code", "function_code", "administrative_name",
        )),
        _LINE, _PARENT,
        *(FACT.by_name[name] for name in (
            "column", "verified", "echo", "unit_jump", "reason", "amount", "multiplier",
        )),
    ),
    column("view_id", INT, "Number of the view", required=True),
    column("rank", INT, "Place of the view among all, from the best", required=True),
    column("budget", INT, "Number of the budget", required=True),
    column("part", BOOL, "Whether the view is a cut of the budget", required=True),
    column("view_by", WORD, "By what the table splits the money"),
)  # fmt: skip

_OF_BUDGET = (*_BUDGET, _KIND, *_PERIOD, _NAME_OF_GOVERNMENT, _SUPERSEDED, _CITABLE)
_BY = column("by", TEXT, "object, function or administrative")

CLASS = table(
    "measure.class", "One amount per budget and class, from the best table that prints it", (*KEY_OF_BUDGET, "by", "code"),
    *_OF_BUDGET, _TABLE, _PAGE, _LINE_ID,
    column("name", TEXT, "Name of the class as printed"),
    _VERIFIED, _BY,
    column("code", TEXT, "Code of the class", required=True),
    _AMOUNT,
)  # fmt: skip

TOTAL = table(
    "measure.total", "The whole of each budget by each classification, from its best table", (*KEY_OF_BUDGET, "by"),
    _PAGE, *_OF_BUDGET, _BY, _AMOUNT, _VERIFIED, _LINE_IDS,
    column("detail", MONEY, "What the lines that contain no others add up to, if near the whole"),
)  # fmt: skip

_SHARES = tuple(
    column(name, RATIO, description)
    for name, description in (
        ("transfers_share", "Transfers over the total"),
        ("transfers_share_without_debt", "Transfers over the total less debt"),
        ("function_42_share", "Function 4.2 over the total"),
        ("health_share", "Health over the total"),
        ("transfers_share_before", "The same the year before"),
        ("function_42_share_before", "The same the year before"),
        ("bodies_kept", "Share of the bodies of the year before that are there"),
    )
)
SIGNATURE = table(
    "measure.signature", "What each budget covers, and whether it jumped", KEY_OF_BUDGET,
    *_OF_BUDGET,
    column("total", MONEY, "Total"),
    column("transfers", MONEY, "Concepts 4100 and 4200"),
    column("debt", MONEY, "Chapter 9000"),
    column("function_42", MONEY, "Function 4.2"),
    column("health", MONEY, "Function 2.3"),
    column("bodies", INT, "Number of bodies that spend"),
    column("bodies_list", TEXT, "Their names, joined by '; '"),
    column("period", TEXT, "Days of the year that it covers", required=True),
    *_SHARES,
    column("jumps", TEXT, "year, version or health_near_zero, joined by ';'"),
)  # fmt: skip
