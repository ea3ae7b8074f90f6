"""Characters that leave a text, and where everything that stands in it goes."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from redline.model import Act, Block, Document, Note
from redline.origin import Origin
from redline.spans import ADDITION, DELETION, POINTS, Span, visible

__all__ = ["KINDS", "LASTING", "Cuts", "cut", "last_number", "outermost"]

#: What stands on the page whatever becomes of the words around it.
LASTING = frozenset({"furniture", "pagemark", "note"})
#: Page edges; line edges go with the words on both sides of them.
_PAGE_EDGES = frozenset({"pb", "pb-no", "pb-maybe"})
KINDS = {
    (True, False): "deletion",
    (False, True): "addition",
    (True, True): "substitution",
}


class Cuts:
    """Ranges that leave a text, in order and apart; where everything else goes."""

    def __init__(self, ranges: Sequence[tuple[int, int]]) -> None:
        self.ranges = ranges
        self._starts = array("q", [start for start, _ in ranges])
        self._gone = array("q", [0])  # characters gone before the end of each range
        for start, end in ranges:
            self._gone.append(self._gone[-1] + end - start)

    def moved(self, offset: int) -> int:
        """Where an offset is afterwards; one inside a cut: where the cut was."""
        k = bisect_right(self._starts, offset)
        if not k:
            return offset
        start, end = self.ranges[k - 1]
        return offset - self._gone[k] + max(0, end - max(offset, start))

    def inside(self, offset: int) -> bool:
        """Whether characters go on both sides of an offset, at one cut."""
        k = bisect_right(self._starts, offset)
        if not k:
            return False
        start, end = self.ranges[k - 1]
        return start < offset < end

    def kept(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The pieces of a range that stay."""
        at = start
        # Not a slice of the ranges: that would copy the rest of them for every piece.
        for k in range(max(0, bisect_right(self._starts, start) - 1), len(self.ranges)):
            first, last = self.ranges[k]
            if first >= end:
                break
            if first > at:
                yield at, first
            at = max(at, last)
        if at < end:
            yield at, end


def cut(
    document: Document, cuts: Cuts, gone: Collection[str] = (), *, keep_blocks: bool = False
) -> Document:
    """The document without the characters of `cuts` and the marks of the acts in `gone`.

    Everything that stands in the text moves along; what has no words left is left out, blocks
    too unless `keep_blocks`.
    """
    spans, places, extents = _spans(document, gone, cuts)
    acts = _acts(document, gone, places, spans)
    return replace(
        document,
        text="".join(document.text[a:b] for a, b in cuts.kept(0, len(document.text))),
        origin=_origin(document.origin, cuts),
        spans=spans,
        extents=extents,
        acts=acts,
        blocks=tuple(_blocks(document, cuts, keep_blocks)),
        pages=tuple(
            page._replace(start=cuts.moved(page.start), end=cuts.moved(page.end))
            for page in document.pages
        ),
        notes=tuple(_notes(document, cuts)),
        markings=tuple(
            row._replace(start=cuts.moved(row.start), end=cuts.moved(row.end))
            for row in document.markings
        ),
        furniture=tuple(
            row._replace(start=cuts.moved(row.start), end=cuts.moved(row.end))
            for row in document.furniture
        ),
        made=max(document.made, last_number(document))
        if len(acts) < len(document.acts)
        else document.made,
    )


def last_number(document: Document) -> int:
    """The greatest number an id of a revision has had in this document."""
    return max((int(id_[1:]) for id_ in _numbered(document)), default=0)


