"""Two sequences of integers in, ranges out: what stands on both sides, in order.

    walk ── a window of both ── exact search ── a telling run of equal items? ── on from its end
      │ no                                                                            ▲
      ├─ a larger window ─────────────────────────────────────────────────────────────┤
      └─ fill up to an anchor well ahead ─────────────────────────────────────────────┘

Most of two versions of a text is alike, so what corresponds is near: a window of a few hundred
items is searched exactly, and its result is kept up to the last run of equal items too long to
be chance. Where there is none (a long passage was moved, added or left out), n-grams that stand
once on either side, in their longest common order, say where the texts meet again, and what
lies between is searched exactly, cut at more such n-grams where it is large. The exact search
is rapidfuzz's bit-parallel longest common subsequence: 64 cells a step, in C++.

Time and memory grow with the texts, whatever is in them. A gap that is too large to be searched
at once and has nothing unique to be cut at is taken in large windows, and the result says so.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import compress, count
from operator import ne
from typing import NamedTuple

__all__ = ["Alignment", "Block", "Run", "align", "matches", "tiled"]

#: Items of either side that are searched at once; the second where the first finds nothing.
WINDOWS = (512, 4096)
#: Cells (items of one side times items of the other) of one exact search: 32 MB, 30 ms.
CELLS = 1 << 28
#: Where a larger gap has to be taken in windows, so many cells in all, and so many items of
#: both sides in a window at least and at most.
FORCED = 1 << 32
FORCED_WINDOWS = (1 << 11, 1 << 15)
#: Items of either side that are looked through for anchors: each where the one before fails.
REACHES = (1 << 16, 1 << 20, 1 << 62)
#: Anchors are sought among about so many n-grams; more would cost memory and gain nothing.
SAMPLE = 1 << 16
#: A cut at anchors makes pieces of at least so many items.
PIECE = 256
#: So many times the length that chance would give makes a run of equal items telling.
CAUTION = 3.0
#: Where so much of the smaller side of a window is matched, the texts do correspond there.
ALIKE = 0.6


class Block(NamedTuple):
    """A range of either sequence, half-open. `equal`: the same items stand in both."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int
    equal: bool


class Alignment(NamedTuple):
    """Blocks that tile both sequences, in order, equal and unequal ones in turn.

    `exact` is False when the search was cut short: the deadline passed, or there was a large
    stretch without anything to hold on to. The blocks are a true alignment all the same, only
    more may be called different than need be.
    """

    blocks: tuple[Block, ...]
    exact: bool


#: Where equal items begin in a and in b, and how many they are.
Run = tuple[int, int, int]


def align(a: Sequence[int], b: Sequence[int], *, deadline: float | None = None) -> Alignment:
    """Align two sequences so that (nearly) as few items as possible are left over.

    `deadline`, in seconds from the call, is looked at between searches, each of them a few
    milliseconds long; what is not aligned when it passes becomes one unequal block.
    `align(b, a)` is the same seen from the other side.
    """
    runs, exact = matches(a, b, deadline=deadline)
    return Alignment(tiled(runs, len(a), len(b)), exact)


def matches(
    a: Sequence[int], b: Sequence[int], *, deadline: float | None = None
) -> tuple[list[Run], bool]:
    """The equal blocks of `align`, as runs: in order, none of them empty; and whether exact."""
    a, b = list(a), list(b)
    if (len(b), b) < (len(a), a):
        runs, exact = _matches(*_narrow(b, a), deadline)
        return [(i, j, size) for j, i, size in runs], exact
    return _matches(*_narrow(a, b), deadline)


def tiled(runs: Iterable[Run], a_length: int, b_length: int) -> tuple[Block, ...]:
    """Runs of equal items as blocks, with what lies between."""
    rows: list[tuple[int, int, int, int, bool]] = []
    i = j = 0
    for k, m, size in runs:
        if k > i or m > j:
            rows.append((i, k, j, m, False))
        i, j = k + size, m + size
        rows.append((k, i, m, j, True))
    if i < a_length or j < b_length:
        rows.append((i, a_length, j, b_length, False))
    return tuple(map(_BLOCK, rows))


#: Makes a block of a row, three times as fast as `Block(*row)`.
_BLOCK: Callable[[tuple[int, int, int, int, bool]], Block] = partial(tuple.__new__, Block)


def _matches(a: list[int], b: list[int], deadline: float | None) -> tuple[list[Run], bool]:
    search = _Search(a, b, deadline)
    head = _alike(a, b)
    tail = _alike(a[: head - 1 if head else None : -1], b[: head - 1 if head else None : -1])
    search.found.append((0, 0, head))
    if not set(a).isdisjoint(b):
        search.walk(head, len(a) - tail, head, len(b) - tail)
    search.found.append((len(a) - tail, len(b) - tail, tail))
    return _slid(a, b, _joined(search.found)), search.exact


