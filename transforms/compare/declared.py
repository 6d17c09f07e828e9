"""`out.comparison`: comparisons that the project or a user declares in YAML, computed for every budget they reach.

A comparison names two baskets, X over Y. By default it is computed for every government, year, stage and document
that has either; lists restrict it. Whether a pair gives a number is decided in `transforms.compare.engine`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from transforms import definitions
from transforms.compare import contract, engine
from transforms.compare.prices import PriceIndex
from transforms.definitions import Bilingual, Definition, GovernmentKey
from transforms.measure.baskets import FOLDER as SHIPPED_BASKETS
from transforms.measure.baskets import Basket, on_other_axis
from transforms.measure.candidates import PRINTED_RULE, TOTAL
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET, Chosen, choose
from transforms.measure.refusals import sentences
from warehouse.schema.comparing import COMPARISON
from warehouse.schema.declaration import Links, Problem, Remark, read, remark, takes

FOLDER = definitions.FOLDER / "comparisons"
SIDES = ("x", "y")
Stage = Literal["proyecto", "aprobado", "modificado", "comprometido", "devengado", "ejercido", "pagado"]
_AS_CHOSEN = (
    "rule", "line_ids", "page", "verified", "period_status", "netting", "printed_centavos", "less_centavos", "less_line_ids",
)  # fmt: skip
_OWN_PURPOSES = ("discretionary", "other")


class Comparison(Definition):
    """X over Y, by the ids of their baskets; `total` is the printed total of the same view."""

    id: str = takes(
        "small letters, digits and underscores, such as dance_over_health",
        "minúsculas, cifras y guion bajo, como danza_frente_a_salud",
        pattern=r"^[a-z0-9_]+$",
    )
    name: Bilingual = takes(
        "the name in English and Spanish: {en: …, es: …}", "el nombre en inglés y español: {en: …, es: …}"
    )
    citation: str = takes(
        "why it is compared and where that comes from (10 letters or more)",
        "por qué se compara y de dónde sale (10 letras o más)",
        min_length=10,
    )
    x: str = takes("the id of a basket that measures, such as events", "el id de una canasta que mide, como events")
    y: str = takes(
        "the id of a basket that measures, such as health, or total",
        "el id de una canasta que mide, como health, o total",
    )
    governments: tuple[GovernmentKey, ...] = takes(
        'a list of keys in quotes, such as ["26", "11"]', 'una lista de claves entre comillas, como ["26", "11"]', ()
    )
    years: tuple[int, ...] = takes(
        "a list of years, such as [2018, 2019]", "una lista de ejercicios, como [2018, 2019]", ()
    )
    stages: tuple[Stage, ...] = takes(
        "a list of stages, such as [aprobado, devengado]", "una lista de momentos, como [aprobado, devengado]", ()
    )
    baskets: tuple[Basket, ...] = takes(
        "a list of baskets that only this comparison uses", "una lista de canastas que solo usa esta comparación", ()
    )
    caveat: str | None = takes(
        "a sentence in Spanish without semicolon", "una oración en español, sin punto y coma", None, pattern="^[^;]+$"
    )


@dataclass(frozen=True)
class Declared:
    """The baskets and comparisons that can be used, and what is wrong with the files that cannot."""

    baskets: tuple[Basket, ...]
    comparisons: tuple[Comparison, ...]
    problems: tuple[Problem, ...] = ()


def load(
    basket_folders: Sequence[Path] = (),
    comparison_folders: Sequence[Path] = (),
    draft: Path | None = None,
    links: Links | None = None,
) -> Declared:
    """The shipped definitions and those of the folders; a wrong file is left out and reported, and the rest goes on.

    With `draft`, a file that is not in the folders: its comparison alone, and DeclarationError if it cannot be used.
    """
    baskets, wrong_baskets = definitions.load_sound(Basket, (SHIPPED_BASKETS, *basket_folders), check=_own_basket)
    if draft:
        drafted = read(Comparison, draft, check=lambda one, _: _unusable(one, baskets), links=links)
        return Declared((*baskets, *drafted.baskets), (drafted,), wrong_baskets)
    all_baskets = list(baskets)

    def check(comparison: Comparison, _path: Path) -> list[Remark]:
        wrong = _unusable(comparison, all_baskets)
        all_baskets.extend(() if wrong else comparison.baskets)
        return wrong

    usable, wrong_comparisons = definitions.load_sound(Comparison, (FOLDER, *comparison_folders), check, links)
    return Declared(tuple(all_baskets), usable, (*wrong_baskets, *wrong_comparisons))


def _own_basket(basket: Basket, path: Path) -> list[Remark]:
    """Health, events and advertising are the project's: another basket of theirs would change its headline."""
    if path.parent == SHIPPED_BASKETS or basket.purpose in _OWN_PURPOSES:
        return []
    expected = " or ".join(_OWN_PURPOSES), " u ".join(_OWN_PURPOSES)
    advice = "The others are the project's", "Las otras son del proyecto"
    return [remark("purpose", expected, f"«{basket.purpose}»", advice)]


