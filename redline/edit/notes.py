"""Notes an editor adds, and words marked as hard to read."""

from __future__ import annotations

from dataclasses import replace

from redline.diagnostics import EditError
from redline.edit.offsets import Change, Edit
from redline.edit.opening import covered, opened
from redline.edit.places import check_range, check_words, leaf_at, pieces
from redline.edit.words import Edited
from redline.model import Document, Note

__all__ = ["annotate", "mark_unclear"]

_KINDS = ("margin", "editorial")


def annotate(document: Document, at: int, text: str, *, kind: str = "margin") -> Edited:
    """A note at an offset of the text: ``margin``, or ``editorial`` for the editor's own.

    It stands on the page and in no reading. Raises `EditError` for a place that takes no text.
    """
    if kind not in _KINDS:
        raise EditError(f"no kind {kind!r} of note; there are {' and '.join(_KINDS)}")
    leaf = leaf_at(document, at, "before")
    check_words(document, text, leaf)
    if not text.strip():
        raise EditError("a note of white space says nothing")
    if "[" in text or "]" in text:
        raise EditError(f"{text[:40]!r} has a bracket, which ends a note; write ( and )")
    number = 1 + max(
        (int(row.id[1:]) for row in document.notes if row.id[1:].isdecimal()), default=0
    )
    made = opened(document, at, text, None, leaf)
    end = at + len(text)
    made, (index,) = covered(made, [(at, end, "note")], f"n{number}")
    note = Note(f"n{number}", None, kind, None, made.extent(index), at, at, end)
    notes = tuple(sorted((*made.notes, note), key=lambda row: row.at or 0))
    return Edited(replace(made, notes=notes), Edit((Change(at, "", text),)))


def mark_unclear(document: Document, start: int, end: int) -> Edited:
    """The words of [start, end) are a guess: ``[words?]`` in the notation.

    Raises `EditError` for a range over several blocks, or one that cuts a mark.
    """
    check_range(document, start, end)
    found = pieces(document, start, end)
    if found != [(start, end)]:
        raise EditError(f"[{start}, {end}) stands in several blocks; mark each on its own")
    for span in document.spans:
        if span.kind == "unclear" and span.start < end and start < span.end:
            raise EditError(f"[{span.start}, {span.end}) is marked as unclear already")
        if span.start < start < span.end < end or start < span.start < end < span.end:
            raise EditError(
                f"[{start}, {end}) cuts [{span.start}, {span.end}), a span of kind {span.kind!r}"
            )
    made, _ = covered(document, [(start, end, "unclear")], "")
    return Edited(made, Edit())
