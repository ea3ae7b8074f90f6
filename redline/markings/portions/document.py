"""The portion marks of a document (rule M11).

`portion_places.py` says what could be one. Here the document as a whole decides: by its date, by
the company a doubtful mark has, by the lists and parties it holds.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from redline.markings.banners.timing import misfit
from redline.markings.fields.values import Finding
from redline.markings.portions.grammar import may_hold_marks
from redline.markings.portions.marks import read_portion
from redline.markings.portions.places import (
    MILD,
    STRONG,
    SURE,
    Candidate,
    candidates,
    opens_portion,
)
from redline.markings.register import Level, level_named, level_short
from redline.markings.register.rows import earlier
from redline.model import Cert, Document

__all__ = ["PortionMark", "opens_portion", "portion_findings", "portions", "read_portion"]

#: Portions are marked since the executive order of this year.
FIRST_YEAR = "1972"
#: `(D)`, `(R-Ohio)`, `(D-NY)`: the paper gives parties.
_PARTY = re.compile(r"\((?:[DI]|[DRI][-–,] ?[A-Z][A-Za-z. ]{1,14})\)")
_DIGITS = re.compile(r"[^\W_](?:[\w.]*[^\W_])?")


class PortionMark(NamedTuple):
    """A portion mark of a document.

    `block` is the id of its block; `place` is ``head`` or ``tail``; `n` the number typed beside
    it. `was` is None for a mark that was added, `is_` for one struck and not replaced. `span` is
    its source range, strikes included; `start` and `end` its place in the text. `entire`: it
    stands for the entire text.
    """

    block: str
    page: int
    place: str
    n: str | None
    was: Level | None
    is_: Level | None
    controls: tuple[str, ...]
    action: str
    cert: Cert
    text: str
    span: tuple[int, int]
    start: int
    end: int
    entire: bool = False


def portions(document: Document, date: str | None = None) -> tuple[PortionMark, ...]:
    """The portion marks of a document, in order. `date` is its own (ISO 8601), where known."""
    source = document.source.text
    if not may_hold_marks(source):
        return ()
    found, labels = candidates(document, source)
    if not found:
        return ()
    listed = _list_items(labels)
    found = [one for one in found if one.portion.core[0] not in listed]
    if any(_short(one) == "R" for one in found) and _PARTY.search(source):
        found = [one for one in found if _short(one) != "R"]
    # `1. SECRET ENTIRE TEXT` is a marking already, with what stands before it.
    lines = sorted(m.span[0] for m in document.markings if m.kind == "line")
    found = [one for one in found if not (lines and _has_line(lines, one))]
    misfits: dict[str, str] = {}
    return tuple(_mark(document, source, one, date, misfits) for one in _decided(found, date))


def _short(found: Candidate) -> str:
    """The letter of a mark that is nothing but a letter."""
    inner = found.portion.inner
    return "" if inner.controls or inner.modern else inner.level.short


def _has_line(lines: list[int], found: Candidate) -> bool:
    at = bisect_left(lines, found.portion.start)
    return found.entire and at < len(lines) and lines[at] < found.block.span[1]


# -- the document decides ---------------------------------------------------------------------


def _list_items(labels: list[tuple[str, int]]) -> set[int]:
    """Places of letters that are items of a list: they follow one another, and not all are levels.

    `(A) (B) (C)` is a list; so is `(XCIX) (C)`. One item may be lost between two.
    """
    items: set[int] = set()
    run: list[tuple[str, int]] = []

    def close() -> None:
        if len(run) > 1 and any(level_short(label) is None for label, _ in run):
            items.update(place for _, place in run)

    for label, place in labels:
        if len(label) > 1 and _roman(label) is None:
            continue
        if run and not _follows(run[-1][0], label):
            close()
            run = []
        run.append((label, place))
    close()
    return items


def _follows(label: str, other: str) -> bool:
    if len(label) == len(other) == 1 and 1 <= ord(other) - ord(label) <= 2:
        return True
    if len(label) == len(other) == 1:
        return False
    one, two = _roman(label), _roman(other)
    return one is not None and two is not None and two - one == 1


_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


def _roman(label: str) -> int | None:
    values = [_ROMAN_VALUES.get(char) for char in label]
    total = 0
    for k, value in enumerate(values):
        if value is None:
            return None
        after = values[k + 1] if k + 1 < len(values) else None
        total += -value if after is not None and value < after else value
    return total


def _decided(found: list[Candidate], date: str | None) -> Iterator[Candidate]:
    """M11: a date since portions were marked, or two different marks; and company for doubt."""
    sure = {_key(one) for one in found if one.doubt == SURE}
    mild = sure | {_key(one) for one in found if one.doubt == MILD}
    company = len(mild) > 1
    if date is not None and not earlier(date, FIRST_YEAR):
        accepted = True
    else:
        plain = date is None and any(
            one.doubt == SURE and (one.portion.inner.known or one.entire) for one in found
        )
        accepted = company or plain
    if not accepted:
        return
    for one in found:
        if (
            one.doubt == SURE
            or (one.doubt == MILD and (company or sure))
            or (one.doubt == STRONG and sure)
        ):
            yield one


def _key(found: Candidate) -> tuple[object, ...]:
    portion = found.portion
    return portion.was, portion.is_, portion.controls


def _mark(
    document: Document, source: str, found: Candidate, date: str | None, misfits: dict[str, str]
) -> PortionMark:
    """The mark with its places; `misfits` remembers what was found of marks written alike."""
    portion = found.portion
    text = source[portion.start : portion.end]
    if text not in misfits:
        misfits[text] = _misfit(
            portion.levels, portion.controls, modern=portion.inner.modern, date=date
        )
    first, last = portion.core
    begin = document.origin.to_text(first)
    end = max(begin, document.origin.to_text(last - 1) + 1)
    cert: Cert = "medium" if found.doubt or portion.inner.doubt else "high"
    if portion.inner.doubt == "weak" or misfits[text]:
        cert = "low"
    number = _DIGITS.findall(found.number) if found.number else []
    return PortionMark(
        found.block.id,
        document.page_at(begin),
        found.place,
        number[-1] if number else None,
        portion.was,
        portion.is_,
        portion.controls,
        portion.action,
        cert,
        text,
        (portion.start, portion.end),
        begin,
        end,
        found.entire,
    )


# -- what is doubtful -------------------------------------------------------------------------


def _misfit(
    levels: Iterable[Level], controls: Iterable[str], *, modern: bool, date: str | None
) -> str:
    """Why a mark does not fit the date of its paper; empty when it does."""
    if date is None:
        return ""
    if earlier(date, FIRST_YEAR):
        return f"portions are marked since {FIRST_YEAR}"
    return misfit(levels, controls, date, modern=modern)


def portion_findings(
    document: Document, marks: Iterable[PortionMark], date: str | None = None
) -> tuple[Finding, ...]:
    """What is doubtful about the marks of a document; spans are source ranges.

    A mark that does not fit the date is reported once for each way it is written, a portion above
    the banner of its page once a page.
    """
    banners = _banner_ranks(document)
    out: list[Finding] = []
    said: set[tuple[object, ...]] = set()
    for mark in marks:
        levels = [level for level in (mark.was, mark.is_) if level is not None]
        why = _misfit(levels, mark.controls, modern="//" in mark.text, date=date)
        if why and (why, mark.text) not in said:
            said.add((why, mark.text))
            out.append(
                Finding("portion-date", *mark.span, f"{mark.text} in a paper of {date}: {why}")
            )
        banner = banners.get(mark.page)
        top = max((level for level in levels if level.grade), key=_rank, default=None)
        if banner and top and top.rank > banner.rank and (mark.page, top) not in said:
            said.add((mark.page, top))
            out.append(
                Finding(
                    "portion-above-banner",
                    *mark.span,
                    f"{mark.text} on page {mark.page}, whose banner is {banner.name}",
                )
            )
    return tuple(out)


def _rank(level: Level) -> int:
    return level.rank


def _banner_ranks(document: Document) -> dict[int, Level]:
    """The highest grade that the banners of each page show, struck or not."""
    found: dict[int, Level] = {}
    for marking in document.markings:
        if marking.kind != "banner":
            continue
        for name in (marking.was, marking.is_, *marking.through):
            level = level_named(name) if name else None
            if level is None or not level.grade:
                continue
            if marking.page not in found or level.rank > found[marking.page].rank:
                found[marking.page] = level
    return found
