"""What `peso inbox` prints: what waits for a person, and what lies in the inbox. Text only; deciding is in `pipelines.work.waiting`."""

from collections.abc import Iterator

from pipelines.home import Home
from pipelines.verbs.language import say_term
from pipelines.work.inbox import look
from sources.declared.set_aside import SetAside


def waiting_text(home: Home) -> str:
    """Each waiting document with what its draft says and why it waits, and how to decide."""
    waiting = [item for item in home.set_aside().values() if item.reason == "waiting"]
    lines = [line for item in waiting for line in _lines(item)]
    if waiting:
        lines.append(
            "`peso inbox confirm DOCUMENTO [--government --year --kind]` lo lleva al catálogo; `peso inbox discard DOCUMENTO` lo deja fuera."
        )
    files = look(home).files
    if files:
        lines.append(f"En la carpeta de entrada: {', '.join(path.name for path in files)}.")
    return "\n".join(lines) or "Nada está por confirmar."


def _lines(item: SetAside) -> Iterator[str]:
    entry = item.entry
    yield f"{item.document_id}: por confirmar desde {item.since}"
    fields = (("título", entry.title), ("gobierno", entry.government_id), ("tipo", entry.kind), ("ejercicio", entry.fiscal_year),
            ("periodo hasta", entry.period_end), ("de", entry.origin))  # fmt: skip
    yield "  " + "; ".join(f"{name}: {value}" for name, value in fields if value is not None)
    yield from (f"  · {say_term(reason)}" for reason in item.reasons())
