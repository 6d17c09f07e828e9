"""Alerts on figures that other figures contradict: jumps of the perimeter, classifications and sources that differ.

The tables that these alerts summarise hold every case; here is one sentence per government and year.
"""

import pandas as pd

from transforms.measure.perimeter import BUDGET
from transforms.tell.alert_rows import Rows, alert, pesos_or_dash


def perimeter_jumps(signatures: pd.DataFrame) -> Rows:
    """One alert per budget whose transfers moved a tenth of the total, since the year before or between versions."""
    rows: Rows = []
    jumped = signatures[signatures["jumps"].fillna("").str.contains("year|version")]
    for row in jumped.to_dict("records"):
        shares = "; ".join(
            f"{name} {_percent(row[f'{field}_before'])} → {_percent(row[field])}"
            for name, field in (("4100 + 4200", "transfers_share"), ("4.2", "function_42_share"))
            if pd.notna(row[field])
        )
        what = ("between versions of the year", "entre versiones del año")
        if "year" in row["jumps"].split(";"):
            what = ("since the year before", "desde el año anterior")
        en = f"The perimeter jumped {what[0]}: share of the total in {shares}. Not compared across it."
        es = f"El perímetro saltó {what[1]}: proporción del total en {shares}. No se compara a través del salto."
        rows.append(alert("perimeter_jump", en, es, **{name: row[name] for name in BUDGET}))
    return rows


def classifications(crossed: pd.DataFrame) -> Rows:
    """One alert per government, year, stage and kind of source whose totals differ beyond rounding."""
    rows: Rows = []
    names = (("object", "objeto"), ("function", "función"), ("administrative", "ente"))
    for row in crossed[crossed["outcome"] == "differs"].to_dict("records"):
        totals = [
            (en, es, pesos_or_dash(row[f"{en}_total_centavos"]), pesos_or_dash(row[f"{en}_detail_centavos"]))
            for en, es in names
        ]
        gap = pesos_or_dash(row["gap_centavos"])
        en = "; ".join(f"{name}: {whole}, its lines {lines}" for name, _, whole, lines in totals)
        es = "; ".join(f"{name}: {whole}, sus líneas {lines}" for _, name, whole, lines in totals)
        where = {name: row[name] for name in ("government_id", "fiscal_year", "stage")}
        where["document_id"] = row["object_document_id"]
        rows.append(
            alert(
                "cross_classification",
                f"The same spending adds up to other totals, {gap} pesos apart. By {en}.",
                f"El mismo gasto suma totales distintos, con {gap} pesos de diferencia. Por {es}.",
                **where,
            )
        )
    return rows


def sources(pairs: pd.DataFrame) -> Rows:
    """One alert per pair of documents, government and year that differ beyond rounding, with the largest gap."""
    key = ["document_id", "document_id_b", "government_id", "fiscal_year", "stage", "stage_b"]
    pairs = pairs.assign(size=pairs["gap_centavos"].abs(), differs=pairs["outcome"] == "differs")
    pairs = pairs.sort_values("size", ascending=False, kind="stable")
    groups = pairs.groupby(key, dropna=False, sort=False)
    counted = groups.agg(compared=("size", "size"), differing=("differs", "sum")).reset_index()
    largest = pairs.drop_duplicates(key)[[*key, "code", "name", "amount_centavos", "amount_b_centavos"]]
    rows: Rows = []
    for row in counted[counted["differing"] > 0].merge(largest, on=key, how="left").to_dict("records"):
        one, other = pesos_or_dash(row["amount_centavos"]), pesos_or_dash(row["amount_b_centavos"])
        what, n, m = f"{row['code']} {row['name']}".strip(), row["differing"], row["compared"]
        en = f"Against {row['document_id_b']} ({row['stage_b']}), {n} of {m} classes differ; most: {what}, {one} pesos against {other}. See out.cross_source."
        es = f"Frente a {row['document_id_b']} ({row['stage_b']}), difieren {n} de {m} clases; la mayor: {what}, {one} pesos frente a {other}. Ver es.contraste_fuentes."
        where = {name: row[name] for name in ("document_id", "government_id", "fiscal_year", "stage")}
        rows.append(alert("cross_source", en, es, **where))
    return rows


def _percent(share: object) -> str:
    return "-" if pd.isna(share) else f"{float(str(share)):.1%}"
