"""What is odd in the sources of ledgers and must be said beside them: contracts over their line, results against their own numbers, keys that
lead nowhere, days that do not exist, vintages that differ. Each warns; whose error it is, the body says.

What the program itself promises of ledgers is in `ledgers`.
"""

import re

import pandas as pd

from expectations.spec import Promise, TableFrames
from warehouse.schema.ledgers import CONTRACT, PAYMENT, PROCEDURE
from warehouse.schema.model import Table
from warehouse.schema.oversight import INDICATOR, PUBLICATION, REQUEST, WORK
from warehouse.schema.text import words

PROMISE = Promise()
_CENTAVOS = 100
_MUNICIPAL = re.compile(r"(?:h )?(?:municipio|ayuntamiento)\b")
_KEYS_ALIKE = str.maketrans("OIL", "011")  # letters that keys are typed with for figures


@PROMISE.rule(
    "charge_leads_to_its_own_row",
    "core.charge",
    "WARN",
    "Each row of a linked table has a number of its own; one that repeats another's is joined by its order, and may be of another row.",
    "Cada renglón de una tabla ligada tiene su propio número; el que repite otro se une por su orden, y puede ser de otro renglón.",
)
def _charges_by_order(frames: TableFrames) -> pd.DataFrame:
    charges = frames["core.charge"]
    return charges.loc[charges["basis"].eq("order"), ["charge_id", "record_kind", "record_id", "object_code", "place"]]


@PROMISE.rule(
    "work_key_leads_to_a_work",
    "core.contract",
    "WARN",
    "The key of a work that a contract names is in a list of works; the candidate differs in letters that look like figures, and is not joined.",
    "La clave de obra que un contrato nombra está en una lista de obras; la candidata difiere en letras que parecen cifras, y no se une.",
    reads=("core.work",),
)
def _keys_to_no_work(frames: TableFrames) -> pd.DataFrame:
    keys = frames["core.work"]["key"].dropna()
    alike = pd.Series(keys.to_numpy(), keys.str.translate(_KEYS_ALIKE)).groupby(level=0).first()
    contracts = frames["core.contract"]
    named = contracts["work_key"].str.upper().str.replace(r"[^0-9A-Z]", "", regex=True)
    astray = contracts[named.str.contains(r"\d", regex=True).fillna(False) & ~named.isin(keys)]
    candidate = named.loc[astray.index].str.translate(_KEYS_ALIKE).map(alike)
    return astray.assign(candidate=candidate)[["contract_id", "work_key", "candidate"]].dropna(subset="candidate")


@PROMISE.rule(
    "contract_within_its_line",
    "core.link",
    "WARN",
    "A contract is not over the revised budget of the only line it is charged to; where it is, ask the body which of the two is right.",
    "Un contrato no excede el presupuesto modificado de la única línea a la que se carga; si es así, pregunte al ente cuál es correcto.",
)
def _contracts_over_their_line(frames: TableFrames) -> pd.DataFrame:
    links = frames["core.link"]
    alone = links["from_kind"].eq("contract") & links["stage"].eq("modificado") & links["refusals"].isna()
    over = (links["from_amount_centavos"] - links["to_amount_centavos"]).gt(_CENTAVOS).fillna(False).astype(bool)
    return links.loc[alone & over, ["from_id", "to_id", "from_amount_centavos", "to_amount_centavos"]]


@PROMISE.rule(
    "programme_money_agrees",
    "core.link",
    "WARN",
    "What a register says of programmes adds up to the line of their class; where it does not, the body has printed two amounts of one thing.",
    "Lo que un registro dice de los programas suma la línea de su clase; si no, el ente imprimió dos importes de lo mismo.",
)
def _programmes_against_their_class(frames: TableFrames) -> pd.DataFrame:
    links = frames["core.link"]
    against = links[links["outcome"].eq("contradicts")].drop_duplicates(["to_id", "stage"])
    return against[["to_id", "stage", "sum_amount_centavos", "to_amount_centavos", "difference_centavos"]]


@PROMISE.rule(
    "result_follows_from_its_numbers",
    "core.indicator",
    "WARN",
    "The result of an indicator is what its own numerator and denominator give by its formula.",
    "El resultado de un indicador es lo que dan su propio numerador y denominador con su fórmula.",
)
def _results_against_their_numbers(frames: TableFrames) -> pd.DataFrame:
    rows = frames["core.indicator"]
    return rows.loc[
        rows["agrees"].eq(False).fillna(False), ["indicator_id", "numerator", "denominator", "recomputed", "result"]
    ]


@PROMISE.rule(
    "target_in_the_unit_of_its_result",
    "core.indicator",
    "WARN",
    "The target of an indicator is in the unit of its result: no count beside a percentage.",
    "La meta de un indicador está en la unidad de su resultado: no una cuenta junto a un porcentaje.",
)
def _targets_in_another_unit(frames: TableFrames) -> pd.DataFrame:
    rows = frames["core.indicator"]
    return rows.loc[
        rows["unit_differs"].eq(True).fillna(False), ["indicator_id", "unit", "target", "target_revised", "result"]
    ]


