"""`out.release_difference`: what the store says otherwise than the previous release, line by line, with the cause.

A line keeps its identity through a new version of its document: by its id where document and label are the same, else
by its government, year, stage, label and the label above it, in the order printed. Superseded documents are left out on
both sides. A new or withdrawn document is one row: its lines are in `out.line_all`. Whole tables are counted in
`warehouse.differences.by_table`; what becomes of a claim is decided in `transforms.claims.claims`.
"""

from pathlib import Path

import duckdb
import pandas as pd

from warehouse.differences.causes import CAUSE_OF_DOCUMENT, CAUSE_OF_LINE, FACTS_OF_VERSIONS
from warehouse.schema.record import RELEASE_DIFFERENCE
from warehouse.store import ddl
from warehouse.store.parquet import Store, as_frame
from warehouse.store.session import attached, columns_of, session

_USED = {
    "core.document": ("document_id", "sha256", "kind", "government_id", "fiscal_year", "period_start", "period_end",
                      "period_status", "perimeter", "citable", "supersedes", "superseded_by", "outcome"),
    "core.line": ("line_id", "label", "parent_line_id", "government_id", "fiscal_year", "row_kind", "classification",
                  "object_code", "function_code", "administrative_name", "table", "row"),
    "core.amount": ("line_id", "document_id", "column", "stage", "fiscal_year", "header", "amount", "verified", "reason", "correction_id"),
    "raw.document": ("document_id", "reader"),
}  # fmt: skip

_ROWS = """
SELECT a.line_id, a."column", a.document_id, d.root, a.stage, a.header, a.amount, a.verified, a.reason, a.correction_id,
  coalesce(l.government_id, d.government_id) AS government_id, coalesce(a.fiscal_year, l.fiscal_year, d.fiscal_year) AS fiscal_year,
  l.label, p.label AS above, l.row_kind, l."table", l."row", l.object_code, l.function_code,
  concat_ws(' / ', l.classification, l.object_code, l.function_code, l.administrative_name) AS classes
FROM {side}_amount a JOIN {side}_line l USING (line_id) JOIN {side}_document d ON d.document_id = a.document_id
LEFT JOIN {side}_line p ON p.line_id = l.parent_line_id
WHERE d.superseded_by IS NULL
"""
# What a reader would see, in one number per document: the same on both sides means that nothing of it differs.
_PRINT = (
    'SELECT root, any_value(document_id) AS document_id, count(*) AS amounts, sum(CAST(hash(line_id, "column", stage, amount, verified, '
    "correction_id, government_id, fiscal_year, label, row_kind, classes) AS HUGEINT)) AS print "
    "FROM ({rows}) GROUP BY root"
)
_SAME_LINE = 'n.line_id = o.line_id AND n."column" = o."column" AND n.document_id = o.document_id'
_KEY = ("root", "government_id", "fiscal_year", "coalesce(stage, header)", "label")
_KEYS = ((*_KEY, "above"), _KEY)
# From the surest evidence of being the same line to the weakest; each pass takes what the ones before left.
_PASSES = (
    f"SELECT o.id AS old_id, n.id AS new_id FROM o JOIN n ON {_SAME_LINE} AND n.label IS NOT DISTINCT FROM o.label",
    *(
        f"SELECT o.id AS old_id, n.id AS new_id FROM {{old_keyed_{number}}} o JOIN {{new_keyed_{number}}} n "
        "ON n.k = o.k AND n.place = o.place"
        for number in range(len(_KEYS))
    ),
    f"SELECT o.id AS old_id, n.id AS new_id FROM {{old_left}} o JOIN {{new_left}} n ON {_SAME_LINE}",
)
_FIELDS = {
    "amount": "n.amount IS DISTINCT FROM o.amount",
    "stage": "n.stage IS DISTINCT FROM o.stage",
    "budget": "(n.government_id, n.fiscal_year) IS DISTINCT FROM (o.government_id, o.fiscal_year)",
    "classes": "n.classes IS DISTINCT FROM o.classes",
    "kind": "n.row_kind IS DISTINCT FROM o.row_kind",
    "label": "n.label IS DISTINCT FROM o.label",
    "verification": "n.verified IS DISTINCT FROM o.verified",
}
_SHOWN = {"stage": "stage", "classes": "classes", "kind": "row_kind", "label": "label", "verification": "verified"}


