"""The panel of the sample, computed again from the reference files by plain pandas.

Nothing of the product is imported: a mistake of its rules cannot be repeated here. The reference files are INEGI's figures
(egresos por capítulo y concepto; the lines of health and events), CONAPO's population at mid-year and the yearly mean of the INPC.

    python -m tests.bench.recompute RELEASE.duckdb REFERENCE_FOLDER

prints, per level, how many cells agree and each that does not, and ends with 1 where one does not. A panel cell that the product
refuses (without real amount) is compared in pesos only.
"""

import argparse
import sys
import unicodedata
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path

import duckdb
import pandas as pd

BASE = 2025  # the year whose prices the sample's real amounts are in
KEY = ["government_id", "fiscal_year"]
_CENTAVO = Decimal("0.01")
_INDEX_STEP = Decimal("0.000001")  # INEGI publishes three decimals; the mean of a year has six, and says so
_CHAPTERS = {"Capítulo": "chapter", "Concepto": "concept", "Tema": "total"}
# What a basket is, in INEGI's own words.
_BASKETS = {
    "advertising": ("concept", "Servicios de comunicación social y publicidad"),
    "consultancies": ("concept", "Servicios profesionales, científicos, técnicos y otros servicios"),
    "debt": ("chapter", "Deuda pública"),
    "events": ("concept", "Servicios oficiales"),
    "fuel": ("concept", "Combustibles, lubricantes y aditivos"),
    "health": ("item", "Instituciones y programas de salud"),
    "personnel": ("chapter", "Servicios personales"),
    "social_aid": ("concept", "Ayudas sociales"),
    "travel": ("concept", "Servicios de traslado y viáticos"),
}
# In INEGI's total and no spending of the year: debt paid back and the cash left over.
_NOT_SPENT = (("concept", "Amortización de la deuda pública"), ("chapter", "Disponibilidad final"))


