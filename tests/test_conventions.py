"""The conventions of the house, as tests: file length, names, words, no traces of a machine. Arrows are in `test_rooms`."""

import ast
import collections
import re
import subprocess

import pytest

from tests.rooms import FILES, FOLDERS, MODULES, ROOT, tree

LONGEST_FUNCTION = 40
CEILING_OF_NAMES_THAT_SAY_NOTHING = 13
# Names that two rooms still share; the list only ever gets shorter.
TWO_CLASSES_OF_ONE_NAME: set[str] = set()


def test_files_stay_short_and_say_what_they_are_for():
    texts = {path: path.read_text(encoding="utf-8") for path in FILES}
    assert not [path for path, text in texts.items() if len(text.splitlines()) > 400], (
        "over 400 lines: split it by idea"
    )
    silent = [path for path, text in texts.items() if not ast.get_docstring(tree(path))]
    assert not silent, "the module docstring says what belongs there"


def test_functions_stay_short():
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long, f"over {LONGEST_FUNCTION} lines: give a step its name"


def test_a_class_has_its_name_alone():
    homes = collections.defaultdict(list)
    for module, path in MODULES.items():
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(module)
    repeated = {
        name: modules for name, modules in homes.items() if len(modules) > 1 and name not in TWO_CLASSES_OF_ONE_NAME
    }
    assert not repeated


def test_frames_are_named_by_what_they_hold():
    """The ceiling only ever goes down: a participle may be a list, a frame, a mask or a dict, and each reader must look."""
    says_nothing = {"found", "known", "own", "said", "told"}
    bound = sum(
        isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in says_nothing
        for path in FILES
        for node in ast.walk(tree(path))
    )
    assert bound <= CEILING_OF_NAMES_THAT_SAY_NOTHING, f"{bound}, where {CEILING_OF_NAMES_THAT_SAY_NOTHING} were"


def test_top_level_is_the_agreed_one():
    tracked = {line.split("/")[0] for line in _git("ls-files").splitlines()}
    few_usual = {
        ".ci",
        ".git-blame-ignore-revs",
        ".gitignore",
        ".pre-commit-config.yaml",
        "CHANGELOG.md",
        "LEEME.md",
        "LICENSE",
        "Makefile",
        "README.md",
        "docs",
        "pyproject.toml",
        "requirements.lock",
        "requirements-cluster.lock",
        "requirements-ocr.lock",
        "requirements-test.lock",
    }
    assert tracked <= few_usual | {*FOLDERS, "tests"}, tracked - few_usual


@pytest.mark.parametrize(
    "pattern", [r"pypi\.org|pythonhosted\.org|registry\.npmjs|deb\.debian", r"(?<![\w.])/(work|farm|root)/[a-z]"]
)
def test_no_registry_and_no_path_of_a_machine(pattern):
    traces = subprocess.run(
        ["git", "grep", "-nIP", pattern, "--", ".", ":!tests/test_conventions.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert not traces.stdout, traces.stdout


def test_locks_pin_every_package_with_hashes_and_no_address():
    for lock in sorted(ROOT.glob("requirements*.lock")):
        text = lock.read_text()
        assert "http" not in re.sub(r"^(\S*http\S*)==", "", text, flags=re.M)
        for name in re.findall(r"^[a-z0-9_.\[\]-]+==\S+", text, flags=re.M | re.I):
            assert re.search(re.escape(name) + r".*\\\n\s+--hash=sha256:", text), f"{name} has no hash"


def test_no_person_is_accused_in_what_we_write():
    """P7: these words stand in no code or text that makes output (the rule itself is stated in expectations)."""
    word = re.compile("fraude|sospecha|corrupci[oó]n", re.I)
    for path in (*FILES, *ROOT.glob("transforms/**/*.yaml"), *ROOT.glob("*.md")):
        if path.parent.name != "expectations":
            assert not word.search(path.read_text(encoding="utf-8")), path


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout
