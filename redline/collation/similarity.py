"""How alike two wordings are, from 0 to 1, in bounded time.

The measure is the usual one of edit distances: twice what both have in common, in order,
over the length of both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import islice

__all__ = ["common", "similarity"]

#: Longer wordings are compared by words; those of more words, by which words they have.
LETTERS = 200
WORDS = 2000


def similarity(x: str, y: str) -> float:
    """1.0 for equal wordings, 0.0 for wordings with nothing in common. Case counts."""
    if x == y:
        return 1.0
    if not x or not y:
        return 0.0
    if len(x) <= LETTERS and len(y) <= LETTERS:
        return 2 * common(x, y) / (len(x) + len(y))
    left, right = x.split(), y.split()
    if not left or not right:
        return 0.0
    if len(left) <= WORDS and len(right) <= WORDS:
        shared = common(left, right)
    else:
        shared = (Counter(left) & Counter(right)).total()
    return 2 * shared / (len(left) + len(right))


def common(x: Sequence[Hashable], y: Sequence[Hashable]) -> int:
    """Length of the longest common subsequence (Hyyrö 2004: one bit an item)."""
    head = 0
    for p, q in zip(x, y, strict=False):
        if p != q:
            break
        head += 1
    masks: dict[Hashable, int] = {}
    bit = 1
    for item in islice(x, head, None):
        masks[item] = masks.get(item, 0) | bit
        bit <<= 1
    full = bit - 1
    row = full
    for item in islice(y, head, None):
        match = row & masks.get(item, 0)
        row = ((row + match) | (row - match)) & full
    return head + full.bit_length() - row.bit_count()
