"""`out.methodology`: how the numbers were made, one row per rule, series and principle, in both languages."""

import pandas as pd

from transforms import reference
from transforms.compare.declared import Declared
from transforms.compare.prices import PriceIndex
from transforms.measure.signature import JUMP
from transforms.tell import seal
from warehouse.schema.comparing import COMPARISON
from warehouse.schema.method import ECHO_PERCENT, ECHO_ROWS, UNIT_JUMP
from warehouse.schema.out import METHODOLOGY
from warehouse.schema.spanish_values import spanish_values
from warehouse.schema.vocabulary import REFUSALS

_PRINCIPLES = (
    (
        "verification",
        "An amount is verified only when a row identity, a total, a subtotal, a sum of columns or the same amount in another table proves it. Null never means verified. out.line has verified amounts only; out.line_all has all.",
        "Un importe está verificado solo si lo prueba una identidad del renglón, un total, un subtotal, una suma de columnas o el mismo importe en otra tabla. Nulo nunca significa verificado. out.line trae solo importes verificados; out.line_all los trae todos.",
        "LGCG, art. 38: momentos contables",
    ),
    (
        "views",
        "One budget is printed in many tables. Each operand is taken from one table; details of different tables are never added; printed totals or details are used, never both.",
        "Un mismo presupuesto se imprime en muchas tablas. Cada operando se toma de una sola tabla; nunca se suman detalles de tablas distintas; se usan totales impresos o detalles, nunca ambos.",
        None,
    ),
    (
        "perimeter",
        "Operands are compared when their tables print the same total, or are one table. Otherwise the comparison is refused. Superseded documents are left out.",
        "Los operandos se comparan si sus tablas imprimen el mismo total, o si son la misma tabla. Si no, la comparación se rechaza. Los documentos sustituidos no se comparan.",
        None,
    ),
    (
        "efipem_perimeter",
        "INEGI's EFIPEM prints health as transfers to 'Instituciones y programas de salud'; its line 'Secretaría de salud' is the ministry's payroll only. Mexico City is a separate file of INEGI.",
        "La EFIPEM del INEGI imprime salud como transferencias a «Instituciones y programas de salud»; su renglón «Secretaría de salud» es solo la nómina de la dependencia. La Ciudad de México está en otro archivo del INEGI.",
        "INEGI, Estadística de Finanzas Públicas Estatales y Municipales",
    ),
    (
        "percent_rule",
        "No share is printed on a base that is zero, under 100,000 pesos, or under one hundredth of what is divided by it: both amounts are printed instead.",
        "No se imprime un porcentaje sobre una base de cero, menor de 100,000 pesos, o menor de un centésimo de lo que se divide: se imprimen ambos importes.",
        None,
    ),
    (
        "echo",
        f"A stage after approved that equals it on {ECHO_PERCENT}% or more of at least {ECHO_ROWS} non-zero rows is a placeholder: its amounts are kept in out.line_all, null in out.line, and not compared.",
        f"Un momento posterior al aprobado que lo iguala en {ECHO_PERCENT}% o más de al menos {ECHO_ROWS} renglones distintos de cero es relleno: sus importes se conservan en out.line_all, son nulos en out.line y no se comparan.",
        None,
    ),
    (
        "unit_rule",
        f"Health or total spending over {UNIT_JUMP} times that of the year before or after blocks the comparison: the unit may be another. An amount that, times a thousand, fits its approved amount and the years beside it is taken to be in thousands: kept, flagged, not compared.",
        f"Si salud o el gasto total supera {UNIT_JUMP} veces el del año anterior o posterior, la comparación se bloquea: la unidad puede ser otra. Un importe que, por mil, cuadra con su aprobado y con los años vecinos se toma como impreso en miles: se conserva, se señala y no se compara.",
        None,
    ),
    (
        "perimeter_signature",
        f"Each document's signature: transfers inside the sector (4100 and 4200), function 4.2 and health over the total, and its bodies. Where the transfers, with and without debt, or function 4.2 move {JUMP:.0%} of the total between two years or two versions, changes across it are refused.",
        f"Firma de cada documento: transferencias dentro del sector (4100 y 4200), función 4.2 y salud entre el total, y sus entes. Si las transferencias, con y sin deuda, o la función 4.2 se mueven {JUMP:.0%} del total entre dos años o dos versiones, los cambios a través del salto se rechazan.",
        None,
    ),
    (
        "institutional_changes",
        "Dated changes of who spends on health (out.institutional_change) cut its series: a change across one is refused; in total spending it is said. Unconfirmed ones cut too, and say so.",
        "Los cambios fechados de quién gasta en salud (es.cambios_institucionales) cortan su serie: un cambio a través de ellos se rechaza; en el gasto total se dice. Los no confirmados también cortan, y lo dicen.",
        None,
    ),
    (
        "sign_stability",
        "A change is read again by INPC annual averages, by the GDP deflator, by the INPC of December, as a share of net spending with and without transfers inside the sector, and at every stage; it is stable if all readings have one sign. Pesos of the day are shown beside, and are no vote on a change between years. The real change is by annual averages; December's is shown because others print it. That X is more or less than Y in one year is read at every stage of one kind of document, without what lies inside health, and, of a share of the total, without those transfers; prices of one year are no reading.",
        "Un cambio se lee de nuevo por INPC promedio anual, por el deflactor del PIB, por el INPC de diciembre, como proporción del gasto neto con y sin transferencias dentro del sector, y en cada momento; es estable si todas las lecturas dan un mismo signo. Los pesos corrientes van al lado y no son voto sobre un cambio entre años. El cambio real es por promedios anuales; el de diciembre se muestra porque otros lo imprimen. Que X sea más o menos que Y en un año se lee en cada momento de una misma clase de documento, sin lo que está dentro de salud, y, de una proporción del total, sin esas transferencias; los precios de un mismo año no son lectura.",
        None,
    ),
    (
        "cross_checks",
        "Totals by object, function and body, and what two sources print of one class, stand side by side in out.cross_classification and out.cross_source; none is preferred.",
        "Los totales por objeto, función y ente, y lo que dos fuentes imprimen de una clase, están lado a lado en es.cuadre_clasificaciones y es.contraste_fuentes; ninguno se prefiere.",
        None,
    ),
    (
        "unit_costs",
        "What a line would buy: the amount at prices of the unit cost's year, over the unit cost. It is a scale to read an amount by, not a claim that the money could be moved.",
        "Para qué alcanzaría: el importe a precios del año del costo, entre el costo unitario. Es una escala para leer el importe, no una afirmación de que el dinero pudiera moverse.",
        "Cada costo con su fuente, año, región y grado de evidencia en out.unit_cost",
    ),
    (
        "unit_cost_years",
        "An amount is set beside the unit costs of its own year, and beside six IMSS costs of 2025 read from the official page; there, amount and cost are of different years, and `same_year` says so: the amount is taken to 2025 prices by INPC, and medical costs may have moved otherwise.",
        "Cada importe se pone junto a los costos de su mismo año, y junto a seis costos del IMSS de 2025 leídos de la página oficial; en estos, importe y costo son de años distintos, y `mismo_año` lo dice: el importe se lleva a precios de 2025 por INPC, y los costos médicos pudieron moverse de otro modo.",
        None,
    ),
    (
        "dated_lines",
        "Contracts, invoices and entries of expense ledgers carry the day that a column of their row says. They name no budget stage: they have pesos, real pesos and dollars, no share of health, and are not added to budget lines.",
        "Contratos, facturas y asientos llevan el día que dice una columna de su renglón. No nombran un momento contable: tienen pesos, pesos reales y dólares, no una proporción de salud, y no se suman con líneas del presupuesto.",
        "LGCG, art. 4: el gasto comprometido nace del contrato; que se haya devengado o pagado es otro dato",
    ),
    (
        "overlap",
        "Health (what for, or who) and events (on what) are two classifications of the same money. out.overlap says how much of each discretionary basket lies inside health, wherever a table prints both axes; where none does the overlap is unknown, not zero. Nothing is netted.",
        "Salud (para qué, o quién) y eventos (en qué) son dos clasificaciones del mismo dinero. out.overlap dice cuánto de cada canasta discrecional está dentro de salud, donde un cuadro imprime ambos ejes; donde ninguno lo hace, el traslape se desconoce, no es cero. Nada se descuenta.",
        None,
    ),
    (
        "net_total",
        "A total is a perimeter too. Each printed total declares what it contains (total_contents); comparisons use net spending: without the cash balance of the end of the year, amortisation of debt, and transfers to own bodies that are in the same total. The printed total stays beside it. Where a document does not say how much of its total is debt paid back, a change of it is refused and a share of it says so.",
        "Un total también es un perímetro. Cada total impreso declara qué contiene (contenido_total); las comparaciones usan el gasto neto: sin la disponibilidad final, la amortización de la deuda ni las transferencias a entes propios que están en el mismo total. El total impreso queda al lado. Si un documento no dice cuánto de su total es deuda amortizada, un cambio del total se rechaza y una proporción de él lo advierte.",
        "CONAC, Clasificador por Objeto del Gasto: 9100; INEGI, EFIPEM: «Disponibilidad final»",
    ),
    (
        "near_zero",
        "Health under one hundredth of the total refuses a comparison whether it stands above or below: it runs through bodies outside the perimeter.",
        "Salud de menos de un centésimo del total rechaza la comparación, esté arriba o abajo: pasa por entes fuera del perímetro.",
        None,
    ),
    (
        "same_period",
        "Approved and revised budgets are of the whole year, whatever a report covers: they are not set against what was accrued or paid in a part of it, be it in the same document.",
        "El presupuesto aprobado y el modificado son de todo el año, cubra lo que cubra el informe: no se comparan con lo devengado o pagado en una parte de él, aunque estén en el mismo documento.",
        "LGCG, arts. 4 y 38",
    ),
    (
        "per_inhabitant",
        "Pesos of the day over CONAPO's mid-year population of the same government and year; a population is never carried forward.",
        "Pesos corrientes entre la población a mitad de año del CONAPO, del mismo gobierno y año; una población nunca se arrastra a otro año.",
        reference.POPULATION_SOURCE,
    ),
    (
        "ranking",
        "A place is an interval under the alternatives (per inhabitant, and of net spending), in out.ranking. A ratio to health gives places only where the health of each document is alike beside the health accounts (at most 1.25 times); otherwise it is a list.",
        "Un lugar es un intervalo según las alternativas (por habitante y del gasto neto), en es.lugares. Una proporción de salud da lugares solo si la salud de cada documento es parecida junto a las cuentas en salud (a lo más 1.25 veces); si no, es una lista.",
        "DGIS, SICUENTAS: FASSA y gasto estatal",
    ),
    (
        "adds_up",
        "Of the many tables that print one budget, one speaks for each government, year, stage and classification: its lines have adds_up. Only these are added, one classification and one level at a time.",
        "De los muchos cuadros que imprimen un presupuesto, uno habla por cada gobierno, ejercicio, momento y clasificación: sus líneas llevan suma_aqui. Solo esas se suman, una clasificación y un nivel a la vez.",
        None,
    ),
    (
        "affordability",
        "The need of a year (persons × (1 + dependants) × cost × load of illness, less contributions) beside the money of a year; three readings of one service with uncertain inputs. What part of the money could stop being spent, and what contributions are, is said to be not known where it is not. A ratio that the percent rule refuses is not printed in another unit. Who insures comes from out.insurer, and is never inferred from a zero.",
        "La necesidad de un año (personas × (1 + dependientes) × costo × carga por enfermedad, menos cuotas) frente al dinero de un año; tres lecturas de un mismo servicio con datos inciertos. Qué parte del dinero podría dejar de gastarse, y cuánto son las cuotas, se dice que no se conoce donde no se conoce. Una proporción que la regla de porcentajes rechaza no se imprime en otra unidad. Quién asegura sale de es.aseguradores y nunca se infiere de un cero.",
        None,
    ),
    (
        "contract",
        "X stands over Y only with the same stage, period, period status, perimeter, prices, unit and netting, both verified, on a base that is one; else the comparison is a list of refusals. One-off money against recurrent spending is a number, and is labelled.",
        "X se pone sobre Y solo con el mismo momento, periodo, estatus, perímetro, precios, unidad y base bruta o neta, ambos verificados, y sobre una base que lo sea; si no, la comparación es una lista de rechazos. Dinero de una sola vez frente a gasto de cada año sí da un número, y se advierte.",
        None,
    ),
)


