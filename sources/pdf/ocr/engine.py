"""The first reader: RapidOCR, whose models are in its package. Finds where text stands, and reads it.

The only module that imports rapidocr. One engine per thread; each uses one core.
"""

import importlib.metadata
import threading
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sources.pdf.ocr.bands import Image
from sources.pdf.ocr.figures import roman, spanish

_LOCAL = threading.local()


@dataclass(frozen=True)
class RecognisedLine:
    """A text with its confidence, and the middle of each character that is no space, as a share of the width."""

    text: str
    confidence: float
    middles: tuple[float, ...]


def name() -> str:
    """The name and version of the reader."""
    return f"RapidOCR {importlib.metadata.version('rapidocr')}"


def find(grey: Image) -> npt.NDArray[np.float64]:
    """Where text stands: quadrangles in pixels (n, 4, 2), each from its upper left corner clockwise."""
    detected = _engine()(_coloured(grey), use_det=True, use_cls=False, use_rec=False)
    return np.empty((0, 4, 2)) if detected.boxes is None else np.asarray(detected.boxes, dtype=np.float64)


def read(crops: list[Image]) -> list[RecognisedLine]:
    """The text of each crop of one line."""
    if not crops:
        return []
    engine = _engine()
    engine.return_word_box = True
    lines = engine.recognize_txt([_coloured(crop) for crop in crops])
    return [
        RecognisedLine(spanish(roman(str(text))), float(score), _middles(info))
        for text, score, info in zip(lines.txts, lines.scores, lines.word_results, strict=True)
    ]


def _middles(info: object) -> tuple[float, ...]:
    length = getattr(info, "line_txt_len", 0)
    return tuple((column + 0.5) / length for word in getattr(info, "word_cols", []) for column in word)


def _coloured(grey: Image) -> Image:
    return np.repeat(grey[:, :, None], 3, axis=2)


def _engine() -> Any:
    if not hasattr(_LOCAL, "engine"):
        from rapidocr import RapidOCR

        # Sides up to twice an A3 page stay as they are: a table made smaller loses its points and commas.
        settings = {
            "Global.log_level": "error",
            "Global.max_side_len": 6800,
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
        _LOCAL.engine = RapidOCR(params=settings)
    return _LOCAL.engine
