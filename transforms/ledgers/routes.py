"""`core.transfer` and `out.money_route`: what a government says it gave, what the receivers say they got, and how many of them said it.

Lines of budgets come before ledgers, which may be derived by others: those are a cross-check and never cited. No gap is computed where
fewer than nine in ten receivers say what they got.
"""

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
import pandas as pd

from transforms.ledgers.rows import rows_of
from transforms.ledgers.trace import amounts_of
from transforms.ledgers.typed import money
from warehouse.schema.ledger_views import MONEY_ROUTE
from warehouse.schema.oversight import TRANSFER
from warehouse.schema.text import words

Frames = dict[str, pd.DataFrame]
COVERED = 0.9  # of the receivers (LEDGERS, out.money_route)
_FUNDS = ("participaciones", "aportaciones", "fais", "fortamun")
_FIELDS = ("municipality_key", "state_key", "year", "level", "chapter", "concept", "amount", *_FUNDS)
_GIVER_CODES = {"81": "participaciones", "83": "aportaciones"}  # CONAC, Clasificador por Objeto del Gasto, chapter 8000
_STAGES = ("devengado", "ejercido", "recaudado", "pagado")  # what was given, not what was meant to be
_WORKS = "6"
_KEY = ["government_id", "fiscal_year", "fund"]


