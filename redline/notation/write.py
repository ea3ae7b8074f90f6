"""The native notation, written.

A document that was read from it and not edited is its source, character for character. One
with decisions is its source with those marks taken out (`patch`): what was dropped goes with
the white space that went with it, what was kept stays without its marks, all else is verbatim.
A document from elsewhere is written anew (`render`). What was made is read back, and refused
where it does not say the same.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from redline.diagnostics import FormatError
from redline.edit import settle
from redline.model import Decision, Document
from redline.notation.changes import changed, edited, remarked
from redline.notation.native import parse_source
from redline.notation.patch import edited_blocks, patch
from redline.notation.render import render, render_blocks
from redline.source import Source

__all__ = ["to_native"]

STAGES = ("draft", "final")


def to_native(document: Document) -> str:
    """The document in the native notation.

    Undecided revisions keep their marks; decided and settled ones have none. Raises
    `FormatError` where no notation was found that reads as the document does.
    """
    if document.format == "native" and not document.decisions and not document.edited:
        return document.source.text
    found = None
    for text in _tries(document):
        found = parse_source(Source(text, document.source.name))
        if _same(found, document):
            return text
    raise FormatError(
        f"{document.source.name}: the native notation cannot say this: read back, "
        f"{_difference(found, document)}; write json, or leave the revisions there undecided"
    )


def _tries(document: Document) -> Iterator[str]:
    """Notations that may do, the most faithful first."""
    if document.format == "native" and document.edited:
        before = parse_source(document.source)
        if edited(document, before):
            yield from _with_edits(document, before)
            return
        if not document.decisions:
            yield document.source.text
            return
    if document.native is not None and not document.edited:
        # The reader of another notation made native notation of it: its source, as it were.
        read = parse_source(Source(document.native, document.source.name))
        if not document.decisions:
            yield document.native
        elif read.act_of.keys() >= document.decisions.keys():
            yield patch(replace(read, decisions=document.decisions))
    whole = _with_marks(document) if document.format == "native" else None
    if whole is None:
        yield render(settle(document))
        return
    text = patch(whole)
    yield text
    # A changed line may be taken for another kind of block: those that are, on one line each.
    leaves = _leaves(parse_source(Source(text)))
    blocks = {block.id for block in edited_blocks(whole)}
    yield patch(whole, blocks & _missing(whole, leaves))
    yield patch(whole, blocks)


def _with_edits(document: Document, before: Document) -> Iterator[str]:
    """The source with its edits; then, where that reads otherwise, whole blocks written anew."""
    for guard in (False, True):
        found = changed(document, before, guard=guard)
        if document.decisions:
            again = parse_source(Source(found.text, document.source.name))
            made: dict[str, Decision] = {}
            for act in again.acts:
                id_ = found.acts.get(again.extent(act.parts[0])[0], "")
                decision = document.decisions.get(id_)
                if decision is not None:
                    made[act.id] = decision
            yield patch(replace(again, decisions=made)) if made else found.text
        else:
            yield found.text
    settled = settle(document)
    rows: list[tuple[int, int, str]] = []
    blocks = [block for block in settled.blocks if block.id in found.blocks]
    for block, line in zip(blocks, render_blocks(settled, blocks), strict=True):
        if not rows or block.span[0] >= rows[-1][1]:
            rows.append((*block.span, line))
    source = document.source.text
    at = 0
    out: list[str] = []
    for first, last, line in sorted([*rows, *remarked(document)]):
        out += (source[at:first], line)
        at = last
    yield "".join(out) + source[at:]


def _with_marks(document: Document) -> Document | None:
    """The document with all its decisions and every mark they were made about.

    Of what is settled the source alone still has the marks: it is read again. None where
    that does not give the same revisions.
    """
    if all(id_ in document.act_of for id_ in document.decisions):
        return document
    again = replace(parse_source(document.source), decisions=document.decisions)
    if not all(id_ in again.act_of for id_ in (*document.decisions, *document.act_of)):
        return None
    return again if _readings(again) == _readings(document) else None


def _readings(document: Document) -> tuple[str, ...]:
    return tuple(document.reading(stage).text for stage in STAGES)


def _leaves(document: Document) -> set[str]:
    """The texts of the blocks in any reading, without spaces."""
    return {
        _squeezed(reading.text[start:end])
        for reading in map(document.reading, STAGES)
        for start, end in reading.blocks
    }


def _missing(document: Document, leaves: set[str]) -> set[str]:
    """Ids of the blocks that have a text which is not among `leaves`."""
    blocks = sorted((block.start, block.id) for block in document.blocks if block.kind != "note")
    missing = set()
    for reading in map(document.reading, STAGES):
        for start, end in reading.blocks:
            if _squeezed(reading.text[start:end]) not in leaves:
                at = bisect_right(blocks, (reading.text_offset(start), "\U0010ffff")) - 1
                missing.add(blocks[at][1])
    return missing


def _same(found: Document, document: Document) -> bool:
    """Whether what was written reads as the document does, but for spaces.

    Spaces beside marks are settled for all marks in force and for none. Where some marks in
    others are decided, the notation settles them anew, and may do better. Of a comparison the
    words must be the same: no mark says that lines or paragraphs were joined or parted.
    """
    squeezed = _words if document.format == "comparison" else _squeezed
    return all(
        squeezed(found.reading(stage).text) == squeezed(document.reading(stage).text)
        for stage in STAGES
    )


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\t", "")


def _words(text: str) -> str:
    return "".join(text.split())


def _difference(found: Document | None, document: Document) -> str:
    """Where the first reading that differs differs."""
    for stage in STAGES:
        if found is None:
            break
        ours, theirs = document.reading(stage).text, found.reading(stage).text
        if _squeezed(ours) != _squeezed(theirs):
            at = next(
                (k for k, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b),
                min(len(ours), len(theirs)),
            )
            place = slice(max(0, at - 20), at + 20)
            return f"the {stage} would have {theirs[place]!r} for {ours[place]!r}"
    return "it would differ"
