"""The table of apparatus lines: what agencies, archives and transmission put on a paper.

One row a form of words. A row is tried only on lines that begin (after marks and noise) as it
can begin. A new form is a new row; `lines.py` does the rest.
"""

from typing import NamedTuple

# What may stand after the last word of a line without being text.
END = r"[\s~*_.,;'\"`|>\\]*$"

# A check box, printed or scanned.
_BOX = r"(?:[☐□■☒☑✓]|\[\s*[xX]?\s*\]|\(\s*[xX]?\s*\)|\^|[CL][1lI:]?:?|[1lIO0]:)"

# What a release line of the CIA has, whatever became of its words: the date, the number, or both.
_CIA = (
    r"(?=.*(?:\d{4}/\d|\d/\d\d/\d|RDP\d|RDP ?\d|[CGO][I1]A.?R|\bC0\d{4}|\d{2} 00\d{6}"
    r"|\b(?:19|20)\d\d/))"
)
# Who else releases, with a case number.
_AGENCY = r" [Bb][Yy] (?:the )?(?:NSA|CIA|DIA|NRO|NGA|NIMA|DOE|ISCAP|National Security Agency)\b"

# Exemption codes, of the executive orders and of the Freedom of Information Act. Atomic, so that a
# long list of near-codes fails at once.
CODE = (
    r"(?>25X(?: ?[1-9](?!5X)[A-Z]?\w{0,3})?(?!\w)|50X1-?HUM|50X2-?WMD|75X\d?"
    r"|STAT(?:I ?NTL|OTHR|SPEC)?|ILLEGIB"
    r"|\(b\) ?\([1-9]\)(?: ?\([a-zA-Z]\)(?! ?\(\d))*"
    r"|[bB][1-9](?:-\d)?[A-F]?(?:-\d(?:,\d)*)?"
    r"|[13]\.[3-6] ?(?:\([A-Ha-h]\)(?: ?\(\d\))?|[A-H]\b)(?:>\d\d ?[Yy]rs?)?)"
)
_CODES = rf"{CODE}(?:[\s,;&/]+(?:and )?{CODE})*+"

_GRADE = r"(?:TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED)"


class Row(NamedTuple):
    """One form of words: its kind and role, how it can begin, its pattern.

    `starts` are the first one or two characters, several apart by spaces. `glued`: text may follow
    on the line; every other pattern takes in the whole line.
    """

    kind: str
    role: str
    starts: str
    pattern: str
    glued: bool = False


_RELEASE = (
    Row(
        "release",
        "approved",
        "Ap AP pp 1p",
        rf"A? ?pprov\w{{0,2}} ?[Ff]or ?(?:Release{END}|Release{_AGENCY}.{{0,90}}$"
        rf"|{_CIA}\S{{1,9}}.{{0,110}}$)",
    ),
    Row(
        "release",
        "approved",
        "AP",
        rf"APPROVED FOR RELEASE(?:{END}|{_CIA}\W.{{0,110}}$)",
    ),
    Row(
        "release",
        "declassified",
        "De Sa",
        r"(?:Declassified|Sanitized)\b.{0,60}?\bApproved [Ff]or Rel?.{0,110}$",
    ),
    Row("release", "no-objection", "No NO", r"(?i:NO OBJECTION TO DECLASSIFICATION)\b.{0,90}$"),
    Row("release", "state-review", "De", r"Declassified/Released US Department of State\b.{0,60}$"),
    Row(
        "release",
        "state-foia",
        "UN U. US Ca",
        r"(?:UNCLASSIFIED\s+)?(?:U\.?S\.? Department of State\s+)?"
        r"Case No\.? ?\w{1,3}-\d{4}-\d{3,7}.{0,90}$",
    ),
    Row(
        "release",
        "jfk",
        "Re RE",
        r"(?i:RELEASED UNDER THE JOHN F\. KENNEDY ASSASSINATION RECORDS).{0,160}$",
    ),
    Row("release", "jfk", "20", r"20\d\d RELEASE UNDER THE PRESIDENT\b.{0,120}$"),
    Row("release", "jfk", "RE", r"RELEASED PER P\.? ?L\.? ?102-?526\b.{0,30}$"),
    Row(
        "released-in",
        "full",
        "RE DE",
        rf"(?:RELEASED?|DENIED|DECLASSIFIED) IN FULL(?:[\s,;:]+{_CODES})?{END}",
    ),
    Row(
        "released-in",
        "part",
        "RE DE",
        rf"(?:RELEASED?|DENIED|DECLASSIFIED) IN PART(?:[\s,;:]+{_CODES})?{END}",
    ),
    Row("released-in", "excised", "RE", rf"RELEASED? (?:AS SANITIZED|WITH EXCISIONS){END}"),
    Row("released-in", "authority", "RE", r"REVIEW AUTHORITY: ?.{1,60}$"),
)

