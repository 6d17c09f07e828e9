"""`out.change`: health, events, advertising or the whole between two years, or between two stages of one year.

Each row is a number or its refusals. What breaks a series is applied here: echoes, jumps of the perimeter, changes of who
spends, the unit and percent rules. How firm the sign is comes from `transforms.compare.stability`.
"""

import pandas as pd

from transforms import reference
from transforms.compare import caveats
from transforms.compare.gaps import outcome
from transforms.compare.prices import PriceIndex, deflate
from transforms.compare.stability import measured, stability
from transforms.measure.perimeter import BUDGET, OPERANDS
from transforms.measure.refusals import UNIT_JUMP, join_codes, near_zero, reasons, true, zero_base
from transforms.measure.signature import SERIES, moved, period
from warehouse.schema.out import CHANGE
from warehouse.schema.vocabulary import STAGES

_OF_SERIES = [*SERIES, "item"]
_POINT = [
    "document_id",
    "amount",
    "verified",
    "line_ids",
    "rule",
    "doubtful_unit",
    "missing",
    "echo",
    "quarrel",
    "citable",
]
_POINT += ["preliminary", "typeset", "total", "transfers", "version_jump", "near_zero"]
_SHARES = ["transfers_share", "transfers_share_without_debt", "function_42_share"]
_BASE_STAGES = ("aprobado", "modificado")
_ORDER = {stage: place for place, stage in enumerate(STAGES)}


def changes(
    budgets: pd.DataFrame, totals: pd.DataFrame, signatures: pd.DataFrame, echoes: pd.DataFrame, index: PriceIndex
) -> pd.DataFrame:
    """`budgets` is what `health_events.compare_budgets` returned, `totals` and `signatures` what `classes.totals` and
    `signature.signature` did, `echoes` the budgets whose stage repeats approved.
    """
    points = _points(budgets, totals, signatures, echoes)
    pairs = pd.concat([_years(points), _stages(points)], ignore_index=True)
    pairs = pd.concat([pairs, measured(pairs, index)], axis=1)
    pairs["institutional_changes"], cut = _institutions(pairs)
    found = _reasons(pairs, cut)
    firm = stability(pairs, ~found.any(axis=1))
    pairs = pd.concat([pairs, firm], axis=1)
    shown = ~found.any(axis=1)
    for name in firm.columns.difference(["price_status"]).tolist() + [c for c in pairs if c.endswith("_change")]:
        pairs[name] = pairs[name].where(shown)
    for side in ("from", "to"):
        pairs[f"{side}_amount_centavos"] = pairs[f"amount_{side}"]
        pairs[f"{side}_real_amount_centavos"] = deflate(pairs[f"amount_{side}"], pairs[f"year_{side}"], index)
        for name in ("document_id", "line_ids", "year", "stage"):
            pairs[f"{side}_{name}"] = pairs[f"{name}_{side}"]
    pairs["price_base"] = index.base
    pairs["verified"] = true(pairs["verified_from"]) & true(pairs["verified_to"])
    pairs["citable"] = true(pairs["citable_from"]) & true(pairs["citable_to"])
    pairs["refusals"] = join_codes(found)
    pairs["caveats"] = _caveats(pairs, index)
    ordered = pairs.sort_values([*_OF_SERIES, "comparison", "from_year", "to_year", "from_stage"], kind="stable")
    return CHANGE.frame(ordered[CHANGE.frame_columns])


def _points(
    budgets: pd.DataFrame, totals: pd.DataFrame, signatures: pd.DataFrame, echoes: pd.DataFrame
) -> pd.DataFrame:
    """One row per series, item and year, with what is known of its document and of its perimeter."""
    described = ["government", "kind", "period_start", "period_end", "citable", "period_status", "obtained_how"]
    parts = []
    whole = budgets[budgets["scope"] != "part"]
    for item in OPERANDS:
        fields = ["amount", "verified", "line_ids", "rule", "measure", "doubtful_unit", "missing"]
        part = whole[[*BUDGET, *described, *(f"{item}_{field}" for field in fields)]]
        parts.append(part.rename(columns={f"{item}_{field}": field for field in fields}).assign(item=item))
    wholes = totals[~totals["superseded"].astype("bool")].assign(item="total", rule="total")
    wholes["measure"] = wholes["by"].map({"object": 1, "function": 2}).fillna(3)
    wholes = wholes.sort_values("measure", kind="stable").drop_duplicates(BUDGET)
    status = budgets.drop_duplicates("document_id").set_index("document_id")
    for name in ("period_status", "obtained_how"):
        wholes[name] = wholes["document_id"].map(status[name])
    parts.append(wholes[[*BUDGET, *described, "amount", "verified", "line_ids", "rule", "measure", "item"]])
    points = pd.concat(parts, ignore_index=True)
    points = points[points["amount"].notna()].assign(period=period)
    points["preliminary"] = true(points["period_status"] == "preliminary")
    points["typeset"] = points["obtained_how"].fillna("").str.startswith(("typeset", "compuesto"))
    points["citable"] = true(points["citable"]) & (points["kind"] != "secundaria")
    points = points.merge(echoes[BUDGET].assign(echo=True), on=BUDGET, how="left")
    return _once(points).merge(_perimeters(signatures), on=[*SERIES, "fiscal_year"], how="left")


def _once(points: pd.DataFrame) -> pd.DataFrame:
    """One document per series and year, by the rule that measures best; `quarrel` where others by that rule differ."""
    key = [*_OF_SERIES, "fiscal_year"]
    best = points.groupby(key, dropna=False)["measure"].transform("min")
    points = points[(points["measure"] == best) | best.isna()]
    points = points.sort_values(["verified", "document_id"], ascending=[False, True], kind="stable")
    amounts = points.groupby(key, dropna=False)["amount"]
    largest = amounts.transform("max")
    points["quarrel"] = outcome(largest - amounts.transform("min"), largest) == "differs"
    return points.drop_duplicates(key)


