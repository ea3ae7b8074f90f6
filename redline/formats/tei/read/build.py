"""The union text of a file as it grows: its characters, their places, the spans over them."""

from __future__ import annotations

from array import array
from itertools import accumulate, pairwise

from redline.diagnostics import Diagnostic, diagnose
from redline.formats.tei.read.scan import REFERENCE, character
from redline.origin import Origin
from redline.source import Source
from redline.spans import Span

__all__ = ["Builder", "Part"]

_SPACE = " \t\r\n"


class Part:
    """A struck or added element: its span and what its attributes say."""

    __slots__ = (
        *("cert", "hand", "id", "kind", "of", "parent", "part_of", "prev", "stage", "subst"),
        *("cause", "undone"),
    )

    def __init__(self, of: int, kind: str, id_: str, parent: int) -> None:
        self.of = of  # the index of its span
        self.kind = kind
        self.id = id_
        self.parent = parent  # the span of the part it stands in, -1 for none
        self.stage = ""
        self.hand: str | None = None
        self.cert = "high"
        self.subst: tuple[int, str] | None = None
        self.prev = ""
        self.cause = ""
        self.part_of = ""  # the act, where several parts are one
        self.undone: list[str] = []  # the stages at which it was cancelled and reaffirmed


class Builder:
    """Text, origin and spans. Spans are in the order in which they open."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.raw = source.text
        self.length = 0
        self.parts: list[str] = []
        self.ranges = array("q")  # source start and end of every part of the text
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[str] = []
        self.ids: list[str] = []
        self.extents = array("q")
        self.diagnostics: list[Diagnostic] = []
        self.edge = 0  # where the text seen last begins or ends a span

    # -- text ---------------------------------------------------------------------------------

    def copy(self, start: int, end: int) -> None:
        """Characters of the source."""
        if start < end:
            self.parts.append(self.raw[start:end])
            self.ranges.append(start)
            self.ranges.append(end)
            self.length += end - start

    def fold(self, character: str, start: int, end: int) -> None:
        """One character that stands for a range of the source."""
        self.parts.append(character)
        self.ranges.append(start)
        self.ranges.append(end)
        self.length += len(character)

    def supply(self, text: str, at: int) -> None:
        """Characters that the source does not have."""
        if text:
            self.fold(text, at, at)

    def words(self, start: int, end: int, *, verbatim: bool, literal: bool = False) -> None:
        """The text of source[start:end]: references resolved, lines joined by one space.

        `verbatim` keeps the ends of lines; in `literal` text an ampersand is one.
        """
        raw = self.raw
        at = start
        if not literal and raw.find("&", start, end) >= 0:
            for match in REFERENCE.finditer(raw, start, end):
                self._lines(at, match.start(), verbatim)
                found = character(match)
                if found == match[0]:
                    self.tell("tei-entity", *match.span(), match[0])
                    self.copy(*match.span())
                else:
                    self.fold(found, *match.span())
                at = match.end()
        self._lines(at, end, verbatim)

    def _lines(self, start: int, end: int, verbatim: bool) -> None:
        raw = self.raw
        at = start
        while at < end:
            feed = raw.find("\n", at, end)
            back = raw.find("\r", at, end if feed < 0 else feed)
            stop = feed if back < 0 else back
            if stop < 0:
                break
            first, last = stop, stop + 1
            if verbatim:
                if raw.startswith("\r\n", stop):
                    last += 1
                self.copy(at, first)
                self.fold("\n", first, last)
            else:
                while first > at and raw[first - 1] in _SPACE:
                    first -= 1
                while last < end and raw[last] in _SPACE:
                    last += 1
                self.copy(at, first)
                self.fold(" ", first, last)
            at = last
        self.copy(at, end)

    def ends_in_space(self) -> bool:
        """Whether the last character of the text is white space."""
        return bool(self.parts) and self.parts[-1][-1] in _SPACE

    def trim_end(self) -> None:
        """Leave one of several white spaces at the end of what was copied last."""
        last = self.parts[-1]
        kept = len(last.rstrip(_SPACE)) + 1
        surplus = min(len(last) - kept, self.length - self.edge)
        if surplus > 0 and self.ranges[-1] - self.ranges[-2] == len(last):
            self.parts[-1] = last[:-surplus]
            self.ranges[-1] -= surplus
            self.length -= surplus

    # -- spans --------------------------------------------------------------------------------

    def open(self, kind: str, id_: str, start: int, end: int) -> int:
        """A span begins here; source[start:end] is its tag."""
        self.edge = self.length
        self.starts.append(self.length)
        self.ends.append(self.length)
        self.kinds.append(kind)
        self.ids.append(id_)
        self.extents.append(start)
        self.extents.append(end)
        return len(self.starts) - 1

    def close(self, k: int, end: int) -> None:
        """Span k ends here; its tag in the source ends at `end`."""
        self.edge = self.length
        self.ends[k] = self.length
        self.extents[2 * k + 1] = end

    def tell(self, code: str, start: int, end: int, detail: str) -> None:
        """A finding."""
        self.diagnostics.append(diagnose(self.source, code, start, end, detail))

    # -- the whole ----------------------------------------------------------------------------

    def text(self) -> str:
        """The finished text."""
        return "".join(self.parts)

    def origin(self) -> Origin:
        """The map of the finished text."""
        if not self.parts:
            return Origin.identity(0)
        at = array("q", accumulate(map(len, self.parts), initial=0))
        at.pop()
        return Origin(at, self.ranges[0::2], self.ranges[1::2], self.length)

    def table(self) -> tuple[tuple[Span, ...], array[int], list[int]]:
        """The spans in their order, their extents, and the new place of each (-1: left out)."""
        order = [k for k, kind in enumerate(self.kinds) if kind]
        starts = self.starts
        if any(starts[a] > starts[b] for a, b in pairwise(order)):
            order.sort(key=starts.__getitem__)
        place = [-1] * len(starts)
        extents = array("q")
        spans = []
        for new, k in enumerate(order):
            place[k] = new
            spans.append(Span(starts[k], self.ends[k], self.kinds[k], self.ids[k]))
            extents.append(self.extents[2 * k])
            extents.append(self.extents[2 * k + 1])
        return tuple(spans), extents, place
