"""The speed of reading beside pdfplumber's `extract_tables`, on the same pages, and the memory of a long document."""

import multiprocessing
import resource
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2 as pdfium

from tests.bench.measure import processor_time
from tests.bench.reads import read_of

_LONG = 100  # readable pages of a document that is counted among the laws
_PART = 50  # pages of the part of the longest document, whose memory is compared with that of the whole


def speed(paths: list[Path], pairs: Collection[Path]) -> dict[str, Any]:
    """Pages a second of processor time, of the program and of pdfplumber, on every page of every document.

    Each runs in a process of its own, in turns, a document at a time: what else the machine does slows both alike. Both
    have read a document before, so that no import counts.
    """
    rows = []
    with _process() as ours, _process() as other:
        for path in [*paths[:1], *paths]:
            pages, readable, seconds = ours.submit(_timed, _ours, path).result()
            rows.append((path, pages, readable, seconds, other.submit(_timed, _pdfplumber, path).result()[-1]))
    rows = rows[1:]
    longest = max(rows, key=lambda row: row[1])[0]
    groups = {
        "pairs": [row for row in rows if row[0] in pairs],
        "laws": [row for row in rows if row[2] > _LONG],
        "all": rows,
    }
    return {**{name: _pace(group) for name, group in groups.items() if group}, "memory": memory(longest)}


def memory(path: Path) -> dict[str, int]:
    """The peak memory of reading a document and a part of it, each in a process of its own, in MB by pages."""
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part.pdf"
        with pdfium.PdfDocument(path) as whole, pdfium.PdfDocument.new() as cut:
            cut.import_pages(whole, list(range(min(_PART, len(whole)))))
            cut.save(part)
        peaks = {}
        for each in (part, path):
            with _process() as process:
                pages, peak = process.submit(_peak_of, each).result()
            peaks[f"{pages} pages"] = peak
        return peaks


def show(measured: dict[str, Any]) -> None:
    print("\nSpeed, in pages a second of processor time, on the same pages")
    for group, row in measured.items():
        if group != "memory":
            print(
                f"{group:6} {row['documents']:>4} documents {row['pages']:>5} pages: {row['own']:>6} "
                f"pdfplumber {row['pdfplumber']:>5}  ratio {row['ratio']}"
            )
    print("Peak memory in MB: " + ", ".join(f"{pages} {peak}" for pages, peak in measured["memory"].items()))


@contextmanager
def _process() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        yield process


def _timed(read: Callable[[Path], tuple[int, int]], path: Path) -> tuple[int, int, float]:
    start = processor_time()
    pages, readable = read(path)
    return pages, readable, processor_time() - start


def _ours(path: Path) -> tuple[int, int]:
    kinds = read_of(path).pages["kind"]
    return len(kinds), int(kinds.isin(["table", "prose"]).sum())


def _pdfplumber(path: Path) -> tuple[int, int]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_tables()
            page.close()
        return len(pdf.pages), 0


def _pace(rows: list[tuple[Path, int, int, float, float]]) -> dict[str, Any]:
    pages = sum(row[1] for row in rows)
    ours, other = sum(row[3] for row in rows), sum(row[4] for row in rows)
    return {
        "documents": len(rows),
        "pages": pages,
        "own": round(pages / ours, 1),
        "pdfplumber": round(pages / other, 1),
        "ratio": round(other / ours, 1),
    }


def _peak_of(path: Path) -> tuple[int, int]:
    pages = len(read_of(path).pages)
    return pages, round(_peak() / 1024)


def _peak() -> int:
    """The peak of this process in KB. Linux also counts for a process, as `ru_maxrss`, the one that began it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
