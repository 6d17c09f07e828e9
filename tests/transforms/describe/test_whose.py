"""Whose document it is and what it is: its title says so, never a phrase of running text, a printer or a file's name."""

import pandas as pd
import pytest

from tests.transforms.describe.made_titles import NAMES, of
from transforms.describe.draft import describe
from transforms.describe.gazetteer import Gazetteer
from transforms.describe.governments import NewBody

REASONS = """DIP. ANA LÓPEZ
PRESIDENTA DEL CONGRESO DEL ESTADO
P R E S E N T E
El Gobernador Constitucional, en ejercicio de las facultades que le confieren los artículos 56 y 77 de la
Constitución Política, y como lo dispone la Ley de Disciplina Financiera, remitirá con la cuenta pública,
un informe al Instituto de Cultura del Estado de Sonora y a la Secretaría de Salud, que se agregará a la
cuenta pública.
"""


def key(text: str, path: str = "x.pdf", opening: str = "") -> str | None:
    description = of(text, path, opening)
    return description.new_body.government_id if description.new_body else description.government_id


def test_a_phrase_of_running_text_says_neither_kind_nor_government() -> None:
    foot = (
        "INICIATIVA DE LEY DEL PRESUPUESTO GENERAL DE EGRESOS DEL ESTADO DE GUANAJUATO PARA EL EJERCICIO FISCAL DE 2017"
    )
    description = of("", opening=REASONS + foot)
    assert (description.kind, description.government_id, description.fiscal_year) == ("proyecto", "11", 2017)
    alone = of("", opening=REASONS)
    assert (alone.kind, alone.government_id, alone.new_body) == (None, None, None)


@pytest.mark.parametrize(
    ("printer", "title", "government"),
    [
        ("CÁMARA DE DIPUTADOS DEL H. CONGRESO DE LA UNIÓN\nSecretaría General\nSecretaría de Servicios Parlamentarios", "PRESUPUESTO DE EGRESOS DE LA FEDERACIÓN PARA EL EJERCICIO FISCAL 2021", "mx"),
        ("Gobierno del Estado de Sonora\nSecretaría de Gobernación\nOrden Jurídico", "Ley de Ingresos del Municipio de Hermosillo, Sonora, para el Ejercicio Fiscal 2021", "26030"),
        ("Gobierno del Estado de Sonora\nPeriódico Oficial", "Decreto de Presupuesto de Egresos del Municipio de Tanhuato, Michoacán, para el Ejercicio Fiscal 2020", "16086"),
        ("H. Congreso del Estado de Sonora", "Ley de Egresos del Estado de Guanajuato, para el Ejercicio Fiscal 2023", "11"),
        ("Gaceta Oficial", "Decreto por el que se expide el Presupuesto de Egresos de la Ciudad de México para el Ejercicio Fiscal 2021", "09"),
        ("Gobierno del Estado de Guanajuato", "Presupuesto de Egresos del Instituto de Alfabetización y Educación Básica para Adultos para el Ejercicio Fiscal 2020", "11-inaeba"),
    ],
)  # fmt: skip
def test_who_prints_a_document_is_not_whose_it_is(printer: str, title: str, government: str) -> None:
    assert key(f"{printer}\n{title}") == government
    assert key("", opening=f"{printer}\n{title}\nArtículo 1. Se aprueba.") == government


def test_ente_publico_may_be_the_bare_name_of_a_municipality() -> None:
    assert key("PbRM - 04a\nPRESUPUESTO DE EGRESOS DETALLADO\nENTE PUBLICO: TANHUATO") == "16086"
    assert key("Ente público: Manzanillo, Colima\nEstado Analítico de Ingresos") == "06007"


def test_a_files_name_says_neither_government_nor_kind() -> None:
    description = of("Anexo", "municipio-de-tanhuato-presupuesto-de-egresos-ejercicio-fiscal-2020.pdf")
    assert (description.kind, description.government_id, description.new_body) == (None, None, None)
    assert "give it with --kind" in description.evidence["kind"].en


