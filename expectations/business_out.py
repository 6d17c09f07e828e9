"""The business suites of the out tables: what must be true of what people read and cite.

Severities as in `business`; the rules are in `rules_out`.
"""

from expectations import rules_out as rules
from expectations.spec import Expect, Spec
from warehouse.schema import OUT
from warehouse.schema.vocabulary import STAGES

_CORE = ("core.document", "core.line", "core.amount")


def out_specs() -> list[Spec]:
    return [*_lines(), *_comparisons(), *_series(), *_words()]


def _lines() -> list[Spec]:
    return [
        Spec(
            "cited_is_verified",
            "out.line",
            "ERROR",
            "The table to cite from holds verified amounts only, equal to the ones that were proven (P1).",
            "La tabla que se cita solo contiene importes verificados, iguales a los que se probaron (P1).",
            rule=rules.cited_lines_not_verified,
            reads=_CORE,
        ),
        Spec(
            "all_amounts_shown",
            "out.line_all",
            "ERROR",
            "Every amount of core is shown, verified or not, unchanged (P2).",
            "Todo importe se muestra, verificado o no, sin cambios (P2).",
            rule=rules.amounts_not_shown,
            reads=("core.amount",),
        ),
        Spec(
            "paid_within_accrued",
            "out.line",
            "WARN",
            "Nothing is paid beyond what was accrued (LGCG art. 4, XV and XVII); where it is, the stages may be swapped or a debt of another year paid.",
            "No se paga más de lo devengado (LGCG art. 4, XV y XVII); si ocurre, puede haber momentos cambiados o adeudos de otro año.",
            (_not_above("pagado", "devengado"),),
            show=("label", "page"),
        ),
        Spec(
            "accrued_within_revised",
            "out.line",
            "WARN",
            "Nothing is accrued beyond the revised budget (LDF art. 13: no spending without budget); where it is, read the document's notes.",
            "No se devenga más que el presupuesto modificado (LDF art. 13); si ocurre, lea las notas del documento.",
            (_not_above("devengado", "modificado"),),
            show=("label", "page"),
        ),
        Spec(
            "coverage_adds_up",
            "out.coverage",
            "ERROR",
            "Documents of the catalogue = read + refused: none vanishes (P2).",
            "Documentos del catálogo = leídos + rechazados: ninguno desaparece (P2).",
            rule=rules.coverage_that_does_not_add_up,
        ),
        Spec(
            "coverage_share_possible",
            "out.coverage",
            "ERROR",
            "The verified share lies between 0 and 1.",
            "La proporción verificada está entre 0 y 1.",
            (Expect("ExpectColumnValuesToBeBetween", {"column": "verified_share", "min_value": 0, "max_value": 1}),),
            show=("amounts",),
        ),
    ]


def _not_above(lower: str, higher: str) -> Expect:
    return Expect(
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": f"{higher}_centavos",
            "column_B": f"{lower}_centavos",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    )


