"""The table of apparatus lines: what agencies, archives and transmission put on a paper.

One row a form of words. A row is tried only on lines that begin (after marks and noise) as it
can begin. A new form is a new row; `lines.py` does the rest.
"""

from __future__ import annotations

from redline.markings.apparatus.patterns import ATTRIBUTES, BOX, END, GRADE, Row
from redline.markings.apparatus.releases import ARCHIVE, RELEASE, STAMP, STATE_BOX

__all__ = ["ROWS"]

_ATTRIBUTE_STARTS = "Au Ca Ch Cu De Di Do Fi Ha Im IS Le Li Me Or Pa Pr Re SA vd"

_PAGE = (
    Row(
        "page-number",
        "",
        "PA Pa pa",
        r"(?:PAGE|[Pp]age) (?P<n>\d{1,4})(?: (?:OF|of) \d{1,4}(?: (?:PAGES|pages))?)?[\s-]*" + END,
    ),
    Row(
        "page-mark",
        "",
        "[",
        rf"\[(?:[Pp]age|PAGE|pp?\.|pg\.?) ?(?P<n>\[?[\w-]{{1,12}}\]?)\]{END}",
    ),
    Row(
        "cable-page",
        "",
        "PA",
        r"PAGE +(?P<page>\d{1,3})(?: +OF +\d{1,3})? +(?P<station>[A-Z][A-Z.' ]{0,24}?) {0,8}"
        r"(?P<number>\d{1,6})(?: +\d\d +OF +\d\d)?(?: +(?P<dtg>\d{6}Z)(?: +[A-Z]{3} +\d\d\b)?)?"
        r"(?=\s|$)",
        True,
    ),
    Row("cable-end", "", "NN", rf"NNNN?{END}"),
    Row("cable-end", "", "<<", r"<< ?END OF (?:DOCUMENT|MESSAGE) ?>>\s*$"),
    Row(
        "sas-footer",
        "",
        "Cu",
        r"Current (?P<what>Handling Restrictions|Classification) ?\*{3} ?(?P<value>.{0,40})$",
    ),
    Row("sas-footer", "heading", "Me", rf"Message Attributes{END}"),
    Row(
        "sas-footer",
        "attribute",
        _ATTRIBUTE_STARTS,
        rf"(?P<what>{ATTRIBUTES}): ?(?P<value>.{{0,160}})$",
    ),
    Row(
        "copy-line",
        "",
        "CO Co co CY Cy",
        r"(?:COPY|[Cc]opy|C[Yy]) (?:(?:NO|[Nn]o)\.?:? ?)?#?(?P<copy>\d{1,4})"
        r"(?: (?:OF|of) (?P<copies>\d{1,4})(?: (?:COPIES|copies))?)?"
        rf"(?:,? ?(?:SERIES|Series) [A-Z0-9]{{1,3}})?{END}",
    ),
)

_NOTICE = (
    Row("notice", "mori", "MO", rf"MORI ?/ ?CDF(?: ?\w{{4,12}})?(?: [Pp]ages? [\d-]{{1,9}})?{END}"),
    Row("notice", "mori", "MO", r"MORI ?Doc[Il1][Dd]:? ?\d{3,9}.{0,20}$"),
    Row("notice", "on-file", "On on", r"[Oo]n [Ff]ile .{2,40} release instructions apply.{0,4}$"),
    Row("notice", "return", "RE", r"RETURN TO (?:CIA|ARCHIVES)\b.{0,40}$"),
    Row("notice", "reproduction", "DO", rf"DO NOT REPRODUCE{END}"),
    Row("notice", "reproduction", "RE", r"REPRODUCTION (?:BY OTHER THAN|PROHIBITED).{0,60}$"),
    Row(
        "notice", "handling", "HA", r"HANDLE VIA [A-Z/ -]{2,50} CHANNELS?(?: ONLY| JOINTLY)?" + END
    ),
    Row(
        "notice",
        "nara-page",
        "NW HW",
        r"(?:NW|HW) ?#?\d{3,6}[ -]*Doc?[kK]?[IiLl1][dD]\.?[:;]? ?\d{4,10}"
        r"(?: +Page (?P<page>\d{1,4}))?.{0,6}$",
    ),
    Row("notice", "jfk-number", "13 14", rf"1[34]-0{{4,5}}{END}"),
    Row("notice", "jfk-number", "10 11 12 13 14 15 16 17 18 19", rf"1\d\d-1\d{{4}}-\d{{5}}{END}"),
    Row("notice", "program", "CI HI", r"(?:CIA )?HISTORICAL[ -]REVIEW PROGRAM\b.{0,40}$"),
    Row("notice", "program", "CI", rf"CIA SPECIAL COLLECTIONS{END}"),
    Row("notice", "sanitized", "SA", rf"SANITIZED(?: COPY)?{END}"),
    Row("notice", "sanitized", "EX", rf"EXCISED COPY(?: FOLLOWS)?{END}"),
    Row(
        "notice",
        "denied",
        "Pa PA",
        rf"(?:Page|PAGE) (?:Denied|DENIED)(?:[ :,-]+(?i:NEXT \d{{1,4}} PAGE).{{0,40}}$|{END})",
    ),
    Row(
        "notice",
        "denied",
        "Ne NE",
        r"(?i:NEXT \d{1,4} PAGE\(?S?\)? IN DOCUMENT (?:DENIED|EXEMPT)).{0,16}$",
    ),
    Row(
        "notice",
        "removal",
        f"{GRADE} RE DO",
        rf"(?:(?:DOWNGRADED?|REGRADED?) (?:TO )?)?{GRADE} (?:WHEN|UPON) "
        r"(?:REMOVAL OF|(?:SEPARATED|REMOVED|DETACHED) FROM) (?:THE )?(?:ENCLOSURE|ATTACHMENT)"
        r"\S{0,4}" + END,
    ),
)

