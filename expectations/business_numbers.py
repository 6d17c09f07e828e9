"""The business suites about amounts: what is verified, what adds up, in which unit and stage.

Severities as in `business`; the rules are in `rules_core`.
"""

from expectations import rules_core as rules
from expectations.spec import Expect, Spec
from warehouse.schema.method import UNIT_JUMP
from warehouse.schema.vocabulary import PROOFS, UNVERIFIED

_VERIFIED = ("verified", True)


def number_specs() -> list[Spec]:
    return [*_verification(), *_sums(), *_stages_and_units()]


def _verification() -> list[Spec]:
    return [
        Spec(
            "verified_known",
            "core.amount",
            "ERROR",
            "Whether an amount is verified is always said: null never means verified (P1).",
            "Siempre se dice si un importe está verificado: nulo nunca significa verificado (P1).",
            (Expect("ExpectColumnValuesToNotBeNull", {"column": "verified"}),),
            show=("source_text", "reason"),
        ),
        Spec(
            "verified_has_proof",
            "core.amount",
            "ERROR",
            "A verified amount names its proof: row identity, children, total, columns, twin or declared correction (P1).",
            "Un importe verificado nombra su prueba: identidad, hijos, total, columnas, gemelo o corrección declarada (P1).",
            (Expect("ExpectColumnValuesToBeInSet", {"column": "reason", "value_set": list(PROOFS)}, _VERIFIED),),
            show=("source_text",),
        ),
        Spec(
            "verified_has_amount",
            "core.amount",
            "ERROR",
            "What could not be read as an amount is never verified (P1).",
            "Lo que no se pudo leer como importe nunca está verificado (P1).",
            (Expect("ExpectColumnValuesToNotBeNull", {"column": "amount_centavos"}, _VERIFIED),),
            show=("source_text", "reason"),
        ),
        Spec(
            "unverified_has_reason",
            "core.amount",
            "ERROR",
            "An unverified amount says why nothing proves it (P1).",
            "Un importe sin verificar dice por qué nada lo prueba (P1).",
            (
                Expect(
                    "ExpectColumnValuesToBeInSet",
                    {"column": "reason", "value_set": list(UNVERIFIED)},
                    ("verified", False),
                ),
            ),
            show=("source_text",),
        ),
        Spec(
            "proof_holds",
            "core.amount",
            "ERROR",
            "The kind of proof that a verified amount names holds at least once in its document (P1).",
            "El tipo de prueba que nombra un importe verificado se cumple al menos una vez en su documento (P1).",
            rule=rules.proofs_without_reconciliation,
            reads=("core.reconciliation",),
        ),
        Spec(
            "correction_declared",
            "core.amount",
            "ERROR",
            "A corrected amount leads to a declared correction that was applied: no number is changed in silence (P1).",
            "Un importe corregido lleva a una corrección declarada y aplicada: ningún número se cambia en silencio (P1).",
            rule=rules.undeclared_corrections,
            reads=("core.correction",),
        ),
        Spec(
            "correction_in_force",
            "core.correction",
            "WARN",
            "A declared correction still fits its source; an expired or unused one must be looked at again.",
            "Una corrección declarada sigue correspondiendo a su fuente; la vencida o sin uso debe revisarse.",
            (Expect("ExpectColumnValuesToBeInSet", {"column": "outcome", "value_set": ["applied"]}),),
            show=("document_id", "page", "printed", "corrected"),
        ),
    ]


