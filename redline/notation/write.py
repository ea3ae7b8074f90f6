"""The native notation, written.

A document that was read from it and not edited is its source, character for character. One
with decisions is its source with those marks taken out (`patch`): what was dropped goes with
the white space that went with it, what was kept stays without its marks, all else is verbatim.
A document from elsewhere is written anew (`render`). What was made is read back; the first that
says the same to the blank is taken, else the first that says the same but for how blanks are
doubled, and where there is none it is refused.
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
from redline.notation.sameness import difference, exact
from redline.notation.sayings import check_names
from redline.source import Source

__all__ = ["to_native", "written"]

STAGES = ("draft", "final")


def to_native(document: Document) -> str:
    """The document in the native notation.

    Undecided revisions keep their marks; decided and settled ones have none. Raises
    `FormatError` where no notation was found that reads as the document does.
    """
    return written(document)[0]


def written(document: Document) -> tuple[str, bool]:
    """The document in the native notation, and whether whole blocks of it were written anew.

    Raises as `to_native` does.
    """
    if document.format == "native" and not document.decisions and not document.edited:
        return document.source.text, False
    settled = document.settle() if document.decisions else document
    check_names(settled)
    close: str | None = None
    why = "it would differ"
    last = False
    for text, anew in _tries(document):
        if anew and close is not None:
            break  # what was not touched stays as it is, rather than to the blank
        found = parse_source(Source(text, document.source.name))
        if exact(found, settled):
            return text, anew
        fault = difference(found, settled, settled=settled is not document)
        if fault is not None:
            why = fault
        elif close is None:
            close = text
            last = anew
    if close is not None:
        return close, last
    raise FormatError(
        f"{document.source.name}: the native notation cannot say this: read back, {why}; write "
        f"json, or leave the revisions there undecided"
    )


def _tries(document: Document) -> Iterator[tuple[str, bool]]:
    """Notations that may do, the most faithful first, and whether blocks in it are new."""
    if document.format == "native" and document.edited:
        before = parse_source(document.source)
        if edited(document, before):
            yield from _with_edits(document, before)
            return
        if not document.decisions:
            yield document.source.text, False
            return
    if document.native is not None and not document.edited:
        # The reader of another notation made native notation of it: its source, as it were.
        read = parse_source(Source(document.native, document.source.name))
        if not document.decisions:
            yield document.native, False
        elif read.act_of.keys() >= document.decisions.keys():
            yield patch(replace(read, decisions=document.decisions)), False
    whole = _with_marks(document) if document.format == "native" else None
    if whole is None:
        yield render(settle(document)), True
        yield render(settle(document), stamped=True), True
        return
    text = patch(whole)
    yield text, False
    # A changed line may be taken for another kind of block: those that are, on one line each.
    leaves = _leaves(parse_source(Source(text)))
    blocks = {block.id for block in edited_blocks(whole)}
    yield patch(whole, blocks & _missing(whole, leaves)), True
    yield patch(whole, blocks), True


def _with_edits(document: Document, before: Document) -> Iterator[tuple[str, bool]]:
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
            text = patch(replace(again, decisions=made)) if made else found.text
            yield text, False
        else:
            yield found.text, False
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
    yield "".join(out) + source[at:], True


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


def _squeezed(text: str) -> str:
    return text.replace(" ", "").replace("\t", "")
