"""Declassification stamps of archives and presidential libraries: authority, by whom, when."""

from __future__ import annotations

import re

from redline.markings.dates import HORIZON, Sense, find_date
from redline.markings.fields.gather import Gathering, shortened
from redline.markings.fields.values import Context, Fields
from redline.markings.numbers import find_number
from redline.markings.register import level_named, order_numbered
from redline.model import Cert

__all__ = ["read_archive"]

_DONE = re.compile(
    r"(?i:\b(?:(?P<partly>PART(?:IAL)?LY )?"
    r"DECLASSIFIED(?: IN (?P<extent>FULL|PART)| (?P<portions>WITH PORTIONS EXEMPTED))?"
    r"|(?P<part>SANITIZED)|UNCLASSIFIED(?=\s+AUTHORITY)"
    r"|HEREIN\s+IS\s+(?P<herein>UNCLASSIFIED)(?P<except>\s+EXCEPT)?"
    r"|CLASSIFICATION\s+(?P<cancelled>CANCELL?ED))\b)"
)
#: A change of level by hand or by rubber stamp, with its authority.
_REGRADED = re.compile(
    r"(?i:\b(?:(?:DOWNGRADED|REGRADED|RECLASSIFIED|UPGRADED|CHANGED|REDUCED)\s+TO|REGRADED)):?\s"
    r"(?P<n>[A-Za-z][A-Za-z -]{2,40}?)"
    r"(?=,|;|:|\s-|\s+(?i:BY|PER|UNDER|ON|DATE|ORDER|AUTH(?:ORITY)?)\b|\s+E\.? ?O\.|\s\d|\s*\Z)"
)
_NEXT = r"(?=\s*(?:[Bb][Yy]\b|BY\b|\bNAR[AS]\b|(?i:\bDATE\b)|[|\r\n]|$))"
_AUTHORITY = re.compile(
    r"(?i:\bAUTHORITY(?! OF\s+THE\s+INTERAGENCY)(?: OF)?|\bBY ORDER OF)[:;. ]{0,4}"
    rf"(?P<n>\S[^|\r\n]{{0,60}}?){_NEXT}"
)
_PER = re.compile(rf"(?i:\b(?:PER|UNDER)) (?P<n>\S[^|\r\n]{{0,60}}?){_NEXT}")
_DIRECTIVE = re.compile(r"(?i:(?P<n>DOD DIR(?:ECTIVE|\.)? ?5200\.\d\d?))")
_ORDER = re.compile(
    r"(?i:\bE\.? ?O\.? ?|EXECUTIVE ORDER )(?P<n>[\dOIlSBZ]{5})(?!\w)"
    r"(?:[, ]{1,3}(?:AS AMENDED[, ]{0,2})?(?i:SECT?(?:TION|ION|\.)?)[. ]{1,2}(?P<s>\d\.\d"
    r"(?: ?\([a-zA-Z\d]\))*|\d[^\s,]{0,8}))?"
)
_BY = re.compile(
    r"\b[Bb][Yy][:;. _]{1,6}(?!(?i:AUTHORITY|ORDER OF)\b)(?P<n>[^\s,|_][^,|\r\n_]{0,40}?)"
    r"(?=[ _]*(?:,|\bNAR[AS]\b|\bNL[A-Z]{1,3}\b|(?i:\bDATE\b)|[|\r\n]|\d{1,2}[/-]\d|$))"
)
_AGENCY = re.compile(r"\b(?:NAR[AS]\b(?!-)|NL[A-Z]\b(?![ -]?(?:\d|MR)|-[A-Z]))")
_DATE = re.compile(r"(?i:\bDATED?)[:;. _]{0,8}(?P<n>[^\s|_][^|\r\n]{0,24})")
_CASE = re.compile(r"(?i:\bCASE):? ?(?P<n>NW ?#? ?\d{3,6})")
_ON = re.compile(r"(?i:\bON)[:. ]{1,3}(?P<n>\d[^|\r\n]{0,24})")
#: Stamps of the archives are younger than the war that filled them.
_EARLIEST = "1945"
_LONGEST = 2000


