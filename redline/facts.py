"""What a paper says of itself: title, date, agency, numbers; where, and how sure that is.

Only blocks whose layout gave them a role are asked, and of the rest only short lines at the
head of the paper. What the paper does not say is not made up.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from redline.diagnostics import Diagnostic, diagnose
from redline.markings.dates import Dated, filed_date, find_date, typed_date
from redline.model import Block, Cert, Document
from redline.spans import ADDITION, DELETION, HIDDEN, Span, visible

__all__ = ["Fact", "Facts", "facts_of", "file_name", "impossible_dates", "paper_date"]

_LABEL = re.compile(r"(?:SUBJECT|SUBJ|RE)\s*:\s*", re.IGNORECASE)
_NUMBER_LABEL = re.compile(r"^(?:No\.?|Ref\.?|Copy|Serial|File|Control|Document)\s+", re.IGNORECASE)
_ARCHIVE = re.compile(r"[A-Z]{2,6}-RDP[\w-]{6,}|(?<!\w)C0\d{7}(?!\w)")
# On a cable the sender is an office too, and so are those it is sent to.
_FROM = re.compile(r"(?:FM|FROM)\s+")
_ADDRESSED = re.compile(r"(?:TO|INFO|ACTION|RU[A-Z]{5})\b")
#: The head of a paper: so many blocks, none of them longer than a line.
_HEAD_BLOCKS = 40
_LINE = 90


class Fact(NamedTuple):
    """Something the paper says: the words, how sure, and where they stand ("the subject line")."""

    words: str
    cert: Cert
    source: str


class Facts(NamedTuple):
    """What a paper says of itself; None and empty where it says nothing."""

    title: Fact | None
    date: Dated | None
    date_source: str
    agencies: tuple[Fact, ...]
    numbers: tuple[Fact, ...]
    archive: tuple[str, ...]


def file_name(document: Document) -> str:
    """The name of the paper's file, without where it lies."""
    return document.source.name.replace("\\", "/").rsplit("/", 1)[-1].strip()


def paper_date(document: Document) -> str | None:
    """The paper's own date, as ISO 8601 has it; None where it shows none."""
    date = facts_of(document).date
    return date.when if date is not None else None


def impossible_dates(document: Document) -> list[Diagnostic]:
    """Lines at the head of a paper that are a date and no day of the calendar: `3 May 0000`."""
    found = []
    source = document.source.text
    for block in _head(document):
        start, end = block.span
        if end - start > _LINE or not any(char.isdecimal() for char in source[start:end]):
            continue
        date = find_date(source, start, end)
        if date is not None and date.fault == "impossible-date" and date.cert == "high":
            rest = source[start : date.start] + source[date.end : end]
            if not any(char.isalnum() for char in rest):
                place = (date.start, date.end)
                found.append(diagnose(document.source, date.fault, *place, date.message))
    return found


def facts_of(document: Document) -> Facts:
    """The facts of a document."""
    agencies: list[Fact] = []
    numbers: list[Fact] = []
    dates: list[tuple[int, Dated, str]] = []
    seen: set[str] = set()
    for number, block in enumerate(_head(document)):
        if block.role == "agency":
            words = _FROM.sub("", final_words(document, block))
            if words and words not in seen and not _ADDRESSED.match(words):
                agencies.append(Fact(words, "medium" if agencies else "high", "the letterhead"))
            seen.add(words)
        elif block.role == "control-number":
            words = _NUMBER_LABEL.sub("", final_words(document, block))
            numbers.append(Fact(words, "medium", "a line at its head"))
            filed = filed_date(words)
            if filed is not None:
                dates.append((3 * _HEAD_BLOCKS, filed, "the file number"))
        elif block.end - block.start <= _LINE and block.kind != "heading":
            found = typed_date(final_words(document, block))
            if found is not None:
                typed = block.role == "date"
                rank = 0 if typed else 1 if found.cert == "high" else 2
                source = "the date line" if typed else "a line at its head"
                cert: Cert = found.cert if typed else "medium"
                dates.append((rank * _HEAD_BLOCKS + number, found._replace(cert=cert), source))
    dates.sort(key=lambda each: each[0])
    date, source = (dates[0][1], dates[0][2]) if dates else (None, "")
    archive = dict.fromkeys(
        match[0]
        for marking in document.markings
        if marking.kind == "release"
        for match in _ARCHIVE.finditer(document.text, marking.start, marking.end)
    )
    numbers = [fact for fact in numbers if fact.words]
    return Facts(
        _title(document), date, source, tuple(agencies), tuple(numbers), tuple(archive)
    )


def _head(document: Document) -> Iterator[Block]:
    """The blocks before the first running text."""
    for block in document.blocks[:_HEAD_BLOCKS]:
        if block.kind == "note":
            continue
        line = block.end - block.start <= _LINE and not block.n
        if not line and block.kind not in ("heading", "letterhead", "header"):
            return
        yield block


#: Which heading is the title: its role, how sure that makes it, what it is called.
_TITLES: tuple[tuple[str, Cert, str], ...] = (
    ("subject", "high", "the subject line"),
    ("title", "high", "the title"),
    ("", "medium", "the first heading"),
)


def _title(document: Document) -> Fact | None:
    """The title: of headings without a role, only one before all running text can be it."""
    found: dict[str, Block] = {}
    at_head = True
    for block in document.blocks:
        if block.kind == "heading":
            if block.role or at_head:
                found.setdefault(block.role or "", block)
        elif block.kind not in ("letterhead", "header", "note"):
            at_head = False
        if "subject" in found:
            break
    for role, cert, source in _TITLES:
        if role in found:
            words = _LABEL.sub("", final_words(document, found[role]), count=1)
            if words:
                return Fact(words, cert, source)
    return None


def final_words(document: Document, block: Block) -> str:
    """The words of a block in its final reading, on one line."""
    spans = document.spans
    first = bisect_left(spans, (block.start,))
    last = bisect_left(spans, (block.end,), first)
    hiding = [span for span in spans[first:last] if _is_hidden(document, span)]
    shown = visible(hiding, block.start, block.end)
    return " ".join("".join(document.text[a:b] for a, b in shown).split())


def _is_hidden(document: Document, span: Span) -> bool:
    if span.kind in HIDDEN:
        return True
    rejected = document.decisions.get(span.id) == "rejected"
    return span.kind == (ADDITION if rejected else DELETION)
