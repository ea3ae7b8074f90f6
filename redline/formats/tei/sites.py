"""Where in a file words and marks may go, between which tags, and what a tag says of an act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redline.formats.tei.escape import xml_name
from redline.formats.tei.names import NO_WORDS
from redline.formats.tei.read.scan import TOKEN
from redline.model import Act
from redline.spans import Span

__all__ = ["Piece", "agrees", "cut", "gaps", "retagged"]


class Piece(NamedTuple):
    """A stretch of the file that a new mark is around: text offsets and places."""

    start: int
    end: int
    first: int
    last: int


def gaps(raw: str, block: tuple[int, int], before: int, after: int) -> Iterator[int]:
    """Places between the tags from one character to the next, in elements of the block's
    element (or it itself) that take words."""
    around: list[str] = []
    bare = raw[block[0]] != "<"  # words that stand in no element of a block

    def takes(place: int) -> bool:
        if bare or not around:
            return bare
        return around[-1] not in NO_WORDS and block[0] < place < block[1]

    begun = False
    for match in TOKEN.finditer(raw, block[0], after):
        if not begun and match.start() >= before:
            begun = True
            if takes(before):
                yield before
        if match[2] and match[1]:
            del around[-1:]
        elif match[2] and not match[4]:
            around.append(match[2].rpartition(":")[2])
        if begun and takes(match.end()):
            yield match.end()
    if not begun and before <= after and takes(before):
        yield before


def _cuts(raw: str, first: int, last: int) -> list[tuple[int, int]]:
    """The tags of [first, last) whose other tag is outside, and those of elements that stand
    in such an element where no mark may stand."""
    open_: list[re.Match[str]] = []
    whole: list[tuple[re.Match[str], re.Match[str]]] = []  # at the outermost level
    out: list[tuple[int, int]] = []
    #: and the place of the element around them
    inside: list[tuple[int, re.Match[str], re.Match[str]]] = []
    for match in TOKEN.finditer(raw, first, last):
        if match[2] is None or match[4]:
            continue
        if not match[1]:
            open_.append(match)
        elif open_:
            begun = open_.pop()
            if open_:
                inside.append((open_[-1].start(), begun, match))
            else:
                whole.append((begun, match))
        else:
            out.append(match.span())
            if match[2].rpartition(":")[2] in NO_WORDS:
                out += [tag.span() for pair in whole for tag in pair]
            whole = []
    out += [match.span() for match in open_]
    closed = {match.start() for match in open_ if match[2].rpartition(":")[2] in NO_WORDS}
    out += [tag.span() for around, *pair in inside if around in closed for tag in pair]
    return sorted(out)


def cut(raw: str, found: Sequence[Piece]) -> Iterator[Piece]:
    """The stretches, those beside each other as one, cut where an element begins or ends that is
    not whole in them."""
    first, last = found[0].first, found[-1].last
    edges = _cuts(raw, first, last)
    begin = first
    run: list[Piece] = []
    n = 0
    for piece in found:
        while n < len(edges) and edges[n][0] < piece.first:
            if run:
                yield Piece(run[0].start, run[-1].end, begin, edges[n][0])
                run = []
            begin = edges[n][1]
            n += 1
        run.append(piece)
    yield Piece(run[0].start, run[-1].end, begin, last)


def agrees(span: Span, extent: tuple[int, int], start: int, end: int, place: int) -> bool:
    """Whether a place of the file is on the side of an element on which the text stands."""
    first, last = extent
    if span.start == span.end:
        return place >= last if span.start <= start else place <= first
    if span.start <= start and end <= span.end:
        return first < place < last
    return place <= first if span.start >= end else place >= last


def retagged(match: re.Match[str], act: Act, old: Act, *, inherits: bool) -> str:
    """The tag of an act that was `old` and is another now in stage, hand or certainty.

    `inherits`: by saying nothing it would get the stage of what it stands in.
    """
    attributes = match[3]
    if act.stage != old.stage or inherits:
        for name in ("change", "seq", "instant"):
            attributes = _without(attributes, name)
        attributes += f' change="#{xml_name(act.stage)}"'
    if act.hand != old.hand:
        attributes = _without(attributes, "hand")
        if act.hand is not None:
            attributes += f' hand="#{xml_name(act.hand)}"'
    if act.cert != old.cert:
        attributes = f'{_without(attributes, "cert")} cert="{act.cert}"'
    return f"<{match[2]}{attributes}{match[4] or ''}>"


def _without(attributes: str, name: str) -> str:
    return re.sub(rf"\s{name}\s*=\s*(?:\"[^\"]*\"|'[^']*')", "", attributes)
