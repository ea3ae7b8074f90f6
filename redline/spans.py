"""Spans over one text, and the three walks over their edges that serve every writer.

A `Span` is (start, end, kind, id), half-open code points. A table of spans is sorted by
start; its order is their *rank*: of spans that begin at one place the earlier is the outer
one. Zero-width spans (`POINTS`) stand before the character at their offset.

- `visible` gives what a reading shows: the text less every hidden or struck range;
- `runs` cuts the text at every edge, for flat formats (terminal, word processor);
- `nest` opens and closes, properly nested, for tree formats; a span that crosses another
  is cut into fragments there, and nowhere else.

Plain tuples in and out: nothing here knows what a kind means beyond the tables below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

__all__ = [
    "ADDITION",
    "DELETION",
    "HIDDEN",
    "MAX_DEPTH",
    "POINTS",
    "UNDONE",
    "Fragment",
    "Run",
    "Span",
    "carried",
    "nest",
    "runs",
    "visible",
]

DELETION = "del"
ADDITION = "add"
#: Kinds whose text is on the page and in no reading.
HIDDEN = frozenset(
    {"furniture", "note", "noteref", "pagemark", "softhyphen", "layout", "space", "undone-add"}
)
#: Acts that were cancelled again, so that neither the draft nor the final reading shows them.
#: The id says the stages between which they were in force: ``first second``.
UNDONE = {"undone-del": DELETION, "undone-add": ADDITION}
#: Zero-width kinds: page and line breaks (R25: "-no" inside a word, "-maybe" undecided).
POINTS = frozenset({"pb", "pb-no", "pb-maybe", "lb", "lb-no", "lb-maybe"})
#: Marks nested deeper than this stay text: an unbounded live set makes sweeps quadratic.
MAX_DEPTH = 64


class Span(NamedTuple):
    """A range of the text: half-open code points, what it is, and whose it is."""

    start: int
    end: int
    kind: str
    id: str


class Run(NamedTuple):
    """A stretch of text under one set of spans, outermost first. Runs tile the text."""

    start: int
    end: int
    spans: tuple[Span, ...]


class Ranged(Protocol):
    """What can be nested: anything with a start and an end."""

    @property
    def start(self) -> int:
        """Where it begins."""

    @property
    def end(self) -> int:
        """Where it ends: not before it begins."""


R = TypeVar("R", bound=Ranged)


class Fragment(NamedTuple, Generic[R]):
    """A span, or the piece of one, that nests with its neighbours. `part` counts from 0."""

    start: int
    end: int
    span: R
    part: int
    last: bool


def visible(covers: Iterable[Span], start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of [start, end) that none of `covers` covers, in order.

    The caller picks the spans that hide their text. One pass: hidden ranges need no
    nesting, only the furthest end seen so far.
    """
    out: list[tuple[int, int]] = []
    at = start
    for first, last, _, _ in covers:
        if last > at:
            if first >= end:
                break
            if first > at:
                out.append((at, first))
            at = last
    if at < end:
        out.append((at, end))
    return out


def runs(spans: Sequence[Span], start: int, end: int) -> Iterator[Run]:
    """Cut [start, end) at every edge; zero-width spans give empty runs at their place."""
    live: list[Span] = []
    at = start
    for span in spans:
        first = span.start
        if first > end or (span.end < start):
            continue
        while live:
            stop = min(s.end for s in live)
            if stop > first:
                break
            if stop > at:
                yield Run(at, stop, tuple(live))
                at = stop
            live = [s for s in live if s.end > stop]
        if first > at:
            yield Run(at, first, tuple(live))
            at = first
        if span.start == span.end:
            yield Run(first, first, (*live, span))
        else:
            live.append(span)
    while live and at < end:
        stop = min(min(s.end for s in live), end)
        if stop > at:
            yield Run(at, stop, tuple(live))
            at = stop
        live = [s for s in live if s.end > stop]
    if at < end:
        yield Run(at, end, ())


def nest(spans: Sequence[R]) -> list[Fragment[R]]:
    """The spans as properly nested fragments, in the order in which they open.

    Where two cross, the one that opened earlier is cut (R18) at the other's start, and goes on
    inside it; points are never cut. Of spans with equal edges the earlier is the outer one. A
    span that ends where another begins, or where a point stands, ends before it. Linear but
    for the crossings, each bounded by `MAX_DEPTH`.
    """
    out: list[Fragment[R] | None] = []
    stack: list[tuple[int, int]] = []  # open pieces: index in out, end of the whole span
    torn_empty = False
    for span in spans:
        first, end = span.start, span.end
        while stack and stack[-1][1] <= first:
            stack.pop()
        again: list[tuple[R, int, int]] = []
        if first < end and stack and stack[-1][1] < end:
            # Every open span that ends inside this one is cut here and goes on inside it.
            keep = len(stack)
            while keep and stack[keep - 1][1] < end:
                keep -= 1
            for index, whole in stack[keep:]:
                piece = out[index]
                assert piece is not None
                if piece.start == first:
                    out[index] = None
                    torn_empty = True
                    again.append((piece.span, piece.part, whole))
                else:
                    out[index] = piece._replace(end=first, last=False)
                    again.append((piece.span, piece.part + 1, whole))
            del stack[keep:]
        out.append(Fragment(first, end, span, 0, True))
        if first < end:
            stack.append((len(out) - 1, end))
        for old, part, whole in again:
            out.append(Fragment(first, whole, old, part, True))
            stack.append((len(out) - 1, whole))
    if torn_empty:
        return [piece for piece in out if piece is not None]
    return out  # type: ignore[return-value]


def carried(spans: Sequence[Span], places: Iterable[int]) -> dict[int, tuple[Span, ...]]:
    """For every place, the spans that began before it and go on; places without any are left
    out."""
    out: dict[int, tuple[Span, ...]] = {}
    live: list[Span] = []
    at = 0
    for place in sorted(set(places)):
        while at < len(spans) and spans[at].start < place:
            live.append(spans[at])
            at += 1
        live = [span for span in live if span.end > place]
        if live:
            out[place] = tuple(live)
    return out
