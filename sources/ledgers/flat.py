"""Contracts in OCDS written as tables, as flatten-tool, Kingfisher and the Data Registry of the Open Contracting Partnership do: one sheet of
releases, and one for each of their lists.

A header is a path (`contracts/0/value/amount`, with slashes or dots), or a field of the list that the row is of (`value_amount`), which the
column `_link` then names (`0.contracts.3`). What the columns hold is for `releases`.
"""

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sources.errors import SourceError
from sources.ledgers.ocds import leaves_of
from sources.ledgers.read import account
from sources.ledgers.releases import INDEX, Leaf, ReleaseBuilder, member_of, standard
from sources.raw.builder import RawBuilder
from sources.raw.reading import Document, Reading
from sources.sheets.formats.grid import SheetGrid
from warehouse.schema.vocabulary import Term

_LINK, _MAIN_LINK = "_link", "_link_main"
_TOP_ROWS = 3
_WRAPPED = re.compile(r"^(?:(?:records|releases)[/.]\d+[/.])?(?:compiledRelease[/.])?")  # by a package or record
_NUMBER = re.compile(r"[/.](\d+)(?=[/.]|$)")
_LINKED = re.compile(r"^\w+((?:\.\w+\.\d+)*)$")
_IDS = {"ocid", "id"}  # all that a row of a list repeats of its release
_OBJECTS = ("buyer", "tender", "planning")
_WHOLE = ("[{", '{"', "{'")  # how a cell begins that holds a whole list or object


def flat_headers(grid: SheetGrid) -> int | None:
    """The row of headers of a sheet of releases, or of one of their lists; None where it is none."""
    for row in sorted(grid.rows)[:_TOP_ROWS]:
        texts = [cell.text.strip() for cell in grid.rows[row].values()]
        is_linked = _LINK in texts
        paths = {_path(text, is_linked).removeprefix("main.") for text in texts}
        if ("ocid" in paths or _MAIN_LINK in texts) and (is_linked or any(_is_of_a_release(path) for path in paths)):
            return row
    return None


def read_flat(document: Document, format: str, grids: Sequence[SheetGrid]) -> Reading:
    """The rows of these sheets as records. Raises SourceError no_table where none says of which process it is."""
    headers = {grid.name: top for grid in grids if (top := flat_headers(grid)) is not None}
    rows = _FlatRows([(grid, headers[grid.name]) for grid in grids if grid.name in headers])
    kept = ReleaseBuilder(document.document_id)
    names: dict[str, list[str]] = {}
    for row in rows.whole:
        names.setdefault(row.ocid, []).extend(kept.names([*row.leaves.values()]))
    repeated = 0
    for row in rows.whole:
        whole = rows.values_of(row)
        for leaves in _groups(row.leaves):
            repeated += not kept.add(row.page, leaves, whole, names[row.ocid])
    if not kept.records.records:
        raise SourceError(
            "no_table", document.title, Term("rows of OCDS releases", "renglones de publicaciones (releases) de OCDS"),
            Term("none that says its ocid", "ninguno que diga su ocid"),
            Term("Ask for the table of releases (main) that goes with it.", "Pida la tabla de publicaciones (main) que lo acompaña."),
        )  # fmt: skip
    kept.warnings += rows.missing
    if repeated:
        kept.warnings.append(
            Term(
                f"{repeated} times a row says what another says of the same process: read once.",
                f"{repeated} veces un renglón dice lo mismo que otro del mismo proceso: se leyó una.",
            )
        )
    builder = RawBuilder(document.document_id)
    for grid in grids:
        account(builder, grid, headers.get(grid.name), kept.records.private)
    return dataclasses.replace(builder.reading(format, tuple(kept.warnings)), records=kept.records.frame())


class _FlatRow(NamedTuple):
    """A row of a sheet: the link that it bears, if any, and its values by their path in the release."""

    page: str
    link: str
    leaves: dict[str, Leaf]

    @property
    def main(self) -> str:
        """The link of its release."""
        return self.link.split(".")[0]

    @property
    def ocid(self) -> str:
        return self.leaves["ocid"].text

    @property
    def release(self) -> tuple[str, str | None]:
        """The process, and which of its releases where the row says it."""
        return self.ocid, self.leaves["id"].text if "id" in self.leaves else None


