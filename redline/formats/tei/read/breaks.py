"""Line breaks beside white space, where the two readings see different things.

A break gives one space to every reading that sees it and swallows what other white space is
beside it there. A space that both readings have too often is hidden. One that only one reading
has too often goes to the deletion (or the addition) beside it, which the other reading does not
have.
"""

from __future__ import annotations

from bisect import bisect_left

from redline.formats.tei.read.structure import Structure
from redline.spans import ADDITION, DELETION, HIDDEN

__all__ = ["settle"]

_SPACE = " \t\r\n"
#: For each reading: what it does not show, and what hides a character from it alone.
_READINGS = ((ADDITION, ADDITION), (DELETION, DELETION))


def settle(paper: Structure) -> None:
    """Settle the blocks of which the walk said that it is needed."""
    if not paper.unsettled:
        return
    text = paper.text()
    order = sorted((k for k, kind in enumerate(paper.kinds) if kind), key=paper.starts.__getitem__)
    starts = [paper.starts[k] for k in order]
    for block, end in paper.unsettled:
        first = bisect_left(starts, block.start)
        last = bisect_left(starts, end)
        _settle(paper, text, block.start, end, set(block.breaks), order[first:last])


def _settle(
    paper: Structure, text: str, start: int, end: int, breaks: set[int], inside: list[int]
) -> None:
    seen: list[bytearray] = []
    for gone, _ in _READINGS:
        flags = bytearray(b"\1") * (end - start)
        for k in inside:
            if paper.kinds[k] in HIDDEN or paper.kinds[k] == gone:
                a, b = paper.starts[k] - start, min(paper.ends[k], end) - start
                flags[a:b] = bytes(b - a)
        seen.append(flags)
    surplus: tuple[dict[int, int], dict[int, int]] = {}, {}  # each space, and the one that stays
    for reading, flags in enumerate(seen):
        run: list[int] = []
        for at in range(start, end + 1):
            if at < end and not flags[at - start]:
                continue
            if at < end and text[at] in _SPACE:
                run.append(at)
                continue
            if len(run) > 1 and not breaks.isdisjoint(run):
                kept = min(run, key=lambda c: (c in breaks, not seen[1 - reading][c - start]))
                surplus[reading].update((c, kept) for c in run if c != kept)
            run = []
    for at in sorted(surplus[0].keys() | surplus[1].keys()):
        wanted = [reading for reading in (0, 1) if seen[reading][at - start]]
        gone_from = [reading for reading in (0, 1) if at in surplus[reading]]
        if gone_from == wanted:
            _hide(paper, at)
        elif len(gone_from) == 1 and not _widen(paper, at, _READINGS[gone_from[0]][1], inside):
            # No mark to take it in: the one that was to stay goes, if this reading alone has it.
            kept = surplus[gone_from[0]][at]
            if not seen[1 - gone_from[0]][kept - start]:
                _hide(paper, kept)


def _hide(paper: Structure, at: int) -> None:
    place = paper.origin().to_source(at)
    k = paper.open("layout", "", place, place)
    paper.starts[k], paper.ends[k] = at, at + 1


def _widen(paper: Structure, at: int, kind: str, inside: list[int]) -> bool:
    for k in inside:
        if paper.kinds[k] == kind:
            if paper.ends[k] == at:
                paper.ends[k] = at + 1
                return True
            if paper.starts[k] == at + 1:
                paper.starts[k] = at
                return True
    return False
