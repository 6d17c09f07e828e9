"""Fetching a source list: the originals of a publisher into the catalogue, in place of what was composed from their figures.

A file whose hash is not the one that was seen is kept and told of, may not be cited until a person says so, and replaces nothing.
Which addresses there are is declared in `sources.declared.source_lists`.
"""

from collections.abc import Iterator

from pipelines.home import Home
from pipelines.work.adding import Added, Given, add_sources
from sources.declared.catalogue import save_entry
from sources.declared.entry import DocumentEntry
from sources.declared.source_lists import ListedSource, SourceList, replaced_by
from warehouse.schema.vocabulary import Term


def fetch_list(home: Home, listed: SourceList) -> Iterator[Added]:
    """Gets each file of the list, one after the other; yields what became of it."""
    for source in listed.sources:
        entered = home.catalogue().documents.get(source.document_id)
        declared = listed.fields(source) | ({} if entered else {"document_id": source.document_id})
        for added in add_sources(home, [source.address], Given(declared=declared)):
            entry = home.catalogue().documents.get(added.document_id or "") or entered
            yield Added(added.outcome, _told(home, listed, source, added, entry), added.document_id)


def mark_replaced(home: Home, listed: SourceList) -> list[str]:
    """Writes into the entries of composed documents which original replaces them; their names."""
    entries = home.catalogue().documents
    composed = [
        (entries[name], original)
        for name, original in replaced_by({listed.id: listed}, entries).items()
        if name in entries and entries[name].superseded_by is None
    ]
    for entry, original in composed:
        save_entry(entry.model_copy(update={"superseded_by": original}), home.catalogue_folder)
    return [entry.document_id for entry, _ in composed]


def _told(home: Home, listed: SourceList, source: ListedSource, added: Added, entry: DocumentEntry | None) -> Term:
    en, es = [added.told.en], [added.told.es]
    if entry is None or added.outcome == "refused":
        return added.told
    if source.seen is None:
        en.append("  no hash of this file was seen: there is nothing to compare it with")
        es.append("  no se vio ninguna huella de este archivo: no hay con qué compararlo")
    elif entry.sha256 == source.seen:
        en.append("  the hash is the one that was seen")
        es.append("  la huella es la que se vio")
    else:
        save_entry(entry.model_copy(update={"citable": False}), home.catalogue_folder)
        en.append(
            f"  the hash differs: seen {source.seen}, found {entry.sha256}. It may not be cited (citable: false) and replaces "
            "nothing until you have compared both and said so in its entry."
        )
        es.append(
            f"  la huella es otra: se vio {source.seen}, llegó {entry.sha256}. No se puede citar (citable: false) ni sustituye "
            "nada hasta que usted haya comparado ambos y lo diga en su ficha."
        )
    replaced = mark_replaced(home, listed)
    if replaced:
        en.append(f"  replaces {', '.join(replaced)}")
        es.append(f"  sustituye a {', '.join(replaced)}")
    return Term("\n".join(en), "\n".join(es))
