"""Writes native notation from events, and remembers where each piece of it came from.

What native would take for a mark is written as a stand-in, one character for one, so that the
layout is the source's and every offset is easily found; `Standins` turns them back afterwards.
No mark that is written has white space at its inner edges: what another notation has there goes
outside, where the native notation settles it. A mark over several blocks is one in each, of one
id (R35).
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

from redline.formats.notations.ends import Mark
from redline.formats.notations.events import NOTHING, Event, Finding
from redline.formats.notations.standins import Standins
from redline.spans import ADDITION, DELETION, MAX_DEPTH

__all__ = ["Laid", "Scribe"]

_OPEN = {DELETION: "~~", ADDITION: "^{"}
_CLOSE = {DELETION: "~~", ADDITION: "}"}
_SUFFIX = ("hand", "stage", "id")
#: An addition up to this long, glued to what is before it, says that it is one (R7).
_SHORT = 12
_LINE_END = r"(?:\r\n|[\n\r\f])"
#: Where no mark goes on: an empty line, a page's end, a line that begins a block of its own.
_BLOCK = re.compile(
    rf"[ \t]*(?:{_LINE_END}[ \t]*){{2,}}|[ \t]*\f[ \t]*"
    rf"|[ \t]*{_LINE_END}(?=[ \t]*(?:[-*+•>]|#{{1,6}}|\|)[ \t])"
)
_LEADER = re.compile(r"(?:[-*+•>]|#{1,6}|\|)[ \t]+")
#: What ends a block wherever it stands.
_BREAK = re.compile(rf"{_LINE_END}[ \t]*{_LINE_END}|\f|\|")
_LINE = re.compile(rf"[ \t]*(?:{_LINE_END}[ \t]*)+")
_EMPTY_LINE = re.compile(rf"{_LINE_END}[ \t]*{_LINE_END}")
_LINES_ALONE = re.compile(r"[\n\r\f]")
_WHITE = " \t\n\r\f\v"
_LINES = re.compile(r"\s*[\n\r\f]\s*")


@dataclass
class _Mark:
    """A mark that is open: the event's data, its opener in the source."""

    kind: str
    said: dict[str, str]
    start: int
    end: int
    written: bool = False  # its opener is there, its closer is not
    begun: int = -1  # native offset of the opener that is there
    pieces: int = 0
    suffixed: bool = False
    plain: bool = False  # it could not be said: its signs are text


class Laid(NamedTuple):
    """A span that is laid over the finished text: source range, kind, and what it says."""

    start: int
    end: int
    kind: str
    extent: tuple[int, int]
    said: Mapping[str, str] = NOTHING


