"""Dialects as tables of marks: one lexer and one pairing for all of them.

A dialect is a tuple of `Mark` rows. Signs are found by one compiled pattern; a sign that opens is
a mark only if the one that closes it comes, else it is text and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from redline.formats.notations.events import NOTHING, Event, Finding
from redline.spans import ADDITION, DELETION

__all__ = ["Dialect", "Mark", "read_events"]

#: What is code in Markdown: a fence with the lines up to its end, a code span.
_FENCE = (
    r"(?m:^)(?P<fence>(?P<rail>`{3,}|~{3,})[^\r\n]*(?:\r?\n|\r)"
    r"(?s:.*?)(?m:^)[ ]{0,3}(?P=rail)[`~]*[ \t]*(?m:$))"
)
_SPAN = r"(?P<code>(?P<ticks>(?<!`)`+(?!`))(?s:.*?)(?<!`)(?P=ticks)(?!`))"
_PARAGRAPH = re.compile(r"(?:\r\n|[\n\r])[ \t]*(?:\r\n|[\n\r])")


class Mark(NamedTuple):
    """A row of a dialect: what opens it, what closes it (as they are typed), what it is.

    `what` is ``del`` or ``add``; ``sub`` (with `middle` between the old words and the new);
    ``hi`` (`data`: the kind of span); ``note`` (`data`: the kind of note), opaque; ``drop``, whose
    signs are nothing and whose words are text.
    """

    what: str
    open: str
    close: str
    data: str = ""
    middle: str = ""


@dataclass(frozen=True)
class Dialect:
    """A notation as a table. `markdown`: what Markdown says of blocks and code holds too."""

    name: str
    marks: tuple[Mark, ...]
    markdown: bool = False
    #: The new words stand before the old ones in a ``sub``.
    new_first: bool = False
    #: Marks end with their paragraph.
    paragraph: bool = False

    @cached_property
    def signs(self) -> re.Pattern[str]:
        """One pattern that finds every sign, and code where there is any."""
        signs = {sign for m in self.marks for sign in (m.open, m.close, m.middle) if sign}
        code = rf"{_FENCE}|{_SPAN}|\\[{{}}~=+>-]|" if self.markdown else ""
        return re.compile(code + "|".join(map(re.escape, sorted(signs, key=len, reverse=True))))

    @cached_property
    def opening(self) -> Mapping[str, Mark]:
        """Marks by the sign that opens them."""
        return {mark.open: mark for mark in self.marks}

    @cached_property
    def closing(self) -> Mapping[str, Mark]:
        """Marks by the sign that closes them."""
        return {mark.close: mark for mark in self.marks}

    @cached_property
    def middles(self) -> frozenset[str]:
        """Signs between old and new words."""
        return frozenset(mark.middle for mark in self.marks if mark.middle)


@dataclass
class _Open:
    mark: Mark
    start: int
    end: int
    middle: tuple[int, int] | None = None
    parts: list[Event] = field(default_factory=list)


def read_events(text: str, dialect: Dialect) -> tuple[list[Event], list[Finding]]:
    """The events of a text in a dialect, in order, and what is amiss with its marks."""
    events: list[Event] = []
    findings: list[Finding] = []
    stack: list[_Open] = []
    at = 0
    while (match := dialect.signs.search(text, at)) is not None:
        sign, (start, end) = match[0], match.span()
        at = end
        if dialect.markdown and (sign[0] in "`\\" or match.lastgroup in ("fence", "rail")):
            if sign[0] != "\\":
                events.append(Event("raw", start, end))
            continue
        mark = dialect.opening.get(sign)
        if sign in dialect.middles and mark is None:
            _divide(stack, sign, start, end)
            continue
        closed = dialect.closing.get(sign)
        if closed is not None and (mark is None or _open_one(stack, closed)):
            one = _open_one(stack, closed)
            if one is None or (closed.middle and one.middle is None):
                findings.append(("unopened-mark" if one is None else "unclosed-mark", start, end, sign))
                if one is not None:
                    stack.remove(one)
                continue
            stack.remove(one)
            events += _made(one, closed, start, end, dialect.new_first)
            continue
        if mark is None:
            continue
        if mark.what == "note":
            stop = text.find(mark.close, end)
            if stop < 0:
                findings.append(("unclosed-mark", start, end, sign))
                continue
            at = stop + len(mark.close)
            events.append(Event("note", start, at, (mark.data, text[end:stop])))
            continue
        stack.append(_Open(mark, start, end))
    findings += [("unclosed-mark", one.start, one.end, one.mark.open) for one in stack]
    events.sort(key=lambda event: (event.start, event.end))
    return list(_with_text(text, events)), findings


def _open_one(stack: Sequence[_Open], mark: Mark) -> _Open | None:
    return next((one for one in reversed(stack) if one.mark.close == mark.close), None)


def _divide(stack: Sequence[_Open], sign: str, start: int, end: int) -> None:
    one = next((one for one in reversed(stack) if one.mark.middle == sign), None)
    if one is not None and one.middle is None:
        one.middle = (start, end)


def _made(one: _Open, mark: Mark, start: int, end: int, new_first: bool) -> Iterator[Event]:
    """The events of a mark that is whole."""
    what, data = one.mark.what, one.mark.data
    if what == "hi":
        yield Event("hi-open", one.start, one.end, data)
        yield Event("hi-close", start, end, data)
    elif what == "sub" and one.middle is not None:
        quiet = {"quiet": ""}
        old, new = (ADDITION, DELETION) if new_first else (DELETION, ADDITION)
        first, last = one.middle
        yield Event("open", one.start, one.end, (old, quiet))
        yield Event("close", first, first, (old, quiet))
        yield Event("open", first, last, (new, quiet))
        yield Event("close", start, end, (new, quiet))
    elif what == "drop":
        yield Event("drop", one.start, one.end)
        yield Event("drop", start, end)
    else:
        yield Event("open", one.start, one.end, (what, NOTHING))
        yield Event("close", start, end, (what, NOTHING))


def _with_text(text: str, events: Sequence[Event]) -> Iterator[Event]:
    """The events with those of the text between them."""
    at = 0
    for event in events:
        if event.start > at:
            yield Event("text", at, event.start)
        yield event
        at = max(at, event.end)
    if at < len(text):
        yield Event("text", at, len(text))
