"""Whose document it is by its title: 'Presupuesto de Egresos del Municipio de X', 'Ley de Ingresos del Estado de Y'.

What the title says goes before every other line: those that print or keep a law stand above it.
"""

import re

from transforms.describe.gazetteer import Gazetteer, longest_name

_FEDERATION = re.compile(r"\b(?:de|para|en) la federacion\b|\bgobierno federal\b|\badministracion publica federal\b")
_BUDGET = r"\b(?:egresos|ingresos|presupuesto|cuenta publica|ingresos y egresos)"
_OF_STATE = re.compile(
    rf"{_BUDGET} (?:del gobierno |del poder ejecutivo )?(?:de la|para la|de|para) (?=(?P<rest>[a-z ]+))"
)
# Where the name of a body in a title ends.
_BODY_ENDS = re.compile(r"\b(?:(?:para |del? )?(?:el |al )?(?:ejercicio|ano|periodo)|correspondiente|(?:19|20)\d\d)\b")
_BODY = re.compile(rf"{_BUDGET} (?:(?:19|20)\d\d )?(?:del|de la|para el|para la|de los) (?P<rest>[a-z0-9 ]+)")


def federation_in(title: str, gazetteer: Gazetteer) -> str | None:
    """The key of the federal government where the folded title says that it is its."""
    federal = [key for key, entry in gazetteer.by_id.items() if entry.level == "federal"]
    return federal[0] if federal and _FEDERATION.search(title) else None


def state_in_title(title: str, gazetteer: Gazetteer) -> str | None:
    """The state that a budget or a law of income is said to be of, without the words 'Estado de'."""
    for match in _OF_STATE.finditer(title):
        state = gazetteer.state_at(match["rest"])
        if state:
            return state.government_id
    return None


def body_span(title: str) -> tuple[int, int] | None:
    """Where the folded title names what the budget is of, up to its year."""
    match = _BODY.search(title)
    if not match:
        return None
    end = _BODY_ENDS.search(match["rest"])
    return match.start("rest"), match.start("rest") + (end.start() if end else len(match["rest"]))


def town_named(name: str, gazetteer: Gazetteer) -> tuple[str, str] | None:
    """A municipality that a whole name begins with and that only its state, or nothing, follows; and what follows."""
    town = longest_name(name, gazetteer.municipalities)
    if not town:
        return None
    rest = name.removeprefix(town).strip()
    state = rest.removeprefix("estado de ").strip()
    following = gazetteer.state_at(state, abbreviated=True) if state else None
    return (town, rest) if not state or following else None
