"""What every verb of `peso` has beside its own options: its help in one language, whole; `--quiet`; and `-h`.

Helps are written in English beside the verbs, and in Spanish in `helps`; which is spoken is for `language`.
"""

import sys
from collections.abc import Iterable
from typing import Any

import click

from pipelines.verbs.helps import OPTIONS, USAGE, VERBS, WORDS
from pipelines.verbs.language import is_english, say

_HELP = "help"


class _Formatter(click.HelpFormatter):
    """Headings in the language that is spoken."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """`Uso: peso add …`."""
        if not is_english():
            for english, spanish in USAGE.items():
                args = args.replace(english, spanish)
        super().write_usage(prog, args, prefix or say("Uso: ", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """`Opciones:`."""
        super().write_heading(heading if is_english() else WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """`[de por sí: table]`."""
        shown = [(name, text if is_english() else text.replace("[default: ", "[de por sí: ")) for name, text in rows]
        super().write_dl(shown, col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Formatter


class _Spoken(click.Command):
    """A command that tells its help in the language that is spoken."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`-h`, told in the language that is spoken."""
        option = super().get_help_option(ctx)
        if option:
            option.help = say("Muestra esta ayuda y termina.", "Show this message and exit.")
        return option

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, in the language that is spoken."""
        translate(self)
        super().format_help(ctx, formatter)


class Verb(_Spoken):
    """A verb, with the options that all have."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(_quiet())


class VerbGroup(_Spoken, click.Group):
    """Verbs of one kind: each with the whole first sentence of its help."""

    command_class = Verb

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs, none cut."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.commands[name]
            translate(command)
            rows.append((name, first_sentence(command.help or "")))
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def first_sentence(text: str) -> str:
    """The first paragraph of a help, up to its first full stop."""
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    return paragraph.partition(". ")[0].rstrip(".") + "."


def translate(command: click.Command) -> None:
    """Gives a verb and its options their help in the language that is spoken."""
    name = command.name or ""
    _tell(command, VERBS.get(name))
    for option in command.params:
        if isinstance(option, click.Option) and option.name != _HELP:
            _tell(option, OPTIONS.get((name, option.name or ""), OPTIONS.get(("", option.name or ""))))


def _tell(of: click.Command | click.Option, spanish: str | None) -> None:
    english = vars(of).setdefault("english_help", of.help)  # as it stands in the code, whatever was spoken before
    of.help = english if is_english() else spanish or english


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


def _quiet() -> click.Option:
    def silence(_: click.Context, __: click.Parameter, asked: bool) -> None:
        stream: Any = sys.stdout  # that of SafeGroup
        if asked:
            stream.silent = True

    return click.Option(
        ["--quiet"], is_flag=True, expose_value=False, callback=silence, help="Print nothing but errors."
    )
