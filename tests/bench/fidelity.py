"""How faithfully PDFs are read: `python -m tests.bench.fidelity [--documents PATH] [--json out.json] [--peers [N]]`.

On every PDF that lies beside a workbook of the same name, what is read from the PDF is compared with the workbook. This
module runs and prints; what is right or wrong is decided in `score`.
"""

import argparse
import importlib.util
import json
import logging
import re
import sys
import time
import warnings
from collections import Counter, defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sources.errors import SourceError
from sources.raw.reading import Reading
from tests.bench import speed, workbooks
from tests.bench.measure import accounting, processor_time, versions
from tests.bench.peers import Tally, peers, reads_of
from tests.bench.reads import Verified, amounts_of, printed, read_of, verified_of
from tests.bench.scans import as_printed
from tests.bench.score import KINDS, Score, score
from tests.bench.truth import truth_of
from tests.bench.words import tokens

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "documents"
_ACCOUNT = (
    "words",
    "accounted",
    "word_difference",
    "digit_difference",
    "unexplained",
    "money_excluded",
    "no_header",
    "no_label",
)
_HEADS = ("truth", *KINDS, "verified", "wrong_verified")


def pairs(folder: Path) -> list[tuple[Path, Path]]:
    """PDFs with a workbook of the same name beside them. (.xls is not one: no plain reader gives its number formats.)"""
    return [
        (pdf, pdf.with_suffix(suffix))
        for pdf in sorted(folder.rglob("*.pdf"))
        for suffix in (".xlsx", ".xlsm")
        if pdf.with_suffix(suffix).exists()
    ]


def scans(folder: Path, kept: Path, only: str = "") -> dict[str, Any]:
    """The pairs whose PDF has no text layer, read by OCR; pages recognised before are taken from the folder `kept`.

    What a scan prints is not known beside what OCR reads: all that its workbook says counts.
    """
    out: dict[str, Any] = {}
    for pdf, workbook in pairs(folder):
        name = str(pdf.relative_to(folder))
        if only not in name or not _needs_ocr(pdf):
            continue
        started, reading = time.process_time(), read_of(pdf, kept)
        seconds = (time.process_time() - started) / max(len(reading.pages), 1)
        numbers = reading.numbers[reading.numbers["exclusion"].isna()]
        words = Counter(token for text in _texts(reading) for token in tokens(text))
        truth = truth_of(workbook, words)
        row = _row(score(truth, as_printed(amounts_of(reading, _verified(reading, name, {})), truth), Counter(), words))
        heard = numbers["witness"].notna()
        row["agree"] = int((numbers["witness"] == numbers["source_text"]).sum())
        row["differ"], row["unheard"] = int(heard.sum()) - row["agree"], int((~heard).sum())
        row["set_right"] = int(numbers["recognised"].notna().sum())
        out[name] = {**row, "seconds_a_page": round(seconds, 1)}
    return out


def _needs_ocr(pdf: Path) -> bool:
    try:
        read_of(pdf)
    except SourceError as error:
        return error.code in ("no_text", "garbled_text")
    return False


def _texts(reading: Reading) -> list[str]:
    named = (reading.rows["label"], reading.columns["header"], reading.tables["context"], reading.tables["title"])
    return [str(text) for column in named for text in column.dropna()]


def run(folder: Path, peers_every: int = 0, only: str = "", timed: bool = True) -> dict[str, Any]:
    """Everything measured, as written to the JSON. Peers read every n-th pair: they are slow."""
    out: dict[str, Any] = {"date": str(datetime.now().astimezone().date()), "versions": versions()}
    out |= {"documents": {}, "left_out": {}, "accounting": {}, "compared": {}, "notes": []}
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    beside = dict(pairs(folder))
    read: list[Path] = []
    for pdf in sorted(folder.rglob("*.pdf")):
        name = str(pdf.relative_to(folder))
        if only not in name or ((not timed or only) and pdf not in beside):
            continue
        start = processor_time()
        try:
            reading = read_of(pdf)
        except SourceError as error:
            out["left_out"][name] = f"{error.code}: {error.found}"
            continue
        seconds = processor_time() - start
        read.append(pdf)
        figures, words, counted = printed(pdf)
        out["accounting"][name] = accounting(reading, counted)
        if pdf not in beside:
            continue
        truth = truth_of(beside[pdf], words)
        reads = amounts_of(reading, _verified(reading, name, out))
        row = {**_row(score(truth, reads, figures, words)), "seconds": seconds, "pages": len(reading.pages)}
        out["documents"][name] = {**row, "sheets_left_out": truth.left_out}
        if not peers_every or (len(out["documents"]) - 1) % peers_every:
            continue
        out["compared"][name] = out["documents"][name]
        for peer, grids in peers().items():
            tables = tallies[peer].read(grids, pdf, name)
            both = [score(truth, reads_of(tables, spread), figures, words) for spread in (True, False)]
            best = max(both, key=lambda scored: scored.counts["right"])
            tallies[peer].counts.update({k: v for k, v in _row(best).items() if k in _HEADS})
    if timed:
        out["speed"] = speed.speed(read, beside)
        out["workbooks"] = workbooks.measure(folder, only)
    out["total"] = _sum(out["documents"])
    compared = _sum(out["compared"])
    out["compared"] = {"documents": list(out["compared"]), **compared}
    out["peers"] = {peer: _peer(tally, compared) for peer, tally in tallies.items()}
    return out


