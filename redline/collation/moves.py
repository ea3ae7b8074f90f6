"""Passages that stand in both texts, at different places.

What one text lacks here and has there: runs of words among what the alignment left over,
found by their n-grams, grown while the words agree and over a few that do not, so that a
passage lightly changed on its way is found too. A chance agreement (an `and the` that the
alignment found inside the passage) is given up for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from redline.collation.accidentals import is_signs
from redline.collation.gaps import Gap
from redline.collation.lexicon import GRAMMAR
from redline.collation.units import units

__all__ = ["Halves", "Passage", "Piece", "moved", "pieces"]

#: Words between two gaps that may be a chance agreement: so many characters at most.
ISLAND = 24
#: Fewer characters than these in all gaps of a run are no passage (but see `_exchanged`).
SHORT = 10
#: A gap of more characters that stands alone is not looked at twice.
LONE = 40
#: An n-gram that stands more often than this on a side says nothing.
OFTEN = 3
#: So many words may differ in a row within a passage.
LAPSE = 3
#: A passage of so many words is one, whatever words; of fewer they must weigh something: a word
#: of content its letters, another 2; the fewest must lie near, too, or be all of either gap.
PLAIN, SURE, NEAR = 8, 5, 1500
HEAVY, LIGHT = 12, 10
#: One or two words are moved within so many characters only.
BESIDE = 80
#: And may differ by so many characters of white space and signs.
CRUMBS = 6
#: Share of a passage's words that must be the same on both sides.
ALIKE = 0.6

_WORD = re.compile(r"\w+(?:['’‐‑-]\w+)*")


class Passage(NamedTuple):
    """a[a:a_end] is gone from its place and stands, the same or nearly, at b[b:b_end]."""

    a: int
    a_end: int
    b: int
    b_end: int


class _Side(NamedTuple):
    words: list[str]
    starts: list[int]
    ends: list[int]
    gaps: list[int]  # number of the gap; -1: between gaps
    runs: list[int]


def moved(
    a: str, b: str, found: Sequence[Gap], unit: str = "word"
) -> tuple[list[Gap], list[Passage]]:
    """The moved passages, and the gaps without the chance agreements within them.

    No two passages overlap on either side; every passage lies within one gap on either side.
    """
    whole = unit not in ("word", "char")
    left = _side(a, [(g.a, g.a_end) for g in found], unit)
    right = _side(b, [(g.b, g.b_end) for g in found], unit)
    chosen: list[list[tuple[int, int]]] = []
    if left.words and right.words:
        taken = bytearray(len(left.words)), bytearray(len(right.words))
        candidates = _candidates(left, right, 1 if whole else 3)
        candidates.sort(key=len, reverse=True)
        for pairs in candidates:
            rows = range(pairs[0][0], pairs[-1][0] + 1), range(pairs[0][1], pairs[-1][1] + 1)
            if any(any(used[r.start : r.stop]) for used, r in zip(taken, rows, strict=True)):
                continue
            if not whole and not _weighs(left, right, pairs, found):
                continue
            for used, r in zip(taken, rows, strict=True):
                used[r.start : r.stop] = b"\1" * len(r)
            chosen.append(pairs)
    passages = [
        Passage(
            left.starts[p[0][0]], left.ends[p[-1][0]], right.starts[p[0][1]], right.ends[p[-1][1]]
        )
        for p in chosen
    ]
    given_up = {
        k
        for p in chosen
        for side, at in ((left, 0), (right, 1))
        for k in range(side.gaps[p[0][at]], side.gaps[p[-1][at]])
    }
    in_use = {side.gaps[p[0][at]] for p in chosen for side, at in ((left, 0), (right, 1))}
    if not whole:
        passages += _exchanged(a, b, found, in_use | given_up | {k + 1 for k in given_up})
    merged: list[Gap] = []
    for k, gap in enumerate(found):
        if k - 1 in given_up:
            merged[-1] = Gap(merged[-1].a, gap.a_end, merged[-1].b, gap.b_end)
        else:
            merged.append(gap)
    return merged, sorted(passages)


def _side(text: str, ranges: Sequence[tuple[int, int]], unit: str) -> _Side:
    """The words of a text's gaps, and of what stands between gaps near each other."""
    side = _Side([], [], [], [], [])
    run: list[int] = []
    size = 0
    whole = unit not in ("word", "char")
    for k, (start, end) in enumerate([*ranges, (len(text) + ISLAND + 1,) * 2]):
        if start == end and k < len(ranges):
            continue
        if run and start - ranges[run[-1]][1] > ISLAND:
            if size >= SHORT and (
                whole or len(run) > 1 or size > LONE or _is_run(text, *ranges[run[0]])
            ):
                _read(text, ranges, run, unit, side)
            run, size = [], 0
        run.append(k)
        size += end - start
    return side


