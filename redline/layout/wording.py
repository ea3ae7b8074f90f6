"""Whether what reads as a marking is a word of the text, by the lines right above and below it."""

from __future__ import annotations

import re
from collections.abc import Set

from redline.layout.lines import Line
from redline.layout.shapes import closes, is_capitals, opens_low, shape_of
from redline.markings.fields import is_title
from redline.markings.register import Level

__all__ = ["APPARATUS", "EDGE", "apart", "closed", "in_prose", "is_word"]

#: What may share a page edge with a codeword line, and so shows that there is one.
EDGE = frozenset(
    "banner page-number page-mark cable-page release released-in exemption rule copy-line notice"
    " control schedule".split()
)
#: Lines that are no text before anything is lifted.
APPARATUS = EDGE | frozenset(["cable-end", "sas-footer", "form", "stamp-line", "authority-line"])
_STOPS = (".", ",", ";", ":")
_BULLETS = frozenset(["- ", "* ", "• ", "+ "])
_WORD = re.compile(r"[^\W\d_]+")
#: The number of a page or copy, the end of a telegram: only a sentence around it makes it words.
_COUNTS = frozenset(["copy-line", "page-number", "cable-end"])
_RELEASES = frozenset(["release", "released-in", "notice"])
_NUMBERED = re.compile(r"\d{4}|\d[/-]\d")
#: A line of more words than a heading has.
_FEW = 3
#: So many lines of a paragraph, above and below, tell how wide it is.
_NEARBY = 8


def in_prose(text: str, lines: list[Line], k: int, apart_: Set[Level]) -> bool:
    """Whether a banner line is a word of a paragraph: the last one, or a doubtful one within.

    `apart` are the levels that stand alone elsewhere on the paper.
    """
    line = lines[k]
    before = lines[k - 1] if k else None
    after = lines[k + 1] if k + 1 < len(lines) else None
    if all(one.state == "plain" for one in line.data) and _in_column(text, lines, k):
        return True
    if len(line.data) == 1 and (
        _within_capitals(text, lines, k)
        # The first word of a paragraph in capitals, where nothing else shows the level.
        or (line.blank and line.data[0].level not in apart_ and _opens_capitals(text, lines, k))
    ):
        return True
    doubtful = any(one.cert != "high" for one in line.data)
    if before is not None and not line.blank and not before.kind and not line.feed:
        open_ = not closed(text, before)
        stopped = _stopped(text, line)
        edge = after is not None and after.kind in APPARATUS and not _provisional(after)
        if open_ and (doubtful or stopped) and not edge:
            return True
    if doubtful and after is not None and not after.blank and not after.kind and not after.feed:
        return opens_low(text[after.start : after.end][:60])
    return False


def apart(lines: list[Line], k: int) -> bool:
    """Whether empty lines, or an end of the paper, stand on both sides of a line."""
    return (k == 0 or lines[k].blank > 0) and (k + 1 == len(lines) or lines[k + 1].blank > 0)


def _within_capitals(text: str, lines: list[Line], k: int) -> bool:
    """Whether a level is a line of a paragraph in capitals: as they run on without an empty line,
    nothing but the edge of a page could tell it from a word."""
    if k == 0 or lines[k].blank or lines[k - 1].kind or not _runs_on(text, lines, k):
        return False
    return is_capitals(text[lines[k - 1].tail : lines[k - 1].end])


def _in_column(text: str, lines: list[Line], k: int) -> bool:
    """Whether a line is as full as its narrow column allows: the first word of the text right below
    had no room on it. A marking between two lines of text is not, nor one above enough text
    to tell how wide the column is."""
    first = last = k
    while last + 1 < len(lines) and lines[last].kind and not lines[last + 1].blank:
        last += 1
    while first and lines[first].kind and not lines[first].blank:
        first -= 1
    if last == k or lines[last].kind or any(one.feed for one in lines[first + 1 : last + 1]):
        return False
    if lines[first].kind and (first == 0 or lines[first - 1].kind):
        return False
    column = _column(lines, first, last)
    if lines[first].kind and sum(not one.kind for one in column) < _FEW:
        return False
    word = text[lines[k + 1].start : lines[k + 1].end].split(None, 1)[0]
    width = max(one.end - one.tail for one in column)
    return lines[k].end - lines[k].start + 1 + len(word) > width


