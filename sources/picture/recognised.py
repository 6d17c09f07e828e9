"""A page with everything that was recognised on it: tables, columns, headers, labels, amounts, and by its reason each
numeric word that is not an amount.

Frames of raw in, image out: what is shown is what was read, place by place.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pandas as pd
from PIL import Image, ImageDraw, ImageFont

from sources.pdf.page.words import Box
from sources.picture.find import joined
from sources.picture.page import PageView, page_view
from sources.picture.sheet import Range, cells_of, sheet_view
from sources.picture.strip import Strip, painted
from sources.picture.style import ACCENT, GREY, GROUND, INK, PALE, PAPER, Ink, fit, font, look, wrapped
from warehouse.schema.personal import WITHHELD
from warehouse.schema.text import letters
from warehouse.schema.vocabulary import PAGE_KINDS

_PANEL = 440
_SHEET = 60, 16  # rows and columns of a sheet that are shown
_SMALL_SHEET = 24, 8  # what can still be read where the picture is narrower than _SMALL
_SMALL = 1000
_BEFORE_TABLE = 3
Raw = Mapping[str, pd.DataFrame]


class _Number(Protocol):
    """A row of raw.number, as a frame gives it."""

    exclusion: str | None
    table: int
    column: int
    source_text: str


def busiest_page(raw: Raw) -> str | None:
    """The page or sheet with the most amounts; None where there is none."""
    pages = raw["number"].loc[raw["number"]["exclusion"].isna(), "page"]
    return None if pages.empty else str(pages.value_counts(sort=True).index[0])


def recognised(path: Path, format: str, raw: Raw, page: str, width: int = 1500) -> Image.Image:
    """One page (or sheet) of a file as read; `raw` has the frames page, table, column, row and number.

    The page is `width` pixels wide, a legend stands beside it. Raises SourceError when the file has no such page.
    """
    mine = {name: frame[frame["page"] == page] for name, frame in raw.items() if name in ("page", "row", "number")}
    if format == "pdf":
        with page_view(path, int(page)) as view:
            strip = _page_strip(view, raw, mine, width)
    else:
        strip = _sheet_strip(path, format, raw, mine, page, _SMALL_SHEET if width < _SMALL else _SHEET)
    return _with_legend(painted(strip, weight=1 if width < _SMALL else 2), mine, page, format)


def _page_strip(view: PageView, raw: Raw, mine: Raw, width: int) -> Strip:
    marks: list[tuple[str, Box, str]] = []
    amounts = mine["number"][mine["number"]["exclusion"].isna()]
    for line in mine["row"][mine["row"]["row"].isin(amounts["row"])].head(1).itertuples():
        of_row = amounts[(amounts["table"] == line.table) & (amounts["row"] == line.row)]
        view.read_along(line.place, list(of_row["place"]))
    numbers = [(row, view.box(row.place)) for row in mine["number"].itertuples() if isinstance(row.place, str)]
    rows = {(row.table, row.row): (row, view.box(row.place)) for row in mine["row"].itertuples()}
    for table, boxes in _by_table(rows).items():
        heads = _heads(view, raw, table, boxes[0], str(mine["page"]["page"].iloc[0]))
        area = joined([*boxes, *heads])
        bands = _bands(numbers, table, area)
        marks += [("column", band, "") for band in bands]
        marks.append(("table", _wider(area), f"tabla {table}"))
        marks += [("column_header", box, "") for box in heads]
        right = min([band[0] for band in bands], default=area[2])
        marks += [("row_label", (box[0], box[1], max(box[0], right), box[3]), "") for box in boxes]
    marks += [("read" if pd.isna(number.exclusion) else number.exclusion, box, "") for number, box in numbers]
    cover = [box for row, area in rows.values() for box in _personal(view, row.label, area, numbers)]
    scale = width / view.width
    return view.strip((0.0, 0.0, view.width, view.height), scale, marks, cover)


def _by_table(rows: Mapping[tuple[int, int], tuple[object, Box]]) -> dict[int, list[Box]]:
    tables: dict[int, list[Box]] = {}
    for (table, _), (_, box) in sorted(rows.items(), key=lambda item: item[0]):
        tables.setdefault(int(table), []).append(box)
    return tables


def _heads(view: PageView, raw: Raw, table: int, first: Box, page: str) -> list[Box]:
    """The header places of a table, on the page where it begins, over its first row."""
    tables = raw["table"]
    if tables.loc[tables["table"] == table, "page_first"].iloc[0] != page:
        return []
    columns = raw["column"][(raw["column"]["table"] == table) & raw["column"]["header"].notna()]
    boxes = [view.box(place) for place in columns["place"].dropna()]
    return [box for box in boxes if box[1] < first[3]]


def _bands(numbers: list[tuple[_Number, Box]], table: int, area: Box) -> list[Box]:
    """The recognised amount columns of a table on this page, from its top to its bottom."""
    columns: dict[int, list[Box]] = {}
    for number, box in numbers:
        if pd.isna(number.exclusion) and number.table == table:
            columns.setdefault(int(number.column), []).append(box)
    around = {column: joined(boxes) for column, boxes in columns.items()}
    return [(box[0] - 3, area[1], box[2] + 3, area[3]) for box in around.values()]


def _personal(view: PageView, label: object, area: Box, numbers: list[tuple[_Number, Box]]) -> list[Box]:
    """The words of a row whose label holds withheld data of persons, but for what its label says."""
    if not isinstance(label, str) or WITHHELD not in label:
        return []
    of_label = {letters(word) for word in label.split()}
    figures = {letters(part) for number, _ in numbers for part in number.source_text.split()}
    return [
        (word.x0, word.top, word.x1, word.bottom)
        for word in view.words_in(area)
        if letters(word.text) not in of_label | figures
    ]


def _wider(box: Box, by: float = 4.0) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _sheet_strip(path: Path, format: str, raw: Raw, mine: Raw, page: str, most: tuple[int, int]) -> Strip:
    """The first rows and columns of the sheet's first table, `most` of each, with what stands above it."""
    view = sheet_view(path, format, page)
    start = max(1, int(_top(mine["row"]).min()) - _BEFORE_TABLE) if len(mine["row"]) else 1
    filled = [at for at in sorted(view.grid.rows) if at < start]
    shown_rows = [*filled[-_BEFORE_TABLE * 2 :], *range(start, max(start, view.grid.height) + 1)][: most[0]]
    lines, figures = (frame[_top(frame) <= shown_rows[-1]] for frame in (mine["row"], mine["number"]))
    rows = [cells_of(place) for place in lines["place"]]
    numbers = [(row, cells_of(row.place)) for row in figures.itertuples()]
    used = {cell.col for at in shown_rows for cell in view.grid.rows.get(at, {}).values()} or {1}
    marks: list[tuple[str, Range, str]] = []
    tables: dict[int, list[Range]] = {}
    for table, area in zip(lines["table"], rows, strict=True):
        tables.setdefault(int(table), []).append(area)
    for table, areas in tables.items():
        first = min([area[1] for n, area in numbers if pd.isna(n.exclusion) and n.table == table], default=areas[0][3])
        marks += [("row_label", (area[0], area[1], area[2], max(area[1], first - 1)), "") for area in areas]
        columns = raw["column"][raw["column"]["table"] == table]
        heads = [cells_of(place) for place in columns["place"].dropna()]
        marks += [("column_header", head, "") for head in heads]
        marks.append(("table", _around([*areas, *heads]), f"tabla {table}"))
    marks += [("read" if pd.isna(n.exclusion) else n.exclusion, view.merged(*area[:2]), "") for n, area in numbers]
    return view.draw(shown_rows, sorted(used)[: most[1]], marks)


