"""Pandoc's Markdown with tracked changes: `[x]{.deletion author="A" date="…"}`, `{.insertion}`.

It is what `pandoc --track-changes=all` makes of a Word file. The author is the hand, the day the
stage. Comments stand between `{.comment-start}` and `{.comment-end}`. Marks of paragraph ends
(`{.paragraph-insertion}`, `{.paragraph-deletion}`) are reported: the paragraphs stay apart.
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

_TOKEN = re.compile(r"\\(?P<escaped>[^\w\s])|(?P<open>\[)|(?P<close>\])")
_ATTRIBUTES = re.compile(r"\{(?P<inner>(?:[^{}\"]|\"(?:[^\"\\]|\\.)*\")*)\}")
_ITEM = re.compile(
    r"\.(?P<class>[\w-]+)|(?P<key>[\w:-]+)=(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<bare>\S+))"
)
_KINDS = {"deletion": DELETION, "insertion": ADDITION}
_EMPHASIS = {"mark": "bold", "underline": "italic", "ul": "italic", "smallcaps": "bold"}
_NATIVE_ESCAPES = frozenset("~^{}<>\\*[]_`#|$")
_NOT_IN_NAME = re.compile(r"[^A-Za-z0-9.:-]+")
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

    def events(self) -> list[Event]:
        """The events of the text, in order."""
        code = code_ranges(self.text)
        apart = outside(code)
        out = [Event("raw", *each) for each in code]
        spans: list[_Span] = []
        stack: list[tuple[int, int]] = []
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
                stack.append((start, end))
            else:
                found = _ATTRIBUTES.match(self.text, end)
                first = stack.pop() if stack else None
                if first is not None and found is not None:
                    classes, values = _items(found["inner"])
                    if classes:
                        spans.append(_Span(*first, start, found.end(), classes, values))
                        at = found.end()
        out = self._with_comments(spans, out)
        for span in spans:
            self._span(span, out)
        out.sort(key=lambda event: (event.start, event.end))
        return list(with_text(self.text, out))

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
            self.findings.append(("paragraph-mark", span.start, span.end, f".{span.classes[0]}"))
            out.append(Event("drop", span.start, span.end))

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
        ends = [
            Event("drop", span.start, span.end) for span in spans if "comment-end" in span.classes
        ]
        apart = outside((event.start, event.end) for event in comments)
        spans[:] = [span for span in spans if apart(span.start)]
        kept = [event for event in [*out, *ends] if apart(event.start)]
        return [*kept, *comments]


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
    markdown=True,
    trim=True,  # pandoc drops white space there
)


def to_pandoc(document: Document) -> str:
    """The document as Markdown with pandoc's spans for tracked changes."""
    if document.format == "pandoc" and not document.edited and not document.decisions:
        return document.source.text
    names = {hand.id: hand.label for hand in document.hands}
    return write_text(document, replace(_SIGNS, sign=partial(_sign, names)))