def _column(lines: list[Line], first: int, last: int) -> list[Line]:
    """Some lines of a paragraph, and those near them."""
    for _ in range(_NEARBY):
        if first and not lines[first].blank:
            first -= 1
        if last + 1 < len(lines) and not lines[last + 1].blank:
            last += 1
    return lines[first : last + 1]


def _opens_capitals(text: str, lines: list[Line], k: int) -> bool:
    """Whether a paragraph in capitals begins with a line: after text, and with more below it than
    a heading has."""
    if k == 0 or lines[k - 1].kind or not _runs_on(text, lines, k):
        return False
    return len(_WORD.findall(text, lines[k + 1].start, lines[k + 1].end)) > _FEW


def _runs_on(text: str, lines: list[Line], k: int) -> bool:
    """Whether text in capitals, no header, goes on right below a line."""
    after = lines[k + 1] if k + 1 < len(lines) else None
    if lines[k].feed or after is None or after.kind or after.blank or after.feed:
        return False
    words = text[after.start : after.end]
    shape = shape_of(words, alone=False)
    return is_capitals(words) and (shape is None or shape.kind == "letterhead")


def _begins(text: str, lines: list[Line], k: int) -> bool:
    """Whether a sentence goes on in lower case right below a line, and text stands above it."""
    if k == 0 or lines[k - 1].kind or lines[k].feed or k + 1 == len(lines):
        return False
    after = lines[k + 1]
    goes_on = not (after.kind or after.blank or after.feed)
    return goes_on and opens_low(text[after.start : min(after.end, after.start + 60)])


def _ends(text: str, lines: list[Line], k: int) -> bool:
    """Whether a line with a stop ends the unfinished sentence of the line before it."""
    before, line = lines[k - 1] if k else None, lines[k]
    if before is None or before.kind or line.blank or line.feed:
        return False
    return _stopped(text, line) and not closed(text, before)


def is_heading(text: str, lines: list[Line], k: int) -> bool:
    """Whether `Classified By: Weight` is a heading: without a figure, and with nothing like it
    beside it. Only for papers without banners."""
    line = lines[k]
    if line.kind != "schedule" or line.data.role != "authority":
        return False
    beside = (*lines[max(0, k - 1) : k], *lines[k + 1 : k + 2])
    return (
        is_title(text[line.start : line.end])
        and not any(one.kind == "schedule" for one in beside)
    )


def _continues(text: str, lines: list[Line], k: int) -> bool:
    """Whether a sentence in lower case runs on over `Page 3` or `Copy 3 of 5`, line under line."""
    before, line = lines[k - 1] if k else None, lines[k]
    after = lines[k + 1] if k + 1 < len(lines) else None
    if before is None or after is None or not text[line.start].isalpha():
        return False
    if any(one.blank or one.feed for one in (line, after)) or before.kind or after.kind:
        return False
    head = text[after.start : min(after.end, after.start + 60)]
    return not closed(text, before) and opens_low(head)


def _is_item(text: str, lines: list[Line], k: int) -> bool:
    """Whether a line is one of several items of a list."""
    bullet = text[lines[k].start : lines[k].start + 2]
    return bullet in _BULLETS and any(
        text.startswith(bullet, line.start)
        for line in (*lines[max(0, k - 1) : k], *lines[k + 1 : k + 2])
        if not line.kind
    )


def closed(text: str, line: Line) -> bool:
    """Whether a line ends as a sentence does."""
    return closes(text[max(line.start, line.end - 24) : line.end])


def _stopped(text: str, line: Line) -> bool:
    return text[line.start : line.end].rstrip("~*_\"'”’ ").endswith(_STOPS)


def _provisional(line: Line) -> bool:
    return line.kind == "banner" and any(one.provisional for one in line.data)


def is_word(text: str, lines: list[Line], k: int) -> bool:
    """Whether a caption, group, option, release or stamp of a few words is a part of the text."""
    kind = lines[k].kind
    if kind in _COUNTS:
        return _continues(text, lines, k)
    if kind in _RELEASES and _NUMBERED.search(text, lines[k].start, lines[k].end):
        return False  # nobody writes a number or a date so
    rules = (_within_capitals, _ends, _begins, _is_item, _in_column)
    return any(holds(text, lines, k) for holds in rules)