def test_one_unit_is_not_its_government() -> None:
    description = of("MUNICIPIO DE TANHUATO MICHOACAN\nPRESUPUESTO DE EGRESOS DEL EJERCICIO FISCAL 2019 DE LA UR: DIF")
    assert (description.government_id, description.perimeter) == ("16086", "DIF")
    assert "one unit" in description.evidence["perimeter"].en
    assert of("MUNICIPIO DE TANHUATO\nUR: DIF\nUR: Tesorería").perimeter is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Sistema Municipal para el Desarrollo Integral de la Familia de Manzanillo", "smdifm/x.pdf"),
        ("SISTEMA MUNICIPAL DIF DE MANZANILLO", "presupuesto.pdf"),
        ("Sistema para el Desarrollo Integral de la Familia del Municipio de Manzanillo", "difman/x.pdf"),
    ],
)
def test_one_body_has_one_key(text: str, path: str) -> None:
    assert key(f"FORMATO DEL PROYECTO DEL PRESUPUESTO DE EGRESOS\n{text}", path) == "06007-dif"


def test_the_name_joins_what_acronyms_keep_apart() -> None:
    listed = pd.concat([NAMES, pd.DataFrame([("11-itesg", "body", "11", "Instituto Tecnológico Superior de Guanajuato")], columns=NAMES.columns)])  # fmt: skip
    text = "Ente Público: INSTITUTO TECNOLOGICO SUPERIOR DE GUANAJUATO\nCALENDARIO DE PRESUPUESTO DE EGRESOS"
    assert describe({}, "x.pdf", listed, text).government_id == "11-itesg"
    # Of another state it is another body, whatever its name.
    other = pd.DataFrame([("26-ic", "body", "26", "Instituto de Cultura")], columns=NAMES.columns)
    found = describe(
        {}, "x.pdf", pd.concat([NAMES, other]), "Ente público: Instituto de la Cultura del Estado de Guanajuato"
    )
    assert found.new_body == NewBody("11-ic", "Instituto de la Cultura", "11")
    assert Gazetteer(pd.concat([NAMES, other])).body_called("Instituto de la Cultura", None) is not None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("FORMATO DEL PROYECTO DEL PRESUPUESTO DE EGRESOS ARMONIZADO\nPRESUPUESTO DE EGRESOS PARA EL EJERCICIO FISCAL 2016", "proyecto"),
        ("ANTEPROYECTO DE PRESUPUESTO DE EGRESOS 2020", "proyecto"),
        ("Dictamen que suscriben las Comisiones Unidas de la iniciativa de Ley del\nPresupuesto General de Egresos del Estado de Guanajuato", "proyecto"),
        ("MUNICIPIO DE TANHUATO\nPresupuesto de Egresos para el Ejercicio Fiscal 2016\nClasificación por Objeto del Gasto", "ley"),
        ("Ley de Egresos del Estado de Sonora, para el Ejercicio Fiscal 2023", "ley"),
        ("CALENDARIO DE PRESUPUESTO DE EGRESOS\nInformación Anual del Ejercicio Fiscal 2021", "calendario"),
        ("PRESUPUESTO DE EGRESOS CALENDARIZADO PARA EL EJERCICIO FISCAL 2017", "calendario"),
        ("Calendario de Ingresos del Ejercicio Fiscal 2016", "calendario"),
        ("Calendario del presupuesto de egresos modificado", None),
        ("Ley de Ingresos del Estado de Sonora para el Ejercicio Fiscal 2021", "ley_ingresos"),
        ("Proyecto de Ley de Ingresos para el Municipio de Hermosillo", "otro"),
        ("Resultados de Egresos - LDF", "informe"),
    ],
)  # fmt: skip
def test_kinds_by_their_titles(text: str, kind: str | None) -> None:
    assert of(text).kind == kind
