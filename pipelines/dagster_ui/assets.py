"""The Dagster assets: one partition per document for `raw/document`, no partitions from `core` on.

Thin on purpose: each asset calls `pipelines.work.reading` or `pipelines.work.steps` and shows what an analyst wants to see. From
`core` on, each asks for the turn to publish, so that a run holds it from its first step to its last.
"""

import warnings
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import dagster as dg
import pandas as pd

from expectations.runner import specs
from pipelines.dagster_ui.asset_pictures import headline_pictures, page_picture
from pipelines.dagster_ui.checks import check_results, check_specs
from pipelines.dagster_ui.lineage import RAW_KEY, column_lineage, in_order, upstream
from pipelines.dagster_ui.metadata import column_schema, printed_rows, raw_schema, rows_table, served, table_metadata
from pipelines.dagster_ui.partitions import DOCUMENTS
from pipelines.dagster_ui.refused import show_refused
from pipelines.evidence.pictures import printed_places
from pipelines.home import Home
from pipelines.verbs.claims import since_text
from pipelines.work import steps
from pipelines.work.normalizing import attempt, failure
from pipelines.work.publication_lock import Holder
from pipelines.work.reading import ReadingOutcome, read_documents
from pipelines.work.validating import Checks, keep_validation
from sources.declared.catalogue import Catalogue
from transforms.core.normalize import amounts_table
from warehouse.schema import CORE, OUT, RAW, Table
from warehouse.schema.ledger_views import LEDGER_VIEWS
from warehouse.schema.ledgers import LEDGER_CORE, LEDGER_OUT
from warehouse.schema.out import CHECK, HEALTH_VS_EVENTS
from warehouse.schema.raw import RAW_RECORD, RAW_TEXT
from warehouse.schema.vocabulary import OUTCOMES, Term

# Backfills in one run are a beta feature, used on purpose; the notice would greet every journalist.
warnings.filterwarnings("ignore", category=dg.BetaWarning)

_Results = Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]

RELEASE_KEY = dg.AssetKey(["release", "extract"])
ANALYSTS, PUBLISHERS = (
    "team:analistas",
    "team:publicación",
)  # who repairs what was read, and who answers for what is said
_OF_LEDGERS = (*LEDGER_CORE, *LEDGER_OUT, *LEDGER_VIEWS)
_NIGHT_AND_A_HALF = timedelta(hours=36)
_SHOWN_REASONS = 30
_PICTURED_DOCUMENTS = 12  # a picture takes half a second, and about 80 kB of the instance's event log
_DETAILED_DOCUMENTS = 3  # what it all means costs a normalization; in bulk, what was read is enough


def asset_key(table: Table) -> dg.AssetKey:
    """The key of a table: `core/line`."""
    return dg.AssetKey(table.path.split("/"))


def _specs(tables: tuple[Table, ...], group: str, owner: str) -> list[dg.AssetSpec]:
    return [
        dg.AssetSpec(
            asset_key(table),
            group_name=group,
            deps=upstream(table),
            description=f"{table.description}.\n\n{table.descripcion}.",
            metadata={"dagster/column_schema": column_schema(table), "dagster/table_name": table.name},
            kinds={"parquet"},
            owners=[owner],
            tags={"peso/subject": "ledgers" if table in _OF_LEDGERS else "budget"},
        )
        for table in tables
    ]


