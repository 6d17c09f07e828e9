"""What a comparison does not let anyone say, and how a reader checks it: by its kind, and by each of its caveats and refusals.

A caveat says what must stand beside a number, a refusal why there is none; both are in `vocabulary`. Sentences stand in the tables in
Spanish, as caveats do.
"""

from collections.abc import Iterator
from typing import NamedTuple

from warehouse.schema.vocabulary import CAVEATS, REFUSALS, Term


class Limit(NamedTuple):
    """What cannot be said, and how it is checked or what would let it be said."""

    cannot: Term
    check: Term


_OPEN_PAGES = Term(
    "Open each document at the page that is cited and compare the digits: peso evidence collects the pages and makes the number again",
    "Abra cada documento en la página que se cita y compare los dígitos: peso evidence reúne las páginas y rehace el número",
)
# What holds of every number of a kind, whatever its documents, by the table it stands in.
KINDS: dict[str, Limit] = {
    "out.health_vs_events": Limit(Term("That this money could go to health, or that health received less because of it", "Que ese dinero pudiera pasar a salud, o que salud recibiera menos por él"), _OPEN_PAGES),
    "out.comparison": Limit(Term("That X takes money from Y, or that one explains the other", "Que X le quite dinero a Y, o que uno explique al otro"), _OPEN_PAGES),
    "out.line_comparison": Limit(Term("That this money could be moved, or what was received for it", "Que ese dinero pudiera moverse, o qué se recibió a cambio"), _OPEN_PAGES),
    "out.change": Limit(Term("Why it changed, or what was received for it", "Por qué cambió, o qué se recibió a cambio"), Term("Open both documents at their pages: the prices of each year are in out.price_index", "Abra los dos documentos en su página: los precios de cada año están en es.indice_precios")),
}
_MISSING = Limit(Term("That nothing was spent: what is missing is not zero", "Que no se gastó: lo que falta no es cero"), Term("Add the document that prints it (peso add), or ask for it (peso ask writes the letter)", "Agregue el documento que lo imprime (peso add), o pídalo (peso ask escribe la carta)"))
_UNPROVEN = Limit(Term("The figure, until something proves it", "La cifra, mientras nada la pruebe"), Term("Compare its digits with the page (peso show), and look for a sum or another document that prints it", "Compare sus dígitos con la página (peso show), y busque una suma u otro documento que la imprima"))
_UNLIKE = Limit(Term("That one is more than the other: they do not measure the same", "Que uno sea más que el otro: no miden lo mismo"), Term("Look for a document that prints both at one stage, of one period and perimeter", "Busque un documento que imprima ambos en un mismo momento, periodo y perímetro"))
_JUMP = Limit(Term("That spending rose or fell: what is counted changed", "Que el gasto subió o bajó: cambió qué se cuenta"), Term("Compare what each document says that it covers (es.perimetro, es.cambios_institucionales)", "Compare qué dice cubrir cada documento (es.perimetro, es.cambios_institucionales)"))
_PRICES = Limit(Term("How much it changed in real pesos", "Cuánto cambió en pesos reales"), Term("Wait for the price index of the whole year (INEGI)", "Espere el índice de precios del año completo (INEGI)"))
_NO_BASE = Limit(Term("A proportion: the base is too small", "Una proporción: la base es demasiado pequeña"), Term("Look for the document of the bodies that spend it", "Busque el documento de los entes que lo gastan"))
_SECONDARY = Limit(Term("That a document of the government says so", "Que lo diga un documento del gobierno"), Term("Look for the figure in the source that is named, and cite that one", "Busque la cifra en la fuente que se nombra, y cite esa"))
_PRELIMINARY = Limit(Term("That it is the final figure", "Que sea la cifra definitiva"), Term("Look for the public account of that year", "Busque la cuenta pública de ese año"))
_ADDED = Limit(Term("That the document prints that sum", "Que el documento imprima esa suma"), Term("Add up the lines that are cited, each at its page", "Sume los renglones que se citan, cada uno en su página"))
_TWICE = Limit(Term("That both can be added: part of one may be in the other", "Que los dos se sumen: una parte de uno puede estar en el otro"), Term("Look at what both share in es.traslape", "Vea cuánto comparten en es.traslape"))
_PARTIAL = Limit(Term("That it is all of the budget, or all of that class", "Que sea todo el presupuesto, o toda esa clase"), Term("Look at the total and the classes that the same table prints", "Vea el total y las claves que imprime el mismo cuadro"))
_UNSTABLE = Limit(Term("That it rose or fell, or that one is more than the other", "Que subió o bajó, o que uno es más que el otro"), Term("Look at each reading (es.comparaciones, es.cambios)", "Vea cada lectura (es.comparaciones, es.cambios)"))
_OTHER_SIGN = Limit(Term("That it rose or fell, without «in real pesos»", "Que subió o bajó, sin decir «en pesos reales»"), Term("Both changes are in es.cambio", "Los dos cambios están en es.cambios"))
_PLACEHOLDER = Limit(Term("That it was spent: the column repeats the approved", "Que se gastó: la columna repite lo aprobado"), Term("Look for a later report of the same year", "Busque un informe posterior del mismo año"))
_OLDER = Limit(Term("The figure of the replaced version", "La cifra de la versión sustituida"), Term("Look for the line in the newer version (peso errata)", "Busque el renglón en la versión nueva (peso errata)"))
_NO_STAGE = Limit(Term("That it was approved, or spent", "Que se aprobó, o que se gastó"), Term("Ask the body of which stage the amounts are, and say so in a hint of the document", "Pregunte al ente de qué momento son los importes, y dígalo en una pista del documento"))
_INSURER = Limit(Term("Who pays for that care", "Quién paga esa atención"), Term("Look for the law that names the insurer", "Busque la ley que nombra a quien asegura"))
_LIMITS: dict[str, Limit] = {
    **dict.fromkeys(("no_health", "no_events", "missing_operand", "no_document", "no_operand", "advertising_apart"), _MISSING),
    **dict.fromkeys(("unverified_operand", "different_unit", "advertising_unverified"), _UNPROVEN),
    **dict.fromkeys(("different_perimeter", "different_period", "different_document", "different_stage", "different_status", "different_prices", "different_netting", "total_contents_unknown", "perimeter_by_table", "total_as_printed", "borrowed", "one_off"), _UNLIKE),
    **dict.fromkeys(("perimeter_jump", "institutional_change"), _JUMP),
    **dict.fromkeys(("no_price_index", "forecast_price_index"), _PRICES),
    **dict.fromkeys(("health_near_zero", "zero_base"), _NO_BASE),
    **dict.fromkeys(("not_citable", "typeset"), _SECONDARY),
    **dict.fromkeys(("events_added", "x_added", "y_added", "bodies_added"), _ADDED),
    **dict.fromkeys(("two_axes", "transfers_counted", "pensions_not_separated"), _TWICE),
    **dict.fromkeys(("part", "x_classes", "y_classes", "efipem_transfers"), _PARTIAL),
    "preliminary": _PRELIMINARY, "unstable": _UNSTABLE, "nominal_other_sign": _OTHER_SIGN, "echo": _PLACEHOLDER,
    "superseded_document": _OLDER, "no_stage": _NO_STAGE, "insurer_unknown": _INSURER,
}  # fmt: skip
_CODE_OF = {term.es: code for code, term in {**REFUSALS, **CAVEATS}.items()}


def limits(table: str, caveats: str | None, refusals: str | None) -> list[Limit]:
    """The limits of one row of a table of comparisons: of its kind first, where there is a number; then of what it says, each once.

    `caveats` are sentences joined by '; ', `refusals` codes joined by ';', as the tables have them. A sentence that has no code says
    its own limit.
    """
    codes = [code for code in (refusals or "").split(";") if code]
    of_row = [] if codes else [KINDS[table]]
    return list(dict.fromkeys([*of_row, *(_LIMITS[code] for code in [*codes, *_codes(caveats or "")])]))


def _codes(caveats: str) -> Iterator[str]:
    for sentence in caveats.split("; "):
        code = _CODE_OF.get(sentence) or _CODE_OF.get(sentence.partition(":")[0])
        if code:
            yield code


def limits_in_english() -> dict[str, str]:
    """What stands in the tables in Spanish, and what it is in English."""
    terms = [term for limit in (*KINDS.values(), *_LIMITS.values()) for term in limit]
    return {term.es: term.en for term in terms}
