"""What markings of review, release, schedule and cables say, field by field.

`read_fields` reads one marking, `cable_fields` the whole header of a cable, `schedule_lines` finds
what stands in the running text. They are pure functions of the words on the paper and of what is
known of the document (`Context`); they never raise on any text. The rules are in
`docs/reference/markings.md`.

Each reader is imported when the first marking of its kind is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from redline.markings.apparatus.forms import box_words
from redline.markings.fields.finding import is_title, schedule_lines
from redline.markings.fields.values import Context, Field, Fields, Finding

__all__ = [
    "NOTICE",
    "Context",
    "Field",
    "Fields",
    "Finding",
    "cable_fields",
    "is_title",
    "read_fields",
    "schedule_lines",
]

#: The rule of a marking that is a notice: not an act, but what an archive or a form says.
NOTICE = "notice"

Reader = Callable[[str, Context], Fields]

#: Kind of marking: module and function that read it.
_READERS = {
    "cable-page": ("cable", "read_line"),
    "control": ("cable", "read_line"),
    "copy-line": ("release", "read_notice"),
    "exemption": ("exemption", "read_exemption"),
    "line": ("cable", "read_line"),
    "notice": ("release", "read_notice"),
    "release": ("release", "read_release"),
    "released-in": ("release", "read_release"),
    "schedule": ("schedule", "read_schedule"),
}
#: Kinds of stamps, told apart by their words.
_STAMPS = frozenset({"stamp", "box", "form", "cdr-box", "stamp-line", "authority-line"})
#: What transcriptions take for tables. (The review box is read without its bars anyway.)
_IN_CELLS = frozenset({"archive", "release", "schedule", "stamp"})
_BOX_WORDS = 3
#: No marking is longer.
_LONGEST = 4000
#: A stamp that the transcriber set in brackets.
_BRACKETS = re.compile(r"\[stamp(?:ed)?:(?=.*\]\Z)", re.DOTALL)


def read_fields(kind: str, text: str, context: Context) -> Fields:
    """The fields of one marking: its kind, its words in the source, what is known of the paper.

    A kind without fields gives none. Stamps are told apart by their words: the reviewer's stamp,
    the box of a review, the stamp of an archive.

    >>> fields = read_fields("release", "Approved For Release 2005/09/28", Context())
    >>> fields.record()["date"]
    '2005-09-28'
    """
    brackets = _BRACKETS.match(text) if kind in _STAMPS else None
    if brackets is not None:  # every character stays in its place
        text = " " * brackets.end() + text[brackets.end() : -1] + " "
    place = _stamp(text) if kind in _STAMPS else _READERS.get(kind)
    if place is None:
        return Fields()
    read = _reader(*place)
    if "|" not in text or place[0] not in _IN_CELLS:
        return read(text, context)
    from redline.markings.apparatus.cells import mended

    whole, places = mended(text[:_LONGEST])
    return _put_back(text, places, read(whole, context))


def _put_back(text: str, places: list[int], fields: Fields) -> Fields:
    """Fields of a mended text with the places they have in the text itself."""

    def span(start: int, end: int) -> tuple[int, int]:
        if start >= end:
            start = end = places[start] if start < len(places) else len(text)
            return start, end
        return places[start], places[end - 1] + 1

    found = []
    for field in fields.found:
        start, end = span(field.start, field.end)
        found.append(field._replace(raw=text[start:end], start=start, end=end))
    findings = []
    for finding in fields.findings:
        start, end = span(finding.start, finding.end)
        findings.append(finding._replace(start=start, end=end))
    return fields._replace(found=tuple(found), findings=tuple(findings))


def cable_fields(text: str, context: Context) -> Fields:
    """What the header of a cable says, from its first line to its classification line.

    `distribution` is the number of copies its office codes add up to, the number stated, and
    whether the two agree; None where it states none.
    """
    return _reader("cable", "cable_fields")(text, context)


def _reader(module: str, name: str) -> Reader:
    found: Reader = getattr(import_module(f"{__name__}.{module}"), name)
    return found


def _stamp(text: str) -> tuple[str, str]:
    from redline.markings.fields.stamp import is_review_stamp

    words = box_words(text)
    if is_review_stamp(text) and "office" not in words:
        return "stamp", "read_review_stamp"
    if len(words) >= _BOX_WORDS:
        return "review_box", "read_review_box"
    return "archive", "read_archive"