def _unusable(comparison: Comparison, baskets: Sequence[Basket]) -> list[Remark]:
    wrong = []
    taken = {basket.id for basket in baskets}
    for basket in comparison.baskets:
        if basket.id in (*taken, TOTAL):
            expected = "a basket with a new id", "una canasta con id nuevo"
            wrong.append(remark("baskets", expected, f"«{basket.id}»", ("Give it another id", "Dele otro id")))
        if basket.purpose != "other":
            advice = (
                "To compare its lines one by one, keep it in the folder baskets",
                "Para comparar sus líneas una por una, guárdela en la carpeta baskets",
            )
            wrong.append(remark("baskets", ("purpose: other",) * 2, f"«{basket.purpose}»", advice))
    measuring = {b.id for b in (*baskets, *comparison.baskets) if b.measures} | {TOTAL}
    names = ", ".join(sorted(measuring))
    for side in SIDES:
        name = getattr(comparison, side)
        if name in measuring:
            continue
        expected = (
            f"a basket with a rule that measures: {names}",
            f"una canasta con una regla que mida (measure): {names}",
        )
        advice = ("Correct the id", "Corrija el id")
        if name in taken:
            advice = (
                "Give «measure: 1» to a rule by code, body or name",
                "Póngale «measure: 1» a una regla por clave, ente o nombre",
            )
        wrong.append(remark(side, expected, f"«{name}»", advice))
    if comparison.x == comparison.y:
        expected = "a basket other than x", "una canasta distinta de x"
        wrong.append(remark("y", expected, f"«{comparison.y}»", ("Choose another", "Elija otra")))
    return wrong


