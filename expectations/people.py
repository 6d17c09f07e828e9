"""Promise P7, people: our own words accuse nobody, and no label carries the personal data of anyone."""

import re

import pandas as pd

from expectations.spec import Promise, TableFrames, key_columns
from warehouse.schema import OUT, TABLES, TEXT
from warehouse.schema.personal import PERSONAL

PROMISE = Promise()

# P7. Stems with word boundaries: "Sistema Anticorrupción" is the name of a body, and stays citable. The English
# words for the same are refused too; "corrupt" alone is not, as files can be.
FORBIDDEN = re.compile(r"\b(?:fraud|sospech|suspici|corrupci[oó]n|corruption|corrupt[oa]s?\b)", re.IGNORECASE)

# What the sources print or others are called, quoted as it stands, and identifiers. All other text is ours.
QUOTED = frozenset({
    "label", "name", "path", "header", "source_text", "administrative_name", "government", "page", "printed_page",
    "place", "words", "object_code", "function_code", "programme_code", "line_id", "document_id", "government_id",
    "health_line_ids", "events_line_ids", "advertising_line_ids", "from_line_ids", "to_line_ids", "from_less_line_ids", "to_less_line_ids", "x_less_line_ids", "y_less_line_ids", "object_line_ids",
    "function_line_ids", "administrative_line_ids", "bodies_list", "document_id_b", "line_id_b", "page_b", "from_document_id",
    "to_document_id", "object_document_id", "function_document_id", "administrative_document_id",
    "before", "after", "address", "portal_id", "class_id", "series_class", "from_class", "to_class",
})  # fmt: skip
PRINTED = (("core.document", "title"), ("core.table", "title"), ("core.line", "label"), ("core.line", "name"))
_QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|‘[^’]*’")


def authored_columns(table: str) -> list[str]:
    """The text columns of a table in which we speak: not quoted, not closed vocabulary."""
    return [c.frame_name for c in TABLES[table].columns if c.type is TEXT and not c.values and c.name not in QUOTED]


def _require_no_accusation(table: str) -> None:
    columns = authored_columns(table)

    @PROMISE.rule(
        f"{table.replace('.', '_')}_accuses_nobody",
        table,
        "ERROR",
        "Our own words accuse nobody: lines and public bodies are named, and intentions are not (P7). Quoted sources are exempt.",
        "Nuestras palabras no acusan a nadie: se nombran líneas y entes públicos, no intenciones (P7). Lo citado de las fuentes queda exento.",
        reads=tuple(dict.fromkeys(source for source, _ in PRINTED)),
    )
    def find_accusations(frames: TableFrames) -> pd.DataFrame:
        """Rows in which our own text has a forbidden word.

        What stands between quotation marks is a source's, and so is what a source prints as a label or title. The rows
        name the columns and do not repeat the text: the report of the checks is an output too.
        """
        frame = frames[table]
        # A column repeats few texts many times.
        suspects = {
            name: [text for text in frame[name].dropna().unique() if FORBIDDEN.search(text)] for name in columns
        }
        printed = _printed_with_forbidden_words(frames) if any(suspects.values()) else []
        guilty_columns = pd.Series("", index=frame.index)
        for column, texts in suspects.items():
            if guilty := [text for text in texts if _is_guilty(text, printed)]:
                guilty_columns[frame[column].isin(guilty)] += f"{column} "
        is_guilty = guilty_columns.ne("")
        return frame.loc[is_guilty, key_columns(table)].assign(columns=guilty_columns[is_guilty].str.strip())


def _is_guilty(text: str, printed: list[str]) -> bool:
    for quoted in printed:
        text = text.replace(quoted, " ")
    return bool(FORBIDDEN.search(_QUOTATION.sub(" ", text)))


def _printed_with_forbidden_words(frames: TableFrames) -> list[str]:
    """Labels and titles of the sources that have such a word, the longest first."""
    texts = [frames[table][column].drop_duplicates() for table, column in PRINTED]
    every = pd.concat(texts).dropna().drop_duplicates()
    return sorted(every[every.str.contains(FORBIDDEN)], key=len, reverse=True)


def _require_no_personal_data(table: str) -> None:
    @PROMISE.rule(
        f"{table.replace('.', '_')}_no_personal_data",
        table,
        "ERROR",
        "No label carries a CURP, the RFC of a person, an e-mail address or a telephone number: personal data is withheld at ingest (P7).",
        "Ninguna etiqueta lleva una CURP, el RFC de una persona, un correo ni un teléfono: los datos personales no pasan de la lectura (P7).",
    )
    def find_personal_data(frames: TableFrames) -> pd.DataFrame:
        """Rows whose label carries a personal key, an address or a telephone. The label is not repeated, as above."""
        frame = frames[table]
        labels = frame["label"].drop_duplicates().dropna()
        guilty = labels[labels.str.contains(PERSONAL, regex=True)]
        return frame.loc[frame["label"].isin(guilty), [*key_columns(table), *(["page"] if "page" in frame else [])]]


for _table in OUT:
    if _table.name != "out.check" and authored_columns(_table.name):
        _require_no_accusation(_table.name)
    if "label" in _table.by_name:
        _require_no_personal_data(_table.name)
