"""Writes what two texts have in common and what not: the document of a comparison.

Its texts are taken literally, so nothing of them is understood: they are copied, with marks around
what differs. Where marks are taken out and nothing else done, one text or the other is left, to
the character, in every notation whose marks may hold what differs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from redline.formats.notations.signs import Signs
from redline.model import Document
from redline.spans import ADDITION, DELETION, runs

__all__ = ["is_literal", "write_literal"]

_STATES = {(): "", (DELETION,): DELETION, (ADDITION,): ADDITION}
_PARAGRAPHS = re.compile(r"((?:\r?\n){2,})")
_LINES = re.compile(r"((?:\r?\n)+)")
_WORD_END = re.compile(r"\S+\Z")
_WORD_START = re.compile(r"\S+")


class _Stretch(NamedTuple):
    """Words of both texts, and before them what only the first has, and only the second."""

    old: str
    new: str
    same: str


def is_literal(document: Document) -> bool:
    """Whether it is a comparison whose marks stand side by side."""
    return (
        document.format == "comparison"
        and not document.decisions
        and {span.kind for span in document.spans} <= {DELETION, ADDITION}
        and all(one.end <= other.start for one, other in pairwise(document.spans))
    )


def write_literal(document: Document, signs: Signs) -> str:
    """The document with the marks of these signs."""
    found = list(_stretches(document, signs))
    if not signs.paragraphs:
        found = list(_whole_words(found, always=signs.words))
    out = "".join(
        piece
        for each in found
        for piece in (_change(each.old, each.new, signs), signs.escape(each.same))
    )
    return out if not out or out.endswith("\n") else f"{out}\n"


def _stretches(document: Document, signs: Signs) -> Iterator[_Stretch]:
    old = new = ""
    for state, words in _pieces(document, gaps=signs.paragraphs):
        if state == DELETION:
            old += words
        elif state == ADDITION:
            new += words
        elif words:
            yield _Stretch(old, new, words)
            old = new = ""
    if old or new:
        yield _Stretch(old, new, "")


def _pieces(document: Document, *, gaps: bool) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with its state: what a mark says of it, "" for nothing.

    With `gaps`, what parts two blocks is of one text alone where the other has no such block.
    """
    between: list[tuple[int, int, str | None]] = list(_gaps(document)) if gaps else []
    between.append((len(document.text), len(document.text), ""))
    at, k = 0, 0
    for run in runs(document.spans, 0, len(document.text)):
        state = _STATES[tuple(span.kind for span in run.spans)]
        at = max(at, run.start)
        while at < run.end:
            first, last, kind = between[k]
            if at < first:
                stop = min(first, run.end)
                yield state, document.text[at:stop]
                at = stop
            else:
                if kind is not None:
                    yield kind, document.text[first:last]
                at = last
            while between[k][1] <= at and k + 1 < len(between):
                k += 1


def _gaps(document: Document) -> Iterator[tuple[int, int, str | None]]:
    """What parts two blocks, where not both texts have it: its range and state, None in neither.

    Of each text a block that is not the first one has the gap before it.
    """
    have: dict[str, list[bool]] = {}
    for kind, stage in ((DELETION, "draft"), (ADDITION, "final")):
        reading = document.reading(stage)
        starts = [reading.text_offset(first) for first, _ in reading.blocks]
        have[kind] = [
            bisect_left(starts, block.start) < bisect_left(starts, block.end)
            for block in document.blocks
        ]
    seen = dict.fromkeys(have, False)
    for n, (one, other) in enumerate(pairwise(document.blocks)):
        shown = []
        for kind, found in have.items():
            seen[kind] = seen[kind] or found[n]
            if seen[kind] and found[n + 1]:
                shown.append(kind)
        if len(shown) < len(have):
            yield one.end, other.start, shown[0] if shown else None


def _whole_words(found: list[_Stretch], *, always: bool) -> Iterator[_Stretch]:
    """The stretches, so that changes begin and end where words do: those that have the end of a
    paragraph, or all of them."""
    held = _Stretch("", "", "")
    for each in found:
        old, new, same = each
        if not always and not _PARAGRAPHS.search(old + new):
            yield held
            held = each
            continue
        before = _WORD_END.search(held.same)
        if before is not None:
            held = held._replace(same=held.same[: before.start()])
            old, new = before[0] + old, before[0] + new
        after = _WORD_START.match(same)
        if after is not None:
            old, new, same = old + after[0], new + after[0], same[after.end() :]
        if not held.same and (held.old or held.new):
            held = _Stretch(held.old + old, held.new + new, same)
        else:
            yield held
            held = _Stretch(old, new, same)
    yield held


def _change(old: str, new: str, signs: Signs) -> str:
    old, new = signs.escape(old), signs.escape(new)
    broken = None if signs.paragraphs else _LINES if signs.words else _PARAGRAPHS
    if signs.sub and old and new and not (broken and broken.search(old + new)):
        begin, between, end = signs.sub
        if between not in old and end not in new and between not in new:
            return f"{begin}{old}{between}{new}{end}"
    return "".join(_marked(old, DELETION, signs, broken)) + "".join(
        _marked(new, ADDITION, signs, broken)
    )


def _marked(
    words: str, kind: str, signs: Signs, broken: re.Pattern[str] | None
) -> Iterator[str]:
    """Words in marks, parted where no mark goes on: what parts them stands between two marks."""
    before, after = signs.marks[kind]
    for n, piece in enumerate(broken.split(words) if broken else (words,)):
        bare = piece.strip()
        if not piece or n % 2:
            yield piece
        elif signs.trim and bare:
            lead = len(piece) - len(piece.lstrip())
            yield f"{piece[:lead]}{before}{bare}{after}{piece[lead + len(bare) :]}"
        else:
            yield f"{before}{piece}{after}"