@dg.asset(
    key=RAW_KEY,
    group_name="raw",
    partitions_def=DOCUMENTS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    output_required=False,
    kinds={"python", "parquet"},
    owners=[ANALYSTS],
    tags={"peso/subject": "documents"},
    metadata={"dagster/column_schema": raw_schema(RAW)},
    description=(
        "Reads each document (one partition) into the raw tables: document, page, table, column, row, number.\n\n"
        "A refused document is not materialized: its partition is marked failed, and its message is in the run of its name, "
        "in the check `every_document_is_read` and in `core.document`. The other documents go on.\n\n"
        "Lee cada documento (una partición) en los cuadros raw. El que no puede leerse deja su partición marcada, con el mensaje."
    ),
)
def raw_document(context: dg.AssetExecutionContext, home: dg.ResourceParam[Home]) -> Iterator[dg.Output[None]]:
    """Yields nothing: each document that was read is reported as a materialization of its own."""
    catalogue = home.catalogue()
    entries = [catalogue.documents[key] for key in context.partition_keys if key in catalogue.documents]
    materialized = context.instance.get_materialized_partitions(RAW_KEY)
    outcomes = []
    for outcome in read_documents(entries, home):
        outcomes.append(outcome)
        if not outcome.readable:
            context.log.warning(f"{outcome.document_id}: {outcome.outcome}: {_both(outcome.sentence)}")
        elif outcome.fresh or outcome.document_id not in materialized or len(entries) == 1:
            metadata = _reading_metadata(home, catalogue, outcome, len(entries))
            version = {"dagster/data_version": catalogue.documents[outcome.document_id].sha256 or ""}
            event = dg.AssetMaterialization(RAW_KEY, partition=outcome.document_id, metadata=metadata, tags=version)
            context.log_event(event)
    fresh = sum(outcome.fresh for outcome in outcomes)
    context.log.info(f"{len(outcomes)} documents: {fresh} read now, {len(outcomes) - fresh} unchanged")
    _fail_if_alone(outcomes, len(context.partition_keys))
    refused = {
        outcome.document_id: _both(outcome.sentence) or outcome.outcome for outcome in outcomes if not outcome.readable
    }
    show_refused(context.instance, context.job_def, refused)
    yield from ()


def _both(told: Term | None) -> str:
    """In Spanish, and then in English where it differs: the interface has no language."""
    return " / ".join(dict.fromkeys(reversed(told or ("",))))


def _fail_if_alone(outcomes: list[ReadingOutcome], asked: int) -> None:
    """A document materialized on its own fails visibly; among others it must not stop them."""
    if asked == 1 and outcomes and not outcomes[0].readable:
        only = outcomes[0]
        metadata = {"document": only.document_id, "outcome": only.outcome}
        raise dg.Failure(description=_both(only.sentence), metadata=metadata, allow_retries=False)


def _reading_metadata(home: Home, catalogue: Catalogue, outcome: ReadingOutcome, documents: int) -> dict[str, Any]:
    """What an analyst wants to see of one reading: counts, its first rows, a page of it, and where the file lies.

    What costs (pictures, what it all means) is left out where many documents are read at once.
    """
    few = documents <= _PICTURED_DOCUMENTS
    tables = [table.name for table in RAW if few or table not in (RAW_TEXT, RAW_RECORD)]
    raw = {name.split(".")[1]: home.store.read(name, outcome.document_id) for name in tables}
    entry = catalogue.documents[outcome.document_id]
    in_tables = int(raw["number"]["exclusion"].isna().sum())
    metadata: dict[str, Any] = {
        "outcome": f"{outcome.outcome}: {OUTCOMES[outcome.outcome].es}",
        "pages": len(raw["page"]),
        "tables": len(raw["table"]),
        "rows": len(raw["row"]),
        "numeric_words": len(raw["number"]),
        "numeric_words_in_tables": in_tables,
        "numeric_words_excluded": len(raw["number"]) - in_tables,
        "read_now": outcome.fresh,
        "seconds": round(outcome.seconds, 2),
        "first_rows": rows_table(printed_rows(raw)),
        "title": entry.title or "",
        "archived_file": dg.MetadataValue.path(home.archive.path(entry.sha256 or "")),
        "served": served("documentos", outcome.document_id),
    }
    if outcome.sentence:
        metadata["warnings"] = _both(outcome.sentence)
    if few:
        metadata |= page_picture(home, raw, entry.sha256 or "")
    return metadata | _meaning(catalogue, raw, outcome.document_id) if documents <= _DETAILED_DOCUMENTS else metadata


