"""What kind of document it is, and which of its lines is its title, by the words of public budgeting.

Words only; what a kind implies for stages or periods is decided where it is used.
"""

import re
from collections.abc import Collection, Sequence

from transforms.describe.grounds import KIND_OPTION, Ground
from transforms.words.periods import PrintedLine
from warehouse.schema.text import fold

# In order: what contains another's words comes first. A calendar of another stage, or of a bill, is none of the approved budget.
_OTHER_STAGE = r"(?!.*\b(?:modificad|ejercid|devengad|pagad[oa]|recaudad|anteproyecto|proyecto de presupuesto))"
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("norma", r"^\W*acuerdo por el que se (emite|reforma)[a-z ]*\b(clasifica|norma|lineamiento|catalogo)"),
        ("estadistica", r"estadisticas? de finanzas publicas"),
        ("contratos", r"adjudicacion(es)? directas?|licitacion publica|resultados? de (los )?procedimientos?|contratacion de servicios de|padron de proveedores|\bocds\b"),
        ("cuenta_publica", r"^\W*cuenta publica( del?)?( ejercicio)?( fiscal)?\W*((19|20)\d\d)?\W*$|^\W*cuenta (de la hacienda )?publica\b"),
        ("calendario", rf"{_OTHER_STAGE}.*(\bcalendario (mensual |anual |base mensual )*(del? )?(los? |la |las )?(presupuesto|egresos|gasto|ingresos|ley de ingresos)|\bpresupuesto de (ingresos|egresos) calendarizado|\bcalendario de pagos\b.{{0,40}}\bpresupuesto de egresos)"),
        ("informe", r"estado (analitico|del ejercicio)|balance presupuestario|gasto por categoria|programas y proyectos de inversion|indicadores (para|de) resultados|endeudamiento neto|intereses de la deuda|flujo de fondos?|analisis de movimientos|guia de cumplimiento|informe (trimestral|de avance)|avance (de gestion|presupuestal)|clasificacion (por objeto|administrativa|funcional|economica|de servicios personales)|gasto por capitulo|ejercicio de los egresos|presupuesto asignado|estado de situacion financiera|postura fiscal|gastos? de publicidad|gastos? de comunicacion|(resultados|proyecciones) de (egresos|ingresos)"),
        ("otro", r"^\W*(iniciativa|proyecto|dictamen)\b.{0,90}\bley de ingresos\b(?!.*\begresos)"),
        ("ley_ingresos", r"^\W*(decreto\b.{0,120}\b)?ley de ingresos\b(?!.*\begresos)"),
        ("proyecto", r"iniciativa (de ley |de decreto |con proyecto |del? )*(del |de )?presupuesto|^\W*iniciativa de (ley|decreto)|proyecto del? (ley del |decreto del? )?presupuesto|^\W*dictamen\b.{0,220}\bpresupuesto\b.{0,20}\begresos"),
        ("otro", r"presupuesto ciudadano|programa anual de|^\W*presupuesto de egresos (detallado|global)\W*$"),
        ("ley", r"(ley|decreto)\b.{0,40}\bpresupuesto\b.{0,20}\begresos|^\W*ley de egresos\b|presupuesto (general )?de (ingresos y )?egresos\b.{0,90}\bejercicio fiscal|^\W*presupuesto (general )?de (ingresos y )?egresos\b.{0,90}\b20\d\d\W*$"),
    )
)  # fmt: skip
_CONTRACT_HEADERS = re.compile(
    r"proveedor|numero de expediente|numero de contrato|monto (total )?del contrato|tipo de procedimiento|\bocid\b"
)
_CHAPTER_HEADERS = re.compile(r"\bcapitulo|aprobado|devengado|ejercido")
_GOES_ON = re.compile(r"^\W*(clasificacion|por |del? |para |que |y |al? |ejercicio fiscal)|^\W*\(")
_DANGLES = re.compile(r"\b(de|del|la|el|para|por|y|que|en|al)\W*$|,\s*$|-$")
_STOPS = re.compile(r"^\W*(ente publico|concepto\b|egresos\b|ingresos?\b|\(?pesos\)?\W*$|del \d|al \d|cifras)")
_PAGE = re.compile(r"\s+(pagina:? )?\d{1,3}( de \d{1,3})?$", re.IGNORECASE)
# What follows the title in a transparency format: the law that asks for it, and a description.
_SHORT_NAME = re.compile(r"\s+(?:\d+\s+)?L(?:TAI|GT)[A-Z_]\w*")
_LONGEST = 200
_ALL = tuple(dict.fromkeys(kind for kind, _ in _KINDS))
# Kinds whose words decide wherever they stand: a norm prints the names of every classification before its own.
_DECISIVE = ("norma", "estadistica", "cuenta_publica")


