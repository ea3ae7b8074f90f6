"""Dates as they are typed, stamped and sent, as ISO 8601, and whether they make sense.

`find_date` reads every form agencies print, repairs letters for digits, chooses the century of a
two-figure year by what the paper is, and says what is wrong with a date that cannot be. It keeps
what is printed; only the ISO value is withheld. `typed_date`, `filed_date` and `iso_slashed` are
for the words of a paper itself, where a date two readers could read apart is left alone.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from redline.markings.register.rows import earlier
from redline.model import Cert

__all__ = [
    "ANY",
    "HORIZON",
    "Dated",
    "Printed",
    "Sense",
    "date_group",
    "filed_date",
    "find_date",
    "fits",
    "iso_slashed",
    "typed_date",
]

Fault = Literal["", "impossible-date", "suspect-date"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<mon>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = r"(?:st|nd|rd|th|d)?"
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
# One sign twice, with blanks or without.
_SEP, _SAME = r" ?(?P<sep>[/.-]) ?", r" ?(?P=sep) ?"
_MM = r"(?P<month>\d{1,2})"
_ANY_YEAR = r"['’]?(?P<year>\d{4}|\d\d)(?!\d)"


class _Form(NamedTuple):
    """A form of date; `whole`: it has a day."""

    name: str
    pattern: str
    whole: bool = True


# The order decides between forms that begin at one place: the fuller form comes first.
_FORMS = (
    _Form(
        "year-first", rf"(?P<year>\d{{4}}){_SEP}{_MM}{_SAME}(?P<day>\d{{1,2}})(?![\dOIl|!](?!\w))"
    ),
    _Form(
        "day-month",
        rf"(?P<day>\d{{1,2}}){_ORDINAL}(?: day)?(?: of)?[ ./-]{{0,2}}{_MONTH}"
        rf",?[ /-]{{0,2}}{_ANY_YEAR}",
    ),
    _Form("month-day", rf"\b{_MONTH}[ -]?(?P<day>\d{{1,2}}){_ORDINAL}(?:, ?|,? +|-){_ANY_YEAR}"),
    _Form("numbers", rf"{_MM}{_SEP}(?P<day>\d{{1,2}}){_SAME}(?P<year>\d{{4}}|\d\d)(?!\d)"),
    _Form("group", rf"(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d)Z,? ?{_MONTH} ?{_ANY_YEAR}"),
    _Form("compact", rf"{_YEAR}(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    _Form("month-year", rf"\b{_MONTH},? {_YEAR}(?!\d)", whole=False),
    _Form("month/year", r"(?P<month>\d{1,2})/(?P<year>\d{4})(?![\d/])", whole=False),
    _Form("year", rf"{_YEAR}(?![\d/]|-\d)", whole=False),
)


def _compile(forms: tuple[_Form, ...]) -> re.Pattern[str]:
    """One alternation; the groups of each form get its number."""
    parts = []
    for number, form in enumerate(forms):
        text = re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{number}>", form.pattern)
        text = re.sub(r"\(\?P=(\w+)\)", rf"(?P=\g<1>{number})", text)
        parts.append(f"(?P<form{number}>{text})")
    return re.compile(r"(?<![\d/OIl|!])(?:" + "|".join(parts) + ")", re.IGNORECASE)


_WHOLE = tuple(form for form in _FORMS if form.whole)
_ANY_FORM, _WHOLE_FORM = _compile(_FORMS), _compile(_WHOLE)
# Three groups of figures, some of which may be letters by now.
_DAMAGED = re.compile(
    r"(?<![\w/])[\dOoQDIl|!SBGZ]{1,4}[/-][\dOoQDIl|!SBGZ]{1,2}[/-][\dOoQDIl|!SBGZ]{1,4}(?![\w/])"
)
_DIGITS = str.maketrans("OoQDIl|!SBGZ", "000011115862")
_SHORTEST_DAMAGED = 3  # figures that must be left in a damaged date

#: Years of two figures where nothing else decides: from this one on they are of the 20th century.
_PIVOT = 30


class Sense(NamedTuple):
    """What a date must fit to make sense, all ISO, whole or in part, or None.

    `earliest` and `latest` bound it (both inclusive); `near` chooses between centuries that fit.
    `why` says what the bounds are, for the message.
    """

    earliest: str | None = None
    latest: str | None = None
    near: str | None = None
    why: str = ""


ANY = Sense()
#: No paper is reviewed or released after this year: of two centuries the earlier one is meant.
HORIZON = "2035"


class Printed(NamedTuple):
    """A date found in a text: `when` (ISO; a day, month or year) or None with a `fault`.

    `raw` is text[start:end]; `message` says what is wrong with it.
    """

    when: str | None
    raw: str
    start: int
    end: int
    cert: Cert = "high"
    fault: Fault = ""
    message: str = ""


def find_date(
    text: str, start: int = 0, end: int | None = None, *, sense: Sense = ANY, partial: bool = False
) -> Printed | None:
    """The first date in text[start:end]; None if nothing there looks like one.

    `partial` also takes a month and year or a year alone. A date that is no day of the calendar,
    or does not fit `sense`, has no `when` but a `fault`.

    >>> find_date("Release 2005/09/28 :").when, find_date("2/30/81").fault
    ('2005-09-28', 'impossible-date')
    >>> find_date("11/22/22", sense=Sense("1977", "1991", why="the stamp")).fault
    'suspect-date'
    """
    end = len(text) if end is None else end
    forms, pattern = (_FORMS, _ANY_FORM) if partial else (_WHOLE, _WHOLE_FORM)
    match = pattern.search(text, start, end)
    if match is not None:
        return _printed(text, match.start(), match.end(), _parts(forms, match), "high", sense)
    for damaged in _DAMAGED.finditer(text, start, end):
        raw = damaged[0]
        if sum(char.isdecimal() for char in raw) < _SHORTEST_DAMAGED:
            continue
        repaired = _WHOLE_FORM.fullmatch(raw.translate(_DIGITS))
        if repaired is None:
            continue
        return _printed(text, *damaged.span(), _parts(_WHOLE, repaired), "medium", sense)
    return None


def fits(when: str, sense: Sense) -> bool:
    """Whether an ISO date, whole or in part, may lie within the bounds of `sense`."""
    if sense.earliest is not None and earlier(when, sense.earliest):
        return False
    return sense.latest is None or not earlier(sense.latest, when)


def _parts(forms: tuple[_Form, ...], match: re.Match[str]) -> dict[str, str]:
    """The named parts of the form that matched, without its number."""
    groups = match.groupdict()
    number = next(n for n in range(len(forms)) if groups[f"form{n}"] is not None)
    tail = str(number)
    return {
        name.removesuffix(tail): value
        for name, value in groups.items()
        if name.endswith(tail) and value is not None
    }


def _printed(
    text: str, start: int, end: int, parts: dict[str, str], cert: Cert, sense: Sense
) -> Printed:
    found = Printed(None, text[start:end], start, end, cert)
    year, day = parts["year"], parts.get("day")
    month = _month(parts)
    if any(not value.isdecimal() for value in (year, day or "1", parts.get("month", "1"))):
        return _faulty(found, "impossible-date", "its figures are not to be read")
    years = _centuries(int(year)) if len(year) == 2 else (int(year),)
    whens = [when for each in years if (when := _iso(each, month, day)) is not None]
    if not whens and day is not None and parts.get("sep") and len(parts["month"]) <= 2:
        # Day and month the other way round, as in Europe, where only that is a day.
        whens = [when for each in years if (when := _iso(each, int(day), parts["month"]))]
        if len(parts["year"]) == 4 and text[start : start + 4] == parts["year"]:
            whens = []
        found = found._replace(cert="low")
    if not whens:
        return _faulty(found, "impossible-date", "no day of the calendar")
    if "hour" in parts and (int(parts["hour"]) > 23 or int(parts["minute"]) > 59):
        return _faulty(found, "impossible-date", "no time of day")
    fitting = [when for when in whens if fits(when, sense)]
    if not fitting:
        return _faulty(found, "suspect-date", f"it does not fit {sense.why or 'the paper'}")
    if sense.near is not None:
        near = int(sense.near[:4])
        return found._replace(when=min(fitting, key=lambda when: abs(int(when[:4]) - near)))
    return found._replace(when=fitting[0])


def _faulty(found: Printed, fault: Fault, message: str) -> Printed:
    return found._replace(when=None, fault=fault, message=f"{_short(found.raw)}: {message}")


def _short(raw: str) -> str:
    return raw if len(raw) <= 40 else raw[:39] + "…"


def _centuries(year: int) -> tuple[int, int]:
    """The years two figures may mean, the likelier first."""
    return (1900 + year, 2000 + year) if year >= _PIVOT else (2000 + year, 1900 + year)


def _month(parts: dict[str, str]) -> int | None:
    if "mon" in parts:
        return _MONTHS.index(parts["mon"][:3].lower()) + 1
    return int(parts["month"]) if "month" in parts else None


def _iso(year: int, month: int | None, day: str | None) -> str | None:
    """A date of the calendar as ISO 8601, as far as it is known; None for any other."""
    if not 1 <= year <= 9999:
        return None
    if month is None:
        return f"{year:04}"
    if not 1 <= month <= 12:
        return None
    if day is None:
        return f"{year:04}-{month:02}"
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if not 1 <= int(day) <= _DAYS[month - 1] + leap:
        return None
    return f"{year:04}-{month:02}-{int(day):02}"


_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


_GROUP = re.compile(
    r"(?<!\d)(?P<day>\d\d)(?P<hour>\d\d)(?P<minute>\d\d) ?Z"
    r"(?:,? ?(?P<mon>JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}\.?"
    r" ?(?P<year>\d{4}|\d\d)(?!\d)|(?![A-Z]))",
    re.IGNORECASE,
)


def date_group(
    text: str, start: int = 0, end: int | None = None, *, date: str | None = None
) -> Printed | None:
    """The first date-time group (`180734Z DEC 91`, or `180734Z` alone) in text[start:end].

    `date` is that of the document (ISO): it gives the century, the month of a group that has none
    and the same day, and the year the group must be of.

    >>> date_group("O 180734Z DEC 91 FM").when
    '1991-12-18'
    >>> date_group("PAGE 02 OSLO 1234 180734Z", date="1991-12-18").when
    '1991-12-18'
    """
    match = _GROUP.search(text, start, len(text) if end is None else end)
    if match is None:
        return None
    found = Printed(None, match[0], *match.span())
    if not 1 <= int(match["day"]) <= 31 or int(match["hour"]) > 23 or int(match["minute"]) > 59:
        return _faulty(found, "impossible-date", "no date and time")
    if match["mon"] is None:
        if date is not None and date[8:] == match["day"]:
            return found._replace(when=date, cert="medium")
        return found
    sense = ANY
    if date is not None:
        # A cable sent at the end of December may be dated at its other end.
        year = int(date[:4])
        sense = Sense(f"{year - 1}-12-31", f"{year + 1}-01-01", date, f"a document of {year}")
    parts = {name: value for name, value in match.groupdict().items() if value is not None}
    return _printed(text, *match.span(), parts, "high", sense)


# -- the words of a paper ------------------------------------------------------------------

#: Forms of a date in the words of a paper, and how sure one is of it.
_TYPED_FORMS: tuple[tuple[str, Cert], ...] = (
    (rf"(?P<day>\d{{1,2}}){_ORDINAL}(?: day)?(?: of)? {_MONTH},? {_YEAR}", "high"),
    (rf"{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL},? {_YEAR}", "high"),
    (rf"{_YEAR}-(?P<month>\d\d)-(?P<day>\d\d)", "high"),
    # Two figures of a year are of the century in which cables were sent.
    (rf"(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\dZ {_MONTH} (?P<short>\d\d)", "medium"),
    (rf"{_MONTH},? {_YEAR}", "medium"),
)
_TYPED = tuple((re.compile(rf"\b{form}\b", re.IGNORECASE), cert) for form, cert in _TYPED_FORMS)
# A decimal file number: subject, then month, day and two figures of the year.
_FILED = re.compile(
    r"\d{3}[A-Z]?(?:\.\d+)*(?: ?[A-Z]{2})?"
    r"/(?P<month>1[0-2]|[1-9])[–-](?P<day>\d{1,2})(?P<year>\d\d)"
)


class Dated(NamedTuple):
    """A date: as ISO 8601 has it (a day, or a month alone), as typed, and how sure."""

    when: str
    words: str
    cert: Cert


def typed_date(words: str) -> Dated | None:
    """The first date in `words`; None if there is none, or it is no day of the calendar.

    >>> typed_date("23 August 1951")
    Dated(when='1951-08-23', words='23 August 1951', cert='high')
    >>> typed_date("3/4/51") is None
    True
    """
    for form, cert in _TYPED:
        match = form.search(words)
        if match is not None:
            found = match.groupdict()
            year = int(found.get("year") or f"19{found['short']}")
            parts = {name: value for name, value in found.items() if value is not None}
            when = _iso(year, _month(parts), found.get("day"))
            return Dated(when, match[0], cert) if when else None
    return None


def filed_date(words: str) -> Dated | None:
    """The date in a decimal file number.

    >>> filed_date("795.00/10–750")
    Dated(when='1950-10-07', words='795.00/10–750', cert='medium')
    """
    match = _FILED.fullmatch(words.strip())
    if match is None:
        return None
    when = _iso(1900 + int(match["year"]), int(match["month"]), match["day"])
    return Dated(when, match[0], "medium") if when else None


def iso_slashed(words: str) -> str | None:
    """`2005/09/28` as ISO 8601; None if it is no day of the calendar."""
    try:
        year, month, day = map(int, words.split("/"))
        return _iso(year, month, str(day))
    except ValueError:
        return None
