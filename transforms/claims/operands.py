"""The operands of a claim, measured: lines named one by one, or a basket of governments in a year and stage.

A sum with a missing operand is no sum: it is null, with the reason. Nothing is taken from a secondary dataset unless the
operand asks for one. A named line whose document was replaced is looked for in the newest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

import pandas as pd
from pydantic import BeforeValidator, model_validator

from transforms.definitions import GovernmentKey, number
from transforms.measure.coded import plain
from transforms.measure.refusals import true
from warehouse.schema.declaration import RuleError, Strict, takes
from warehouse.schema.vocabulary import DOCUMENT_KINDS, STAGES

# Refusals of a comparison that also speak of one of its operands by itself.
_OF_ONE = ("health_near_zero", "different_unit", "perimeter_jump")


class Operand(Strict):
    """`lines` of documents, or a `basket` of `governments` (their ids, or `states` for all 32); added or subtracted."""

    sign: Annotated[Literal[1, -1], BeforeValidator(number)] = takes(
        "1 if it is added, -1 if it is subtracted", "1 si se suma, -1 si se resta", 1
    )
    stage: str = takes("a stage, such as devengado", "un momento, como devengado")
    lines: tuple[str, ...] = takes(
        "a list of lines, as linea_id in es.linea", "una lista de líneas, como linea_id en es.linea", ()
    )
    basket: Literal["health", "events", "advertising"] | None = None
    governments: Annotated[
        tuple[GovernmentKey, ...] | Literal["states"],
        takes('a list of keys, such as ["26"], or states', 'una lista de claves, como ["26"], o states'),
    ] = ()
    year: int | None = takes("the year, such as 2024", "el ejercicio, como 2024", None, ge=1980, le=2100)
    kind: str | None = takes(
        "the kind of document, such as cuenta_publica", "el tipo de documento, como cuenta_publica", None
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.lines) == bool(self.basket):
            raise RuleError(
                "give lines (their ids) or basket, one of the two",
                "dé lines (identificadores de línea) o basket (canasta), una de las dos",
            )
        if self.basket and (not self.governments or self.year is None):
            raise RuleError(
                "with basket, also give governments (keys, or states) and year",
                "con basket dé también governments (claves, o states) y year",
            )
        if self.stage not in STAGES:
            raise RuleError(f"stage: one of {', '.join(STAGES)}", f"stage: uno de {', '.join(STAGES)}")
        if self.kind is not None and self.kind not in DOCUMENT_KINDS:
            raise RuleError(f"kind: one of {', '.join(DOCUMENT_KINDS)}", f"kind: uno de {', '.join(DOCUMENT_KINDS)}")
        return self


@dataclass(frozen=True)
class Part:
    """One operand and its centavos; null where a line or a government is missing."""

    operand: Operand
    centavos: int | None
    count: int


@dataclass(frozen=True)
class Measured:
    """All operands: their signed sum, what it stands on, and why it is not to be published, if so.

    `followed` are the documents that were named and the newer ones that the lines were found in.
    """

    centavos: int | None
    parts: tuple[Part, ...]
    lines: pd.DataFrame
    verified: bool
    citable: bool
    refusals: tuple[str, ...]
    followed: tuple[tuple[str, str], ...]


def measure(
    operands: Sequence[Operand], versus: pd.DataFrame, line_all: pd.DataFrame, states: list[str]
) -> Measured | None:
    """The signed sum of the operands; None where the claim has none.

    `versus` has the `kind` of its documents and the `health_measure` of the rule that measured health, `line_all` the `newest` version of each document.
    """
    if not operands:
        return None
    found = [_lines(operand, line_all) if operand.lines else _basket(operand, versus, states) for operand in operands]
    named = plain(line_all[line_all["line_id"].isin([line for operand in operands for line in operand.lines])])
    replaced = named.loc[named["newest"] != named["document_id"], ["document_id", "newest"]].drop_duplicates()
    missing = any(part.centavos is None for part, _, _ in found)
    rows = pd.concat([rows.assign(sign=part.operand.sign) for part, rows, _ in found], ignore_index=True)
    verified, citable = bool(rows["verified"].all()) and not missing, bool(rows["citable"].all()) and not missing
    refusals = [code for _, _, codes in found for code in codes]
    refusals += [] if verified or missing else ["unverified_operand"]
    refusals += [] if citable or missing else ["not_citable"]
    total = None if missing else sum(part.operand.sign * (part.centavos or 0) for part, _, _ in found)
    return Measured(
        total,
        tuple(part for part, _, _ in found),
        rows[["line_id", "stage", "sign"]],
        verified,
        citable,
        tuple(dict.fromkeys(refusals)),
        tuple(replaced.itertuples(index=False, name=None)) if "superseded_document" not in refusals else (),
    )


Found = tuple[Part, pd.DataFrame, list[str]]


def _lines(operand: Operand, line_all: pd.DataFrame) -> Found:
    rows = plain(line_all[line_all["line_id"].isin(operand.lines) & (line_all["stage"] == operand.stage)])
    named = set(rows.loc[rows["amount_centavos"].notna(), "line_id"])
    old = rows["newest"] != rows["document_id"]
    if old.any():
        parts = [rows[~old], *(_in_newest(row, line_all) for row in rows[old].to_dict("records"))]
        if any(part is None for part in parts):
            return Part(operand, None, len(rows)), rows[_KEPT], ["superseded_document"]
        rows = pd.concat(parts, ignore_index=True)
    complete = named == set(operand.lines) and rows["amount_centavos"].notna().all()
    if not complete or rows["line_id"].duplicated().any():
        return Part(operand, None, len(rows)), rows[_KEPT], ["no_document"]
    return Part(operand, int(rows["amount_centavos"].sum()), len(rows)), rows[_KEPT], []


_SAME_LINE = ["stage", "fiscal_year", "government_id", "label", "path", "row_kind", "classification"]


def _in_newest(row: dict[str, Any], line_all: pd.DataFrame) -> pd.DataFrame | None:
    """The one line of the newest document that is printed as this one is; None where none is, or more than one."""
    found = plain(line_all[(line_all["document_id"] == row["newest"]) & (line_all["label"] == row["label"])])
    for name in _SAME_LINE:
        same = found[name].isna() if pd.isna(row[name]) else true(found[name] == row[name])
        found = found[same]
    if len(found) > 1:  # the same line in several views: the one of the same table
        found = found[found["line_id"].str.split(":").str[-2] == row["line_id"].split(":")[-2]]
    return found if len(found) == 1 else None


_KEPT = ["line_id", "stage", "verified", "citable"]


def _basket(operand: Operand, versus: pd.DataFrame, states: list[str]) -> Found:
    column, lines = f"{operand.basket}_centavos", f"{operand.basket}_line_ids"
    wanted = states if operand.governments == "states" else list(operand.governments)
    of_kind = versus["kind"] == operand.kind if operand.kind else versus["kind"] != "secundaria"
    there = versus[of_kind & (versus["fiscal_year"] == operand.year) & (versus["stage"] == operand.stage)]
    there = there[there["government_id"].isin(wanted) & there[column].notna()]
    if operand.basket == "health":  # by function in one table and by body in another: the better measure speaks
        best = there.groupby("government_id")["health_measure"].transform("min")
        there = there[(there["health_measure"] == best) | best.isna()]
    refusals = [code for code in _OF_ONE if there["refusals"].fillna("").str.contains(code).any()]
    if (there.groupby("government_id")[column].nunique() > 1).any():
        refusals.append("different_document")
    if set(there["government_id"]) != set(wanted):
        refusals.append("no_document")
    there = there.drop_duplicates("government_id")
    unverified = there["refusals"].fillna("").str.contains("unverified_operand")
    rows = pd.DataFrame(
        {
            "line_id": there[lines].fillna("").str.split(";"),
            "stage": there["stage"],
            "verified": there["verified"].astype("bool") | ~unverified,
            "citable": true(there["citable"]) & (there["kind"] != "secundaria"),
        }
    ).explode("line_id")
    whole = not {"different_document", "no_document"} & set(refusals)
    return Part(operand, int(there[column].sum()) if whole else None, len(there)), rows, refusals
