"""Reading apart: what the walls must leave to it, whoever runs the program."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from reportlab.pdfgen.canvas import Canvas

from pipelines.apart.reader import ToRead, read_apart
from sources.pdf import ocr
from sources.raw.reading import Document


@pytest.mark.skipif(not ocr.installed(), reason="the extra ocr is not installed")
def test_ocr_reads_where_no_second_reader_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    canvas = Canvas(str(tmp_path / "drawn.pdf"), invariant=1)
    canvas.rect(72, 72, 200, 200, fill=1)
    canvas.save()
    kept = tmp_path / "kept"
    kept.mkdir()
    [(answer, _)] = read_apart([ToRead(Document(tmp_path / "drawn.pdf", "drawn", ocr=kept))])
    assert answer.error is not None
    assert answer.error.code == "no_text", answer.error


def as_nobody(*command: str) -> list[str]:
    """The command as a user without root's exemptions from limits, who may read the program wherever it lies."""
    rights = "+dac_override,+dac_read_search"
    kept = [
        "--clear-groups",
        f"--inh-caps=-all,{rights}",
        f"--ambient-caps=-all,{rights}",
        f"--bounding-set=-all,{rights}",
    ]
    return ["setpriv", "--reuid=65534", "--regid=65534", *kept, *command]


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may look into, as `tmp_path` is not."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


@pytest.mark.parametrize("name", ["gasto.csv", "gasto.pdf"])
def test_an_ordinary_user_reads(open_folder: Path, name: str) -> None:
    lines = ("Concepto,Aprobado", "Servicios personales,1200.00", "Materiales,300.50", "Total,1500.50")
    if name.endswith(".csv"):
        (open_folder / name).write_text("\n".join(lines), encoding="utf-8")
    else:
        canvas = Canvas(str(open_folder / name), invariant=1)
        for at, line in enumerate(lines):
            for column, cell in enumerate(line.split(",")):
                canvas.drawString(72 + 250 * column, 700 - 14 * at, cell)
        canvas.save()
    command = [sys.executable, "-m", "pipelines.cli", "read", str(open_folder / name), "--format", "csv"]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root has no such limits, and cannot become another user here")
        command = as_nobody(*command)
    environment = os.environ | {
        "PESO_HOME": str(open_folder / "none"),
        "HOME": str(open_folder),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "1200.00" in ran.stdout