def _narrow(a: list[int], b: list[int]) -> tuple[list[int], list[int]]:
    """The same sequences, of integers that are their own hash: the search compares hashes."""
    if any(x and (min(x) < 0 or max(x) >= 1 << 60) for x in (a, b)):
        ids: dict[int, int] = {}
        a, b = ([ids.setdefault(item, len(ids)) for item in x] for x in (a, b))
    return a, b


def _alike(a: list[int], b: list[int]) -> int:
    """How many items are the same before the first that is not, or the end of the shorter."""
    return next(compress(count(), map(ne, a, b)), min(len(a), len(b)))


class _Search:
    """The runs of equal items that were found, in order; what is needed to find more."""

    def __init__(self, a: list[int], b: list[int], deadline: float | None) -> None:
        from rapidfuzz.distance import LCSseq

        self.a, self.b = a, b
        self.found: list[Run] = []
        self.exact = True
        self.end = math.inf if deadline is None else time.monotonic() + deadline
        self.editops = LCSseq.editops

    def late(self) -> bool:
        """Whether the deadline has passed: then the result is not exact."""
        if self.end < math.inf and time.monotonic() >= self.end:
            self.exact = False
            return True
        return False

    def common(self, i: int, k: int, j: int, m: int) -> list[Run]:
        """A longest common subsequence of a[i:k] and b[j:m]."""
        blocks = self.editops(self.a[i:k], self.b[j:m]).as_matching_blocks()
        return [(i + block.a, j + block.b, block.size) for block in blocks if block.size]

    def walk(self, i: int, a_end: int, j: int, b_end: int) -> None:
        """Align a[i:a_end] with b[j:b_end]: see the module's drawing."""
        chance = _chance(self.a, i, a_end)
        anchors: _Anchors | None = None
        size = 0
        while i < a_end and j < b_end and not self.late():
            window = WINDOWS[size]
            k, m = min(i + window, a_end), min(j + window, b_end)
            runs = self.common(i, k, j, m)
            if k == a_end and m == b_end:
                self.found += runs
                return
            kept = _trusted(runs, i, j, window, _telling(chance, window))
            if kept:
                self.found += runs[:kept]
                a_start, b_start, length = runs[kept - 1]
                i, j = a_start + length, b_start + length
                size = 0
            elif size + 1 < len(WINDOWS):
                size += 1
            else:
                grams = min(1 << (_telling(chance, window) - 1).bit_length(), 64)
                ahead = anchors and anchors.ahead(i, j, window // 2)
                for reach in REACHES:
                    if ahead:
                        break
                    region = i, min(a_end, i + reach), j, min(b_end, j + reach)
                    anchors = _Anchors(self.a, self.b, *region, grams)
                    ahead = anchors.ahead(i, j, window // 2)
                    if region[1::2] == (a_end, b_end):
                        break
                assert anchors is not None
                k, m = ahead or (a_end, b_end)
                self.fill(i, k, j, m, anchors)
                i, j = k, m
                size = 0

    def fill(self, i: int, a_end: int, j: int, b_end: int, anchors: _Anchors) -> None:
        """Align a gap: between anchors in pieces, each exactly if it is not too large."""
        for k, m in [*anchors.between(i, a_end, j, b_end), (a_end, b_end)]:
            if i < k and j < m and not self.late():
                if (k - i) * (m - j) <= CELLS:
                    self.found += self.common(i, k, j, m)
                elif anchors.again:
                    args = (i, k, j, m)
                    shorter = anchors.grams // 2  # half as long is chance still, shorter is not
                    self.fill(*args, _Anchors(self.a, self.b, *args, shorter, again=False))
                else:
                    self.force(i, k, j, m)
            i, j = k, m

    def force(self, i: int, a_end: int, j: int, b_end: int) -> None:
        """Align a large gap where nothing is unique: half of a large window is kept each time.

        What stands on one side only is left out first; that may be most of it.
        """
        shared = set(self.a[i:a_end]).intersection(self.b[j:b_end])
        a_at = [k for k in range(i, a_end) if self.a[k] in shared]
        b_at = [m for m in range(j, b_end) if self.b[m] in shared]
        if not shared:
            return
        a, b = [self.a[k] for k in a_at], [self.b[m] for m in b_at]
        least, most = FORCED_WINDOWS
        size = min(max(FORCED // (len(a) + len(b)), least), most)
        i = j = 0
        while i < len(a) and j < len(b) and not self.late():
            # As much of either side as is its share of what is left.
            part = size * (len(a) - i) // (len(a) - i + len(b) - j)
            k, m = i + max(part, least // 8), j + max(size - part, least // 8)
            whole = k >= len(a) and m >= len(b)
            self.exact &= whole
            stop = None if whole else i + j + size // 2
            i0, j0 = i, j
            for block in self.editops(a[i:k], b[j:m]).as_matching_blocks():
                at, bt = i0 + block.a, j0 + block.b
                self.found += [(a_at[at + n], b_at[bt + n], 1) for n in range(block.size)]
                i, j = at + block.size, bt + block.size
                if stop is not None and i + j >= stop:
                    break
            if whole:
                return


def _chance(items: list[int], start: int, end: int) -> float:
    """How likely two items, taken at random, are the same."""
    sample = items[start : end : max(1, (end - start) // 4096)]
    size = len(sample)
    pairs = sum(n * (n - 1) for n in Counter(sample).values())
    return min(max(pairs / (size * (size - 1)) if size > 1 else 0.0, 1e-3), 0.999)


def _telling(chance: float, window: int) -> int:
    """How many equal items in a row are no chance: several times the longest run that two
    random windows would share, log(window²) / log(1 / chance)."""
    return max(4, math.ceil(CAUTION * 2 * math.log(window) / -math.log(chance)))


def _trusted(runs: list[Run], i: int, j: int, window: int, telling: int) -> int:
    """How many of the runs found in a window to keep.

    Up to the last telling one, if that is well ahead and what it skips is little; in the larger
    window, where much corresponds and changes stand too close for such runs, half of them.
    """
    matched = sum(length for _, _, length in runs)
    for kept in range(len(runs), 0, -1):
        a, b, length = runs[kept - 1]
        a_done, b_done = a + length - i, b + length - j
        if a_done + b_done < window // 4:
            break
        if length >= telling:
            if 2 * matched >= min(a_done, b_done):
                return kept
            break
        matched -= length
    if window == WINDOWS[-1] and sum(run[2] for run in runs) >= ALIKE * window:
        ends = (run[0] + run[2] - i + run[1] + run[2] - j for run in runs)
        return next((k for k, end in enumerate(ends, 1) if end >= window), 0)
    return 0


class _Anchors:
    """n-grams that stand once in either of two ranges, in the longest order common to both."""

    def __init__(
        self,
        a: list[int],
        b: list[int],
        i: int,
        a_end: int,
        j: int,
        b_end: int,
        grams: int,
        again: bool = True,
    ) -> None:
        self.grams, self.again = grams, again
        a_once, b_once = _once(a, i, a_end, grams), _once(b, j, b_end, grams)
        # Hashes may collide: the items decide.
        pairs = [
            (k, m)
            for gram, k in a_once.items()
            if (m := b_once.get(gram, -1)) >= 0 and a[k : k + grams] == b[m : m + grams]
        ]
        self.pairs = _rising(pairs)

    def ahead(self, i: int, j: int, least: int) -> tuple[int, int] | None:
        """The first anchor with as many items or more between (i, j) and it on some side."""
        start = bisect_left(self.pairs, (i, j))
        for k, m in self.pairs[start:]:
            if m >= j and k - i + m - j >= least:
                return k, m
        return None

    def between(self, i: int, a_end: int, j: int, b_end: int) -> Iterator[tuple[int, int]]:
        """Anchors within a gap, `PIECE` items or more apart."""
        start, end = bisect_left(self.pairs, (i, j)), bisect_left(self.pairs, (a_end, 0))
        for k, m in self.pairs[start:end]:
            if j <= m < b_end and k - i + m - j >= PIECE:
                yield k, m
                i, j = k, m


def _once(items: list[int], start: int, end: int, n: int) -> dict[int, int]:
    """Hash and place of n-grams that stand once between start and end; of long texts a sample,
    the same for every text."""
    part = items[start:end]
    hashes = list(map(hash, zip(*(part[k:] for k in range(n)), strict=False)))
    every = 1 << max(0, (len(hashes) // SAMPLE).bit_length())
    places: Sequence[int] = range(start, start + len(hashes))
    if every > 1:
        chosen = [not value & (every - 1) for value in hashes]
        hashes, places = list(compress(hashes, chosen)), list(compress(places, chosen))
    counts = Counter(hashes)
    return {value: k for value, k in zip(hashes, places, strict=True) if counts[value] == 1}


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in the order of a, the most that are in the order of b too (patience sorting)."""
    tops: list[int] = []  # the b of the last pair of each pile
    last: list[int] = []  # which pair that is
    before: list[int] = []
    for index, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(last[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        last[pile : pile + 1] = [index]
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs that follow each other on both sides are one."""
    joined: list[Run] = []
    i = j = -1
    for run in runs:
        a, b, length = run
        if not length:
            continue
        if a == i and b == j:
            joined[-1] = (*joined[-1][:2], joined[-1][2] + length)
        else:
            joined.append(run)
        i, j = a + length, b + length
    return joined


def _slid(a: list[int], b: list[int], runs: list[Run]) -> list[Run]:
    """The same number of equal items in fewer runs.

    An insertion (or deletion) whose last items are those before it may as well stand earlier;
    where a whole run is passed in this way, two changes become one.
    """
    kept: list[Run] = []
    for run in runs:
        i, j, length = run
        while kept:
            k, m, size = kept[-1]
            pure = (k + size == i) != (m + size == j)
            if not (pure and a[k : k + size] == a[i - size : i] == b[j - size : j]):
                break
            kept.pop()
            i, j, length = i - size, j - size, length + size
            if kept and kept[-1][0] + kept[-1][2] == i and kept[-1][1] + kept[-1][2] == j:
                i, j, length = *kept[-1][:2], length + kept.pop()[2]
        kept.append((i, j, length))
    return kept
