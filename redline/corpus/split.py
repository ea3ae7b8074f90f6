"""One big file of many papers, cut without holding more of it than a line."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Iterator
from typing import IO

from redline.diagnostics import FormatError

__all__ = ["parts"]

Opened = Callable[[], IO[bytes]]

_CHUNK = 1 << 20
#: A line that is longer is looked at in pieces: no separator is.
_LINE = 1 << 16
#: Ways to say: at form feeds. As a pattern for a line it would take the words after one away.
_FEEDS = ("ff", "\f", "\\f")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def parts(opened: Opened, name: str, split: str) -> Iterator[tuple[int, int]]:
    """Where each paper of a file stands: offset and length in bytes, separators left out.

    `opened` gives the file from its beginning, each time it is called. `split` is ``ff`` (papers
    end at form feeds) or a regular expression that a line between two papers matches from its
    beginning. Papers of white space alone are left out. Works for UTF-8 and every encoding in
    which ASCII is one byte. Raises `FormatError`, and what reading raises.
    """
    try:
        pattern = None if split in _FEEDS else re.compile(split.encode("utf-8"))
    except re.error as fault:
        raise FormatError(
            f"--split: {split!r} is no regular expression ({fault}); or say --split ff"
        ) from None
    with opened() as file:
        head = file.read(4)
        if head.startswith(_WIDE):
            raise FormatError(
                f"{name} is UTF-16 or UTF-32, which cannot be cut; convert it to UTF-8 first"
            )
        size = file.seek(0, os.SEEK_END)
        at = 3 if head.startswith(codecs.BOM_UTF8) else 0
        with opened() as reading:
            reading.seek(at)
            cuts = _feeds(reading, at) if pattern is None else _lines(reading, pattern, at)
            for start, end in cuts:
                if start > at and not _blank(file, at, start):
                    yield at, start - at
                at = max(at, end)
        if size > at and not _blank(file, at, size):
            yield at, size - at


def _feeds(file: IO[bytes], base: int) -> Iterator[tuple[int, int]]:
    while chunk := file.read(_CHUNK):
        at = chunk.find(b"\f")
        while at >= 0:
            yield base + at, base + at + 1
            at = chunk.find(b"\f", at + 1)
        base += len(chunk)


def _lines(file: IO[bytes], pattern: re.Pattern[bytes], at: int) -> Iterator[tuple[int, int]]:
    whole = True
    while line := file.readline(_LINE):
        after = at + len(line)
        if whole and pattern.match(line.rstrip(b"\r\n")):
            yield at, after
        at, whole = after, line.endswith(b"\n")


def _blank(file: IO[bytes], start: int, end: int) -> bool:
    """Whether nothing but white space stands there."""
    file.seek(start)
    while start < end:
        chunk = file.read(min(4096, end - start))
        if chunk.strip():
            return False
        if not chunk:
            return True
        start += len(chunk)
    return True
