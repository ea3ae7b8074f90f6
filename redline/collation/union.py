"""Two texts as one document: its draft is the first, its final the second, to the character.

The union text has what both have once, what only the first has struck, what only the second
has inserted. It is cut into blocks at empty lines, but only where both readings survive that:
a reading puts one empty line between two blocks, and drops a block that it has no text of. A
block whose white space at an edge is text has the role ``verbatim``.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from redline.collation.variants import Variant
from redline.model import Act, Block, Document, Page, Stage
from redline.origin import Origin
from redline.reading import SEPARATOR, VERBATIM
from redline.source import Source
from redline.spans import ADDITION, DELETION, Span

__all__ = ["act_ids", "union_document"]

#: An empty line that may part two blocks: text comes before and after it.
_BREAK = re.compile(r"(?<=[^\n])\n\n(?=.)", re.S)
_GAP = len(SEPARATOR)
_WHITE = frozenset(" \t\n\r\f")
_SAME = ""


class _Leaf(NamedTuple):
    """A block to be, or what stands between two: its range in the union text and either text."""

    start: int
    end: int
    a_start: int
    a_end: int
    b_start: int
    b_end: int


class _Piece(NamedTuple):
    """A stretch of the union text: of one variant on one side, or of both texts (-1)."""

    kind: str
    variant: int
    start: int
    end: int
    a: int
    b: int


def act_ids(variants: Sequence[Variant]) -> list[str]:
    """The id of the act that each variant is, or is half of."""
    ids: list[str] = []
    for n, variant in enumerate(variants):
        other = variant.partner
        ids.append(ids[other] if other is not None and other < n else f"r{n + 1}")
    return ids


def union_document(
    a: str,
    b: str,
    variants: Sequence[Variant],
    names: tuple[str, str],
    kinds: Mapping[int, Block] | None = None,
) -> Document:
    """The document of a comparison. `kinds` are the blocks of the second text by where they
    begin in it: what is a heading there is one here."""
    pieces = list(_pieces(a, b, variants))
    text = "".join(
        b[p.b : p.b + p.end - p.start] if p.kind == ADDITION else a[p.a : p.a + p.end - p.start]
        for p in pieces
    )
    leaves = _leaves(a, b, pieces, len(text))
    spans, acts = _acts(variants, pieces, leaves)
    extents = array("q")
    for span in spans:
        extents.extend(span[:2])
    return Document(
        source=Source(text, f"{names[0]} against {names[1]}"),
        text=text,
        origin=Origin.identity(len(text)),
        spans=spans,
        extents=extents,
        acts=acts,
        blocks=tuple(_blocks(a, b, leaves, kinds or {})),
        pages=(Page(1, None, (0, len(text)), "high", ("start",), 0, len(text)),),
        stages=(Stage("draft", names[0]), Stage("revision", names[1])),
        format="comparison",
    )


# -- the union text -----------------------------------------------------------------------------


def _pieces(a: str, b: str, variants: Sequence[Variant]) -> Iterator[_Piece]:
    """The union text in order. Variants of several blocks on both sides go block by block."""
    at = i = j = 0

    def piece(kind: str, n: int, size: int) -> _Piece:
        nonlocal at, i, j
        made = _Piece(kind, n, at, at + size, i, j)
        at += size
        i += size if kind != ADDITION else 0
        j += size if kind != DELETION else 0
        return made

    for n, variant in enumerate(variants):
        (first, last), (begin, end) = variant.a, variant.b
        if first > i:
            yield piece(_SAME, -1, first - i)
        if last > first and end > begin:
            ours = [m.start() for m in _BREAK.finditer(a, first, last)]
            theirs = [m.start() for m in _BREAK.finditer(b, begin, end)]
            for one, other in zip(ours, theirs, strict=False):
                if one > i:
                    yield piece(DELETION, n, one - i)
                if other > j:
                    yield piece(ADDITION, n, other - j)
                yield piece(_SAME, -1, _GAP)
        if last > i:
            yield piece(DELETION, n, last - i)
        if end > j:
            yield piece(ADDITION, n, end - j)
    if i < len(a):
        yield piece(_SAME, -1, len(a) - i)


def _breaks(a: str, b: str, pieces: Sequence[_Piece]) -> Iterator[_Leaf]:
    """The empty lines where blocks may be parted: those that stand whole in one piece."""
    ours = [m.start() for m in _BREAK.finditer(a)]
    theirs = [m.start() for m in _BREAK.finditer(b)]
    both = set(theirs)
    for kind, _, start, end, i, j in pieces:
        found, first = (theirs, j) if kind == ADDITION else (ours, i)
        for k in range(bisect_left(found, first), len(found)):
            into = found[k] - first
            if into + _GAP > end - start:
                break
            if kind == _SAME and j + into not in both:
                continue
            of_a, of_b = kind != ADDITION, kind != DELETION
            place, one, other = start + into, i + of_a * into, j + of_b * into
            yield _Leaf(place, place + _GAP, one, one + of_a * _GAP, other, other + of_b * _GAP)


def _leaves(a: str, b: str, pieces: Sequence[_Piece], length: int) -> list[_Leaf]:
    """The blocks, such that both readings come out right.

    Of one text two neighbours that both have some of it must have one empty line of it
    between them, and nothing else; those that have not are one block.
    """
    made: list[_Leaf] = []
    held: tuple[list[int], list[int]] = ([], [])  # the blocks that have text of a, of b

    def add(leaf: _Leaf) -> None:
        while True:
            into = len(made)
            for side in (0, 1):
                begin, end = leaf[2 + 2 * side : 4 + 2 * side]
                if end > begin and held[side]:
                    before = held[side][-1]
                    if begin - made[before][3 + 2 * side] != _GAP:
                        into = min(into, before)
            if into == len(made):
                break
            first = made[into]
            leaf = _Leaf(first[0], leaf[1], first[2], leaf[3], first[4], leaf[5])
            del made[into:]
            for side in (0, 1):
                while held[side] and held[side][-1] >= into:
                    held[side].pop()
        for side in (0, 1):
            if leaf[3 + 2 * side] > leaf[2 + 2 * side]:
                held[side].append(len(made))
        made.append(leaf)

    at = i = j = 0
    for gap in _breaks(a, b, pieces):
        add(_Leaf(at, gap.start, i, gap.a_start, j, gap.b_start))
        at, i, j = gap.end, gap.a_end, gap.b_end
    add(_Leaf(at, length, i, len(a), j, len(b)))
    return [leaf for leaf in made if leaf.end > leaf.start]


def _blocks(a: str, b: str, leaves: Sequence[_Leaf], kinds: Mapping[int, Block]) -> Iterator[Block]:
    for n, leaf in enumerate(leaves, 1):
        start, end, first, last, begin, stop = leaf
        verbatim = (last > first and (a[first] in _WHITE or a[last - 1] in _WHITE)) or (
            stop > begin and (b[begin] in _WHITE or b[stop - 1] in _WHITE)
        )
        like = kinds.get(begin) if stop > begin else None
        kind, number, level = (like.kind, like.n, like.level) if like else ("paragraph", None, None)
        yield Block(
            f"b{n}",
            kind,
            number,
            level,
            1,
            (start, end),
            start,
            end,
            VERBATIM if verbatim else None,
        )


# -- the acts -----------------------------------------------------------------------------------


def _acts(
    variants: Sequence[Variant], pieces: Sequence[_Piece], leaves: Sequence[_Leaf]
) -> tuple[tuple[Span, ...], tuple[Act, ...]]:
    """A span for every block that a piece stands in; the parts of one variant are one act."""
    ids = act_ids(variants)
    spans: list[Span] = []
    parts: dict[str, list[int]] = {}
    k = 0
    for kind, n, start, end, _, _ in pieces:
        if n < 0:
            continue
        while k < len(leaves) and leaves[k].end <= start:
            k += 1
        at = k
        while at < len(leaves) and leaves[at].start < end:
            parts.setdefault(ids[n], []).append(len(spans))
            first, last = max(start, leaves[at].start), min(end, leaves[at].end)
            spans.append(Span(first, last, kind, ids[n]))
            at += 1
    rows = dict(zip(reversed(ids), reversed(variants), strict=True))
    acts = []
    for id_, mine in parts.items():
        variant = rows[id_]
        found = {spans[p].kind for p in mine}
        kind = (
            "substitution" if len(found) == 2 else "deletion" if DELETION in found else "addition"
        )
        if variant.kind == "transposition" and len(found) == 2:
            kind = "transposition"
        acts.append(Act(id_, kind, tuple(mine), _said(variant)))
    return tuple(spans), tuple(acts)


def _said(variant: Variant) -> str:
    """What a variant is, in a word: the class of an accidental, a kind of its own, or its class."""
    if variant.kind in ("transposition", "split", "join"):
        return variant.kind
    return variant.accidental or variant.class_
