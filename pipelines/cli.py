"""The `peso` command: run, night, add, remove, inbox, fetch, read, query, explain, show, evidence, compare, claims, afford,
errata, trace, template, alerts, status, ui.

Only arguments, output and exit codes; each verb calls the module that does it. Heavy imports wait for their verb.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from pipelines.home import Home
from pipelines.verbs.safely import SafeGroup
from sources.errors import SourceError
from warehouse.errors import WarehouseError

_INTERRUPTED = 130  # what shells report of a command that Ctrl-C ended
_FORMATS = click.Choice(["table", "csv", "json"])


@click.group(cls=SafeGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="peso-a-peso")
def main() -> None:
    """Peso a Peso: budget documents into lines that anyone can check, and compare.

    Data lives in ./data, or in $PESO_HOME.
    """


@main.command()
@click.option("--sample", is_flag=True, help="Add the embedded sample documents first.")
def run(sample: bool) -> None:
    """Read every document, compare, validate, publish a release and print a report."""
    from pipelines.dagster_ui.run import InterruptedRunError, RunError, heed_termination, run_everything
    from pipelines.verbs.report import print_report
    from pipelines.work.adding import add_sample

    heed_termination()
    home = Home.find().create()
    if sample:
        add_sample(home)
    try:
        summary = run_everything(home)
    except InterruptedRunError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(_INTERRUPTED)
    except RunError as error:
        raise click.ClickException(str(error)) from error
    if summary is None:
        raise click.ClickException(
            "There are no documents yet: `peso add FILE` adds one, `peso run --sample` the embedded sample."
        )
    print_report(summary)


@main.command()
def night() -> None:
    """What the schedule does each night, now: watch portals, fetch, read and publish what changed, and tell people."""
    from pipelines.dagster_ui.night import run_night
    from pipelines.dagster_ui.run import InterruptedRunError, heed_termination

    heed_termination()
    try:
        sys.exit(0 if run_night(Home.find().create(), click.echo) else 1)
    except (InterruptedRunError, KeyboardInterrupt):
        click.echo("Error: the night was interrupted; the next one goes on.", err=True)
        sys.exit(_INTERRUPTED)


@main.command()
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


@main.command()
@click.argument("sources", nargs=-1, required=True)
@click.option("--government", help="Key of the government, such as 26, 26030 or a body's key.")
@click.option("--year", type=int, help="Fiscal year.")
@click.option("--kind", help="Kind of document, such as ley, cuenta_publica, informe.")
@click.option("--folio", help="Folio of the information request it came from.")
def add(
    sources: tuple[str, ...], government: str | None, year: int | None, kind: str | None, folio: str | None
) -> None:
    """Archive files, folders or addresses, and draft their catalogue entries from what they say."""
    from pipelines.work.adding import Given, add_sources

    home = Home.find().create()
    given = Given(government_id=government, fiscal_year=year, kind=kind, folio=folio)
    failed = 0
    for added in add_sources(home, sources, given):
        click.echo(added.text)
        failed += added.outcome == "refused"
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("document")
@click.option("--why", required=True, help="Why it is taken out; kept with it.")
def remove(document: str, why: str) -> None:
    """Take a document out of the catalogue; the next edition has its erratum."""
    from pipelines.work.waiting import remove as take_out

    def text() -> str:
        changed = take_out(Home.find(), document, why)
        also = f" Cambiaron también las fichas de {', '.join(changed)}." if changed else ""
        return f"{document} se retiró; la próxima edición lleva la errata (`peso run`).{also}"

    _echo(text)


@main.group(invoke_without_command=True)
@click.pass_context
def inbox(context: click.Context) -> None:
    """What waits for a person (por confirmar), with the reasons; `confirm` and `discard` decide."""
    from pipelines.verbs.aside import waiting_text

    if context.invoked_subcommand is None:
        _echo(lambda: waiting_text(Home.find()))


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
    _echo(
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

    _echo(text)


@main.command()
@click.argument("list_id", metavar="LIST")
def fetch(list_id: str) -> None:
    """Fetch the originals of a source list, such as inegi-efipem, in place of figures that the project composed.

    Says of each file whether its hash is the one that was seen.
    """
    from pipelines.work.fetching import fetch_list
    from sources.declared.source_lists import load_source_lists

    lists = load_source_lists()
    if list_id not in lists:
        raise click.ClickException(f"no source list «{list_id}»: there are {', '.join(lists)}.")
    home = Home.find().create()
    failed = 0
    for added in fetch_list(home, lists[list_id]):
        click.echo(added.text)
        failed += added.outcome == "refused"
    sys.exit(1 if failed else 0)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=_FORMATS, default="table", show_default=True)
@click.option("--page", help="Show this page only (a number from 1; of a workbook, also the name of a sheet).")
@click.option("--sheet", help="Show this sheet only, by its name.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Write a PNG of the page as read.")
def read(file: Path, format_: str, page: str | None, sheet: str | None, picture: Path | None) -> None:
    """Show what the program reads from one file: one row per amount, and the account of its numeric words.

    The rows go to standard output, the account to standard error (in JSON, both are in one object). The picture shows
    one page (the one with the most amounts, unless you name it) with what was recognised, by colour.
    """
    from pipelines.verbs.reading_view import only_page, render, save_picture, summary_text, view

    try:
        shown = view(file, Home.find())
        if page or sheet:
            shown = only_page(shown, str(sheet or page))
        if picture:
            save_picture(shown, file, picture)
    except SourceError as error:
        raise click.ClickException(error.message()) from error
    except LookupError as error:
        raise click.ClickException(str(error.args[0])) from error
    click.echo(render(shown, format_))
    click.echo(summary_text(shown), err=True)


@main.command()
@click.argument("sql")
@click.option("--format", "format_", type=_FORMATS, default="table", show_default=True)
@click.option("--limit", default=1000, show_default=True, help="Most rows to show.")
def query(sql: str, format_: str, limit: int) -> None:
    """Ask the published release in SQL, read-only. The schema `es` has the tables in Spanish."""
    from pipelines.verbs.answers import answer

    try:
        click.echo(answer(Home.find(), sql, format_, limit))
    except WarehouseError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("line_id")
def explain(line_id: str) -> None:
    """From a number to the page it came from: the whole chain of one line."""
    from pipelines.verbs.explain import explanation

    try:
        click.echo(explanation(Home.find(), line_id))
    except (LookupError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("line_ids", nargs=-1, required=True, metavar="LINE_ID...")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A .png file, or a folder. Default: the folder you are in."
)
def show(line_ids: tuple[str, ...], out: Path | None) -> None:
    """Picture of a line on its page or sheet: row, amounts and headers marked, with document, page and hash.

    A line is named as in `linea_id` of the extract (document:table:row), with `:column` for one amount only.
    """
    from pipelines.evidence.pictures import PictureError, save_pictures

    try:
        for path in save_pictures(Home.find(), line_ids, out):
            click.echo(path)
    except (PictureError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--explain", is_flag=True, help="List the lines that each rule catches, with the words found.")
@click.option("--limit", default=20, show_default=True, help="Most lines per rule, and results, to show.")
def compare(file: Path, explain: bool, limit: int) -> None:
    """Try a comparison written in YAML on the lines read so far; nothing is published.

    Put into the folder `comparisons` of the data home, it is computed at every release.
    """
    from pipelines.verbs.dry_run import dry_run
    from warehouse.schema.declaration import DeclarationError

    try:
        click.echo(dry_run(Home.find(), file, explain, limit))
    except (DeclarationError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write.")
@click.option("--asked", help="When and how the public body was asked for its reply.")
def evidence(names: tuple[str, ...], out: Path, asked: str | None) -> None:
    """Evidence pack: a folder that opens offline, with operands, page crops, sources, method and SQL.

    NAME is a line (document:table:row), a comparison (government:year or government:year:stage, such as
    26:2021:ejercido), a declared comparison (events_over_total:26:2021), a change between years
    (26:2018-2022:publicidad), what a line would buy (line:column:unit cost) or a claim. What a newsroom may not print
    yet is marked NO PUBLICAR, with the reasons.
    """
    from pipelines.evidence import EvidenceError, write_pack

    try:
        pack = write_pack(Home.find(), names, out, asked)
    except (EvidenceError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error
    for gathered in pack:
        click.echo(f"{gathered.subject.title}: {'se puede publicar' if gathered.publishable else 'NO PUBLICAR'}")
        for condition in gathered.conditions:
            if condition.why:
                click.echo(f"  · {condition.why.es}")
    click.echo(out / "index.html")


@main.command()
@click.argument("claim", required=False)
def claims(claim: str | None) -> None:
    """Published sentences, or one: what this release says of each, and whether it held, moved or flipped."""
    from pipelines.verbs.followed import claims_text

    _echo(lambda: claims_text(Home.find(), claim))


@main.command()
@click.argument("card", required=False)
def afford(card: str | None) -> None:
    """What money would cover of a need: the cards of the release, one of them, or a YAML file tried without publishing."""
    from pipelines.verbs.followed import cards_text

    _echo(lambda: cards_text(Home.find(), card))


@main.command()
def errata() -> None:
    """What differs from the release before, with the causes, and the claims it concerns."""
    from pipelines.verbs.followed import errata_text

    _echo(lambda: errata_text(Home.find()))


@main.command()
@click.argument("name", metavar="ID")
def trace(name: str) -> None:
    """Everything linked to a line, contract, payment, procedure or their number, both ways, with places."""
    from pipelines.verbs.trace import trace_text

    _echo(lambda: trace_text(Home.find(), name))


@main.command()
@click.argument("name")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write. Default: NAME.xlsx here."
)
def template(name: str, out: Path | None) -> None:
    """Write the empty workbook of a ledger that an organisation keeps: requests, commitments or observations."""
    from sources.ledgers.template import write_template

    _echo(lambda: str(write_template(name, out or Path(f"{name}.xlsx"))))


def _echo(text: Callable[[], str]) -> None:
    try:
        click.echo(text())
    except (LookupError, OSError, ValueError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error


@main.command()
def status() -> None:
    """What the last release changed, the documents and files that fail now, the sums that do not add up, and the alerts."""
    from pipelines.verbs.followed import status_text
    from pipelines.work.failing import alert_counts, failing_documents, failing_sums

    home = Home.find()
    for line in status_text(home):
        click.echo(line)
    failing = failing_documents(home)
    for row in failing.itertuples():
        click.echo(f"{row.document}: {row.meaning}. {row.message or ''}")
    for row in failing_sums(home).itertuples():
        click.echo(
            f"{row.document_id}: {row.holds} sums hold, {row.source_error} fail by an error of the source, {row.unexplained} unexplained."
        )
    for code, count in alert_counts(home).items():
        click.echo(f"{count} alerts {code} (out.alert, es.alertas)")
    click.echo(f"{len(home.catalogue().documents)} documents in the catalogue, {len(failing)} failing.")
    sys.exit(1 if len(failing) else 0)


@main.command()
@click.option("--port", default=3000, show_default=True)
def ui(port: int) -> None:
    """Start the Dagster UI with its daemon (schedules, sensors) on this machine only."""
    from pipelines.dagster_ui.ui import UiHeldError, serve

    try:
        sys.exit(serve(Home.find().create(), port))
    except UiHeldError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main()
