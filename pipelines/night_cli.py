"""The verbs of the night and of what waits for a person: night, alerts, inbox (confirm, discard), remove.

Only arguments, output and exit codes, as `pipelines.cli`, which joins them to the `peso` command.
"""

import sys

import click

from pipelines.home import Home
from pipelines.verbs.safe_output import INTERRUPTED, echo_text


@click.command()
def night() -> None:
    """What the schedule does each night, now: watch portals, fetch, read and publish what changed, and tell people."""
    from pipelines.dagster_ui.night import run_night
    from pipelines.dagster_ui.run import InterruptedRunError, heed_termination

    heed_termination()
    try:
        sys.exit(0 if run_night(Home.find().create(), click.echo) else 1)
    except (InterruptedRunError, KeyboardInterrupt):
        click.echo("Error: the night was interrupted; the next one goes on.", err=True)
        sys.exit(INTERRUPTED)


@click.command()
@click.argument("keys", nargs=-1, metavar="[KEY...]")
def alerts(keys: tuple[str, ...]) -> None:
    """What stands to be told each night; a KEY acknowledges that alert, which then stays quiet until it comes anew."""
    from pipelines.work.notices import acknowledge, gather, read_told

    home = Home.find()
    unknown = acknowledge(home, keys) if keys else []
    quiet = set(read_told(home).acknowledged)
    for notice in gather(home):
        if notice.standing:
            click.echo(f"[{notice.key}] {'(atendido) ' if notice.key in quiet else ''}{notice.es}")
    if unknown:
        raise click.ClickException(f"no hay aviso {', '.join(unknown)}.")


@click.command()
@click.argument("document")
@click.option("--why", required=True, help="Why it is taken out; kept with it.")
def remove(document: str, why: str) -> None:
    """Take a document out of the catalogue; the next edition has its erratum."""
    from pipelines.work.waiting import remove as take_out

    def text() -> str:
        changed = take_out(Home.find(), document, why)
        also = f" Cambiaron también las fichas de {', '.join(changed)}." if changed else ""
        return f"{document} se retiró; la próxima edición lleva la errata (`peso run`).{also}"

    echo_text(text)


@click.group(invoke_without_command=True)
@click.pass_context
def inbox(context: click.Context) -> None:
    """What waits for a person (por confirmar), with the reasons; `confirm` and `discard` decide."""
    from pipelines.verbs.inbox import waiting_text

    if context.invoked_subcommand is None:
        echo_text(lambda: waiting_text(Home.find()))


@inbox.command()
@click.argument("document")
@click.option("--government", help="Key of the government, where the draft is wrong.")
@click.option("--year", type=int, help="Fiscal year, where the draft is wrong.")
@click.option("--kind", help="Kind of document, where the draft is wrong.")
def confirm(document: str, government: str | None, year: int | None, kind: str | None) -> None:
    """Take a waiting document into the catalogue; it is read and published with the next run."""
    from pipelines.work.waiting import confirm as take_in

    given = {"government_id": government, "fiscal_year": year, "kind": kind}
    changes = {name: value for name, value in given.items() if value is not None}
    echo_text(
        lambda: (
            f"{take_in(Home.find(), document, changes).document_id} entra al catálogo (`peso run` lo lee y publica)."
        )
    )


@inbox.command()
@click.argument("document")
def discard(document: str) -> None:
    """Say that a waiting document is not to be published; its bytes are kept."""
    from pipelines.work.waiting import discard as leave_out

    def text() -> str:
        leave_out(Home.find(), document)
        return f"{document} no se publicará; sus bytes quedan en el archivo."

    echo_text(text)


VERBS = (night, alerts, remove, inbox)
