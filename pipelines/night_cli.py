"""The verbs of the night and of what waits for a person: night, alerts, inbox (confirm, discard), remove.

Only arguments, output and exit codes, as `pipelines.cli`, which joins them to the `peso` command.
"""

import sys

import click

from pipelines.home import Home
from pipelines.verbs.language import say
from pipelines.verbs.safe_output import INTERRUPTED, echo_json, echo_text
from pipelines.verbs.verb import Verb, VerbGroup, json_option


@click.command(cls=Verb)
@json_option
def night(as_json: bool) -> None:
    """What the schedule does each night, now: watch portals, fetch, read and publish what changed, and tell people."""
    from pipelines.dagster_ui.night import run_night
    from pipelines.dagster_ui.run import InterruptedRunError, heed_termination
    from pipelines.verbs.progress import beating
    from pipelines.verbs.report import documents_read

    heed_termination()
    home = Home.find().create()
    sentences: list[str] = []
    try:
        with beating("peso night", lambda: documents_read(home)):
            done = run_night(home, sentences.append if as_json else click.echo)
        if as_json:
            echo_json({"well": done, "said": sentences})
        sys.exit(0 if done else 1)
    except (InterruptedRunError, KeyboardInterrupt):
        click.echo(
            say(
                "Error: la noche se interrumpió; la próxima sigue.",
                "Error: the night was interrupted; the next one goes on.",
            ),
            err=True,
        )
        sys.exit(INTERRUPTED)


@click.command(cls=Verb)
@click.argument("keys", nargs=-1, metavar="[KEY...]")
@json_option
def alerts(keys: tuple[str, ...], as_json: bool) -> None:
    """What stands to be told each night; a KEY acknowledges that alert, which then stays quiet until it comes anew."""
    from pipelines.work.notices import acknowledge, gather, read_told

    home = Home.find()
    unknown = acknowledge(home, keys) if keys else []
    quiet = set(read_told(home).acknowledged)
    standing = [notice for notice in gather(home) if notice.standing]
    if as_json:
        echo_text(
            lambda: "",
            as_json,
            lambda: [notice._asdict() | {"acknowledged": notice.key in quiet} for notice in standing],
        )
    else:
        for notice in standing:
            click.echo(
                f"[{notice.key}] {say('(atendido) ', '(acknowledged) ') if notice.key in quiet else ''}{say(notice.es, notice.en)}"
            )
    if unknown:
        raise click.ClickException(say(f"no hay aviso {', '.join(unknown)}.", f"no alert {', '.join(unknown)}."))


@click.command(cls=Verb)
@click.argument("document")
@click.option("--why", required=True, help="Why it is taken out; kept with it.")
@json_option
def remove(document: str, why: str, as_json: bool) -> None:
    """Take a document out of the catalogue; the next edition has its erratum."""
    from pipelines.work.waiting import remove as take_out

    def text() -> str:
        changed = take_out(Home.find(), document, why)
        also = f" Cambiaron también las fichas de {', '.join(changed)}." if changed else ""
        return f"{document} se retiró; la próxima edición lleva la errata (`peso run`).{also}"

    echo_text(text, as_json, lambda: {"removed": document, "changed": list(take_out(Home.find(), document, why))})


@click.group(cls=VerbGroup, invoke_without_command=True)
@json_option
@click.pass_context
def inbox(context: click.Context, as_json: bool) -> None:
    """What waits for a person (por confirmar), with the reasons; `confirm` and `discard` decide."""
    from pipelines.verbs import data
    from pipelines.verbs.inbox import waiting_text

    if context.invoked_subcommand is None:
        echo_text(lambda: waiting_text(Home.find()), as_json, lambda: data.waiting(Home.find()))


@inbox.command()
@click.argument("document")
@click.option("--government", help="Key of the government, where the draft is wrong.")
@click.option("--year", type=int, help="Fiscal year, where the draft is wrong.")
@click.option("--kind", help="Kind of document, where the draft is wrong.")
@json_option
def confirm(document: str, government: str | None, year: int | None, kind: str | None, as_json: bool) -> None:
    """Take a waiting document into the catalogue; it is read and published with the next run."""
    from pipelines.work.waiting import confirm as take_in

    given = {"government_id": government, "fiscal_year": year, "kind": kind}
    changes = {name: value for name, value in given.items() if value is not None}
    echo_text(
        lambda: (
            f"{take_in(Home.find(), document, changes).document_id} entra al catálogo (`peso run` lo lee y publica)."
        ),
        as_json,
        lambda: take_in(Home.find(), document, changes).model_dump(mode="json", exclude_none=True),
    )


@inbox.command()
@click.argument("document")
@json_option
def discard(document: str, as_json: bool) -> None:
    """Say that a waiting document is not to be published; its bytes are kept."""
    from pipelines.work.waiting import discard as leave_out

    def text() -> str:
        leave_out(Home.find(), document)
        return f"{document} no se publicará; sus bytes quedan en el archivo."

    def data() -> dict[str, str]:
        leave_out(Home.find(), document)
        return {"discarded": document}

    echo_text(text, as_json, data)


VERBS = (night, alerts, remove, inbox)
