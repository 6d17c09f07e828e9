"""Baskets: which lines are health, events, advertising; by which rule, how certain, and by which words.

Which rule measures an operand of a comparison is said in the basket (`measure`); how it is measured is in
`transforms.measure.candidates`. The rules themselves are YAML, in `transforms/definitions/baskets` and in users' folders.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, Self

import numpy as np
import pandas as pd
from pydantic import model_validator

from transforms import definitions
from transforms.definitions import Bilingual, Definition
from transforms.measure.working_tables import CAUGHT
from transforms.words.classification import is_fund
from warehouse.schema.declaration import RuleError, Strict, takes
from warehouse.schema.text import words as plain

FOLDER = definitions.FOLDER / "baskets"

# A label of these tables is income or a balance, never spending on something.
NOT_SPENDING = ("income", "accounting")

STRENGTHS = ("code", "body", "words")
MATCHES = ("object_codes", "function_codes", "bodies", "names", "words")


class BasketRule(Strict):
    """One way to be caught: by exactly one of code, body, whole name, or words; `without` takes lines out again."""

    id: str = takes(
        "basket.rule, in small letters, such as dance.words",
        "canasta.regla, en minúsculas, como danza.palabras",
        pattern=r"^[a-z0-9_]+\.[a-z0-9_]+$",
    )
    citation: str = takes(
        "where the rule comes from: norm, page or reason (10 letters or more)",
        "de dónde sale la regla: norma, página o razón (10 letras o más)",
        min_length=10,
    )
    strength: Literal["code", "body", "words"] = takes("code, body or words", "code, body o words")
    object_codes: tuple[str, ...] = takes(
        'a list of COG codes in quotes, such as ["38"]', 'una lista de claves COG entre comillas, como ["38"]', ()
    )
    function_codes: tuple[str, ...] = takes(
        'a list of CFG codes in quotes, such as ["23"]', 'una lista de claves CFG entre comillas, como ["23"]', ()
    )
    bodies: tuple[str, ...] = takes("a list of words of a body's name", "una lista de palabras del nombre del ente", ())
    names: tuple[str, ...] = takes("a list of whole names of lines", "una lista de nombres completos de línea", ())
    words: tuple[str, ...] = takes("a list of words or phrases", "una lista de palabras o frases", ())
    without: tuple[str, ...] = takes(
        "a list of words that leave a line out", "una lista de palabras que descartan la línea", ()
    )
    measure: int | None = takes(
        "the order, from 1, in which the rule measures the basket",
        "el orden, desde 1, en que la regla mide la canasta",
        None,
        ge=1,
    )
    caveat: str | None = takes(
        "a sentence in Spanish without semicolon", "una oración en español, sin punto y coma", None, pattern="^[^;]+$"
    )

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        used = [name for name in MATCHES if getattr(self, name)]
        if len(used) != 1:
            raise RuleError(
                f"expected exactly one of {', '.join(MATCHES)}; found {', '.join(used) or 'none'}",
                f"se esperaba exactamente una de {', '.join(MATCHES)}; se encontró {', '.join(used) or 'ninguna'}",
            )
        expected = {"object_codes": "code", "function_codes": "code", "bodies": "body"}.get(used[0], "words")
        if self.strength != expected:
            raise RuleError(
                f"a rule with {used[0]} has strength «{expected}»; found «{self.strength}»",
                f"una regla con {used[0]} tiene strength «{expected}»; se encontró «{self.strength}»",
            )
        if self.measure and used == ["words"]:
            raise RuleError(
                "a rule by words cannot measure: the words may stand in any line",
                "una regla por palabras no puede medir (measure): las palabras pueden estar en cualquier línea",
            )
        bad = [code for code in self.codes if not code.isdigit() or code.endswith("0")]
        if bad:
            raise RuleError(
                f"codes are written without final zeros (38, not 3800); found {', '.join(bad)}",
                f"las claves se escriben sin ceros finales (38, no 3800); se encontró {', '.join(bad)}",
            )
        return self

    @property
    def match(self) -> str:
        """What it looks at: one of MATCHES."""
        return next(name for name in MATCHES if getattr(self, name))

    @property
    def codes(self) -> tuple[str, ...]:
        """Its codes, of object or of function; none where it looks at words."""
        return self.object_codes or self.function_codes

    @property
    def code_column(self) -> str:
        """The column of `core.line` that a rule by code looks at."""
        return "object_code" if self.object_codes else "function_code"


class Basket(Definition):
    """A named list of rules. `purpose` says which operand of health against events it is, if any.

    Lines of `discretionary` baskets are listed and compared one by one, and add up to no operand of health against
    events; `other` baskets are used only by the comparisons that name them.
    """

    id: str = takes(
        "small letters, digits and underscores, such as dance",
        "minúsculas, cifras y guion bajo, como danza",
        pattern=r"^[a-z0-9_]+$",
    )
    name: Bilingual = takes(
        "the name in English and Spanish: {en: Dance, es: Danza}",
        "el nombre en inglés y español: {en: Dance, es: Danza}",
    )
    purpose: Literal["health", "events", "advertising", "discretionary", "other"] = takes(
        "discretionary (its lines are compared one by one) or other (only for comparisons)",
        "discretionary (sus líneas se comparan una por una) u other (solo para comparaciones)",
    )
    recurrence: Literal["recurrent", "one_off", "mixed", "unknown"] = takes(
        "recurrent (every year), one_off (once), mixed (both) or unknown",
        "recurrent (cada año), one_off (una vez), mixed (de ambas) o unknown",
        "unknown",
    )
    rules: tuple[BasketRule, ...] = takes("a list of one or more rules", "una lista de una o más reglas", min_length=1)

    @model_validator(mode="after")
    def _own_rules(self) -> Self:
        ids = [rule.id for rule in self.rules]
        foreign = [name for name in ids if not name.startswith(f"{self.id}.")]
        if foreign or len(set(ids)) != len(ids):
            raise RuleError(
                f"the id of each rule begins with «{self.id}.» and is used once; found {', '.join(ids)}",
                f"el id de cada regla empieza con «{self.id}.» y se usa una sola vez; se encontró {', '.join(ids)}",
            )
        return self

    @property
    def measures(self) -> bool:
        """Whether a rule of it measures an operand."""
        return any(rule.measure for rule in self.rules)


def on_other_axis(rules: Iterable[BasketRule]) -> list[str]:
    """The rules that say who spends or what for: events, an object of expenditure, may lie inside what they catch. A line of
    transfers is an object as well, and no event lies inside it.
    """
    return [rule.id for rule in rules if rule.match in ("function_codes", "bodies")]


def load_baskets(*folders: Path) -> tuple[Basket, ...]:
    """The shipped baskets and those of the folders given. Raises DeclarationError naming file and key."""
    return definitions.load(Basket, (FOLDER, *folders))


def catch(lines: pd.DataFrame, baskets: Sequence[Basket]) -> pd.DataFrame:
    """CAUGHT: every rule that catches every line of `core.line`.

    A line can be in several baskets, and several rules of one can catch it: all are listed.
    """
    looked_at = ["line_id", "name", "label", "administrative_name", "classification", "object_code", "function_code"]
    spent = ~lines["classification"].isin(NOT_SPENDING) & (lines["row_kind"] != "total")
    spending = lines[looked_at].assign(line=np.arange(len(lines)))[spent]
    names = spending["name"].fillna(spending["label"])
    bodies = spending["administrative_name"].fillna(names.where(spending["classification"] == "administrative"))
    bodies = bodies.mask(bodies.map(is_fund, na_action="ignore").astype("boolean").fillna(False).astype("bool"))
    texts = {"names": DistinctTexts(names), "bodies": DistinctTexts(bodies)}
    caught = []
    for basket in baskets:
        for rule in basket.rules:
            words_found = _words_found(spending, texts["bodies" if rule.match == "bodies" else "names"], rule)
            hit = words_found.notna()
            part = spending.loc[hit, ["line", "line_id"]].assign(words=words_found[hit])
            caught.append(part.assign(basket=basket.id, rule=rule.id, strength=rule.strength))
    everything = pd.concat(caught, ignore_index=True) if caught else pd.DataFrame(columns=CAUGHT.frame_columns)
    everything["words"] = everything["words"].replace("", None)
    return everything[CAUGHT.frame_columns].astype(dict.fromkeys(CAUGHT.frame_columns[1:], "str") | {"line": "int64"})


def _words_found(lines: pd.DataFrame, texts: "DistinctTexts", rule: BasketRule) -> pd.Series:
    """Per line: null where the rule does not catch it, the words found where it does ("" if by code)."""
    if rule.codes:
        hit = lines[rule.code_column].fillna("").str.startswith(rule.codes)
        words_found = pd.Series(None, index=lines.index, dtype=object).mask(hit, "")
    else:
        words_found = texts.search(phrases(getattr(rule, rule.match), whole=rule.match == "names"))
    if rule.without:
        words_found = words_found.where(texts.search(phrases(rule.without)).isna())
    return words_found


def phrases(words: Sequence[str], whole: bool = False) -> re.Pattern[str]:
    """A pattern for whole words or phrases in plain text; `whole` asks that they be the entire text."""
    ordered = sorted(map(plain, words), key=len, reverse=True)
    alternatives = "|".join(re.escape(word) for word in ordered)
    return re.compile(rf"^(?:{alternatives})$" if whole else rf"(?<!\w)(?:{alternatives})(?!\w)")


class DistinctTexts:
    """Texts of many lines, each distinct one made plain and searched once."""

    def __init__(self, texts: pd.Series) -> None:
        self.index = texts.index
        self.codes, distinct = pd.factorize(texts)
        self.plain = [plain(text) for text in distinct.to_numpy(dtype=object)]

    def search(self, pattern: re.Pattern[str]) -> pd.Series:
        """The distinct words found in each text, in order; null where there are none."""
        matches = [", ".join(dict.fromkeys(pattern.findall(text))) or None for text in self.plain]
        return pd.Series(np.array([*matches, None], dtype=object)[self.codes], index=self.index, dtype=object)
