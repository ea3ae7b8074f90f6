"""An edited paper, written: what was not touched is byte for byte what it was, and what comes
back reads as the document does."""

from __future__ import annotations

import re

from hypothesis import assume, event, given
from hypothesis import strategies as st

import redline
from redline import edit
from redline.diagnostics import EditError, FormatError
from redline.model import Document
from redline.notation.write import written as to_notation
from tests.strategies import papers

STAGES = ("draft", "final")
_words = st.sampled_from(("very ", "so", " it", "a ~~b~~ ", "x^{2}", "long and wide "))


def squeezed(document: Document) -> list[str]:
    return [
        document.reading(stage).text.replace(" ", "").replace("\t", "") for stage in STAGES
    ]


@st.composite
def edited(draw: st.DrawFn, document: Document) -> Document:
    """The document after one to three edits and perhaps a decision."""
    for _ in range(draw(st.integers(1, 3))):
        size = len(document.text)
        start = draw(st.integers(0, size))
        end = min(size, start + draw(st.integers(1, 12)))
        tracked = draw(st.booleans())
        try:
            verb = draw(st.sampled_from(("insert", "delete", "replace")))
            if verb == "insert":
                document = edit.insert(document, start, draw(_words), tracked=tracked).document
            elif verb == "delete":
                document = edit.delete(document, start, end, tracked=tracked).document
            else:
                words = draw(_words)
                document = edit.replace(document, start, end, words, tracked=tracked).document
        except EditError:
            continue
    if document.acts and draw(st.booleans()):
        id_ = draw(st.sampled_from([act.id for act in document.acts]))
        document = draw(st.sampled_from((document.accept(id_), document.reject(id_))))
    return document


@given(papers, st.data())
def test_what_is_written_reads_as_the_document(text: str, data: st.DataObject) -> None:
    document = data.draw(edited(redline.parse(text)))
    try:
        written = redline.dumps(document, "native")
    except FormatError:
        assume(False)
        raise
    assert squeezed(redline.parse(written)) == squeezed(document)


PAPER = (
    "The  ~~old~~ ^{new} pier is\r\nlong.\r\n\r\n"
    "-   It was  *built* well.\r\n\r\nSo  it ~~is~~,\r\n  and\twas.\r\n"
)


@given(st.data())
def test_what_is_not_touched_stays(data: st.DataObject) -> None:
    document = redline.parse(PAPER)
    start = data.draw(st.integers(0, len(document.text)))
    words = data.draw(st.sampled_from(("very ", "so", " it")))
    try:
        made = edit.insert(document, start, words, tracked=data.draw(st.booleans())).document
    except EditError:
        return
    try:
        written, anew = to_notation(made)
    except FormatError:
        event("refused")  # words that touch what the notation keeps apart
        return
    event("block written anew" if anew else "patched")
    if anew:
        return
    # Marks beside the new one say which act they belong to.
    written = re.sub(r"\{(?: ?(?:id=r\d+|cert=high))+\}", "", written)
    place = document.origin.to_source(start)
    assert written.startswith(PAPER[: max(0, place - 12)])
    assert written.endswith(PAPER[place + 12 :])
    lines = sum(a != b for a, b in zip(PAPER.split("\n"), written.split("\n"), strict=True))
    assert lines == 1
