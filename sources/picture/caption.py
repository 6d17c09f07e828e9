"""The caption under a picture: the figure as printed, its line, the document with page and hash, and the colours."""

from PIL import Image, ImageDraw

from sources.picture.evidence import Evidence
from sources.picture.style import ACCENT, GREY, GROUND, INK, PALE, PAPER, fit, font, look, wrapped

_LEAST_WIDTH = 1000
_PAD = 28
_SHOWN_FIGURES = 8


def captioned(image: Image.Image, evidence: Evidence, where: str, roles: list[str]) -> Image.Image:
    """The image in a frame, with its caption under it."""
    width = max(_LEAST_WIDTH, image.width + 2)
    inner = width - 2 * _PAD
    figures = _figures(evidence, inner)
    label = wrapped(evidence.label or "(sin etiqueta)", font(21, bold=True), inner, 2)
    source = wrapped(evidence.document, font(17), inner, 2)
    notes = wrapped(evidence.note, font(16), inner, 2) if evidence.note else []
    height = 24 + 30 * len(label) + 44 * len(figures) + 8 + 25 * (len(source) + 1) + 24 * len(notes) + 52
    whole = Image.new("RGB", (width, image.height + 2 + height), PAPER)
    whole.paste(image, ((width - image.width) // 2, 1))
    draw = ImageDraw.Draw(whole)
    y = image.height + 2
    draw.rectangle((0, y, width, whole.height), fill=GROUND)
    draw.rectangle((0, y, 7, whole.height), fill=ACCENT)
    y += 18
    for line in label:
        draw.text((_PAD, y), line, font=font(21, bold=True), fill=INK)
        y += 30
    for row in figures:
        _figure_row(draw, row, y)
        y += 44
    y += 8
    for line in source:
        draw.text((_PAD, y), line, font=font(17), fill=INK)
        y += 25
    place = f"{where} · sha256 {evidence.sha256[:12]} · línea {evidence.line_id}"
    draw.text((_PAD, y), fit(place, font(17), inner), font=font(17), fill=GREY)
    y += 25
    for line in notes:
        draw.text((_PAD, y), line, font=font(16), fill=ACCENT)
        y += 24
    _legend(draw, roles, y + 8)
    draw.rectangle((0, 0, width - 1, whole.height - 1), outline=PALE)
    return whole


def _figures(evidence: Evidence, width: float) -> list[list[tuple[str, str]]]:
    """The figures as printed, with what each is called, in rows that fit."""
    rows: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for figure in evidence.figures[:_SHOWN_FIGURES]:
        name = fit(figure.name or (figure.header or "").replace(" | ", " · "), font(17), width / 2)
        size = font(30, bold=True).getlength(figure.text) + font(17).getlength(name) + 56
        if rows[-1] and used + size > width:
            rows.append([])
            used = 0.0
        rows[-1].append((figure.text, name))
        used += size
    if len(evidence.figures) > _SHOWN_FIGURES:
        rows.append([("…", f"y {len(evidence.figures) - _SHOWN_FIGURES} importes más en el renglón")])
    return [row for row in rows if row]


def _figure_row(draw: ImageDraw.ImageDraw, row: list[tuple[str, str]], y: int) -> None:
    x: float = _PAD
    for text, name in row:
        draw.text((x, y), text, font=font(30, bold=True), fill=ACCENT)
        x += font(30, bold=True).getlength(text) + 12
        draw.text((x, y + 13), name, font=font(17), fill=GREY)
        x += font(17).getlength(name) + 44


def _legend(draw: ImageDraw.ImageDraw, roles: list[str], y: int) -> None:
    x: float = _PAD
    for role in roles:
        mine = look(role)
        draw.rectangle((x, y + 2, x + 20, y + 16), fill=mine.fill or PAPER, outline=mine.line or PALE, width=2)
        draw.text((x + 28, y), mine.name, font=font(14), fill=GREY)
        x += 28 + font(14).getlength(mine.name) + 26
