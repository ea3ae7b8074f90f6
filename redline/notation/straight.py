"""The commonest blocks read straight through: marks that nest properly and touch no word.

Most blocks hold nothing but text, line breaks, strikes and insertions, one beside or inside
the other. One pattern finds these with what must stand around them, and they are built at
once. At the first thing that needs thought (marks that cross, glued or doubtful carets, notes,
emphasis) the block is given up, with nothing of it kept, and `pairing`, `weave` and `build`
read it; a property test holds that both ways give the same document.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from redline.model import Act
from redline.notation.build import Builder
from redline.notation.pairing import Finding
from redline.notation.places import SHORT_WORDS
from redline.notation.seams import Side, seams
from redline.notation.settle import CLOSERS, OPENERS
from redline.spans import ADDITION, DELETION, Span
from redline.tokens import STARTS, further_marks

__all__ = ["Straight"]

_STOPS = frozenset(".,;:!?")
_ENDS = frozenset(".!?")
_BLANKS = frozenset(" \t\r\u00a0")
_HYPHEN_OR_BLANK = _BLANKS | {"-"}
#: What may not stand before a mark; of quotes it takes a look around whether they open.
_NOT_BEFORE = OPENERS | _BLANKS | frozenset("\"'\n\v\f\u00a0\u3000")
_DEEPEST = 16
_LONE_RETURN = re.compile(r"\r(?!\n)")
_new: Any = tuple.__new__  # a named tuple without the cost of its signature


class _GivenUp(Exception):
    """This block needs thought."""


@cache
def _pattern() -> re.Pattern[str]:
    """A line break, one or two marks side by side, or both; or the start of any other mark.

    Before the marks stands white space, after them white space or a closing stop. Every
    alternative begins with a literal character, so that the engine skips to the next such.
    Groups: white space after a line feed (1); white space between two marks (2 to 5).
    """
    starts = sorted(STARTS - {"\r", "$"})  # these two `_Reader.read` asks for beforehand
    marks = re.escape("".join(starts))
    openers, closers = (re.escape("".join(sorted(each))) for each in (OPENERS, CLOSERS - {"]"}))
    plain = rf"[^{marks}]"
    seen = rf"[^{marks}\s]"
    word = rf"[^{marks}\s\"'{openers}]"
    edge = rf"[^{marks}\s{openers}{closers}]"
    white = r"[ \t\r\n\f\v]*+"
    inner = rf"(?:{plain}|\n)++"

    def body(nested: str) -> str:
        return rf"(?={edge})(?:{plain}++|\n|{nested})++(?<={edge})(?<!-)"

    struck = body(rf"\^\{{{inner}\}}|\^<{inner}>") + r"~~(?!~)"
    words = body(f"~~{inner}~~")
    added = rf"(?:\{{(?!\d){words}\}}|<(?!\d){words}>)"
    gap = r"( |\r?\n)"
    strike_first, caret_first = rf"{struck}(?:{gap}\^{added})?+", rf"{added}(?:{gap}~~{struck})?+"
    ahead = rf"(?=(?: |[ \t\r]*+\n{white}){word}|[{closers}])"
    return re.compile(
        rf"\n({white})(?:(?={seen})|(?:~~{strike_first}|\^{caret_first}){ahead})"
        rf"|~(?<={word} ~)~{strike_first}{ahead}"
        rf"|\^(?<={word} \^){caret_first}{ahead}|" + "|".join(map(re.escape, starts))
    )


class Straight:
    """Reads the simple blocks of one document into its builder."""

    def __init__(self, builder: Builder, *, notes: bool) -> None:
        self.builder = builder
        self.text = builder.source
        self.possible = _LONE_RETURN.search(self.text) is None
        self.doubtful = further_marks(self.text, notes=notes)

    def read(
        self, begin: int, end: int, numbered: int
    ) -> tuple[list[Act], list[Finding]] | None:
        """Build source[begin:end] if it is simple; its acts and findings, or None, nothing kept.

        `numbered` are the revisions of the document so far.
        """
        text, builder = self.text, self.builder
        if not self.possible or (
            self.doubtful is not None and self.doubtful.search(text, begin, end)
        ):
            return None
        if text.find("$", text.find("$", begin, end) + 1 or end, end) >= 0:
            return None
        undo = len(builder.parts), len(builder.spans), builder.length
        reader = _Reader(builder, numbered)
        try:
            reader.read(begin, end, None, 0)
        except _GivenUp:
            parts, spans, builder.length = undo
            del builder.parts[parts:]
            del builder.ranges[2 * parts :]
            del builder.spans[spans:]
            del builder.extents[2 * spans :]
            return None
        return reader.acts, reader.findings


class _Reader:
    """Reads one block. The hot loop of the program: no calls but for what nests."""

    def __init__(self, builder: Builder, numbered: int) -> None:
        self.builder = builder
        self.text = builder.source
        self.find = _pattern().finditer
        self.numbered = numbered + 1
        self.acts: list[Act] = []
        self.findings: list[Finding] = []

    def read(self, begin: int, end: int, within: str | None, depth: int) -> None:
        """Build source[begin:end], which stands in the revision `within`."""
        text, builder, acts = self.text, self.builder, self.acts
        parts, spans = builder.parts, builder.spans
        ranges, extents = builder.ranges.append, builder.extents.append
        length = builder.length
        # What is read and not yet built begins at `done`; with `folded`, line feeds in it that
        # are one space each.
        done = begin
        folded = False
        for match in self.find(text, begin, end):
            start, stop = match.span()
            which = match.lastindex
            first = start  # of the white space before the mark
            broken = False
            if which is None or which > 3:
                if stop - start == 1:
                    raise _GivenUp
                first -= 1
            else:
                after = match.end(1)
                if text[first - 1] in _HYPHEN_OR_BLANK:
                    while first > done and text[first - 1] in _BLANKS:
                        first -= 1
                    if text[first - 1] == "-" or first == done:
                        raise _GivenUp
                if stop == after:  # a line break alone
                    if after - first == 1:
                        folded = True
                        size = length + after - done
                    else:
                        if first > done:
                            words = text[done:first]
                            parts.append(words.replace("\n", " ") if folded else words)
                            ranges(done)
                            ranges(first)
                            length += first - done
                            folded = False
                        parts.append(" ")
                        ranges(first)
                        ranges(after)
                        length = size = length + 1
                        done = after
                    spans.append(_new(Span, (size, size, "lb", "")))
                    extents(first)
                    extents(after)
                    continue
                broken = True
                start = after
                if text[first - 1] in _NOT_BEFORE:
                    raise _GivenUp
            if first <= done:
                raise _GivenUp  # at the edge of a block or beside another mark
            left = text[first - 1]
            if start - first == 1:
                words = text[done:start]
                parts.append(words.replace("\n", " ") if folded or broken else words)
                ranges(done)
                ranges(start)
                length += start - done
            else:
                if first > done:
                    words = text[done:first]
                    parts.append(words.replace("\n", " ") if folded else words)
                    ranges(done)
                    ranges(first)
                    length += first - done
                parts.append(" ")
                ranges(first)
                ranges(start)
                length += 1
            folded = False
            right = text[stop]
            at = stop
            while right in _BLANKS or right == "\n" or right == "\v" or right == "\f":
                at += 1
                right = text[at]
            index = len(spans)
            id_ = f"r{self.numbered + len(acts)}"
            struck = text[start] == "~"
            inner = start + 2
            if which is None or which == 1:
                # One mark: the white space before it goes with it.
                last = stop - 2 if struck else stop - 1
                if struck and not self._quiet(inner, last, left, right, at, start, stop, depth):
                    raise _GivenUp
                kind = DELETION if struck else ADDITION
                acts.append(
                    _new(
                        Act,
                        (
                            id_,
                            "deletion" if struck else "addition",
                            (index,),
                            "R3" if struck else "R7f",
                            "high",
                            "revision",
                            None,
                            within,
                            (),
                        ),
                    )
                )
                words = text[inner:last]
                before = length - 1
                if broken or "\n" in words or ("^" if struck else "~") in words:
                    spans.append(_RESERVED)
                    extents(start)
                    extents(stop)
                    if broken:
                        spans.append(_new(Span, (length, length, "lb", "")))
                        extents(first)
                        extents(start)
                    builder.length = length
                    self._body(inner, last, id_, depth)
                    length = builder.length
                    spans[index] = _new(Span, (before, length, kind, id_))
                else:
                    parts.append(words)
                    ranges(inner)
                    ranges(last)
                    length += last - inner
                    spans.append(_new(Span, (before, length, kind, id_)))
                    extents(start)
                    extents(stop)
            else:
                # One of each kind: the white space before them stays, that between goes.
                last, inner2 = match.span(which)
                start2, inner2 = inner2, inner2 + 2
                if struck:
                    stop1, last = last, last - 2
                    last2 = stop - 1
                    kind, kind2 = DELETION, ADDITION
                else:
                    stop1, last = last, last - 1
                    last2 = stop - 2
                    kind, kind2 = ADDITION, DELETION
                if struck and left in _ENDS and not depth:
                    sides = [
                        Side(True, start, stop1, text[inner], ""),
                        Side(False, start2, stop, text[inner2], text[last2 - 1]),
                    ]
                    self.findings += seams(sides, left, right)
                here = len(acts)
                acts.append(_NO_ACT)
                if broken:
                    spans.append(_new(Span, (length, length, "lb", "")))
                    extents(first)
                    extents(start)
                    index += 1
                spans.append(_RESERVED)
                extents(start)
                extents(stop1)
                builder.length = length
                self._body(inner, last, id_, depth)
                middle = builder.length
                spans[index] = _new(Span, (length, middle, kind, id_))
                second = len(spans)
                spans.append(_RESERVED)
                extents(start2)
                extents(stop)
                self._body(inner2, last2, id_, depth)
                length = builder.length
                spans[second] = _new(Span, (middle, length, kind2, id_))
                acts[here] = _new(
                    Act,
                    (
                        id_,
                        "substitution",
                        (index, second),
                        "R12",
                        "high",
                        "revision",
                        None,
                        within,
                        (),
                    ),
                )
            done = stop
        if end > done:
            words = text[done:end]
            parts.append(words.replace("\n", " ") if folded else words)
            ranges(done)
            ranges(end)
            length += end - done
        builder.length = length

    def _body(self, begin: int, end: int, id_: str, depth: int) -> None:
        """What stands in a mark."""
        builder = self.builder
        words = self.text[begin:end]
        if "\n" in words or "~" in words or "^" in words:
            if depth == _DEEPEST:
                raise _GivenUp
            self.read(begin, end, id_, depth + 1)
            return
        builder.parts.append(words)
        builder.ranges.append(begin)
        builder.ranges.append(end)
        builder.length += end - begin

    def _quiet(
        self,
        inner: int,
        last: int,
        left: str,
        right: str,
        at: int,
        start: int,
        stop: int,
        depth: int,
    ) -> bool:
        """Report what a deletion alone leaves (R24); False if it may end in a word (R6)."""
        text = self.text
        if right.islower() and not text[at + 2 : at + 3].isalnum():
            word = text[at : at + 2]
            if word.isalpha() and word not in SHORT_WORDS:
                return False
        if not depth and (right in _STOPS or left in _ENDS):
            side = Side(True, start, stop, text[inner], "")
            self.findings += seams([side], left, right)
        return True


_NO_ACT = Act("", "", (), "")
_RESERVED = Span(0, 0, "", "")
