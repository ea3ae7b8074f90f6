"""The CIA reviewer's stamp: seven fields in a printed order, filled in by hand and pen.

The stamp as it was authorised in August 1979; scanning and transcribing lose its boxes, its
rings, and the lines its values stand on:

    DOCUMENT NO. ____
    NO CHANGE IN CLASS. □
    □ DECLASSIFIED
    CLASS. CHANGED TO: TS S C
    NEXT REVIEW DATE: ____
    AUTH: HR 70-2
    DATE: ____ REVIEWER: ____
"""

from __future__ import annotations

import re

from redline.markings.apparatus.patterns import STAMP_LABELS
from redline.markings.dates import Sense, fits
from redline.markings.fields.boxes import BOX, choose, name_of, options, read_box
from redline.markings.fields.gather import (
    Gathering,
    Labelled,
    figures,
    labelled,
    settled,
    shortened,
)
from redline.markings.fields.values import Context, Fields
from redline.model import Cert

__all__ = ["is_review_stamp", "read_review_stamp"]

_LABELS = re.compile("|".join(f"(?P<{name}>{text})" for name, text in STAMP_LABELS.items()))
_BOXES = re.compile(BOX)
_BLANK = re.compile(r"[\s_.,:;~|*-]*\Z")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
# `HR 70-2` and what scanning makes of it.
_REGULATION = re.compile(r"H\S{1,2} ?(?P<a>[\dOIlSB]{2})(?P<dash>[- .~]{0,2})(?P<b>[\dIlZ])\b")
#: The stamp was in use from the spring of 1977 to 1991; a next review is at most ten years on.
_FIRST, _LAST = "1977-03", "1991"
_REVIEW_YEARS = 10
_FEWEST = 3
_LONGEST = 4000


def is_review_stamp(text: str) -> bool:
    """Whether there are three different labels of the stamp in `text`."""
    return len({mark.lastgroup for mark in _LABELS.finditer(text[:_LONGEST])}) >= _FEWEST


def read_review_stamp(text: str, context: Context) -> Fields:
    """The fields of a reviewer's stamp."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    values = Gathering(settled(text))  # what is filled in, as the pen left it
    found: dict[str, Labelled] = {}
    for mark in labelled(text, _LABELS):
        found.setdefault(mark.name, mark)
    for name, mark in found.items():
        gathering.add("label", name, mark.label, mark.start, role="label")
    known = {mark.line for mark in found.values()}
    loose = [
        (line.start(), line.end())
        for line in re.finditer(r"[^\r\n\f]+", text)
        if line.start() not in known
    ]
    _boxes(gathering, found)
    _changed_to(gathering, found)
    _agreeing(gathering)
    _numbers(values, found, loose)
    _dates(values, found, loose, context)
    gathering.take(values)
    return gathering.fields("review-stamp")


def _value(
    gathering: Gathering, mark: Labelled | None, loose: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Where the value of a label stands: after it, else alone on the line below it."""
    if mark is None:
        return None
    text = gathering.text
    if not _BLANK.match(text, mark.start, mark.end):
        return gathering.trim(mark.start, mark.end)
    below = next((span for span in loose if span[0] >= mark.end), None)
    if below is not None and not text[mark.end : below[0]].strip():
        return gathering.trim(*below)
    return None


def _boxes(gathering: Gathering, found: dict[str, Labelled]) -> None:
    text = gathering.text
    mark, other = found.get("no_change"), found.get("declassified")
    split = None
    if mark is not None:
        start, end = gathering.trim(mark.start, mark.end)
        inner = list(_BOXES.finditer(text, start, end))
        if other is not None and other.before == mark.start and inner:
            # Both on one line: the last box is the other's.
            split = inner[-1].start()
            end = gathering.trim(start, split)[1] if split > start else start
        if start >= end:
            before = list(_BOXES.finditer(text, mark.before, mark.label))[-1:]
            start, end = before[0].span() if before else (start, start)
        value, cert = read_box(text[start:end])
        gathering.add("no_change", value, start, end, cert, "checkbox")
    if other is None:
        return
    start, end = gathering.trim(split if split is not None else other.before, other.label)
    if other.before == other.line:
        # Noise may stand before a box at the head of a line; the box is what is next to it.
        last = list(_BOXES.finditer(text, start, end))[-1:]
        start = last[0].start() if last else start
    elif split is None:
        start = end = other.label
    value, cert = read_box(text[start:end])
    gathering.add("declassified", value, start, end, cert if end > start else "low", "checkbox")