def folded(text: str) -> str:
    """A name without accents, case and punctuation."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain.lower()).split())


def expected(reference: Path, given: pd.DataFrame) -> pd.DataFrame:
    """Each cell that the reference files give: government, year, level, name (folded; the id of a basket), pesos, and the rest.

    Of `given`, the partidas that are in no reference file: their pesos are taken as they are, the rest is computed.
    """
    cells = pd.concat([_printed(reference), _items(reference)], ignore_index=True)
    itemised = cells["level"].replace(
        "item", "partida"
    )  # INEGI's subpartida is a partida genérica where COG has one of its name
    cells = pd.concat([cells.assign(level=itemised), _baskets(cells)], ignore_index=True)
    cells = pd.concat([cells, _beyond(given, cells)], ignore_index=True)
    cells = cells.merge(_net_totals(cells), on=KEY)
    population = pd.read_csv(reference / "population_state_year.csv", dtype={"cve_ent": str})
    population = population.rename(columns={"cve_ent": KEY[0], "year": KEY[1], "pop_mid_year": "inhabitants"})
    prices = _prices(reference)
    cells = cells.merge(population[[*KEY, "inhabitants"]], on=KEY)
    now = prices[BASE]
    cells["real_amount"] = [
        _rounded(pesos * now / prices[year]) for pesos, year in zip(cells["amount"], cells["fiscal_year"], strict=True)
    ]
    cells["per_inhabitant"] = [
        _rounded(pesos / people) for pesos, people in zip(cells["amount"], cells["inhabitants"], strict=True)
    ]
    cells["share_of_net_total"] = [
        float(pesos / net) for pesos, net in zip(cells["amount"], cells["net_total"], strict=True)
    ]
    return cells


def _beyond(given: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    key = [*KEY, "level", "name"]
    known = pd.MultiIndex.from_frame(cells[key])
    partidas = given[given["level"] == "partida"]
    return partidas.loc[~pd.MultiIndex.from_frame(partidas[key]).isin(known), [*key, "amount"]].assign(beyond=True)


def _prices(reference: Path) -> dict[int, Decimal]:
    """The mean of the twelve months of each year."""
    months = pd.read_csv(reference / "inpc_monthly.csv", dtype={"inpc": str})
    whole = months.groupby("year")["inpc"].filter(lambda year: len(year) == 12)
    means = whole.map(Decimal).groupby(months["year"]).sum() / 12
    return {int(year): mean.quantize(_INDEX_STEP, ROUND_HALF_EVEN) for year, mean in means.items()}


def _printed(reference: Path) -> pd.DataFrame:
    table = pd.read_csv(reference / "efipem_egresos_capitulo_concepto.csv", dtype=str, keep_default_na=False)
    level = table["level"].map(_CHAPTERS)
    name = table["concepto"].where(level == "concept", table["capitulo"]).mask(level == "total", "Total de egresos")
    return _cells(table, level, name)


def _items(reference: Path) -> pd.DataFrame:
    """The generic partidas of the lines of health and events, and what is itemised below them."""
    table = pd.read_csv(reference / "efipem_event_health_lines.csv", dtype=str, keep_default_na=False)
    table = table[table["partida"] != ""]
    below = table["subpartida"] != ""
    level = pd.Series("partida", table.index).mask(below, "item")
    return _cells(table, level, table["partida"].mask(below, table["subpartida"]))


def _cells(table: pd.DataFrame, level: pd.Series, name: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            KEY[0]: table["cve_ent"],
            KEY[1]: table["year"].astype(int),
            "level": level,
            "name": name.map(folded),
            "concept": table["concepto"].map(folded),
            "amount": table["pesos"].map(Decimal),
        }
    )


def _baskets(cells: pd.DataFrame) -> pd.DataFrame:
    taken = _BASKETS.items()
    return pd.concat(_named(cells, level, name).assign(level="basket", name=basket) for basket, (level, name) in taken)


def _named(cells: pd.DataFrame, level: str, name: str) -> pd.DataFrame:
    return cells[(cells["level"] == level) & (cells["name"] == folded(name))]


def _net_totals(cells: pd.DataFrame) -> pd.DataFrame:
    """What each state spent: the printed total less debt paid back and the cash left over."""
    total = cells[cells["level"] == "total"].set_index(KEY)["amount"]
    for level, name in _NOT_SPENT:
        part = _named(cells, level, name).set_index(KEY)["amount"].reindex(total.index)
        total = total - part.where(part.notna(), Decimal(0))
    return total.rename("net_total").reset_index()


def _rounded(pesos: Decimal) -> Decimal:
    return pesos.quantize(_CENTAVO, ROUND_HALF_UP)


def published(release: Path) -> pd.DataFrame:
    """The panel of a release: one row a cell, with the same names."""
    with duckdb.connect(str(release), read_only=True) as con:
        rows = con.sql(
            "SELECT government_id, fiscal_year, level, class_id, name, amount, real_amount, inhabitants, per_inhabitant, "
            "net_total, share_of_net_total FROM out.panel WHERE document_id LIKE 'sample-%' ORDER BY ALL"
        ).fetchall()
    columns = [*KEY, "level", "class_id", "name", "amount", "real_amount", "inhabitants", "per_inhabitant", "net_total"]
    cells = pd.DataFrame(rows, columns=[*columns, "share_of_net_total"], dtype=object)
    cells["name"] = cells["name"].map(folded).mask(cells["level"] == "basket", cells["class_id"])
    cells["fiscal_year"] = cells["fiscal_year"].astype(int)
    return cells.drop(columns="class_id")


def differences(wanted: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """Every cell of either side, with what differs (empty where they agree)."""
    key = [*KEY, "level", "name", "same"]
    both = [cells.sort_values([*KEY, "level", "name", "amount"]) for cells in (wanted, given)]
    # One name under two chapters: the cells of a name are held against each other in the order of their pesos.
    one, other = (cells.assign(same=cells.groupby([*KEY, "level", "name"]).cumcount()) for cells in both)
    pairs = one.merge(other, on=key, how="outer", suffixes=("", "_given"), indicator="where")
    return pairs.assign(differs=[_differs(row) for row in pairs.to_dict("records")])


def _differs(pair: dict[str, object]) -> str:
    if pair["where"] != "both":
        return "only in the reference" if pair["where"] == "left_only" else "only in the panel"
    if pd.isna(pair["real_amount_given"]):
        return "" if pair["amount"] == pair["amount_given"] else "amount"
    exact = ("amount", "real_amount", "inhabitants", "per_inhabitant", "net_total")
    wrong = [name for name in exact if pair[name] != pair[f"{name}_given"]]
    share = pair["share_of_net_total_given"]
    if not pd.isna(share) and abs(float(str(share)) - float(str(pair["share_of_net_total"]))) > 1e-9:
        wrong.append("share_of_net_total")
    return ", ".join(wrong)


def without_class(pairs: pd.DataFrame, reference: Path) -> pd.Series:
    """The cells that need not be in the panel: INEGI's own headings, and what is itemised under two concepts that it joins."""
    cog = pd.read_csv(reference / "cog.csv", dtype=str)
    names = set(cog["name"].map(folded))
    own = ~pairs["name"].isin(names) | ~pairs["concept"].isin(names)
    return (pairs["where"] == "left_only") & (pairs["level"] == "partida") & own


def main() -> int:
    """Prints the table and what differs; 1 where something does."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("release", type=Path)
    parser.add_argument("reference", type=Path)
    given = parser.parse_args()
    panel = published(given.release)
    pairs = differences(expected(given.reference, panel), panel)
    without = without_class(pairs, given.reference)
    print("no class of the COG, and not in the panel:", pairs.loc[without, "name"].value_counts().to_dict())
    pairs = pairs[~without]
    agreed = pairs["differs"] == ""
    print(pairs.assign(agrees=agreed).groupby("level")["agrees"].agg(["size", "sum"]).to_string())
    refused = pairs["where"].eq("both") & pairs["real_amount_given"].isna()
    beyond = int(pairs["beyond"].eq(True).sum())
    print(
        f"{int(agreed.sum())} of {len(pairs)} cells agree; of them {int(refused.sum())} are refused and compared in pesos only,"
    )
    print(f"and the pesos of {beyond} are in no reference file: what is computed from them was compared")
    print(pairs.loc[~agreed].to_string() if not agreed.all() else "no difference")
    return int(not agreed.all())


if __name__ == "__main__":
    sys.exit(main())
