"""Where a project keeps its data: `./data`, or `$PESO_HOME`.

Only the layout of that folder belongs here. What is written into each part belongs to the part's own module, which is loaded
when that part is asked for: a command that asks only where things are does not wait for pandas.
"""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from warehouse.errors import WarehouseError
from warehouse.release.folder import Release, latest

if TYPE_CHECKING:
    from obstore.store import ObjectStore

    from sources.bytes.archive import Archive
    from sources.bytes.fetch import Limits
    from sources.declared.catalogue import Catalogue
    from sources.declared.portals import WatchedPage
    from sources.declared.set_aside import SetAside
    from transforms.claims.cards import Card
    from transforms.claims.model import Claim
    from transforms.compare.declared import Declared
    from warehouse.lake.connect import Lake
    from warehouse.schema.declaration import Problem
    from warehouse.store.bundles import Bundles
    from warehouse.store.parquet import Store

# Telemetry and the sign-up pop-up are off: nothing leaves the machine. That one publication works at a time is held by
# a lock (`pipelines.work.publication_lock`); the limit only keeps those that wait from taking the place of a reading.
_DAGSTER_YAML = """\
telemetry:
  enabled: false
nux:
  enabled: false
concurrency:
  runs:
    max_concurrent_runs: 2
    tag_concurrency_limits:
      - key: peso/publication
        limit: 1
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  cancel_timeout_seconds: 60
retention:
  schedule:
    purge_after_days: 30
  sensor:
    purge_after_days: {skipped: 2, failure: 30, success: 7}
run_coordinator:
  module: dagster._core.run_coordinator
  class: QueuedRunCoordinator
  config: {dequeue_interval_seconds: 1}
"""


class Definitions(NamedTuple):
    """What people wrote, and what is wrong with each file that is left out."""

    declared: "Declared"
    claims: "tuple[Claim, ...]"
    cards: "tuple[Card, ...]"
    problems: "tuple[Problem, ...]"