def compare_lines(
    store: Store, database: Path, *, previous: int, code_before: str, code_now: str
) -> pd.DataFrame | None:
    """The store against the file of the previous release; None where that file is gone or of too old a schema.

    `code_before` and `code_now` are the versions of the program that made each. Set-wise, in DuckDB.
    """
    if not database.is_file():
        return None
    with session(database.parent.parent) as con, attached(con, database, "previous"):
        if not _comparable(con):
            return None
        _sides(con, store)
        _differing(con)
        _pair(con)
        con.execute(FACTS_OF_VERSIONS.format(code_changed="true" if code_before != code_now else "false"))
        rows = con.sql(f"{_lines(previous)} UNION ALL BY NAME {_documents(previous)} ORDER BY difference_id")
        return RELEASE_DIFFERENCE.frame(as_frame(rows.to_arrow_table()))


def _comparable(con: duckdb.DuckDBPyConnection) -> bool:
    columns_before = columns_of(con, "previous")
    return all(columns_before.get(name, set()).issuperset(columns) for name, columns in _USED.items())


def _sides(con: duckdb.DuckDBPyConnection, store: Store) -> None:
    """Views `o_…` of the release and `n_…` of the store, with the same columns, and money in centavos."""
    for name, columns in _USED.items():
        short = name.replace("raw.document", "reading").split(".")[-1]
        files = ", ".join(ddl.text(str(path)) for path in store.current_files(name))
        now = f"read_parquet([{files}])" if files else f"(SELECT * FROM previous.{ddl.name(*name.split('.'))} LIMIT 0)"
        centavos = '"amount_centavos" AS "amount"' if files else ddl.centavos("amount") + ' AS "amount"'
        con.execute(f"CREATE TEMP VIEW n_{short} AS SELECT {_listed(columns, centavos)} FROM {now}")
        before = f"previous.{ddl.name(*name.split('.'))}"
        con.execute(
            f"CREATE TEMP VIEW o_{short} AS SELECT {_listed(columns, ddl.centavos('amount') + ' AS amount')} FROM {before}"
        )
    roots = _roots(con)
    con.register("roots", roots)
    for side in "on":
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {side}_documents AS SELECT d.*, r.root, reading.reader "
            f"FROM {side}_document d JOIN roots r USING (document_id) LEFT JOIN {side}_reading reading USING (document_id)"
        )
        con.execute(f"CREATE OR REPLACE TEMP VIEW {side}_document AS SELECT * FROM {side}_documents")


def _listed(columns: tuple[str, ...], amount: str) -> str:
    return ", ".join(amount if column == "amount" else ddl.name(column) for column in columns)


