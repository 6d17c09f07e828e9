"""Promise P5, part four: the panel holds each peso once, on one perimeter, and says of whom it is; what stands on it is a number or a reason."""

import pandas as pd

from expectations.comparisons import require_existing_citations, require_known_refusals
from expectations.spec import Promise, TableFrames, key_columns

PROMISE = Promise()

_SLOT = ["government_id", "fiscal_year", "period", "stage", "by", "level"]
_DERIVED = ["real_amount_centavos", "per_inhabitant_centavos", "share_of_net_total"]
_ROUNDING = 1_000_00  # centavos: documents in thousands round each class

for _name in ("panel", "deviation", "series"):
    require_known_refusals(PROMISE, _name, f"out.{_name}")
    require_existing_citations(
        PROMISE,
        f"{_name}_citations_exist",
        f"out.{_name}",
        "The lines that a row cites exist (P3).",
        "Las líneas que cita un renglón existen (P3).",
    )


@PROMISE.rule(
    "panel_unverified_is_refused",
    "out.panel",
    "ERROR",
    "A row of the panel that is not verified says so among its refusals, and a refused one gives no figure made from it (P1, P5).",
    "Un renglón del panel sin verificar lo dice entre sus rechazos, y uno rechazado no da cifras hechas con él (P1, P5).",
)
def _unproven_figures(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.panel"]
    silent = ~rows["verified"].fillna(False) & rows["refusals"].isna()
    made = rows["refusals"].notna() & rows[_DERIVED].notna().any(axis=1)
    return rows.loc[silent | made, [*key_columns("out.panel"), "verified", *_DERIVED, "refusals"]]


@PROMISE.rule(
    "panel_one_view_a_level",
    "out.panel",
    "ERROR",
    "The rows of one level are of one document and one perimeter: added up, no peso counts twice.",
    "Los renglones de un nivel son de un documento y un perímetro: sumados, ningún peso cuenta dos veces.",
)
def _levels_of_many_views(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.panel"]
    rows = rows[rows["by"] != "basket"]
    group = rows.groupby(_SLOT, dropna=False)
    many = (group["document_id"].transform("nunique") > 1) | (group["perimeter"].transform("nunique") > 1)
    return rows.loc[many, [*key_columns("out.panel"), "document_id", "perimeter"]]


@PROMISE.rule(
    "panel_parts_make_their_whole",
    "out.panel",
    "WARN",
    "The chapters, finalidades or bodies of a perimeter add up to its total; where they do not, a class is missing or hidden in another.",
    "Los capítulos, finalidades o entes de un perímetro suman su total; donde no, falta una clase o está dentro de otra.",
)
def _parts_that_miss_the_whole(frames: TableFrames) -> pd.DataFrame:
    """Totals whose verified first-level parts, of the same perimeter, add up to something else."""
    rows = frames["out.panel"]
    key = [*_SLOT[:-1], "document_id", "perimeter"]
    parts = rows[rows["level"].isin(["chapter", "finalidad", "body"])]
    parts = parts[parts["verified"].fillna(False).groupby([parts[name] for name in key]).transform("all")]
    sums = parts.groupby(key)["amount_centavos"].sum().rename("parts_centavos").reset_index()
    totals = rows[(rows["level"] == "total") & rows["verified"].fillna(False)].merge(sums, on=key)
    off = (totals["parts_centavos"] - totals["amount_centavos"]).abs() > _ROUNDING
    return totals.loc[off, [*key_columns("out.panel"), "amount_centavos", "parts_centavos", "perimeter"]]


@PROMISE.rule(
    "panel_secondary_not_citable",
    "out.panel",
    "ERROR",
    "Only what is read from a document that is cited is called citable; composed figures and secondary datasets never are.",
    "Solo es citable lo leído de un documento que se cita; nunca las cifras compuestas ni las bases secundarias.",
)
def _citable_without_standing(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.panel"]
    return rows.loc[
        rows["citable"].fillna(True) != (rows["standing"] == "citable"),
        [*key_columns("out.panel"), "standing", "citable"],
    ]


@PROMISE.rule(
    "deviation_has_outcome",
    "out.deviation",
    "ERROR",
    "A deviation is a share or a list of refusals, never both and never neither (P5); a refused one has no place.",
    "Una desviación es una proporción o una lista de rechazos, nunca ambas ni ninguna (P5); la rechazada no tiene lugar.",
)
def _deviations_without_outcome(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.deviation"]
    broken = rows["deviation_share"].isna() == rows["refusals"].isna()
    broken |= rows["refusals"].notna() & rows[["place_first", "place_last", "compared"]].notna().any(axis=1)
    return rows.loc[broken, [*key_columns("out.deviation"), "deviation_share", "place_first", "refusals"]]


@PROMISE.rule(
    "deviation_places_are_intervals",
    "out.deviation",
    "ERROR",
    "A place is an interval among those that are compared.",
    "Un lugar es un intervalo entre los que se comparan.",
)
def _places_out_of_order(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.deviation"]
    placed = rows[["place_first", "place_last", "compared"]].dropna()
    broken = (placed["place_first"] < 1) | (placed["place_first"] > placed["place_last"])
    return rows.loc[placed.index[broken], [*key_columns("out.deviation"), "place_first", "place_last", "compared"]]


@PROMISE.rule(
    "series_change_within_a_segment",
    "out.series",
    "ERROR",
    "No change is computed over a break, nor from an amount that is refused (METHOD, institutional changes and perimeter).",
    "No se calcula un cambio a través de un corte, ni desde un importe rechazado (METHOD, cambios institucionales y perímetro).",
)
def _changes_over_breaks(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.series"]
    shown = rows["real_change"].notna()
    broken = shown & (rows["breaks"].notna() | rows["refusals"].notna() | rows["previous_year"].isna())
    return rows.loc[broken, [*key_columns("out.series"), "previous_year", "real_change", "breaks", "refusals"]]
