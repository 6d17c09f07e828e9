"""What `peso status` prints: what the last release changed, what fails now, and the alerts."""

from collections.abc import Iterator

import pandas as pd

from pipelines.apart.walls import isolation
from pipelines.home import Home
from pipelines.verbs.claims import status_text
from pipelines.verbs.language import say
from pipelines.work.failing import alert_counts, failing_sums


def standing_text(home: Home, failing: pd.DataFrame) -> Iterator[str]:
    """Line by line; `failing` are the documents that fail now."""
    yield from status_text(home)
    for row in failing.itertuples():
        es, en = f"{row.significado}. {row.mensaje or ''}", f"{row.meaning}. {row.message or ''}"
        yield f"{row.document}: {say(es, en)}"
    for row in failing_sums(home).itertuples():
        yield say(
            f"{row.document_id}: {row.holds} sumas cuadran, {row.source_error} no por un error de la fuente, {row.unexplained} sin explicar.",
            f"{row.document_id}: {row.holds} sums hold, {row.source_error} fail by an error of the source, {row.unexplained} unexplained.",
        )
    for code, count in alert_counts(home).items():
        yield say(f"{count} alertas {code} (es.alertas)", f"{count} alerts {code} (out.alert)")
    documents = len(home.catalogue().documents)
    yield say(
        f"{documents} documentos en el catálogo, {len(failing)} fallan.",
        f"{documents} documents in the catalogue, {len(failing)} failing.",
    )
    if lacking := isolation():
        yield lacking
