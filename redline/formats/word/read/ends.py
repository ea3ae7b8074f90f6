"""The ends of paragraphs that were inserted or deleted: which paragraphs are one block for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

__all__ = ["groups_of", "seen_ends"]


class Ended(Protocol):
    """A paragraph: which readings have words of it, and what was done to its end."""

    @property
    def draft(self) -> bool: ...

    @property
    def final(self) -> bool: ...

    @property
    def inserted(self) -> bool: ...

    @property
    def deleted(self) -> bool: ...


def groups_of(row: Sequence[Ended]) -> list[range]:
    """Paragraphs in a row, as the blocks they are.

    A reading joins paragraphs whose end it does not have. Those that it joins are one block, from
    the first to the last that it has words of; blocks of the two readings that share a paragraph
    are one.
    """
    reach = list(range(len(row)))  # the last paragraph of the block that begins here
    for words, gone in (("draft", "inserted"), ("final", "deleted")):
        first = last = -1
        for k, paragraph in enumerate(row):
            if getattr(paragraph, words):
                first, last = (k if first < 0 else first), k
            if not getattr(paragraph, gone) or k + 1 == len(row):
                if first >= 0:
                    reach[first] = max(reach[first], last)
                first = last = -1
    out = []
    k = 0
    while k < len(row):
        start, stop = k, reach[k]
        while k <= stop:
            stop = max(stop, reach[k])
            k += 1
        out.append(range(start, k))
    return out


def seen_ends(group: Sequence[Ended]) -> list[tuple[bool, bool]]:
    """For every paragraph of a block, whether the draft and the final text have its end.

    A reading has one between two paragraphs it shows, however many it has words of none of.
    """
    seen: dict[str, set[int]] = {}
    for words, gone in (("draft", "inserted"), ("final", "deleted")):
        found = seen[words] = set()
        begun, end = False, -1
        for k, paragraph in enumerate(group):
            if getattr(paragraph, words):
                if end >= 0:
                    found.add(end)
                begun, end = True, -1
            if begun and end < 0 and not getattr(paragraph, gone):
                end = k
    return [(k in seen["draft"], k in seen["final"]) for k in range(len(group))]
