"""A document as rows of the tables."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from redline.facts import facts_of
from redline.model import Document, Marking, Part
from redline.reading import Reading

__all__ = ["document_rows", "plain"]

#: Rows by table, each a tuple in the order of the table's columns without ``doc``.
Rows = dict[str, list[tuple[Any, ...]]]

_YEAR = re.compile(r"\d{4}")
_SURROGATE = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    """Text that UTF-8 can hold: a lone surrogate is U+FFFD."""
    return _SURROGATE.sub("\ufffd", text) if not text.isascii() else text


def document_rows(document: Document) -> tuple[dict[str, Any], Rows]:
    """What the tables say of a document: some columns of its row of `documents`, and the rows
    of the other tables."""
    draft, final = document.reading("draft"), document.reading("final")
    readings = list(_readings(document, draft, final))
    rows: Rows = {
        "pages": list(_pages(document, draft)),
        "revisions": list(_revisions(document)),
        "markings": [_marking(document, n, row) for n, row in enumerate(document.markings, 1)],
        "history": [
            (n, step.action, step.from_, step.to, step.when, _year(step.when), step.cert,
             list(step.pages))
            for n, step in enumerate(document.classification.history, 1)
        ],
        "diagnostics": [
            (n, row.code, row.severity, plain(row.message), row.line, row.column)
            for n, row in enumerate(document.diagnostics, 1)
        ],
        "readings": readings,
    }
    facts = facts_of(document)
    said = document.classification
    source = document.source
    when = facts.date.when if facts.date else None
    return {
        "format": document.format,
        "encoding": source.encoding,
        "length": len(source.text),
        "title": plain(facts.title.words) if facts.title else None,
        "date": when,
        "year": _year(when),
        "agency": plain(facts.agencies[0].words) if facts.agencies else None,
        "level_draft": said.draft,
        "level_final": said.final,
        "words_draft": sum(len(row[2].split()) for row in readings),
        "words_final": sum(len(row[3].split()) for row in readings),
    }, rows


def _year(when: str | None) -> int | None:
    found = _YEAR.match(when) if when else None
    return int(found[0]) if found else None


def _pages(document: Document, draft: Reading) -> Iterator[tuple[Any, ...]]:
    words = _words_of_pages(document, draft)
    counted = Counter(row.page for row in document.revisions)
    banners: dict[int, Marking] = {}
    for marking in document.markings:
        if marking.kind == "banner":
            banners.setdefault(marking.page, marking)
    for page, count in zip(document.pages, words, strict=False):
        banner = banners.get(page.n)
        yield (
            page.n,
            plain(page.label) if page.label else None,
            page.cert,
            list(page.evidence),
            document.source.position(page.span[0])[0],
            count,
            counted[page.n],
            banner.was if banner else None,
            banner.is_ if banner else None,
        )


def _words_of_pages(document: Document, reading: Reading) -> Iterator[int]:
    """How many words of the reading begin on each page; all of them, what stands before the first
    page begins too."""
    text = reading.text
    ends = [_reading_offset(reading, page.start) for page in document.pages[1:]]
    start = 0
    for end in [*ends, len(text)]:
        into_word = 0 < start < end and not (text[start - 1].isspace() or text[start].isspace())
        yield len(text[start:end].split()) - into_word
        start = max(start, end)


def _reading_offset(reading: Reading, place: int) -> int:
    """Where in a reading the first character stands that it shows from `place` of the text on."""
    k = bisect_right(reading.places, place) - 1
    if k < 0:
        return 0
    after = reading.starts[k + 1] if k + 1 < len(reading.starts) else len(reading.text)
    return min(reading.starts[k] + place - reading.places[k], after)


def _revisions(document: Document) -> Iterator[tuple[Any, ...]]:
    for n, row in enumerate(document.revisions, 1):
        deleted, added = _words(row.deleted), _words(row.added)
        yield (
            n, row.id, row.kind, deleted, added,
            sum(len(part.text.split()) for part in row.deleted),
            sum(len(part.text.split()) for part in row.added),
            row.stage, row.hand, row.page, row.line, row.cert, row.rule, row.within,
        )  # fmt: skip


def _words(parts: tuple[Part, ...]) -> str | None:
    """The words of the parts, on one line; None where there are no parts."""
    return plain(" / ".join(" ".join(part.text.split()) for part in parts)) if parts else None


def _marking(document: Document, n: int, row: Marking) -> tuple[Any, ...]:
    fields: Mapping[str, Any] = row.fields
    told = json.dumps(dict(fields), ensure_ascii=False, sort_keys=True, default=str)
    return (
        n, row.id, row.kind, row.page, document.source.position(row.span[0])[0], row.place,
        row.was, row.is_, row.action, list(row.through), list(row.controls),
        _text(fields.get("date")), _text(fields.get("reviewer")), _text(fields.get("authority")),
        list(_codes(fields)), plain(told), plain(row.text), row.cert, row.rule,
    )  # fmt: skip


def _text(value: object) -> str | None:
    """A field as text; of several values the first."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    return plain(value) if isinstance(value, str) else None


def _codes(fields: Mapping[str, Any]) -> Iterator[str]:
    """The exemption codes that a marking names, whichever of its fields holds them."""
    for name in ("code", "codes", "exemptions"):
        value = fields.get(name)
        for each in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(each, str):
                yield plain(each)


def _readings(
    document: Document, draft: Reading, final: Reading
) -> Iterator[tuple[Any, ...]]:
    """Each leaf block that a reading shows, as both readings have it."""
    starts = [start for start, _ in document.leaves()]
    both: tuple[dict[int, str], dict[int, str]] = ({}, {})
    for found, reading in zip(both, (draft, final), strict=True):
        at = 0
        for start, end in reading.blocks:
            # `starts` of a reading ascend: its first stretch at or after the block's begin.
            while reading.starts[at] < start:
                at += 1
            leaf = bisect_right(starts, reading.places[at]) - 1
            found[leaf] = reading.text[start:end]
    for n, leaf in enumerate(sorted(set(chain(*both))), 1):
        texts = (plain(found.get(leaf, "")) for found in both)
        yield n, document.page_at(starts[leaf]), *texts
