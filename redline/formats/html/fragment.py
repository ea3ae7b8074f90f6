"""Document → a fragment of HTML for another page, with all that is needed to read it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from redline.facts import file_name
from redline.formats.html.body import Body
from redline.formats.tei.escape import attribute, storable
from redline.model import Document

__all__ = ["FORM", "to_fragment"]

#: The form of the fragment, in `data-redline`: a reader knows by it what the attributes mean.
FORM = "1"


def to_fragment(document: Document) -> str:
    """The document as one `article`, without style or script. It is well-formed XML, too."""
    return "".join(_fragment(document))


def _fragment(document: Document) -> Iterator[str]:
    draft, final, history = document.classification
    said: dict[str, Any] = {
        "stages": [list(stage) for stage in document.stages],
        "hands": [list(hand) for hand in document.hands],
        "classification": [draft, final, [list(step) for step in history]]
        if draft or final or history
        else [],
    }
    yield f'<article class="redline" data-redline="{FORM}"'
    yield f' data-name="{attribute(file_name(document))}"'
    for name, value in said.items():
        if value:
            yield f' data-{name}="{attribute(storable(json.dumps(value)))}"'
    yield ">\n"
    body = Body(document, kept=True)
    yield from body.blocks()
    notes = list(body.notes())
    if notes:
        yield '<section class="notes">\n'
        yield from notes
        yield "</section>\n"
    yield "</article>\n"
