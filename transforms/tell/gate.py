"""What a newsroom asks before printing: each condition, whether it is met, and the sentence that says so.

METHOD, last section. A condition that is not met makes the output *no publicar*; nothing here stops a release. The
facts are gathered by whoever shows the number; that the body was asked for its reply only a person can say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from warehouse.schema.vocabulary import CAVEATS, REFUSALS, Term

# What was approved, or sent to congress, does not change any more: it is final whatever the period's status.
_FIXED_STAGES = frozenset({"proyecto", "aprobado"})
_STATISTIC = "estadistica"


class Condition(NamedTuple):
    """One thing asked before printing. `why` says what is missing where it is not met."""

    code: str
    met: bool
    asks: Term
    why: Term | None = None


@dataclass(frozen=True)
class CitedAmount:
    """An amount that a sentence rests on. `shown`: its page crop opens and prints its digits. `lacking`: what of it rests on
    nothing (FACETS), its stage too. `kind` is that of its document.
    """

    name: str
    verified: bool
    stage: str | None
    period_status: str | None
    citable: bool
    shown: bool
    lacking: Sequence[Term] = ()
    kind: str | None = None


@dataclass(frozen=True)
class Printable:
    """What is known of a number that may be printed.

    `stable`: the sign holds in every reading; None where there is no sign. `reproduced`: the published SQL gives the printed numbers; `asked`: when and how the body was asked for its reply.
    `total_as_printed`: it is over a total of which it is not known how much is debt paid back or cash.
    """

    kind: Literal["line", "comparison", "claim"]
    operands: Sequence[CitedAmount]
    refusals: Sequence[str] = ()
    claim_status: str | None = None
    alerts: Sequence[Term] = ()
    stable: bool | None = None
    reproduced: bool = False
    asked: str | None = None
    total_as_printed: bool = False


def conditions(number: Printable) -> list[Condition]:
    """Every condition in the order a newsroom asks them."""
    asked = [_operands_exist(number)]
    if number.kind == "claim":
        asked.append(_document_seen(number))
    asked += [*_of_operands(number.operands), _comparable(number), _net_total(number)]
    if number.stable is not None:
        asked.append(_stable(number.stable))
    return [*asked, _alerts(number), _reproduced(number), _asked(number)]


def publishable(asked: Sequence[Condition]) -> bool:
    """Whether every condition is met."""
    return all(condition.met for condition in asked)


def _condition(code: str, met: bool, asks: Term, why: Term) -> Condition:
    return Condition(code, met, asks, None if met else why)


def _operands_exist(number: Printable) -> Condition:
    return _condition(
        "has_operands",
        bool(number.operands),
        Term("It rests on lines of documents", "Se apoya en líneas de documentos"),
        Term("No line of a document supports it", "Ninguna línea de un documento lo sostiene"),
    )


def _document_seen(number: Printable) -> Condition:
    return _condition(
        "document_seen",
        number.claim_status in ("document_seen", "reconciled"),
        Term("The document that proves the sentence was seen", "Se vio el documento que prueba la frase"),
        Term("Claimed; the document was not seen", "Afirmado; no se vio el documento"),
    )


def _of_operands(operands: Sequence[CitedAmount]) -> list[Condition]:
    return [*_of_amounts(operands), *_of_documents(operands)]


def _of_amounts(operands: Sequence[CitedAmount]) -> list[Condition]:
    """What is asked of each figure: proof, facets, status."""
    unproven = [o.name for o in operands if not o.verified]
    groundless = [
        Term(*(f"{o.name} ({', '.join(texts)})" for texts in zip(*o.lacking, strict=True)))
        for o in operands
        if o.lacking
    ]
    undated = [o.name for o in operands if o.period_status is None and o.stage not in _FIXED_STAGES]
    return [
        _condition(
            "verified", not unproven,
            Term("Every operand is verified", "Todos los operandos están verificados"),
            _listed("Not verified", "Sin verificar", unproven),
        ),
        _condition(
            "rests", not groundless,
            Term(
                "Label, sign, unit, year, body and stage of every operand rest on something that can be pointed at",
                "Etiqueta, signo, unidad, año, ente y momento de cada operando se apoyan en algo que puede señalarse",
            ),
            Term(
                _listed("On nothing rests", "", [t.en for t in groundless]).en,
                _listed("", "En nada se apoya", [t.es for t in groundless]).es,
            ),
        ),
        _condition(
            "final_or_marked", not undated,
            Term("Final figures, or marked as preliminary", "Cifras definitivas, o marcadas como preliminares"),
            _listed("Whether it is preliminary or final is not known", "No consta si es preliminar o definitivo", undated),
        ),
    ]  # fmt: skip


def _of_documents(operands: Sequence[CitedAmount]) -> list[Condition]:
    """What is asked of the documents that figures stand in: whose they are, and whether they show them."""
    secondary = [o.name for o in operands if not o.citable]
    of_inegi = [o.name for o in operands if o.kind == _STATISTIC]
    hidden = [o.name for o in operands if not o.shown]
    return [
        _condition(
            "citable", not secondary,
            Term("The documents may be cited", "Los documentos pueden citarse"),
            _listed(
                "Secondary dataset, or copy typeset by the project: cite the original",
                "Base secundaria, o copia compuesta por el proyecto: cite el original", secondary,
            ),
        ),
        _condition(
            "own_document", not of_inegi,
            Term("The documents are the government's own", "Los documentos son del propio gobierno"),
            _listed(
                "Statistics of INEGI, not the government's own document: set its public account beside them",
                "Estadística del INEGI, no documento del propio gobierno: confróntela con su cuenta pública", of_inegi,
            ),
        ),
        _condition(
            "crops_show", not hidden,
            Term("The page crops open and show the digits", "Los recortes de página abren y muestran las cifras"),
            _listed("No crop shows the figure", "Ningún recorte muestra la cifra", hidden),
        ),
    ]  # fmt: skip


def _listed(en: str, es: str, names: Sequence[str]) -> Term:
    some = ", ".join(dict.fromkeys(names[:5])) + (", …" if len(names) > 5 else "")
    return Term(f"{en}: {some}", f"{es}: {some}")


def _comparable(number: Printable) -> Condition:
    words = [REFUSALS[code] if code in REFUSALS else Term(code, code) for code in number.refusals]
    return _condition(
        "comparable",
        not words,
        Term(
            "Same stage, period, perimeter, prices and unit; percentages on a base that is one",
            "Mismo momento, periodo, perímetro, precios y unidad; porcentajes sobre una base que lo es",
        ),
        Term("; ".join(word.en for word in words), "; ".join(word.es for word in words)),
    )


def _net_total(number: Printable) -> Condition:
    return _condition(
        "net_total",
        not number.total_as_printed,
        Term(
            "No total in it hides debt that was paid back or cash that was left",
            "Ningún total esconde deuda amortizada o dinero que quedó en caja",
        ),
        CAVEATS["total_as_printed"],
    )


def _stable(stable: bool) -> Condition:
    return _condition(
        "sign_stable",
        stable,
        Term("The sign holds in every reading", "El signo se sostiene en todas las lecturas"),
        Term("The sign changes with the reading", "El signo cambia según la lectura"),
    )


def _alerts(number: Printable) -> Condition:
    return _condition(
        "no_alert",
        not number.alerts,
        Term("No blocking alert on its lines", "Ninguna alerta grave sobre sus líneas"),
        Term(" ".join(alert.en for alert in number.alerts), " ".join(alert.es for alert in number.alerts)),
    )


def _reproduced(number: Printable) -> Condition:
    return _condition(
        "reproduced",
        number.reproduced,
        Term("The SQL on the release gives these numbers", "El SQL sobre la edición da estos números"),
        Term("The SQL on the release does not give these numbers", "El SQL sobre la edición no da estos números"),
    )


def _asked(number: Printable) -> Condition:
    reply = number.asked or ""
    return _condition(
        "asked_for_reply",
        bool(reply.strip()),
        Term(
            f"The body was asked for its reply{': ' + reply if reply else ''}",
            f"Se pidió su versión al ente público{': ' + reply if reply else ''}",
        ),
        Term(
            "It is not recorded that the body was asked for its reply (--asked)",
            "No consta que se pidiera su versión al ente público (--asked)",
        ),
    )
