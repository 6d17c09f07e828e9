"""Documents that are not in the catalogue on purpose: those that wait for a person, and those that a person took out.

One YAML file each, that people may open and correct. An id that stands here is taken: it means the same bytes for ever.
What makes a document wait is decided in `pipelines.work.waiting`.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator

from sources.bytes.archive import write_atomic
from sources.declared.entry import DocumentEntry, Government
from warehouse.schema.declaration import Problem, Remark, RuleError, Strict, load, remark, takes
from warehouse.schema.vocabulary import Term
from warehouse.schema.watched import DOUBTS

Reason = Literal["waiting", "withdrawn"]


def _known(doubt: str) -> str:
    if doubt.partition(":")[0] not in DOUBTS:
        names = ", ".join(DOUBTS)
        raise RuleError(
            f"expected one of {names}; found «{doubt}»", f"se esperaba una de {names}; se encontró «{doubt}»"
        )
    return doubt


class SetAside(Strict):
    """A document and why it is not in the catalogue. `doubts` are codes of DOUBTS, each with what it was seen by behind `: `.

    `body` is the public body that the draft proposes, which enters the catalogue with the document.
    """

    document_id: str = takes("the document_id of the entry", "el document_id de la ficha")
    reason: Reason
    since: date = takes("a date such as 2026-12-01", "una fecha, como 2026-12-01")
    why: str | None = None
    doubts: list[Annotated[str, AfterValidator(_known)]] = takes("a list of doubts", "una lista de dudas", [])
    portal: str | None = None
    body: Government | None = None
    entry: DocumentEntry

    def reasons(self) -> list[Term]:
        """Why, for people."""
        return [*([Term(self.why, self.why)] if self.why else []), *map(_told, self.doubts)]

    def told(self) -> Term:
        """Why, in one line."""
        reasons = self.reasons()
        return Term("; ".join(one.en for one in reasons), "; ".join(one.es for one in reasons))


def _told(doubt: str) -> Term:
    code, _, seen = doubt.partition(":")
    said, by = DOUBTS[code], f" ({seen.strip()})" if seen.strip() else ""
    return Term(f"{said.en}{by}", f"{said.es}{by}")


def load_aside(folder: Path) -> tuple[dict[str, SetAside], tuple[Problem, ...]]:
    """By document, what is set aside, and what is wrong with the other files."""
    items, problems = load(SetAside, (folder,), "document_id", _named_as_its_file)
    return {item.document_id: item for item in items}, problems


def save_aside(item: SetAside, folder: Path) -> None:
    """Write its file, whole or not at all."""
    fields = item.model_dump(mode="json", exclude_none=True)
    fields["entry"] = {name: value for name, value in fields["entry"].items() if value not in ([], {})}
    text = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100)
    write_atomic(folder / f"{item.document_id}.yaml", text.encode())


def forget_aside(document_id: str, folder: Path) -> None:
    """Remove its file."""
    (folder / f"{document_id}.yaml").unlink(missing_ok=True)


def _named_as_its_file(item: SetAside, path: Path) -> Sequence[Remark]:
    if item.document_id == path.stem == item.entry.document_id:
        return ()
    expected = f"{path.stem}, as the file is called", f"{path.stem}, como se llama el archivo"
    return [
        remark("document_id", expected, f"«{item.document_id}»", ("Rename one of the two", "Cambie uno de los dos"))
    ]
