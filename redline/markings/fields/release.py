"""Release lines in all wordings: who let a paper out, when, how much of it, under which number."""

from __future__ import annotations

import re
from typing import NamedTuple

from redline.markings.apparatus.patterns import ATTRIBUTES, CODE
from redline.markings.dates import HORIZON, Sense
from redline.markings.fields.gather import Gathering, flat, shortened
from redline.markings.fields.values import Context, Fields
from redline.markings.numbers import find_number
from redline.model import Cert

__all__ = ["read_notice", "read_release"]


class _Wording(NamedTuple):
    """Words of a release: the value they have (None: as printed), and how much they release."""

    form: str
    pattern: str
    value: str | None = None
    extent: str | None = None


# The fullest wording first. What scanning makes of "Approved For Release" keeps its first half.
_DAMAGED = r"A? ?p ?prov\w{0,2} ?[Ff]or ?"
_NAMED = r"[Bb][Yy] (?:the )?(?P<n>[A-Z][A-Za-z. ]{1,40}?)(?= on\b|[ ,:;]*(?:\d|$)|,)"
_FIFTY = r"(?: ?@ ?50-? ?(?i:YRS?|YEARS?))?"
_WORDINGS = (
    _Wording("nato", r"DECLASSIFIED\s?[-–—/]\s?PUBLICLY DISCLOSED"),
    _Wording("no-objection", r"(?i:NO OBJECTION TO DECLASSIFICATION(?: IN (?:FULL|PART))?)"),
    _Wording(
        "crest",
        r"(?i:DECLASSIFIED(?: IN PART)?[ ,-]*(?:AND )?(?:- )?)?(?i:SANITIZED COPY )"
        rf"(?i:APPROVED FOR RELEASE){_FIFTY}",
        extent="sanitized",
    ),
    _Wording(
        "crest",
        r"(?i:DECLASSIFIED(?: IN PART)?[ ,-]*(?:AND )?(?:- )?APPROVED FOR RELEASE)" + _FIFTY,
    ),
    _Wording("agency", rf"(?i:APPROVED FOR RELEASE) {_NAMED}"),
    _Wording("approved", rf"(?i:APPROVED FOR RELEASE)(?![a-z]){_FIFTY}"),
    _Wording(
        "approved",
        rf"{_DAMAGED}(?:[^\s\d:]{{1,9}}(?: [a-z']{{1,4}}(?= [\d:]))?)?",
        "Approved For Release",
    ),
    _Wording(
        "state-review",
        r"Declassified/Released US Department of State(?: EO Systematic Review)?",
    ),
    _Wording(
        "cia-released",
        r"(?i:DECLASSIFIED AND RELEASED BY(?: CENTRAL INTELLIGENCE AGENCY| CIA)?)",
    ),
    _Wording(
        "jfk",
        r"(?i:RELEASED UNDER THE JOHN F\. KENNEDY ASSASSINATION RECORDS(?: COLLECTION)?(?: ACT"
        r"(?: OF 1992)?)?)",
    ),
    _Wording(
        "jfk",
        r"20\d\d RELEASE UNDER THE PRESIDENT(?: JOHN F\. KENNEDY)?(?: ASSASSINATION)?"
        r"(?: RECORDS)?(?: ACT)?(?: OF 1992)?",
    ),
    _Wording("jfk", r"RELEASED PER P\.? ?L\.? ?102-?526(?: \(JFK ACT\))?"),
    _Wording("jfk", r"(?i:CURRENT STATUS)(?= ?:)"),
    _Wording("state-foia", r"(?:UNCLASSIFIED,?\s+)?U\.?S\.? (?i:Department of State)"),
    _Wording("extent", r"(?i:(?:RELEASED?|DECLASSIFIED) IN FULL)", extent="full"),
    _Wording("extent", r"(?i:(?:RELEASED?|DECLASSIFIED|DENIED) IN PART)", extent="part"),
    _Wording(
        "extent",
        r"(?i:(?:RELEASED?|DECLASSIFIED) (?:AS SANITIZED|WITH EXCISIONS|IN SANITIZED FORM))",
        extent="sanitized",
    ),
    _Wording("extent", r"(?i:DENIED IN FULL|RELEASE DENIED)", extent="none"),
    _Wording("extent", r"(?i:REVIEW AUTHORITY)(?=[: ])"),
)
_COMPILED = [(row, re.compile(row.pattern)) for row in _WORDINGS]
_EXTENT = tuple(
    (value, re.compile(pattern))
    for value, pattern in (
        ("full", r"(?i:\bIN FULL\b)"),
        ("part", r"(?i:\bIN PART\b)"),
        ("sanitized", r"(?i:\b(?:AS )?SANITIZED\b|\bWITH EXCISIONS\b)"),
    )
)
_CASE = re.compile(
    r"(?i:(?:FOIA )?Case)(?i: No\.?| ?Number| ?#)*[:.]?[ |]{0,3}#? ?(?P<n>"
    r"(?:[A-Z]{1,3}[- ])?\d[\w-]{2,16})"
)
_BY = re.compile(rf"\b{_NAMED}")
_AGENCY = re.compile(r"(?i:\b(?P<n>Department of State|Central Intelligence Agency)\b)")
_AUTHORITY = re.compile(r"(?i:REVIEW AUTHORITY)[: |]{1,4}(?P<n>[^|\r\n]{1,60})")
_STATUS = re.compile(r"(?i:CURRENT STATUS) ?: ?(?P<n>[A-Z][A-Z ]{1,30}[A-Z])")
# The clerk who declassified, printed before the words of the system.
_CLERK = re.compile(r"(?P<n>[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z'’-]+){1,2}) {1,3}Declassified/")
_CODES = re.compile(rf"(?<![\w.-]){CODE}")
_ORDER = re.compile(r"(?i:E\.? ?O\.? ?)(?P<n>1\d{4})\b")
_YEAR = re.compile(r"(?<![\d#-])(?:19|20)\d\d(?![\d-])")
#: Forms of words that are dated by the year alone.
_DATED_BY_YEAR = frozenset({"extent", "cia-released"})
# What is left of a date: a year and a stroke, or whatever follows the word.
_BROKEN = re.compile(
    r"(?i:\bDATE) ?: ?(?P<n>\S[^|\r\n]{0,20})|(?<!\d)(?P<y>(?:19"
    r"|20)\d\d/\S{0,12})"
)
_FIGURES = re.compile(r"(?<!\S)(?=\S* ?\S*\d{4})[\w/]{2,12}(?: [\w/]{4,16})?")
#: Systematic release of the CIA's records began in 1995.
_CREST = "1995"
_LONGEST = 2000


