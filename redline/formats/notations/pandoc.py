"""Pandoc's Markdown with tracked changes: `[x]{.deletion author="A" date="…"}`, `{.insertion}`.

It is what `pandoc --track-changes=all` makes of a Word file. The author is the hand, the day the
stage. Comments stand between `{.comment-start}` and `{.comment-end}`; `{.paragraph-insertion}` and
`{.paragraph-deletion}` say that the end of their paragraph was added or struck. The same spans may
be elements: `<span class="deletion">`. `~~x~~` strikes too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from redline.formats.notations.code import code_ranges, outside
from redline.formats.notations.events import Event, Finding
from redline.formats.notations.marks import with_text
from redline.formats.notations.signs import Signs
from redline.formats.notations.translate import Campaigns, translate
from redline.formats.notations.write import write_text
from redline.model import Act, Document, Stage
from redline.source import Source
from redline.spans import ADDITION, DELETION

__all__ = ["from_pandoc", "to_pandoc"]

_TOKEN = re.compile(
    r"\\(?P<escaped>[^\w\s])|(?P<open>\^?\[)|(?P<close>\](?P<target>\([^()\s]*\))?)|(?P<tildes>~+)"
    r"|(?P<raised>\^(?!\[)(?P<high>(?:[^\s^\\\[\]]|\\.)+)\^)"
    r"|<(?P<slash>/?)span\b(?P<said>[^<>]*)>|(?P<end>\n[ \t]*(?=\n))"
    r"|(?P<address>https?://[^\s<>\[\]]+)"
)
_ATTRIBUTES = re.compile(r"\{(?P<inner>(?:[^{}\"]|\"(?:[^\"\\]|\\.)*\")*)\}")
_ITEM = re.compile(
    r"\.(?P<class>[\w-]+)|(?P<key>[\w:-]+)=(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<bare>\S+))"
)
_KINDS = {"deletion": DELETION, "insertion": ADDITION}
_OF_SPANS = frozenset(
    {"deletion", "insertion", "paragraph-deletion", "paragraph-insertion"}
    | {"comment-start", "comment-end", "mark", "underline", "ul", "smallcaps"}
)
_EMPHASIS = {"mark": "bold", "underline": "italic", "ul": "italic", "smallcaps": "bold"}
_NATIVE_ESCAPES = frozenset("~^{}<>\\*[]_`#|$")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9.:-]+")
_SPAN_VALUE = re.compile(r"(?:data-)?([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_TRACKED = re.compile(r"\{\.(?:deletion|insertion|comment-start|comment-end)\b")
_PARAGRAPH_END = re.compile(r"[ \t]*(?:\r\n|[\r\n])(?:[ \t]*(?:\r\n|[\r\n]))+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _Span(NamedTuple):
    """A bracketed span: its brackets and attributes in the source, and what they say."""

    start: int
    inner: int
    close: int
    end: int
    classes: tuple[str, ...]
    values: Mapping[str, str]


def from_pandoc(source: Source) -> Document:
    """Read pandoc's Markdown with its spans for tracked changes."""
    reader = _Reader(source.text)
    events = list(reader.events())
    stages = [Stage(day, day, when=day) for day in sorted(reader.days)]
    return translate(
        source,
        lambda: events,
        "pandoc",
        markdown=True,
        findings=reader.findings,
        campaigns=Campaigns(stages, reader.hands),
        known=("wdiff",),
    )


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.findings: list[Finding] = []
        self.hands: dict[str, str] = {}
        self.days: set[str] = set()
        self.notes: list[Event] = []

    def events(self) -> list[Event]:
        """The events of the text, in order."""
        code = code_ranges(self.text)
        apart = outside(code)
        out = [Event("raw", *each) for each in code]
        spans: list[_Span] = []
        brackets: list[tuple[int, int]] = []
        tags: list[tuple[int, int, str]] = []
        strikes: dict[int, list[tuple[int, int]]] = {1: [], 2: []}
        at = 0
        while (match := _TOKEN.search(self.text, at)) is not None:
            start, end = match.span()
            at = end
            if not apart(start):
                continue
            if match["escaped"]:
                if match["escaped"] not in _NATIVE_ESCAPES:
                    out.append(Event("char", start, end, match["escaped"]))
            elif match["open"]:
                brackets.append((start, end))
            elif match["close"]:
                first = brackets.pop() if brackets else None
                if first is not None and not match["target"]:
                    at = self._bracket(first, start, end, spans)
            elif match["tildes"]:
                self._tildes(strikes, start, end, out)
            elif match["raised"]:
                inner, last = match.span("high")
                out.append(Event("hi-open", start, inner, "superscript"))
                out.append(Event("hi-close", last, end, "superscript"))
            elif match["said"] is not None and not match["slash"]:
                tags.append((start, end, match["said"]))
            elif match["said"] is not None and tags:
                opened, inner, said = tags.pop()
                classes, values = _attributes(said)
                if classes:
                    spans.append(_Span(opened, inner, start, end, classes, values))
            elif match["end"]:
                for waiting in strikes.values():
                    waiting.clear()
        out = self._with_comments(spans, out)
        for span in spans:
            self._span(span, out)
        out.sort(key=lambda event: (event.start, event.end))
        return list(with_text(self.text, out))

    def _bracket(
        self, first: tuple[int, int], start: int, end: int, spans: list[_Span]
    ) -> int:
        """What a closing bracket closes; where to go on."""
        found = _ATTRIBUTES.match(self.text, end)
        if found is not None:
            classes, values = _items(found["inner"])
            if classes:
                spans.append(_Span(*first, start, found.end(), classes, values))
                return found.end()
        elif _TRACKED.match(self.text, end):
            self.findings.append(("unclosed-mark", first[0], end, self.text[end : end + 12]))
        elif first[1] - first[0] == len("^["):
            self.notes.append(
                Event("note", first[0], end, ("footnote", self.text[first[1] : start]))
            )
        return end

    def _tildes(
        self, strikes: dict[int, list[tuple[int, int]]], start: int, end: int, out: list[Event]
    ) -> None:
        """Two tildes strike, one on either side lowers: that is left out."""
        size = end - start
        waiting = strikes.get(size)
        if waiting is None:
            return
        before, after = self.text[start - 1 : start], self.text[end : end + 1]
        if waiting and before and not before.isspace():
            open_ = waiting.pop()
            if size == 1:
                if not any(map(str.isspace, self.text[open_[1] : start])):
                    out += [Event("drop", *open_), Event("drop", start, end)]
                return
            said: Mapping[str, str] = {}
            out.append(Event("open", *open_, (DELETION, said)))
            out.append(Event("close", start, end, (DELETION, said)))
        elif after and not after.isspace():
            waiting.append((start, end))

    def _said(self, span: _Span) -> dict[str, str]:
        said = {}
        author, date = span.values.get("author", ""), span.values.get("date", "")
        hand = _NOT_IN_NAME.sub("-", author).strip("-.:")[:60]
        if hand:
            said["hand"] = hand
            self.hands[hand] = author
        day = _DAY.match(date)
        if day:
            said["stage"] = day[0]
            self.days.add(day[0])
        return said

    def _span(self, span: _Span, out: list[Event]) -> None:
        kinds = [_KINDS[each] for each in span.classes if each in _KINDS]
        emphasis = [_EMPHASIS[each] for each in span.classes if each in _EMPHASIS]
        first, last = (span.start, span.inner), (span.close, span.end)
        if kinds:
            said = {**self._said(span), "quiet": ""}
            out.append(Event("open", *first, (kinds[0], said)))
            out.append(Event("close", *last, (kinds[0], said)))
        elif emphasis:
            out.append(Event("hi-open", *first, emphasis[0]))
            out.append(Event("hi-close", *last, emphasis[0]))
        elif span.classes[0] in ("paragraph-insertion", "paragraph-deletion"):
            self._paragraph_end(span, out)

    def _paragraph_end(self, span: _Span, out: list[Event]) -> None:
        """The end of the paragraph was added or struck: the mark goes on over it."""
        kind = _KINDS[span.classes[0].removeprefix("paragraph-")]
        said = {**self._said(span), "quiet": ""}
        end = _PARAGRAPH_END.match(self.text, span.end)
        if end is None or end.end() == len(self.text):
            self.findings.append(("paragraph-mark", span.start, span.end, f".{span.classes[0]}"))
            out.append(Event("drop", span.start, span.end))
            return
        out.append(Event("open", span.start, span.end, (kind, said)))
        out.append(Event("close", end.end(), end.end(), (kind, said)))

    def _with_comments(self, spans: list[_Span], out: list[Event]) -> list[Event]:
        """The events, with comments for what stands in the spans that begin them."""
        comments = [
            Event(
                "note",
                span.start,
                span.end,
                ("editorial", " ".join(self.text[span.inner : span.close].split())),
            )
            for span in spans
            if "comment-start" in span.classes
        ]
        comments += self.notes
        ends = [
            Event("drop", span.start, span.end) for span in spans if "comment-end" in span.classes
        ]
        apart = outside((event.start, event.end) for event in comments)
        spans[:] = [span for span in spans if apart(span.start)]
        kept = [event for event in [*out, *ends] if apart(event.start)]
        return [*kept, *comments]


