"""Ends of paragraphs that only one reading has.

In the model such an end is two line ends inside a block, struck or added like any other text:
`joined` makes one of what a notation says. Native notation, and others that have one block a
paragraph, cannot say it: in them the end stands in both readings, as `parted` leaves it.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from redline.model import Act, Block, Document
from redline.origin import Origin
from redline.reading import VERBATIM
from redline.spans import ADDITION, DELETION, HIDDEN, Span, visible

__all__ = ["Mark", "joined", "parted"]

_END = re.compile(r"\n\n+")
#: What a short paragraph may be taken for.
_BY_LOOK = frozenset({"heading", "header", "letterhead"})
_Range = tuple[int, int]


def parted(document: Document) -> Document:
    """The document with a block for every paragraph of it, and no mark over the end of one.

    A mark over several paragraphs has a part in each; an act that was the end of a paragraph, and
    nothing else, is none any more. What an editor decided is settled first.
    """
    if not any(_ends(document)):
        return document
    if document.decisions:
        document = document.settle()
    ends: list[_Range] = []
    blocks: list[Block] = []
    for block, inside in zip(document.blocks, _ends(document), strict=True):
        blocks += _pieces(block, inside)
        ends += inside
    ends.sort()
    numbered = tuple(block._replace(id=f"b{n}") for n, block in enumerate(blocks, 1))
    return replace(_cut(document, ends), blocks=numbered)


def _ends(document: Document) -> Iterator[list[_Range]]:
    """The ends of paragraphs inside each block: what a page carries beside its text has none."""
    shown = visible((span for span in document.spans if span.kind in HIDDEN), 0, len(document.text))
    for block in document.blocks:
        ends: list[_Range] = []
        if not block.cells and block.kind not in ("code", "note"):
            k = max(0, bisect_right(shown, (block.start, len(document.text))) - 1)
            while k < len(shown) and shown[k][0] < block.end:
                first, last = max(block.start, shown[k][0]), min(block.end, shown[k][1])
                ends += (match.span() for match in _END.finditer(document.text, first, last))
                k += 1
        yield ends


def _pieces(block: Block, ends: list[_Range]) -> Iterator[Block]:
    if not ends:
        yield block
        return
    at = block.start
    for first, last in [*ends, (block.end, block.end)]:
        if first > at:
            yield block._replace(start=at, end=first, role=None)
        at = last


def _cut(document: Document, ends: list[_Range]) -> Document:
    """The document without its marks over these ranges."""
    spans: list[Span] = []
    extents = array("q")
    moved: dict[int, list[int]] = {}
    rows = [
        (piece, k) for k, span in enumerate(document.spans) for piece in _without(span, ends)
    ]
    rows.sort(key=lambda row: row[0].start)
    for piece, k in rows:
        moved.setdefault(k, []).append(len(spans))
        spans.append(piece)
        extents.extend(document.extent(k))
    acts = []
    for act in document.acts:
        parts = tuple(sorted(n for k in act.parts for n in moved.get(k, ())))
        if parts:
            acts.append(_kind_of(act._replace(parts=parts), spans))
    return replace(document, spans=tuple(spans), extents=extents, acts=tuple(acts))


def _without(span: Span, ends: list[_Range]) -> Iterator[Span]:
    if span.start == span.end or span.kind not in (DELETION, ADDITION):
        yield span
        return
    at = span.start
    k = max(0, bisect_right(ends, (at, at)) - 1)
    while k < len(ends) and ends[k][0] < span.end:
        first, last = ends[k]
        if first > at:
            yield span._replace(start=at, end=first)
        at = max(at, last)
        k += 1
    if at < span.end:
        yield span._replace(start=at)


def _kind_of(act: Act, spans: Sequence[Span]) -> Act:
    if act.kind not in ("deletion", "addition", "substitution"):
        return act
    kinds = {spans[k].kind for k in act.parts}
    kind = "deletion" if ADDITION not in kinds else "addition"
    return act._replace(kind="substitution" if len(kinds) > 1 else kind)


# -- read ---------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A strike or an insertion with the end of a paragraph in it: its kind, its source range.

    `spaced`: white space that is not of it stands beside it.
    """

    kind: str
    start: int
    end: int
    spaced: bool = False


def joined(document: Document, marks: Iterable[Mark]) -> tuple[Document, list[Mark]]:
    """The document with the paragraphs as one block whose ends these marks struck or added.

    Their ends are text of the block, in the marks. Other blocks than paragraphs stay apart: the
    marks of which that is so are given too.
    """
    found = _Join(document, marks)
    return found.document() if found.gaps else document, found.left


