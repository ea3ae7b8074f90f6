"""One big file of many papers, cut without holding more of it than a line."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from redline.diagnostics import FormatError, InputError

__all__ = ["parts"]

_CHUNK = 1 << 20
#: A line that is longer is looked at in pieces: no separator is.
_LINE = 1 << 16
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)


def parts(path: str, split: str) -> Iterator[tuple[int, int]]:
    """Where each paper of a file stands: offset and length in bytes, separators left out.

    `split` is ``ff`` (papers end at form feeds) or a regular expression that a line between two
    papers matches from its beginning. Papers of white space alone are left out. Works for
    UTF-8 and every encoding in which ASCII is one byte. Raises `InputError`, `FormatError`.
    """
    try:
        pattern = None if split == "ff" else re.compile(split.encode("utf-8"))
    except re.error as fault:
        raise FormatError(
            f"--split: {split!r} is no regular expression ({fault}); or say --split ff"
        ) from None
    try:
        with open(path, "rb") as file:
            head = file.read(4)
            if head.startswith(_WIDE):
                raise FormatError(
                    f"{path} is UTF-16 or UTF-32, which cannot be cut; convert it to UTF-8 first"
                )
            file.seek(0)
            size = os.fstat(file.fileno()).st_size
            at = 3 if head.startswith(codecs.BOM_UTF8) else 0
            cuts = _feeds(path) if pattern is None else _lines(path, pattern, at)
            for start, end in cuts:
                if start > at and not _blank(file, at, start):
                    yield at, start - at
                at = max(at, end)
            if size > at and not _blank(file, at, size):
                yield at, size - at
    except OSError as fault:
        raise InputError(f"cannot read {path}: {fault.strerror}") from None


def _feeds(path: str) -> Iterator[tuple[int, int]]:
    with open(path, "rb", buffering=0) as file:
        base = 0
        while chunk := file.read(_CHUNK):
            at = chunk.find(b"\f")
            while at >= 0:
                yield base + at, base + at + 1
                at = chunk.find(b"\f", at + 1)
            base += len(chunk)


def _lines(path: str, pattern: re.Pattern[bytes], at: int) -> Iterator[tuple[int, int]]:
    with open(path, "rb", buffering=_CHUNK) as file:
        file.seek(at)
        whole = True
        while line := file.readline(_LINE):
            after = at + len(line)
            if whole and pattern.match(line.rstrip(b"\r\n")):
                yield at, after
            at, whole = after, line.endswith(b"\n")


def _blank(file: BinaryIO, start: int, end: int) -> bool:
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
