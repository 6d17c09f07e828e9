"""What the page tells, asked of a built database: plain rows, already in the order in which they are read.

How they look belongs to the template and to `charts`.
"""

from datetime import date
from itertools import groupby
from typing import Any

import duckdb

from warehouse.page.sentences import cited, sentences
from warehouse.schema.measures import PRACTICES
from warehouse.schema.period import name_of, part_of_year
from warehouse.schema.vocabulary import ITEMS, REFUSALS, STAGES, Term
from warehouse.store.session import Row

# The sums that a comparison stands on, in the order in which they are shown.
COMPARED = ("health", "events", "advertising")
# A national corpus refuses thousands; the tables of the release hold them all.
SHOWN_COMPARISONS = 120
# Of the newest comparisons: with pictures of all, the file would be too heavy for a phone.
PICTURED = 12
SHOWN_ALERTS = 12
SHOWN_LINES = 12

# The later a stage, the nearer to money that left: of two comparisons of one year, that one speaks first.
_STAGE_RANK = f"list_position({list(STAGES)!r}, stage)"


def counts(con: duckdb.DuckDBPyConnection) -> Row:
    """How much the release holds, and how much of it is proven."""
    return _rows(
        con,
        """
        SELECT (SELECT count(*) FROM core.document) AS documents,
               (SELECT count(*) FROM core.document WHERE outcome IN ('read', 'partial')) AS documents_read,
               (SELECT count(*) FROM core.amount) AS amounts,
               (SELECT count(*) FROM core.amount WHERE verified) AS verified,
               (SELECT count(*) FROM out.health_vs_events WHERE refusals IS NULL) AS made,
               (SELECT count(*) FROM out.health_vs_events WHERE refusals IS NULL AND citable) AS citable,
               (SELECT count(*) FROM out.health_vs_events WHERE refusals IS NOT NULL) AS refused
        """,
    )[0]


