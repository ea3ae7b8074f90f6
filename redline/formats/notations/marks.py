"""Dialects as tables of marks: one lexer and one pairing for all of them.

A dialect is a tuple of `Mark` rows. Signs are found by one compiled pattern; a sign that opens is
a mark only if the one that closes it comes, else it is text and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from redline.formats.notations.code import code_ranges
from redline.formats.notations.events import NOTHING, Event, Finding
from redline.spans import ADDITION, DELETION

__all__ = ["Dialect", "Mark", "read_events", "with_text"]

_MATH = r"(?P<math>\$(?![\s$])(?:(?!@)[^$\r\n\f])*(?<![\s\\])\$(?!\d))"


class Mark(NamedTuple):
    """A row of a dialect: what opens it, what closes it (as they are typed), what it is.

    `what` is ``del`` or ``add``; ``sub`` (with `middle` between the old words and the new);
    ``hi`` (`data`: the kind of span); ``note`` (`data`: the kind of note), opaque.
    """

    what: str
    open: str
    close: str
    data: str = ""
    middle: str = ""


@dataclass(frozen=True)
class Dialect:
    """A notation as a table. `markdown`: what Markdown says of blocks and code holds too.

    `remark` finds a sign that closes and has a remark in it: its groups ``sign`` and ``words``, the
    sign without its last character.
    """

    name: str
    marks: tuple[Mark, ...]
    markdown: bool = False
    remark: str = ""

    @cached_property
    def signs(self) -> re.Pattern[str]:
        """One pattern that finds every sign, and code where there is any."""
        signs = {sign for m in self.marks for sign in (m.open, m.close, m.middle) if sign}
        found = "|".join(map(re.escape, sorted(signs, key=len, reverse=True)))
        math = _MATH.replace("@", found)
        code = rf"{math}|\\[{{}}~=+>-]|" if self.markdown else ""
        return re.compile(code + (f"(?P<remark>{self.remark})|" if self.remark else "") + found)

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


#: What is open, by the sign that closes it.
_Stacks = dict[str, list[_Open]]


def read_events(text: str, dialect: Dialect) -> tuple[list[Event], list[Finding]]:
    """The events of a text in a dialect, in order, and what is amiss with its marks."""
    events: list[Event] = []
    findings: list[Finding] = []
    stacks: _Stacks = {mark.close: [] for mark in dialect.marks}
    code = iter(code_ranges(text) if dialect.markdown else ())
    raw = next(code, None)
    never: set[str] = set()  # opaque marks that nothing closes any more
    at = 0
    while (match := dialect.signs.search(text, at)) is not None:
        sign, (start, end) = match[0], match.span()
        while raw is not None and raw[1] <= start:
            events.append(Event("raw", *raw))
            raw = next(code, None)
        if raw is not None and raw[0] < end:
            at = raw[1] if raw[0] <= start else raw[0]
            continue
        at = end
        remark = match["words"] if dialect.remark and match["remark"] else None
        if remark is not None:
            sign = f"{match['sign']}{match[0][-1]}"
            if not stacks[sign]:
                at = match.end("sign")
                continue
        if dialect.markdown and (sign[0] == "\\" or match.lastgroup == "math"):
            if sign[0] == "$":
                events.append(Event("raw", start, end))
            continue
        mark = dialect.opening.get(sign)
        closed = dialect.closing.get(sign)
        if sign in dialect.middles and mark is None:
            _divide(stacks, dialect, sign, (start, end))
        elif closed is not None and (mark is None or stacks[sign]):
            one = stacks[sign].pop() if stacks[sign] else None
            if one is None:
                findings.append(("unopened-mark", start, end, sign))
            elif closed.middle and one.middle is None:
                findings.append(("unclosed-mark", one.start, one.end, one.mark.open))
            else:
                events += _made(one, start, end)
                if remark is not None:
                    events.append(Event("note", end, end, ("editorial", remark)))
        elif mark is not None and mark.what == "note":
            stop = -1 if sign in never else text.find(mark.close, end)
            if stop < 0:
                never.add(sign)
                findings.append(("unclosed-mark", start, end, sign))
            else:
                at = stop + len(mark.close)
                events.append(Event("note", start, at, (mark.data, text[end:stop])))
        elif mark is not None:
            stacks[mark.close].append(_Open(mark, start, end))
    events += [Event("raw", *each) for each in ([raw] if raw else []) + list(code)]
    for stack in stacks.values():
        findings += [("unclosed-mark", one.start, one.end, one.mark.open) for one in stack]
    events.sort(key=lambda event: (event.start, event.end))
    return list(with_text(text, events)), findings


def _divide(stacks: _Stacks, dialect: Dialect, sign: str, place: tuple[int, int]) -> None:
    """The sign between old and new words, in the mark that has none yet."""
    for mark in dialect.marks:
        if mark.middle == sign and stacks[mark.close] and stacks[mark.close][-1].middle is None:
            stacks[mark.close][-1].middle = place


def _made(one: _Open, start: int, end: int) -> Iterator[Event]:
    """The events of a mark that is whole."""
    what, data = one.mark.what, one.mark.data
    if what == "hi":
        yield Event("hi-open", one.start, one.end, data)
        yield Event("hi-close", start, end, data)
    elif what == "sub" and one.middle is not None:
        quiet = {"quiet": ""}
        first, last = one.middle
        yield Event("open", one.start, one.end, (DELETION, quiet))
        yield Event("close", first, first, (DELETION, quiet))
        yield Event("open", first, last, (ADDITION, quiet))
        yield Event("close", start, end, (ADDITION, quiet))
    else:
        yield Event("open", one.start, one.end, (what, NOTHING))
        yield Event("close", start, end, (what, NOTHING))


def with_text(text: str, events: Sequence[Event]) -> Iterator[Event]:
    """The events with those of the text between them."""
    at = 0
    for event in events:
        if event.start > at:
            yield Event("text", at, event.start)
        yield event
        at = max(at, event.end)
    if at < len(text):
        yield Event("text", at, len(text))