def _perimeters(signatures: pd.DataFrame) -> pd.DataFrame:
    """Per series and year: the shares of the signature, total and transfers, and whether versions jumped."""
    key = [*SERIES, "fiscal_year"]
    current = signatures[~signatures["superseded"].astype("bool")]
    current = current.assign(
        version_jump=current["jumps"].fillna("").str.contains("version"),
        near_zero=near_zero(current["health"], current["total"]).fillna(False),
    )
    grouped = current.groupby(key, dropna=False)
    found = grouped[[*_SHARES, "total", "transfers"]].first()
    return found.join(grouped[["version_jump", "near_zero"]].any()).reset_index()


def _years(points: pd.DataFrame) -> pd.DataFrame:
    sides = points[[*_OF_SERIES, "government", "fiscal_year", *_POINT, *_SHARES]].rename(
        columns={"fiscal_year": "year"}
    )
    pairs = sides.merge(sides.drop(columns="government"), on=_OF_SERIES, suffixes=("_from", "_to"))
    pairs = pairs[pairs["year_from"] < pairs["year_to"]]
    return pairs.assign(comparison="years", stage_from=pairs["stage"], stage_to=pairs["stage"])


def _stages(points: pd.DataFrame) -> pd.DataFrame:
    key = ["government_id", "kind", "period", "item", "fiscal_year"]
    sides = points[[*key, "government", "stage", *_POINT, *_SHARES]]
    bases = sides[sides["stage"].isin(_BASE_STAGES)]
    pairs = bases.merge(sides.drop(columns="government"), on=key, suffixes=("_from", "_to"))
    pairs = pairs[pairs["stage_from"].map(_ORDER) < pairs["stage_to"].map(_ORDER)]
    year = pairs["fiscal_year"]
    return pairs.drop(columns="fiscal_year").assign(
        comparison="stages", year_from=year, year_to=year, stage=pairs["stage_to"]
    )


def _institutions(pairs: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The changes of the register within each span, joined by ';', and whether they cut the series.

    They cut health, and are said of the whole. A change without a list of governments concerns every state.
    """
    ids = pd.Series("", index=pairs.index, dtype="str")
    for change in reference.institutional_changes().to_dict("records"):
        own = change["government_ids"]
        here = (
            pairs["government_id"].isin(own.split(";"))
            if isinstance(own, str)
            else pairs["government_id"].str.fullmatch(r"\d{2}")
        )
        inside = (pairs["year_from"] < change["last_year"]) & (pairs["year_to"] >= change["first_year"])
        affected = pairs["item"].isin((change["affects"], "total") if change["affects"] == "health" else ())
        hit = true(here) & true(inside) & affected & (pairs["comparison"] == "years")
        ids = ids.mask(hit, ids + change["change_id"] + ";")
    return ids.str.rstrip(";").replace("", None), (ids != "") & (pairs["item"] == "health")


def _reasons(pairs: pd.DataFrame, cut: pd.Series) -> pd.DataFrame:
    either = {name: true(pairs[f"{name}_from"]) | true(pairs[f"{name}_to"]) for name in ("echo", "missing", "quarrel")}
    now, then = pairs["amount_to"], pairs["amount_from"]
    over_years = pairs["comparison"] == "years"
    proven = true(pairs["verified_from"]) & true(pairs["verified_to"])
    sides = [pairs[[f"{name}_{side}" for name in _SHARES]].set_axis(_SHARES, axis=1) for side in ("to", "from")]
    jumped = moved(*sides) & over_years
    far = over_years & ((now > UNIT_JUMP * then) | (then > UNIT_JUMP * now))
    columns = {
        "unverified_operand": ~proven & ~either["echo"],
        "missing_operand": either["missing"],
        "different_document": either["quarrel"],
        "different_perimeter": true(pairs["rule_from"] != pairs["rule_to"]),
        "different_unit": far | true(pairs["doubtful_unit_from"]) | true(pairs["doubtful_unit_to"]),
        "zero_base": zero_base(now, then),
        "echo": either["echo"],
        "perimeter_jump": jumped | true(pairs["version_jump_from"]) | true(pairs["version_jump_to"]),
        "health_near_zero": (pairs["item"] == "health") & (true(pairs["near_zero_from"]) | true(pairs["near_zero_to"])),
        "institutional_change": cut,
    }
    return reasons(columns, pairs.index)


def _caveats(pairs: pd.DataFrame, index: PriceIndex) -> pd.Series:
    either = {name: true(pairs[f"{name}_from"]) | true(pairs[f"{name}_to"]) for name in ("preliminary", "typeset")}
    later = pairs["year_to"].astype("str")
    real = pairs["comparison"] == "years"
    sentences = {
        caveats.SECONDARY: pairs["kind"] == "secundaria",
        "typeset": either["typeset"],
        "preliminary": either["preliminary"],
        "unstable": ~pairs["stable"].fillna(True),
    }
    own = (
        (f"El {index.name} de " + later + " es parcial o pronóstico").where(real & index.is_partial(pairs["year_to"])),
        ("El deflactor del PIB de " + later + " es pronóstico").where(real & true(pairs["deflator_forecast"])),
        ("Cambios institucionales en el periodo: " + pairs["institutional_changes"].str.replace(";", ", ")).where(
            pairs["institutional_changes"].notna()
        ),
    )
    return caveats.join(sentences, own)