def comparisons(declared: Declared, measured: Measured, documents: pd.DataFrame, index: PriceIndex) -> pd.DataFrame:
    """`out.comparison` without the names of governments and how firm its signs are, and with the `kind` of the document."""
    baskets = {basket.id: basket for basket in declared.baskets}
    parts = [_compare(one, baskets, measured, documents, index) for one in declared.comparisons]
    empty = pd.DataFrame(columns=[*COMPARISON.frame_columns, "kind"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _compare(
    one: Comparison,
    baskets: dict[str, Basket],
    measured: Measured,
    documents: pd.DataFrame,
    index: PriceIndex,
) -> pd.DataFrame:
    sides = {getattr(one, side): side for side in SIDES}
    asked = measured.candidates[measured.candidates["basket"].isin(sides)]
    for column, allowed in (("government_id", one.governments), ("fiscal_year", one.years), ("stage", one.stages)):
        asked = asked[asked[column].isin(allowed)] if allowed else asked
    asked = asked.assign(operand=asked["basket"].map(sides))
    # The base first: X is looked for in the perimeter that has Y.
    paired = engine.pair(_keep_printed(choose(asked, ("y", "x")), one), documents, *SIDES)
    x, y = (
        engine.side(paired.budgets, operand, _recurrence(getattr(one, side), baskets))
        for side, operand in zip(SIDES, (paired.x, paired.y), strict=True)
    )
    sides_of_health = [
        operand
        for side, operand in zip(SIDES, (paired.x, paired.y), strict=True)
        if _purpose(getattr(one, side), baskets) == "health"
    ]
    quotient = engine.divide(x, y, engine.look_around(paired, asked, measured.list_jumped(), sides_of_health))
    rows = paired.budgets.assign(
        comparison_id=one.id,
        comparison=one.name.en,
        comparacion=one.name.es,
        result=quotient.value,
        refusals=quotient.refusals,
        caveats=_say(one, baskets, paired, contract.one_off_against_recurrent(x, y), index),
        reasons=sentences(quotient.refused, "en"),
        razones=sentences(quotient.refused, "es"),
    )
    for name, side, operand in zip(SIDES, (x, y), (paired.x, paired.y), strict=True):
        rows = rows.assign(**_publish_side(name, getattr(one, name), side, operand))
    return rows


def _keep_printed(chosen: Chosen, one: Comparison) -> Chosen:
    """The budgets whose own document has an operand: totals, which every budget prints, and borrowed ones do not count."""
    asked = [side for side in SIDES if getattr(one, side) != TOTAL]
    operands = chosen.operands
    printed_there = operands[operands["operand"].isin(asked) & (operands["source_document"] == operands["document_id"])]
    printed = pd.MultiIndex.from_frame(chosen.budgets[BUDGET]).isin(pd.MultiIndex.from_frame(printed_there[BUDGET]))
    return Chosen(chosen.budgets[printed].reset_index(drop=True), operands)


def _recurrence(basket: str, baskets: dict[str, Basket]) -> str:
    return baskets[basket].recurrence if basket in baskets else "mixed"


def _purpose(basket: str, baskets: dict[str, Basket]) -> str:
    return baskets[basket].purpose if basket in baskets else TOTAL


def _say(
    one: Comparison, baskets: dict[str, Basket], paired: engine.Pair, one_off: pd.Series, index: PriceIndex
) -> pd.Series:
    operands = {"x": paired.x, "y": paired.y}
    rules = [rule for basket in baskets.values() for rule in basket.rules]
    by_object = {rule.id for rule in rules if rule.match == "object_codes"}
    same_axis = paired.x["rule"].isin(by_object) & (paired.y["rule"].isin(by_object) | (one.y == TOTAL))
    gross = (paired.x["netting"] == "gross") | (paired.y["netting"] == "gross")
    beside_health = {"health"} < {_purpose(one.x, baskets), _purpose(one.y, baskets)} - {TOTAL}
    two_axes = paired.x["rule"].isin(on_other_axis(rules)) | paired.y["rule"].isin(on_other_axis(rules))
    codes = {
        "two_axes": paired.both & two_axes & beside_health,
        "one_off": paired.both & one_off,
        "transfers_counted": paired.both & gross & same_axis,
        "total_as_printed": paired.both & ((paired.x["rule"] == PRINTED_RULE) | (paired.y["rule"] == PRINTED_RULE)),
        **{f"{side}_added": operand["added"] > 1 for side, operand in operands.items()},
        **{f"{side}_classes": operand["classes"] < operand["classes_of"] for side, operand in operands.items()},
    }
    caveat_of_rule = {rule.id: rule.caveat for rule in rules if rule.caveat}
    declared = pd.Series(one.caveat, index=paired.budgets.index, dtype="str")
    of_rules = [operand["rule"].map(caveat_of_rule) for operand in operands.values()]
    return engine.say(paired, index, codes, (declared, *of_rules))


def _publish_side(name: str, basket: str, side: contract.Side, operand: pd.DataFrame) -> dict[str, object]:
    """The columns of one operand as published: what it is, where it is printed, and what it declares."""
    columns = {
        "basket": basket,
        "amount_centavos": side.amount,
        "document_id": operand["source_document"],
        "perimeter": side.perimeter,
        "price_basis": side.price_basis.where(side.amount.notna()),
        "unit": side.unit.where(side.amount.notna()),
        "recurrence": side.recurrence,
        **{field: operand[field] for field in _AS_CHOSEN},
    }
    return {f"{name}_{field}": values for field, values in columns.items()}
