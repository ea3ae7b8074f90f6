"""The style of the Joseph Smith Papers, as its transcripts are pasted.

`~~struck~~`; an insertion between angle brackets with a zero-width space inside each; brackets
for what the editors say: `[illegible]`, `[blank]`, `[p. 14]`, `[p. [67]]`, `con[ference]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from redline.formats.notations.events import Event, Finding
from redline.formats.notations.marks import Dialect, Mark, read_events
from redline.formats.notations.signs import Signs
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["JSP", "from_jsp", "to_jsp"]

_ZWSP = "\u200b"
JSP = Dialect(
    "jsp",
    (
        Mark("add", f"<{_ZWSP}", f"{_ZWSP}>"),
        Mark("del", "~~", "~~"),
    ),
)
_PAGE = re.compile(r"\[p\. \[(?P<n>[0-9ivxlc]+[a-z]?)\]\]")
_BLANK = re.compile(r"\[\d+ lines? blank\]")
#: Angle brackets without the zero-width spaces: an insertion typed by hand, or something else.
_ANGLES = re.compile(r"<(?![/!\u200b])(?P<words>[^<>\r\n]{1,80})(?<!\u200b)>")


def from_jsp(source: Source) -> Document:
    """Read a transcript in the style of the Joseph Smith Papers."""
    events, findings = read_events(source.text, JSP)
    events = list(_brackets(source.text, events))
    findings += _angles(source.text)
    return translate(source, lambda: events, "jsp", findings=findings, known=("native",))


def _brackets(text: str, events: list[Event]) -> Iterator[Event]:
    """The events, with page marks of doubtful number as page marks and blank lines as blanks."""
    for event in events:
        if event.what != "text":
            yield event
            continue
        at = event.start
        found = [*_PAGE.finditer(text, at, event.end), *_BLANK.finditer(text, at, event.end)]
        for match in sorted(found, key=lambda match: match.start()):
            if match.start() > at:
                yield Event("text", at, match.start())
            if match.re is _PAGE:
                yield Event("page", *match.span(), match["n"])
            else:
                yield Event("gap", *match.span(), "[blank]")
            at = match.end()
        if at < event.end:
            yield Event("text", at, event.end)


def _angles(text: str) -> Iterator[Finding]:
    for match in _ANGLES.finditer(text):
        note = f"{match[0]} has no zero-width spaces; it stays text"
        yield "ambiguous-bracket", *match.span(), note


_SIGNS = Signs(
    {
        DELETION: ("~~", "~~"),
        ADDITION: (f"<{_ZWSP}", f"{_ZWSP}>"),
        "hand": ("[hw: ", "]"),
    },
    note="[margin: {}]",
)


def to_jsp(document: Document) -> str:
    """The document in the style of the Joseph Smith Papers."""
    if document.format == "jsp" and not document.edited and not document.decisions:
        return document.source.text
    return write_text(document, _SIGNS)
