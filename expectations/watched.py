"""What the watched pages list is still there: a document that a portal took down is news, and the copy that was kept is the proof."""

import pandas as pd

from expectations.spec import Promise, TableFrames, key_columns

PROMISE = Promise()


@PROMISE.rule(
    "watched_documents_are_there",
    "out.watched_document",
    "WARN",
    "What a watched page listed is still listed, and its address still gives it.",
    "Lo que una página vigilada enlistó sigue en ella, y su dirección lo sigue dando.",
)
def _gone(frames: TableFrames) -> pd.DataFrame:
    """Documents whose address no longer gives them, or that their page no longer lists."""
    rows = frames["out.watched_document"]
    gone = rows["status"].isin(["vanished", "unlisted"])
    return rows.loc[gone, [*key_columns("out.watched_document"), "status", "last_seen_on"]]


@PROMISE.rule(
    "what_waits_is_not_published",
    "out.watched_document",
    "ERROR",
    "A document that waits for a person, or that a person took out, is none of the edition.",
    "Un documento por confirmar, o que una persona retiró, no está en la edición.",
    reads=("core.document",),
)
def _published_unasked(frames: TableFrames) -> pd.DataFrame:
    """Links that wait or were discarded, and name a document of the edition."""
    rows = frames["out.watched_document"]
    aside = rows["status"].isin(["waiting", "discarded"])
    there = rows["document_id"].isin(frames["core.document"]["document_id"])
    return rows.loc[aside & there, [*key_columns("out.watched_document"), "status", "document_id"]]
