"""Lines, sentences or blocks of which each is the other, changed."""

from __future__ import annotations

from redline.collation.gaps import Gap
from redline.collation.similarity import similarity
from redline.collation.units import units

__all__ = ["alike"]

#: Units that have less in common are two.
LEAST = 0.5
#: At most so many pairs are compared; in larger gaps units go by their place.
PAIRS = 900


def alike(x: str, y: str, unit: str) -> list[Gap]:
    """Pairs of units that are like each other, in the order of both: of all ways the one with most
    in common."""
    left, right = (
        [(i, k) for i, k in zip(*units(text, unit), strict=True) if not text[i].isspace()]
        for text in (x, y)
    )
    if len(left) * len(right) > PAIRS:
        found = [*zip(left, right, strict=False)] if len(left) == len(right) else []
        return [Gap(*one, *other) for one, other in found]
    shares = [[similarity(x[i:k], y[j:m]) for j, m in right] for i, k in left]
    # best[n][p]: the most that the first n units of x and p of y have in common
    best = [[0.0] * (len(right) + 1)]
    for row in shares:
        above, line = best[-1], [0.0]
        for p, share in enumerate(row):
            paired = above[p] + share if share >= LEAST else 0.0
            line.append(max(paired, above[p + 1], line[p]))
        best.append(line)
    pairs: list[Gap] = []
    n, p = len(left), len(right)
    while n and p:
        if best[n][p] == best[n - 1][p]:
            n -= 1
        elif best[n][p] == best[n][p - 1]:
            p -= 1
        else:
            n, p = n - 1, p - 1
            pairs.append(Gap(*left[n], *right[p]))
    return pairs[::-1]
