"""Many sequences of integers in, columns out: progressive alignment on a guide tree.

    every two sequences, aligned by themselves ──► distances ──► guide tree
                 │ matches                                          │ the nearest first
                 ▼                                                  ▼
          votes for pairs of columns ──► heaviest chain ──► two groups of columns made one

Where two groups are joined, each pair of sequences across the two has a say: its matches are
votes, and the heaviest chain of votes that cross nowhere decides. What stands between two links
of the chain is settled by likeness.

Why so. Taking witnesses one by one, as they are named, lets the first ones decide what later ones
can be set beside, and a mistake stays: the order is part of the result. A guide tree takes the
nearest first, where mistakes are rarest, whatever the order in which they were named; that each
pair votes lets witnesses that are alike overrule a chance match. A variant graph, against which
one witness after another is laid by a table of all places of both (as collatex does), depends on
the order and costs the product of graph and witness: a thousand times as long, at three witnesses
of 10 KB. Here the cost is that of the pairs, each of them linear, and more of the alignments that
were planted is recovered: `python -m tests.collation.witnesses_table`.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations, product
from typing import NamedTuple

from redline.collation.align import align

__all__ = ["Columns", "columns"]

#: How well two items go into one column, the more the better; 0: they may not.
Likeness = Callable[[int, int], float]
#: Gaps of at most so many pairs of columns are searched by likeness.
CELLS = 6400
#: A match of an item that stands everywhere says less than one of a rare item, but something.
_COMMON = 0.25

_Pair = tuple[int, int]


class Columns(NamedTuple):
    """The column of item k of sequence w is `at[w][k]`; `exact` is that of all pairs."""

    at: list[list[int]]
    width: int
    exact: bool


class _Group(NamedTuple):
    """Sequences in columns; `items`: what stands in each column, each once."""

    at: dict[int, list[int]]
    items: list[tuple[int, ...]]


def columns(
    sequences: Sequence[Sequence[int]], likeness: Likeness, *, deadline: float | None = None
) -> Columns:
    """Columns for `sequences`, which should come in an order of their own, not the caller's.

    `deadline` is in seconds, shared by all pairs: what one leaves, the next ones have.
    """
    pairs = list(combinations(range(len(sequences)), 2))
    end = None if deadline is None else time.monotonic() + deadline
    matches: dict[_Pair, list[tuple[int, int, int]]] = {}
    distances: dict[_Pair, float] = {}
    exact = True
    for done, (a, b) in enumerate(pairs):
        share = None if end is None else max(0.0, end - time.monotonic()) / (len(pairs) - done)
        found = align(sequences[a], sequences[b], deadline=share)
        exact = exact and found.exact
        runs = [(k.a_start, k.b_start, k.a_end - k.a_start) for k in found.blocks if k.equal]
        matches[a, b] = runs
        total = len(sequences[a]) + len(sequences[b])
        distances[a, b] = 1 - 2 * sum(run[2] for run in runs) / total if total else 0.0
    weights = _weights(sequences)
    groups = {
        k: _Group({k: list(range(len(items)))}, [(item,) for item in items])
        for k, items in enumerate(sequences)
    }
    last = len(sequences) - 1
    for a, b in guide_tree(len(sequences), distances):
        last += 1
        groups[last] = _joined(groups.pop(a), groups.pop(b), sequences, matches, weights, likeness)
    if not sequences:
        return Columns([], 0, exact)
    (group,) = groups.values()
    return Columns([group.at[k] for k in range(len(sequences))], len(group.items), exact)


def guide_tree(count: int, distances: dict[_Pair, float]) -> list[_Pair]:
    """Which two to join, step by step: the nearest by the mean of their members' distances.

    The leaves are 0 to count - 1; the step of index k makes the group `count + k`.
    """
    sizes = dict.fromkeys(range(count), 1)
    apart = dict(distances)
    steps: list[_Pair] = []
    while len(sizes) > 1:
        a, b = min(apart, key=lambda pair: (apart[pair], pair))
        new = count + len(steps)
        steps.append((a, b))
        del apart[a, b]
        left, right = sizes.pop(a), sizes.pop(b)
        for other in sizes:
            to_a = apart.pop((min(a, other), max(a, other)))
            to_b = apart.pop((min(b, other), max(b, other)))
            apart[other, new] = (left * to_a + right * to_b) / (left + right)
        sizes[new] = left + right
    return steps


def _weights(sequences: Sequence[Sequence[int]]) -> dict[int, float]:
    """What a match of each item counts: the less, the oftener it stands in a sequence."""
    counts: Counter[int] = Counter()
    for items in sequences:
        counts.update(items)
    return {item: max(_COMMON, min(1.0, len(sequences) / count)) for item, count in counts.items()}


# -- joining two groups ----------------------------------------------------------------------


def _joined(
    x: _Group,
    y: _Group,
    sequences: Sequence[Sequence[int]],
    matches: dict[_Pair, list[tuple[int, int, int]]],
    weights: dict[int, float],
    likeness: Likeness,
) -> _Group:
    """The columns of both, those that belong together made one."""
    width = len(y.items) + 1
    votes: dict[int, float] = {}
    for a, b in product(x.at, y.at):
        swapped = a > b
        runs = matches[b, a] if swapped else matches[a, b]
        at_a, at_b, items = x.at[a], y.at[b], sequences[a]
        for i, j, length in runs:
            if swapped:
                i, j = j, i
            for k in range(length):
                place = at_a[i + k] * width + at_b[j + k]
                votes[place] = votes.get(place, 0.0) + weights[items[i + k]]
    links = [divmod(place, width) for place in _chain(votes, width)]
    pairs: list[_Pair] = []
    i = j = 0
    for k, m in [*links, (len(x.items), len(y.items))]:
        if k > i and m > j:
            gap = _likest(x.items[i:k], y.items[j:m], likeness)
            pairs += [(i + one, j + other) for one, other in gap]
        if k < len(x.items):
            pairs.append((k, m))
        i, j = k + 1, m + 1
    return _merged(x, y, pairs)


def _chain(votes: dict[int, float], width: int) -> list[int]:
    """The heaviest of the chains of places that rise on both sides."""
    ends: list[int] = []  # of chains so far, the right side of the last link: rising …
    heavy: list[float] = []  # … with the weight of the heaviest that ends there or before
    heads: list[int] = []
    back: dict[int, int] = {}
    # Of one left side the rightmost first: it cannot follow another of the same.
    for place in sorted(votes, key=lambda place: (place // width, -(place % width))):
        right = place % width
        k = bisect_left(ends, right)
        weight = votes[place] + (heavy[k - 1] if k else 0.0)
        if k < len(ends) and ends[k] == right and heavy[k] >= weight:
            continue
        back[place] = heads[k - 1] if k else -1
        stop = k
        while stop < len(ends) and heavy[stop] <= weight:
            stop += 1
        ends[k:stop] = [right]
        heavy[k:stop] = [weight]
        heads[k:stop] = [place]
    chain: list[int] = []
    place = heads[-1] if heads else -1
    while place >= 0:
        chain.append(place)
        place = back[place]
    return chain[::-1]


def _merged(x: _Group, y: _Group, pairs: list[_Pair]) -> _Group:
    of_x, of_y = [0] * len(x.items), [0] * len(y.items)
    items: list[tuple[int, ...]] = []
    i = j = 0
    for k, m in [*pairs, (len(x.items), len(y.items))]:
        for n in range(i, k):
            of_x[n] = len(items)
            items.append(x.items[n])
        for n in range(j, m):
            of_y[n] = len(items)
            items.append(y.items[n])
        if k < len(x.items):
            of_x[k] = of_y[m] = len(items)
            both = x.items[k]
            if both != y.items[m]:
                both = tuple(sorted({*both, *y.items[m]}))
            items.append(both)
        i, j = k + 1, m + 1
    at = {w: list(map(of_x.__getitem__, row)) for w, row in x.at.items()}
    at |= {w: list(map(of_y.__getitem__, row)) for w, row in y.at.items()}
    return _Group(at, items)


# -- what no match settles --------------------------------------------------------------------


def _likest(x: list[tuple[int, ...]], y: list[tuple[int, ...]], likeness: Likeness) -> list[_Pair]:
    """Pairs of columns, rising, by the greatest sum of likeness."""
    if len(x) * len(y) > CELLS:
        return list(enumerate(range(min(len(x), len(y)))))
    scores = [[max(likeness(a, b) for a in one for b in other) for other in y] for one in x]
    best = [[0.0] * (len(y) + 1)]
    for row in scores:
        above, line = best[-1], [0.0]
        left = 0.0
        for k, score in enumerate(row):
            up = above[k + 1]
            if up > left:
                left = up
            if score and above[k] + score > left:
                left = above[k] + score
            line.append(left)
        best.append(line)
    pairs: list[_Pair] = []
    i, j = len(x), len(y)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]
