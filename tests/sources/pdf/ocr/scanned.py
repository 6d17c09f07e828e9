"""Scans made by the tests: a table drawn on an image, turned, tilted, smudged or copied in black and white, as a PDF."""

from collections.abc import Callable
from pathlib import Path

import reportlab
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

HEADERS = ("Concepto", "Aprobado", "Ampliaciones", "Modificado")
ROWS = (
    ("Servicios Personales", "17,999,684.00", "746,848.50", "18,746,532.50"),
    ("Materiales y Suministros", "379,085.10", "212,480.00", "591,565.10"),
    ("Servicios Generales", "5,369,858.52", "1,135,963.00", "6,505,821.52"),
    ("Ayudas Sociales", "301,000.00", "-16,000.00", "285,000.00"),
    ("Total del Gasto", "24,049,627.62", "2,079,291.50", "26,128,919.12"),
)
_RIGHT = (760, 1060, 1360)  # of the amounts, in pixels
_SIZE = (1500, 1000)
Change = Callable[[Image.Image], Image.Image]


def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """A font that lies with reportlab."""
    folder = Path(reportlab.__file__).parent / "fonts"
    return ImageFont.truetype(str(folder / ("VeraBd.ttf" if bold else "Vera.ttf")), size)


def page(rows: tuple[tuple[str, ...], ...] = ROWS, ruled: bool = True) -> Image.Image:
    """A page at 200 dots an inch with one table."""
    image = Image.new("L", _SIZE, 255)
    draw = ImageDraw.Draw(image)
    draw.text((300, 60), "Estado Analítico del Ejercicio del Presupuesto de Egresos", 0, font(28, True))
    draw.text((300, 110), "Del 1 de enero al 31 de marzo de 2023 (pesos)", 0, font(26))
    top, height = 200, 44
    for n, cells in enumerate((HEADERS, *rows)):
        y = top + n * height
        draw.text((110, y + 8), cells[0], 0, font(24, n == 0))
        for text, right in zip(cells[1:], _RIGHT, strict=True):
            draw.text((right, y + 8), text, 0, font(24, n == 0), anchor="ra")
    if ruled:
        bottom = top + height * (len(rows) + 1)
        for x in (90, 520, 780, 1080, 1380):
            draw.line((x, top, x, bottom), 0, 3)
        for y in (top, top + height, bottom):
            draw.line((90, y, 1380, y), 0, 3)
    return image


def tilted(degrees: float) -> Change:
    return lambda image: image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def turned(quarters: int) -> Change:
    return lambda image: image.rotate(90 * quarters, expand=True)


def copied(image: Image.Image) -> Image.Image:
    """A copy in black and white, with the specks of the glass."""
    noise = Image.effect_noise(image.size, 60).point(lambda v: 40 if v < 30 else 0)
    blurred = image.filter(ImageFilter.GaussianBlur(0.8))
    return Image.composite(Image.new("L", image.size, 0), blurred, noise).point(lambda v: 255 if v > 150 else 0)


def signed(image: Image.Image) -> Image.Image:
    """A pen that crosses the last rows."""
    marked = image.copy()
    ImageDraw.Draw(marked).arc((900, 300, 1300, 700), 200, 480, 60, 4)
    return marked


def pdf(path: Path, *pages: Image.Image) -> Path:
    """The images as a PDF without a text layer."""
    pages[0].save(path, "PDF", resolution=200, save_all=True, append_images=list(pages[1:]))
    return path


def stamped(path: Path, image: Image.Image, text: str) -> Path:
    """The image as a page that bears a line of text at its foot."""
    width, height = (side * 72 / 200 for side in image.size)
    canvas = Canvas(str(path), pagesize=(width, height))
    canvas.drawImage(ImageReader(image), 0, 0, width, height)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(20, 10, text)
    canvas.save()
    return path
