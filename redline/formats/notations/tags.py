"""Notations whose marks have names: `[deletion]…[/deletion]`, `<del>…</del>`.

What a name means is a row of a table. A tag that opens is a mark only if the one that closes it
comes; the nearest of that name is meant, so marks may cross.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from redline.formats.notations.code import outside
from redline.formats.notations.events import NOTHING, Event, Finding
from redline.formats.notations.marks import with_text

__all__ = ["Found", "Tag", "tag_events"]

#: Kinds of tags whose words are no running text: they are taken whole.
_OPAQUE = frozenset({"note", "furniture", "unclear", "gap", "page"})
#: What a doubtful reading may hold and be taken whole.
_PLAIN = frozenset({"char", "drop", "text"})
#: What is its words, or those that stand for it.
_WHOLE = frozenset({"gap", "unclear"})


class Tag(NamedTuple):
    """What a name means: see `redline.formats.notations.events`, and ``drop``, whose tags go.

    `data` is the kind of emphasis or note, or the words of a gap. `alone`: what it is when
    nothing closes it, "" for text.
    """

    what: str
    data: str = ""
    alone: str = ""


class Found(NamedTuple):
    """A tag in the source: its range, ``open``, ``close`` or ``void``, its name, what it means."""

    start: int
    end: int
    role: str
    name: str
    tag: Tag
    said: Mapping[str, str] = NOTHING


def tag_events(
    text: str, found: Iterable[Found], others: Iterable[Event] = ()
) -> tuple[list[Event], list[Finding]]:
    """The events of a text with these tags (and `others`, which lie apart from them), in order."""
    pairs, alone = _paired(found)
    events = list(others)
    findings: list[Finding] = []
    for tag in alone:
        made = _void(tag) if tag.role != "close" else None
        if made is not None:
            events.append(made)
        else:
            code = "unopened-mark" if tag.role == "close" else "unclosed-mark"
            findings.append((code, tag.start, tag.end, text[tag.start : tag.end]))
    inner = _Inner(text, pairs, events)
    whole = 0  # up to here all is taken whole
    opaque: list[Event] = []
    for one, other in sorted(pairs):
        if one.start < whole:
            continue
        if one.tag.what in _OPAQUE:
            words = text[one.end : other.start]
            if one.tag.what == "unclear":
                plain = inner.words(one.end, other.start)
                if plain is None:  # it has marks: the doubt is laid over them
                    one = one._replace(tag=Tag("hi", "unclear"))
                    events += _pair(one, other)
                    continue
                words = plain
            elif one.tag.what == "note":
                words, revised = inner.told(one.end, other.start)
                findings += (("page-strike", one.start, other.end, each) for each in revised)
            made = _taken(one, other.end, words)
            if made is not None:
                whole = other.end
                opaque.append(made)
                continue
        events += _pair(one, other)
    apart = outside((event.start, event.end) for event in opaque)
    events = [*(event for event in events if apart(event.start)), *opaque]
    events.sort(key=lambda event: (event.start, event.end))
    return list(with_text(text, events)), findings


class _Inner:
    """What stands inside a tag: events and the tags of pairs, by where they begin."""

    def __init__(
        self, text: str, pairs: Iterable[tuple[Found, Found]], others: Iterable[Event]
    ) -> None:
        self.text = text
        rows = list(others)
        for one, other in pairs:
            revised = one.tag.what in ("del", "add")
            words = text[one.end : other.start] if revised else None
            rows.append(Event("tag", one.start, one.end, words))
            rows.append(Event("tag", other.start, other.end))
        self.rows = sorted(rows, key=lambda event: (event.start, event.end))
        self.places = [event.start for event in self.rows]
        self.closing = [event.start for event in self.rows if event.what == "close"]

    def _within(self, start: int, end: int) -> list[Event]:
        return self.rows[bisect_left(self.places, start) : bisect_left(self.places, end)]

    def words(self, start: int, end: int) -> str | None:
        """The words of a range with what its characters stand for; None if it has marks."""
        if not all(event.what in _PLAIN for event in self._within(start, end)):
            return None
        return self.told(start, end)[0]

    def told(self, start: int, end: int) -> tuple[str, list[str]]:
        """The words of a range without its marks, and those that are struck or added in it."""
        out: list[str] = []
        revised: list[str] = []
        at = start
        for event in self._within(start, end):
            out.append(self.text[at : event.start])
            if event.what == "char":
                out.append(event.data)
            elif event.what == "text":
                out.append(self.text[event.start : event.end])
            elif event.what == "tag" and event.data is not None:
                revised.append(event.data)
            elif event.what == "open":
                k = bisect_left(self.closing, event.end)
                stop = self.closing[k] if k < len(self.closing) else end
                revised.append(self.text[event.end : min(stop, end)])
            elif event.what in _WHOLE:
                out.append(str(event.data))
            at = max(at, event.end)
        return "".join((*out, self.text[at:end])), revised


def _paired(found: Iterable[Found]) -> tuple[list[tuple[Found, Found]], list[Found]]:
    stacks: dict[str, list[Found]] = {}
    pairs: list[tuple[Found, Found]] = []
    alone: list[Found] = []
    for tag in found:
        if tag.role == "open":
            stacks.setdefault(tag.name, []).append(tag)
        elif tag.role == "close" and stacks.get(tag.name):
            pairs.append((stacks[tag.name].pop(), tag))
        else:
            alone.append(tag)
    alone += [tag for stack in stacks.values() for tag in stack]
    return pairs, alone


def _void(tag: Found) -> Event | None:
    """A tag that nothing closes, where that means something."""
    what = tag.tag.what if tag.role == "void" else tag.tag.alone
    if what == "note":  # one that says what stands elsewhere
        return Event("drop", tag.start, tag.end)
    if what in ("gap", "page"):
        words = tag.tag.data or "[illegible]"
        return Event(what, tag.start, tag.end, words if what == "gap" else tag.tag.data)
    if what in ("break", "drop", "item"):
        return Event(what, tag.start, tag.end)
    if what == "char":
        return Event("char", tag.start, tag.end, tag.tag.data)
    return None


def _taken(one: Found, end: int, words: str) -> Event | None:
    what, data = one.tag.what, one.tag.data
    bare = words.strip()
    if what == "note":
        return Event("note", one.start, end, (data or "margin", words))
    if what == "gap" or not bare:
        return Event("gap", one.start, end, data or "[illegible]")
    if what == "furniture":
        return Event("furniture", one.start, end, f"{data}: {bare}" if data else bare)
    return Event(what, one.start, end, bare)


def _pair(one: Found, other: Found) -> Iterator[Event]:
    what, data = one.tag.what, one.tag.data
    if what == "hi":
        yield Event("hi-open", one.start, one.end, data)
        yield Event("hi-close", other.start, other.end, data)
    elif what in ("del", "add"):
        yield Event("open", one.start, one.end, (what, one.said))
        yield Event("close", other.start, other.end, (what, one.said))
    elif what == "heading":
        yield Event("heading", one.start, one.end, int(data or 1))
        yield Event("char", other.start, other.end, "\n\n")
    else:
        yield Event("drop", one.start, one.end)
        yield Event("drop", other.start, other.end)
