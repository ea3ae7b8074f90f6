"""Markings that stand in the running text: schedules and authorities, and an editor's grade.

They stay where they are; the classification line of a cable gets what the whole header says.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from redline.markings.fields import is_title, schedule_lines
from redline.markings.grades import SOURCE_NOTE, read_grade
from redline.markings.omissions import read_omission
from redline.model import Block, Document, Marking

__all__ = ["GRADE", "WITHHELD", "header_of", "in_running_text", "withheld"]

#: The rule of a marking that a printed edition reports.
GRADE = "grade"
#: The rule of brackets that tell of text which was not declassified.
WITHHELD = "withheld"
#: A grade stands among so many blocks at the head, or in a note.
_HEAD = 12
#: A date line or a file number stands so near it, and is no longer than this.
_AROUND = 3
_HEAD_LINE = 160
_DATED = re.compile(r"\b1[89]\d\d\b|\b\d{2,3}[A-Z]?\.\d+/\d")
#: Brackets with emphasis in them: `[*2 lines not declassified*]`.
_SLANTED = re.compile(r"\[(?=[^\[\]\r\n]{0,8}[*_])[^\[\]\r\n]{4,200}\]")
_EMPHASIS = re.compile(r"[*_]+")
_HEADERS = frozenset({"header", "letterhead"})
_LONGEST_HEADER = 20_000
_LINE_END = re.compile(r"[\r\n\f]|\Z")


def in_running_text(document: Document) -> Iterator[Marking]:
    """The schedules and authorities in the text, brackets that tell of what was withheld, and the
    grade where no banner says a level."""
    source = document.source.text
    yield from _withheld(document)
    lines = list(schedule_lines(source))
    if len(lines) == 1 and not document.markings and is_title(source[slice(*lines[0])]):
        lines = []  # `Classified By: Weight`: a heading, where nothing else is a marking
    if lines:
        lifted = sorted(
            [row.span for row in document.markings] + [row.span for row in document.furniture]
        )
        for start, end in lines:
            k = bisect_right(lifted, (start, len(source))) - 1
            if k >= 0 and lifted[k][1] > start:
                continue
            block = _block_at(document, start)
            if block is not None:
                yield _marking(document, "schedule", start, min(end, block.span[1]))
    if not any(marking.kind in ("banner", "line") for marking in document.markings):
        yield from _grades(document)


def withheld(document: Document) -> Iterator[Marking]:
    """The gaps of a document that tell of withheld text, whatever its source is written in."""
    for k, span in enumerate(document.spans):
        if span.kind == "gap":
            words = document.text[span.start : span.end]
            for row in _as_withheld(document, words, *document.extent(k)):
                page = document.page_at(span.start)
                yield row._replace(text=words, start=span.start, end=span.end, page=page)


def _withheld(document: Document) -> Iterator[Marking]:
    """`[2½ lines not declassified]`: how much, and of what."""
    for k, span in enumerate(document.spans):
        if span.kind == "gap":
            told = document.text[span.start : span.end]
            yield from _as_withheld(document, told, *document.extent(k))
    source = document.source.text
    for match in _SLANTED.finditer(source) if "[" in source else ():
        # With its emphasis inside the brackets, as printed editions set it.
        if _block_at(document, match.start()) is not None:
            told = _EMPHASIS.sub("", match[0])
            yield from _as_withheld(document, told, *match.span())


def _as_withheld(document: Document, words: str, start: int, end: int) -> Iterator[Marking]:
    told = read_omission(words)
    if told is None or told.kind != "withheld":
        return
    fields: dict[str, Any] = {"withheld": True}
    if told.quantity is not None:
        fields["amount"] = f"{'at most ' if told.at_most else ''}{told.quantity:g} {told.unit}"
    marking = _marking(document, "exemption", start, end)
    yield marking._replace(fields=fields, rule=WITHHELD)


def _grades(document: Document) -> Iterator[Marking]:
    source = document.source.text
    noted = "Source:" in source
    for k, block in enumerate(document.blocks):
        if k >= _HEAD and block.kind != "note" and not (noted and _is_note(source, block)):
            continue
        grade = read_grade(source[block.span[0] : block.span[1]])
        if grade is None or grade.level is None:
            continue
        if block.kind != "note" and not grade.sourced and not _in_print(document, k):
            continue
        start, end = block.span[0] + grade.start, block.span[0] + grade.end
        fields: dict[str, Any] = {}
        if grade.precedence is not None:
            fields["precedence"] = grade.precedence
        if grade.handling:
            fields["handling"] = list(grade.handling)
        yield _marking(document, "line", start, end)._replace(
            was=grade.level.name,
            is_=grade.level.name,
            action="unchanged",
            controls=grade.controls,
            fields=fields,
            cert="low",
            rule=GRADE,
        )
        return


def _is_note(source: str, block: Block) -> bool:
    """Whether a block is the source note of an edition, behind its number."""
    return SOURCE_NOTE.match(source, block.span[0], block.span[1]) is not None


def _in_print(document: Document, k: int) -> bool:
    """Whether a block stands among the lines that a printed series has over a document: a file
    number, a place and date. Elsewhere `secret` alone is a word."""
    source = document.source.text
    near = document.blocks[max(0, k - _AROUND) : k + _AROUND + 1]
    heads = (source[block.span[0] : block.span[1]] for block in near)
    return any(len(head) <= _HEAD_LINE and _DATED.search(head) for head in heads)


def _block_at(document: Document, offset: int) -> Block | None:
    """The block of running text that holds a source offset."""
    blocks = document.blocks
    k = bisect_right(blocks, offset, key=lambda block: block.span[0]) - 1
    while k >= 0 and blocks[k].kind == "note" and blocks[k].span[1] <= offset:
        k -= 1
    return blocks[k] if k >= 0 and offset < blocks[k].span[1] else None


def _marking(document: Document, kind: str, start: int, end: int) -> Marking:
    begin = document.origin.to_text(start)
    stop = max(begin, document.origin.to_text(end - 1) + 1)
    words = document.source.text[start:end]
    return Marking(
        "",
        kind,
        document.page_at(begin),
        "inline",
        None,
        (),
        None,
        None,
        (),
        {},
        words,
        (start, end),
        "high",
        begin,
        stop,
    )


def header_of(document: Document, marking: Marking) -> tuple[int, str]:
    """The header of a cable down to its classification line: where it begins, and its words."""
    source, blocks = document.source.text, document.blocks
    found = _LINE_END.search(source, marking.span[1])
    end = found.start() if found else len(source)
    k = bisect_right(blocks, marking.span[0], key=lambda block: block.span[0]) - 1
    if k < 0 or blocks[k].kind not in _HEADERS:
        return marking.span[0], source[marking.span[0] : end]
    while k and blocks[k - 1].kind in _HEADERS:
        k -= 1
    start = max(blocks[k - 1].span[1] if k else 0, end - _LONGEST_HEADER)
    return start, source[start:end]