def transfers(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.transfer` frame: per row of a municipality what it received, per row of a state what it gave."""
    rows = rows_of(records, "transfer", documents, _FIELDS)
    if rows.empty:
        return TRANSFER.frame()
    municipality = _keys(rows["municipality_key"], 5)
    state = _keys(rows["state_key"], 2)
    year = pd.to_numeric(rows["year"], errors="coerce").astype("Int64").fillna(rows["fiscal_year"])
    rows = rows.assign(
        government_id=municipality.fillna(state).fillna(rows["government_id"]),
        fiscal_year=year,
        side=np.where(municipality.notna(), "received", "gave"),
    )
    by_concept = pd.Series(
        [_fund_of_row(*texts) for texts in rows[["level", "chapter", "concept"]].fillna("").itertuples(index=False)],
        rows.index,
    ).astype("str")
    parts = [rows.assign(fund=by_concept, text=rows["amount"])[by_concept.notna()]]
    parts += [rows.assign(fund=fund, text=rows[fund])[rows[fund].notna()] for fund in _FUNDS]
    whole = pd.concat(parts, ignore_index=True)
    amount, problem = money(whole["text"])
    typed = whole.assign(
        transfer_id=whole["document_id"].astype("str") + ":" + whole["record"].astype("str") + ":" + whole["fund"].astype("str"),
        amount_centavos=amount, derived=True, verified=False,
        reason=np.where(amount.isna(), np.where(problem.eq("unreadable"), "unreadable", "no_amount"), "no_proof"),
    )  # fmt: skip
    return TRANSFER.frame(typed.reindex(columns=TRANSFER.frame_columns))


def _keys(texts: pd.Series, length: int) -> pd.Series:
    """Keys of INEGI with the zeros that a spreadsheet takes away."""
    digits = texts.str.extract(r"^\s*(\d{1,5})(?:\.0)?\s*$", expand=False)
    return digits.str.zfill(length).where(digits.str.len().le(length).fillna(False))


def _fund_of_row(level: str, chapter: str, concept: str) -> str | None:
    """The fund of a row that says chapter and concept, each level in a row of its own."""
    level, chapter = words(level), words(chapter)
    if level.startswith("concepto") and chapter.startswith("recursos asignados a municipios"):
        return _fund_of(concept)
    return "obra" if level.startswith("capitulo") and chapter == "inversion publica" else None


def _fund_of(concept: str) -> str | None:
    plain = words(concept)
    return next((fund for fund in ("participaciones", "aportaciones") if plain.startswith(fund)), None)


def money_route(core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The `out.money_route` frame, of government, document, line, amount, transfer and work of `core`."""
    lines = _lines(core)
    parts = [*_municipal(core, lines), *_works(core, lines)]
    if not parts:
        return MONEY_ROUTE.frame()
    whole = pd.concat(parts, ignore_index=True)
    key = [whole[name].astype("str") for name in ("government_id", "fiscal_year", "leg", "fund")]
    refused = whole["refusals"].replace("", None).astype("str")
    gap = (whole["receivers_say_centavos"] - whole["giver_says_centavos"]).where(refused.isna())
    return MONEY_ROUTE.frame(
        whole.assign(
            route_id=key[0] + ":" + key[1] + ":" + key[2] + ":" + key[3], refusals=refused, gap_centavos=gap,
            caveats=whole["caveats"].replace("", None).astype("str"), citable=whole["citable"] & refused.isna(),
        )
        .sort_values("route_id", ignore_index=True)
        .reindex(columns=MONEY_ROUTE.frame_columns)
    )  # fmt: skip


def _municipal(core: Mapping[str, pd.DataFrame], lines: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """From states to their municipalities, by fund."""
    governments = core["government"]
    parent = governments[governments["level"].eq("municipality")].set_index("government_id")["parent_id"]
    levels = governments.set_index("government_id")["level"]
    level, of_income = lines["government_id"].map(levels), lines["classification"].eq("income")
    transfer = core["transfer"][core["transfer"]["fund"].ne("obra")]
    giver = _first(lines[level.eq("state") & ~of_income & lines["fund"].notna()], transfer, "gave")
    receivers = _first(lines[level.eq("municipality") & of_income & lines["fund"].notna()], transfer, "received")
    receivers = receivers.assign(
        receiver=receivers["government_id"], government_id=receivers["government_id"].map(parent)
    )
    receivers = receivers[receivers["government_id"].notna()]
    if giver.empty and receivers.empty:
        return
    sums = receivers.groupby(_KEY).agg(
        receivers_say_centavos=("amount_centavos", "sum"), reported=("receiver", "nunique"), got_derived=("derived", "any"),
        got_citable=("citable", "all"), receiver_document_ids=("document_id", _joined),
    )  # fmt: skip
    gave = giver.rename(
        columns={"amount_centavos": "giver_says_centavos", "document_id": "giver_document_ids", "derived": "gave_derived", "citable": "gave_citable"}
    )  # fmt: skip
    whole = gave.merge(sums.reset_index(), on=_KEY, how="outer")
    whole["expected"] = whole["government_id"].map(parent.value_counts()).astype("Int64")
    whole["reported"] = whole["reported"].fillna(0).astype("Int64")
    whole["coverage"] = whole["reported"].astype("Float64") / whole["expected"].astype("Float64")
    yield _judged(whole).assign(leg="state_to_municipalities")


def _judged(whole: pd.DataFrame) -> pd.DataFrame:
    def true(name: str) -> pd.Series:
        return whole[name].fillna(False).astype(bool)

    derived = true("gave_derived") | true("got_derived")
    missing = whole["reported"].lt(whole["expected"]).fillna(True) & whole["reported"].gt(0)
    codes = {
        "refusals": {
            "giver_absent": whole["giver_says_centavos"].isna(),
            "receiver_absent": whole["reported"].eq(0),
            "coverage_low": whole["reported"].gt(0) & whole["coverage"].lt(COVERED).fillna(True),
        },
        "caveats": {"derived": derived, "receivers_missing": missing},
    }
    joined = {
        name: pd.Series(
            [";".join(code for code, holds in each.items() if holds[at]) for at in whole.index], whole.index
        )
        for name, each in codes.items()
    }
    return whole.assign(**joined, citable=true("gave_citable") & true("got_citable") & ~derived)


def _works(core: Mapping[str, pd.DataFrame], lines: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """From the spending on works to the list of works of the same government and year."""
    spent = _first(
        lines[lines["object_code"].eq(_WORKS)].assign(fund="obra"), core["transfer"].query("fund == 'obra'"), "gave"
    )
    if spent.empty:
        return
    listed = core["work"][core["work"]["year_kind"].eq("annual")]
    sums = listed.groupby(["government_id", "fiscal_year"]).agg(
        receivers_say_centavos=("exercised_centavos", "sum"), reported=("work_id", "size"), receiver_document_ids=("document_id", _joined)
    )  # fmt: skip
    whole = spent.rename(columns={"amount_centavos": "giver_says_centavos", "document_id": "giver_document_ids"}).merge(
        sums.reset_index(), on=["government_id", "fiscal_year"], how="left"
    )
    absent = whole["reported"].isna()
    yield whole.assign(
        leg="spending_to_works", refusals=np.where(absent, "no_works_list", ""), caveats=np.where(whole["derived"], "derived", ""),
        expected=pd.NA, coverage=pd.NA,
    )  # fmt: skip


def _lines(core: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The lines of whole years of current documents that are of chapter 6000 or have a fund, with what was spent or collected."""
    documents = core["document"]
    whole_year = documents["period_end"].map(_is_last, na_action="ignore").ne(False) & documents["period_start"].map(
        _is_first, na_action="ignore"
    ).ne(False)
    current = documents[documents["superseded_by"].isna() & whole_year].set_index("document_id")["citable"]
    lines = core["line"][core["line"]["classification"].isin(["object", "income"])]
    lines = lines[lines["document_id"].isin(current.index)]
    fund = lines["object_code"].map(_GIVER_CODES)
    by_name = lines["name"].map(_fund_of, na_action="ignore").where(lines["object_code"].isna()).astype("str")
    mine = lines[["line_id", "document_id", "government_id", "fiscal_year", "object_code", "classification"]].assign(
        fund=fund.astype("str").fillna(by_name)
    )
    mine = mine[mine["fund"].notna() | mine["object_code"].eq(_WORKS)]
    amounts = amounts_of(core["amount"], mine, _STAGES).rename(columns={"stage": "of_stage"})
    return mine.merge(amounts, on="line_id").assign(
        citable=lambda frame: (
            frame["document_id"].map(current).fillna(False).astype(bool) & frame["verified"].astype(bool)
        )
    )


def _is_first(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _is_last(day: date) -> bool:
    return (day.month, day.day) == (12, 31)


def _first(lines: pd.DataFrame, ledger: pd.DataFrame, side: str) -> pd.DataFrame:
    """One amount per government, year and fund: of a budget that may be cited, else of any, else of a ledger."""
    columns = [*_KEY, "document_id", "amount_centavos", "citable", "derived"]
    of_side = ledger[ledger["side"].eq(side) & ledger["amount_centavos"].notna()].assign(citable=False)
    ranked = lines.assign(derived=False).sort_values(["citable", "document_id"], ascending=[False, True], kind="stable")
    whole = pd.concat([ranked[columns], of_side[columns]], ignore_index=True)
    return whole.dropna(subset=_KEY).drop_duplicates(_KEY)


def _joined(ids: pd.Series) -> str:
    return ";".join(sorted(set(ids)))
