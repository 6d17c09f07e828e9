"""Access requests: those that an organisation keeps and those that a committee's resolutions name, when each is due, and its answer.

A request without a day has no due day, and what nobody said of it is null. Its links to an answer and to what it is about are declared by
whoever keeps the register: they join, and sum nothing. Counts per body and year are in `request_series`.
"""

import re

import numpy as np
import pandas as pd

from transforms.ledgers.due import ANSWER, EXTENSION, business_days_after
from transforms.ledgers.rows import dated, plain, row_id, rows_of
from warehouse.schema.ledgers import LINK
from warehouse.schema.oversight import REQUEST
from warehouse.schema.text import words

_FOLIO = re.compile(r"(?<!\d)\d{12,18}(?!\d)")  # of the platform: body, year, number
_FOLIO_GROUP = f"({_FOLIO.pattern})"
_RESOLUTIONS = (
    ("confidential", "confidencial"),
    ("reserved", r"\breserv(?:a|ad[ao])\b"),
    ("nonexistent", "inexisten"),
    ("answered", "respond|entreg"),
)
_STATES = {"confidential": "rejected", "reserved": "rejected", "nonexistent": "not_held"}
_IN_PART, _GIVEN = re.compile(r"\bparcial"), re.compile(r"\bentreg")
_REGISTER = (
    "folio", "government_id", "body", "subject", "asked_on", "answered_on", "extended", "resolution", "answer_sha256", "line_id",
)  # fmt: skip
_RECORDS = {
    "line": ("line", "line_id"),
    "contract": ("contract", "contract_id"),
    "document": ("document", "document_id"),
}


def requests(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The `core.request` frame, one row per folio and document that names it."""
    whole = pd.concat([_kept(records, documents), _named(records, documents)], ignore_index=True)
    if whole.empty:
        return REQUEST.frame()
    key = ["request_id", "document_id"]
    grouped = whole.groupby(key, sort=False)
    first = whole.drop_duplicates(key).set_index(key)
    first["mentions"] = grouped.size()
    first["extended"] = grouped["extended"].max()
    for name in ("resolution", "state"):
        first[name] = grouped[name].first()
    first = first.reset_index().assign(verified=False, reason="no_proof")
    first["answer_document_id"] = _answers(first, documents)
    first["due_on"] = business_days_after(first["asked_on"], ANSWER)
    first["extended_due_on"] = business_days_after(first["asked_on"], ANSWER + EXTENSION)
    return REQUEST.frame(first.reindex(columns=REQUEST.frame_columns))


def _kept(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows of registers that organisations keep; the government of a row is its own, or else that of the register."""
    rows = rows_of(records, "request", documents, _REGISTER)
    rows = rows[~plain(rows["folio"]).str.startswith("total").fillna(False).astype(bool)].reset_index(drop=True)
    rows = rows[rows[["folio", "subject"]].notna().any(axis=1)].reset_index(drop=True)
    number = rows["folio"].str.extract(_FOLIO_GROUP, expand=False)  # people write words beside it
    rows["folio"] = number.fillna(rows["folio"].str.strip()).fillna(row_id(rows))
    days = dated(rows, {"asked_on": "asked_on", "answered_on": "answered_on"})
    sense = rows["resolution"].map(words, na_action="ignore").astype("str")
    resolution = sense.map(_resolution, na_action="ignore").astype("str")
    return rows.drop(columns=["asked_on", "answered_on"]).join(days).assign(
        request_id=rows["folio"], extended=rows["extended"].map(words, na_action="ignore").map({"si": True, "no": False}).astype("boolean"),
        government_id=rows["government_id_x"].fillna(rows["government_id_y"]), resolution=resolution, about_id=rows["line_id"],
        answer_sha256=rows["answer_sha256"].str.strip().str.lower(), state=_state(sense, resolution, days["answered_on"]),
    )  # fmt: skip


def _state(sense: pd.Series, resolution: pd.Series, answered_on: pd.Series) -> pd.Series:
    """The state in Alaveteli's words, of what the register says: null is never made of nothing."""
    there = sense.notna().to_numpy(dtype=bool)
    in_part = sense.str.contains(_IN_PART).fillna(False).to_numpy(dtype=bool)
    given = sense.str.contains(_GIVEN).fillna(False).to_numpy(dtype=bool)
    answered = answered_on.notna().to_numpy(dtype=bool)
    refused = resolution.map(_STATES).astype("str")
    state = np.select(
        [in_part, refused.notna().to_numpy(dtype=bool), given, there | answered],
        ["partially_successful", refused.fillna("").to_numpy(dtype=object), "successful", "waiting_classification"],
        "waiting_response",
    )
    return pd.Series(state, sense.index, dtype="str")


def _named(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The folios in the words of resolutions, with what was proposed of each."""
    rows = rows_of(records, "resolution", documents, ("folio_text", "proposal", "body"))
    folios = rows["folio_text"].map(
        lambda text: list(dict.fromkeys(_FOLIO.findall(text))) if isinstance(text, str) else []
    )
    each = rows.assign(request_id=folios).explode("request_id")
    each = each[each["request_id"].notna()].reset_index(drop=True)
    proposal = each["proposal"].map(words, na_action="ignore").astype("str")
    extended = proposal.str.startswith("ampliacion").fillna(False)
    return each.assign(
        extended=pd.array(extended.where(extended, None), dtype="boolean"),
        resolution=proposal.map(_resolution, na_action="ignore"),
        asked_on=None,
        answer_sha256=None,
        state=None,
    ).drop(columns=["folio_text", "proposal"])


def _resolution(sense: str) -> str | None:
    return next((name for name, pattern in _RESOLUTIONS if re.search(pattern, sense)), None)


def _answers(rows: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """The document that is the answer: by the hash that the register declares, or by the folio that the document was obtained with."""
    if "sha256" not in documents:
        return pd.Series(None, rows.index, dtype="str")
    by_hash = documents.dropna(subset=["sha256"]).drop_duplicates("sha256").set_index("sha256")["document_id"]
    folios = documents["obtained_how"].str.extract(r"\(folio ([^)]+)\)", expand=False)
    by_folio = documents.assign(folio=folios).dropna(subset=["folio"]).drop_duplicates("folio").set_index("folio")
    declared = rows["answer_sha256"].map(by_hash).astype("str")
    return declared.fillna(rows["request_id"].map(by_folio["document_id"]).astype("str"))


def declared_links(rows: pd.DataFrame, core: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """`core.link` of requests to their answer and to the line, contract or document they are declared to be about."""
    answers = rows.loc[rows["answer_document_id"].notna(), ["request_id", "answer_document_id"]].drop_duplicates()
    pairs = [_links(answers["request_id"], "document", answers["answer_document_id"], "answer")]
    about = rows.loc[rows["about_id"].notna(), ["request_id", "about_id"]].drop_duplicates()
    for kind, (table, key) in _RECORDS.items():
        keys = core[table][key]
        mine = about[
            about["about_id"].isin(keys[keys.isin(about["about_id"])])
        ]  # of a million lines few are asked about
        pairs.append(_links(mine["request_id"], kind, mine["about_id"], "declared"))
    return LINK.frame(pd.concat(pairs, ignore_index=True).drop_duplicates("link_id"))


def _links(from_id: pd.Series, to_kind: str, to_id: pd.Series, rule: str) -> pd.DataFrame:
    return pd.DataFrame({
        "link_id": from_id.astype("str") + ">" + to_id.astype("str"), "from_kind": "request", "from_id": from_id,
        "to_kind": to_kind, "to_id": to_id, "rule": rule, "strength": "declared", "outcome": "no_amount",
    })  # fmt: skip
