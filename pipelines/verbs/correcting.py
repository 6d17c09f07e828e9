"""`peso correct`: the draft of a correction of one amount, as the YAML file that `data/corrections` takes.

A draft only: what it should say is the person's to confirm, with the evidence. Where sums prove a single figure
(`core.proposal`), that figure and those sums are in it; else they are left for the person to write.
"""

import re
from decimal import Decimal

import yaml

from pipelines.home import Home
from pipelines.verbs.language import say
from warehouse.ask import lines
from warehouse.ask.query import Ask, asking
from warehouse.store.session import Row


def correction(home: Home, name: str) -> str:
    """The file for one amount, as text. Raises as `drafted`."""
    with asking(home.published().database) as ask:
        fields = drafted(ask, name)
    file = home.corrections_folder / f"{fields['correction_id']}.yaml"
    heading = say(
        f"# Revise «corrected» y «reason», y guárdelo como {file}",
        f"# Check `corrected` and `reason`, and save it as {file}",
    )
    return f"{heading}\n{yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)}".rstrip()


def drafted(ask: Ask, name: str) -> Row:
    """The fields of a correction for the amount `name`: a line, with `:column` where it has several amounts.

    Raises LookupError where the release has no such amount, or the name means several: with the names of each.
    """
    line_id, column = _parted(name)
    amounts = [row for row in lines.told_amounts(ask, [line_id]) if column in (None, row["column"])]
    proposed = {row["column"]: row for row in lines.proposals(ask, line_id)}
    if column is None and len(proposed) == 1:  # the one figure that the sums contradict
        amounts = [row for row in amounts if row["column"] in proposed]
    if len(amounts) != 1:
        raise LookupError(_unclear(name, amounts))
    [amount] = amounts
    proposal = proposed.get(amount["column"])
    return {
        "correction_id": re.sub(r"[^a-z0-9]+", "-", f"{line_id}-{amount['column']}".lower()).strip("-"),
        "document_id": amount["document_id"], "page": amount["page"], "label": amount["label"], "header": amount["header"],
        "printed": amount["source_text"],
        "corrected": _in_its_unit(proposal["proposed"], amount["multiplier"]) if proposal else "",
        "reason": proposal["evidence"] if proposal else _failing(ask, amount),
    }  # fmt: skip


def _parted(name: str) -> tuple[str, int | None]:
    match = re.fullmatch(r"(.+:\d+:\d+):(\d+)", name)
    return (match[1], int(match[2])) if match else (name, None)


def _in_its_unit(pesos: Decimal, multiplier: int) -> str:
    return f"{pesos / multiplier:,.2f}"


def _failing(ask: Ask, amount: Row) -> str:
    """The sums of the line that fail in that stage, as evidence to begin with; empty where none does."""
    failed = (row for row in lines.proofs(ask, amount["line_id"]) if row["outcome"] == "failed")
    return "; ".join(row["formula"] for row in failed if row["stage"] == amount["stage"] and row["formula"])


def _unclear(name: str, amounts: list[Row]) -> str:
    if not amounts:
        return say(
            f'La edición no tiene el importe "{name}". `peso query "{lines.LIST_LINES}"` lista las líneas.',
            f'No amount "{name}" in the release. `peso query "{lines.LIST_LINES}"` lists the lines.',
        )
    several = "\n".join(f"  {row['line_id']}:{row['column']}  {row['header']}  {row['source_text']}" for row in amounts)
    return say(f"Tiene varios importes; nombre uno:\n{several}", f"It has several amounts; name one:\n{several}")