def _verified(reading: Any, name: str, out: dict[str, Any]) -> Verified | None:
    if importlib.util.find_spec("transforms.core.normalize") is None:
        out["notes"] = ["transforms.core.normalize is absent: 'wrong and verified' is not measured"]
        return None
    year = re.search(r"20\d\d", name)
    return verified_of(reading, int(year[0]) if year else None)


def _row(scored: Score) -> dict[str, Any]:
    row: dict[str, Any] = {"truth": scored.truth, **{kind: scored.counts[kind] for kind in KINDS}}
    row["verified"], row["wrong_verified"] = scored.verified, scored.wrong_and_verified
    row["cases"] = scored.cases
    return row


def _sum(documents: dict[str, Any]) -> dict[str, Any]:
    total = {head: sum(d[head] for d in documents.values()) for head in _HEADS}
    # What the PDF prints otherwise than the workbook cannot be read as the workbook has it.
    provable = total["truth"] - sum(
        1 for d in documents.values() for c in d["cases"] if c["kind"] == "source_differs" and "truth" in c
    )
    share = round(total["right"] / provable, 5) if provable else None
    pages = sum(d["pages"] for d in documents.values())
    seconds = sum(d["seconds"] for d in documents.values())
    return {**total, "printed": provable, "share_right": share, "pages": pages, **_pace(seconds, pages)}


def _peer(tally: Tally, total: dict[str, Any]) -> dict[str, Any]:
    """A peer's counts, over the same printed amounts and pages as the program's."""
    share = round(tally.counts["right"] / total["printed"], 5) if total["printed"] else None
    return {**tally.counts, "share_right": share, **_pace(tally.seconds, total["pages"]), "failed": tally.failed}


def _pace(seconds: float, pages: int) -> dict[str, Any]:
    return {"seconds_per_page": round(seconds / pages, 3) if pages else None}


def show(out: dict[str, Any]) -> None:
    """The tables, for people."""
    _show_documents(out)
    _show_peers(out)
    _show_accounting(out)
    if "speed" in out:
        speed.show(out["speed"])
    if "workbooks" in out:
        workbooks.show(out["workbooks"])
    print(f"\n{out['date']}: " + ", ".join(f"{tool} {version}" for tool, version in out["versions"].items()))
    for note in out["notes"]:
        print(note)


def _width(out: dict[str, Any]) -> int:
    return max((len(name) for name in out["documents"]), default=10)


def _show_documents(out: dict[str, Any]) -> None:
    width = _width(out)
    print(f"{'document':{width}} " + " ".join(f"{head[:9]:>9}" for head in _HEADS))
    for name, row in out["documents"].items():
        print(f"{name:{width}} " + " ".join(f"{row[head]:>9}" for head in _HEADS))
    total = out["total"]
    print(f"{'total':{width}} " + " ".join(f"{total[head]:>9}" for head in _HEADS))
    print(
        f"\nRight: {total['right']} of {total['printed']} amounts that the PDFs print as their workbooks do ({total['share_right']})"
    )


def _show_peers(out: dict[str, Any]) -> None:
    if not out["peers"]:
        return
    print(
        f"\nPeers, on {len(out['compared']['documents'])} of the documents and their {out['compared']['pages']} pages"
    )
    for peer, row in {"the program": out["compared"], **out["peers"]}.items():
        print(f"{peer:{_width(out)}} " + " ".join(f"{row.get(head, 0):>9}" for head in _HEADS), end="  ")
        print(f"{row['share_right']} right, {row['seconds_per_page']} s of processor time a page")
        for name, why in row.get("failed", {}).items():
            print(f"  failed: {name}: {why}")


def _show_accounting(out: dict[str, Any]) -> None:
    print(f"\nNumeric words: {', '.join(_ACCOUNT)}; shares by reason (documents without pairs, and all that differ)")
    for name, row in out["accounting"].items():
        if name not in out["documents"] or any(row[head] for head in _ACCOUNT[3:]):
            counts = " ".join(f"{row[head]:>7}" for head in _ACCOUNT)
            print(
                f"{name:{_width(out)}} {counts}  "
                + ", ".join(f"{why} {share:.1%}" for why, share in row["shares"].items())
            )
    for name, why in out["left_out"].items():
        print(f"not read: {name}: {why}")
    for name, row in out["documents"].items():
        for sheet in row["sheets_left_out"]:
            if "not printed" in sheet:
                print(f"source differs: {name}: sheet {sheet}")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compare what is read from PDFs with their workbooks.")
    parser.add_argument("--documents", type=Path, default=BESIDE)
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--peers",
        type=int,
        nargs="?",
        const=1,
        default=0,
        metavar="N",
        help="score other libraries too, on every N-th pair",
    )
    parser.add_argument("--only", default="", help="pairs whose path holds this")
    parser.add_argument(
        "--ocr",
        type=Path,
        metavar="FOLDER",
        help="only the scans that lie beside a workbook, by OCR; recognised pages are kept in FOLDER",
    )
    parser.add_argument("--quick", action="store_true", help="the pairs alone, without speed")
    options = parser.parse_args(arguments)
    if not options.documents.is_dir():
        print(f"{options.documents} is absent: nothing to compare. Give --documents a folder of PDFs and workbooks.")
        return 0
    warnings.filterwarnings("ignore", module="openpyxl")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    if options.ocr:
        print(json.dumps(scans(options.documents, options.ocr, options.only), ensure_ascii=False, indent=1))
        return 0
    out = run(options.documents, options.peers, options.only, not options.quick)
    show(out)
    if options.json:
        options.json.write_text(json.dumps(out, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
