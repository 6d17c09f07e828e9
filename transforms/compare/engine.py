"""`out.comparison`: comparisons that the project or a user declares in YAML, computed for every budget they reach.

A comparison names two baskets, X over Y. By default it is computed for every government, year, stage and document
that has either; lists restrict it. Whether a pair gives a number is decided in `transforms.compare.contract`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import Field

from transforms import definitions
from transforms.compare import caveats, contract
from transforms.compare.headline import missing_elsewhere, operand, unit_jump
from transforms.compare.prices import PriceIndex
from transforms.definitions import Bilingual, Definition, DefinitionError, GovernmentKey
from transforms.measure.baskets import FOLDER as SHIPPED_BASKETS
from transforms.measure.baskets import Basket
from transforms.measure.operands import TOTAL
from transforms.measure.perimeter import BUDGET, choose
from transforms.measure.refusals import join_codes, near_zero, sentences, true
from warehouse.schema.comparing import COMPARISON

FOLDER = definitions.FOLDER / "comparisons"
SIDES = ("x", "y")
Stage = Literal["proyecto", "aprobado", "modificado", "comprometido", "devengado", "ejercido", "pagado"]
_OWN_PURPOSES = ("discretionary", "other")


class Comparison(Definition):
    """X over Y, by the ids of their baskets; `total` is the printed total of the same view."""

    id: str = Field(pattern=r"^[a-z0-9_]+$", description="minúsculas, cifras y guion bajo, como danza_frente_a_salud")
    name: Bilingual = Field(description="el nombre en inglés y español: {en: …, es: …}")
    citation: str = Field(min_length=10, description="por qué se compara y de dónde sale (10 letras o más)")
    x: str = Field(description="el id de una canasta que mide, como events")
    y: str = Field(description="el id de una canasta que mide, como health, o total")
    governments: tuple[GovernmentKey, ...] = Field(
        (), description='una lista de claves entre comillas, como ["26", "11"]'
    )
    years: tuple[int, ...] = Field((), description="una lista de ejercicios, como [2018, 2019]")
    stages: tuple[Stage, ...] = Field((), description="una lista de momentos, como [aprobado, devengado]")
    baskets: tuple[Basket, ...] = Field((), description="una lista de canastas que solo usa esta comparación")
    caveat: str | None = Field(None, pattern="^[^;]+$", description="una oración en español, sin punto y coma")


@dataclass(frozen=True)
class Declared:
    """The baskets and comparisons that can be used, and what is wrong with the files that cannot."""

    baskets: tuple[Basket, ...]
    comparisons: tuple[Comparison, ...]
    problems: tuple[DefinitionError, ...] = ()


def load(
    basket_folders: Sequence[Path] = (), comparison_folders: Sequence[Path] = (), draft: Path | None = None
) -> Declared:
    """The shipped definitions and those of the folders; a wrong file is left out and reported, and the rest goes on.

    With `draft`, a file that is not in the folders: its comparison alone, and DefinitionError if it cannot be used.
    """
    baskets, wrong_baskets = definitions.load_sound(Basket, (SHIPPED_BASKETS, *basket_folders), check=_own_basket)
    if draft:
        drafted = definitions.read(Comparison, draft)
        if problems := _unusable(drafted, baskets):
            raise DefinitionError(draft, *problems)
        return Declared((*baskets, *drafted.baskets), (drafted,), wrong_baskets)
    known = list(baskets)

    def check(comparison: Comparison, path: Path) -> list[str]:
        problems = _unusable(comparison, known)
        known.extend(() if problems else comparison.baskets)
        return problems

    found, wrong = definitions.load_sound(Comparison, (FOLDER, *comparison_folders), check=check)
    return Declared(tuple(known), found, (*wrong_baskets, *wrong))


def _own_basket(basket: Basket, path: Path) -> list[str]:
    """Health, events and advertising are the project's: another basket of theirs would change its headline."""
    if path.parent == SHIPPED_BASKETS or basket.purpose in _OWN_PURPOSES:
        return []
    return [definitions.say("purpose", " u ".join(_OWN_PURPOSES), f"«{basket.purpose}»", "Las otras son del proyecto")]


def _unusable(comparison: Comparison, baskets: Sequence[Basket]) -> list[str]:
    problems = []
    taken = {basket.id for basket in baskets}
    for basket in comparison.baskets:
        if basket.id in (*taken, TOTAL):
            problems.append(definitions.say("baskets", "una canasta con id nuevo", f"«{basket.id}»", "Dele otro id"))
        if basket.purpose != "other":
            advice = "Para comparar sus líneas una por una, guárdela en la carpeta baskets"
            problems.append(definitions.say("baskets", "purpose: other", f"«{basket.purpose}»", advice))
    measuring = {b.id for b in (*baskets, *comparison.baskets) if b.measures} | {TOTAL}
    for side in SIDES:
        name = getattr(comparison, side)
        if name in measuring:
            continue
        expected = f"una canasta con una regla que mida (measure): {', '.join(sorted(measuring))}"
        advice = "Póngale «measure: 1» a una regla por clave, ente o nombre" if name in taken else "Corrija el id"
        problems.append(definitions.say(side, expected, f"«{name}»", advice))
    if comparison.x == comparison.y:
        problems.append(definitions.say("y", "una canasta distinta de x", f"«{comparison.y}»", "Elija otra"))
    return problems


