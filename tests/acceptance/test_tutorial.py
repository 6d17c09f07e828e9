"""The tutorial is run: every command of docs/tutorial.md, in its order, on the document that it describes; what it shows is what comes out."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from tests.sources.pdf.typeset import Sheet, typeset

PAGE = (Path(__file__).parents[2] / "docs" / "tutorial.md").read_text(encoding="utf-8")
STAGES = ("Aprobado", "Modificado", "Devengado", "Pagado")
BY_OBJECT = [
    ("1000 Servicios personales", 150_000_000, 0), ("3000 Servicios generales", 11_250_000, 0), ("3600 Servicios de comunicación social y publicidad", 10_000_000, 1),
    ("3800 Servicios oficiales", 1_250_000, 1), ("Total de egresos", 161_250_000, 0),
]  # fmt: skip
BY_FUNCTION = [
    ("2 Desarrollo social", 161_250_000, 0), ("2.3 Salud", 100_000_000, 1), ("2.5 Educación", 61_250_000, 1), ("Total de egresos", 161_250_000, 0),
]  # fmt: skip


class Step(NamedTuple):
    """A fenced block of the page."""

    kind: str
    text: str


def steps() -> Iterator[Step]:
    for kind, text in re.findall(r"^```(\w+)\n(.*?)^```", PAGE, flags=re.S | re.M):
        yield Step(kind, text)


def draw(title: str, rows: list[tuple[str, int, int]], sheet: Sheet) -> None:
    for y, text in enumerate(
        (
            "Municipio de Villa Inventada",
            "Estado Analítico del Ejercicio del Presupuesto de Egresos",
            title,
            "Del 1 de enero al 31 de diciembre de 2023",
            "(Pesos)",
        )
    ):
        sheet.centre(306, 60 + 12 * y, text, bold=True)
    sheet.text(50, 140, "Concepto", bold=True)
    for x, stage in zip((330, 410, 490, 570), STAGES, strict=True):
        sheet.right(x, 140, stage, bold=True)
    for place, (label, pesos, depth) in enumerate(rows):
        sheet.text(50 + 10 * depth, 158 + 14 * place, label)
        for x in (330, 410, 490, 570):
            sheet.right(x, 158 + 14 * place, f"{pesos:,.2f}")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the document, and a home of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PESO_HOME", str(tmp_path / "data"))
    monkeypatch.delenv("PESO_LANG", raising=False)
    pages = [
        lambda sheet: draw("Clasificación por Objeto del Gasto (Capítulo y Concepto)", BY_OBJECT, sheet),
        lambda sheet: draw("Clasificación Funcional (Finalidad y Función)", BY_FUNCTION, sheet),
    ]
    typeset(tmp_path, *pages).rename(tmp_path / "villa-2023.pdf")
    return tmp_path


def done(command: str) -> str:
    """What one line of the page prints."""
    words = shlex.split(command, comments=True)
    if words[0] == "python":
        return subprocess.run(
            [sys.executable, *words[1:]], capture_output=True, text=True, check=True, timeout=60
        ).stdout
    assert words[0] == "peso"
    result = CliRunner().invoke(main, words[1:], catch_exceptions=False)
    assert result.exit_code == 0, f"{command}\n{result.output}"
    return result.output


def test_the_tutorial_is_done_as_it_is_written(there: Path) -> None:
    printed = ""
    for step in steps():
        if step.kind == "sh":
            printed = " ".join(" ".join(done(line).split()) for line in step.text.splitlines())
        elif step.kind == "yaml":
            path = there / step.text.splitlines()[0].removeprefix("# ")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step.text, encoding="utf-8")
        else:
            for line in step.text.splitlines():
                assert line in printed, f"{line!r} is not in {printed[-3000:]}"
    page = (there / "data" / "releases" / "latest" / "reporte.html").read_text(encoding="utf-8")
    for sentence in re.findall(r"^> (.+)$", PAGE, flags=re.M):
        assert sentence in page
    assert (there / "recorte.png").stat().st_size > 10_000
    with_document = [sys.executable, "evidencia/verifica.py", "evidencia", "villa-2023.pdf"]
    assert subprocess.run(with_document, check=False, timeout=60).returncode == 0
