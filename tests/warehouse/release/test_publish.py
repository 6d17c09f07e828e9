"""A release is whole, numbered, proven by its manifest, and published only when it says something new."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.warehouse.made_store import line, made_up
from warehouse.errors import WarehouseError
from warehouse.release import publish as module
from warehouse.release.folder import Release, changed_files, latest
from warehouse.release.publish import publish
from warehouse.schema import TABLES
from warehouse.store.parquet import Store

Refill = Callable[[str, list[dict[str, Any]]], Path]
pytestmark = pytest.mark.usefixtures("one_csv")


def test_a_release_has_everything_and_the_manifest_proves_it(whole: Release) -> None:
    release = whole
    assert release.published
    assert release.number == 1
    assert release.folder.name == "0001"
    manifest = json.loads((release.folder / "manifest.json").read_text())
    assert manifest == release.manifest
    assert (manifest["code_version"], manifest["created_at"]) == ("abc", "2026-11-21T03:00:00+00:00")
    assert manifest["inputs"] == [
        {"document_id": "made-up", "sha256": "0" * 64, "outcome": "read", "reader": "1"},
        {"document_id": "scan", "sha256": None, "outcome": "no_text", "reader": None},
    ]
    rows = {file["path"]: file["rows"] for file in manifest["files"]}
    for name, count in {"csv/linea.csv": 3, "parquet/core/amount.parquet": 4, "validacion.html": None}.items():
        assert rows[name] == count
    assert {"peso_a_peso.duckdb", "peso_a_peso.xlsx", "DICCIONARIO.md", "DICTIONARY.md"} <= rows.keys()
    assert changed_files(release) == []
    assert sorted(path.name for path in release.folder.parent.iterdir()) == [
        "0001",
        "ediciones.json",
        "index.html",
        "latest",
    ]


def test_a_touched_release_is_noticed(released: Release) -> None:
    release = released
    with (release.folder / "csv" / "linea.csv").open("a") as file:
        file.write("x")
    (release.folder / "DICTIONARY.md").unlink()
    (release.folder / "extra.txt").write_text("x")
    assert changed_files(release) == ["DICTIONARY.md", "csv/linea.csv", "extra.txt"]


def test_the_same_contents_are_not_published_again(released: Release, store: Store, tmp_path: Path) -> None:
    again = publish(store, tmp_path / "releases", code_version="2")
    assert not again.published
    assert (again.folder, again.manifest) == (released.folder, released.manifest)
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [
        "0001",
        "ediciones.json",
        "index.html",
        "latest",
    ]


def test_new_contents_are_the_next_release_and_the_old_one_stays(
    released: Release, store: Store, refill: Refill
) -> None:
    root = released.folder.parent
    refill("out.line", [line(10), line(2, label="corregida"), line(3)])
    second = publish(store, root, code_version="2")
    assert second.published
    assert second.folder.name == "0002"
    assert second.manifest["previous"] == 1
    assert (root / "latest").resolve() == second.folder.resolve()
    assert changed_files(released) == []
    assert changed_files(second) == []
    difference = latest(root)
    assert difference is not None
    assert difference.number == 2
    assert duckdb.connect(str(root / "latest" / "peso_a_peso.duckdb"), read_only=True).execute(
        "SELECT label FROM out.line WHERE line_id = 'made-up:1:2'"
    ).fetchall() == [("corregida",)]


def test_files_of_tables_that_say_the_same_take_no_room(
    released: Release, store: Store, tmp_path: Path, refill: Refill
) -> None:
    refill("core.government", [{"government_id": "26", "name": "Sonora", "level": "state"}])
    second = publish(store, released.folder.parent, code_version="abc")
    other = publish_again(store, released.folder.parent, refill, code_version="def")

    def shared(one: Release, next_one: Release) -> set[str]:
        files = [Path(file["path"]) for file in next_one.manifest["files"]]
        return {
            path.as_posix()
            for path in files
            if (one.folder / path).exists() and (one.folder / path).samefile(next_one.folder / path)
        }

    assert "parquet/core/line.parquet" in shared(released, second)
    assert "csv/linea.csv" in shared(released, second)
    assert "parquet/core/government.parquet" not in shared(released, second)
    assert not any("claim" in name or "afirmacion" in name for name in shared(released, second)), (
        "its hash leaves columns out"
    )
    assert not shared(second, other), "another program may write other files"
    assert all(changed_files(one) == [] for one in (released, second, other))


def publish_again(store: Store, root: Path, refill: Refill, code_version: str) -> Release:
    refill("core.government", [{"government_id": "26", "name": "Estado de Sonora", "level": "state"}])
    return publish(store, root, code_version=code_version)


def test_a_release_says_what_changed(released: Release, store: Store, tmp_path: Path, refill: Refill) -> None:
    assert not (released.folder / "difference.json").exists()
    refill("out.line", [line(10), line(2, aprobado_centavos=1), line(3)])
    refill("out.alert", [*made_up()["out.alert"], {**made_up()["out.alert"][0], "alert_id": "a2"}])
    folder = publish(store, tmp_path / "releases", code_version="2").folder
    difference = json.loads((folder / "difference.json").read_text())
    assert (difference["previous"], difference["release"], difference["compared"]) == (1, 2, True)
    assert difference["tables"]["out.line"] == {
        "added": 1,
        "removed": 1,
        "changed": 1,
        "examples": {
            "added": [["made-up:1:3", "2021"]],
            "removed": [["made-up:1:1", "2021"]],
            "changed": [["made-up:1:2", "2021"]],
        },
    }
    assert difference["tables"]["out.alert"]["added"] == 1
    assert difference["tables"]["out.health_vs_events"] == {"added": 0, "removed": 0, "changed": 0}
    text = (folder / "DIFERENCIAS.md").read_text()
    assert "| `out.line` | 1 | 1 | 1 |" in text
    assert "* made-up:1:2 · 2021" in text


@pytest.mark.usefixtures("released")
def test_keys_with_nulls_are_compared_too(store: Store, tmp_path: Path, refill: Refill) -> None:
    refill("out.health_vs_events", [{**made_up()["out.health_vs_events"][0], "refusals": "no_health"}])
    folder = publish(store, tmp_path / "releases", code_version="2").folder
    difference = json.loads((folder / "difference.json").read_text())["tables"]["out.health_vs_events"]
    assert {kind: difference[kind] for kind in ("added", "removed", "changed")} == {
        "added": 0,
        "removed": 0,
        "changed": 1,
    }
    assert difference["examples"]["changed"] == [["made-up", "—", "2021", "aprobado", "—"]]


def test_a_removed_database_is_said_not_fatal(released: Release, store: Store, tmp_path: Path, refill: Refill) -> None:
    released.database.unlink()
    refill("out.line", [line(1)])
    folder = publish(store, tmp_path / "releases", code_version="2").folder
    assert not json.loads((folder / "difference.json").read_text())["compared"]
    assert "ya no tiene su archivo DuckDB" in (folder / "DIFERENCIAS.md").read_text()


def test_a_failure_leaves_no_release(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "write_workbook", crash)
    with pytest.raises(KeyboardInterrupt):
        publish(store, tmp_path / "releases", code_version="1")
    assert list((tmp_path / "releases").iterdir()) == []
    assert latest(tmp_path / "releases") is None


def test_two_at_once_do_not_mix(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "releases"

    def other_run(*_: object) -> None:
        (root / "0001").mkdir(parents=True)
        (root / "0001" / "manifest.json").write_text("{}")

    monkeypatch.setattr(module, "_copy", other_run)
    with pytest.raises(WarehouseError, match="0001 was published by another run"):
        publish(store, root, code_version="1")
    assert [path.name for path in (root / "0001").iterdir()] == ["manifest.json"]


def test_an_extra_file_does_not_replace_one_of_ours(store: Store, tmp_path: Path) -> None:
    (tmp_path / "DICCIONARIO.md").write_text("otro")
    with pytest.raises(WarehouseError, match=r"called DICCIONARIO\.md"):
        publish(store, tmp_path / "releases", code_version="1", extra_files=[tmp_path / "DICCIONARIO.md"])


def test_a_broken_release_is_named(released: Release, store: Store, tmp_path: Path) -> None:
    (released.folder / "manifest.json").unlink()
    with pytest.raises(WarehouseError, match=r"0001 has no readable manifest\.json"):
        publish(store, tmp_path / "releases", code_version="1")


def test_numbers_go_on_after_9999(released: Release, store: Store, refill: Refill) -> None:
    root = released.folder.parent
    shutil.copytree(released.folder, root / "9999")
    manifest = {**released.manifest, "release": 9999}
    (root / "9999" / "manifest.json").write_text(json.dumps(manifest))
    refill("out.line", [line(1)])
    assert publish(store, root, code_version="2").folder.name == "10000"
    newest = latest(root)
    assert newest is not None
    assert newest.number == 10000


def test_a_release_without_any_table_is_published_and_says_so(tmp_path: Path) -> None:
    release = publish(Store(tmp_path / "store"), tmp_path / "releases", code_version="1")
    assert set(release.manifest["never_written"]) == set(release.manifest["tables"])
    assert set(release.manifest["never_written"]) <= set(TABLES)
