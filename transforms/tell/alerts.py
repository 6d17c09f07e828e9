"""`out.alert`: what must be known before citing, as sentences in both languages, neutral and about documents only.

Each function turns one kind of finding into rows; the findings come from reconciliation, `transforms.measure.facts` and the
comparisons. Nothing is recomputed here except year-on-year jumps, which only alerts use.
"""

from collections.abc import Hashable, Mapping, Sequence

import pandas as pd

from transforms.measure.coded_text import take
from transforms.measure.facts import count_repeated
from transforms.measure.measured import Measured
from transforms.measure.perimeter import BUDGET
from transforms.measure.refusals import is_far, true
from transforms.tell import alerts_of_gaps as gaps
from transforms.tell.alert_rows import Rows, alert, or_none, pesos_or_dash
from transforms.tell.working_tables import FAILING_LINE, FINDING
from warehouse.schema.declaration import Problem
from warehouse.schema.method import UNIT_JUMP
from warehouse.schema.out import ALERT
from warehouse.schema.vocabulary import OUTCOMES, READABLE, REFUSALS

FAILURES_SHOWN = 10  # per document, government and year; the rest are counted in one more alert
JUMP_FLOOR, CONCEPT_FLOOR = 1_000_000_00, 10_000_000_00  # centavos; small concepts come and go


def findings(measured: Measured) -> pd.DataFrame:
    """FINDING: the alerts that the amounts of one government give, whatever others say."""
    facts = measured.facts
    rows = [
        *_echoes(facts),
        *_no_stage(facts),
        *_thousands(facts),
        *_jumps(measured.spending),
        *gaps.perimeter_jumps(measured.signatures),
    ]
    return FINDING.frame(rows)


def failing_lines(facts: pd.DataFrame, reconciliations: pd.DataFrame) -> pd.DataFrame:
    """FAILING_LINE: the lines of FACT of which a sum failed, with the year of the first amount of each."""
    failed = reconciliations.loc[reconciliations["outcome"] == "failed", "line_id"]
    rows = take(facts, facts["line_id"].isin(failed), FAILING_LINE.frame_columns)
    return FAILING_LINE.frame(rows.drop_duplicates("line_id"))


def alerts(
    core: Mapping[str, pd.DataFrame],
    found: pd.DataFrame,
    failing: pd.DataFrame,
    versus: pd.DataFrame,
    crossed: pd.DataFrame,
    sources: pd.DataFrame,
) -> pd.DataFrame:
    """As `out.alert`; `found` is FINDING, `failing` FAILING_LINE, `versus`, `crossed` and `sources` are `out.health_vs_events`,
    `out.cross_classification` and `out.cross_source`. Of `core`, the sums that failed are looked at, documents and governments.
    """
    ordered = found.sort_values(["code", "document_id", "government_id", "fiscal_year", "stage"], kind="stable")
    rows = [
        *_documents(core["document"]),
        *_failures(core["reconciliation"], failing, core["document"]),
        *({name: or_none(value) for name, value in row.items()} for row in ordered.to_dict("records")),
        *_refused(versus, core["government"]),
        *gaps.classifications(crossed),
        *gaps.sources(sources),
    ]
    return _named(rows)


def left_out(problems: Sequence[Problem]) -> pd.DataFrame:
    """As `out.alert`: the files of the data home that could not be used, each with what is wrong in it."""
    rows: Rows = []
    for problem in problems:
        en = f"{problem.file} was left out; nothing in this release comes from it: {problem.message}"
        es = f"{problem.file} quedó fuera; nada de esta edición sale de él: {problem.mensaje}"
        rows.append(alert("definition_left_out", en, es))
    return _named(rows)


def _named(rows: Rows) -> pd.DataFrame:
    """As `out.alert`, each named by its code and place."""
    frame = pd.DataFrame(rows, columns=[c for c in ALERT.frame_columns if c != "alert_id"])
    frame["severity"] = "WARN"
    parts = ["code", "document_id", "government_id", "fiscal_year", "stage", "line_id"]
    names = frame[parts].astype("object").where(frame[parts].notna(), "")
    base = names.astype("str").agg(":".join, axis=1) if len(frame) else pd.Series(dtype="str")
    again = base.groupby(base).cumcount()
    frame["alert_id"] = base.where(again == 0, base + ":" + again.astype("str"))
    return ALERT.frame(frame)


