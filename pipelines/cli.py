"""The `peso` command: run, night, add, remove, inbox, fetch, read, query, explain, show, evidence, compare, claims, afford,
errata, trace, due, beside, ask, template, alerts, status, serve, ui.

Only arguments, output and exit codes; each verb calls the module that does it. Heavy imports wait for their verb.
"""

import sys
from pathlib import Path

import click

from pipelines.home import Home
from pipelines.night_cli import VERBS
from pipelines.verbs.language import say
from pipelines.verbs.safe_output import INTERRUPTED, SafeGroup, echo_text, refusal
from pipelines.verbs.verb import json_option
from warehouse.errors import WarehouseError

_FORMATS = click.Choice(["table", "csv", "json"])


@click.group(cls=SafeGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="peso-a-peso")
def main() -> None:
    """Peso a Peso: budget documents into lines that anyone can check, and compare.

    Data lives in ./data, or in $PESO_HOME. PESO_LANG=es speaks Spanish, as without it; en, English.
    """


@main.command()
@click.option("--sample", is_flag=True, help="Add the embedded sample documents first.")
def run(sample: bool) -> None:
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
        click.echo(f"{same}\n\n{report}")
        return
    checking.prepare()  # it loads for seconds, and so does what follows
    _run(home, sample)


def _run(home: Home, sample: bool) -> None:
    from pipelines.dagster_ui.run import InterruptedRunError, RunError, heed_termination, run_everything
    from pipelines.verbs.progress import beating
    from pipelines.verbs.report import documents_read, print_report
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
    report = print_report(summary)
    if summary.is_lasting:
        unchanged.remember(home, made_from, report)


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
@click.argument("list_id", metavar="LIST")
def fetch(list_id: str) -> None:
    """Fetch the originals of a source list, such as inegi-efipem, in place of figures that the project composed.

    Says of each file whether its hash is the one that was seen.
    """
    from pipelines.work.fetching import fetch_list
    from sources.declared.source_lists import load_source_lists

    lists = load_source_lists()
    if list_id not in lists:
        there = ", ".join(lists)
        raise click.ClickException(
            say(f"no hay lista de fuentes «{list_id}»: hay {there}.", f"no source list «{list_id}»: there are {there}.")
        )
    home = Home.find().create()
    failed = 0
    for added in fetch_list(home, lists[list_id]):
        click.echo(added.text)
        failed += added.outcome == "refused"
    sys.exit(1 if failed else 0)


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
    from pipelines.verbs.reading_view import only_page, render, save_picture, summary_text, view
    from sources.errors import SourceError

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
@click.argument("line_ids", nargs=-1, required=True, metavar="LINE_ID...")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A .png file, or a folder. Default: the folder you are in."
)
def show(line_ids: tuple[str, ...], out: Path | None) -> None:
    """Picture of a line or record on its page or sheet: row, amounts and headers marked, with document, page and hash.

    A line is named as in `linea_id` of the extract (document:table:row), with `:column` for one amount only; a record of a
    ledger (contract, payment, work, request) by its key or number: only its published cells are shown.
    """
    from pipelines.evidence.pictures import PictureError
    from pipelines.evidence.records import save_shown

    try:
        for path in save_shown(Home.find(), line_ids, out):
            click.echo(path)
    except (PictureError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error


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
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write.")
@click.option("--asked", help="When and how the public body was asked for its reply.")
def evidence(names: tuple[str, ...], out: Path, asked: str | None) -> None:
    """Evidence pack: a folder that opens offline, with operands, page crops, sources, method and SQL.

    NAME is a line (document:table:row), a comparison (government:year or government:year:stage, such as
    26:2021:ejercido), a declared comparison (events_over_total:26:2021), a change between years
    (26:2018-2022:publicidad), what a line would buy (line:column:unit cost), a claim, or a contract, payment, procedure, work, request or link
    (from>to) of a ledger: with everything that is joined to it, and their crops. What a newsroom may not print
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
@click.argument("name")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write. Default: NAME.xlsx here."
)
def template(name: str, out: Path | None) -> None:
    """Write the empty workbook of a ledger that an organisation keeps: requests, commitments or observations."""
    from sources.ledgers.template import write_template

    echo_text(lambda: str(write_template(name, out or Path(f"{name}.xlsx"))))


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


for _verb in VERBS:
    main.add_command(_verb)

if __name__ == "__main__":
    main()
