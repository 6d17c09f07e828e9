"""A piece of a page or sheet with marks on it, and the picture that pieces make together."""

from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw

from sources.picture.style import ACCENT, GROUND, PALE, PAPER, Ink, font, look

PictureBox = tuple[float, float, float, float]
_TORN = 26
_UNDER = ("row_label", "column", "row", "table")  # painted first, in this order; the small places over them


@dataclass(frozen=True)
class Mark:
    """A marked place in pixels of its strip. `note` is written beside it."""

    role: str
    box: PictureBox
    note: str = ""


@dataclass
class Strip:
    """One piece of a page. `marks` are not painted yet; `cover` are places that must not be seen."""

    image: Image.Image
    marks: list[Mark] = field(default_factory=list)
    cover: list[PictureBox] = field(default_factory=list)


def painted(strip: Strip, weight: int = 2) -> Image.Image:
    """The strip with its marks: tints let the print through, outlines stand just outside of it."""
    image = strip.image.convert("RGB")
    draw = ImageDraw.Draw(image)
    for box in strip.cover:
        draw.rectangle(box, fill=PALE)
    marks = sorted(strip.marks, key=lambda mark: _UNDER.index(mark.role) if mark.role in _UNDER else len(_UNDER))
    tint = Image.new("RGB", image.size, PAPER)
    over = ImageDraw.Draw(tint)
    for mark in marks:
        fill = look(mark.role).fill
        if fill and mark.box[0] < mark.box[2] and mark.box[1] < mark.box[3]:  # a column has no height under its header
            over.rectangle(mark.box, fill=fill)
    image = ImageChops.multiply(image, tint)
    draw = ImageDraw.Draw(image)
    for mark in marks:
        line = look(mark.role).line
        if line:
            _outline(draw, mark.box, line, weight + 1 if mark.role == "amount" else weight)
        if mark.note and line:
            _note(draw, mark, line, image.width)
    return image


def _outline(draw: ImageDraw.ImageDraw, box: PictureBox, line: Ink, weight: int) -> None:
    x0, y0, x1, y1 = box
    out = weight + 1
    draw.rounded_rectangle((x0 - out, y0 - out, x1 + out, y1 + out), radius=2 * weight, outline=line, width=weight)


def _note(draw: ImageDraw.ImageDraw, mark: Mark, line: Ink, width: int) -> None:
    """Beside the mark where there is room, else on its upper edge."""
    letters = font(13, bold=True)
    wide = letters.getlength(mark.note) + 10
    x0, y0, x1, _ = mark.box
    x, y = (x1 + 8, y0) if x1 + 8 + wide <= width else (x0 - 3, max(0.0, y0 - 21))
    draw.rectangle((x, y, x + wide, y + 17), fill=line)
    draw.text((x + 5, y + 1), mark.note, font=letters, fill=PAPER)


def stacked(images: list[Image.Image], ground: Ink = PAPER) -> Image.Image:
    """Images one under the other, with a torn edge between them: what lies between is left out."""
    width = max(image.width for image in images)
    height = sum(image.height for image in images) + _TORN * (len(images) - 1)
    whole = Image.new("RGB", (width, height), ground)
    y = 0
    for index, image in enumerate(images):
        if index:
            _tear(whole, y)
            y += _TORN
        whole.paste(image, (0, y))
        y += image.height
    return whole


def _tear(image: Image.Image, y: int) -> None:
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, y, image.width, y + _TORN), fill=GROUND)
    for edge, up in ((y + 4, 1), (y + _TORN - 4, -1)):
        points = [(x, edge + up * (5 if (x // 9) % 2 else 0)) for x in range(0, image.width + 9, 9)]
        draw.line(points, fill=PALE, width=2)
    for dot in (-1, 0, 1):
        x = image.width // 2 + 14 * dot
        draw.ellipse((x - 2, y + _TORN // 2 - 2, x + 2, y + _TORN // 2 + 2), fill=ACCENT)
