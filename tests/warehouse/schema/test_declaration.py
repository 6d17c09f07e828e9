"""The one door for YAML that people write: whatever lies in a folder, it is reported with its line or it is used."""

import os
from pathlib import Path
from typing import Literal

import pytest

from warehouse.schema.declaration import Problem, Strict, load, takes


class Part(Strict):
    size: int = takes("a number of pesos", "un número de pesos")


class Thing(Strict):
    name: str = takes("a name", "un nombre")
    parts: tuple[Part, ...] = takes("a list of parts", "una lista de partes", ())
    kind: Literal["a", "b"] = "a"


def load_text(folder: Path, text: str | bytes) -> tuple[tuple[Thing, ...], tuple[Problem, ...]]:
    data = text.encode() if isinstance(text, str) else text
    (folder / "x.yaml").write_bytes(data)
    return load(Thing, [folder], "name")


@pytest.mark.parametrize(
    ("text", "line", "en", "es"),
    [
        ("name: x\nkind: a\nname: y\n", 3, "key name: written twice, first on line 1", "clave name: está escrita dos veces, primero en el renglón 1"),
        ("name: x\nparts:\n  - size: 1\n  - size: dos\n", 4, "key parts[1].size: expected a number of pesos; found «dos»", "clave parts[1].size: se esperaba un número de pesos"),
        ("name: x\nparts:\n  - size: 1\n  - {}\n", 4, "key parts[1].size: expected a number of pesos; found nothing. Add it.", "se encontró nada. Agréguela."),
        ("name: x\nparts:\n  - size: 1\n    siez: 2\n", 4, "Did you mean «size»?", "¿Quiso decir «size»?"),
        ("name: x\nkind: c\n", 2, "expected one of a or b; found «c»", "se esperaba una de a o b"),
        ("name: x\nparts: 3\n", 2, "expected a list of parts", "se esperaba una lista de partes"),
        ("name: x\nparts:\n  - 3\n", 3, "key parts[0]: expected", "clave parts[0]: se esperaba"),
        ("name: x\n\tkind: a\n", 2, "expected well-formed YAML", "se esperaba YAML bien formado"),
        ("name: x\nkind: \x07a\n", 2, "expected well-formed YAML", "se esperaba YAML bien formado"),
        (b"name: x\nkind: \xf1\n", 2, "another encoding", "Guárdelo como UTF-8"),
        ("", 1, "found nothing", "se encontró nothing"),
        ("- name: x\n", 1, "expected keys", "se esperaban claves"),
        ("name: x\n---\nname: y\n", 2, "found another after «---»", "se encontró otro tras «---»"),
        ("name: &n x\nkind: *n\n", 2, "the alias *n", "el alias *n"),
        ("? [a, b]\n: c\n", 1, "expected the name of a key", "el nombre de una clave"),
        ("name: " + "[" * 50_000, 1, "expected at most 12 levels", "12 niveles"),
        ("name: x\nparts:\n  - size: " + "9" * 5_000 + "\n", 3, "key parts[0].size", "clave parts[0].size"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line_in_both_languages(
    tmp_path: Path, text: str | bytes, line: int, en: str, es: str
) -> None:
    things, [problem] = load_text(tmp_path, text)
    assert things == ()
    assert (problem.file, problem.line) == (f"{tmp_path.name}/x.yaml", line)
    assert en in problem.message
    assert es in problem.mensaje


def test_text_stays_the_text_it_is(tmp_path: Path) -> None:
    [thing], problems = load_text(tmp_path, "\ufeffname: 010\nparts: [{size: 010}, {size: '7'}]\nkind:\n")
    assert (thing.name, [part.size for part in thing.parts], thing.kind, problems) == ("010", [10, 7], "a", ())


def test_whatever_lies_in_a_folder_the_rest_goes_on(tmp_path: Path) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    (folder / "good.yaml").write_text("name: good\n")
    (folder / "good2.yaml").write_text("name: good\n")
    (folder / "folder.yaml").mkdir()
    (folder / ".#good.yaml").symlink_to("user@host.1:1")
    (folder / "itself.yaml").symlink_to("itself.yaml")
    (tmp_path / "secret").write_text("a password: [\n")
    (folder / "link.yaml").symlink_to(tmp_path / "secret")
    (folder / "big.yaml").write_text("#" * 2_000_000)
    (folder / "other.yml").write_text("name: other\n")
    (folder / "notes.txt").write_text("not meant to be read")
    os.mkfifo(folder / "pipe.yaml")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml")).write_text("colour: red\n")
    things, problems = load(Thing, [folder, tmp_path / "absent"], "name")
    assert [thing.name for thing in things] == ["good"]
    files = sorted({problem.file.removeprefix("things/") for problem in problems})
    assert files == [
        ".#good.yaml",
        "?.yaml",
        "big.yaml",
        "folder.yaml",
        "good2.yaml",
        "itself.yaml",
        "link.yaml",
        "other.yml",
        "pipe.yaml",
    ]
    by_file = {problem.file: problem for problem in problems}
    assert "a link that leads nowhere" in by_file["things/.#good.yaml"].en
    assert "a link to another one" in by_file["things/link.yaml"].en
    assert "password" not in str(by_file["things/link.yaml"])
    assert "una carpeta" in by_file["things/folder.yaml"].es
    assert "Ya lo usa things/good.yaml" in by_file["things/good2.yaml"].es
    assert all(problem.es != problem.en for problem in problems)
    assert "".join(map(str, problems)).encode("utf-8")


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_folder_that_is_none_is_reported(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "things"
    if kind == "file":
        folder.write_text("name: x\n")
    else:
        folder.symlink_to("nowhere")
    things, [problem] = load(Thing, [folder], "name")
    assert things == ()
    assert problem.file.endswith("things")
