"""R24: what meets in the final reading where a strike was. Reported, never mended."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from redline.notation.pairing import Finding

__all__ = ["Side", "seams"]

_STOPS = frozenset(".,;:!?")
_ENDS = frozenset(".!?")


class Side(NamedTuple):
    """A mark at a seam: a strike or not, and its source range; of a strike its first
    character, of what the final reading shows its first and last ("" where it shows none)."""

    struck: bool
    start: int
    end: int
    first: str
    last: str


def seams(sides: Iterable[Side], left: str, right: str) -> list[Finding]:
    """Findings where, after a strike, two stops meet, a stop stands alone at the beginning of
    a block, or a sentence begins in lower case. `left` and `right` are "" at the edges."""
    found: list[Finding] = []
    strike: Side | None = None
    for side in (*sides, None):
        if side is not None and side.struck:
            strike = side
            continue
        first = right if side is None else side.first
        if side is not None and not first:
            continue
        if strike is not None and first:
            code = ""
            if first in _STOPS and (left in _STOPS or not left):
                code = "doubled-punctuation" if left else "orphaned-punctuation"
            elif first.islower() and (left in _ENDS or not left) and strike.first.isupper():
                code = "lowercase-sentence"
            if code:
                found.append((code, strike.start, strike.end, ""))
        if side is not None:
            left, strike = side.last, None
    return found
