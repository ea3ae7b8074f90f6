"""Lines that only another page edge shows to be banners, and codewords on a line of their own.

Alone such a line is text; standing apart at two page edges, alike, it is a marking. What begins
with a level, stands so and is still none is reported.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from redline.layout.lines import Line
from redline.layout.wording import APPARATUS, EDGE, apart
from redline.markings.apparatus.lines import Kind
from redline.markings.banners.captioned import (
    LONGEST,
    begins_with_level,
    is_codeword,
    read_captioned,
)
from redline.markings.banners.shown import Shown

__all__ = ["codewords_below", "settle_repeated"]

#: A codeword may stand so many empty lines below its level.
_BELOW = 1


def settle_repeated(text: str, lines: list[Line]) -> list[tuple[str, int, int, str]]:
    """Make banners of the lines that two page edges show alike; the findings about the others."""
    found: dict[str, list[int]] = {}
    for k, line in enumerate(lines):
        if line.kind or line.rows > 1 or line.end - line.start > LONGEST or not apart(lines, k):
            continue
        found.setdefault(" ".join(text[line.start : line.end].split()), []).append(k)
    groups = [group for group in found.values() if len(group) > 1]
    if not groups:
        return []
    findings: list[tuple[str, int, int, str]] = []
    texts = _texts(lines)
    for group in groups:
        first, last = _around(texts, group)
        at = [k for k in group if k < first or k > last or _beside_edge(lines, k)]
        if len(at) < 2:
            continue
        words = text[lines[at[0]].start : lines[at[0]].end]
        if read_captioned(words, 0) is None:
            if begins_with_level(words):
                findings.append(("level-phrase", lines[at[0]].start, lines[at[0]].end, words))
            continue
        for k in at:
            shown = read_captioned(text[lines[k].start : lines[k].end], lines[k].start)
            if shown is not None:
                lines[k].kind, lines[k].data = "banner", (shown,)
    return findings


def codewords_below(text: str, lines: list[Line], places: Sequence[int]) -> None:
    """`TRINE` under `TOP SECRET`, both at the head of the paper and at its foot, is a codeword; at
    the head alone it would be a title that runs over the pages."""
    found: dict[tuple[str, str], list[int]] = {}
    for k in places:
        below = lines[k + 1] if k + 1 < len(lines) else None
        if below is None or below.kind or below.rows > 1 or below.blank > _BELOW or below.feed:
            continue
        after = lines[k + 2] if k + 2 < len(lines) else None
        words = text[below.start : below.end].strip(" \t*_~")
        if (after is None or after.blank or after.kind) and is_codeword(words):
            over: Shown = lines[k].data[-1]
            found.setdefault((over.level.id, words), []).append(k)
    groups = [(group, words) for (_, words), group in found.items() if len(group) > 1]
    texts = _texts(lines) if groups else []
    for group, words in groups:
        first, last = _around(texts, [j for k in group for j in (k, k + 1)])
        if group[0] < first and group[-1] > last:
            for k in group:
                data = Kind("control", "caption", {"controls": (words,)})
                lines[k + 1].kind, lines[k + 1].data = "control", data


def _texts(lines: Sequence[Line]) -> list[int]:
    return [k for k, line in enumerate(lines) if line.kind not in APPARATUS]


def _around(texts: Sequence[int], group: Collection[int]) -> tuple[int, int]:
    """The first and the last line of text that is none of a group."""
    these = set(group)
    first = next((k for k in texts if k not in these), -1)
    return first, next((k for k in reversed(texts) if k not in these), -1)


def _beside_edge(lines: Sequence[Line], k: int) -> bool:
    """Whether a page edge shows beside a line: a form feed, or what stands at page edges."""
    beside = (*lines[max(0, k - 1) : k], *lines[k + 1 : k + 2])
    fed = lines[k].feed or (k + 1 < len(lines) and lines[k + 1].feed)
    return fed or any(one.kind in EDGE for one in beside)
