"""Paragraphs that are one in one text and two in the other."""

from __future__ import annotations

import re

from redline.collation.gaps import Gap

__all__ = ["breaking", "has_break", "severed"]

#: An empty line parts paragraphs; line ends may be of any kind.
_BREAK = re.compile(
    r"(?>\r\n|[\n\r\x85\u2028])[^\S\n\r\x85\u2028]*[\n\r\x85\u2028]\s*|\u2029\s*|\f\s*"
)


#: White space is looked at so many characters far.
WIDE = 80
#: Without one of these there is none.
_ENDS = re.compile(r"[\n\r\f\x85\u2028\u2029]")


def has_break(text: str, start: int = 0, end: int | None = None) -> bool:
    """Whether a paragraph ends within text[start:end]."""
    end = len(text) if end is None else end
    return (
        _ENDS.search(text, start, end) is not None and _BREAK.search(text, start, end) is not None
    )


def breaking(a: str, b: str, gap: Gap) -> str | None:
    """Whether a change of white space is a `split` or a `join` of paragraphs, or neither.

    The white space beside the gap counts too. Where either text begins or ends, nothing is
    split.
    """
    left, right = _around(a, gap.a, gap.a_end), _around(b, gap.b, gap.b_end)
    if left is None or right is None:
        return None
    in_a, in_b = _BREAK.search(left) is not None, _BREAK.search(right) is not None
    return None if in_a == in_b else "join" if in_a else "split"


def _around(text: str, start: int, end: int) -> str | None:
    """The white space at a place; None at either end of the text."""
    first, last = max(0, start - WIDE), min(len(text), end + WIDE)
    while start > first and text[start - 1].isspace():
        start -= 1
    while end < last and text[end].isspace():
        end += 1
    return text[start:end] if start > 0 and end < len(text) else None


def severed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The break within text[start:end] whose loss joins what stands before and after.

    None where the range begins or ends at a paragraph's edge, so that whole paragraphs go.
    """
    found = _ENDS.search(text, start, end) and _BREAK.search(text, start, end)
    if not found or not text[start : found.start()].strip() or not text[found.end() : end].strip():
        return None
    before, after = (
        text[max(0, start - 40) : start].rstrip(" \t"),
        text[end : end + 40].lstrip(" \t"),
    )
    if not before or not after or before[-1] in "\n\r\f\u2028\u2029":
        return None
    if after[0] in "\n\r\f\u2028\u2029" or text[end - 1] in "\n\r\f\u2028\u2029":
        return None
    return found.span()