def _is_run(text: str, start: int, end: int) -> bool:
    """Whether a gap that stands alone has words enough for an n-gram."""
    return len(text[start:end].split(None, 2)) > 2


def _read(
    text: str, ranges: Sequence[tuple[int, int]], run: list[int], unit: str, side: _Side
) -> None:
    number = side.runs[-1] + 1 if side.runs else 0
    before = -1
    for k in run:
        start, end = ranges[k]
        stretches = [(start, end, k)]
        if before >= 0:
            stretches.insert(0, (before, start, -1))
        for first, last, gap in stretches:
            for i, j in _spans(text, first, last, unit):
                side.words.append(text[i:j].casefold())
                side.starts.append(i)
                side.ends.append(j)
                side.gaps.append(gap)
                side.runs.append(number)
        before = end


def _spans(text: str, start: int, end: int, unit: str) -> Iterator[tuple[int, int]]:
    if unit in ("word", "char"):
        for match in _WORD.finditer(text, start, end):
            yield match.span()
        return
    found = units(text[start:end], unit)
    for i, j in zip(found.starts, found.ends, strict=True):
        if any(map(str.isalnum, text[start + i : start + j])):
            yield start + i, start + j


def _grams(side: _Side, n: int) -> dict[tuple[str, ...], list[int]]:
    """Where each n-gram stands, most of it in gaps."""
    found: dict[tuple[str, ...], list[int]] = {}
    words, gaps, runs = side.words, side.gaps, side.runs
    for k in range(len(words) - n + 1):
        if runs[k] != runs[k + n - 1] or 2 * gaps[k : k + n].count(-1) >= n:
            continue
        places = found.setdefault(tuple(words[k : k + n]), [])
        if len(places) <= OFTEN:
            places.append(k)
    return found


def _candidates(left: _Side, right: _Side, n: int) -> list[list[tuple[int, int]]]:
    """Runs of (word in a, word in b) that may be passages."""
    here, there = _grams(left, n), _grams(right, n)
    seen: set[tuple[int, int]] = set()
    out: list[list[tuple[int, int]]] = []
    for gram, places in here.items():
        others = there.get(gram, ())
        if len(places) > OFTEN or len(others) > OFTEN:
            continue
        for i in places:
            for j in others:
                if (i, j) in seen or left.gaps[i] == right.gaps[j] >= 0:
                    continue
                pairs = [
                    *reversed(list(_grown(left, right, i, j, -1))),
                    (i, j),
                    *_grown(left, right, i, j, 1),
                ]
                seen.update(pairs)
                pairs = _trimmed(left, right, pairs)
                if len(pairs) >= n and _dense(left, right, pairs):
                    out.append(pairs)
    return out


