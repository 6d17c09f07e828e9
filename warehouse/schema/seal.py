"""The table that publishes how often *verified* was wrong when it was measured.

The counts are measured by `tests/bench/seal.py` and kept in `transforms/reference/seal.csv`; what they do not say, in docs/fidelity.md.
"""

from warehouse.schema.model import BOOL, DATE, INT, RATIO, TEXT, Column, Table
from warehouse.schema.vocabulary import FACETS, Term

# Against what the seal was measured.
SEAL_SAMPLES: dict[str, Term] = {
    "pairs": Term("PDFs whose publisher put the workbook beside them, against the workbook", "PDF que su autor publicó junto con el libro de cálculo, contra el libro"),
    "layouts": Term("Such pairs in layouts that had been misread before", "Pares iguales, en formatos que antes se leían mal"),
    "workbooks": Term("Workbooks, against a plain reader of their cells", "Libros de cálculo, contra un lector simple de sus celdas"),
    "datasets": Term("Tables of open data (CSV), against a plain reader of their records", "Tablas de datos abiertos (CSV), contra un lector simple de sus registros"),
    "workbooks_again": Term("The same workbooks again, after what was wrong in them had been mended", "Los mismos libros otra vez, ya corregido lo que en ellos estaba mal"),
    "datasets_again": Term("The same tables of open data again", "Las mismas tablas de datos abiertos otra vez"),
    "by_eye": Term("Verified amounts drawn at random from every folder and judged by eye on the page", "Importes verificados, sorteados en todas las carpetas y juzgados a ojo en la página"),
}
WHOLE = "all"  # an amount that is wrong in any facet

SEAL_ERROR = Table(
    "out.seal_error", "error_del_sello", "How often *verified* was wrong when it was measured: wrong among the verified, with the exact 95% upper bound, by facet and sample",
    "Con qué frecuencia «verificado» estuvo mal al medirlo: errores entre los verificados, con la cota superior exacta al 95%, por faceta y muestra", ("sample", "facet"),
    (
        Column("sample", TEXT, "muestra", "Against what it was measured: " + "; ".join(f"{code}: {term.en}" for code, term in SEAL_SAMPLES.items()), "Contra qué se midió: " + "; ".join(f"{code}: {term.es}" for code, term in SEAL_SAMPLES.items()), required=True, values=tuple(SEAL_SAMPLES)),
        Column("facet", TEXT, "faceta", "What was judged; all: everything together", "Qué se juzgó; all: todo junto", required=True, values=(WHOLE, *FACETS)),
        Column("held", BOOL, "apartada", "The program was not developed with these answers at hand: what was found wrong is counted as it was before it was mended", "El programa no se desarrolló con estas respuestas a la vista: lo que se halló mal se cuenta como estaba antes de corregirse", required=True),
        Column("documents", INT, "documentos", "Documents with verified amounts", "Documentos con importes verificados", required=True),
        Column("documents_wrong", INT, "documentos_con_error", "Of these, with a verified amount that is wrong", "De ellos, con algún importe verificado que está mal", required=True),
        Column("documents_bound", RATIO, "cota_documentos", "Share of such documents that is wrong, at most, in 95 of 100 samples like this one", "Proporción de documentos con error, a lo más, en 95 de 100 muestras como esta", required=True),
        Column("amounts", INT, "importes", "Amounts that the answers hold; null where only verified ones were drawn", "Importes que hay en las respuestas; nulo si solo se sortearon verificados"),
        Column("verified", INT, "verificados", "Amounts that the program called verified", "Importes que el programa dio por verificados", required=True),
        Column("coverage", RATIO, "cobertura", "Verified over amounts", "Verificados entre importes"),
        Column("wrong", INT, "errores", "Of the verified, wrong", "De los verificados, mal", required=True),
        Column("bound", RATIO, "cota", "Share of such amounts that is wrong, at most, in 95 of 100 samples like this one, if errors came one by one", "Proporción de importes con error, a lo más, en 95 de 100 muestras como esta, si los errores llegaran de uno en uno", required=True),
        Column("measured_on", DATE, "medido_el", "When it was measured", "Cuándo se midió", required=True),
        Column("code_version", TEXT, "version_codigo", "Version of the program that was measured", "Versión del programa que se midió", required=True),
    ),
)
