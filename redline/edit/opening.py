"""Text that comes into a document at one place, and spans laid over text that is there.

The two changes all edits but removals are made of. Everything that stands in the text moves
along; the source stays as it was, so new text maps to the place between its neighbours.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from redline.edit.cuts import last_number
from redline.model import Act, Block, Document, Note, Page
from redline.origin import Origin
from redline.spans import ADDITION, DELETION, HIDDEN, Span

__all__ = ["Leaf", "covered", "narrow", "new_id", "opened", "with_act"]

#: Kinds that never grow by text inserted at their edge.
_FIXED = HIDDEN | {"supplied", "gap", "math", "superscript", "code"}


class Leaf(NamedTuple):
    """A stretch of running text: a block, or a cell (row and column) of a table block."""

    start: int
    end: int
    block: int
    cell: tuple[int, int] | None = None


def new_id(document: Document) -> str:
    """An id that no revision of the document has or had."""
    return f"r{max(document.made, last_number(document)) + 1}"


def opened(document: Document, at: int, text: str, side: str | None, leaf: Leaf) -> Document:
    """The document with `text` at `at`, in `leaf`.

    `side` says which marks that end or begin there it stands in: those ``before`` it, those
    ``after`` it, or (None) neither.
    """
    size = len(text)
    block = document.blocks[leaf.block]
    in_note = block.kind == "note"
    spans, extents, places = _moved_spans(document, at, size, side, in_note)
    acts = document.acts
    if any(k != place for k, place in enumerate(places)):
        acts = tuple(act._replace(parts=tuple(places[k] for k in act.parts)) for act in acts)

    def moved(offset: int) -> int:
        return offset + size if offset >= at else offset

    def row_end(start: int, end: int) -> int:
        return moved(end) if end > at or start >= at else end

    return replace(
        document,
        text=document.text[:at] + text + document.text[at:],
        origin=_supplied(document.origin, at, size),
        spans=spans,
        extents=extents,
        edited=True,
        acts=acts,
        blocks=tuple(_blocks(document.blocks, at, size, leaf)),
        pages=tuple(_pages(document.pages, at, size, side == "before")),
        notes=tuple(_note(note, block, at, size, moved) for note in document.notes),
        markings=tuple(
            row
            if row.end <= at and row.start < at
            else row._replace(start=moved(row.start), end=row_end(row.start, row.end))
            for row in document.markings
        ),
        furniture=tuple(
            row
            if row.end <= at and row.start < at
            else row._replace(start=moved(row.start), end=row_end(row.start, row.end))
            for row in document.furniture
        ),
    )


def _moved_spans(
    document: Document, at: int, size: int, side: str | None, in_note: bool
) -> tuple[tuple[Span, ...], array[int], list[int]]:
    """The spans, their extents, and the new index of each old one."""
    old = document.spans
    out: list[Span] = []
    late: list[int] = []  # of those that begin just here: they come after the new text
    order: list[int] = []
    first = bisect_left(old, at, key=lambda span: span.start)
    last = bisect_right(old, at, key=lambda span: span.start)
    for span in old[:first]:
        start, end, kind, id_ = span
        grows = end == at and start < end and side == "before" and kind not in _FIXED
        out.append(Span(start, end + size, kind, id_) if end > at or grows else span)
    order.extend(range(first))
    for k in range(first, last):
        start, end, kind, id_ = old[k]
        if start == end:
            stays = side != "before"
        else:
            # Before the first word of a note is still inside the note.
            stays = in_note if kind == "note" else side == "after" and kind not in _FIXED
        if stays:
            order.append(k)
            out.append(Span(start, end + size if end > start else end, kind, id_))
        else:
            late.append(k)
    for k in late:
        start, end, kind, id_ = old[k]
        order.append(k)
        out.append(Span(start + size, end + size, kind, id_))
    order.extend(range(last, len(old)))
    out += [Span(start + size, end + size, kind, id_) for start, end, kind, id_ in old[last:]]
    if not late or order[first:last] == list(range(first, last)):
        return tuple(out), document.extents, list(range(len(old)))
    places = [0] * len(old)
    extents = array("q")
    for place, k in enumerate(order):
        places[k] = place
        extents.extend(document.extent(k))
    return tuple(out), extents, places


def _supplied(origin: Origin, at: int, size: int) -> Origin:
    """The map with `size` characters at `at` that the source does not have."""
    place = origin.source_span(at - 1, at)[1] if at else origin.to_source(0)
    k = bisect_left(origin.at, at)
    begins = origin.at[:k]
    starts, ends = origin.start[:k], origin.end[:k]
    rest = array("q", (begin + size for begin in origin.at[k:]))
    inside = k > 0 and (origin.at[k] if k < len(origin.at) else origin.length) > at
    if not at and len(origin.at):
        place = origin.start[0]
    begins.append(at)
    starts.append(place)
    if inside:
        # In the middle of a copied segment: what follows is a segment of its own.
        begins.append(at + size)
        starts.append(place)
        end = ends.pop()
        ends.extend((place, place, end) if origin.end[k - 1] > origin.start[k - 1] else (end,) * 3)
    else:
        ends.append(place)
    begins.extend(rest)
    starts.extend(origin.start[k:])
    ends.extend(origin.end[k:])
    return Origin(begins, starts, ends, origin.length + size)


def _blocks(blocks: Sequence[Block], at: int, size: int, leaf: Leaf) -> Iterable[Block]:
    for k, block in enumerate(blocks):
        start, end = block.start, block.end
        mine = k == leaf.block
        if end < at or (end == at and not mine and (start < at or k < leaf.block)):
            yield block
            continue
        if not mine and (start > at or (start == at and not (end > at and k < leaf.block))):
            first, last = start + size, end + size
        else:
            first, last = start, end + size
        cells = block.cells
        if cells:
            cells = tuple(
                tuple(_cell(cell, at, size, mine, (r, c), leaf.cell) for c, cell in enumerate(row))
                for r, row in enumerate(cells)
            )
        yield block._replace(start=first, end=last, cells=cells)


def _cell(
    cell: tuple[int, int],
    at: int,
    size: int,
    mine: bool,
    here: tuple[int, int],
    wanted: tuple[int, int] | None,
) -> tuple[int, int]:
    start, end = cell
    if mine and here == wanted:
        return start, end + size
    if start < at < end:
        return start, end + size
    after = start >= at and not (start == end == at and mine and wanted and here < wanted)
    return (start + size, end + size) if after else cell


def _pages(pages: Sequence[Page], at: int, size: int, before: bool) -> Iterable[Page]:
    for k, page in enumerate(pages):
        start, end = page.start, page.end
        if start > at or (start == at and before and k):
            start += size
        if end > at or (end == at and (before or k == len(pages) - 1)):
            end += size
        yield page._replace(start=start, end=end)


def _note(note: Note, block: Block, at: int, size: int, moved: Callable[[int], int]) -> Note:
    start, end = note.start, note.end
    if start is not None and end is not None:
        if block.kind == "note" and (start, end) == (block.start, block.end):
            end += size
        else:
            end = moved(end) if end > at or start >= at else end
            start = moved(start)
    return note._replace(at=None if note.at is None else moved(note.at), start=start, end=end)


# -- spans over what is there -----------------------------------------------------------------


def covered(
    document: Document, ranges: Sequence[tuple[int, int, str]], id_: str
) -> tuple[Document, tuple[int, ...]]:
    """The document with a span (start, end, kind) over each of these ranges, and their indices.

    A span that begins where another does stands inside it if that one is as long, else outside.
    """
    old = document.spans
    fresh = []
    for start, end, kind in ranges:
        k = bisect_left(old, start, key=lambda span: span.start)
        while k < len(old) and old[k].start == start and (old[k].end >= end or old[k].end == start):
            k += 1
        fresh.append((k, Span(start, end, kind, id_)))
    out: list[Span] = []
    extents = array("q")
    mine = []
    at = 0
    for k, span in fresh:
        out += old[at:k]
        extents += document.extents[2 * at : 2 * k]
        mine.append(len(out))
        out.append(span)
        extents.extend(document.origin.source_span(span.start, span.end))
        at = k
    out += old[at:]
    extents += document.extents[2 * at :]
    cuts = [k for k, _ in fresh]
    acts = tuple(
        act._replace(parts=tuple(k + bisect_right(cuts, k) for k in act.parts))
        for act in document.acts
    )
    made = replace(document, spans=tuple(out), extents=extents, acts=acts, edited=True)
    return made, tuple(mine)


def narrow(document: Document, spans: Mapping[int, Span]) -> Document:
    """The document with these spans, by index, in the place of wider ones."""
    rows = [(spans.get(k, span), k) for k, span in enumerate(document.spans)]
    rows.sort(key=lambda row: row[0].start)
    places = [0] * len(rows)
    extents = array("q")
    for place, (_, k) in enumerate(rows):
        places[k] = place
        extents.extend(document.extent(k))
    acts = [
        act._replace(parts=tuple(sorted(places[k] for k in act.parts))) for act in document.acts
    ]
    acts.sort(key=lambda act: act.parts[0])
    return replace(
        document, spans=tuple(span for span, _ in rows), extents=extents, acts=tuple(acts)
    )


def with_act(document: Document, act: Act) -> Document:
    """The document with one more act: in its place, and within what it stands in."""
    spans = document.spans
    first, last = spans[act.parts[0]], spans[act.parts[-1]]
    around: str | None = None
    for k, span in enumerate(spans):
        if span.start > first.start or k == act.parts[0]:
            break
        if span.kind in (DELETION, ADDITION) and span.end >= last.end and span.start < span.end:
            around = span.id
    inside = {
        span.id
        for span in spans
        if span.id != act.id
        and span.kind in (DELETION, ADDITION)
        and first.start <= span.start
        and span.end <= last.end
    }
    starts = [spans[k].start for k in act.parts]

    def in_one(k: int) -> bool:
        """Whether a span stands in one of the act's parts."""
        part = bisect_right(starts, spans[k].start) - 1
        return part >= 0 and spans[k].end <= spans[act.parts[part]].end

    acts = []
    for other in document.acts:
        if other.id in inside and other.within == around and all(map(in_one, other.parts)):
            acts.append(other._replace(within=act.id))
        else:
            acts.append(other)
    place = bisect_left(acts, act.parts[0], key=lambda other: other.parts[0])
    acts.insert(place, act._replace(within=around))
    number = int(act.id[1:]) if act.id[1:].isdecimal() else document.made
    return replace(document, acts=tuple(acts), made=max(document.made, number))
