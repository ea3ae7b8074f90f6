"""Readings: what the paper says at one stage, and where each character of it comes from.

A reading is pure removal: the text less every span that hides or is not in force. White
space was settled when the text was built; here nothing is added but the blank line between
blocks. Blocks that are empty at a stage are left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from redline.diagnostics import HandError, StageError
from redline.model import Document, Marking
from redline.spans import ADDITION, DELETION, HIDDEN, UNDONE, Span, visible

__all__ = [
    "SEPARATOR",
    "VERBATIM",
    "Reading",
    "apart",
    "hiding",
    "in_force",
    "part_text",
    "read_hands",
    "read_stage",
]

#: What stands between two blocks of a reading.
SEPARATOR = "\n\n"
#: The role of a block whose white space is text, at its edges too.
VERBATIM = "verbatim"

_DRAFT = HIDDEN | {ADDITION}
_FINAL = HIDDEN | {DELETION}
_SPACE = " \t\n\r\f"


@dataclass(frozen=True)
class Reading:
    """The text of one stage with its map to the source.

    `starts[k]` is the reading offset, `places[k]` the text offset of the k-th stretch
    copied from the document's text. `blocks` are the reading ranges of the leaf blocks
    that are not empty, in order.
    """

    text: str
    stage: str
    blocks: tuple[tuple[int, int], ...] = field(repr=False)
    starts: list[int] = field(repr=False)
    places: list[int] = field(repr=False)
    document: Document = field(repr=False)

    def _stretch(self, k: int) -> int:
        """Length of stretch k (the separator after it, if any, is not part of it)."""
        after = self.starts[k + 1] if k + 1 < len(self.starts) else len(self.text)
        at = bisect_right(self.blocks, (self.starts[k], len(self.text) + 1)) - 1
        return min(after, self.blocks[at][1]) - self.starts[k]

    def stretches(self) -> Iterator[tuple[int, int]]:
        """The ranges of the document's text that are shown, in order."""
        for k, place in enumerate(self.places):
            yield place, place + self._stretch(k)

    def text_offset(self, offset: int) -> int:
        """The document's text offset of a reading offset; in a separator: of what follows."""
        if not self.starts:
            return 0
        k = max(0, bisect_right(self.starts, offset) - 1)
        into = offset - self.starts[k]
        size = self._stretch(k)
        if into < size or k + 1 == len(self.starts):
            return self.places[k] + min(into, size)
        return self.places[k + 1]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source range from the first to after the last character of reading[start:end]."""
        origin = self.document.origin
        first = self.text_offset(start)
        if end <= start or not self.starts:
            at = origin.to_source(first)
            return at, at
        k = max(0, bisect_right(self.starts, end - 1) - 1)
        into = min(end - 1 - self.starts[k] + 1, self._stretch(k))
        last = self.places[k] + into
        if last <= first:
            at = origin.to_source(first)
            return at, at
        return origin.source_span(first, last)

    def offset_at(self, source_offset: int) -> int:
        """The reading offset of a source offset; where it is not read: of what follows."""
        if not self.places:
            return 0
        place = self.document.origin.to_text(source_offset)
        k = bisect_right(self.places, place) - 1
        if k < 0:
            return 0
        into = place - self.places[k]
        if into < self._stretch(k):
            return self.starts[k] + into
        return self.starts[k + 1] if k + 1 < len(self.starts) else len(self.text)


def hiding(document: Document, stage: str) -> list[Span]:
    """The spans whose text `stage` does not show. Raises `StageError`."""
    decisions = document.decisions
    if not decisions:
        if stage == "draft":
            return [s for s in document.spans if s[2] in _DRAFT]
        if stage == "final":
            return [s for s in document.spans if s[2] in _FINAL]
    return _hidden(document, in_force(document, stage), stage)


def _hidden(document: Document, force: Mapping[str, bool], stage: str = "final") -> list[Span]:
    """The spans whose text is not shown where these acts are in force."""
    rank = {} if stage in ("draft", "final") else _ranks(document)
    out = []
    for span in document.spans:
        kind = span.kind
        if kind in UNDONE:
            upto = rank.get(stage, -1)
            steps = sum(rank.get(each, 0) <= upto for each in span.id.split(" "))
            if (kind in HIDDEN) != bool(steps % 2):
                out.append(span)
        elif kind in HIDDEN:
            out.append(span)
        elif (kind == DELETION and force[span.id]) or (kind == ADDITION and not force[span.id]):
            out.append(span)
    return out


def in_force(document: Document, stage: str) -> dict[str, bool]:
    """Whether each act is in force at a stage, decisions counted. Raises `StageError`."""
    rank = _ranks(document)
    if stage == "final":
        force = {act.id: True for act in document.acts}
    elif stage == "draft":
        force = {act.id: False for act in document.acts}
    elif stage in rank:
        upto = rank[stage]
        force = {act.id: rank.get(act.stage, 0) <= upto for act in document.acts}
    else:
        known = ", ".join(dict.fromkeys(["draft", *rank, "final"]))
        raise StageError(f"no stage {stage!r} in {document.source.name}; it has {known}")
    return _decided(document, force)


def _decided(document: Document, force: dict[str, bool]) -> dict[str, bool]:
    for id_, decision in document.decisions.items():
        force[id_] = decision == "accepted"
    return force


def _ranks(document: Document) -> dict[str, int]:
    """Stages by their order."""
    return {stage.id: n for n, stage in enumerate(document.stages)}


def read_stage(document: Document, stage: str) -> Reading:
    """The reading of one stage: ``draft``, ``final``, or the id of one of its stages."""
    return _read(document, stage, hiding(document, stage))


def read_hands(document: Document, hands: Collection[str]) -> Reading:
    """The reading in which the acts of these hands are in force and no others."""
    known = {each.id for each in document.hands} | {act.hand for act in document.acts if act.hand}
    for hand in hands:
        if hand not in known:
            listed = ", ".join(sorted(known)) or "none"
            raise HandError(f"no hand {hand!r} in {document.source.name}; it has {listed}")
    force = _decided(document, {act.id: act.hand in hands for act in document.acts})
    return _read(document, f"hand {', '.join(hands)}", _hidden(document, force))


def _read(document: Document, stage: str, hidden: list[Span]) -> Reading:
    text = document.text
    shown = visible(hidden, 0, len(text))
    pieces: list[str] = []
    starts: list[int] = []
    places: list[int] = []
    blocks: list[tuple[int, int]] = []
    length = 0
    verbatim = {block.start for block in document.blocks if block.role == VERBATIM}
    k, n = 0, len(shown)
    for first, last in document.leaves():
        while k < n and shown[k][1] <= first:
            k += 1
        ranges: list[tuple[int, int]] = []
        j = k
        while j < n and shown[j][0] < last:
            a, b = shown[j]
            ranges.append((a if a > first else first, b if b < last else last))
            j += 1
        # The last stretch may go on into the next block; look at it again there.
        k = j - 1 if j > k else k
        if first in verbatim:
            words = [text[a:b] for a, b in ranges]
        else:
            words = trim(text, ranges)
        if not words:
            continue
        if blocks:
            pieces.append(SEPARATOR)
            length += len(SEPARATOR)
        begin = length
        for (a, _), word in zip(ranges, words, strict=True):
            starts.append(length)
            places.append(a)
            length += len(word)
        pieces += words
        blocks.append((begin, length))
    return Reading("".join(pieces), stage, tuple(blocks), starts, places, document)


def trim(text: str, ranges: list[tuple[int, int]]) -> list[str]:
    """The words of the ranges; white space at the two outer edges is cut off the ranges too."""
    while ranges:
        a, b = ranges[0]
        word = text[a:b]
        kept = word.lstrip(_SPACE)
        if kept:
            ranges[0] = (b - len(kept), b)
            break
        del ranges[0]
    while ranges:
        a, b = ranges[-1]
        kept = text[a:b].rstrip(_SPACE)
        if kept:
            ranges[-1] = (a, a + len(kept))
            break
        del ranges[-1]
    return [text[a:b] for a, b in ranges]


def part_text(document: Document) -> dict[int, str]:
    """The words of every deleted and added span, by its index in `Document.spans`.

    Those of a deletion without the additions, of an addition without the deletions that
    stand in it or cross it; hidden text left out; trimmed.
    """
    spans, text = document.spans, document.text
    out: dict[int, str] = {}
    live: list[Span] = []
    for k, span in enumerate(spans):
        if span.kind != DELETION and span.kind != ADDITION:
            continue
        start, end, kind, _ = span
        live = [s for s in live if s.end > start]
        other = ADDITION if kind == DELETION else DELETION
        covers = [s for s in live if s.kind == other and s.end < end]
        j = k + 1
        while j < len(spans) and spans[j].start < end:
            if spans[j].kind in HIDDEN or spans[j].kind == other:
                covers.append(spans[j])
            j += 1
        live.append(span)
        if covers:
            out[k] = "".join(text[a:b] for a, b in visible(covers, start, end)).strip()
        else:
            out[k] = text[start:end].strip()
    return out


def apart(document: Document) -> list[Marking]:
    """The markings that no reading shows."""
    hidden = [span for span in document.spans if span.kind == "furniture"]
    starts = [span.start for span in hidden]
    ends = list(accumulate((span.end for span in hidden), max))
    out = []
    for marking in document.markings:
        k = bisect_right(starts, marking.start) - 1
        if k >= 0 and ends[k] >= marking.end:
            out.append(marking)
    return out