# The stamp's fields in their printed order; the notes on forms are what scanning made of them.
_STAMP = (
    Row(
        "stamp-line",
        "document-no",
        "DO",
        r"DOC[UIL1]?MENT N[O0][.:,]? ?\S{0,12}(?: \S{1,12})?\s*$",
    ),
    Row("stamp-line", "no-change", "NO N0", r"N[O0] CHANGE [I1l]N CLA\S{1,3}.{0,12}$"),
    Row(
        "stamp-line",
        "declassified",
        "☐ □ ■ ☒ ☑ ✓ ^ [ ( C1 C: Cl L: L1 Ll O: 0: 1 l: lD I: ID",
        rf"{_BOX}\s*(?:D|F;?)ECLASS[I1l]F[I1l]ED{END}",
    ),
    Row("stamp-line", "changed-to", "CL CH", r"(?:CLASS?[.,:]? ?)?CHANGED T[O0][:;.]? ?.{0,24}$"),
    Row("stamp-line", "next-review", "NE EX", r"N?EXT REV[I1l]EW DATE.{0,20}$"),
    # The second word is the surer one: "I7e:i. F FICVIEW DATE:".
    Row(
        "stamp-line",
        "next-review",
        "NE NI N| ME HE I7 IJ",
        r"\S{2,6}\s?\S{0,3} (?:RE|F[IL]C|FE|R[IL]?C)[VY][I1l]EW DATE[:;.]?.{0,12}$",
    ),
    Row("stamp-line", "authority", "AU", r"AUTH[.:;] ?(?:H\S{1,2}|\S{2,4}) ?\d{2}.{0,8}$"),
    Row("stamp-line", "authority", "AU", r"AUTH[:;]\s*$"),
    Row("stamp-line", "date-reviewer", "DA", r"DATE[:;.,]? ?.{0,16}\bREV[IT1l]EWER[:;.,]?.{0,16}$"),
    Row("stamp-line", "date-reviewer", "RE", r"REV[IT1l]EWER[:;.] ?\S{0,12}\s*$"),
    Row(
        "stamp-line",
        "determination",
        "CI",
        r"CIA HAS DET(?:ER|FR)\.?MINED THAT TH(?:IS|E) (?:DOCUMENT|MATERIAL)\b.{0,90}$",
    ),
)

