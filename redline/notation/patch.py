"""A source without the marks that were decided on; everything else verbatim.

What goes: the marks; the words that were dropped, with the white space that went with them;
and, where something goes, white space that no reading has. What would newly read as a mark
where two ends meet is escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from redline.edit import settle
from redline.model import Document
from redline.notation.render import render_blocks
from redline.source import LINE_END
from redline.spans import ADDITION, DELETION
from redline.tokens import scan

__all__ = ["patch"]

Range = tuple[int, int]

#: Characters that a backslash before them makes plain text.
_ESCAPABLE = frozenset("~^{}<>\\*[]_`#|$")
#: Apparatus stays on the page whatever becomes of the words around it.
_APPARATUS = frozenset({"furniture", "pagemark", "note"})
_OPENER = 2
_CLOSERS = {DELETION: 2, ADDITION: 1}
_BLANKS = re.compile(r"\s+")
#: What is left of a line whose words are gone: its bullet, or the sign of a heading.
_BARE = re.compile(r"[ \t]*(?:(?:[-*+•>]|#{1,6})[ \t]*)?")
_REST = re.compile(r"[ \t]*(?:\r\n|[\n\r\f]|\Z)")


class _Mark(NamedTuple):
    """A revision's part in the source: its range, the length of its closer, what it becomes."""

    first: int
    last: int
    closer: int
    stays: bool  # with its delimiters
    drops: bool  # its words


def patch(document: Document, *, anew: bool = False) -> str:
    """The source of a native document without the marks of its decided revisions.

    With `anew` the blocks that such marks stand in are written anew, each on one line.
    """
    settled = settle(document)
    if anew:
        return _rewritten(document, settled)
    marks = list(_marks(document, settled))
    lasting = _merged(_apparatus(document))
    gone = _merged([*_going(document, marks, lasting), *_empty_lines(document, settled, lasting)])
    kept = [(first, last) for _, _, first, last in settled.origin.segments()]
    gone = _without(_closed(document, settled, gone, lasting), kept)
    return _assembled(document.source.text, gone, _supplied(document))


def _rewritten(document: Document, settled: Document) -> str:
    source = document.source.text
    touched = sorted(
        document.spans[k].start
        for act in document.acts
        if act.id in document.decisions
        for k in act.parts
    )
    edited = {
        block.id
        for block in document.blocks
        if bisect_left(touched, block.start) < bisect_right(touched, block.end)
    }
    left = {block.id: block for block in settled.blocks}
    pieces = {first: (last, "") for first, last in _empty_lines(document, settled, [])}
    blocks = [block for block in document.blocks if block.id in edited and block.id in left]
    lines = render_blocks(settled, [left[block.id] for block in blocks])
    pieces |= {block.span[0]: (block.span[1], line) for block, line in zip(blocks, lines, strict=True)}
    out, at = [], 0
    for first, (last, line) in sorted(pieces.items()):
        if first >= at:
            out += [source[at:first], line]
            at = last
    return "".join(out) + source[at:]


def _marks(document: Document, settled: Document) -> Iterator[_Mark]:
    left = {}
    for act in settled.acts:
        for k in act.parts:
            start, end, _, _ = settled.spans[k]
            left[settled.extent(k)] = settled.text[start:end].strip() != ""
    for act in document.acts:
        decision = document.decisions.get(act.id)
        for k in act.parts:
            kind = document.spans[k].kind
            first, last = document.extent(k)
            drops = decision == ("accepted" if kind == DELETION else "rejected")
            stays = decision is None and left.get((first, last), False)
            yield _Mark(first, last, _CLOSERS[kind], stays, drops)


def _apparatus(document: Document) -> Iterator[Range]:
    """Source ranges that stay where words around them go, with the line ends beside them."""
    source = document.source.text
    for k, span in enumerate(document.spans):
        if span.kind in _APPARATUS:
            first, last = document.extent(k)
            while first and source[first - 1].isspace():
                first -= 1
            blank = _BLANKS.match(source, last)
            yield first, blank.end() if blank else last


def _going(document: Document, marks: list[_Mark], lasting: list[Range]) -> Iterator[Range]:
    """Delimiters, and what stands between those of dropped words."""
    delimiters = []
    for mark in marks:
        pair = ((mark.first, mark.first + _OPENER), (mark.last - mark.closer, mark.last))
        if mark.stays:
            delimiters += pair
        else:
            yield from pair
    protected = _merged([*delimiters, *lasting])
    for mark in marks:
        if mark.drops:
            yield from _without([(mark.first, mark.last)], protected)


