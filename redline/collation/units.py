"""What is counted as one: characters, words, lines, sentences, blocks; and texts aligned by them.

Units tile the text. White space between them is a unit of its own (but for "char"); it is
kept, so that both texts come back exactly, and never sought: `align_texts` aligns what stands
between, then looks which white space beside it is the same.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable
from itertools import accumulate, count
from typing import NamedTuple

import regex

from redline.collation.align import Alignment, Block, align

__all__ = ["UNITS", "Units", "align_texts", "numbered", "units"]

UNITS = ("char", "word", "line", "sentence", "block")

_WORD = r"""
    [\p{L}\p{M}]\.(?:[\p{L}\p{M}]\.)+                       # initials: U.S.S.R.
  | [\p{Han}\p{Hiragana}\p{Katakana}]\p{M}*                 # by character
  | (?:(?![\p{Han}\p{Hiragana}\p{Katakana}])[\p{L}\p{M}\p{N}])+
    (?:['’ʼ\-‐‑\u00ad](?:(?![\p{Han}\p{Hiragana}\p{Katakana}])[\p{L}\p{M}\p{N}])+
      |(?<=\p{Nd})[.,:](?=\p{Nd})\p{Nd}+)*
  | \s+
  | .
"""
_PATTERNS = {
    "char": regex.compile(r"\X", regex.S),
    "word": regex.compile(_WORD, regex.S | regex.X),
    "line": regex.compile(r"\s+|\S(?:[^\n\r\v\f\x85\u2028\u2029]*\S)?"),
    "sentence": regex.compile(
        r"\s+|\S(?:(?!\s*\n\s*\n).)*?(?:[.!?…。！？]+[\p{Pe}\p{Pf}\"']*(?=\s|$)|(?=\s*\n\s*\n|\s*$))",
        regex.S,
    ),
    "block": regex.compile(r"\s+|\S(?:(?!\s*\n\s*\n|\s*$).)*", regex.S),
}


class Units(NamedTuple):
    """Where units begin and end: half-open code points; they tile the text."""

    starts: array[int]
    ends: array[int]


def units(text: str, unit: str = "word") -> Units:
    """The units of a text: one of `UNITS`."""
    if unit not in _PATTERNS:
        raise ValueError(f"unknown unit {unit!r}: one of {', '.join(UNITS)}")
    ends = array("q", accumulate(map(len, _PATTERNS[unit].findall(text))))
    starts = array("q", [0, *ends[:-1]] if ends else [])
    return Units(starts, ends)


def numbered(
    a_text: str,
    a_units: Units,
    b_text: str,
    b_units: Units,
    key: Callable[[str], str] | None = None,
) -> tuple[array[int], array[int]]:
    """The units of two texts as integers: equal strings (equal by `key`) have equal integers."""
    ids: defaultdict[str, int] = defaultdict(count().__next__)
    made = []
    for text, (starts, ends) in ((a_text, a_units), (b_text, b_units)):
        strings = map(text.__getitem__, map(slice, starts, ends))
        made.append(array("q", map(ids.__getitem__, map(key, strings) if key else strings)))
    return made[0], made[1]


def align_texts(
    a: str, b: str, unit: str = "word", *, deadline: float | None = None
) -> Alignment:
    """Two texts aligned by units: blocks are ranges of characters, equal ones the same text."""
    a_all, b_all = units(a, unit), units(b, unit)
    a_ids, b_ids = numbered(a, a_all, b, b_all)
    a_at, b_at = _solid(a, a_all, unit), _solid(b, b_all, unit)
    found = align([a_ids[k] for k in a_at], [b_ids[k] for k in b_at], deadline=deadline)
    runs: list[tuple[int, int, int]] = []

    def same(i: int, j: int, length: int) -> None:
        if not length:
            return
        if runs and runs[-1][0] + runs[-1][2] == i and runs[-1][1] + runs[-1][2] == j:
            i, j, length = runs[-1][0], runs[-1][1], runs.pop()[2] + length
        runs.append((i, j, length))

    def space(i: int, k: int, j: int, m: int) -> None:
        """White space that is the same at either end of what differs."""
        head = tail = 0
        while head < min(k - i, m - j) and a[i + head] == b[j + head] and a[i + head].isspace():
            head += 1
        while (
            tail < min(k - i, m - j) - head
            and a[k - 1 - tail] == b[m - 1 - tail]
            and a[k - 1 - tail].isspace()
        ):
            tail += 1
        same(i, j, head)
        same(k - tail, m - tail, tail)

    i = j = 0
    for block in found.blocks:
        if not block.equal:
            continue
        pairs = zip(
            a_at[block.a_start : block.a_end], b_at[block.b_start : block.b_end], strict=True
        )
        for k, m in pairs:
            space(i, a_all.starts[k], j, b_all.starts[m])
            same(a_all.starts[k], b_all.starts[m], a_all.ends[k] - a_all.starts[k])
            i, j = a_all.ends[k], b_all.ends[m]
    space(i, len(a), j, len(b))
    blocks = []
    i = j = 0
    for k, m, length in runs:
        if k > i or m > j:
            blocks.append(Block(i, k, j, m, False))
        i, j = k + length, m + length
        blocks.append(Block(k, i, m, j, True))
    if i < len(a) or j < len(b):
        blocks.append(Block(i, len(a), j, len(b), False))
    return Alignment(tuple(blocks), found.exact)


def _solid(text: str, all_: Units, unit: str) -> list[int]:
    """The units that are not white space."""
    if unit == "char":
        return list(range(len(all_.starts)))
    return [k for k, start in enumerate(all_.starts) if not text[start].isspace()]
