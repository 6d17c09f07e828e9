"""Affordability cards: the need of a year beside the money of a year, as low, mid and high of one service.

A card is YAML: what is asked, every input with its source and evidence, and what speaks against the reading. The rows are
computed in `transforms.claims.affordability`.
"""

from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from transforms import definitions
from transforms.claims.card_inputs import Contributions, Input, Interval, UnitCost
from transforms.claims.model import SourcedFigure
from transforms.definitions import Bilingual, GovernmentKey, Switched
from warehouse.schema.declaration import Links, Problem, RuleError, Strict, read, takes
from warehouse.schema.vocabulary import EVIDENCE, STAGES

FOLDER = definitions.FOLDER / "affordability"
READINGS = ("low", "mid", "high")


class CardMoney(Strict):
    """X: a `basket` of the government over `years` at one `stage`, or a `figure` of one `year`."""

    id: str = takes(
        "a short name of small letters and hyphens",
        "un nombre corto, con minúsculas y guiones",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
    )
    name: Bilingual
    nature: Literal["one_off", "recurrent"]
    basket: Literal["events", "advertising"] | None = None
    stage: str | None = None
    years: tuple[int, ...] = ()
    year: int | None = None
    figure: SourcedFigure | None = None
    available_share: Input | None = takes(
        "the part of it that could stop being spent, from 0 to 1; leave it out if it is not known",
        "la parte que podría dejar de gastarse, de 0 a 1; omítala si no se conoce",
        None,
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if bool(self.basket) == bool(self.figure):
            raise RuleError(
                "give basket (with stage and years) or figure (with year), one of the two",
                "dé basket (canasta, con stage y years) o figure (cifra, con year), una de las dos",
            )
        if self.basket and (self.stage not in STAGES or not self.years):
            raise RuleError(
                f"with basket give years and stage, one of {', '.join(STAGES)}",
                f"con basket dé years y stage, uno de {', '.join(STAGES)}",
            )
        if self.available_share and not 0 <= self.available_share.resolved.value <= 1:
            raise RuleError("available_share is between 0 and 1", "available_share está entre 0 y 1")
        if self.figure and self.year is None:
            raise RuleError(
                "with figure give year, that of its pesos or dollars",
                "con figure dé year, el año de esos pesos o dólares",
            )
        return self


class CounterEvidence(Strict):
    """What speaks against the reading of a card, with its source."""

    evidence: str
    source: str = takes("where it comes from", "de dónde sale", min_length=3)
    text: Bilingual

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.evidence not in EVIDENCE:
            raise RuleError(f"evidence: one of {', '.join(EVIDENCE)}", f"evidence: una de {', '.join(EVIDENCE)}")
        return self


class Card(Switched):
    """Persons, dependants, cost and contributions of a need that returns every year, and the money it is held against.

    The three readings are one service with uncertain inputs. `load` is how many times the average a person refused for an
    illness costs. Without `contributions` the need is gross, and says so.
    """

    id: str = takes(
        "a short name of small letters and hyphens",
        "un nombre corto, con minúsculas y guiones",
        pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$",
    )
    name: Bilingual
    governments: tuple[GovernmentKey, ...] = takes(
        "keys of governments, such as «26»", "claves de los gobiernos, como «26»", min_length=1
    )
    persons: Interval
    dependants: Interval
    load: Interval
    contributions: Contributions | None = takes(
        "what each person pays in a year, or nothing if it is not known",
        "lo que cada persona paga en un año, o nada si no se conoce",
        None,
    )
    unit_cost: UnitCost
    money: tuple[CardMoney, ...] = takes(
        "at least one amount of money to compare", "al menos un dinero que comparar", min_length=1
    )
    counter_evidence: tuple[CounterEvidence, ...] = takes(
        "at least one argument against: a card without counter-evidence is not published",
        "al menos un argumento en contra: una ficha sin contraevidencia no se publica",
        min_length=1,
    )


def load_cards(*folders: Path, links: Links | None = None) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """The shipped cards and those of the folders given, and what is wrong with each file that cannot be used."""
    return definitions.load_sound(Card, (FOLDER, *folders), links=links)


def read_card(path: Path, links: Links | None = None) -> Card:
    """One card. Raises DeclarationError naming file and field."""
    return read(Card, path, links=links)
