"""Why a line differs from the previous release: the rules, as SQL over the tables that `warehouse.differences.by_line` makes.

Same bytes: a correction, the catalogue, the program, or another document that now proves the amount. Other bytes (a
version that supersedes): the perimeter, later accounts, other classes, or another figure. The law approves a budget
once: a version with another approved total, or with its transfers elsewhere, covers other money (METHOD, rule 2). What
no rule explains says so.
"""

# A total that differs by less is rounding or a misprint, and no other perimeter.
TOTAL_SHARE = 0.001
# The share of transfers (objects 41 and 42, function 42) that may move between two versions of one budget.
TRANSFERS_SHARE = 0.05

_LATER = "('modificado', 'ampliaciones_reducciones', 'comprometido', 'devengado', 'ejercido', 'pagado', 'subejercicio', 'recaudado')"

_SIZES = """
CREATE TEMP TABLE {side}_size AS
WITH by_table AS (
  SELECT root, government_id, fiscal_year, stage, "table", max(amount) FILTER (row_kind = 'total') AS total,
    sum(amount) FILTER (row_kind = 'detail') AS details,
    sum(amount) FILTER (object_code IN ('41', '42') OR function_code = '42') AS transfers
  FROM {side} GROUP BY ALL
)
SELECT root, government_id, fiscal_year, stage, max(total) AS total, max(details) AS details, max(transfers) AS transfers
FROM by_table GROUP BY ALL;
"""

# `versions`: what differs between the two versions of a document. `stages`: whether the size of a stage differs.
# `budgets`: whether the perimeter of a government and year does.
FACTS_OF_VERSIONS = (
    _SIZES.format(side="o")
    + _SIZES.format(side="n")
    + f"""
CREATE TEMP TABLE versions AS
SELECT d.root, o.sha256 IS NOT DISTINCT FROM n.sha256 AS same_bytes, {{code_changed}} AS code_changed,
  split_part(o.reader, '-', 1) IS DISTINCT FROM split_part(n.reader, '-', 1) AS reader_changed,
  split_part(o.reader, '-', 2) IS DISTINCT FROM split_part(n.reader, '-', 2)
    OR (o.kind, o.government_id, o.fiscal_year, o.period_start, o.period_end, o.period_status, o.perimeter, o.citable)
    IS DISTINCT FROM (n.kind, n.government_id, n.fiscal_year, n.period_start, n.period_end, n.period_status, n.perimeter, n.citable)
    AS catalogue_changed,
  o.perimeter IS DISTINCT FROM n.perimeter AS perimeter_changed,
  (SELECT string_agg(DISTINCT correction_id, ';' ORDER BY correction_id) FROM o WHERE o.root = d.root) IS DISTINCT FROM
  (SELECT string_agg(DISTINCT correction_id, ';' ORDER BY correction_id) FROM n WHERE n.root = d.root) AS corrections_changed
FROM differing d JOIN o_print op USING (root) JOIN n_print np USING (root)
JOIN o_documents o ON o.document_id = op.document_id JOIN n_documents n ON n.document_id = np.document_id;
CREATE TEMP TABLE stages AS
SELECT root, government_id, fiscal_year, stage, before <> after AS size_changed,
  abs(after - before) > {TOTAL_SHARE} * abs(before)
  OR abs(n_transfers / nullif(after, 0) - o_transfers / nullif(before, 0)) > {TRANSFERS_SHARE} AS other_money
FROM (
  -- Like with like: printed totals where both versions print one, else the details of both.
  SELECT root, government_id, fiscal_year, stage, n.transfers AS n_transfers, o.transfers AS o_transfers,
    CASE WHEN o.total IS NULL AND n.total IS NULL THEN o.details WHEN n.total IS NOT NULL THEN o.total END AS before,
    CASE WHEN o.total IS NULL AND n.total IS NULL THEN n.details WHEN o.total IS NOT NULL THEN n.total END AS after
  FROM o_size o JOIN n_size n USING (root, government_id, fiscal_year, stage)
);
CREATE TEMP TABLE budgets AS
SELECT root, government_id, fiscal_year, bool_or(other_money) AS other_money
FROM stages WHERE stage IN ('proyecto', 'aprobado') GROUP BY ALL;
"""
)

_ONLY_VERIFIED = (
    "(j.change = 'changed' AND n.amount IS NOT DISTINCT FROM o.amount AND n.stage IS NOT DISTINCT FROM o.stage "
    "AND n.classes IS NOT DISTINCT FROM o.classes AND n.row_kind IS NOT DISTINCT FROM o.row_kind "
    "AND n.label IS NOT DISTINCT FROM o.label)"
)

CAUSE_OF_LINE = f"""CASE
  WHEN j.change = 'changed' AND n.correction_id IS DISTINCT FROM o.correction_id THEN 'correction'
  WHEN v.same_bytes THEN CASE
    WHEN {_ONLY_VERIFIED} AND 'twin' IN (o.reason, n.reason) THEN 'evidence'
    WHEN v.catalogue_changed THEN 'catalogue_change'
    WHEN v.reader_changed THEN 'reader_change'
    WHEN v.corrections_changed THEN 'correction'
    WHEN v.code_changed THEN 'reader_change'
    WHEN {_ONLY_VERIFIED} THEN 'evidence'
    ELSE 'unattributed' END
  WHEN {_ONLY_VERIFIED} THEN 'evidence'
  WHEN j.change = 'changed' AND n.amount <> o.amount AND abs(n.amount - o.amount) < 100 THEN 'rounding'
  WHEN v.perimeter_changed OR b.other_money THEN 'perimeter'
  WHEN s.size_changed AND coalesce(n.stage, o.stage) IN {_LATER} THEN 'late_accrual'
  WHEN NOT s.size_changed THEN 'reclassification'
  WHEN n.amount IS DISTINCT FROM o.amount THEN 'restated'
  ELSE 'unattributed' END"""

CAUSE_OF_DOCUMENT = "CASE WHEN o.root IS NULL THEN 'new_document' ELSE 'withdrawn_document' END"
