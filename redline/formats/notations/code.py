"""Where Markdown has code: fences, and code spans inside a paragraph. One pass over each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["between", "code_ranges", "outside", "widened"]

Range = tuple[int, int]
_FENCE = re.compile(r"(?m)^ {0,3}(?P<rail>`{3,}|~{3,})(?P<info>[^\r\n]*)")
_TICKS = re.compile(r"\\`|`+|(?:\r\n|[\n\r])[ \t]*(?=[\r\n])")


def code_ranges(text: str) -> list[Range]:
    """The ranges of fences and code spans, their own signs included, in order."""
    fences = list(_fences(text)) if "```" in text or "~~~" in text else []
    if "`" not in text:
        return fences
    apart = outside(fences)
    return sorted([*fences, *_spans(text, apart)])


def _fences(text: str) -> Iterator[Range]:
    open_: re.Match[str] | None = None
    lines = list(_FENCE.finditer(text))
    # A fence that nothing closes is none: the longest rail that closes each, from the end.
    closing: list[dict[str, int]] = [{}] * (len(lines) + 1)
    longest: dict[str, int] = {}
    for k in range(len(lines) - 1, -1, -1):
        closing[k + 1] = dict(longest)
        rail = lines[k]["rail"]
        if not lines[k]["info"].strip():
            longest[rail[0]] = max(longest.get(rail[0], 0), len(rail))
    for k, line in enumerate(lines):
        rail = line["rail"]
        if open_ is None:
            if closing[k + 1].get(rail[0], 0) >= len(rail):
                open_ = line
        elif rail.startswith(open_["rail"]) and not line["info"].strip():
            yield open_.start(), line.end()
            open_ = None


def _spans(text: str, apart: Callable[[int], bool]) -> Iterator[Range]:
    waiting: list[Range] = []

    def closed() -> Iterator[Range]:
        by_length: dict[int, list[int]] = {}
        for k, (start, end) in enumerate(waiting):
            by_length.setdefault(end - start, []).append(k)
        k = 0
        while k < len(waiting):
            start, end = waiting[k]
            same = by_length[end - start]
            j = bisect_right(same, k)
            if j < len(same):
                yield start, waiting[same[j]][1]
                k = same[j]
            k += 1

    for match in _TICKS.finditer(text):
        if match[0][0] == "`":
            if apart(match.start()):
                waiting.append(match.span())
        elif match[0][0] != "\\":
            yield from closed()
            waiting.clear()
    yield from closed()


def between(text: str, opening: str, closing: str) -> Iterator[Range]:
    """The ranges from each `opening` to the next `closing`, both included."""
    at = text.find(opening)
    while at >= 0:
        end = text.find(closing, at + len(opening))
        if end < 0:
            return
        end += len(closing)
        yield at, end
        at = text.find(opening, end)


def widened(text: str, start: int, end: int) -> Range:
    """A range that is left out, with the space after it where one stands before it, too."""
    spaced = text[start - 1 : start] in ("", " ", "\t", "\n", "\r")
    return start, end + (spaced and text[end : end + 1] in (" ", "\t"))


def outside(ranges: Iterable[Range]) -> Callable[[int], bool]:
    """Whether an offset lies outside all of these ranges, which lie apart."""
    rows: Sequence[Range] = sorted(ranges)
    starts = [start for start, _ in rows]

    def apart(offset: int) -> bool:
        k = bisect_right(starts, offset) - 1
        return k < 0 or offset >= rows[k][1]

    return apart
