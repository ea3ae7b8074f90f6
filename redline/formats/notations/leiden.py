"""Leiden+, as papyri.info has it: 〚deleted〛, \\above the line/, <:new|subst|old:>.

An erasure, an addition and a substitution may say how sure they are, `(?)`; `$m2` says that a
second hand goes on. Corrections and regularisations of the editor are notes: nothing is corrected.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple
from unicodedata import normalize

from redline.formats.notations.events import NOTHING, Event, Finding
from redline.formats.notations.marks import with_text
from redline.formats.notations.signs import Signs
from redline.formats.notations.translate import translate
from redline.formats.notations.write import write_text
from redline.model import Act, Document
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["from_leiden", "to_leiden"]

#: Signs that open, the sign that closes each, and what is between.
_PAIRS = {
    "〚": ("〛", DELETION),
    "\\": ("/", ADDITION),
    "//": ("\\\\", ADDITION),
    "<|": ("|>", ADDITION),
    "<_": ("_>", ADDITION),
    **{
        f"||{place}:": ("||", ADDITION)
        for place in ("interlin", "left", "right", "top", "bottom", "inline")
    },
}
_DOT = "\u0323"
#: Letters that have the dot in them, as most programs store them.
_DOTTED = "".join(chr(n) for n in range(0x1E00, 0x1F00) if _DOT in normalize("NFD", chr(n)))
_MANY = r"(?:ca\.)?(?:\d+(?:-\d+)?|\?)"
_TYPES = "subst|corr|reg|orth|alt|ed"
_SIGN = re.compile(
    r"(?P<note>/\*[^*]*\*/)|(?P<hand>\$m(?P<number>\d+)(?:\(\?\))?[ \t]?)"
    rf"|(?P<subst><:)|(?P<middle>\|(?:{_TYPES})\||\|\|(?:{_TYPES})\|\|)|(?P<done>:>)"
    r"|(?P<frame><[SDT]=[^<>\n]*(?:<=)?|<=|=>|=[DT]>|<\#|=[^=\#<>\n]{0,40}\#>"
    r"|\\\|(?!\|)|\|/|~\|\||\|\|~[a-z-]*|¯)"
    r"|(?P<high>\|\^)|(?P<low>\^\|)"
    r"|(?P<open>〚[X/]?|\|\|(?:interlin|left|right|top|bottom|inline):|<\||<_(?!_)|(?<![:/])//|\\(?!\\))"
    rf"|(?P<sure>\(\?\)(?=〛|\\\\|/|\|>|_>|\|\||\|(?:{_TYPES})\||:>))"
    r"|(?P<close>〛|\\\\|/|\|>|_>|\|\|)"
    rf"|(?P<gap>\[(?:\.|(?=ca\.))(?P<lost>{_MANY})(?P<lines>lin)?\]"
    rf"|(?<!\w)(?P<word>lost|vestig|vac)\.(?P<many>{_MANY})(?P<unit>lin|char)?(?:\(\?\))?"
    rf"|(?<![\w.])(?:\.|(?=ca\.))(?P<dim>{_MANY})(?P<rows>lin)?|(?<=[^\W\d_])\.(?P<inner>\d+|\?))"
    rf"|(?P<doubt>(?:[{_DOTTED}][\u0300-\u036f]*"
    r"|[^\W\d_][\u0300-\u0322\u0324-\u036f]*\u0323[\u0300-\u036f]*)+)"
    r"|(?P<surplus>[{}])"
)
#: Types of correction whose first text stands; of the others it is the editor's.
_FIRST_STANDS = frozenset({"alt", "ed"})
#: The number of a line, where one may stand: a space, an opening sign or the line's head before.
_LINE = re.compile(
    r"(?:(?<=[ \t\n\r〚=])|(?<![\s\S]))(?:(?P<n>\d+)(?:[/,]\w{1,5}|[a-z])?\.(?P<joined>-?)"
    r"|\((?P<turned>\d+)(?:,\w{1,5})?(?P<broken>\.-)?, ?(?:perpendicular|inverse)\))[ \t]+"
)
_BLOCK = re.compile("<=")
#: So far a number may be indented.
_HEAD = 40
_NUMBER = re.compile(r"(?m)^(?=[ \t]*\d+[a-z]?\.-?[ \t])")
#: A correction is told up to so many characters.
_LONGEST = 500


class _Mark(NamedTuple):
    kind: str
    start: int
    end: int
    said: Mapping[str, str]


class _Subst(NamedTuple):
    """Two texts side by side; `middle`: the sign between them, its range and what it says."""

    start: int
    end: int
    said: Mapping[str, str]
    middle: tuple[int, int, str] = (0, 0, "")


def from_leiden(source: Source) -> Document:
    """Read Leiden+. Any text is a document; faults are diagnostics."""
    scan = _Scan(source.text)
    events = list(with_text(source.text, sorted(scan.events, key=lambda e: (e.start, e.end))))
    found = translate(
        source, lambda: events, "leiden", findings=scan.findings, known=("leiden+",)
    )
    if not scan.unsure:
        return found
    starts = sorted(scan.unsure)
    acts = tuple(
        act._replace(cert="low")
        if any(_has(starts, found.extent(k)) for k in act.parts)
        else act
        for act in found.acts
    )
    return replace(found, acts=acts)


def _has(starts: list[int], extent: tuple[int, int]) -> bool:
    """Whether a mark that is unsure opens where this part does."""
    k = bisect_right(starts, extent[0]) - 1
    return k >= 0 and starts[k] == extent[0]


class _Scan:
    def __init__(self, text: str) -> None:
        self.text = text
        self.events: list[Event] = []
        self.findings: list[Finding] = []
        self.unsure: set[int] = set()
        self.hand: Mapping[str, str] = NOTHING
        self.open: dict[str, list[_Mark]] = {}  # by the signs that close them
        self.begun: list[_Subst] = []
        self.divided: list[_Subst] = []
        self.dropped: list[tuple[int, int]] = []
        self.raised: tuple[int, int] | None = None  # the sign before raised letters
        self.sure: int | None = None  # where a (?) stands that the next sign is to take
        self._lines()
        taken = sorted((e.start, e.end) for e in self.events)
        for match in _SIGN.finditer(text):
            k = bisect_right(taken, (match.start(), len(text))) - 1
            if k < 0 or taken[k][1] <= match.start():
                self._sign(match)
        left: list[_Mark | _Subst] = [*self.begun, *self.divided]
        left += [mark for marks in self.open.values() for mark in marks]
        for one in left:
            self.findings.append(("unclosed-mark", one.start, one.end, text[one.start : one.end]))
        self._leave_out()

    def _lines(self) -> None:
        """Numbers of lines; a line that begins inside a word joins the one before.

        Where a text block begins on a line of the file, its lines may go on there.
        """
        text = self.text
        due, blocks = -1, [match.end() for match in _BLOCK.finditer(text)]
        seen = 0  # up to here line ends were looked for
        head = 0
        for match in _LINE.finditer(text):
            start, number = match.start(), int((match["n"] or match["turned"])[-9:])
            head = max(head, text.rfind("\n", seen, start) + 1)
            seen = start
            if text[head : min(start, head + _HEAD)].strip(" \t〚") or start - head > _HEAD:
                k = bisect_right(blocks, start) - 1
                if k < 0 or blocks[k] <= head or number not in (1, due):
                    continue
            due = number + 1
            if match["joined"] or match["broken"]:
                while start and text[start - 1] in " \t\r\n":
                    start -= 1
            self.events.append(Event("drop", start, match.end()))

    def _sign(self, match: re.Match[str]) -> None:
        kind, (start, end) = match.lastgroup, match.span()
        words = match[0]
        if match["note"]:
            self.events.append(Event("note", start, end, ("editorial", words[2:-2])))
        elif match["hand"]:
            number = match["number"]
            self.hand = NOTHING if number == "1" else {"hand": f"m{number}"}
            self.events.append(Event("drop", start, end))
        elif match["gap"]:
            self.events.append(Event("gap", start, end, _gap(match)))
        elif match["doubt"]:
            plain = normalize("NFC", normalize("NFD", words).replace(_DOT, ""))
            self.events.append(Event("unclear", start, end, plain))
        elif match["high"]:
            self.raised = (start, end)
        elif match["low"]:
            if self.raised is not None:
                self.events.append(Event("hi-open", *self.raised, "superscript"))
                self.events.append(Event("hi-close", start, end, "superscript"))
            self.raised = None
        elif match["surplus"] or match["frame"]:
            self.events.append(Event("drop", start, end))
        elif kind == "sure":
            self.sure = start
        elif match["subst"]:
            self.begun.append(_Subst(start, end, self.hand))
        elif match["middle"]:
            self._middle(start, end, words)
        elif match["done"]:
            self._subst(start, end)
        elif match["open"]:
            close, what = _PAIRS["〚" if words[0] == "〚" else words]
            self.open.setdefault(close, []).append(_Mark(what, start, end, self.hand))
        else:
            self._close(words, start, end)

    def _close(self, sign: str, start: int, end: int) -> None:
        marks = self.open.get(sign)
        if not marks:
            if sign == "〛":
                self.findings.append(("unopened-mark", start, end, sign))
            return
        one = marks.pop()
        first = self._certainty(one.start, start)
        self.events.append(Event("open", one.start, one.end, (one.kind, one.said)))
        self.events.append(Event("close", first, end, (one.kind, one.said)))

    def _certainty(self, start: int, close: int) -> int:
        """Where the closing sign begins: at the (?) before it, if there is one."""
        sure, self.sure = self.sure, None
        if sure is None or sure + 3 != close:
            return close
        self.unsure.add(start)
        return sure

    def _middle(self, start: int, end: int, words: str) -> None:
        if self.begun:
            one = self.begun.pop()
            first = self._certainty(one.start, start)
            self.divided.append(one._replace(middle=(first, end, words.strip("|"))))

    def _subst(self, start: int, end: int) -> None:
        if not self.divided:
            return
        one = self.divided.pop()
        first, last, what = one.middle
        if what == "subst":
            close = self._certainty(last, start)
            said = {**one.said, "quiet": ""}
            self.events.append(Event("open", one.start, one.end, (ADDITION, said)))
            self.events.append(Event("close", first, first, (ADDITION, said)))
            self.events.append(Event("open", first, last, (DELETION, said)))
            self.events.append(Event("close", close, end, (DELETION, said)))
            return
        if what in _FIRST_STANDS:
            inside = self.text[last:start][:_LONGEST]
            self.events.append(Event("drop", one.start, one.end))
            self.dropped.append((self._source_of(one.end, first), end))
        else:
            inside = self.text[one.end : first][:_LONGEST]
            self.dropped.append((one.start, last))
            self.events.append(Event("drop", start, end))
        self.events.append(Event("note", end, end, ("editorial", f"{what}: {inside}")))

    def _source_of(self, start: int, end: int) -> int:
        """Where a reading ends before the sign `=` and whose it is."""
        at = self.text.find("=", start, end)
        return at if at >= 0 else end

    def _leave_out(self) -> None:
        """What the editor put in place of the words is no text; nothing in it is a mark."""
        reached = 0
        kept: list[Event] = []
        ranges = sorted(self.dropped)
        outer: list[tuple[int, int]] = []
        for start, end in ranges:
            if start >= reached:
                outer.append((start, end))
                reached = end
        k = 0
        for event in sorted(self.events, key=lambda each: (each.start, each.end)):
            while k < len(outer) and outer[k][1] <= event.start:
                k += 1
            if k == len(outer) or event.start < outer[k][0]:
                kept.append(event)
        self.events = kept + [Event("drop", *each) for each in outer]


def _gap(match: re.Match[str]) -> str:
    """A gap as the native notation has it."""
    if match["word"] == "vac":
        return "[blank]"
    count = match["lost"] or match["many"] or match["dim"] or match["inner"]
    lost = match["lost"] or match["word"] == "lost"
    number = count.removeprefix("ca.")
    if number == "?":
        return "[lost]" if lost else "[illegible]"
    what = "missing" if lost else "illegible"
    unit = "line" if match["lines"] or match["rows"] or match["unit"] == "lin" else "letter"
    return f"[{number} {unit}{'s' * (number != '1')} {what}]"


def _signed(document: Document, act: Act, kind: str) -> tuple[str, str]:
    sure = "(?)" if act.cert == "low" else ""
    return ("〚", f"{sure}〛") if kind == DELETION else ("\\", f"{sure}/")


def _dotted(words: str) -> str:
    """Each letter with a dot below it."""
    return "".join(f"{each}{_DOT}" if each.isalpha() else each for each in words)


_SIGNS = Signs(
    {DELETION: ("〚", "〛"), ADDITION: ("\\", "/"), "hand": ("[hw: ", "]")},
    note="/*margin: {}*/",
    whole={"unclear": _dotted, "superscript": "|^{}^|"},
    sign=_signed,
)


def to_leiden(document: Document) -> str:
    """The document in Leiden+, without the numbers of lines.

    The notation has no escape: what it would take for a mark in the words stays as it is.
    """
    if document.format == "leiden" and not document.edited and not document.decisions:
        return document.source.text
    # A number that is typed at the head of a line is no line's number where one stands before it.
    return _NUMBER.sub("1. ", write_text(document, _SIGNS))
