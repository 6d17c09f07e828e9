"""What other figures say of one line, for `peso explain`, in Spanish: detectors, other sources, other years and stages."""

from collections.abc import Callable, Iterator

from warehouse.ask import comparisons, lines
from warehouse.ask.query import Ask
from warehouse.schema.vocabulary import REFUSALS
from warehouse.store.session import Row

_FLAGS = {
    "echo": "repite el aprobado en casi todos los renglones: es relleno y no se compara",
    "unit_jump": "parece impreso en miles donde su línea está en pesos: no se compara",
}
_OUTCOMES = {"equal": "igual", "rounding": "difiere solo por redondeo", "differs": "DIFIERE"}
_SHOWN = 12


def cross_checks(ask: Ask, line_id: str) -> Iterator[str]:
    """Lines of text about the flags, the contrast with other sources, and the changes in which the line takes part."""
    for row in lines.flags(ask, line_id):
        yield f"Atención ({row['stage']}): {_FLAGS[row['flag']]}"
    contrasts = lines.other_sources(ask, line_id)
    if contrasts:
        yield "Según otras fuentes"
    for row in contrasts:
        other = "_b" if row["line_id"] == line_id else ""
        gap = "" if row["outcome"] == "equal" else f", diferencia {abs(row['gap']):,.2f}"
        yield f"  {row[f'document_id{other}']} ({row[f'stage{other}']}): {row[f'amount{other}']:,.2f} pesos: {_OUTCOMES[row['outcome']]}{gap}"
    yield from _list_shown(
        "Comparaciones declaradas", comparisons.declared_with(ask, line_id), _declared, "es.comparaciones"
    )
    yield from _list_shown("Cambios", comparisons.changes_with(ask, line_id), _change, "es.cambios")


def _list_shown(what: str, rows: list[Row], describe: Callable[[Row], str], view: str) -> Iterator[str]:
    """The first rows that the line takes part in, and how many more there are and where."""
    if rows:
        yield f"{what} en que participa"
    yield from (f"  {describe(row)}" for row in rows[:_SHOWN])
    if len(rows) > _SHOWN:
        yield f"  … y {len(rows) - _SHOWN} más, en {view}"


def _declared(row: Row) -> str:
    """A declared comparison: which sides, the number or why there is none, how firm."""
    refused = f"rechazada: {row['razones']}"
    result = refused if row["result"] is None else f"X entre Y = {row['result']:.6f}; {row['holds']}"
    return f"{row['comparison_id']} ({row['x_basket']} entre {row['y_basket']}), {row['fiscal_year']}, {row['stage']}: {result}"


def _change(row: Row) -> str:
    return f"{_span(row)}: {_result(row)}"


def _span(row: Row) -> str:
    if row["comparison"] == "stages":
        return f"{row['from_year']}, de {row['from_stage']} a {row['to_stage']}"
    return f"{row['from_year']} a {row['to_year']}, {row['from_stage']}"


def _result(row: Row) -> str:
    amounts = f"{row['from_amount']:,.2f} → {row['to_amount']:,.2f} pesos"
    if row["refusals"]:
        return f"{amounts}; sin porcentaje: " + "; ".join(REFUSALS[code].es for code in row["refusals"].split(";"))
    real = f", {row['real_change']:+.1%} real" if row["real_change"] is not None else ""
    return f"{amounts}: {row['nominal_change']:+.1%} nominal{real}; {row['holds']}" + (
        "" if row["stable"] else ": inestable"
    )
