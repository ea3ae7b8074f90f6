"""A document as Word has it: paragraphs of pieces, each piece kept, inserted, deleted or both.

Whether a character stands in the draft and in the final text is taken from the readings
themselves, so accepting every change gives the final text and rejecting every one the draft, by
construction; the spans only say whose change it is.

The end of a paragraph is a character that can be inserted or deleted too. Between two blocks
that a reading both shows stands one such end in it: at the end of the earlier one. A paragraph
before a table, at the end of a cell or of a section keeps its end whatever happens.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from redline.model import Block, Document
from redline.reading import hiding
from redline.spans import ADDITION, DELETION, HIDDEN, Span, carried, runs, visible

__all__ = ["Flow", "Paragraph", "Piece", "Ranges"]

Ranges = list[tuple[int, int]]
_EMPTY_LINE = re.compile(r"\n\n")
_KEPT, _INSERTED, _DELETED, _BOTH = "", "ins", "del", "both"


class Piece(NamedTuple):
    """A stretch of text in one state, or (where it is empty) a point with the span that it is.

    `state`: "" kept, ``ins``, ``del``, or ``both`` (inserted, and deleted again). `added` and
    `deleted` are ids of the acts that did it, "" where it is not said.
    """

    start: int
    end: int
    state: str
    added: str
    deleted: str
    spans: tuple[Span, ...]


class Paragraph(NamedTuple):
    """What stands up to an end of paragraph; `mark` is the state of that end.

    `block` is the first block of it that the final text shows, or else the first.
    """

    block: Block
    pieces: list[Piece]
    mark: str = _KEPT
    added: str = ""
    deleted: str = ""


class _Leaf(NamedTuple):
    """A block or cell cut into paragraphs at its own empty lines, which are text."""

    block: Block
    rows: list[tuple[list[Piece], Piece | None]]
    draft: bool
    final: bool


class Flow:
    """Cuts the text of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._starts = [span.start for span in document.spans]
        self._carried = carried(document.spans, self._places())
        self._undecided = {
            act.id for act in document.acts if act.id not in document.decisions
        }
        self._seen = {stage: self._stretches(stage) for stage in ("draft", "final")}
        self._notes: dict[str, Ranges] | None = None

    def _places(self) -> Iterator[int]:
        for block in self.document.blocks:
            yield block.start
            for row in block.cells:
                yield from (start for start, _ in row)
        yield from (note.start for note in self.document.notes if note.start is not None)

    def _stretches(self, stage: str) -> Ranges:
        reading = self.document.reading(stage)
        return list(reading.stretches())

    # -- paragraphs ---------------------------------------------------------------------------

    def paragraphs(self, blocks: Iterable[tuple[Block, int, int]]) -> list[Paragraph]:
        """The paragraphs of blocks (or of the ranges of one) that follow one another."""
        leaves = [leaf for each in blocks if (leaf := self._leaf(*each)) is not None]
        return list(_joined(leaves))

    def note(self, block: Block, start: int, end: int) -> list[Paragraph]:
        """The paragraphs of a note's body, which no reading shows."""
        if self._notes is None:
            self._notes = {}
            for stage in ("draft", "final"):
                hidden = [s for s in hiding(self.document, stage) if s.kind != "note"]
                self._notes[stage] = visible(hidden, 0, len(self.document.text))
        ranges = {stage: _clipped(self._notes[stage], start, end) for stage in self._notes}
        leaf = self._cut(block, start, end, ranges["draft"], ranges["final"])
        return list(_joined([leaf] if leaf is not None else []))

    def shown(self, start: int, end: int) -> bool:
        """Whether the draft or the final text shows something of this range."""
        return any(_clipped(self._seen[stage], start, end) for stage in self._seen)

    def states(self, start: int, end: int) -> tuple[bool, bool]:
        """Whether the draft shows something of a range, and whether the final text does."""
        seen = self._seen
        return bool(_clipped(seen["draft"], start, end)), bool(_clipped(seen["final"], start, end))

    def act_in(self, kind: str, start: int, end: int) -> str:
        """The first act of a kind that has a mark in a range, "" for none."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        inside = (*self._carried.get(start, ()), *self.document.spans[first:last])
        return next((span.id for span in inside if span.kind == kind), "")

    def _leaf(self, block: Block, start: int, end: int) -> _Leaf | None:
        draft, final = (_clipped(self._seen[stage], start, end) for stage in ("draft", "final"))
        return self._cut(block, start, end, draft, final)

    def _cut(
        self, block: Block, start: int, end: int, draft: Ranges, final: Ranges
    ) -> _Leaf | None:
        rows: list[tuple[list[Piece], Piece | None]] = [([], None)]
        for piece in _attributed(list(self._pieces(start, end, draft, final))):
            at = piece.start
            for match in _EMPTY_LINE.finditer(self.document.text, at, piece.end):
                if match.start() > at:
                    rows[-1][0].append(piece._replace(start=at, end=match.start()))
                rows[-1] = (rows[-1][0], piece._replace(start=match.start(), end=match.end()))
                rows.append(([], None))
                at = match.end()
            if at < piece.end or piece.start == piece.end:
                rows[-1][0].append(piece._replace(start=at))
        if not any(row or mark for row, mark in rows):
            return None
        return _Leaf(block, rows, bool(draft), bool(final))

    # -- pieces -------------------------------------------------------------------------------

    def _pieces(self, start: int, end: int, draft: Ranges, final: Ranges) -> Iterator[Piece]:
        """The stretches of a range that a reading shows, or that were added and struck again."""
        i = j = 0
        said: set[Span] = set()
        for run in runs(self._spans(start, end), start, end):
            for span in run.spans:
                if span.kind == "noteref" and span not in said:
                    said.add(span)
                    yield self._point(run.start, span, run.spans)
            if run.start == run.end:
                if run.spans and run.spans[-1].kind != "noteref":
                    yield self._point(run.start, run.spans[-1], run.spans)
                continue
            at = run.start
            while at < run.end:
                while i < len(draft) and draft[i][1] <= at:
                    i += 1
                while j < len(final) and final[j][1] <= at:
                    j += 1
                in_draft, stop = _here(draft, i, at, run.end)
                in_final, stop = _here(final, j, at, stop)
                piece = self._stated(at, stop, in_draft, in_final, run.spans)
                if piece is not None:
                    yield piece
                at = stop

    def _stated(
        self, start: int, end: int, in_draft: bool, in_final: bool,
        spans: tuple[Span, ...],
    ) -> Piece | None:
        added = self._by(spans, ADDITION)
        deleted = self._by(spans, DELETION)
        if in_draft and in_final:
            return Piece(start, end, _KEPT, "", "", spans)
        if in_draft:
            return Piece(start, end, _DELETED, "", deleted, spans)
        if in_final:
            return Piece(start, end, _INSERTED, added, "", spans)
        if added and deleted and not any(span.kind in HIDDEN for span in spans):
            return Piece(start, end, _BOTH, added, deleted, spans)
        return None

    def _by(self, spans: tuple[Span, ...], kind: str) -> str:
        """The act of a kind; of several in one another the outer one, which Word can have whole."""
        for span in spans:
            if span.kind == kind and span.id in self._undecided:
                return span.id
        return ""

    def _point(self, at: int, span: Span, spans: tuple[Span, ...]) -> Piece:
        """A break or a reference: in the readings in which the words around it are."""
        added, deleted = self._by(spans, ADDITION), self._by(spans, DELETION)
        if span.kind != "noteref":
            added = deleted = ""
        state = _BOTH if added and deleted else _INSERTED if added else _DELETED if deleted else ""
        return Piece(at, at, state, added, deleted, (span,))

    def _spans(self, start: int, end: int) -> list[Span]:
        spans = self.document.spans
        found = spans[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        inside = [*self._carried.get(start, ()), *found]
        return [Span(max(s[0], start), min(s[1], end), s[2], s[3]) for s in inside]


def _attributed(pieces: list[Piece]) -> list[Piece]:
    """White space that only one reading has, because it stands at an edge of the other, goes with
    the change beside it."""
    for k, piece in enumerate(pieces):
        side = {_INSERTED: "added", _DELETED: "deleted"}.get(piece.state, "")
        if side and not getattr(piece, side):
            near = (*pieces[k + 1 : k + 2], *pieces[max(0, k - 1) : k], *pieces[k + 2 : k + 8])
            found = next((by for each in near if (by := getattr(each, side))), "")
            pieces[k] = (piece._replace(added=found) if side == "added"
                         else piece._replace(deleted=found))
    return pieces


def _here(ranges: Ranges, k: int, at: int, end: int) -> tuple[bool, int]:
    """Whether `at` is in a range (number k is the first that ends after it), and for how long."""
    if k == len(ranges):
        return False, end
    first, last = ranges[k]
    return (True, min(end, last)) if first <= at else (False, min(end, first))


def _clipped(ranges: Ranges, start: int, end: int) -> Ranges:
    """The parts of sorted ranges inside [start, end)."""
    k = bisect_left(ranges, start, key=lambda each: each[1])
    out = []
    while k < len(ranges) and ranges[k][0] < end:
        first, last = max(ranges[k][0], start), min(ranges[k][1], end)
        if first < last:
            out.append((first, last))
        k += 1
    return out


# -- ends of paragraphs ---------------------------------------------------------------------------


def _joined(leaves: Sequence[_Leaf]) -> Iterator[Paragraph]:
    """The paragraphs of blocks in a row, with the ends that the readings have between them."""
    later = _later(leaves)
    pending: list[Piece] = []
    shape: Block | None = None
    settled = False
    for k, leaf in enumerate(leaves):
        if shape is None or (leaf.final and not settled):
            shape, settled = leaf.block, leaf.final
        for row, mark in leaf.rows[:-1]:
            assert mark is not None
            yield Paragraph(shape, [*pending, *row], mark.state, mark.added, mark.deleted)
            pending, shape, settled = [], leaf.block, leaf.final
        pending += leaf.rows[-1][0]
        draft, final = (leaf.draft and later[k][0]), (leaf.final and later[k][1])
        if k + 1 == len(leaves) or (draft and final):
            yield Paragraph(shape, pending)
        elif draft:
            yield Paragraph(shape, pending, _DELETED, "", _whose(leaves, k, "deleted"))
        elif final:
            yield Paragraph(shape, pending, _INSERTED, _whose(leaves, k, "added"), "")
        else:
            continue
        pending, shape, settled = [], None, False


def _later(leaves: Sequence[_Leaf]) -> list[tuple[bool, bool]]:
    """For every block whether a later one is in the draft, and in the final text."""
    out: list[tuple[bool, bool]] = []
    draft = final = False
    for leaf in reversed(leaves):
        out.append((draft, final))
        draft, final = draft or leaf.draft, final or leaf.final
    return out[::-1]


def _whose(leaves: Sequence[_Leaf], k: int, side: str) -> str:
    """The act nearest to the end of block k: the last in it, or the first after it."""
    mine = [piece for row, _ in leaves[k].rows for piece in row]
    for piece in reversed(mine):
        if getattr(piece, side):
            return str(getattr(piece, side))
    for leaf in leaves[k + 1 : k + 2]:
        for row, _ in leaf.rows:
            for piece in row:
                if getattr(piece, side):
                    return str(getattr(piece, side))
    return ""
