"""The rows of the register of markings: plain values, one kind a table of `register.toml`.

Dates are ISO strings, whole or in part (`1944`, `1944-03`, `1944-03-15`). `since` is the first day
of use and `until` the last, None where neither is known. They are priors for the certainty of a
reading, never grounds to reject one.
"""

from __future__ import annotations

import re
from typing import NamedTuple, Protocol

__all__ = [
    "Bound",
    "Control",
    "Dated",
    "Exemption",
    "Level",
    "Notice",
    "Order",
    "Phrase",
    "Schedule",
    "Scheme",
    "Words",
    "code_key",
    "earlier",
    "notice_words",
    "phrase",
    "valid_at",
]

#: A printed form, as its words.
Phrase = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_NO_KEY = re.compile(r"[^0-9A-Z.]+")


class Scheme(NamedTuple):
    """Who grants levels: a country or an alliance, or an administrative axis.

    `prefixes` are the words before a level that say it is theirs (`UK SECRET`). The levels of a
    scheme with `grade` false order nothing and are no side of a regrade.
    """

    id: str
    name: str
    prefixes: tuple[str, ...] = ()
    grade: bool = True


class Level(NamedTuple):
    """A level of protection.

    `rank` orders the grades: a higher one protects more. `scheme` is the id of who grants it, and
    `grade` is false where that is an administrative axis. `short` is unique in the scheme. `weak`
    levels are everyday words.
    """

    id: str
    name: str
    short: str
    rank: int
    scheme: str
    since: str | None = None
    until: str | None = None
    weak: bool = False
    grade: bool = True


class Control(NamedTuple):
    """A handling caption, a dissemination control, or a suffix of the level (group `suffix`).

    `short` are abbreviations that count only after a slash; `alone` says whether the caption is a
    marking when nothing else is on its line; `group` is the family it comes from.
    """

    name: str
    forms: tuple[str, ...]
    short: tuple[str, ...]
    group: str
    since: str | None = None
    until: str | None = None
    alone: bool = True


class Order(NamedTuple):
    """An executive order on classification.

    `until` is the day before the next one took effect. `levels` are ids. `portions` says whether
    paragraphs were marked under it: ``no``, ``may`` or ``must``. `amends` is the number of the
    order it changes.
    """

    number: str
    signed: str
    effective: str
    until: str | None
    levels: tuple[str, ...]
    portions: str = "no"
    amends: str | None = None

    @property
    def since(self) -> str:
        """The first day on which a paper can name it: the day it was signed."""
        return self.signed


class Schedule(NamedTuple):
    """A token of a schedule of downgrading or declassification, as it stands on paper.

    `order` is the number of the order that brought it, None for a word of every order. `wording`
    is what is printed after it; `effect` says what happens, and when. `exempt` is true where
    nothing happens by itself.
    """

    token: str
    forms: tuple[str, ...]
    order: str | None
    effect: str
    wording: str = ""
    since: str | None = None
    until: str | None = None
    exempt: bool = False


class Exemption(NamedTuple):
    """A code of what was withheld, and why.

    `family` is where it comes from: ``25-year``, ``50-year``, ``reason``, ``duration``, ``foia``,
    ``stat`` … `meaning` is empty where it is not certainly known.
    """

    code: str
    forms: tuple[str, ...]
    family: str
    meaning: str = ""
    order: str | None = None
    since: str | None = None
    until: str | None = None


class Notice(NamedTuple):
    """A printed notice or a heading of a form: no marking, and no text either.

    `forms` are the words it begins with; `agency` is who printed it.
    """

    name: str
    forms: tuple[str, ...]
    agency: str | None = None
    since: str | None = None
    until: str | None = None


class Bound(NamedTuple):
    """How far a damaged word may be from `word` and still be read as it."""

    word: str
    edits: int
    same_length: bool


class Words(NamedTuple):
    """Closed lists of ordinary words that decide what is no marking."""

    stop: frozenset[str]
    stop_top: frozenset[str]
    short: frozenset[str]
    function: frozenset[str]
    noun: frozenset[str]


class Dated(Protocol):
    """Whatever was in use for a time."""

    @property
    def since(self) -> str | None:
        """The first day of use."""

    @property
    def until(self) -> str | None:
        """The last day of use."""


def earlier(one: str, other: str) -> bool:
    """Whether an ISO date is surely before another; dates given in part are compared in part.

    >>> earlier("1944", "1944-03"), earlier("1943-12", "1944")
    (False, True)
    """
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


def valid_at(row: Dated, date: str | None) -> bool:
    """Whether a row was in use on an ISO date; true where nothing says otherwise.

    >>> valid_at(Level("us.R", "RESTRICTED", "R", 20, "us", until="1953-12-15"), "1961")
    False
    """
    if date is None:
        return True
    if row.since is not None and earlier(date, row.since):
        return False
    return row.until is None or not earlier(row.until, date)


def phrase(form: str) -> Phrase:
    """A printed form as its words; a hyphen parts words as a space does.

    >>> phrase("TOP-SECRET")
    ('TOP', 'SECRET')
    """
    return tuple(form.replace("-", " ").split())


def code_key(code: str) -> str:
    """A code without what printers vary: brackets, hyphens, spaces, case.

    >>> code_key("(b)(7)(C)"), code_key("xgds-2")
    ('B7C', 'XGDS2')
    """
    return _NO_KEY.sub("", code.upper())


def notice_words(line: str, most: int | None = None) -> Phrase:
    """The words of a notice in capitals, `most` at most; what stands between does not count."""
    return tuple(word.upper() for word in _WORD.findall(line)[:most])
