"""What is written in the native notation reads as the document that was written."""

from __future__ import annotations

from array import array
from dataclasses import replace

from hypothesis import event, example, given
from hypothesis import strategies as st

import redline
from redline.diagnostics import FormatError
from redline.model import Document
from redline.origin import Origin
from redline.source import Source
from tests.laws.test_edit_law import decide, decisions, readings
from tests.strategies import flat, papers


@given(flat, st.data())
@example("The ~~old~~ pier, ~~so~~.\n\n~~All of this.~~\n\nThe pier^{s}.", None)
def test_plain_prose_is_written_without_the_decided_marks(
    text: str, data: st.DataObject | None
) -> None:
    document = redline.parse(text)
    ids = [act.id for act in document.acts]
    some = data.draw(decisions(document)) if data else [(id_, "accepted") for id_ in ids]
    decided = decide(document, some)
    written = redline.dumps(decided, "native")
    again = redline.parse(written)
    assert readings(again) == readings(decided)
    assert len(again.acts) == len(ids) - len(some)
    assert redline.dumps(decided.settle(), "native") == written
    if len(some) == len(ids):
        assert not {"~", "^"} & set(written)


def squeezed(document: Document) -> list[str]:
    return [text.replace(" ", "").replace("\t", "") for text in readings(document).values()]


@given(papers, st.data())
def test_any_paper_is_written_or_refused(text: str, data: st.DataObject) -> None:
    """Spaces may differ where marks in marks are decided; nothing else may."""
    document = redline.parse(text)
    decided = decide(document, data.draw(decisions(document)))
    try:
        written = redline.dumps(decided, "native")
    except FormatError:
        event("refused")
        return
    event("written")
    assert squeezed(redline.parse(written)) == squeezed(decided)


def foreign(document: Document) -> Document:
    """The same document as a reader of another format would have made it."""
    edges = array("q", [edge for span in document.spans for edge in (span.start, span.end)])
    return replace(
        document,
        source=Source(document.text),
        origin=Origin.identity(len(document.text)),
        extents=edges,
        blocks=tuple(b._replace(span=(b.start, b.end)) for b in document.blocks),
        format="tei",
    )


@given(flat)
@example("# The ~~old~~ ^{new} pier\n\n- one\n- ~~two~~\n\n| a | ~~b~~ |\n|---|---|\n| c | `d` |\n")
@example("A \\~~b\\~~ ~~c~~ \\^{d} [x?] 10^{6} *e* $f$ [illegible] [blank] g.^{1}\n\n^{1} Note.\n")
def test_a_document_from_elsewhere_is_written_with_marks(text: str) -> None:
    document = redline.parse(text)
    again = redline.parse(redline.dumps(foreign(document), "native"))
    assert readings(again) == readings(document)
    assert [act.kind for act in again.acts] == [act.kind for act in document.acts]
