"""`out.change`: health, events, advertising or the whole between two years, or between two stages of one year.

Each row is a number or its refusals. What breaks a series is applied here: echoes, jumps of the perimeter, changes of who
spends, the unit and percent rules. How firm the sign is comes from `transforms.compare.stability`.
"""

import pandas as pd

from transforms import reference
from transforms.compare import caveats
from transforms.compare.cross_checks import outcome
from transforms.compare.headline import Headline
from transforms.compare.prices import PriceIndex, deflate
from transforms.compare.stability import read_change, stability
from transforms.compare.working_tables import KEY_OF_SERIES, POINT
from transforms.measure.contents import find_net
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET
from transforms.measure.refusals import has_no_base, is_far, is_near_zero, join_codes, reasons, true
from transforms.measure.signature import SERIES, moved, period
from warehouse.schema.out import CHANGE
from warehouse.schema.vocabulary import STAGES

_OF_SERIES = list(KEY_OF_SERIES)
_SHARES = ["transfers_share", "transfers_share_without_debt", "function_42_share"]
# What each of the two points of a pair has of its own, with its side as a suffix.
_POINT = [name for name in POINT.frame_columns if name not in (*_OF_SERIES, "fiscal_year", "government")]
ANNUAL_STAGES = ("proyecto", "aprobado", "modificado")
_BASE_STAGES = ("aprobado", "modificado")
_ORDER = {stage: place for place, stage in enumerate(STAGES)}


def changes(headline: Headline, measured: Measured, index: PriceIndex) -> pd.DataFrame:
    """Every pair of years of a series, and of stages of a year: a change or its refusals."""
    points = list_points(headline, measured)
    pairs = pd.concat([_years(points), _stages(points)], ignore_index=True)
    pairs = pd.concat([pairs, read_change(pairs, index)], axis=1)
    pairs["institutional_changes"], cut = _institutions(pairs)
    refused = _refuse(pairs, cut)
    shown = ~refused.any(axis=1)
    firm = stability(pairs, shown)
    pairs = pd.concat([pairs, firm], axis=1)
    for name in firm.columns.difference(["price_status"]).tolist() + [c for c in pairs if c.endswith("_change")]:
        pairs[name] = pairs[name].where(shown)
    for side in ("from", "to"):
        amount = pairs[f"amount_centavos_{side}"]
        pairs[f"{side}_amount_centavos"] = amount
        pairs[f"{side}_real_amount_centavos"] = deflate(amount, pairs[f"year_{side}"], index)
        for name in ("document_id", "line_ids", "year", "stage", "printed_centavos", "less_centavos", "less_line_ids"):
            pairs[f"{side}_{name}"] = pairs[f"{name}_{side}"]
    pairs["price_base"] = index.base
    pairs["verified"] = true(pairs["verified_from"]) & true(pairs["verified_to"])
    pairs["citable"] = true(pairs["citable_from"]) & true(pairs["citable_to"])
    pairs["refusals"] = join_codes(refused)
    pairs["caveats"] = _say(pairs, index)
    ordered = pairs.sort_values([*_OF_SERIES, "comparison", "from_year", "to_year", "from_stage"], kind="stable")
    return CHANGE.frame(caveats.with_limits(ordered, CHANGE.name)[CHANGE.frame_columns])


