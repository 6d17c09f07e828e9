"""`peso explain`: the chain of a line from one opening of the release, and a way on where there is no such line."""

from unittest.mock import Mock

import pytest

from pipelines.verbs.explain import explanation
from tests.pipelines.world import rows
from warehouse.ask import query
from warehouse.ask.lines import LIST_LINES


def test_the_release_is_opened_once(world, monkeypatch):
    [line] = rows(world.home, "SELECT line_id FROM out.line WHERE object_code = '38' LIMIT 1")
    opening = Mock(wraps=query._open)
    monkeypatch.setattr(query, "_open", opening)
    text = explanation(world.home, line["line_id"])
    assert opening.call_count == 1
    assert "Cambios en que participa" in text
    assert "copia archivada" in text


def test_a_line_that_is_not_there_is_answered_with_how_to_list_them(world):
    with pytest.raises(LookupError, match="no'pe:1:1") as refused:
        explanation(world.home, "no'pe:1:1")
    assert LIST_LINES in str(refused.value)
    assert rows(world.home, LIST_LINES)
