"""The edge of the command: plain text, and a sentence in place of a traceback."""

import errno
import io
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipelines.verbs.safe_output import SafeGroup, harmless

ROOT = Path(__file__).parents[3]


@click.group(cls=SafeGroup)
def verbs() -> None: ...


@verbs.command()
@click.argument("number", type=int)
def fails(number: int) -> None:
    raise OSError(number, os.strerror(number), "/home/x/archive")


@verbs.command()
def shows() -> None:
    click.echo("a\x1b]0;título\x07b\u202ec\td\ne")
    print("\x1b[2J")


def test_control_characters_never_reach_the_terminal() -> None:
    result = CliRunner().invoke(verbs, ["shows"])
    assert result.output == "a�]0;título�b�c\td\ne\n�[2J\n"
    assert harmless("Año 2023 – 1,234.00 «x»") == "Año 2023 – 1,234.00 «x»"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "no queda espacio en el disco"),
        (errno.EROFS, "de solo lectura"),
        (errno.EACCES, "no hay permiso"),
        (errno.ENOTDIR, "no es una carpeta"),
        (errno.ETXTBSY, os.strerror(errno.ETXTBSY)),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(number: int, sentence: str) -> None:
    result = CliRunner().invoke(verbs, ["fails", str(number)])
    assert (result.exit_code, len(result.output.splitlines())) == (1, 1)
    assert sentence in result.output and "/home/x/archive" in result.output


def test_the_real_command_without_a_home_and_without_a_locale(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    environment = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "ascii", "LC_ALL": "POSIX", "PYTHONPATH": str(ROOT)}
    for home, verb, code in (("file/home", ["run"], 1), ("none", ["inbox"], 0)):
        command = [sys.executable, "-m", "pipelines.cli", *verb]
        result = subprocess.run(
            command, env=environment | {"PESO_HOME": str(tmp_path / home)}, capture_output=True, text=True, check=False
        )
        assert (result.returncode, "Traceback" in result.stderr) == (code, False), result.stderr
        assert len((result.stdout + result.stderr).splitlines()) == 1


def test_letters_that_a_terminal_lacks_are_replaced() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    before, sys.stdout = sys.stdout, stream
    try:
        verbs.main(["shows"], standalone_mode=False)
    finally:
        sys.stdout = before
    stream.flush()
    assert raw.getvalue() == b"a?]0;t?tulo?b?c\td\ne\n?[2J\n"