def _meaning(catalogue: Catalogue, raw: dict[str, pd.DataFrame], document_id: str) -> dict[str, dg.MetadataValue]:
    """What the pipeline makes of the document: shares, reconciliations, exclusions, its first amounts."""
    listed = catalogue.frames()["document"]
    core = attempt(raw, listed[listed["document_id"] == document_id])
    if isinstance(core, Exception):  # `core` leaves it out, and says so of it
        return {"failure": dg.MetadataValue.text(_both(failure(document_id, core)))}
    amounts = core["amount"]
    reconciled = core["reconciliation"]["outcome"].value_counts().to_dict()
    return {
        "amounts": dg.MetadataValue.int(len(amounts)),
        "share_verified": dg.MetadataValue.float(float(amounts["verified"].mean()) if len(amounts) else 0.0),
        "reconciliations": dg.MetadataValue.json({name: int(count) for name, count in reconciled.items()}),
        "excluded_by_reason": rows_table(core["exclusion"].drop(columns="document_id"), _SHOWN_REASONS),
        "first_amounts": rows_table(amounts_table(raw, core), rows=25),
    }


def _materialize(
    home: Home, tables: tuple[Table, ...], written: dict[str, steps.Written]
) -> Iterator[dg.MaterializeResult[None]]:
    for table in in_order(tables):
        metadata = table_metadata(*written[table.name], home.store.files(table.name)[0])
        metadata["dagster/column_lineage"] = column_lineage(table)
        if table is HEALTH_VS_EVENTS:
            metadata |= headline_pictures(home, home.store.read(table.name))
        yield dg.MaterializeResult(asset_key=asset_key(table), metadata=metadata)


@dg.multi_asset(
    name="core",
    specs=_specs(CORE, "core", ANALYSTS),
    check_specs=check_specs(specs(), "raw", "core"),
)
def core(
    home: dg.ResourceParam[Home],
    publication: dg.ResourceParam[Holder],  # noqa: ARG001 - Dagster injects it by name, and asking for it waits for the turn
) -> _Results:
    """What the printed rows mean: lines, amounts, hierarchy, proofs. The turn to publish is held, not used."""
    with Checks(home, "raw", "core") as checks:
        yield from _materialize(home, CORE, steps.build_core(home, checks.stored))
        yield from check_results(checks.results())


_OUT_TABLES = tuple(table for table in OUT if table is not CHECK)


@dg.multi_asset(
    name="out",
    specs=_specs(OUT, "out", PUBLISHERS),
    check_specs=check_specs(specs(), "out"),
)
def out(
    home: dg.ResourceParam[Home],
    publication: dg.ResourceParam[Holder],  # noqa: ARG001 - as in `core`
) -> _Results:
    """Comparisons and everything made for people, and what was checked before publishing."""
    with Checks(home, "out") as checks:
        yield from _materialize(home, _OUT_TABLES, steps.build_out(home, checks.stored))
        results = checks.results()
        checked = keep_validation(home)
        yield from _materialize(home, (CHECK,), {CHECK.name: steps.Written(len(checked), checked)})
        yield from check_results(results)


@dg.asset(
    key=RELEASE_KEY,
    group_name="release",
    deps=[asset_key(table) for table in OUT],
    kinds={"duckdb", "excel", "csv"},
    owners=[PUBLISHERS],
    tags={"peso/subject": "release"},
    # A night without news says so here too (`pipelines.dagster_ui.night`).
    freshness_policy=dg.FreshnessPolicy.time_window(fail_window=_NIGHT_AND_A_HALF),
    description="The numbered release: DuckDB, Parquet, CSV, Excel, dictionary, manifest and validation report.",
)
def extract(
    context: dg.AssetExecutionContext,
    home: dg.ResourceParam[Home],
    publication: dg.ResourceParam[Holder],  # noqa: ARG001 - as in `core`
) -> dg.MaterializeResult[None]:
    """Publishes, or finds that there is nothing new."""
    release = steps.publish_release(home, partial(printed_places, home))
    context.log.info(f"release {release.number} {'published' if release.published else 'unchanged'}: {release.folder}")
    frames = [home.store.read(name) for name in ("out.release_difference", "out.claim")]
    files = [release.folder / str(file["path"]) for file in release.manifest["files"] if "/" not in file["path"]]
    return dg.MaterializeResult(
        metadata={
            "release": release.number,
            "new": release.published,
            "folder": dg.MetadataValue.path(release.folder),
            "page": served("reporte.html"),
            "explore": served("explora", "index.html"),
            "errata": dg.MetadataValue.md("\n\n".join(since_text(*frames))),
            **{path.name: dg.MetadataValue.path(path) for path in files},
        }
    )


ASSETS = [raw_document, core, out, extract]
