"""The second reader: Tesseract where its program is installed. It never decides what a text is; it agrees or not.

Called as a program, a few times a page, over pipes: whoever reads may write no file. Nothing of it is required.
"""

import functools
import os
import shutil
import subprocess
from typing import NamedTuple

import cv2

from sources.pdf.ocr.bands import Image
from sources.pdf.ocr.figures import roman
from sources.pdf.ocr.settings import DPI

_SECONDS = 300
# Page segmentation: text anywhere (tables are not paragraphs), or lines below one another.
SPARSE, BLOCK = "11", "6"


class WitnessWord(NamedTuple):
    """A word as the second reader saw it, in pixels."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@functools.cache
def name() -> str | None:
    """The name and version of the program, None where it is absent."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    version = (answer.stdout or answer.stderr).split("\n", 1)[0].replace("tesseract", "").strip()
    return f"Tesseract {version} ({_language()})"


@functools.cache
def _language() -> str:
    answer = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return "spa" if "spa" in answer.stdout.split() else "eng"


def words(grey: Image, segmentation: str = SPARSE) -> list[WitnessWord]:
    """What the program reads on an image; nothing where it is absent or fails, which only leaves less proven."""
    if name() is None:
        return []
    command = ["tesseract", "-", "-", "-l", _language(), "--dpi", str(DPI), "--psm", segmentation, "tsv"]
    try:
        answer = subprocess.run(
            command,
            input=cv2.imencode(".png", grey)[1].tobytes(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return []
    return [word for line in answer.stdout.decode("utf-8", "replace").split("\n") if (word := _word(line))]


def _word(line: str) -> WitnessWord | None:
    fields = line.rstrip("\r").split("\t")
    if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
        return None
    left, top, width, height = (float(x) for x in fields[6:10])
    return WitnessWord(roman(fields[11].strip()), left, top, left + width, top + height)