def read_archive(text: str, context: Context) -> Fields:
    """The fields of a declassification stamp."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    done = _DONE.search(text)
    regraded = _REGRADED.search(text)
    level = level_named(" ".join(regraded["n"].split())) if regraded is not None else None
    if regraded is not None and level is not None:
        gathering.add("changed_to", level.name, *regraded.span("n"))
    elif done is not None:
        _done(gathering, done)
    _authority(gathering, context)
    by = _BY.search(text)
    if by is not None and not _AGENCY.fullmatch(by["n"]) and find_number(by["n"]) is None:
        start, end = gathering.trim(*by.span("n"))
        gathering.add("reviewer", text[start:end], start, end)
    case = _CASE.search(text)
    if case is not None:
        gathering.add("case", case["n"].replace("#", ""), *case.span("n"), role="idno")
    agency = _AGENCY.search(text)
    if agency is not None:
        gathering.add("agency", agency[0], *agency.span())
    _date(gathering, context)
    return gathering.fields("archive")


def _done(gathering: Gathering, done: re.Match[str]) -> None:
    """What was done: all of it declassified, or a part."""
    if done["part"]:
        gathering.add("extent", "sanitized", *done.span())
    elif any(done[name] for name in ("except", "partly", "portions")) or (
        (done["extent"] or "").upper() == "PART"
    ):
        gathering.add("extent", "part", *done.span())
    else:
        where = "herein" if done["herein"] else 0
        gathering.add("declassified", True, *done.span(where))
        if done["extent"]:
            gathering.add("extent", "full", *done.span("extent"))


def _authority(gathering: Gathering, context: Context) -> None:
    text = gathering.text
    order = _ORDER.search(text)
    if order is not None:
        row = order_numbered(order["n"])
        cert: Cert = "high" if row is not None and row.number == order["n"] else "medium"
        gathering.add("order", row.number if row else order["n"], *order.span("n"), cert)
        if order["s"]:
            gathering.add("section", order["s"], *order.span("s"))
    number = find_number(text)
    if number is not None and number.cert == "low":
        message = f"{shortened(number.raw)}: figures or letters are missing"
        gathering.report("damaged-number", number.start, number.end, message)
    match = _AUTHORITY.search(text)
    if match is None and (number is None or order is None):
        match = _PER.search(text)
    if match is None and number is None and order is None:
        match = _DIRECTIVE.search(text)
    if match is not None:
        start, end = gathering.trim(*match.span("n"))
        dated = find_date(text, start, end)
        if dated is not None and dated.start > start:
            end = dated.start  # after the number of the order, its date
        end = start + len(text[start:end].rstrip(" ,;_"))
        inside = number is not None and start <= number.start and number.end <= end
        if number is not None and inside and end - start <= number.end - number.start + 8:
            gathering.add("authority", number.value, start, end, number.cert, "idno")
        elif end > start:
            gathering.add("authority", " ".join(text[start:end].split()), start, end, role="idno")
        if inside:
            return
    elif number is not None:
        gathering.add("authority", number.value, number.start, number.end, number.cert, "idno")
        return
    elif order is not None:
        words = " ".join(order[0].split())
        gathering.add("authority", words, *order.span(), role="idno")
    if number is not None:
        gathering.add("number", number.value, number.start, number.end, number.cert, "idno")


def _date(gathering: Gathering, context: Context) -> None:
    text = gathering.text
    earliest = max(context.date or "", _EARLIEST)
    sense = Sense(earliest, HORIZON, None, f"a declassification no earlier than {earliest}")
    label = _DATE.search(text) or _ON.search(text)
    if label is not None:
        start, end = label.span("n")
        gathering.date("date", start, end, sense, labelled=True)
        return
    last = max((field.end for field in gathering.found if field.name != "agency"), default=0)
    if find_date(text, last) is not None:
        gathering.date("date", last, len(text), sense)
