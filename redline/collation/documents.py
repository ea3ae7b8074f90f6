"""What two papers have beside their running text: their markings compared, notes and furniture.

A banner is in no reading, so a banner that changed between two copies is no variant of the
text: it is one of its own kind. Notes and furniture can be read with the text, after it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from redline.collation.align import align
from redline.model import Document, Marking
from redline.reading import SEPARATOR, Reading, apart, hiding, trim
from redline.spans import visible

__all__ = ["INCLUDED", "MarkingVariant", "compare_markings", "reading_with"]

#: What can be read with the text, and the kind of span that keeps it out of the readings.
INCLUDED = {"notes": "note", "furniture": "furniture"}
#: How a field was read, not what it says.
_UNSAID = frozenset({"raw", "cert"})


class MarkingVariant(NamedTuple):
    """A marking that one copy has and the other has not, or has otherwise.

    `kind` is ``omission`` (only a has it), ``addition`` (only b) or ``substitution``.
    """

    kind: str
    a: Marking | None
    b: Marking | None


def compare_markings(a: Document, b: Document) -> tuple[MarkingVariant, ...]:
    """What differs in the markings that stand beside the text, in the order of the papers.

    Nothing where one of the two has no marking at all: a print never has those of the paper.
    """
    ours, theirs = apart(a), apart(b)
    if not ours or not theirs:
        return ()
    ids: dict[str, int] = {}
    rows = [[ids.setdefault(_said(m), len(ids)) for m in found] for found in (ours, theirs)]
    out: list[MarkingVariant] = []
    for first, last, begin, end, equal in align(*rows).blocks:
        if not equal:
            out += _paired(ours[first:last], theirs[begin:end])
    return tuple(out)


def _said(marking: Marking) -> str:
    """What a marking says, and where on a page."""
    fields = sorted((k, repr(v)) for k, v in marking.fields.items() if k not in _UNSAID)
    words = "" if marking.was or marking.is_ or fields else marking.text
    _, kind, _, place, was, through, is_, action, controls, *_ = marking
    return repr((kind, place, was, through, is_, action, controls, fields, words))


def _paired(ours: Sequence[Marking], theirs: Sequence[Marking]) -> Iterator[MarkingVariant]:
    """Markings of one kind at one place of the page are the same one, changed."""
    waiting: dict[tuple[str, str], list[Marking]] = {}
    for marking in reversed(theirs):
        waiting.setdefault((marking.kind, marking.place), []).append(marking)
    for marking in ours:
        found = waiting.get((marking.kind, marking.place))
        if found:
            yield MarkingVariant("substitution", marking, found.pop())
        else:
            yield MarkingVariant("omission", marking, None)
    left = {marking.id for rest in waiting.values() for marking in rest}
    for marking in theirs:
        if marking.id in left:
            yield MarkingVariant("addition", None, marking)


def reading_with(reading: Reading, include: Iterable[str]) -> Reading:
    """A reading with what it leaves out of `INCLUDED` after it, each piece a block.

    Raises `ValueError` for a name that is none of them.
    """
    document = reading.document
    wanted = set(include)
    if not wanted <= INCLUDED.keys():
        raise ValueError(f"include {', '.join(INCLUDED)}, not {min(wanted - INCLUDED.keys())!r}")
    ranges = []
    if "notes" in wanted:
        ranges += [(n.start, n.end) for n in document.notes if n.start is not None]
    if "furniture" in wanted:
        ranges += [(f.start, f.end) for f in document.furniture]
    beside = set(INCLUDED.values())
    covers = [span for span in hiding(document, reading.stage) if span.kind not in beside]
    at = [span.start for span in covers]
    pieces = [reading.text]
    starts, places, blocks = [*reading.starts], [*reading.places], [*reading.blocks]
    length = len(reading.text)
    for first, last in ranges:
        if last is None:
            continue
        # A strike that began before a note at the foot of the page does not strike the note.
        over = covers[bisect_left(at, first) : bisect_left(at, last)]
        shown = visible(over, first, last)
        words = trim(document.text, shown)
        if not words:
            continue
        if length:
            pieces.append(SEPARATOR)
            length += len(SEPARATOR)
        begin = length
        for (place, _), word in zip(shown, words, strict=True):
            starts.append(length)
            places.append(place)
            length += len(word)
        pieces += words
        blocks.append((begin, length))
    return Reading("".join(pieces), reading.stage, tuple(blocks), starts, places, document)