def _attributes(said: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The classes of an element, and what else it says; none that is no span of pandoc's."""
    values = {name: one or other for name, one, other in _SPAN_VALUE.findall(said)}
    classes = tuple(values.pop("class", "").split())
    return (classes if _OF_SPANS.intersection(classes) else ()), values


def _items(inner: str) -> tuple[tuple[str, ...], dict[str, str]]:
    classes, values = [], {}
    for match in _ITEM.finditer(inner):
        if match["class"]:
            classes.append(match["class"])
        else:
            quoted = match["quoted"]
            values[match["key"]] = (
                re.sub(r"\\(.)", r"\1", quoted) if quoted is not None else match["bare"]
            )
    return tuple(classes), values


def _sign(
    names: Mapping[str, str], document: Document, act: Act, kind: str
) -> tuple[str, str]:
    """The signs of a part of an act, with its author (by `names`) and day, where known."""
    days = {stage.id: stage.when for stage in document.stages}
    said = [".deletion" if kind == DELETION else ".insertion"]
    if act.hand is not None:
        author = names.get(act.hand, act.hand).replace("\\", "\\\\").replace('"', '\\"')
        said.append(f'author="{author}"')
    day = days.get(act.stage) or (act.stage if _DAY.fullmatch(act.stage) else None)
    if day:
        said.append(f'date="{day}T00:00:00Z"')
    return "[", f"]{{{' '.join(said)}}}"


_SPECIAL = re.compile(r"(https?://[^\s<>]+)|[~^]|\](?=\{)|<(?=/?span\b)")


def _escaped(words: str) -> str:
    return _SPECIAL.sub(lambda match: match[1] or f"\\{match[0]}", words)


_SIGNS = Signs(
    {
        DELETION: ("[", "]{.deletion}"),
        ADDITION: ("[", "]{.insertion}"),
        "italic": ("*", "*"),
        "bold": ("**", "**"),
        "bold-italic": ("***", "***"),
        "hand": ("[hw: ", "]"),
    },
    note='[margin: {}]{{.comment-start}}[]{{.comment-end}}',
    whole={"superscript": "^{}^"},
    escape=_escaped,
    markdown=True,
    trim=True,  # pandoc drops white space there
)


def to_pandoc(document: Document) -> str:
    """The document as Markdown with pandoc's spans for tracked changes."""
    if document.format == "pandoc" and not document.edited and not document.decisions:
        return document.source.text
    names = {hand.id: hand.label for hand in document.hands}
    return write_text(document, replace(_SIGNS, sign=partial(_sign, names)))
