"""The rows of pipe tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["cells_of", "is_delimiter"]

_DELIMITER = re.compile(r"\|?[\s:|-]+\|?$")


def is_delimiter(words: str) -> bool:
    """Whether a row is the line of dashes between a table's head and its body (R33)."""
    return "-" in words and _DELIMITER.match(words) is not None


def cells_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a table row, without the white space around; an empty one has no width."""
    at = start + 1 if text[start] == "|" else start
    last = end - 1 if text[end - 1] == "|" and text[end - 2] != "\\" else end
    while at <= last:
        stop = at
        while True:
            stop = text.find("|", stop, last)
            if stop < 0:
                stop = last
                break
            if text[stop - 1] != "\\":
                break
            stop += 1
        a, b = at, stop
        while a < b and text[a] in " \t":
            a += 1
        while b > a and text[b - 1] in " \t":
            b -= 1
        yield a, b
        at = stop + 1
