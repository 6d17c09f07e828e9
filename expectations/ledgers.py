"""What must hold of ledgers: nothing of persons is published, every cell is accounted for, links lead to rows, and sums say when they exceed.

What is odd in their sources is in `ledger_sources`. What a ledger proves of a line is checked with the other proofs, in `proofs`; that columns and keys are those of the schema, in `structural`.
"""

import pandas as pd

from expectations.spec import Promise, TableFrames
from warehouse.schema import TEXT
from warehouse.schema.answering import COMMITMENT_STATUS, DOCUMENT_CALENDAR, REQUEST_SERIES
from warehouse.schema.ledger_views import LEDGER_VIEWS
from warehouse.schema.ledgers import LEDGER_CORE, LEDGER_OUT
from warehouse.schema.oversight import FOLLOWED_CORE, FOLLOWED_OUT
from warehouse.schema.personal import PERSONAL

PROMISE = Promise()
_OF_LEDGERS = (
    *LEDGER_CORE, *FOLLOWED_CORE, *LEDGER_OUT, *FOLLOWED_OUT, *LEDGER_VIEWS, REQUEST_SERIES, DOCUMENT_CALENDAR, COMMITMENT_STATUS,
)  # fmt: skip
_FROM = (
    ("contract", "core.contract", "contract_id"), ("payment", "core.payment", "payment_id"),
    ("indicator", "core.indicator", "indicator_id"), ("request", "core.request", "request_id"),
)  # fmt: skip
_TO = (
    ("line", "core.line", "line_id"), ("work", "core.work", "work_id"), ("contract", "core.contract", "contract_id"),
    ("document", "core.document", "document_id"),
)  # fmt: skip
_PESO = 100


@PROMISE.rule(
    "record_cell_accounted",
    "raw.record",
    "ERROR",
    "Each cell of a ledger is typed, withheld or excluded with a reason, and a withheld one has no text (P2, P7).",
    "Cada celda de un registro tiene tipo, está reservada o se excluye con su razón, y la reservada no tiene texto (P2, P7).",
)
def _cells_without_account(frames: TableFrames) -> pd.DataFrame:
    cells = frames["raw.record"]
    withheld = cells["withheld"].fillna(True).astype(bool)
    broken = cells["type"].notna() == cells["exclusion"].notna()
    broken |= withheld != cells["source_text"].isna()
    return cells.loc[broken, ["document_id", "record", "field", "page", "place"]]


def _require_nothing_withheld(table: str, columns: list[str]) -> None:
    @PROMISE.rule(
        f"{table.replace('.', '_')}_nothing_withheld",
        table,
        "ERROR",
        "Nothing that is withheld is published: no mail address, CURP, person's RFC or telephone stands in a table of ledgers, whatever its column (P7).",
        "Nada reservado se publica: ni correo, ni CURP, ni RFC de persona, ni teléfono en una tabla de registros, en ninguna columna (P7).",
    )
    def find_persons(frames: TableFrames) -> pd.DataFrame:
        """The rows and columns; the text is not repeated, as the report of the checks is an output too."""
        frame = frames[table]
        guilty = [
            pd.DataFrame({"row": frame.index[mask], "column": name})
            for name in columns
            if (
                mask := frame[name].astype("str").str.contains(PERSONAL, regex=True).fillna(False).to_numpy(dtype=bool)
            ).any()
        ]
        return pd.concat(guilty, ignore_index=True) if guilty else pd.DataFrame(columns=["row", "column"])


for _table in _OF_LEDGERS:
    _require_nothing_withheld(_table.name, [c.frame_name for c in _table.columns if c.type is TEXT and not c.values])


@PROMISE.rule(
    "withheld_supplier_is_nameless",
    "core.contract",
    "ERROR",
    "A supplier that is not shown to be a company or public body has no name: it is withheld, and counted (P7).",
    "Un proveedor que no consta que sea empresa o ente público no tiene nombre: se reserva y se cuenta (P7).",
)
def _named_though_withheld(frames: TableFrames) -> pd.DataFrame:
    contracts = frames["core.contract"]
    broken = contracts["supplier"].notna() & ~contracts["supplier_kind"].isin(["company", "public"])
    return contracts.loc[broken, ["contract_id", "supplier_kind"]]


