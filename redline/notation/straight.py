"""The commonest blocks read straight through: marks that nest properly and touch no word.

Most blocks hold nothing but text, line breaks, strikes and insertions, one beside or inside
the other. Those are read here by plain descent and built at once. At the first thing that
needs thought (marks that cross, glued or doubtful carets, notes, emphasis, anything there is
to report) the block is given up, with nothing of it kept, and `pairing`, `weave` and `build`
read it; a property test holds that both ways give the same document.
"""

from __future__ import annotations

from collections.abc import Sequence

from redline.model import Act
from redline.notation.build import FOLDED, Builder
from redline.notation.clusters import (
    DOUBTFUL,
    ROW_ADDITION,
    ROW_DELETION,
    GivenUp,
    Reader,
    Writer,
    new,
)
from redline.notation.pairing import Finding
from redline.notation.places import SHORT_WORDS, SPACES
from redline.notation.settle import CLOSERS, OPENERS
from redline.spans import ADDITION, DELETION, Span
from redline.tokens import Token

__all__ = ["read_straight"]

_STOPS = frozenset(".,;:!?")
_ENDS = frozenset(".!?")
#: What may not stand beside or at the edges of a cluster that is done in place.
_UNPLAIN = DOUBTFUL | OPENERS | {"", " ", "\t", "\r", "\n", "\f"}
_NO_EDGE = CLOSERS | OPENERS | frozenset(" \t\r\n\f\v\u00a0\u3000")
_TAIL = Act("", "", (), "")[4:]


def read_straight(
    builder: Builder,
    tokens: Sequence[Token],
    which: range,
    bounds: tuple[int, int],
    numbered: int,
) -> tuple[list[Act], list[Finding]] | None:
    """Build source[bounds] if it is simple; its acts and findings, or None, nothing changed.

    `which` are the indices of its tokens, `numbered` the revisions of the document so far.
    """
    reader = Reader(builder.source, tokens, which.stop)
    acts: list[Act] = []
    writer = Writer(builder, acts, numbered)
    undo = len(builder.segments), len(builder.spans), builder.length
    try:
        _read(reader, writer, which.start, *bounds)
    except GivenUp:
        segments, spans, builder.length = undo
        del builder.segments[segments:]
        del builder.spans[spans:]
        del builder.extents[2 * spans :]
        return None
    return acts, reader.findings