def find_kind(
    lines: Sequence[PrintedLine], headers: Collection[str], path: Sequence[PrintedLine], several: bool
) -> tuple[str | None, Ground]:
    """The kind, and why. `headers` are the folded column names; `several` is whether each row names its government."""
    if "prod est" in headers:
        return "estadistica", Ground(
            "its columns are those of a published statistic", "sus columnas son las de una estadística publicada"
        )
    decisive = _by_words(_joined(lines), _DECISIVE)
    if decisive:
        return decisive
    if several:
        return "secundaria", Ground(
            "a table of many governments that does not say who published it",
            "una tabla de muchos gobiernos que no dice quién la publicó",
        )
    likely = _by_words(_joined(lines), _ALL)
    if likely:
        return likely
    named = [header for header in headers if _CONTRACT_HEADERS.search(header)]
    if named:
        first = ", ".join(sorted(named)[:3])
        return "contratos", Ground(f"its columns: {first}", f"sus columnas: {first}")
    if any(_CHAPTER_HEADERS.search(header) for header in headers):
        return "informe", Ground(
            "its columns name budget stages or chapters", "sus columnas nombran momentos o capítulos"
        )
    weak = _by_words([PrintedLine(re.sub(r"[-_]", " ", line.text), line.where) for line in path], _ALL)
    if weak:
        kind, where = weak
        return None, Ground(f"only a name says {kind}: {where.en}", f"solo un nombre dice {kind}: {where.es}").followed(
            *KIND_OPTION
        )
    return None, Ground(
        "no words say what kind of document it is", "ninguna palabra dice qué clase de documento es"
    ).followed(*KIND_OPTION)


def find_title(lines: Sequence[PrintedLine], kind: str | None) -> tuple[str | None, PrintedLine | None]:
    """The title, its wrapped lines joined, and the line it was found in."""
    # 'Cuenta Pública 2021' is printed over every statement of it: the statement's own name follows.
    prefix = _title_of(lines, ("cuenta_publica",)) if kind == "cuenta_publica" else None
    kinds = ("informe",) if kind == "cuenta_publica" else (kind,) if kind else ()
    title_line = _title_of(lines, kinds) or prefix or _title_of(lines, _ALL) or (lines[0] if lines else None)
    if title_line is None:
        return None, None
    title = f"{prefix.text}: {title_line.text}" if prefix and title_line != prefix else title_line.text
    return _PAGE.sub("", _SHORT_NAME.split(title)[0][:_LONGEST]), title_line


def _title_of(lines: Sequence[PrintedLine], kinds: Collection[str]) -> PrintedLine | None:
    """The first lines, at most three together, that have the words of one of the kinds."""
    patterns = [pattern for kind, pattern in _KINDS if kind in kinds]
    for at, line in enumerate(lines):
        for size in (1, 2, 3):
            together, later = _join(lines[at : at + size]), _join(lines[at + 1 : at + size])
            if any(p.search(fold(together)) and (size == 1 or not p.search(fold(later))) for p in patterns):
                return PrintedLine(_whole_title(lines, at, size), line.where)
    return None


def _whole_title(lines: Sequence[PrintedLine], at: int, size: int) -> str:
    end = at + size
    while end < len(lines) and lines[end].where == lines[at].where:
        text, before = fold(lines[end].text), fold(lines[end - 1].text)
        going_on = _GOES_ON.match(text) or _DANGLES.search(before)
        if not going_on or _STOPS.match(text) or len(_join(lines[at : end + 1])) > _LONGEST:
            break
        end += 1
    return _join(lines[at:end])


def _by_words(lines: Sequence[PrintedLine], kinds: Collection[str]) -> tuple[str, Ground] | None:
    """The kind that the first line with any of the kinds' words says; of several in one line, the first."""
    for line in lines:
        text = fold(line.text)
        matches = [
            (match.start(), at, kind)
            for at, (kind, pattern) in enumerate(_KINDS)
            if kind in kinds and (match := pattern.search(text))
        ]
        if matches:
            return min(matches)[2], Ground.of(line.quoted)
    return None


def _joined(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Each line with the two after it: titles of laws run over lines."""
    together: list[PrintedLine] = []
    for at, line in enumerate(lines):
        following = [after for after in lines[at + 1 : at + 3] if after.where == line.where]
        together += [line, PrintedLine(_join([line, *following]), line.where)]
    return together


def _join(lines: Sequence[PrintedLine]) -> str:
    return " ".join(" ".join(line.text.split()) for line in lines).replace("( ", "(")
