"""The order in which regions are read, and which of their places can be kept in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby

from redline.formats.recognition.sheets import Region

__all__ = ["edged", "rising", "tables"]

#: Where regions stand that do not stand in the middle.
_EDGES = {"header": 0, "footer": 2}


def tables(regions: Sequence[Region]) -> Iterator[list[Region]]:
    """The regions, each alone; the cells of a table together."""
    for _, group in groupby(enumerate(regions), lambda each: _table_of(*each)):
        yield [region for _, region in group]


def _table_of(number: int, region: Region) -> tuple[str, int]:
    return (region.table, -1) if region.cell is not None else ("", number)


def edged(regions: Sequence[Region]) -> list[Region]:
    """Regions in reading order, those at the upper edge of the page first, at the lower last."""
    return sorted(regions, key=lambda each: _EDGES.get(each.role, 1))


def rising(places: Sequence[int], first: Sequence[bool]) -> set[int]:
    """Which numbers to keep so that each is larger than the one before: as many as can be of the
    `first` ones (a longest increasing subsequence, by patience sorting), and what fits of the
    others."""
    ends: list[int] = []  # the smallest number that ends a row of each length
    last: list[int] = []  # where it stands
    before = [-1] * len(places)
    for k, place in enumerate(places):
        if not first[k]:
            continue
        size = bisect_left(ends, place)
        before[k] = last[size - 1] if size else -1
        ends[size : size + 1] = [place]
        last[size : size + 1] = [k]
    kept = set()
    at = last[-1] if last else -1
    while at >= 0:
        kept.add(at)
        at = before[at]
    highest = list(accumulate((p if k in kept else -1 for k, p in enumerate(places)), max))
    lowest = sorted(places[k] for k in kept)
    high = -1
    for k, place in enumerate(places):
        high = max(high, highest[k])
        n = bisect_right(lowest, highest[k])
        if not first[k] and high < place and (n == len(lowest) or place < lowest[n]):
            kept.add(k)
            high = place
    return kept
