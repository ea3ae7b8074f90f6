"""Diagnostics about Word files: their severity, a short sentence, and an explanation."""

from __future__ import annotations

from typing import Literal

__all__ = ["WORD_CODES"]

WORD_CODES: dict[str, tuple[Literal["error", "warning", "info"], str, str]] = {
    "word-external": (
        "info",
        "something outside of the file is not fetched",
        "The file names a template, a picture or another document elsewhere. It is not opened.",
    ),
    "word-macro": (
        "info",
        "the file holds macros, which are ignored",
        "redline reads the text and its tracked changes; it runs nothing.",
    ),
    "word-move": (
        "info",
        "one half of a move is missing",
        "Words moved away stand nowhere else: a deletion. Words moved here: an addition.",
    ),
    "word-part": (
        "warning",
        "a part of the file is missing or damaged",
        "A note, a comment or a header that the document refers to cannot be read; the rest is.",
    ),
    "word-unread": (
        "warning",
        "an object whose text is not read",
        "Embedded files and documents (altChunk, subDoc) are not opened. Save them on their own.",
    ),
}
