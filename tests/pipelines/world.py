"""A data home with the embedded sample and some bad documents beside it, run once through real Dagster, DuckDB and GX.

Once for all workers of a run of the tests: it takes longer than all the tests that look at it.
"""

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from click.testing import CliRunner
from reportlab.pdfgen.canvas import Canvas

from pipelines.home import Home
from pipelines.verbs.report import RunSummary
from pipelines.work.adding import Added, add_sample, add_sources
from warehouse.ask.query import asking


class World(NamedTuple):
    home: Home
    first: RunSummary
    bad: dict[str, Added]


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Made by the first worker that asks for it; each has a copy, so that what a test writes is seen by its own worker."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    made, told = shared / "world", shared / "world.pickle"
    with (shared / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not told.exists():
            told.write_bytes(pickle.dumps(_made(Home(made).create(), tmp_path_factory.mktemp("bad"))))
    first, bad = pickle.loads(told.read_bytes())
    return World(Home(shutil.copytree(made, own / "world-of-this-worker")), first, bad)


def _made(home: Home, folder: Path) -> tuple[RunSummary, dict[str, Added]]:
    from pipelines.dagster_ui.run import (
        run_everything,  # Dagster takes seconds to load, and most tests know nothing of it
    )

    add_sample(home)
    paths = bad_documents(folder)
    bad = dict(zip([path.name for path in paths], add_sources(home, map(str, paths)), strict=True))
    summary = run_everything(home)
    assert summary is not None
    return summary, bad


def bad_documents(folder: Path) -> list[Path]:
    """One document for each way of being unreadable."""
    files = {"vacio.pdf": b"", "pagina.pdf": b"<!DOCTYPE html><html><body>404</body></html>"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    whole = folder / "entero.pdf"
    canvas = Canvas(str(whole), invariant=1)
    canvas.drawString(72, 700, "Presupuesto 2021")
    canvas.save()
    (folder / "truncado.pdf").write_bytes(whole.read_bytes()[:200])
    whole.unlink()
    canvas = Canvas(str(folder / "cifrado.pdf"), encrypt="clave")
    canvas.drawString(72, 700, "1,234.00")
    canvas.save()
    canvas = Canvas(str(folder / "dibujo.pdf"))
    canvas.rect(72, 72, 200, 200, fill=1)
    canvas.save()
    openpyxl.Workbook().save(folder / "sin-tabla.xlsx")
    canvas = Canvas(str(folder / "tragado.pdf"))  # money one below the other, and text on both sides: no table is seen
    for n in range(8):
        canvas.drawString(
            72, 700 - 14 * n, f"que el fondo recibe la suma de $ 234,56{n}.25 pesos y la entrega en partes iguales"
        )
    canvas.save()
    with zipfile.ZipFile(folder / "bomba.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return sorted(folder.iterdir())


def peso(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The `peso` command as a person runs it."""
    command = [sys.executable, "-m", "pipelines.cli", *arguments]
    return subprocess.run(
        command, env=os.environ | {"PESO_HOME": str(home.root)}, capture_output=True, text=True, check=False
    )


def peso_here(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The same without a process of its own, which takes seconds to start."""
    from pipelines.cli import main

    done = CliRunner().invoke(main, arguments, env={"PESO_HOME": str(home.root)})
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def rows(home: Home, sql: str) -> list[dict[str, Any]]:
    """What SQL gives on the published release."""
    with asking(home.published().database) as ask:
        return ask(sql)
