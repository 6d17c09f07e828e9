"""Procedures, contracts, payments and charges from the rows of registers of purchases and of contracts in OCDS.

One procedure per file number of a body, not per row; a contract that several rows repeat is one, and keeps no total where they state
several. Links to budget lines are for `links`.
"""

import re

import numpy as np
import pandas as pd

from transforms.ledgers.rows import dated, linked, plain, row_id, rows_of
from transforms.ledgers.typed import money
from warehouse.schema.ledgers import CHARGE, CONTRACT, PAYMENT, PROCEDURE
from warehouse.schema.text import words

Frames = dict[str, pd.DataFrame]
_METHODS = (
    ("open", re.compile(r"^licitacion|^open$|^concurso publico")),
    ("selective", re.compile(r"^invitacion|^selective$|^limited$|^concurso por invitacion")),
    ("direct", re.compile(r"^adjudicacion|^direct$|^compra directa")),
)
_BODY_NAME = re.compile(
    r"^(?:gobierno|secretaria|ayuntamiento|municipio|instituto|comision|universidad|tribunal|poder|congreso|servicio|petroleos|correos|telecomunicaciones)\b"
)
_LEGAL_FORM = re.compile(r"\bs ?a ?(?:p ?i ?)?(?:b ?)?(?:de )?c ?v\b|\bs ?(?:de )?r ?l\b|\b[sa] ?c$")
# A code of three or four letters that is not the peso's, or the name of another currency.
_FOREIGN = re.compile(
    r"^(?!(?:mxn|mxp|mex|peso|nac)$)[a-z]{3,4}$|dolar|\beuros?\b|extranjera|libras? esterlinas?|\byen(?:es)?\b"
)
_AMOUNTS = ("amount", "amount_min", "amount_max", "net_amount")
_PROCEDURE_FIELDS = (
    "ocid",
    "file_number",
    "method",
    "matter",
    "deserted",
    "convened_on",
    "body",
    "bidder_count",
    "observation",
    "period_end",
    "released_on",
)
_CONTRACT_FIELDS = (
    "contract_number", "object", "supplier", "signed_on", "starts_on", "ends_on", *_AMOUNTS, "currency", "period_end", "work_key",
    "release_ocid", "release_date", "contract_id", "award_id", "paid", "invoice", "object_code", "file_number", "method", "matter", "convened_on", "body", "programme_code",
)  # fmt: skip
# What makes a row more than its period and a note.
_SAYS_WHICH = ("ocid", "file_number", "method", "contract_number", "amount", "amount_max")
_NO_MONEY = r"^[\s$]*0*(?:\.0*)?$"
# Who observes a procedure; that a contract is supervised by the body itself says nothing of it.
_OBSERVER = re.compile(r"\btestigos? social|\bobservador|\bcontraloria social|\bciudadan[oa]s?\b")


def procurement(records: pd.DataFrame, documents: pd.DataFrame) -> Frames:
    """The `core` frames procedure, contract, payment and charge. `documents` as `core.document`."""
    registered = rows_of(records, "procedure", documents, (*_PROCEDURE_FIELDS, *_CONTRACT_FIELDS[:14], "object_code"))
    says = registered[list(_SAYS_WHICH)].replace(_NO_MONEY, None, regex=True).notna()
    registered = registered[says.any(axis=1)].reset_index(drop=True)
    registered = _with_winners(registered, records, documents)
    listed = rows_of(records, "contract", documents, _CONTRACT_FIELDS)
    in_payments = listed["profile_id"].eq("sipot_advertising")
    payments, of_payments = _advertising(records, documents, listed[in_payments])
    alone = _latest(listed[~in_payments], ["contract_id"])
    procedures = pd.concat(
        [_procedures(registered, records), _procedures(alone[alone["file_number"].notna()], records)], ignore_index=True
    )
    rows = pd.concat(
        [
            _with_procedure(registered, procedures),
            _with_procedure(_of_release(alone, registered, records, documents), procedures),
            of_payments,
        ],
        ignore_index=True,
    )
    contracts, contract_of = _contracts(rows, records)
    paid = pd.concat([payments, _transactions(records, documents)], ignore_index=True)
    charges = _charges(records, rows, contract_of, payments)
    return {
        "procedure": PROCEDURE.frame(procedures[PROCEDURE.frame_columns]),
        "contract": contracts,
        "payment": _payments(paid, contract_of),
        "charge": charges,
    }