class Scribe:
    """Events in, native notation out. `native` is the notation; the rows map it to the source."""

    def __init__(
        self, text: str, standins: Standins, apart: Set[int] = frozenset(),
        lines: Set[int] = frozenset(), unsaid: Set[int] = frozenset(),
    ) -> None:
        self.text = text
        self.standins = standins
        #: marks, by the offsets of their openers, that are parted where a block may end, and
        #: those that are parted at every line end
        self.apart = apart
        self.unsaid = unsaid  # marks whose signs are text, for native notation cannot say them here
        self.lines = lines
        self.out: list[str] = []
        self.length = 0
        #: for each piece its range in the notation and in the source
        self.rows: tuple[array[int], array[int], array[int], array[int]] = (
            array("q"), array("q"), array("q"), array("q"),
        )  # fmt: skip
        #: pieces that are as long as their source and yet not the same
        self.whole: set[int] = set()
        self.stack: list[_Mark] = []
        self.beyond = {DELETION: 0, ADDITION: 0}  # marks too deep to be read
        self.held: list[tuple[str, int, int]] = []
        self.laid: list[Laid] = []
        self.joining: list[Mark] = []  # marks that have the end of a paragraph
        self.notes: dict[int, str] = {}  # native offset → kind
        self.findings: list[Finding] = []
        self.openers: dict[int, int] = {}  # native offset of each opener → source offset
        self._emphasis: list[tuple[str, int]] = []
        self._taken = 0
        self._last = ""
        self._signed = False  # a sign stands before what comes next
        self._struck = False  # the end of a strike was the last thing written

    def write(self, events: Iterable[Event]) -> str:
        """The notation of these events."""
        for event in events:
            _CARRY[event.what](self, event)
            self._signed = event.what in ("open", "close")
        for mark in reversed(self.stack[:]):
            self._shut(mark, len(self.text), len(self.text))
        self._flush()
        return "".join(self.out)

    # -- pieces -----------------------------------------------------------------------------

    def _put(self, words: str, start: int, end: int, *, whole: bool = False) -> None:
        if not words:
            return
        if whole and len(words) == end - start and words != self.text[start:end]:
            self.whole.add(len(self.rows[0]))
        for row, value in zip(
            self.rows, (self.length, self.length + len(words), start, end), strict=True
        ):
            row.append(value)
        self.out.append(words)
        self.length += len(words)
        self._last = words
        self._struck = False

    def _flush(self) -> None:
        for held in self.held:
            self._put(*held)
        self.held.clear()

    def _words(self, words: str, start: int, end: int, *, whole: bool = False) -> None:
        """Words in the marks that are open; `whole` ones have no offsets of their own inside."""
        bare = words.strip(_WHITE)
        if not bare:
            if words:
                self.held.append((words, start, end))
            return
        lead = len(words) - len(words.lstrip(_WHITE))
        tail = len(words.rstrip(_WHITE))
        if whole:
            lead, tail = 0, len(words)
        if lead and self._edge(words[:lead]):
            pass  # white space on both sides of a sign is one space
        elif lead:
            self.held.append((words[:lead], start, start + lead))
        self._flush()
        leader = None
        if self._last[-1:] in ("", "\n", "\r", "\f") and not whole:
            leader = _LEADER.match(words, lead, tail)  # it begins the block, not the mark
        if leader is not None and any(not mark.written for mark in self.stack):
            self._put(leader[0], start + lead, start + leader.end())
            lead = leader.end()
        for k, mark in enumerate(self.stack):
            if not mark.written and not mark.plain and not self._within(k):
                self._begin(mark, start + lead)
        stop = end if whole else start + tail
        self._put(words[lead:tail], start + lead, stop, whole=whole)
        if tail < len(words):
            self.held.append((words[tail:], stop, end))

    def _edge(self, lead: str) -> bool:
        """Whether white space stands on the other side of the sign before it, too."""
        if lead.strip(" \t") or not self._signed:
            return False
        before = self.held[-1][0] if self.held else self._last
        return before[-1:] in (" ", "\t")

    def _begin(self, mark: _Mark, at: int) -> None:
        first = mark.pieces == 0
        mark.written = True
        mark.pieces += 1
        mark.begun = self.length
        self.openers[self.length] = mark.start
        # After a strike, or a space, a caret mark is an insertion (R7).
        mark.suffixed = not self._struck and self._last[-1:] != " "
        self._put(_OPEN[mark.kind], mark.start if first else at, mark.end if first else at)

    def _end(self, mark: _Mark, start: int, end: int) -> None:
        said = {key: mark.said[key] for key in _SUFFIX if mark.said.get(key)}
        body = self.length - mark.begun - len(_OPEN[mark.kind])
        if mark.kind == ADDITION and not said and body <= _SHORT:
            first = "".join(self.out[-3:])[-body:][:1]
            if mark.suffixed or first.isdecimal():
                said = {"stage": "revision"}
        suffix = " ".join(f"{key}={name}" for key, name in said.items())
        self._put(_CLOSE[mark.kind] + (f"{{{suffix}}}" if suffix else ""), start, end)
        self._struck = mark.kind == DELETION and not suffix
        mark.written = False

    def _shut(self, mark: _Mark, start: int, end: int) -> None:
        """The mark ends at source[start:end]."""
        if mark.plain:
            self.stack.remove(mark)
            return
        if mark.kind == ADDITION:
            self._cut_crossing(mark, start)
        self.stack.remove(mark)
        if self._joins(mark, start, end):
            self.joining.append(Mark(mark.kind, mark.start, end))
        if mark.written:
            self._end(mark, start, end)
        elif not mark.pieces:
            if start > mark.end and self.text[mark.end : start].isspace():
                whole = (mark.start, end)
                self.laid.append(Laid(mark.end, start, mark.kind, whole, mark.said))
            elif "quiet" not in mark.said:
                self.findings.append(("empty-mark", mark.start, end, ""))

    def _joins(self, mark: _Mark, start: int, end: int) -> bool:
        """Whether it has the end of a paragraph, and words of that one and the next beside it."""
        text = self.text
        if _EMPTY_LINE.search(text, mark.end, start) is None:
            return False
        lines = _LINES_ALONE.split(text[max(0, mark.start - 80) : mark.start])
        before, after = lines[-1], _LINES_ALONE.split(text[end : end + 80], 1)[0]
        return bool(before.strip() and after.strip())

    def _cut(self, at: int) -> None:
        """Every mark that is open ends here, to go on after what follows."""
        self._part(self.stack, at)
        self._flush()

    def _cut_crossing(self, outer: _Mark, at: int) -> None:
        """The strikes that began inside an insertion and outlast it go on after it.

        Native notation closes a mark in the body that opened it, or in an enclosing one (R18).
        """
        inside = self.stack[self.stack.index(outer) + 1 :]
        crossing = [mark for mark in inside if mark.written]
        if crossing and outer.written:
            self.findings.append(("crossing-marks", crossing[0].start, crossing[0].end, ""))
            self._part(crossing, at)

    def _part(self, marks: Sequence[_Mark], at: int) -> None:
        """These marks end here, the innermost first; what comes of them later is of one id."""
        for mark in reversed(marks):
            if mark.written:
                if "id" not in mark.said:
                    self._taken += 1
                    mark.said["id"] = f"x{self._taken}"
                self._end(mark, at, at)

    def _container(self) -> list[_Mark]:
        """The strikes that are open since the last addition that is."""
        found: list[_Mark] = []
        for mark in self.stack:
            found = [*found, mark] if mark.kind == DELETION else []
        return found

    def _within(self, k: int) -> bool:
        """Whether a strike is open right inside mark `k`, a strike: only the inner is written."""
        if self.stack[k].kind != DELETION:
            return False
        return k + 1 < len(self.stack) and self.stack[k + 1].kind == DELETION

    def _breaks(self) -> re.Pattern[str] | None:
        """Where the marks that are open are parted."""
        if any(mark.start in self.lines for mark in self.stack):
            return _LINE
        return _BLOCK if any(mark.start in self.apart for mark in self.stack) else None

    def _banner(self, at: int, outer: _Mark) -> bool:
        """Whether a strike that opens here may be one of a banner between two pages.

        It begins a line, and what is struck around it is not known to be parted here.
        """
        if outer.start in self.apart:
            return False
        begin = max(self.text.rfind(end, 0, at) for end in "\n\r\f") + 1
        return begin > outer.end and not self.text[begin:at].strip()

    # -- events -----------------------------------------------------------------------------

    def _text(self, event: Event) -> None:
        start, end = event.start, event.end
        if not self.stack and not self.held:
            self._put(self.standins.hide(self.text[start:end]), start, end)
            return
        at = start
        breaks = self._breaks()
        for match in breaks.finditer(self.text, start, end) if breaks else ():
            self._words(self.standins.hide(self.text[at : match.start()]), at, match.start())
            self._cut(match.start())
            self._put(match[0], *match.span())
            at = match.end()
        self._words(self.standins.hide(self.text[at:end]), at, end)

    def _raw(self, event: Event) -> None:
        breaks = self._breaks()
        if breaks and breaks.search(self.text, event.start, event.end):
            self._cut(event.start)
            self._put(self.text[event.start : event.end], event.start, event.end)
        else:
            self._words(self.text[event.start : event.end], event.start, event.end, whole=True)

    def _char(self, event: Event) -> None:
        words = str(event.data)
        if self.stack and _BREAK.search(words):
            self._cut(event.start)
            self._put(words, event.start, event.end, whole=True)
            return
        self._words(self.standins.hide(words), event.start, event.end, whole=bool(words.strip()))

    def _drop(self, event: Event) -> None:
        pass

    def _open(self, event: Event) -> None:
        kind, said = event.data
        if event.start in self.unsaid:
            self._words(self.standins.hide(self.text[event.start : event.end]), *event[1:3])
            self.findings.append(("unclosed-mark", event.start, event.end, self._sign(event)))
            self.stack.append(_Mark(kind, {}, event.start, event.end, plain=True))
            return
        if len(self.stack) >= MAX_DEPTH:
            self.beyond[kind] += 1
            self.findings.append(("nesting-limit", event.start, event.end, ""))
            return
        outer = [mark for mark in self._container() if mark.written]
        if kind == DELETION and outer and not self._banner(event.start, outer[-1]):
            self._cut(event.start)  # strikes do not nest: the outer one goes on after this one
        self.stack.append(_Mark(kind, dict(said), event.start, event.end))

    def _close(self, event: Event) -> None:
        kind = event.data[0]
        if self.beyond[kind]:
            self.beyond[kind] -= 1
            return
        mark = next((each for each in reversed(self.stack) if each.kind == kind), None)
        if mark is None:
            self.findings.append(("unopened-mark", event.start, event.end, ""))
            return
        if mark.plain:
            self.stack.remove(mark)
            self._words(self.standins.hide(self.text[event.start : event.end]), *event[1:3])
            return
        self._shut(mark, event.start, event.end)

    def _sign(self, event: Event) -> str:
        return self.text[event.start : event.end][:40]

    def _emphasise(self, event: Event) -> None:
        self._emphasis.append((event.data, event.end))

    def _relax(self, event: Event) -> None:
        for k in range(len(self._emphasis) - 1, -1, -1):
            kind, start = self._emphasis[k]
            if kind == event.data:
                del self._emphasis[k]
                self.laid.append(Laid(start, event.start, kind, (start, event.start)))
                return

    def _aside(self, event: Event) -> None:
        kind, words = event.data
        if words[:7].lower() == "margin:":
            kind, words = "margin", words[7:]
        words = _LINES.sub(" ", words).strip().translate(self.standins.aside)
        if not words:
            return
        self._flush()
        self.notes[self.length] = kind
        words = f"[margin: {words}]"
        self._put(words, event.start, event.end, whole=True)

    def _gap(self, event: Event) -> None:
        self._words(event.data, event.start, event.end, whole=True)

    def _unclear(self, event: Event) -> None:
        words = str(event.data)
        if len(words) > 58 or not words or set(words) & set("[]?\r\n\f"):
            self._words(self.standins.hide(words), event.start, event.end, whole=True)
        else:
            self._words(f"[{self.standins.hide(words)}?]", event.start, event.end, whole=True)

    def _apart(self, event: Event) -> None:
        """What stands on the page and in no mark."""
        words = _LINES.sub(" ", str(event.data or "")).strip().translate(self.standins.aside)
        if not words:
            return
        self._flush()
        words = _APART[event.what].format(words)
        self._put(words, event.start, event.end, whole=True)

    def _line(self, event: Event) -> None:
        """What begins a line, or ends one."""
        if event.what == "break":
            if self._breaks() is _LINE:
                self._cut(event.start)
            self.held.append(("\n", event.start, event.end))
            return
        self._cut(event.start)
        if self._last[-1:] not in ("", "\n", "\r", "\f"):
            self._put("\n\n", event.start, event.start)
        sign = "#" * max(1, min(6, event.data or 1)) if event.what == "heading" else "-"
        self._put(f"{sign} ", event.start, event.end, whole=True)


_APART = {"page": "[Page {}]", "furniture": "[stamp: {}]"}
_CARRY: dict[str, Callable[[Scribe, Event], Any]] = {
    "text": Scribe._text,
    "raw": Scribe._raw,
    "char": Scribe._char,
    "drop": Scribe._drop,
    "open": Scribe._open,
    "close": Scribe._close,
    "hi-open": Scribe._emphasise,
    "hi-close": Scribe._relax,
    "note": Scribe._aside,
    "gap": Scribe._gap,
    "unclear": Scribe._unclear,
    "page": Scribe._apart,
    "furniture": Scribe._apart,
    "heading": Scribe._line,
    "item": Scribe._line,
    "break": Scribe._line,
}