def _read(reader: Reader, writer: Writer, i: int, begin: int, end: int) -> None:
    """Read and build from token i and source offset `begin` to the end of the block.

    The two commonest clusters, one mark in words and a mark of each kind in words, are done
    in place: this loop is where the time of reading goes.
    """
    text, tokens, stop = reader.text, reader.tokens, reader.stop
    builder, acts = writer.builder, writer.acts
    segments, spans, extents = builder.segments, builder.spans, builder.extents
    # What is read and not yet built begins at `done`. Line breaks of one character stay in it
    # (`how` says so, `cut` is after the last of them): they are one space without a segment.
    done = cut = begin
    how: str | None = None
    while i < stop:
        start, after, kind = tokens[i]
        j = i
        broken = kind == "break"
        if broken:
            first = start
            while text[first - 1] in SPACES:
                first -= 1
            if first > cut and text[first - 1] != "-":
                if i + 1 == stop or tokens[i + 1][0] != after:
                    if after - first == 1 and text[first] == "\n":
                        size = builder.length + after - done
                        cut = after
                        how = FOLDED
                    else:
                        segments.append((done, first, how))
                        segments.append((first, after, " "))
                        builder.length = size = builder.length + first - done + 1
                        done = cut = after
                        how = None
                    spans.append(new(Span, (size, size, "lb", "")))
                    extents.extend((first, after))
                    i += 1
                    continue
                j += 1
                start, after, kind = tokens[j]
        else:
            first = start - 1 if text[start - 1] == " " else cut
        if first > cut and j + 1 < stop and text[first - 1] not in _UNPLAIN:
            left = text[first - 1]
            last, beyond, its_kind = tokens[j + 1]
            mark = _kind(text, start, after, kind, last, beyond, its_kind)
            if mark and (
                mark == DELETION
                or (not text[after].isdecimal() and text[start - 3 : start - 1] != "~~")
            ):
                right, at, k, tail = _look_on(text, tokens, j + 2, stop, beyond, end)
                follow = tokens[k][0] if k < stop else end
                if right in _UNPLAIN:
                    pass
                elif follow > at and (at > beyond or right in CLOSERS):
                    if mark == ADDITION or _goes_quietly(text, after, left, right, at):
                        size = builder.length + first - done
                        index = len(spans)
                        # White space goes inside by where the span begins.
                        builder.length = size + (1 if broken else start - first) + last - after
                        id_ = f"r{writer.numbered + len(acts) + 1}"
                        spans.append(new(Span, (size, builder.length, mark, id_)))
                        extents.extend((start, beyond))
                        if broken:
                            segments.append((done, first, how))
                            segments.append((first, start, " "))
                            spans.append(new(Span, (size + 1, size + 1, "lb", "")))
                            extents.extend((first, start))
                        else:
                            segments.append((done, start, how))
                        segments.append((after, last, None))
                        name, rule = ROW_DELETION if mark == DELETION else ROW_ADDITION
                        acts.append(new(Act, (id_, name, (index,), rule, *_TAIL)))
                        done = beyond
                        if tail:
                            builder.white((beyond, at, True))
                            done = at
                        cut, how = done, None
                        i = k
                        continue
                elif follow == at > beyond and k + 1 < stop:
                    start2, after2, kind2 = tokens[k]
                    last2, beyond2, its_kind2 = tokens[k + 1]
                    mark2 = _kind(text, start2, after2, kind2, last2, beyond2, its_kind2)
                    if mark2 and mark2 != mark:
                        right, at, k, tail = _look_on(text, tokens, k + 2, stop, beyond2, end)
                        follow = tokens[k][0] if k < stop else end
                        added = (after, last) if mark == ADDITION else (after2, last2)
                        struck = after2 if mark == ADDITION else after
                        if (
                            follow > at
                            and right not in _UNPLAIN
                            and (at > beyond2 or right in CLOSERS)
                            and not (right in _STOPS and text[added[1] - 1] in _STOPS)
                            and not (
                                left in _ENDS
                                and text[added[0]].islower()
                                and text[struck].isupper()
                            )
                        ):
                            if broken:
                                segments.append((done, first, how))
                                builder.length += first - done
                                builder.white((first, start, True))
                                size = builder.length
                            else:
                                segments.append((done, start, how))
                                size = builder.length + start - done
                            segments.append((after, last, None))
                            segments.append((after2, last2, None))
                            middle = size + last - after
                            builder.length = middle + last2 - after2
                            id_ = f"r{writer.numbered + len(acts) + 1}"
                            index = len(spans)
                            spans.append(new(Span, (size, middle, mark, id_)))
                            spans.append(new(Span, (middle, builder.length, mark2, id_)))
                            extents.extend((start, beyond, start2, beyond2))
                            row = (id_, "substitution", (index, index + 1), "R12", *_TAIL)
                            acts.append(new(Act, row))
                            done = beyond2
                            if tail:
                                builder.white((beyond2, at, True))
                                done = at
                            cut, how = done, None
                            i = k
                            continue
        if how:
            segments.append((done, cut, how))
            builder.length += cut - done
            done, how = cut, None
        item, i, done = reader.item(i, done, begin, end, "", 0, segments, builder)
        if item is not None:
            writer.cluster(item, None)
        cut = done
    if end > done:
        segments.append((done, end, how))
        builder.length += end - done


def _look_on(
    text: str, tokens: Sequence[Token], k: int, stop: int, beyond: int, end: int
) -> tuple[str, int, int, bool]:
    """What follows a mark that ends at `beyond`: the next character that is no white space
    ("" at the end), its offset, the next token, and whether a line break came between."""
    if beyond >= end:
        return "", beyond, k, False
    right, at = text[beyond], beyond
    if right == " ":
        at += 1
    tail = False
    if k < stop and tokens[k][0] == at and tokens[k][2] == "break":
        tail = True
        at = tokens[k][1]
        k += 1
    return (text[at] if at < end else ""), at, k, tail


def _kind(
    text: str, start: int, after: int, kind: str, last: int, beyond: int, its_kind: str
) -> str:
    """The kind of the mark these two tokens make with nothing but words between, or ""."""
    if kind == "tilde":
        if its_kind != "tilde" or after - start != 2 or beyond - last != 2:
            return ""
        mark = DELETION
    elif kind == "open":
        if its_kind != ("close" if text[after - 1] == "{" else "angle"):
            return ""
        mark = ADDITION
    else:
        return ""
    first, final = text[after], text[last - 1]
    if last == after or first in _NO_EDGE or final in _NO_EDGE:
        return ""
    return mark


def _goes_quietly(text: str, after: int, left: str, right: str, at: int) -> bool:
    """Whether a deletion alone leaves nothing to say (R6, R24)."""
    if right in _STOPS:
        return left not in _STOPS
    if right.islower():
        if left in _ENDS and text[after].isupper():
            return False
        if not text[at + 2 : at + 3].isalnum():
            word = text[at : at + 2]
            return word in SHORT_WORDS or not word.isalpha()
    return True
