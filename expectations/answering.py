"""What must hold of requests, publications, commitments and governments side by side: due days by their rule, nothing computed over what is missing.

That nothing of persons is published in them is checked with the other ledgers, in `ledgers`.
"""

import pandas as pd

from expectations.spec import Promise, TableFrames

PROMISE = Promise()


@PROMISE.rule(
    "request_due_by_its_rule",
    "core.request",
    "ERROR",
    "A request is due by the law after the day it was asked, and not where that day is not known; an extended term ends later (P1).",
    "Una solicitud vence según la ley después del día en que se pidió, y no vence si ese día no consta; el plazo ampliado termina después (P1).",
)
def _due_otherwise(frames: TableFrames) -> pd.DataFrame:
    requests = frames["core.request"]
    broken = requests["asked_on"].isna() != requests["due_on"].isna()
    broken |= (requests["due_on"] <= requests["asked_on"]).fillna(False).astype(bool)
    broken |= (requests["extended_due_on"] <= requests["due_on"]).fillna(False).astype(bool)
    return requests.loc[broken, ["request_id", "document_id", "asked_on", "due_on", "extended_due_on"]]


@PROMISE.rule(
    "request_series_counts_what_is_known",
    "out.request_series",
    "ERROR",
    "A year without requests has no number, and no state counts more overdue or answered than it has (P1).",
    "Un año sin solicitudes no tiene número, y ningún estado cuenta más vencidas ni respondidas que las que tiene (P1).",
)
def _counted_otherwise(frames: TableFrames) -> pd.DataFrame:
    series = frames["out.request_series"]
    missing = series["refusals"].fillna("").str.contains("year_missing")
    broken = missing != series["requests"].isna()
    for name in ("overdue", "answered"):
        broken |= series[name].gt(series["requests"]).fillna(False).astype(bool)
    return series.loc[broken, ["series_id", "requests", "overdue", "answered", "refusals"]]


@PROMISE.rule(
    "calendar_state_is_of_its_days",
    "out.document_calendar",
    "ERROR",
    "A document is late only where both days are known and the later one is past the term, and what nobody searched has no day (P1).",
    "Un documento está tarde solo si constan ambos días y el segundo pasa del plazo, y lo que nadie buscó no tiene día (P1).",
)
def _stated_otherwise(frames: TableFrames) -> pd.DataFrame:
    calendar = frames["out.document_calendar"]
    late = calendar["days_late"].gt(0).fillna(False).astype(bool)
    broken = calendar["state"].eq("late") & ~late
    broken |= calendar["state"].eq("on_time") & (late | calendar["days_late"].isna())
    broken |= calendar["state"].isin(["not_searched", "not_listed"]) & calendar["published_on"].notna()
    return calendar.loc[broken, ["calendar_id", "due_on", "published_on", "days_late", "state"]]


@PROMISE.rule(
    "progress_over_all_commitments",
    "out.commitment_status",
    "ERROR",
    "A plan has a progress only where every commitment of it was assessed (P5).",
    "Un plan tiene avance solo si se midieron todos sus compromisos (P5).",
)
def _averaged_over_some(frames: TableFrames) -> pd.DataFrame:
    status = frames["out.commitment_status"]
    partly = status["assessed"].ne(status["commitments"]) | status["refusals"].notna()
    broken = status["progress"].notna() & partly.fillna(True).astype(bool)
    return status.loc[broken, ["plan", "commitment_id", "commitments", "assessed", "progress"]]


@PROMISE.rule(
    "beside_only_what_compares",
    "out.beside",
    "ERROR",
    "What is refused has no number per inhabitant, and a number has CONAPO's population of its government and year under it (P5).",
    "Lo que se rechaza no tiene número por habitante, y cada número tiene debajo la población del CONAPO de su gobierno y ejercicio (P5).",
)
def _beside_though_refused(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.beside"]
    has_number = rows["per_inhabitant_centavos"].notna()
    broken = (
        has_number & (rows["refusals"].notna() | rows["inhabitants"].isna()) | rows["citable"].eq(True) & ~has_number
    )
    return rows.loc[broken, ["government_id", "fiscal_year", "concept", "per_inhabitant_centavos", "refusals"]]