def _grown(left: _Side, right: _Side, i: int, j: int, way: int) -> Iterator[tuple[int, int]]:
    """Pairs of equal words from (i, j) on, either way, over lapses."""
    a, b = left.words, right.words
    run, other = left.runs[i], right.runs[j]

    def inside(k: int, m: int) -> bool:
        return (
            0 <= k < len(a) and 0 <= m < len(b) and left.runs[k] == run and right.runs[m] == other
        )

    def same(k: int, m: int) -> bool:
        return inside(k, m) and a[k] == b[m]

    while True:
        if same(i + way, j + way):
            i, j = i + way, j + way
            yield i, j
            continue
        for p, q in _LAPSES:
            k, m = i + way * p, j + way * q
            # One word alone holds only where nothing follows it.
            if same(k, m) and (same(k + way, m + way) or not inside(k + way, m + way)):
                i, j = k, m
                yield i, j
                break
        else:
            return


_LAPSES = sorted(
    ((p, q) for p in range(1, LAPSE + 2) for q in range(1, LAPSE + 2) if p + q > 2),
    key=lambda step: (max(step), sum(step)),
)


def _trimmed(left: _Side, right: _Side, pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without words at either end that are no gap's."""
    inside = [left.gaps[i] >= 0 and right.gaps[j] >= 0 for i, j in pairs]
    if True not in inside:
        return []
    return pairs[inside.index(True) : len(inside) - inside[::-1].index(True)]


def _dense(left: _Side, right: _Side, pairs: list[tuple[int, int]]) -> bool:
    """Whether most words of both sides are the same, and most are in gaps."""
    (i, j), (k, m) = pairs[0], pairs[-1]
    spans = (k - i + 1) + (m - j + 1)
    kept = left.gaps[i : k + 1].count(-1) + right.gaps[j : m + 1].count(-1)
    crossed = left.gaps[i] <= right.gaps[m] and right.gaps[j] <= left.gaps[k]
    return 2 * len(pairs) >= ALIKE * spans and 3 * kept <= spans and not crossed


def _weighs(left: _Side, right: _Side, pairs: list[tuple[int, int]], found: Sequence[Gap]) -> bool:
    """Whether a few words are enough to tell that they are the same ones."""
    if len(pairs) >= PLAIN:
        return True
    words = [left.words[i] for i, _ in pairs]
    weight = sum(2 if word in GRAMMAR else len(word) for word in words)
    if len(pairs) >= SURE:
        return weight >= HEAVY
    if len(pairs) > 3 and weight >= LIGHT and _entire(left, right, pairs):
        return True
    here = left.starts[pairs[0][0]]
    there = found[right.gaps[pairs[0][1]]].a
    return abs(here - there) <= NEAR and weight >= (LIGHT if len(pairs) > 3 else HEAVY)


def _entire(left: _Side, right: _Side, pairs: list[tuple[int, int]]) -> bool:
    """Whether the passage is all that is gone from its gap, and all that is new at the other."""
    for side, at in ((left, 0), (right, 1)):
        first, last = pairs[0][at], pairs[-1][at]
        around = [side.gaps[first]]
        around += side.gaps[max(0, first - 1) : first] + side.gaps[last + 1 : last + 2]
        if side.gaps[last] != around[0] or around[0] in around[1:]:
            return False
    return True


def _exchanged(a: str, b: str, found: Sequence[Gap], in_use: set[int]) -> list[Passage]:
    """One or two words that went to a place near by, or changed places with others.

    Whole gaps only: an omission here is an addition there; or two substitutions are each
    other's reverse (`bread and butter`, `butter and bread`).
    """
    out: list[Passage] = []
    used = set(in_use)
    for k, (gap, after) in enumerate(pairwise(found)):
        for m, other in ((k + 1, after), (k + 2, found[k + 2] if k + 2 < len(found) else None)):
            if other is None or other.a - gap.a_end > BESIDE or k in used or m in used:
                continue
            # Lengths first: most gaps have nothing to do with each other.
            there = gap.a_end - gap.a, gap.b_end - gap.b
            here = other.b_end - other.b, other.a_end - other.a
            if all(not x or not y or abs(x - y) > CRUMBS for x, y in zip(there, here, strict=True)):
                continue
            lost, gained = _words(a, gap.a, gap.a_end), _words(b, other.b, other.b_end)
            back, forth = _words(b, gap.b, gap.b_end), _words(a, other.a, other.a_end)
            # `and butter` against `butter and`: the words between are in the one or the other
            on = bool(lost) and sorted(lost) == sorted(gained) and _is_content(lost)
            home = bool(back) and sorted(back) == sorted(forth) and _is_content(back)
            if (on and home) or (on and not back and not forth):
                out.append(Passage(gap.a, gap.a_end, other.b, other.b_end))
            if (on and home) or (home and not lost and not gained):
                out.append(Passage(other.a, other.a_end, gap.b, gap.b_end))
            if out and (on or home):
                used |= {k, m}
    return out


def _words(text: str, start: int, end: int) -> list[str]:
    """At most a few words are looked at."""
    return _WORD.findall(text[start:end].casefold()) if end - start <= BESIDE else []


def _is_content(words: list[str]) -> bool:
    return any(len(word) > 2 and word not in GRAMMAR for word in words)


class Piece(NamedTuple):
    """A part of a gap: free, or one half of the passage with this number."""

    gap: Gap
    passage: int | None


def pieces(a: str, b: str, gap: Gap, halves_a: Halves, halves_b: Halves) -> list[Piece]:
    """A gap cut at the passages in it; the pieces tile it, in order.

    `halves_a` and `halves_b` are (start, end, passage) in the gap's ranges, in order.
    """
    free_a, cut_a = _cut(a, gap.a, gap.a_end, halves_a)
    free_b, cut_b = _cut(b, gap.b, gap.b_end, halves_b)
    # Where only one side is cut, what is left of the other belongs to one of the free parts.
    if not cut_b and len(free_a) > 1:
        at = _nearest(b[gap.b : gap.b_end], [a[i:j] for i, j in free_a])
        free_b = [(gap.b, gap.b)] * at + free_b + [(gap.b_end, gap.b_end)] * (len(cut_a) - at)
    elif not cut_a and len(free_b) > 1:
        at = _nearest(a[gap.a : gap.a_end], [b[i:j] for i, j in free_b])
        free_a = [(gap.a, gap.a)] * at + free_a + [(gap.a_end, gap.a_end)] * (len(cut_b) - at)
    out: list[Piece] = []
    i, j = gap.a, gap.b
    for k in range(max(len(free_a), len(free_b))):
        if k < len(free_a) or k < len(free_b):
            i_end = free_a[k][1] if k < len(free_a) else i
            j_end = free_b[k][1] if k < len(free_b) else j
            if i_end > i or j_end > j:
                out.append(Piece(Gap(i, i_end, j, j_end), None))
            i, j = i_end, j_end
        if k < len(cut_a):
            start, end, passage = cut_a[k]
            out.append(Piece(Gap(start, end, j, j), passage))
            i = end
        if k < len(cut_b):
            start, end, passage = cut_b[k]
            out.append(Piece(Gap(i, i, start, end), passage))
            j = end
    return out


Halves = Sequence[tuple[int, int, int]]


def _cut(
    text: str, start: int, end: int, halves: Halves
) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
    """The free parts and, one fewer, the halves between them; crumbs go with the halves."""
    free: list[tuple[int, int]] = []
    cut: list[tuple[int, int, int]] = []
    at = start
    for k, (first, last, passage) in enumerate(halves):
        limit = halves[k + 1][0] if k + 1 < len(halves) else end
        if is_signs(text[at:first]):
            first = at
        if is_signs(text[last:limit]):
            last = limit
        else:
            while last < limit and text[last].isspace():
                last += 1
        free.append((at, first))
        cut.append((first, last, passage))
        at = last
    free.append((at, end))
    return free, cut


def _nearest(text: str, parts: list[str]) -> int:
    """Which part shares most words with a text; the longest, where none does."""
    words = set(text.split())

    def weight(k: int) -> tuple[int, int]:
        return len(words.intersection(parts[k].split())), len(parts[k])

    return max(range(len(parts)), key=weight)