def method_of(text: str | None) -> str | None:
    """The OCDS method that a printed method means."""
    plain = words(text)
    return next((method for method, pattern in _METHODS if pattern.search(plain)), None)


def is_foreign(currencies: pd.Series) -> pd.Series:
    """Whether a printed currency is another than the peso; what names none is one of pesos."""
    return currencies.map(lambda text: bool(_FOREIGN.search(words(text))), na_action="ignore").eq(True)


def _procedures(rows: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    if rows.empty:
        return PROCEDURE.frame().assign(key=pd.Series(dtype="str"))
    rows = rows.reindex(columns=[*rows.columns, *(name for name in _PROCEDURE_FIELDS if name not in rows)])
    days = dated(rows, {"convened_on": "convened_on", "period_end": "period_end"})
    whole = pd.concat([rows.drop(columns=["convened_on", "period_end"]), days], axis=1).assign(
        procedure_id=row_id(rows), key=_key(rows), method_text=rows["method"], method=[method_of(text) for text in _texts(rows["method"])],
        deserted=rows["deserted"].map(lambda text: None if pd.isna(text) else words(text) in ("si", "yes", "true")).astype("boolean"),
        bidders=pd.to_numeric(rows["bidder_count"], errors="coerce").astype("Int64"), verified=False, reason="no_proof",
    )  # fmt: skip
    counted = _bids(records, rows)
    whole["bidders"] = whole["bidders"].fillna(counted)
    is_told = whole["observation"].map(lambda text: bool(_OBSERVER.search(words(text))), na_action="ignore").eq(True)
    whole["observed"] = is_told.astype("boolean").where(is_told.astype(bool))  # empty is not «not observed»
    whole["observation_source"] = whole["observation"].where(is_told)
    first = whole.drop_duplicates("key").set_index("key")
    grouped = whole.groupby("key", sort=False)
    first["rows"] = grouped.size()
    for name in ("bidders", "observed", "observation_source", "deserted"):
        first[name] = grouped[name].first()
    return first.reset_index().reindex(columns=[*PROCEDURE.frame_columns, "key"])


def _key(rows: pd.DataFrame) -> pd.Series:
    """What makes rows one procedure: the body's document and the file number, else the release, else the row itself."""
    number = rows["file_number"].fillna(rows.get("ocid", np.nan))
    return rows["document_id"].astype("str") + ":" + plain(number).fillna("#" + rows["record"].astype("str"))


def _bids(records: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """How many proposals the linked table lists for each row."""
    proposals = linked(records, "proposals").groupby(["document_id", "record"]).size()
    at = pd.MultiIndex.from_frame(rows[["document_id", "record"]])
    return pd.Series(proposals.reindex(at).to_numpy(), rows.index).astype("Int64")


def _with_winners(rows: pd.DataFrame, records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The rows with the supplier that a linked table names, as the forms of 2015 to 2017 have it."""
    key = ["document_id", "record"]
    named = rows_of(records, "supplier", documents, ("supplier",)).rename(columns={"record": "part_record"})
    joined = linked(records, "winners").merge(
        named[["document_id", "part_record", "supplier", "withheld"]], on=["document_id", "part_record"]
    )
    of_rows = joined.groupby(key)[["supplier", "withheld"]].first().reindex(pd.MultiIndex.from_frame(rows[key]))
    filled = {name: rows[name].fillna(of_rows[name].set_axis(rows.index)) for name in ("supplier", "withheld")}
    return rows.assign(**filled)


def _latest(rows: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """The rows without what a later release of the same process says again: OCDS merges releases by their days.

    `names` tell one thing of a process from another; what has no name or no day is kept.
    """
    key = ["document_id", "release_ocid", *names]
    is_dated = rows[["release_date", *key]].notna().all(axis=1)
    last = rows[is_dated].groupby(key)["release_date"].transform("max")
    kept = ~is_dated | rows["release_date"].eq(last.reindex(rows.index))
    return rows[kept.astype(bool)].reset_index(drop=True)


def _texts(column: pd.Series) -> list[str | None]:
    return [None if pd.isna(text) else str(text) for text in column]


def _with_procedure(rows: pd.DataFrame, procedures: pd.DataFrame) -> pd.DataFrame:
    ids = procedures.drop_duplicates("key").set_index("key")["procedure_id"]
    return rows.assign(procedure_id=_key(rows).map(ids))


def _of_release(
    rows: pd.DataFrame, registered: pd.DataFrame, records: pd.DataFrame, documents: pd.DataFrame
) -> pd.DataFrame:
    """Contracts of OCDS with the file number of their release and the supplier of their award."""
    release = registered[registered["ocid"].notna()].set_index(["document_id", "ocid"])["file_number"]
    at = pd.MultiIndex.from_arrays([rows["document_id"], rows["release_ocid"]])
    number = pd.Series(release[~release.index.duplicated()].reindex(at).to_numpy(), rows.index)
    suppliers = rows_of(records, "supplier", documents, ("supplier", "awards_id", "release_ocid"))
    key = ["document_id", "release_ocid", "awards_id"]
    of_award = suppliers.dropna(subset=["awards_id"]).groupby(key, sort=False)
    named_all = of_award["supplier"].agg(lambda names: "; ".join(dict.fromkeys(names.dropna())) or None)
    by_award = pd.DataFrame(
        {"supplier": named_all.astype("str"), "withheld": of_award["withheld"].first().astype("str")}
    )
    award = pd.MultiIndex.from_arrays([rows["document_id"], rows["release_ocid"], rows["award_id"]])
    named = by_award.reindex(award).set_axis(rows.index)
    return rows.assign(
        file_number=rows["file_number"].fillna(number), supplier=rows["supplier"].fillna(named["supplier"]),
        withheld=rows["withheld"].fillna(named["withheld"].where(named["supplier"].isna())), ocid=rows["release_ocid"],
    )  # fmt: skip


def _advertising(
    records: pd.DataFrame, documents: pd.DataFrame, contracts: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The payments of advertising, and for each the contract that its linked table names, with its supplier."""
    main = rows_of(records, "payment", documents, ("period_end", "campaign"))
    main = main[main["profile_id"].eq("sipot_advertising")]
    key = ["document_id", "record"]
    of_contract = linked(records, "contracts").merge(
        contracts.drop(
            columns=["page", "place", "profile_id", "government_id", "fiscal_year", "period_end", "withheld"]
        ).rename(columns={"record": "part_record"}),
        on=["document_id", "part_record"],
    )
    suppliers = rows_of(records, "supplier", documents, ("supplier", "supplier_key")).rename(
        columns={"record": "part_record"}
    )
    suppliers["tax_key"] = suppliers["supplier_key"].notna() | suppliers["withheld"].str.contains(
        r"\bsupplier_key\b", regex=True
    ).fillna(False)
    of_supplier = linked(records, "suppliers").merge(
        suppliers[["document_id", "part_record", "supplier", "withheld", "tax_key"]], on=["document_id", "part_record"]
    )
    rows = main.drop(columns="withheld").merge(
        of_contract.drop(columns=["basis", "part_record", "supplier"]), on=key, how="left"
    )
    rows = rows.merge(of_supplier.drop_duplicates(key)[[*key, "supplier", "withheld", "tax_key"]], on=key, how="left")
    rows = rows.assign(
        payment_id=row_id(rows), procedure_id=None, matter="advertising", supplier_kind=_supplier_kinds(rows)
    )
    return rows, rows[rows["contract_number"].notna()].reset_index(drop=True)


def _contracts(rows: pd.DataFrame, records: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """`core.contract`, and the contract of each row by document:record."""
    rows = rows.reindex(columns=[*rows.columns, *(name for name in _CONTRACT_FIELDS if name not in rows)])
    stated = rows[["contract_number", "amount", "amount_max"]].replace(_NO_MONEY, None, regex=True).notna().any(axis=1)
    rows = rows[stated].reset_index(drop=True)
    days = dated(rows, {name: name for name in ("signed_on", "starts_on", "ends_on", "period_end")})
    foreign = is_foreign(rows["currency"])
    read = {name: money(rows[name].mask(foreign)) for name in _AMOUNTS}
    problem = read["amount"][1].mask(foreign, "other_currency")
    opened = read["amount_max"][0].gt(0).fillna(False)  # beside a maximum, or for one, a printed 0 is no total
    read = {
        name: (centavos.mask(centavos.eq(0) & (opened | (name != "amount"))), odd)
        for name, (centavos, odd) in read.items()
    }
    whole = rows.drop(columns=[*days.columns.intersection(rows.columns), *_AMOUNTS]).join(days)
    whole = whole.assign(**{f"{name}_centavos": centavos for name, (centavos, _) in read.items()}, problem=problem)
    number = plain(rows["contract_id"].fillna(rows["contract_number"]))
    process = rows["release_ocid"].fillna("").astype("str")  # a number is one contract's within its process
    same = rows["document_id"].astype("str") + ":" + process + ":" + number.fillna("#" + rows["record"].astype("str"))
    whole = whole.assign(contract_id=row_id(rows), same=same)
    grouped = whole.groupby("same", sort=False)
    first = whole.drop_duplicates("same").set_index("same")
    first["rows"], totals = grouped.size(), grouped["amount_centavos"].nunique()
    for name in (*(f"{name}_centavos" for name in _AMOUNTS), "supplier", "signed_on", "starts_on", "ends_on"):
        first[name] = grouped[name].first()
    first["period_end"] = grouped["period_end"].min()
    differ = totals.gt(1)
    first.loc[differ, "amount_centavos"] = pd.NA
    first["supplier_kind"] = _supplier_kinds(first)
    first["number"] = first["contract_number"]
    first["modified_by"] = _amendments(records, first)
    reason = first["problem"].where(
        first["problem"].notna(), np.where(first["amount_centavos"].isna(), "no_amount", "no_proof")
    )
    first = first.assign(verified=False, reason=np.where(differ, "totals_differ", reason))
    contract_of = pd.Series(whole["same"].map(first["contract_id"]).to_numpy(), row_id(whole))
    return CONTRACT.frame(first.reset_index().reindex(columns=CONTRACT.frame_columns)), contract_of


def _supplier_kinds(rows: pd.DataFrame) -> pd.Series:
    """Company, public body or withheld; null where the row names nobody."""
    public = rows["supplier"].map(lambda text: _is_body(words(text)), na_action="ignore").eq(True)
    hidden = rows["withheld"].fillna("").str.contains(r"\b(?:supplier|winner)", regex=True)
    kind = pd.Series(np.where(public, "public", "company"), rows.index, dtype="str").where(rows["supplier"].notna())
    return kind.mask(rows["supplier"].isna() & hidden, "withheld")


def _is_body(name: str) -> bool:
    return bool(_BODY_NAME.search(name)) and not _LEGAL_FORM.search(name)


def _amendments(records: pd.DataFrame, contracts: pd.DataFrame) -> pd.Series:
    numbers = records[records["field"].eq("amendment_number") & records["type"].notna()].set_index(
        ["document_id", "record"]
    )["source_text"]
    joined = linked(records, "amendments")
    joined["number"] = numbers.reindex(pd.MultiIndex.from_frame(joined[["document_id", "part_record"]])).to_numpy()
    named = joined.dropna(subset=["number"]).groupby(["document_id", "record"])["number"].agg(";".join)
    return pd.Series(
        named.reindex(pd.MultiIndex.from_frame(contracts[["document_id", "record"]])).to_numpy(), contracts.index
    )


def _transactions(records: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The payments that contracts of OCDS carry."""
    fields = ("paid", "paid_currency", "invoice", "paid_on", "contracts_id", "release_ocid", "release_date")
    rows = rows_of(records, "payment", documents, fields)
    rows = _latest(rows[rows["paid"].notna()], ["contracts_id", "invoice"])
    contracts = _latest(
        rows_of(records, "contract", documents, ("contract_id", "release_ocid", "release_date")), ["contract_id"]
    )
    key = ["document_id", "release_ocid"]
    of = rows.merge(
        contracts.drop_duplicates([*key, "contract_id"])[[*key, "contract_id", "record"]],
        left_on=[*key, "contracts_id"],
        right_on=[*key, "contract_id"],
        how="left",
        suffixes=("", "_of"),
    )
    return rows.assign(
        payment_id=row_id(rows),
        contract_row=(of["document_id"].astype("str") + ":" + of["record_of"].astype("Int64").astype("str")).to_numpy(),
    )


def _payments(rows: pd.DataFrame, contract_of: pd.Series) -> pd.DataFrame:
    if rows.empty:
        return PAYMENT.frame()
    foreign = is_foreign(rows["paid_currency"]) if "paid_currency" in rows else pd.Series(False, rows.index)
    amount, problem = money(rows["paid"].mask(foreign))
    problem = problem.mask(foreign, "other_currency")
    days = dated(rows, {"paid_on": "paid_on", "period_end": "period_end"})
    of_row = rows["contract_row"].fillna(rows["payment_id"]) if "contract_row" in rows else rows["payment_id"]
    whole = rows.drop(columns=[name for name in days if name in rows]).join(days).assign(
        contract_id=of_row.map(contract_of[~contract_of.index.duplicated()]), amount_centavos=amount, verified=False,
        reason=problem.where(problem.notna(), np.where(amount.isna(), "no_amount", "no_proof")),
    )  # fmt: skip
    return PAYMENT.frame(whole.reindex(columns=PAYMENT.frame_columns))


def _charges(records: pd.DataFrame, rows: pd.DataFrame, contract_of: pd.Series, payments: pd.DataFrame) -> pd.DataFrame:
    """What contracts and payments say they are charged to: by the code of their own row, or of the rows they refer to."""
    codes = records[records["field"].eq("charge_code") & records["type"].notna()]
    codes = codes[["document_id", "record", "page", "place", "source_text"]].rename(
        columns={"record": "part_record", "source_text": "code"}
    )
    by_part = linked(records, "charges").merge(codes, on=["document_id", "part_record"])
    own_row = rows[rows["object_code"].notna()] if "object_code" in rows else rows.head(0)
    by_row = own_row[["document_id", "record", "page", "place"]].assign(
        code=own_row.get("object_code"), part_record=own_row["record"], basis="row"
    )
    every = pd.concat([by_part, by_row], ignore_index=True)
    every["row"] = row_id(every)
    of_payment = (
        every[every["row"].isin(payments["payment_id"])]
        .assign(record_kind="payment")
        .rename(columns={"row": "record_id"})
    )
    of_contract = every[~every["row"].isin(payments["payment_id"])].assign(record_kind="contract")
    of_contract["record_id"] = of_contract["row"].map(contract_of[~contract_of.index.duplicated()])
    whole = pd.concat([of_payment, of_contract.dropna(subset=["record_id"])], ignore_index=True)
    whole["object_code"] = whole["code"].str.replace(r"\D", "", regex=True)
    whole = whole[whole["object_code"].ne("")].drop_duplicates(["record_id", "object_code"])
    government = (
        pd.concat([rows, payments], ignore_index=True)
        .drop_duplicates("document_id")
        .set_index("document_id")["government_id"]
    )
    whole = whole.assign(
        charge_id=whole["record_id"].astype("str") + ":" + whole["object_code"],
        record=whole["part_record"],
        government_id=whole["document_id"].map(government),
    )
    return CHARGE.frame(whole.reindex(columns=CHARGE.frame_columns))
