"""What a banner says, changed: the level struck, and another put in its place."""

from __future__ import annotations

import re
from dataclasses import replace

from redline.diagnostics import EditError, FormatError
from redline.edit.offsets import Edit
from redline.edit.select import near
from redline.edit.words import Edited
from redline.model import Document, Marking

__all__ = ["reclassify"]

_MARKED = re.compile(r"~~[^~]*~~|\^[{<][^}>]*[}>]")


def reclassify(document: Document, id_: str, level: str, *, tracked: bool = True) -> Edited:
    """A banner says `level` now: what it said last is struck, or gone if not `tracked`.

    `level` is as printed, with its controls (``SECRET NOFORN``). The markings, the history and
    what is written follow; no reading changes, so the edit is empty. Raises `EditError` for a
    marking that is no banner or not there, words that are no level, and papers that were not read
    from the notation.
    """
    from redline.notation.native import parse_source
    from redline.source import Source

    source = document.source
    if document.format != "native":
        raise EditError(
            f"{source.name} was read from {document.format}: only a banner of the notation can "
            f"say something else; write it as native, and read that"
        )
    known = [marking.id for marking in document.markings]
    if id_ not in known:
        raise EditError(f"no marking {id_!r} in {source.name}{near(id_, known)}")
    k = known.index(id_)
    mine = document.markings[k]
    if mine.kind != "banner":
        raise EditError(f"{id_!r} of {source.name} is a {mine.kind}, no banner")
    words = " ".join(level.split())
    if not words or re.search(r"[~^{}<>\\]", words):
        raise EditError(f"{level[:40]!r} is no level: give it as it is printed, without marks")
    text = f"{_struck(mine.text)} ^{{{words}}}" if tracked else words
    rows = [
        (*row.span, text if n == k else row.text)
        for n, row in enumerate(document.markings)
        if n == k or row.text != source.text[slice(*row.span)]
    ]
    try:
        again = parse_source(Source(_replaced(source.text, rows), source.name))
    except FormatError as fault:  # pragma: no cover - any text is a document
        raise EditError(str(fault)) from None
    like = [(row.kind, row.page, row.place) for row in again.markings]
    found = again.markings[k] if k < len(again.markings) else None
    if (
        found is None
        or like != [(row.kind, row.page, row.place) for row in document.markings]
        or found.is_ is None
        or found.text != text
    ):
        raise EditError(f"{level[:40]!r} is no level that a banner of {source.name} can show")
    markings = tuple(
        _said(row, now) for row, now in zip(document.markings, again.markings, strict=True)
    )
    own = {stage.id for stage in again.stages}
    stages = [*document.stages, *(each for each in again.stages if each not in document.stages)]
    stages = [each for each in stages if each.id != "regrade" or "regrade" in own]
    made = replace(
        document,
        markings=markings,
        classification=again.classification,
        stages=tuple({stage.id: stage for stage in stages}.values()),
        edited=True,
    )
    return Edited(made, Edit())


def _struck(text: str) -> str:
    """The banner with all that is not struck yet struck: line by line, as strikes are written."""
    out = []
    at = 0
    for match in (*_MARKED.finditer(text), None):
        plain = text[at : match.start() if match else len(text)]
        out.append(re.sub(r"\S(?:[^\r\n]*\S)?", lambda words: f"~~{words[0]}~~", plain))
        if match is None:
            break
        at = match.end()
        added = match[0].startswith("^")
        out.append(f"~~{match[0][2:-1].strip()}~~" if added else match[0])
    return "".join(out)


def _replaced(text: str, rows: list[tuple[int, int, str]]) -> str:
    at = 0
    out: list[str] = []
    for first, last, words in sorted(rows):
        out += (text[at:first], words)
        at = last
    return "".join(out) + text[at:]


def _said(row: Marking, now: Marking) -> Marking:
    """The marking where it stands, with what it says now."""
    return row._replace(
        was=now.was,
        through=now.through,
        is_=now.is_,
        action=now.action,
        controls=now.controls,
        fields=now.fields,
        text=now.text,
        cert=now.cert,
        rule=now.rule,
    )