class _Gap(NamedTuple):
    """Where a paragraph ends: the place in `blocks` of the one before, and the text offset."""

    block: int
    at: int


class _Join:
    def __init__(self, document: Document, marks: Iterable[Mark]) -> None:
        self.before = document
        self.rows = [[*span[:2], *document.extent(k)] for k, span in enumerate(document.spans)]
        self.into = list(range(len(self.rows)))  # the span that each has become a part of
        self.ending: dict[tuple[int, str], list[int]] = {}
        self.beginning: dict[tuple[int, str], list[int]] = {}
        for k, span in enumerate(document.spans):
            if span.kind in (DELETION, ADDITION):
                self.ending.setdefault((span.end, span.kind), []).append(k)
                self.beginning.setdefault((span.start, span.kind), []).append(k)
        self.gaps: dict[int, int] = {}  # text offset of the end of a paragraph: how much it grows
        self.merged: set[int] = set()  # blocks that go on in the next one
        self.left: list[Mark] = []
        #: text offset of the end of a paragraph that is a space in the other reading: span, mark
        self.spaces: dict[int, tuple[int, Mark]] = {}
        blocks = document.blocks
        pairs = [
            _Gap(k, one.end)
            for k, (one, other) in enumerate(pairwise(blocks))
            if self._is_paragraph(one)
            and self._is_paragraph(other)
            and document.text[one.end : other.start] in ("\n", "\r")
        ]
        places = [blocks[gap.block + 1].span[0] for gap in pairs]
        for mark in marks:
            k = bisect_right(places, mark.start)
            inside = []
            while k < len(pairs) and blocks[pairs[k].block].span[1] < mark.end:
                inside.append(pairs[k])
                k += 1
            if not self._cover(mark, inside):
                self.left.append(mark)

    def _is_paragraph(self, block: Block) -> bool:
        """Whether nothing but its look makes something else of a paragraph."""
        if block.kind in _BY_LOOK:
            begin = block.span[0]
            source = self.before.source.text
            return not source[source.rfind("\n", 0, begin) + 1 : begin].strip()
        return block.kind == "paragraph"

    def _cover(self, mark: Mark, gaps: list[_Gap]) -> bool:
        """Let the mark go on over these ends; whether it does."""
        first = last = None
        for _, at in gaps:
            before = self._inside(self.ending.get((at, mark.kind), ()), mark)
            after = self._inside(self.beginning.get((at + 1, mark.kind), ()), mark)
            alone = self._inside(self.beginning.get((at, mark.kind), ()), mark)
            both = before.keys() & after.keys()
            if both:
                id_ = min(both)
                self._unite(before[id_], after[id_])
                here = self._root(before[id_])
            elif before:
                here = self._root(min(before.values()))
                self.rows[here][1] = at + 1
            elif after:
                here = self._root(min(after.values()))
                self.rows[here][0] = at
            elif alone:
                here = min(alone.values())
            else:
                return False
            first = here if first is None else first
            last = here
        if first is None or last is None:
            return False
        for block, at in gaps:
            self.gaps.setdefault(at, 1)
            self.merged.add(block)
        self._space(mark, first, last, gaps[-1].at)
        return True

    def _inside(self, found: Iterable[int], mark: Mark) -> dict[str, int]:
        """Those of these spans that stand in the mark, by their acts."""
        inside = {}
        for k in found:
            first, last = self.before.extent(k)
            if mark.start <= first and last <= mark.end:
                inside[self.before.spans[k].id] = k
        return inside

    def _root(self, k: int) -> int:
        while self.into[k] != k:
            k = self.into[k]
        return k

    def _unite(self, one: int, other: int) -> None:
        one, other = self._root(one), self._root(other)
        if one == other:
            return
        self.rows[one][1] = max(self.rows[one][1], self.rows[other][1])
        self.rows[one][3] = max(self.rows[one][3], self.rows[other][3])
        self.into[other] = one

    def _space(self, mark: Mark, first: int, last: int, at: int) -> None:
        """White space beside the mark parts words where the paragraphs are one."""
        text, source = self.before.text, self.before.source.text
        start, end = self.rows[first][0], self.rows[last][1]
        beside = source[mark.start - 1 : mark.start] + source[mark.end : mark.end + 1]
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        if not (mark.spaced or any(map(str.isspace, beside))) or any(map(str.isspace, around)):
            return
        if text[start] in " \t":
            self.rows[first][0] += 1
        elif text[end - 1] in " \t":
            self.rows[last][1] -= 1
        elif self.gaps[at] == 1:
            # It stood at the edge of a paragraph, which has none: it is what the end became.
            self.gaps[at] = 2
            self.spaces[at] = (last, mark)

    # -- the new document -----------------------------------------------------------------------

    def document(self) -> Document:
        """The document with its paragraphs joined."""
        before = self.before
        places = sorted(self.gaps)
        grown = list(accumulate((self.gaps[at] for at in places), initial=0))

        def moved(offset: int) -> int:
            return offset + grown[bisect_left(places, offset)]

        def there(row: Any) -> Any:
            return row._replace(
                **{
                    name: moved(getattr(row, name))
                    for name in ("start", "end", "at")
                    if getattr(row, name, None) is not None
                }
            )

        out: list[str] = []
        at = 0
        for place in places:
            out += (before.text[at:place], "\n\n " [: 1 + self.gaps[place]])
            at = place + 1
        out.append(before.text[at:])
        spans, extents, parts = self._spans(moved)
        return replace(
            before,
            text="".join(out),
            origin=self._origin(places, moved),
            spans=spans,
            extents=extents,
            acts=tuple(
                _kind_of(act._replace(parts=tuple(parts[act.id])), spans) for act in before.acts
            ),
            blocks=tuple(self._blocks(moved)),
            pages=tuple(map(there, before.pages)),
            notes=tuple(map(there, before.notes)),
            markings=tuple(map(there, before.markings)),
            furniture=tuple(map(there, before.furniture)),
        )

    def _origin(self, places: list[int], moved: Callable[[int], int]) -> Origin:
        """The map of the new text: the end of a paragraph is a segment of its own."""
        at, start, end = array("q"), array("q"), array("q")
        source = self.before.source.text
        k = 0
        for begin, stop, first, last in self.before.origin.segments():
            copied = stop - begin == last - first
            while k < len(places) and places[k] < stop:
                place, here = places[k], first + (places[k] - begin if copied else 0)
                if place > begin:
                    at.append(moved(begin))
                    start.append(first)
                    end.append(here if copied else last)
                begin = place + 1
                whole = begin == stop and source.startswith("\n\n", here)
                first = here + 1 if copied else last
                at.append(moved(place))
                start.append(here)
                end.append(max(first, here + 2) if whole else first)
                k += 1
            if begin < stop:
                at.append(moved(begin))
                start.append(first)
                end.append(last)
        return Origin(at, start, end, moved(self.before.origin.length))

    def _spans(
        self, moved: Callable[[int], int]
    ) -> tuple[tuple[Span, ...], array[int], dict[str, list[int]]]:
        """The spans, their extents, and the parts of every act."""
        made: list[tuple[Span, int, int]] = []
        spaced = {at + 1 for at in self.spaces}
        for k, (start, end, first, last) in enumerate(self.rows):
            if self.into[k] == k:
                span = self.before.spans[k]
                stop = moved(end) - (end in spaced and span.kind in (DELETION, ADDITION))
                made.append((Span(moved(start), stop, span.kind, span.id), first, last))
        for at, (k, mark) in self.spaces.items():
            kind = ADDITION if mark.kind == DELETION else DELETION
            space = Span(moved(at) + 2, moved(at) + 3, kind, self.before.spans[k].id)
            made.append((space, mark.end, mark.end))
        made.sort(key=lambda row: row[0].start)
        parts: dict[str, list[int]] = {}
        extents = array("q")
        for n, (span, first, last) in enumerate(made):
            extents.extend((first, last))
            if span.kind in (DELETION, ADDITION):
                parts.setdefault(span.id, []).append(n)
        return tuple(row[0] for row in made), extents, parts

    def _blocks(self, moved: Callable[[int], int]) -> Iterator[Block]:
        held: Block | None = None
        for k, block in enumerate(self.before.blocks):
            cells = tuple(tuple((moved(a), moved(b)) for a, b in row) for row in block.cells)
            here = block._replace(start=moved(block.start), end=moved(block.end), cells=cells)
            if held is not None:
                span = (held.span[0], here.span[1])
                here = held._replace(end=here.end, span=span, role=VERBATIM)
            if k in self.merged:
                held = here._replace(kind="paragraph", level=None)
            else:
                held = None
                yield here