@PROMISE.rule(
    "work_is_the_same_in_each_list",
    "core.work",
    "WARN",
    "A key has one name and one total investment in every list of works of one year.",
    "Una clave tiene un solo nombre y una sola inversión total en cada lista de obras de un ejercicio.",
)
def _works_that_differ(frames: TableFrames) -> pd.DataFrame:
    works = frames["core.work"]
    works = works[works["key"].notna()]
    grouped = works.groupby(["key", "fiscal_year"])
    differ = grouped["name"].transform("nunique").gt(1) | grouped["total_investment_centavos"].transform("nunique").gt(
        1
    )
    return works.loc[differ, ["work_id", "key", "name", "total_investment_centavos"]]


def _require_days_that_exist(table: Table) -> None:
    key = table.key[0]

    @PROMISE.rule(
        f"{table.name.replace('.', '_')}_days_exist",
        table.name,
        "WARN",
        "Each day that a row gives exists; one that does not (31/06, 32/12) is kept as printed and counted in no term.",
        "Cada día que da un renglón existe; el que no (31/06, 32/12) se conserva como está impreso y no cuenta en ningún plazo.",
    )
    def find_days(frames: TableFrames) -> pd.DataFrame:
        """The rows, with the days as printed."""
        rows = frames[table.name]
        return rows.loc[rows["date_text"].str.contains("(impossible)", regex=False).fillna(False), [key, "date_text"]]


for _table in (PROCEDURE, CONTRACT, PAYMENT, WORK, INDICATOR, REQUEST, PUBLICATION):
    _require_days_that_exist(_table)


@PROMISE.rule(
    "payment_within_its_period",
    "core.payment",
    "WARN",
    "A payment was made by the end of the period that its row is of.",
    "Un pago se hizo a más tardar al terminar el periodo de su renglón.",
)
def _payments_out_of_period(frames: TableFrames) -> pd.DataFrame:
    rows = frames["core.payment"]
    late = (rows["paid_on"] > rows["period_end"]).fillna(False).astype(bool)
    return rows.loc[late, ["payment_id", "paid_on", "period_end"]]


@PROMISE.rule(
    "ocid_stands_once",
    "core.procedure",
    "WARN",
    "A contracting process (ocid) stands in one document; where two have it, they are vintages of one: say in the entry which supersedes.",
    "Un proceso de contratación (ocid) está en un solo documento; si dos lo tienen, son versiones de uno: diga en la ficha cuál sustituye.",
    reads=("core.document",),
)
def _processes_twice(frames: TableFrames) -> pd.DataFrame:
    documents = frames["core.document"]
    superseded = documents.loc[documents["superseded_by"].notna(), "document_id"]
    mine = frames["core.procedure"][~frames["core.procedure"]["document_id"].isin(superseded)]
    vintages = mine[mine["ocid"].notna()].groupby("ocid")["document_id"].transform("nunique")
    return mine.loc[vintages.index[vintages.gt(1)], ["procedure_id", "ocid", "document_id"]]


@PROMISE.rule(
    "vintage_keeps_its_centavos",
    "core.contract",
    "WARN",
    "Two vintages of a contract state one amount; one in whole pesos of what the other states with centavos was rounded: use the exact one.",
    "Dos versiones de un contrato dicen un solo importe; la de pesos enteros de lo que otra dice con centavos se redondeó: use la exacta.",
    reads=("core.procedure",),
)
def _vintages_that_round(frames: TableFrames) -> pd.DataFrame:
    ocids = (
        frames["core.procedure"].dropna(subset="ocid").drop_duplicates("procedure_id").set_index("procedure_id")["ocid"]
    )
    rows = frames["core.contract"]
    rows = rows.assign(ocid=rows["procedure_id"].map(ocids)).dropna(subset=["ocid", "amount_centavos"])
    pairs = rows.merge(
        rows[["ocid", "number", "document_id", "amount_centavos"]], on=["ocid", "number"], suffixes=("", "_other")
    )
    differ = (pairs["amount_centavos"] - pairs["amount_centavos_other"]).abs().between(1, _CENTAVOS)
    rounded = pairs["amount_centavos"].mod(_CENTAVOS).eq(0) & pairs["document_id"].ne(pairs["document_id_other"])
    return pairs.loc[
        differ & rounded, ["contract_id", "ocid", "amount_centavos", "document_id_other", "amount_centavos_other"]
    ]


@PROMISE.rule(
    "receivers_cover_the_giver",
    "out.money_route",
    "WARN",
    "At least nine in ten receivers say what they got; else there is no gap, only what is missing.",
    "Al menos nueve de cada diez receptores dicen lo que recibieron; si no, no hay diferencia, solo lo que falta.",
)
def _receivers_missing(frames: TableFrames) -> pd.DataFrame:
    rows = frames["out.money_route"]
    low = rows["refusals"].str.contains("coverage_low", regex=False).fillna(False)
    return rows.loc[low, ["route_id", "reported", "expected", "coverage"]]


@PROMISE.rule(
    "register_is_of_its_government",
    "core.procedure",
    "WARN",
    "A register that its entry gives to a state names no municipality as the body that buys: look at the entry's government.",
    "Un registro que su ficha da a un estado no nombra a un municipio como ente que contrata: revise el gobierno de la ficha.",
    reads=("core.government",),
)
def _municipal_under_a_state(frames: TableFrames) -> pd.DataFrame:
    rows, governments = frames["core.procedure"], frames["core.government"]
    states = governments.loc[governments["level"].eq("state"), "government_id"]
    municipal = rows["body"].map(lambda body: bool(_MUNICIPAL.match(words(body))), na_action="ignore").eq(True)
    return rows.loc[municipal & rows["government_id"].isin(states), ["procedure_id", "government_id", "body"]]
