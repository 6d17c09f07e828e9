"""What scanning costs: `python -m tests.bench.degraded [--documents PATH] [--only TEXT] [--pages N] [--how NAME ...] [--json out.json]`.

Pages with a text layer are rendered, made worse as copiers do, and read by OCR. The truth is what the program reads of the
same page as text, which `fidelity` holds against the workbooks: value, label, column and stage, letter by letter. Beside
it, in the same run: the figures that RapidOCR and Tesseract alone find, by value, and the share verified of the page as text.
"""

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sources.errors import SourceError
from sources.raw.reading import Reading
from tests.bench.fidelity import pairs
from tests.bench.reads import core_of, read_of
from tests.bench.words import centavos
from warehouse.schema.text import letters

_BESIDE = Path(__file__).resolve().parents[3] / "shared" / "documents"
_ONCE = time.gmtime(0)
_LEAST = 30  # amounts of a page that tells something
Change = Callable[[Image.Image], Image.Image]


class Amount(NamedTuple):
    """An amount with all that is compared, and whether it is verified."""

    value: int
    label: str
    column: str
    stage: str | None


def copied(image: Image.Image) -> Image.Image:
    """As a fax leaves it: black and white, with the specks of the glass."""
    noise = Image.effect_noise(image.size, 60).point(lambda v: 40 if v < 30 else 0)
    blurred = image.filter(ImageFilter.GaussianBlur(0.8))
    return Image.composite(Image.new("L", image.size, 0), blurred, noise).point(lambda v: 255 if v > 150 else 0)