@PROMISE.rule(
    "link_leads_to_rows",
    "core.link",
    "ERROR",
    "A link joins two rows that are there: a contract, payment, indicator or request, and a line, work, contract or document (P3).",
    "Un enlace une dos renglones que existen: un contrato, pago, indicador o solicitud, y una línea, obra, contrato o documento (P3).",
    reads=(
        "core.line",
        "core.work",
        "core.contract",
        "core.payment",
        "core.indicator",
        "core.request",
        "core.document",
    ),
)
def _links_to_nowhere(frames: TableFrames) -> pd.DataFrame:
    links = frames["core.link"]
    broken = pd.Series(False, links.index)
    for side, kinds in (("from", _FROM), ("to", _TO)):
        for kind, table, key in kinds:
            broken |= links[f"{side}_kind"].eq(kind) & ~links[f"{side}_id"].isin(frames[table][key])
    return links.loc[broken, ["link_id", "from_kind", "from_id", "to_id"]]


@PROMISE.rule(
    "link_sums_what_it_may",
    "core.link",
    "ERROR",
    "What is charged to several lines without shares, an open contract and a link by words are never summed (P5).",
    "Lo que se carga a varias líneas sin proporciones, un contrato abierto y un enlace por palabras nunca se suman (P5).",
)
def _summed_though_refused(frames: TableFrames) -> pd.DataFrame:
    links = frames["core.link"]
    refused = links["refusals"].notna() | links["strength"].eq("words") | links["outcome"].isin(["shared", "no_amount"])
    return links.loc[refused & links["sum_amount_centavos"].notna(), ["link_id", "strength", "outcome", "refusals"]]


@PROMISE.rule(
    "payment_counts_once",
    "core.link",
    "ERROR",
    "A payment or contract that is charged to several items without shares is summed in none of their lines (P5).",
    "Un pago o contrato que se carga a varias partidas sin proporciones no se suma en ninguna de sus líneas (P5).",
    reads=("core.charge",),
)
def _counted_in_several(frames: TableFrames) -> pd.DataFrame:
    charges, links = frames["core.charge"], frames["core.link"]
    codes = charges[charges["share"].isna()].groupby("record_id")["object_code"].nunique()
    shared = links["from_id"].isin(codes.index[codes.gt(1)]) & links["to_kind"].eq("line")
    return links.loc[shared & links["sum_amount_centavos"].notna(), ["link_id", "from_id", "to_id", "outcome"]]


@PROMISE.rule(
    "view_cites_what_it_may",
    "out.money_route",
    "ERROR",
    "What others derived is a cross-check and never cited, and what is refused has no gap (P5).",
    "Lo que otros derivaron es un cotejo y nunca se cita, y lo que se rechaza no tiene diferencia (P5).",
)
def _cited_though_derived(frames: TableFrames) -> pd.DataFrame:
    routes = frames["out.money_route"]
    derived = routes["caveats"].str.contains("derived", regex=False).fillna(False)
    broken = (derived & routes["citable"]) | (routes["refusals"].notna() & routes["gap_centavos"].notna())
    return routes.loc[broken, ["route_id", "citable", "caveats", "refusals"]]


@PROMISE.rule(
    "traced_within_the_line",
    "out.line_trace",
    "ERROR",
    "Nothing traces more of a line than it has: such a sum is refused as exceeding it (P1).",
    "Nada rastrea más de una línea que lo que tiene: esa suma se rechaza porque la excede (P1).",
)
def _traced_beyond(frames: TableFrames) -> pd.DataFrame:
    traces = frames["out.line_trace"]
    beyond = (traces["traced_centavos"] - traces["amount_centavos"]).gt(_PESO).fillna(False)
    counted = traces["traced_centavos"].notna() & traces["refusals"].notna()
    return traces.loc[beyond.astype(bool) | counted, ["line_id", "amount_centavos", "traced_centavos", "refusals"]]


@PROMISE.rule(
    "line_not_exceeded",
    "core.link",
    "WARN",
    "Contracts or payments do not add up to more than the line they are charged to; where they do, ask the body which of the two is right.",
    "Los contratos o pagos no suman más que la línea a la que se cargan; si es así, pregunte al ente cuál de los dos es correcto.",
)
def _lines_exceeded(frames: TableFrames) -> pd.DataFrame:
    links = frames["core.link"]
    exceeding = links[links["outcome"].eq("exceeds")].drop_duplicates(["to_id", "from_kind"])
    return exceeding[
        ["to_id", "from_kind", "stage", "sum_amount_centavos", "to_amount_centavos", "difference_centavos"]
    ]


@PROMISE.rule(
    "contract_states_one_total",
    "core.contract",
    "WARN",
    "One contract number has one total; one that its rows state with several has none here.",
    "Un número de contrato tiene un solo total; el que sus renglones dicen con varios no tiene ninguno aquí.",
)
def _contracts_with_totals(frames: TableFrames) -> pd.DataFrame:
    contracts = frames["core.contract"]
    return contracts.loc[contracts["reason"].eq("totals_differ"), ["contract_id", "number", "rows"]]