def methodology(declared: Declared, index: PriceIndex) -> pd.DataFrame:
    """Principles, price index, series, every rule of every basket, every comparison, every refusal."""
    rows = [*_PRINCIPLES, _seal(), _prices(index), *_series()]
    words = spanish_values(COMPARISON.by_name["x_basket"])
    for one in declared.comparisons:
        en, es = f"{one.x} / {one.y}", " / ".join(words.get(basket, basket) for basket in (one.x, one.y))
        rows.append((f"comparison {one.id}", f"{one.name.en}: {en}.", f"{one.name.es}: {es}.", one.citation))
    for basket in declared.baskets:
        for rule in basket.rules:
            caught = ", ".join(getattr(rule, rule.match))
            without = f" (without: {', '.join(rule.without)})" if rule.without else ""
            sin = f" (sin: {', '.join(rule.without)})" if rule.without else ""
            en = f"{basket.name.en}: {_KINDS[rule.match][0]}: {caught}{without}."
            es = f"{basket.name.es}: {_KINDS[rule.match][1]}: {caught}{sin}. {rule.caveat or ''}".strip()
            rows.append((f"rule {rule.id}", en, es, rule.citation))
    rows.extend((f"refusal {code}", word.en, word.es, None) for code, word in REFUSALS.items())
    return METHODOLOGY.frame(pd.DataFrame(rows, columns=["item", "description", "descripcion", "source"]))