def _numbered(document: Document) -> Iterator[str]:
    for id_ in (*document.act_of, *document.decisions):
        if id_[:1] == "r" and id_[1:].isdecimal() and len(id_) < 18:
            yield id_


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Those that stand in no other of these spans."""
    out: list[Span] = []
    for span in spans:
        if span.start < span.end and (not out or span.end > out[-1].end):
            out.append(span)
    return out


def _spans(
    document: Document, gone: Collection[str], cuts: Cuts
) -> tuple[tuple[Span, ...], dict[int, int], array[int]]:
    """The spans that stay, the new index of each old one, their extents."""
    spans: list[Span] = []
    extents = array("q")
    places: dict[int, int] = {}
    for k, (start, end, kind, id_) in enumerate(document.spans):
        if kind in (DELETION, ADDITION) and id_ in gone:
            continue
        first, last = cuts.moved(start), cuts.moved(end)
        if start == end:
            if kind in POINTS and kind not in _PAGE_EDGES and cuts.inside(start):
                continue
        elif first == last:
            continue
        places[k] = len(spans)
        spans.append(Span(first, last, kind, id_))
        extents.extend(document.extent(k))
    return tuple(spans), places, extents


def _acts(
    document: Document, gone: Collection[str], places: dict[int, int], spans: Sequence[Span]
) -> tuple[Act, ...]:
    kept: dict[str, Act] = {}
    parent = {act.id: act.within for act in document.acts}
    for act in document.acts:
        parts = tuple(places[k] for k in act.parts if k in places)
        if act.id in gone or not parts:
            continue
        kind = act.kind
        kinds = {spans[k].kind for k in parts}
        # Words that are only struck, or only added, were not moved.
        if len(parts) < len(act.parts) and (kind != "transposition" or len(kinds) < 2):
            kind = KINDS[DELETION in kinds, ADDITION in kinds]
        kept[act.id] = act._replace(parts=parts, kind=kind)
    out = []
    for act in kept.values():
        within = act.within
        while within is not None and within not in kept:
            within = parent.get(within)
        joined = tuple(id_ for id_ in act.joined if id_ in kept)
        out.append(act._replace(within=within, joined=joined))
    out.sort(key=lambda act: act.parts[0])
    return tuple(out)


def _origin(origin: Origin, cuts: Cuts) -> Origin:
    """The map of the text without what was cut: segments may end earlier or begin later."""
    at, starts, ends = array("q"), array("q"), array("q")
    length = 0
    for begin, end, first, last in origin.segments():
        copied = end - begin == last - first
        for a, b in cuts.kept(begin, end):
            at.append(length)
            starts.append(first + a - begin if copied else first)
            ends.append(first + b - begin if copied else last)
            length += b - a
    return Origin(at, starts, ends, length)


def _blocks(document: Document, cuts: Cuts, keep: bool) -> Iterator[Block]:
    """Blocks in their new place; those whose last word is gone are left out, unless `keep`."""
    lasting = outermost(span for span in document.spans if span.kind in LASTING)
    k = 0
    for block in document.blocks:
        start, end = cuts.moved(block.start), cuts.moved(block.end)
        while k < len(lasting) and lasting[k].end <= block.start:
            k += 1
        if (
            not keep
            and end - start < block.end - block.start
            and not block.cells
            and block.kind != "note"
        ):
            hidden = []
            j = k
            while j < len(lasting) and lasting[j].start < block.end:
                hidden.append(lasting[j])
                j += 1
            shown = visible(hidden, block.start, block.end)
            rest = (document.text[c:d] for a, b in shown for c, d in cuts.kept(a, b))
            if not any(piece.strip() for piece in rest):
                continue
        cells = tuple(tuple((cuts.moved(a), cuts.moved(b)) for a, b in row) for row in block.cells)
        yield block._replace(start=start, end=end, cells=cells)


def _notes(document: Document, cuts: Cuts) -> Iterator[Note]:
    """Notes in their new place; a reference in words that are gone is gone."""
    references = {span.id: span for span in document.spans if span.kind == "noteref"}
    for note in document.notes:
        start = None if note.start is None else cuts.moved(note.start)
        end = None if note.end is None else cuts.moved(note.end)
        at = None if note.at is None else cuts.moved(note.at)
        mark = references.get(note.id)
        if note.reference and mark and cuts.moved(mark.start) == cuts.moved(mark.end):
            if note.body is None:
                continue
            yield note._replace(reference=None, at=start, start=start, end=end)
        else:
            yield note._replace(at=at, start=start, end=end)
