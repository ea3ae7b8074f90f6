"""Markings that are read with the text (portion marks, the lines of a cable): a `seg` each.

In the document they are rows of a table and no spans, so that nothing in the text depends on
them. Here they become spans beside the others, for the writer alone, and only in a document that
has some.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from redline.formats.tei.names import MARKING, SEGMENTS
from redline.formats.tei.pointers import Pointers
from redline.model import Act, Document, Marking
from redline.spans import ADDITION, DELETION, HIDDEN, POINTS, Span

__all__ = ["Mark", "Marked", "regraded", "revised", "segment", "with_marks"]

_START = itemgetter(0)
_REVISED = (DELETION, ADDITION)


class Mark(NamedTuple):
    """A marking, or a piece of one: in a struck or an added part (`part` is its kind, else "")
    where the part goes on after the marking ends."""

    row: Marking
    part: str = ""


class Marked(NamedTuple):
    """A document with spans of the kind `MARKING`, and what each of them is, by its number."""

    document: Document
    marks: dict[int, Mark]


def with_marks(document: Document) -> Marked:
    """The document with its markings in the text as spans; the same one where it has none."""
    found = [row for row in document.markings if row.place == "inline" and row.kind in SEGMENTS]
    places = _places(document, found) if found else []
    if not places:
        return Marked(document, {})
    spans = document.spans
    merged: list[Span] = []
    marks: dict[int, Mark] = {}
    before: list[int] = []  # the numbers of the spans before which a mark was put in
    at = 0
    for start, end, row in places:
        pieces = _pieces(spans, start, end)
        for first, last in pieces:
            k, part = bisect_right(spans, first - 1, at, key=_START), ""
            # Points and hidden text at its edge stand before it. What it covers stands in it; a
            # piece stands in the part that it is a piece of.
            while k < len(spans) and spans[k].start == first:
                span = spans[k]
                around = span.kind in _REVISED and len(pieces) > 1 and last <= span.end
                if not (around or _stands_before(span)):
                    break
                part = span.kind if around else part
                k += 1
            merged += spans[at:k]
            marks[len(merged)] = Mark(row, part)
            merged.append(Span(first, last, MARKING, row.id))
            before.append(k)
            at = k
    merged += spans[at:]
    acts = _moved(document.acts, before)
    return Marked(replace(document, spans=tuple(merged), acts=acts), marks)


def _pieces(spans: Sequence[Span], start: int, end: int) -> list[tuple[int, int]]:
    """The marking as one, or cut at the edges of its parts where one goes on after it."""
    k = bisect_right(spans, start - 1, key=_START)
    edges = {start, end}
    crossed = False
    while k < len(spans) and spans[k].start < end:
        span = spans[k]
        if span.kind in _REVISED and span.start < span.end:
            edges |= {edge for edge in span[:2] if start < edge < end}
            crossed |= start < span.start and end < span.end
        k += 1
    return list(pairwise(sorted(edges))) if crossed else [(start, end)]


def _stands_before(span: Span) -> bool:
    return span.kind in POINTS or span.kind in HIDDEN


def _places(document: Document, found: Sequence[Marking]) -> list[tuple[int, int, Marking]]:
    """Where each mark stands in its block, without white space at its edges."""
    text = document.text
    blocks = sorted(document.leaves())
    notes = sorted((b.start, b.end) for b in document.blocks if b.kind == "note")
    places = []
    for row in found:
        start, end = row.start, row.end
        limit = _end_of(blocks, start) or _end_of(notes, start)
        end = min(end, limit)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            places.append((start, end, row))
    places.sort(key=lambda each: (each[0], -each[1]))
    return places


def _end_of(blocks: Sequence[tuple[int, int]], offset: int) -> int:
    """The end of the block in which `offset` stands; 0 for none."""
    k = bisect_right(blocks, offset, key=_START) - 1
    return blocks[k][1] if k >= 0 and blocks[k][1] > offset else 0


def _moved(acts: Sequence[Act], before: Sequence[int]) -> tuple[Act, ...]:
    """The acts, their parts numbered as they are among the marks."""
    first = before[0]
    return tuple(
        act._replace(parts=tuple(p + bisect_right(before, p) for p in act.parts))
        if act.parts and act.parts[-1] >= first
        else act
        for act in acts
    )


def segment(mark: Mark, pointers: Pointers, *, kept: bool) -> tuple[str, str]:
    """The attributes of a marking's `seg`: its `xml:id`, if something points to it; the rest.

    `kept`: an editor rejected its change, so that it says what it said before.
    """
    row = mark.row
    attributes = SEGMENTS[row.kind]
    levels = {DELETION: row.was, ADDITION: row.is_}
    now = row.was if kept else row.is_
    level = pointers.level(levels.get(mark.part) or now or row.was)
    if level:
        attributes += f' ana="{level}"'
    if row.cert != "high":
        attributes += f' cert="{row.cert}"'
    return pointers.name(row.id), attributes


def regraded(spans: Sequence[Span], k: int, mark: Mark, pointers: Pointers) -> dict[int, str]:
    """For the struck and the added level in mark k, the parts that are its own: which it was."""
    row = mark.row
    if row.was == row.is_:
        return {}
    found: dict[int, str] = {}
    inside = revised(spans, k)
    for kind, level in ((DELETION, row.was), (ADDITION, row.is_)):
        parts = [n for n in inside if spans[n].kind == kind]
        pointer = pointers.level(level)
        if len(parts) == 1 and pointer:
            found[parts[0]] = f' ana="{pointer}"'
    return found


def revised(spans: Sequence[Span], k: int) -> list[int]:
    """The struck and added parts that stand in span k."""
    end = spans[k].end
    last = bisect_right(spans, end - 1, k, key=_START)
    return [n for n in range(k + 1, last) if spans[n].kind in _REVISED and spans[n].end <= end]
