"""A DuckDB with the lake attached: extensions from packages, the key of the bucket from the usual `AWS_…` variables.

What is written there is for `commit`; what is read from it, for `edition` and whoever asks.
"""

import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import duckdb

from warehouse.errors import WarehouseError
from warehouse.store import ddl
from warehouse.store.session import session

NAME = "lake"
# By the package that brings it, the name by which DuckDB looks for it.
_EXTENSIONS = {"httpfs": "httpfs", "postgres": "postgres_scanner", "ducklake": "ducklake"}


class Lake(NamedTuple):
    """Where a lake is: its catalogue as DuckLake takes it (`postgres:dbname=peso host=db`), and the folder or URL of its files."""

    catalogue: str
    files: str


@contextmanager
def opened(lake: Lake, folder: Path, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A session of `warehouse.store.session` with the lake in it, under NAME.

    Raises WarehouseError where a package of the extra `cluster` is missing.
    """
    with session(folder) as con:
        for package, extension in _EXTENSIONS.items():
            con.execute(f"LOAD {ddl.text(str(_linked(package, extension, folder)))}")
        if os.environ.get("AWS_ACCESS_KEY_ID"):
            con.execute(_secret())
        # Every row in a file: an edition is made of files alone.
        options = f"DATA_PATH {ddl.text(lake.files.rstrip('/') + '/')}, DATA_INLINING_ROW_LIMIT 0{', READ_ONLY' if read_only else ''}"
        con.execute(f"ATTACH {ddl.text(f'ducklake:{lake.catalogue}')} AS {NAME} ({options})")
        yield con


def _linked(package: str, extension: str, folder: Path) -> Path:
    """The extension under the name that DuckDB takes its entry point from."""
    spec = importlib.util.find_spec(f"duckdb_extension_{package}")
    version = f"v{duckdb.__version__}"
    files = [
        path
        for place in (spec.submodule_search_locations or [] if spec else [])
        for path in Path(place).glob(f"extensions/{version}/*")
    ]
    if not files:
        raise WarehouseError(
            f"There is no package duckdb-extension-{package} for DuckDB {duckdb.__version__}.",
            "Install the extra `cluster`, whose lock has both in the same version.",
        )
    link = folder / f".{version}" / f"{extension}.duckdb_extension"
    link.parent.mkdir(exist_ok=True)
    if not link.is_symlink():
        link.symlink_to(files[0])
    return link


def _secret() -> str:
    """The key of the bucket, for DuckDB: of AWS, or of another server where `AWS_ENDPOINT_URL` names one."""
    asked = {
        "KEY_ID": "AWS_ACCESS_KEY_ID",
        "SECRET": "AWS_SECRET_ACCESS_KEY",
        "SESSION_TOKEN": "AWS_SESSION_TOKEN",
        "REGION": "AWS_REGION",
    }
    options = [f"{option} {ddl.text(os.environ[name])}" for option, name in asked.items() if os.environ.get(name)]
    if endpoint := os.environ.get("AWS_ENDPOINT_URL"):
        server = urlsplit(endpoint)
        options += [f"ENDPOINT {ddl.text(server.netloc)}", f"USE_SSL {server.scheme == 'https'}", "URL_STYLE 'path'"]
    return f"CREATE SECRET (TYPE s3, {', '.join(options)})"