def _comparisons() -> list[Spec]:
    pairs = "out.health_vs_events"
    lines = "out.line_comparison"
    declared = "out.comparison"
    return [
        Spec(
            "comparison_has_outcome",
            pairs,
            "ERROR",
            "A comparison is a number or a list of refusals, never neither (P5).",
            "Una comparación es un número o una lista de rechazos, nunca ninguno de los dos (P5).",
            rule=rules.comparisons_without_outcome,
        ),
        Spec(
            "line_comparison_has_outcome",
            lines,
            "ERROR",
            "A line's comparison is a number or a list of refusals, never neither (P5).",
            "La comparación de una línea es un número o una lista de rechazos, nunca ninguno de los dos (P5).",
            rule=rules.line_comparisons_without_outcome,
        ),
        Spec(
            "refused_not_computed",
            pairs,
            "ERROR",
            "A refused comparison publishes no share (P5).",
            "Una comparación rechazada no publica proporción (P5).",
            rule=rules.refused_but_computed,
        ),
        *(
            Spec(
                f"{name}_refusals_known",
                table,
                "ERROR",
                "Refusals are codes of the vocabulary, so that a machine can read them (P5).",
                "Los rechazos son claves del vocabulario, para que una máquina pueda leerlos (P5).",
                rule=rules.unknown_refusals(table),
            )
            for name, table in (("comparison", pairs), ("line_comparison", lines), ("declared_comparison", declared))
        ),
        Spec(
            "declared_comparison_has_outcome",
            declared,
            "ERROR",
            "A declared comparison is a number or a list of refusals, never both and never neither (P5).",
            "Una comparación declarada es un número o una lista de rechazos, nunca ambos ni ninguno (P5).",
            rule=rules.declared_without_outcome,
        ),
        Spec(
            "declared_comparison_like_with_like",
            declared,
            "ERROR",
            "Where there is a number, X and Y declare the same perimeter, prices, unit, status and netting (P5).",
            "Donde hay un número, X y Y declaran el mismo perímetro, precios, unidad, estatus y base bruta o neta (P5).",
            rule=rules.operands_that_differ,
        ),
        Spec(
            "declared_comparison_citations_exist",
            declared,
            "ERROR",
            "The lines that a declared comparison cites exist (P3).",
            "Las líneas que cita una comparación declarada existen (P3).",
            rule=rules.unknown_citations(declared, "core.line"),
            reads=("core.line",),
        ),
        Spec(
            "overlap_possible",
            "out.overlap",
            "ERROR",
            "What lies inside health is part of its basket, and is known only where it was measured.",
            "Lo que está dentro de salud es parte de su canasta, y solo se conoce donde se midió.",
            rule=rules.overlaps_above_their_basket,
        ),
        Spec(
            "only_verified_amounts_buy",
            "out.would_buy",
            "ERROR",
            "Only a verified amount is said to buy something (P1).",
            "Solo de un importe verificado se dice para qué alcanzaría (P1).",
            rule=rules.purchases_of_unverified,
            reads=("out.line_comparison",),
        ),
        Spec(
            "comparison_share_possible",
            pairs,
            "WARN",
            "A share of health is not negative: with a base or an operand below zero, read both amounts instead (METHOD, percent rule).",
            "Una proporción de salud no es negativa: con base u operando bajo cero, léanse ambos importes (METHOD, regla de porcentajes).",
            tuple(
                Expect("ExpectColumnValuesToBeBetween", {"column": f"{name}_share_of_health", "min_value": 0})
                for name in ("events", "advertising")
            ),
        ),
        Spec(
            "line_comparison_share_possible",
            lines,
            "WARN",
            "A line's share of health is not negative, unless the line is a reduction.",
            "La proporción de salud de una línea no es negativa, salvo que sea una reducción.",
            (
                Expect(
                    "ExpectColumnValuesToBeBetween", {"column": "share_of_health", "min_value": 0}, ("stage", _LEVELS)
                ),
            ),
            show=("label", "amount_centavos"),
        ),
        Spec(
            "comparison_cites_lines",
            pairs,
            "ERROR",
            "Every operand names the lines it was added from (P3).",
            "Cada operando nombra las líneas de que se sumó (P3).",
            rule=rules.operands_without_lines,
        ),
        Spec(
            "comparison_citations_exist",
            pairs,
            "ERROR",
            "The lines that a comparison cites exist (P3).",
            "Las líneas que cita una comparación existen (P3).",
            rule=rules.unknown_citations(pairs, "core.line"),
            reads=("core.line",),
        ),
        Spec(
            "line_comparison_citations_exist",
            lines,
            "ERROR",
            "The compared line, and the health lines it is compared with, exist (P3).",
            "La línea comparada, y las líneas de salud con que se compara, existen (P3).",
            rule=rules.unknown_citations(lines, "core.line"),
            reads=("core.line",),
        ),
        Spec(
            "comparison_sum_holds",
            pairs,
            "ERROR",
            "Each operand is, to the centavo, the sum of the lines it cites (P4).",
            "Cada operando es, al centavo, la suma de las líneas que cita (P4).",
            rule=rules.sums_that_differ,
            reads=_CORE,
        ),
        Spec(
            "comparison_verified_on_proof",
            pairs,
            "ERROR",
            "A comparison called verified cites verified amounts only (P1).",
            "Una comparación que se dice verificada solo cita importes verificados (P1).",
            rule=rules.verified_on_unverified,
            reads=_CORE,
        ),
    ]