def _sums() -> list[Spec]:
    return [
        Spec(
            "sum_holds",
            "core.reconciliation",
            "WARN",
            "Printed sums add up; those that do not are listed with page and figures, as an error of the source or of its reading.",
            "Las sumas impresas cuadran; las que no, se enlistan con página y cifras, como error de la fuente o de su lectura.",
            (Expect("ExpectColumnValuesToNotBeInSet", {"column": "outcome", "value_set": ["failed"]}),),
            show=(
                "page",
                "formula",
                "printed_centavos",
                "computed_centavos",
                "difference_centavos",
                "explanation",
                "evidence",
            ),
        ),
        Spec(
            "sum_explained",
            "core.reconciliation",
            "WARN",
            "Under 1 % of a document's sums fail without being shown to be an error of the source: more, and its reading must be looked at.",
            "Menos del 1 % de las sumas de un documento falla sin que conste que el error es de la fuente: si son más, hay que revisar su lectura.",
            rule=rules.sums_unexplained,
        ),
        Spec(
            "details_within_total",
            "core.table",
            "WARN",
            "Where a table's total reconciles, its details do not add up to more: otherwise a subtotal is counted as a detail (METHOD, views of a budget).",
            "Donde el total de una tabla cuadra, sus detalles no suman más: si no, un subtotal se cuenta como detalle (METHOD, vistas de un presupuesto).",
            rule=rules.details_above_total,
            reads=("core.line", "core.amount", "core.reconciliation"),
        ),
    ]


def _stages_and_units() -> list[Spec]:
    return [
        Spec(
            "unit_known",
            "core.amount",
            "ERROR",
            "A printed unit is one peso, a thousand or a million (P5).",
            "La unidad impresa es un peso, mil o un millón (P5).",
            (Expect("ExpectColumnValuesToBeInSet", {"column": "multiplier", "value_set": [1, 1_000, 1_000_000]}),),
            show=("source_text",),
        ),
        Spec(
            "verified_has_unit",
            "core.amount",
            "ERROR",
            "A verified amount has a unit: without one the same digits are a thousand times another amount (METHOD, unit rule).",
            "Un importe verificado tiene unidad: sin ella las mismas cifras son otro importe, mil veces mayor (METHOD, regla de unidad).",
            (Expect("ExpectColumnValuesToNotBeNull", {"column": "multiplier"}, _VERIFIED),),
            show=("source_text",),
        ),
        Spec(
            "stage_named",
            "core.amount",
            "WARN",
            f"At most {rules.STAGELESS_PERCENT} % of a document's amounts lack a budget stage (LGCG art. 38); without one they are not compared (P5).",
            f"A lo sumo {rules.STAGELESS_PERCENT} % de los importes de un documento carecen de momento contable (LGCG art. 38); sin él no se comparan (P5).",
            rule=rules.documents_without_stages,
        ),
        Spec(
            "approved_not_negative",
            "core.amount",
            "WARN",
            "An approved amount is not negative: a congress approves spending, not its reverse (LGCG art. 38).",
            "Un importe aprobado no es negativo: un congreso aprueba gasto, no lo contrario (LGCG art. 38).",
            (
                Expect(
                    "ExpectColumnValuesToBeBetween",
                    {"column": "amount_centavos", "min_value": 0},
                    ("stage", "aprobado"),
                ),
            ),
            show=("page", "source_text"),
        ),
        Spec(
            "stage_not_echo",
            "core.amount",
            "WARN",
            "A later stage that equals approved on nearly all non-zero rows is a placeholder, not spending (METHOD, echo).",
            "Un momento posterior igual al aprobado en casi todos los renglones es relleno, no gasto (METHOD, eco).",
            rule=rules.echoed_stages,
            reads=("core.line", "core.document"),
        ),
        Spec(
            "unit_steady_between_years",
            "core.amount",
            "WARN",
            f"A government's total does not change more than {UNIT_JUMP} times from one year to the next: it would be a change of unit (METHOD, unit rule).",
            f"El total de un gobierno no cambia más de {UNIT_JUMP} veces de un año a otro: sería un cambio de unidad (METHOD, regla de unidad).",
            rule=rules.unit_jumps_between_years,
            reads=("core.line", "core.document"),
        ),
        Spec(
            "unit_steady_between_stages",
            "core.amount",
            "WARN",
            f"The stages of one total are not more than {UNIT_JUMP} times apart: some would be in thousands (METHOD, unit rule).",
            f"Los momentos de un mismo total no distan más de {UNIT_JUMP} veces: alguno estaría en miles (METHOD, regla de unidad).",
            rule=rules.unit_jumps_between_stages,
            reads=("core.line", "core.document"),
        ),
    ]
