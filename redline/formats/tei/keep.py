"""A document that was read from TEI, written again: its source, changed only where it must be.

What is not touched comes back character for character: elements redline does not know, ids,
pointers, comments, white space between tags. A revision that an editor decided on loses its
tags, with its text or without it. The header is kept whole and told what was done.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace

from redline.diagnostics import FormatError
from redline.edit import settle
from redline.edit.words import RULE
from redline.formats.tei.edits import spliced
from redline.formats.tei.escape import storable, xml_name
from redline.formats.tei.headed import defined, headed
from redline.formats.tei.names import Element
from redline.formats.tei.read import from_tei
from redline.formats.tei.read.scan import ATTRIBUTE, TOKEN
from redline.model import Decision, Document, Note, Revision
from redline.spans import ADDITION

__all__ = ["declared", "elements", "kept"]

_STAGES = ("draft", "final")
_KEPT = "tei:"
_ENCODING = re.compile(r"(<\?xml[^>]*?encoding\s*=\s*)([\"'])([^\"']*)\2")
_POINTING = frozenset({"substJoin", "undo", "redo"})
#: What stays on the page whatever becomes of the words around it.
_LASTING = frozenset({"pb", "cb", "gb", "milestone", "anchor", "fw", "note", "stamp"})


def kept(document: Document) -> str | None:
    """The source of a document, with its decisions carried out and its edits put in; None where
    that would not read back as the document."""
    raw = document.source.text
    decisions: Mapping[str, Decision] = document.decisions
    if decisions or "as_read" not in document.__dict__:
        read = from_tei(document.source)
        decided = replace(read, decisions=decisions)
        if not _same(document, decided) and not _same(document, settle(decided)):
            return _edited(document, read)
        if not all(id_ in read.act_of for id_ in decisions):
            return None
        if decisions:
            raw = _decided(decided)
            found = from_tei(replace(document.source, text=raw))
            if any(found.reading(s).text != document.reading(s).text for s in _STAGES):
                return None
    return headed(declared(raw), decided=len(decisions))


def _edited(document: Document, read: Document) -> str | None:
    """The source with edits put in, and after that the decisions carried out."""
    if any(row.rule == RULE for row in document.markings):
        return None  # banners that an editor changed
    decisions = {**_settled(document, read), **document.decisions}
    made = spliced(document, read)
    if made is None:
        return None
    raw = defined(made.raw, document.stages, made.stages, made.hands)
    try:
        found = from_tei(replace(document.source, text=raw))
        if decisions:
            if not all(id_ in found.act_of for id_ in decisions):
                return None
            raw = _decided(replace(found, decisions=decisions))
            found = from_tei(replace(document.source, text=raw))
    except FormatError:
        return None
    if not _says_the_same(document, found):
        return None
    return headed(declared(raw), decided=len(decisions), edited=True)


def _settled(document: Document, read: Document) -> dict[str, Decision]:
    """What was decided on the acts that are in the file and no more in the document."""
    kept_ = [(a, b) for _, _, a, b in document.origin.segments() if a < b]
    starts = [a for a, _ in kept_]
    out: dict[str, Decision] = {}
    for act in read.acts:
        if act.id in document.act_of:
            continue
        k = act.parts[0]
        span = read.spans[k]
        first, last = read.origin.source_span(span.start, span.end)
        at = bisect_right(starts, last - 1) - 1
        stays = at >= 0 and kept_[at][1] > first
        out[act.id] = "accepted" if stays == (span.kind == ADDITION) else "rejected"
    return out


def _says_the_same(document: Document, other: Document) -> bool:
    """Whether two documents have the same readings, revisions and notes."""
    settled = settle(document) if document.decisions else document
    known = {stage.id for stage in other.stages}
    stages = {"draft", "final"} | {s.id for s in document.stages if xml_name(s.id) in known}
    return (
        all(
            _words(document.reading(stage).text) == _words(other.reading(_name(stage)).text)
            for stage in stages
        )
        and sorted(map(_facts, settled.revisions)) == sorted(map(_facts, other.revisions))
        and sorted(map(_noted, settled.notes)) == sorted(map(_noted, other.notes))
    )


def _facts(revision: Revision) -> tuple[object, ...]:
    return (
        revision.kind,
        "".join(_words("".join(part.text for part in revision.deleted)).split()),
        "".join(_words("".join(part.text for part in revision.added)).split()),
        _name(revision.stage),
        _name(revision.hand or ""),
        revision.cert,
    )


def _noted(note: Note) -> tuple[object, ...]:
    return note.kind, note.n or "", note.start is not None, note.end is not None


def _name(id_: str) -> str:
    return xml_name(id_) if id_ else ""


def _words(text: str) -> str:
    return " ".join(storable(text).split())


def _same(document: Document, other: Document) -> bool:
    return (
        document.text == other.text
        and document.spans == other.spans
        and document.acts == other.acts
        and (document.stages, document.hands) == (other.stages, other.hands)
        and not any(row.rule == RULE for row in document.markings)
    )


def declared(raw: str) -> str:
    """What is written is UTF-8, whatever the source was."""
    match = _ENCODING.match(raw)
    if match is None or match[3].lower() == "utf-8":
        return raw
    return f"{match[1]}{match[2]}UTF-8{match[2]}{raw[match.end():]}"


# -- decisions ------------------------------------------------------------------------------------


def _decided(document: Document) -> str:
    fates: dict[int, bool] = {}  # where a tag begins: whether what it holds stays
    ranges: list[tuple[int, int]] = []
    raw = document.source.text
    for id_, decision in document.decisions.items():
        for k in document.act_of[id_].parts:
            start, end = document.extent(k)
            stays = (decision == "accepted") == (document.spans[k].kind == ADDITION)
            fates[start] = stays
            match = TOKEN.match(raw, start)
            if not stays and match and match[2] and match[2].endswith("Span"):
                ranges.append((start, end))
    return "".join(_Patch(raw, fates, sorted(ranges)).pieces())


class _Patch:
    def __init__(self, raw: str, fates: Mapping[int, bool], ranges: list[tuple[int, int]]) -> None:
        self.raw = raw
        self.fates = fates
        self.ranges = ranges
        self.until = 0  # text before this place is struck, over the edges of blocks
        self.gone: set[str] = set()

    def pieces(self) -> Iterator[str]:
        """The file in pieces."""
        raw = self.raw
        at = 0
        stack: list[tuple[bool, int]] = []  # whether the tags stay, how deep it is in struck text
        struck = 0
        lasting = 0
        for match in TOKEN.finditer(raw):
            if match.start() > at and (not struck or lasting) and at >= self.until:
                yield raw[at : match.start()]
            at = match.end()
            name = match[2]
            if name is None:
                if not struck and (match[5] is None or at >= self.until):
                    yield match[0]
                continue
            if match[1]:
                stays, kind = stack.pop()
                if stays:
                    yield match[0]
                struck -= kind == 1
                lasting -= kind == 2
                continue
            while self.ranges and self.ranges[0][0] <= match.start():
                self.until = max(self.until, self.ranges.pop(0)[1])
            stays, kind = self._tag(match, struck=struck > 0, lasting=lasting > 0)
            if stays:
                yield match[0]
            if not match[4]:
                struck += kind == 1
                lasting += kind == 2
                stack.append((stays, kind))
        yield raw[at:]

    def _tag(self, match: re.Match[str], *, struck: bool, lasting: bool) -> tuple[bool, int]:
        """Whether a tag stays; 1 where what it holds is struck, 2 where it stays in spite of it."""
        name = match[2].rpartition(":")[2]
        if lasting:
            return True, 2
        if struck:
            return (True, 2) if name in _LASTING else (False, 0)
        fate = self.fates.get(match.start())
        if fate is not None:
            self.gone.update(f"#{id_}" for id_ in _ids(match[3]))
            return False, 0 if fate else 1
        if name == "subst":
            inner = TOKEN.search(self.raw, match.end())
            while inner is not None and inner[2] is None:
                inner = TOKEN.search(self.raw, inner.end())
            if inner is not None and inner.start() in self.fates:
                self.gone.update(f"#{id_}" for id_ in _ids(match[3]))
                return False, 0
        if name in _POINTING and self.gone:
            targets = {a or b for key, a, b in ATTRIBUTE.findall(match[3]) if key == "target"}
            if any(not self.gone.isdisjoint(each.split()) for each in targets):
                return False, 0
        return True, 0


def _ids(written: str) -> list[str]:
    return [a or b for key, a, b in ATTRIBUTE.findall(written) if key == "xml:id"]


# -- elements of the source, in a file that is written anew -------------------------------------


def elements(document: Document, *, prefixed: bool) -> dict[int, Element]:
    """The elements that redline has no name for, by their spans, as the source has them.

    Names are `prefixed` where the namespaces of the source stay around them; else those of TEI
    lose their prefix, and others are left out.
    """
    found: dict[int, Element] = {}
    if document.format != "tei":
        return found
    raw = document.source.text
    for k, span in enumerate(document.spans):
        if span.kind == "undone-del":
            found[k] = Element("mod", ' type="restored"')
        elif span.kind.startswith(_KEPT):
            match = TOKEN.match(raw, document.extent(k)[0])
            if match is not None and match[2] and not match[1]:
                local = match[2].rpartition(":")[2]
                if not prefixed and ":" in match[2]:
                    if span.kind == f"{_KEPT}{local}":
                        found[k] = Element(local, match[3].rstrip())
                    continue
                found[k] = Element(match[2], match[3].rstrip())
    return found