def _empty_lines(document: Document, settled: Document, lasting: list[Range]) -> Iterator[Range]:
    """The lines of blocks none of whose words are left."""
    source = document.source.text
    left = {block.id for block in settled.blocks}
    starts = [first for first, _ in lasting]
    for block in document.blocks:
        if block.id in left:
            continue
        first, last = block.span
        k = bisect_left(starts, first)
        if k < len(lasting) and lasting[k][0] < last:
            continue
        line, column = document.source.position(first)
        begin = first - column + 1
        bare = _BARE.match(source, begin, first)
        rest = _REST.match(source, last)
        if bare and bare.end() == first and rest:
            end = rest.end()
            following = _REST.match(source, end)
            if following and following.end() > end:
                end = following.end()
            yield begin, end


def _closed(
    document: Document, settled: Document, gone: list[Range], lasting: list[Range]
) -> list[Range]:
    """What goes, with white space that belongs to no reading between it and what stays."""
    source = document.source.text
    segments = list(settled.origin.segments())
    starts = [first for _, _, first, _ in segments]
    leaves = sorted(settled.leaves())
    begins = [start for start, _ in leaves]
    protected = [first for first, _ in lasting]
    own = sorted(block.span for block in document.blocks if block.kind != "note")
    owns = [first for first, _ in own]
    out = list(gone)
    done = -1
    for first, last in gone:
        k = bisect_right(starts, first)
        if k == done:
            continue
        done = k
        left = segments[k - 1] if k else None
        right = segments[k] if k < len(segments) else None
        a, b = left[3] if left else 0, right[2] if right else len(source)
        inside = False
        if left and right:
            leaf = bisect_right(begins, left[1] - 1) - 1
            inside = leaf >= 0 and leaves[leaf][0] < left[1] and right[0] < leaves[leaf][1]
        if not inside:
            # At a block's edge: what lies beyond it is its bullet, its pipes, empty lines.
            k = bisect_right(owns, first) - 1
            a, b = (max(a, own[k][0]), min(b, own[k][1])) if k >= 0 else (a, a)
        for blank in _BLANKS.finditer(source, a, b):
            j = bisect_right(protected, blank.start()) - 1
            if j >= 0 and blank.start() < lasting[j][1]:
                continue
            if inside or not LINE_END.search(blank[0]):
                out.append(blank.span())
    return _merged(out)


def _supplied(document: Document) -> dict[int, str]:
    """Spaces that were supplied at the edges of additions that are plain text now."""
    edges = set()
    for act in document.acts:
        if document.decisions.get(act.id) == "accepted":
            for k in act.parts:
                if document.spans[k].kind == ADDITION:
                    first, last = document.extent(k)
                    edges |= {first + _OPENER, last - _CLOSERS[ADDITION]}
    return {
        document.extent(k)[0]: document.text[span.start : span.end]
        for k, span in enumerate(document.spans)
        if span.kind == "supplied" and document.extent(k)[0] in edges
    }


def _merged(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order; those that touch are one."""
    out: list[Range] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        elif first < last:
            out.append((first, last))
    return out


def _without(ranges: list[Range], holes: list[Range]) -> list[Range]:
    """The ranges less the holes; both in order and apart."""
    starts = [first for first, _ in holes]
    out = []
    for first, last in ranges:
        at = first
        for k in range(max(0, bisect_right(starts, first) - 1), len(holes)):
            a, b = holes[k]
            if a >= last:
                break
            if at < a:
                out.append((at, a))
            at = max(at, b)
        if at < last:
            out.append((at, last))
    return out


def _assembled(source: str, gone: list[Range], supplied: dict[int, str]) -> str:
    out: list[str] = []
    seams: list[int] = []
    at = length = 0
    places = sorted(supplied)
    for first, last in [*gone, (len(source), len(source))]:
        piece = source[at:first]
        if seams:
            piece = _unhyphenated(out, piece)
        between = places[bisect_left(places, first) : bisect_right(places, last)]
        piece += "".join(supplied[k] for k in between)
        out.append(piece)
        length += len(piece)
        seams.append(length)
        at = last
    return _escaped("".join(out), seams[:-1])


def _unhyphenated(out: list[str], piece: str) -> str:
    """A piece after a seam: a hyphen that came to a line's end there is none (R25)."""
    blank = _BLANKS.match(piece)
    if blank is None or not LINE_END.search(blank[0]) or not blank.end() < len(piece):
        return piece
    before = next((each[-1] for each in reversed(out) if each), "")
    return " " + piece[blank.end() :] if before == "-" else piece


def _escaped(text: str, seams: list[int]) -> str:
    """The text, with a backslash where a mark came to be at a seam."""
    places: set[int] = set()
    for start, end, kind in scan(text):
        k = bisect_right(seams, start)
        if kind == "break" or k == len(seams) or seams[k] >= end:
            continue
        if text[seams[k]] in _ESCAPABLE:
            places.add(seams[k])
        elif text[start] in _ESCAPABLE:
            places.add(start)
    pieces, at = [], 0
    for place in sorted(places):
        pieces += [text[at:place], "\\"]
        at = place
    return "".join(pieces) + text[at:]
