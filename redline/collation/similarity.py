"""How alike two wordings are, from 0 to 1, in bounded time.

The measure is the usual one of edit distances: twice what both have in common, in order,
over the length of both.
"""

from __future__ import annotations

from collections import Counter

__all__ = ["similarity"]

#: Longer wordings are compared by words; those of more words, by which words they have.
LETTERS = 200
WORDS = 2000


def similarity(x: str, y: str) -> float:
    """1.0 for equal wordings, 0.0 for wordings with nothing in common. Case counts."""
    if x == y:
        return 1.0
    if not x or not y:
        return 0.0
    from rapidfuzz.distance import Indel

    if len(x) <= LETTERS and len(y) <= LETTERS:
        return Indel.normalized_similarity(x, y)
    left, right = x.split(), y.split()
    if not left or not right:
        return 0.0
    if len(left) <= WORDS and len(right) <= WORDS:
        return Indel.normalized_similarity(left, right)
    return 2 * (Counter(left) & Counter(right)).total() / (len(left) + len(right))
