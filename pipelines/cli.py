"""The `peso` command: run, night, add, remove, inbox, fetch, read, query, explain, show, evidence, compare, claims, afford,
errata, trace, due, beside, ask, template, alerts, status, serve, ui.

Only arguments, output and exit codes; each verb calls the module that does it. Heavy imports wait for their verb.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipelines.files_cli import FILE_VERBS
from pipelines.home import Home
from pipelines.night_cli import VERBS
from pipelines.verbs.language import say, say_term
from pipelines.verbs.safe_output import INTERRUPTED, SafeGroup, echo_text, refusal
from pipelines.verbs.verb import json_option
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from pipelines.verbs.report import RunSummary

_FORMATS = click.Choice(["table", "csv", "json"])


@click.group(cls=SafeGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="peso-a-peso")
def main() -> None:
    """Peso a Peso: budget documents into lines that anyone can check, and compare.

    Data lives in ./data, or in $PESO_HOME. PESO_LANG=es speaks Spanish, as without it; en, English.
    """


@main.command()
@click.option("--sample", is_flag=True, help="Add the embedded sample documents first.")
@json_option
def run(sample: bool, as_json: bool) -> None:
    """Read every document, compare, validate, publish a release and print a report.

    Where nothing changed since the last run, there is nothing to do, and its report is printed again.
    """
    from pipelines.work import checking, unchanged

    home = Home.find().create()
    if report := unchanged.last_report(home, unchanged.inputs(home, sample)):
        same = say(
            "Nada cambió desde la última corrida: la edición es la misma. Esto dijo:",
            "Nothing changed since the last run. It said:",
        )
        echo_text(lambda: f"{same}\n\n{report}", as_json, lambda: _ran(home))
        return
    checking.prepare()  # it loads for seconds, and so does what follows
    _run(home, sample, as_json)


def _run(home: Home, sample: bool, as_json: bool) -> None:
    from pipelines.work.collector import loading

    with loading():
        from pipelines.dagster_ui.run import InterruptedRunError, RunError, heed_termination, run_everything
        from pipelines.verbs.progress import beating
        from pipelines.verbs.report import documents_read, print_report, report_text
        from pipelines.work import unchanged
        from pipelines.work.adding import add_sample

    heed_termination()
    if sample:
        add_sample(home)
    made_from = unchanged.inputs(home, sample)
    unchanged.forget(home)
    try:
        with beating("peso run", lambda: documents_read(home)):
            summary = run_everything(home)
    except InterruptedRunError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(INTERRUPTED)
    except RunError as error:
        raise click.ClickException(str(error)) from error
    if summary is None:
        raise click.ClickException(
            say(
                "Aún no hay documentos: `peso add ARCHIVO` agrega uno; `peso run --sample`, la muestra incluida.",
                "There are no documents yet: `peso add FILE` adds one, `peso run --sample` the embedded sample.",
            )
        )
    if as_json:
        report = report_text(summary)
        echo_text(lambda: report, as_json, lambda: _ran(home, summary))
    else:
        report = print_report(summary)
    if summary.is_lasting:
        unchanged.remember(home, made_from, report)


def _ran(home: Home, summary: "RunSummary | None" = None) -> dict[str, Any]:
    from pipelines.verbs import data  # not before the answer of a run that has nothing to do

    return data.ran(home, summary)


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_", type=_FORMATS, default="table", show_default=True)
@json_option
@click.option("--page", help="Show this page only (a number from 1; of a workbook, also the name of a sheet).")
@click.option("--sheet", help="Show this sheet only, by its name.")
@click.option("--picture", type=click.Path(dir_okay=False, path_type=Path), help="Write a PNG of the page as read.")
def read(file: Path, format_: str, as_json: bool, page: str | None, sheet: str | None, picture: Path | None) -> None:
    """Show what the program reads from one file: one row per amount, and the account of its numeric words.

    The rows go to standard output, the account to standard error (in JSON, both are in one object). The picture shows
    one page (the one with the most amounts, unless you name it) with what was recognised, by colour.
    """
    from pipelines.apart.process import begin
    from pipelines.work.collector import loading

    begin()
    with loading():
        from pipelines.verbs.reading_view import only_page, render, save_picture, summary_text, view
        from sources.errors import SourceError

    try:
        shown = view(file, Home.find())
        if page or sheet:
            shown = only_page(shown, str(sheet or page))
        if picture:
            save_picture(shown, file, picture)
    except SourceError as error:
        raise click.ClickException(say_term(error.told())) from error
    except LookupError as error:
        raise click.ClickException(str(error.args[0])) from error
    click.echo(render(shown, "json" if as_json else format_))
    click.echo(summary_text(shown), err=True)


@main.command()
@click.argument("sql")
@click.option("--format", "format_", type=_FORMATS, default="table", show_default=True)
@json_option
@click.option("--limit", default=1000, show_default=True, help="Most rows to show.")
@click.option("--cite", is_flag=True, help="Instead of the rows, one line to cite them by: edition, query, hash.")
def query(sql: str, format_: str, as_json: bool, limit: int, cite: bool) -> None:
    """Ask the published release in SQL, read-only. The schema `es` has the tables in Spanish; `.tables` lists them.

    Several statements, separated by semicolons, are answered in turn. The hash of a citation is the sha256 of what
    --format csv prints.
    """
    from pipelines.verbs.answers import answer, citation

    try:
        home = Home.find()
        click.echo(citation(home, sql, limit) if cite else answer(home, sql, "json" if as_json else format_, limit))
    except WarehouseError as error:
        raise refusal(error) from error


@main.command()
@click.argument("line_id")
@click.option("--cite", is_flag=True, help="Instead of the chain, one line to cite it by: place, hash, edition.")
@json_option
def explain(line_id: str, cite: bool, as_json: bool) -> None:
    """From a number to the page it came from: the whole chain of one line."""
    from pipelines.verbs import data
    from pipelines.verbs.explain import citation_at_home, explanation

    tell = citation_at_home if cite else explanation
    echo_text(
        lambda: tell(Home.find(), line_id), as_json, None if cite else lambda: data.explained(Home.find(), line_id)
    )


@main.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--explain", is_flag=True, help="List the lines that each rule catches, with the words found.")
@click.option("--limit", default=20, show_default=True, help="Most lines per rule, and results, to show.")
@json_option
def compare(file: Path, explain: bool, limit: int, as_json: bool) -> None:
    """Try a comparison written in YAML on the lines read so far; nothing is published.

    Put into the folder `comparisons` of the data home, it is computed at every release.
    """
    from pipelines.verbs.dry_run import dry_run
    from warehouse.schema.declaration import DeclarationError

    try:
        echo_text(lambda: dry_run(Home.find(), file, explain, limit), as_json)
    except DeclarationError as error:
        raise click.ClickException(str(error)) from error


@main.command()
@click.argument("claim", required=False)
@json_option
def claims(claim: str | None, as_json: bool) -> None:
    """Published sentences, or one: what this release says of each, and whether it held, moved or flipped."""
    from pipelines.verbs import data
    from pipelines.verbs.claims import claims_text

    echo_text(lambda: claims_text(Home.find(), claim), as_json, lambda: data.claimed(Home.find(), claim))


@main.command()
@click.argument("card", required=False)
@json_option
def afford(card: str | None, as_json: bool) -> None:
    """What money would cover of a need: the cards of the release, one of them, or a YAML file tried without publishing."""
    from pipelines.verbs import data
    from pipelines.verbs.claims import cards_text

    published = None if card and Path(card).suffix == ".yaml" else card or ""
    rows = None if published is None else lambda: data.followed(Home.find(), "out.affordability", card_id=published)
    echo_text(lambda: cards_text(Home.find(), card), as_json, rows)


@main.command()
@json_option
def errata(as_json: bool) -> None:
    """What differs from the release before, with the causes, and the claims it concerns."""
    from pipelines.verbs import data
    from pipelines.verbs.claims import errata_text

    echo_text(lambda: errata_text(Home.find()), as_json, lambda: data.followed(Home.find(), "out.release_difference"))


@main.command()
@click.argument("name", metavar="ID")
@json_option
def trace(name: str, as_json: bool) -> None:
    """Everything linked to a line, contract, payment, procedure, work, request or their number, both ways, with places."""
    from pipelines.verbs.trace import trace_text

    echo_text(lambda: trace_text(Home.find(), name), as_json)


@main.command()
@click.option("--government", help="Only of this government: a key such as 26 or 26030.")
@json_option
def due(government: str | None, as_json: bool) -> None:
    """What is overdue today, under which rule: requests without an answer, and documents that should be published."""
    from datetime import UTC, datetime

    from pipelines.verbs import data
    from pipelines.verbs.due import due_text

    today = datetime.now(UTC).date()
    echo_text(lambda: due_text(Home.find(), government, today), as_json, lambda: data.overdue(Home.find(), government))


@main.command()
@click.argument("governments", nargs=-1, required=True, metavar="GOVERNMENT...")
@click.option("--year", type=int, required=True, help="Fiscal year.")
@json_option
def beside(governments: tuple[str, ...], year: int, as_json: bool) -> None:
    """Governments side by side: each concept per inhabitant, in real pesos, net of what goes to municipalities."""
    from pipelines.verbs import data
    from pipelines.verbs.due import beside_text

    home = Home.find()
    echo_text(lambda: beside_text(home, governments, year), as_json, lambda: data.set_beside(home, governments, year))


@main.command()
@click.argument("line_id")
@json_option
def ask(line_id: str, as_json: bool) -> None:
    """The letter that asks a body for what a line lacks: its official document, or the contracts and invoices behind it."""
    from pipelines.verbs.due import letter_text

    echo_text(lambda: letter_text(Home.find(), line_id), as_json)


@main.command()
@json_option
def status(as_json: bool) -> None:
    """What the last release changed, the documents and files that fail now, the sums that do not add up, and the alerts."""
    from pipelines.verbs import data
    from pipelines.verbs.standing import standing_text
    from pipelines.work.failing import failing_documents

    home = Home.find()
    failing = failing_documents(home)
    echo_text(lambda: "\n".join(standing_text(home, failing)), as_json, lambda: data.stands(home))
    sys.exit(1 if len(failing) else 0)


@main.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--bind", default="127.0.0.1", show_default=True, help="Address of this machine to listen at.")
@click.option("--name", "names", multiple=True, help="Host name under which a proxy serves it. May be repeated.")
def serve(port: int, bind: str, names: tuple[str, ...]) -> None:
    """Serve the published edition, read-only: page, JSON, CSV, pictures and charts. On this machine only, by default."""
    from pipelines.web.app import serve as serve_edition

    try:
        click.echo(f"http://{bind}:{port}/  (/openapi.json)", err=True)
        serve_edition(Home.find(), bind, port, names)
    except WarehouseError as error:
        raise refusal(error) from error


@main.command()
@click.option("--port", default=3000, show_default=True)
def ui(port: int) -> None:
    """Start the Dagster UI with its daemon (schedules, sensors) on this machine only."""
    from pipelines.dagster_ui.ui import UiHeldError, serve

    try:
        sys.exit(serve(Home.find().create(), port))
    except UiHeldError as error:
        raise click.ClickException(str(error)) from error


for _verb in (*FILE_VERBS, *VERBS):
    main.add_command(_verb)

if __name__ == "__main__":
    main()
