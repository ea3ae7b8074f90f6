"""Dates as they are typed on papers, as ISO 8601; what two readers could read apart is left."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from redline.model import Cert

__all__ = ["Dated", "filed_date", "iso_slashed", "typed_date"]

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>(?:1[6-9]|20)\d\d)"
_ORDINAL = r"(?:st|nd|rd|th|d)?"
#: Forms of a date, and how sure one is of it.
_TYPED: tuple[tuple[str, Cert], ...] = (
    (rf"(?P<day>\d{{1,2}}){_ORDINAL}(?: day)?(?: of)? {_MONTH},? {_YEAR}", "high"),
    (rf"{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL},? {_YEAR}", "high"),
    (r"(?P<year>(?:1[6-9]|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", "high"),
    # A cable's date and time group: day, hour, minute, Z, month, year.
    (rf"(?P<day>\d\d)(?:[01]\d|2[0-3])[0-5]\dZ {_MONTH} (?P<short>\d\d)", "medium"),
    (rf"{_MONTH},? {_YEAR}", "medium"),
)
_FORMS = tuple((re.compile(rf"\b{form}\b", re.IGNORECASE), cert) for form, cert in _TYPED)


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
    for form, cert in _FORMS:
        match = form.search(words)
        if match is None:
            continue
        found = match.groupdict()
        month = found.get("number") or _MONTHS.index(found["month"][:3].lower()) + 1
        # Two figures of a year are of the century in which cables were sent.
        year = int(found.get("year") or f"19{found['short']}")
        if "day" not in found:
            return Dated(f"{year}-{int(month):02}", match[0], cert)
        try:
            day = datetime.date(year, int(month), int(found["day"]))
        except ValueError:
            return None
        return Dated(day.isoformat(), match[0], cert)
    return None


def filed_date(words: str) -> Dated | None:
    """The date in a decimal file number.

    >>> filed_date("795.00/10–750")
    Dated(when='1950-10-07', words='795.00/10–750', cert='medium')
    """
    match = _FILED.fullmatch(words.strip())
    if match is None:
        return None
    try:
        day = datetime.date(1900 + int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Dated(day.isoformat(), match[0], "medium")


def iso_slashed(words: str) -> str | None:
    """`2005/09/28` as ISO 8601; None if it is no day of the calendar."""
    try:
        year, month, day = map(int, words.split("/"))
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None