def comparisons(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every comparison that was made, the newest year of each government first, by name, each with its operands.

    Comparisons from documents that may be cited hide the others; without any, those of the sample are shown as such.
    """
    made = _rows(
        con,
        f"""
        SELECT *, row_number() OVER (PARTITION BY government_id ORDER BY rank) = 1 AS newest
        FROM (
            SELECT *, row_number() OVER (ORDER BY fiscal_year DESC, {_STAGE_RANK} DESC, period_end DESC, document_id) AS rank
            FROM out.health_vs_events WHERE refusals IS NULL
            AND (citable OR NOT EXISTS (FROM out.health_vs_events WHERE refusals IS NULL AND citable))
        )
        ORDER BY newest DESC, government, fiscal_year DESC, rank
        LIMIT {SHOWN_COMPARISONS}
        """,
    )
    for row in made:
        row["operands"] = [(ITEMS[item], row[item], row[f"{item}_line_ids"]) for item in COMPARED]
        row["caveats_apart"] = sorted(set(sentences(row["caveats"])))
        row["firm"] = _firm(con, row)
    return _with_names(made)


def asked_comparisons(con: duckdb.DuckDBPyConnection, most: int) -> list[Row]:
    """Every comparison that was made or refused, the newest first: what the first question of the page chooses from."""
    return _rows(
        con,
        f"""
        SELECT * FROM out.health_vs_events
        WHERE citable OR NOT EXISTS (FROM out.health_vs_events WHERE refusals IS NULL AND citable)
        ORDER BY fiscal_year DESC, government, {_STAGE_RANK} DESC, period_end DESC, document_id LIMIT {int(most)}
        """,
    )


def first_changes(con: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], Row]:
    """The longest real change that ends in each comparison, by government, document, year, stage and item."""
    rows = _rows(
        con,
        """
        SELECT * FROM out.change WHERE refusals IS NULL AND comparison = 'years' AND real_change IS NOT NULL AND stable
        QUALIFY row_number() OVER (
            PARTITION BY government_id, to_document_id, to_year, to_stage, item ORDER BY from_year, from_document_id) = 1
        """,
    )
    return {
        (row["government_id"], row["to_document_id"], row["to_year"], row["to_stage"], row["item"]): row for row in rows
    }


def rank_places(con: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], Row]:
    """The interval of places per inhabitant of each comparison, where governments can be ranked, by the same key."""
    rows = _rows(
        con, "SELECT * FROM out.ranking WHERE first_place IS NOT NULL AND ends_with(measure, '_per_inhabitant')"
    )
    return {
        (row["government_id"], row["document_id"], row["fiscal_year"], row["stage"], row["measure"].removesuffix("_per_inhabitant")): row
        for row in rows
    }  # fmt: skip


def bought(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """What the lines of events and advertising of the comparisons would buy, the cost of their own year first, the smallest unit first."""
    return _rows(
        con,
        """
        SELECT b.* FROM out.would_buy AS b
        WHERE line_id IN (SELECT unnest([events_line_ids, advertising_line_ids]) FROM out.health_vs_events WHERE refusals IS NULL)
        QUALIFY row_number() OVER (PARTITION BY line_id, stage, unit_cost_name ORDER BY same_year DESC, unit_cost_year DESC, unit_cost_id) = 1
        ORDER BY line_id, stage, same_year DESC, unit_cost, unit_cost_id
        """,
    )


def common_caveats(made: list[Row]) -> list[str]:
    """What must be said beside every one of them: it is said once."""
    if len(made) < 2:
        return []
    return [caveat for caveat in made[0]["caveats_apart"] if all(caveat in row["caveats_apart"] for row in made)]


# What decides how the numbers of the chart are to be read, whatever the documents.
_FLOOR = Term(
    "3800 is a floor: CONAC asks for 382 only where a service is integral and cannot be split; concerts, stages and prizes are also in 33x and 44x",
    "El 3800 es un piso: el CONAC pide la 382 solo para servicios integrales que no se pueden desagregar; conciertos, templetes y premios también están en 33x y 44x",
)
_INSIDE = Term(
    "Official services include 385, expenses of representation; advertising includes 362, that of goods and services sold, and 369, information services such as monitoring",
    "Servicios oficiales incluye 385, gastos de representación; publicidad incluye 362, la de bienes y servicios que se venden, y 369, servicios de información como el monitoreo",
)
_CENTRAL = Term(
    "Figures of INEGI are of the central administration: what other bodies spend on events and advertising is not in them",
    "Las cifras del INEGI son de la administración central: lo que otros entes gastan en eventos y publicidad no está en ellas",
)
_PANDEMIC = Term(
    "2020 and 2021 are years of the pandemic: fewer events, more health",
    "2020 y 2021 son años de pandemia: menos eventos, más salud",
)


def chart_caveats(con: duckdb.DuckDBPyConnection, made: list[Row]) -> list[Term]:
    """What decides how the chart is to be read, once: what the classes hold, whose money it is, which years."""
    kinds = {row["kind"] for row in _rows(con, "SELECT DISTINCT kind FROM core.document")}
    deciding = [_FLOOR, _INSIDE]
    if "estadistica" in kinds:
        deciding.append(_CENTRAL)
    if {2020, 2021} & {row["fiscal_year"] for row in made}:
        deciding.append(_PANDEMIC)
    return deciding


def _with_names(rows: list[Row]) -> list[Row]:
    """Each row with its government, year and part of the year in words."""
    for row in rows:
        for name, language in (("name", "es"), ("name_en", "en")):
            period = (row.get("period_start"), row.get("period_end"))
            row[name] = name_of(row["government"], row["fiscal_year"], *period, language)
    return rows


def _firm(con: duckdb.DuckDBPyConnection, row: Row) -> Row | None:
    """In how many readings events are less than health, or more, from the declared comparison of the same budget."""
    rows = _rows(
        con,
        """
        SELECT sign, readings, readings_held, stable, readings_list FROM out.comparison
        WHERE comparison_id = 'events_over_health' AND sign IS NOT NULL
        AND (document_id, government_id, fiscal_year, stage) = (?, ?, ?, ?)
        """,
        [row[name] for name in ("document_id", "government_id", "fiscal_year", "stage")],
    )
    return rows[0] if rows else None


def declared(con: duckdb.DuckDBPyConnection) -> list[tuple[Row, list[Row]]]:
    """Every declared comparison with the newest number of each government, and how often it was made and refused."""
    counted = _rows(
        con,
        """
        SELECT comparison_id, any_value(comparacion) AS comparacion, any_value(comparison) AS comparison,
               count(result) AS made, count(*) - count(result) AS refused
        FROM out.comparison GROUP BY comparison_id ORDER BY comparison_id
        """,
    )
    newest = _rows(
        con,
        f"""
        SELECT * FROM out.comparison WHERE result IS NOT NULL
        AND (citable OR NOT EXISTS (FROM out.comparison WHERE result IS NOT NULL AND citable))
        QUALIFY row_number() OVER (
            PARTITION BY comparison_id, government_id ORDER BY fiscal_year DESC, {_STAGE_RANK} DESC, document_id) = 1
        ORDER BY comparison_id, government
        """,
    )
    _with_names(newest)
    of = dict(_grouped(newest, "comparison_id"))
    return [(row, of.get(row["comparison_id"], [])[:SHOWN_COMPARISONS]) for row in counted]


def places(con: duckdb.DuckDBPyConnection, made: list[Row]) -> dict[str, Row]:
    """For each line the comparisons cite: its label, its printed figures and its document, by line id."""
    wanted = sorted({line for row in made for operand in row["operands"] for line in cited(operand[2])})
    rows = _rows(
        con,
        """
        SELECT l.line_id, l.label, l.path, l.page, l.printed_page, l.document_id, l.verified, l.reason, l.multiplier,
               l.source_text, l.stage, l.header, l.place, d.title, d.sha256, d.origin, d.obtained_at
        FROM out.line_all AS l JOIN core.document AS d USING (document_id)
        WHERE l.line_id IN (SELECT unnest(?)) ORDER BY l.line_id, l."column"
        """,
        [wanted],
    )
    return {line: {**group[0], "printed": group} for line, group in _grouped(rows, "line_id")}


def pictured(made: list[Row], printed: dict[str, Row]) -> list[tuple[str, str]]:
    """The (line, stage) of the operands whose printed places the page shows: pages before sheets, whose cells are their own picture."""
    newest = [row for row in made if row["newest"]]
    lines = [[(line, row["stage"]) for *_, ids in row["operands"] for line in cited(ids)] for row in newest]
    lines.sort(key=lambda operands: any(not str(printed.get(line, {}).get("page")).isdigit() for line, _ in operands))
    return [line for operands in lines[:PICTURED] for line in operands]


def refused(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Why comparisons were refused: each reason, how often, and whose."""
    rows = _rows(
        con,
        """
        SELECT code, count(*) AS times, list_sort(list(DISTINCT government) FILTER (government IS NOT NULL)) AS governments,
               min(fiscal_year) AS first_year, max(fiscal_year) AS last_year
        FROM (SELECT unnest(string_split(refusals, ';')) AS code, government, fiscal_year
              FROM out.health_vs_events WHERE refusals IS NOT NULL)
        GROUP BY code ORDER BY times DESC, code
        """,
    )
    return [{**row, "word": REFUSALS[row["code"]]} for row in rows]


def coverage(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Per government and year: compared, read but not comparable, or refused."""
    return _rows(
        con,
        """
        SELECT government, fiscal_year, documents, documents_read, amounts, verified_share, comparable_stages,
               CASE WHEN comparable_stages IS NOT NULL THEN 'compared' WHEN documents_read > 0 THEN 'read' ELSE 'refused' END AS state
        FROM out.coverage WHERE government IS NOT NULL AND fiscal_year IS NOT NULL ORDER BY government, fiscal_year
        """,
    )


def history(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Events and advertising per 1,000 pesos of health over the years, where a government has three or more of one stage."""
    return _rows(
        con,
        f"""
        WITH made AS (
            SELECT government, stage, fiscal_year, events_share_of_health, advertising_share_of_health,
                   row_number() OVER (PARTITION BY government_id, stage, fiscal_year ORDER BY period_end DESC, document_id) AS rank
            FROM out.health_vs_events WHERE refusals IS NULL
            AND (citable OR NOT EXISTS (FROM out.health_vs_events WHERE refusals IS NULL AND citable))
        ), years AS (
            SELECT *, count(*) OVER (PARTITION BY government, stage) AS years FROM made WHERE rank = 1
        ), longest AS (
            SELECT *, dense_rank() OVER (PARTITION BY government ORDER BY years DESC, {_STAGE_RANK} DESC) AS choice FROM years
        )
        SELECT * FROM longest WHERE choice = 1 AND years >= 3 ORDER BY government, fiscal_year
        """,
    )


def changes(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """How each basket changed over the longest span of years, with how firm the sign is; the unstable are said to be so."""
    rows = _rows(
        con,
        f"""
        SELECT * FROM out.change WHERE refusals IS NULL AND comparison = 'years' AND verified AND real_change IS NOT NULL
        AND (citable OR NOT EXISTS (FROM out.change WHERE refusals IS NULL AND citable))
        QUALIFY row_number() OVER (
            PARTITION BY government_id, item ORDER BY citable DESC, to_year - from_year DESC, to_year DESC, from_document_id, to_document_id) = 1
        ORDER BY government, item LIMIT {SHOWN_COMPARISONS}
        """,
    )
    for row in rows:
        years = f"{row['from_year']}–{row['to_year']}"
        row["name"], row["name_en"] = (
            ", ".join(filter(None, [years, _part(row["period"], language)])) for language in ("es", "en")
        )
    return rows


def _part(period: str, language: str) -> str:
    """As «enero a marzo», of 01-01/03-31; empty for the whole year."""
    start, end = (date.fromisoformat(f"2000-{day}") for day in period.split("/"))
    return part_of_year(start, end, language)


def dearest_lines(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """The largest verified detail lines of events and advertising at today's prices, with what each would buy."""
    lines = _rows(
        con,
        f"""
        SELECT * FROM out.line_comparison WHERE refusals IS NULL AND verified AND row_kind = 'detail' AND adds_up
        AND (citable OR NOT EXISTS (FROM out.line_comparison WHERE refusals IS NULL AND citable))
        ORDER BY real_amount DESC NULLS LAST, line_id, fiscal_year, stage LIMIT {SHOWN_LINES}
        """,
    )
    bought = _rows(
        con,
        """
        SELECT b.*, g.name AS region FROM out.would_buy AS b
        LEFT JOIN core.government AS g ON g.government_id = b.unit_cost_region AND b.unit_cost_region <> '00'
        WHERE list_contains(?, line_id)  -- at the rows; a join with the list would come after that with governments
        QUALIFY row_number() OVER (PARTITION BY line_id, "column", unit_cost_name ORDER BY same_year DESC, unit_cost_year DESC, unit_cost_id) = 1
        ORDER BY line_id, "column", would_buy
        """,
        [[row["line_id"] for row in lines]],
    )
    _with_names(lines)
    return [
        {**row, "buys": [buy for buy in bought if (buy["line_id"], buy["column"]) == (row["line_id"], row["column"])]}
        for row in lines
    ]


def affordability(con: duckdb.DuckDBPyConnection) -> list[tuple[str, list[Row]]]:
    """The cards that gave a number, each with its readings from low to high for each sum of money."""
    rows = _rows(
        con,
        "SELECT * FROM out.affordability ORDER BY card_id, government_id, money_id, list_position(['low', 'mid', 'high'], reading)",
    )
    return _grouped(rows, "card_id")


def practices(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """What the documents show of how budgets are spent; what they show nothing of is one row per indicator, with its governments."""
    measured = _rows(con, "SELECT * FROM out.practice WHERE measured ORDER BY government, fiscal_year, item")
    lacking = _rows(
        con,
        """
        SELECT indicator, list_sort(list(DISTINCT government) FILTER (government IS NOT NULL)) AS governments
        FROM out.practice WHERE NOT measured GROUP BY indicator ORDER BY indicator
        """,
    )
    for row in lacking:
        word, names = PRACTICES[row["indicator"]], ", ".join(row["governments"])
        row["oracion"], row["sentence"] = f"{word.es}: sin datos de {names}.", f"{word.en}: no data of {names}."
    return [*measured, *lacking]


def claims(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Every published sentence that is followed."""
    return _rows(con, "SELECT * FROM out.claim ORDER BY claim_id")


def alerts(con: duckdb.DuckDBPyConnection) -> list[tuple[str, list[Row]]]:
    """What must be known before citing, by kind, the most serious kind first."""
    rows = _rows(
        con,
        """
        SELECT a.*, g.name AS government FROM out.alert AS a LEFT JOIN core.government AS g USING (government_id)
        ORDER BY severity, code, alert_id
        """,
    )
    return sorted(_grouped(rows, "code"), key=lambda kind: (kind[1][0]["severity"], -len(kind[1])))


def methods(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """The method, by item."""
    return _rows(con, "SELECT * FROM out.methodology ORDER BY item")


def seal(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """How often *verified* was wrong when it was measured: every sample, all facets together."""
    return _rows(con, "SELECT * FROM out.seal_error WHERE facet = 'all' ORDER BY held DESC, verified DESC")


def _grouped(rows: list[Row], column: str) -> list[tuple[str, list[Row]]]:
    return [(key, list(group)) for key, group in groupby(rows, lambda row: row[column])]


def _rows(con: duckdb.DuckDBPyConnection, sql: str, parameters: list[Any] | None = None) -> list[Row]:
    answer = con.execute(sql, parameters or [])
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
