"""What may be amiss in other notations: rows of `redline.diagnostics.CODES`, by their codes."""

from __future__ import annotations

from typing import Literal

__all__ = ["NOTATION_CODES"]

NOTATION_CODES: dict[str, tuple[Literal["error", "warning", "info"], str, str]] = {
    "ambiguous-bracket": (
        "info",
        "brackets that may mean more than one thing",
        ("The notation has the same brackets for words struck out, for a doubtful reading and for "
        "a gap, and only their contents tell which. The message says what was taken; look at the "
        "page where it matters."),
    ),
    "other-notation": (
        "warning",
        "marks of another notation",
        ("One input has one notation (R29). These marks belong to the one that the message names, "
        "and stay text. If the whole file is in that notation, name it with `--from`; if it mixes "
        "both, write one of them anew."),
    ),
    "paragraph-mark": (
        "info",
        "the end of a paragraph was struck or added",
        (
            "A mark goes from one block into another, and one of the two is a heading, an item, a "
            "table or apparatus; or it says that an end was struck where none is. Between two "
            "paragraphs such an end is text of the mark; here redline keeps both blocks in every "
            "reading: join or part them by hand where it matters."
        ),
    ),
    "page-order": (
        "info",
        "lines that are read in another order than the file has them",
        ("The file says in which order its regions are read, and that is not the order in which "
        "they stand in it. The text is in reading order; of the lines that stand earlier in the "
        "file the places are told as those of what was read before them."),
    ),
    "page-strike": (
        "warning",
        "a revision in a region of which only the words are kept",
        ("Notes in the margin, page numbers and running titles have no revisions of their own "
        "here. The words are kept; the strike or insertion is not."),
    ),
    "page-tag": (
        "info",
        "a tag on a line that says nothing of its revisions",
        ("Lines of PAGE XML carry tags of every kind: names, dates, abbreviations. redline reads "
        "those that say what was struck, added, unclear or missing, and emphasis; the text that "
        "others mark is text."),
    ),
    "unclosed-mark": (
        "warning",
        "a mark that is never closed",
        "The sign that opens a mark has no partner, so it stays as the text it is.",
    ),
    "unknown-tag": (
        "info",
        "a bracketed word that is no mark of this notation",
        ("It looks like a tag, and the table of the notation does not have it. It stays as "
        "editorial words, and what it encloses is text."),
    ),
    "unopened-mark": (
        "warning",
        "a mark that was never opened",
        "The sign that closes a mark has no partner, so it stays as the text it is.",
    ),
}