def _documents(documents: pd.DataFrame) -> Rows:
    rows: Rows = []
    copies = documents[documents["sha256"].notna() & documents.duplicated("sha256", keep=False)]
    twins = copies.groupby("sha256")["document_id"].agg(", ".join).to_dict()
    for row in documents.to_dict("records"):
        where = {key: row[key] for key in ("document_id", "government_id", "fiscal_year")}
        title = or_none(row["title"]) or row["document_id"]
        word, newer = OUTCOMES[str(row["outcome"])], or_none(row["superseded_by"])
        message, mensaje = or_none(row["message"]) or "", or_none(row["mensaje"]) or ""
        if row["outcome"] not in ("read", "declared_empty"):
            code = "document_partial" if row["outcome"] in READABLE else "document_refused"
            rows.append(alert(code, f"{title}: {word.en}. {message}", f"{title}: {word.es}. {mensaje}", **where))
        elif or_none(row["government_id"]) is None and or_none(row["fiscal_year"]) is None:
            en, es = "neither its government nor its year is known", "no se conoce ni su gobierno ni su año"
            rows.append(alert("document_unidentified", f"{title}: {en}.", f"{title}: {es}.", **where))
        if newer:
            en, es = (
                f"replaced by {newer}; readable, not compared",
                f"sustituido por {newer}; se puede leer, no se compara",
            )
            rows.append(alert("document_superseded", f"{title}: {en}.", f"{title}: {es}.", **where))
        if row["sha256"] in twins:
            en, es = (
                f"the same bytes are in {twins[row['sha256']]}",
                f"los mismos bytes están en {twins[row['sha256']]}",
            )
            rows.append(alert("document_duplicate", f"{title}: {en}.", f"{title}: {es}.", **where))
    return rows


def _failures(reconciliations: pd.DataFrame, failing: pd.DataFrame, documents: pd.DataFrame) -> Rows:
    """The largest sums of each document, government and year that do not add up, and how many more there are."""
    keys = ["document_id", "government_id", "fiscal_year"]
    failed = reconciliations[reconciliations["outcome"] == "failed"]
    of_document = documents.drop_duplicates("document_id").set_index("document_id")
    of_line = failing.drop(columns="document_id")
    failed = failed.assign(size=failed["difference_centavos"].abs()).merge(of_line, on="line_id", how="left")
    for name in keys[1:]:
        failed[name] = failed[name].fillna(failed["document_id"].map(of_document[name]))
    failed = failed.sort_values(
        [*keys, "size", "reconciliation_id"], ascending=[True] * 3 + [False, True], kind="stable"
    )
    position = failed.groupby(keys, dropna=False).cumcount()
    rows: Rows = []
    for row in failed[position < FAILURES_SHOWN].to_dict("records"):
        where = {key: row[key] for key in (*keys, "stage", "line_id", "page")}
        printed, computed, gap = (
            pesos_or_dash(row[f"{name}_centavos"]) for name in ("printed", "computed", "difference")
        )
        page, formula, shown = row["page"], or_none(row["formula"]) or "", or_none(row["evidence"])
        whose, de_quien = (f" Error of the source: {shown}.", f" Error de la fuente: {shown}.") if shown else ("", "")
        label = or_none(row["label"]) or row["line_id"]
        en = f"Page {page}, {label}: {printed} pesos are printed and the rows as read add up to {computed}: {gap} apart. {formula}{whose}"
        es = f"Página {page}, {label}: se imprimen {printed} pesos y los renglones leídos suman {computed}: difieren en {gap}. {formula}{de_quien}"
        rows.append(alert("does_not_add_up", en, es, **where))
    rest = failed[position >= FAILURES_SHOWN].groupby(keys, dropna=False).size().rename("count").reset_index()
    for row in rest.to_dict("records"):
        en = f"{row['count']} more sums of this document do not add up: see core.reconciliation."
        es = f"Otras {row['count']} sumas de este documento no cuadran: ver core.reconciliation."
        rows.append(alert("more_do_not_add_up", en, es, **{key: row[key] for key in keys}))
    return rows


def _echoes(facts: pd.DataFrame) -> Rows:
    rows: Rows = []
    echoed = take(facts, facts["echo"], BUDGET, once=True)
    for row in count_repeated(facts).merge(echoed, on=BUDGET).to_dict("records"):
        stage, equal, compared = row["stage"], row["equal"], row["rows"]
        en = f"The stage {stage} equals approved on {equal} of {compared} non-zero rows: a placeholder, not compared."
        es = f"El momento {stage} es igual al aprobado en {equal} de {compared} renglones distintos de cero: relleno, no se compara."
        rows.append(alert("echo", en, es, **_budget(row)))
    return rows


