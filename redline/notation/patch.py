"""A source without the marks that were decided on; everything else verbatim.

What goes: the marks; the words that were dropped, with the white space that went with them;
and, where something goes, white space that no reading has. What would newly read as a mark
where two ends meet is escaped.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple

from redline.edit import settle
from redline.model import Block, Document
from redline.notation.render import render_blocks
from redline.notation.suffix import closer_length
from redline.source import LINE_END
from redline.spans import DELETION
from redline.tokens import scan

__all__ = ["assembled", "edited_blocks", "merged", "patch", "without"]

Range = tuple[int, int]
#: A source range and what to write in its place.
_Edit = tuple[int, int, str]

#: Characters that a backslash before them makes plain text.
_ESCAPABLE = frozenset("~^{}<>\\*[]_`#|$")
#: Apparatus stays on the page whatever becomes of the words around it.
_APPARATUS = frozenset({"furniture", "pagemark", "note"})
_OPENER = 2
_BLANKS = re.compile(r"\s+")
#: What is left of a line whose words are gone: its bullet, or the sign of a heading.
_BARE = re.compile(r"[ \t]*(?:(?:[-*+•>]|#{1,6})[ \t]*)?")
_REST = re.compile(r"[ \t]*(?:\r\n|[\n\r\f]|\Z)")
_EMPTY_BEFORE = re.compile(r"(?:\r\n|[\n\r\f])[ \t]*(?:\r\n|[\n\r\f])\Z")


class _Mark(NamedTuple):
    """A revision's part in the source: its range, the length of its closer, what it becomes."""

    first: int
    last: int
    closer: int
    stays: bool  # with its delimiters
    drops: bool  # its words


def patch(document: Document, anew: Container[str] = ()) -> str:
    """The source of a native document without the marks of its decided revisions.

    Blocks whose ids are in `anew` are written anew, each on one line.
    """
    settled = settle(document)
    marks = list(_marks(document, settled))
    lasting = merged(_apparatus(document))
    gone = _closed(document, settled, merged(_going(marks, lasting)), lasting)
    gone = without(gone, [(first, last) for _, _, first, last in settled.origin.segments()])
    gone = merged([*gone, *_empty_lines(document, settled, lasting)])
    blocks = list(_anew(document, settled, anew))
    holes = [(first, last) for first, last, _ in blocks]
    edits = [(first, last, "") for first, last in without(gone, holes)]
    edits += [each for each in _supplied(document, marks) if not _inside(each[0], holes)]
    edits += blocks
    return assembled(document.source.text, sorted(edits))


def edited_blocks(document: Document) -> list[Block]:
    """The blocks that hold a part of a decided revision."""
    places = sorted(
        document.spans[k].start
        for act in document.acts
        if act.id in document.decisions
        for k in act.parts
    )
    return [
        block
        for block in document.blocks
        if bisect_left(places, block.start) < bisect_right(places, block.end)
    ]


def _anew(document: Document, settled: Document, ids: Container[str]) -> Iterator[_Edit]:
    """Blocks written anew."""
    left = {block.id: block for block in settled.blocks}
    blocks = []
    at = 0
    for block in edited_blocks(document):
        if block.id in ids and block.id in left and block.span[0] >= at:
            blocks.append(block)
            at = block.span[1]
    lines = render_blocks(settled, [left[block.id] for block in blocks])
    for block, line in zip(blocks, lines, strict=True):
        yield *block.span, line


def _marks(document: Document, settled: Document) -> Iterator[_Mark]:
    left = {}
    source = document.source.text
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
            yield _Mark(first, last, closer_length(source, first, last), stays, drops)


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


def _going(marks: list[_Mark], lasting: list[Range]) -> Iterator[Range]:
    """Delimiters, and what stands between those of dropped words."""
    delimiters: list[Range] = []
    for mark in marks:
        pair = ((mark.first, mark.first + _OPENER), (mark.last - mark.closer, mark.last))
        if mark.stays:
            delimiters += pair
        else:
            yield from pair
    protected = merged([*delimiters, *lasting])
    yield from without(merged((m.first, m.last) for m in marks if m.drops), protected)


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
        begin = first - document.source.position(first)[1] + 1
        bare = _BARE.match(source, begin, first)
        rest = _REST.match(source, last)
        if bare and bare.end() == first and rest:
            end = rest.end()
            following = _REST.match(source, end)
            if following and (
                begin == 0 or _EMPTY_BEFORE.search(source, max(0, begin - 99), begin)
            ):
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
    for first, _ in gone:
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
    return merged(out)


def _supplied(document: Document, marks: list[_Mark]) -> Iterator[_Edit]:
    """Spaces that were supplied at the edges of additions that are plain text now."""
    edges = set()
    for mark in marks:
        if not mark.stays and not mark.drops:
            edges |= {mark.first + _OPENER, mark.last - mark.closer}
    for k, (start, end, kind, _) in enumerate(document.spans):
        at = document.extent(k)[0]
        if kind == "supplied" and at in edges:
            yield at, at, document.text[start:end]


def _inside(offset: int, ranges: list[Range]) -> bool:
    k = bisect_right(ranges, (offset, offset)) - 1
    return k >= 0 and offset < ranges[k][1]


def merged(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order; those that touch are one."""
    out: list[Range] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1]:
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        elif first < last:
            out.append((first, last))
    return out


def without(ranges: list[Range], holes: list[Range]) -> list[Range]:
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


def assembled(source: str, edits: list[_Edit], *, guard: bool = True) -> str:
    """The source with these ranges replaced; with `guard`, nothing at a seam becomes a mark."""
    out: list[str] = []
    seams: list[int] = []
    at = length = 0
    for first, last, inserted in [*edits, (len(source), len(source), "")]:
        piece = source[at:first]
        if seams:
            piece = _unhyphenated(out, piece)
        out += (piece, inserted)
        length += len(piece) + len(inserted)
        seams.append(length)
        at = max(at, last)
    text = "".join(out)
    return _escaped(text, seams[:-1]) if guard else text


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