def list_points(headline: Headline, measured: Measured) -> pd.DataFrame:
    """POINT: one row per series, item and year, with what is known of its document and of its perimeter."""
    described = ["government", "kind", "period_start", "period_end", "citable", "period_status", "obtained_how"]
    fields = ["amount_centavos", "verified", "line_ids", "rule", "measure", "doubtful_unit", "missing"]
    whole = headline.budgets.loc[headline.budgets["scope"] != "part", [*BUDGET, *described]]
    operands = headline.operands[[*BUDGET, "operand", *fields]]
    operands = operands.rename(columns={"operand": "item"}).merge(whole, on=BUDGET)
    totals = measured.totals
    wholes = totals[~totals["superseded"].astype("bool")].assign(
        item="total", rule="total", doubtful_unit=False, missing=False
    )
    wholes["measure"] = wholes["by"].map({"object": 1, "function": 2}).fillna(3)
    wholes = _take_net(wholes.sort_values("measure", kind="stable").drop_duplicates(BUDGET), measured.nets)
    of_document = headline.budgets.drop_duplicates("document_id").set_index("document_id")
    for name in ("period_status", "obtained_how"):
        wholes[name] = wholes["document_id"].map(of_document[name])
    points = pd.concat([operands, wholes[[*BUDGET, *described, *fields, *_NET, "item"]]], ignore_index=True)
    points = points[points["amount_centavos"].notna()].assign(period=period)
    points["preliminary"] = true(points["period_status"] == "preliminary")
    points["typeset"] = points["obtained_how"].fillna("").str.startswith(("typeset", "compuesto"))
    points["citable"] = true(points["citable"]) & (points["kind"] != "secundaria")
    points = points.merge(measured.list_echoed().assign(echo=True), on=BUDGET, how="left")
    points["echo"] = points["echo"].notna()
    points["contents_unknown"] = true(points["contents_unknown"])
    points = _choose_document(points).merge(_perimeters(measured.signatures), on=[*SERIES, "fiscal_year"], how="left")
    points = points.merge(_net_totals(points), on=[*SERIES, "fiscal_year"], how="left")
    near = is_near_zero(points["amount_centavos"], points["total_centavos"])
    points["near_zero"] = true(points["near_zero"]) | ((points["item"] == "health") & true(near))
    return points[POINT.frame_columns].astype({"version_jump": "boolean", "near_zero": "boolean"})


_NET = ["printed_centavos", "less_centavos", "less_line_ids", "contents_unknown"]


def _take_net(wholes: pd.DataFrame, nets: pd.DataFrame) -> pd.DataFrame:
    """The printed totals as net spending; `contents_unknown` where it is not known what they contain."""
    net = find_net(wholes, wholes["amount_centavos"], nets)
    is_known = net["net_centavos"].notna()
    return wholes.assign(
        amount_centavos=net["net_centavos"].where(is_known, wholes["amount_centavos"]),
        verified=true(wholes["verified"]) & (true(net["less_verified"]) | ~is_known),
        printed_centavos=wholes["amount_centavos"],
        less_centavos=net["less_centavos"],
        less_line_ids=net["less_line_ids"],
        contents_unknown=~is_known,
    )


def _net_totals(points: pd.DataFrame) -> pd.DataFrame:
    """Per series and year, net spending: what a share over the years is of."""
    wholes = points[(points["item"] == "total") & ~points["contents_unknown"] & true(points["verified"])]
    return wholes[[*SERIES, "fiscal_year"]].assign(net_total_centavos=wholes["amount_centavos"])


def _choose_document(points: pd.DataFrame) -> pd.DataFrame:
    """One document per series and year, by the rule that measures best; `quarrel` where others by that rule differ."""
    key = [*_OF_SERIES, "fiscal_year"]
    best = points.groupby(key, dropna=False)["measure"].transform("min")
    points = points[(points["measure"] == best) | best.isna()]
    points = points.sort_values(["verified", "document_id"], ascending=[False, True], kind="stable")
    amounts = points.groupby(key, dropna=False)["amount_centavos"]
    largest = amounts.transform("max")
    points["quarrel"] = outcome(largest - amounts.transform("min"), largest) == "differs"
    return points.drop_duplicates(key)


def _perimeters(signatures: pd.DataFrame) -> pd.DataFrame:
    """Per series and year: the shares of the signature, total and transfers, and whether versions jumped."""
    key = [*SERIES, "fiscal_year"]
    current = signatures[~signatures["superseded"].astype("bool")]
    current = current.assign(
        version_jump=current["jumps"].fillna("").str.contains("version"),
        near_zero=is_near_zero(current["health_centavos"], current["total_centavos"]).fillna(False),
    )
    grouped = current.groupby(key, dropna=False)
    shares = grouped[[*_SHARES, "total_centavos", "transfers_centavos"]].first()
    return shares.join(grouped[["version_jump", "near_zero"]].any()).reset_index()


def _years(points: pd.DataFrame) -> pd.DataFrame:
    sides = points[[*_OF_SERIES, "government", "fiscal_year", *_POINT]].rename(columns={"fiscal_year": "year"})
    pairs = sides.merge(sides.drop(columns="government"), on=_OF_SERIES, suffixes=("_from", "_to"))
    pairs = pairs[pairs["year_from"] < pairs["year_to"]]
    return pairs.assign(comparison="years", stage_from=pairs["stage"], stage_to=pairs["stage"])


