"""The edge of the `peso` command: what it prints cannot move a terminal, and a machine without room is one sentence.

Which verbs there are is in `pipelines.cli`; what they print, in the modules beside this one.
"""

import errno
import json
import sqlite3
import sys
from collections.abc import Callable
from typing import IO, Any

import click

from pipelines.verbs.language import say
from pipelines.verbs.misuse import told
from pipelines.verbs.verb import VerbGroup
from warehouse.errors import WarehouseError

INTERRUPTED = 130  # what shells report of a command that Ctrl-C ended
_WHY = {
    errno.ENOSPC: (
        "no queda espacio en el disco: libere espacio y repita",
        "no space is left on the disk: free some and repeat",
    ),
    errno.EDQUOT: (
        "se acabó la cuota del disco: libere espacio y repita",
        "the quota of the disk is used up: free some and repeat",
    ),
    errno.EROFS: (
        "el disco es de solo lectura: use otra carpeta con PESO_HOME",
        "the disk is read-only: use another folder with PESO_HOME",
    ),
    errno.EACCES: (
        "no hay permiso: revise a quién pertenece la carpeta, o use otra con PESO_HOME",
        "no permission: look whose folder it is, or use another with PESO_HOME",
    ),
    errno.EPERM: (
        "no hay permiso: revise a quién pertenece la carpeta, o use otra con PESO_HOME",
        "no permission: look whose folder it is, or use another with PESO_HOME",
    ),
    errno.ENOTDIR: (
        "una parte del camino no es una carpeta: revise PESO_HOME",
        "a part of the path is no folder: look at PESO_HOME",
    ),
    errno.EEXIST: (
        "hay un archivo donde debe ir una carpeta: revise PESO_HOME",
        "a file is where a folder must be: look at PESO_HOME",
    ),
    errno.EMFILE: (
        "hay demasiados archivos abiertos: suba el límite (ulimit -n) y repita",
        "too many open files: raise the limit (ulimit -n) and repeat",
    ),
    errno.EIO: ("el disco falla al leer o escribir: revíselo", "the disk fails to read or write: look at it"),
}


def echo_text(text: Callable[[], str], as_json: bool = False, data: Callable[[], Any] | None = None) -> None:
    """Prints what the function answers; what it cannot answer is a sentence.

    As JSON, the data that the text is made of; where a verb has none of its own, the lines of the text.
    """
    try:
        if as_json:
            echo_json(data() if data else {"lines": text().splitlines()})
        else:
            click.echo(text())
    except WarehouseError as error:
        raise refusal(error) from error
    except (LookupError, ValueError) as error:
        raise click.ClickException(str(error)) from error


def echo_json(answer: Any) -> None:
    """Prints data as JSON, letters as they are."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1, default=str))


def refusal(error: WarehouseError) -> click.ClickException:
    """What the tables cannot do, in the language that is spoken."""
    return click.ClickException(say(error.es, str(error)))


class SafeGroup(VerbGroup):
    """A group of verbs whose output is plain text, and whose errors of the machine are a sentence, without a traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """As that of `click.Group`, on streams that carry no control characters and can print every letter."""
        sys.stdout, sys.stderr = _Plain(sys.stdout), _Plain(sys.stderr)
        try:
            return super().main(*args, **kwargs)
        finally:
            sys.stdout, sys.stderr = sys.stdout.stream, sys.stderr.stream

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """As that of `click.Group`; what was typed wrong is told in the language that is spoken."""
        try:
            return super().make_context(*args, **kwargs)
        except click.UsageError as error:
            raise told(error) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the verb; what the machine refuses is said in one sentence."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise told(error) from error
        except BrokenPipeError:
            raise  # whoever reads the output has gone: click ends quietly
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            words = error.strerror or str(error)
            reason = say(*_WHY.get(error.errno or 0, (words, words)))
            raise click.ClickException(f"{where}{reason}.") from error
        except _errors_of_history() as error:
            cause = getattr(error, "orig", None) or error
            raise click.ClickException(
                say(
                    f"No se pudo escribir la historia de Dagster ({cause}): revise espacio y permisos.",
                    f"The history of Dagster could not be written ({cause}): look at space and permissions.",
                )
            ) from error
        except WarehouseError as error:
            raise refusal(error) from error


def _errors_of_history() -> tuple[type[Exception], ...]:
    """What Dagster's database raises; of a library that nothing loaded, nothing was raised."""
    library = sys.modules.get("sqlalchemy.exc")
    return (sqlite3.OperationalError, library.OperationalError) if library else (sqlite3.OperationalError,)


class _Plain:
    """A stream that shows control characters of what documents and portals say as `�`, but for line ends and tabs."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream
        self.silent = False  # of `--quiet`
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")  # no locale: a letter that cannot be printed is `?`, and the verb goes on

    def write(self, text: str) -> int:
        """Writes the text, harmless."""
        return len(text) if self.silent else self.stream.write(harmless(text))

    def isatty(self) -> bool:
        """Never: nobody colours what goes through here, for a colour is a control character."""
        return False

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":  # click writes past an ASCII stream into it, control characters and all
            raise AttributeError(name)
        return getattr(self.stream, name)


def harmless(text: str) -> str:
    """The text with `�` in place of what moves a terminal or turns the direction of a line."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if char in "\n\t" or char == " " or not _is_control(char) else "�" for char in text)


def _is_control(char: str) -> bool:
    code = ord(char)
    return (
        code < 32
        or 127 <= code < 160
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or 0xD800 <= code < 0xE000
    )