def _no_stage(facts: pd.DataFrame) -> Rows:
    """Documents with amounts whose header names no budget stage."""
    silent = facts[facts["stage"].isna() & ~facts["classification"].isin(("contract", "accounting"))]
    groups = silent.groupby(["document_id", "government_id", "fiscal_year"], dropna=False)
    counted = take(groups.agg(amounts=("line", "size"), header=("header", "first")).reset_index())
    rows: Rows = []
    for row in counted.to_dict("records"):
        amounts, header = row["amounts"], or_none(row["header"]) or "-"
        en = f"{amounts} amounts have no budget stage (header: {header}): they are kept and not compared. A hint in the catalogue entry can name it."
        es = f"{amounts} importes no tienen momento contable (encabezado: {header}): se conservan y no se comparan. Una pista en el catálogo puede nombrarlo."
        rows.append(
            alert("no_stage", en, es, **{key: row[key] for key in ("document_id", "government_id", "fiscal_year")})
        )
    return rows


def _thousands(facts: pd.DataFrame) -> Rows:
    rows: Rows = []
    for row in take(facts, facts["unit_jump"]).to_dict("records"):
        label, amount = row["label"], pesos_or_dash(row["amount_centavos"])
        en = f"{label}: {amount} pesos ({row['stage']}) is about a thousandth of its approved amount and of the years beside it: it looks printed in thousands. Not compared."
        es = f"{label}: {amount} pesos ({row['stage']}) es cerca de un milésimo de su aprobado y de los años vecinos: parece impreso en miles. No se compara."
        rows.append(alert("in_thousands", en, es, **_budget(row), line_id=row["line_id"], page=row["page"]))
    return rows


def _jumps(spending: pd.DataFrame) -> Rows:
    """Chapters, concepts and functions over twenty times the year before, or under a twentieth of it.

    Smaller classes (a year of vehicles, a year without) do so for good reasons. Of a concept the unit is seldom the cause: its
    money may have moved to another class or body, and a series of it is none.
    """
    series = ["government_id", "kind", "stage", "by", "code"]

    def short(by: str, digits: int) -> pd.DataFrame:
        coarse = take(spending, spending[f"{by}_code"].str.len() <= digits)
        return coarse.assign(by=by, code=coarse[f"{by}_code"])

    classes = pd.concat([short("object", 2), short("function", 2)])
    classes = classes.sort_values("amount_centavos", ascending=False, kind="stable")
    classes = classes.drop_duplicates([*series, "fiscal_year"]).sort_values([*series, "fiscal_year"], kind="stable")
    before = classes.groupby(series)[["amount_centavos", "fiscal_year"]].shift(1)
    near = classes["fiscal_year"] - before["fiscal_year"] == 1
    now, then = classes["amount_centavos"], before["amount_centavos"]
    concept = (classes["by"] == "object") & (classes["code"].str.len() == 2)
    floor = concept.map({True: CONCEPT_FLOOR, False: JUMP_FLOOR})
    large = pd.concat([now, then], axis=1).max(axis=1) > floor
    hit = true(near & large & is_far(now, then) & (now > 0) & (then > 0))
    rows: Rows = []
    for row, earlier in zip(classes[hit].to_dict("records"), then[hit], strict=True):
        label, amount, previous = row["label"], pesos_or_dash(row["amount_centavos"]), pesos_or_dash(earlier)
        en = f"{label}: {amount} pesos against {previous} the year before, more than {UNIT_JUMP} times apart: check the unit, and whether its money moved to another class or body."
        es = f"{label}: {amount} pesos frente a {previous} del año anterior, más de {UNIT_JUMP} veces de diferencia: revise la unidad, y si su dinero pasó a otra clave o a otro ente."
        rows.append(alert("unit_jump", en, es, **_budget(row), line_id=row["line_id"], page=row["page"]))
    return rows


_AS_ALERT = ("health_near_zero", "zero_base", "different_perimeter", "different_unit", "different_document")


def _refused(versus: pd.DataFrame, governments: pd.DataFrame) -> Rows:
    """Refusals that say something about the source itself. A body of its own (an institute) need not spend on health."""
    bodies = governments.loc[governments["level"] == "body", "government_id"]
    rows: Rows = []
    for row in versus[versus["refusals"].notna() & ~versus["government_id"].isin(bodies)].to_dict("records"):
        amounts = pesos_or_dash(row["health_centavos"]), pesos_or_dash(row["events_centavos"])
        for code in (code for code in _AS_ALERT if code in str(row["refusals"]).split(";")):
            en = f"{REFUSALS[code].en}: health {amounts[0]} pesos, events {amounts[1]} pesos. Not compared."
            es = f"{REFUSALS[code].es}: salud {amounts[0]} pesos, eventos {amounts[1]} pesos. No se compara."
            rows.append(alert(code, en, es, **_budget(row)))
    return rows


def _budget(row: Mapping[Hashable, object]) -> dict[str, object]:
    return {name: row[name] for name in BUDGET}