@dataclass(frozen=True)
class Home:
    """The data home. `Home.find()` takes `$PESO_HOME` or `./data`; `create()` makes the folders people drop files in."""

    root: Path

    @classmethod
    def find(cls) -> "Home":
        """`$PESO_HOME`, or `./data` where it is not set."""
        return cls(Path(os.environ.get("PESO_HOME") or "data").expanduser().resolve())

    @property
    def limits(self) -> "Limits":
        """How addresses are fetched. `$PESO_ALLOWED_NETWORKS` names private networks that may be visited all the same."""
        from sources.bytes.fetch import Limits

        return Limits(allowed_networks=tuple(os.environ.get("PESO_ALLOWED_NETWORKS", "").split()))

    @property
    def inbox(self) -> Path:
        """Where people drop documents."""
        return self.root / "inbox"

    @property
    def alerts(self) -> Path:
        """One JSON file per failed run."""
        return self.root / "alerts"

    @property
    def catalogue_folder(self) -> Path:
        """Entries of documents and governments of this home."""
        return self.root / "catalogue"

    @property
    def corrections_folder(self) -> Path:
        """Corrections of misprints, as people declare them."""
        return self.root / "corrections"

    @property
    def aside(self) -> Path:
        """Documents that wait for a person, and those that a person took out."""
        return self.root / "aside"

    @property
    def portals_folder(self) -> Path:
        """Pages of portals that this home watches."""
        return self.root / "portals"

    @property
    def watched(self) -> Path:
        """What is known of the links of each watched page; see `pipelines.work.watching`."""
        return self.root / "watched"

    @property
    def claims_folder(self) -> Path:
        """Published sentences to be followed."""
        return self.root / "claims"

    @property
    def cards_folder(self) -> Path:
        """Affordability cards."""
        return self.root / "affordability"

    @property
    def baskets(self) -> Path:
        """Baskets of this home, beside the project's own."""
        return self.root / "baskets"

    @property
    def comparisons(self) -> Path:
        """Comparisons of this home, beside the project's own."""
        return self.root / "comparisons"

    @property
    def samples(self) -> Path:
        """The documents of the embedded sample, as typeset."""
        return self.root / "sample"

    @property
    def releases(self) -> Path:
        """Numbered folders, one per release."""
        return self.root / "releases"

    @property
    def validation_report(self) -> Path:
        """What the last validation found, for people."""
        return self.root / "warehouse" / "validacion.html"

    @property
    def publication_lock(self) -> Path:
        """Held by whoever publishes, whose name is in it; see `pipelines.work.publication_lock`."""
        return self.root / "publication.lock"

    @property
    def running(self) -> Path:
        """One mark for each run that is alive."""
        return self.root / "dagster" / "running"

    def finished(self, stage: str) -> Path:
        """Which rebuilding of `core` this stage is whole for; absent while the stage is rebuilt."""
        return self.root / "warehouse" / f"finished-{stage}"

    @property
    def ocr(self) -> Path | None:
        """Where pages read by OCR are kept, so that none is read twice; None where OCR is not installed."""
        from sources.pdf import ocr  # with what reads PDFs, which few commands need

        return self.root / "cache" / "ocr" if ocr.installed() else None

    @property
    def dagster(self) -> Path:
        """Dagster's own instance."""
        return self.root / "dagster"

    @cached_property
    def archive(self) -> "Archive":
        """The bytes of every document; in the bucket of `$PESO_OBJECTS`, where that is set (`docs/cluster.md`)."""
        if objects := self.objects("archive"):
            from sources.bytes.bucket import BucketArchive

            return BucketArchive(self.root / "archive", objects)
        from sources.bytes.archive import Archive

        return Archive(self.root / "archive")

    @property
    def workers(self) -> str | None:
        """The address of the scheduler whose workers read and normalize (`$PESO_WORKERS`); None where this machine does."""
        return os.environ.get("PESO_WORKERS") or None

    @cached_property
    def bundles(self) -> "Bundles":
        """What this machine and the workers give one another of the store. Raises WarehouseError without `$PESO_OBJECTS`."""
        from warehouse.store.bundles import Bundles

        objects = self.objects("store")
        if objects is None:
            raise WarehouseError("Workers need a bucket.", "Set PESO_OBJECTS, for instance to s3://peso.")
        return Bundles(objects)

    @property
    def lake(self) -> "Lake | None":
        """The lake that publications are committed to: its catalogue is `$PESO_LAKE`, its files are in the bucket."""
        catalogue, objects = os.environ.get("PESO_LAKE"), os.environ.get("PESO_OBJECTS")
        if not catalogue or not objects:
            return None
        from warehouse.lake.connect import Lake

        return Lake(catalogue, f"{objects.rstrip('/')}/lake")

    def objects(self, name: str) -> "ObjectStore | None":
        """What lies under the name in `$PESO_OBJECTS` (`s3://bucket/prefix`), opened as the usual `AWS_…` variables say."""
        url = os.environ.get("PESO_OBJECTS")
        if not url:
            return None
        from obstore.store import from_url

        return from_url(f"{url.rstrip('/')}/{name}")

    @cached_property
    def store(self) -> "Store":
        """Every table, as Parquet."""
        from warehouse.store.parquet import Store

        return Store(self.root / "warehouse")

    def latest_release(self) -> Release | None:
        """The release with the highest number, or None where there is none."""
        return latest(self.releases)

    def published(self) -> Release:
        """The latest release. Raises WarehouseError when nothing was published."""
        release = self.latest_release()
        if release is None:
            raise WarehouseError(
                "Nothing was published yet.",
                "Run `peso run`, or materialize release/extract.",
                es="Aún no se publica nada. Ejecute `peso run`, o materialice release/extract.",
            )
        return release

    def catalogue(self) -> "Catalogue":
        """The catalogue as it is on disk now: the project's own entries and this home's."""
        from sources.declared.catalogue import OWN_ENTRIES, load_catalogue

        return load_catalogue(OWN_ENTRIES, self.catalogue_folder)

    def set_aside(self) -> "dict[str, SetAside]":
        """By document, what waits for a person or was taken out."""
        from sources.declared.set_aside import load_aside

        return load_aside(self.aside)[0]

    def portals(self) -> "dict[str, WatchedPage]":
        """The watched pages of this home, also those that are off."""
        from sources.declared.portals import load_portals

        return load_portals(self.portals_folder, links=self.catalogue().links)[0]

    def declared(self, draft: Path | None = None) -> "Declared":
        """The baskets and comparisons that can be used now; with `draft`, the comparison of that file alone."""
        from transforms.compare import declared

        return declared.load([self.baskets], [self.comparisons], draft, self.catalogue().links)

    def definitions(self) -> Definitions:
        """Every definition that can be used now, the project's own and this home's, and all files of people that cannot."""
        from sources.declared.corrections import load_corrections
        from sources.declared.portals import load_portals
        from sources.declared.set_aside import load_aside
        from transforms.claims.cards import load_cards
        from transforms.claims.claims import load_claims

        catalogue = self.catalogue()
        links = catalogue.links
        declared = self.declared()
        claims, wrong_claims = load_claims(self.claims_folder, links=links)
        cards, wrong_cards = load_cards(self.cards_folder, links=links)
        _, wrong_corrections = load_corrections(self.corrections_folder, links)
        _, wrong_portals = load_portals(self.portals_folder, links=links)
        _, wrong_aside = load_aside(self.aside)
        problems = (
            *catalogue.problems, *wrong_corrections, *declared.problems, *wrong_claims, *wrong_cards, *wrong_portals, *wrong_aside,
        )  # fmt: skip
        return Definitions(declared, claims, cards, problems)

    def create(self) -> "Home":
        """Makes the folders that are not there, and Dagster's settings; returns the home."""
        for folder in (
            self.inbox,
            self.alerts,
            self.catalogue_folder,
            self.corrections_folder,
            self.portals_folder,
            self.claims_folder,
            self.cards_folder,
            self.baskets,
            self.comparisons,
            self.releases,
            self.dagster,
            self.running,
        ):
            folder.mkdir(parents=True, exist_ok=True)
        settings = self.dagster / "dagster.yaml"
        if not settings.exists() or _DAGSTER_YAML.startswith(settings.read_text(encoding="utf-8")):
            settings.write_text(
                _DAGSTER_YAML, encoding="utf-8"
            )  # also over those of an earlier version, which it goes on
        return self
