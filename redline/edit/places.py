"""Where a text can be edited: the leaf of an offset, the editable pieces of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redline.diagnostics import EditError
from redline.edit.opening import Leaf
from redline.model import Document
from redline.spans import HIDDEN, Span

__all__ = ["check_range", "check_side", "check_words", "leaf_at", "leaves", "own_note", "pieces"]

#: Kinds whose text is one piece: nothing comes in between its characters.
_WHOLE = (HIDDEN - {"note"}) | {"gap", "math", "code", "superscript"}
#: What neither a transcription nor XML can hold.
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMES = {
    "furniture": "what the page carries beside its text",
    "gap": "a gap",
    "layout": "layout",
    "note": "a note",
    "noteref": "a note reference",
    "pagemark": "a page mark",
    "softhyphen": "a hyphen at a line's end",
    "space": "a blank",
}


def leaves(document: Document) -> Iterator[Leaf]:
    """All stretches of running text, those of notes too, in the order of the blocks."""
    for k, block in enumerate(document.blocks):
        if block.cells:
            for r, row in enumerate(block.cells):
                for c, (start, end) in enumerate(row):
                    yield Leaf(start, end, k, (r, c))
        else:
            yield Leaf(block.start, block.end, k)


def leaf_at(document: Document, at: int, side: str | None = None) -> Leaf:
    """The leaf that text at `at` would stand in. Raises `EditError` where there is none."""
    _check_offset(document, at)
    noted = False
    for span in document.spans:
        if span.start >= at:
            break
        if span.end > at:
            if span.kind in _WHOLE:
                raise EditError(f"{at} stands inside {_what(document, span)}; {_ADVICE}")
            noted = noted or span.kind == "note"
    found = None
    for leaf in leaves(document):
        if not leaf.start <= at <= leaf.end:
            continue
        if document.blocks[leaf.block].kind == "note":
            if noted or (found is None and leaf.start == at):
                found = leaf
        elif not noted:
            strictly = leaf.start < at < leaf.end
            if found is None or strictly or (side == "after" and leaf.start == at):
                found = leaf
    if found is None:
        raise EditError(f"{at} stands in no block of {document.source.name}; {_ADVICE}")
    return found


_ADVICE = "text goes into paragraphs, headings, items, cells and notes"


def check_range(document: Document, start: int, end: int) -> None:
    """Raise `EditError` for a range that is empty, not in the text, or cuts what is whole."""
    _check_offset(document, start)
    _check_offset(document, end)
    if end <= start:
        raise EditError(f"[{start}, {end}) holds no character")
    for span in document.spans:
        if span.start >= end:
            break
        if span.kind not in _WHOLE and span.kind != "note":
            continue
        if span.kind == "note" and span.start <= start and end <= span.end:
            continue
        for at in (start, end):
            if span.start < at < span.end:
                raise EditError(
                    f"[{start}, {end}) ends or begins at {at}, inside {_what(document, span)}; "
                    f"that is [{span.start}, {span.end})"
                )


def pieces(document: Document, start: int, end: int) -> list[tuple[int, int]]:
    """What of a range is running text, leaf by leaf: breaks between blocks are left out.

    Inside a note, the note's; elsewhere what hidden notes hold is no running text. Raises
    `EditError` where nothing is left.
    """
    check_range(document, start, end)
    inside = [
        leaf
        for leaf in leaves(document)
        if leaf.start <= start and end <= leaf.end and document.blocks[leaf.block].kind == "note"
    ]
    own = own_note(document, inside[0].start, inside[0].end) if inside else None
    for span in document.spans:
        if span.kind == "note" and span.start <= start and end <= span.end and span is not own:
            raise EditError(f"[{start}, {end}) stands inside {_what(document, span)}; {_ADVICE}")
    if inside:
        return [(start, end)]
    found = []
    for leaf in leaves(document):
        first, last = max(start, leaf.start), min(end, leaf.end)
        if first < last and document.blocks[leaf.block].kind != "note":
            found.append((first, last))
    if not found:
        raise EditError(f"[{start}, {end}) holds no running text; {_ADVICE}")
    return sorted(found)


def own_note(document: Document, start: int, end: int) -> Span | None:
    """The note that the words of a note's block are: others may stand within them."""
    around = (
        span
        for span in document.spans
        if span.kind == "note" and span.start <= start and end <= span.end
    )
    return min(around, key=lambda span: (span.start, -span.end), default=None)


def check_side(side: str | None) -> None:
    """Raise `EditError` for a side that is none."""
    if side not in (None, "before", "after"):
        raise EditError(f"no side {side!r}; there are 'before' and 'after'")


def check_words(document: Document, words: str, leaf: Leaf) -> None:
    """Raise `EditError` for words that one block cannot hold."""
    if not words:
        raise EditError("there is no text to insert")
    bad = _NO_TEXT.search(words)
    if bad is not None:
        raise EditError(f"U+{ord(bad[0]):04X} is no character of a text")
    if document.blocks[leaf.block].kind != "code" and any(c in words for c in "\n\r\f"):
        raise EditError(f"{words[:40]!r} has a line end: insert the words of each block alone")


def _check_offset(document: Document, at: int) -> None:
    if not 0 <= at <= len(document.text):
        raise EditError(
            f"{at} is outside the text of {document.source.name}, which is 0 to "
            f"{len(document.text)}"
        )


def _what(document: Document, span: Span) -> str:
    words = document.text[span.start : span.end]
    shown = words if len(words) <= 30 else words[:29] + "…"
    return f"{_NAMES.get(span.kind, span.kind)} ({shown!r})"