def _top(placed: pd.DataFrame) -> pd.Series:
    """The sheet's row in which each place begins (`B7`, `A42:C42`); null without a place."""
    return placed["place"].str.extract(r"^[A-Z]+(\d+)", expand=False).astype("Int64")


def _around(areas: list[Range]) -> Range:
    return (
        min(a[0] for a in areas), min(a[1] for a in areas),
        max(a[2] for a in areas), max(a[3] for a in areas),
    )  # fmt: skip


def _with_legend(image: Image.Image, mine: Raw, page: str, format: str) -> Image.Image:
    """The page with a panel that names each colour and counts it."""
    numbers, row = mine["number"], next(mine["page"].itertuples(), None)
    reasons = Counter(numbers["exclusion"].dropna())
    small = image.width < _SMALL
    panel = 250 if small else _PANEL
    size = 12 if small else 17
    whole = Image.new("RGB", (image.width + panel, max(image.height, 12 * size)), PAPER)
    whole.paste(image, (0, 0))
    draw = ImageDraw.Draw(whole)
    left = image.width
    draw.rectangle((left, 0, whole.width, whole.height), fill=GROUND)
    draw.line((left, 0, left, whole.height), fill=PALE)
    x, y, inner = left + size, size, panel - 2 * size
    y = _write(draw, x, y, [f"{'Página' if format == 'pdf' else 'Hoja'} {page}"], font(size + 4, bold=True), INK, inner)
    if row is not None:
        amounts = int(numbers["exclusion"].isna().sum())
        lines = [
            PAGE_KINDS[row.kind].es,
            f"{mine['row']['table'].nunique()} tablas, {len(mine['row'])} renglones",
            f"{len(numbers)} palabras numéricas: {amounts} importes y {len(numbers) - amounts} excluidas",
        ]
        y = _write(draw, x, y + 4, lines, font(size - 1), GREY, inner)
        if isinstance(row.message, str):
            y = _write(draw, x, y, [row.message], font(size - 1), ACCENT, inner)
    y += size
    counted = [
        ("table", None),
        ("column", None),
        ("column_header", None),
        ("row_label", None),
        ("read", int(numbers["exclusion"].isna().sum())),
    ]
    counted += [(str(reason), count) for reason, count in reasons.most_common()]
    for role, count in counted:
        y = _swatch(draw, x, y, role, count, size, inner)
        if role == "read" and reasons:
            heading = "Palabras excluidas, por razón"
            y = _write(draw, x, y + size // 2, [heading], font(size - 2, bold=True), GREY, inner) + 2
    return whole


def _swatch(draw: ImageDraw.ImageDraw, x: int, y: int, role: str, count: int | None, size: int, inner: int) -> int:
    mine = look(role)
    draw.rectangle((x, y + 2, x + size + 6, y + size + 2), fill=mine.fill or PAPER, outline=mine.line or PALE, width=2)
    number = "" if count is None else f"{count:,}"
    room = inner - size - 16 - font(size - 1, bold=True).getlength(number) - 8
    draw.text((x + size + 16, y + 1), fit(mine.name, font(size - 1), room), font=font(size - 1), fill=INK)
    draw.text((x + inner, y + 1), number, font=font(size - 1, bold=True), fill=INK, anchor="ra")
    return y + round(1.65 * size)


def _write(
    draw: ImageDraw.ImageDraw,
    x: int,
    y: int,
    texts: list[str],
    typeface: ImageFont.FreeTypeFont,
    ink: Ink,
    inner: int,
) -> int:
    """Texts in lines of at most `inner` pixels, one under the other; gives the height where they end."""
    for text in texts:
        for line in wrapped(text, typeface, inner, 5):
            draw.text((x, y), line, font=typeface, fill=ink)
            y += round(1.4 * typeface.size)
    return y
