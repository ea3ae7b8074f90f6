"""Forms of words that stamps print over several lines.

A stamp is a small square: its sentence is broken wherever its frame ends. Each row is the whole of
such a form; the lines of a paper are put together, one by one, as long as they can be one. What is
filled in by hand never runs over its own line, so that no line of the text is taken in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from redline.markings.apparatus.lines import Kind
from redline.markings.apparatus.patterns import GRADE, filled
from redline.markings.register import Register, active

__all__ = ["MOST", "spread"]

#: So many lines at most make one form.
MOST = 9
_WIDEST = 200
_HYPHEN = re.compile(r"(?<=[A-Za-z])-\n(?=[A-Za-z])")
# Marks, rules and cells around the words of a line.
_AROUND = re.compile(r"\A#+ |[\s_|*~]+")

_ORDER = r"(?:EXECUTIVE ORDER|E\.? ?O\.?) ?1[\dOIl]{4}(?:,? AS AMENDED,?)?"
_MONTH = r"(?:JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)[A-Z]{0,6}\.?"
_DAY = (
    rf"(?:\d{{1,2}}[ /-]{{1,2}}{_MONTH}[ /-]{{1,2}}|{_MONTH} (?:\d{{1,2}},? )?"
    r"|\d{1,2}[/-]\d{1,2}[/-])"
)
#: A date; one no release can be older than: below a release may stand the paper's own date.
_DATE = rf"(?:{_DAY}(?:\d{{4}}|\d\d)|\d{{4}}[/-]\d\d?[/-]\d\d?)"
_LATE = r"(?:(?:19)?(?:8[5-9]|9\d)|20[0-3]\d)"
_DATE_OF_RELEASE = rf"(?:{_DAY}{_LATE}|{_LATE}[/-]\d\d?[/-]\d\d?|(?:19(?:8[5-9]|9\d)|20[0-3]\d))"
_PROGRAM = r"(?:CIA )?(?:HISTORICAL[ -]REVIEW PROGRAM|SPECIAL COLLECTIONS?)"
_AGENCY = (
    r"(?:NSA|CIA|DIA|NRO|NGA|DOE|FBI|ISCAP|OSD|JCS|USAF|NATIONAL SECURITY AGENCY"
    r"|CENTRAL INTELLIGENCE AGENCY|DEFENSE INTELLIGENCE AGENCY)"
)
_INTERVALS = (
    r"(?:EXCLUDED FROM AUTOMATIC DOWNGRADING(?: (?:AND|OR) DECLASSIFICATION)?"
    r"|DOWNGRADED AT (?:3|12|THREE|TWELVE)[ -]YEAR INTERVALS[;,.:]?"
    r"(?: (?:AND )?(?:DECLASSIFIED AFTER (?:12|TWELVE) YEARS|NOT AUTOMATICALLY DECLASSIFIED))?)"
    r"(?:[.;,]? DOD DIR(?:ECTIVE|\.)? ?5200\.10)?"
)
_NEVER = r"(?:DATE )?(?:IMPOSSIBLE TO DETERMINE|CANNOT BE DETERMINED|IMPDET)"
_UNTIL = (
    rf"(?:{_DATE}|\d{{4}}|{_NEVER}"
    r"|INDEFINITE|(?:UPON )?APPROVAL OF (?:THE )?(?:DCI|ORIGINATOR)|EFFECTIVE DATE OR EVENT"
    r"|[^\n]{0,40})"
)


class _Form(NamedTuple):
    """A form: the kind and role of all its lines, its first word, its words with single blanks."""

    kind: str
    role: str
    first: str
    pattern: str


_FORMS = (
    _Form(
        "schedule",
        "group",
        "GROUP GP",
        rf"\(?G(?:ROU)?P[ -]{{0,3}}(?:[1-4]|I{{1,3}}|IV)\)?[ .,:;-]{{0,3}}{_INTERVALS}",
    ),
    _Form("schedule", "group", "EXCLUDED DOWNGRADED", _INTERVALS),
    _Form(
        "schedule",
        "general",
        "CLASSIFIED SUBJECT EXEMPT",
        r"(?:CLASSIFIED BY:? [^\n]{0,60} )?(?:SUBJECT TO|EXEMPT(?:ED)? FROM) GENERAL"
        rf" DECLASSIFICATION SCHEDULE OF {_ORDER}"
        r"(?:[,.;]? EXEMPTION (?:CATEGORY|SCHEDULE):?(?: [^\n]{1,30})?)?"
        r"(?:[,.;]? AUTOMATICALLY DOWNGRADED AT (?:TWO|2)[ -]YEAR INTERVALS)?"
        rf"(?:[,.;]?(?: AND)?(?: AUTOMATICALLY)? DECLASSIFIED ON:?(?: {_UNTIL})?)?",
    ),
    _Form(
        "notice",
        "law",
        "THIS",
        r"THIS (?:MATERIAL|DOCUMENT) CONTAINS INFORMATION AFFECTING THE NATIONAL DEFENSE OF THE"
        r" UNITED STATES(?:,? WITHIN THE MEANING OF THE ESPIONAGE (?:LAWS?|ACT)[^\n]{0,60}"
        r"(?:(?: [^\n]{0,90}){0,4}? (?:IS )?PROHIBITED BY LAW)?)?",
    ),
    _Form(
        "notice",
        "law",
        "NATIONAL UNAUTHORIZED",
        r"(?:NATIONAL SECURITY INFORMATION )?UNAUTHORIZED DISCLOSURE SUBJECT TO CRIMINAL SANCTIONS",
    ),
    _Form(
        "schedule",
        "general",
        "AUTOMATICALLY AUTOMATIC",
        rf"AUTOMATIC(?:ALLY)? (?:DECLASSIFIED ON:? (?:{_DATE}|{_NEVER})"
        rf"|DOWNGRAD(?:ED|ING)(?: FROM)?(?: {GRADE})? TO {GRADE} ON:? {_DATE})",
    ),
    _Form(
        "schedule",
        "authority",
        "XGDS GDS",
        rf"X?GDS(?:[ -]?[1-4])?[,:;]? DECLAS(?:SIFY)?(?: ON)?[.:]? (?:{_DATE}|{_NEVER})",
    ),
    _Form(
        "release",
        "state-foia",
        "UNCLASSIFIED U US",
        r"(?:UNCLASSIFIED,? )?U\.?S\.? DEPARTMENT OF STATE CASE NO\.?:? ?\w{1,3}-\d{4}-\d{3,7}"
        rf"(?: DOC(?:UMENT)? NO\.?:? ?C\d{{8}})?(?: DATE:? ?{_DATE})?",
    ),
    _Form(
        "copy-line",
        "",
        "THIS",
        r"THIS (?:DOCUMENT|PAPER) (?:CONSISTS OF|CONTAINS) (?:\d{1,4}|_{1,8}|[A-Z]{3,9}) PAGES?"
        r"(?:[.,;]? (?:COPY )?(?:NO\.? ?)?\d{1,4} OF \d{1,4} COPIES(?:,? SERIES [A-Z\d]{1,3})?)?",
    ),
    _Form(
        "notice",
        "property",
        "THIS",
        r"\(?THIS (?:DOCUMENT|PAPER) IS THE PROPERTY OF H(?:ER|IS) BRITANNIC MAJESTY['’]?S"
        r" GOVERNMENT\)?",
    ),
    _Form(
        "release",
        "program",
        "CIA HISTORICAL SPECIAL",
        rf"{_PROGRAM}[ ,:]{{1,2}}(?:RELEASED? (?:IN FULL|IN PART|AS SANITIZED)"
        rf"|APPROVED FOR RELEASE)(?:[ ,:]{{1,2}}(?:DATE:? )?{_DATE_OF_RELEASE})?",
    ),
    _Form(
        "release",
        "approved",
        "APPROVED",
        rf"APPROVED FOR RELEASE(?: {_DATE_OF_RELEASE})?(?: (?:THROUGH|UNDER) THE)? {_PROGRAM}"
        r"(?: OF THE CENTRAL INTELLIGENCE AGENCY)?"
        rf"(?:[ .,:]{{1,2}}(?:DATE:? )?{_DATE_OF_RELEASE})?(?:[ .,]{{1,2}}HRP \d\d-\d{{1,3}})?",
    ),
    _Form(
        "release",
        "approved",
        "APPROVED DECLASSIFIED",
        rf"(?:DECLASSIFIED AND )?APPROVED FOR RELEASE BY (?:THE )?{_AGENCY}(?:/CSS|/CHCS)?"
        rf"(?: ON)? {_DATE_OF_RELEASE}(?:,? PURSUANT TO {_ORDER})?"
        r"(?:[,.;]? (?:FOIA |MDR )?CASE ?(?:NO\.?|#)? ?#? ?[A-Z]{0,3}-?\d{3,6})?",
    ),
    _Form(
        "release",
        "approved",
        "APPROVED NSA CIA DIA NRO NGA DOE FBI OSD JCS",
        rf"(?:{_AGENCY} )?APPROVED FOR RELEASE:?(?: DATE:?)? {_DATE_OF_RELEASE}",
    ),
    _Form(
        "release",
        "program",
        "CIA HISTORICAL SPECIAL",
        rf"{_PROGRAM}[ ,:]{{1,2}}(?:DATE:? )?{_DATE_OF_RELEASE}",
    ),
    _Form(
        "notice",
        "return",
        "RETURN",
        r"RETURN TO (?:CIA|ARCHIVES)(?: [^\n]{1,30})?(?: BACKGROUND USE ONLY)?"
        r"(?: DO NOT REPRODUCE)?",
    ),
    _Form(
        "notice",
        "handling",
        "HANDLE",
        r"HANDLE VIA [A-Z-]{2,20}(?:[ /-][A-Z-]{2,20}){0,4} (?:CHANNELS?|CONTROL SYSTEMS?)"
        r"(?: ONLY| JOINTLY)",
    ),
    _Form(
        "notice",
        "handling",
        "WARNING",
        r"WARNING NOTICE[ -]{0,3}\n(?:SENSITIVE )?INTELLIGENCE SOURCES AND METHODS INVOLVED",
    ),
    _Form(
        "release",
        "jfk",
        "RELEASED 20",
        r"(?:20\d\d )?RELEASED? UNDER THE (?:PRESIDENT )?JOHN F\. KENNEDY ASSASSINATION RECORDS"
        r"(?: COLLECTION)?(?: ACT)?(?: OF 1992)?(?: \(?44 USC 2107 NOTE\)?\.?)?"
        r"(?:[ ;,.]{1,2}CASE ?#: ?(?:NW|HW) ?\d{3,6})?(?:[ ;,.]{1,2}DATE: ?[\d/-]{6,10})?",
    ),
    _Form(
        "released-in",
        "full",
        "RELEASE RELEASED DENIED DECLASSIFIED",
        r"(?:RELEASED?|DENIED|DECLASSIFIED) (?:IN FULL|IN PART|AS SANITIZED)[ ,:]{1,2}"
        r"(?:19(?:8[5-9]|9\d)|20[0-3]\d)",
    ),
    _Form(
        "authority-line",
        "regrade",
        "CLASSIFICATION CHANGED REDUCED REGRADED DOWNGRADED RECLASSIFIED UPGRADED",
        r"(?:CLASSIFICATION )?(?:CHANGED|REDUCED|REGRADED|DOWNGRADED|RECLASSIFIED|UPGRADED)"
        rf"(?: TO)?:? {GRADE}(?=[^\n]*\n| )"
        r"(?:[,;]? (?:(?:BY )?(?:AUTH(?:ORITY)?|ORDER)(?: OF)?|PER)[:.]? [^\n]{2,60})?"
        rf"(?:[,;]? BY:? [^\n]{{2,40}})?(?:[,;]? (?:ON|DATE)?[:.]? ?{_DATE}"
        r"(?: BY:? [^\n]{2,40})?)?",
    ),
    _Form(
        "authority-line",
        "cancelled",
        "CLASSIFICATION",
        rf"CLASSIFICATION CANCELL?ED(?: OR CHANGED TO:?(?: {GRADE})?)?"
        r"(?:[,;]? (?:BY )?AUTH(?:ORITY)?(?: OF)?[:.]? [^\n]{2,60})"
        rf"(?:[,;]? BY:? [^\n]{{2,40}})?(?:[,;]? (?:ON|DATE)?[:.]? ?{_DATE})?",
    ),
    _Form(
        "authority-line",
        "declassified",
        "DECLASSIFIED",
        rf"DECLASSIFIED IN (?:FULL|PART) AUTHORITY:? {_ORDER}(?:,? SEC(?:TION|\.)? [^\n]{{1,12}})?"
        rf"(?: CHIEF,? [^\n]{{5,50}})?(?: DATE:? {_DATE})?",
    ),
    _Form(
        "authority-line",
        "declassified",
        "DECLASSIFIED",
        r"DECLASSIFIED(?: PER| BY)?:? (?:DOD DIR(?:ECTIVE|\.)? ?5200\.\d\d?"
        r"|PA/HO,? (?:U\.?S\.? )?DEPARTMENT OF STATE)"
        rf"(?:[,.;]? {_ORDER})?(?:[,.;]? {_DATE})?"
        rf"(?:[,.;]? (?:NE )?BY:? [^\n]{{2,30}}?(?:[ ,]{{1,2}}DATE:? ?{_DATE})?)?",
    ),
    _Form(
        "authority-line",
        "declassified",
        "DECLASSIFIED",
        rf"DECLASSIFIED (?:BY:? [^\n]{{2,60}}|CASE:? ?NW ?#? ?\d{{3,6}}"
        rf"|AUTHORITY:? [^\n]{{2,40}} BY:? [^\n]{{2,40}}) DATE:? ?{_DATE}",
    ),
    _Form(
        "authority-line",
        "declassified",
        "DECLASSIFIED",
        r"DECLASSIFIED UNDER (?:THE )?AUTHORITY OF THE INTERAGENCY SECURITY CLASSIFICATION APPEALS"
        rf" PANEL[,.;]? {_ORDER},? SEC(?:TION|\.) \d\.\d ?\([A-Z]\)(?: ?\(\d\))?"
        r"(?:[,.;]? ISCAP(?: APPEAL)?(?: NO\.?| NUMBER)? ?\d{4}-\d{2,3}"
        r"(?:[,.;]? DOCUMENT(?: NO\.?| NUMBER)? ?\d{1,3})?)?"
        rf"(?:[,.;]? DECLASSIFICATION DATE:? {_DATE})?",
    ),
    _Form(
        "authority-line",
        "unclassified",
        "ALL",
        r"ALL INFORMATION CONTAINED HEREIN IS UNCLASSIFIED(?: EXCEPT WHERE SHOWN OTHERWISE)?"
        rf"[.,;]?(?: DATE:? {_DATE})?(?: BY:? [^\n]{{2,30}})?",
    ),
)


def _by_first(register: Register) -> dict[str, tuple[tuple[_Form, re.Pattern[str]], ...]]:
    found: dict[str, list[tuple[_Form, re.Pattern[str]]]] = {}
    for form in _FORMS:
        # A blank of a form is one blank or one line end.
        pattern = re.compile(
            filled(form.pattern, register).replace(" ", r"\s") + r"[.,;:]?", re.IGNORECASE
        )
        for word in form.first.split():
            found.setdefault(word, []).append((form, pattern))
    return {word: tuple(rows) for word, rows in found.items()}


_FIRST = re.compile(r"[\s_|*~#(]*(?P<word>20(?=\d\d\s)|[A-Za-z]+)")


def spread(lines: Sequence[str]) -> tuple[int, Kind] | None:
    """How many of the first lines are one printed form, and what that is; the most that can be.

    >>> spread(["GROUP 1", "Excluded from automatic", "downgrading and", "declassification", "A"])
    (4, Kind(kind='schedule', role='group', data=None))
    >>> spread(["Excluded from the talks were", "the two harbours."])
    """
    first = _FIRST.match(lines[0]) if lines else None
    rows = active().derived(_by_first).get(first["word"].upper()) if first is not None else None
    if rows is None:
        return None
    words: list[str] = []
    found = None
    for line in lines[:MOST]:
        if len(line) > _WIDEST:
            break
        words.append(_AROUND.sub(" ", line).strip())
        whole = "\n".join(words)
        form = next((form for form, pattern in rows if pattern.fullmatch(whole)), None)
        if form is None and _HYPHEN.search(whole):
            whole = _HYPHEN.sub("", whole)  # a word broken at the end of its line
            form = next((form for form, pattern in rows if pattern.fullmatch(whole)), None)
        if form is not None:
            found = len(words), Kind(form.kind, form.role)
    return found
