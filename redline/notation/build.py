"""Carries out a block's operations: the union text, its spans, and where each came from."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from itertools import accumulate
from typing import Any

from redline.layout.plan import Piece
from redline.model import Note
from redline.notation.pairing import Pairs
from redline.notation.settle import DROP
from redline.notation.weave import NEWLINE, Woven
from redline.origin import Origin
from redline.spans import Span
from redline.tokens import Token

__all__ = ["Builder", "Embed"]

#: Carries out an embedded piece: furniture, a note, a page edge (kind of page break).
Embed = Callable[[Piece, str], None]

# Marks that apparatus is printed without: strikes, insertions, emphasis, heading signs.
_MARKS = re.compile(r"~~|\^[{<]|[*#{}]+")
_HIDDEN_AS = {"page-mark": "pagemark"}


class Builder:
    """Grows one text, its origin and its spans; everything is appended in page order."""

    def __init__(self, text: str, tokens: list[Token], pairs: Pairs) -> None:
        self.source = text
        self.tokens = tokens
        self.pairs = pairs
        #: the pieces of the text, and the source range of each (two numbers a piece)
        self.parts: list[str] = []
        self.ranges = array("q")
        self.length = 0
        self.spans: list[Span] = []
        self.extents = array("q")
        self.notes: list[Note] = []
        #: `[stamp: …]`: source range, and text range of the words
        self.stamps: list[tuple[tuple[int, int], int, int]] = []
        self.page_starts: dict[int, int] = {}
        self.page_number = 1
        self.span_of: dict[int, int] = {}

    # -- pieces of text -------------------------------------------------------------------

    def copy(self, start: int, end: int) -> None:
        """Source[start:end] as it stands."""
        if end > start:
            self._part(self.source[start:end], start, end)

    def fold(self, start: int, end: int) -> None:
        """A line break and the white space around it: one space."""
        self._part(" ", start, end)

    def supply(self, text: str, at: int) -> None:
        """Characters the source does not have, before source offset `at`."""
        self._part(text, at, at)

    def _part(self, words: str, start: int, end: int) -> None:
        self.parts.append(words)
        self.ranges.append(start)
        self.ranges.append(end)
        self.length += len(words)

    def span(self, start: int, kind: str, id_: str, extent: tuple[int, int]) -> int:
        """Reserve a span that begins at `start`; `finish` it when its end is known."""
        self.spans.append(Span(start, start, kind, id_))
        self.extents.append(extent[0])
        self.extents.append(extent[1])
        return len(self.spans) - 1

    def finish(self, index: int) -> None:
        """The span ends here."""
        start, _, kind, id_ = self.spans[index]
        self.spans[index] = Span(start, self.length, kind, id_)

    def white(self, slot: tuple[int, int, bool]) -> None:
        """White space that stays: a line break as one space and a point, other as it is."""
        start, end, is_break = slot
        if is_break:
            self._part(" ", start, end)
            self.spans.append(Span(self.length, self.length, "lb", ""))
            self.extents.append(start)
            self.extents.append(end)
        else:
            self.copy(start, end)

    # -- units ----------------------------------------------------------------------------

    def newline(self, after: int, before: int) -> None:
        """The first line end in source[after:before], if any: between two blocks."""
        match = NEWLINE.match(self.source, after, before)
        if match:
            self.copy(match.start(1), match.start(1) + 1)

    def furniture(self, piece: Piece, kind: str, id_: str) -> tuple[int, int]:
        """Apparatus: its words without marks, hidden. Returns its text range."""
        index = self.span(
            self.length, _HIDDEN_AS.get(kind, "furniture"), id_, (piece.start, piece.end)
        )
        begin = self.length
        at = piece.start
        for mark in _MARKS.finditer(self.source, piece.start, piece.end):
            self.copy(at, mark.start())
            at = mark.end()
        self.copy(at, piece.end)
        stop = self.length
        self.newline(piece.end, len(self.source))
        self.finish(index)
        return begin, stop

    def page(self, piece: Piece, kind: str) -> None:
        """A page begins here."""
        self.page_starts[piece.ref] = self.length
        self.page_number = piece.ref + 1
        self.span(self.length, kind, f"p{piece.ref + 1}", (piece.start, piece.start))

    def block(self, woven: Woven, ids: dict[int, str], embed: Embed) -> tuple[int, int]:
        """Carry out a block's operations; `ids` are the revisions of its marks."""
        begin = self.length
        waiting: list[int] = []  # emphases that open before the next text
        open_spans: dict[int, int] = {}
        slots = woven.slots
        for op, a, b, data in woven.ops:
            if op == "copy":
                if waiting:
                    self._begin(waiting, open_spans)
                self.copy(a, b)
            elif op == "gap":
                start, end, is_break, side, m = slots[data]
                if side == DROP:
                    continue
                if side == 0 and m not in open_spans:
                    open_spans[m] = self._open(m, ids)
                self.white((start, end, is_break))
                if side == 1:
                    self.finish(open_spans[m])
            elif op == "open":
                if waiting:
                    self._begin(waiting, open_spans)
                m = data
                if m not in open_spans:
                    open_spans[m] = self._open(m, ids)
                if m in woven.supplied_before:
                    self._supply_space(b)
            elif op == "close":
                m = data
                if m in woven.supplied_after:
                    self._supply_space(self.tokens[self.pairs.last[m]][0])
                self.finish(open_spans[m])
            elif op == "fold":
                self.white((a, b, True))
            elif op == "space":
                self.copy(a, b)
            elif op == "begin":
                waiting.append(data)
            elif op == "end":
                if data in waiting:
                    waiting.remove(data)
                else:
                    self.finish(open_spans[data])
            else:
                if waiting and op != "point":
                    self._begin(waiting, open_spans)
                self._rare(op, a, b, data, embed)
        return begin, self.length

    def _open(self, m: int, ids: dict[int, str]) -> int:
        first, last = self.pairs.first[m], self.pairs.last[m]
        suffix = self.pairs.suffix.get(m)
        index = self.span(
            self.length,
            self.pairs.kind[m],
            ids.get(m, ""),
            (self.tokens[first][0], suffix[0] if suffix else self.tokens[last][1]),
        )
        self.span_of[m] = index
        return index

    def _begin(self, waiting: list[int], open_spans: dict[int, int]) -> None:
        for m in waiting:
            open_spans[m] = self._open(m, {})
        waiting.clear()

    def _supply_space(self, at: int) -> None:
        index = self.span(self.length, "supplied", "", (at, at))
        self.supply(" ", at)
        self.finish(index)

    def _rare(self, op: str, a: int, b: int, data: Any, embed: Embed) -> None:
        if op == "spanned":
            index = self.span(self.length, str(data), "", (a, b))
            for match in NEWLINE.finditer(self.source, a, b):
                self.copy(a, match.start())
                self.fold(*match.span())
                a = match.end()
            self.copy(a, b)
            self.finish(index)
        elif op == "supply":
            index = self.span(self.length, "superscript", "raised", (a, b))
            self.supply(str(data), a)
            self.finish(index)
        elif op == "soft":
            index = self.span(self.length, "softhyphen", "", (a, b))
            self.copy(a, b)
            self.finish(index)
        elif op == "point":
            if data:
                self.span(self.length, str(data), "", (a, a))
        elif op == "embed":
            embed(*data)
        elif op == "hide":
            self._hide(a, b, data)

    def _hide(self, a: int, b: int, data: tuple[str, str, int, int]) -> None:
        kind, label, start, end = data
        at = self.length
        if kind == "space":
            index = self.span(at, "space", "", (start, end))
            self.copy(a, b)
            self.finish(index)
            return
        note = f"n{len(self.notes) + 1}"
        if kind == "noteref":
            index = self.span(at, "noteref", note, (start, end))
            self.copy(a, b)
            self.finish(index)
            self.notes.append(Note(note, label, "footnote", (start, end), None, at, None, None))
            return
        if kind == "stamp":
            index = self.span(at, "furniture", f"s{len(self.stamps) + 1}", (start, end))
            self.copy(a, b)
            self.finish(index)
            self.stamps.append(((start, end), at, self.length))
            return
        index = self.span(at, "note", note, (start, end))
        self.copy(a, b)
        self.finish(index)
        self.notes.append(Note(note, None, kind, None, (start, end), at, at, self.length))

    def text(self) -> str:
        """The finished text."""
        return "".join(self.parts)

    def origin(self) -> Origin:
        """The map of the finished text."""
        if not self.parts:
            return Origin.identity(0)
        at = array("q", accumulate(map(len, self.parts), initial=0))
        at.pop()
        return Origin(at, self.ranges[0::2], self.ranges[1::2], self.length)
