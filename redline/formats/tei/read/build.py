"""The union text of a file as it grows: its characters, their places, the spans over them."""

from __future__ import annotations

from redline.formats.scribe import Scribe
from redline.formats.tei.read.scan import REFERENCE, character

__all__ = ["TRANSPOSED", "Builder", "Part"]

#: Begins the key of the parts of a transposition; no `xml:id` does.
TRANSPOSED = "\0transposition-"
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


class Builder(Scribe):
    """What of it is of XML: references, lines that are joined, white space that is trimmed."""

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
