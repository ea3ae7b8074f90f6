"""The words of a block, with the elements that its spans are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from redline.formats.tei.escape import attribute, escape, storable
from redline.model import Document, Note
from redline.spans import ADDITION, DELETION, HIDDEN, Span, carried, nest

__all__ = ["Element", "Words"]


class Element(NamedTuple):
    """What a span is in HTML: the tag that opens it, and the one that closes it."""

    start: str
    end: str


#: Kinds of spans that are an element of their own. Others leave no trace but their text.
ELEMENTS = {
    "bold": Element("<b>", "</b>"),
    "italic": Element("<i>", "</i>"),
    "bold-italic": Element("<b><i>", "</i></b>"),
    "superscript": Element("<sup>", "</sup>"),
    "code": Element("<code>", "</code>"),
    "math": Element('<span class="math">', "</span>"),
    "unclear": Element('<span class="unclear" title="unclear">', "</span>"),
    "gap": Element('<span class="gap">', "</span>"),
    "hand": Element('<span class="hand" title="by hand">', "</span>"),
}
_TAGS = {DELETION: "del", ADDITION: "ins"}


class Words:
    """Makes the content of blocks of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.starts = [span.start for span in document.spans]
        self.notes: Mapping[str, Note] = {note.id: note for note in document.notes}
        self.acts = document.act_of
        self.breaks = {page.start: page.n for page in document.pages[1:]}
        self._turns = sorted(self.breaks)
        self._carried = carried(document.spans, _beginnings(document))

    def of(self, start: int, end: int, *, note: bool = False) -> str:
        """The words of a block or a cell, or of a `note`, with page breaks where they fall."""
        text = self.document.text
        out: list[str] = []
        open_: list[tuple[int, str]] = []
        hidden = at = start
        for fragment in [*nest(self._spans(start, end, note)), None]:
            first = end if fragment is None else fragment.start
            while open_ and (open_[-1][0] <= first or fragment is None):
                stop, tag = open_.pop()
                out.append(self._text(text, at, stop, hidden))
                at = max(at, stop)
                out.append(tag)
            out.append(self._text(text, at, first, hidden))
            at = max(at, first)
            if fragment is None:
                break
            span = fragment.span
            element = self._element(span)
            if element is None:
                hidden = max(hidden, fragment.end)
                if span.kind == "noteref":
                    out.append(self._reference(span))
            elif fragment.end > first:
                out.append(element.start)
                open_.append((fragment.end, element.end))
        return "".join(out)

    def _spans(self, start: int, end: int, note: bool) -> list[Span]:
        spans = self.document.spans
        found = spans[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        inside = [*self._carried.get(start, ()), *found]
        return [
            Span(max(s.start, start), min(s.end, end), s.kind, s.id)
            for s in inside
            if not (note and s.kind == "note" and (s.start, s.end) == (start, end))
        ]

    def _element(self, span: Span) -> Element | None:
        """What a span is; None where its text is not shown."""
        kind = span.kind
        if kind in HIDDEN:
            return None
        tag = _TAGS.get(kind)
        if tag is None:
            return ELEMENTS.get(kind) or Element("", "")
        decided = self.document.decisions.get(span.id)
        if decided is not None:
            return Element("", "") if (decided == "accepted") == (kind == ADDITION) else None
        act = self.acts.get(span.id)
        rule = act.rule if act else ""
        look = "moved" if act and act.kind == "transposition" else ""
        if self.document.format == "comparison" and rule != "substantive" and not look:
            look = "accidental"
        named = f' class="{look}"' if look else ""
        return Element(
            f'<{tag}{named} data-revision="{attribute(span.id)}" data-rule="{attribute(rule)}">',
            f"</{tag}>",
        )

    def _reference(self, span: Span) -> str:
        note = self.notes.get(span.id)
        label = escape(storable(note.n or "*")) if note else "*"
        if note is None or note.start is None:
            return f'<sup class="noteref">{label}</sup>'
        name = attribute(span.id)
        return f'<sup class="noteref" id="ref-{name}"><a href="#note-{name}">{label}</a></sup>'

    def _text(self, text: str, start: int, end: int, hidden: int) -> str:
        """Text from start to end, but what is hidden before `hidden`; pages turn in it."""
        out = []
        k = bisect_left(self._turns, start + 1)
        for turn in [*self._between(k, end), end]:
            first = max(start, hidden)
            if first < turn:
                out.append(escape(storable(text[first:turn])))
            start = max(start, turn)
            if turn != end:
                n = self.breaks[turn]
                out.append(f'<span class="pb" id="page-{n}" data-n="{n}"></span>')
        return "".join(out)

    def _between(self, k: int, end: int) -> Iterator[int]:
        while k < len(self._turns) and self._turns[k] < end:
            yield self._turns[k]
            k += 1


def _beginnings(document: Document) -> Iterator[int]:
    """Where a block, a note or a cell begins."""
    yield from (block.start for block in document.blocks)
    yield from (note.start for note in document.notes if note.start is not None)
    yield from (cell[0] for block in document.blocks for row in block.cells for cell in row)
