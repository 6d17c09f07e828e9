"""Contracts and payments joined to budget lines: body, year, period and the longest object code that both print.

A sum explains a line where the two agree to the centavo, or to the peso where the line is printed in whole pesos. What is charged to
several lines is never apportioned, and an open contract is never summed. Words join nothing here.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from transforms.ledgers.rows import is_among
from transforms.ledgers.typed import DAY, days
from warehouse.schema.ledgers import LINK

# Against which stages a sum is held, the first that agrees; where none does, against the first that the line has.
STAGES_OF = {
    "payment": ("devengado", "ejercido", "pagado"),
    "contract": ("modificado", "comprometido", "devengado", "ejercido", "pagado"),
}
_PESO, _CENTAVO = 100, 1
_SHORTEST_CODE = 2  # a chapter alone is everything


def coded_lines(core: Mapping[str, pd.DataFrame], records: pd.DataFrame) -> pd.DataFrame:
    """The lines that have an object code: line_id, document_id, government_id, fiscal_year, object_code, period_end, label.

    Code and period are those of its record where the line's format says them row by row; else the line's own and its document's.
    Superseded documents are left out, and so are totals.
    """
    lines, documents = core["line"], core["document"]
    current = documents[documents["superseded_by"].isna()].set_index("document_id")
    kept = lines[lines["document_id"].isin(current.index) & lines["row_kind"].isin(["detail", "subtotal"])]
    kept = kept[
        ["line_id", "document_id", "page", "place", "government_id", "fiscal_year", "object_code", "label"]
    ].copy()
    of_records = _of_rows(records)
    row = pd.to_numeric(kept["place"].str.extract(r"^[A-Z]+(\d+)", expand=False), errors="coerce").astype("Int64")
    at = pd.MultiIndex.from_arrays([kept["document_id"], kept["page"], row])
    for name in ("object_code", "period_end"):
        of_row = pd.Series(of_records[name].reindex(at).array, kept.index)
        declared = (
            kept["object_code"] if name == "object_code" else kept["document_id"].map(current["period_end"]).astype(DAY)
        )
        kept[name] = of_row.fillna(declared)
    kept["object_code"] = kept["object_code"].astype("str").str.replace(r"\D", "", regex=True)
    return kept[kept["object_code"].str.len().ge(_SHORTEST_CODE)].drop(columns=["page", "place"]).reset_index(drop=True)


def _of_rows(records: pd.DataFrame) -> pd.DataFrame:
    """Code and last day that the records of budgets say, by document, page and row of the sheet."""
    mine = records[
        records["ledger"].eq("budget")
        & records["type"].notna()
        & records["field"].isin(["object_code", "concept_code", "period_end"])
    ]
    row = pd.to_numeric(mine["place"].str.extract(r"(\d+)$", expand=False), errors="coerce").astype("Int64")
    wide = mine.assign(row=row).pivot(index=["document_id", "page", "row"], columns="field", values="source_text")  # noqa: PD010 - one cell per field: nothing to aggregate
    wide = wide.reindex(columns=["object_code", "concept_code", "period_end"]).astype("str")
    return pd.DataFrame(
        {"object_code": wide["object_code"].fillna(wide["concept_code"]), "period_end": days(wide["period_end"])[0]}
    )


def link(lines: pd.DataFrame, amounts: pd.DataFrame, ledgers: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`core.link`: every contract and payment beside the lines it is charged to, with the outcome of their sum.

    `lines` as `coded_lines` gives them, `amounts` as `core.amount`.
    """
    charged = _charged(ledgers)
    pairs = _pairs(charged, lines)
    if pairs.empty:
        return LINK.frame()
    # Lines and kinds as numbers: a million pairs are grouped by these in a tenth of the time that their ids take.
    to, ids = pd.factorize(pairs["to_id"])
    pairs["sum_no"] = to * 2 + pairs["from_kind"].eq("payment").to_numpy(dtype=np.int64)
    sums = pairs[pairs["refusals"].isna()].groupby("sum_no")["amount"].sum()
    kinds = np.where(sums.index.to_numpy() % 2, "payment", "contract")
    summed = pd.DataFrame({"sum_centavos": sums.array}, pd.MultiIndex.from_arrays([ids[sums.index // 2], kinds]))
    outcomes = _outcomes(summed, amounts, lines)
    group = outcomes.reindex(sums.index.get_indexer(pairs["sum_no"])).set_axis(pairs.index)
    single = pairs["refusals"].map({"shared_charge": "shared", "open_contract": "no_amount", "repeated": "no_amount"})
    single = single.where(single.notna() | pairs["amount"].notna(), "no_amount")
    outcome = single.fillna(group["outcome"])
    agrees = outcome.eq("explains")
    counted = single.isna()
    return LINK.frame(pd.DataFrame({
        "link_id": pairs["from_id"].astype("str") + ">" + pairs["to_id"].astype("str"), "from_kind": pairs["from_kind"],
        "from_id": pairs["from_id"], "to_kind": "line", "to_id": pairs["to_id"], "rule": "object_code",
        "strength": np.where(agrees, "proven", "key"), "stage": group["stage"].where(counted), "period_end": pairs["period_end"],
        "from_amount_centavos": pairs["amount"], "sum_amount_centavos": group["sum_centavos"].where(counted),
        "to_amount_centavos": group["to_centavos"].where(counted),
        "difference_centavos": (group["to_centavos"] - group["sum_centavos"]).where(counted),
        "outcome": outcome, "refusals": pairs["refusals"],
    }))  # fmt: skip


def _charged(ledgers: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The charges with their record's kind, amount and period, and why one is not summed."""
    records = pd.concat([
        frame[[key, "government_id", "amount_centavos", "period_end", *most]].rename(columns={key: "record_id"}).assign(
            record_kind=kind, repeats=_repeats(frame, number)
        )
        for kind, key, number, most in (("contract", "contract_id", "number", ["amount_max_centavos"]), ("payment", "payment_id", "invoice", []))
        for frame in [ledgers[kind]]
    ], ignore_index=True).drop(columns="government_id")  # fmt: skip
    charges = ledgers["charge"][["record_kind", "record_id", "government_id", "document_id", "object_code"]]
    whole = charges.merge(records, on=["record_kind", "record_id"])
    charged_twice = whole[whole.duplicated("record_id", keep=False)]
    codes = charged_twice.groupby("record_id")["object_code"].transform("nunique")
    shared = codes.gt(1).reindex(whole.index, fill_value=False)
    opened = whole["amount_centavos"].isna() & whole["amount_max_centavos"].notna()
    unsaid = pd.Series(pd.NA, whole.index, dtype="str")
    whole["refusals"] = unsaid.mask(opened, "open_contract").mask(shared, "shared_charge")
    whole["refusals"] = whole["refusals"].mask(whole["repeats"], "repeated")
    years = whole["period_end"].astype(DAY).dt.year.astype("Int64")
    return whole.assign(fiscal_year=years, amount=whole["amount_centavos"])


def _repeats(records: pd.DataFrame, number: str) -> pd.Series:
    """Whether a register of an earlier period, or another of the same body, has the same number with the same amount: registers that
    accumulate their quarters list everything again, and adding four of them would quadruple it.
    """
    ordered = records.sort_values("period_end", kind="stable")
    key = ordered[["government_id", "amount_centavos", number]].dropna().assign(document_id=ordered["document_id"])
    first = key.drop_duplicates(["government_id", "amount_centavos", number])
    of_first = key.merge(first, on=["government_id", "amount_centavos", number], suffixes=("", "_first"))
    other = pd.Series(of_first["document_id"].ne(of_first["document_id_first"]).to_numpy(), key.index)
    return other.reindex(records.index, fill_value=False)


def _pairs(charged: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Each charge with the lines of its body and year whose period covers it, by the longest code of theirs that its own begins with."""
    key = ["government_id", "fiscal_year", "object_code"]
    charged = charged[charged["government_id"].notna() & charged["fiscal_year"].notna()]
    charged = charged.assign(code_no=charged.groupby(key, sort=False).ngroup())
    codes = charged.drop_duplicates("code_no")[[*key, "code_no"]]
    joins = []
    for length in sorted(set(lines["object_code"].str.len()), reverse=True):
        of_length = lines[lines["object_code"].str.len().eq(length)].rename(columns={"object_code": "stem"})
        stems = codes.assign(stem=codes["object_code"].str[:length])[
            ["government_id", "fiscal_year", "stem", "code_no"]
        ]
        joins.append(stems.merge(of_length, on=["government_id", "fiscal_year", "stem"]).assign(length=length))
    if not joins:
        return charged.head(0).assign(from_kind="", from_id="", to_id="")
    reached = pd.concat(joins, ignore_index=True)
    longest = reached.groupby(["code_no", "document_id", "period_end"], dropna=False)["length"].transform("max")
    reached = reached[reached["length"].eq(longest)][["code_no", "line_id", "period_end"]]
    pairs = charged.merge(reached, on="code_no", suffixes=("", "_line"))
    pairs = pairs[(pairs["period_end"] <= pairs["period_end_line"]).fillna(False).astype(bool)]
    # A record whose several codes all begin with that of a line reaches it once.
    once = (
        ~pd.DataFrame({name: pd.factorize(pairs[name])[0] for name in ("record_id", "line_id")}).duplicated().to_numpy()
    )
    names = {"record_kind": "from_kind", "record_id": "from_id", "line_id": "to_id"}
    return pairs[once].rename(columns=names).reset_index(drop=True)


def _outcomes(summed: pd.DataFrame, amounts: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """For each line and kind of record: the sum, the amount and stage it is held against, and what comes of it."""
    of_lines = amounts[is_among(amounts["line_id"], lines["line_id"]) & amounts["amount_centavos"].notna()]
    whole_pesos = of_lines["amount_centavos"].mod(_PESO).eq(0).groupby(of_lines["line_id"]).all()
    once = of_lines.drop_duplicates(["line_id", "stage"]).set_index(["line_id", "stage"])["amount_centavos"]
    staged = once.unstack().astype("Int64")  # noqa: PD010 - one amount each: nothing to aggregate
    at, kinds = summed.index.get_level_values(0), summed.index.get_level_values(1)
    result = summed.reset_index(drop=True).assign(
        outcome=pd.Series(dtype="str"),
        stage=pd.Series(dtype="str"),
        to_centavos=pd.array([pd.NA] * len(summed), dtype="Int64"),
    )
    tolerance = np.where(whole_pesos.reindex(at).fillna(False).astype(bool), _PESO, _CENTAVO)
    total = result["sum_centavos"].to_numpy(dtype=np.int64)
    row = staged.index.get_indexer(at)
    columns = {stage: pd.Series(staged[stage].array.take(row, allow_fill=True), result.index) for stage in staged}
    unsaid = pd.Series(pd.NA, result.index, dtype="Int64")
    for kind, stages in STAGES_OF.items():
        for stage in reversed(stages):  # the first has the last word
            column = columns.get(stage, unsaid)
            _decide(result, (kinds == kind) & column.notna().to_numpy(dtype=bool), column, total, tolerance, stage)
        for stage in reversed(stages):
            column = columns.get(stage, unsaid)
            agrees = (
                (column - total).abs().le(tolerance).fillna(False).to_numpy(dtype=bool) & (total != 0) & (kinds == kind)
            )
            _decide(result, agrees, column, total, tolerance, stage)
    return result


def _decide(
    result: pd.DataFrame, where: np.ndarray, column: pd.Series, total: np.ndarray, tolerance: np.ndarray, stage: str
) -> None:
    difference = column.fillna(0).to_numpy(dtype=np.int64) - total
    outcome = np.where(
        (np.abs(difference) <= tolerance) & (total != 0), "explains", np.where(difference < 0, "exceeds", "part")
    )
    result.loc[where, "outcome"] = outcome[where]
    result.loc[where, "stage"] = stage
    result.loc[where, "to_centavos"] = column[where]
