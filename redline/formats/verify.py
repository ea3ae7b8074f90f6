"""What was written, read again before it is left anywhere: `write(..., verify=True)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from redline.diagnostics import FormatError, VerifyError
from redline.formats import find, load_source
from redline.model import Document
from redline.source import Source, decode
from redline.spans import UNDONE

__all__ = ["differences", "verified"]

_STAGES = ("draft", "final")
#: What every format that is read again has of each: tables of a document, what counts of a row.
_TABLES: dict[str, Callable[[Any], tuple[object, ...]]] = {
    "pages": lambda row: (row.n, _plain(row.label or "")),
    "notes": lambda row: (_plain(row.n or ""), row.kind, row.start is not None),
    "markings": lambda row: (row.kind, row.was, row.through, row.is_, row.action),
}
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def verified(document: Document, data: bytes, name: str, format: str) -> None:
    """Raise `VerifyError` unless these bytes read back as the document does.

    Raises `FormatError` for a format that redline does not read.
    """
    if find(format).reads is None:
        raise FormatError(f"{name}: redline does not read {format}, so it cannot verify it")
    again = load_source(_source(document, data, format), format)
    for what in differences(document, again):
        raise VerifyError(
            f"{name}: not written: read back, {what}; write json, which keeps all of a document"
        )


def _source(document: Document, data: bytes, format: str) -> Source:
    """The bytes as the source of what they are to be: its byte order mark is no text."""
    if not find(format).keeps_bytes:
        return decode(data, document.source.name)
    bom = document.source.bom
    if bom and not data.startswith(bom):
        bom = b""
    return decode(data[len(bom) :], document.source.name, document.source.encoding)


def differences(document: Document, again: Document) -> Iterator[str]:
    """What a document that was written and read again says otherwise, in words."""
    for stage in _STAGES:
        ours, theirs = (_plain(each.reading(stage).text) for each in (document, again))
        if ours != theirs:
            at = next(
                (k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
                min(len(ours), len(theirs)),
            )
            place = slice(max(0, at - 20), at + 20)
            yield f"its {stage} has {theirs[place]!r} for {ours[place]!r}"
    settled, again = _open(document), _open(again)
    yield from _stages(settled, again)
    yield from _revisions(settled, again)
    for what, said in _TABLES.items():
        if what == "markings" and document.decisions:
            continue  # a decision on a revision may be one on a mark
        mine, other = ([*map(said, getattr(each, what))] for each in (settled, again))
        # One that stands in a note is where the note is.
        if sorted(mine, key=repr) != sorted(other, key=repr):
            gone = [row for row in mine if row not in other]
            come = [row for row in other if row not in mine]
            yield f"its {what} have {(come or other)[:1]} for {(gone or mine)[:1]}"


def _stages(document: Document, again: Document) -> Iterator[str]:
    """Readings of the campaigns to which something belongs, and their order."""
    used = {act.stage for act in document.acts}
    for span in document.spans:
        if span.kind in UNDONE:
            used |= set(span.id.split(" "))
    known = {stage.id for stage in again.stages}
    names = [stage.id for stage in document.stages if stage.id in used]
    for name in names:
        if name not in known:
            yield f"it has no stage {name}"
            return
        if _plain(document.reading(name).text) != _plain(again.reading(name).text):
            yield f"its reading at {name} is another"
    if [stage.id for stage in again.stages if stage.id in used] != names:
        yield "its stages are in another order"


def _revisions(document: Document, again: Document) -> Iterator[str]:
    rows = [
        [
            (
                row.kind,
                row.stage,
                row.hand or "no hand",
                row.cert,
                *(_plain(part.text) for part in (*row.deleted, *row.added)),
            )
            for row in one.revisions
        ]
        for one in (document, again)
    ]
    ours, theirs = rows
    if len(ours) != len(theirs):
        yield f"it has {len(theirs)} revisions, not {len(ours)}"
    elif sorted(ours) != sorted(theirs):
        k = next(k for k, (a, b) in enumerate(zip(ours, theirs, strict=True)) if a != b)
        yield f"its revision {k + 1} is {theirs[k]}, not {ours[k]}"


def _open(document: Document) -> Document:
    """The document without what an editor decided: that is no revision in what is written."""
    return document.settle() if document.decisions else document


def _plain(text: str) -> str:
    return " ".join(_NOT_XML.sub("\ufffd", text).split())
