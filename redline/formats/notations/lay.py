"""Spans laid over a finished text: what native notation has no mark for.

Emphasis of other kinds than its own, and revisions of white space alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from redline.formats.notations.scribe import Laid
from redline.model import Act, Document
from redline.spans import ADDITION, DELETION, Span

__all__ = ["lay"]

_ACTS = {DELETION: "deletion", ADDITION: "addition"}


def lay(document: Document, laid: Sequence[Laid]) -> Document:
    """The document with these spans too; one whose words are not in its text is left out."""
    new: list[tuple[Span, tuple[int, int], Laid]] = []
    taken = set(document.act_of)
    number = len(document.acts)
    for each in laid:
        start = document.origin.to_text(each.start)
        end = document.origin.to_text(each.end)
        if end <= start and document.text[start - 1 : start] in ("\n", "\r"):
            # The end of a paragraph has more white space than that of the mark.
            start -= bool(document.source.text[each.start : each.end].strip(" \t"))
        if end <= start:
            continue
        id_ = ""
        if each.kind in _ACTS:
            if document.text[start:end].strip():
                continue
            number += 1
            while f"r{number}" in taken:
                number += 1
            id_ = f"r{number}"
            taken.add(id_)
        new.append((Span(start, end, each.kind, id_), each.extent, each))
    if not new:
        return document
    new.sort(key=lambda row: (row[0].start, -row[0].end))
    spans: list[Span] = []
    extents = array("q")
    moved: list[int] = []
    acts: list[Act] = []

    def add(row: tuple[Span, tuple[int, int], Laid]) -> None:
        span, extent, each = row
        if each.kind in _ACTS:
            said = each.said
            stage, hand = said.get("stage", "revision"), said.get("hand")
            acts.append(
                Act(
                    span.id, _ACTS[each.kind], (len(spans),), "R6", stage=stage, hand=hand
                )
            )
        spans.append(span)
        extents.extend(extent)

    waiting = iter(new)
    row = next(waiting, None)
    for k, span in enumerate(document.spans):
        while row is not None and (row[0].start, -row[0].end) < (span.start, -span.end):
            if row[0].start == span.start and span.start == span.end:
                break
            add(row)
            row = next(waiting, None)
        moved.append(len(spans))
        spans.append(span)
        extents.extend(document.extent(k))
    while row is not None:
        add(row)
        row = next(waiting, None)
    acts += [act._replace(parts=tuple(moved[k] for k in act.parts)) for act in document.acts]
    acts.sort(key=lambda act: act.parts[0])
    return replace(document, spans=tuple(spans), extents=extents, acts=tuple(acts))
