"""What cannot be said of a comparison: each refusal and caveat has its limit, and each sentence stands whole in a joined column."""

import re

from warehouse.schema import TABLES
from warehouse.schema.limits import KINDS, limits, limits_in_english
from warehouse.schema.vocabulary import CAVEATS, REFUSALS


def test_every_refusal_and_caveat_has_its_limit() -> None:
    for table in KINDS:
        for code in REFUSALS:
            assert len(limits(table, None, code)) == 1, code
        for term in CAVEATS.values():
            assert len(limits(table, term.es, None)) == 2, term.es


def test_a_number_says_what_its_kind_cannot_and_a_refusal_what_is_missing() -> None:
    made = limits("out.change", "Cifras preliminares; Perímetro: los poderes", None)
    assert [limit.cannot.es for limit in made] == [
        "Por qué cambió, o qué se recibió a cambio",
        "Que sea la cifra definitiva",
    ]
    refused = limits("out.change", "Cifras preliminares", "no_health;no_events")
    assert [limit.cannot.es for limit in refused] == [
        "Que no se gastó: lo que falta no es cero",
        "Que sea la cifra definitiva",
    ]


def test_a_sentence_is_never_cut_by_the_sign_that_joins_them_and_names_tables_that_exist() -> None:
    spanish = {table.es for table in TABLES.values()}
    for sentence in limits_in_english():
        assert ";" not in sentence
        assert set(re.findall(r"\bes\.(\w+)", sentence)) <= spanish
