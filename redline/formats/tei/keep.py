"""A document that was read from TEI, written again: its source, changed only where it must be.

What is not touched comes back character for character: elements redline does not know, ids,
pointers, comments, white space between tags. A revision that an editor decided on loses its
tags, with its text or without it. The header is kept whole and told what was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from redline.edit import settle
from redline.edit.words import RULE
from redline.formats.record.write import version
from redline.formats.tei.names import Element
from redline.formats.tei.read import from_tei
from redline.formats.tei.read.scan import ATTRIBUTE, TOKEN
from redline.model import Document
from redline.spans import ADDITION

__all__ = ["declared", "elements", "header_of", "kept", "told"]

_STAGES = ("draft", "final")
_KEPT = "tei:"
_ENCODING = re.compile(r"(<\?xml[^>]*?encoding\s*=\s*)([\"'])([^\"']*)\2")
_HEADER = re.compile(r"<((?:[^\s<>/:]+:)?)teiHeader[\s>]")
#: What stays on the page whatever becomes of the words around it.
_LASTING = frozenset({"pb", "cb", "gb", "milestone", "anchor", "fw", "note", "stamp"})
_OURS = re.compile(r"<(?:\w+:)?application\s[^>]*ident\s*=\s*[\"']redline[\"']")


def kept(document: Document) -> str | None:
    """The source of a document with the decisions carried out; None where more was changed."""
    raw = document.source.text
    if document.decisions or "as_read" not in document.__dict__:
        read = from_tei(document.source)
        decided = replace(read, decisions=document.decisions)
        if not _same(document, decided):
            if not all(id_ in read.act_of for id_ in document.decisions):
                return None
            if not _same(document, settle(decided)):
                return None
        if document.decisions:
            raw = _decided(decided)
            found = from_tei(replace(document.source, text=raw))
            if any(found.reading(s).text != document.reading(s).text for s in _STAGES):
                return None
    return _headed(declared(raw), decided=len(document.decisions))


def _same(document: Document, other: Document) -> bool:
    return (
        document.text == other.text
        and document.spans == other.spans
        and document.acts == other.acts
        and not any(row.rule == RULE for row in document.markings)
    )


def declared(raw: str) -> str:
    """What is written is UTF-8, whatever the source was."""
    match = _ENCODING.match(raw)
    if match is None or match[3].lower() == "utf-8":
        return raw
    return f"{match[1]}{match[2]}UTF-8{match[2]}{raw[match.end():]}"


# -- the header -----------------------------------------------------------------------------------


def header_of(raw: str) -> tuple[int, int]:
    """Where the header of a file stands; an empty range for one without."""
    begin = _HEADER.search(raw)
    if begin is None:
        return 0, 0
    end = re.compile(rf"</{re.escape(begin[1])}teiHeader\s*>").search(raw, begin.end())
    return (begin.start(), end.end()) if end else (0, 0)


def _headed(raw: str, *, decided: int) -> str:
    """The file with a line in its header that says what redline did."""
    start, end = header_of(raw)
    if not end or (not decided and _OURS.search(raw, start, end)):
        return raw
    words = "read and written by redline"
    more = f"; {decided} revision{'s' * (decided > 1)} decided on and carried out"
    return told(raw, words, more if decided else "")


def told(raw: str, words: str, more: str = "") -> str:
    """The file with a line in its `revisionDesc`: these words, the version, and more."""
    start, end = header_of(raw)
    words = f"{words} {version()}{more}"
    prefix = _prefix(raw, start)
    if not end or f">{words}<" in raw[start:end]:
        return raw
    at, markup = _place(raw, start, end, prefix, words)
    return f"{raw[:at]}{markup}{raw[at:]}"


def _prefix(raw: str, start: int) -> str:
    match = _HEADER.match(raw, start)
    return match[1] if match else ""


def _place(raw: str, start: int, end: int, prefix: str, words: str) -> tuple[int, str]:
    """Where the line goes, and the line: in the shape that the `revisionDesc` has."""
    change = f"<{prefix}change>{words}</{prefix}change>"
    opened = re.compile(rf"<{prefix}revisionDesc(?:\s[^>]*)?(/?)>").search(raw, start, end)
    if opened is None:
        at = raw.rindex("</", start, end)
        return at, f"<{prefix}revisionDesc>{change}</{prefix}revisionDesc>"
    if opened[1]:
        return opened.end(), ""
    shape = re.compile(rf"<{prefix}(listChange|list|change)\b[^>]*>")
    inside = shape.search(raw, opened.end(), end)
    if inside is not None and inside[1] != "change":
        close = raw.find(f"</{prefix}{inside[1]}>", inside.end(), end)
        if close >= 0:
            if inside[1] == "list":
                change = f"<{prefix}item>{words}</{prefix}item>"
            return close, change
    return raw.index(f"</{prefix}revisionDesc", opened.end(), end), change


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
        if name == "substJoin" and self.gone:
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
