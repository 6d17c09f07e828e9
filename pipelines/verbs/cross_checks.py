"""What other figures say of one line, for `peso explain`, in Spanish: detectors, other sources, other years and stages."""

from collections.abc import Iterator
from typing import Any

from pipelines.home import Home
from pipelines.verbs.answers import quoted, rows
from warehouse.schema.vocabulary import REFUSALS

_FLAGS = {
    "echo": "repite el aprobado en casi todos los renglones: es relleno y no se compara",
    "unit_jump": "parece impreso en miles donde su línea está en pesos: no se compara",
}
_OUTCOMES = {"equal": "igual", "rounding": "difiere solo por redondeo", "differs": "DIFIERE"}
_SHOWN = 12


def cross_checks(home: Home, line_id: str) -> Iterator[str]:
    """Lines of text about the flags, the contrast with other sources, and the changes in which the line takes part."""
    where = quoted(line_id)
    for row in rows(home, f"SELECT stage, flag FROM out.line_all WHERE line_id = {where} AND flag IS NOT NULL"):
        yield f"Atención ({row['stage']}): {_FLAGS[row['flag']]}"
    found = rows(home, f"SELECT * FROM out.cross_source WHERE line_id = {where} OR line_id_b = {where} ORDER BY stage")
    if found:
        yield "Según otras fuentes"
    for row in found:
        other = "_b" if row["line_id"] == line_id else ""
        gap = "" if row["outcome"] == "equal" else f", diferencia {abs(row['gap']):,.2f}"
        yield f"  {row[f'document_id{other}']} ({row[f'stage{other}']}): {row[f'amount{other}']:,.2f} pesos: {_OUTCOMES[row['outcome']]}{gap}"
    yield from _declared(home, where)
    yield from _changes(home, where)


def _declared(home: Home, where: str) -> Iterator[str]:
    """The declared comparisons that it is an operand of: which side, the number or why there is none, how firm."""
    cites = " OR ".join(f"list_contains(string_split({side}_line_ids, ';'), {where})" for side in "xy")
    found = rows(home, f"SELECT * FROM out.comparison WHERE {cites} ORDER BY result IS NULL, comparison_id, stage")
    if found:
        yield "Comparaciones declaradas en que participa"
    for row in found[:_SHOWN]:
        refused = f"rechazada: {row['razones']}"
        told = refused if row["result"] is None else f"X entre Y = {row['result']:.6f}; {row['holds']}"
        yield f"  {row['comparison_id']} ({row['x_basket']} entre {row['y_basket']}), {row['fiscal_year']}, {row['stage']}: {told}"
    if len(found) > _SHOWN:
        yield f"  … y {len(found) - _SHOWN} más, en es.comparaciones"


def _changes(home: Home, where: str) -> Iterator[str]:
    cites = f"list_contains(string_split(from_line_ids, ';'), {where}) OR list_contains(string_split(to_line_ids, ';'), {where})"
    order = "comparison, to_year DESC, from_year DESC, from_stage, to_stage"
    found = rows(home, f"SELECT * FROM out.change WHERE {cites} ORDER BY {order}")
    if found:
        yield "Cambios en que participa"
    for row in found[:_SHOWN]:
        yield f"  {_span(row)}: {_result(row)}"
    if len(found) > _SHOWN:
        yield f"  … y {len(found) - _SHOWN} más, en es.cambios"


def _span(row: dict[str, Any]) -> str:
    if row["comparison"] == "stages":
        return f"{row['from_year']}, de {row['from_stage']} a {row['to_stage']}"
    return f"{row['from_year']} a {row['to_year']}, {row['from_stage']}"


def _result(row: dict[str, Any]) -> str:
    amounts = f"{row['from_amount']:,.2f} → {row['to_amount']:,.2f} pesos"
    if row["refusals"]:
        return f"{amounts}; sin porcentaje: " + "; ".join(REFUSALS[code].es for code in row["refusals"].split(";"))
    real = f", {row['real_change']:+.1%} real" if row["real_change"] is not None else ""
    return f"{amounts}: {row['nominal_change']:+.1%} nominal{real}; {row['holds']}" + (
        "" if row["stable"] else ": inestable"
    )