def _series() -> list[Spec]:
    return [
        Spec(
            "headline_never_secondary",
            "out.health_vs_events",
            "ERROR",
            "No comparison that is shown takes an operand from a secondary dataset: it cross-checks, and is never cited.",
            "Ninguna comparación que se muestra toma un operando de una base secundaria: contrasta, y no se cita.",
            rule=rules.secondary_in_headlines,
            reads=("core.document", "core.line"),
        ),
        Spec(
            "change_has_outcome",
            "out.change",
            "ERROR",
            "A change is a number or a list of refusals, never both and never neither (P5).",
            "Un cambio es un número o una lista de rechazos, nunca ambos ni ninguno (P5).",
            rule=rules.changes_without_outcome,
        ),
        Spec(
            "change_refusals_known",
            "out.change",
            "ERROR",
            "Refusals are codes of the vocabulary, so that a machine can read them (P5).",
            "Los rechazos son claves del vocabulario, para que una máquina pueda leerlos (P5).",
            rule=rules.unknown_refusals("out.change"),
        ),
        Spec(
            "change_citations_exist",
            "out.change",
            "ERROR",
            "The lines that a change cites exist (P3).",
            "Las líneas que cita un cambio existen (P3).",
            rule=rules.unknown_citations("out.change", "core.line"),
            reads=("core.line",),
        ),
        Spec(
            "change_secondary_not_citable",
            "out.change",
            "ERROR",
            "A change read from a secondary dataset is never called citable.",
            "Un cambio leído de una base secundaria nunca se dice citable.",
            rule=rules.secondary_changes_citable,
        ),
        Spec(
            "change_never_over_echo",
            "out.change",
            "ERROR",
            "No change is computed over a stage that only repeats approved (METHOD, echo).",
            "Ningún cambio se calcula sobre un momento que solo repite el aprobado (METHOD, eco).",
            rule=rules.echoes_compared,
            reads=("out.line_all",),
        ),
        *(
            Spec(
                check,
                table,
                "WARN",
                en,
                es,
                (Expect("ExpectColumnValuesToNotBeInSet", {"column": "outcome", "value_set": ["differs"]}),),
                show=("gap_centavos", "gap_share"),
            )
            for check, table, en, es in (
                (
                    "classifications_agree",
                    "out.cross_classification",
                    "The same spending adds up alike by object, by function and by body; where it does not, no total of it is safe to print.",
                    "El mismo gasto suma igual por objeto, función y ente; donde no, ningún total es seguro para imprimirse.",
                ),
                (
                    "sources_agree",
                    "out.cross_source",
                    "Two sources print the same amount of the same class; where they differ, cite one and say what the other prints.",
                    "Dos fuentes imprimen el mismo importe de la misma clase; donde difieren, cite una y diga lo que imprime la otra.",
                ),
            )
        ),
    ]


# Stages that are amounts of their own; changes and differences may be negative.
_LEVELS = tuple(stage for stage in STAGES if stage not in ("ampliaciones_reducciones", "subejercicio"))


def _words() -> list[Spec]:
    written = [table.name for table in OUT if table.name != "out.check" and rules.authored_columns(table.name)]
    labelled = [table.name for table in OUT if "label" in table.by_name]
    return [
        *(
            Spec(
                f"{table.replace('.', '_')}_accuses_nobody",
                table,
                "ERROR",
                "Our own words accuse nobody: lines and public bodies are named, and intentions are not (P7). Quoted sources are exempt.",
                "Nuestras palabras no acusan a nadie: se nombran líneas y entes públicos, no intenciones (P7). Lo citado de las fuentes queda exento.",
                rule=rules.forbidden_words(table),
                reads=tuple(dict.fromkeys(source for source, _ in rules.PRINTED)),
            )
            for table in written
        ),
        *(
            Spec(
                f"{table.replace('.', '_')}_no_personal_data",
                table,
                "ERROR",
                "No label carries a CURP, the RFC of a person, an e-mail address or a telephone number: personal data is withheld at ingest (P7).",
                "Ninguna etiqueta lleva una CURP, el RFC de una persona, un correo ni un teléfono: los datos personales no pasan de la lectura (P7).",
                rule=rules.personal_data(table),
            )
            for table in labelled
        ),
    ]
