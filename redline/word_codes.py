"""Diagnostics about Word files: their severity, a short sentence, and an explanation."""

from __future__ import annotations

__all__ = ["WORD_CODES"]

WORD_CODES = {
    "word-external": (
        "info",
        "something outside of the file is not fetched",
        "The file names a template, a picture or another document at some address. redline opens "
        "nothing but the file itself.",
    ),
    "word-macro": (
        "info",
        "the file holds macros, which are ignored",
        "redline reads the text and its tracked changes; it runs nothing.",
    ),
    "word-move": (
        "info",
        "one half of a move is missing",
        "Words are marked as moved away and stand nowhere else, or as moved here and are missing "
        "nowhere. They are read as a deletion, or as an addition.",
    ),
    "word-part": (
        "warning",
        "a part of the file is missing or damaged",
        "The document refers to notes, comments, a header or another part that the file does not "
        "hold, or that is no well-formed XML. The rest is read.",
    ),
    "word-unread": (
        "warning",
        "an object whose text is not read",
        "Embedded files and documents brought in as a whole (altChunk, subDoc) are not opened. "
        "Save them as documents of their own.",
    ),
}
