"""What `peso inbox` prints: what waits for a person, and what lies in the inbox. Text only; deciding is in `pipelines.work.waiting`."""

from collections.abc import Iterator

from pipelines.home import Home
from pipelines.verbs.language import say, say_term
from pipelines.work.inbox import look
from sources.declared.set_aside import SetAside


def waiting_text(home: Home) -> str:
    """Each waiting document with what its draft says and why it waits, and how to decide."""
    waiting = [item for item in home.set_aside().values() if item.reason == "waiting"]
    lines = [line for item in waiting for line in _lines(item)]
    if waiting:
        lines.append(
            say(
                "`peso inbox confirm DOCUMENTO [--government --year --kind]` lo lleva al catálogo; `peso inbox discard DOCUMENTO` lo deja fuera.",
                "`peso inbox confirm DOCUMENT [--government --year --kind]` takes it to the catalogue; `peso inbox discard DOCUMENT` leaves it out.",
            )
        )
    files = look(home).files
    if files:
        names = ", ".join(path.name for path in files)
        lines.append(say(f"En la carpeta de entrada: {names}.", f"In the inbox: {names}."))
    return "\n".join(lines) or say("Nada está por confirmar.", "Nothing is to be confirmed.")


def _lines(item: SetAside) -> Iterator[str]:
    entry = item.entry
    yield f"{item.document_id}: {say('por confirmar desde', 'to be confirmed since')} {item.since}"
    fields = (("título", "title", entry.title), ("gobierno", "government", entry.government_id), ("tipo", "kind", entry.kind),
            ("ejercicio", "year", entry.fiscal_year), ("periodo hasta", "period until", entry.period_end), ("de", "from", entry.origin))  # fmt: skip
    yield "  " + "; ".join(f"{say(es, en)}: {value}" for es, en, value in fields if value is not None)
    yield from (f"  · {say_term(reason)}" for reason in item.reasons())
