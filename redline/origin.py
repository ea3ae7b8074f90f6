"""Where each character of a document's text stands in its source, and back.

A document's text is made of segments taken from the source in order. Three kinds:

- *copied*: as many characters as in the source, the same ones;
- *folded*: a line break and the white space around it, one space in the text;
- *supplied*: characters the source does not have (the segment's source range is empty).

What lies in the source between two segments (marks, white space that no reading has) is in
no segment: it maps to the place between its neighbours.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

__all__ = ["Origin"]


class Origin:
    """A monotone map between text offsets and source offsets (code points, half-open).

    `at[k]` is where segment k begins in the text, `start[k]` and `end[k]` its source range;
    `length` is the length of the text.
    """

    __slots__ = ("at", "end", "length", "start")

    def __init__(self, at: array[int], start: array[int], end: array[int], length: int) -> None:
        self.at = at
        self.start = start
        self.end = end
        self.length = length

    @classmethod
    def identity(cls, length: int) -> Origin:
        """The map of a text that is its own source."""
        if not length:
            return cls(array("q"), array("q"), array("q"), 0)
        return cls(array("q", [0]), array("q", [0]), array("q", [length]), length)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Origin):
            return NotImplemented
        return (
            self.length == other.length
            and self.at == other.at
            and self.start == other.start
            and self.end == other.end
        )

    def __hash__(self) -> int:
        return hash((self.length, len(self.at)))

    def __repr__(self) -> str:
        return f"Origin({len(self.at)} segments, length {self.length})"

    def segments(self) -> Iterator[tuple[int, int, int, int]]:
        """(text start, text end, source start, source end) of every segment, in order."""
        last = len(self.at) - 1
        for k, at in enumerate(self.at):
            yield at, (self.at[k + 1] if k < last else self.length), self.start[k], self.end[k]

    def _text_end(self, k: int) -> int:
        return self.at[k + 1] if k + 1 < len(self.at) else self.length

    def to_source(self, offset: int) -> int:
        """The source offset of the character at `offset` (at the end: after the last one)."""
        if not self.at:
            return 0
        if offset >= self.length:
            return self.end[-1]
        k = bisect_right(self.at, offset) - 1
        size = self._text_end(k) - self.at[k]
        if size == self.end[k] - self.start[k]:
            return self.start[k] + offset - self.at[k]
        return self.start[k]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source range from the first character of [start, end) to after its last one."""
        first = self.to_source(start)
        if end <= start:
            return first, first
        if not self.at:
            return 0, 0
        k = bisect_right(self.at, min(end, self.length) - 1) - 1
        size = self._text_end(k) - self.at[k]
        if size == self.end[k] - self.start[k]:
            return first, self.start[k] + end - self.at[k]
        return first, self.end[k]

    def to_text(self, offset: int) -> int:
        """The text offset of a source offset; inside a mark: of the next character kept."""
        k = bisect_right(self.start, offset) - 1
        if k < 0:
            return 0
        # Supplied segments share their start with the copied one that follows them.
        size = self._text_end(k) - self.at[k]
        into = offset - self.start[k]
        if size == self.end[k] - self.start[k]:
            return self.at[k] + min(into, size)
        return self.at[k] if into == 0 else min(self.at[k] + size, self.length)

    def supplied(self) -> Iterator[tuple[int, int]]:
        """Text ranges of the characters the source does not have."""
        for at, end, start, stop in self.segments():
            if start == stop:
                yield at, end

    def cut(self, start: int, end: int) -> tuple[int, int]:
        """Indices of the segments that touch [start, end) of the text."""
        return max(0, bisect_right(self.at, start) - 1), bisect_left(self.at, end)