def _roots(con: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """The first version of each document: what its successors replace, whichever release knows it."""
    before = dict(
        con.execute(
            "SELECT document_id, max(supersedes) FROM (SELECT document_id, supersedes FROM o_document "
            "UNION ALL SELECT document_id, supersedes FROM n_document) GROUP BY document_id"
        ).fetchall()
    )
    roots = {}
    for document in before:
        root, seen = document, {document}
        while (older := before.get(root)) and older not in seen:
            root = older
            seen.add(root)
        roots[document] = root
    return pd.DataFrame({"document_id": list(roots), "root": list(roots.values())}, dtype="str")


def _differing(con: duckdb.DuckDBPyConnection) -> None:
    """`o` and `n`: the rows of documents that are on both sides and differ; `o_print`, `n_print`: every document."""
    for side in "on":
        con.execute(f"CREATE TEMP TABLE {side}_print AS {_PRINT.format(rows=_ROWS.format(side=side))}")
    con.execute(
        "CREATE TEMP TABLE differing AS SELECT root FROM o_print o JOIN n_print n USING (root) "
        "WHERE (o.document_id, o.amounts, o.print) IS DISTINCT FROM (n.document_id, n.amounts, n.print)"
    )
    for side in "on":
        con.execute(
            f"CREATE TEMP TABLE {side} AS SELECT row_number() OVER () AS id, * FROM ({_ROWS.format(side=side)}) "
            "WHERE root IN (SELECT root FROM differing)"
        )


def _pair(con: duckdb.DuckDBPyConnection) -> None:
    """`pair`: each row of `o` with the row of `n` that is the same line."""
    con.execute("CREATE TEMP TABLE pair (old_id BIGINT, new_id BIGINT)")
    left = {side: f"(SELECT * FROM {side} WHERE id NOT IN (SELECT {name} FROM pair))" for side, name in _IDS.items()}
    keyed = {
        f"{'old' if side == 'o' else 'new'}_keyed_{number}": _keyed(rows, key)
        for side, rows in left.items()
        for number, key in enumerate(_KEYS)
    }
    for sql in _PASSES:
        con.execute("INSERT INTO pair " + sql.format(old_left=left["o"], new_left=left["n"], **keyed))


def _keyed(rows: str, key: tuple[str, ...]) -> str:
    """The rows with their key as `k`, and `place`: which of those with the same key they are, in the order printed."""
    # A null differs from an empty text, and no two columns run together.
    text = ", ".join(f"coalesce(CAST({part} AS VARCHAR), chr(30))" for part in key)
    return (
        f"(SELECT *, concat_ws(chr(31), {text}) AS k, row_number() OVER "
        f'(PARTITION BY {", ".join(key)} ORDER BY "table", "row", "column") AS place FROM {rows})'
    )


_IDS = {"o": "old_id", "n": "new_id"}


def _lines(previous: int) -> str:
    """Rows of `out.release_difference` about lines."""
    fields = ", ".join(f"CASE WHEN {test} THEN '{name}' END" for name, test in _FIELDS.items())
    before, after = (
        "concat_ws('; ', "
        + ", ".join(f"CASE WHEN {_FIELDS[f]} THEN CAST({side}.{column} AS VARCHAR) END" for f, column in _SHOWN.items())
        + ")"
        for side in "on"
    )
    return f"""
    SELECT j.change || ':' || coalesce(n.line_id, o.line_id) || ':' || coalesce(n."column", o."column") AS difference_id,
      {previous} AS previous_release, j.change, {CAUSE_OF_LINE} AS cause,
      CASE WHEN j.change = 'changed' THEN concat_ws(';', {fields}) END AS fields,
      coalesce(n.document_id, o.document_id) AS document_id, o.document_id AS previous_document_id,
      n.line_id, o.line_id AS previous_line_id,
      coalesce(n.government_id, o.government_id) AS government_id, coalesce(n.fiscal_year, o.fiscal_year) AS fiscal_year,
      coalesce(n.stage, o.stage) AS stage, coalesce(n.label, o.label) AS label,
      n.amount AS amount_centavos, o.amount AS previous_amount_centavos, n.amount - o.amount AS difference_centavos,
      1 AS amounts,
      CASE WHEN j.change = 'changed' THEN nullif({before}, '') END AS before,
      CASE WHEN j.change = 'changed' THEN nullif({after}, '') END AS after
    FROM (
      SELECT old_id, new_id, 'changed' AS change FROM pair
      UNION ALL SELECT id, NULL, 'removed' FROM o WHERE id NOT IN (SELECT old_id FROM pair)
      UNION ALL SELECT NULL, id, 'added' FROM n WHERE id NOT IN (SELECT new_id FROM pair)
    ) j LEFT JOIN o ON o.id = j.old_id LEFT JOIN n ON n.id = j.new_id
    JOIN versions v ON v.root = coalesce(n.root, o.root)
    LEFT JOIN budgets b ON b.root = v.root AND b.government_id IS NOT DISTINCT FROM coalesce(n.government_id, o.government_id)
      AND b.fiscal_year IS NOT DISTINCT FROM coalesce(n.fiscal_year, o.fiscal_year)
    LEFT JOIN stages s ON s.root = v.root AND s.government_id IS NOT DISTINCT FROM coalesce(n.government_id, o.government_id)
      AND s.fiscal_year IS NOT DISTINCT FROM coalesce(n.fiscal_year, o.fiscal_year)
      AND s.stage IS NOT DISTINCT FROM coalesce(n.stage, o.stage)
    WHERE j.change <> 'changed' OR {" OR ".join(_FIELDS.values())}
    """


def _documents(previous: int) -> str:
    """Rows of `out.release_difference` about whole documents: on one side only, or with amounts on one side only."""
    return f"""
    SELECT CASE WHEN o.root IS NULL THEN 'document_added' ELSE 'document_removed' END AS change,
      change || ':' || coalesce(n.document_id, o.document_id) AS difference_id, {previous} AS previous_release,
      {CAUSE_OF_DOCUMENT} AS cause, coalesce(n.document_id, o.document_id) AS document_id, o.document_id AS previous_document_id,
      coalesce(now.government_id, before.government_id) AS government_id,
      coalesce(now.fiscal_year, before.fiscal_year) AS fiscal_year, coalesce(n.amounts, o.amounts) AS amounts,
      CASE WHEN o.root IS NOT NULL THEN before.outcome END AS before, now.outcome AS after
    FROM o_print o FULL JOIN n_print n USING (root)
    LEFT JOIN o_documents before ON before.document_id = o.document_id
    LEFT JOIN n_documents now ON now.document_id = coalesce(n.document_id, o.document_id)
    WHERE o.root IS NULL OR n.root IS NULL
    """