_KINDS = {
    "object_codes": ("by object code", "por objeto del gasto"),
    "function_codes": ("by function code", "por función"),
    "bodies": ("by the name of the body", "por el nombre del ente"),
    "names": ("by the exact name of the line", "por el nombre exacto de la línea"),
    "words": ("by words of the line", "por palabras de la línea"),
}


def _seal() -> tuple[str, str, str, None]:
    verified, wrong, bound = seal.held()
    return (
        "seal_error",
        f"What verified means was measured: {wrong} of {verified:,} held verified amounts were wrong in any facet (at most {bound:.4%}, exact 95% bound, were errors to come one by one). By sample, facet and document, with coverage: out.seal_error.",
        f"Lo que «verificado» significa se midió: {wrong} de {verified:,} importes verificados de muestras apartadas estaban mal en alguna faceta (a lo más {bound:.4%}, cota exacta al 95 %, si los errores llegaran de uno en uno). Por muestra, faceta y documento, con cobertura: es.error_del_sello.",
        None,
    )


def _prices(index: PriceIndex) -> tuple[str, str, str, str]:
    partial = ", ".join(map(str, sorted(index.partial))) or "-"
    return (
        "prices",
        f"Real pesos = pesos × {index.name}({index.base}) / {index.name}(year), annual averages, rounded half to even to the centavo. Base: {index.base}, the latest full year. Partial years: {partial}; amounts of those years say so. Nothing is carried forward.",
        f"Pesos reales = pesos × {index.name}({index.base}) / {index.name}(año), promedios anuales, redondeo al par en centavos. Base: {index.base}, último año completo. Años parciales: {partial}; los importes de esos años lo dicen. Nada se extrapola.",
        f"{index.source}. Captura: {reference.CAPTURED}",
    )


def _series() -> list[tuple[str, str, str, str]]:
    return [
        (
            "exchange_rate",
            "US dollars: FIX of the line's day, or of the last day before it that had one (seven days at most). Lines without a day: FIX, annual average of a full year, labelled year_average.",
            "Dólares: FIX del día de la línea, o del último día anterior que lo tuvo (siete días a lo más). Líneas sin fecha: FIX, promedio anual de un año completo, marcado year_average.",
            reference.FIX_SOURCE,
        ),
        (
            "codebooks",
            "Codes of object and function are CONAC's; only the first three digits compare between governments.",
            "Las claves de objeto y función son del CONAC; solo los tres primeros dígitos se comparan entre gobiernos.",
            f"{reference.COG_SOURCE}; {reference.CFG_SOURCE}",
        ),
    ]
