"""How templates become HTML here: everything escaped, nothing undefined. What a page shows belongs to who writes it.

The page of a release, the validation report and the evidence pack share it, so that a document's text is data in each.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2


def environment(folder: Path, **filters: Callable[..., Any]) -> jinja2.Environment:
    """The templates of a folder, with filters of their own. An undefined name raises when the template is rendered."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    templates.filters.update(filters)
    return templates