def read_release(text: str, context: Context) -> Fields:
    """The fields of a release line, of one line or of a whole header."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    wording = _wording(gathering)
    at = gathering.found[-1].end if gathering.found else 0
    _number(gathering, at)
    _date(gathering, wording, at, context)
    for name, pattern in (("case", _CASE), ("reviewer", _CLERK), ("reviewer", _AUTHORITY),
                          ("status", _STATUS)):  # fmt: skip
        found = pattern.search(text)
        if found is not None and not gathering.has(name):
            start, end = gathering.trim(*found.span("n"))
            gathering.add(name, text[start:end], start, end, role="idno" if name == "case" else "")
    agency = _BY.search(flat(text)) or _AGENCY.search(flat(text))
    if agency is not None:
        gathering.add("agency", agency["n"].strip(), *gathering.trim(*agency.span("n")))
    order = _ORDER.search(text)
    if order is not None:
        gathering.add("order", order["n"], *order.span("n"))
    _codes(gathering, order.end("n") if order else at)
    _extent(gathering, wording)
    return gathering.fields(wording.form if wording is not None else "release")


def _wording(gathering: Gathering) -> _Wording | None:
    """The words of the release become its first field."""
    text = flat(gathering.text)
    for row, pattern in _COMPILED:
        found = pattern.search(text)
        if found is None:
            continue
        start, end = gathering.trim(*found.span())
        words = " ".join(text[start:end].split()).rstrip(" ,;:-")
        end = start + len(text[start:end].rstrip(" ,;:-"))
        if row.value is None:
            gathering.add("wording", words, start, end, "high")
        else:
            cert: Cert = "high" if words == row.value else "medium"
            gathering.add("wording", row.value, start, end, cert)
        return row
    return None


def _number(gathering: Gathering, at: int) -> None:
    text = gathering.text
    number = find_number(text, at) or find_number(text)
    if number is None:
        return
    gathering.add("number", number.value, number.start, number.end, number.cert, "idno")
    if number.cert == "low":
        message = f"{shortened(number.raw)}: figures or letters are missing"
        gathering.report("damaged-number", number.start, number.end, message)


def _date(gathering: Gathering, wording: _Wording | None, at: int, context: Context) -> None:
    text = gathering.text
    number = next((field for field in gathering.found if field.name == "number"), None)
    crest = number is not None and str(number.value).startswith("CIA-RDP")
    earliest = max(context.date or "1945", _CREST if crest else "")
    sense = Sense(earliest, HORIZON, None, f"a release no earlier than {earliest}")
    spans = [(at, len(text))]
    if number is not None:
        # A number has hyphens and figures too: it is no place for a date.
        spans = [(at, max(at, number.start)), (max(at, number.end), len(text))]
    form = wording.form if wording is not None else ""
    for start, end in spans:
        if gathering.date("date", start, end, sense) is not None:
            return
        broken = _BROKEN.search(text, start, end)
        which = "n" if broken is not None and broken["n"] else "y"
        if broken is not None and any(char.isdecimal() for char in broken[which]):
            gathering.date("date", *broken.span(which), sense, labelled=True)
            return
        year = _YEAR.search(text, start, end)
        by_year = form in _DATED_BY_YEAR
        if year is not None and (by_year or not text[start : year.start()].strip(" :-")):
            cert: Cert = "high" if by_year else "medium"
            gathering.date("date", *year.span(), sense, partial=True, cert=cert)
            return
    if form == "approved" and number is None:
        left = _FIGURES.search(text, at)
        if left is not None:
            gathering.date("date", *left.span(), sense, labelled=True)


def _codes(gathering: Gathering, at: int) -> None:
    text = gathering.text
    taken = [(field.start, field.end) for field in gathering.found if field.name != "wording"]
    found = [
        match
        for match in _CODES.finditer(text, at)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    if found:
        codes = tuple(match[0] for match in found)
        gathering.add("codes", codes, found[0].start(), found[-1].end())


def _extent(gathering: Gathering, wording: _Wording | None) -> None:
    if gathering.has("status"):
        return
    if wording is not None and wording.extent is not None:
        words = gathering.found[0]
        gathering.add("extent", wording.extent, words.start, words.end)
        return
    for value, pattern in _EXTENT:
        found = pattern.search(gathering.text)
        if found is not None:
            gathering.add("extent", value, *found.span())
            return


# -- notices -----------------------------------------------------------------------------------

_COPY = r"(?:(?i:\bCOPY|\bCY)\s(?:(?i:NO)\.?:? ?)?#?|(?i:\bPAGES?[.,;]?\sNO)\.? ?)"
_NOTICES = (
    ("number", re.compile(r"MORI ?/ ?CDF[: ]+(?P<n>\w{4,12})")),
    ("page", re.compile(r"(?i:Page) {1,4}(?P<n>\d{1,4})\b")),
    ("pages", re.compile(r"(?i:NEXT) (?P<n>\d{1,4}) (?i:PAGE)")),
    ("copy", re.compile(rf"{_COPY}(?P<n>\d{{1,4}})")),
    ("copies", re.compile(rf"{_COPY}\d{{1,4}} (?i:OF) (?P<n>\d{{1,4}})")),
    ("case", re.compile(r"(?:NW|HW) ?#?(?P<n>\d{3,6})\b")),
)
_AGENCIES = re.compile(
    r"(?P<n>[A-Z][\w.&/]*(?:(?: Dept\.| Department)|,? and [A-Z][\w.&/]*|, ?[A-Z][\w.&/]*|"
    r" [A-Z][\w.&/]*)*?)\s+(?:(?i:REVIEWS?)(?:\(s\))? (?i:COMPLETED)|(?i:DECLASSIFICATION))"
)
_ON_FILE = re.compile(r"(?i:ON[- ]FILE) (?P<n>.{2,40}?) release instructions")


#: What the system of an archive says of a paper: the present state, or any of its attributes.
_ATTRIBUTE = re.compile(
    rf"^[\s*_]*(?:(?P<now>Current [A-Z][A-Za-z ]{{4,24}}?) ?\*{{3}}|(?P<name>{ATTRIBUTES}):)[ \t]*"
    r"(?P<value>[^\r\n]{0,160})",
    re.MULTILINE,
)


def read_notice(text: str, context: Context) -> Fields:
    """The numbers and agencies of a notice, a copy line, a review-completed line."""
    text = text[:_LONGEST]
    gathering = Gathering(text)
    number = find_number(text)
    if number is not None:
        gathering.add("number", number.value, number.start, number.end, number.cert, "idno")
    for name, pattern in _NOTICES:
        found = pattern.search(text)
        if found is not None and not gathering.has(name):
            value = found["n"] if name in ("number", "case") else int(found["n"])
            gathering.add(name, value, *found.span("n"))
    said = list(_ATTRIBUTE.finditer(text)) if ":" in text or "***" in text else []
    if said:
        values = {row["now"] or row["name"]: row["value"].strip("*_ ") for row in said}
        gathering.add("attributes", values, *gathering.trim(said[0].start(), said[-1].end()))
        return gathering.fields("system-record")
    agencies = _AGENCIES.search(text) or _ON_FILE.search(text)
    if agencies is not None:
        names = tuple(re.split(r",? and |, ?", agencies["n"]))
        gathering.add("agencies", names, *agencies.span("n"))
    return gathering.fields("notice")