class _FlatRows:
    """The rows of all sheets that say of which process they are, what the sheets say of each other's rows, and what is not there."""

    def __init__(self, sheets: Sequence[tuple[SheetGrid, int]]) -> None:
        rows = [row for grid, header in sheets for row in _rows_of(grid, header)]
        mains = {row.link: row.leaves["ocid"] for row in rows if row.link.isdecimal() and "ocid" in row.leaves}
        for row in rows:
            if row.main in mains:
                row.leaves.setdefault("ocid", mains[row.main])
        self.whole = [row for row in rows if "ocid" in row.leaves]
        self._days = {row.release: row.leaves["date"] for row in self.whole if "date" in row.leaves}
        self._ids = {
            (row.main, path): leaf
            for row in rows
            if row.link
            for path, leaf in row.leaves.items()
            if path.endswith("].id")
        }
        self.missing = [*self._missing(len(rows) - len(self.whole))]

    def values_of(self, row: _FlatRow) -> dict[str, Leaf]:
        """The values of a row, the day of its release, and the id of what it lies in."""
        values = dict(row.leaves)
        if day := self._days.get(row.release):
            values.setdefault("date", day)
        for outer in {path[: match.end()] for path in row.leaves if (match := INDEX.search(path))}:
            if leaf := self._ids.get((row.main, f"{outer}.id")):
                values.setdefault(f"{outer}.id", leaf)
        return values

    def _missing(self, without: int) -> Iterator[Term]:
        described = {
            row.ocid for row in self.whole if any(member_of(path) is None for path in row.leaves.keys() - _IDS)
        }
        apart = {row.ocid for row in self.whole} - described
        if without:
            yield Term(
                f"{without} rows say neither their ocid nor a release that is here: not read.",
                f"{without} renglones no dicen su ocid ni una publicación que esté aquí: no se leyeron.",
            )
        if apart:
            yield Term(
                f"Of {len(apart)} processes only lists are here: their releases (buyer, procedure) stand in another table of the export.",
                f"De {len(apart)} procesos solo hay listas aquí: sus publicaciones (comprador, procedimiento) están en otra tabla de la exportación.",
            )


def _rows_of(grid: SheetGrid, header_row: int) -> Iterator[_FlatRow]:
    headers = {col: cell.text.strip() for col, cell in grid.rows[header_row].items()}
    is_linked = _LINK in headers.values()
    paths = {col: _path(text, is_linked) for col, text in headers.items()}
    for number in sorted(row for row in grid.rows if row > header_row):
        cells = grid.rows[number]
        keys = {headers[col]: cell.text.strip() for col, cell in cells.items() if col in headers}
        link = keys.get(_LINK, "")
        prefix = _linked_path(link)
        leaves: dict[str, Leaf] = {}
        for col, cell in sorted(cells.items()):
            path, inside = paths.get(col, ""), prefix
            if headers.get(col, "").startswith("_link") or not path:
                continue
            if is_linked and path.startswith("main."):
                path, inside = path.removeprefix("main."), ""
            for leaf in _values(f"{inside}.{path}" if inside else path, cell.text, cell.place):
                leaves.setdefault(leaf.path, leaf)
        yield _FlatRow(grid.name, link or keys.get(_MAIN_LINK, ""), leaves)


def _values(path: str, text: str, place: str) -> Iterator[Leaf]:
    """The value of a cell; of one that holds a whole list or object, each of theirs, and where it is none, nothing that may be kept."""
    if not text.lstrip().startswith(_WHOLE):
        yield Leaf(path, text, place)
        return
    try:
        inside = json.loads(text, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        yield Leaf(f"{path}.person", text, place)  # whatever it says of somebody
    else:
        yield from (Leaf(at, value, place) for at, value in leaves_of(inside, path))


def _groups(leaves: Mapping[str, Leaf]) -> Iterator[list[Leaf]]:
    """The values of a row by what they are of: the release, and each member of its lists. Keys alone say where the others lie."""
    groups: dict[str, list[Leaf]] = {}
    for path, leaf in leaves.items():
        member = member_of(path)
        groups.setdefault(member[1] if member else "", []).append(leaf)
    if not any(_is_of_the_release(path) for path in leaves):  # of its parties or goods alone: no release by itself
        groups[""] = [leaf for leaf in groups.get("", ()) if leaf.path not in _IDS]
    for start, mine in groups.items():
        if mine and not {leaf.path for leaf in mine} <= _IDS | {f"{start}.id"}:
            yield mine


def _path(header: str, is_linked: bool) -> str:
    """The path that a header means: `contracts[0].value.amount`."""
    plain = _WRAPPED.sub("", header)
    if is_linked and "/" not in plain:
        plain = plain.replace("_", ".")
    return _NUMBER.sub(r"[\1]", plain).replace("/", ".")


def _linked_path(link: str) -> str:
    """Where a row lies in its release: `0.contracts.3` is `contracts[3]`; nothing for the row of a release."""
    match = _LINKED.match(link)
    return _path(match[1].removeprefix("."), True) if match else ""


def _is_of_the_release(path: str) -> bool:
    """Whether a field of the release itself stands there, beside its ids."""
    return path not in _IDS and any(path in field.headers for field in standard().fields.values())


def _is_of_a_release(path: str) -> bool:
    """Whether a path lies in a list, or is a field of the standard, that no other table has."""
    return bool(INDEX.search(path)) or ("." in path and path.split(".")[0] in _OBJECTS)