_ARCHIVE = (
    Row("authority-line", "declassified", "DE", rf"DECLASSIFIED{END}"),
    Row(
        "authority-line",
        "declassified",
        "DE SA",
        r"(?:DECLASSIFIED|SANITIZED)\W+"
        r"(?:(?:PER|UNDER|BY AUTHORITY OF) |(?i:AUTHORITY)[: ]|E\.? ?O\.? ?1).{0,60}$",
    ),
    Row(
        "authority-line",
        "authority",
        "Au AU au",
        r"(?i:AUTHORITY):? ?"
        r"(?:(?:NND|NL[A-Z]{1,3}|NW|LOC)[- ]?\w.{0,30}|E\.? ?O\.? ?1\d{4}.{0,30})$",
    ),
    Row(
        "authority-line",
        "by",
        "By BY",
        r"B[yY]:? ?\S{1,12},? ?(?:NARA|NARS|NL[A-Z]{1,3})\b[,.]? ?(?:(?i:DATE):? ?.{0,14})?" + END,
    ),
    Row(
        "authority-line",
        "order",
        "E. EO",
        r"E\.? ?O\.? ?1[0-9]{4},? [Ss](?:ec|EC)(?:\.|tion) ?\d\.\d.{0,16}$",
    ),
    Row(
        "authority-line",
        "library",
        "NL LO",
        r"(?:NL[A-Z]{1,3}(?:[ -](?:MR|SN|RAC))? ?-?\d{1,2}-[\d-]{1,16}|LOC-HAK-[\d-]{3,20})" + END,
    ),
    Row("exemption", "codes", "25 50 75 ST IL (b b B 1. 3.", _CODES + END),
    Row("exemption", "codes", "E. EO", rf"E\.? ?O\.? ?1\d{{4}},? ?{_CODES}{END}"),
    Row("exemption", "codes", "Di", rf"Disposition Reason: ?{_CODES}{END}"),
)

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
    Row(
        "copy-line",
        "",
        "CO Co co",
        r"(?:COPY|[Cc]opy) (?:(?:NO|[Nn]o)\.?:? ?)?#?(?P<copy>\d{1,4})"
        r"(?: (?:OF|of) (?P<copies>\d{1,4})(?: (?:COPIES|copies))?)?"
        rf"(?:,? ?(?:SERIES|Series) [A-Z0-9]{{1,3}})?{END}",
    ),
)

_NOTICE = (
    Row("notice", "mori", "MO", rf"MORI ?/ ?CDF(?: ?\w{{4,12}})?{END}"),
    Row("notice", "mori", "MO", r"MORI ?Doc[Il1]D:? ?\d{3,9}.{0,20}$"),
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
    Row("notice", "program", "CI HI", r"(?:CIA )?HISTORICAL REVIEW PROGRAM\b.{0,40}$"),
    Row("notice", "program", "CI", rf"CIA SPECIAL COLLECTIONS{END}"),
    Row("notice", "sanitized", "SA", rf"SANITIZED(?: COPY)?{END}"),
    Row("notice", "denied", "Pa PA", rf"(?:Page|PAGE) (?:Denied|DENIED){END}"),
    Row(
        "notice",
        "denied",
        "Ne NE",
        r"(?i:NEXT \d{1,4} PAGE\(?S?\)? IN DOCUMENT (?:DENIED|EXEMPT)).{0,10}$",
    ),
    Row(
        "notice",
        "removal",
        "UN CO SE TO RE DO",
        rf"(?:(?:DOWNGRADED?|REGRADED?) (?:TO )?)?{_GRADE} (?:WHEN|UPON) "
        r"(?:REMOVAL OF|(?:SEPARATED|REMOVED|DETACHED) FROM) (?:THE )?(?:ENCLOSURE|ATTACHMENT)"
        r"\S{0,4}" + END,
    ),
)

_SCHEDULE = (
    Row(
        "schedule",
        "group",
        "GR",
        r"GROUP [1-4](?:[\s,:;-]+(?:[Ee]xcluded|[Dd]owngraded) .{0,90})?" + END,
    ),
    Row(
        "schedule",
        "group",
        "EX Ex ex DO Do do",
        r"(?i:EXCLUDED FROM AUTOMATIC(?: DOWNGRADING(?: AND(?: DECLASSIFICATION)?)?)?"
        r"|DOWNGRADING AND DECLASSIFICATION"
        r"|DOWNGRADED AT (?:3|12)[ -]YEAR INTERVALS[;,.]?.{0,50})" + END,
    ),
    Row(
        "schedule",
        "authority",
        "CL DE DR RE RV",
        r"(?:CLASSIFIED BY|CL BY|DERIVED FROM|DRV (?:FROM|FRM)|DECLASSIFY ON|DECL ON|DECL|CL REASON"
        r"|REVIEW ON|RVW)[: ] ?(?:\d\S*|OADR|X[1-8]|25X\S*|SIGNER|MULTIPLE SOURCES)\b.{0,24}$",
    ),
    Row("schedule", "authority", "EX", r"EXT BYND .{0,40}$"),
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

ROWS = _RELEASE + _STAMP + _ARCHIVE + _PAGE + _NOTICE + _SCHEDULE + _FORM