_SCHEDULE = (
    Row(
        "schedule",
        "group",
        "GR GP",
        r"G(?:ROU)?P[ -][1-4](?:[\s,:;-]+(?:[Ee]xcluded|[Dd]owngraded) .{0,90})?" + END,
    ),
    Row(
        "schedule",
        "group",
        "EX Ex DO Do",
        r"(?i:EXCLUDED FROM AUTOMATIC(?: DOWNGRADING(?: AND(?: DECLASSIFICATION)?)?)?"
        r"|DOWNGRADED AT (?:3|12)[ -]YEAR INTERVALS[;,.]?.{0,50})" + END,
    ),
    Row("schedule", "group", "DO Do do", r"(?i:DOWNGRADING AND DECLASSIFICATION)" + END),
    Row(
        "schedule",
        "authority",
        "CL DC DE DR RE RV",
        r"(?:CLASSIFIED BY|CL BY|DERIVED FROM|DRV (?:FROM|FRM|FM)|DECLASSIFY ON|DECL ON|DECL"
        r"|CL REASON|DCL ON|REVIEW ON|RVW ON|RVW)[: ] ?(?:\d\S*|OADR|X[1-8]|25X\S*|50X\S*|SIGNER"
        r"|MULTIPLE(?: SOURCES)?|[A-Z]{2,6} \d-\d\d|SOURCE MARKED)"
        r"\b.{0,24}$",
    ),
    Row(
        "schedule",
        "authority",
        "CL DC DE DR RE DO Cl De Dr",
        r"(?:CLASSIFIED BY|Classified [Bb]y|CL BY|DERIVED FROM|Derived [Ff]rom|DRV (?:FROM|FRM|FM)"
        r"|DECLASSIFY ON|Declassify [Oo]n|DECL ON|DOWNGRADE TO|Downgrade [Tt]o) ?: ?\S.{0,70}$",
    ),
    Row("schedule", "authority", "Cl", rf"Classified [Bb]y \d{{4,9}}{END}"),
    Row("schedule", "authority", "E1 E2 E3 E4 IM", rf"(?:E[1-4],? )?IMPDET{END}"),
    Row("schedule", "authority", "XG", rf"XGDS ?-? ?[1-4]{END}"),
    Row(
        "schedule",
        "authority",
        "RE Re",
        r"(?:REASON FOR EXTENSION|Reason for [Ee]xtension) ?: ?\S.{0,50}$",
    ),
    Row(
        "schedule",
        "authority",
        "DA Da",
        r"(?:DATE OF SOURCE|Date of [Ss]ource) ?: ?\d[\w/. -]{5,16}" + END,
    ),
    Row("schedule", "authority", "EX", r"EXT BYND (?=.{0,30}\d).{0,40}$"),
    Row("schedule", "authority", "DE", r"DERIVATIVE CL(?:ASSIFIED)? BY:? ?\S.{0,40}$"),
    Row("schedule", "authority", "DE", rf"DECL ?{BOX} ?RE?VW ?{BOX} ?ON\b.{{0,24}}$"),
    Row("schedule", "authority", "RE", rf"REASON:? ?\d ?[a-d]? ?\(\d{{1,2}}\){END}"),
    Row(
        "schedule",
        "authority",
        "RE Re CL",
        r"(?:REASONS?|Reasons?|CL REASON) ?: ?1\.[3-6] ?(?:\(|[A-Ha-h]\b).{0,40}$",
    ),
)

_FORM = (
    Row("form", "heading", "SE", r"SENDER WILL C[HI]+ECK CLASSIFICATION\b.{0,60}$"),
    Row("form", "heading", "OF RO", rf"(?:OFFICIAL )?ROUTING (?:SLIP|AND RECORD SHEET){END}"),
    Row(
        "form", "options", "AC DI", r"(?:ACTION\W{1,8})?DIRECT REPLY\W{1,8}PREPARE REPLY\b.{0,40}$"
    ),
    Row(
        "form",
        "options",
        "AP CO",
        r"(?:APPROVAL|COMMENT|CONCURRENCE)\W{1,8}(?:DISPATCH|FILE|INFORMATION)\W{1,8}"
        r"(?:RECOMMENDATION|RETURN|SIGNATURE)\b.{0,40}$",
    ),
    Row(
        "form",
        "heading",
        "FO US",
        r"(?:FORM (?:NO\. ?)?\d{1,4}\w? ?)?USE PREVIOUS EDITIONS?\b.{0,60}$",
    ),
)

ROWS = RELEASE + STATE_BOX + STAMP + ARCHIVE + _PAGE + _NOTICE + _SCHEDULE + _FORM
