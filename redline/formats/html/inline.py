"""The words of a block, with the elements that its spans are."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from redline.formats.html.banners import Banners
from redline.formats.tei.escape import attribute, escape, storable
from redline.formats.tei.inline import Marked, with_marks
from redline.formats.tei.names import COMPARISON, MARKING
from redline.model import Act, Document, Note
from redline.spans import ADDITION, DELETION, HIDDEN, Span, carried, nest

__all__ = ["ELEMENTS", "TAGS", "Element", "Words", "utf16"]


class Element(NamedTuple):
    """What a span is in HTML: the tag that opens it, and the one that closes it."""

    start: str
    end: str


_NO_ELEMENT = Element("", "")
#: What stands close to the word before it.
_CLOSING = ",.;:!?)]’”"
_ID = re.compile(' id="[^"]*"')
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
#: The elements of revisions.
TAGS = {DELETION: "del", ADDITION: "ins"}


class Words:
    """Makes the content of blocks of one document.

    With `kept`, elements say all that a reader needs to make the document again.
    """

    def __init__(self, document: Document, banners: Banners, *, kept: bool = False) -> None:
        marked: Marked = with_marks(document)
        self.document = document = marked.document
        self.banners = banners
        self.kept = kept
        self.starts = [span.start for span in document.spans]
        self.notes: Mapping[str, Note] = {note.id: note for note in document.notes}
        #: the signs of what stands in the margin: the paper has none
        beside = [] if kept else [note.id for note in document.notes if _is_beside(note)]
        self.signs = {id_: _letters(k) for k, id_ in enumerate(beside)}
        self.acts = document.act_of
        self.compared = document.format == COMPARISON
        self.staged = any(act.stage != "revision" for act in document.acts)
        self.turns = {page.start: page for page in document.pages[1:]}
        self._turns = sorted(self.turns)
        self._carried = carried(document.spans, _beginnings(document))
        self._parts = _parts(document) if kept else {}
        self._named: set[str] = set()
        #: Text ranges of the block made last, each with how much text came out before it.
        self.pieces: list[tuple[int, int]] = []
        self._said = 0
        self._turn = 0
        self._open: list[tuple[int, Element]] = []

    def of(self, start: int, end: int, *, note: bool = False, goes_on: bool = False) -> str:
        """The words of a block or a cell, or of a `note`, with page breaks where they fall.

        A cell that is not the first of its table `goes_on`: a page may turn right before it.
        """
        text = self.document.text
        out: list[str] = []
        open_: list[tuple[int, Element]] = []
        self._open = open_
        self.pieces, self._said = [], 0
        if goes_on:
            out += self._turned(start + 1)
        else:
            self._turn = bisect_right(self._turns, start)
        hidden = at = start
        for fragment in [*nest(self._spans(start, end, note)), None]:
            first = end if fragment is None else fragment.start
            while open_ and (open_[-1][0] <= first or fragment is None):
                stop, element = open_[-1]
                out.append(self._text(text, at, stop, hidden))
                at = max(at, stop)
                open_.pop()
                out.append(element.end)
            out.append(self._text(text, at, first, hidden))
            at = max(at, first)
            if fragment is None:
                break
            if first < end:
                out += self._turned(first + 1)  # before what begins there
            span = fragment.span
            found = self._element(span, beside=self._touches(text, out, first, fragment.end))
            if found is None:
                hidden = max(hidden, fragment.end)
                if span.kind == "noteref":
                    out.append(self._reference(span))
                elif span.kind == "note" and span.id in self.signs and fragment.start == span.start:
                    out.append(self._sign(span.id))
            elif fragment.end > first and fragment.end > hidden:
                out.append(found.start)
                open_.append((fragment.end, found))
        return "".join(out)

    def said_at(self, offset: int) -> int:
        """How much text of the block made last comes before a text offset, in UTF-16 units."""
        k = bisect_right(self.pieces, (offset, self._said + 1)) - 1
        if k < 0:
            return 0
        start, said = self.pieces[k]
        after = self.pieces[k + 1][1] if k + 1 < len(self.pieces) else self._said
        return min(said + utf16(self.document.text[start:offset]), after)

    def _spans(self, start: int, end: int, note: bool) -> list[Span]:
        spans = self.document.spans
        found = spans[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        inside = [*self._carried.get(start, ()), *found]
        return [
            Span(max(s.start, start), min(s.end, end), s.kind, s.id)
            for s in inside
            if not (note and s.start <= start and end <= s.end and self._is_around(s, start, end))
        ]

    def _is_around(self, span: Span, start: int, end: int) -> bool:
        """Whether a span around a note's body is none of it: the note's own, and in a fragment,
        which has the body elsewhere, the revision that its reference stands in."""
        if span.kind in TAGS:
            return self.kept and end - start < span.end - span.start
        return span.kind == "note"

    def _element(self, span: Span, *, beside: bool = False) -> Element | None:
        """What a span is; None where its text is not shown."""
        kind = span.kind
        if kind in HIDDEN:
            return None
        if kind == MARKING:
            return self._marking(span.id)
        tag = TAGS.get(kind)
        if tag is None:
            return ELEMENTS.get(kind) or _NO_ELEMENT
        decided = self.document.decisions.get(span.id)
        if decided is not None:
            return _NO_ELEMENT if (decided == "accepted") == (kind == ADDITION) else None
        act = self.acts.get(span.id)
        return Element(f"<{tag}{self._attributes(span, act, beside)}>", f"</{tag}>")

    @staticmethod
    def _touches(text: str, out: list[str], start: int, end: int) -> bool:
        """Whether words begin right after those of another revision, without a space."""
        last = next((piece for piece in reversed(out) if piece), "")
        if last not in ("</del>", "</ins>") or start >= end:
            return False
        return not (text[start - 1].isspace() or text[start].isspace() or text[start] in _CLOSING)

    def _attributes(self, span: Span, act: Act | None, beside: bool) -> str:
        rule = act.rule if act else ""
        look = "moved" if act and act.kind == "transposition" else ""
        if self.compared and rule != "substantive" and not look:
            look = "accidental"
        look = f"{look} beside".lstrip() if beside else look
        name = attribute(span.id)
        said = [f' class="{look}"'] if look else []
        if span.id not in self._named:
            self._named.add(span.id)
            said.append(f' id="rev-{name}"')
        said.append(f' data-revision="{name}" data-rule="{attribute(rule)}"')
        if act is not None:
            if self.staged or self.kept:
                said.append(f' data-stage="{attribute(act.stage)}"')
            if act.hand is not None:
                said.append(f' data-hand="{attribute(act.hand)}"')
            if act.cert != "high":
                said.append(f' data-cert="{act.cert}"')
            if self.kept:
                said += self._more(span, act)
        return "".join(said)

    def _more(self, span: Span, act: Act) -> Iterator[str]:
        yield f' data-act="{attribute(act.kind)}"'
        if act.joined:
            yield f' data-joined="{attribute(" ".join(act.joined))}"'
        if act.within is not None:
            yield f' data-within="{attribute(act.within)}"'
        rows = self._parts.get((span.id, span.kind), [])
        if len(rows) > 1:
            # A piece of a part that was cut begins within it.
            yield f' data-part="{max(0, bisect_right(rows, span.start) - 1)}"'

    def _marking(self, id_: str) -> Element:
        name = attribute(id_)
        first = id_ not in self.banners.placed
        self.banners.placed.add(id_)
        row = self.banners.rows[id_]
        identity = f' id="mark-{name}"' if first else ""
        more = f' data-said="{self.banners.more(row)}"' if first and self.kept else ""
        more += "" if self.kept else f' data-on="{row.page}"'
        return Element(
            f'<span class="mark"{identity} data-marking="{name}"'
            f' data-kind="{attribute(row.kind)}"{more}>',
            "</span>",
        )

    def _reference(self, span: Span) -> str:
        note = self.notes.get(span.id)
        label = escape(storable(note.n or "*")) if note else "*"
        name = attribute(span.id)
        more = f' data-ref="{name}"' if self.kept else ""
        if self.kept and note is not None:
            number = f' data-n="{attribute(note.n)}"' if note.n is not None else ""
            more += f' data-kind="{attribute(note.kind)}"{number}'
        if note is None or note.start is None:
            return f'<sup class="noteref"{more}>{label}</sup>'
        return (
            f'<sup class="noteref" id="ref-{name}"{more}><a href="#note-{name}" role="doc-noteref">'
            f"{label}</a></sup>"
        )

    def _sign(self, id_: str) -> str:
        """Where a note stands that the paper has in its margin, or an editor beside it."""
        name, title = attribute(id_), attribute(self.notes[id_].kind)
        return (f'<sup class="noteref" id="ref-{name}"><a href="#note-{name}" role="doc-noteref"'
                f' title="{title}">{self.signs[id_]}</a></sup>')

    def _text(self, text: str, start: int, end: int, hidden: int) -> str:
        """Text from start to end, but what is hidden before `hidden`; pages turn in it."""
        out = []
        while start < end:
            turn = self._turns[self._turn] if self._turn < len(self._turns) else end
            stop = max(start, min(turn, end))
            first = max(start, hidden)
            if first < stop:
                words = text[first:stop]
                self.pieces.append((first, self._said))
                self._said += utf16(words)
                out.append(escape(storable(words)))
            start = stop
            if stop < end:
                out += self._turned(stop + 1)
        return "".join(out)

    def _turned(self, upto: int) -> Iterator[str]:
        """The signs of pages that turn before a place in the text.

        What is open there is closed and goes on after it: a sign is neither struck nor added.
        """
        while self._turn < len(self._turns) and self._turns[self._turn] < upto:
            yield from (element.end for _, element in reversed(self._open))
            yield self.banners.turn(self.turns[self._turns[self._turn]])
            yield from (_ID.sub("", element.start) for _, element in self._open)
            self._turn += 1


def _is_beside(note: Note) -> bool:
    """Whether a note has words on the page, and no sign in the text."""
    return note.start is not None and note.reference is None and note.kind != "footnote"


def _letters(number: int) -> str:
    """``a`` to ``z``, then ``aa`` …"""
    high, low = divmod(number, 26)
    return (_letters(high - 1) if high else "") + chr(ord("a") + low)


def utf16(text: str) -> int:
    """The length of a text as a browser counts it."""
    if text.isascii() or max(text) <= "\uffff":
        return len(text)
    return len(text) + sum(each > "\uffff" for each in text)


def _parts(document: Document) -> dict[tuple[str, str], list[int]]:
    """Where the parts of an act begin, by its id and the kind of span."""
    found: dict[tuple[str, str], list[int]] = {}
    spans: Sequence[Span] = document.spans
    for span in spans:
        if span.kind in TAGS:
            found.setdefault((span.id, span.kind), []).append(span.start)
    return found


def _beginnings(document: Document) -> Iterator[int]:
    """Where a block, a note or a cell begins."""
    yield from (block.start for block in document.blocks)
    yield from (note.start for note in document.notes if note.start is not None)
    yield from (cell[0] for block in document.blocks for row in block.cells for cell in row)
