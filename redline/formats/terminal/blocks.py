"""Blocks as rows: what each kind of block looks like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from rich.segment import Segment

from redline.formats.terminal.inline import Line, Piece, View, clean, fill, fragments, pieces
from redline.formats.terminal.screen import Row, Screen
from redline.formats.terminal.styles import style_of
from redline.formats.terminal.tables import draw, fits
from redline.model import Block, Document
from redline.spans import Span, carried

__all__ = ["Layout"]

#: The roles of all the text of a block of that kind.
_ROLES = {"heading": ("heading",), "code": ("code",)}
#: Blocks of these kinds stand close where the paper has no empty line between them.
_TIGHT = frozenset({"letterhead", "header", "list-item"})
_EMPTY_LINE = re.compile(r"(?:\r\n|[\n\r\f])[ \t]*(?:\r\n|[\n\r\f])")
_TAB = 4
#: A typed number at the head of a list item; lines hang from what follows it.
_TYPED = re.compile(r"\S{1,6}[ \t]+")


class Layout:
    """Makes the rows of one document's blocks for one screen and one view."""

    def __init__(self, document: Document, screen: Screen, view: View) -> None:
        self.document = document
        self.screen = screen
        self.view = view
        self._starts = [span.start for span in document.spans]
        self._carried = carried(document.spans, _beginnings(document))

    def touching(self, start: int, end: int) -> Sequence[Span]:
        """The spans that touch [start, end), cut at its end.

        `start` is where a block, a cell, a note or a page begins.
        """
        spans = self.document.spans
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        found = [*self._carried.get(start, ()), *spans[first:last]]
        return [s if s.end <= end else s._replace(end=end) for s in found]

    def tight(self, before: Block, after: Block) -> bool:
        """Whether no empty line comes between two blocks."""
        if before.kind != after.kind or before.kind not in _TIGHT:
            return False
        gap = self.document.source.text[before.span[1] : after.span[0]]
        return _EMPTY_LINE.search(gap) is None

    def pieces(self, start: int, end: int, roles: tuple[str, ...] = ()) -> list[Piece]:
        """The words of a range as the view shows them."""
        found = fragments(self.document, self.touching(start, end), start, end, self.view)
        return list(pieces(found, roles, brackets=self.screen.brackets))

    def part(
        self, block: Block, start: int, end: int, measure: int | None = None
    ) -> tuple[list[Row], list[tuple[int, Span]]]:
        """The rows of a block, or of the part of it on one page, and the anchors in them."""
        screen = self.screen
        measure = measure or screen.measure
        if block.kind == "code":
            return self._code(start, end, measure), []
        lead, hang = self._lead(block)
        roles = _ROLES.get(block.kind, ())
        filled = fill(self.pieces(start, end, roles), max(8, measure - hang))
        if not filled.lines:
            return [], [(0, span) for _, span in filled.anchors]
        rows = []
        for number, line in enumerate(filled.lines):
            blank = lead if number == 0 and start == block.start else " " * hang
            before: Line = [(blank, ("bullet",))] if blank else []
            rows.append(screen.row([*before, *line], screen.indent))
        return rows, filled.anchors

    def _lead(self, block: Block) -> tuple[str, int]:
        """A list item's bullet, and how far its lines are set in."""
        if block.kind != "list-item":
            return "", 0
        inset = "  " * max(0, (block.level or 1) - 1)
        if block.n is None:
            lead = f"{inset}{self.screen.glyphs.bullet} "
            return lead, len(lead)
        typed = _TYPED.match(self.document.text, block.start, block.end)
        return inset, len(inset) + (typed.end() - typed.start() if typed else 0)

    def _code(self, start: int, end: int, measure: int) -> list[Row]:
        """Code keeps its lines and its spaces; a long line is cut and goes on below."""
        text = clean(self.document.text[start:end].expandtabs(_TAB))
        lines = text.splitlines()
        style = style_of(("code",))
        inset = " " * (self.screen.indent + 2)
        room = max(8, measure - 2)
        return [
            [Segment(inset), Segment(line[at : at + room], style)]
            for line in lines
            for at in range(0, max(1, len(line)), room)
        ]

    def table(
        self, block: Block, measure: int | None = None, *, framed: bool = True
    ) -> tuple[list[Row], list[tuple[int, Span]]]:
        """A table's rows and the anchors in them.

        Drawn with lines, as wide as it needs and no wider than the text; or, not `framed` and
        where there is no room for its columns, a line for each row with bars between cells.
        """
        screen = self.screen
        measure = measure or screen.measure
        cells = [
            [self.pieces(*cell, ("head-cell",) if number == 0 else ()) for cell in row]
            for number, row in enumerate(block.cells)
        ]
        if framed and fits(cells, measure):
            lines, anchors = draw(cells, measure, screen.glyphs.frame)
        else:
            lines, anchors = self._bare(cells, measure)
        return [screen.row(line, screen.indent) for line in lines], anchors

    def _bare(
        self, rows: list[list[list[Piece]]], measure: int
    ) -> tuple[list[Line], list[tuple[int, Span]]]:
        between = [Piece(" ", ()), Piece(self.screen.glyphs.bar, ("rule",)), Piece(" ", ())]
        lines: list[Line] = []
        anchors: list[tuple[int, Span]] = []
        for row in rows:
            words = [piece for cell in row for piece in (*cell, *between)]
            filled = fill(words[: -len(between)], measure)
            anchors += [(len(lines) + at, span) for at, span in filled.anchors]
            lines += filled.lines
        return lines, anchors


def _beginnings(document: Document) -> Iterator[int]:
    """Where a block, a page, a note or a cell begins."""
    yield from (block.start for block in document.blocks)
    yield from (page.start for page in document.pages)
    yield from (note.start for note in document.notes if note.start is not None)
    yield from (cell[0] for block in document.blocks for row in block.cells for cell in row)
