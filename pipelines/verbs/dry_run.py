"""`peso compare`: what a comparison written in YAML would say, in Spanish, without publishing anything.

It reads the `core` tables as they were last built. The arithmetic is that of a release; here it is only told.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from pipelines.home import Home
from pipelines.work.steps import read_core
from transforms.by_government import declared_comparisons
from transforms.compare.declared import SIDES, Comparison
from transforms.compare.prices import inpc
from transforms.measure.baskets import Basket, BasketRule
from transforms.measure.candidates import TOTAL
from transforms.measure.coded_text import take
from transforms.measure.measured import Measured, measure
from warehouse.schema.money import pesos
from warehouse.schema.vocabulary import NETTINGS, RECURRENCES, REFUSALS

_LABEL = 90
_OF_LINE = ["line_id", "page", "label", "government_id", "government", "fiscal_year"]


def dry_run(home: Home, file: Path, explain: bool = False, limit: int = 20) -> str:
    """The comparison of `file` on the stored tables: operands with what they declare, and the result or its refusals.

    With `explain`, also the lines that each rule of its baskets catches, with the words found. At most `limit` lines
    per rule and results are shown, and all are counted. Raises DeclarationError for a file that cannot be used.
    """
    declared = home.declared(draft=file)
    core, index = read_core(home), inpc()
    measured = measure(core, declared.baskets)
    results = declared_comparisons(declared, measured, core["document"], index)
    one = declared.comparisons[0]
    baskets = {basket.id: basket for basket in declared.baskets}
    parts = [_head(one, file, baskets)]
    if explain:
        parts += [_caught(side, baskets[name], one, measured, limit) for side, name in _sides(one) if name != TOTAL]
    parts += [_results(results, limit), _absent(one, results, measured), _summary(results)]
    return "\n".join(line for part in parts for line in part)


def _sides(one: Comparison) -> list[tuple[str, str]]:
    return [(side, getattr(one, side)) for side in SIDES]


def _head(one: Comparison, file: Path, baskets: dict[str, Basket]) -> Iterator[str]:
    yield f"Comparación {one.id}: {one.name.es}"
    yield f"  archivo: {file} (prueba: no se publica nada)"
    yield f"  cita: {one.citation}"
    for side, name in _sides(one):
        yield f"  {side.upper()} = {name}: {baskets[name].name.es if name in baskets else 'total impreso de la misma vista'}"
    only = {"gobiernos": one.governments, "ejercicios": one.years, "momentos": one.stages}
    for word, values in only.items():
        if values:
            yield f"  solo {word}: {', '.join(map(str, values))}"


def _caught(side: str, basket: Basket, one: Comparison, measured: Measured, limit: int) -> Iterator[str]:
    yield ""
    yield f"Líneas que capta {side.upper()}, canasta {basket.id}"
    for rule in basket.rules:
        caught = measured.caught.loc[measured.caught["rule"] == rule.id, ["line_id", "words"]]
        # As facts, lines know the government and year of their document.
        hits = caught.merge(take(measured.facts.drop_duplicates("line_id"), columns=_OF_LINE), on="line_id")
        # Of every government and year: what a rule catches elsewhere says how good it is.
        yield f"  Regla {rule.id} ({_how(rule)}): {len(hits):,} líneas. Cita: {rule.citation}"
        hits = hits.assign(asked=_asked(one, hits)).sort_values("asked", ascending=False, kind="stable")
        if not hits["asked"].all():
            yield f"    De ellas, {int((~hits['asked']).sum()):,} son de gobiernos o ejercicios que la comparación no pide: se listan para juzgar la regla, no se comparan."
        for row in hits.head(limit).to_dict("records"):
            yield f"    {row['government']} {row['fiscal_year']}, {row['line_id']}, página {row['page']}: {_short(row['label'])}{_said(row['words'])}"
        if len(hits) > limit:
            yield f"    … y {len(hits) - limit:,} más: --limit {len(hits)} las lista todas"


def _asked(one: Comparison, rows: pd.DataFrame) -> pd.Series:
    """Which rows are of the governments and years that the comparison names; all, where it names none."""
    of = pd.Series(True, index=rows.index)
    for column, named in (("government_id", one.governments), ("fiscal_year", one.years)):
        of &= rows[column].isin(named) if named else True
    return of


def _absent(one: Comparison, results: pd.DataFrame, measured: Measured) -> Iterator[str]:
    """The governments that the comparison names and that give no row, and those that it leaves aside."""
    names = measured.governments
    for key in [key for key in one.governments if key not in set(results["government_id"])]:
        if key not in names.index:
            yield f"  Gobierno {key}: no hay ningún documento suyo entre los leídos. Agréguelo con `peso add`, o revise la clave (26 es Sonora)."
        else:
            yield f"  {names[key]} ({key}): sus documentos no dan X ni Y en lo que se pide."
    others = [key for key in names.index if one.governments and key not in one.governments]
    if others:
        yield f"  Otros {len(others)} gobiernos con documentos leídos no se comparan: governments no los nombra."


def _how(rule: BasketRule) -> str:
    measures = f"mide, en orden {rule.measure}" if rule.measure else "no mide: solo señala líneas"
    return f"{rule.match}: {', '.join(getattr(rule, rule.match))}; {measures}"


def _said(words: Any) -> str:
    return "" if pd.isna(words) else f" [palabras: {words}]"


def _results(results: pd.DataFrame, limit: int) -> Iterator[str]:
    yield ""
    yield "Por gobierno, ejercicio, momento y documento"
    ordered = results.assign(
        refused=results["refusals"].notna(), cited=results["refusals"].fillna("").str.contains("not_citable")
    ).sort_values(["refused", "cited"], kind="stable")
    for row in ordered.head(limit).to_dict("records"):
        yield f"  {row['government']}, {row['fiscal_year']}, {row['stage']} ({row['document_id']})"
        for side in SIDES:
            yield f"    {side.upper()}: {_operand(row, side)}"
        yield f"    {_outcome(row)}"
        if pd.notna(row["caveats"]):
            yield f"    salvedades: {row['caveats']}"
    if len(ordered) > limit:
        yield f"  … y {len(ordered) - limit:,} más"


def _operand(row: dict[str, Any], side: str) -> str:
    def of(name: str) -> Any:
        return row[f"{side}_{name}"]

    if pd.isna(of("amount_centavos")):
        return "sin importe"
    proven = "verificado" if of("verified") else "sin verificar"
    where = f"regla {of('rule')}, página {of('page')} de {of('document_id')}, líneas {_short(of('line_ids'))}"
    status = {"preliminary": "preliminar", "final": "definitivo"}.get(of("period_status"), "estatus no dicho")
    says = ", ".join(
        [
            f"perímetro {of('perimeter')}",
            "pesos corrientes" if of("price_basis") == "nominal" else f"pesos de {of('price_basis')}",
            "unidad dudosa" if of("unit") == "doubtful" else "unidad pesos",
            NETTINGS[of("netting")].es.lower(),
            RECURRENCES[of("recurrence")].es.lower(),
            status,
        ]
    )
    return f"{pesos(of('amount_centavos'))} pesos, {proven} ({where}). Declara: {says}"


def _outcome(row: dict[str, Any]) -> str:
    if pd.notna(row["refusals"]):
        codes = str(row["refusals"]).split(";")
        return "RECHAZADA: " + "; ".join(f"{REFUSALS[code].es} [{code}]" for code in codes)
    return f"X entre Y = {row['result']:.6f}; {row['holds']} ({row['readings_list']})"


def _summary(results: pd.DataFrame) -> Iterator[str]:
    refused = results["refusals"].dropna()
    yield ""
    yield f"En total: {len(results) - len(refused):,} con número, {len(refused):,} rechazadas."
    for code, count in refused.str.split(";").explode().value_counts().items():
        yield f"  {count:,}: {REFUSALS[str(code)].es} [{code}]"


def _short(text: Any) -> str:
    shown = "" if pd.isna(text) else str(text)
    return shown if len(shown) <= _LABEL else shown[: _LABEL - 1] + "…"