def _changed_to(gathering: Gathering, found: dict[str, Labelled]) -> None:
    mark = found.get("changed_to")
    if mark is None:
        return
    text = gathering.text
    year = _YEAR.search(text, mark.start, mark.end)
    start, end = gathering.trim(mark.start, year.start() if year else mark.end, " \t|:.")
    printed = options(text, start, end)
    choice = choose(printed)
    for option in printed:
        if option.name:
            chosen = option.name == choice.name
            gathering.add("option", [option.name, chosen], option.start, option.end, role="option")
    level = name_of(choice.name)
    gathering.add("changed_to", level, start, end, choice.cert)
    if choice.several:
        words = shortened(text[start:end])
        gathering.report("unclear-choice", start, end, f"{words}: more than one is marked")


def _agreeing(gathering: Gathering) -> None:
    """No change, declassified, changed to a level: of these one alone can be true."""
    chosen = [
        field
        for field in gathering.found
        if (field.name in ("no_change", "declassified") and field.value is True)
        or (field.name == "changed_to" and field.value is not None)
    ]
    if len(chosen) < 2:
        return
    names = " and ".join(field.name.replace("_", " ") for field in chosen)
    start, end = min(field.start for field in chosen), max(field.end for field in chosen)
    gathering.report("unclear-choice", start, end, f"{names} are marked")
    gathering.found = [
        field._replace(cert="low") if field in chosen else field for field in gathering.found
    ]


def _numbers(
    gathering: Gathering, found: dict[str, Labelled], loose: list[tuple[int, int]]
) -> None:
    text = gathering.text
    place = _value(gathering, found.get("document_no"), loose)
    if place is not None:
        words = text[slice(*place)]
        # One stroke is as likely the edge of the box as a number.
        cert: Cert = "low" if len(words) == 1 else "high" if words.isascii() else "medium"
        box = read_box(words)[0] is not None and not words.isdecimal()
        gathering.add("document_no", None if box else words, *place, cert, "idno")
    place = _value(gathering, found.get("authority"), loose)
    if place is not None:
        _authority(gathering, *place)
    place = _value(gathering, found.get("reviewer"), loose)
    if place is not None:
        _reviewer(gathering, *place)


def _authority(gathering: Gathering, start: int, end: int) -> None:
    words = gathering.text[start:end]
    match = _REGULATION.match(words)
    if match is None:
        gathering.add("authority", words, start, end, "high", "idno")
        return
    end = start + match.end()
    value = f"HR {figures(match['a'])}-{figures(match['b'])}"
    cert: Cert = "high" if words[: match.end()] == value else "medium"
    gathering.add("authority", value, start, end, cert, "idno")


def _reviewer(gathering: Gathering, start: int, end: int) -> None:
    words = gathering.text[start:end]
    joined = re.sub(r"[\s.,]", "", words)
    if sum(char.isdecimal() for char in joined) * 2 < len(joined):
        gathering.add("reviewer", words, start, end, "high", "idno")  # a name
        return
    number = figures(joined)
    cert: Cert = "high" if number == words and len(number) == 6 else "medium"
    if not number.isdecimal():
        cert = "low"
        message = f"{shortened(words)}: letters among its figures"
        gathering.report("damaged-number", start, end, message)
    gathering.add("reviewer", number, start, end, cert, "idno")


def _dates(
    gathering: Gathering,
    found: dict[str, Labelled],
    loose: list[tuple[int, int]],
    context: Context,
) -> None:
    earliest = max(context.date or "", _FIRST)
    use = f"a reviewer's stamp ({_FIRST[:4]}–{_LAST})"
    sense = Sense(earliest, max(_LAST, earliest[:4]), None, use)
    reviewed = None
    place = _value(gathering, found.get("date"), loose)
    if place is not None:
        printed = gathering.date("date", *place, sense, labelled=True)
        reviewed = printed.when if printed is not None else None
    mark = found.get("next_review")
    begin = reviewed or earliest
    until = int((reviewed or _LAST)[:4]) + _REVIEW_YEARS
    sense = Sense(begin, str(until), begin, f"a review at most {_REVIEW_YEARS} years later")
    place = _value(gathering, mark, loose)
    if place is not None:
        gathering.date("next_review", *place, sense, partial=True, labelled=True)
    elif mark is not None:
        # A year that slipped off its line stands at the end of the line above.
        above = found.get("changed_to")
        for span in ([(above.start, above.end)] if above else []) + loose:
            year = _YEAR.search(gathering.text, *span)
            if year is not None and fits(year[0], sense):
                gathering.date("next_review", *year.span(), sense, partial=True, cert="medium")
                return