def _stages(points: pd.DataFrame) -> pd.DataFrame:
    key = ["government_id", "kind", "period", "item", "fiscal_year"]
    sides = points[[*key, "government", "stage", *_POINT]]
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
        governments = change["government_ids"]
        here = (
            pairs["government_id"].isin(governments.split(";"))
            if isinstance(governments, str)
            else pairs["government_id"].str.fullmatch(r"\d{2}")
        )
        inside = (pairs["year_from"] < change["last_year"]) & (pairs["year_to"] >= change["first_year"])
        affected = pairs["item"].isin((change["affects"], "total") if change["affects"] == "health" else ())
        hit = true(here) & true(inside) & affected & (pairs["comparison"] == "years")
        ids = ids.mask(hit, ids + change["change_id"] + ";")
    return ids.str.rstrip(";").replace("", None), (ids != "") & (pairs["item"] == "health")


def _refuse(pairs: pd.DataFrame, cut: pd.Series) -> pd.DataFrame:
    names = ("echo", "missing", "quarrel", "contents_unknown")
    either = {name: true(pairs[f"{name}_from"]) | true(pairs[f"{name}_to"]) for name in names}
    now, then = pairs["amount_centavos_to"], pairs["amount_centavos_from"]
    over_years = pairs["comparison"] == "years"
    proven = true(pairs["verified_from"]) & true(pairs["verified_to"])
    sides = [pairs[[f"{name}_{side}" for name in _SHARES]].set_axis(_SHARES, axis=1) for side in ("to", "from")]
    jumped = moved(*sides) & over_years
    far = over_years & is_far(now, then)
    columns = {
        "unverified_operand": ~proven & ~either["echo"],
        "missing_operand": either["missing"],
        "different_document": either["quarrel"],
        "total_contents_unknown": either["contents_unknown"],
        "different_period": ~over_years & _is_of_another_period(pairs),
        "different_perimeter": true(pairs["rule_from"] != pairs["rule_to"]),
        "different_unit": far | true(pairs["doubtful_unit_from"]) | true(pairs["doubtful_unit_to"]),
        "zero_base": has_no_base(now, then),
        "echo": either["echo"],
        "perimeter_jump": jumped | true(pairs["version_jump_from"]) | true(pairs["version_jump_to"]),
        "health_near_zero": (pairs["item"] == "health") & (true(pairs["near_zero_from"]) | true(pairs["near_zero_to"])),
        "institutional_change": cut,
    }
    return reasons(columns, pairs.index)


def _is_of_another_period(pairs: pd.DataFrame) -> pd.Series:
    """Whether a budget of the whole year is set against what was spent in a part of it, be it in one document.

    Approved and revised budgets are annual whatever the report covers (LGCG, arts. 4 and 38); the later stages run up.
    """
    part = ~pairs["period"].str.endswith("/12-31") | ~pairs["period"].str.startswith("01-01")
    return part & pairs["stage_from"].isin(ANNUAL_STAGES) & ~pairs["stage_to"].isin(ANNUAL_STAGES)


def _say(pairs: pd.DataFrame, index: PriceIndex) -> pd.Series:
    either = {name: true(pairs[f"{name}_from"]) | true(pairs[f"{name}_to"]) for name in ("preliminary", "typeset")}
    later = pairs["year_to"].astype("str")
    real = pairs["comparison"] == "years"
    sentences = {
        caveats.SECONDARY: pairs["kind"] == "secundaria",
        "typeset": either["typeset"],
        "preliminary": either["preliminary"],
        "unstable": ~pairs["stable"].fillna(True),
        "nominal_other_sign": true(pairs["nominal_change"] * pairs["real_change"] < 0),
    }
    of_pair = (
        (f"El {index.name} de " + later + " es parcial o pronóstico").where(real & index.is_partial(pairs["year_to"])),
        ("El deflactor del PIB de " + later + " es pronóstico").where(real & true(pairs["deflator_forecast"])),
        ("Cambios institucionales en el periodo: " + pairs["institutional_changes"].str.replace(";", ", ")).where(
            pairs["institutional_changes"].notna()
        ),
    )
    return caveats.join(sentences, of_pair)
