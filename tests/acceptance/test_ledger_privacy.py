"""No person's detail of a ledger is in any file of a home but its archive: names, addresses and numbers of the withheld columns.

Of the real ledgers where they are present, in which these details are made up.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import sources.declared
from pipelines.cli import main
from pipelines.dagster_ui.run import run_everything
from pipelines.home import Home
from pipelines.work.adding import Given, add_sources
from sources.read import sniff
from sources.sheets import read_grids
from tests.acceptance.conftest import LEDGERS
from tests.pipelines.world import rows
from tests.sources.ledgers.forms import read_file
from warehouse.schema.text import words

pytestmark = pytest.mark.skipif(not LEDGERS.is_dir(), reason="no shared ledgers")
_FILES = (
    "sipot_oplever_F21B_publicidad_2025.xlsx", "sipot_oplever_F26A_procedimientos_2025.xlsx", "sipot_oplever_F30_proveedores_2025.xlsx",
    "sipot_oplever_F29A_gasto_partida_2025.xlsx",
)  # fmt: skip
_OF_A_PERSON = re.compile(r"nombre|apellido|rfc|registro federal|correo|domicilio|telefono|representante|contacto")
_LEAST = 8  # characters: a shorter one, such as a first name or a postal code, is in many texts that are nobody's


def is_telling(text: str, places: set[str]) -> bool:
    """Whether a text of a withheld cell says who somebody is: several words, an address or a long number, and no name of a place."""
    several = any(mark in text.strip() for mark in " @") or any(char.isdigit() for char in text)
    return len(text) >= _LEAST and several and words(text) not in places


def withheld_texts(path: Path) -> set[str]:
    """The texts of persons that the reader withheld, found again in the file by their places.

    A supplier that is not shown to be a company is withheld too, and so is a reason that names somebody; a company of that name,
    or the same reason where it names nobody, may stand elsewhere.
    """
    records = read_file(path).records
    grids = {grid.name: grid for grid in read_grids(path, path.name, sniff(path, path.name))}
    places = {(grid.name, cell.place): cell.text for grid in grids.values() for cell in grid.cells()}
    private = records[
        records["withheld"] & records["header"].map(lambda header: bool(_OF_A_PERSON.search(words(header or ""))))
    ]
    return {places[at].strip() for at in zip(private["page"], private["place"], strict=True)}


def details_of_persons(value: Any) -> Iterator[str]:
    """The texts of contact points and addresses in a release."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in ("contactPoint", "address"):
                yield from (
                    text
                    for name, text in inside.items()
                    if isinstance(text, str) and name not in ("url", "countryName", "region")
                )
            else:
                yield from details_of_persons(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from details_of_persons(inside)


def governments() -> pd.DataFrame:
    """The states and municipalities that the program knows."""
    return pd.read_csv(Path(sources.declared.__file__).parent / "entries" / "governments.csv", dtype="str")


def files_of(home: Home) -> Iterator[tuple[str, str]]:
    """The text of every file that a home has made: tables, releases, pages, workbooks; not the archive of what came."""
    for path in sorted(home.root.rglob("*")):
        if not path.is_file() or "archive" in path.relative_to(home.root).parts or path.suffix == ".duckdb":
            continue  # the database holds the tables that are there as Parquet too
        if path.suffix == ".parquet":
            columns = pq.read_table(path).to_pydict().values()
            yield str(path), "\n".join(str(value) for column in columns for value in column if value is not None)
        elif path.suffix in (".xlsx", ".zip"):
            with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as package:
                yield str(path), "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
        else:
            yield str(path), path.read_bytes().decode("utf-8", "replace")


def written(detail: str) -> set[str]:
    """A detail as text, as JSON that escapes, and as HTML."""
    return {detail, json.dumps(detail)[1:-1], html.escape(detail)}


def tell(home: Home, folder: Path, names: Sequence[str]) -> None:
    """What the verbs answer of the registers: their words, and the packs of evidence of contracts that are withheld and of what they explain."""
    [withheld] = rows(home, "SELECT contract_id FROM core.contract WHERE supplier_kind = 'withheld' LIMIT 1")
    [line] = rows(home, "SELECT line_id FROM out.line_trace WHERE payments > 0 LIMIT 1")
    asked = [["status"], ["due"], *(["read", str(LEDGERS / name)] for name in names)]
    for subject in (*withheld.values(), *line.values()):
        asked += [
            ["trace", subject],
            ["explain", subject],
            ["ask", subject],
            ["evidence", subject, "--out", str(folder / subject.replace(":", "-"))],
        ]
    for number, arguments in enumerate(asked):
        answer = CliRunner().invoke(main, arguments, env={"PESO_HOME": str(home.root)})
        (folder / f"{number}.txt").write_text(answer.output, encoding="utf-8")


def test_no_detail_of_a_person_is_in_any_file_of_a_home(tmp_path: Path) -> None:
    releases = sorted((LEDGERS / "ocds_cdmx_sefin").glob("*.json"))[:3]
    private = {text for name in _FILES for text in withheld_texts(LEDGERS / name)}
    private |= {text for path in releases for text in details_of_persons(json.loads(path.read_text(encoding="utf-8")))}
    names = governments()
    places = {
        words(name) for column in ("name", "aliases") for text in names[column].dropna() for name in text.split(";")
    }
    private = {text for text in private if is_telling(text, places)}
    assert len(private) > 100
    home = Home(tmp_path / "home").create()
    given = Given(government_id="30087", fiscal_year=2025, kind="contratos", folio=None)
    added = list(add_sources(home, [str(path) for path in (*(LEDGERS / name for name in _FILES), *releases)], given))
    assert {one.outcome for one in added} == {"added"}
    assert run_everything(home) is not None
    (home.root / "told").mkdir()
    tell(home, home.root / "told", _FILES[:2])
    forms = {form: detail for detail in private for form in written(detail)}
    files = dict(files_of(home))
    assert {"reporte.html", "registros.csv", "index.html", "index.db", "0.txt"} <= {Path(path).name for path in files}
    leaks = {
        (path.removeprefix(str(home.root)), forms[form])
        for path, text in files.items()
        for form in forms
        if form in text and re.search(rf"(?<!\w){re.escape(form)}(?!\w)", text)
    }
    assert not leaks
