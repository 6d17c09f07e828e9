"""`out.document_calendar`: what should be published, by a named rule, beside what a body's own list says it published, and when.

A list is taken at its word: a period that it lacks is `not_listed`. What no list here speaks of is `not_searched`, which is not absent. The terms
are in `due`.
"""

import itertools
import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from transforms.ledgers.due import PUBLISHED_WITHIN, days_after, obs_due
from transforms.ledgers.rows import plain
from warehouse.schema.answering import DOCUMENT_CALENDAR
from warehouse.schema.answering_terms import OBS_CLASSES

# Words of a name, in the order in which they are asked.
_CLASSES = (
    ("citizens_budget", r"presupuesto ciudadano|^citizens budget"),
    ("pre_budget_statement", r"criterios generales de politica|documento relativo al cumplimiento|^pre budget statement"),
    ("executive_proposal", r"(?:proyecto|iniciativa) de (?:ley|decreto|presupuesto)|paquete economico|^executive s budget proposal"),
    ("audit_report", r"informe (?:general|individual|de resultados?) de (?:la )?(?:auditoria|fiscalizacion|cuenta publica)|informe de auditoria|^audit report"),
    ("year_end_report", r"\bcuenta publica\b|^year end report"),
    ("mid_year_review", r"(?:revision|informe) (?:de medio ano|semestral)|^mid year review"),
    ("in_year_reports", r"avance de gestion|informe trimestral|^in year reports"),
    ("enacted_budget", r"presupuesto de egresos (?:aprobado|para el ejercicio)|decreto de presupuesto|^enacted budget"),
    ("ldf", r"\bldf\b|disciplina financiera"),
    ("egresos_objeto", r"egresos.*objeto"),
    ("egresos_administrativa", r"egresos.*a(?:d|)ministrativa"),
    ("egresos_economica", r"egresos.*(?:economica|tipo de gasto)"),
    ("egresos_funcional", r"egresos.*funcional"),
    ("gasto_programatico", r"categoria programatica"),
    ("ingresos", r"analitico de (?:los )?ingresos"),
    ("cambios_situacion", r"cambios en la situacion"),
    ("situacion_financiera", r"situacion financiera"),
    ("actividades", r"estado de actividades"),
    ("flujos", r"flujos? de efectivo"),
    ("hacienda_publica", r"variacion(?:es)? en la hacienda"),
    ("activo", r"analitico del activo"),
    ("pasivos_contingentes", r"pasivos contingentes"),
    ("endeudamiento", r"endeudamiento neto|intereses de la deuda"),
    ("deuda", r"\bdeuda\b"),
    ("notas", r"^notas\b"),
    ("indicadores", r"indicadores"),
    ("proyectos", r"proyectos de inversion"),
)  # fmt: skip
_BY_NAME = (
    "ldf",
    "other",
    "endeudamiento",
    "indicadores",
)  # classes that hold several documents: each is followed by its name
# The documents of the catalogue that are one of the survey.
_KINDS = {
    "ley": "enacted_budget",
    "proyecto": "executive_proposal",
    "cuenta_publica": "year_end_report",
    "informe": "in_year_reports",
}
# What the survey finds of a document, as the state that follows.
_FOUND = {
    "published": "on_time",
    "late": "late",
    "hard_copy": "not_public",
    "internal": "not_public",
    "not_produced": "not_public",
}
_GOVERNMENT = re.compile(
    r"\d{2}(?:\d{3})?"
)  # INEGI's keys of states and municipalities: a body has no budget proposal of its own
_PRINTED_END = re.compile(r"period_end: \d{1,2}\W+(\d{1,2})\W+(\d{4})\b")
_SLOT = ["government_id", "body", "document_class", "followed", "period"]


