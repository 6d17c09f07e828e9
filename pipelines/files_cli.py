"""The verbs that take files in or write them: add, fetch, show, evidence, correct, template.

Only arguments, output and exit codes, as `pipelines.cli`, which joins them to the `peso` command.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.home import Home
from pipelines.verbs.language import say, say_term
from pipelines.verbs.safe_output import echo_json, echo_text
from pipelines.verbs.verb import Verb, json_option
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from pipelines.work.adding import Added


@click.command(cls=Verb)
@click.argument("sources", nargs=-1, required=True)
@click.option("--government", help="Key of the government, such as 26, 26030 or a body's key.")
@click.option("--year", type=int, help="Fiscal year.")
@click.option("--kind", help="Kind of document, such as ley, cuenta_publica, informe.")
@click.option("--folio", help="Folio of the information request it came from.")
@json_option
def add(
    sources: tuple[str, ...],
    government: str | None,
    year: int | None,
    kind: str | None,
    folio: str | None,
    as_json: bool,
) -> None:
    """Archive files, folders or addresses, and draft their catalogue entries from what they say."""
    from pipelines.work.adding import Given, add_sources

    home = Home.find().create()
    given = Given(government_id=government, fiscal_year=year, kind=kind, folio=folio)
    sys.exit(_tell_each(add_sources(home, sources, given), as_json))


def _tell_each(outcomes: "Iterable[Added]", as_json: bool) -> int:
    """Says of each file what became of it, as it comes, or of all at the end as JSON; returns the exit code."""
    results = []
    for added in outcomes:
        results.append(added)
        if not as_json:
            click.echo(say_term(added.told))
    if as_json:
        from pipelines.verbs import data

        echo_json([data.added(added) for added in results])
    return 1 if any(added.outcome == "refused" for added in results) else 0


@click.command(cls=Verb)
@click.argument("list_id", metavar="LIST")
@json_option
def fetch(list_id: str, as_json: bool) -> None:
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
    sys.exit(_tell_each(fetch_list(home, lists[list_id]), as_json))


@click.command(cls=Verb)
@click.argument("line_ids", nargs=-1, required=True, metavar="LINE_ID...")
@click.option(
    "--out", type=click.Path(path_type=Path), help="A .png file, or a folder. Default: the folder you are in."
)
@json_option
def show(line_ids: tuple[str, ...], out: Path | None, as_json: bool) -> None:
    """Picture of a line or record on its page or sheet: row, amounts and headers marked, with document, page and hash.

    A line is named as in `linea_id` of the extract (document:table:row), with `:column` for one amount only; a record of a
    ledger (contract, payment, work, request) by its key or number: only its published cells are shown.
    """
    from pipelines.evidence.pictures import PictureError
    from pipelines.evidence.records import save_shown

    try:
        pictures = [str(path) for path in save_shown(Home.find(), line_ids, out)]
    except (PictureError, WarehouseError) as error:
        raise click.ClickException(str(error)) from error
    echo_text(lambda: "\n".join(pictures), as_json, lambda: {"pictures": pictures})


@click.command(cls=Verb)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="Folder to write.")
@click.option("--asked", help="When and how the public body was asked for its reply.")
@json_option
def evidence(names: tuple[str, ...], out: Path, asked: str | None, as_json: bool) -> None:
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
    if as_json:
        subjects = [
            {
                "title": one.subject.title,
                "publishable": one.publishable,
                "reasons": [term.why.es for term in one.conditions if term.why],
            }
            for one in pack
        ]
        echo_json({"page": str(out / "index.html"), "subjects": subjects})
        return
    for gathered in pack:
        click.echo(f"{gathered.subject.title}: {'se puede publicar' if gathered.publishable else 'NO PUBLICAR'}")
        for condition in gathered.conditions:
            if condition.why:
                click.echo(f"  · {condition.why.es}")
    click.echo(out / "index.html")


@click.command(cls=Verb)
@click.argument("name")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write. Default: NAME.xlsx here."
)
@json_option
def template(name: str, out: Path | None, as_json: bool) -> None:
    """Write the empty workbook of a ledger that an organisation keeps: requests, commitments or observations."""
    from sources.ledgers.template import write_template

    path = out or Path(f"{name}.xlsx")
    echo_text(lambda: str(write_template(name, path)), as_json, lambda: {"workbook": str(write_template(name, path))})


@click.command(cls=Verb)
@click.argument("line_id")
@json_option
def correct(line_id: str, as_json: bool) -> None:
    """Draft the correction of an amount that its source prints wrong: the YAML file that `data/corrections` takes.

    LINE_ID may end in `:column`. Saved there, it is applied by the next edition, while the source prints that text.
    """
    from pipelines.verbs.correcting import correction

    echo_text(lambda: correction(Home.find(), line_id), as_json, lambda: _correction_fields(line_id))


def _correction_fields(line_id: str) -> object:
    from pipelines.verbs.correcting import drafted
    from warehouse.ask.query import asking

    with asking(Home.find().published().database) as ask:
        return drafted(ask, line_id)


FILE_VERBS = (add, fetch, show, evidence, correct, template)
