"""Ends of paragraphs that only one reading has.

In the model such an end is two line ends inside a block, struck or added like any other text. No
notation of one block a paragraph can say that: there the end stands in both readings.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from redline.model import Act, Block, Document
from redline.spans import ADDITION, DELETION, Span

__all__ = ["parted"]

_END = re.compile(r"\n\n+")
_Range = tuple[int, int]


def parted(document: Document) -> Document:
    """The document with a block for every paragraph of it, and no mark over the end of one.

    A mark over several paragraphs has a part in each; an act that was the end of a paragraph, and
    nothing else, is none any more. What an editor decided is settled first.
    """
    if not any(_ends(document, block) for block in document.blocks):
        return document
    if document.decisions:
        document = document.settle()
    ends: list[_Range] = []
    blocks: list[Block] = []
    for block in document.blocks:
        inside = _ends(document, block)
        blocks += _pieces(block, inside)
        ends += inside
    ends.sort()
    numbered = tuple(block._replace(id=f"b{n}") for n, block in enumerate(blocks, 1))
    return replace(_cut(document, ends), blocks=numbered)


def _ends(document: Document, block: Block) -> list[_Range]:
    """The ends of paragraphs inside a block."""
    if block.cells or block.kind in ("code", "note"):
        return []
    return [match.span() for match in _END.finditer(document.text, block.start, block.end)]


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


def _kind_of(act: Act, spans: list[Span]) -> Act:
    if act.kind not in ("deletion", "addition", "substitution"):
        return act
    kinds = {spans[k].kind for k in act.parts}
    kind = "deletion" if ADDITION not in kinds else "addition"
    return act._replace(kind="substitution" if len(kinds) > 1 else kind)
