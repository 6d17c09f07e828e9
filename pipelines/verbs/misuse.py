"""What is said of a command that was typed wrong, in Spanish: the library speaks English.

By what it says, for it says most of it in words alone; what is not known here stays as it was. Our own refusals speak both languages.
"""

import re
from collections.abc import Mapping
from typing import IO, Any

import click

from pipelines.verbs.language import is_english

_SPANISH: Mapping[str, str] = {
    r"Missing (?:argument|parameter):? '?([^']+)'?\.": r"Falta «\1».",
    r"Missing option (.+?)\.": r"Falta la opción \1.",
    r"Missing command\.": r"Falta el verbo.",
    r"No such option:? '?([^']+?)'?\.": r"No hay opción «\1».",
    r"No such command '(.+?)'\.": r"No hay verbo «\1».",
    r"Did you mean (?:one of: )?(.+?)\?": r"¿Quiso decir \1?",
    r"\(Possible options: (.+)\)": r"¿Quiso decir \1?",
    r"Got unexpected extra arguments? \((.+)\)": r"Sobra «\1».",
    r"Option '(.+?)' requires an argument\.": r"La opción «\1» pide un valor.",
    r"Option '(.+?)' does not take a value\.": r"La opción «\1» no lleva valor.",
    r"Invalid value for '(.+?)': ": r"«\1»: ",
    r"'(.+?)' is not one of (.+)\.": r"«\1» no es ninguno de \2.",
    r"'(.+?)' is not a valid integer(?: range)?\.": r"«\1» no es un número entero.",
    r"(\S+) is not in the range (.+)\.": r"\1 no está en el intervalo \2.",
    r"(?:File|Directory|Path) '(.+?)' does not exist\.": r"no existe «\1».",
    r"(?:File|Directory|Path) '(.+?)' is a directory\.": r"«\1» es una carpeta.",
    r"(?:File|Directory|Path) '(.+?)' is a file\.": r"«\1» es un archivo.",
    r"(?:File|Directory|Path) '(.+?)' is not readable\.": r"«\1» no se puede leer.",
    r"'([^']+)'": r"«\1»",
}


class MisuseError(click.UsageError):
    """A command typed wrong, told in the language that is spoken."""

    def show(self, file: IO[Any] | None = None) -> None:
        """The usage, where to read more, and what is wrong."""
        if self.ctx is not None:
            click.echo(f"{self.ctx.get_usage()}\nVea «{self.ctx.command_path} --help».\n", file=file, err=True)
        click.echo(f"Error: {self.format_message()}", file=file, err=True)


def told(error: click.UsageError) -> click.UsageError:
    """The error in the language that is spoken."""
    return error if is_english() else MisuseError(in_spanish(error.format_message()), error.ctx)


def in_spanish(text: str) -> str:
    """What the library says, in Spanish."""
    for english, spanish in _SPANISH.items():
        text = re.sub(english, spanish, text)
    return text
