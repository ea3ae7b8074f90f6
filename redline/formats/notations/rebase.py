"""A document's places, told in the source that its text was translated from."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from typing import Any

from redline.model import Document, Page
from redline.origin import Origin
from redline.source import Source

__all__ = ["Places", "rebased"]

_Rows = tuple["array[int]", "array[int]", "array[int]", "array[int]"]


class Places:
    """Where each piece of a translation came from: rows of begin, end, source begin, source end.

    A piece as long as its source is copied, character for character; any other stands for its
    source range as a whole, and so do those that `whole` names.
    """

    def __init__(self, rows: _Rows, length: int, whole: Set[int] = frozenset()) -> None:
        self.begin, self.end, self.start, self.stop = rows
        self.length = length
        self.whole = whole

    def first(self, offset: int) -> int:
        """The source offset of the character at `offset`."""
        k = bisect_right(self.begin, offset) - 1
        if k < 0 or offset >= self.end[k]:
            return self.start[k + 1] if k + 1 < len(self.start) else self.length
        return self.start[k] + (offset - self.begin[k] if self._copied(k) else 0)

    def last(self, offset: int) -> int:
        """The source offset after the character before `offset`."""
        k = bisect_right(self.begin, offset - 1) - 1
        if k < 0:
            return 0
        if offset > self.end[k] or not self._copied(k):
            return self.stop[k]
        return self.start[k] + offset - self.begin[k]

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        """A source range."""
        start = self.first(span[0])
        return start, (start if span[0] == span[1] else max(start, self.last(span[1])))

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """How long each piece of [start, end) is, and its source range."""
        k = max(0, bisect_right(self.begin, start) - 1)
        while start < end and k < len(self.begin):
            stop = min(end, self.end[k])
            if stop > start:
                if self._copied(k):
                    first = self.start[k] + start - self.begin[k]
                    yield stop - start, first, first + stop - start
                elif k in self.whole:
                    # Not copied, though as long: the first character stands for all of it.
                    yield 1, self.start[k], self.stop[k]
                    if stop - start > 1:
                        yield stop - start - 1, self.stop[k], self.stop[k]
                else:
                    yield stop - start, self.start[k], self.stop[k]
                start = stop
            k += 1

    def _copied(self, k: int) -> bool:
        return self.end[k] - self.begin[k] == self.stop[k] - self.start[k] and k not in self.whole


def _origin(document: Document, text: str, source: str, places: Places) -> Origin:
    at, start, end = array("q"), array("q"), array("q")
    here = 0  # the source offset up to which the text has come
    joined = False
    for begin, stop, first, last in document.origin.segments():
        if first == last:
            found = [(stop - begin, here, here)]
        elif stop - begin == last - first:
            found = list(places.pieces(first, last))
        else:
            found = [(stop - begin, *places.span((first, last)))]
        for size, a, b in found:
            if a < here:  # more of a piece that was told already
                a = b = here
            copied = size == b - a and text[begin : begin + size] == source[a:b]
            if joined and copied and a == end[-1]:
                end[-1] = b
            else:
                at.append(begin)
                start.append(a)
                end.append(b)
            joined = copied
            begin += size
            here = max(here, b)
    return Origin(at, start, end, document.origin.length)


def rebased(
    document: Document,
    source: Source,
    places: Places,
    back: Mapping[int, str],
    *,
    verbatim: bool = True,
) -> Document:
    """The document as one of `source`: `back` turns stand-ins into what they stand for.

    The text of a marking is that of the source; where that is no text (`verbatim` is false), as
    native notation has it.
    """

    def plain(value: Any) -> Any:
        if isinstance(value, str):
            return value.translate(back)
        if isinstance(value, tuple):
            return tuple(plain(each) for each in value)
        if isinstance(value, Mapping):
            return {key: plain(each) for key, each in value.items()}
        return value

    span = places.span
    extents = array("q")
    for k in range(len(document.spans)):
        extents.extend(span(document.extent(k)))
    markings = []
    for marking in document.markings:
        first, last = span(marking.span)
        markings.append(
            marking._replace(
                span=(first, last),
                text=source.text[first:last] if verbatim else plain(marking.text),
                fields=plain(marking.fields),
            )
        )
    pages: list[Page] = []
    for page in document.pages:
        first = places.first(page.span[0]) if pages else 0
        if pages:
            pages[-1] = pages[-1]._replace(span=(pages[-1].span[0], first))
        pages.append(page._replace(span=(first, len(source.text)), label=plain(page.label)))
    diagnostics = []
    for each in document.diagnostics:
        first, last = span(each.span)
        line, column = source.position(first)
        diagnostics.append(
            each._replace(
                span=(first, last), line=line, column=column, message=plain(each.message)
            )
        )
    text = document.text.translate(back)
    return replace(
        document,
        source=source,
        text=text,
        origin=_origin(document, text, source.text, places),
        extents=extents,
        blocks=tuple(b._replace(span=span(b.span), n=plain(b.n)) for b in document.blocks),
        pages=tuple(pages),
        notes=tuple(
            note._replace(
                n=plain(note.n),
                reference=span(note.reference) if note.reference else None,
                body=span(note.body) if note.body else None,
            )
            for note in document.notes
        ),
        markings=tuple(markings),
        furniture=tuple(f._replace(span=span(f.span), n=plain(f.n)) for f in document.furniture),
        diagnostics=tuple(diagnostics),
    )
