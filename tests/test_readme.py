"""The README and LEEME are run: their queries on the sample's release, their verbs against the command and the Makefile."""

import re
from pathlib import Path

import click
import pytest

from pipelines.cli import main
from tests.pipelines.world import rows

ROOT = Path(__file__).parent.parent
PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "LEEME.md")}


@pytest.mark.parametrize(
    "sql", [sql for text in PAGES.values() for sql in re.findall(r'peso query "(SELECT[^"]+)"', text)]
)
def test_every_query_of_the_pages_answers(world, sql):
    assert rows(world.home, sql), sql


@pytest.mark.parametrize("name", PAGES)
def test_every_verb_of_the_pages_exists(name):
    verbs = set(re.findall(r"^peso ([a-z]+)", PAGES[name], flags=re.M)) | set(
        re.findall(r"`peso ([a-z]+)", PAGES[name])
    )
    assert verbs
    assert verbs <= set(main.commands), verbs - set(main.commands)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M))
    made = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(re.findall(r"`[^`]*`|```sh.*?```", PAGES[name], flags=re.S))))
    assert made <= targets, made - targets


def test_every_command_has_help():
    assert all(isinstance(command, click.Command) and command.help for command in main.commands.values())


def test_linked_files_exist():
    for text in PAGES.values():
        for link in re.findall(r"\]\((?!http)([^)#]+)\)", text):
            assert (ROOT / link).exists(), link