def document_calendar(publications: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `out.document_calendar` frame. `publications` as `core.publication`, `documents` as `core.document`; nothing without a list."""
    current = documents[documents["superseded_by"].isna()]
    rows = publications[publications["document_id"].isin(current["document_id"])].reset_index(drop=True)
    if rows.empty:
        return DOCUMENT_CALENDAR.frame()
    listed = _listed(_classed(rows), current)
    surveyed = _surveyed(rows, current).reindex(columns=listed.columns)
    gaps = pd.DataFrame(_not_listed(listed), columns=listed.columns)
    survey = pd.DataFrame(_survey(listed, current), columns=listed.columns)
    whole = pd.concat([listed, surveyed, gaps, survey], ignore_index=True)
    texts = whole[_SLOT].astype("str").fillna("-")
    whole["calendar_id"] = texts[_SLOT[0]].str.cat([texts[name] for name in _SLOT[1:]], ":")
    whole = whole.sort_values(["government_id", "rule", "document_class", "calendar_id"], ignore_index=True)
    return DOCUMENT_CALENDAR.frame(whole.reindex(columns=DOCUMENT_CALENDAR.frame_columns))


def _classed(rows: pd.DataFrame) -> pd.DataFrame:
    """Each publication with its class, the month that its period ends in, and whether its days exist; without a period it is left out."""
    names = plain(rows["document_name"])
    of_name = {name: _class(name) for name in names.dropna().unique()}
    classes = names.map(of_name).fillna("other")
    ends = pd.to_datetime(rows["period_end"])
    printed = rows["date_text"].str.extract(_PRINTED_END)
    month = pd.to_numeric(printed[0], errors="coerce")
    by_text = printed[1].astype("str") + "-" + month.astype("Int64").astype("str").str.zfill(2)
    period = ends.dt.strftime("%Y-%m").astype("str").fillna(by_text.where(month.between(1, 12)))
    starts = pd.to_datetime(rows["period_start"])
    classed = rows.assign(
        document_class=classes,
        followed=names.where(classes.isin(_BY_NAME), "-"),
        period=period,
        months=(ends.dt.year - starts.dt.year) * 12 + ends.dt.month - starts.dt.month + 1,
        impossible=rows["date_text"].str.contains("impossible").eq(True).to_numpy(dtype=bool),
    )
    return classed[classed["period"].notna()]


def _class(name: str) -> str:
    return next((name_of for name_of, pattern in _CLASSES if re.search(pattern, name)), "other")


def _listed(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """One row per slot: the earliest day that the list gives for it, and what follows from it under its rule."""
    ordered = rows.sort_values(["published_on", "publication_id"], kind="stable", na_position="last")
    grouped = ordered.groupby(_SLOT, dropna=False, sort=False)
    slots = grouped.agg(
        document_name=("document_name", "first"),
        period_end=("period_end", "first"),
        published_on=("published_on", "first"),
        impossible=("impossible", "all"),
        publications=("publication_id", "size"),
        document_ids=("document_id", lambda ids: ";".join(dict.fromkeys(ids))),
    ).reset_index()
    year = pd.to_numeric(slots["period"].str[:4]).astype("Int64")
    is_obs = slots["document_class"].isin(OBS_CLASSES)
    due = days_after(slots["period_end"], PUBLISHED_WITHIN)
    obs = [obs_due(*key) for key in zip(slots["document_class"], year, strict=True)]
    slots["due_on"] = due.where(~is_obs, pd.array(obs, dtype=due.dtype))
    late = (pd.to_datetime(slots["published_on"]) - pd.to_datetime(slots["due_on"])).dt.days.astype("Int64")
    states = _states(slots, late)
    citable = set(documents.loc[documents["citable"].eq(True), "document_id"])
    source = slots["document_ids"].str.split(";").map(citable.issuperset).astype(bool)
    return slots.assign(
        fiscal_year=year, rule=np.where(is_obs, "obs", "lgcg_58"), days_late=late, **states,
        citable=source & states["refusals"].isna(),
    )  # fmt: skip


def _surveyed(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """What the survey itself found of the documents of a government here: one row per document and edition."""
    mine = rows[rows["government_id"].notna() & rows["edition"].notna() & rows["availability"].notna()]
    classes = plain(mine["document_name"]).map(_class, na_action="ignore").astype("str")
    mine = mine.assign(document_class=classes)[classes.isin(OBS_CLASSES)]
    citable = set(documents.loc[documents["citable"].eq(True), "document_id"])
    findings = pd.DataFrame({
        **{name: mine[name] for name in ("government_id", "body", "document_class", "document_name", "period_end", "published_on")},
        "followed": "-", "period": mine["edition"].astype("str"), "fiscal_year": mine["edition"], "rule": "obs", "publications": 1,
        "state": mine["availability"].map(_FOUND).astype("str"), "document_ids": mine["document_id"], "caveats": "survey_edition",
        "citable": mine["document_id"].isin(citable),
    })  # fmt: skip
    return findings.drop_duplicates(_SLOT)


def _states(slots: pd.DataFrame, late: pd.Series) -> dict[str, pd.Series]:
    impossible, undated = slots["impossible"], slots["published_on"].isna()
    unmeasured = ~impossible & ~undated & late.isna()
    state = np.select(
        [impossible, undated | unmeasured, late.le(0).fillna(False)], ["impossible_date", "undated", "on_time"], "late"
    )
    refusals = np.select([impossible, undated | unmeasured], ["impossible_date", "date_unknown"], "")
    caveats = np.select([unmeasured, ~undated], ["clock_unknown", "update_day"], "")
    texts = {"state": state, "refusals": refusals, "caveats": caveats}
    return {name: pd.Series(text, slots.index, dtype="str").where(text != "") for name, text in texts.items()}


def _not_listed(listed: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The months that a list lacks between the first and the last of a document that it has nearly every month."""
    monthly = listed[listed["rule"].eq("lgcg_58")]
    for key, slot in monthly.groupby(_SLOT[:4], dropna=False, sort=False):
        months = pd.PeriodIndex(slot["period"], freq="M")
        span = pd.period_range(months.min(), months.max(), freq="M")
        step = _step(months)
        due = [month for month in span if (month - months.min()).n % step == 0]
        for month in due:
            if month not in months:
                ends = month.end_time.date()
                yield {
                    **dict(zip(_SLOT, key, strict=False)), "document_name": slot["document_name"].iloc[0], "period": str(month),
                    "fiscal_year": month.year, "rule": "lgcg_58", "due_on": ends + pd.Timedelta(days=PUBLISHED_WITHIN).to_pytimedelta(),
                    "state": "not_listed", "publications": 0, "document_ids": slot["document_ids"].iloc[0],
                    "refusals": "not_searched", "citable": False,
                }  # fmt: skip


def _step(months: pd.PeriodIndex) -> int:
    """Months from one period of a document to the next, most often; a document seen once has no next."""
    ordered = sorted(set(months))
    steps = pd.Series([(later - earlier).n for earlier, later in itertools.pairwise(ordered)])
    return int(steps.mode().iloc[0]) if len(steps) else 1


def _survey(listed: pd.DataFrame, documents: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The eight documents of the survey that no list speaks of, for each state or municipality and year that has a list."""
    there = {
        (row.government_id, _KINDS[row.kind], row.fiscal_year): row.document_id
        for row in documents.dropna(subset=["fiscal_year"]).itertuples()
        if "kind" in documents and row.kind in _KINDS
    }
    spoken = set(zip(listed["government_id"], listed["document_class"], listed["fiscal_year"], strict=True))
    for government, year in listed[["government_id", "fiscal_year"]].drop_duplicates().itertuples(index=False):
        for name in OBS_CLASSES if _GOVERNMENT.fullmatch(str(government)) else ():
            if (government, name, year) in spoken:
                continue
            document, due = there.get((government, name, year)), obs_due(name, year)
            yield {
                "government_id": government, "document_class": name, "followed": "-", "period": str(year), "fiscal_year": year, "rule": "obs",
                "due_on": due, "state": "undated" if document else "not_searched", "document_ids": document,
                "refusals": "date_unknown" if document else "not_searched",
                "caveats": None if due else "clock_unknown", "citable": False,
            }  # fmt: skip