def stamped(image: Image.Image) -> Image.Image:
    """A stamp across the middle of the page, its text leaning."""
    side = image.width // 3
    stamp = Image.new("L", (side, side // 2), 255)
    draw = ImageDraw.Draw(stamp)
    draw.ellipse((4, 4, side - 4, side // 2 - 4), outline=0, width=6)
    font = ImageFont.load_default(side // 9)
    draw.text((side // 2, side // 4 - side // 14), "RECIBIDO", 0, font, anchor="mm")
    draw.text((side // 2, side // 4 + side // 14), "30 ABR 2018", 0, font, anchor="mm")
    stamp = stamp.rotate(17, Image.Resampling.BICUBIC, fillcolor=255).point(lambda v: 255 if v > 200 else 90)
    out, at = image.copy(), (image.width // 2, image.height // 4)
    out.paste(stamp, at, stamp.point(lambda v: 255 if v < 200 else 0))
    return out


def leaning(degrees: float) -> Change:
    return lambda image: image.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)


def turned(quarters: int) -> Change:
    return lambda image: image.rotate(-90 * quarters, expand=True)


# Name: dots an inch, quality of the JPEG, and what is done to the page. `two` is set apart: it takes two pages.
HOW: dict[str, tuple[int, int, Change]] = {
    "150 dpi": (150, 85, lambda image: image),
    "200 dpi": (200, 85, lambda image: image),
    "300 dpi": (300, 85, lambda image: image),
    "lean 1": (200, 85, leaning(1.0)),
    "lean -2": (200, 85, leaning(-2.0)),
    "lean 3": (200, 85, leaning(3.0)),
    "jpeg 40": (200, 40, lambda image: image),
    "fax": (200, 95, copied),
    "turn 1": (200, 85, turned(1)),
    "turn 2": (200, 85, turned(2)),
    "turn 3": (200, 85, turned(3)),
    "stamp": (200, 85, stamped),
    "two": (200, 85, lambda image: image),
}


def page_image(pdf: Path, page: int, dpi: int) -> Image.Image:
    """A page (from 1) as a scanner of so many dots an inch sees it, with the grain of the paper."""
    document = pdfium.PdfDocument(pdf)
    image = document[page - 1].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()
    grain = np.random.default_rng(page).normal(-6, 4, (image.height, image.width))
    return Image.fromarray(np.clip(np.asarray(image, dtype=np.float64) + grain, 0, 255).astype(np.uint8))


def two_on_a_sheet(first: Image.Image, second: Image.Image) -> Image.Image:
    """Two pages, made smaller, below one another on a sheet of the size of one."""
    sheet = Image.new("L", (1700, 2200), 250)
    for n, image in enumerate((first, second)):
        factor = min(1600 / image.width, 1050 / image.height)
        small = image.resize((round(image.width * factor), round(image.height * factor)), Image.Resampling.LANCZOS)
        sheet.paste(small, (50, 25 + 1100 * n))
    return sheet


def saved(image: Image.Image, path: Path, dpi: int, quality: int) -> Path:
    """The image as a PDF without a text layer, the same bytes in every run: what was recognised is kept by them."""
    image.save(path, "PDF", resolution=dpi, quality=quality, creationDate=_ONCE, modDate=_ONCE)
    return path


def amounts_of(reading: Reading) -> Iterator[tuple[Amount, bool]]:
    """The amounts of a reading with their labels, headers and stages, and whether each is verified."""
    core = core_of(reading)
    labels = {(row.table, row.row): letters(_text(row.label)) for row in reading.rows.itertuples()}
    headers = {(c.table, c.column): letters(_text(c.header)) for c in reading.columns.itertuples()}
    for a in core.itertuples():
        value = centavos(a.source_text)
        yield (
            Amount(
                value if value is not None else -(10**18),
                labels[a.table, a.row],
                headers[a.table, a.column],
                _text(a.stage) or None,
            ),
            bool(a.verified),
        )


def compared(truth: list[Amount], read: list[tuple[Amount, bool]]) -> Counter[str]:
    """How many of the amounts are right, wrong in what, verified, and wrong and verified."""
    out = Counter[str]({"truth": len(truth), "read": len(read), "verified": sum(verified for _, verified in read)})
    left = Counter(truth)
    rest = []
    for amount, verified in sorted(read, key=lambda each: -each[1]):
        if left[amount]:
            left[amount] -= 1
            out["right"] += 1
            out["right_verified"] += verified
        else:
            rest.append((amount, verified))
    for amount, verified in rest:
        kind = _kind(amount, left)
        out[kind] += 1
        out[f"{kind}_verified"] += verified
    values = Counter(amount.value for amount in truth if amount.value)
    out["values"] = (values & Counter(amount.value for amount, _ in read)).total()
    out["of_values"] = values.total()
    return out


def _kind(amount: Amount, left: Counter[Amount]) -> str:
    """What is wrong with an amount, by the truth that is nearest to it."""
    for kind, same in (
        ("wrong_stage", ("value", "label", "column")),
        ("wrong_column", ("value", "label")),
        ("wrong_label", ("value", "column")),
        ("wrong_value", ("label", "column")),
        ("wrong_place", ("value",)),
    ):
        key = tuple(getattr(amount, name) for name in same)
        near = next((t for t, n in left.items() if n > 0 and tuple(getattr(t, name) for name in same) == key), None)
        if near is not None:
            left[near] -= 1
            return kind
    return "invented"


def alone(path: Path) -> dict[str, Counter[int]]:
    """The figures that each reader finds on a page by itself, in centavos."""
    from sources.pdf.ocr import engine, witness
    from sources.pdf.ocr.image import render

    document = pdfium.PdfDocument(path)
    grey = render(document[0])
    document.close()
    boxes = [
        (int(q[:, 0].min()), int(q[:, 1].min()), int(q[:, 0].max()), int(q[:, 1].max())) for q in engine.find(grey)
    ]
    crops = [grey[max(y0, 0) : y1, max(x0, 0) : x1] for x0, y0, x1, y1 in boxes if x1 - x0 > 2 and y1 - y0 > 2]
    texts = {
        "RapidOCR": [read.text for read in engine.read(crops)],
        "Tesseract": [word.text for word in witness.words(grey)],
    }
    return {name: Counter(v for text in found if (v := centavos(text)) is not None) for name, found in texts.items()}


def pages_of(folder: Path, only: str, count: int) -> list[tuple[Path, int]]:
    """Pages of the pairs that hold enough amounts, the same ones in every run."""
    pages: list[tuple[Path, int]] = []
    for pdf, _ in pairs(folder):
        if only not in str(pdf):
            continue
        try:
            numbers = read_of(pdf).numbers
        except SourceError:
            continue
        amounts = numbers[numbers["exclusion"].isna()]["page"].value_counts()
        pages += [(pdf, int(page)) for page, n in amounts.items() if n >= _LEAST]
        if only and len(pages) >= count:
            break
    return random.Random(12).sample(pages, min(count, len(pages)))


def run(pages: list[tuple[Path, int]], how: list[str], kept: Path, peers: bool = True) -> dict[str, Counter[str]]:
    """The counts of each degradation, over all pages."""
    out: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in how:
            dpi, quality, change = HOW[name]
            total = Counter[str]()
            step = 2 if name == "two" else 1
            for n in range(0, len(pages) - step + 1, step):
                mine = pages[n : n + step]
                images = [page_image(pdf, page, dpi) for pdf, page in mine]
                image = two_on_a_sheet(*images) if step == 2 else change(images[0])
                path = saved(image, Path(folder) / "scan.pdf", dpi, quality)
                as_text = [each for pdf, page in mine for each in amounts_of(_page(pdf, page, Path(folder)))]
                truth = [amount for amount, _ in as_text]
                total += compared(truth, _read(path, kept))
                total["verified_as_text"] += sum(verified for _, verified in as_text)
                if peers:
                    values = Counter(amount.value for amount in truth if amount.value)
                    for reader, seen in alone(path).items():
                        total[f"values_{reader}"] += (values & seen).total()
            out[name] = total
    return out


def _page(pdf: Path, page: int, folder: Path) -> Reading:
    """The reading of one page as text."""
    whole, one = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
    one.import_pages(whole, [page - 1])
    path = folder / "page.pdf"
    one.save(path)
    whole.close()
    one.close()
    return read_of(path)


def _read(path: Path, kept: Path) -> list[tuple[Amount, bool]]:
    try:
        return list(amounts_of(read_of(path, kept)))
    except SourceError:
        return []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def show(out: dict[str, Counter[str]]) -> None:
    """The table, for people."""
    heads = (
        "truth",
        "right",
        "verified",
        "right_verified",
        "values",
        "values_RapidOCR",
        "values_Tesseract",
        "of_values",
    )
    print(f"{'':9} " + " ".join(f"{head[:16]:>16}" for head in heads) + "  wrong and verified")
    for name, row in out.items():
        wrong = {kind: n for kind, n in row.items() if kind.endswith("_verified") and kind != "right_verified" and n}
        print(f"{name:9} " + " ".join(f"{row[head]:>16}" for head in heads), wrong or "")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, default=_BESIDE)
    parser.add_argument("--only", default="", help="documents whose path contains this")
    parser.add_argument("--pages", type=int, default=2)
    parser.add_argument("--how", nargs="*", default=list(HOW), choices=list(HOW))
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "peso-degraded")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    if not chosen.documents.is_dir():
        print(f"{chosen.documents}: no documents.")
        return
    out = run(pages_of(chosen.documents, chosen.only, chosen.pages), chosen.how, chosen.kept)
    show(out)
    if chosen.json:
        chosen.json.write_text(json.dumps(out, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