def comparisons(
    declared: Declared, candidates: pd.DataFrame, documents: pd.DataFrame, jumped: pd.MultiIndex, index: PriceIndex
) -> pd.DataFrame:
    """`out.comparison` without the names of governments and how firm its signs are, and with the `kind` of the document.

    `candidates` are every way to measure every basket; `jumped` the budgets whose versions cover different money.
    """
    described = documents[["document_id", "kind", "period_status", "perimeter", "citable", "obtained_how"]]
    parts = [_rows(one, declared.baskets, candidates, described, jumped, index) for one in declared.comparisons]
    empty = pd.DataFrame(columns=[*COMPARISON.frame_columns, "kind"])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _rows(
    one: Comparison,
    baskets: Sequence[Basket],
    candidates: pd.DataFrame,
    documents: pd.DataFrame,
    jumped: pd.MultiIndex,
    index: PriceIndex,
) -> pd.DataFrame:
    sides = {getattr(one, side): side for side in SIDES}
    found = candidates[candidates["basket"].isin(sides)]
    for column, allowed in (("government_id", one.governments), ("fiscal_year", one.years), ("stage", one.stages)):
        found = found[found[column].isin(allowed)] if allowed else found
    found = found.assign(operand=found["basket"].map(sides))
    # The base first: X is looked for in the perimeter that has Y.
    rows = choose(found, ("y", "x")).drop(columns="perimeter").merge(documents, on="document_id", how="left")
    rows = rows[_worth_a_row(rows, one)].reset_index(drop=True)
    by_id = {basket.id: basket for basket in baskets}
    x, y = (operand(rows, side, _recurrence(getattr(one, side), by_id)) for side in SIDES)
    refused = _reasons(one, by_id, rows, found, contract.refuse(x, y))
    refused["perimeter_jump"] = pd.MultiIndex.from_frame(rows[BUDGET]).isin(jumped)
    base = {
        "comparison_id": one.id,
        "comparison": one.name.en,
        "comparacion": one.name.es,
        "result": contract.quotient(x, y, refused),
        "refusals": join_codes(refused),
        "caveats": _caveats(one, by_id, rows, contract.one_off_against_recurrent(x, y), index),
    }
    rows = rows.assign(**base, reasons=sentences(refused, "en"), razones=sentences(refused, "es"))
    for side, own in zip(SIDES, (x, y), strict=True):
        rows = rows.assign(**_side(side, getattr(one, side), own, rows))
    return rows


def _worth_a_row(rows: pd.DataFrame, one: Comparison) -> pd.Series:
    """Where the document itself has an operand: totals, which every budget prints, and borrowed ones do not count."""
    asked = [f"{side}_source_document" for side in SIDES if getattr(one, side) != TOTAL]
    return rows[asked].eq(rows["document_id"], axis=0).any(axis=1)


def _recurrence(basket: str, by_id: dict[str, Basket]) -> str:
    return by_id[basket].recurrence if basket in by_id else "mixed"


def _reasons(
    one: Comparison, by_id: dict[str, Basket], rows: pd.DataFrame, found: pd.DataFrame, refused: pd.DataFrame
) -> pd.DataFrame:
    lacking = {side: rows[f"{side}_amount"].isna() for side in SIDES}
    there = missing_elsewhere(rows, found, lacking)
    refused = refused.assign(**{code: refused[code] | hit for code, hit in there.items()})
    sized = rows.assign(health_amount=rows["y_amount"])
    refused["different_unit"] |= unit_jump(sized)
    if _purpose(one.y, by_id) == "health":
        refused["health_near_zero"] = true(near_zero(rows["y_amount"], rows["total"]))
    return refused


def _purpose(basket: str, by_id: dict[str, Basket]) -> str:
    return by_id[basket].purpose if basket in by_id else TOTAL


def _caveats(
    one: Comparison, by_id: dict[str, Basket], rows: pd.DataFrame, one_off: pd.Series, index: PriceIndex
) -> pd.Series:
    both = rows["x_amount"].notna() & rows["y_amount"].notna()
    gross = (rows["x_netting"] == "gross") | (rows["y_netting"] == "gross")
    by_object = {rule.id for basket in by_id.values() for rule in basket.rules if rule.match == "object_codes"}
    same_axis = rows["x_rule"].isin(by_object) & (rows["y_rule"].isin(by_object) | (one.y == TOTAL))
    two_axes = {"health"} < {_purpose(one.x, by_id), _purpose(one.y, by_id)} - {TOTAL}
    elsewhere = [(rows[f"{s}_source_document"] != rows["document_id"]) & rows[f"{s}_amount"].notna() for s in SIDES]
    found = {
        **caveats.of_document(rows, index),
        "two_axes": both & two_axes,
        "one_off": both & one_off,
        "borrowed": elsewhere[0] | elsewhere[1],
        "perimeter_by_table": rows["total"].isna() & both,
        "part": rows["scope"] == "part",
        "transfers_counted": both & gross & same_axis,
        **{f"{side}_added": rows[f"{side}_added"] > 1 for side in SIDES},
        **{f"{side}_classes": rows[f"{side}_classes"] < rows[f"{side}_classes_of"] for side in SIDES},
    }
    of_rule = {rule.id: rule.caveat for basket in by_id.values() for rule in basket.rules if rule.caveat}
    own = pd.Series(one.caveat, index=rows.index, dtype="str")
    of_rules = [rows[f"{side}_rule"].map(of_rule) for side in SIDES]
    return caveats.join(found, (own, *of_rules, caveats.perimeter(rows["perimeter"])))


def _side(side: str, basket: str, own: contract.Side, rows: pd.DataFrame) -> dict[str, object]:
    """The columns of one operand as published: what it is, where it is printed, and what it declares."""
    return {
        f"{side}_basket": basket,
        f"{side}_amount_centavos": own.amount,
        f"{side}_document_id": rows[f"{side}_source_document"],
        f"{side}_perimeter": own.perimeter,
        f"{side}_price_basis": own.price_basis.where(own.amount.notna()),
        f"{side}_unit": own.unit.where(own.amount.notna()),
        f"{side}_recurrence": own.recurrence,
    }
